"""Written days and months: one function a form, called where a word of it was found."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from clippings.evidence import DateRef
from clippings.layers.dates import periods
from clippings.layers.dates.page import Page
from clippings.layers.dates.tense import names_event
from clippings.layers.dates.words import (
    AFTER_DAYS,
    AFTER_YEAR,
    ARTICLES,
    DOUBTFUL_MONTHS,
    KNOWN_DAYS,
    KNOWN_LEADS,
    MONTH_LEADS,
    NAMERS,
    NOT_PAST,
    PAST,
    STEPS,
    VERB_FOLLOWERS,
)
from clippings.page.printed_dates import MONTHS, SHORT_MONTHS, calendar_day, full_year, month_number

GAP = r"(?:[^\S\r\n]{1,2}|[^\S\r\n]?\r?\n)"
YEAR = r"(?:19|20)\d\d(?!\d)"
TH = r"(?:st|nd|rd|th)?"
DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_DASH = r"[^\S\r\n]?[-–—][^\S\r\n]?"
_TO = rf"(?:{_DASH}|{GAP}(?:to|through|until){GAP})"
NAME = "|".join([*MONTHS, *(rf"{name}\b\.?" for name in sorted(SHORT_MONTHS, reverse=True))])
_NO_COUNT = rf"(?![\d%]|[:/]\d|[.,](?!{YEAR})\d|-(?!{NAME})[A-Za-z]|{GAP}(?:per|percent|million|billion|thousand)\b)"
_STOP = r"\s?(?:[.;)]|,(?!\s?\d)|\Z)"
_OR = rf",?{GAP}(?:and|or|&){GAP}"
# The blank before a year may be lost; of two figures a year is sure with an apostrophe or a nought.
YEAR_GAP = rf"(?:[^\S\r\n]?,?{GAP}(?:of{GAP})?|[^\S\r\n]?,|)"
_YEAR_HERE = rf"{YEAR_GAP}(?P<year>{YEAR})|,?{GAP}(?P<short>['’]\d\d|0\d(?![:%-]|[.,]\d)|[4-9]\d(?={_STOP}))(?!\w)"
# Behind "5 and 6" a word that is not counted, or the end of the clause.
_END_OF_DAYS = rf"(?=\s?[,.;:)]|\s?\Z|{GAP}(?:{'|'.join(sorted(AFTER_DAYS))}|{YEAR})\b)"
# Behind "3, 5 and 6" a verb of the past will do.
_END_OF_LIST = rf"(?={GAP}(?!(?:{'|'.join(sorted(NOT_PAST))})\b)(?:[a-z]{{2,}}ed|{'|'.join(sorted(PAST))})\b)"
_BARE_NAME = "|".join([*MONTHS, *SHORT_MONTHS])
DAYS_AFTER = (
    rf"{GAP}?(?:the{GAP})?(?P<day>{DAY}){TH}{_NO_COUNT}"
    rf"(?:{_TO}(?P<to>{DAY}){TH}{_NO_COUNT}|(?P<more>(?:,{GAP}{DAY}{TH})*{_OR}{DAY}{TH}){_END_OF_DAYS}"
    rf"|(?P<list>(?:,{GAP}{DAY}{TH})+{_OR}{DAY}{TH}){_END_OF_LIST})?"
    rf"(?:{_YEAR_HERE})?"
)
_AFTER_MONTH = re.compile(DAYS_AFTER)
_BEFORE_MONTH = re.compile(
    rf"(?<![\w.,:/$€£-])(?:(?<=[Bb]etween\s)(?P<between>{DAY}){TH}{GAP}and{GAP}|(?P<from>{DAY}){TH}{_TO}"
    rf"|(?P<more>(?:{DAY}{TH},{GAP})*{DAY}{TH}{_OR}))?(?P<day>{DAY}){TH}{GAP}(?:of{GAP})?\Z"
)
_MARKED = re.compile(
    rf"(?P<day>{DAY})(?:(?P<mark>[-/])(?:{_BARE_NAME})(?:(?P=mark)(?P<year>{YEAR}|\d\d)|(?!\.?\s?\d))"
    rf"|\.[^\S\r\n]?(?:{NAME})[^\S\r\n.]?\.?(?P<dotted>{YEAR}))(?![\w-])"
)
# What a figure, "the", "of", "that", "last", "this" or "next" begins with, and a year cut short.
_MORE_AFTER = re.compile(r"\s?,?\s{0,3}[\dotln'’]")
_FIGURE = re.compile("[0-9]")
_YEAR_AFTER = re.compile(rf"{YEAR_GAP}(?P<year>{YEAR})(?!-\d\d-)|{GAP}(?P<short>['’]\d\d)\b")
_DAY_MONTH_YEAR = re.compile(rf"{_YEAR_HERE}|{GAP}(?P<bare>\d\d)(?={_STOP}|{GAP}(?:{'|'.join(sorted(AFTER_YEAR))})\b)")
_NAMED_YEAR = re.compile(rf"{GAP}(?:of{GAP})?(?P<which>that|the{GAP}same|last|this|next){GAP}year\b")
_MARKED_DAY = re.compile(r"(?<![\w.,/-])\d\d?[-/.][^\S\r\n]?\Z")
_GLUED_YEAR = re.compile(rf"{YEAR}\b")
_NUMBER = re.compile(r"\d+")
_NEXT_MONTH = re.compile(rf"(?:{_DASH}|{GAP}(?:to|and|or|through|until){GAP}|,{GAP})(?:{NAME})")
NEXT_WORD = re.compile(rf"{GAP}(?P<word>[\w'’-]+)")

# How far the nearest year may contradict the tense before the tense is believed.
_FAR_BACK, _FAR_AHEAD = -60, 90
_MONTHS_BACK, _MONTHS_AHEAD = -3, 3
# A page may tell a day that comes so few days after its own; of a page whose month alone is known, the rest of it.
_SLIP, _SLIP_IN_MONTH = 2, 16
_LONGEST_DAYS = 30  # Characters in which days stand before their month.
_FRESH = 30  # Days in which a known day may still be that of this year.


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


def month(page: Page, start: int, end: int, name: Month) -> DateRef | None:
    """A month with its days, with a year, or alone."""
    text = page.text
    after = end + (name.is_short and text.startswith(".", end))
    before = _days_before(page, start)
    if before:
        year = _DAY_MONTH_YEAR.match(text, after)
        span = (before.start(), year.end() if year else after)
        if before["more"]:
            numbers = [*_NUMBER.finditer(text, before.start("more"), before.end("day"))]
            return _listed(page, span, text[start:end], numbers, _printed_year(year))
        first = before["from"] or before["between"]
        days = (first, before["day"]) if first else (before["day"], None)
        return written(page, span, text[start:end], days, _printed_year(year))
    marked = _marked(page, start, text[start:end])
    if marked:
        return marked
    if _MORE_AFTER.match(text, after):
        found = _AFTER_MONTH.match(text, after)
        if found:
            return month_first(page, start, text[start:end], found)
        of_year = _month_of_year(page, start, after, name)
        if of_year:
            return of_year
    return _bare_month(page, start, after, name)


def _days_before(page: Page, start: int) -> re.Match[str] | None:
    begin = max(page.read_to, start - _LONGEST_DAYS)
    near = page.text[begin:start].rstrip()
    if not (near[-1:].isdigit() or near.endswith(("st", "nd", "rd", "th", "of"))):
        return None
    figure = _FIGURE.search(near)
    return _BEFORE_MONTH.search(page.text, begin + figure.start(), start) if figure else None


def glued(page: Page, start: int, end: int, name: Month) -> DateRef | None:
    """A month whose year follows without a blank, met with the first two figures of the year."""
    is_part = start and page.text[start - 1].isalnum()
    return None if is_part or not _GLUED_YEAR.match(page.text, end - 2) else month(page, start, end - 2, name)


def _marked(page: Page, start: int, name: str) -> DateRef | None:
    """19-Nov-2005, 19/Nov/05, 19. Nov. 2005."""
    lead = _MARKED_DAY.search(page.text, max(page.read_to, start - 4), start)
    found = _MARKED.match(page.text, lead.start()) if lead else None
    if not found:
        return None
    year = found["year"] or found["dotted"]
    return written(page, found.span(), name, (found["day"], None), full_year(year) if year else None)


def month_first(page: Page, start: int, name: str, found: re.Match[str]) -> DateRef:
    """Days behind their month: one, a run of them or a list."""
    span, year = (start, found.end()), _printed_year(found)
    more = "more" if found["more"] else "list"
    if found[more] and page.word_before(start) != "between":
        numbers = [*_NUMBER.finditer(page.text, found.start("day"), found.end(more))]
        return _listed(page, span, name, numbers, year)
    last = _NUMBER.search(found["more"]) if found["more"] else None
    return written(page, span, name, (found["day"], last[0] if last else found["to"]), year)


def _printed_year(found: re.Match[str] | None) -> int | None:
    if not found:
        return None
    printed = found.groupdict()
    short = printed["short"] or printed.get("bare")
    return full_year(short[-2:]) if short else int(printed["year"] or 0) or None


def _listed(page: Page, span: tuple[int, int], name: str, days: Sequence[re.Match[str]], year: int | None) -> DateRef:
    """Days of one month in a list: each is a date, but days in a row that "and" joins are one expression."""
    numbers = [int(day[0]) for day in days]
    whole = written(page, span, name, (str(min(numbers)), str(max(numbers))), year)
    has_or = " or" in page.text[days[0].end() : days[-1].start()]
    if not whole.first or (not has_or and all(after - before == 1 for before, after in pairwise(numbers))):
        return whole
    month = datetime.date.fromisoformat(whole.first)
    starts, ends = [span[0], *(day.start() for day in days[1:])], [*(day.end() for day in days[:-1]), span[1]]
    refs = []
    for start, end, number in zip(starts, ends, numbers, strict=True):
        iso = month.replace(day=number).isoformat()
        refs.append(DateRef(start, end, iso, "day", whole.rule, iso, iso, whole.anchor))
    page.found += refs[:-1]
    return refs[-1]


def written(page: Page, span: tuple[int, int], name: str, days: tuple[str, str | None], year: int | None) -> DateRef:
    """Days of a month, of the year printed or of the nearest."""
    number, first, last = month_number(name), int(days[0]), int(days[1] or days[0])
    if year:
        day, rule = calendar_day(year, number, first), "written date"
    elif not page.around:
        return page.unknown(*span, "day", "day and month without a year")
    else:
        day, rule = _nearest(page, span, number, first)
    end = calendar_day(day.year, number, last) if day else None
    if not day or not end or end < day:
        return page.unknown(*span, "day", "impossible day")
    return page.ref(*span, periods.days(day, end), rule, rests=not year)


def _nearest(page: Page, span: tuple[int, int], month: int, number: int) -> tuple[datetime.date | None, str]:
    day = page.nearest(month, number)
    if not day or not page.around:
        return None, ""
    off = (day - page.around).days
    known = _known_day(page, span, day)
    if known:
        return known, "day known by its name"
    lead = page.word_before(span[0])
    if off < _FAR_BACK and page.direction(*span) == "ahead" and not page.was_planned(*span):
        return calendar_day(day.year + 1, month, number) or day, "day and month ahead"
    is_near = off <= _FAR_AHEAD
    slip = _SLIP if page.day else _SLIP_IN_MONTH
    if (off > 0 and lead == "since") or (off > slip and _has_gone_by(page, span, is_near=is_near)):
        return calendar_day(day.year - 1, month, number) or day, "day and month gone by"
    return day, "day and month in the nearest year"


def _has_gone_by(page: Page, span: tuple[int, int], *, is_near: bool) -> bool:
    """Tell whether the tense contradicts the nearest year: near the page's day, that of the date's own verb."""
    if names_event(page.text, span[1]):
        return False
    return page.has_gone_by(*span) or (not is_near and page.direction(*span) == "back")


def _known_day(page: Page, span: tuple[int, int], nearest: datetime.date) -> datetime.date | None:
    """The day that everybody calls by day and month, unless the text means that of another year."""
    day = KNOWN_DAYS.get((nearest.month, nearest.day))
    if not day or not page.around or page.around < day:
        return None
    lead, off = page.word_before(span[0]), (nearest - page.around).days
    if lead.endswith(("post-", "pre-")):
        return day
    if page.direction(*span) == "ahead" or (off <= 0 and (lead not in KNOWN_LEADS or off >= -_FRESH)):
        return None
    return day


def _month_of_year(page: Page, start: int, end: int, name: Month) -> DateRef | None:
    found = _YEAR_AFTER.match(page.text, end)
    if found:
        period = periods.month(_printed_year(found) or 0, name.number)
        return page.ref(start, found.end(), period, "month and year")
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
    if not named:
        return page.unknown(start, found.end(), "month", "month of a year named before")
    period = periods.month(named.year, name.number)
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
    elif off <= _MONTHS_BACK and page.direction(start, end) == "ahead" and not page.was_planned(start, end):
        off, rule = off + 12, "month ahead"
    elif off > 0 and (which == "since" or _has_gone_by(page, (start, end), is_near=off < _MONTHS_AHEAD)):
        off, rule = off - 12, "month gone by"
    return page.ref(start, end, periods.month(around.year, around.month + off), rule, rests=True)


def _is_month(page: Page, start: int, end: int, name: Month, lead: str) -> bool:
    """Tell a month from a name, a verb or a cut word."""
    if name.is_short or not name.is_doubtful or name.is_capitals:
        return lead in MONTH_LEADS if name.is_short else not name.is_doubtful
    text = page.text
    if _NEXT_MONTH.match(text, end) or (text.startswith(" (", end) and text.startswith(", ", start - 2)):
        return True
    last = page.found[-1] if page.found else None
    if last and last.precision == "month" and text[last.end : start].strip() in ("-", "–", "—", "to", "and", "or", ","):
        return True
    following = NEXT_WORD.match(text, end)
    word = following["word"] if following else ""
    if lead in MONTH_LEADS or text[start - 4 : start].lower() == "mid-":
        return not (lead in NAMERS and word[:1].isupper())
    return (lead in ARTICLES or lead.endswith(("'s", "’s"))) and word[:1].islower() and word not in VERB_FOLLOWERS
