"""Dates as pages print them: alone on a line, at its start or among its words, in figures and in words.

A page's own date is a whole line in a form of the English-language press, and what is in none of these forms is asked
of dateparser. Press databases print a day in front of other words, in four languages.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable
from importlib import import_module, resources
from typing import Any, NamedTuple

import msgspec

from clippings.model import Span


class _Months(msgspec.Struct):
    english: list[str]
    short: dict[str, int]
    others: list[list[str]]
    month_first: list[str]


_DATA = msgspec.yaml.decode(resources.files(__package__).joinpath("months.yaml").read_bytes(), type=_Months)
MONTHS = {name: number for number, name in enumerate(_DATA.english, 1)}
SHORT_MONTHS = {name[:3]: number for name, number in MONTHS.items() if name[3:]} | _DATA.short
_ENGLISH = {name.lower(): number for name, number in (MONTHS | SHORT_MONTHS).items()}
_MONTHS = {name: number for number, names in enumerate(_DATA.others, 1) for name in names} | _ENGLISH

_DAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_ZONE = r"\(?(?:[A-Z]{1,4}(?!\w|: )(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}|(?:local|moscow) time)\)?"
_TIME = (
    rf"(?:\d{{1,2}}[:.]\d{{2}}(?::\d{{2}}(?:\.\d+)?)? ?(?:[ap]\.?m\.?)?(?: ?{_ZONE})?"
    rf"|\d{{1,2}} ?[ap]\.?m\.?(?: {_ZONE})?|\d{{4}} ?(?:GMT|UTC|E[SD]?T|hrs(?: {_ZONE})?))"
)
_BEFORE = (
    r"[(\[]?(?:(?:page )?(?:last |first )?(?:created|dated|issued|modified|posted|published|released|updated?"
    r"|objavljeno|opublikowano|publicado|publié|pubblicato|veröffentlicht|zveřejněno|опубликовано)"
    r"(?: on| at| am| le| el| il| to the web| [-–]|:)?:? )?(?:from the )?"
    rf"(?:{_TIME},? )?(?:{_DAYS}\.?,? )?(?:the )?"
)
_BEHIND = (
    rf"(?:,? \(?{_DAYS}\)?)?(?:(?:,| at| [-@/]| \||T)? ?{_TIME}(?: {_TIME})?)?(?: issue| edition)?[)\]]?"
    r"(?: \([^()]{4,30}\))?(?: ?(?:--|[.–—-]))?"
)
_MONTH, _DAY, _YEAR = r"(?P<month>[A-Za-z]+)\.?", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_CORES = (
    r"(?P<day>\d{1,2})(?:-|[/.] ?)(?P<month>\d\d?)(?:-|[/.] ?)(?P<year>\d{4}|\d{2}(?!\d))",
    rf"{_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d{{1,2}})",
    rf"{_MONTH}(?:,? |-)?{_DAY}(?:, {_TIME})?(?:,? |,|-|/){_YEAR}",
    rf"{_DAY}(?:[ -]| of ){_MONTH}(?:,? |,|-|(?=['’]))(?P<year>\d{{4}}|['’]?\d{{2}}(?!\d))",
    rf"{_YEAR},? {_MONTH} {_DAY}",
)
_FORMS = tuple(re.compile(f"{_BEFORE}{core}{_BEHIND}$", re.IGNORECASE) for core in _CORES)
_INSIDE = tuple(
    re.compile(
        rf"(?:(?<![\w/.-])|(?-i:(?<=[a-z]))(?=\d)){_BEFORE}{core}{_BEHIND}(?:(?![\w/-])|(?=(?-i:By [A-Z])))",
        re.IGNORECASE,
    )
    for core in _CORES
)
_WITHOUT_YEAR = re.compile(
    rf"(?<!\w)(?P<weekday>{_DAYS})\.?,? (?:{_MONTH} {_DAY}|(?P<first>\d{{1,2}}) (?P<name>[A-Za-z]+)\.?),?"
    rf"(?: at)? {_TIME}$",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(rf"{_MONTH},? ?{_YEAR}$", re.IGNORECASE)
_WORD = r"[^\W\d]{3,10}"
_LEADING = tuple(
    re.compile(rf"(?:{_WORD}\.?,? )??{core}(?!\d)")
    for core in (
        rf"(?P<month>{_WORD})\.? {_DAY},? {_YEAR}",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:de )?(?P<month>{_WORD})\.?,? (?:de )?{_YEAR}",
        rf"{_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})",
        rf"(?P<day>\d{{1,2}})[/.](?P<month>\d\d?)[/.]{_YEAR}",
    )
)
_FOREIGN = re.compile(
    rf"(?<![\w./-])(?:{_WORD}\.?,? )?(?P<day>\d{{1,2}})\.? (?:de )?{_WORD}\.? (?:de )?\d{{4}}(?!\d)(?: (?:г|р|r)\.?)?"
)
_WEEKDAY = re.compile(rf"\b{_DAYS}\b", re.IGNORECASE)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DIGIT, _TWO_FIGURES = re.compile(r"\d"), re.compile(r"\d\D+\d\d|\d\d\D+\d")
"""What a line has that may be a date, and what one has with a date in it: a day and a year, apart."""
_LABEL = re.compile(r"date:\s*", re.IGNORECASE)
MONTH_FIRST = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _DATA.month_first))})(?!\w)", re.IGNORECASE)
"""Outlets of the United States, which print the month before the day."""
_LONGEST = 64
# Two figures from here on are of the last century: the press tells more of the last war than of days so far ahead.
_CENTURY, _PIVOT = 2000, 40
_YEARS = range(1500, 2200)

_LIKE_YEAR, _LIKE_DAY = re.compile(r"\b(?:19|20)\d\d\b"), re.compile(r"(?<![\d.:])(?:0?[1-9]|[12]\d|3[01])(?![\d:])")
_LONGEST_LIKE, _MOST_WORDS = 40, 6
_LANGUAGES = ["en", "ru", "be", "uk", "pl", "de", "fr", "es", "it", "lt", "lv", "et", "cs", "nl", "pt", "sv", "da"]
_STRICT = {
    "DATE_ORDER": "DMY",
    "STRICT_PARSING": True,
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
}


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
    return bool(found and _is_month(found))


def inside(text: str) -> tuple[int, int] | None:
    """Return where a whole date stands in a line, with its weekday and time.

    >>> inside("Reuters, Wednesday, 22 June 2016 14:20")
    (9, 38)
    """
    found = (form.search(text) for form in _INSIDE) if _TWO_FIGURES.search(text) else ()
    return next((match.span() for match in found if match and _is_month(match)), None)


def without_year(text: str) -> tuple[int, int] | None:
    """Return where a line ends in a weekday, day, month and hour without a year.

    >>> without_year("By Jan Novak Sat Jul 14, 5:02 PM ET"), without_year("Jul 14, 5:02 PM ET")
    ((13, 35), None)
    """
    found = _WITHOUT_YEAR.search(text) if _DIGIT.search(text) else None
    return found.span() if found and month_number(found["month"] or found["name"]) else None


def in_years(text: str, years: Iterable[int]) -> datetime.date | None:
    """Return the day of a date without a year in the one of some years that has its weekday.

    >>> in_years("Sat Jul 14, 5:02 PM ET", [2006, 2007]), in_years("Sat Jul 14, 5:02 PM ET", [2006])
    (datetime.date(2007, 7, 14), None)
    """
    found = _WITHOUT_YEAR.search(text)
    month, day = (found["month"] or found["name"], found["day"] or found["first"]) if found else ("", "")
    days = [_day(str(year), month, day) for year in dict.fromkeys(years)] if found else []
    fitting = [one for one in days if found and one and one.weekday() == _WEEK.index(found["weekday"][:3].lower())]
    return fitting[0] if len(fitting) == 1 else None


def foreign(text: str) -> tuple[int, int] | None:
    """Return where a day with its month in another language stands in a line.

    >>> foreign("Rundschau, 22. Februar 2007"), foreign("Mittwoch, 22. Juni 2016"), foreign("12 people 2008")
    ((11, 27), (0, 23), None)
    """
    for found in _FOREIGN.finditer(text) if _DIGIT.search(text) else ():
        for start in dict.fromkeys((found.start(), found.start("day"))):
            if unlisted(text[start : found.end()]):
                return start, found.end()
    return None


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
        whole = _MONTH_ONLY.match(text)
        day = _day(whole["year"], whole["month"], "1") if whole and _is_month(whole) else None
        return Reading(day, "month") if day else None
    year, month_, day_ = found.group("year", "month", "day")
    can_swap = month_.isdigit() and found.start("day") < found.start("year")
    days = (_day(year, month_, day_), _day(year, day_, month_) if can_swap else None)
    possible = list(dict.fromkeys(day for day in days if day))
    named = _WEEKDAY.search(text)
    fitting = [day for day in possible if named and day.weekday() == _WEEK.index(named[0][:3].lower())] or possible
    return Reading(fitting[0], other=fitting[1] if fitting[1:] else None) if fitting else None


def opening(text: str) -> tuple[datetime.date, Span] | None:
    """Return the day a line begins with, and where it stands; what follows may be a weekday or an edition.

    >>> opening("March 14, 2008 Friday Late Edition")
    (datetime.date(2008, 3, 14), Span(start=0, end=14))
    >>> opening("mardi 14 mars 2006, p. 16")[0]
    datetime.date(2006, 3, 14)
    """
    return _leading(found for form in _LEADING if (found := form.match(text)))


def within(text: str) -> tuple[datetime.date, Span] | None:
    """Return the first day within a line, and where it stands.

    >>> within("Politique, mardi 14 mars 2006, p. 1")
    (datetime.date(2006, 3, 14), Span(start=11, end=29))
    """
    found = (match for form in _LEADING for match in form.finditer(text))
    return _leading(sorted(found, key=lambda match: match.start()))


def month_number(name: str) -> int:
    """Return the number of a month by its English name or short form, 0 for other words.

    >>> month_number("Sept."), month_number("June"), month_number("Juni")
    (9, 6, 0)
    """
    return _ENGLISH.get(name.rstrip(".").lower(), 0)


def full_year(printed: str) -> int:
    """Return the year that four figures or two stand for.

    >>> full_year("2005"), full_year("39"), full_year("40")
    (2005, 2039, 1940)
    """
    year = int(printed)
    return year if len(printed) == 4 else year + _CENTURY - (100 if year >= _PIVOT else 0)


def calendar_day(year: int, month: int, day: int) -> datetime.date | None:
    """Return a day, None where the calendar has none.

    >>> calendar_day(2007, 2, 29) is None
    True
    """
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def looks_like_date(text: str) -> bool:
    """Tell whether a line has the year, the day and the few words of a date.

    >>> looks_like_date("22 juin 2016"), looks_like_date("Euro 2016 opens"), looks_like_date("12 die in 2016")
    (True, False, True)
    """
    if len(text) > _LONGEST_LIKE or len(text.split()) > _MOST_WORDS:
        return False
    return bool(_LIKE_YEAR.search(text)) and bool(_LIKE_DAY.search(text))


@functools.lru_cache(maxsize=256)
def unlisted(text: str) -> datetime.date | None:
    """Return the day a line names that is in none of our forms: asked of dateparser, loaded for such a line only.

    >>> unlisted("Mittwoch, 22. Juni 2016"), unlisted("12 die in 2016")
    (datetime.date(2016, 6, 22), None)
    """
    found = _parser().get_date_data(text).date_obj if looks_like_date(text) else None
    return found.date() if found else None


@functools.cache
def _parser() -> Any:
    return import_module("dateparser.date").DateDataParser(languages=_LANGUAGES, settings=_STRICT)


def _leading(matches: Iterable[re.Match[str]]) -> tuple[datetime.date, Span] | None:
    """The first of some matches that names a day; ``03/14/2008`` can only have the month first."""
    for found in matches:
        year, month, day = found.group("year", "month", "day")
        named = _day(year, month, day) or (_day(year, day, month) if month.isdigit() else None)
        if named:
            return named, Span(*found.span())
    return None


@functools.lru_cache(maxsize=4096)
def _day(year: str, month: str, day: str) -> datetime.date | None:
    full = full_year(year.strip("'’"))
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    return calendar_day(full, number, int(day)) if full in _YEARS else None


def _match(text: str) -> re.Match[str] | None:
    return _known_match(text) if len(text) <= _LONGEST and _DIGIT.search(text) else None


# A page's date is asked for more than once, and pages of an archive share their dates.
@functools.lru_cache(maxsize=4096)
def _known_match(text: str) -> re.Match[str] | None:
    found = next((found for form in _FORMS if (found := form.match(text))), None)
    return found if found and _is_month(found) else None


def _is_month(found: re.Match[str]) -> bool:
    return found["month"].isdigit() or found["month"].lower() in _ENGLISH
