"""Reporting clauses: a cue and the words that name its source, in one sentence outside its quotations.

``X said``, ``said X``, ``X, head of Y, told reporters``, ``according to X``, ``X, who called ...``, ``quoted by Y``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from clippings.model import Span
from clippings.text.grammar_words import MEASURES, NAMING
from clippings.text.heads import named_beside
from clippings.text.lexicon import Frame
from clippings.text.phrases import FINITE, Phrase, ending_at, is_past, starting_at
from clippings.text.sentence_subject import after_place
from clippings.text.subjects import SAYING, Clause, subject
from clippings.text.tokens import Tokens

BE = frozenset(["was", "were", "is", "are", "been", "being", "be"])
_SET = frozenset(["That", "that", "I"])
_FRONTED = frozenset(["what", "whom", "which", "who", "that"])
_PUT = frozenset(["asked", "informed", "reminded", "told", "warned"])
CONTINUING = frozenset(["continue", "continued", "continues", "continuing"])
_BUT = frozenset(["And", "But"])
_PUTTING = frozenset(["if", "when"])
_PASSIVE = ("ed", "id", "en", "told", "wn")
_ARTICLES = frozenset(["a", "an", "the", "as"])
_NAMING_REACH = 8
_AS = 10
_LEADS = frozenset(["at", "by", "in", "on"])
_QUOTING = frozenset(
    ["quoted", "quotes", "quote", "quoting", "cited", "cites", "cite", "citing", "reported", "reports"]
)
_CARRYING = frozenset(["reported", "reports"])
_WITH_SOURCE = ((",", "quoting"), (",", "citing"))
_OWNERS = frozenset(["her", "his", "its"])
_OPINIONS = frozenset(["opinion", "view", "words"])
_DATING = frozenset({"adverb", "number", "preposition", "time"})
_DESCRIBING = frozenset({"word", "role"})
_ENDS_NAME = frozenset({"comma", "conjunction", "mark", "preposition", "quote", "time"})
_NOUNS = 5  # Words that describe somebody between a place or body and a name.
_ADDRESSED = frozenset(["him", "her", "them", "us", "me"])


class _Cue(msgspec.Struct, frozen=True, gc=False):
    """A verb at words ``[first, last]`` of a unit, and what may follow it."""

    first: int
    last: int
    frame: Frame


def find(tokens: Tokens) -> list[list[Clause]]:
    """Return the reporting clauses of each unit, in order of their cues."""
    found: list[list[Clause]] = []
    begin = 0
    for first, end, _ in tokens.units:
        behind = bisect_left(tokens.triggers, end, begin)
        is_silent = begin == behind and tokens.kinds[first] != "participle"
        found.append([] if is_silent else _in_unit(tokens, first, end, tokens.triggers[begin:behind]))
        begin = behind
    return found


def _in_unit(tokens: Tokens, first: int, end: int, triggers: Sequence[int]) -> list[Clause]:
    opening = _opening_participle(tokens, first, end) if tokens.kinds[first] == "participle" else None
    out = [opening] if opening else []
    done = first
    for at in triggers:
        if at < done:
            continue
        cue = _cue_at(tokens, at, first, end)
        if cue:
            clause = _clause(tokens, cue, first, end, out)
        else:
            clause = _named_by(tokens, at, end) if tokens.words[at].lower() in tokens.lexicon.phrases else None
        if clause:
            out.append(clause)
        done = max(at + 1, clause.last + 1 if clause else 0, cue.last + 1 if cue else 0)
    return out


def _cue_at(tokens: Tokens, at: int, first: int, end: int) -> _Cue | None:
    """Return the cue that begins at a word, None where none does."""
    words, kinds, frames = tokens.words, tokens.kinds, tokens.lexicon.frames
    second = tokens.lexicon.second(words, at, end)
    if second:
        return _Cue(at, second, frames[f"{words[at]} {words[second]}"])
    if kinds[at] != "cue" or (words[at - 1] in _SET and _is_set_phrase(tokens, at, first)):
        return None
    if kinds[at - 1] == "relative" and _is_for_secrecy(words, at):
        return None
    if words[at] == "adding" and _counts(tokens, at + 1, end):
        return None
    if words[at] in CONTINUING and words[at + 1 : at + 2] == ("to",):  # "continued to hurt": nothing is said
        return None
    return None if _is_naming(tokens, at, first, end) else _Cue(at, at, frames.get(words[at], "say"))


def _is_for_secrecy(words: Sequence[str], at: int) -> bool:
    """``who asked not to be named``, ``who asked that her name not be used``."""
    return words[at + 1 : at + 3] == ("not", "to") or (words[at + 1] == "that" and "not" in words[at + 3 : at + 5])


def _counts(tokens: Tokens, at: int, end: int) -> bool:
    """``the economy adding 151,000 jobs``: a number of things, and no verb up to the next comma."""
    stop = next((here for here in range(at, end) if tokens.kinds[here] in ("comma", "mark")), end)
    return tokens.kinds[at : at + 1] == ("number",) and FINITE.isdisjoint(tokens.kinds[at:stop])


def _is_set_phrase(tokens: Tokens, at: int, first: int) -> bool:
    """``That said, X ...``, ``and I quote``: words that say nothing of who said something."""
    words, kinds = tokens.words, tokens.kinds
    if words[at] == "quote":
        return words[max(first, at - 2) : at] == ("and", "I")
    opens = at - 1 == first or (at - 1 > first and kinds[at - 2] in ("mark", "comma"))
    return words[at] == "said" and opens and words[at - 1].lower() == "that" and words[at + 1 : at + 2] == (",",)


def _is_naming(tokens: Tokens, at: int, first: int, end: int) -> bool:
    """``a drill called "X"`` gives a name; ``what she called "X"`` and ``called it "X"`` report."""
    if tokens.words[at] not in NAMING or at + 1 >= end:
        return False
    following = at + 1 + (tokens.words[at + 1] in _ARTICLES)
    if following >= end or tokens.kinds[following] != "quote":
        return False
    if following + 1 < end and tokens.words[following + 1] == "by":
        return False
    return not any(word in _FRONTED for word in tokens.words[max(first, at - _NAMING_REACH) : at])


def _clause(tokens: Tokens, cue: _Cue, first: int, end: int, before: Sequence[Clause]) -> Clause | None:
    found = (
        _relayed(tokens, cue, first, end)
        or _quoting(tokens, cue, first, end)
        or _cue_first(tokens, cue, first, end)
        or _by(tokens, cue, first, end)
    )
    if found or _is_done_to(tokens, cue.first, first):
        return found
    source = subject(tokens, cue.first, first, before)
    if source is None or _is_issued(tokens, cue, source, end):
        return None
    return Clause(cue.first, cue.last, source, "source first", cue.last + 1, cue.frame)


def _is_issued(tokens: Tokens, cue: _Cue, source: Phrase, end: int) -> bool:
    """``in a statement posted on the site``: a participle that says where something stands reports nothing."""
    is_beside = cue.first == source.last + 1 and tokens.words[cue.first].endswith("ed") and cue.last + 1 < end
    return is_beside and tokens.kinds[source.first - 1] == "preposition" and tokens.words[cue.last + 1] in _LEADS


def _relayed(tokens: Tokens, cue: _Cue, first: int, end: int) -> Clause | None:
    """``Interfax quoted X as saying``: the source is who is quoted, whoever quotes."""
    if tokens.words[cue.first] not in _QUOTING:
        return None
    quoted = starting_at(tokens, cue.last + 1, end)
    if quoted is None:
        return None
    quoted = named_beside(tokens, quoted, end)
    if quoted.kind == "name" and tokens.words[quoted.last + 1 : quoted.last + 2] == (":",) and cue.frame == "call":
        return Clause(cue.first, cue.last, quoted, "cue first", quoted.last + 1)
    near = range(quoted.last + 2, min(end, quoted.last + _AS))
    verb = next((at for at in near if tokens.words[at - 1] == "as" and tokens.words[at].endswith("ing")), end)
    if verb == end or not {"cue", "quote"}.isdisjoint(tokens.kinds[quoted.last + 1 : verb]):
        return None
    agency = subject(tokens, cue.first, first, ()) or quoted
    source = msgspec.structs.replace(quoted, first=min(agency.first, quoted.first))
    frame = tokens.lexicon.frames.get(tokens.words[verb], "say")
    return Clause(cue.first, verb, source, "source first", verb + 1, frame if frame in SAYING else "say")


def _quoting(tokens: Tokens, cue: _Cue, first: int, end: int) -> Clause | None:
    """``Interfax reported, quoting X``: the source is who is quoted; not so of a person who said it, citing X."""
    if tokens.words[cue.first] not in _CARRYING:
        return None
    begin = next((at for at in range(cue.last + 1, end) if tokens.kinds[at] not in _DATING), end) + 2
    if tokens.words[begin - 2 : begin] not in _WITH_SOURCE:
        return None
    quoted = starting_at(tokens, begin, end)
    if quoted is None or quoted.kind not in ("name", "role"):
        return None
    agency = subject(tokens, cue.first, first, ()) or quoted
    source = msgspec.structs.replace(quoted, first=min(agency.first, quoted.first))
    return Clause(cue.first, begin - 1, source, "source first", quoted.last + 1)


def _is_done_to(tokens: Tokens, at: int, first: int) -> bool:
    """``is considered``, ``was told``: what stands before a passive is not the source."""
    if not tokens.words[at].endswith(_PASSIVE):
        return False
    if _is_put_to(tokens, at, first):
        return True
    here = at - 1
    while here >= first and (tokens.kinds[here] in ("adverb", "auxiliary") or tokens.words[here] == "once"):
        if tokens.words[here].removesuffix("n't").removesuffix("n’t") in BE:
            return True
        here -= 1
    return False


def _is_put_to(tokens: Tokens, at: int, first: int) -> bool:
    """``X, asked whether it was late, said``, ``when asked about it``: a question that somebody else asked.

    A verb is parted from its subject by two commas or by none.
    """
    if at <= first or tokens.words[at] not in _PUT:
        return False
    if tokens.kinds[at - 1] != "comma":
        return tokens.words[at - 1].lower() in _PUTTING
    named = ending_at(tokens, at - 2, first)
    opens = named.first - (tokens.words[named.first - 1] in _BUT) if named else first - 1
    return opens == first or (opens > first and tokens.kinds[opens - 1] == "mark")


def _cue_first(tokens: Tokens, cue: _Cue, first: int, end: int) -> Clause | None:
    """``"...," said X``; also ``said X: "..."`` where nothing stands before the cue."""
    words, kinds = tokens.words, tokens.kinds
    if words[cue.first].endswith("ing") or cue.frame in ("call", "think"):
        return None
    before = cue.first - 1
    while before >= first and kinds[before] in ("comma", "adverb"):
        before -= 1
    if before >= first and kinds[before] != "quote" and not _trails(tokens, cue, end):
        return None
    start = cue.last + 1
    if start < end and kinds[start] == "adverb":
        start += 1
    phrase = starting_at(tokens, start, end)
    if phrase is None or words[start] == "that":
        return None
    if phrase.kind == "pronoun" and words[phrase.last].lower() in _ADDRESSED:
        return None
    phrase = _with_second(tokens, named_beside(tokens, _behind_noun(tokens, phrase, end), end), end)
    return Clause(cue.first, cue.last, phrase, "cue first", phrase.last + 1, cue.frame)


def _behind_noun(tokens: Tokens, phrase: Phrase, end: int) -> Phrase:
    """``said Neman brewer Pavel Orlov``: nouns that no list holds, and then a name in full, which is who speaks."""
    kinds, begin = tokens.kinds, phrase.last + 1
    at = begin
    while at < min(end, begin + _NOUNS) and kinds[at] in _DESCRIBING and not _is_verbal(tokens.words[at]):
        at += 1
    named = starting_at(tokens, at, end) if begin < at < end and not tokens.words[at - 1].endswith("s") else None
    is_full = named is not None and named.kind == "name" and " " in named.source.of(tokens.text)
    if named is None or not is_full or phrase.kind != "name":
        return phrase
    return named if named.last + 1 >= end or kinds[named.last + 1] in _ENDS_NAME else phrase


def _is_verbal(word: str) -> bool:
    return is_past(word) or word.endswith(("ing", "ly"))


def _with_second(tokens: Tokens, phrase: Phrase, end: int) -> Phrase:
    """``said X and Y.``, ``said Presidents X of Latvia and Y``: two names, and no verb behind them."""
    at = phrase.last + 1
    if phrase.title and phrase.title.of(tokens.text).endswith("s") and tokens.words[at : at + 1] == ("of",):
        place = starting_at(tokens, at + 1, end)
        at = place.last + 1 if place else at
    second = starting_at(tokens, at + 1, end) if at < end and tokens.words[at] == "and" else None
    if second is None or phrase.kind != "name":
        return phrase
    is_closed = second.last + 1 >= end or tokens.kinds[second.last + 1] in ("comma", "mark", "preposition", "quote")
    source = Span(phrase.source.start, second.source.end)
    return msgspec.structs.replace(second, first=phrase.first, source=source, title=None) if is_closed else phrase


def _trails(tokens: Tokens, cue: _Cue, end: int) -> bool:
    """``Minsk was quiet, said Anna Petrova.``: name or role behind a comma and a verb of saying, and then no verb."""
    if tokens.kinds[cue.first - 1] != "comma" or cue.frame != "say":
        return False
    phrase = starting_at(tokens, cue.last + 1, end)
    if phrase is None or phrase.kind not in ("name", "role"):
        return False
    after = phrase.last + 1
    return after >= end or tokens.kinds[after] in ("comma", "mark")


def _by(tokens: Tokens, cue: _Cue, first: int, end: int) -> Clause | None:
    """``was quoted by Y as saying``: the report is of Y."""
    if cue.last + 1 >= end or tokens.words[cue.last + 1] != "by":
        return None
    is_as = tokens.words[cue.first - 1] == "as" and not tokens.words[cue.first].endswith("ing")
    is_done = _is_done_to(tokens, cue.first, first) or _is_reduced(tokens, cue, first)
    if cue.first == first or not (is_as or is_done):
        return None
    phrase = starting_at(tokens, cue.last + 2, end)
    is_relay = tokens.words[cue.first] in _QUOTING and phrase and tokens.words[phrase.last + 1 : end][:1] == ("as",)
    if phrase is None or is_relay:
        return None
    return Clause(cue.first, cue.last, phrase, "by", phrase.last + 1, cue.frame)


def _is_reduced(tokens: Tokens, cue: _Cue, first: int) -> bool:
    """``X, accused by Y of``: a participle beside a name is said by Y; who is quoted by an agency speaks himself."""
    is_beside = cue.first - 1 > first and tokens.kinds[cue.first - 1] == "comma"
    return is_beside and tokens.words[cue.first].endswith(_PASSIVE) and tokens.words[cue.first] not in _QUOTING


def _named_by(tokens: Tokens, at: int, end: int) -> Clause | None:
    """``according to X``, ``in the words of X``, ``in his opinion``."""
    owner, noun = (*tokens.words[at + 1 : min(at + 3, end)], "", "")[:2]
    if tokens.words[at].lower() == "in" and owner in _OWNERS and noun in _OPINIONS:
        return Clause(at, at + 2, Phrase(at + 1, at + 1, "pronoun", tokens.span(at + 1, at + 1)), "according", at + 3)
    for phrase in tokens.lexicon.phrases[tokens.words[at].lower()]:
        stop = at + len(phrase)
        if stop < end and tuple(word.lower() for word in tokens.words[at:stop]) == phrase:
            earlier = tokens.kinds[stop : stop + 2] == ("determiner", "adverb")
            named = starting_at(tokens, stop + 2 * earlier + (tokens.kinds[stop] == "adverb"), end)
            if named and not (named.first == named.last and tokens.words[named.last] in MEASURES):
                named = named_beside(tokens, _with_noun(tokens, named, end), end)
                return Clause(at, stop - 1, named, "according", named.last + 1)
    return None


def _with_noun(tokens: Tokens, named: Phrase, end: int) -> Phrase:
    """``according to independent Polish media,``: behind a preposition no verb goes on."""
    last = named.last
    while last + 1 < end and tokens.kinds[last + 1] == "word" and not is_past(tokens.words[last + 1]):
        last += 1
    if last == named.last or (last + 1 < end and tokens.kinds[last + 1] not in ("comma", "mark")):
        return named
    return Phrase(named.first, last, "noun", Span(named.source.start, tokens.end(last)))


def _opening_participle(tokens: Tokens, at: int, end: int) -> Clause | None:
    """``Asked about it, X ...``, ``Noting that ..., X ...``: the source is the subject behind the comma."""
    comma = next((here for here in range(at, end) if tokens.kinds[here] == "comma"), None)
    frame = tokens.lexicon.frames.get(tokens.words[at].lower())
    if frame is None or comma is None:
        return None
    phrase = starting_at(tokens, after_place(tokens, comma + 1, end), end)
    return Clause(at, at, phrase, "participle", at + 1, frame) if phrase else None
