"""Dated expressions of the body, resolved against the clipping's day.

A bare weekday is the latest such day not after the page's day, unless words around it say that it lies ahead; a month
and day without a year is that day in the nearest year. (In TimeBank 269 of 297 bare weekdays look back, and the
nearest year is right for 135 of 144 days.)
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from clippings.model import Clipping, DateRef, Span
from clippings.page_date import MONTHS

_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_DAY_NAME = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTH_NAME = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_DAY_OF_MONTH = r"(?:[12]\d|3[01]|0?[1-9])"
_EXPRESSION = re.compile(
    rf"""\b(?:
    (?P<n_day>{_DAY_OF_MONTH})/(?P<n_month>1[0-2]|0?[1-9])/(?P<n_year>\d{{4}}|\d{{2}})\b
  | (?:(?:{_DAY_NAME}),?\ )?(?:on\ )?(?P<m_month>{_MONTH_NAME})\ ?(?P<m_day>{_DAY_OF_MONTH})(?:st|nd|rd|th)?
      (?:\ ?[-–]\ ?{_DAY_OF_MONTH})?\b(?!:)(?:,?\ (?P<m_year>(?:19|20)\d\d)\b)?
  | (?:(?:{_DAY_NAME}),?\ )?(?P<d_day>{_DAY_OF_MONTH})(?:st|nd|rd|th)?(?:\ of)?\ (?P<d_month>{_MONTH_NAME})
      (?:,?\ (?P<d_year>(?:19|20)\d\d)\b)?
  | (?P<y_month>{_MONTH_NAME}),?\ (?P<y_year>(?:19|20)\d\d)\b
  | (?P<that_month>{_MONTH_NAME})\ of\ that\ year
  | (?P<month>(?!May\b|March\b){_MONTH_NAME}|(?<=in\ )(?:May|March)|(?<=since\ )(?:May|March)|(?<=until\ )(?:May|March))
  | (?:(?P<which>last|next|this|past|coming)\ )?(?P<weekday>{_DAY_NAME})\b
  | (?P<relative>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight)\b
  | (?P<unit_which>[Ll]ast|[Nn]ext|[Tt]his)\ (?P<unit>month)\b
    )""",
    re.VERBOSE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|is to|are to|due|scheduled|set to|plans? to|expected|begins?|starts?|opens?|ends?|hopes? to"
    r"|tomorrow|upcoming)\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:said|told|announced|reported|added|warned|was|were|had|met|signed|says)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:()\"“”]|\b(?:and|but|who|which|that|after|before|when|while)\b")
_STEP = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_UNIT_STEP = {"last": -1, "this": 0, "next": 1}


class Context(NamedTuple):
    """What open expressions are resolved against.

    ``day`` is the page's day; ``around`` that day, or mid-month where only the month is known, and tells the year;
    ``sentence`` is the expression's own, and ``before`` holds what was resolved before it.
    """

    day: datetime.date | None
    around: datetime.date | None
    sentence: Span
    before: Sequence[DateRef]


def annotate(clipping: Clipping, sentences: Sequence[Span]) -> tuple[DateRef, ...]:
    r"""Return the days and months named in the body, sorted by position.

    Args:
        clipping: its date, where precise to the day, anchors what the text leaves open; without one such
            expressions have no ``iso``.
        sentences: the sentences of the body; tense is read in them.

    >>> from clippings import parse
    >>> from clippings.annotators import sentences
    >>> clipping = parse("DATE:\n\n02/11/2007\n\nThey met on Tuesday.")[0]
    >>> annotate(clipping, sentences.annotate(clipping))[0].iso
    '2007-10-30'
    """
    day, around = _anchor(clipping)
    found: list[DateRef] = []
    for sentence in sentences:
        context = Context(day, around, sentence, found)
        for match in _EXPRESSION.finditer(clipping.text, sentence.start, sentence.end):
            found.append(_resolve(match, context))  # noqa: PERF401 (one may refer to the one before it)
    return tuple(found)


def _anchor(clipping: Clipping) -> tuple[datetime.date | None, datetime.date | None]:
    found = clipping.fields.get("date")
    if not found:
        return None, None
    day = datetime.date.fromisoformat(found.value if found.precision == "day" else f"{found.value}-15")
    return (day if found.precision == "day" else None), day


def _resolve(match: re.Match[str], context: Context) -> DateRef:
    rule = next(rule for group, rule in _RULES.items() if match[group])
    return DateRef(match.start(), match.end(), *rule(match, context))


Resolved = tuple[str | None, str, str]
Rule = Callable[[re.Match[str], Context], Resolved]


def _numeric(match: re.Match[str], _: Context) -> Resolved:
    year = int(match["n_year"])
    return (
        _day(year if year > 99 else 2000 + year, int(match["n_month"]), int(match["n_day"])),
        "day",
        "numeric date",
    )


def _month_first(match: re.Match[str], context: Context) -> Resolved:
    return _written(match["m_month"], match["m_day"], match["m_year"], context)


def _day_first(match: re.Match[str], context: Context) -> Resolved:
    return _written(match["d_month"], match["d_day"], match["d_year"], context)


def _written(month: str, day: str, year: str | None, context: Context) -> Resolved:
    if year:
        return _day(int(year), _month_number(month), int(day)), "day", "written date"
    near = context.around
    years = [near.year - 1, near.year, near.year + 1] if near else []
    days = [iso for candidate in years if (iso := _day(candidate, _month_number(month), int(day)))]
    nearest = min(days, key=lambda iso: _distance(iso, near), default=None)
    return nearest, "day", "day and month in the nearest year"


def _month_year(match: re.Match[str], _: Context) -> Resolved:
    return f"{match['y_year']}-{_month_number(match['y_month']):02}", "month", "month and year"


def _that_month(match: re.Match[str], context: Context) -> Resolved:
    year = next((ref.iso[:4] for ref in reversed(context.before) if ref.iso), None)
    iso = f"{year}-{_month_number(match['that_month']):02}" if year else None
    return iso, "month", "month of the year named before"


def _bare_month(match: re.Match[str], context: Context) -> Resolved:
    month = _month_number(match["month"])
    near = context.around
    if not near:
        return None, "month", "month in the nearest year"
    years = (near.year - 1, near.year, near.year + 1)
    year = min(years, key=lambda year: abs((year - near.year) * 12 + month - near.month))
    return f"{year}-{month:02}", "month", "month in the nearest year"


def _weekday(match: re.Match[str], context: Context) -> Resolved:
    if not context.day:
        return None, "day", "weekday without a page day"
    ahead = _is_ahead(match, context.sentence)
    number = _DAYS[match["weekday"].lower()]
    back = (context.day.weekday() - number) % 7
    if match["which"] in ("last", "past") and back == 0:
        back = 7
    day = context.day + datetime.timedelta(days=(7 - back) if ahead else -back)
    return day.isoformat(), "day", "weekday ahead" if ahead else "latest weekday"


def _is_ahead(match: re.Match[str], sentence: Span) -> bool:
    """Tense is that of the weekday's own clause; a verb of the past in it means a day gone by."""
    if match["which"]:
        return match["which"] in ("next", "coming")
    clauses = [
        sentence.start,
        *(cut.end() for cut in _CLAUSE.finditer(match.string, sentence.start, match.start())),
    ]
    following = _CLAUSE.search(match.string, match.end(), sentence.end)
    end = following.start() if following else sentence.end
    clause = match.string[clauses[-1] : end]
    return bool(_AHEAD.search(clause)) and not _BACK.search(clause)


