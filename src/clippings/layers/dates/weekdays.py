"""Weekdays and relative days: one function a form, called where a word of it was found."""

from __future__ import annotations

import datetime
import re

from clippings.evidence import DateRef
from clippings.layers.dates import forms, periods
from clippings.layers.dates.forms import DAY, DAYS_AFTER, GAP, NAME, TH, YEAR, YEAR_GAP
from clippings.layers.dates.page import Page
from clippings.layers.dates.words import GENERIC, STEPS

_AFTER_WEEKDAY = re.compile(
    rf"\.?,?{GAP}(?:the{GAP})?(?:(?P<month>{NAME}){DAYS_AFTER}"
    rf"|(?P<d_day>{DAY}){TH}{GAP}(?:of{GAP})?(?P<d_month>{NAME})(?:{YEAR_GAP}(?P<d_year>{YEAR}))?)"
)
_HABIT = re.compile(rf"{GAP}(?:mornings|afternoons|evenings|nights)\b")
_THE_DAY = re.compile(rf"[\s-]the[\s-](?P<day>{DAY})(?:st|nd|rd|th)\b")
_OF_WEEK = re.compile(rf"{GAP}of{GAP}(?P<which>last|this|next){GAP}week\b")
_AHEAD_RULES = ("weekday ahead", "next weekday", "coming weekday")
_WEEK = 7


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
        return _weekday_the_day(page, page.day, start, the_day, number)
    of_week = _OF_WEEK.match(page.text, end) if goes_on else None
    if of_week:
        week = periods.unit("week", page.day, STEPS[of_week["which"]])
        return page.ref(start, of_week.end(), periods.day(_on(week.first, number)), "weekday of a week", rests=True)
    day, rule = _weekday(page, page.day, (start, end), number, which)
    return page.ref(start, end, periods.day(day), rule, rests=True)


def weekday_and_date(page: Page, start: int, end: int) -> DateRef | None:
    """A written date behind its weekday; an abbreviated weekday is read only so."""
    found = _AFTER_WEEKDAY.match(page.text, end)
    if not found:
        return None
    if found["month"]:
        return forms.month_first(page, start, found["month"], found)
    days = (found["d_day"], None)
    return forms.written(page, (start, found.end()), found["d_month"], days, int(found["d_year"] or 0) or None)


def short_weekday(page: Page, start: int, end: int, _: int) -> DateRef | None:
    """A written date behind an abbreviated weekday and its mark."""
    return weekday_and_date(page, start, end - 1)


def _weekday(
    page: Page, anchor: datetime.date, span: tuple[int, int], number: int, which: str
) -> tuple[datetime.date, str]:
    back, ahead = (anchor.weekday() - number) % _WEEK, (number - anchor.weekday()) % _WEEK
    if which in ("last", "past", "previous"):
        # Nobody calls yesterday "last Monday".
        back += _WEEK if back == 0 or (back == 1 and which == "last") else 0
        return _on(anchor, -back), f"{which} weekday"
    if which == "next":
        return _on(anchor, _WEEK - anchor.weekday() + number), "next weekday"
    if which == "following":
        day = page.before(span[0], ("day",)) or anchor
        return _on(day, (number - day.weekday()) % _WEEK or _WEEK), "following weekday"
    if which == "coming":
        return _on(anchor, ahead or _WEEK), "coming weekday"
    joined = page.joined(span[0])
    if joined and joined.first and joined.rule in _AHEAD_RULES:
        day = datetime.date.fromisoformat(joined.first)
        return _on(day, (number - day.weekday()) % _WEEK or _WEEK), "weekday ahead"
    tense = page.direction(*span) or ("ahead" if which == "this" else "back")
    if joined and joined.rule == "latest weekday":
        tense = "back"
    if tense == "ahead":
        return _on(anchor, ahead), "weekday ahead"
    return _on(anchor, -back), "latest weekday"


def _weekday_the_day(page: Page, anchor: datetime.date, start: int, found: re.Match[str], number: int) -> DateRef:
    """Read "Friday the 13th": the latest day that is both, or the next one where the tense says so."""
    ahead = page.direction(start, found.end()) == "ahead"
    near = (_on(anchor, step if ahead else -step) for step in range(800))
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
