"""Lines that look like a date and are in none of our forms: asked of dateparser, in the languages of the region."""

from __future__ import annotations

import datetime
import functools
import re
from importlib import import_module
from typing import Any

_YEAR, _DAY = re.compile(r"\b(?:19|20)\d\d\b"), re.compile(r"(?<![\d.:])(?:0?[1-9]|[12]\d|3[01])(?![\d:])")
_LONGEST, _MOST_WORDS = 40, 6
_LANGUAGES = ["en", "ru", "be", "uk", "pl", "de", "fr", "es", "it", "lt", "lv", "et", "cs"]
_STRICT = {
    "DATE_ORDER": "DMY",
    "STRICT_PARSING": True,
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
}


def looks_like_date(text: str) -> bool:
    """Tell whether a line has the year, the day and the few words of a date.

    >>> looks_like_date("22 juin 2016"), looks_like_date("Euro 2016 opens"), looks_like_date("12 die in 2016")
    (True, False, True)
    """
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    return bool(_YEAR.search(text)) and bool(_DAY.search(text))


@functools.lru_cache(maxsize=256)
def day(text: str) -> datetime.date | None:
    """Return the day such a line names; the package takes long to load, and is only loaded for one.

    >>> day("Mittwoch, 22. Juni 2016"), day("12 die in 2016")
    (datetime.date(2016, 6, 22), None)
    """
    found = _parser().get_date_data(text).date_obj if looks_like_date(text) else None
    return found.date() if found else None


@functools.cache
def _parser() -> Any:
    return import_module("dateparser.date").DateDataParser(languages=_LANGUAGES, settings=_STRICT)
