"""Persons of a clipping: a name in full, with role, affiliation and country from the text's own words.

A surname stands for the one full name of the text that ends in it; a role phrase for the one name the text ties to it.
What the text does not say is taken from the gazetteer; what neither says stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from clippings.annotators import phrases as grammar
from clippings.annotators.phrases import Lexicon, Phrase, Token
from clippings.model import Clipping, Mention, Span

_ORGANIZATION_LINK = r"(?:of|for|and|on|the|in|at|de|&)"
_ORGANIZATION = re.compile(rf"[A-Z][\w.&'’-]*(?: (?:{_ORGANIZATION_LINK} ){{0,2}}[A-Z][\w.&'’-]*){{0,9}}")
_AFFILIATED = re.compile(
    r"\b(?:of|at|for|with|from) (?:the |an? )?(?:(?P<base>[A-Z][\w. ]{1,30})-based )?(?:[a-z]+ ){0,3}(?=[A-Z])"
)
_APPOSITION = re.compile(r",? (?!(?:said|who|and|but)\b)[^,;:\"“”]{2,160}")
_ROLE_LEAD = re.compile(r",? (?:an? |the |its |his |her )?")


class Person(msgspec.Struct, frozen=True, gc=False):
    """A source: name, id, and what the text or the gazetteer says of it; all None where nobody is known."""

    name: str | None = None
    id: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None


UNKNOWN = Person()


class People:
    """The persons a clipping names, found by the words that name them.

    Attributes:
        unlisted: mentions of sources that the gazetteer does not know, at every place their name stands.
    """

    def __init__(
        self, clipping: Clipping, words: Lexicon, mentions: Sequence[Mention], sources: Sequence[Span]
    ) -> None:
        self._clipping, self._words, self._mentions = clipping, words, mentions
        self._listed = {(mention.start, mention.end): mention for mention in mentions if not mention.nested}
        self._full = self._full_names(sources)
        self._persons = {name: self._describe(name, span) for name, span in self._full.items()}
        self.unlisted = tuple(self._unlisted())

    def resolve(self, source: Span) -> tuple[Person, str | None]:
        """Return the person that the words of ``source`` stand for, and how that was found."""
        words = source.of(self._clipping.text)
        if words in self._persons:
            return self._persons[words], "full name"
        same = [name for name in self._persons if name.split()[-1] == words.split()[-1]]
        if len(same) == 1 and self._words.kind(words.split()[-1]) == "name":
            return self._persons[same[0]], "surname"
        kind = self._words.kind(words.split()[-1])
        if kind == "pronoun":
            return UNKNOWN, None
        return self._as_printed(source, words), "role" if kind == "role" else "name as printed"

    def _as_printed(self, source: Span, words: str) -> Person:
        listed = self._listed.get((source.start, source.end))
        if listed:
            return Person(words, listed.id, None, None, listed.country)
        return Person(words, words, None, None, self._country_inside(source))

    def _full_names(self, sources: Sequence[Span]) -> dict[str, Span]:
        """Names of two words or more, each with the place it first stands at."""
        named = [Span(m.start, m.end) for m in self._mentions if m.kind == "person"]
        spans = sorted({*named, *sources}, key=lambda span: (span.start, span.end))
        full: dict[str, Span] = {}
        for span in [self._in_full(span) for span in spans]:
            name = span.of(self._clipping.text)
            if self._is_full_name(name):
                full.setdefault(name, span)
        return full

    def _in_full(self, source: Span) -> Span:
        """The first place of the text that gives a surname with the names before it; the source itself if none does."""
        surname = source.of(self._clipping.text)
        if " " in surname or self._words.kind(surname) != "name":
            return source
        body = self._clipping.body
        for found in re.finditer(rf"\b{re.escape(surname)}\b", self._clipping.text[body.start : body.end]):
            end = body.start + found.end()
            phrase = self._phrase_ending(end)
            if phrase and phrase.kind == "name" and self._is_full_name(phrase.source.of(self._clipping.text)):
                return phrase.source
        return source

    def _phrase_ending(self, end: int) -> Phrase | None:
        """The phrase that ends at an offset, looked for in its own sentence."""
        text = self._clipping.text
        start = max((block.start for block in self._clipping.paragraphs if block.start < end), default=0)
        start = max(start, text.rfind(". ", start, end - 1) + 1)
        found = grammar.phrases(grammar.tokens(text, Span(start, end), self._words))
        return next((phrase for phrase in found if phrase.source.end == end), None)

    def _is_full_name(self, name: str) -> bool:
        parts = name.split()
        return len(parts) > 1 and all(
            part[0].isupper() and self._words.kind(part) == "name" for part in (parts[0], parts[-1])
        )

    def _describe(self, name: str, span: Span) -> Person:
        listed = self._listed.get((span.start, span.end))
        phrase = self._phrase_ending(span.end)
        title = phrase.title if phrase else None
        beside = self._beside(span)
        role = title.of(self._clipping.text) if title else self._role_in(beside)
        affiliation = self._affiliation_in(beside)
        told = next((c for part in (title, beside) if part and (c := self._country_inside(part))), None)
        return Person(
            name,
            listed.id if listed else name,
            role,
            affiliation,
            told or (listed.country if listed else None),
        )

    def _beside(self, span: Span) -> Span | None:
        """The words set beside a name, up to the next comma or the end of the sentence."""
        block = next((block for block in self._clipping.paragraphs if block.covers(span)), None)
        found = _APPOSITION.match(self._clipping.text, span.end, block.end) if block else None
        return Span(found.start(), found.end()) if found and found[0].startswith(",") else None

    def _role_in(self, beside: Span | None) -> str | None:
        if not beside:
            return None
        found = grammar.tokens(self._clipping.text, beside, self._words)
        role = next((phrase for phrase in grammar.phrases(found) if phrase.kind == "role"), None)
        if not role or any(token.kind == "preposition" for token in found[: role.first]):
            return None
        return self._clipping.text[_first_word(found, role) : role.source.end]

    def _affiliation_in(self, beside: Span | None) -> str | None:
        link = _AFFILIATED.search(self._clipping.text, beside.start, beside.end) if beside else None
        named = _ORGANIZATION.match(self._clipping.text, link.end(), beside.end) if link and beside else None
        return named[0].rstrip(".") if named else None

    def _country_inside(self, span: Span) -> str | None:
        return next((m.country for m in self._mentions if m.country and span.covers(m)), None)

    def _unlisted(self) -> Iterator[Mention]:
        taken = [Span(m.start, m.end) for m in self._mentions if not m.nested]
        for name, span in self._full.items():
            if (span.start, span.end) not in self._listed:
                yield from self._places(name, taken)

    def _places(self, name: str, taken: Sequence[Span]) -> Iterator[Mention]:
        person = self._persons[name]
        pattern = re.compile(rf"\b(?:{re.escape(name)}|{re.escape(name.split()[-1])})\b")
        body = self._clipping.body
        for found in pattern.finditer(self._clipping.text, body.start, body.end):
            if not any(span.start < found.end() and found.start() < span.end for span in taken):
                yield Mention(found.start(), found.end(), name, "person", person.country, found[0])


def _first_word(found: Sequence[Token], role: Phrase) -> int:
    """A role set beside a name begins after comma and article, small adjectives included: "chief analyst"."""
    first = next(token for token in found if token.kind not in ("comma", "determiner"))
    return min(first.start, role.source.start)
