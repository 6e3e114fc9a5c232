"""Dates as pages print them: in figures, ISO 8601, and the written forms of the English-language press."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from typing import NamedTuple

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_ZONE = r"\(?(?:[A-Z]{1,4}(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}|(?:local|moscow) time)\)?"
_TIME = (
    rf"(?:\d{{1,2}}[:.]\d{{2}}(?::\d{{2}}(?:\.\d{{1,6}})?)? ?(?:[ap]\.?m\.?)?(?: ?{_ZONE})?"
    rf"|\d{{1,2}} ?[ap]\.?m\.?(?: {_ZONE})?|\d{{4}} ?(?:GMT|UTC|hrs))"
)
_BEFORE = (
    r"[(\[]?(?:(?:page )?(?:last |first )?(?:created|dated|issued|modified|posted|published|released|updated)"
    r"(?: on| at|:)?:? )?"
    rf"(?:{_TIME},? )?(?:{_DAYS}\.?,? )?(?:the )?"
)
_BEHIND = rf"(?:,? \(?{_DAYS}\)?)?(?:(?:,| at| -| \||T)? ?{_TIME}(?: {_TIME})?)?[)\]]?(?: ?(?:--|[.–—-]))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_CORES = (
    r"(?P<day>\d{1,2})(?:[/-]|\. ?)(?P<month>\d{1,2})(?:[/-]|\. ?)(?P<year>\d{4}|\d{2}(?!\d))",
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    rf"{_MONTH}[ -]?{_DAY}(?:, {_TIME})?(?:,? |,|-)(?P<year>\d{{4}})",
    rf"{_DAY}(?:[ -]| of ){_MONTH}(?:,? |,|-)(?P<year>\d{{4}}|['’]?\d{{2}}(?!\d))",
    rf"(?P<year>\d{{4}}),? {_MONTH} {_DAY}",
)
_FORMS = tuple(re.compile(f"{_BEFORE}{core}{_BEHIND}$", re.IGNORECASE) for core in _CORES)
_NUMERIC = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})$")
_INSIDE = tuple(re.compile(rf"(?<![\w/.-]){_BEFORE}{core}{_BEHIND}(?![\w/-])", re.IGNORECASE) for core in _CORES)
_MONTH_ONLY = re.compile(rf"{_MONTH},? (?P<year>\d{{4}})$", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b{_DAYS}\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"date:\s*", re.IGNORECASE)
_LONGEST = 64
# Two figures from 70 on are of the last century, as POSIX has it from 69.
_CENTURY, _PIVOT = 2000, 70
_YEARS = range(1500, 2200)


class Reading(NamedTuple):
    """The day a printed date names; ``other`` is the one it names with day and month exchanged."""

    day: datetime.date
    precision: str = "day"
    other: datetime.date | None = None


def without_label(text: str) -> str:
    """Drop a ``DATE:`` that stands on the line of the date.

    >>> without_label("DATE: 22/08/2008"), without_label("22/08/2008")
    ('22/08/2008', '22/08/2008')
    """
    return _LABEL.sub("", text, count=1) if text[:5].lower() == "date:" else text


def is_date(text: str) -> bool:
    """Tell whether a line is written as a date, possible or not.

    >>> is_date("Fri Apr 22, 2005 11:12 AM ET"), is_date("31/02/2007"), is_date("Summit in May")
    (True, True, False)
    """
    return _match(text) is not None


def is_month(text: str) -> bool:
    """Tell whether a line is a month and its year.

    >>> is_month("June 2016"), is_month("Summit 2016")
    (True, False)
    """
    found = _MONTH_ONLY.match(text)
    return bool(found and _month(found["month"]))


def inside(text: str) -> tuple[int, int] | None:
    """Return where a whole date stands in a line, with its weekday and time.

    >>> inside("Reuters, Wednesday, 22 June 2016 14:20")
    (9, 38)
    """
    found = (form.search(text) for form in _INSIDE) if _DIGIT.search(text) else ()
    return next((match.span() for match in found if match and _is_month(match)), None)


def parse(text: str) -> datetime.date | None:
    """Return the day a printed date names, None where the calendar has no such day or no page is of that year.

    >>> parse("02/11/2007"), parse("22-Jun-98")
    (datetime.date(2007, 11, 2), datetime.date(1998, 6, 22))
    >>> parse("31/02/2007") is None
    True
    """
    found = _match(text)
    return _day(*found.group("year", "month", "day")) if found else None


def read(text: str) -> Reading | None:
    """Return what a date says, the day first where both orders are possible and no weekday decides.

    >>> read("06/22/2016").day, read("03/04/2016").other, read("Friday 03/04/2016").day, read("June 2016").precision
    (datetime.date(2016, 6, 22), datetime.date(2016, 3, 4), datetime.date(2016, 3, 4), 'month')
    """
    found = _match(text)
    if not found:
        month = _MONTH_ONLY.match(text)
        day = _day(month["year"], month["month"], "1") if month else None
        return Reading(day, "month") if day else None
    year, month_, day_ = found.group("year", "month", "day")
    can_swap = month_.isdigit() and found.start("day") < found.start("year")
    days = (_day(year, month_, day_), _day(year, day_, month_) if can_swap else None)
    possible = list(dict.fromkeys(day for day in days if day))
    named = _WEEKDAY.search(text)
    fitting = [day for day in possible if named and f"{day:%a}".lower() == named[0][:3].lower()] or possible
    return Reading(fitting[0], other=fitting[1] if fitting[1:] else None) if fitting else None


@functools.lru_cache(maxsize=4096)
def _day(year: str, month: str, day: str) -> datetime.date | None:
    printed = int(year.strip("'’"))
    full = printed if len(year) == 4 else printed + _CENTURY - (100 if printed >= _PIVOT else 0)
    if full not in _YEARS:
        return None
    try:
        return datetime.date(full, _month(month), int(day))
    except ValueError:
        return None


def _match(text: str) -> re.Match[str] | None:
    return _known_match(text) if len(text) <= _LONGEST and _DIGIT.search(text) else None


# A page's date is asked for more than once, and pages of an archive share their dates.
@functools.lru_cache(maxsize=4096)
def _known_match(text: str) -> re.Match[str] | None:
    found = _NUMERIC.match(text) or next((found for form in _FORMS if (found := form.match(text))), None)
    return found if found and _is_month(found) else None


def _is_month(found: re.Match[str]) -> bool:
    return found["month"].isdigit() or _month(found["month"]) > 0


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else MONTHS.get(printed.lower(), 0)
