"""What sets the words of one corpus apart from those of another."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from clippings import arguments
from clippings.measures.frequency import PER
from clippings.measures.words import word_counts

_Floats = npt.NDArray[np.float64]


def keyness(target: pd.DataFrame, reference: pd.DataFrame, *, minimum: int = 5) -> pd.DataFrame:
    """Compare the words of two corpora: how sure a difference is, and how large.

    - ``log_likelihood``: G2 over the two counts of the word against what the sizes of the corpora lead to expect,
      as Rayson and Garside (2000) write it. Dunning's (1993) ratio also counts all other words, which changes little
      for any but the commonest. A count of zero adds nothing to the sum.
    - ``p``: the chance of so large a G2 were there no difference (chi squared, one degree of freedom). It takes each
      use as drawn on its own, which words in texts are not, and is not corrected for the number of words compared:
      read it as an order, not as a proof.
    - ``log_ratio``: the binary logarithm of the ratio of the relative frequencies (Hardie 2014), the size of the
      effect: 1 is twice as frequent in ``target``, 2 four times, -1 half as frequent. A count of zero is taken as
      one half of a use here, so that the ratio exists.

    Args:
        target: texts (``text``), or all the counts of a corpus (``word``, ``count``), as ``frequencies`` gives them.
        reference: the corpus to compare with, likewise. It should not hold the texts of ``target``.
        minimum: leave out words of fewer uses in both together, 1 at least.

    Returns:
        ``word``, ``count``, ``reference_count``, ``per_10000``, ``reference_per_10000``, ``log_likelihood``, ``p``,
        ``log_ratio``; the highest ``log_likelihood`` first.

    Raises:
        MissingColumn: a frame has neither ``text`` nor ``word`` and ``count``.
        ValueError: a corpus has no words, a text is missing, a count is not valid, or ``minimum`` is less than 1.

    References:
        Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational
        Linguistics 19 (1), 61-74.

        Rayson, P. and Garside, R. (2000). Comparing corpora using frequency profiling. Proceedings of the Workshop
        on Comparing Corpora, ACL 2000, 1-6.

        Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science.

    >>> target = pd.DataFrame({"word": ["shield", "the"], "count": [40, 960]})
    >>> reference = pd.DataFrame({"word": ["shield", "the"], "count": [10, 990]})
    >>> keyness(target, reference)[["word", "log_ratio"]].values.tolist()[0]
    ['shield', 2.0]
    """
    arguments.whole("minimum", minimum, 1)
    counts, others = word_counts(target, "target"), word_counts(reference, "reference")
    sizes = counts.total(), others.total()
    for name, size in zip(("target", "reference"), sizes, strict=True):
        if not size:
            raise ValueError(f"{name} has no words to compare")
    kept = sorted(word for word in {*counts, *others} if counts[word] + others[word] >= minimum)
    a = np.array([counts[word] for word in kept], dtype=np.float64)
    b = np.array([others[word] for word in kept], dtype=np.float64)
    return _compared(kept, a, b, sizes).sort_values(
        ["log_likelihood", "word"], ascending=[False, True], ignore_index=True
    )


def _compared(kept: list[str], a: _Floats, b: _Floats, sizes: tuple[int, int]) -> pd.DataFrame:
    g2 = log_likelihood(a, b, *sizes)
    halved = np.where(a == 0, 0.5, a) / sizes[0], np.where(b == 0, 0.5, b) / sizes[1]
    return pd.DataFrame(
        {
            "word": pd.Series(kept, dtype="str"),
            "count": a.astype("int64"),
            "reference_count": b.astype("int64"),
            "per_10000": PER * a / sizes[0],
            "reference_per_10000": PER * b / sizes[1],
            "log_likelihood": g2,
            "p": [math.erfc(math.sqrt(value / 2)) for value in g2.tolist()],
            "log_ratio": np.log2(halved[0]) - np.log2(halved[1]),
        }
    )


def log_likelihood(a: _Floats, b: _Floats, a_size: int, b_size: int) -> _Floats:
    """Return G2 of counts in two corpora of given sizes (Rayson and Garside 2000).

    >>> float(log_likelihood(np.array([52.0]), np.array([57.0]), 50_000, 75_000).round(2)[0])
    2.65
    """
    expected = (a + b) / (a_size + b_size)
    return np.maximum(2 * (surprise(a, a_size * expected) + surprise(b, b_size * expected)), 0)


def surprise(observed: _Floats, expected: _Floats) -> _Floats:
    """Return observed * ln(observed / expected), 0 where nothing was observed.

    >>> surprise(np.array([0.0, 1.0]), np.array([3.0, 1.0])).tolist()
    [0.0, 0.0]
    """
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    return np.asarray(observed * np.log(ratio), dtype=np.float64)
