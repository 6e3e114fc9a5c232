"""The words of the body outside quotations, each with its grammatical kind; each quotation is one word.

What is known of a word by itself the lexicon tells; here it is told what stands where.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, compress
from typing import Any

from clippings.model import Clipping, Field, Mention, Span
from clippings.text import name_words
from clippings.text.grammar_words import PORTFOLIOS
from clippings.text.lexicon import GLUED, HOT, OFFICE, PAIRED, SPECIAL, WIDTH, Lexicon, Told
from clippings.text.quotation_marks import Marked

_EVENLY_SPACED = re.compile(r"\S+(?:\s\S+)*")
_LONGEST_UNIT = 400
_TIED = frozenset({"title", "comma", "quote"})
_PLACES = frozenset({"country", "capital", "region", "place"})
_TIES = frozenset(["of", "to", "in", "for", "at"])
_CAPITALS = frozenset({"name", "cap"})
_VERBAL = ("ly", "ing", "ed")
_QUOTE: Told = ("", "quote", 0, 0, 0)


class Stream:
    """The body as words; a quotation is one word.

    Attributes:
        text: the page.
        lexicon: the kinds of words.
        starts: where each word starts.
        words: the words, a quotation as an empty string.
        kinds: their kinds; ``quote`` for a quotation.
        hot: the words that a report may begin with.
        units: ``(first, end, paragraph)`` of each stretch that is read as one sentence, quotations included.
        place: the word each quotation is.
        home: the unit each quotation stands in.
        breaks: the words a name begins with though another name stands before: "President of Belarus | Anna Petrova".
        has_double: whether a run stands between double marks; None while nobody asked.
    """

    def __init__(
        self,
        clipping: Clipping,
        marked: Sequence[Marked],
        sentences: Sequence[Span],
        words: Lexicon,
        mentions: Sequence[Mention] = (),
    ) -> None:
        self.text, self.lexicon = clipping.text, words
        self.place: list[int] = []
        self.units: list[tuple[int, int, int]] = []
        self.has_double: bool | None = None
        self._marked = marked
        self._begins = {sentence.start for sentence in sentences}
        told, self.starts, ends = self._read(clipping, marked)
        self.words: list[str] = told[0::WIDTH]
        self.kinds: list[str] = told[1::WIDTH]
        self._step_over(clipping.fields.get("dateline"))
        self._sizes: list[int] = told[2::WIDTH]
        for at, quoted in zip(self.place, marked, strict=True):
            self._sizes[at] = quoted.span.end - quoted.span.start
        flags: list[int] = told[4::WIDTH]
        flagged = list(compress(range(len(flags)), flags))
        self.hot = [at for at in flagged if flags[at] & HOT or (flags[at] & PAIRED and self._pairs_up(at))]
        places = {at for at in flagged if flags[at] & GLUED}
        places.update(bisect_left(self.starts, begin) for begin in self._begins)
        places.update(self.place, (at + 1 for at in self.place))
        self._cut(sorted(places), ends)
        self._open_units()
        runs = [(at, run.span, run.inner) for at, run in zip(self.place, marked, strict=True)]
        special = [at for at in flagged if flags[at] & SPECIAL]
        name_words.mark(self.text, self.words, self.kinds, self.starts, runs, mentions, special)
        self.breaks = frozenset(self._names_behind(mentions, (at for at in flagged if flags[at] & OFFICE)))
        firsts = [first for first, _, _ in self.units]
        self.home = [bisect_right(firsts, at) - 1 for at in self.place]

    def _step_over(self, dateline: Field | None) -> None:
        """Place, day and agency in front of a story are no part of its sentences."""
        if dateline is None or dateline.span is None:
            return
        first = bisect_left(self.starts, dateline.span.start)
        end = bisect_left(self.starts, dateline.span.end)
        self.kinds[first:end] = ["mark"] * (end - first)

    def _names_behind(self, mentions: Iterable[Mention], offices: Iterable[int]) -> Iterator[int]:
        """The first words of names that stand right behind another name; where that ends only the gazetteer knows."""
        text, starts, words, kinds = self.text, self.starts, self.words, self.kinds
        for mention in mentions:
            kind = mention.kind
            if kind == "person" and " " in mention.form:
                at = bisect_left(starts, mention.start)
                if 0 < at < len(kinds) and kinds[at] in _CAPITALS and kinds[at - 1] in _CAPITALS:
                    yield at
            elif kind in _PLACES and text[mention.end + 1 : mention.end + 2].isupper() and not mention.nested:
                at = bisect_left(starts, mention.start)
                if at and words[at - 1].lower() in _TIES:
                    yield from self._names_at(bisect_left(starts, mention.end))
        for at in offices:
            if at and words[at - 1] == "of":
                yield from self._names_at(at + 1)
        yield from name_words.behind_titles(words, kinds)

    def _names_at(self, at: int) -> Iterator[int]:
        if at < len(self.kinds) and self.kinds[at] == "name" and self.words[at] not in PORTFOLIOS:
            yield at

    def _read(self, clipping: Clipping, marked: Sequence[Marked]) -> tuple[list[Any], list[int], list[int]]:
        """Return what is told of the words, where each starts, and how many stand up to the end of each paragraph."""
        told: list[str | int] = []
        jumps: list[tuple[int, int]] = []
        ends: list[int] = []
        at = number = 0
        for block in clipping.paragraphs:
            here = block.start
            while number < len(marked) and marked[number].block == block.start:
                quoted = marked[number].span
                at = self._take(here, quoted.start, at, told, jumps)
                self.place.append(len(told) // WIDTH)
                jumps.append((self.place[-1], quoted.start - at))
                told += _QUOTE
                at, here = quoted.start, quoted.end
                number += 1
            at = self._take(here, block.end, at, told, jumps)
            ends.append(len(told) // WIDTH)
        return told, _places(told, jumps), ends

    def _take(self, start: int, end: int, at: int, told: list[str | int], jumps: list[tuple[int, int]]) -> int:
        """Read what stands from one offset to another, where ``at`` is looked for next, and return that anew."""
        stretch = self.text[start:end]
        chunks = stretch.split()
        if not chunks:
            return at
        first = start + len(stretch) - len(stretch.lstrip())
        size = len(" ".join(chunks))
        if first + size < start + len(stretch.rstrip()):
            for even in _EVENLY_SPACED.finditer(self.text, start, end):
                at = self._take(even.start(), even.end(), at, told, jumps)
            return at
        jumps.append((len(told) // WIDTH, first - at))
        for known in map(self.lexicon.chunks.__getitem__, chunks):
            told += known
        return first + size + 1

    def _pairs_up(self, at: int) -> bool:
        return at + 1 < len(self.words) and self.lexicon.pairs_up(self.words[at], self.words[at + 1])

    def end(self, at: int) -> int:
        """Return where a word ends."""
        return self.starts[at] + self._sizes[at]

    def span(self, first: int, last: int) -> Span:
        """Return the span of words ``[first, last]``."""
        return Span(self.starts[first], self.starts[last] + self._sizes[last])

    def number(self, at: int) -> int:
        """Return the number of the quotation that a word is."""
        return bisect_left(self.place, at)

    def _cut(self, places: Sequence[int], ends: Iterable[int]) -> None:
        """Cut each paragraph into units; one without end is cut all the same, so that every look back is short."""
        kinds, starts, begins = self.kinds, self.starts, self._begins
        start = number = 0
        for paragraph, size in enumerate(ends):
            for at in places[number : bisect_left(places, size, number)]:
                number += 1
                if at - start > _LONGEST_UNIT:
                    start = self._cut_long(start, at, paragraph)
                if at <= start:
                    continue
                is_plain = kinds[at] != "quote" and kinds[at - 1] not in _TIED and starts[at] in begins
                if is_plain or self._starts_unit(at):
                    self.units.append((start, at, paragraph))
                    start = at
            start = self._cut_long(start, size, paragraph)
            if start < size:
                self.units.append((start, size, paragraph))
            start = size

    def _cut_long(self, start: int, end: int, paragraph: int) -> int:
        while end - start > _LONGEST_UNIT:
            self.units.append((start, start + _LONGEST_UNIT, paragraph))
            start += _LONGEST_UNIT
        return start

    def _open_units(self) -> None:
        """A capital at the start of a unit does not make a name of "Speaking", "Asked" or "Recently"."""
        kinds, words = self.kinds, self.words
        for first, end, _ in self.units:
            if kinds[first] not in _CAPITALS or not words[first].endswith(_VERBAL):
                continue
            if words[first].endswith("ly"):
                kinds[first] = "adverb"
            elif len(words[first]) > 4 and kinds[min(first + 1, end - 1)] not in _CAPITALS:
                kinds[first] = "participle"

    def _starts_unit(self, at: int) -> bool:
        kinds, words = self.kinds, self.words
        before = kinds[at - 1]
        if before == "title":
            return False
        if before == "quote":
            return self._breaks_after(self._marked[self.number(at - 1)], at)
        if kinds[at] == "quote":
            return words[at - 1] in (".", "?", "!", "...") or (
                self.end(at - 1) < self.starts[at] and words[at - 1][-1:] == "." and self.starts[at] in self._begins
            )
        if self.starts[at] in self._begins and before != "comma":
            return True
        is_glued = words[at - 1] == "." and self.starts[at] == self.end(at - 1) and at > 1
        return is_glued and words[at][0].isupper() and words[at - 2][-1:].islower()

    def _breaks_after(self, quoted: Marked, at: int) -> bool:
        """Tell whether a sentence ends with a quotation: after ``."``, and after ``?"`` where no report follows."""
        end = self.text[quoted.inner.start : quoted.inner.end].rstrip("'’ ")[-1:]
        if self.kinds[at] == "quote":
            return end in ".?!" or not quoted.closed
        if not self.words[at][:1].isupper():
            return False
        if end == ".":
            return not self._reports_at(at, closely=True)
        if end in ("?", "!", "…", "-", "—", "–"):
            return not self._reports_at(at, closely=False)
        return False

    def _reports_at(self, at: int, *, closely: bool) -> bool:
        """Tell whether name and cue follow, and nothing but the end of a sentence or a circumstance where asked."""
        limit = min(len(self.starts), at + 14)
        commas = 0
        for here in range(at, limit):
            kind = self.kinds[here]
            if kind == "cue":
                if closely and self.lexicon.frames.get(self.words[here]) not in ("say", "tell"):
                    return False
                return here > at and (not closely or self._ends_report(here + 1))
            commas += kind == "comma"
            if closely and commas:
                return False
            if kind in ("mark", "quote", "conjunction", "auxiliary") or (self.words[here] in (".", "?", "!")):
                return False
            if here - at > 5 and not commas:
                return False
        return False

    def _ends_report(self, at: int) -> bool:
        return (
            at >= len(self.starts)
            or self.words[at] in (".", ":", ",")
            or self.kinds[at] in ("preposition", "time", "quote", "adverb")
        )


def _places(told: Sequence[Any], jumps: Iterable[tuple[int, int]]) -> list[int]:
    """Where each word starts: as far behind the one before as that says, and as much further as it jumps."""
    distances = [0, *told[3::WIDTH]]
    for at, further in jumps:
        distances[at] += further
    distances.pop()
    return list(accumulate(distances))
