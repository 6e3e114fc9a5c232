"""Places of a text: line and column as people count them, and what stands in a stretch of it."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

_T = TypeVar("_T")
_BREAK = re.compile(r"\r\n|\r|\n")


def position(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column of an offset, both from 1; LF, CRLF and CR end a line.

    >>> position("one\r\ntwo", 6)
    (2, 2)
    """
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@functools.lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    """The offsets at which lines begin; kept for the next place of the same page, as a digest has thousands."""
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def line_ends(text: str) -> int:
    r"""Count the ends of lines in a text; LF, CRLF and CR end a line.

    >>> line_ends("one\r\n\r\ntwo\n")
    3
    """
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def starting_in(found: Sequence[_T], start: int, end: int) -> Sequence[_T]:
    """Return the records that begin in a stretch of a text, without a look at the others: they may be thousands.

    Args:
        found: records with an attribute ``start``, sorted by it.
        start: the first offset of the stretch.
        end: the offset behind it.

    >>> starting_in([range(0, 4), range(4, 9)], 4, 9)
    [range(4, 9)]
    """
    begin = attrgetter("start")
    first = bisect_left(found, start, key=begin)
    return found[first : bisect_left(found, end, first, key=begin)]
