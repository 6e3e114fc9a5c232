"""Stretches of the calendar: how each is written, and its first and last day.

Days, ISO weeks, months and years are written as in ISO 8601; quarters (``2007-36`` is the fourth), seasons
(``2007-22`` is the summer) and decades (``199X``) as in ISO 8601-2, the Extended Date/Time Format. Seasons are the
northern ones, of three whole months; a winter belongs to the year in which it begins.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from collections.abc import Callable
from typing import NamedTuple

_FIRST_SEASON, _FIRST_QUARTER = 21, 33
_ONE_DAY = datetime.timedelta(days=1)


_kept = functools.lru_cache(maxsize=1 << 12)


written = _kept(datetime.date.isoformat)
"""A day as ISO 8601 writes it; one string for all that name the day, as the records of a corpus are kept."""


class Period(NamedTuple):
    """A stretch of days, both ends included, and its written form."""

    iso: str
    precision: str
    first: datetime.date
    last: datetime.date


def day(of: datetime.date) -> Period:
    """The day itself.

    >>> day(datetime.date(2007, 10, 30)).iso
    '2007-10-30'
    """
    return Period(written(of), "day", of, of)


def days(first: datetime.date, last: datetime.date) -> Period:
    """A run of days, written by its first and its last.

    >>> days(datetime.date(2007, 7, 3), datetime.date(2007, 7, 4)).iso
    '2007-07-03/2007-07-04'
    """
    return Period(f"{first}/{last}" if first < last else f"{first}", "day", first, last)


def week(of: datetime.date) -> Period:
    """The ISO week (Monday to Sunday) that holds a day.

    >>> week(datetime.date(2007, 11, 2)).iso
    '2007-W44'
    """
    year, number, weekday = of.isocalendar()
    first = of - datetime.timedelta(days=weekday - 1)
    return Period(f"{year}-W{number:02}", "week", first, first + datetime.timedelta(days=6))


def weekend(of: datetime.date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    last = week(of).last
    return Period(f"{last - _ONE_DAY}/{last}", "weekend", last - _ONE_DAY, last)


@_kept
def month(year: int, number: int) -> Period:
    """A month; a number outside 1 to 12 counts on from the year.

    >>> month(2007, 13).iso
    '2008-01'
    """
    year, index = year + (number - 1) // 12, (number - 1) % 12 + 1
    first, last = _months(year, index, 1)
    return Period(f"{first:%Y-%m}", "month", first, last)


@_kept
def quarter(year: int, number: int) -> Period:
    """A quarter; a number outside 1 to 4 counts on from the year.

    >>> quarter(2007, 4).iso, quarter(2007, 5).first.isoformat()
    ('2007-36', '2008-01-01')
    """
    year, index = year + (number - 1) // 4, (number - 1) % 4
    first, last = _months(year, 3 * index + 1, 3)
    return Period(f"{year}-{_FIRST_QUARTER + index}", "quarter", first, last)


@_kept
def season(year: int, index: int) -> Period:
    """A season, 0 for spring to 3 for winter.

    >>> season(2007, 3).last.isoformat()
    '2008-02-29'
    """
    first, last = _months(year, 3 * index + 3, 3)
    return Period(f"{year}-{_FIRST_SEASON + index}", "season", first, last)


@_kept
def year(number: int) -> Period:
    """A calendar year."""
    return Period(str(number), "year", datetime.date(number, 1, 1), datetime.date(number, 12, 31))


@_kept
def decade(of: int) -> Period:
    """The ten years that share all digits but the last.

    >>> decade(1994).iso
    '199X'
    """
    first = of // 10 * 10
    return Period(f"{first // 10}X", "decade", datetime.date(first, 1, 1), datetime.date(first + 9, 12, 31))


@_kept
def unit(name: str, of: datetime.date, step: int) -> Period:
    """The unit that holds a day, or the one ``step`` units on.

    >>> unit("month", datetime.date(2007, 11, 2), -1).iso
    '2007-10'
    """
    return _UNITS[name](of, step)


def read(iso: str) -> Period:
    """The period that is written so.

    Raises:
        ValueError: nothing of this module is written so.

    >>> read("2007-W44").first.isoformat(), read("2007-36").precision, read("2007-10-30/2007-11-02").last.isoformat()
    ('2007-10-29', 'quarter', '2007-11-02')
    >>> read("1956/2012").last.isoformat()
    '2012-12-31'
    """
    for pattern, made in _WRITTEN:
        if found := pattern.fullmatch(iso):
            return made(*found.groups())
    raise ValueError("is not a date as ISO 8601 writes it, such as 2007-10-30, 2007-10 or 2007")


def _range(begin: str, end: str) -> Period:
    """From the first day of one period to the last of another, as ``1956/2012``; days stay days."""
    one, other = read(begin), read(end)
    if other.last < one.first:
        raise ValueError("ends before it begins")
    if one.precision == other.precision == "day":
        return days(one.first, other.last)
    return Period(f"{one.iso}/{other.iso}", other.precision, one.first, other.last)


def _numbered(number: int, part: int) -> Period:
    """A month, season or quarter by its number in ISO 8601-2."""
    if 1 <= part <= 12:
        return month(number, part)
    if _FIRST_SEASON <= part < _FIRST_SEASON + 4:
        return season(number, part - _FIRST_SEASON)
    if _FIRST_QUARTER <= part < _FIRST_QUARTER + 4:
        return quarter(number, part - _FIRST_QUARTER + 1)
    raise ValueError(f"has {part} for a month; it must be 01 to 12, a season 21 to 24 or a quarter 33 to 36")


def _months(year: int, month: int, count: int) -> tuple[datetime.date, datetime.date]:
    end = month + count - 1
    end_year, end_month = year + (end - 1) // 12, (end - 1) % 12 + 1
    last = calendar.monthrange(end_year, end_month)[1]
    return datetime.date(year, month, 1), datetime.date(end_year, end_month, last)


def _days_on(of: datetime.date, count: int) -> datetime.date:
    return of + datetime.timedelta(days=count)


_UNITS: dict[str, Callable[[datetime.date, int], Period]] = {
    "day": lambda of, step: day(_days_on(of, step)),
    "week": lambda of, step: week(_days_on(of, 7 * step)),
    "weekend": lambda of, step: weekend(_days_on(of, 7 * step)),
    "month": lambda of, step: month(of.year, of.month + step),
    "quarter": lambda of, step: quarter(of.year, (of.month + 2) // 3 + step),
    "year": lambda of, step: year(of.year + step),
    "decade": lambda of, step: decade(of.year + 10 * step),
}
_WRITTEN: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"(\d{4}-\d\d-\d\d)"), lambda of: day(datetime.date.fromisoformat(of))),
    (re.compile(r"([^/]+)/([^/]+)"), _range),
    (re.compile(r"(\d{4}-W\d\d)"), lambda of: week(datetime.date.fromisoformat(of))),
    (re.compile(r"(\d{4})-(\d\d)"), lambda of, part: _numbered(int(of), int(part))),
    (re.compile(r"([1-9]\d{3})"), lambda of: year(int(of))),
    (re.compile(r"([1-9]\d\d)X"), lambda of: decade(10 * int(of))),
)
