"""Whether coders agree: Krippendorff's alpha with its interval, percent agreement, and where they differ.

A *coding* is a frame in long form, one row a value that a coder gave to a unit. Rows without a value count as not
coded. The columns are named ``unit``, ``coder`` and ``value`` unless told otherwise; a unit may be several columns,
such as ``["id", "item"]``. With ``by``, such as a theme, each group is measured on its own.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from clippings import arguments
from clippings.measures.checks import Columns, listed, require, share
from clippings.measures.intervals import percentiles, seeded, sizes_of_blocks

_Counts = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]
_Group = tuple[tuple[Hashable, ...], pd.DataFrame]


def alpha(
    coding: pd.DataFrame,
    *,
    unit: Columns = "unit",
    coder: str = "coder",
    value: str = "value",
    by: Columns | None = None,
    confidence: float = 0.95,
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure the agreement of coders by Krippendorff's alpha for nominal values, with a bootstrap interval.

    Alpha is 1 where all agree, 0 where they agree as by chance, and below 0 where less than that. It takes any number
    of coders and values missing here and there; units that fewer than two coders coded add nothing.

    It is computed as Krippendorff (2011) does for nominal data, where two values differ by 0 if they are the same and
    by 1 if not. Each ordered pair of values of a unit u enters the coincidence matrix o with the weight 1 / (m_u - 1),
    m_u being the number of values of that unit. Of all n values, n_c are c. Summed over all c and k that differ::

        alpha = 1 - D_o / D_e    D_o = sum(o_ck) / n    D_e = sum(n_c * n_k) / (n * (n - 1))

    Where all values are the same, nothing could have been disagreed on: alpha is undefined, NaN, however well the
    coders agree, and so it is where no unit has two values.

    The bounds are percentiles of alpha over ``n_boot`` draws of whole units, with replacement, as Zapf et al. (2016)
    recommend for nominal data: they tell what another sample of units might give. (The bootstrap of Hayes and
    Krippendorff (2007) draws pairs of values instead and holds the expected disagreement fixed.) Draws in which alpha
    is undefined are left out and counted. Where alpha is 1 every draw gives 1, and the interval has no width: a sample
    cannot tell of disagreements it does not have. ``wilson`` on the units agreed can.

    Args:
        coding: the columns of ``unit``, ``coder``, ``value`` and ``by``; no coder codes a unit twice.
        unit: the column or columns that name what was coded.
        coder: the column that names who coded it.
        value: the column of the values; 1 and ``"1"`` are two values, and refused side by side.
        by: the column or columns that name the groups; one group if not given.
        confidence: of the interval, between 0 and 1.
        n_boot: how many draws, 1 at least.
        seed: of the random numbers; each group starts from it.

    Returns:
        One row a group: the columns of ``by``, ``alpha``, ``low``, ``high``, ``units`` (with two values at least),
        ``values`` (how many these units were given), ``coders``, ``undefined`` (draws left out).

    Raises:
        MissingColumn: a column is not there.
        ValueError: a coder coded a unit twice, values mix text and numbers, or an option is out of range.

    References:
        Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.

        Hayes, A. F. and Krippendorff, K. (2007). Answering the call for a standard reliability measure for coding
        data. Communication Methods and Measures 1 (1), 77-89.

        Zapf, A., Castell, S., Morawietz, L. and Karch, A. (2016). Measuring inter-rater reliability for nominal
        data: which coefficients and confidence intervals are appropriate? BMC Medical Research Methodology 16, 93.

    >>> first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> coding = pd.DataFrame({"unit": [*range(10)] * 2, "coder": ["A"] * 10 + ["B"] * 10, "value": first + second})
    >>> alpha(coding)["alpha"].round(3).tolist()
    [0.095]
    """
    share("confidence", confidence)
    arguments.whole("n_boot", n_boot, 1)
    rows = []
    for names, group in _groups(coding, unit, coder, value, by):
        counts = _value_counts(group, listed(unit), value)
        drawn = _drawn(counts, n_boot, seeded(seed))
        defined = drawn[~np.isnan(drawn)]
        alpha = float(_alphas(counts, np.ones((1, len(counts))))[0])
        bounds = percentiles(defined, confidence)
        found = (alpha, *bounds, len(counts), int(counts.sum()), group[coder].nunique())
        rows.append((*names, *found, n_boot - len(defined)))
    columns = [*listed(by), "alpha", "low", "high", "units", "values", "coders", "undefined"]
    return pd.DataFrame(rows, columns=columns)


