"""How sure a share or a difference of means is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from clippings import arguments
from clippings.measures.checks import share

_DRAWS_AT_ONCE = 1_000_000


class Interval(NamedTuple):
    """The bounds of a confidence interval."""

    low: float
    high: float


class Difference(NamedTuple):
    """A difference of two means, with the bounds of its confidence interval."""

    difference: float
    low: float
    high: float


def wilson(successes: int, n: int, *, confidence: float = 0.95) -> Interval:
    """Return the score interval of a share (Wilson 1927), without continuity correction.

    Unlike the share plus or minus a multiple of its standard error, it never leaves 0 to 1 and is of use for small
    ``n`` and for shares of 0 and 1.

    Args:
        successes: how many of the ``n`` have the property.
        n: how many there are, 1 at least.
        confidence: between 0 and 1.

    Raises:
        ValueError: a count is negative or no whole number, ``successes`` exceeds ``n``, or ``confidence`` is out of
            range.

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the
        American Statistical Association 22 (158), 209-212.

    >>> low, high = wilson(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    arguments.whole("n", n, 1)
    arguments.whole("successes", successes, 0)
    if successes > n:
        raise ValueError(f"successes must not exceed n: {successes} of {n}")
    share("confidence", confidence)
    return _score(successes, n, confidence)


def weighted(
    hits: Sequence[bool], weights: Sequence[float], *, confidence: float = 0.95
) -> tuple[float, float, Interval]:
    """Return a share of rows with weights, the number of rows it is worth, and its score interval on that number.

    The number is that of Kish (1965), the square of the sum of the weights over the sum of their squares; with equal
    weights it is the number of rows, and the interval that of ``wilson``.

    Args:
        hits: whether each row has the property; one row at least.
        weights: how many rows of the whole each row stands for, above 0.
        confidence: between 0 and 1.

    References:
        Kish, L. (1965). Survey Sampling. New York: Wiley.

    >>> found, worth, (low, high) = weighted([True, False], [3.0, 1.0])
    >>> found, worth
    (0.75, 1.6)
    """
    share("confidence", confidence)
    if len(set(weights)) == 1:
        return sum(hits) / len(hits), float(len(hits)), _score(sum(hits), len(hits), confidence)
    total = math.fsum(weights)
    found = math.fsum(weight for hit, weight in zip(hits, weights, strict=True) if hit) / total
    worth = total**2 / math.fsum(weight**2 for weight in weights)
    return found, worth, _score(worth if all(hits) else found * worth, worth, confidence)


def _score(successes: float, n: float, confidence: float) -> Interval:
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    middle = (successes + z2 / 2) / (n + z2)
    half = math.sqrt(z2 * (successes * (n - successes) / n + z2 / 4)) / (n + z2)
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == n else middle + half
    return Interval(low, high)


def mean_difference(
    first: Iterable[float], second: Iterable[float], *, confidence: float = 0.95, n_boot: int = 2000, seed: int = 0
) -> Difference:
    """Return the mean of ``first`` less that of ``second``, with a percentile bootstrap interval (Efron 1979).

    Each sample is resampled from itself, with replacement and at its own size, ``n_boot`` times; the bounds are
    percentiles of the differences of the means. The same seed gives the same bounds.

    Args:
        first: numbers, one an observation.
        second: numbers of other observations.
        confidence: between 0 and 1.
        n_boot: how often to draw, 1 at least.
        seed: of the random numbers.

    Raises:
        ValueError: a sample is empty or holds missing or infinite values, or an option is out of range.

    References:
        Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7 (1), 1-26.

    >>> mean_difference([3, 3, 3], [1, 1])
    Difference(difference=2.0, low=2.0, high=2.0)
    """
    share("confidence", confidence)
    arguments.whole("n_boot", n_boot, 1)
    generator = seeded(seed)
    one, other = _sample(first, "first"), _sample(second, "second")
    drawn = _means(one, n_boot, generator) - _means(other, n_boot, generator)
    low, high = percentiles(drawn, confidence)
    return Difference(float(one.mean() - other.mean()), low, high)


def seeded(seed: int) -> np.random.Generator:
    """Return random numbers that are the same for the same seed.

    >>> seeded(-1)
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: seed must be a whole number of at least 0, not -1
    """
    arguments.whole("seed", seed, 0)
    return np.random.default_rng(seed)


def percentiles(drawn: npt.NDArray[np.float64], confidence: float) -> Interval:
    """Return the percentiles that leave out half of the rest at either end, NaN where nothing was drawn.

    >>> percentiles(np.arange(101.0), 0.5)
    Interval(low=25.0, high=75.0)
    """
    if not len(drawn):
        return Interval(math.nan, math.nan)
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(float(low), float(high))


def sizes_of_blocks(n_boot: int, observations: int) -> list[int]:
    """Return how many draws to make at once, block after block, so that the memory does not grow with ``n_boot``.

    >>> sizes_of_blocks(2000, 1500)
    [666, 666, 666, 2]
    """
    rows = max(1, _DRAWS_AT_ONCE // observations)
    return [min(rows, n_boot - at) for at in range(0, n_boot, rows)]


def _sample(values: Iterable[float], name: str) -> npt.NDArray[np.float64]:
    try:
        sample = np.asarray(list(values), dtype=np.float64)
    except (TypeError, ValueError):
        raise arguments.ArgumentError(f"{name} must be a list of numbers, such as a column of a frame") from None
    if not len(sample):
        raise ValueError(f"{name} is empty; a mean needs one value at least")
    if not np.isfinite(sample).all():
        raise ValueError(f"{name} holds missing or infinite values; leave them out first")
    return sample


def _means(sample: npt.NDArray[np.float64], n_boot: int, generator: np.random.Generator) -> npt.NDArray[np.float64]:
    sizes = sizes_of_blocks(n_boot, len(sample))
    return np.concatenate([generator.choice(sample, (rows, len(sample))).mean(axis=1) for rows in sizes])
