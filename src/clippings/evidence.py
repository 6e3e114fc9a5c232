"""Frozen records of the evidence: one a kind, each a span of the page with what it rests on."""

from __future__ import annotations

from typing import ClassVar, Literal

from clippings import reasons
from clippings.display.marks import Mark
from clippings.model import Span

SourceType = Literal["person", "body", "state", "document", "unnamed"]


class Mention(Span, frozen=True, gc=False):
    """A name of a state, body, treaty, weapon, person or place in the text.

    ``id`` is the ISO 3166-1 code for a state, its capital and demonym, the canonical short name otherwise.
    ``form`` is the gazetteer form that matched; ``nested`` marks a name inside a longer one.
    """

    id: str
    kind: str
    country: str | None = None
    form: str = ""
    nested: bool = False
    wikidata: str | None = None

    def marks(self) -> tuple[Mark, ...]:
        """Highlight a name by its kind; inside a longer one it is not highlighted again."""
        label = f"{self.kind.replace('_', ' ')}: {self.id}"
        return () if self.nested else (Mark(self.start, self.end, self.kind, label),)

    why = reasons.mention


class Quote(Span, frozen=True, gc=False):
    """A quotation, marks included, or a report without marks, with the words that name its source and who that is.

    ``kind`` is ``speech``, ``mixed`` (a fragment inside a reporting sentence), ``scare`` (words set apart), ``name``
    (a name or title) or ``reported`` (what a source is reported to say, without marks). ``source`` and ``cue`` are the
    words of the text that name the source and report the speech; ``speaker`` is the name resolved from them,
    ``resolved_by`` how, ``rule`` the pattern that linked quotation and source. ``source_type`` is what speaks; ``via``
    are the words for what carried the quotation, ``addressee`` for who was told, ``relayed_by`` for who quotes the
    source in turn, each with the id that the gazetteer has for it.
    """

    kind: str
    rule: str
    speaker: str | None = None
    speaker_id: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    source: Span | None = None
    cue: Span | None = None
    resolved_by: str | None = None
    source_type: SourceType | None = None
    via: Span | None = None
    via_id: str | None = None
    addressee: Span | None = None
    addressee_id: str | None = None
    relayed_by: Span | None = None
    relayed_by_id: str | None = None

    def marks(self) -> tuple[Mark, ...]:
        """Highlight the quotation, the words of its source, its cue, and those around its source."""
        speaker = self.speaker or "unknown"
        parts = (
            (self, "quote", f"quote by {speaker} ({self.rule})"),
            (self.source, "source", f"source: {speaker}"),
            (self.cue, "cue", "cue"),
            (self.via, "via", f"carried by {self.via_id or 'what these words name'}"),
            (self.addressee, "addressee", f"told to {self.addressee_id or 'whom these words name'}"),
            (self.relayed_by, "relayed_by", f"{speaker} quoted by {self.relayed_by_id or 'whom these words name'}"),
        )
        return tuple(Mark(span.start, span.end, layer, label) for span, layer, label in parts if span)

    why = reasons.quote


class DateRef(Span, frozen=True, gc=False):
    """A dated expression, resolved against the clipping's day.

    ``iso`` is what is meant as ISO 8601 writes it (``2007-10-30``, ``2007-W44``, ``2007-10``, ``2007``; ISO 8601-2 for
    the quarter ``2007-36``, the season ``2007-22`` and the decade ``199X``), None where it is not known.
    ``precision`` is ``day``, ``week``, ``weekend``, ``month``, ``quarter``, ``season``, ``year`` or ``decade``.
    ``first`` and ``last`` are the days it spans, both included; ``iso`` of a range is that of both ends
    (``2007-03-05/2007-04-09``).
    ``anchor`` is the page's day it was resolved against (its month where no day is known), None for what stands alone.
    """

    iso: str | None
    precision: str
    rule: str
    first: str | None = None
    last: str | None = None
    anchor: str | None = None

    def marks(self) -> tuple[Mark, ...]:
        """Highlight the expression with what it means."""
        return (Mark(self.start, self.end, "date", f"date: {self.iso or 'unknown'} ({self.rule})"),)

    why = reasons.date


class ThemeHit(Span, frozen=True, gc=False):
    """A sentence (or title) that speaks to a theme, the words that show it, and what it counts towards the page.

    ``weight`` is 1 where two or more words or names show the theme and a half where one does, and twice that in the
    title and the first paragraph; ``evidence`` has the places of these words.
    """

    is_whole_sentence: ClassVar[bool] = True

    theme: str
    evidence: tuple[Span, ...]
    rule: str
    weight: float

    def marks(self) -> tuple[Mark, ...]:
        """Highlight the sentence."""
        return (Mark(self.start, self.end, "theme", f"theme: {self.theme}"),)

    why = reasons.theme


class Erratum(Span, frozen=True, gc=False):
    """A likely misprint: the word as printed, and ``expected``, the word that was probably meant.

    ``rule`` is how it was found; ``cl.describe("errata", "rule")`` lists the rules.
    """

    expected: str
    rule: str

    def marks(self) -> tuple[Mark, ...]:
        """Highlight the word; what is expected stands behind it."""
        return (Mark(self.start, self.end, "erratum", self.expected),)

    why = reasons.erratum
