"""The subject of a verb: the phrase a cue is said of, looked for to its left.

Appositions, parentheses, days and relative clauses are stepped over; of a participle it is the subject of the sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from clippings.model import Span
from clippings.text.grammar_words import BODIES, LAPSES, OPENERS, PERSONS
from clippings.text.phrases import FINITE, NOMINAL, Phrase, ending_at, is_past, starting_at
from clippings.text.sentence_subject import cut_contraction, leading_subject
from clippings.text.tokens import Stream

_SKIPPED = frozenset({"auxiliary", "adverb", "relative", "contraction", "time"})
_PARENTHESES = 4
_BRACKET = 16
_PLACE = 10
_OPENS_PHRASE = frozenset({"comma", "mark", "determiner", "conjunction", "quote"})
_NO_SUBJECT = frozenset({"conjunction", "quote", "mark", "preposition", "cue", "participle"})
_DASHES = frozenset(["-", "–", "—", "―", "--"])
_WITH = frozenset(["with", "after", "before", *_DASHES])
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_AGO = frozenset(["ago", "later", "earlier"])
_RELATIVE = 12
_VERBAL = frozenset({"auxiliary", "adverb"})
_CARRIERS = frozenset(["as", "quoted", "to"])
_SUBORDINATORS = frozenset(["while", "when", "because", "although", "though", "that", "if", "which", "who", "whether"])
_SOURCES = frozenset({"name", "role", "title", "pronoun", "determiner"})
_NEARNESS = frozenset(["close", "familiar"])
_PAPERS = frozenset(["daily", "weekly", "monthly"])
_PLACING = frozenset(["in", "at", "from", "near", "outside"])
_TIMING = frozenset(["after", "as", "before", "since", "till", "until"])
_COMPLETING = frozenset(["for", "of", "at", "with", "from", "in", "on", "to", "by", "between", "against", "behind"])


class Clause(NamedTuple):
    """A cue at words ``[first, last]`` and the phrase it is said of, with the rule that tied them.

    ``end`` is the first word behind the clause (its source, where that follows the cue).
    """

    first: int
    last: int
    source: Phrase
    rule: str
    end: int


def named_beside(stream: Stream, phrase: Phrase, end: int) -> Phrase:
    """A role with a name in apposition, commas around, is that name: "the ambassador, Jurate Penkaite"."""
    at = phrase.last + 1
    if phrase.kind not in ("role", "noun") and stream.kinds[phrase.first] != "determiner":
        return phrase
    reach = min(end, at + _PLACE)
    while at < reach and (
        stream.kinds[at] in ("preposition", "determiner") or stream.kinds[at] in NOMINAL or stream.words[at] == "and"
    ):
        if at in stream.breaks:
            return starting_at(stream, at, end) or phrase
        at += 1
    if at >= end or stream.kinds[at] != "comma":
        return phrase
    beside = starting_at(stream, at + 1, end)
    if beside is None or beside.kind != "name" or (stream.kinds[beside.first] == "determiner" and not beside.title):
        return phrase
    closed = beside.last + 1 >= end or stream.kinds[beside.last + 1] in ("comma", "mark", "quote")
    return beside if closed else phrase


def subject(stream: Stream, cue: int, first: int, before: list[Clause]) -> Phrase | None:
    """Return the phrase a cue is said of, looked for to its left; of "went on to say" it is that of "went on"."""
    kinds, words = stream.kinds, stream.words
    if before and words[cue - 1] == "to" and before[-1].first < before[-1].last == cue - 2:
        return before[-1].source
    participle = words[cue].endswith("ing")
    at = cue - 1
    for _ in range(_PARENTHESES):
        while at >= first and (kinds[at] in _SKIPPED or words[at] in _CARRIERS or _dates(stream, at)):
            if kinds[at] == "contraction":
                return Phrase(at, at, "pronoun", cut_contraction(stream, at))
            if kinds[at] == "relative":
                return relative(stream, at, first)
            lapse = ending_at(stream, at - 1, first) if at > first and words[at - 1].lower() in LAPSES else None
            at = lapse.first - 1 if lapse and words[at] in _AGO else at - 1
        if at < first:
            return None
        if words[at] in (")", "]"):
            at = _before_bracket(stream, at, first)
            continue
        if (
            kinds[at] == "word"
            and words[at].endswith("ing")
            and at > first
            and kinds[at - 1] in ("auxiliary", "adverb")
        ):
            at -= 1
            continue
        if words[at + 1] == "to" and kinds[at] not in ("pronoun", "relative"):
            found = _of_infinitive(stream, at, first)
            if found:
                return found
            break
        if words[at] == "that" and at > first and kinds[at - 1] in ("word", "name", "role"):
            return _antecedent(stream, at, first)
        if kinds[at] == "comma":
            found = before_apposition(stream, at, first)
            if found is not None and not participle:
                return found
            break
        if kinds[at] in _NO_SUBJECT or (participle and kinds[at] == "word"):
            break
        phrase = ending_at(stream, at, first)
        if phrase is None or _is_object(stream, phrase) or _ends_relative(stream, phrase, first):
            break
        if participle:
            phrase = head_of(stream, phrase, first)
        behind = phrase.first - 1
        if (
            participle
            and not (behind >= first and words[behind] in _WITH)
            and not (behind < first and phrase.kind != "noun")
        ):
            break
        if behind > first and kinds[behind] == "preposition" and kinds[behind - 1] in _SKIPPED:
            at = behind - 1
            continue
        if phrase.kind == "noun" and behind >= first and kinds[behind] == "cue" and before:
            break
        governed = behind > first and kinds[behind] == "preposition"
        return (governed and _of_relative(stream, behind, first)) or head_of(stream, phrase, first)
    if before and kinds[at] == "conjunction" and not participle and not _is_aside(stream, before[-1], first, at):
        said = [clause for clause in before if stream.lexicon.frames.get(stream.words[clause.first]) in ("say", "tell")]
        return (said or before)[-1].source
    if participle:
        return _of_participle(stream, at, first, cue, before)
    antecedent = _of_relative(stream, at, first)
    if antecedent:
        return antecedent
    if before and kinds[at] == "comma" and before[-1].first >= clause_start(stream, first, cue):
        return before[-1].source
    return leading_subject(stream, clause_start(stream, first, cue), cue) or leading_subject(stream, first, cue)


def _of_relative(stream: Stream, at: int, first: int) -> Phrase | None:
    """``officials who spoke of the plan said``: a verb behind a relative clause without commas is said of its noun."""
    for here in range(at, max(first, at - _RELATIVE), -1):
        if stream.kinds[here] in ("comma", "mark", "quote", "conjunction"):
            return None
        if stream.words[here] == "who":
            return _antecedent(stream, here, first) if here < at else None
    return None


def _ends_relative(stream: Stream, phrase: Phrase, first: int) -> bool:
    """``officials who declined to be named said``: a participle behind its auxiliary is no subject."""
    at = phrase.first
    return phrase.kind == "noun" and at > first and stream.kinds[at - 1] == "auxiliary" and is_past(stream.words[at])


def _is_aside(stream: Stream, clause: Clause, first: int, at: int) -> bool:
    """``When X asked, Y nodded and said``: a report in the clause that opens a sentence, and a comma behind it."""
    return stream.words[first].lower() in OPENERS and "comma" in stream.kinds[clause.end : at]


def _of_infinitive(stream: Stream, at: int, first: int) -> Phrase | None:
    """``X has begun to call``, ``X, an envoy, rose to say``: the subject of the verb before "to"."""
    if stream.kinds[at] not in ("word", "cue"):
        return None
    is_verb = stream.words[at].endswith(("ed", "s", "un"))
    at -= 1
    while at >= first and stream.kinds[at] in _VERBAL:
        at -= 1
    if at >= first and stream.kinds[at] == "comma":
        return before_apposition(stream, at, first)
    phrase = ending_at(stream, at, first) if at >= first and is_verb else None
    if phrase is None or phrase.kind == "noun" or stream.words[phrase.last].endswith(_POSSESSIVE):
        return None
    return head_of(stream, phrase, first)


def _of_participle(stream: Stream, at: int, first: int, cue: int, before: list[Clause]) -> Phrase | None:
    """``X welcomed the plan, saying``: behind a comma the subject of the sentence, else that of the clause."""
    if before and (_trails(stream, before[-1], first) or _is_second(stream, at, before[-1])):
        return before[-1].source
    start = first if stream.kinds[at] in ("comma", "quote") else clause_start(stream, first, cue)
    leading = leading_subject(stream, start, cue)
    if leading is not None and leading.kind != "noun":
        return leading
    return before[-1].source if before else leading or leading_subject(stream, first, cue)


def _trails(stream: Stream, clause: Clause, first: int) -> bool:
    """``..., X said``: a clause behind a comma or a quotation, whose source goes on speaking."""
    begin = min(clause.first, clause.source.first)
    return begin > first and stream.kinds[begin - 1] in ("comma", "quote")


def _is_second(stream: Stream, at: int, clause: Clause) -> bool:
    """``calling it "X" and accusing them``: the second of two participles."""
    return stream.kinds[at] == "conjunction" and stream.words[clause.first].endswith("ing")


def _before_bracket(stream: Stream, at: int, first: int) -> int:
    """The word in front of a parenthesis that ends at ``at``."""
    for here in range(at - 1, max(first, at - _BRACKET) - 1, -1):
        if stream.words[here] in ("(", "["):
            return here - 1
    return at - 1


def _dates(stream: Stream, at: int) -> bool:
    """The small word in front of a day or time: "on Tuesday", "this week"."""
    return stream.kinds[at] in ("determiner", "preposition") and stream.kinds[at + 1] == "time"


def clause_start(stream: Stream, first: int, end: int) -> int:
    """Where the clause of a word begins: behind the last "while", "when", "that" or "because" before it."""
    for at in range(end - 1, first, -1):
        if stream.words[at] in _SUBORDINATORS and stream.kinds[at - 1] not in ("determiner", "preposition"):
            if _is_closed(stream, at, end):
                continue
            return at + 1
        if stream.words[at] == ";":
            return at + 1
    return first


def _is_closed(stream: Stream, at: int, end: int) -> bool:
    """``X, who was in Minsk, went``: a relative clause between commas, with the verb of the sentence behind it."""
    if stream.kinds[at] != "relative" or stream.kinds[at - 1] != "comma":
        return False
    comma = next((here for here in range(at, end) if stream.kinds[here] == "comma"), end)
    return comma + 1 < end and (stream.kinds[comma + 1] in FINITE or is_past(stream.words[comma + 1]))


def relative(stream: Stream, at: int, first: int) -> Phrase | None:
    """The words a relative clause is said of; "who" and "which" name the source there, as a pronoun does."""
    if stream.words[at].lower() in ("who", "which"):
        return Phrase(at, at, "pronoun", stream.span(at, at))
    return _antecedent(stream, at, first)


def _is_object(stream: Stream, phrase: Phrase) -> bool:
    """A phrase after a verb of its own is what that verb acts on, so that the cue behind it has another subject."""
    return phrase.kind == "pronoun" and stream.words[phrase.last].lower() in (
        "him",
        "them",
        "us",
        "me",
        "himself",
        "herself",
        "themselves",
        "itself",
    )


def _antecedent(stream: Stream, relative: int, first: int) -> Phrase | None:
    at = relative - 1
    if at >= first and stream.kinds[at] == "comma":
        return before_apposition(stream, at, first)
    if at >= first and stream.kinds[at] == "preposition":
        at -= 1
    phrase = ending_at(stream, at, first) if at >= first else None
    return head_of(stream, phrase, first) if phrase else None


def before_apposition(stream: Stream, comma: int, first: int) -> Phrase | None:
    """Step left over ``, head of Y,`` and ``, 21,`` to the phrase they stand beside; a name is preferred to a role."""
    role: Phrase | None = None
    for _ in range(_PARENTHESES):
        last = comma - 1
        if last >= first and stream.words[last] in (")", "]"):
            last = _before_bracket(stream, last, first)
        phrase = ending_at(stream, last, first)
        if (
            phrase
            and phrase.kind in ("name", "pronoun")
            and _opens(stream, phrase, first)
            and not _is_place(stream, phrase, first)
        ):
            return phrase
        previous = comma - 1
        while previous >= first and stream.kinds[previous] not in ("comma", "quote"):
            previous -= 1
        if phrase and phrase.kind != "noun" and not _is_circumstance(stream, previous + 1):
            role = head_of(stream, phrase, first)
        elif phrase and role is None and _opens(stream, phrase, first):
            role = phrase
        if previous >= first and stream.kinds[previous] == "quote":
            return role or starting_at(stream, previous + 1, comma)
        if previous < first:
            opening = leading_subject(stream, first, comma)
            return opening or role
        comma = previous
    return role


def _is_circumstance(stream: Stream, at: int) -> bool:
    """``traveling to a meeting of ministers``: who is named there is not whom the sentence is about."""
    return stream.kinds[at] == "word" and stream.words[at].endswith("ing")


def _opens(stream: Stream, phrase: Phrase, first: int) -> bool:
    at = phrase.first
    return at == first or stream.kinds[at - 1] in _OPENS_PHRASE or stream.words[at - 1] in _PAPERS


def _is_place(stream: Stream, phrase: Phrase, first: int) -> bool:
    """A state or age behind a name is no source: "Rep. Kirk, R-Ill., said" steps over "R-Ill."."""
    word = stream.words[phrase.last]
    if phrase.first - 2 > first and stream.kinds[phrase.first - 1] == "comma" and stream.kinds[first] in _SOURCES:
        town = ending_at(stream, phrase.first - 2, first)
        if town and town.kind == "name" and town.first > first and stream.words[town.first - 1] in _PLACING:
            return head_of(stream, town, first).kind != "role"
    return phrase.first == phrase.last and (
        word[:2] in ("R-", "D-", "I-") or word.rstrip(".") in ("Jr", "Sr") or word[-1] == "."
    )


def head_of(stream: Stream, phrase: Phrase, first: int) -> Phrase:
    """A name behind a preposition completes the phrase before it: "a spokesman for the Foreign Ministry"."""
    at = phrase.first - 1
    for _ in range(3):
        doer = _doer(stream, phrase, first)
        if doer is not None:
            phrase, at = doer, doer.first - 1
            continue
        if at > first and stream.kinds[at] == "preposition" and stream.words[at] in _COMPLETING:
            outer = ending_at(stream, at - 1 - (stream.words[at - 1] in _NEARNESS), first)
            if outer is None:
                return phrase
            if outer.kind == "name" and stream.words[outer.last] in BODIES and stream.words[at] in ("in", "of"):
                return Phrase(outer.first, phrase.last, "name", Span(outer.source.start, phrase.source.end))
            if (
                outer.kind == "noun"
                and phrase.kind != "noun"
                and not _has_article(stream, outer)
                and stream.words[at] not in ("of", "for", "at")
            ):
                return phrase
            phrase, at = outer, outer.first - 1
        else:
            break
    return phrase


def _doer(stream: Stream, phrase: Phrase, first: int) -> Phrase | None:
    """``protesters marching through the streets``, ``lawyers representing it``: those the participle is said of."""
    kinds, words, at = stream.kinds, stream.words, phrase.first - 1
    is_governed = at > first and kinds[at] == "preposition" and words[at] not in _TIMING
    at -= is_governed
    if at <= first or kinds[at] != "word" or not (is_governed or kinds[phrase.first] == "determiner"):
        return None
    before = words[at - 1].lower()
    is_many = before.endswith("s") or kinds[at - 1] == "role" or before in PERSONS
    is_active = words[at].endswith("ing") and (is_many or kinds[at - 1] == "name")
    is_passive = is_governed and is_many and words[at].endswith("ed")
    return ending_at(stream, at - 1, first) if is_active or is_passive else None


def _has_article(stream: Stream, phrase: Phrase) -> bool:
    return stream.kinds[phrase.first] == "determiner" or stream.words[phrase.last].endswith("s")
