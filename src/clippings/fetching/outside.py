"""What fetching asks of the world outside: names to addresses, clocks, and chance; a test gives its own."""

from __future__ import annotations

import datetime
import ipaddress
import random
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

Place = tuple[str, int]
"""An IP address and a port."""


class FetchError(Exception):
    """A page was not fetched: ``code`` of the table of diagnostics, with the values of its message."""

    def __init__(self, code: str, *, may_pass: bool = False, **values: Any) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values
        self.may_pass = may_pass
        """Whether asking again may help."""


class Limits(NamedTuple):
    """What a request may take before it is given up: ``size`` in bytes, times in seconds, the others in numbers."""

    size: int = 20_000_000
    """Bytes of a page, as sent and unpacked."""
    seconds: float = 60.0
    """Of one request, from the first byte sent to the last received."""
    silence: float = 20.0
    """Seconds without a byte."""
    redirects: int = 5
    attempts: int = 4
    """Requests for one address, the first among them."""
    wait: float = 120.0
    """The longest that ``Retry-After`` or ``Crawl-delay`` is waited for, in seconds."""


def resolved(host: str, port: int) -> list[Place]:
    """Return the addresses of a host, in the system's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(place[0]), int(place[1])) for *_, place in found))


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public network, whatever form it is wrapped in.

    >>> [is_public(one) for one in ("93.184.216.34", "10.0.0.1", "::ffff:127.0.0.1", "fe80::1", "2606:2800::1")]
    [True, False, False, False, True]
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in _behind(found))


def _behind(found: _Address) -> Sequence[_Address]:
    """An address, and the IPv4 addresses that it leads to: mapped, 6to4, Teredo, NAT64."""
    if isinstance(found, ipaddress.IPv4Address):
        return [found]
    if found in _NAT64:
        return [ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)]
    inside = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    return [found, *(one for one in inside if one is not None)]


_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Outside(NamedTuple):
    """The network and the clock that a run uses; by default the real ones, with public addresses only."""

    resolve: Callable[[str, int], Sequence[Place]] = resolved
    is_allowed: Callable[[str], bool] = is_public
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    now: Callable[[], datetime.datetime] = _now
    chance: Callable[[], float] = random.random
    """From 0 to 1."""
    limits: Limits = Limits()