def _relative(match: re.Match[str], context: Context) -> Resolved:
    word = match["relative"].lower()
    day = context.day + datetime.timedelta(days=_STEP[word]) if context.day else None
    return day.isoformat() if day else None, "day", word


def _unit(match: re.Match[str], context: Context) -> Resolved:
    rule = match[0].lower()
    if not context.around:
        return None, "month", rule
    months = context.around.year * 12 + context.around.month - 1 + _UNIT_STEP[match["unit_which"].lower()]
    return f"{months // 12}-{months % 12 + 1:02}", "month", rule


def _month_number(printed: str) -> int:
    return MONTHS[printed.rstrip(".").lower()]


def _day(year: int, month: int, day: int) -> str | None:
    if day > calendar.monthrange(year, month)[1]:
        return None
    return datetime.date(year, month, day).isoformat()


def _distance(iso: str, anchor: datetime.date | None) -> int:
    return abs((datetime.date.fromisoformat(iso) - anchor).days) if anchor else 0


_RULES: dict[str, Rule] = {
    "n_day": _numeric,
    "m_day": _month_first,
    "d_day": _day_first,
    "y_year": _month_year,
    "that_month": _that_month,
    "month": _bare_month,
    "weekday": _weekday,
    "relative": _relative,
    "unit": _unit,
}
