"""What is coded together: pairs of codes that the same units carry, against chance."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from clippings import arguments
from clippings.measures.checks import require, share
from clippings.measures.intervals import percentiles, seeded

_COUNTS = ("both", "count_a", "count_b")
_MEASURES = ("lift", "lift_low", "lift_high", "jaccard", "jaccard_low", "jaccard_high", "chance_low", "chance_high")


def code_pairs(codes: pd.DataFrame, *, confidence: float = 0.95, n_draws: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Measure how far pairs of codes share units, and how far they would by chance.

    With *n* units, ``both`` with the two codes, ``count_a`` and ``count_b`` with each:

    - ``lift``: both * n / (count_a * count_b), 1 where the codes are independent. It depends on the units that carry
      neither code, which in a chosen sample are a choice;
    - ``jaccard``: both / (count_a + count_b - both), which does not.

    Their intervals are percentiles of a bootstrap over units (Efron 1979); draws in which a measure has no value are
    left out. ``chance_low`` and ``chance_high`` bound ``both`` where the second code is dealt out at random to as many
    units as carry it.

    Args:
        codes: a row a unit, a column a code; 1 or true where the unit carries it.
        confidence: of the intervals, between 0 and 1.
        n_draws: how many samples to draw, and how many times to deal.
        seed: of both.

    Returns:
        A row a pair, in the order of the columns: ``a``, ``b``, ``both``, ``count_a``, ``count_b``, ``lift``,
        ``lift_low``, ``lift_high``, ``jaccard``, ``jaccard_low``, ``jaccard_high``, ``chance_low``, ``chance_high``.
        A measure without a value is missing.

    Raises:
        ValueError: there is no unit, a value is neither 0 nor 1, ``n_draws`` is below 1, or ``confidence`` is
            out of range.

    References:
        Efron, B. (1979). Bootstrap methods: another look at the jackknife. The Annals of Statistics 7 (1), 1-26.

    >>> codes = pd.DataFrame({"war": [1, 1, 0, 0], "peace": [1, 0, 0, 0]})
    >>> code_pairs(codes)[["a", "b", "both", "lift", "jaccard"]].values.tolist()
    [['war', 'peace', 1, 2.0, 0.5]]
    """
    share("confidence", confidence)
    arguments.whole("n_draws", n_draws, 1)
    require(codes, [], "codes")
    if not len(codes):
        raise ValueError("codes is empty; a pair needs one unit at least")
    if not codes.isin([0, 1]).all(axis=None):
        raise ValueError("codes must be 0 or 1 in every row")
    held = codes.to_numpy(np.float64)
    generator = seeded(seed)
    n = len(held)
    drawn = np.array([_shared(held[generator.integers(0, n, n)]) for _ in range(n_draws)])
    dealt = np.array([held.T @ generator.permutation(held) for _ in range(n_draws)])
    now = _shared(held)
    rows: list[list[object]] = []
    for (i, a), (j, b) in combinations(enumerate(codes.columns), 2):
        row: list[object] = [a, b, int(now[i, j]), int(now[i, i]), int(now[j, j])]
        for measure in (_lift, _jaccard):
            values = measure(drawn[:, i, j], drawn[:, i, i], drawn[:, j, j], n)
            known = values[~np.isnan(values)]
            whole = measure(now[i, j : j + 1], now[i, i : i + 1], now[j, j : j + 1], n)
            row += [float(whole[0]), *percentiles(known, confidence)]
        rows.append([*row, *percentiles(dealt[:, i, j], confidence)])
    types = {"a": "str", "b": "str"} | dict.fromkeys(_COUNTS, "int64") | dict.fromkeys(_MEASURES, "float64")
    return pd.DataFrame(rows, columns=list(types)).astype(types)


_Values = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def _shared(held: _Values) -> _Values:
    """Count the units of each pair; on the diagonal those of each code."""
    counted: _Values = held.T @ held
    return counted


def _lift(both: _Values, a: _Values, b: _Values, n: int) -> _Values:
    expected = a * b / n
    return np.divide(both, expected, out=np.full_like(both, np.nan), where=expected > 0)


def _jaccard(both: _Values, a: _Values, b: _Values, n: int) -> _Values:  # noqa: ARG001
    either = a + b - both
    return np.divide(both, either, out=np.full_like(both, np.nan), where=either > 0)
