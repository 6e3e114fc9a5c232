"""What a host's robots.txt allows, as RFC 9309 reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from protego import Protego

from clippings.fetching.outside import FetchError

TOKEN = "clippings"
"""The name by which robots.txt may speak of this program."""
MOST_BYTES = 512_000
"""RFC 9309 asks that 500 kibibytes be read; the rest is left."""
_OK, _SERVER = range(200, 300), range(500, 600)
_TOO_MANY = 429


class Rules(NamedTuple):
    """The rules of one host: those read, or a fault for every address where it cannot be asked."""

    parsed: Protego | None = None
    fault: FetchError | None = None

    @property
    def delay(self) -> float:
        """The seconds between requests that the host asks for, 0 where it asks for none."""
        return float((self.parsed and self.parsed.crawl_delay(TOKEN)) or 0)

    def check(self, url: str) -> None:
        """Refuse an address that the rules do not allow.

        Raises:
            FetchError: they do not (CLP703), or are not known since the host did not answer (CLP702, CLP701 ...).
        """
        if self.fault:
            raise self.fault
        if self.parsed and not self.parsed.can_fetch(url, TOKEN):
            raise FetchError("CLP703")


def read(ask: Callable[[], tuple[int, bytes]]) -> Rules:
    """Return the rules of a host.

    There are none where the file is not there (4xx). Where the host fails (5xx, 429, no connection), nothing may be
    asked: it might forbid it.

    Args:
        ask: gives status and body of its robots.txt, or raises FetchError.
    """
    try:
        status, body = ask()
    except FetchError as error:
        return Rules(fault=error)
    if status in _SERVER or status == _TOO_MANY:
        return Rules(fault=FetchError("CLP702", status=f"{status} for robots.txt"))
    if status not in _OK:
        return Rules()
    return Rules(Protego.parse(body[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")))
