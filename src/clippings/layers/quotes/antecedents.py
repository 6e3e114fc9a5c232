"""Which words "who" and "which" may go back to."""

from __future__ import annotations

from clippings.text.heads import before_apposition
from clippings.text.phrases import Phrase, ending_at
from clippings.text.tokens import Tokens

_HOME = frozenset(["of", "from"])
_OWNING = frozenset(["for", "of"])


def find(stream: Tokens, at: int, floor: int) -> list[Phrase]:
    """Return the phrases in front of a relative pronoun that it may stand for, the likeliest first.

    Args:
        stream: the words.
        at: the word in front of the pronoun.
        floor: the first word of the sentence.
    """
    is_apposed = at > floor and stream.kinds[at] == "comma"
    beside = ending_at(stream, at - is_apposed, floor)
    found = [_described(stream, beside, floor), beside]
    if is_apposed and not _is_many(stream, beside, floor):
        found.append(before_apposition(stream, at, floor))
    return [_before_place(stream, phrase, floor) for phrase in found if phrase]


def _described(stream: Tokens, beside: Phrase | None, floor: int) -> Phrase | None:
    """``X, a judge who``, ``said X, the judge, who``: the name described; not so of ``a friend of X, a judge who``."""
    comma = beside.first - 1 if beside else floor
    if beside is None or beside.kind == "name" or comma <= floor or stream.kinds[comma] != "comma":
        return None
    named = ending_at(stream, comma - 1, floor)
    is_led = named is not None and named.first > floor and stream.kinds[named.first - 1] == "cue"
    if not is_led and stream.words[beside.first] not in ("a", "an"):
        return None
    is_owner = named is not None and named.first > floor and stream.words[named.first - 1] in _OWNING
    return named if named and named.kind == "name" and not is_owner else None


def _is_many(stream: Tokens, phrase: Phrase | None, floor: int) -> bool:
    """``by his guests, who``: who are several; in ``X, one of the guests, who`` it is X."""
    if phrase is None or phrase.kind != "noun" or not stream.words[phrase.last].endswith("s"):
        return False
    return stream.kinds[max(floor, phrase.first - 1)] != "comma" and stream.words[phrase.first - 2] != "one"


def _before_place(stream: Tokens, phrase: Phrase, floor: int) -> Phrase:
    """``Senator X of Oregon, who``, ``X, 24, from Lida, who``: the senator, not Oregon; X, not Lida."""
    at = phrase.first - 1
    if at > floor and stream.words[at] in _HOME:
        at -= stream.kinds[at - 1] == "comma"
        while at - 2 > floor and stream.kinds[at - 1] == "number" and stream.kinds[at - 2] == "comma":
            at -= 2
        named = ending_at(stream, at - 1, floor)
    else:
        named = None
    return named if named and named.kind == "name" and phrase.kind == "name" else phrase
