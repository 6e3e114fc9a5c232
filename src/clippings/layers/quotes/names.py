"""Full names of a text, by the surname they end in and by the spelling they share."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from clippings.model import Mention, Span
from clippings.text.grammar_words import LINKS
from clippings.text.lexicon import Lexicon
from clippings.text.phrases import ending_at
from clippings.text.tokens import Tokens

_VOWELS = re.compile(r"[aeiouyj'’-]+")
_DOUBLED = re.compile(r"(.)\1+")
_ENDINGS = ("", "'s", "’s", "'", "’")
_GENITIVES = ("'s", "’s", "s'", "s’")
_CAPITALS = frozenset({"name", "cap"})
_LEADS = _CAPITALS | {"title"}
_INITIAL = re.compile(r"(?:[A-Z]\. ?)+\S+$")
_CROWD = 16
_REMEMBERED = 65_536


def bare(words: str) -> str:
    """Return a name without the ending of a genitive.

    >>> bare("Petrova's"), bare("Mills'"), bare("Mills")
    ('Petrova', 'Mills', 'Mills')
    """
    if not words.endswith(_GENITIVES):
        return words
    return words[:-2] if words[-1] == "s" else words[:-1]


class FullName(NamedTuple):
    """A name of two words or more: how it is written, its surname, and what its spellings share."""

    name: str
    surname: str
    alike: tuple[str, ...]


@functools.lru_cache(maxsize=_REMEMBERED)
def full_name(lexicon: Lexicon, words: str) -> FullName | None:
    """Return the full name that words are, None where they are none."""
    name = bare(" ".join(words.split()))
    parts = name.split()
    if len(parts) < 2 or len(parts) > 6 or any(not part[0].isupper() and part not in LINKS for part in parts):
        return None
    if any(lexicon.kind(part) not in ("name", "cap") for part in (parts[0], parts[-1])):
        return None
    return FullName(name, parts[-1], skeleton(name))


@functools.lru_cache(maxsize=_REMEMBERED)
def skeleton(name: str) -> tuple[str, ...]:
    """Return what spellings of one name share: the consonants of each part, the surname's vowels folded.

    >>> skeleton("Aleksandr Kazhura") == skeleton("Alexander Kazhura") == skeleton("Alyaksandr Kazhura")
    True
    >>> skeleton("Anna Petrova") == skeleton("Olga Petrova")
    False
    """
    *given, surname = name.lower().replace("x", "ks").replace("ph", "f").replace("ck", "k").split()
    first = tuple(part[:1] + _DOUBLED.sub(r"\1", _VOWELS.sub("", part[1:])) for part in given if len(part) > 2)
    return (*first, _DOUBLED.sub(r"\1", surname.replace("y", "i").replace("j", "i")))


class Names:
    """The names of two words or more that matter to the sources of a text.

    Attributes:
        full: each name with the place it first stands at; of several spellings the first.
        joined: every spelling met, with the one it is known by.
        by_surname: the names that end in a surname.
        titles: what stands before a name somewhere in the text ("Mr", "Chairwoman").
    """

    def __init__(self, stream: Tokens, mentions: Sequence[Mention], sources: Sequence[Span]) -> None:
        self._stream = stream
        self.full: dict[str, Span] = {}
        self.joined: dict[str, str] = {}
        self.by_surname: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}
        self._alike: dict[tuple[str, tuple[str, ...]], str] = {}
        self._places: dict[str, list[int]] = {}
        wanted = None
        if not any(map(self._points_back, sources)):
            wanted = {self._surname(source.of(stream.text)) for source in sources}
        persons = [(m.start, m.end) for m in mentions if m.kind == "person"]
        told = [(source.start, source.end) for source in sources]
        for start, end in sorted({*persons, *told, *self._named(wanted)}):
            self._add(start, end)
        for name in [name for name in self.full if _INITIAL.match(name)]:
            self._spell_out(name)

    def places(self, name: str) -> Sequence[int]:
        """Return where a name stands in full, in order."""
        return self._places[name]

    def _spell_out(self, name: str) -> None:
        """Join ``S. Martynov`` to the one name of the text it can be short for."""
        surname = name.rpartition(" ")[2]
        namesakes = self.by_surname[surname]
        same = [other for other in namesakes[:_CROWD] if other != name and other[0] == name[0]]
        if len(same) != 1 or len(namesakes) > _CROWD:
            return
        namesakes.remove(name)
        del self.full[name]
        self.joined[name] = same[0]
        self._places[same[0]] = sorted([*self._places[same[0]], *self._places.pop(name)])

    def last_full(self, name: str, before: int) -> int:
        """Return where a name last stood in full before an offset, -1 where it did not."""
        places = self._places.get(name, [])
        at = bisect.bisect_left(places, before) - 1
        return places[at] if at >= 0 else -1

    def _points_back(self, source: Span) -> bool:
        """Tell whether a source is a role with "the", whose holder may be named anywhere."""
        text = self._stream.text
        if text[max(0, source.start - 4) : source.start].lower() != "the ":
            return False
        return self._stream.lexicon.kind(self._surname(source.of(text)).lower()) == "role"

    def _surname(self, words: str) -> str:
        parts = bare(words).split()
        return parts[-1] if parts else ""

    def _named(self, wanted: set[str] | None) -> Iterator[tuple[int, int]]:
        """Yield where every name of two words or more stands that ends in one of some surnames, or in any."""
        stream = self._stream
        words, kinds = stream.words, stream.kinds
        written = {f"{surname}{ending}" for surname in wanted or () for ending in _ENDINGS}
        fitting = map(_CAPITALS.__contains__, kinds) if wanted is None else map(written.__contains__, words)
        for at in compress(range(len(kinds)), fitting):
            if at == 0 or kinds[at] not in _CAPITALS or (kinds[at - 1] not in _LEADS and words[at - 1] not in LINKS):
                continue
            phrase = ending_at(stream, at, max(0, at - 8))
            if phrase and phrase.kind == "name":
                start, end = phrase.source.start, phrase.source.end - len(words[at]) + len(bare(words[at]))
                if phrase.title:
                    self.titles.setdefault(stream.text[start:end], phrase.title.of(stream.text))
                yield start, end

    def _add(self, start: int, end: int) -> None:
        words = self._stream.text[start:end]
        known = self.joined.get(words)
        if known is not None:
            self._places[known].append(start)
            return
        found = full_name(self._stream.lexicon, words)
        if found is None:
            return
        name, surname, alike = found
        known = self.joined.get(name)
        if known is None:
            known = self._alike.setdefault((surname, alike), name)
            self.joined[name] = known
            if known == name:
                self.by_surname.setdefault(surname, []).append(name)
                self.full[name] = Span(start, start + len(name))
        self._places.setdefault(known, []).append(start)
