"""Phrases that can name a source: names, roles, pronouns and other nouns.

A phrase is looked for to the left or the right of a place, a few words far, so that time is linear in the text.
"""

from __future__ import annotations

import msgspec

from clippings.model import Span
from clippings.text.grammar_words import BODIES, LINKS, MEMBERS, OUTLETS, OWN_PASTS, PASTS, SINGLES, SUFFIXES
from clippings.text.tokens import Tokens

NOMINAL = frozenset({"name", "role", "word", "number", "title", "time", "cap"})
FINITE = frozenset({"auxiliary", "cue"})
CLAUSE_ENDS = frozenset({"comma", "mark", "quote", "conjunction"})
GENITIVES = ("'s", "’s", "s'", "s’")
_CARRYING = frozenset(["carrying", "holding", "waving", "wearing"])
_OBJECTS = frozenset({"word", "role"})
_HELD = NOMINAL - {"time"}
_OWNED = NOMINAL | {"adverb", "cue", "quote"}
_PROPER = frozenset({"name", "role", "title", "cap"})
_REACH = 8
_OF_FIELD = frozenset(["for", "of"])
_ORDINALS = frozenset(["first", "last"])
_LINE = 5  # Words from which on a line in capitals is a headline.
_SMALL = 3  # Letters of words that a line in capitals may leave small.
_VERBAL = frozenset({"word", "cue", "auxiliary"})
_WHOLE = BODIES | {"Staff"}
_OPENERS = frozenset(["after", "amid", "at", "before", "despite", "during", "following", "in", "on", "since", "until"])


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """Words ``[first, last]`` of a tokens that can name a source.

    ``source`` leaves out article, rank and title; ``kind`` is ``name``, ``role``, ``pronoun`` or ``noun``; ``title`` is
    what stands before a name ("Defense Minister").
    """

    first: int
    last: int
    kind: str
    source: Span
    title: Span | None = None


def ending_at(tokens: Tokens, last: int, floor: int) -> Phrase | None:
    """Return the phrase whose last word stands at ``last``, no word of it before ``floor``."""
    if last < floor:
        return None
    kind = tokens.kinds[last]
    if kind == "pronoun":
        return Phrase(last, last, "pronoun", tokens.span(last, last))
    if kind == "determiner" and tokens.words[last].lower() in SUFFIXES:
        first = last
        while first > floor and (tokens.kinds[first - 1] == "determiner" or tokens.words[first - 1] in _ORDINALS):
            first -= 1
        return Phrase(first, last, "noun", tokens.span(last, last))
    if kind not in NOMINAL:
        return None
    first, kinds = last, tokens.kinds
    while (
        first > floor
        and first not in tokens.breaks
        and ((kinds[first] in _HELD and kinds[first - 1] in _HELD) or _joins(tokens, first))
    ):
        first -= 1
    return _shaped(tokens, _behind_verb(tokens, _started(tokens, first, last, floor), last, floor), last)


def _behind_verb(tokens: Tokens, first: int, last: int, floor: int) -> int:
    """``Petrova met women``, ``she met women``: the object of a verb begins behind it, where no article shows that."""
    if tokens.kinds[last] not in _OBJECTS:
        return first
    inner = first + (tokens.kinds[first] == "determiner")
    if tokens.words[inner] in _CARRYING and inner < last:
        return inner + 1
    for at in range(first, last):
        before = tokens.kinds[at - 1] if at > floor else "mark"
        is_verb = tokens.kinds[at] == "word" and is_past(tokens.words[at])
        is_subject = before == "pronoun" or (at > first and before == "name")
        if is_verb and is_subject and not tokens.words[at - 1].endswith(GENITIVES):
            return at + 1
    return first


def starting_at(tokens: Tokens, first: int, end: int) -> Phrase | None:
    """Return the phrase that begins at ``first``, its article included, no word of it at ``end`` or later."""
    if first >= end:
        return None
    at, kinds = first, tokens.kinds
    behind = kinds[at + 1] if at + 1 < end else "mark"
    is_object = tokens.words[at] == "her" and behind not in _OWNED  # "told her the", "quoted her as"
    if is_object or kinds[at] == "pronoun":
        return Phrase(at, at, "pronoun", tokens.span(at, at))
    while at < end and kinds[at] == "determiner":
        at += 1
    if at >= end or (kinds[at] not in NOMINAL and not (at > first and kinds[at] == "cue")):
        if at > first and tokens.words[first].lower() in SUFFIXES:
            return Phrase(first, first, "noun", tokens.span(first, first))
        return None
    last = at
    limit = min(end, at + _REACH)
    while last + 1 < limit and kinds[last + 1] != "time" and _joins(tokens, last + 1):
        is_link = tokens.words[last + 1] in LINKS
        if kinds[last + 1] == "word" and not is_link and not _goes_on(tokens, at, last + 1, limit):
            break
        last += 1
    is_owner = last + 1 < end and last + 1 in tokens.breaks and tokens.words[last].endswith(GENITIVES)
    return starting_at(tokens, last + 1, end) if is_owner else _with_field(tokens, _shaped(tokens, first, last), end)


def _with_field(tokens: Tokens, phrase: Phrase, end: int) -> Phrase:
    """``the Bank of England``, ``Council for Trade``: what a body is of or for belongs to its name."""
    at, words = phrase.last + 1, tokens.words
    if phrase.kind != "name" or words[phrase.last] not in BODIES or at >= end or words[at] not in _OF_FIELD:
        return phrase
    field = starting_at(tokens, at + 1, end)
    if field is None or field.kind != "name":
        return phrase
    joined = starting_at(tokens, field.last + 2, end) if words[field.last + 1 : field.last + 2] == ("and",) else None
    if joined and joined.kind == "name" and words[joined.last].endswith("s"):
        field = joined
    return msgspec.structs.replace(phrase, last=field.last, source=Span(phrase.source.start, field.source.end))


