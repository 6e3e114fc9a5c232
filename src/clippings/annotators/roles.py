"""Role, affiliation and country of a person: from the words beside the name, then from the gazetteer.

``Russian Defense Minister Anatoly Serdyukov`` and ``Ruslan Pukhov, head of the Centre for ...`` say it
themselves; where the text says nothing, the office the gazetteer gives for the day of the page counts.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence

import msgspec

from clippings.annotators.phrases import ending_at
from clippings.annotators.stream import Stream
from clippings.codebook import Codebook
from clippings.model import Clipping, Mention, Span

_ORGANIZATION_LINK = r"(?:of|for|and|on|the|in|at|de|&)"
_ORGANIZATION = re.compile(rf"[A-Z][\w.&'’-]*(?: (?:{_ORGANIZATION_LINK} ){{0,2}}[A-Z][\w.&'’-]*){{0,9}}")
_AFFILIATED = re.compile(
    r"\b(?:of|at|for|with|from) (?:the |an? )?(?:(?P<base>[A-Z][\w. ]{1,30})-based )?(?:[a-z]+ ){0,3}(?=[A-Z])"
)
_APPOSITION = re.compile(r",? (?!(?:said|who|and|but)\b)[^,;:\"“”]{2,160}")
_REACH = 4000


class Person(msgspec.Struct, frozen=True, gc=False):
    """A source: name, id, and what the text or the gazetteer says of it; all None where nobody is known."""

    name: str | None = None
    id: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None


UNKNOWN = Person()


@functools.lru_cache(maxsize=4)
def _offices(codebook: Codebook) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """The offices of every person in the gazetteer, by id."""
    return {actor.short: actor.offices for actor in codebook.actors if actor.kind == "person" and actor.offices}


class Roles:
    """Describes the persons of one clipping."""

    def __init__(self, clipping: Clipping, stream: Stream, mentions: Sequence[Mention], codebook: Codebook) -> None:
        self._clipping, self._stream, self._codebook = clipping, stream, codebook
        self._countries = [mention for mention in mentions if mention.country]
        self._country_starts = [mention.start for mention in self._countries]
        self._paragraphs = clipping.paragraphs
        self._paragraph_starts = [block.start for block in self._paragraphs]
        found = clipping.fields.get("date")
        self._day = found.value if found and found.precision == "day" else None

    def describe(self, name: str, span: Span, listed: Mention | None) -> Person:
        """Return the person whose name stands at ``span``."""
        title, beside = self._title(span), self._beside(span)
        role = title.of(self._clipping.text) if title else self._role_in(beside)
        affiliation = self._affiliation_in(beside)
        told = next((country for part in (title, beside) if part and (country := self.country_inside(part))), None)
        if role is None and listed:
            role = self._office(listed)
        return Person(
            name, listed.id if listed else name, role, affiliation, told or (listed.country if listed else None)
        )

    def country_inside(self, span: Span) -> str | None:
        """Return the country of the first state or body named inside a span."""
        at = bisect.bisect_left(self._country_starts, span.start)
        while at < len(self._countries) and self._countries[at].start < span.end:
            if span.covers(self._countries[at]):
                return self._countries[at].country
            at += 1
        return None

    def _office(self, listed: Mention) -> str | None:
        """The office the gazetteer gives for the day of the page."""
        day = self._day
        if day is None:
            return None
        offices = _offices(self._codebook).get(listed.id, ())
        return next((office for office, since, until in offices if since and since <= day <= (until or "9999")), None)

    def _title(self, span: Span) -> Span | None:
        at = bisect.bisect_left(self._stream.starts, span.end) - 1
        if at < 0 or self._stream.end(at) != span.end:
            return None
        phrase = ending_at(self._stream, at, max(0, at - 12))
        return phrase.title if phrase else None

    def _beside(self, span: Span) -> Span | None:
        """The words set beside a name, up to the next comma or the end of the sentence."""
        at = bisect.bisect_right(self._paragraph_starts, span.start) - 1
        if at < 0 or not self._paragraphs[at].covers(span):
            return None
        end = min(self._paragraphs[at].end, span.end + _REACH)
        found = _APPOSITION.match(self._clipping.text, span.end, end)
        return Span(found.start(), found.end()) if found and found[0].startswith(",") else None

    def _role_in(self, beside: Span | None) -> str | None:
        """The role a set-off phrase opens with: "head" of ", head of the Centre"."""
        if not beside:
            return None
        stream = self._stream
        first = bisect.bisect_right(stream.starts, beside.start)
        end = bisect.bisect_left(stream.starts, beside.end)
        if first and stream.starts[first - 1] == beside.start:
            first -= 1
        while first < end and stream.kinds[first] in ("comma", "determiner"):
            first += 1
        for at in range(first, min(end, first + 8)):
            if stream.kinds[at] == "preposition":
                return None
            if stream.kinds[at] == "role":
                last = at
                while last + 1 < end and stream.kinds[last + 1] == "role":
                    last += 1
                return self._clipping.text[stream.starts[first] : stream.end(last)]
        return None

    def _affiliation_in(self, beside: Span | None) -> str | None:
        link = _AFFILIATED.search(self._clipping.text, beside.start, beside.end) if beside else None
        named = _ORGANIZATION.match(self._clipping.text, link.end(), beside.end) if link and beside else None
        return named[0].rstrip(".") if named else None
