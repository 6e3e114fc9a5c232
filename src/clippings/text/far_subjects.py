"""The subject of a verb that a name stands beside which a preposition governs."""

from __future__ import annotations

from clippings.text.phrases import CLAUSE_ENDS, FINITE, Phrase, ending_at, is_past
from clippings.text.sentence_subject import clause_start, leading_subject
from clippings.text.tokens import Tokens

_TRADE = 3  # Words of a trade in front of a name.
_DONE_TO = frozenset(["by", "of"])  # "accused of"
_CLAUSAL = frozenset(["after", "as", "before", "by", "like", "since", "than", "till", "until", "with"])


def far_subject(tokens: Tokens, phrase: Phrase, first: int) -> Phrase | None:
    """``X, who stands in for the singer Y said``, ``X attending talks in Y said``: no name behind "in" is a subject.

    Of two that "and" joins this is said only of ``the presidents of neighbouring X and Y``.
    """
    at = phrase.first - 1
    pair = ending_at(tokens, at - 1, first) if at > first and tokens.words[at] == "and" else None
    at = pair.first - 1 if pair else at
    while at > first and phrase.first - at <= _TRADE and tokens.kinds[at] == "word" and not is_past(tokens.words[at]):
        at -= 1
    if at <= first or phrase.kind != "name" or tokens.kinds[at] != "preposition":
        return None
    if tokens.words[at] in _CLAUSAL or not tokens.words[at].islower():
        return None
    leading = leading_subject(tokens, clause_start(tokens, first, at), at) or leading_subject(tokens, first, at)
    is_many = pair is None or (
        leading is not None and leading.last == at - 1 and tokens.words[leading.last].endswith("s")
    )
    return leading if leading and leading.last < at and is_many and _reaches(tokens, leading.last + 1, at) else None


def _reaches(tokens: Tokens, first: int, end: int) -> bool:
    """Whether no other verb stands between a subject and what a preposition governs; a relative clause has its own."""
    if "relative" in tokens.kinds[first : first + 2]:
        return CLAUSE_ENDS.isdisjoint(tokens.kinds[first + 2 : end])
    is_bare = CLAUSE_ENDS.isdisjoint(tokens.kinds[first:end])
    return is_bare and all(
        tokens.kinds[at] not in FINITE or tokens.words[at + 1] in _DONE_TO for at in range(first, end)
    )
