"""The subject of a verb: the phrase a cue is said of, looked for to its left.

Appositions, parentheses, days and relative clauses are stepped over; of a participle it is the subject of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from clippings.model import Span
from clippings.text.far_subjects import far_subject
from clippings.text.grammar_words import LAPSES, OPENERS
from clippings.text.heads import PARENTHESES, antecedent, before_apposition, before_bracket, head_of, joined, relative
from clippings.text.lexicon import Frame
from clippings.text.phrases import GENITIVES, Phrase, ending_at, is_past, starting_at
from clippings.text.sentence_subject import DASHES, clause_start, cut_contraction, leading_subject
from clippings.text.tokens import Tokens

SAYING: frozenset[Frame] = frozenset({"say", "tell"})
OBJECTS = frozenset(["him", "her", "them", "us", "me", "himself", "herself", "themselves", "itself"])
NOMINATIVE = frozenset(["he", "she", "they", "we", "I"])
_SKIPPED = frozenset({"auxiliary", "adverb", "relative", "contraction", "time"})
_NO_SUBJECT = frozenset({"conjunction", "quote", "mark", "preposition", "cue", "participle"})
_WITH = frozenset(["with", "after", "before", "has", "had", "have", *DASHES])
_AGO = frozenset(["ago", "later", "earlier"])
_PLACING = frozenset(["at", "in", "on"])
_OPENING = frozenset(["after", "as", "before", "since", "until", "till"])
_RELATIVE = 12
_CONTRACTED = ("who'", "who’")
_CLOSING = 3  # Characters of a comma, a mark and a blank.
_VERBAL = frozenset({"auxiliary", "adverb"})
_CARRYING = frozenset(["badge", "banner", "button", "cap", "hat", "placard", "poster", "shirt", "sign", "sticker"])
_RECORDED = frozenset(
    ["account", "accounts", "clip", "clips", "footage", "recording", "recordings", "tape", "tapes", "video", "videos"]
)
_TURNING = frozenset(["asked", "told", "whispered", "begged", "ordered", "urged"])
_DATED = frozenset({"time", "number"})
_HAVING = frozenset(["had", "has", "have", "having"])
_CARRIERS = frozenset(["as", "quoted", "to"])
Shape = Literal["source first", "cue first", "by", "according", "participle"]


class Clause(msgspec.Struct, frozen=True, gc=False):
    """A cue at words ``[first, last]`` and the phrase it is said of.

    ``shape`` is how they stand: "X said", "said X", "quoted by X", "according to X", "Asked, X"; ``frame`` what may
    follow the cue; ``end`` the first word behind the clause (its source, where that follows the cue).
    """

    first: int
    last: int
    source: Phrase
    shape: Shape
    end: int
    frame: Frame = "say"

    @property
    def begin(self) -> int:
        """The first word of cue and source."""
        return min(self.first, self.source.first)

    @property
    def is_report(self) -> bool:
        """Whether its source stands in front and says something."""
        return self.shape == "source first" and self.frame in SAYING


def subject(tokens: Tokens, cue: int, first: int, before: Sequence[Clause]) -> Phrase | None:
    """Return the phrase a cue is said of, looked for to its left; of "went on to say" it is that of "went on"."""
    if before and tokens.words[cue - 1] == "to" and before[-1].first < before[-1].last == cue - 2:
        return before[-1].source
    blamed = _blamed(tokens, cue, first)
    if blamed:
        return blamed
    found, at = _to_the_left(tokens, cue, first, before)
    if found is not None or at < first:
        return found
    return _of_sentence(tokens, at, cue, first, before)


def _blamed(tokens: Tokens, cue: int, first: int) -> Phrase | None:
    """``X criticized Y for saying``: whoever is criticized, thanked or attacked for words has said them."""
    kinds, words = tokens.kinds, tokens.words
    is_for = words[cue - 1] == "for" and words[cue].endswith("ing")
    blamed = ending_at(tokens, cue - 2, first) if is_for else None
    if blamed is None or blamed.first <= first:
        return None
    is_somebody = blamed.kind in ("name", "role") or words[blamed.last] in OBJECTS
    verb = blamed.first - 1
    return blamed if is_somebody and (kinds[verb] == "cue" or is_past(words[verb])) else None


def _to_the_left(tokens: Tokens, cue: int, first: int, before: Sequence[Clause]) -> tuple[Phrase | None, int]:
    """The phrase in front of a cue, and the word where the way to it stops; before ``first`` nothing is left to ask."""
    kinds, words = tokens.kinds, tokens.words
    is_participle = _is_participle(tokens, cue) and words[cue - 1] != "as"
    at = cue - 1
    for _ in range(PARENTHESES):
        found, at = _over_helpers(tokens, _over_date(tokens, at, first), first)
        if found is not None or at < first:
            return found, at
        further = _over_aside(tokens, at, first)
        if further is not None:
            at = further
            continue
        if words[max(first, at - 1) : at + 2] == ("so", "far", "as"):
            return _of_infinitive(tokens, at - 2, first), at
        if words[at + 1] == "to" and kinds[at] not in ("pronoun", "relative"):
            return _of_infinitive(tokens, at, first), at
        if words[at] == "that" and at > first and kinds[at - 1] in ("word", "name", "role"):
            return antecedent(tokens, at, first), first - 1
        if kinds[at] == "comma":
            aside = _before_aside(tokens, at, first)
            if aside is not None:
                return None, aside
            return None if is_participle else before_apposition(tokens, at, first), at
        if is_participle and words[at] in _CARRYING and words[cue] in ("saying", "reading"):
            return ending_at(tokens, at, first), at
        if kinds[at] in _NO_SUBJECT or (is_participle and kinds[at] == "word" and not _goes_with(tokens, at, first)):
            break
        phrase = ending_at(tokens, at, first)
        if phrase is None or _is_object(tokens, phrase) or _ends_relative(tokens, phrase, first):
            break
        if words[phrase.last] in NOMINATIVE and not is_participle:
            return phrase, at
        phrase = joined(tokens, _with_date(tokens, phrase, first), first)
        if is_participle and tokens.words[phrase.first - 1] == "of" and tokens.words[phrase.first - 2] in _RECORDED:
            return phrase, at
        if is_participle and phrase.title and words[phrase.first - 1] == "with":
            return phrase, at
        if is_participle:
            phrase = head_of(tokens, phrase, first)
            if not _goes_with(tokens, phrase.first, first) and (phrase.kind == "noun" or phrase.first > first):
                break
        behind = phrase.first - 1
        if words[cue - 1] == "to" and behind > first and words[behind] == "to":  # "wrote to X in March to ask"
            break
        further = _over_circumstance(tokens, cue, behind, first)
        if further is not None:
            at = further
            continue
        if phrase.kind == "noun" and behind >= first and kinds[behind] == "cue" and before:
            break
        found = _governed(tokens, phrase, first)
        return far_subject(tokens, found, first) or found, at
    return None, at


def _is_participle(tokens: Tokens, cue: int) -> bool:
    """``saying``, ``having said``; not ``quoted as having said``."""
    before, helper = tokens.words[max(0, cue - 2)], tokens.words[cue - 1].lower()
    return tokens.words[cue].endswith("ing") or (helper == "having" and before != "as")


def _over_helpers(tokens: Tokens, at: int, first: int) -> tuple[Phrase | None, int]:
    """Step over auxiliaries, adverbs and days; a contraction or a relative pronoun on the way is the subject."""
    kinds, words = tokens.kinds, tokens.words
    while at >= first and (kinds[at] in _SKIPPED or words[at] in _CARRIERS or _helps(tokens, at)):
        if kinds[at] == "contraction":
            return Phrase(at, at, "pronoun", cut_contraction(tokens, at)), at
        if kinds[at] == "relative":
            return relative(tokens, at, first), first - 1
        lapse = ending_at(tokens, at - 1, first) if at > first and words[at - 1].lower() in LAPSES else None
        at = lapse.first - 1 if lapse and words[at] in _AGO else at - 1
    return None, at


def _over_date(tokens: Tokens, at: int, first: int) -> int:
    """Step over a day with its number and year: ``X on March 3, 2009 said``, ``X on 3 March said``."""
    kinds, here, is_date = tokens.kinds, at, False
    while here >= first and (kinds[here] in _DATED or _parts_date(tokens, here)):
        is_date = is_date or kinds[here] == "time"
        here -= 1
    if not is_date:
        return at
    here -= here >= first and kinds[here] in ("preposition", "determiner")
    return here - 1 if here > first and tokens.words[here] in ("late", "early") else here


def _with_date(tokens: Tokens, phrase: Phrase, first: int) -> Phrase:
    """``in a March 3 letter``: a day that describes a noun belongs to its phrase."""
    at = phrase.first
    if tokens.kinds[at] != "number" or at - 1 <= first or tokens.kinds[at - 1] != "time":
        return phrase
    begin = at - 1 - (tokens.kinds[at - 2] == "determiner")
    return msgspec.structs.replace(phrase, first=begin, source=Span(tokens.starts[at - 1], phrase.source.end))


def _parts_date(tokens: Tokens, at: int) -> bool:
    beside = tokens.kinds[at - 1 : at + 2]
    return len(beside) == 3 and beside[1] == "comma" and beside[0] in _DATED and beside[2] in _DATED


def _over_aside(tokens: Tokens, at: int, first: int) -> int | None:
    """The word in front of a parenthesis, or of the verb in "was hoping, said"; None where neither ends here."""
    if tokens.words[at] in (")", "]"):
        return before_bracket(tokens, at, first)
    is_progressive = tokens.kinds[at] == "word" and tokens.words[at].endswith("ing") and at > first
    return at - 1 if is_progressive and tokens.kinds[at - 1] in _VERBAL else None


def _before_aside(tokens: Tokens, comma: int, first: int) -> int | None:
    """The conjunction of ``X rose and, in a low voice, said``, ``X rose and, barely audible, said``."""
    before = next((here for here in range(comma - 1, first, -1) if tokens.kinds[here] == "comma"), first)
    word, kind = tokens.words[before + 1], tokens.kinds[before + 1]
    is_aside = kind in ("preposition", "adverb") or word.endswith(("ing", "ed"))
    return before - 1 if is_aside and before > first and tokens.kinds[before - 1] == "conjunction" else None


def _over_circumstance(tokens: Tokens, cue: int, behind: int, first: int) -> int | None:
    """The word in front of what a preposition governs: ``quoted by Y as saying``, ``X, a judge, in a letter said``."""
    words, kinds = tokens.words, tokens.kinds
    if behind <= first or kinds[behind] != "preposition":
        return None
    if words[behind] in ("by", "in", "on") and "as" in words[cue - 2 : cue]:
        return behind - 1
    is_apart = kinds[behind - 1] == "comma" and words[behind] in _PLACING
    return behind - 1 if is_apart or (words[behind] not in _OPENING and kinds[behind - 1] in _SKIPPED) else None


def _goes_with(tokens: Tokens, at: int, first: int) -> bool:
    """``with X saying``, ``with guests and X saying``: a participle right behind a phrase is said of it."""
    phrase = ending_at(tokens, at, first)
    behind = (phrase.first if phrase else at) - 1
    if behind > first and tokens.words[behind] in (")", "]"):
        behind = before_bracket(tokens, behind, first)
        behind -= tokens.kinds[behind] == "name"
    if behind > first and tokens.words[behind] == "and" and phrase:
        left = ending_at(tokens, behind - 1, first)
        behind = left.first - 1 if left else behind
    return behind >= first and tokens.words[behind] in _WITH


def _governed(tokens: Tokens, phrase: Phrase, first: int) -> Phrase:
    phrase = _first_place(tokens, phrase, first)
    behind = _before_list(tokens, phrase.first - 1, first)
    may_govern = behind > first and not (tokens.words[behind] in _OPENING and phrase.kind in ("name", "role"))
    governed = may_govern and (tokens.kinds[behind] == "preposition" or is_past(tokens.words[behind]))
    head = (governed and _of_relative(tokens, behind, first)) or head_of(tokens, phrase, first)
    return joined(tokens, head, first) if head.kind in ("role", "name") and head.first != phrase.first else head


def _first_place(tokens: Tokens, phrase: Phrase, first: int) -> Phrase:
    """``polls in Lida and Brest said``: the first of two places, whose preposition governs both."""
    left = ending_at(tokens, phrase.first - 2, first) if tokens.words[phrase.first - 1] == "and" else None
    is_single = phrase.kind == "name" and phrase.first == phrase.last
    is_place = left is not None and left.kind == "name" and left.first > first and tokens.words[left.first - 1] == "in"
    return left if left and is_single and is_place else phrase


def _before_list(tokens: Tokens, at: int, first: int) -> int:
    """The word in front of ``Zhuk or Orlov or`` Petrova, where a preposition stands there; else where it began."""
    here = at
    while here > first and tokens.words[here] == "or":
        left = ending_at(tokens, here - 1, first)
        if left is None or left.kind != "name":
            return at
        here = left.first - 1
    return here if here > first and tokens.kinds[here] == "preposition" else at


def _of_sentence(tokens: Tokens, at: int, cue: int, first: int, before: Sequence[Clause]) -> Phrase | None:
    """The subject of a verb that has none beside it: that of the clause before, or of the sentence."""
    kind = tokens.kinds[at]
    is_participle = _is_participle(tokens, cue)
    if before and kind == "conjunction" and not is_participle and not _is_aside(tokens, before[-1], first, at):
        finite = [clause for clause in before if not tokens.words[clause.first].endswith("ing")]
        said = [clause for clause in finite or before if clause.frame in SAYING]
        main = _over_relative(tokens, before[-1], at, first)
        return main or _told_of(tokens, before[-1], cue, at) or (said or before)[-1].source
    if is_participle:
        return _of_participle(tokens, at, first, cue, before)
    found = _of_relative(tokens, at, first)
    if found:
        return found
    start = clause_start(tokens, first, cue)
    if before and kind == "comma" and before[-1].first >= start:
        return before[-1].source
    return leading_subject(tokens, start, cue) or leading_subject(tokens, first, cue)


def _over_relative(tokens: Tokens, clause: Clause, at: int, first: int) -> Phrase | None:
    """``X recalled the mayor, who said it was late, and said``: behind a comma the sentence is about X again."""
    who = clause.source.first
    start = tokens.starts[at]
    is_closed = "," in tokens.text[start - _CLOSING : start]
    is_apart = is_closed and tokens.words[who] == "who" and tokens.kinds[who - 1] == "comma"
    has_verb = any(tokens.kinds[here] == "cue" or is_past(tokens.words[here]) for here in range(first, who))
    main = leading_subject(tokens, first, who) if is_apart and has_verb else None
    return main if main and main.kind != "noun" else None


def _told_of(tokens: Tokens, clause: Clause, cue: int, end: int) -> Phrase | None:
    """``X said Y took her hand and said``: nobody said that he said; the second verb is of whom the first tells."""
    if clause.frame not in SAYING:
        return clause.source if _addresses(tokens, cue) else None
    is_doubled = tokens.words[clause.last] == tokens.words[cue] or _addresses(tokens, cue)
    if clause.shape != "source first" or not is_doubled:
        return None
    told = starting_at(tokens, clause.end, end)
    verb = told.last + 1 if told else end
    while verb < end and tokens.kinds[verb] == "adverb":
        verb += 1
    has_verb = verb < end and (is_past(tokens.words[verb]) or tokens.words[verb] == "had")
    is_doer = told is not None and told.kind != "noun" and has_verb
    return told if is_doer else None


def _addresses(tokens: Tokens, cue: int) -> bool:
    """``and quietly asked: "..."``, ``and told her, "..."``: whoever is told of speaks to the one who tells it."""
    behind = tokens.words[cue + 1] if cue + 1 < len(tokens.words) else ""
    return tokens.words[cue] in _TURNING and (behind in (":", ",") or behind in OBJECTS)


def _of_relative(tokens: Tokens, at: int, first: int) -> Phrase | None:
    """``officials who spoke of the plan said``: a verb behind a relative clause without commas is said of its noun."""
    at -= tokens.kinds[at] == "conjunction"
    for here in range(at, max(first, at - _RELATIVE), -1):
        if tokens.kinds[here] in ("comma", "mark", "quote", "conjunction"):
            return None
        if tokens.words[here] == "who" or tokens.words[here].startswith(_CONTRACTED):
            return antecedent(tokens, here, first) if here < at else None
    return None


def _ends_relative(tokens: Tokens, phrase: Phrase, first: int) -> bool:
    """``officials who declined to be named said``: a participle behind its auxiliary is no subject."""
    at = phrase.first
    return phrase.kind == "noun" and at > first and tokens.kinds[at - 1] == "auxiliary" and is_past(tokens.words[at])


def _is_aside(tokens: Tokens, clause: Clause, first: int, at: int) -> bool:
    """``When X asked, Y nodded and said``: a report in the clause that opens a sentence, and a comma behind it."""
    return tokens.words[first].lower() in OPENERS and "comma" in tokens.kinds[clause.end : at]


def _of_infinitive(tokens: Tokens, at: int, first: int) -> Phrase | None:
    """``X has begun to call``, ``X, an envoy, rose to say``: the subject of the verb before "to"."""
    if tokens.kinds[at] not in ("word", "cue"):
        return None
    is_verb = tokens.words[at].endswith(("ed", "s", "un")) or is_past(tokens.words[at])
    at -= 1
    while at >= first and tokens.kinds[at] in _VERBAL:
        at -= 1
    if at >= first and tokens.kinds[at] == "comma":
        return before_apposition(tokens, at, first)
    phrase = ending_at(tokens, at, first) if at >= first and is_verb else None
    if phrase is None or phrase.kind == "noun" or tokens.words[phrase.last].endswith(GENITIVES):
        return None
    return head_of(tokens, phrase, first)


def _of_participle(tokens: Tokens, at: int, first: int, cue: int, before: Sequence[Clause]) -> Phrase | None:
    """``X welcomed the plan, saying``: behind a comma the subject of the sentence, else that of the clause."""
    if before and (_trails(tokens, before[-1], first) or _is_second(tokens, at, before[-1])):
        return before[-1].source
    where = _where(tokens, at, first)
    start = where if tokens.kinds[at] in ("comma", "quote") else clause_start(tokens, first, cue)
    leading = leading_subject(tokens, start, cue)
    if leading is not None and (leading.kind != "noun" or start == where > first):
        return leading
    return before[-1].source if before else _main(tokens, leading, first, cue)


def _main(tokens: Tokens, leading: Phrase | None, first: int, cue: int) -> Phrase | None:
    """``She has a plan that banks on calling``: a person or body that opens the sentence, before a thing."""
    opening = leading_subject(tokens, first, cue)
    return opening if opening and opening.kind != "noun" else leading or opening


def _where(tokens: Tokens, comma: int, first: int) -> int:
    """``X spoke near a hall where guests had gathered, chanting``: the guests chant."""
    before = next((at for at in range(comma - 1, first, -1) if tokens.kinds[at] == "comma"), first)
    return next((at + 1 for at in range(comma - 1, before, -1) if tokens.words[at] == "where"), first)


def _trails(tokens: Tokens, clause: Clause, first: int) -> bool:
    """``..., X said``: a clause behind a comma or a quotation, whose source goes on speaking."""
    return clause.begin > first and tokens.kinds[clause.begin - 1] in ("comma", "quote")


def _is_second(tokens: Tokens, at: int, clause: Clause) -> bool:
    """``calling it "X" and accusing them``: the second of two participles."""
    return tokens.kinds[at] == "conjunction" and tokens.words[clause.first].endswith("ing")


def _helps(tokens: Tokens, at: int) -> bool:
    """The small word of "on Tuesday" and "this week", and what stands inside "has long said"."""
    kinds = tokens.kinds
    is_dated = kinds[at] in ("determiner", "preposition") and kinds[at + 1] == "time"
    return is_dated or (kinds[at] == "word" and tokens.words[at - 1] in _HAVING and kinds[at + 1] == "cue")


def _is_object(tokens: Tokens, phrase: Phrase) -> bool:
    """A phrase after a verb of its own is what that verb acts on, so that the cue behind it has another subject."""
    return phrase.kind == "pronoun" and tokens.words[phrase.last].lower() in OBJECTS
