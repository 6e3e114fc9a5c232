"""Reporting clauses: a cue and the words that name its source, in one sentence outside its quotations.

``X said``, ``said X``, ``X, head of Y, told reporters``, ``according to X``, ``X, who called ...``, ``quoted by Y``.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from clippings.text.grammar_words import KINDS, MODALS, NAMING, NOUNS, OWNERS, PLURALS, QUANTIFIERS
from clippings.text.phrases import FINITE, Phrase, ending_at, starting_at
from clippings.text.subjects import Clause, named_beside, subject
from clippings.text.tokens import Stream

_BE = frozenset(["was", "were", "is", "are", "been", "being", "be"])
_VERB_FOLLOWS = frozenset(["before", "after", "than", "to"])
_BETWEEN = frozenset({"word", "adverb"})
_SET = frozenset(["That", "that", "I"])
_PARTICIPLE = ("ed", "ing")
_FRONTED = frozenset(["what", "whom", "which", "who", "that"])


def find(stream: Stream) -> list[list[Clause]]:
    """Return the reporting clauses of each unit, in order of their cues."""
    found: list[list[Clause]] = []
    begin = 0
    for first, end, _ in stream.units:
        behind = bisect.bisect_left(stream.hot, end, begin)
        is_silent = begin == behind and stream.kinds[first] != "participle"
        found.append([] if is_silent else _in_unit(stream, first, end, stream.hot[begin:behind]))
        begin = behind
    return found


def _in_unit(stream: Stream, first: int, end: int, hot: Sequence[int]) -> list[Clause]:
    out: list[Clause] = []
    if stream.kinds[first] == "adverb" and first + 1 < end and stream.kinds[first + 1] in FINITE:
        _name_again(stream, first)
    if stream.kinds[first] == "participle":
        opening = _opening_participle(stream, first, end)
        out += [opening] if opening else []
    done = first
    for at in hot:
        if at < done:
            continue
        last = _cue_at(stream, at, first, end)
        clause = _clause(stream, at, last, first, end, out) if last is not None else None
        if last is None and stream.words[at].lower() in stream.lexicon.openings:
            clause = _named_by(stream, at, end)
        if clause:
            out.append(clause)
        done = max(at + 1, clause.last + 1 if clause else 0, last + 1 if last is not None else 0)
    return out


def _name_again(stream: Stream, first: int) -> None:
    """``Italy said``, ``Kelly has``: a capital and a verb right behind make a name of a word in -ly."""
    word = stream.words[first]
    if word.endswith("ly") and word[0].isupper() and word.lower() not in KINDS:
        stream.kinds[first] = "name"


def _cue_at(stream: Stream, at: int, first: int, end: int) -> int | None:
    """Return the last word of the cue that begins at a word, None where none does."""
    word = stream.words[at]
    if at + 1 < end and stream.words[at + 1] in stream.lexicon.pairs.get(word, ()):
        return at + 1
    if stream.kinds[at] != "cue" or (stream.words[at - 1] in _SET and _is_set_phrase(stream, at, first)):
        return None
    if _is_noun(stream, at, first, end):
        stream.kinds[at] = "word"
        return None
    return None if _is_naming(stream, at, first, end) else at


def _is_set_phrase(stream: Stream, at: int, first: int) -> bool:
    """``That said, X ...``, ``and I quote``: words that say nothing of who said something."""
    words, kinds = stream.words, stream.kinds
    if words[at] == "quote":
        return words[max(first, at - 2) : at] == ["and", "I"]
    opens = at - 1 == first or (at - 1 > first and kinds[at - 2] in ("mark", "comma"))
    return words[at] == "said" and opens and words[at - 1].lower() == "that" and words[at + 1 : at + 2] == [","]


def _is_noun(stream: Stream, at: int, first: int, end: int) -> bool:
    """Tell whether a word that could report is a noun here: "the claim", "his call for", "new reports of"."""
    word, words, kinds = stream.words[at], stream.words, stream.kinds
    if word.endswith(("ed", "ing")) and not word.endswith("need"):
        if word.endswith("ing") and at > first + 1 and kinds[at - 2] == "determiner" and kinds[at - 1] in _BETWEEN:
            return at + 1 < end and kinds[at + 1] == "word"
        if word.endswith("ed") and at > first and kinds[at - 1] == "preposition":
            return words[at - 1] not in _VERB_FOLLOWS and at + 1 < end and kinds[at + 1] == "word"
        return kinds[at - 1] == "determiner" and words[at - 1].lower() not in QUANTIFIERS if at > first else False
    if at == first:
        return not (at + 1 < end and kinds[at + 1] in _STARTS)
    before = kinds[at - 1]
    if before == "determiner":
        return words[at - 1].lower() not in QUANTIFIERS
    if before == "preposition":
        return words[at - 1] not in _VERB_FOLLOWS or (words[at - 1] == "to" and word in NOUNS and word.endswith("s"))
    if word not in NOUNS:
        return False
    if words[at - 1].endswith(("'s", "’s", "s'", "s’")) and before != "pronoun":
        return True
    if before in ("pronoun", "relative") or words[at - 1] == "to":
        return False
    follows = kinds[at + 1] if at + 1 < end else "mark"
    phrase = ending_at(stream, at - 1, first)
    if phrase and phrase.first > first and words[phrase.first - 1].lower() == "as" and follows in ("comma", "quote"):
        return False
    if phrase and _is_headed(stream, phrase, at, first):
        return True
    is_led = phrase is not None and phrase.first > first and kinds[phrase.first - 1] == "quote" and follows != "cue"
    if phrase and is_led and not (kinds[phrase.first] == "word" and words[phrase.first].endswith("ing")):
        return False
    if before == "comma" and word.endswith("s") and follows in ("determiner", "pronoun", "name"):
        return False
    if before in ("auxiliary", "cue", "number", "comma", "mark", "quote"):
        return before != "auxiliary" or words[at - 1].lower() not in MODALS
    if before == "word" or (before == "adverb" and not words[at - 1].endswith("ly")):
        return follows not in ("quote", "determiner", "pronoun") and not (
            at + 1 < end and words[at + 1] in ("that", ":")
        )
    return follows in ("preposition", "mark", "cue", "auxiliary", "conjunction") and words[at + 1 : at + 2] != ["to"]


def _is_headed(stream: Stream, phrase: Phrase, at: int, first: int) -> bool:
    """Tell whether a noun at ``at`` heads the phrase in front: "a command post", "many Asian states", "in her remarks".

    Behind one thing a verb would end in -s, behind many it would not; what a verb and a preposition govern has none.
    """
    kinds, words = stream.kinds, stream.words
    if phrase.first == phrase.last and kinds[phrase.first] == "determiner":
        return False
    article = words[phrase.first].lower()
    if words[at].endswith("s"):
        disagrees = article in PLURALS or kinds[phrase.first] == "number"
    else:
        is_name = kinds[at - 1] == "name" and not words[at - 1].endswith("s")
        disagrees = article in ("a", "an") or (article == "the" and is_name)
    behind = phrase.first - 1
    if disagrees or behind <= first or kinds[behind] != "preposition":
        return disagrees
    return kinds[behind - 1] == "cue" or (article in OWNERS and words[at - 1].endswith(_PARTICIPLE))


def _is_naming(stream: Stream, at: int, first: int, end: int) -> bool:
    """``a drill called "X"`` gives a name; ``what she called "X"`` and ``called it "X"`` report."""
    if stream.words[at] not in NAMING or at + 1 >= end:
        return False
    following = at + 1 + (stream.words[at + 1] in ("a", "an", "the", "as"))
    if following >= end or stream.kinds[following] != "quote":
        return False
    if following + 1 < end and stream.words[following + 1] == "by":
        return False
    return not any(word in _FRONTED for word in stream.words[max(first, at - 8) : at])


_STARTS = frozenset({"name", "role", "title", "determiner", "pronoun"})


def _clause(stream: Stream, at: int, last: int, first: int, end: int, before: list[Clause]) -> Clause | None:
    inverted = _inverted(stream, at, last, first, end)
    if inverted:
        return inverted
    relayed = _passive(stream, at, last, first, end)
    if relayed:
        return relayed
    if _is_done_to(stream, at, first):
        return None
    source = subject(stream, at, first, before)
    if source is None:
        return None
    return Clause(at, last, source, "source, then cue", last + 1)


def _is_done_to(stream: Stream, at: int, first: int) -> bool:
    """``is considered``, ``was told``: what stands before a passive is not the source."""
    if not stream.words[at].endswith(("ed", "id", "en", "told", "wn")):
        return False
    here = at - 1
    while here >= first and stream.kinds[here] in ("adverb", "auxiliary"):
        if stream.words[here] in _BE:
            return True
        here -= 1
    return False


def _inverted(stream: Stream, at: int, last: int, first: int, end: int) -> Clause | None:
    """``"...," said X``; also ``said X: "..."`` where nothing stands before the cue."""
    if stream.words[at].endswith("ing") or stream.lexicon.frames.get(stream.words[at]) in ("call", "think"):
        return None
    before = at - 1
    while before >= first and stream.kinds[before] in ("comma", "adverb"):
        before -= 1
    if before >= first and stream.kinds[before] != "quote" and not _trails(stream, at, last, end):
        return None
    start = last + 1
    if start < end and stream.kinds[start] == "adverb":
        start += 1
    phrase = starting_at(stream, start, end)
    if phrase is None or stream.words[start] == "that":
        return None
    if phrase.kind == "pronoun" and stream.words[phrase.last].lower() in ("him", "her", "them", "us", "me"):
        return None
    phrase = named_beside(stream, phrase, end)
    return Clause(at, last, phrase, "inverted cue", phrase.last + 1)


def _trails(stream: Stream, at: int, last: int, end: int) -> bool:
    """``Minsk was quiet, said Anna Petrova.``: name or role behind a comma and a verb of saying, and then no verb."""
    if stream.kinds[at - 1] != "comma" or stream.lexicon.frames.get(stream.words[last]) != "say":
        return False
    phrase = starting_at(stream, last + 1, end)
    if phrase is None or phrase.kind not in ("name", "role"):
        return False
    after = phrase.last + 1
    return after >= end or stream.kinds[after] in ("comma", "mark")


def _passive(stream: Stream, at: int, last: int, first: int, end: int) -> Clause | None:
    """``was quoted by Y as saying``: the report is of Y."""
    if last + 1 >= end or stream.words[last + 1] != "by":
        return None
    if at == first or not (stream.words[at - 1] == "as" or _is_done_to(stream, at, first)):
        return None
    phrase = starting_at(stream, last + 2, end)
    return Clause(at, last, phrase, "passive", phrase.last + 1) if phrase else None


def _named_by(stream: Stream, at: int, end: int) -> Clause | None:
    """``according to X``, ``in the words of X``."""
    for phrase in stream.lexicon.phrases:
        stop = at + len(phrase)
        if stop < end and tuple(word.lower() for word in stream.words[at:stop]) == phrase:
            named = starting_at(stream, stop, end)
            if named:
                named = named_beside(stream, named, end)
                return Clause(at, stop - 1, named, "according to", named.last + 1)
    return None


def _opening_participle(stream: Stream, at: int, end: int) -> Clause | None:
    """``Asked about it, X ...``, ``Noting that ..., X ...``: the source is the subject behind the comma."""
    comma = next((here for here in range(at, end) if stream.kinds[here] == "comma"), None)
    phrase = starting_at(stream, comma + 1, end) if comma is not None else None
    return Clause(at, at, phrase, "participle", at + 1) if phrase else None
