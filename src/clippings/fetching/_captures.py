"""The web archive's capture nearest a day, by the Memento protocol (RFC 7089)."""

from __future__ import annotations

import datetime
import re
from email.utils import format_datetime, parsedate_to_datetime

from clippings.fetching._asking import Answer, Asker
from clippings.fetching._rows import Days
from clippings.fetching.outside import FetchError

_STAMP = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/(?=\w+:)")
_OK, _NOT_FOUND = 200, (404, 410)


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
