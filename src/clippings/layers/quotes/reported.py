"""Reported speech without marks: ``Serdyukov said Russia would supply weapons``, ``..., the ministry said``.

Taken are clauses with a verb of saying whose words are no quotation; ``content`` is what is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from clippings.layers.quotes import report_starts, speech_acts
from clippings.layers.quotes.appositions import closing_comma
from clippings.layers.quotes.report_starts import CLOSING, OPENS_CLAUSE
from clippings.layers.quotes.sites import Rule
from clippings.layers.quotes.voices import DOCUMENTS
from clippings.model import Span
from clippings.text.clauses import CONTINUING
from clippings.text.grammar_words import BODIES, SUPPOSING
from clippings.text.phrases import FINITE, is_past, starting_at
from clippings.text.subjects import NOMINATIVE, SAYING, Clause
from clippings.text.tokens import Tokens

_HAVING = frozenset(["had", "has", "have"])
_FEWEST = 3
_ASIDE = frozenset({"relative", "conjunction"})
_VERB = 16
_INFINITE = frozenset(["be", "been", "being", "having"])
_SUBORDINATE = frozenset(["after", "because", "before", "until", "when", "where", "which", "while", "who"])
_ASKING = frozenset(["ask", "asked", "asking", "asks"])
_CLAUSAL = OPENS_CLAUSE | {"conjunction", "name", "contraction"}
_TITLE = frozenset({"name", "cap", "role", "title", "preposition", "determiner"})
_CLOSED = frozenset([")", "]", "%"])
_UNSAID = frozenset(["to", "not", "never"])
_DENIED = ("n't", "n’t")
_GOING_ON = (("goes", "on"), ("going", "on"), ("gone", "on"), ("went", "on"))
_FINDING = frozenset(["find", "finds", "found", "show", "showed", "shows"])
_SECONDS = (("and", "that"), ("but", "that"))
_PLAIN = frozenset(["said", "says", "say", "saying", "reported", "reports"])
_AUDIENCE = frozenset({"determiner", "name", "role", "title"})


class Reported(msgspec.Struct, frozen=True, gc=False):
    """What is reported without marks, the words that name its source, the cue, and the rule that found them."""

    content: Span
    source: Span
    cue: Span
    rule: Rule


def find(tokens: Tokens, clauses: Sequence[Sequence[Clause]]) -> tuple[Reported, ...]:
    """Return the reports of a text in order; a sentence whose words are quoted in it is left to its quotation."""
    units = zip(tokens.units, clauses, strict=True)
    return tuple(report for unit, found in units if found for report in _of_unit(tokens, unit, found))


def _of_unit(tokens: Tokens, unit: tuple[int, int, int], found: Sequence[Clause]) -> Iterator[Reported]:
    first, end, _ = unit
    clauses = [clause for clause in found if _reports(tokens, clause)]
    floor = first
    for at, clause in enumerate(clauses):
        later = clauses[at + 1 :]
        end = _second(tokens, clause, found, unit[1])
        if clause.first < floor or (later and _tells_of(tokens, clause, later[0], end)):
            continue
        if clause.shape == "according" and _relays(tokens, clause, later, end):
            continue
        words = _according(tokens, clause, floor, later, end) if clause.shape == "according" else None
        if clause.shape != "according":
            words = _content(tokens, clause, floor, _limit(tokens, clause, later, end), end)
        if words is None:
            continue
        cue = tokens.span(clause.first, clause.last)
        for begin, stop in _unquoted(tokens, *words[:2]):
            yield Reported(tokens.span(begin, stop - 1), clause.source.source, cue, words[2])
            floor = max(stop, clause.end)


def _unquoted(tokens: Tokens, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """What is reported without marks: all of it, or the parts of ``that A and that B`` in which nothing is quoted."""
    parts = [(begin, stop)]
    if "quote" in tokens.kinds[begin:stop]:
        seconds = [at for at in range(begin + 1, stop - 1) if tokens.words[at : at + 2] in _SECONDS]
        parts = [*zip([begin, *(at + 2 for at in seconds)], [*seconds, stop], strict=True)] if seconds else []
    for first, end in parts:
        end = _stop(tokens, end)
        if end - first >= _FEWEST and "quote" not in tokens.kinds[first:end]:
            yield first, end


def _second(tokens: Tokens, clause: Clause, found: Sequence[Clause], end: int) -> int:
    """Where the sentence goes on with another verb of the source: ``X said it was late, and praised the "..."``."""
    seconds = (other.first for other in found if other.first > clause.end and other.source == clause.source)
    return next((at - 2 for at in seconds if tokens.kinds[at - 2 : at] == ("comma", "conjunction")), end)


def _reports(tokens: Tokens, clause: Clause) -> bool:
    words, at = tokens.words, clause.first - 1
    before = words[at] if clause.first else ""
    is_unsaid = (
        before in SUPPOSING
        or before.endswith(_DENIED)
        or (before in _UNSAID and words[max(0, at - 2) : at] not in _GOING_ON)
    )
    is_said = clause.shape in ("source first", "cue first") and not is_unsaid
    says = (
        clause.frame in SAYING
        or speech_acts.act(tokens, clause) is not None
        or speech_acts.statement(tokens, clause) is not None
        or _says_that(tokens, clause)
        or _finds_that(tokens, clause)
    )
    return clause.shape == "according" or (is_said and says)


def _says_that(tokens: Tokens, clause: Clause) -> bool:
    """``threatened that it would``, ``accepted that the talks``; not ``accepted that offer``."""
    that = clause.last + 1
    is_clause = tokens.words[that : that + 1] == ("that",) and not _CLAUSAL.isdisjoint(
        tokens.kinds[that + 1 : that + 2]
    )
    return is_clause and clause.frame == "call"


def _finds_that(tokens: Tokens, clause: Clause) -> bool:
    """``The poll found that``, ``..., a study showed.``; what a person finds is a thought."""
    last, behind = tokens.words[clause.source.last], tokens.words[clause.last + 1 : clause.last + 2]
    noun = last.lower()
    is_paper = clause.source.kind == "noun" and not DOCUMENTS.isdisjoint({noun, noun.removesuffix("s")})
    is_paper = is_paper or (clause.source.kind == "name" and last in BODIES)
    is_trailing = behind in ((".",), ()) and tokens.kinds[clause.begin - 1] == "comma"
    return is_paper and tokens.words[clause.last] in _FINDING and (behind == ("that",) or is_trailing)


def _limit(tokens: Tokens, clause: Clause, later: Sequence[Clause], end: int) -> int:
    """Where the words of a report end: in front of ``and said``, ``, adding that`` or ``, according to``."""
    for other in later:
        before = other.first - 1
        while before > clause.last and tokens.kinds[before] == "adverb":
            before -= 1
        if tokens.kinds[before] in ("conjunction", "comma") and other.shape != "cue first":
            while before > clause.last and tokens.kinds[before] in ("conjunction", "comma"):
                before -= 1
            return before + 1
        if other.shape == "source first" and other.source.first > clause.end:
            before = _divided(tokens, other.source.first - 1)
            if before >= clause.end:
                return before
    return end


def _divided(tokens: Tokens, before: int) -> int:
    """The comma, dash or semicolon in front of another report, "but" and "and" stepped over; -1 where none stands."""
    while tokens.kinds[before] in ("conjunction", "adverb", "title"):
        before -= 1
    return before if tokens.kinds[before] in ("comma", "mark") and tokens.words[before] not in _CLOSED else -1


def _content(tokens: Tokens, clause: Clause, floor: int, limit: int, end: int) -> tuple[int, int, Rule] | None:
    """First and last word of what is reported, and the rule."""
    comma = _as_told(tokens, clause, floor, limit)
    if comma is not None:
        return comma + 1, _stop(tokens, limit), Rule.REPORT_BEHIND
    after = report_starts.after(tokens, clause, limit)
    trailing = _stop(tokens, limit)
    if after is not None and tokens.words[after - 1] == ":" and _stands_behind(tokens, clause, floor):
        after = None
    if after is not None and trailing - after >= _FEWEST and _is_told(tokens, clause, after, trailing):
        return after, trailing, Rule.REPORT_BEHIND
    if "quote" in tokens.kinds[clause.last : end] or tokens.kinds[clause.source.last] == "relative":
        return None
    if not _ends_there(tokens, clause, end):
        return None
    before = _opening(tokens, clause, floor, Rule.REPORT_BEFORE)
    if before and clause.end + 1 < limit and tokens.kinds[clause.end] == "comma":
        return before[0], trailing, Rule.REPORT_AROUND
    return None if before and _is_circumstance(tokens, *before[:2]) else before


def _as_told(tokens: Tokens, clause: Clause, floor: int, limit: int) -> int | None:
    """The comma of ``As the minister X informed, CONTENT``, ``As X reported earlier, CONTENT``; not ``As a rule,``."""
    kinds, source = tokens.kinds, clause.source.first
    at = next((here for here in range(clause.last + 1, limit) if kinds[here] not in ("adverb", "time")), limit)
    opens = tokens.words[floor].lower() == "as" and tokens.words[floor + 1] not in ("a", "an") and source > floor
    is_led = opens and clause.shape == "source first" and set(kinds[floor + 1 : source]) <= _TITLE
    return at if is_led and at < limit and kinds[at] == "comma" else None


def _stands_behind(tokens: Tokens, clause: Clause, floor: int) -> bool:
    """``The road is closed, friends say: an exception``: the report stands in front of the comma already."""
    before = _opening(tokens, clause, floor, Rule.REPORT_BEFORE)
    return before is not None and not _is_circumstance(tokens, *before[:2])


def _tells_of(tokens: Tokens, clause: Clause, inner: Clause, end: int) -> bool:
    """``Petrova said that Orlov had told Zhuk that ...``: the words are those of Orlov, whoever says so."""
    begin = report_starts.after(tokens, clause, end) if clause.is_report and inner.is_report else None
    if begin is None or not inner.source.first <= begin or tokens.starts[begin] > inner.source.source.start:
        return False
    is_named = inner.source.kind in ("name", "role") and tokens.words[inner.first - 1] in _HAVING
    after = report_starts.after(tokens, inner, end)
    return is_named and after is not None and tokens.words[after - 1] == "that"


def _relays(tokens: Tokens, clause: Clause, later: Sequence[Clause], end: int) -> bool:
    """``According to Interfax, Petrova said ...``: the words are hers; not ``..., Minsk has asked for a loan``."""
    if not later or not later[0].is_report or tokens.kinds[later[0].source.last] in ("word", "relative"):
        return False
    between = tokens.kinds[clause.end : later[0].source.first]
    is_next = "comma" in between and set(between) <= {"comma", "title", "role", "determiner", "name"}
    is_said = "quote" in tokens.kinds[clause.end : end]
    return is_next and (is_said or _content(tokens, later[0], later[0].begin, end, end) is not None)


def _according(
    tokens: Tokens, clause: Clause, floor: int, later: Sequence[Clause], end: int
) -> tuple[int, int, Rule] | None:
    """``According to X, CONTENT`` and ``CONTENT, according to X``."""
    comma = closing_comma(tokens, clause.end, end) if clause.first <= floor + 1 else None
    if comma is None:
        before = _opening(tokens, clause, floor, Rule.REPORT_ACCORDING)
        behind = closing_comma(tokens, clause.end, end)
        if before is None or behind is None or not _is_open(tokens, before[0], before[1]):
            return before
        return before[0], _stop(tokens, _limit(tokens, clause, later, end)), Rule.REPORT_AROUND
    later = [other for other in later if other.first > comma and other.source.first - 1 != comma]
    return comma + 1, _stop(tokens, _limit(tokens, clause, later, end)), Rule.ACCORDING


def _is_open(tokens: Tokens, first: int, end: int) -> bool:
    """``The road, according to X, is closed``: what stands in front waits for its verb, or for what that governs."""
    while end > first and tokens.kinds[end - 1] == "adverb":
        end -= 1
    has_verb = any(tokens.kinds[at] in FINITE or is_past(tokens.words[at]) for at in range(first, end))
    return not has_verb or tokens.kinds[end - 1] == "auxiliary"


def _is_told(tokens: Tokens, clause: Clause, after: int, stop: int) -> bool:
    """A report has a verb: "denied any role" names a thing, "said Russia would" reports."""
    if (
        tokens.words[after - 1] in ("that", ":")
        or tokens.words[clause.last] in _PLAIN
        or tokens.words[after] in NOMINATIVE
        or tokens.kinds[after] == "contraction"
        or speech_acts.act(tokens, clause) == after
    ):
        return True
    if tokens.words[clause.last] in CONTINUING:
        return False
    kinds = tokens.kinds
    end = next((at for at in range(after, stop) if kinds[at] == "comma" and kinds[at + 1] in _ASIDE), stop)
    end = next((at for at in range(after + 1, end) if tokens.words[at] in _SUBORDINATE), end)
    reach = range(after, min(end, after + _VERB))
    return any(kinds[at] == "auxiliary" and tokens.words[at] not in _INFINITE for at in reach)


def _opening(tokens: Tokens, clause: Clause, floor: int, rule: Rule) -> tuple[int, int, Rule] | None:
    """``CONTENT, X said``: the words in front of the comma that the clause stands behind; "Asked ..." tells nothing."""
    begin = _before_title(tokens, clause.begin, floor)
    while floor < begin and tokens.kinds[floor] == "mark":
        floor += 1
    opens = floor + 2 * (tokens.kinds[floor : floor + 2] == ("adverb", "comma"))
    if tokens.words[opens] in ("Asked", "asked"):
        return None
    if begin - 1 <= floor or tokens.kinds[begin - 1] != "comma":
        if rule is Rule.REPORT_ACCORDING and begin - floor >= _FEWEST:
            return floor, begin, rule
        return None
    return floor, begin - 1, rule


def _before_title(tokens: Tokens, begin: int, floor: int) -> int:
    """Step left over a long title: ``CONTENT, Chairman of the Board of the Bank X said``, ``port master X``."""
    at, is_long = begin, begin in tokens.breaks
    while at - 1 > floor and (_is_trade(tokens, at - 1) or (is_long and _is_in_title(tokens, at - 1))):
        at -= 1
    return at if tokens.kinds[at - 1] == "comma" else begin


def _is_in_title(tokens: Tokens, at: int) -> bool:
    return tokens.kinds[at] in _TITLE or tokens.words[at].lower() in ("and", "first")


def _is_trade(tokens: Tokens, at: int) -> bool:
    return tokens.kinds[at] == "word" and not is_past(tokens.words[at])


def _is_circumstance(tokens: Tokens, first: int, end: int) -> bool:
    """``In a rare move, X confirmed at talks``: a preposition or participle opens, and no verb follows."""
    if tokens.kinds[first] not in ("preposition", "participle") or "comma" in tokens.kinds[first:end]:
        return False
    verbs = (at for at in range(first, end) if tokens.kinds[at] in FINITE or is_past(tokens.words[at]))
    return all(tokens.words[at].endswith("ed") and tokens.kinds[at + 1] == "preposition" for at in verbs)


def _ends_there(tokens: Tokens, clause: Clause, end: int) -> bool:
    """``..., X said``, ``..., X told reporters on Monday``; not ``..., X asked for more``, which has its own object."""
    at = clause.end
    if clause.frame == "tell":
        told = starting_at(tokens, at, end)
        at = told.last + 1 if told else at
    while at < end and (tokens.kinds[at] == "adverb" or tokens.words[at] in ("late", "early")):
        at += 1
    if tokens.words[at : at + 1] == ("for",) and tokens.words[clause.last] in _ASKING:
        return False
    is_plain = tokens.words[clause.last] in _PLAIN
    is_object = at + 1 < end and not is_plain and tokens.words[at] in ("of", "to")
    is_object = is_object or (at + 1 < end and tokens.words[at] == "to" and tokens.kinds[at + 1] not in _AUDIENCE)
    return at >= end or (tokens.kinds[at] in CLOSING and not is_object)


def _stop(tokens: Tokens, end: int) -> int:
    while tokens.kinds[end - 1] in ("mark", "comma") and tokens.words[end - 1] not in _CLOSED:
        end -= 1
    return end