def percent_agreement(
    coding: pd.DataFrame,
    *,
    unit: Columns = "unit",
    coder: str = "coder",
    value: str = "value",
    by: Columns | None = None,
) -> pd.DataFrame:
    """Count the units on which all coders agree, and the share of pairs of values that agree.

    Agreement by chance is not taken off; ``alpha`` does that. Units that fewer than two coders coded are left out.

    Args:
        coding: the columns of ``unit``, ``coder``, ``value`` and ``by``; no coder codes a unit twice.
        unit: the column or columns that name what was coded.
        coder: the column that names who coded it.
        value: the column of the values.
        by: the column or columns that name the groups; one group if not given.

    Returns:
        One row a group: the columns of ``by``, ``units``, ``agreed`` (units whose values are all the same) and
        ``agreement``, the share of agreeing pairs in a unit, averaged over the units: with two coders ``agreed`` over
        ``units``. It is NaN where there are no units.

    Raises:
        MissingColumn: a column is not there.
        ValueError: a coder coded a unit twice, or values mix text and numbers.

    >>> coding = pd.DataFrame({"unit": [1, 1, 2, 2], "coder": ["A", "B"] * 2, "value": ["yes", "yes", "yes", "no"]})
    >>> percent_agreement(coding).values.tolist()
    [[2.0, 1.0, 0.5]]
    """
    rows = []
    for names, group in _groups(coding, unit, coder, value, by):
        counts = _value_counts(group, listed(unit), value)
        given = counts.sum(axis=1)
        agreement = (counts * (counts - 1)).sum(axis=1) / (given * (given - 1))
        mean = float(agreement.mean()) if len(counts) else math.nan
        rows.append((*names, len(counts), int((counts.max(axis=1, initial=0) == given).sum()), mean))
    return pd.DataFrame(rows, columns=[*listed(by), "units", "agreed", "agreement"])


def disagreements(
    coding: pd.DataFrame,
    *,
    unit: Columns = "unit",
    coder: str = "coder",
    value: str = "value",
    by: Columns | None = None,
) -> pd.DataFrame:
    """List the units on which coders differ, with the value each gave.

    Args:
        coding: the columns of ``unit``, ``coder``, ``value`` and ``by``; no coder codes a unit twice.
        unit: the column or columns that name what was coded.
        coder: the column that names who coded it; no coder has the name of another column.
        value: the column of the values.
        by: the column or columns that name the groups.

    Returns:
        One row a unit: the columns of ``by`` and ``unit``, then a column a coder, named by them, missing where a
        coder gave no value. In the order of the columns ``by`` and ``unit``.

    Raises:
        MissingColumn: a column is not there.
        ValueError: a coder coded a unit twice, values mix text and numbers, or a coder has the name of a column.

    >>> coding = pd.DataFrame({"unit": [1, 1, 2, 2], "coder": ["A", "B"] * 2, "value": ["yes", "yes", "yes", "no"]})
    >>> disagreements(coding).values.tolist()
    [[2, 'yes', 'no']]
    """
    rows = _checked(coding, unit, coder, value, by)
    keys = [*listed(by), *listed(unit)]
    for name in rows[coder].unique():
        if str(name) in keys:
            raise ValueError(f"the coder {name!r} has the name of a column; rename the coder or the column")
    differs = rows.groupby(keys, dropna=False, observed=True)[value].transform("nunique") > 1
    wide = rows[differs].set_index([*keys, coder])[value].unstack(coder)
    wide = wide.reindex(columns=sorted(rows[coder].unique(), key=str))
    wide.columns = pd.Index([str(name) for name in wide.columns])
    return wide.sort_index().reset_index()


