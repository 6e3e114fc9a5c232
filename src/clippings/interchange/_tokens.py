"""Words and sentences over a whole text, for formats that ask for them; no word goes over the edge of an annotation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from clippings.interchange._pages import Page, Place

_WORD = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"\S[^\n\r]*")


def edges(page: Page) -> list[int]:
    """Return where annotations begin or end, in order.

    >>> from clippings.interchange._pages import Note
    >>> edges(Page("a", "Minsk waits.", (Note("quotes", 0, 5), Note("quotes", 5, 12))))
    [0, 5, 12]
    """
    places = [(note.start, note.end) for note in page.notes]
    places += [place for note in page.notes for place in (note.source, note.cue) if place]
    return sorted({edge for place in places for edge in place})


def words(text: str, cuts: Sequence[int] = ()) -> Iterator[Place]:
    """Yield the place of each word and mark of a text, cut where an annotation begins or ends within it.

    >>> [*words("Minsk-based.", [3])]
    [(0, 3), (3, 5), (5, 6), (6, 11), (11, 12)]
    """
    for found in _WORD.finditer(text):
        yield from cut(found.start(), found.end(), cuts)


def sentences(page: Page) -> list[Place]:
    r"""Return sentences that cover all words of a page, in order: those of the library, and the lines outside of them.

    >>> from clippings.interchange._pages import Note
    >>> sentences(Page("a", "Talks\n\nMinsk waits.", (Note("sentences", 7, 19),)))
    [(0, 5), (7, 19)]
    """
    text = page.text or ""
    made, at = [], 0
    for start, end in sorted((note.start, note.end) for note in page.notes if note.layer == "sentences"):
        if start >= at:
            made += [*_lines(text, at, start), (start, end)]
            at = end
    return [*made, *_lines(text, at, len(text))]


def _lines(text: str, start: int, end: int) -> Iterable[Place]:
    for found in _LINE.finditer(text, start, end):
        yield found.start(), found.start() + len(found[0].rstrip())


def cut(start: int, end: int, cuts: Sequence[int]) -> Iterator[Place]:
    inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
    yield from zip([start, *inner], [*inner, end], strict=True)
