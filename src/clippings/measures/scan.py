"""Which run of days stands out, and how often chance would do the same: a test for a period found by looking."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from clippings import arguments
from clippings.measures.checks import flags_of, require
from clippings.measures.intervals import seeded

_Counts = npt.NDArray[np.int64]


class Run(NamedTuple):
    """The run of days in which a thing is rarest: its first and last day, the counts in and outside it, and ``p``."""

    first: str
    last: str
    inside: str
    outside: str
    p: float


def rarest_run(
    frame: pd.DataFrame, column: str, *, date: str = "date", n_perm: int = 2000, seed: int = 0
) -> Run | None:
    """Return the run of days in which a column is least often true, tested against chance (Kulldorff 1997).

    Every run of up to half of the days is tried, so the test allows for a period that was chosen after looking. The
    runs are compared by their likelihood ratio. Chance is the same days in another order: rows of one day stay
    together, because the same statement is often printed more than once.

    Args:
        frame: one row an observation.
        column: of true and false, or of 1 and 0.
        date: the column of days, ISO 8601; a month stands before its days, and rows without a day are left out.
        n_perm: how many other orders to try, 1 at least.
        seed: of the random numbers.

    Returns:
        The run, with ``p``, the share of orders (this one counted) that hold a run with as large a ratio; None where
        the share of no run is lower than that of the other days.

    Raises:
        MissingColumn: a column is not there.
        ValueError: ``column`` holds something else than true and false, or an option is out of range.

    References:
        Kulldorff, M. (1997). A spatial scan statistic. Communications in Statistics: Theory and Methods 26 (6),
        1481-1496.

    >>> days = [f"2007-01-{day:02}" for day in range(1, 21)]
    >>> frame = pd.DataFrame({"date": days, "supports": [1] * 8 + [0] * 4 + [1] * 8})
    >>> rarest_run(frame, "supports")[:4]
    ('2007-01-09', '2007-01-12', '0 of 4', '16 of 16')
    """
    arguments.whole("n_perm", n_perm, 1)
    require(frame, [date], "frame")
    flags = pd.Series(flags_of(frame, column), index=frame.index, dtype="int64")
    by_day = flags.groupby(frame[date]).agg(["sum", "size"])
    counts = by_day.to_numpy(dtype=np.int64)
    ratio, first, last = _rarest(counts[None])
    if not len(counts) or ratio[0] <= 0:
        return None
    generator = seeded(seed)
    orders = np.array([generator.permutation(len(counts)) for _ in range(n_perm)])
    as_rare = int((_rarest(counts[orders])[0] >= ratio[0] - 1e-9).sum())
    (hits, size), (all_hits, all_rows) = counts[first[0] : last[0] + 1].sum(axis=0), counts.sum(axis=0)
    days = [str(by_day.index[place[0]])[: len("2007-11-02")] for place in (first, last)]
    outside = f"{all_hits - hits} of {all_rows - size}"
    return Run(days[0], days[1], f"{hits} of {size}", outside, (1 + as_rare) / (1 + n_perm))


def _rarest(orders: _Counts) -> tuple[npt.NDArray[np.float64], _Counts, _Counts]:
    """Return for each order of days the largest likelihood ratio of a run, and the places of its first and last day."""
    many, days = orders.shape[:2]
    total = orders[0].sum(axis=0)
    before = np.concatenate([np.zeros((many, 1, 2), np.int64), orders.cumsum(axis=1)], axis=1)
    best, first, last = np.zeros(many), np.zeros(many, np.int64), np.zeros(many, np.int64)
    for length in range(1, days // 2 + 1):
        inside = before[:, length:] - before[:, :-length]
        ratios = _ratios(inside, total)
        place = ratios.argmax(axis=1)
        found = np.take_along_axis(ratios, place[:, None], axis=1)[:, 0]
        better = found > best
        best, first = np.where(better, found, best), np.where(better, place, first)
        last = np.where(better, place + length - 1, last)
    return best, first, last


def _ratios(inside: _Counts, total: _Counts) -> npt.NDArray[np.float64]:
    """Return the log likelihood ratio of each run, zero where the share in it is no lower than outside."""
    outside = total - inside
    is_lower = inside[..., 0] * outside[..., 1] < outside[..., 0] * inside[..., 1]
    gained = _fit(inside) + _fit(outside) - _fit(total)
    return np.where(is_lower, gained, 0.0)


def _fit(counts: _Counts) -> npt.NDArray[np.float64]:
    """Return the log likelihood of counts at their own share."""
    hits, size = counts[..., 0].astype(np.float64), counts[..., 1].astype(np.float64)
    parts = [part * np.log(np.where(part > 0, part / np.maximum(size, 1), 1)) for part in (hits, size - hits)]
    return np.asarray(parts[0] + parts[1])
