"""The same words on several pages: quotations grouped by near-equal wording, whatever their marks and ends.

Candidates share a run of words (Broder's shingles); each pair is then aligned word by word. MinHash, which compares
whole pages well, misses a short quotation inside a long one, so that the runs themselves are the index.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import pandas as pd

from clippings.measures.checks import KEY, require, texts_of
from clippings.measures.words import words

EQUAL = 7  # Words from which two quotations as long as each other can be the same; fewer are a stock phrase.
CONTAINED = 8  # Words from which a quotation can be a part of a longer one.
PER_CHANGE = 16  # Words of a part of a longer quotation for each word that may be another one, be lost or be added.
SPELLED = 5  # Letters from which a word may differ by one, as a spelling does.
LONG = 200  # Words from which runs are counted, and words no longer aligned.
_RUN = 3
_WORDINGS = 4  # Wordings of a group that a run leads to.
_GROUPS = 200  # Groups in which a run is a stock phrase, and leads to none.
_REMEMBERED = 100_000  # Pairs of words compared.
_SKIPPED = 1 << 20
_NEVER = 1 << 60
_GAP = "…"
_CUT = re.compile(r"\.(?:\s?\.){2,}|…|\[[^\]]*\]")
_NUMBERS = """one two three four five six seven eight nine ten eleven twelve hundred hundreds thousand thousands million
    millions billion billions trillion first second third half twice"""
_DENIALS = "no not never nor none nothing nobody neither without cannot"
DECISIVE = frozenset([*_NUMBERS.split(), *_DENIALS.split()])
"""Words that make another statement of it where they differ, as figures do."""

Wording: TypeAlias = tuple[str, ...]
Key: TypeAlias = tuple[str, int, int, int]
_SAME = {"group": "int64", "id": "str", "item": "int64", "start": "int64", "end": "int64", "wording": "int64"}


def same_words(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quotations whose words stand on several clippings, grouped.

    Two quotations are the same where both have the same 7 words, or 8 and one that differs (24 and two, 40 and three);
    or where the shorter one, of at least 8 words, stands in the longer one, and one word in 16 may differ. Spellings
    that differ by one letter are no difference, nor is what an ellipsis or square brackets replace. Figures, numbers
    and denials have to agree. What two quotations share with a third one makes one group of them. A run of three words
    that more than 200 groups share is a stock phrase, and leads from one to no other. The order of the rows decides
    nothing.

    Args:
        quotes: ``id``, ``item``, ``start``, ``end``, ``text``, such as some rows of the frame ``quotes``.

    Returns:
        One row a quotation that is printed on two clippings at least: ``group`` (counted from 0), ``id``, ``item``,
        ``start``, ``end``, and ``wording``, the number of its wording in the group. Sorted by these.

    Raises:
        MissingColumn: a column is not there.
        ValueError: a text is missing.

    >>> said = ['"We shall sign it on Monday, I think,"', "We shall sign it on Monday, I think", "We shall see"]
    >>> rows = pd.DataFrame({"id": ["a", "b", "c"], "item": 0, "start": 0, "end": 9, "text": said})
    >>> same_words(rows)[["group", "id", "wording"]].values.tolist()
    [[0, 'a', 0], [0, 'b', 0]]
    """
    columns = [*KEY, "start", "end"]
    require(quotes, [*columns, "text"], "quotes")
    wordings = [wording(text) for text in texts_of(quotes, "quotes")]
    groups = _groups(set(wordings))
    keys = zip(*(quotes[column].tolist() for column in columns), strict=True)
    found: dict[Wording, list[tuple[Key, Wording]]] = {}
    for key, one in sorted(zip(keys, wordings, strict=True)):
        if one in groups:
            found.setdefault(groups[one], []).append((key, one))
    printed = (rows for rows in found.values() if len({key[:2] for key, _ in rows}) > 1)
    made: list[tuple[object, ...]] = []
    for group, rows in enumerate(sorted(printed)):
        numbers: dict[Wording, int] = {}
        made += ((group, *key, numbers.setdefault(one, len(numbers))) for key, one in rows)
    return pd.DataFrame(made, columns=list(_SAME)).astype(_SAME)


def wording(text: str) -> Wording:
    """Return the words of a quotation, folded; an ellipsis or square brackets inside are one gap.

    >>> wording('"We wait ... and [then] hope."')
    ('we', 'wait', '…', 'and', '…', 'hope')
    """
    out: list[str] = []
    for part in _CUT.split(text):
        said = words(part)
        if said and out:
            out.append(_GAP)
        out += said
    return tuple(out)


def _groups(wordings: Iterable[Wording]) -> dict[Wording, Wording]:
    """The first wording of the group of each that is long enough; longer ones come first, so the order is settled."""
    ordered = sorted((one for one in wordings if _size(one) >= EQUAL), key=lambda one: (-_size(one), one))
    runs = [frozenset(_runs(one)) for one in ordered]
    common = Counter(run for some in runs for run in some)
    above = list(range(len(ordered)))
    index: dict[Wording, dict[int, list[int]]] = {}
    for number, one in enumerate(ordered):
        fewest = _fewest(one, runs[number])
        rarest = sorted(runs[number], key=lambda run: (common[run], run))[: len(runs[number]) - fewest + 1]
        for other in _candidates(rarest, index):
            first, second = sorted((_root(above, number), _root(above, other)))
            if first == second or (len(runs[number] & runs[other]) < fewest and _GAP not in ordered[other]):
                continue
            if is_same(one, ordered[other]):
                above[second] = first
        for run in runs[number]:
            known = index.setdefault(run, {}).setdefault(_root(above, number), [])
            if len(known) < _WORDINGS:
                known.append(number)
    return {one: ordered[_root(above, number)] for number, one in enumerate(ordered)}


