"""The web archive's capture nearest a day, by the Memento protocol (RFC 7089)."""

from __future__ import annotations

import datetime
import re
from email.utils import format_datetime, parsedate_to_datetime
from typing import NamedTuple

from clippings.fetching._asking import Answer, Asker
from clippings.fetching.outside import FetchError

ARCHIVE = "https://web.archive.org/web/"
"""The TimeGate that is asked: an address is put behind it."""
_STAMP = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/(?=\w+:)")
_OK, _NOT_FOUND = 200, (404, 410)


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
    if len(parts) == 3:
        return Days(first, first)
    ahead = datetime.date(first.year + 1, 1, 1) if len(parts) == 1 else _next_month(first)
    return Days(first, ahead - datetime.timedelta(1))


def nearest(asker: Asker, archive: str, address: str, wanted: Days) -> tuple[Answer, datetime.datetime]:
    """Return the capture of an address nearest a day, with the moment of the capture.

    It is asked for as it was captured, without what the archive adds to pages (``id_``).

    Raises:
        FetchError: there is none (CLP708), it is a capture of an error (CLP707), or the archive did not answer.
    """
    noon = datetime.datetime.combine(wanted.first, datetime.time(12), datetime.UTC)
    headers = {"Accept-Datetime": format_datetime(noon, usegmt=True)}
    answer = asker.ask(archive + address, headers, through=_as_captured)
    moment = _moment(answer)
    if moment is None and answer.status in _NOT_FOUND:
        raise FetchError("CLP708", reason="it has no capture of the page")
    if moment is None and answer.status == _OK:
        raise FetchError("CLP708", reason="it answered with a page of its own, not with a capture")
    if moment is None:
        raise FetchError("CLP702", status=answer.status)
    if answer.status != _OK:
        raise FetchError("CLP707", reason=f"the capture of {moment:%Y-%m-%d} is of an answer {answer.status}")
    return answer, moment


def _as_captured(address: str) -> str:
    return _STAMP.sub(r"/\1id_/", address, count=1)


def _moment(answer: Answer) -> datetime.datetime | None:
    """When a capture was made, by its header or its address; None where the answer is not one."""
    said = answer.header("Memento-Datetime")
    try:
        if said:
            return parsedate_to_datetime(said).astimezone(datetime.UTC)
        stamp = _STAMP.search(answer.url)
        return datetime.datetime.strptime(stamp[1], "%Y%m%d%H%M%S").replace(tzinfo=datetime.UTC) if stamp else None
    except (ValueError, TypeError, OverflowError):
        return None


def _next_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=28) + datetime.timedelta(4)).replace(day=1)
