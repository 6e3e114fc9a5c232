"""Whom some words beside a report name: a medium, somebody who speaks or listens, and the id of the gazetteer."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

import msgspec

from clippings.codebook import Codebook
from clippings.evidence import Mention
from clippings.layers.quotes.people import People
from clippings.layers.quotes.roles import persons
from clippings.model import Span
from clippings.text.grammar_words import OWNERS
from clippings.text.tokens import Tokens

WORDS = msgspec.yaml.decode(
    resources.files(__package__).joinpath("relays.yaml").read_bytes(), type=dict[str, frozenset[str]]
)
_MEDIA = WORDS["media"] | WORDS["alone"] | WORDS["paired"]
_TITLES = WORDS["titles"] | WORDS["papers"]
NOUNS = _MEDIA | WORDS["audiences"]
JOINED = NOUNS | WORDS["joined"]
_NAMING = ("media", "alone", "paired", "titles", "papers", "platforms", "addressing")
_LEADING = {
    **dict.fromkeys(WORDS["relaying"], frozenset(["by", "in", "on"])),
    **dict.fromkeys(WORDS["speaking"], frozenset(["before", "to", "with"])),
    **dict.fromkeys(WORDS["speeches"], WORDS["through"] | WORDS["relaying"] | {"before", "to", "with"}),
}
_SIGNS = {form: name for name in (*_NAMING, "reporting") for word in WORDS[name] for form in (word, word.capitalize())}
_SIGNS |= {form: "leading" for word in _LEADING for form in (word, word.capitalize()) if form not in _SIGNS}
_NEAR = 3  # Words behind a participle or noun in which what leads to a medium or an audience stands.


class Named(NamedTuple):
    """Words that name somebody, and the id where the gazetteer knows who that is."""

    words: Span | None = None
    id: str | None = None


NOBODY = Named()


class Parties:
    """Tells of words beside the reports of one clipping whom they name."""

    def __init__(self, tokens: Tokens, codebook: Codebook, people: People) -> None:
        self._tokens, self._people, self._ending = tokens, people, people.voices.ending
        self._persons, self._media = persons(codebook), _media(codebook)

    def named(self, span: Span) -> Named:
        """Return words with their id; what stands in front of the name of a medium is cut off."""
        text = self._tokens.text
        if self.is_pronoun(span):
            return Named(span)
        mention = self._ending.get(span.end) or self._medium_of(span)
        if mention and mention.start >= span.start and mention.kind != "person":
            is_whole = mention.start == span.start and mention.kind != "demonym"
            is_medium = mention.kind == "media"
            start = mention.start if is_medium else span.start
            return Named(Span(start, span.end), mention.id if is_whole or is_medium else None)
        found = self._media.get(span.of(text))
        is_thing = " " not in span.of(text) and text[: span.start].endswith(("the ", "The "))
        person = None if found or (is_thing and mention) else self._people.meant(span).id
        return Named(span, found or (person if person in self._persons else None))

    def with_noun(self, span: Span) -> Span:
        """Return a name with the common noun behind it that speaks or listens: ``Polish embassy``."""
        noun = self._people.voices.noun_behind(span)
        return Span(span.start, noun.end) if noun else span

    def is_pronoun(self, span: Span) -> bool:
        """Tell whether words are a pronoun; whom it stands for is left open."""
        return self._tokens.lexicon.kind(span.of(self._tokens.text).lower()) in ("pronoun", "relative")

    def kind(self, span: Span, cue: Span | None = None) -> str | None:
        """Return what words name that speaks or listens, as ``Person.kind`` does; None for a thing or a pronoun."""
        if self.is_pronoun(span) or span.of(self._tokens.text).lower() in OWNERS:
            return None
        return self._people.meant(span, cue).kind

    def is_medium(self, span: Span) -> bool:
        """Tell whether words name a medium: by the gazetteer, by a noun, or by how names of media end."""
        listed = self._ending.get(span.end)
        if listed and listed.start >= span.start:
            return listed.kind == "media"
        tokens = self._tokens
        first, last = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end) - 1
        word, front = tokens.words[last].rpartition("-")[2], tokens.words[max(0, first - 1)].lower()
        if last == first:
            is_titled = word in _TITLES and (front == "the" or word != tokens.words[last])
            is_named = is_titled or word in WORDS["platforms"]
        else:
            is_named = word in WORDS["titles"] or (word in WORDS["papers"] and front == "the")
            front = tokens.words[first].lower()
        is_behind = word[:1].isupper() and (front in WORDS["media"] or (first and self._is_noun(first - 2, first - 1)))
        is_noun = self._is_noun(first, last) or self._is_described(last + 1)
        return is_named or is_behind or is_noun or span.of(tokens.text) in self._media

    def _is_described(self, comma: int) -> bool:
        """``ANSA, the Italian news agency``: a noun of media in the apposition behind a name."""
        kinds, last = self._tokens.kinds, comma + 1
        while last + 1 < len(kinds) and kinds[last + 1] in ("name", "word"):
            last += 1
        return kinds[comma : comma + 2] == ("comma", "determiner") and self._is_noun(comma + 1, last)

    def _is_noun(self, first: int, last: int) -> bool:
        """``the newspaper``, ``Polish radio``, ``the Neman agency``, ``Neman news agency``."""
        tokens, noun = self._tokens, self._tokens.words[last].lower()
        if last == first:
            return noun in WORDS["media"] or noun in WORDS["alone"]
        is_alone = noun in WORDS["alone"] and tokens.kinds[last - 1] in ("name", "determiner")
        is_joined = noun in _MEDIA and tokens.words[last - 1].lower() in WORDS["joined"]
        return noun in WORDS["media"] or is_alone or is_joined

    def _medium_of(self, span: Span) -> Mention | None:
        """``Interfax`` in "Interfax news agency"."""
        tokens = self._tokens
        last = bisect_left(tokens.starts, span.end) - 1
        while last > 0 and tokens.words[last] in JOINED:
            last -= 1
        found = self._ending.get(tokens.end(last))
        return found if found and found.kind == "media" else None

    def is_crowd(self, span: Span) -> bool:
        """Tell whether words name several media or the press as a whole."""
        return span.of(self._tokens.text).rpartition(" ")[2] in WORDS["whole"]


def signs(tokens: Tokens, first: int, end: int) -> list[int]:
    """Return the words of a sentence that may name who carries or hears words: "Times"; "posted" in front of "on"."""
    words = tokens.words
    if _SIGNS.keys().isdisjoint(words[first:end]):
        return []
    return [at for at in range(first, end) if words[at] in _SIGNS and _leads(words[at], words[at + 1 : at + 1 + _NEAR])]


def _leads(word: str, behind: Sequence[str]) -> bool:
    return _SIGNS[word] != "leading" or not _LEADING[word.lower()].isdisjoint(behind)


@functools.lru_cache(maxsize=4)
def _media(codebook: Codebook) -> dict[str, str]:
    """Media by all their names: where somebody is told or quotes, a name that is a word elsewhere is theirs."""
    return {name: actor.short for actor in codebook.actors if actor.kind == "media" for name in actor.names}
