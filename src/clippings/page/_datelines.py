"""Datelines: the place, day and agency that open a report, or close it.

The shapes are rows of ``_ROWS``, tried in order at the start of each of the first paragraphs; none can backtrack over
more than a few dozen characters.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from clippings.model import Block, Span
from clippings.page import _outlets as outlets
from clippings.page import printed_dates
from clippings.page._words import JOB_WORDS, RUBRICS, WORDS

_CAPS = r"[A-Z][A-Z'’.-]{2,20}(?: [A-Z][A-Z'’.-]{1,20}){0,2}"
_WORD = r"[A-Z][a-z]{2,15}"
_BRACKETS = rf"(?: \({_WORD}(?: {_WORD})?\)(?=,))?"
# Words in capitals that open a sentence or a note, and are no places.
_NO_PLACE = (
    rf"(?!(?:CSTO|FACTBOX|NATO|NEWS|NOTE|OSCE|START|UPDATED|{'|'.join(sorted(RUBRICS)).upper()})\b|[A-Z]\.[A-Z]"
    r"|[A-Z]{3}(?![\w'’.-])(?! [A-Z]{3}))"
)
_PLACES = rf"{_NO_PLACE}{_CAPS}(?: ?/ ?{_CAPS})?{_BRACKETS}"
_MIXED = rf"{_WORD}(?: {_WORD})?(?: ?/ ?{_WORD})?"
_REGION = rf"(?:, (?:{_WORD}(?: {_WORD})?|[A-Z]{{4,20}}|D\.C\.))?"
_MONTH = (
    r"(?i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = (
    rf"(?:{_MONTH}(?: ?\d{{1,2}}(?: ?[-–] ?(?:{_MONTH} ?)?\d{{1,2}})?)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})"
)
_IN_BRACKETS, _IN_SLASHES = r"(?:[A-Z]|dpa)[^()\n]{0,60}", "[A-Z][A-Za-z -]{2,30}"
_SIGNED = rf"(?:[,.]? ?\({_IN_BRACKETS}\)|[,.]? ?/{_IN_SLASHES}/)"
_AGENCY = rf"(?:[,.]? ?\((?P<agency>{_IN_BRACKETS})\)|[,.]? ?/(?P<wire>{_IN_SLASHES})/)"
_DASH = r" ?(?:--|[-–—_])"
_NAMED_AGENCY = r"[A-Z][A-Za-z-]{1,15}(?: [A-Z][a-z]{2,15})?"
_WORDS = r"(?=\s+[A-Z\"“‘'`])"
_CLOCK = r"\d\d?[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?"
_STOP = r"\.(?= [A-Z\"“])"
_FIGURES = r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d"
_WHOLE = rf"(?:{_MONTH} ?\d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}|{_FIGURES})"
# Titles cut short in front of a name, long enough for a place.
_TITLES = "Brig|Capt|Cmdr|Comdr|Dipl|Insp|Messrs|Profs?|Reps|Sens|Supt"
# Each with what it may begin with: capitals (C), a capitalized word (W), a figure (D) or a mark.
_ROWS = (
    ("C", rf"{_PLACES}{_REGION}(?:[,.] {_DAY})?{_AGENCY}", rf"(?:{_DASH}|[.:](?=\s|[A-Z])|{_WORDS}|\.?$)"),
    ("C", rf"{_PLACES}{_REGION}(?:[,.] {_DAY})?", rf"(?:{_DASH}|:)(?=\s|[A-Z\"“]|$)"),
    ("CW", rf"(?:{_PLACES}|{_MIXED}),? {_DAY},? (?P<agency>{_NAMED_AGENCY})", rf"(?:{_DASH}|{_STOP})"),
    ("C", rf"{_PLACES}\. {_DAY}\. (?P<agency>{_CAPS})", rf"(?:{_DASH}|{_WORDS}|(?= /[A-Z]))"),
    ("CW", rf"(?:{_PLACES}|{_MIXED})[.,] {_DAY}\. (?P<agency>{_NAMED_AGENCY})", _DASH),
    ("C", rf"{_PLACES}, (?P<agency>(?!Ma?c)[A-Z][a-z]+[A-Z][A-Za-z]*)", _DASH),
    ("C", rf"{_PLACES}{_REGION}[,.] {_DAY}", _STOP),
    ("CW", r"(?P<agency>[A-Z][\w-]{1,15}(?: [A-Z][\w-]{2,15})?), " + _CAPS, _DASH),
    ("W", rf"{_MIXED}{_REGION}(?:[,.] {_DAY})?{_AGENCY}", rf"(?:{_DASH}|$)"),
    ("W", rf"{_MIXED}{_REGION}[,.] {_DAY}{_AGENCY}?", rf"(?:{_DASH}|:(?= )|(?<=[)/]){_STOP}|$)"),
    ("CWD", rf"(?:{_CLOCK},? )?{_WHOLE}", rf"(?:{_DASH} ?(?=[A-Z\"“]|$)|(?<=[/.]20\d\d){_STOP})"),
    ("D([", rf"{_CLOCK},? {_WHOLE}|\d{{4}}-\d\d-\d\d {_CLOCK}|\({_WHOLE}\)|\[{_WHOLE}\]", r"[,.]? (?=[A-Z\"“])"),
    ("CW(", rf"\((?:{_PLACES}|{_MIXED}), {_WHOLE}\)|(?:{_PLACES}|{_MIXED}) \({_WHOLE}\)", _DASH),
    ("CWD", rf"(?:{_MONTH} \d{{1,2}}|\d\d? {_MONTH})", r" ?(?:--|—) ?(?=[A-Z\"“])"),
    ("CWD", rf"{_DAY} \((?P<agency>[A-Z][^()\n]{{1,40}})\)", _DASH),
    ("(", rf"\((?P<agency>[A-Z][\w .-]{{1,30}})\)(?: ?- {_WORD}, {_DAY}(?= ?-))?", _DASH),
    ("W", rf"{_WORD}, {_WORD}, {_DAY} ?/ ?(?P<wire>{_IN_SLASHES})(?:, [^/\n]+)? ?/", r"(?=\s|$|[A-Z])"),
    ("/", r"/(?P<agency>[A-Z][\w. -]{2,30})/", rf"(?:{_DASH}|\.|{_WORDS})"),
    ("CW", r"(?P<agency>[A-Z][\w-]{2,20}\.[A-Za-z]{2,4}|AFP|AP|BNS|DPA|UPI)", _DASH),
    ("D", r"(?:[01]?\d|2[0-3]):[0-5]\d", r" (?=[A-Z])"),
    ("C", r"[A-Z]{3,9}\.? \d{1,2} \d{1,2}:\d{2} [AP]\.?M\.?(?: [A-Z]{2,3})?", r" (?=[A-Z])"),
    ("C", _NO_PLACE + _CAPS, r"(?:\.| ) (?=[A-Z][a-z])"),
    ("W", rf"(?!(?:{_TITLES})\.){_WORD}" + r"(?<=\w{4})", r"\. (?=[A-Z])"),
    ("CW", rf"{_PLACES}{_REGION}|{_WORD}, {_WORD}", r"$"),
)
_SHAPES = {
    mark: tuple(re.compile(rf"(?P<dateline>{shape}){end}") for starts, shape, end in _ROWS if mark in starts)
    for mark in "CWD([/"
}
# Shapes that a later paragraph may have by chance.
_OPENING = re.compile(
    rf"(?P<dateline>{_WORD}(?: ?/ ?{_WORD}|(?P<region>, {_WORD}))?)(?: (?:--?|[–—_])|(?(region):|(?!))) (?=[A-Z\"“])"
)
_CLOSING = re.compile(rf"(?P<dateline>(?:{_PLACES}|{_MIXED}){_REGION}, {_DAY}{_AGENCY}?)\.?$")
_ALONE = re.compile(
    rf"(?:(?:[A-Z]{{4,}}[A-Z/ ]{{0,26}}|[A-Z][A-Z/ ]{{3,29}}(?=,| \()|{_WORD}(?=,))"
    rf"(?:, {_WORD}|, [A-Z]{{2}}| \([A-Za-z -]{{2,30}}\))?|{_PLACES}{_REGION}(?:[,.] {_DAY})?{_SIGNED}"
    rf"|(?:{_PLACES}|{_MIXED}){_REGION}(?:[,.] {_DAY}{_SIGNED}?| \({_IN_BRACKETS}\),? {_DAY}))(?:{_DASH}|[.:])?$"
)
_LEAD = re.compile(
    rf"(?:(?:{_PLACES}|{_MIXED}){_REGION}[,.] {_DAY}{_SIGNED}|{_PLACES}{_REGION}{_SIGNED})(?:{_DASH}|[.:]) ?\S"
)
PLACE_BEHIND = re.compile(rf", (?P<dateline>{_CAPS})$")
MIXED_PLACE_BEHIND = re.compile(rf", {_WORD}(?: {_WORD})?")
_DATED = re.compile(rf"\b(?P<month>{_MONTH})\.? ?(?P<day>\d{{1,2}})\b|\b(?P<first>\d{{1,2}}) (?P<then>{_MONTH})")
_PART = re.compile(r"[^\s,/.()][^,/()]*?(?=\s*(?:[,/)]|\. |$))")
_PERSON = re.compile(rf",| (?:[a-z]+ )*(?i:{'|'.join(sorted(JOB_WORDS))})\b")
_BEHIND_PERSON, _BEFORE_SMALL = re.compile(r"[^,]*(?:,| for) (?=[A-Z])"), re.compile(r" (?=[a-z])")
_PLACE_WORDS = frozenset({"belarus", "district", "oblast", "province", "region", "republic", "russia", "ukraine"})
TWO_WORD_PLACES = frozenset(WORDS.places)
_CAPITALS = re.compile(r"[A-Z]+(?: [A-Z]+)+")
_WHOLE_DAY = re.compile(_WHOLE)
_CLOCK_ONLY = re.compile(_CLOCK)
_FIRST_PARAGRAPHS = 3


class Dateline(NamedTuple):
    """Where a dateline stands, without the mark that ends it, and the agency it names."""

    span: Span
    agency: Span | None = None


def find(
    text: str, paragraphs: Sequence[Block], publishers: Sequence[Block], alone: Sequence[Block] = ()
) -> Dateline | None:
    """Return the dateline of a page; None where it has none.

    It stands ``alone`` in the head, opens one of the first paragraphs, stands behind the outlet, or closes the text.
    """
    for block in alone:
        return Dateline(Span(block.start, block.end), _named_agency(text, block.start, block.end))
    found = _opening(text, paragraphs[:_FIRST_PARAGRAPHS])
    if not found and paragraphs:
        found = _OPENING.match(text, paragraphs[0].start, paragraphs[0].end)
    if not found:
        behind = (PLACE_BEHIND.search(text, block.start, block.end) for block in publishers)
        found = next(filter(None, behind), None)
    if not found and paragraphs:
        found = _CLOSING.match(text, paragraphs[-1].start, paragraphs[-1].end)
    return Dateline(Span(*found.span("dateline")), _agency(found)) if found else None


def stands_alone(line: str) -> bool:
    """Tell whether a line is a dateline and nothing else.

    >>> stands_alone("MINSK (AFP)"), stands_alone("Minsk, Belarus"), stands_alone("Reuters")
    (True, True, False)
    >>> stands_alone("NEW DELHI"), stands_alone("JAN NOVAK"), stands_alone("Reuters, Oct. 07, 2009")
    (True, False, False)
    """
    if _CAPITALS.fullmatch(line):
        return line.lower() in TWO_WORD_PLACES
    return bool(_ALONE.match(line)) and not (outlets.is_listed(line) or outlets.is_listed(line.partition(",")[0]))


def leads(line: str) -> bool:
    """Tell whether a line begins with a dateline of a day or an agency, and goes on.

    >>> leads("MINSK, May 29 (Interfax) - Talks began."), leads("Minsk talks begin")
    (True, False)
    """
    return bool(_LEAD.match(line))


def _opening(text: str, paragraphs: Sequence[Block]) -> re.Match[str] | None:
    for block in paragraphs:
        for shape in _SHAPES.get(_start(text, block.start), ()):
            found = shape.match(text, block.start, block.end)
            if found:
                is_of_item = bool(_CLOCK_ONLY.fullmatch(found["dateline"])) and _are_timed(text, paragraphs)
                return None if is_of_item else found
    return None


def _are_timed(text: str, paragraphs: Sequence[Block]) -> bool:
    """Tell whether times open the paragraphs, as where a page is written while things happen."""
    return sum(bool(_CLOCK_ONLY.match(text, block.start)) for block in paragraphs) > 1


def _start(text: str, at: int) -> str:
    """What a paragraph begins with, as the rows of shapes say."""
    first, second = text[at], text[at + 1 : at + 2]
    if first.isdigit():
        return "D"
    if not first.isupper():
        return first
    return "C" if second.isupper() or second in "'’.-" else "W"


def _agency(found: re.Match[str]) -> Span | None:
    """The agency a shape sets apart, without a reporter behind it; else a part that is the name of an outlet."""
    named = found.groupdict()
    group = "agency" if named.get("agency") else "wire"
    words = named.get(group)
    if not words:
        return _named_agency(found.string, *found.span("dateline"))
    at = _outlet_within(words)
    if at:
        return Span(found.start(group) + at[0], found.start(group) + at[1])
    words = _PERSON.split(words, maxsplit=1)[0].rstrip()
    is_listed = outlets.is_listed(words)
    if not is_listed and (words[-1].isdigit() or words.split()[-1].lower() in _PLACE_WORDS):
        return None
    return Span(found.start(group), found.start(group) + len(words))


def _outlet_within(words: str) -> tuple[int, int] | None:
    """Where a listed outlet stands beside a person: ``Jan Novak, RIA Novosti``, ``Interfax observer Jan Novak``."""
    behind = _BEHIND_PERSON.match(words)
    if behind and outlets.is_listed(words[behind.end() :]) and not outlets.is_listed(words.partition(",")[0]):
        return behind.end(), len(words)
    return next(
        ((0, gap.start()) for gap in _BEFORE_SMALL.finditer(words) if outlets.is_listed(words[: gap.start()])), None
    )


def _named_agency(text: str, start: int, end: int) -> Span | None:
    parts = (part for part in _PART.finditer(text, start, end) if outlets.is_listed(part[0]))
    return next((Span(*part.span()) for part in parts), None)


def day(dateline: str, year: int, month: int) -> datetime.date | None:
    """Return the day a dateline names, in the year and month known of the page; None where it names none of them."""
    named = _day_and_month(dateline)
    return printed_dates.calendar_day(year, *named) if named and named[0] == month else None


def whole_day(dateline: str) -> datetime.date | None:
    """Return the day of a dateline that names its year too.

    >>> whole_day("MINSK, November 3, 2007 (Interfax)"), whole_day("Minsk, 25/04/05")
    (datetime.date(2007, 11, 3), datetime.date(2005, 4, 25))
    """
    found = _WHOLE_DAY.search(dateline)
    return printed_dates.parse(found[0]) if found else None


def nearest_day(dateline: str, known: datetime.date) -> datetime.date | None:
    """Return the day a dateline names, in the year that brings it nearest to a known day.

    >>> nearest_day("MINSK, December 30 (Interfax)", datetime.date(2008, 1, 2))
    datetime.date(2007, 12, 30)
    """
    named = _day_and_month(dateline)
    years = (known.year - 1, known.year, known.year + 1)
    near = (printed_dates.calendar_day(year, *named) for year in years if named)
    return min((day for day in near if day), key=lambda day: abs(day - known), default=None)


def _day_and_month(dateline: str) -> tuple[int, int] | None:
    found = _DATED.search(dateline)
    if not found:
        return None
    return printed_dates.month_number(found["month"] or found["then"]), int(found["day"] or found["first"])
