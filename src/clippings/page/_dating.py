"""The day of a page: printed in its head, in its dateline or in the name of its file, and what contradicts it."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from clippings import diagnostics
from clippings.model import Block, Diagnostic, Field, Span
from clippings.page import _citations as citations
from clippings.page import _datelines as datelines
from clippings.page import printed_dates
from clippings.page._line import Line

_PATH_MONTH = re.compile(r"(?<!\d)(?P<month>0[1-9]|1[0-2])(?P<year>(?:19|20)\d{2})[-/\\]\d+")
_PATH_DAY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_./\\]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/.-])")
_HELD = re.compile(r"(?:©|\(c\)|copyright)\D{0,12}(?:\d{4}[-–— ]{1,3})?(?P<year>(?:19|20)\d\d)", re.IGNORECASE)
_AROUND, _NAMED = ("publisher", "credit", "furniture", "label"), ("publisher", "credit", "byline", "source_url")
_AMERICAN = re.compile(r"(?<![A-Za-z])[ECMP][SD]?T\b")
# The archive prints the day first.
_DAY_FIRST = frozenset({"F1", "F3"})
_MONTHS = 12
_NEAR = datetime.timedelta(days=3)
_NEAR_PATH = datetime.timedelta(days=10)
_RANGE, _LONGEST_RANGE = re.compile(r"(?<![\d/.])(?P<day>\d{1,2}) ?[-–—] ?$"), 6
"""The first of several days, in front of the last: ``19 — 26 November 2010`` is an issue of the 19th."""
_FIRST_LINES, _LONGEST = 4, 110

Parts = Mapping[str, Sequence[Block]]
"""The blocks of a page by their kind, in order; blank ones are left out."""


def date(text: str, parts: Parts, path: str, dateline: Span | None, form: str) -> Field | None:
    """Return the date of a page, with what it rests on."""
    words = _words(text, parts)
    printed = _printed(text, parts, words, path, dateline, form) if words else None
    if printed and printed.precision == "day":
        return Field(printed.day.isoformat(), words, "printed", "day")
    named = dateline.of(text) if dateline else ""
    day, month = _path_day(path), _path_month(path)
    whole = datelines.whole_day(named)
    if whole and month and abs(whole.year - month[0]) > 1:
        whole, named = None, ""
    if not whole and day:
        near = datelines.nearest_day(named, day)
        whole = near if near and abs(near - day) <= _NEAR_PATH else None
    about = (printed.day.year, printed.day.month) if printed else month
    if not whole and about:
        whole = datelines.day(named, *about)
    if whole:
        return Field(whole.isoformat(), dateline, "dateline", "day")
    if printed:
        return Field(f"{printed.day:%Y-%m}", words, "printed", "month")
    if day:
        return Field(day.isoformat(), None, "path", "day")
    return Field("{:04}-{:02}".format(*month), None, "path", "month") if month else None


def faults(text: str, parts: Parts, found: Mapping[str, Field], form: str, file: str) -> Iterator[Diagnostic]:
    """Say where no date is printed, one cannot be read or can be read in two ways, and what contradicts it."""
    field, words = found.get("date"), _words(text, parts)
    is_printed = field is not None and field.basis == "printed"
    if words and not is_printed and (form in _DAY_FIRST or printed_dates.read(words.of(text)) is None or field is None):
        yield diagnostics.at("CLP202", text, words.start, file=file, printed=words.of(text))
    elif form != "plain" and (field is None or field.basis == "path"):
        yield from _undated(text, parts, file)
    if field and is_printed and field.precision == "day":
        yield from _far_dateline(text, field, found.get("dateline"), file)
    if field and is_printed and form not in _DAY_FIRST:
        yield from _open_order(text, parts, found, file)
    if field and field.basis != "path":
        yield from _far_path(text, field, file)


def _undated(text: str, parts: Parts, file: str) -> Iterator[Diagnostic]:
    """A line that may be a date is shown; else no date is printed."""
    heads = [block for kind in ("title", "standfirst", "paragraph") for block in parts.get(kind, ())[:_FIRST_LINES]]
    short = (block for block in heads if block.end - block.start <= _LONGEST and text[block.end - 1] not in ".?!")
    last = [*parts.get("paragraph", ())[-1:], *(block for kind in ("label", *_AROUND) for block in parts.get(kind, ()))]
    beside = (block for block in last if block.end - block.start <= _LONGEST and _has_date(block.of(text)))
    unread = next((block for block in short if _may_be_date(block.of(text), block.kind)), next(beside, None))
    if unread:
        yield diagnostics.at("CLP212", text, unread.start, file=file, printed=unread.of(text))
    else:
        yield diagnostics.make("CLP201", file=file)


def _has_date(words: str) -> bool:
    return bool(printed_dates.inside(words) or printed_dates.foreign(words))


def _may_be_date(words: str, kind: str) -> bool:
    is_like_date = kind != "title" and printed_dates.looks_like_date(words)
    return is_like_date or _has_date(words)


def _far_dateline(text: str, field: Field, dateline: Field | None, file: str) -> Iterator[Diagnostic]:
    if dateline is None:
        return
    printed = datetime.date.fromisoformat(field.value)
    day = datelines.nearest_day(dateline.value, printed)
    if dateline.span and day and abs(day - printed) > _NEAR:
        values = {"day": day.isoformat(), "date": field.value, "gap": abs(day - printed).days}
        yield diagnostics.at("CLP207", text, dateline.span.start, file=file, **values)


def _far_path(text: str, field: Field, file: str) -> Iterator[Diagnostic]:
    day, month = _path_day(file), _path_month(file)
    named = day.isoformat() if day else "{:04}-{:02}".format(*month) if month else ""
    if not named or field.value.startswith(named):
        return
    (begin, end), (first, last) = _days(named), _days(field.value)
    gap = max(begin - last, first - end)
    if gap > _NEAR:
        place = field.span or Span(0, 0)
        yield diagnostics.at("CLP210", text, place.start, file=file, named=named, date=field.value, gap=gap.days)


def _open_order(text: str, parts: Parts, found: Mapping[str, Field], file: str) -> Iterator[Diagnostic]:
    words, dateline = _words(text, parts), found.get("dateline")
    reading = printed_dates.read(words.of(text)) if words else None
    if words and reading and reading.other:
        fitting = _fitting(text, parts, reading, file, dateline.span if dateline else None)
        if fitting is None:
            values = {"first": reading.day.isoformat(), "second": reading.other.isoformat()}
            yield diagnostics.at("CLP211", text, words.start, file=file, printed=words.of(text), **values)


def _printed(
    text: str, parts: Parts, words: Span, path: str, dateline: Span | None, form: str
) -> printed_dates.Reading | None:
    printed = words.of(text)
    first = _RANGE.search(text, max(0, words.start - _LONGEST_RANGE), words.start)
    if first and printed[:2].strip().isdigit():
        printed = first["day"] + printed[2:] if printed[1].isdigit() else first["day"] + printed[1:]
    if form in _DAY_FIRST:
        day = printed_dates.parse(printed)
        return printed_dates.Reading(day) if day else None
    reading = printed_dates.read(printed)
    if reading is None:
        day = printed_dates.unlisted(printed) or printed_dates.in_years(printed, _years(text, parts, path))
        return printed_dates.Reading(day) if day else None
    if reading.other and _fitting(text, parts, reading, path, dateline) == reading.other:
        return printed_dates.Reading(reading.other)
    return reading


def _fitting(
    text: str, parts: Parts, reading: printed_dates.Reading, path: str, dateline: Span | None
) -> datetime.date | None:
    """Which of two readings the rest of the page speaks for: its path, dateline, other dates or a zone of America."""
    both = (reading.day, reading.other)
    month = _path_month(path)
    known: set[datetime.date | None] = {_path_day(path), *_other_days(text, parts)}
    known.add(datelines.nearest_day(dateline.of(text), reading.day) if dateline else None)
    fitting = [day for day in both if day and (day in known or (day.year, day.month) == month)]
    if len(fitting) == 1:
        return fitting[0]
    figures = [(int(found[1]), int(found[3])) for found in _NUMERIC.finditer(text)]
    day_first, month_first = (any(pair[at] > _MONTHS for pair in figures) for at in (0, 1))
    words = _words(text, parts)
    has_zone = words is not None and bool(_AMERICAN.search(words.of(text)))
    is_american = has_zone or _is_month_first(text, parts)
    if day_first != (month_first or is_american):
        return reading.day if day_first else reading.other
    return None


def _other_days(text: str, parts: Parts) -> Iterator[datetime.date | None]:
    """Yield the days that the page prints around its text, those of its site only where they read in one way."""
    yield from (printed_dates.parse(block.of(text)) for block in parts.get("second_date", ()))
    for words in _around(text, parts):
        place = printed_dates.inside(words)
        reading = printed_dates.read(words[slice(*place)]) if place else None
        if reading and not reading.other:
            yield reading.day


def _is_month_first(text: str, parts: Parts) -> bool:
    """Tell whether the page names an outlet that prints the month first."""
    named = (block.of(text) for kind in _NAMED for block in parts.get(kind, ()))
    return any(map(printed_dates.MONTH_FIRST.search, named))


def _years(text: str, parts: Parts, path: str) -> Iterator[int]:
    """Yield the years that the page may be of: those of its rights, and that of its path."""
    yield from (int(found["year"]) for words in _around(text, parts) for found in _HELD.finditer(words))
    yield from (day.year for day in [_path_day(path)] if day)
    yield from (month[0] for month in [_path_month(path)] if month)


def _around(text: str, parts: Parts) -> Iterator[str]:
    """Yield what the page prints around its text."""
    return (block.of(text) for kind in _AROUND for block in parts.get(kind, ()))


def _words(text: str, parts: Parts) -> Span | None:
    block = next(iter(parts.get("date", ())), None)
    if block:
        return Span(block.end - len(printed_dates.without_label(block.of(text))), block.end)
    signed = (one for kind in ("publisher", "credit") for one in parts.get(kind, ()))
    lines = (Line(one.start, one.end, one.of(text)) for one in signed)
    cited = (part for line in lines for part in citations.behind(line) if part[2] == "date")
    return next((Span(start, end) for start, end, _ in cited), None)


@functools.lru_cache(maxsize=64)
def _path_day(path: str) -> datetime.date | None:
    """The last day in a path that the calendar has."""
    figures = (map(int, found.group("year", "month", "day")) for found in _PATH_DAY.finditer(path))
    days = [printed_dates.calendar_day(*day) for day in figures]
    return next((day for day in reversed(days) if day), None)


@functools.lru_cache(maxsize=64)
def _path_month(path: str) -> tuple[int, int] | None:
    named = _PATH_MONTH.search(path)
    return (int(named["year"]), int(named["month"])) if named else None


def _days(iso: str) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a day or month."""
    year, month, *day = map(int, iso.split("-"))
    first, last = (day[0], day[0]) if day else (1, calendar.monthrange(year, month)[1])
    return datetime.date(year, month, first), datetime.date(year, month, last)