def _checked(coding: pd.DataFrame, unit: Columns, coder: str, value: str, by: Columns | None) -> pd.DataFrame:
    """Return the rows with a value, or say what is wrong with them."""
    keys = [*listed(by), *listed(unit)]
    if not listed(unit):
        raise ValueError("unit is empty; name the column that tells what was coded")
    columns = [*keys, coder, value]
    repeated = next((column for column in columns if columns.count(column) > 1), None)
    if repeated is not None:
        raise ValueError(f"the column {repeated!r} is named twice; unit, coder, value and by need a column each")
    require(coding, columns, "coding")
    rows = coding.dropna(subset=[value])
    for column in [*keys, coder]:
        if rows[column].isna().any():
            raise ValueError(f"coding: the column {column!r} holds a missing value; name every unit and coder")
    if len({isinstance(given, str) for given in rows[value].tolist()}) > 1:
        raise ValueError(
            f"coding: the column {value!r} mixes text and numbers, so that '1' and 1 differ; use one of them"
        )
    twice = rows.loc[rows.duplicated([*keys, coder]), [*keys, coder]].head(1).to_dict("records")
    if twice:
        named = ", ".join(f"{column} {given!r}" for column, given in twice[0].items())
        raise ValueError(f"coding: more than one value for {named}; a coder codes a unit once")
    return rows


def _groups(coding: pd.DataFrame, unit: Columns, coder: str, value: str, by: Columns | None) -> Iterator[_Group]:
    rows = _checked(coding, unit, coder, value, by)
    if not listed(by):
        yield (), rows
        return
    yield from rows.groupby(listed(by), observed=True)


def _value_counts(group: pd.DataFrame, unit: list[str], value: str) -> _Counts:
    """Count how many coders gave each value to each unit; units with fewer than two values are left out."""
    units = group.groupby(unit, observed=True).ngroup().to_numpy()
    values, domain = pd.factorize(group[value], sort=True)
    counts = np.zeros((units.max(initial=-1) + 1, len(domain)), dtype=np.int64)
    np.add.at(counts, (units, values), 1)
    pairable: _Counts = counts[counts.sum(axis=1) > 1]
    return pairable


def _drawn(counts: _Counts, n_boot: int, generator: np.random.Generator) -> _Floats:
    """Return alpha of ``n_boot`` draws of as many units, computed in blocks to bound the memory."""
    units = len(counts)
    if not units:
        return np.full(n_boot, math.nan)
    draws = (generator.integers(units, size=(rows, units)) for rows in sizes_of_blocks(n_boot, units))
    return np.concatenate([_alphas(counts, _repeats(block)) for block in draws])


def _repeats(draws: _Counts) -> _Floats:
    """Return how often each draw, a row of as many units as there are, holds each unit."""
    rows, units = draws.shape
    apart = draws + units * np.arange(rows)[:, np.newaxis]
    return np.bincount(apart.ravel(), minlength=draws.size).reshape(draws.shape).astype(np.float64)


def _alphas(counts: _Counts, repeats: _Floats) -> _Floats:
    """Return alpha of each row of ``repeats``, NaN where its values are all the same, or none.

    Args:
        counts: how many coders gave each value (column) to each unit (row), two or more to every unit.
        repeats: how often each sample (row) holds each unit (column).
    """
    given = counts.sum(axis=1)
    differing = (given**2 - (counts**2).sum(axis=1)) / (given - 1)
    observed = (repeats * differing).sum(axis=1)
    # A matrix product adds in an order that depends on the machine: here of whole numbers, whose sums are exact.
    by_value = repeats @ counts.astype(np.float64)
    n = by_value.sum(axis=1)
    expected = n**2 - (by_value**2).sum(axis=1)
    ratio = np.full(len(repeats), math.nan)
    np.divide((n - 1) * observed, expected, out=ratio, where=expected > 0)
    return 1 - ratio
