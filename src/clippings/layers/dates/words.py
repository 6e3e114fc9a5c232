"""The words of dates: names and numbers here, the lists of words in ``words.yaml``."""

from __future__ import annotations

import datetime
from importlib import resources
from typing import cast

import msgspec

_DATA = msgspec.yaml.decode(resources.files(__package__).joinpath("words.yaml").read_bytes())


def _words(name: str) -> frozenset[str]:
    return frozenset(cast(str, _DATA[name]).split())


WEEKDAYS = {name: number for number, name in enumerate(cast(list[str], _DATA["weekdays"]))}
# An abbreviation counts only where a written date follows it.
SHORT_WEEKDAYS = (*(name[:3] for name in WEEKDAYS), "Tues", "Thur", "Thurs")
RELATIVE_DAYS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
UNITS = ("week", "weekend", "month", "quarter", "year", "decade")
COUNTED_UNITS = ("day", "week", "month", "year", "decade")
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ROMAN_MONTHS = {name: number for number, name in enumerate(ROMANS, 1)}
KNOWN_DAYS = {(day.month, day.day): day for day in cast(list[datetime.date], _DATA["known_days"])}
SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
NAMED_BEFORE = {
    "same day": ("day", 0),
    "that day": ("day", 0),
    "previous day": ("day", -1),
    "day before": ("day", -1),
    "following day": ("day", 1),
    "the next day": ("day", 1),
    "same month": ("month", 0),
    "that month": ("month", 0),
    "following month": ("month", 1),
    "same year": ("year", 0),
    "that year": ("year", 0),
    "following year": ("year", 1),
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NUMBERS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

NOT_DATES = tuple(cast(list[str], _DATA["not_dates"]))
DOUBTFUL_MONTHS = _words("doubtful_months")
MONTH_LEADS = _words("month_leads")
NAMERS = _words("namers")
VERB_FOLLOWERS = _words("verb_followers")
SEASON_LEADS = _words("season_leads")
YEAR_LEADS = _words("year_leads")
ARTICLES = _words("articles")
COUNTED = _words("counted")
GENERIC = _words("generic")
AFTER_DAYS = _words("after_days")
AFTER_YEAR = _words("after_year")
DAY_LEADS = _words("day_leads")
KNOWN_LEADS = _words("known_leads")

MODALS = _words("modals")
NEGATED = _words("negated")
AHEAD = _words("ahead")
AHEAD_PLURAL = _words("ahead_plural")
SCHEDULED = _words("scheduled")
AHEAD_TO = _words("ahead_to")
PUT_OFF = _words("put_off")
MOVED = _words("moved")
NO_PLURAL = _words("no_plural")
ANNOUNCED = _words("announced")
PAST = _words("past")
NOT_PAST = _words("not_past")
REPORTS = _words("reports")
CLAUSE_WORDS = _words("clause_words")
EVENTS = _words("events")
