"""Texts wrapped at a column: their lines joined to paragraphs, and the heads and numbers of pages set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from statistics import median_low as median

from clippings.page.lines import Line
from clippings.page.printed_dates import inside
from clippings.places import line_ends

_SHORTEST, _LONGEST = 50, 100
# The share of lines that a next word would have made longer than this share of the column.
_FULL, _FITTED, _SHORT = 0.7, 0.85, 0.6
_LONGEST_COLUMN, _MOST_INDENTED = 0.9, 0.5
_MOST_STOPS = 0.5
_LEAST = 0.3
_BEYOND, _MOST_BEYOND = 1.3, 0.1
_FEWEST = 2
_LONGEST_HEAD = 80
_STOP = re.compile(r"[.?!:][\"'”’)]*$")
_INDENT = re.compile(r"(?:  |\t)\Z")
_BULLET = re.compile(r"(?:[-*•–—]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_PAGE_NUMBER = re.compile(r"[-–—~* ]*(?:page |p\. ?)?\d{1,3}(?:(?: of |/)\d{1,3})?[-–—~* ]*$", re.IGNORECASE)
_HEAD_AND_NUMBER = re.compile(r"(?=[A-Z])\S[^.?!]*?(?:\s{3,}(?:page |p\. ?)?|\s[-–—|]\s+page )\d{1,3}$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")

Run = list[Line]


def unwrapped(text: str, found: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    r"""Return the lines of a text, those of a wrapped paragraph as one, and apart the heads and numbers of its pages.

    A text is wrapped if its median line has 50 to 100 characters, blank lines part it, and its lines mostly end where
    the next word would not have fitted, few of them with a sentence.

    >>> page = "They met in Minsk on Tuesday, as both sides had said they would\nbefore the talks.\n\nNobody said a word of it to any of the many who were waiting\noutside the hall."
    >>> from clippings.page.lines import lines
    >>> [line.text.count("\n") for line in unwrapped(page, lines(page))[0]]
    [1, 1]
    """  # noqa: E501 (a column is a column)
    column = _column(text, found)
    if not column:
        return found, ()
    furniture = _furniture(found)
    runs = _runs(text, found, {line.start for line in furniture})
    return [line for run in runs for line in _joined(text, run, column)], furniture


def _column(text: str, found: Sequence[Line]) -> int:
    """The length of a full line, 0 where a text is not wrapped; short lines, as of a head or poem, are passed over."""
    if sum([_SHORTEST <= len(line.text) <= _LONGEST for line in found]) < max(_FEWEST, _LEAST * len(found)):
        return 0
    pairs = [pair for run in _runs(text, found) for pair in pairwise(run)]
    inner = sorted(len(line.text) for line, _ in pairs)
    column = inner[int(_LONGEST_COLUMN * len(inner))] if inner else 0
    long = [(line, after) for line, after in pairs if len(line.text) > _SHORT * column]
    if len(long) < _FEWEST or len(pairs) + 1 == len(found):
        return 0
    is_wide = _SHORTEST <= median(len(line.text) for line, _ in long) <= _LONGEST
    is_full = sum(_is_full(line, after, column) for line, after in long) >= _FULL * len(long)
    is_cut = sum(bool(_STOP.search(line.text)) for line, _ in long) <= _MOST_STOPS * len(long)
    is_within = sum(len(line.text) > _BEYOND * column for line in found) <= _MOST_BEYOND * len(found)
    return column if is_wide and is_full and is_cut and is_within else 0


def _runs(text: str, found: Sequence[Line], without: Container[int] = ()) -> Iterator[Run]:
    """Yield the lines between blank lines, and between those that begin at some places."""
    run: Run = []
    for line in found:
        gap = text[run[-1].end : line.start] if run else ""
        is_apart = gap == "\n\n" or (gap != "\n" and line_ends(gap) > 1)
        if run and (is_apart or line.start in without):
            yield run
            run = []
        if line.start not in without:
            run.append(line)
    if run:
        yield run


def _joined(text: str, run: Run, column: int) -> Iterator[Line]:
    """Yield the paragraphs a run is: from indent to indent, or each point of a list; a poem stays as it is."""
    points = [at for at, line in enumerate(run) if _BULLET.match(line.text)]
    indented = [at for at, line in enumerate(run) if _INDENT.search(text, line.start - 2, line.start)]
    is_indented = 0 < len(indented) <= _MOST_INDENTED * len(run)
    starts = sorted({0, *(points if len(points) >= _FEWEST else ()), *(indented if is_indented else ())})
    for first, after in zip(starts, [*starts[1:], len(run)], strict=True):
        yield from _paragraph(text, run[first:after], column)


def _paragraph(text: str, run: Run, column: int) -> Iterator[Line]:
    fits = [_is_full(line, after, column) for line, after in pairwise(run)]
    while fits and not fits[0]:
        yield run[0]
        run, fits = run[1:], fits[1:]
    if not fits or sum(fits) < _FULL * len(fits):
        yield from run
    else:
        start, end = run[0].start, run[-1].end
        yield Line(start, end, text[start:end])


def _is_full(line: Line, after: Line, column: int) -> bool:
    return len(line.text) + 1 + len(after.text.split(maxsplit=1)[0]) > _FITTED * column


def _furniture(found: Sequence[Line]) -> list[Line]:
    """Numbers of pages, and lines that are printed again and again but for their figures."""
    heads = Counter(_DIGITS.sub("", line.text) for line in found if len(line.text) <= _LONGEST_HEAD)
    numbers = {at for at, line in enumerate(found) if at and _has_page_number(line.text)}
    return [line for at, line in enumerate(found) if at in numbers or _is_running(found, at, heads, numbers)]


def _has_page_number(text: str) -> bool:
    """A number alone, or one that ``page`` or some blanks set apart from the name of the paper."""
    return bool(_PAGE_NUMBER.match(text)) or (len(text) <= _LONGEST_HEAD and bool(_HEAD_AND_NUMBER.match(text)))


def _is_running(found: Sequence[Line], at: int, heads: Counter[str], numbers: set[int]) -> bool:
    """Tell whether a line heads pages: printed again, with a number in it or beside it; the first may be the outlet."""
    words = found[at].text
    if len(words) > _LONGEST_HEAD or heads[_DIGITS.sub("", words)] < _FEWEST:
        return False
    if at == 0 and inside(words):
        return False
    return bool(_DIGITS.search(words)) or (at > 0 and (words.isupper() or bool({at - 1, at + 1} & numbers)))
