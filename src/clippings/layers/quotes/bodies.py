"""Which body a noun points back at: "the ministry" at the Foreign Ministry, "the company" at Neman Corp."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable, Mapping
from importlib import resources

import msgspec

from clippings.layers.quotes.full_names import bare
from clippings.layers.quotes.pronouns import Pronouns
from clippings.layers.quotes.roles import Person
from clippings.model import Span
from clippings.text.grammar_words import BODIES
from clippings.text.phrases import ending_at, starting_at
from clippings.text.tokens import Tokens

_KINDS: Mapping[str, frozenset[str]] = msgspec.yaml.decode(
    resources.files(__package__).joinpath("bodies.yaml").read_bytes(), type=dict[str, frozenset[str]]
)
_DEFINITE = frozenset(["the", "The"])


class Bodies:
    """Finds which bodies the nouns of one clipping point back at.

    Args:
        stream: the words.
        pronouns: tells sentences apart, and what they are about.
        resolve: returns whom the words of a phrase stand for.
    """

    def __init__(self, stream: Tokens, pronouns: Pronouns, resolve: Callable[[Span], Person]) -> None:
        self._stream, self._pronouns, self._resolve = stream, pronouns, resolve

    def find(self, source: Span) -> Person | None:
        """Return the one body named before that ends in a noun, else the one that the sentence before is about."""
        stream, noun = self._stream, source.of(self._stream.text)
        behind = stream.words[bisect.bisect_left(stream.starts, source.end) :][:1]
        if not noun.islower() or " " in noun or behind == ("of",) or stream.before(source.start) not in _DEFINITE:
            return None
        named = {words: place for words, place in self._named.get(noun, {}).items() if place.end < source.start}
        if named:
            return self._resolve(next(iter(named.values()))) if len(named) == 1 else None
        unit = self._pronouns.unit(source.start)
        body = self._pronouns.subject(unit - 1) if unit and noun in _KINDS else None
        is_one = body is not None and body.kind == "body" and _ends_as(noun, body.name or "")
        return body if is_one else None

    @functools.cached_property
    def _named(self) -> dict[str, dict[str, Span]]:
        """The names of bodies by their last word in small letters, with where each first stands."""
        stream, found = self._stream, dict[str, dict[str, Span]]()
        firsts = [first for first, _, _ in stream.units]
        for at, word in enumerate(stream.words):
            if word in BODIES and stream.kinds[at] == "name":
                unit = bisect.bisect_right(firsts, at) - 1
                phrase = ending_at(stream, at, firsts[unit])
                whole = starting_at(stream, phrase.first, stream.units[unit][1]) if phrase else None
                if phrase and whole and whole.kind == "name" and phrase.first < at <= whole.last:
                    name = bare(whole.source.of(stream.text))
                    found.setdefault(word.lower(), {}).setdefault(name, whole.source)
        return found


def _ends_as(noun: str, name: str) -> bool:
    """``the company`` of "Neman Corp.", and of "Gazprom", which says nothing of what it is."""
    last = name.rpartition(" ")[2]
    return last in _KINDS[noun] or last not in BODIES
