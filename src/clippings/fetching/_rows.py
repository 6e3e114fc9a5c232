"""The rows of a catalogue that pages are fetched by: ids that can name files, addresses, and days."""

from __future__ import annotations

import calendar
import datetime
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from clippings.comparing import catalogue
from clippings.fetching.manifest import is_name
from clippings.fetching.outside import FetchError


class Days(NamedTuple):
    """The first and the last day that are meant: one day, or a month or year."""

    first: datetime.date
    last: datetime.date

    def off(self, day: datetime.date) -> int:
        """Return how many days a day lies before (below 0) or behind the days that are meant."""
        return min(0, (day - self.first).days) + max(0, (day - self.last).days)


def days(date: str) -> Days:
    """Return the days that a date means, which may be a month or a year.

    Raises:
        ValueError: it is not a date.

    >>> days("2008-02").last.isoformat(), days("2007-11-02").off(datetime.date(2007, 10, 31))
    ('2008-02-29', -2)
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", date):
        raise ValueError(f"not a date such as 2007-11-02: {date!r}")
    parts = [int(part) for part in date.split("-")]
    first = datetime.date(*[*parts, 1, 1][:3])
    month = 12 if len(parts) == 1 else first.month
    last = first if len(parts) == 3 else datetime.date(first.year, month, calendar.monthrange(first.year, month)[1])
    return Days(first, last)


class Row(NamedTuple):
    """A row of the catalogue: ``days`` are those that a capture should be near."""

    id: str
    url: str
    title: str
    days: Days | None
    fault: FetchError | None = None
    dateless: str = ""
    """Why there are no ``days``."""


def rows(table: str | Path, wanted: Days | None) -> list[Row]:
    """Return the rows of a catalogue; one that cannot be asked for has the fault that says why.

    Args:
        table: a CSV file with the columns ``id`` and ``url``.
        wanted: the days that captures should be near; those of each row if not given.

    Raises:
        CatalogueError: the table cannot be used.
    """
    found = catalogue.filled(table, "id", "url").reindex(columns=["id", "url", "title", "date"], fill_value="")
    listed: list[Row] = []
    taken: set[str] = set()
    for name, url, title, date in found.itertuples(index=False, name=None):
        fault = None
        if not is_name(name):
            fault = FetchError("CLP711", reason=f"its id {name!r} cannot name a file")
        elif not _is_asked(url):
            fault = FetchError("CLP711", reason=f"its address {url!r} is not one of http or https alone")
        elif name.lower() in taken:
            fault = FetchError("CLP711", reason=f"another row has the id {name!r}")
        taken.add(name.lower())
        meant, why = wanted, ""
        try:
            meant = wanted or days(date)
        except ValueError:
            why = f"its date {date!r} is not one such as 2007-11-02" if date else "it has no date"
        listed.append(Row(name, url, title, meant, fault, why))
    return listed


def _is_asked(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
