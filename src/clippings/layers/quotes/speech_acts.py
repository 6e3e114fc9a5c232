"""Reports in other words than verbs of saying: ``issued a statement that``, ``accused X of``, ``called on X to``."""

from __future__ import annotations

from clippings.text.grammar_words import SPOKEN
from clippings.text.subjects import Clause
from clippings.text.tokens import Tokens

_NOUN = 5
_PLANS = frozenset(["plan", "plans", "line", "phrase"])
_REACH = 16  # Words from a verb to the word that says what it asks for.
_CALLING = frozenset(["called", "calls", "calling"])
_THREATENING = frozenset(["threatened", "threatens", "threatening"])
_ACTS = {
    **dict.fromkeys(["accused", "accuses", "accusing"], "of"),
    **dict.fromkeys(["urged", "urges", "urging", *_CALLING, *_THREATENING], "to"),
}


def act(tokens: Tokens, clause: Clause) -> int | None:
    """The first word behind ``accused`` of ``X of``, behind ``urged``, ``called on`` of ``X to``, ``threatened to``.

    A relative clause gives none, and a participle only behind a comma: its words belong to another report. Neither do
    ``accused by Y of`` and ``accused of``, in which somebody else speaks.
    """
    words, verb = tokens.words, clause.last
    link = _ACTS.get(words[verb])
    if link is None or words[clause.source.first] == "who":
        return None
    if words[verb].endswith("ing") and tokens.kinds[clause.first - 1] != "comma":
        return None
    begin = verb + 1 + (words[verb] in _CALLING)
    is_on = words[verb] not in _CALLING or words[verb + 1 : verb + 2] in (("on",), ("upon",))
    reach = begin + 1 if words[verb] in _THREATENING else verb + _REACH
    is_done_to = words[begin : begin + 1] in (("by",), ("of",))
    return begin if is_on and not is_done_to and link in words[begin:reach] else None


def statement(tokens: Tokens, clause: Clause) -> int | None:
    """The first word behind ``issued a statement that``."""
    at = clause.last + 1
    while at < min(len(tokens.kinds), clause.last + _NOUN) and tokens.kinds[at] in ("determiner", "word"):
        if tokens.words[at] in SPOKEN and tokens.words[at] not in _PLANS and tokens.words[at + 1 : at + 2] == ("that",):
            return at + 2
        at += 1
    return None
