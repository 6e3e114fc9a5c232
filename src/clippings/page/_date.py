"""The printed date of a page: dd/mm/yyyy, ISO 8601, and the written forms of 2005."""

from __future__ import annotations

import calendar
import datetime
import functools
import re

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_WEEKDAY = (
    r"(?:(?:last )?(?:posted|published|updated)(?: on|:)? )?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
)
_TIME = r"\d{1,2}:\d{2}(?::\d{2})? ?(?:[ap]\.?m\.?)?(?: ?[A-Z]{1,4})?"
_CLOCK = rf"(?:(?:,| at| -|T)? ?{_TIME}(?: {_TIME})?)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _CLOCK + "$", re.IGNORECASE)
    for form in (
        r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
        rf"{_MONTH} ?{_DAY}(?:, {_TIME})?,? (?P<year>\d{{4}})",
        rf"{_DAY} {_MONTH},? (?P<year>\d{{4}})",
    )
)
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})$")
_LABEL = re.compile(r"date:\s*", re.IGNORECASE)
_LONGEST = 64
_CENTURY = 2000
_YEARS = range(1500, 2200)


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


def parse(text: str) -> datetime.date | None:
    """Return the day a printed date names, None where the calendar has no such day or no page is of that year.

    >>> parse("02/11/2007")
    datetime.date(2007, 11, 2)
    >>> parse("31/02/2007") is None
    True
    """
    return _day(text) if len(text) <= _LONGEST else None


# A page's date is asked for more than once, and pages of an archive share their dates.
@functools.lru_cache(maxsize=4096)
def _day(text: str) -> datetime.date | None:
    found = _match(text)
    if not found:
        return None
    year, month, day = int(found["year"]), _month(found["month"]), int(found["day"])
    year += _CENTURY if len(found["year"]) == 2 else 0
    if year not in _YEARS:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _match(text: str) -> re.Match[str] | None:
    return _known_match(text) if len(text) <= _LONGEST and _DIGIT.search(text) else None


@functools.lru_cache(maxsize=4096)
def _known_match(text: str) -> re.Match[str] | None:
    found = _NUMERIC.match(text) or next((found for form in _FORMS if (found := form.match(text))), None)
    return found if found and (found["month"].isdigit() or _month(found["month"])) else None


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else MONTHS.get(printed.lower(), 0)
