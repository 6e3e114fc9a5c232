"""The subject a sentence or clause opens with; dateline, day and place in front of it are stepped over."""

from __future__ import annotations

from clippings.model import Span
from clippings.text.grammar_words import LAPSES, LEADS, OWNERS, PLURALS
from clippings.text.phrases import FINITE, GENITIVES, Phrase, is_past, starting_at
from clippings.text.tokens import Tokens

DASHES = frozenset(["-", "–", "—", "―", "--"])
_JOINED = frozenset(["And", "But", "Or", "and", "but", "or"])
_ABOUT = frozenset(["about", "around", "over", "under"])
_CLAUSES = frozenset(["when", "while", "if", "although", "though"])
_NO_PHRASE = frozenset({"comma", "mark", "quote", "adverb"})
_PERSONAL = frozenset(["he", "she", "we", "they", "i", "you"])
_SUBORDINATORS = frozenset(["while", "when", "because", "although", "though", "that", "if", "which", "who", "whether"])
_PAUSES = frozenset({"comma", "quote"})
_DATELINE = 12
_MARKED = 3  # Characters of a comma and the marks behind it.


def leading_subject(tokens: Tokens, first: int, end: int) -> Phrase | None:
    """Return the first phrase of a sentence that no preposition governs; what opens it is stepped over."""
    kinds, words = tokens.kinds, tokens.words
    fallback: Phrase | None = None
    first = _after_dateline(tokens, first, end)
    while first < end and (words[first] in _JOINED or _is_aside(tokens, first, end)):
        first += 1
    at = first
    while at < end:
        kind = kinds[at]
        if kind == "contraction" and (pronoun := cut_contraction(tokens, at)).of(tokens.text).lower() in _PERSONAL:
            return Phrase(at, at, "pronoun", pronoun)
        if kind == "preposition" and kinds[at + 1 : min(at + 2, end)] == ("number",) and words[at].lower() in _ABOUT:
            at += 1
            continue
        is_lead = at == first and kinds[at + 1 : at + 2] == ("preposition",) and words[at].lower() in LEADS
        if kind in ("preposition", "participle") or is_lead or (kind == "conjunction" and at == first):
            at, inner = _over_governed(tokens, at, first, end)
            fallback = fallback or inner
            continue
        phrase = starting_at(tokens, at, end) if kind not in _NO_PHRASE else None
        is_lapse = phrase is not None and _is_lapse(tokens, phrase, end)
        if phrase and not is_lapse:
            if phrase.kind != "noun":
                return phrase
            fallback = fallback if fallback or kinds[phrase.last] == "time" else phrase
        behind = phrase.last + 1 if phrase else at + 1
        first = behind if is_lapse and at == first else first
        at = behind
    return fallback


def _is_aside(tokens: Tokens, at: int, end: int) -> bool:
    """``Then, when X came``: an adverb and its comma in front of another opener."""
    kinds = tokens.kinds
    if kinds[at] == "adverb":
        return kinds[at + 1 : min(at + 2, end)] == ("comma",)
    return kinds[at] == "comma" and at > 0 and kinds[at - 1] == "adverb"


def _over_governed(tokens: Tokens, at: int, first: int, end: int) -> tuple[int, Phrase | None]:
    """Step over what opens a sentence, up to its comma: "Speaking in Minsk,", "While X waited,"."""
    kind, inner = tokens.kinds[at], None
    is_gerund = tokens.kinds[at + 1 : at + 2] == ("cue",) and tokens.words[at + 1].endswith("ing")
    governed = starting_at(tokens, at + 1 + is_gerund, end)
    if (at == first and kind != "conjunction") or tokens.words[at].lower() in _CLAUSES:
        comma = next((here for here in range(at, end) if _ends_part(tokens, here)), None)
        inner = governed if kind != "preposition" and (comma is not None or kind != "participle") else None
        if comma is not None:
            return after_place(tokens, comma + 1, end), inner
    return (_name_inside(tokens, governed, end) or _after_second(tokens, governed, end)) if governed else at + 1, inner


def _ends_part(tokens: Tokens, at: int) -> bool:
    """A comma, also one inside the marks: ``As X called it "a step back," Y left``."""
    is_quote = tokens.kinds[at] == "quote" and "," in tokens.text[tokens.end(at) - _MARKED : tokens.end(at)]
    return tokens.kinds[at] == "comma" or is_quote


