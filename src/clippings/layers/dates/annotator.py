"""Dated expressions of the body, resolved against the clipping's day.

One pass over the text finds the words that dates are made of; what stands there is then read with small patterns.
Everything open is resolved against the page's day, or the day of the dateline above it. A bare weekday is the latest
such day not after that day, unless the tense around it says that it lies ahead; a month and day without a year is
that day in the nearest year, unless the tense says otherwise. (In TimeBank 269 of 297 bare weekdays look back, and
the nearest year is right for 135 of 144 days.)
"""

from __future__ import annotations

import datetime
import functools
import itertools
import re
import string
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import ahocorasick_rs

from clippings.evidence import DateRef
from clippings.layers.dates import figures, forms, periods, units, weekdays
from clippings.layers.dates.page import Page
from clippings.layers.dates.words import (
    COUNTED_UNITS,
    KNOWN_DAYS,
    MOVED,
    NAMED_BEFORE,
    NOT_DATES,
    NUMBERS,
    ORDINALS,
    RELATIVE_DAYS,
    ROMAN_MONTHS,
    SEASONS,
    SHORT_WEEKDAYS,
    STEPS,
    UNITS,
    WEEKDAYS,
)
from clippings.model import Clipping, Span
from clippings.page.printed_dates import calendar_day
from clippings.text import scanning

_RANGE = re.compile(r"\s?(?:--|[-–—])\s?|,?\s(?:to|through|until|till)\s")
_AND = re.compile(r"\sand\s")
_MOVED = re.compile(rf"\b(?:{'|'.join(sorted(MOVED))}|brought)\b")
_WEEK = datetime.timedelta(days=7)
_CENTURIES = ("19", "20")
_ANCHORED_YEAR = frozenset(
    f"{what} {which}" for what in ("day and month", "month") for which in ("in the nearest year", "ahead", "gone by")
)


class Trigger(NamedTuple):
    """How to read what stands at a word; ``bounded`` asks for whole words."""

    read: Callable[[Page, int, int, Any], DateRef | None]
    form: Any = None
    bounded: bool = True


def annotate(clipping: Clipping, sentences: Sequence[Span]) -> tuple[DateRef, ...]:
    r"""Return the dated expressions of the body, sorted by position; a range is one of them.

    Args:
        clipping: its date, where precise to the day, anchors what the text leaves open; without one (and without a
            dateline that tells the day) such expressions have no ``iso``.
        sentences: the sentences of the body; tense is read in them.

    >>> from clippings import parse
    >>> from clippings.text import sentences
    >>> clipping = parse("DATE:\n\n02/11/2007\n\nThey met on Tuesday and will meet again from May 5 to 9.")[0]
    >>> [(date.iso, date.last) for date in annotate(clipping, sentences.annotate(clipping))]
    [('2007-10-30', '2007-10-30'), ('2008-05-05/2008-05-09', '2008-05-09')]
    """
    page = Page(clipping, sentences)
    words, offset = clipping.body.of(clipping.text), clipping.body.start
    automaton, triggers = _automaton()
    for index, left, right in scanning.hits(automaton, words):
        trigger, start = triggers[index], offset + left
        if not trigger or start < page.read_to:
            continue
        read, form, bounded = trigger
        if bounded and (words[right : right + 1].isalnum() or (left and words[left - 1].isalnum())):
            continue
        ref = read(page, start, offset + right, form)
        if ref:
            _add(page, ref)
    return tuple(page.found)


def _add(page: Page, ref: DateRef) -> None:
    """Keep an expression, as the end of a range where it is one."""
    page.read_to = ref.end
    last = page.found[-1] if page.found else None
    merged = _merged(page, last, ref) if last else None
    if merged:
        page.found[-1] = merged
        return
    page.found.append(ref)
    if ref.precision == "day":
        page.settle(ref)


def _merged(page: Page, last: DateRef, ref: DateRef) -> DateRef | None:
    if last.precision != ref.precision or not last.first or not ref.last or not _is_range(page, last, ref):
        return None
    first = datetime.date.fromisoformat(last.first)
    until = datetime.date.fromisoformat(ref.last)
    if last.rule in _ANCHORED_YEAR and not ref.anchor:
        dated = _with_year(first, until)
        if not dated:
            page.found[-1] = page.unknown(last.start, last.end, last.precision, "impossible day")
            return None
        first = dated
    if first > until and "weekday" in ref.rule:
        until += _WEEK
    if first > until:
        return None
    iso = periods.days(first, until).iso
    if last.precision == "month":
        iso = f"{first:%Y-%m}/{until:%Y-%m}"
    elif last.precision != "day":
        iso = f"{str(last.iso).partition('/')[0]}/{str(ref.iso).rpartition('/')[2]}"
    return DateRef(last.start, ref.end, iso, last.precision, "range", first.isoformat(), until.isoformat(), last.anchor)


