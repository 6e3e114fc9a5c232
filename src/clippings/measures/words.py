"""What counts as a word.

A word is one of these, the first that fits:

- letters each followed by a period, two at least: ``U.S.``, ``e.g.``;
- digits with commas or periods inside: ``1,200``, ``2.5``;
- letters and digits, with apostrophes and hyphens kept inside: ``Minsk's``, ``S-300``, ``Union``.

Underscores and all other signs part words. For counting, words are folded: Unicode NFC, case folded, typographic
apostrophes and hyphens made plain.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

import pandas as pd

from clippings.measures.checks import require, texts_of
from clippings.search.contexts import WORD

_PLAIN = str.maketrans({"’": "'", "‐": "-", "‑": "-"})


def words(text: str) -> list[str]:
    """Return the words of a text, folded, in order.

    >>> words("The U.S. sold 1,200 S-300s; Minsk’s reply?")
    ['the', 'u.s.', 'sold', '1,200', 's-300s', "minsk's", 'reply']
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return WORD.findall(folded.translate(_PLAIN))


def word_counts(frame: pd.DataFrame, name: str) -> Counter[str]:
    """Count the words of texts, or sum the counts of a frame with ``word`` and ``count``.

    Args:
        frame: texts, or counts such as ``frequencies`` gives.
        name: what the function calls that frame.

    Raises:
        MissingColumn: the frame has neither ``text`` nor ``word`` and ``count``.
        ValueError: a text is missing, or a count is no whole number of at least 0.

    >>> word_counts(pd.DataFrame({"text": ["Minsk waits.", "Minsk!"]}), "target")
    Counter({'minsk': 2, 'waits': 1})
    """
    require(frame, [], name)
    if holds_counts(frame):
        return _sums(frame, name)
    return count_words(texts_of(frame, name))


def holds_counts(frame: pd.DataFrame) -> bool:
    """Tell whether a frame holds counts of words, and not texts.

    >>> holds_counts(pd.DataFrame({"word": ["minsk"], "count": [2]}))
    True
    """
    return "text" not in frame.columns and {"word", "count"} <= set(frame.columns)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count the words of some texts together.

    >>> count_words(["to be", "or not to be"])["be"]
    2
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words(text))
    return counts


def _sums(frame: pd.DataFrame, name: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for word, count in zip(frame["word"], frame["count"].tolist(), strict=True):
        if not isinstance(count, (int, float)) or count < 0 or not float(count).is_integer():
            raise ValueError(
                f"{name}: the column 'count' holds {count!r} for {word!r}; counts are whole and not below 0"
            )
        sums[word] += int(count)
    return sums
