"""Reported speech without marks: ``Serdyukov said Russia would supply weapons``, ``..., the ministry said``.

Taken are clauses with a verb of saying whose words are no quotation; ``content`` is what is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clippings.model import Span
from clippings.text.grammar_words import SUPPOSING
from clippings.text.phrases import starting_at
from clippings.text.subjects import Clause
from clippings.text.tokens import Stream

_SAYING = frozenset({"say", "tell"})
_FEWEST = 3
_VERB = 16
_CLOSING = frozenset({"mark", "comma", "time", "preposition", "conjunction"})
_CLOSED = frozenset([")", "]", "%"])
_STOPS = frozenset({"comma", "mark", "quote"})
_PLAIN = frozenset(["said", "says", "say", "saying"])


class Reported(NamedTuple):
    """What is reported without marks, the words that name its source, the cue, and the rule that found them."""

    content: Span
    source: Span
    cue: Span
    rule: str


def find(stream: Stream, clauses: Sequence[Sequence[Clause]]) -> tuple[Reported, ...]:
    """Return the reports of a text in order; a sentence whose words are quoted in it is left to its quotation."""
    units = zip(stream.units, clauses, strict=True)
    return tuple(report for unit, found in units if found for report in _of_unit(stream, unit, found))


def _of_unit(stream: Stream, unit: tuple[int, int, int], found: Sequence[Clause]) -> Iterator[Reported]:
    first, end, _ = unit
    clauses = [clause for clause in found if _reports(stream, clause)]
    floor = first
    for at, clause in enumerate(clauses):
        if clause.first < floor:
            continue
        later = clauses[at + 1 :]
        if clause.rule == "according to":
            words = _according(stream, clause, floor, later, end)
        else:
            words = _content(stream, clause, floor, _limit(stream, clause, later, end), end)
        if words is None:
            continue
        begin, stop, rule = words
        if stop - begin < _FEWEST or "quote" in stream.kinds[begin:stop]:
            continue
        yield Reported(
            stream.span(begin, stop - 1),
            clause.source.source,
            stream.span(clause.first, clause.last),
            rule,
        )
        floor = max(stop, clause.end)


def _reports(stream: Stream, clause: Clause) -> bool:
    if clause.rule == "according to":
        return True
    form = " ".join(stream.words[clause.first : clause.last + 1])
    if clause.first and (stream.words[clause.first - 1] == "to" or stream.words[clause.first - 1] in SUPPOSING):
        return False
    return stream.lexicon.frames.get(form) in _SAYING and clause.rule in ("source, then cue", "inverted cue")


def _limit(stream: Stream, clause: Clause, later: Sequence[Clause], end: int) -> int:
    """Where the words of a report end: in front of ``and said``, ``, adding that`` or ``, according to``."""
    for other in later:
        before = other.first - 1
        while before > clause.last and stream.kinds[before] == "adverb":
            before -= 1
        if stream.kinds[before] in ("conjunction", "comma") and other.rule != "inverted cue":
            while before > clause.last and stream.kinds[before] in ("conjunction", "comma"):
                before -= 1
            return before + 1
        if other.rule == "source, then cue" and other.source.first > clause.end:
            before = _divided(stream, other.source.first - 1)
            if before > clause.end:
                return before
    return end


def _divided(stream: Stream, before: int) -> int:
    """The comma, dash or semicolon in front of another report, "but" and "and" stepped over; -1 where none stands."""
    while before > 0 and stream.kinds[before] in ("conjunction", "adverb", "title"):
        before -= 1
    return before if stream.kinds[before] in ("comma", "mark") and stream.words[before] not in _CLOSED else -1


def _content(stream: Stream, clause: Clause, floor: int, limit: int, end: int) -> tuple[int, int, str] | None:
    """First and last word of what is reported, and the rule."""
    after = _after(stream, clause, limit)
    trailing = _stop(stream, limit)
    if after is not None and trailing - after >= _FEWEST and _is_told(stream, clause, after, trailing):
        return after, trailing, "report behind the cue"
    if "quote" in stream.kinds[clause.last : end]:
        return None
    if not _ends_there(stream, clause, end):
        return None
    before = _opening(stream, clause, floor, "report before the cue")
    if before and clause.end + 1 < limit and stream.kinds[clause.end] == "comma":
        return before[0], trailing, "report around the cue"
    return before


def _according(
    stream: Stream, clause: Clause, floor: int, later: Sequence[Clause], end: int
) -> tuple[int, int, str] | None:
    """``According to X, CONTENT`` and ``CONTENT, according to X``."""
    comma = _closing_comma(stream, clause.end, end) if clause.first <= floor + 1 else None
    if comma is None:
        return _opening(stream, clause, floor, "according to, behind the report")
    later = [other for other in later if other.first > comma]
    return comma + 1, _stop(stream, _limit(stream, clause, later, end)), "according to"


def _closing_comma(stream: Stream, at: int, end: int) -> int | None:
    """The comma behind a source; what completes it is stepped over: "a source in the ministry, who asked for calm,"."""
    if at < end and stream.kinds[at] == "preposition":
        at = next((here for here in range(at, min(end, at + _VERB)) if stream.kinds[here] in _STOPS), end)
    if at + 1 < end and stream.kinds[at] == "comma" and stream.kinds[at + 1] == "relative":
        at = next((here for here in range(at + 1, min(end, at + _VERB)) if stream.kinds[here] in _STOPS), end)
    return at if at < end and stream.kinds[at] == "comma" else None


def _is_told(stream: Stream, clause: Clause, after: int, stop: int) -> bool:
    """A report has a verb: "denied any role" names a thing, "said Russia would" reports."""
    if stream.words[after - 1] == "that" or stream.words[clause.last] in _PLAIN:
        return True
    return "auxiliary" in stream.kinds[after : min(stop, after + _VERB)]


def _after(stream: Stream, clause: Clause, limit: int) -> int | None:
    """The first word behind a cue that belongs to the report: addressee, day and "that" are stepped over."""
    at = clause.end if clause.rule == "inverted cue" else clause.last + 1
    form = stream.words[clause.last]
    frame = stream.lexicon.frames.get(form)
    if frame == "tell":
        told = starting_at(stream, at, limit)
        if told is None:
            return None
        at = told.last + 1
        if at < limit and stream.words[at] == "that":
            return at + 1
        return (
            at
            if told.kind == "pronoun" and at < limit and stream.kinds[at] in ("determiner", "pronoun", "name")
            else _that(stream, at, limit)
        )
    that = _that(stream, at, min(limit, at + 8))
    if that is not None:
        return that
    while at < limit and stream.kinds[at] in ("time", "adverb"):
        at += 1
    if at < limit and (
        stream.kinds[at] in ("comma", "mark", "preposition") or stream.words[at : at + 2] == ["not", "to"]
    ):
        return None
    return at if clause.rule != "inverted cue" else None


def _that(stream: Stream, at: int, limit: int) -> int | None:
    for here in range(at, limit):
        if stream.words[here] == "that" and (here == at or _opens_report(stream, here, limit)):
            return here + 1
        if stream.kinds[here] in ("pronoun", "cue", "quote", "conjunction"):
            return None
    return None


def _opens_report(stream: Stream, that: int, limit: int) -> bool:
    """``said in Minsk that talks began``; behind "a film that showed" and "one that will" no subject stands."""
    if stream.kinds[that - 1] in ("preposition", "cue") or that + 1 >= limit:
        return False
    return stream.kinds[that + 1] not in ("auxiliary", "cue") and not stream.words[that + 1].endswith("ed")


def _opening(stream: Stream, clause: Clause, floor: int, rule: str) -> tuple[int, int, str] | None:
    """``CONTENT, X said``: the words in front of the comma that the clause stands behind; "Asked ..." tells nothing."""
    begin = min(clause.source.first, clause.first)
    while floor < begin and stream.kinds[floor] == "mark":
        floor += 1
    if stream.words[floor] == "Asked":
        return None
    if begin - 1 <= floor or stream.kinds[begin - 1] != "comma":
        if rule.startswith("according") and begin - floor >= _FEWEST:
            return floor, begin, rule
        return None
    return floor, begin - 1, rule


def _ends_there(stream: Stream, clause: Clause, end: int) -> bool:
    """``..., X said``, ``..., X told reporters on Monday``; a verb with an object of its own reports nothing."""
    at = clause.end
    if stream.lexicon.frames.get(stream.words[clause.last]) == "tell":
        told = starting_at(stream, at, end)
        at = told.last + 1 if told else at
    while at < end and stream.kinds[at] == "adverb":
        at += 1
    return at >= end or (stream.kinds[at] in _CLOSING and stream.words[at] != "to")


def _stop(stream: Stream, end: int) -> int:
    while end > 0 and stream.kinds[end - 1] in ("mark", "comma") and stream.words[end - 1] not in (")", "%"):
        end -= 1
    return end
