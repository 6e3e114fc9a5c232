"""Days and periods: what a caller may write for a day, and when a printed, perhaps partial, date begins.

A period runs from its first day up to, and without, its last: ``[from, to)``. A partial start counts from its
first day, a partial end to its last day, so "2002" to "2012" covers both years in full.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pandas as pd

Day = str | date
"""A day as ISO text ("2007-11-02"), or as ``datetime.date``, ``datetime`` or ``Timestamp``."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def day(value: Day, *, what: str = "on") -> date:
    """Return the whole day that is meant.

    Raises:
        ValueError: if ``value`` is not a day of the calendar, or only a month or year.

    >>> day("2007-11-02")
    datetime.date(2007, 11, 2)
    """
    first, after = span(value, what=what)
    if after - first != timedelta(days=1):
        raise ValueError(_refusal(what, value, "a whole day such as '2007-11-02'"))
    return first


def span(value: Day, *, what: str = "date") -> tuple[date, date]:
    """Return the first day of a date, and the first day after it.

    Raises:
        ValueError: if ``value`` is not a date of the calendar.

    >>> span("2007-02")
    (datetime.date(2007, 2, 1), datetime.date(2007, 3, 1))
    """
    match = _ISO.fullmatch(_text(value))
    if match is None:
        raise ValueError(_refusal(what, value, "'YYYY-MM-DD', a date or a Timestamp"))
    try:
        return _bounds(*(int(part) if part else 0 for part in match.groups()))
    except (ValueError, OverflowError) as error:
        raise ValueError(_refusal(what, value, f"a day of the calendar ({error})")) from None


def covers(start: pd.Series[str], end: pd.Series[str], on: date) -> pd.Series[bool]:
    """Tell for each period of printed dates whether ``on`` lies in it.

    A blank end is open; a blank start never begins.

    >>> covers(pd.Series(["1988-06-01"]), pd.Series(["2019-08-02"]), date(2019, 8, 2)).tolist()
    [False]
    """
    begun = [bool(pd.notna(text)) and span(text)[0] <= on for text in start]
    ended = [bool(pd.notna(text)) and ends(text) <= on for text in end]
    return pd.Series([a and not b for a, b in zip(begun, ended, strict=True)], index=start.index, dtype=bool)


def ends(text: str) -> date:
    """Return the first day on which a period with this printed end no longer holds.

    >>> ends("2019-08-02"), ends("2012")
    (datetime.date(2019, 8, 2), datetime.date(2013, 1, 1))
    """
    first, after = span(text)
    return first if after - first == timedelta(days=1) else after


def _text(value: object) -> str:
    if isinstance(value, date) and not pd.isna(value):
        return f"{value.year:04}-{value.month:02}-{value.day:02}"
    return value.strip() if isinstance(value, str) else ""


def _bounds(year: int, month: int, day_: int) -> tuple[date, date]:
    first = date(year, month or 1, day_ or 1)
    if day_:
        return first, first + timedelta(days=1)
    if 0 < month < 12:
        return first, date(year, month + 1, 1)
    return first, date(year + 1, 1, 1)


def _refusal(what: str, value: object, expected: str) -> str:
    return f"{what}={value!r} is not understood; expected {expected}"
