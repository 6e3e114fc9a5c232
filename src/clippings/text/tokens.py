"""The words of the body outside quotations with their grammatical kinds; each quotation is one word.

Tokens never change: ``tagging`` makes them, what reads them writes nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import msgspec

from clippings.model import Clipping, Span
from clippings.text.grammar_words import Kind
from clippings.text.lexicon import WIDTH, Facts, Lexicon
from clippings.text.quotation_marks import Marked

_EVENLY_SPACED = re.compile(r"\S+(?:\s\S+)*")
_QUOTE: Facts = ("", "quote", 0, 0, 0)


class Tokens(msgspec.Struct, frozen=True, eq=False):
    """The body as words; a quotation is one word.

    Attributes:
        text: the page.
        lexicon: what is known of each word by itself.
        words: the words, a quotation as an empty string.
        kinds: their kinds; ``quote`` for a quotation.
        starts: where each word starts.
        sizes: the length of each.
        place: the word each quotation is.
        triggers: the words that a report may begin with.
        units: ``(first, end, paragraph)`` of each stretch that is read as one sentence, quotations included.
        home: the unit each quotation stands in.
        breaks: the words a name begins with though another name stands before: "President of Belarus | Anna Petrova".
    """

    text: str
    lexicon: Lexicon
    words: tuple[str, ...]
    kinds: Sequence[Kind]
    starts: Sequence[int]
    sizes: Sequence[int]
    place: tuple[int, ...]
    triggers: tuple[int, ...] = ()
    units: tuple[tuple[int, int, int], ...] = ()
    home: tuple[int, ...] = ()
    breaks: frozenset[int] = frozenset()

    def end(self, at: int) -> int:
        """Return where a word ends."""
        return self.starts[at] + self.sizes[at]

    def span(self, first: int, last: int) -> Span:
        """Return the span of words ``[first, last]``."""
        return Span(self.starts[first], self.starts[last] + self.sizes[last])

    def before(self, offset: int) -> str:
        """Return the word in front of an offset, in small letters; empty where none stands."""
        at = bisect_left(self.starts, offset)
        return self.words[at - 1].lower() if at else ""

    def number(self, at: int) -> int:
        """Return the number of the quotation that a word is."""
        return bisect_left(self.place, at)


def read(clipping: Clipping, marked: Sequence[Marked], lexicon: Lexicon) -> tuple[Tokens, Sequence[int], Sequence[int]]:
    """Return the words as they are by themselves, their flags, and how many stand up to the end of each paragraph."""
    facts: list[Any] = []
    jumps: list[tuple[int, int]] = []
    ends: list[int] = []
    place: list[int] = []
    reader = _Reader(clipping.text, lexicon, facts, jumps)
    at = number = 0
    for block in clipping.paragraphs:
        here = block.start
        while number < len(marked) and marked[number].block == block.start:
            quoted = marked[number].span
            at = reader.take(here, quoted.start, at)
            place.append(len(facts) // WIDTH)
            jumps.append((place[-1], quoted.start - at))
            facts += _QUOTE
            at, here = quoted.start, quoted.end
            number += 1
        at = reader.take(here, block.end, at)
        ends.append(len(facts) // WIDTH)
    sizes: list[int] = facts[2::WIDTH]
    for here, quoted_run in zip(place, marked, strict=True):
        sizes[here] = quoted_run.span.end - quoted_run.span.start
    words, kinds = tuple(facts[0::WIDTH]), facts[1::WIDTH]
    tokens = Tokens(clipping.text, lexicon, words, kinds, _places(facts, jumps), sizes, tuple(place))
    return tokens, facts[4::WIDTH], ends


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    lexicon: Lexicon
    facts: list[Any]
    jumps: list[tuple[int, int]]

    def take(self, start: int, end: int, at: int) -> int:
        """Read what stands from one offset to another; return where the word behind it would start."""
        chunks = self.text[start:end].split()
        if not chunks:
            return at
        first = self.text.index(chunks[0], start)
        size = sum(map(len, chunks)) + len(chunks) - 1
        if first + size < self.text.rindex(chunks[-1], first, end) + len(chunks[-1]):
            for even in _EVENLY_SPACED.finditer(self.text, start, end):
                at = self.take(even.start(), even.end(), at)
            return at
        facts = self.facts
        self.jumps.append((len(facts) // WIDTH, first - at))
        for known in map(self.lexicon.chunks.__getitem__, chunks):
            facts.extend(known)
        return first + size + 1


def _places(facts: Sequence[Any], jumps: Iterable[tuple[int, int]]) -> Sequence[int]:
    """Where each word starts: as far behind the one before as that says, and as much further as it jumps."""
    distances = [0, *facts[3::WIDTH]]
    for at, further in jumps:
        distances[at] += further
    distances.pop()
    return list(accumulate(distances))
