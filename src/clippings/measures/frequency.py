"""How often words are used, and how evenly over the parts of a corpus."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from clippings import arguments
from clippings.measures.checks import KEY, Columns, listed, require, texts_of
from clippings.measures.words import count_words, holds_counts, word_counts, words

PER = 10_000
_COUNTED = ["word", "count", "per_10000", "clippings"]


def frequencies(texts: pd.DataFrame, *, by: Columns | None = None) -> pd.DataFrame:
    """Count words, over all texts or by group.

    ``clippings.measures.words`` says what a word is. Rows without a value in ``by`` are a group of their own.

    Args:
        texts: ``id``, ``item``, the columns of ``by``, and ``text``, or counts: ``word`` and ``count``.
        by: one column or several that name the groups, such as a publisher.

    Returns:
        The columns of ``by``, ``word``, ``count``, ``per_10000`` (of the words of the group) and ``clippings`` (how
        many clippings use it); by group, the most frequent first, words of one count by alphabet.

    Raises:
        MissingColumn: a column is not there.
        ValueError: a text is missing, a count is not valid, or a column of ``by`` has the name of one of the
            result.

    >>> texts = pd.DataFrame({"id": ["a", "b"], "item": 0, "text": ["To be or not to be", "to be sure"]})
    >>> frequencies(texts).head(2).values.tolist()
    [['be', 3, 3333.3333333333335, 2], ['to', 3, 3333.3333333333335, 2]]
    """
    groups = listed(by)
    require(texts, [*KEY, *groups, *_held_in(texts)], "texts")
    for column in groups:
        if column in _COUNTED:
            raise ValueError(f"by: a column of the result is named {column!r}; rename that of texts")
    numbers, keys = _numbered(texts, groups)
    counts = _counts(texts, list(dict.fromkeys([*groups, *KEY])))
    counts["group"] = numbers[counts["row"].to_numpy()]
    found = counts.groupby(["group", "word"], sort=False)["count"].agg(["sum", "size"]).reset_index()
    found = found.rename(columns={"sum": "count", "size": "clippings"})
    found["per_10000"] = PER * found["count"] / found.groupby("group")["count"].transform("sum")
    found = found.sort_values(["group", "count", "word"], ascending=[True, False, True], ignore_index=True)
    told = keys.iloc[found["group"].to_numpy()].reset_index(drop=True)
    return pd.concat([told, found[_COUNTED]], axis=1)


def dispersion(
    texts: pd.DataFrame, *, by: Columns = ("id", "item"), words: Iterable[str] | None = None, minimum: int = 5
) -> pd.DataFrame:
    r"""Measure how evenly words are spread over the parts of a corpus.

    With *n* parts, let *s* be the share of a part in all words, *v* the share of a part in the uses of the word, and
    *p* the relative frequency of the word in a part:

    - ``range``: the number of parts that use the word;
    - ``juilland_d``: 1 - sd(p) / mean(p) / sqrt(n - 1), with the standard deviation of a population: 1 is even, 0 is
      all in one part. Over many parts it is close to 1 for nearly every word (Biber et al. 2016);
    - ``dp``: half the sum of \|v - s\| (deviation of proportions): 0 is even, near 1 is clumped;
    - ``dp_norm``: ``dp`` over the most it can be, 1 - min(s).

    Parts without a word are left out. With one part only, ``juilland_d`` and ``dp_norm`` are undefined: NaN.

    Args:
        texts: the columns of ``by``, and ``text``, or counts: ``word`` and ``count``.
        by: one column or several that name the parts; each clipping is a part if not given.
        words: the words to measure, in any capitals; all if not given. Those never used are left out.
        minimum: leave out words of fewer uses, 1 at least; not asked of ``words`` that are given.

    Returns:
        ``word``, ``count``, ``range``, ``parts``, ``juilland_d``, ``dp``, ``dp_norm``; the most frequent first.

    Raises:
        MissingColumn: a column is not there.
        ValueError: a text is missing, a count is not valid, ``by`` is empty, or ``minimum`` is less than 1.

    References:
        Juilland, A., Brodin, D. and Davidovitch, C. (1970). Frequency dictionary of French words. Mouton.

        Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus
        Linguistics 13 (4), 403-437.

        Lijffijt, J. and Gries, S. Th. (2012). Correction to "Dispersions and adjusted frequencies in corpora".
        International Journal of Corpus Linguistics 17 (1), 147-149.

        Biber, D., Reppen, R., Schnur, E. and Ghanem, R. (2016). On the (non)utility of Juilland's D to measure
        lexical dispersion in large corpora. International Journal of Corpus Linguistics 21 (4), 439-464.

    >>> texts = pd.DataFrame({"id": ["a", "b"], "item": 0, "text": ["war and peace", "war or talks"]})
    >>> dispersion(texts, minimum=1)[["word", "range", "dp"]].head(2).values.tolist()
    [['war', 2, 0.0], ['and', 1, 0.5]]
    """
    parts = listed(by)
    if not parts:
        raise ValueError("by is empty; name the columns that tell the parts of the corpus apart")
    require(texts, [*_held_in(texts), *parts], "texts")
    arguments.whole("minimum", minimum, 1)
    counts = _counts(texts, parts)
    uses = counts.groupby("word", sort=False)["count"].transform("sum")
    kept = uses >= minimum if words is None else counts["word"].isin(_folded(words))
    return _spread(counts, kept)


def _folded(given: Iterable[str]) -> set[str]:
    """Fold words as those of a text are; a lone string is one word, not its letters."""
    if not isinstance(given, str):
        arguments.several("words", given, str, "give a word, or a list of words")
    return {word for one in ([given] if isinstance(given, str) else given) for word in words(one)}


def _numbered(texts: pd.DataFrame, columns: list[str]) -> tuple[npt.NDArray[np.int64], pd.DataFrame]:
    """Return the number of the group each row belongs to, and the columns of the groups by number."""
    if not columns:
        return np.zeros(len(texts), dtype=np.int64), pd.DataFrame(index=[0])
    found = texts.groupby(columns, dropna=False, observed=True).ngroup()
    numbers: npt.NDArray[np.int64] = found.to_numpy().astype(np.int64)
    _, first = np.unique(numbers, return_index=True)
    return numbers, texts[columns].iloc[first].reset_index(drop=True)


def _held_in(texts: pd.DataFrame) -> list[str]:
    """The columns that hold the words: those of texts, or of counts where there are no texts."""
    return ["word", "count"] if holds_counts(texts) else ["text"]


def _counts(texts: pd.DataFrame, parts: list[str]) -> pd.DataFrame:
    """Count the words of each part: its number ``part``, ``row``, the first of its texts, ``word`` and ``count``."""
    numbers, _ = _numbered(texts, parts)
    types = {"part": "int64", "row": "int64", "word": "str", "count": "int64"}
    if holds_counts(texts):
        places = pd.Series(range(len(texts))).groupby(numbers, sort=False).agg(list).to_dict()
        sums = {part: (rows[0], +word_counts(texts.iloc[rows], "texts")) for part, rows in places.items()}
        given = [(part, row, *pair) for part, (row, words) in sums.items() for pair in words.items()]
        return pd.DataFrame(given, columns=list(types)).astype(types)
    held: dict[int, list[str]] = {}
    rows: dict[int, int] = {}
    for row, (part, text) in enumerate(zip(numbers.tolist(), texts_of(texts, "texts"), strict=True)):
        rows.setdefault(part, row)
        held.setdefault(part, []).append(text)
    counted = [(part, rows[part], *pair) for part in held for pair in count_words(held[part]).items()]
    return pd.DataFrame(counted, columns=list(types)).astype(types)


def _spread(counts: pd.DataFrame, kept: pd.Series[bool]) -> pd.DataFrame:
    sizes = counts.groupby("part")["count"].transform("sum")
    n, total = counts["part"].nunique(), counts["count"].sum()
    smallest = counts.groupby("part")["count"].sum().min() if n else 0
    rows = counts.assign(size=sizes)[kept]
    uses = rows.groupby("word", sort=False)["count"].transform("sum")
    share, p = rows["size"] / total, rows["count"] / rows["size"]
    # A part that does not use the word adds its whole share, 1 less those of the parts that do.
    rows = rows.assign(p=p, p2=p**2, off=(rows["count"] / uses - share).abs() - share)
    grouped = rows.groupby("word", sort=False)
    found = grouped.agg(
        count=("count", "sum"), range=("p", "size"), p=("p", "sum"), p2=("p2", "sum"), off=("off", "sum")
    )
    mean = found["p"] / n if n else found["p"]
    deviation = np.sqrt((found["p2"] / n - mean**2).clip(lower=0)) if n else found["p"]
    found["parts"] = n
    found["juilland_d"] = 1 - deviation / mean / np.sqrt(n - 1) if n > 1 else np.nan
    found["dp"] = ((1 + found["off"]) / 2).clip(lower=0)
    found["dp_norm"] = found["dp"] / (1 - smallest / total) if n > 1 else np.nan
    ordered = found.reset_index().sort_values(["count", "word"], ascending=[False, True])
    return ordered[["word", "count", "range", "parts", "juilland_d", "dp", "dp_norm"]].reset_index(drop=True)
