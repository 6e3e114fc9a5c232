"""Where the words of a report begin behind its cue: addressee, day, paper and "that" are stepped over."""

from __future__ import annotations

from clippings.layers.quotes import speech_acts
from clippings.text.grammar_words import LEADS, NOUNS, SPOKEN
from clippings.text.phrases import FINITE, starting_at
from clippings.text.subjects import NOMINATIVE, Clause
from clippings.text.tokens import Tokens

_LEADS = frozenset(["at", "by", "in", "on"])
_JOINING = frozenset(["and", "but", "or"])
_NEAR = 8  # Words from a cue to "that".
_PLACED = 16  # And where a place or paper stands between: "said in an interview with the daily Neman that".
OPENS_CLAUSE = frozenset({"pronoun", "determiner"})
CLOSING = frozenset({"mark", "comma", "time", "preposition", "conjunction"})
_SUBJECTS = frozenset({"determiner", "pronoun", "name", "role", "word", "number"})
_ENDS_SUBJECT = frozenset({"comma", "mark", "relative"})
_FILLING = frozenset(
    ["anything", "enough", "farewell", "goodbye", "grace", "hello", "little", "more", "much", "no", "nothing",
     "prayers", "something", "thanks", "yes"]
)  # fmt: skip
_CLOSES_FILLING = frozenset({"comma", "mark", "conjunction", "time"})
_ABOUT = frozenset(["about", "after", "at", "before", "in", "on", "to"])
_CLAIMS = SPOKEN | {"fears", "news", "report", "reports", "rumors", "rumours"}
_TOPICS = frozenset(["about", "of"])
_BOUNDS = (("at", "least"), ("at", "most"), ("up", "to"))
_MEASURING = frozenset(["about", "around", "between", "least", "most", "over", "some", "to"])


_SHOWING = frozenset(["posted", "retweeted", "tweeted"])  # "the photo X posted did not show it"
_ENDING = frozenset({"pronoun", "cue", "quote", "conjunction", "relative"})


def after(tokens: Tokens, clause: Clause, limit: int) -> int | None:
    """The first word behind a cue that belongs to the report: addressee, day and "that" are stepped over."""
    at = clause.end if clause.shape == "cue first" else clause.last + 1
    if tokens.words[clause.last] in _SHOWING and tokens.kinds[at : at + 1] == ("auxiliary",):
        return None
    stated = speech_acts.statement(tokens, clause) or speech_acts.act(tokens, clause)
    if stated is not None:
        return stated
    if clause.frame == "tell":
        if tokens.words[at : at + 1] == ("that",) and clause.shape == "source first":
            return at + 1
        told = starting_at(tokens, at, limit)
        if told is None:
            return None
        at = told.last + 1
        if at < limit and tokens.words[at] == "that":
            return at + 1
        is_led = told.kind == "pronoun" and at < limit and tokens.kinds[at] in _SUBJECTS
        if is_led or (at < limit and tokens.words[at] in NOMINATIVE):
            return at
        that = _that(tokens, at, limit)
        while at + 1 < limit and "time" in tokens.kinds[at : at + 2]:
            at += 1
        is_bare = that is None and at < limit and tokens.kinds[at] in ("determiner", "pronoun")
        is_bare = is_bare and _is_clause(tokens, at, limit)
        return at if is_bare else that
    reach = _PLACED if at < limit and tokens.kinds[at] in ("preposition", "comma") else _NEAR
    that = _that(tokens, at, min(limit, at + reach))
    if that is not None:
        return None if tokens.words[at] == "to" and tokens.words[that - 2] in _CLAIMS else that
    at = _over_circumstance(tokens, at, limit)
    if at + 1 < limit and tokens.words[at] == ":" and clause.shape == "source first":
        return None if tokens.words[clause.last].endswith("ing") else at + 1
    if clause.shape != "cue first" and _counts(tokens, at, limit):
        return at
    is_led = at + 1 < limit and tokens.words[at] in LEADS and tokens.kinds[at + 1] == "preposition"
    if is_led or _is_nothing(tokens, at, limit):
        return None
    is_joined = at + 1 < limit and tokens.kinds[at] == "conjunction"
    if is_joined and (tokens.words[at] in _JOINING or tokens.words[at + 1].endswith("ing")):
        return None
    if at < limit and (
        tokens.kinds[at] in ("comma", "mark", "preposition") or tokens.words[at : at + 2] == ("not", "to")
    ):
        return None
    return at if clause.shape != "cue first" else None


