"""What was printed twice: near duplicates among clippings of neighbouring days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd

from clippings import arguments
from clippings.arguments import ArgumentError
from clippings.measures.checks import KEY, need, require, texts_of
from clippings.measures.words import words

_SLOTS = 128
_MISS = 1e-6
_PAIR = {"id_a": "str", "item_a": "int64", "id_b": "str", "item_b": "int64", "jaccard": "float64", "days": "Int64"}


def near_duplicates(
    texts: pd.DataFrame,
    *,
    dates: pd.DataFrame | None = None,
    days: int = 3,
    similarity: float = 0.8,
    shingle: int = 5,
    seed: int = 0,
) -> pd.DataFrame:
    """Find pairs of clippings whose words are nearly the same.

    A text is taken as the set of its shingles, the runs of ``shingle`` words (Broder 1997); how alike two texts are
    is the Jaccard index of their sets, the share of shingles they have in common. MinHash signatures of 128 slots,
    banded (locality-sensitive hashing), choose the pairs to look at, so that the work grows with the texts and not
    with their square; each is then compared exactly, and no pair is given that is less alike than asked. One that is
    as alike as asked is missed with a chance below one in a million. The same seed gives the same pairs.

    Given dates, only pairs printed within some days of each other are looked for. A clipping without a date, or not
    among ``dates``, may be of any day and is compared with all. In the frame ``clippings`` a date known to the month
    is the first of it: blank those dates (``date_precision``) before, or they are held for that day.

    Args:
        texts: ``id``, ``item``, ``text``. Rows of one clipping are read as one text, in order; clippings without
            words are left out, and of those shorter than a shingle the words as a whole are compared.
        dates: ``id``, ``item``, ``date`` (datetime), such as the frame ``clippings``. Without it all are compared.
        days: the most days between the two, 0 at least.
        similarity: the least Jaccard index, above 0 and at most 1.
        shingle: how many words a shingle has, 1 at least.
        seed: of the hash functions.

    Returns:
        One row a pair: ``id_a``, ``item_a``, ``id_b``, ``item_b`` (the earlier first; of one day, or where a day is
        not known, the first by ``id`` and ``item``), ``jaccard`` and ``days`` between them, missing where a date is.
        The most alike first.

    Raises:
        MissingColumn: a column is not there.
        ValueError: a text is missing, a clipping has two dates, ``date`` holds no dates, or an option is out of range.
        ImportError: rensa, of the extra ``measures``, is not installed.

    References:
        Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of Compression and
        Complexity of Sequences, 21-29.

        Leskovec, J., Rajaraman, A. and Ullman, J. D. (2020). Mining of Massive Datasets, 3rd ed., chapter 3.

    >>> texts = pd.DataFrame({"id": ["a", "b", "c"], "item": 0, "text": ["Minsk is quiet", "MINSK IS QUIET.", "No"]})
    >>> near_duplicates(texts)[["id_a", "id_b", "jaccard"]].values.tolist()
    [['a', 'b', 1.0]]
    """
    require(texts, [*KEY, "text"], "texts")
    arguments.whole("days", days, 0)
    arguments.whole("shingle", shingle, 1)
    arguments.whole("seed", seed, 0)
    if not isinstance(similarity, Real) or not 0 < similarity <= 1:
        raise ArgumentError(f"similarity must be a number above 0 and at most 1, not {similarity!r}")
    pages = sorted(_pages(texts, dates, shingle), key=lambda page: (page.day is not None, page.day or 0, page.key))
    pairs = [_pair(*found) for found in _alike(pages, days, similarity, seed)]
    ordered = sorted(pairs, key=lambda row: (-row[4], row[:4]))
    return pd.DataFrame(ordered, columns=list(_PAIR)).astype(_PAIR)


class _Page(NamedTuple):
    """A clipping with the day it was printed, counted from 1970, and its shingles."""

    key: tuple[str, int]
    day: int | None
    shingles: frozenset[str]


_Row = tuple[str, int, str, int, float, int | None]


def _pages(texts: pd.DataFrame, dates: pd.DataFrame | None, shingle: int) -> Iterator[_Page]:
    days = {} if dates is None else _days(dates)
    spoken: dict[tuple[str, int], list[str]] = {}
    for key, item, text in zip(texts["id"].tolist(), texts["item"].tolist(), texts_of(texts, "texts"), strict=True):
        spoken.setdefault((key, item), []).extend(words(text))
    equal: dict[frozenset[str], frozenset[str]] = {}
    for page, said in spoken.items():
        if said:
            found = frozenset(shingles(said, shingle))
            yield _Page(page, days.get(page), equal.setdefault(found, found))


def _days(dates: pd.DataFrame) -> dict[tuple[str, int], int | None]:
    require(dates, [*KEY, "date"], "dates")
    if not pd.api.types.is_datetime64_any_dtype(dates["date"]):
        raise ValueError(f"dates: the column 'date' holds {dates['date'].dtype}, not datetimes; use pandas.to_datetime")
    if dates.duplicated(KEY).any():
        key = dates.loc[dates.duplicated(KEY), KEY].iloc[0].tolist()
        raise ValueError(f"dates: more than one row for clipping {key[0]!r}, item {key[1]}; give each clipping once")
    counted = [None if pd.isna(date) else date.toordinal() for date in dates["date"]]
    return dict(zip(zip(dates["id"].tolist(), dates["item"].tolist(), strict=True), counted, strict=True))


def shingles(said: Sequence[str], size: int) -> Iterator[str]:
    """Yield the runs of some words, or all of them where they are fewer.

    >>> list(shingles(["to", "be", "or", "not"], 3))
    ['to be or', 'be or not']
    """
    for start in range(max(1, len(said) - size + 1)):
        yield " ".join(said[start : start + size])


def bands(similarity: float) -> int:
    """Return into how many bands to cut a signature: the fewest that hardly ever miss a pair so alike.

    Two texts of Jaccard index *s* agree in all rows of one of *b* bands of *r* rows with a chance of
    1 - (1 - s^r)^b.

    >>> bands(1.0), bands(0.8), bands(0.5)
    (1, 32, 64)
    """
    counts = [2**power for power in range(_SLOTS.bit_length())]
    return next((b for b in counts if (1 - similarity ** (_SLOTS // b)) ** b < _MISS), _SLOTS)


def _alike(pages: Sequence[_Page], days: int, similarity: float, seed: int) -> Iterator[tuple[_Page, _Page, float]]:
    """Walk through the pages by day, undated ones first, holding those of the last days in the index."""
    if not pages:
        return
    rensa = need("rensa")
    sketches = _sketches(rensa.RMinHash, pages, seed)
    index = rensa.RMinHashLSH(threshold=0.0, num_perm=_SLOTS, num_bands=bands(similarity))
    oldest = sum(page.day is None for page in pages)
    for number, (page, sketch) in enumerate(zip(pages, sketches, strict=True)):
        while page.day is not None and page.day - (pages[oldest].day or 0) > days:
            index.remove(oldest)
            oldest += 1
        for other in index.query(sketch):
            jaccard = _jaccard(pages[other].shingles, page.shingles)
            if jaccard >= similarity:
                yield pages[other], page, jaccard
        index.insert(number, sketch)


def _sketches(make: Any, pages: Sequence[_Page], seed: int) -> Iterator[Any]:
    for page in pages:
        sketch = make(num_perm=_SLOTS, seed=seed)
        sketch.update(list(page.shingles))
        yield sketch


def _jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    if first is second:  # Copies share one set, so that hundreds of them are compared in no time.
        return 1.0
    common = len(first & second)
    return common / (len(first) + len(second) - common)


def _pair(first: _Page, second: _Page, jaccard: float) -> _Row:
    if first.day is None or second.day is None:
        first, second = sorted((first, second), key=lambda page: page.key)
        return (*first.key, *second.key, jaccard, None)
    return (*first.key, *second.key, jaccard, second.day - first.day)