def _root(above: list[int], one: int) -> int:
    while above[one] != one:
        above[one] = above[above[one]]
        one = above[one]
    return one


def _fewest(one: Wording, runs: frozenset[Wording]) -> int:
    """How many runs a longer wording shares at least: each word that differs spoils those that hold it."""
    return max(1, len(runs) - _RUN * (_changes(_size(one)) + 1))  # One spelling is allowed for.


def _candidates(rarest: Iterable[Wording], index: dict[Wording, dict[int, list[int]]]) -> list[int]:
    """The longer wordings that share one of some runs."""
    found: set[int] = set()
    for run in rarest:
        groups = index.get(run, {})
        if len(groups) <= _GROUPS:
            found.update(*groups.values())
    return sorted(found)


def _runs(one: Sequence[str]) -> Iterator[Wording]:
    for start in range(len(one) - _RUN + 1):
        run = tuple(one[start : start + _RUN])
        if _GAP not in run:
            yield run


def _size(one: Wording) -> int:
    return len(one) - one.count(_GAP)


def _changes(size: int) -> int:
    """How many words may differ between quotations as long as each other: one of 8, two of 24."""
    return (size + PER_CHANGE - CONTAINED) // PER_CHANGE


def is_same(one: Wording, other: Wording) -> bool:
    """Tell whether two wordings are of the same words.

    >>> is_same(wording("We shall sign the treaty with our neighbours soon"),
    ...         wording("We shall sign the treaty with our neighbors soon"))
    True
    >>> is_same(wording("We shall build twelve roads to our neighbours soon"),
    ...         wording("We shall build eleven roads to our neighbours soon"))
    False
    """
    shorter, longer = sorted((one, other), key=lambda words: (_size(words), words))
    size = _size(shorter)
    if size < EQUAL or (size < CONTAINED and len(shorter) != len(longer)):
        return False
    changes = _changes(size)
    if _size(longer) - size > changes:
        changes = size // PER_CHANGE
    if len((Counter(shorter) - Counter(longer)) - Counter({_GAP: size})) > changes * 2 + _RUN:
        return False
    if size > LONG:
        return _is_long_part(shorter, longer, changes)
    cost = _cost(shorter, longer, changes)
    return cost // _SKIPPED <= changes and size - cost % _SKIPPED >= min(size, CONTAINED)


def _is_long_part(shorter: Wording, longer: Wording, changes: int) -> bool:
    """Of hundreds of words the runs are counted, so that time stays linear in them."""
    runs, others = list(_runs(shorter)), set(_runs(longer))
    missing = sum(run not in others for run in runs)
    decisive, others_decisive = (Counter(filter(_is_decisive, words)) for words in (shorter, longer))
    is_cut = _size(longer) - _size(shorter) > changes
    agree = decisive <= others_decisive if is_cut else decisive == others_decisive
    return missing <= changes * _RUN and agree


def _cost(shorter: Wording, longer: Wording, changes: int) -> int:
    """How many words differ at least where the shorter is laid into the longer, and how many a gap has swallowed.

    The ends of the longer cost nothing, and what a gap stands for costs no change.
    """
    row = [0] * (len(longer) + 1)
    for word in shorter:
        lost = _NEVER if _is_decisive(word) else _SKIPPED
        cells = [row[0] if word == _GAP else min(_NEVER, row[0] + lost)]
        for at, other in enumerate(longer, start=1):
            if word == _GAP:
                cells.append(min(row[at], cells[at - 1]))
            elif other == _GAP:
                cells.append(min(cells[at - 1], row[at] + 1))
            else:
                added = _NEVER if _is_decisive(other) else _SKIPPED
                cells.append(min(row[at - 1] + _difference(word, other), row[at] + lost, cells[at - 1] + added))
        row = cells
        if min(row) >= (changes + 1) * _SKIPPED:
            return _NEVER
    return min(row)


@functools.lru_cache(maxsize=_REMEMBERED)
def _difference(word: str, other: str) -> int:
    if word == other:
        return 0
    if _is_decisive(word) or _is_decisive(other):
        return _NEVER
    return 0 if is_spelling(word, other) else _SKIPPED


@functools.lru_cache(maxsize=_REMEMBERED)
def _is_decisive(word: str) -> bool:
    return word in DECISIVE or word.endswith(("n't", "n’t")) or any(map(str.isdigit, word))


def is_spelling(word: str, other: str) -> bool:
    """Tell whether two words of some length differ by one letter at most.

    >>> is_spelling("colour", "color"), is_spelling("lukashenka", "lukashenko"), is_spelling("east", "west")
    (True, True, False)
    """
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < SPELLED or len(longer) - len(shorter) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shorter[at + (len(shorter) == len(longer)) :] == longer[at + 1 :]
