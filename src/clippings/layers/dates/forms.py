"""Weekdays, written and numeric days, and months: one function a form, called where a word of it was found."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from clippings.layers.dates import periods
from clippings.layers.dates.page import Page
from clippings.layers.dates.tense import names_event
from clippings.layers.dates.words import (
    ARTICLES,
    DOUBTFUL_MONTHS,
    GENERIC,
    MONTH_LEADS,
    MONTHS,
    NAMERS,
    SHORT_MONTHS,
    STEPS,
    VERB_FOLLOWERS,
)
from clippings.model import DateRef

GAP = r"(?:[^\S\r\n]{1,2}|[^\S\r\n]?\r?\n)"
YEAR = r"(?:19|20)\d\d(?!\d)"
_TH = r"(?:st|nd|rd|th)?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_DASH = r"[^\S\r\n]?[-–—][^\S\r\n]?"
_TO = rf"(?:{_DASH}|{GAP}(?:to|through|until){GAP})"
_NO_COUNT = rf"(?![\d:%]|[.,]\d|/\d|-[A-Za-z]|{GAP}(?:per|percent|million|billion|thousand)\b)"
_NAME = "|".join([*MONTHS, *(rf"{name}\b\.?" for name in sorted(SHORT_MONTHS, reverse=True))])
_DAYS_AFTER = (
    rf"{GAP}?(?:the{GAP})?(?P<day>{_DAY}){_TH}{_NO_COUNT}"
    rf"(?:{_TO}(?P<to>{_DAY}){_TH}{_NO_COUNT}|{GAP}and{GAP}(?P<and>{_DAY}){_TH}(?=\s?[,.;)]))?"
    rf"(?:[^\S\r\n]?,?{GAP}(?:of{GAP})?(?P<year>{YEAR}))?"
)
_AFTER_MONTH = re.compile(_DAYS_AFTER)
_BEFORE_MONTH = re.compile(
    rf"(?<![\d.,:/$€£-])(?:(?<=[Bb]etween\s)(?P<between>{_DAY}){_TH}{GAP}and{GAP}|(?P<from>{_DAY}){_TH}{_TO})?"
    rf"(?P<day>{_DAY}){_TH}{GAP}(?:of{GAP})?\Z"
)
# What a figure, "the", "of", "that", "last", "this" or "next" begins with, and a year cut short.
_MORE_AFTER = re.compile(r",?\s{0,3}[\dotln'’]")
_FIGURE = re.compile("[0-9]")
_YEAR_AFTER = re.compile(rf",?{GAP}(?:of{GAP})?(?P<year>{YEAR})(?!-\d\d-)|{GAP}['’](?P<short>\d\d)\b")
_COMMA_YEAR = re.compile(rf"[^\S\r\n]?,?{GAP}(?:of{GAP})?(?P<year>{YEAR})")
_NAMED_YEAR = re.compile(rf"{GAP}(?:of{GAP})?(?P<which>that|the{GAP}same|last|this|next){GAP}year\b")
_AFTER_WEEKDAY = re.compile(
    rf"\.?,?{GAP}(?:the{GAP})?(?:(?P<month>{_NAME}){_DAYS_AFTER}"
    rf"|(?P<d_day>{_DAY}){_TH}{GAP}(?:of{GAP})?(?P<d_month>{_NAME})(?:,?{GAP}(?P<d_year>{YEAR}))?)"
)
_HABIT = re.compile(rf"{GAP}(?:mornings|afternoons|evenings|nights)\b")
_THE_DAY = re.compile(rf"[\s-]the[\s-](?P<day>{_DAY})(?:st|nd|rd|th)\b")
_OF_WEEK = re.compile(rf"{GAP}of{GAP}(?P<which>last|this|next){GAP}week\b")
_NEXT_MONTH = re.compile(rf"(?:{_DASH}|{GAP}(?:to|and|or|through|until){GAP}|,{GAP})(?:{_NAME})")
_NUMERIC = re.compile(r"(?P<a>\d\d?)(?P<mark>[/.-])(?P<b>\d\d?)(?P=mark)(?P<year>\d{4}|\d\d)(?![\w/-]|\.\d)")
_NEXT_WORD = re.compile(rf"{GAP}(?P<word>[\w'’-]+)")

NUMBERS = {name.lower(): number for name, number in (MONTHS | SHORT_MONTHS).items()}
# How far the nearest year may contradict the tense before the tense is believed.
_FAR_BACK, _FAR_AHEAD = -60, 90
_MONTHS_BACK, _MONTHS_AHEAD = -3, 3
AHEAD_RULES = ("weekday ahead", "next weekday", "coming weekday")
_PIVOT = 69
_WEEK = 7


class Month(NamedTuple):
    """A month as printed: its number and what its form leaves in doubt."""

    number: int
    is_short: bool = False
    is_doubtful: bool = False
    is_capitals: bool = False


def months() -> dict[str, Month]:
    """Every printed name of a month.

    >>> months()["Sept"].number, months()["MAY"].is_doubtful
    (9, True)
    """
    named = {name: Month(number, name in SHORT_MONTHS, name in DOUBTFUL_MONTHS) for name, number in MONTHS.items()}
    named |= {name: Month(number, is_short=True) for name, number in SHORT_MONTHS.items()}
    return named | {name.upper(): month._replace(is_capitals=True) for name, month in named.items()}


# Weekdays


def weekday(page: Page, start: int, end: int, number: int) -> DateRef | None:
    """A weekday, alone or at the head of a written date."""
    full = weekday_and_date(page, start, end)
    if full:
        return full
    which = page.word_before(start)
    goes_on = not page.text.startswith((",", ".", ";"), end)
    if which in GENERIC or (goes_on and _HABIT.match(page.text, end)):
        return None
    if (which == "following" and page.words_before(start)[-2:-1] == ["the"]) or (which in STEPS and which != "current"):
        if page.text.startswith(" of ", end):
            return None
        start = page.start_of_word_before(start)
    else:
        which = ""
    if not page.day:
        return page.unknown(start, end, "day", "weekday without a page day")
    the_day = _THE_DAY.match(page.text, end) if goes_on else None
    if the_day:
        return _weekday_the_day(page, start, the_day, number)
    of_week = _OF_WEEK.match(page.text, end) if goes_on else None
    if of_week:
        week = periods.unit("week", page.day, STEPS[of_week["which"]])
        return page.ref(start, of_week.end(), periods.day(_on(week.first, number)), "weekday of a week", rests=True)
    day, rule = _weekday(page, page.day, (start, end), number, which)
    return page.ref(start, end, periods.day(day), rule, rests=True)


def weekday_and_date(page: Page, start: int, end: int, _: int = 0) -> DateRef | None:
    """A written date behind its weekday; an abbreviated weekday is read only so."""
    found = _AFTER_WEEKDAY.match(page.text, end)
    if not found:
        return None
    if found["month"]:
        days = (found["day"], found["to"] or found["and"])
        return _written(page, (start, found.end()), found["month"], days, found["year"])
    return _written(page, (start, found.end()), found["d_month"], (found["d_day"], None), found["d_year"])


def _weekday(
    page: Page, anchor: datetime.date, span: tuple[int, int], number: int, which: str
) -> tuple[datetime.date, str]:
    back, ahead = (anchor.weekday() - number) % _WEEK, (number - anchor.weekday()) % _WEEK
    if which in ("last", "past", "previous"):
        # Nobody calls yesterday "last Monday".
        back += _WEEK if back == 0 or (back == 1 and which == "last") else 0
        return _on(anchor, -back), f"{which} weekday"
    if which == "next":
        is_this_week = 0 < ahead < _WEEK - anchor.weekday()
        return _on(anchor, (ahead or _WEEK) + (_WEEK if is_this_week else 0)), "next weekday"
    if which == "following":
        named = page.before(span[0], ("day",))
        day = datetime.date.fromisoformat(named.first) if named and named.first else anchor
        return _on(day, (number - day.weekday()) % _WEEK or _WEEK), "following weekday"
    if which == "coming":
        return _on(anchor, ahead or _WEEK), "coming weekday"
    joined = page.joined(span[0])
    if joined and joined.first and joined.rule in AHEAD_RULES:
        day = datetime.date.fromisoformat(joined.first)
        return _on(day, (number - day.weekday()) % _WEEK or _WEEK), "weekday ahead"
    tense = page.direction(*span) or ("ahead" if which == "this" else "back")
    if joined and joined.rule == "latest weekday":
        tense = "back"
    if tense == "ahead":
        return _on(anchor, ahead), "weekday ahead"
    return _on(anchor, -back), "latest weekday"


def _weekday_the_day(page: Page, start: int, found: re.Match[str], number: int) -> DateRef:
    """Read "Friday the 13th": the latest day that is both, or the next one where the tense says so."""
    anchor = page.day or datetime.date.min
    ahead = page.direction(start, found.end()) == "ahead"
    near = (_on(anchor, step if ahead else -step) for step in range(1, 800))
    day = next((day for day in near if day.day == int(found["day"]) and day.weekday() == number), None)
    if not day:
        return page.unknown(start, found.end(), "day", "impossible day")
    return page.ref(start, found.end(), periods.day(day), "weekday and day of the month", rests=True)


def _on(day: datetime.date, days: int) -> datetime.date:
    return day + datetime.timedelta(days=days)


def relative_day(page: Page, start: int, end: int, step: int) -> DateRef:
    """Yesterday, today, tomorrow."""
    rule = page.text[start:end].lower()
    if not page.day:
        return page.unknown(start, end, "day", rule)
    return page.ref(start, end, periods.day(_on(page.day, step)), rule, rests=True)


# Days and months


def month(page: Page, start: int, end: int, name: Month) -> DateRef | None:
    """A month with its days, with a year, or alone."""
    text = page.text
    after = end + (name.is_short and text.startswith(".", end))
    before = _days_before(page, start)
    if before:
        year = _COMMA_YEAR.match(text, after)
        first = before["from"] or before["between"]
        days = (first, before["day"]) if first else (before["day"], None)
        span = (before.start(), year.end() if year else after)
        return _written(page, span, text[start:end], days, year and year["year"])
    if _MORE_AFTER.match(text, after):
        found = _AFTER_MONTH.match(text, after)
        if found:
            days = (found["day"], found["to"] or found["and"])
            return _written(page, (start, found.end()), text[start:end], days, found["year"])
        of_year = _month_of_year(page, start, after, name)
        if of_year:
            return of_year
    return _bare_month(page, start, after, name)


def _days_before(page: Page, start: int) -> re.Match[str] | None:
    text = page.text
    near = text[max(start - 4, page.read_to) : start].rstrip()
    if not near or not (near[-1].isdigit() or near.endswith(("st", "nd", "rd", "th", "of"))):
        return None
    figure = _FIGURE.search(text, max(page.read_to, start - 30), start)
    return _BEFORE_MONTH.search(text, figure.start(), start) if figure else None


def _written(page: Page, span: tuple[int, int], name: str, days: tuple[str, str | None], year: str | None) -> DateRef:
    """Days of a month, of the year printed or of the nearest."""
    number, first, last = NUMBERS[name.rstrip(".").lower()], int(days[0]), int(days[1] or days[0])
    if year:
        day, rule = periods.calendar_day(int(year), number, first), "written date"
    elif not page.around:
        return page.unknown(*span, "day", "day and month without a year")
    else:
        day, rule = _nearest(page, span, number, first)
    end = periods.calendar_day(day.year, number, last) if day else None
    if not day or not end or end < day:
        return page.unknown(*span, "day", "impossible day")
    return page.ref(*span, periods.days(day, end), rule, rests=not year)


def _nearest(page: Page, span: tuple[int, int], month: int, number: int) -> tuple[datetime.date | None, str]:
    day = page.nearest(month, number)
    if not day or not page.around:
        return None, ""
    off = (day - page.around).days
    is_since = off > 0 and page.word_before(span[0]) == "since"
    tense = page.direction(*span) if off < _FAR_BACK or off > _FAR_AHEAD else None
    if tense == "back" and names_event(page.text, span[1]):
        tense = None
    if tense == "ahead" and off < _FAR_BACK:
        return periods.calendar_day(day.year + 1, month, number) or day, "day and month ahead"
    if is_since or (tense == "back" and off > _FAR_AHEAD):
        return periods.calendar_day(day.year - 1, month, number) or day, "day and month gone by"
    return day, "day and month in the nearest year"


def _month_of_year(page: Page, start: int, end: int, name: Month) -> DateRef | None:
    found = _YEAR_AFTER.match(page.text, end)
    if found:
        year = int(found["year"]) if found["year"] else full_year(found["short"])
        return page.ref(start, found.end(), periods.month(year, name.number), "month and year")
    found = _NAMED_YEAR.match(page.text, end)
    if not found:
        return None
    which = found["which"]
    if which in STEPS:
        if not page.around:
            return page.unknown(start, found.end(), "month", f"month of {which} year")
        period = periods.month(page.around.year + STEPS[which], name.number)
        return page.ref(start, found.end(), period, f"month of {which} year", rests=True)
    named = page.before(start, ("day", "month", "quarter", "season", "year"))
    if not named or not named.first:
        return page.unknown(start, found.end(), "month", "month of a year named before")
    period = periods.month(int(named.first[:4]), name.number)
    return page.ref(start, found.end(), period, "month of the year named before")


def _bare_month(page: Page, start: int, end: int, name: Month) -> DateRef | None:
    which = page.word_before(start)
    if not _is_month(page, start, end, name, which):
        return None
    around = page.around
    if which in ("last", "next"):
        start = page.start_of_word_before(start)
    if not around:
        return page.unknown(start, end, "month", "month without a year")
    off = (name.number - around.month + 5) % 12 - 5
    rule = "month in the nearest year"
    if which in ("last", "next"):
        off = (name.number - around.month) % 12 or 12
        off, rule = (off - 12 or -12 if which == "last" else off), f"{which} month of that name"
    elif which == "this":
        off, rule = name.number - around.month, "month of this year"
    elif off <= _MONTHS_BACK or off >= _MONTHS_AHEAD or (which == "since" and off > 0):
        tense = page.direction(start, end)
        if tense == "ahead" and off <= _MONTHS_BACK:
            off, rule = off + 12, "month ahead"
        elif tense == "back" and off > 0 and not names_event(page.text, end):
            off, rule = off - 12, "month gone by"
    return page.ref(start, end, periods.month(around.year, around.month + off), rule, rests=True)


def _is_month(page: Page, start: int, end: int, name: Month, lead: str) -> bool:
    """Tell a month from a name, a verb or a cut word."""
    if name.is_short:
        return lead in MONTH_LEADS
    if not name.is_doubtful:
        return True
    text = page.text
    if name.is_capitals:
        return False
    if _NEXT_MONTH.match(text, end) or (text.startswith(" (", end) and text.startswith(", ", start - 2)):
        return True
    last = page.found[-1] if page.found else None
    if last and last.precision == "month" and text[last.end : start].strip() in ("-", "–", "—", "to", "and", "or", ","):
        return True
    following = _NEXT_WORD.match(text, end)
    word = following["word"] if following else ""
    if lead in MONTH_LEADS or text[start - 4 : start].lower() == "mid-":
        return not (lead in NAMERS and word[:1].isupper())
    return (lead in ARTICLES or lead.endswith(("'s", "’s"))) and word[:1].islower() and word not in VERB_FOLLOWERS


def full_year(short: str) -> int:
    """The year that two figures stand for.

    >>> full_year("05"), full_year("89")
    (2005, 1989)
    """
    return int(short) + (2000 if int(short) < _PIVOT else 1900)


def numeric(page: Page, start: int) -> DateRef | None:
    """A day in figures that begins at ``start``; day first unless only month first is possible."""
    found = _NUMERIC.match(page.text, start)
    if not found or (start and page.text[start - 1] in "./-_=&?0123456789"):
        return None
    year = int(found["year"]) if len(found["year"]) == 4 else full_year(found["year"])
    a, b = int(found["a"]), int(found["b"])
    day, rule = periods.calendar_day(year, b, a), "numeric date"
    if not day and b > 12 >= a:
        day, rule = periods.calendar_day(year, a, b), "numeric date, month first (day first is impossible)"
    if not day:
        return page.unknown(start, found.end(), "day", "impossible day")
    return page.ref(start, found.end(), periods.day(day), rule)
