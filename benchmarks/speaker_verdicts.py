"""Whether a speaker that was given is who speaks: right, wrong, none where one can be named, or apart.

A wrong name is worse than none, so that precision comes first: right names of all names given. Second, of the
quotations whose speaker can be named, how many are given a name. Where no person can be named, a role as printed
("spokesman") and the body itself name nobody else and are left apart; any other name is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

PERSON, NOBODY = "person", "nobody"
RIGHT, WRONG, NONE, APART = "right", "wrong", "none", "apart"
PRECISION, GIVEN = "precision of the speaker", "given of those that can be named"
_NICKNAME = re.compile(r"[\"“(](.*?)[\"”)]")


def verdict(kind: str, name: str | None, speaker: str | None, *, is_role: bool = False) -> str:
    """Judge a speaker by what speaks and its name; ``is_role`` tells that a role stands there as printed.

    >>> verdict("person", "Ann Lee", "Lee"), verdict("person", "Ann Lee", "Eva Lee"), verdict("person", "Ann Lee", None)
    ('right', 'wrong', 'none')
    >>> verdict("person", "Ann Lee", "spokeswoman"), verdict("body", "Lee Post", "Post"), verdict("body", None, "Lee")
    ('none', 'apart', 'wrong')
    """
    is_unnamed = speaker is None or is_role or speaker.split()[-1][0].islower()
    if kind == PERSON:
        return NONE if is_unnamed else RIGHT if name and same_name(name, speaker or "") else WRONG
    if speaker is None or (is_unnamed and kind != NOBODY):
        return APART
    return APART if name and not {*_words(name)}.isdisjoint(_words(speaker)) else WRONG


def same_name(name: str, other: str) -> bool:
    """Tell whether two names can be of one person: one surname, and first names that do not contradict.

    >>> same_name('Robert C. "Bob" Lee', "Bob Lee"), same_name("Ann Lee", "Lee"), same_name("Ann Lee", "A. Lee")
    (True, True, True)
    >>> same_name("Ann Lee", "Eva Lee"), same_name("Ann Lee", "Ann"), same_name("Ann Lee", "Justice Ann Lee")
    (False, False, False)
    """
    first, second = _words(name), _words(other)
    if not first or not second or first[-1] != second[-1]:
        return False
    if 1 in (len(first), len(second)):
        return True
    called = {first[0], *_NICKNAME.findall(name)} & {second[0], *_NICKNAME.findall(other)}
    is_initial = 1 in (len(first[0]), len(second[0])) and first[0][0] == second[0][0]
    return bool(called) or is_initial


def rates(verdicts: Iterable[str]) -> dict[str, tuple[float, int]]:
    """Return precision over the names given, and the share given of those that can be named, each with its count.

    A name that is wrong where nobody can be named counts against precision alone.

    >>> rates([RIGHT, RIGHT, WRONG, NONE, NONE])
    {'precision of the speaker': (0.667, 3), 'given of those that can be named': (0.6, 5)}
    """
    count = Counter(verdicts)
    given = count[RIGHT] + count[WRONG]
    named = given + count[NONE]
    return {PRECISION: (_share(count[RIGHT], given), given), GIVEN: (_share(given, named), named)}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def _words(name: str) -> list[str]:
    plain = _NICKNAME.sub(" ", name.replace("’", "'"))
    return [bare for word in plain.split() if (bare := word.strip(".,"))]
