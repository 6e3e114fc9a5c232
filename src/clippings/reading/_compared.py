"""An article that an extractor took from a page, held against what the page shows: its order, and what is left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

from clippings import diagnostics
from clippings.model import Diagnostic

_GAPS = re.compile(r"\W+")
_SHORTEST, _FIRST, _SHOWN = 80, 60, 40
"""Characters of a paragraph that is looked for, of its beginning that is compared, and of that which is told."""
_STOP = re.compile(r"[.?!][\"')\]”’]*$")


def in_order(shown: Sequence[str], seen: str) -> list[str]:
    r"""Return the lines of an article in the order of the page; one that it does not show stays behind the one before.

    >>> in_order(["Nobody spoke.", "They met."], "They met.\nNobody spoke.")
    ['They met.', 'Nobody spoke.']
    """
    page, last, places = _squeezed(seen), -1, []
    for words in shown:
        last = found if (found := page.find(_squeezed(words)[:_FIRST])) >= 0 else last
        places.append(last)
    return [words for _, words in sorted(zip(places, shown, strict=True), key=lambda pair: pair[0])]


def parted(shown: Sequence[str], seen: str) -> list[str]:
    r"""Return the lines of an article, one that joins lines of the page as these.

    >>> parted(["They met. Nobody spoke."], "They met.\nNobody spoke.\nHome")
    ['They met.', 'Nobody spoke.']
    """
    lines = [line.strip() for line in seen.split("\n") if line.strip()]
    starts = [0, *accumulate(len(_squeezed(line)) for line in lines)]
    page, found = _squeezed("".join(lines)), []
    for words in shown:
        start = page.find(_squeezed(words))
        first, last = bisect_left(starts, start), bisect_left(starts, start + len(_squeezed(words)))
        is_whole = (
            start >= 0 and starts[first] == start and starts[min(last, len(lines))] == start + len(_squeezed(words))
        )
        found += lines[first:last] if is_whole and last > first + 1 and "|" not in words else [words]
    return found


def diagnose(shown: Sequence[str], ordered: Sequence[str], seen: str, file: str) -> Iterator[Diagnostic]:
    """Say that an article was put together from parts of a page, and which paragraphs within it were left out."""
    if list(shown) != list(ordered):
        what, done = "the article was put together from parts of the page", "they stand in the order of the page"
        yield diagnostics.make("CLP136", file=file, what=what, done=done)
    missing = left_out(shown, seen)
    if missing:
        what = f"paragraphs of the page that are not in its text: {len(missing)}, from {missing[0][:_SHOWN]!r}"
        yield diagnostics.make("CLP136", file=file, what=what, done="the extractor left them out")


def left_out(shown: Sequence[str], seen: str) -> list[str]:
    """Return the paragraphs that stand among those of an article, or right beside its first or last, and not in it."""
    taken = _squeezed(" ".join(shown))
    page = [(line, _squeezed(line)[:_FIRST] in taken) for line in seen.split("\n") if line.strip()]
    kept = [at for at, (line, is_kept) in enumerate(page) if is_kept and len(line) >= _SHORTEST]
    if not kept:
        return []
    first, last = kept[0], kept[-1]
    above = [*takewhile(_is_lost, reversed(page[:first]))][::-1]
    return [line for line, _ in (*above, *filter(_is_lost, page[first:last]), *takewhile(_is_lost, page[last + 1 :]))]


def _is_lost(part: tuple[str, bool]) -> bool:
    line, is_kept = part
    return not is_kept and len(line) >= _SHORTEST and bool(_STOP.search(line))


def _squeezed(text: str) -> str:
    return _GAPS.sub("", text)