def _counts(tokens: Tokens, at: int, limit: int) -> bool:
    """``said at least 13 people had left``, ``said about 200 had``: a number that a small word goes with."""
    if at + 1 < limit and tokens.words[at : at + 2] in _BOUNDS:
        at += 1
    is_led = at + 1 < limit and tokens.words[at] in _MEASURING
    return is_led and tokens.kinds[at + 1] == "number" and _is_clause(tokens, at + 1, limit)


def _is_nothing(tokens: Tokens, at: int, limit: int) -> bool:
    """``said nothing, but the road was closed``, ``said no more about it``: what is said is left out."""
    is_led = at + 1 < limit and tokens.words[at] in ("no", "very", "too", "as")
    at += is_led and tokens.words[at + 1] in _FILLING
    if at >= limit or tokens.words[at] not in _FILLING:
        return False
    behind = at + 1
    return behind >= limit or tokens.kinds[behind] in _CLOSES_FILLING or tokens.words[behind] in _ABOUT


def _is_clause(tokens: Tokens, first: int, limit: int) -> bool:
    """``told them the talks had begun``; not ``told them the story of talks, which had begun``."""
    end = next((at for at in range(first, limit) if tokens.kinds[at] in _ENDS_SUBJECT), limit)
    return "auxiliary" in tokens.kinds[first:end]


def _over_circumstance(tokens: Tokens, at: int, limit: int) -> int:
    """Step over a day, a paper and who relays the words: ``said March 3``, ``said on Wednesday, cited by AFP,``.

    A day that a verb follows is what the report is about: ``said March 3 was too late``.
    """
    kinds, begin = tokens.kinds, at
    while at < limit and (kinds[at] in ("time", "adverb") or kinds[at - 1 : at + 1] == ("time", "number")):
        at += 1
    if at < limit and kinds[at] == "preposition" and tokens.words[at] not in _TOPICS:
        phrase = starting_at(tokens, at + 1, limit)
        behind = phrase.last + 1 if phrase else limit
        is_bare = behind < limit and kinds[behind] in OPENS_CLAUSE and _is_clause(tokens, behind, limit)
        return behind if is_bare else at
    if kinds[at : at + 1] == ("auxiliary",):
        return begin
    return at


def _that(tokens: Tokens, at: int, limit: int) -> int | None:
    for here in range(at, limit):
        if tokens.words[here] == "that" and (here == at or _opens_report(tokens, here, limit)):
            return None if here == at and _is_no_report(tokens, here, limit) else here + 1
        is_issued = tokens.kinds[here] == "cue" and not _LEADS.isdisjoint(tokens.words[here + 1 : here + 2])
        if tokens.kinds[here] in _ENDING and not is_issued:
            return None
    return None


def _is_no_report(tokens: Tokens, that: int, limit: int) -> bool:
    """``echoed that view in Minsk``, ``Petrova's tweet that blasts them``: a thing, or what is said of one."""
    behind = that + 2
    is_thing = that + 1 < limit and tokens.words[that + 1] in NOUNS and not tokens.words[that + 1].endswith("s")
    is_thing = is_thing and (behind >= limit or tokens.kinds[behind] in CLOSING)
    is_noun = tokens.words[that - 1] in NOUNS and tokens.kinds[that + 1 : that + 2] == ("cue",)
    return is_noun or (is_thing and FINITE.isdisjoint(tokens.kinds[behind:limit]))


def _opens_report(tokens: Tokens, that: int, limit: int) -> bool:
    """``said in Minsk that talks began``; behind "a film that showed" and "one that will" no subject stands."""
    if tokens.kinds[that - 1] in ("preposition", "cue") or that + 1 >= limit:
        return False
    return tokens.kinds[that + 1] not in ("auxiliary", "cue") and not tokens.words[that + 1].endswith("ed")
