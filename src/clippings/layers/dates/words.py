"""The words of dates, as ``words.yaml`` lists them."""

from __future__ import annotations

import datetime
from importlib import resources

import msgspec

_DATA = msgspec.yaml.decode(resources.files(__package__).joinpath("words.yaml").read_bytes())


def _words(name: str) -> frozenset[str]:
    return frozenset(msgspec.convert(_DATA[name], str).split())


def _list(name: str) -> tuple[str, ...]:
    return msgspec.convert(_DATA[name], tuple[str, ...])


def _numbers(name: str) -> dict[str, int]:
    return msgspec.convert(_DATA[name], dict[str, int])


WEEKDAYS = {name: number for number, name in enumerate(_list("weekdays"))}
# An abbreviation counts only where a written date follows it.
SHORT_WEEKDAYS = (*(name[:3] for name in WEEKDAYS), "Tues", "Thur", "Thurs")
RELATIVE_DAYS = _numbers("relative_days")
STEPS = _numbers("steps")
UNITS = _list("units")
COUNTED_UNITS = _list("counted_units")
ROMAN_MONTHS = {name: number for number, name in enumerate(_list("romans"), 1)}
KNOWN_DAYS = {(day.month, day.day): day for day in msgspec.convert(_DATA["known_days"], list[datetime.date])}
SEASONS = _numbers("seasons")
NAMED_BEFORE = msgspec.convert(_DATA["named_before"], dict[str, tuple[str, int]])
ORDINALS = _numbers("ordinals")
NUMBERS = _numbers("numbers")

NOT_DATES = _list("not_dates")
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
NAMING = _words("naming")
BESIDE_DATES = _words("beside_dates")
CHAIN = _words("chain")
