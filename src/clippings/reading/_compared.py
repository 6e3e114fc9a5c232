"""An article that an extractor took from a page, held against what the page shows: its order, and what is left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

from clippings import diagnostics
from clippings.model import Diagnostic

_SHORTEST, _FIRST, _SHOWN = 80, 60, 40
"""Characters of a paragraph that is looked for, of its beginning that is compared, and of that which is told."""
_STOP = re.compile(r"[.?!][\"')\]”’]*$")


class _Kept(dict[int, int | None]):
    """What each character is without those of no word, as ``str.translate`` asks; filled as characters are met."""

    def __missing__(self, char: int) -> int | None:
        self[char] = char if chr(char).isalnum() or char == ord("_") else None
        return self[char]


_KEPT = _Kept()


class Page:
    r"""What a page shows: its lines, and what they have in letters and figures.

    >>> page = Page("They met.\nNobody spoke.\nHome")
    >>> page.parted(["They met. Nobody spoke."]), page.in_order(["Nobody spoke.", "They met."])
    (['They met.', 'Nobody spoke.'], ['They met.', 'Nobody spoke.'])
    """

    def __init__(self, seen: str) -> None:
        self._lines = [line for line in seen.split("\n") if line.strip()]
        self._squeezed: dict[str, str] = {}
        self._text = "".join(map(self._of, self._lines))

    def _of(self, words: str) -> str:
        """The letters and figures of words, which are asked for more than once."""
        if words not in self._squeezed:
            self._squeezed[words] = words.translate(_KEPT)
        return self._squeezed[words]

    def in_order(self, shown: Sequence[str]) -> list[str]:
        """Return the lines of an article in the order of the page; one that it does not show stays behind the last."""
        last, places = -1, []
        for words in shown:
            begins = self._of(words)[:_FIRST]
            places_ = (self._text.find(begins, max(last, 0)), self._text.find(begins))
            last = next((at for at in places_ if at >= 0), last)
            places.append(last)
        return [words for _, words in sorted(zip(places, shown, strict=True), key=lambda pair: pair[0])]

    def parted(self, shown: Sequence[str]) -> list[str]:
        """Return the lines of an article, one that joins lines of the page as these."""
        lines, found = self._lines, []
        starts = [0, *accumulate(len(self._of(line)) for line in lines)]
        for words in shown:
            squeezed = self._of(words)
            start = self._text.find(squeezed)
            end = start + len(squeezed)
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            is_whole = start >= 0 and starts[first] == start and starts[min(last, len(lines))] == end
            if is_whole and last > first + 1 and "|" not in words:
                found += [line.strip() for line in lines[first:last]]
            else:
                found.append(words)
        return found

    def diagnose(self, shown: Sequence[str], ordered: Sequence[str], file: str) -> Iterator[Diagnostic]:
        """Say that an article was put together from parts of a page, and which paragraphs within it were left out."""
        if list(shown) != list(ordered):
            what, done = "the article was put together from parts of the page", "they stand in the order of the page"
            yield diagnostics.make("CLP136", file=file, what=what, done=done)
        missing = self.left_out(shown)
        if missing:
            what = f"paragraphs of the page that are not in its text: {len(missing)}, from {missing[0][:_SHOWN]!r}"
            yield diagnostics.make("CLP136", file=file, what=what, done="the extractor left them out")

    def left_out(self, shown: Sequence[str]) -> list[str]:
        """Return the paragraphs that stand among those of an article, or right beside its first or last, not in it."""
        taken = "".join(map(self._of, shown))
        page = [(line, self._of(line)[:_FIRST] in taken) for line in self._lines]
        kept = [at for at, (line, is_kept) in enumerate(page) if is_kept and len(line) >= _SHORTEST]
        if not kept:
            return []
        first, last = kept[0], kept[-1]
        above = [*takewhile(_is_lost, reversed(page[:first]))][::-1]
        parts = (*above, *filter(_is_lost, page[first:last]), *takewhile(_is_lost, page[last + 1 :]))
        return [line for line, _ in parts]


def _is_lost(part: tuple[str, bool]) -> bool:
    line, is_kept = part
    return not is_kept and len(line) >= _SHORTEST and bool(_STOP.search(line))
