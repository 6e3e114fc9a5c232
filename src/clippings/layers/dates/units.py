"""Weeks, months, quarters, seasons and years: one function a form, called where a word of it was found."""

from __future__ import annotations

import re

from clippings.evidence import DateRef
from clippings.layers.dates import figures, periods
from clippings.layers.dates.forms import GAP, NEXT_WORD, YEAR
from clippings.layers.dates.page import Page
from clippings.layers.dates.words import ARTICLES, COUNTED, NUMBERS, SEASON_LEADS, STEPS, YEAR_LEADS
from clippings.page.printed_dates import calendar_day, full_year

_ISO = re.compile(r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?![\w/-])")
_YEARS = re.compile(
    rf"(?P<year>{YEAR})(?:[-–—/](?P<to>(?:19|20)\d\d|\d\d)(?![\w-])|{GAP}(?:to|through|until){GAP}(?P<until>{YEAR}))?"
    r"(?![\w%]|[.,]\d|[-/]\w)"
)
_DECADE = re.compile(r"\d{3}0['’]?s\b")
_SHORT_YEAR = re.compile(r"['’](?P<year>\d\d)(?P<decade>['’]?s)?(?![\w'’-]|[.,:]\d)")
_ROMAN_BEFORE = re.compile(r"\d( )[IVX]+ \Z")
_OF_YEAR = re.compile(rf"(?:,|{GAP}of)?{GAP}(?:fiscal{GAP})?(?P<year>{YEAR})(?!['’])")
_OF_NAMED_YEAR = re.compile(rf"{GAP}of{GAP}(?P<which>last|this|next){GAP}year\b")
_STOP = re.compile(r"\s?(?:[,.;)]|$)", re.MULTILINE)
_WHOLE_CENTURY = 100
_LAST_WINTER_MONTH = 2


def unit(page: Page, start: int, end: int, form: tuple[str, str]) -> DateRef | None:
    """Last week, this month, next year."""
    which, name = form
    if page.text.startswith(" of ", end) or (which != "current" and page.word_before(start) == "the"):
        return None
    anchor = page.around if name in ("month", "quarter", "year", "decade") else page.day
    if not anchor:
        return page.unknown(start, end, name, f"{which} {name}")
    return page.ref(start, end, periods.unit(name, anchor, STEPS[which]), f"{which} {name}", rests=True)


def ago(page: Page, start: int, end: int, form: tuple[str, str]) -> DateRef | None:
    """A week ago, two years earlier, three days later: counted in the unit they name."""
    name, where = form
    word = page.word_before(start)
    number = NUMBERS.get(word) or (int(word) if word.isdecimal() and len(word) < 3 else 0)
    if not number:
        return None
    start = page.start_of_word_before(start)
    rule = f"{name}s {where}"
    anchor = page.around if name in ("month", "year") else page.day
    if where == "later" or (where == "earlier" and name in ("day", "week")):
        anchor = page.before(start, ("day",))
    if not anchor:
        return page.unknown(start, end, name, rule)
    step = number if where == "later" else -number
    return page.ref(start, end, periods.unit(name, anchor, step), rule, rests=True)


def within(page: Page, start: int, end: int, form: tuple[str, int]) -> DateRef | None:
    """In three days: counted on from the anchor where the tense looks ahead, else a stretch of time and no date."""
    name, number = form
    anchor = page.around if name in ("month", "year") else page.day
    if not anchor or page.direction(start, end) != "ahead":
        return None
    return page.ref(start, end, periods.unit(name, anchor, number), f"in {name}s", rests=True)


def named_before(page: Page, start: int, end: int, form: tuple[str, int]) -> DateRef | None:
    """The same day, the next month: counted from what was named before; nothing where nothing was."""
    name, step = form
    if page.text[start:end].lower().endswith("before") and not _STOP.match(page.text, end):
        return None
    precisions = {"day": ("day",), "month": ("day", "month"), "year": ("day", "month", "quarter", "year")}[name]
    named = page.before(start, precisions)
    return page.ref(start, end, periods.unit(name, named, step), f"{name} named before") if named else None


def quarter(page: Page, start: int, end: int, number: int) -> DateRef | None:
    """The third quarter, of the year named beside it or the latest that has begun."""
    found = _OF_YEAR.match(page.text, end)
    if found:
        return page.ref(start, found.end(), periods.quarter(int(found["year"]), number), "quarter and year")
    last = page.found[-1] if page.found else None
    if last and last.precision == "year" and last.iso and last.iso.isdigit() and start - last.end <= 3:
        page.found.pop()
        return page.ref(last.start, end, periods.quarter(int(last.iso), number), "quarter and year")
    around = page.around
    if not around:
        return page.unknown(start, end, "quarter", "quarter without a year")
    named = _OF_NAMED_YEAR.match(page.text, end)
    if named:
        period = periods.quarter(around.year + STEPS[named["which"]], number)
        return page.ref(start, named.end(), period, "quarter of a year beside this", rests=True)
    now = (around.month + 2) // 3
    year = around.year - (number > now)
    if number != now and page.direction(start, end) == "ahead":
        return page.ref(start, end, periods.quarter(year + 1, number), "quarter ahead", rests=True)
    return page.ref(start, end, periods.quarter(year, number), "latest quarter begun", rests=True)


