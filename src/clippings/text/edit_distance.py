"""Words one edit apart: one letter left out, put in or changed, or two neighbors swapped; the first letter stays.

Two such words have a trace in common: what is left of one of them, whole or without one letter. Names are kept by
their traces, so that the time a word takes does not grow with the number of names.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

_LONGEST = 40


class Index:
    """Names to look up by words one edit away.

    >>> index = Index(["Belarus", "Baranov"])
    >>> index.first("Belraus"), index.first("Baranovs"), index.first("Belarus"), index.first("Melarus")
    ('Belarus', None, None, None)
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._heads = {name[:2] for name in self._names}
        self._ends = {name[:1] + name[-1:] for name in self._names}
        self._by_trace: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            for trace in _traces(name):
                self._by_trace.setdefault(trace, []).append(number)

    def first(self, word: str) -> str | None:
        """Return the first name, in the order given, that is one edit from a word of four letters or more.

        A name with an "s" behind it is not a name misprinted.
        """
        # An edit leaves the second letter or the last one.
        if word[:2] not in self._heads and word[:1] + word[-1:] not in self._ends:
            return None
        by_trace = self._by_trace
        numbers = {number for trace in _traces(word) if trace in by_trace for number in by_trace[trace]}
        for number in sorted(numbers):
            name = self._names[number]
            if word != name and word != f"{name}s" and is_one_edit(word, name):
                return name
        return None


def is_one_edit(left: str, right: str) -> bool:
    """Tell whether two words with the same first letter are one edit apart; equal words count.

    >>> is_one_edit("Poland", "Polnad"), is_one_edit("Poland", "Polska")
    (True, False)
    """
    if left[:1] != right[:1] or abs(len(left) - len(right)) > 1:
        return False
    head = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    rest_left, rest_right = left[head:], right[head:]
    swapped = rest_left[1:2] + rest_left[:1] + rest_left[2:]
    return (
        rest_left[1:] == rest_right
        or rest_left == rest_right[1:]
        or rest_left[1:] == rest_right[1:]
        or swapped == rest_right
    )


@functools.lru_cache(maxsize=1 << 12)
def _traces(word: str) -> frozenset[str]:
    """The word, and the word without one letter behind the first; no name is as long as a word that has none."""
    if len(word) > _LONGEST:
        return frozenset()
    return frozenset([word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))])
