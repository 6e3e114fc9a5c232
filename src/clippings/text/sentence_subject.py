"""The subject a sentence or clause opens with; dateline, day and place in front of it are stepped over."""

from __future__ import annotations

from clippings.model import Span
from clippings.text.grammar_words import LAPSES
from clippings.text.phrases import Phrase, starting_at
from clippings.text.tokens import Stream

_DASHES = frozenset(["-", "–", "—", "―", "--"])
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_JOINED = frozenset(["And", "But", "Or", "and", "but", "or"])
_ABOUT = frozenset(["about", "around", "over", "under"])
_DATELINE = 12


def leading_subject(stream: Stream, first: int, end: int) -> Phrase | None:
    """Return the first phrase of a sentence that no preposition governs; what opens it is stepped over."""
    fallback: Phrase | None = None
    at = first = _after_dateline(stream, first, end)
    while at < end:
        kind = stream.kinds[at]
        if kind == "contraction" and stream.words[at][0].lower() in "hsw" and stream.words[at][:2].lower() != "wh":
            return Phrase(at, at, "pronoun", cut_contraction(stream, at))
        if at == first and stream.words[at] in _JOINED:
            at = first = first + 1
            continue
        if kind == "preposition" and at + 1 < end and stream.kinds[at + 1] == "number" and stream.words[at] in _ABOUT:
            at += 1
            continue
        if kind in ("preposition", "participle") or (kind == "conjunction" and at == first):
            governed = starting_at(stream, at + 1, end)
            if (at == first and kind != "conjunction") or stream.words[at].lower() in (
                "when",
                "while",
                "if",
                "although",
                "though",
            ):
                comma = next((here for here in range(at, min(end, at + 40)) if stream.kinds[here] == "comma"), None)
                if governed and fallback is None and kind != "preposition":
                    fallback = governed
                if comma is not None:
                    at = _after_place(stream, comma + 1, end)
                    continue
            at = governed.last + 1 if governed else at + 1
            continue
        phrase = starting_at(stream, at, end) if kind not in ("comma", "mark", "quote", "adverb") else None
        if phrase and stream.words[phrase.last].lower() in LAPSES and stream.words[phrase.last + 1 : end][:1] != ["of"]:
            at = phrase.last + 1
            continue
        if phrase and phrase.kind in ("name", "role", "pronoun"):
            return phrase
        if phrase:
            fallback = fallback if fallback or stream.kinds[phrase.last] == "time" else phrase
            at = phrase.last + 1
            continue
        at += 1
    return fallback


def _after_dateline(stream: Stream, first: int, end: int) -> int:
    """``MINSK, March 4 (Agency) - ``: place, day and agency in front of a dash are no subject."""
    while first < end and stream.kinds[first] == "mark":
        first += 1
    if first >= end or stream.kinds[first] != "name":
        return first
    is_dateline = stream.words[first].isupper()
    for at in range(first + 1, min(end, first + _DATELINE)):
        if stream.words[at] in _DASHES:
            return at + 1 if is_dateline else first
        if stream.kinds[at] not in ("name", "comma", "time", "number", "mark"):
            return first
        is_dateline = is_dateline or stream.kinds[at] in ("time", "number") or stream.words[at] == "("
    return first


def _after_place(stream: Stream, at: int, end: int) -> int:
    """``Speaking in Salem, New Hampshire, X``: a place in two parts ends with its second comma."""
    if stream.kinds[at - 2] != "name":
        return at
    part = starting_at(stream, at, end)
    if part is None or part.kind != "name" or part.last + 2 >= end or stream.kinds[part.last + 1] != "comma":
        return at
    behind = starting_at(stream, part.last + 2, end)
    if behind is None or behind.kind not in ("name", "pronoun") or stream.words[behind.last].endswith(_POSSESSIVE):
        return at
    closed = behind.last + 1 < end and stream.kinds[behind.last + 1] == "comma"
    return at if closed else part.last + 2


def cut_contraction(stream: Stream, at: int) -> Span:
    """Return the pronoun of "she's"."""
    word = stream.words[at]
    cut = max(word.find("'"), word.find("’"))
    return Span(stream.starts[at], stream.starts[at] + cut)
