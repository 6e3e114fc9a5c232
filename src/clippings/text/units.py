"""The stretches of words that are read as one sentence, quotations included."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from clippings.text.phrases import is_past
from clippings.text.quotation_marks import Marked
from clippings.text.tokens import Tokens

_LONGEST_UNIT = 400
_REPORT = 14
_APPOSITION = 30
_QUOTED = frozenset(["quoted", "cited"])
_SOURCE = 5
_ENDS_REPORT = frozenset({"preposition", "time", "quote", "adverb"})
_NO_REPORT = frozenset({"mark", "quote", "conjunction", "auxiliary"})


def cut(
    tokens: Tokens, marked: Sequence[Marked], begins: frozenset[int], places: Iterable[int], ends: Iterable[int]
) -> tuple[tuple[int, int, int], ...]:
    """Return ``(first, end, paragraph)`` of each unit.

    Args:
        tokens: the words.
        marked: the quotations.
        begins: where sentences begin.
        places: the words, in order, in front of which a unit may begin.
        ends: how many words stand up to the end of each paragraph.
    """
    return tuple(_Cut(tokens, marked, begins).units(list(places), ends))


class _Cut:
    def __init__(self, tokens: Tokens, marked: Sequence[Marked], begins: frozenset[int]) -> None:
        self._tokens, self._marked, self._begins = tokens, marked, begins

    def units(self, places: Sequence[int], ends: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Cut each paragraph; a sentence without end is cut all the same, so that every look back is short."""
        start = number = 0
        for paragraph, size in enumerate(ends):
            for at in places[number : bisect_left(places, size, number)]:
                number += 1
                if at > start and self._starts_unit(at):
                    yield from _short(start, at, paragraph)
                    start = at
            yield from _short(start, size, paragraph)
            start = size

    def _starts_unit(self, at: int) -> bool:
        tokens, kinds, words = self._tokens, self._tokens.kinds, self._tokens.words
        before, is_begin = kinds[at - 1], tokens.starts[at] in self._begins
        if before in ("title", "quote"):
            return before == "quote" and self._breaks_after(self._marked[tokens.number(at - 1)], at)
        is_apart = tokens.end(at - 1) < tokens.starts[at]
        if kinds[at] == "quote":
            return words[at - 1] in (".", "?", "!", "...") or (is_apart and words[at - 1][-1:] == "." and is_begin)
        return (words[at - 1] == "." and not is_apart) or (is_begin and before != "comma")

    def _breaks_after(self, quoted: Marked, at: int) -> bool:
        """Tell whether a sentence ends with a quotation: after ``."``, and after ``?"`` where no report follows."""
        end = self._tokens.text[quoted.inner.start : quoted.inner.end].rstrip("'’ ")[-1:]
        if self._tokens.kinds[at] == "quote":
            return end in ".?!" or not quoted.closed
        is_end = end in (".", "?", "!", "…", "-", "—", "–") and self._tokens.words[at][:1].isupper()
        return is_end and not self._reports_at(at, closely=end == ".")

    def _reports_at(self, at: int, *, closely: bool) -> bool:
        """Tell whether name and cue follow, and nothing but the end of a sentence or a circumstance where asked."""
        words, kinds, pairs = self._tokens.words, self._tokens.kinds, self._tokens.lexicon.pairs
        if not closely and self._reports_apposed(at):
            return True
        commas = 0
        for here in range(at, min(len(kinds) - 1, at + _REPORT)):
            kind = kinds[here]
            if kind == "cue":
                if closely and self._tokens.lexicon.frames.get(words[here]) not in ("say", "tell"):
                    return False
                return not closely or self._ends_report(here + 1)
            if not closely and words[here] in pairs and words[here + 1] in pairs[words[here]]:
                return True
            commas += kind == "comma"
            if (closely and commas) or kind in _NO_REPORT:
                return False
            if here - at > _SOURCE and not commas:
                return False
        return False

    def _reports_apposed(self, at: int) -> bool:
        """Tell whether a name, an apposition and a cue follow, or a name and "was quoted"."""
        words, kinds = self._tokens.words, self._tokens.kinds
        for here in range(at + 1, min(len(kinds) - 1, at + _APPOSITION)):
            kind, verb = kinds[here], here + (kinds[here] == "comma")
            while verb + 1 < len(kinds) and kinds[verb] in ("auxiliary", "adverb"):
                verb += 1
            if kinds[verb] == "cue" and (words[verb] in _QUOTED or kind == "comma"):
                return True
            if kind in ("quote", "auxiliary", "mark", "relative") or is_past(words[here]):
                return False
        return False

    def _ends_report(self, at: int) -> bool:
        words, kinds = self._tokens.words, self._tokens.kinds
        return at >= len(words) or words[at] in (".", ":", ",") or kinds[at] in _ENDS_REPORT


def _short(start: int, end: int, paragraph: int) -> Sequence[tuple[int, int, int]]:
    if end - start <= _LONGEST_UNIT:
        return ((start, end, paragraph),) if start < end else ()
    return [(at, min(end, at + _LONGEST_UNIT), paragraph) for at in range(start, end, _LONGEST_UNIT)]