def _after_second(tokens: Tokens, governed: Phrase, end: int) -> int:
    """The word behind what a preposition governs, and behind a second that "and" joins: ``of Latvia and Estonia``."""
    joint = governed.last + 1
    second = starting_at(tokens, joint + 1, end) if tokens.words[joint : joint + 1] == ("and",) else None
    behind = second.last + 1 if second else end
    is_subject = behind >= end or tokens.kinds[behind] in FINITE or is_past(tokens.words[behind])
    return joint if second is None or second.kind != "name" or is_subject else behind


def _name_inside(tokens: Tokens, governed: Phrase, end: int) -> int | None:
    """Where a name begins that a verb follows: ``In 2007 X went``, ``After the war X went``."""
    kinds, at, behind = tokens.kinds, governed.last, governed.last + 1
    while at > governed.first and kinds[at] == "name":
        at -= 1
    is_named = at < governed.last and (kinds[at] in ("number", "word") or tokens.words[at] in PLURALS)
    has_verb = behind < end and (kinds[behind] in FINITE or is_past(tokens.words[behind]))
    return at + 1 if is_named and has_verb else None


def _is_lapse(tokens: Tokens, phrase: Phrase, end: int) -> bool:
    """``Weeks later, X``, ``shook his head``: time and a part of the body are no subject; ``weeks of talks`` may be."""
    behind = phrase.last + 1
    if tokens.words[phrase.last] == "head" and tokens.words[phrase.first] in OWNERS:
        return True
    return tokens.words[phrase.last].lower() in LAPSES and tokens.words[behind : min(behind + 1, end)] != ("of",)


def _after_dateline(tokens: Tokens, first: int, end: int) -> int:
    """``MINSK, March 4 (Agency) - ``: place, day and agency in front of a dash are no subject."""
    while first < end and tokens.kinds[first] == "mark":
        first += 1
    if first >= end or tokens.kinds[first] != "name":
        return first
    is_dateline = tokens.words[first].isupper()
    for at in range(first + 1, min(end, first + _DATELINE)):
        if tokens.words[at] in DASHES:
            return at + 1 if is_dateline else first
        if tokens.kinds[at] not in ("name", "comma", "time", "number", "mark"):
            return first
        is_dateline = is_dateline or tokens.kinds[at] in ("time", "number") or tokens.words[at] == "("
    return first


def after_place(tokens: Tokens, at: int, end: int) -> int:
    """Return where ``Speaking in Salem, New Hampshire, X`` goes on: a place in two parts ends with its second comma."""
    if tokens.kinds[at - 2] != "name":
        return at
    part = starting_at(tokens, at, end)
    if part is None or part.kind != "name" or part.last + 2 >= end or tokens.kinds[part.last + 1] != "comma":
        return at
    behind = starting_at(tokens, part.last + 2, end)
    if behind is None or behind.kind not in ("name", "pronoun") or tokens.words[behind.last].endswith(GENITIVES):
        return at
    closed = behind.last + 1 < end and tokens.kinds[behind.last + 1] == "comma"
    return at if closed else part.last + 2


def clause_start(tokens: Tokens, first: int, end: int) -> int:
    """Where the clause of a word begins: behind the last "while", "when", "that" or "because" before it."""
    for at in range(end - 1, first, -1):
        if tokens.words[at] in _SUBORDINATORS and tokens.kinds[at - 1] not in ("determiner", "preposition"):
            is_aside = at + 1 < end and tokens.words[at + 1].endswith("ing") and tokens.kinds[end - 1] in _PAUSES
            if is_aside or _is_closed(tokens, at, end):
                continue
            return at + 1
        if tokens.words[at] == ";":
            return at + 1
    return first


def _is_closed(tokens: Tokens, at: int, end: int) -> bool:
    """``X, who was in Minsk, went``: a relative clause between commas, with the verb of the sentence behind it."""
    is_apart = tokens.kinds[at] == "relative" and tokens.kinds[at - 1] == "comma"
    is_before_cue = tokens.kinds[end : end + 1] == ("cue",) and tokens.kinds[end - 1] in _PAUSES
    behind = next((here + 1 for here in range(at, end) if tokens.kinds[here] == "comma"), end)
    has_verb = behind < end and (tokens.kinds[behind] in FINITE or is_past(tokens.words[behind]))
    return is_apart and (is_before_cue or has_verb)


def cut_contraction(tokens: Tokens, at: int) -> Span:
    """Return the pronoun of "she's"."""
    word = tokens.words[at]
    cut = max(word.find("'"), word.find("’"))
    return Span(tokens.starts[at], tokens.starts[at] + cut)