def season(page: Page, start: int, end: int, index: int) -> DateRef | None:
    """A season of a year, or alone behind a word that shows it is one."""
    text = page.text
    found = _OF_YEAR.match(text, end)
    if found:
        return page.ref(start, found.end(), periods.season(int(found["year"]), index), "season and year")
    words = [word.lower() for word in page.words_before(start)[-2:]]
    if text[start:end].lower() == "fall" or not words or words[-1] not in SEASON_LEADS:
        return None
    if text.startswith(" of ", end) or (words[-1] == "the" and (len(words) < 2 or words[0] not in SEASON_LEADS)):
        return None
    around = page.around
    if not around:
        return page.unknown(start, end, "season", "season without a year")
    near = [periods.season(around.year + step, index) for step in (-1, 0, 1)]
    tense = page.direction(start, end)
    if tense == "ahead":
        near = [period for period in near if period.last >= around]
    elif tense == "back":
        near = [period for period in near if period.first <= around]
    best = min(near, key=lambda period: abs((period.first - around).days + 45))
    return page.ref(start, end, best, "season in the nearest year", rests=True)


def season_beside(page: Page, start: int, end: int, form: tuple[str, int]) -> DateRef:
    """Last summer, this spring, next winter."""
    which, index = form
    around = page.around
    rule = f"{which} season"
    if not around:
        return page.unknown(start, end, "season", rule)
    near = [periods.season(around.year + step, index) for step in (-2, -1, 0, 1)]
    if STEPS[which] < 0:
        chosen = [period for period in near if period.last < around][-1]
    elif STEPS[which] > 0:
        chosen = next((period for period in near if period.first > around), near[-1])
    else:
        is_winter_now = index == 3 and around.month <= _LAST_WINTER_MONTH
        chosen = near[1] if is_winter_now else near[2]
    return page.ref(start, end, chosen, rule, rests=True)


def year(page: Page, start: int, _end: int, _: int = 0) -> DateRef | None:
    """What begins or ends with a year: an ISO date, a date in figures, a decade, a year or a run of years."""
    text = page.text
    before = text[start - 1 : start]
    roman = _ROMAN_BEFORE.search(text, max(page.read_to, start - 7), start) if before == " " else None
    in_figures = roman and figures.day(page, roman.start(1))
    if in_figures:
        return in_figures
    if before and (before.isdigit() or before in ".,/$€£-–_=#"):
        return None
    iso = _ISO.match(text, start)
    if iso:
        return _iso(page, iso)
    found = _DECADE.match(text, start)
    if found:
        return page.ref(start, found.end(), periods.decade(int(text[start : start + 4])), "decade")
    found = _YEARS.match(text, start)
    return _years(page, found) if found else None


def short_year(page: Page, start: int, _end: int, _: int) -> DateRef | None:
    """A year cut short behind a word that stands before years, in '04, and a decade, the '90s."""
    found = _SHORT_YEAR.match(page.text, start)
    if not found or not page.text[start - 1 : start].isspace():
        return None
    year, lead = full_year(found["year"]), page.word_before(start)
    if found["decade"]:
        is_decade = year % 10 == 0 and lead in ARTICLES | YEAR_LEADS
        return page.ref(*found.span(), periods.decade(year), "decade") if is_decade else None
    if lead not in YEAR_LEADS or _is_counted(page, found.end()):
        return None
    return page.ref(*found.span(), periods.year(year), "year")


def _iso(page: Page, found: re.Match[str]) -> DateRef:
    day = calendar_day(int(found["year"]), int(found["month"]), int(found["day"]))
    if not day:
        return page.unknown(*found.span(), "day", "impossible day")
    return page.ref(*found.span(), periods.day(day), "ISO 8601 date")


def _years(page: Page, found: re.Match[str]) -> DateRef | None:
    first = int(found["year"])
    to = found["to"] or found["until"]
    if to:
        last = int(to) if len(to) == 4 else first // 100 * 100 + int(to)
        if first < last:
            period = periods.year(first)._replace(iso=f"{first}/{last}", last=periods.year(last).last)
            return page.ref(*found.span(), period, "years")
        return None
    if not _is_year(page, found, first):
        return None
    return page.ref(*found.span(), periods.year(first), "year")


def _is_year(page: Page, found: re.Match[str], number: int) -> bool:
    """Tell a year from a count of things by the word before it and the word behind it."""
    text, (start, end) = page.text, found.span()
    following = NEXT_WORD.match(text, end)
    word = following["word"] if following else ""
    if word in COUNTED or (number % _WHOLE_CENTURY == 0 and _is_plural(word)):
        return False
    lead, is_aside = page.word_before(start), text[start - 1 : start] == "(" and text[end : end + 1] in (")", ",")
    if is_aside or lead in YEAR_LEADS or lead.endswith(("'s", "’s")):
        return True
    if lead in ARTICLES:
        return bool(word) and number % _WHOLE_CENTURY != 0
    last = page.found[-1] if page.found else None
    return lead in ("and", "to", "or") and last is not None and last.precision == "year" and start - last.end <= 6


def _is_counted(page: Page, end: int) -> bool:
    """Tell whether the word behind a number is what it counts."""
    following = NEXT_WORD.match(page.text, end)
    word = following["word"].rstrip("'’") if following else ""
    return word in COUNTED or _is_plural(word)


def _is_plural(word: str) -> bool:
    return word.endswith("s") and len(word) > 3 and word.islower()
