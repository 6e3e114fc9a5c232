"""Days written in lines of other words, also in the languages that press databases print them in."""

from __future__ import annotations

import datetime
import re

from clippings.model import Field, Span
from clippings.page._date import MONTHS
from clippings.page.lines import Line

_OTHER_MONTHS = (
    ("janvier", "januar", "enero"),
    ("février", "fevrier", "februar", "febrero"),
    ("mars", "märz", "marzo"),
    ("avril", "abril"),
    ("mai", "mayo"),
    ("juin", "juni", "junio"),
    ("juillet", "juli", "julio"),
    ("août", "aout", "agosto"),
    ("septembre", "septiembre"),
    ("octobre", "oktober", "octubre"),
    ("novembre", "noviembre"),
    ("décembre", "decembre", "dezember", "diciembre"),
)
_MONTHS = {name: number for number, names in enumerate(_OTHER_MONTHS, 1) for name in names} | MONTHS
_DATE = re.compile(
    r"(?:[^\W\d]{3,10}\.?,? )??(?:"
    r"(?P<month>[^\W\d]{3,10})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})(?!\d)"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th|er|\.)? (?:de )?(?P<month2>[^\W\d]{3,10})\.?,? (?:de )?(?P<year2>\d{4})(?!\d)"
    r"|(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2})(?!\d)"
    r"|(?P<day4>\d{1,2})[/.](?P<month4>\d{1,2})[/.](?P<year4>\d{4})(?!\d))"
)


def dated(line: Line) -> tuple[datetime.date, Span] | None:
    """Return the day a line begins with, and where it stands; what follows may be a weekday or an edition.

    >>> dated(Line(0, 32, "March 14, 2008 Friday Late Edition"))
    (datetime.date(2008, 3, 14), Span(start=0, end=14))
    >>> dated(Line(0, 20, "mardi 14 mars 2006, p. 16"))[0]
    datetime.date(2006, 3, 14)
    """
    found = _DATE.match(line.text)
    if not found:
        return None
    at = next(at for at in _NUMBERED if found[f"year{at}"])
    day = _day(found[f"year{at}"], found[f"month{at}"], found[f"day{at}"])
    return (day, Span(line.start, line.start + found.end())) if day else None


_NUMBERED = ("", "2", "3", "4")
_LAST_MONTH = 12


def _day(year: str, month: str, day: str) -> datetime.date | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    if number > _LAST_MONTH:  # ``03/14/2008``
        number, day = int(day), month
    try:
        return datetime.date(int(year), number, int(day))
    except ValueError:
        return None


def date_field(line: Line) -> Field | None:
    """Return the date a line begins with, as a field."""
    found = dated(line)
    return Field(found[0].isoformat(), found[1], "printed", "day") if found else None


def dated_within(line: Line) -> tuple[datetime.date, Span] | None:
    """Return the first day within a line, and where it stands.

    >>> dated_within(Line(0, 39, "Politique, mardi 14 mars 2006, p. 1"))
    (datetime.date(2006, 3, 14), Span(start=11, end=29))
    """
    parts = (Line(line.start + found.start(), 0, found[0]) for found in _DATE.finditer(line.text))
    return next(filter(None, map(dated, parts)), None)