def _goes_on(tokens: Tokens, first: int, at: int, limit: int) -> bool:
    """Words in small letters go on a name only on the way to a role: "Arms control adviser", not "Petrov left"."""
    if at + 1 < limit and _is_outlet(tokens, at):
        return True
    if tokens.words[at] in SINGLES and tokens.kinds[at - 1] == "role" and tokens.kinds[at + 1 : at + 2] == ("name",):
        return True
    if tokens.words[at] in OWN_PASTS and tokens.words[at - 1].capitalize() in BODIES:
        return False
    if tokens.kinds[at - 1] in ("name", "role") and not tokens.words[at - 1].endswith(("'s", "’s")):
        near = range(at, min(at + 3, limit))
        is_led = any(
            tokens.kinds[here] == "role" or _is_member(tokens, here) or _is_outlet(tokens, here) for here in near
        )
        return is_led and not is_past(tokens.words[at])
    return not (is_past(tokens.words[at]) and at > first)


def _is_outlet(tokens: Tokens, at: int) -> bool:
    """``the daily Neman``: a noun in front of the name of an outlet."""
    return tokens.words[at] in OUTLETS and tokens.kinds[at + 1 : at + 2] == ("name",)


def _is_member(tokens: Tokens, at: int) -> bool:
    """``Oversight ranking Democrat Anna Petrova``: a party's member in front of a name."""
    return tokens.words[at] in MEMBERS and tokens.kinds[at + 1 : at + 2] == ("name",)


def is_past(word: str) -> bool:
    """Tell whether a word is the past form of a verb, as far as its ending or the list of such words tells."""
    return word.endswith("ed") or word in PASTS


def is_headline(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether nearly all words of a line begin with a capital, so that a capital makes no name."""
    if end - first < _LINE:
        return False
    is_sentence = tokens.words[end - 1] == "."
    most = 0 if is_sentence else (end - first) // _LINE
    few = count = 0
    for word, kind in zip(tokens.words[first:end], tokens.kinds[first:end], strict=True):
        if (len(word) > _SMALL or (is_sentence and kind in _VERBAL)) and word.isalpha():
            few += word[0].islower()
            if few > most:
                return False
            count += 1
    return count >= _LINE and few * _LINE < count


def _joins(tokens: Tokens, at: int) -> bool:
    """Tell whether a word goes on from the one before it inside a phrase."""
    kind, before = tokens.kinds[at], tokens.kinds[at - 1]
    if at in tokens.breaks:
        return False
    if kind in NOMINAL:
        if before in NOMINAL:
            return (before != "time" and kind != "time") or before == kind
        return tokens.words[at - 1] in LINKS and before != "determiner"
    return (
        tokens.words[at] in LINKS
        and kind != "determiner"
        and before in ("name", "title")
        and at + 1 < len(tokens.kinds)
        and tokens.kinds[at + 1] == "name"
    )


def _started(tokens: Tokens, first: int, last: int, floor: int) -> int:
    """Where a phrase that reaches back to ``first`` begins: at its article, else at its names and roles."""
    if _follows_opener(tokens, first, last, floor):
        first = last
        while tokens.kinds[first - 1] == "name":
            first -= 1
        return first
    if floor < first and last - first <= _REACH and tokens.kinds[first - 1] == "determiner":
        return first - 1
    kinds, at = tokens.kinds, last
    if kinds[last] in _PROPER:
        while at > first and (kinds[at - 1] in _PROPER or tokens.words[at - 1] in LINKS):
            at -= 1
        if kinds[last] == "role":
            while at > first and kinds[at - 1] in ("word", "number", "name") and at > last - _REACH:
                at -= 1
        return at
    return max(first, last - _REACH)


def _follows_opener(tokens: Tokens, first: int, last: int, floor: int) -> bool:
    """``After the talks X said``: what a preposition that opens the sentence governs is no part of the name."""
    kinds = tokens.kinds
    opener = first - 1 - (kinds[first - 1] == "determiner") if first > floor else -1
    is_opener = opener == floor and kinds[opener] == "preposition" and tokens.words[opener].lower() in _OPENERS
    return is_opener and kinds[last] == "name" and kinds[first] == "word"


def _shaped(tokens: Tokens, first: int, last: int) -> Phrase:
    kinds, starts, end = tokens.kinds, tokens.starts, tokens.end(last)
    inner = first
    while inner < last and kinds[inner] == "determiner":
        inner += 1
    if kinds[last] == "role":
        return Phrase(first, last, "role", Span(starts[inner], end))
    if kinds[last] not in ("name", "cap"):
        return Phrase(first, last, "noun", Span(starts[inner], end))
    for head in range(last - 1, inner - 1, -1):
        is_part = tokens.words[last] in _WHOLE and tokens.words[head][0].isupper()  # "General Assembly"
        is_title = kinds[head] in ("role", "title") or tokens.words[head] in OUTLETS | MEMBERS
        if not is_part and is_title:
            title = Span(starts[inner], tokens.end(head))
            return Phrase(first, last, "name", Span(starts[head + 1], end), title)
    return Phrase(first, last, "noun" if kinds[inner] == "word" else "name", Span(starts[inner], end))
