"""Datelines: the place, day and agency that open a report, or close it.

The shapes are rows of ``_SHAPES``, tried in order at the start of each of the first paragraphs; none can backtrack over
more than a few dozen characters.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from clippings.model import Block, Span
from clippings.page_date import MONTHS

_CAPS = r"[A-Z][A-Z'’.-]{2,20}(?: [A-Z][A-Z'’.-]{1,20}){0,2}"
_PLACES = rf"{_CAPS}(?: ?/ ?{_CAPS})?"
_REGION = r"(?:, [A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15})?)?"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = rf"(?:{_MONTH}(?: ?\d{{1,2}})?(?:, \d{{4}})?|\d{{1,2}} {_MONTH}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})"
_AGENCY = r"(?: ?\([A-Z][^()\n]{1,40}\)| /[A-Z][A-Za-z -]{2,30}/)"
_DASH = r" ?(?:--|[-–—])"
_SHAPES = tuple(
    re.compile(rf"(?P<dateline>{shape}){end}")
    for shape, end in (
        (rf"{_PLACES}{_REGION}(?:[,.] {_DAY})?{_AGENCY}", rf"(?:{_DASH}|[.:])?(?=\s|[A-Z]|$)"),
        (rf"{_PLACES}{_REGION}(?:[,.] {_DAY})?", rf"(?:{_DASH}|:)(?=\s|[A-Z\"“])"),
        (rf"[A-Z][\w-]{{2,15}}, {_CAPS}", _DASH),
        (rf"[A-Z][a-z]{{2,15}}, {_DAY}", _DASH),
        (rf"{_DAY} \([A-Z][^()\n]{{1,40}}\)", _DASH),
        (r"\([A-Z][\w .-]{2,30}\)", _DASH),
        (r"[A-Z][\w-]{2,20}\.[A-Za-z]{2,4}", _DASH),
        (r"(?:[01]?\d|2[0-3]):[0-5]\d", r" (?=[A-Z])"),
        (r"[A-Z]{3,9}\.? \d{1,2} \d{1,2}:\d{2} [AP]\.?M\.?(?: [A-Z]{2,3})?", r" (?=[A-Z])"),
        (_CAPS, r"(?:\.| ) (?=[A-Z][a-z])"),
        (r"[A-Z][a-z]{3,15}", r"\. (?=[A-Z])"),
        (rf"{_PLACES}{_REGION}", r"$"),
    )
)
_CLOSING = re.compile(rf"(?P<dateline>{_PLACES}{_REGION}, {_DAY}{_AGENCY}?)\.?$")
_BEHIND_OUTLET = re.compile(rf", (?P<dateline>{_CAPS})$")
_DATED = re.compile(
    rf"\b(?P<month>{_MONTH}|[A-Z]{{3,9}})\.? ?(?P<day>\d{{1,2}})\b|\b(?P<first>\d{{1,2}}) (?P<then>{_MONTH})"
)
_FIRST_PARAGRAPHS = 3


def find(text: str, blocks: Sequence[Block]) -> Span | None:
    """Return the dateline of a page, without the mark that ends it; None where it has none.

    It opens one of the first paragraphs, stands behind the outlet, or closes the text.
    """
    paragraphs = [block for block in blocks if block.kind == "paragraph"]
    for block in paragraphs[:_FIRST_PARAGRAPHS]:
        found = next((match for shape in _SHAPES if (match := shape.match(text, block.start, block.end))), None)
        if found:
            return Span(*found.span("dateline"))
    behind = [block for block in blocks if block.kind == "publisher"]
    found = next((match for block in behind if (match := _BEHIND_OUTLET.search(text, block.start, block.end))), None)
    closing = _CLOSING.match(text, paragraphs[-1].start, paragraphs[-1].end) if paragraphs else None
    last = found or closing
    return Span(*last.span("dateline")) if last else None


def day(dateline: str, year: int, month: int) -> datetime.date | None:
    """Return the day a dateline names, in the year and month known of the page; None where it names none of them."""
    named = _day_and_month(dateline)
    return _date(year, *named) if named and named[0] == month else None


def nearest_day(dateline: str, known: datetime.date) -> datetime.date | None:
    """Return the day a dateline names, in the year that brings it nearest to a known day.

    >>> nearest_day("MINSK, December 30 (Interfax)", datetime.date(2008, 1, 2))
    datetime.date(2007, 12, 30)
    """
    named = _day_and_month(dateline)
    years = range(known.year - 1, known.year + 2) if named else ()
    near = (_date(year, *named) for year in years if named)
    return min((day for day in near if day), key=lambda day: abs(day - known), default=None)


def _day_and_month(dateline: str) -> tuple[int, int] | None:
    found = _DATED.search(dateline)
    if not found:
        return None
    month = (found["month"] or found["then"]).rstrip(".").lower()
    return MONTHS.get(month, 0), int(found["day"] or found["first"])


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
