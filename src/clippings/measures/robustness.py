"""What a finding rests on: shares and differences with their intervals, computed again on parts of the sample."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from clippings import arguments
from clippings.arguments import ArgumentError
from clippings.measures.checks import flags_of, require, share
from clippings.measures.intervals import mean_difference, percentiles, seeded, wilson

Statistic = Callable[[pd.DataFrame], Any]


class Estimate(NamedTuple):
    """A share or a difference of shares with the bounds of its interval.

    ``n`` is how many rows it rests on and ``counts`` the counts behind it, to be printed beside it. Where there is
    nothing to count, the numbers are NaN.
    """

    value: float
    low: float
    high: float
    n: int
    counts: str


def share_of(frame: pd.DataFrame, column: str, *, confidence: float = 0.95) -> Estimate:
    """Return the share of rows in which a column is true, with Wilson's interval.

    The interval takes the rows as drawn one by one. Where several come from one clipping, see ``clustered_share``.

    Args:
        frame: one row an observation.
        column: of true and false, or of 1 and 0.
        confidence: between 0 and 1.

    Raises:
        MissingColumn: the column is not there.
        ValueError: it holds something else than true and false.

    >>> share_of(pd.DataFrame({"quoted": [True, True, False, True]}), "quoted").counts
    '3 of 4'
    """
    flags = flags_of(frame, column)
    count, n = sum(flags), len(flags)
    if not n:
        return _nothing("0 of 0")
    return Estimate(count / n, *wilson(count, n, confidence=confidence), n, f"{count} of {n}")


def share_difference(
    frame: pd.DataFrame,
    column: str,
    *,
    by: str,
    groups: tuple[object, object],
    cluster: str | None = None,
    confidence: float = 0.95,
    n_boot: int = 2000,
    seed: int = 0,
) -> Estimate:
    """Return the share of one group less that of another, with a percentile bootstrap interval.

    With ``cluster`` whole clusters are drawn, each with its rows of both groups, so that what is printed together stays
    together and the groups are compared as they are paired. Draws without a row of either group are passed over.

    Args:
        frame: one row an observation; rows of other groups are left out.
        column: of true and false, or of 1 and 0.
        by: the column that names the group.
        groups: the two groups, that whose share is taken first.
        cluster: the column that names what is drawn, such as ``date``; without it rows are drawn, group by group.
        confidence: between 0 and 1.
        n_boot: how often to draw, 1 at least.
        seed: of the random numbers.

    Raises:
        MissingColumn: a column is not there.
        ValueError: ``column`` holds something else than true and false, ``groups`` are not two, or an option is out
            of range.

    >>> frame = pd.DataFrame({"country": ["RU", "RU", "BY", "BY"], "supports": [1, 1, 1, 0]})
    >>> share_difference(frame, "supports", by="country", groups=("RU", "BY"))[:1]
    (0.5,)
    """
    require(frame, [by], "frame")
    share("confidence", confidence)
    arguments.several("groups", groups, object, "give two, as ('RU', 'BY')")
    if len(groups) != 2:
        raise ArgumentError(f"groups must be two groups, not {groups!r}; give them as ('RU', 'BY')")
    flags = [flags_of(frame[frame[by] == group], column) for group in groups]
    counts = " less ".join(f"{sum(one)} of {len(one)}" for one in flags)
    if not all(flags):
        return _nothing(counts)
    if cluster is not None:
        value = sum(flags[0]) / len(flags[0]) - sum(flags[1]) / len(flags[1])
        pair = frame[frame[by].isin(groups)]
        first, other = _drawn_counts(pair, column, cluster, n_boot, seed, [pair[by] == group for group in groups])
        both = (first[:, 1] > 0) & (other[:, 1] > 0)
        gaps = first[both, 0] / first[both, 1] - other[both, 0] / other[both, 1]
        return Estimate(value, *percentiles(gaps, confidence), sum(map(len, flags)), counts)
    found = mean_difference(*flags, confidence=confidence, n_boot=n_boot, seed=seed)
    return Estimate(*found, sum(map(len, flags)), counts)


def clustered_share(
    frame: pd.DataFrame, column: str, *, cluster: str, confidence: float = 0.95, n_boot: int = 2000, seed: int = 0
) -> Estimate:
    """Return the share of rows in which a column is true, with an interval from drawing whole clusters.

    Sources of one clipping, or clippings of one outlet, are alike; taken for independent they make a share look surer
    than it is. Here the clusters are resampled, with replacement, and the share is that of the rows they hold.

    Args:
        frame: one row an observation.
        column: of true and false, or of 1 and 0.
        cluster: the column that names what is drawn, such as ``id``.
        confidence: between 0 and 1.
        n_boot: how often to draw, 1 at least.
        seed: of the random numbers.

    Raises:
        MissingColumn: a column is not there.
        ValueError: ``column`` holds something else than true and false, ``cluster`` a missing value, or an option is
            out of range.

    >>> frame = pd.DataFrame({"id": ["a", "a", "b", "b"], "quoted": [True, True, False, False]})
    >>> clustered_share(frame, "quoted", cluster="id")[1:3]
    (0.0, 1.0)
    """
    share("confidence", confidence)
    [drawn] = _drawn_counts(frame, column, cluster, n_boot, seed, [pd.Series(True, index=frame.index)])
    if frame.empty:
        return _nothing("0 of 0")
    bounds = percentiles(drawn[:, 0] / drawn[:, 1], confidence)
    count, n = sum(flags_of(frame, column)), len(frame)
    return Estimate(count / n, *bounds, n, f"{count} of {n} in {frame[cluster].nunique()}")


def leave_one_out(frame: pd.DataFrame, by: str, statistic: Statistic) -> pd.DataFrame:
    """Compute a statistic again and again, each time without the rows of one group.

    A finding that turns when one outlet, year or speaker is left out is a finding about that outlet, year or speaker.

    Args:
        frame: one row an observation.
        by: the column that names the groups. Rows without a value belong to none and are never left out.
        statistic: takes a frame; gives a number or a named tuple, such as ``Estimate``.

    Returns:
        One row a group, sorted: the column ``by``, ``left_out`` (how many rows), then the statistic: its fields, or
        ``value``.

    Raises:
        MissingColumn: the column is not there.

    >>> frame = pd.DataFrame({"year": [2007, 2007, 2008], "words": [10, 20, 60]})
    >>> leave_one_out(frame, "year", lambda rest: rest["words"].mean()).values.tolist()
    [[2007.0, 2.0, 60.0], [2008.0, 1.0, 15.0]]
    """
    require(frame, [by], "frame")
    groups = sorted(frame[by].dropna().unique())
    rows = [
        {by: group, "left_out": int((frame[by] == group).sum()), **_fields(statistic(frame[frame[by] != group]))}
        for group in groups
    ]
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=[by, "left_out"])


def variants(frame: pd.DataFrame, keep: Mapping[str, pd.Series[bool]], statistic: Statistic) -> pd.DataFrame:
    """Compute a statistic on the whole frame, then on each of several parts of it.

    Args:
        frame: one row an observation.
        keep: the parts by name, each a column of true and false that stands beside the frame.
        statistic: takes a frame; gives a number or a named tuple, such as ``Estimate``.

    Returns:
        One row a part, ``all`` first: ``variant``, ``left_out`` (how many rows), then the statistic: its fields, or
        ``value``.

    Raises:
        ValueError: a part does not stand beside the frame, row by row, or is named ``all``.

    >>> frame = pd.DataFrame({"printed": [True, True, False], "words": [10, 20, 60]})
    >>> variants(frame, {"printed dates": frame["printed"]}, len).values.tolist()
    [['all', 0, 3], ['printed dates', 1, 2]]
    """
    rows = [{"variant": "all", "left_out": 0, **_fields(statistic(frame))}]
    for name, part in keep.items():
        if name == "all" or not frame.index.equals(getattr(part, "index", None)):
            raise ValueError(f"keep: {name!r} must stand beside the frame, row by row, and not be named 'all'")
        kept = frame[part.astype(bool)]
        rows.append({"variant": name, "left_out": len(frame) - len(kept), **_fields(statistic(kept))})
    return pd.DataFrame(rows)


def _drawn_counts(
    frame: pd.DataFrame, column: str, cluster: str, n_boot: int, seed: int, parts: list[pd.Series[bool]]
) -> list[npt.NDArray[np.int64]]:
    """Draw whole clusters; return for each part of the frame how often the column is true, and of how many, a draw."""
    arguments.whole("n_boot", n_boot, 1)
    require(frame, [cluster], "frame")
    if frame[cluster].isna().any():
        raise ValueError(f"frame: the column {cluster!r} holds a missing value; name every cluster")
    flags = pd.Series(flags_of(frame, column), index=frame.index, dtype="int64")
    sums = [
        pd.DataFrame({"true": flags * part, "of": part.astype(int)}).groupby(frame[cluster]).sum() for part in parts
    ]
    count = frame[cluster].nunique()
    draws = seeded(seed).integers(max(count, 1), size=(n_boot, count))
    return [one.to_numpy()[draws].sum(axis=1) for one in sums]


def _fields(found: Any) -> dict[str, Any]:
    named = getattr(found, "_asdict", None)
    return dict(named()) if named else {"value": found}


def _nothing(counts: str) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, 0, counts)