def _is_range(page: Page, last: DateRef, ref: DateRef) -> bool:
    """Tell "June 28 - July 2" from "moved from Monday to Tuesday" and "today to Friday's drop"."""
    text = page.text
    if _RANGE.fullmatch(text, last.end, ref.start):
        if text.startswith(("'s", "’s"), ref.end) or (last.rule in RELATIVE_DAYS) != (ref.rule in RELATIVE_DAYS):
            return False
        return not _MOVED.search(text, max(page.start, last.start - 60), last.start)
    return bool(_AND.fullmatch(text, last.end, ref.start)) and page.word_before(last.start) == "between"


def _with_year(first: datetime.date, until: datetime.date) -> datetime.date | None:
    """The first day of a range that prints its year only at the end, None where that year has no such day."""
    year = until.year if (first.month, first.day) <= (until.month, until.day) else until.year - 1
    return calendar_day(year, first.month, first.day)


def _triggers() -> dict[str, Trigger | None]:
    """Every string that may begin or belong to a date, with how to read it; None hides what it covers."""
    table: dict[str, Trigger | None] = {}
    for name, number in WEEKDAYS.items():
        for printed in (name, name.upper(), name.lower()):
            table[printed] = Trigger(weekdays.weekday, number)
    table |= {name + mark: Trigger(weekdays.short_weekday, bounded=False) for name in SHORT_WEEKDAYS for mark in " ,."}
    months = forms.months()
    table |= {name: Trigger(forms.month, month) for name, month in months.items()}
    glued = ((name + century, month) for name, month in months.items() for century in _CENTURIES)
    table |= {name: Trigger(forms.glued, month, bounded=False) for name, month in glued}
    table |= _phrases({name: Trigger(weekdays.relative_day, step) for name, step in RELATIVE_DAYS.items()})
    table |= _phrases({f"{which} {unit}": Trigger(units.unit, (which, unit)) for which in STEPS for unit in UNITS})
    beside = ((which, name, index) for which in STEPS for name, index in SEASONS.items())
    table |= _phrases(
        {f"{which} {name}": Trigger(units.season_beside, (which, index)) for which, name, index in beside}
    )
    table |= _phrases({name: Trigger(units.season, index) for name, index in SEASONS.items()})
    table |= _phrases({name: Trigger(units.named_before, form) for name, form in NAMED_BEFORE.items()})
    for name in COUNTED_UNITS:
        for where in ("ago", "earlier", "later"):
            table |= _phrases({f"{n} {where}": Trigger(units.ago, (name, where)) for n in (name, f"{name}s")})
    for number_word, number in NUMBERS.items():
        phrases = {f"in {number_word} {name}{'s' * (number > 1)}": (name, number) for name in COUNTED_UNITS}
        table |= _phrases({phrase: Trigger(units.within, form) for phrase, form in phrases.items()})
    for name, number in ORDINALS.items():
        table |= _phrases({f"{name} quarter": Trigger(units.quarter, number)})
        table |= {f"{name}-quarter": Trigger(units.quarter, number), f"Q{number}": Trigger(units.quarter, number)}
    table |= {century: Trigger(units.year, 0, bounded=False) for century in _CENTURIES}
    short = (f"{mark}{figure}" for mark in "'’" for figure in string.digits)
    table |= {mark: Trigger(units.short_year, 0, bounded=False) for mark in short}
    marked = [f"{mark}{figure}" for mark in "/.-" for figure in string.digits]
    marked += [f"{mark}{roman}{mark}" for mark in "/.-" for roman in ROMAN_MONTHS]
    table |= {mark: Trigger(figures.day, 0, bounded=False) for mark in marked}
    for (month, number), meant in KNOWN_DAYS.items():
        trigger = Trigger(figures.known, meant, bounded=False)
        table |= {f"{month}/{number}": trigger, f"-{month}/{number}": trigger}
    return table | _phrases(dict.fromkeys(NOT_DATES))


def _phrases(table: dict[str, Any]) -> dict[str, Any]:
    """Phrases also with a capital, and with a line break for any blank."""
    cased = {form: value for name, value in table.items() for form in (name, name[0].upper() + name[1:])}
    return {
        "".join(itertools.chain(*zip(name.split(" "), (*gaps, ""), strict=True))): value
        for name, value in cased.items()
        for gaps in itertools.product((" ", "\n", "\r\n"), repeat=name.count(" "))
    }


@functools.cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[Trigger | None]]:
    """The triggers, and what finds their strings: a deterministic automaton, which is twice as fast as any other."""
    table = _triggers()
    found = ahocorasick_rs.AhoCorasick(
        list(table),
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.DFA,
    )
    return found, list(table.values())
