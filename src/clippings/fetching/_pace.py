"""One request after the other to a host, with a rest between them, and none while it asks for none."""

from __future__ import annotations

import datetime
from email.utils import parsedate_to_datetime

from clippings.fetching.outside import FetchError, Outside

FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0
"""Seconds before a request is tried again: the first wait at most, doubled each time up to the longest."""
_MOST_DIGITS = 9


class Pace:
    """When each host may be asked next."""

    def __init__(self, outside: Outside, delay: float) -> None:
        self._outside = outside
        self._delay = delay
        self._delays: dict[str, float] = {}
        self._next: dict[str, float] = {}
        self._closed: dict[str, tuple[float, float]] = {}

    def slow(self, host: str, delay: float) -> None:
        """Rest longer between the requests to a host, as its robots.txt asks."""
        self._delays[host] = max(self._delay, delay)

    def take(self, host: str) -> None:
        """Wait until a host may be asked, and count the request.

        Raises:
            FetchError: the host asked for a longer rest than is waited for (CLP710).
        """
        until, asked = self._closed.get(host, (0.0, 0.0))
        now = self._outside.clock()
        if now < until:
            raise FetchError("CLP710", seconds=asked, limit=self._outside.limits.wait)
        rest = self._next.get(host, now) - now
        if rest > 0:
            self._outside.sleep(rest)
        self._next[host] = self._outside.clock() + self._delays.get(host, self._delay)

    def hold(self, host: str, attempt: int, asked: float | None) -> None:
        """Wait longer before the next request, after one that failed in a way that may pass.

        Args:
            host: that was asked.
            attempt: how often it failed, from 1.
            asked: the seconds that it asks to wait, if it does.

        Raises:
            FetchError: it asks for more than is waited for (CLP710); it is left alone until then.
        """
        now = self._outside.clock()
        if asked is not None and asked > self._outside.limits.wait:
            self._closed[host] = (now + asked, asked)
            raise FetchError("CLP710", seconds=asked, limit=self._outside.limits.wait)
        backoff = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1))
        # Some of it at random, so that many who were turned away do not come back together.
        wait = max(asked or 0.0, backoff * (0.5 + 0.5 * self._outside.chance()))
        self._next[host] = max(self._next.get(host, 0.0), now + wait)


def seconds(retry_after: str, now: datetime.datetime) -> float | None:
    """Return the seconds that a header ``Retry-After`` asks to wait, None where it cannot be read.

    >>> now = datetime.datetime(2031, 11, 2, 12, 0, tzinfo=datetime.UTC)
    >>> seconds("90", now), seconds("Sun, 02 Nov 2031 12:00:30 GMT", now), seconds("soon", now)
    (90.0, 30.0, None)
    """
    words = retry_after.strip()
    if words.isascii() and words.isdigit():
        return float(words[:_MOST_DIGITS])
    try:
        until = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.UTC)
    return max(0.0, (until - now).total_seconds())
