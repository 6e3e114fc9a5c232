"""Days in figures: 30/10/2007, 01.04.06, 1.IV.2006, and 9/11."""

from __future__ import annotations

import datetime
import re

from clippings.evidence import DateRef
from clippings.layers.dates import periods
from clippings.layers.dates.page import Page
from clippings.layers.dates.words import DAY_LEADS, KNOWN_LEADS, ROMAN_MONTHS
from clippings.page.printed_dates import calendar_day, full_year

_ROMAN = "|".join(sorted(ROMAN_MONTHS, key=len, reverse=True))
_FIGURES = re.compile(
    rf"(?P<a>\d\d?)(?P<mark>[/. -])(?P<b>\d\d?|{_ROMAN})(?P=mark)(?P<year>\d{{4}}|\d\d)(?![\w/-]|\.\d)"
)


def day(page: Page, start: int, _end: int = 0, _: int = 0) -> DateRef | None:
    """A day in figures, by its first mark; day first unless only month first is possible."""
    text = page.text
    start -= 1 + text[start - 2 : start - 1].isdigit()
    found = _FIGURES.match(text, start) if start >= page.read_to else None
    if not found or (start and (text[start - 1].isalnum() or text[start - 1] in "./-_=&?")):
        return None
    year = full_year(found["year"])
    a, b = int(found["a"]), ROMAN_MONTHS.get(found["b"]) or int(found["b"])
    resolved, rule = calendar_day(year, b, a), "numeric date"
    if not resolved and b > 12 >= a:
        resolved, rule = calendar_day(year, a, b), "numeric date, month first (day first is impossible)"
    if _may_be_number(found) and page.word_before(start) not in DAY_LEADS:
        return None
    if not resolved:
        is_date = len(found["year"]) == 4 or found["mark"] == "/"
        return page.unknown(start, found.end(), "day", "impossible day") if is_date else None
    return page.ref(start, found.end(), periods.day(resolved), rule)


def known(page: Page, start: int, end: int, meant: datetime.date) -> DateRef | None:
    """A day that everybody knows by its figures, behind what stands before such days: "after 9/11", "post-9/11"."""
    text = page.text
    start += text[start] == "-"
    lead = page.word_before(start)
    if text[end : end + 1].isdigit() or text[end : end + 1] == "/" or text[start - 1 : start].isdigit():
        return day(page, text.index("/", start))
    if lead not in KNOWN_LEADS | {"on"} and not lead.endswith(("post-", "pre-")):
        return None
    return page.ref(start, end, periods.day(meant), "day known by its name")


def _may_be_number(found: re.Match[str]) -> bool:
    """Tell whether the figures may count a chapter or call a telephone; 01.04.06 is padded and is a day."""
    if found["b"] in ROMAN_MONTHS:
        return found["mark"] == " "
    is_padded = found["mark"] == "." and len(found["a"]) == len(found["b"]) == 2
    return len(found["year"]) == 2 and found["mark"] != "/" and not is_padded
