"""Annotations that cross, cut so that each piece lies within another or beside it, as the elements of XML must."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Mark(NamedTuple):
    """What becomes an element: its key, place, name and attributes; of two in one place the first is outside."""

    key: str
    start: int
    end: int
    element: str
    attributes: Mapping[str, str]


class Piece(NamedTuple):
    """A piece of a mark; ``name`` is its own, ``before`` and ``after`` are those of the pieces beside it, if any."""

    mark: Mark
    start: int
    end: int
    name: str
    before: str = ""
    after: str = ""


def nested(marks: Iterable[Mark], ends: Sequence[int]) -> list[Piece]:
    """Return the pieces of marks, each outer one before those within it.

    Args:
        marks: in any order.
        ends: where blocks end that no piece may go beyond, in order; the last is the end of the text.

    >>> made = nested([Mark("a", 0, 6, "s", {}), Mark("b", 4, 9, "said", {})], [9])
    >>> [(piece.name, piece.start, piece.end, piece.after) for piece in made]
    [('a', 0, 6, ''), ('b', 4, 6, 'b.2'), ('b.2', 6, 9, '')]
    """
    waiting = [(mark.start, -mark.end, order, mark) for order, mark in enumerate(marks)]
    heapq.heapify(waiting)
    cut: list[tuple[Mark, int, int]] = []
    open_: list[int] = []
    while waiting:
        start, minus_end, order, mark = heapq.heappop(waiting)
        while open_ and open_[-1] <= start:
            open_.pop()
        limit = min([-minus_end, *ends[bisect_right(ends, start) :][:1], *open_[-1:]])
        if limit < -minus_end:
            heapq.heappush(waiting, (limit, minus_end, order, mark))
        cut.append((mark, start, limit))
        open_.append(limit)
    return _chained(cut)


def _chained(cut: Sequence[tuple[Mark, int, int]]) -> list[Piece]:
    counts: defaultdict[str, int] = defaultdict(int)
    for mark, _, _ in cut:
        counts[mark.key] += 1
    seen: defaultdict[str, int] = defaultdict(int)
    made = []
    for mark, start, end in cut:
        seen[mark.key] = number = seen[mark.key] + 1
        beside = [_name(mark.key, number + step) if 0 < number + step <= counts[mark.key] else "" for step in (-1, 1)]
        made.append(Piece(mark, start, end, _name(mark.key, number), *beside))
    return made


def _name(key: str, number: int) -> str:
    return key if number == 1 else f"{key}.{number}"
