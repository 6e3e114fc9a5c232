"""One address asked: politely, again where it may help, through redirects, and never past the limits."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import NamedTuple, Self

import httpx

from clippings.fetching import _bodies, _robots
from clippings.fetching._connections import Transport
from clippings.fetching._pace import Pace, seconds
from clippings.fetching.outside import FetchError, Outside

_AGAIN = frozenset([408, 425, 429, 500, 502, 503, 504])
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_LONGEST_ADDRESS = 2_000


class Answer(NamedTuple):
    """What a server answered: its head, and its body as sent and unpacked."""

    url: str
    status: int
    phrase: str
    protocol: str
    headers: list[tuple[str, str]]
    sent: bytes
    body: bytes

    def header(self, name: str) -> str:
        """Return the value of a header, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Asker:
    """Asks addresses one after the other.

    Args:
        outside: the world that is asked.
        agent: the header ``User-Agent``.
        delay: seconds between two requests to a host.
    """

    def __init__(self, outside: Outside, agent: str, delay: float) -> None:
        self._outside = outside
        self._pace = Pace(outside, delay)
        self._rules: dict[str, _robots.Rules] = {}
        # Not through a client of httpx, which would read where a redirect leads, and keep cookies.
        self._transport = Transport(outside)
        self._headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": ", ".join(_bodies.ENCODINGS)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._transport.close()

    def ask(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        *,
        through: Callable[[str], str] = str,
        checks_robots: bool = True,
    ) -> Answer:
        """Ask an address and return the last answer, after redirects.

        Args:
            address: of http or https.
            headers: sent with every request.
            through: changes the address that a redirect leads to.
            checks_robots: whether robots.txt must allow it, at each step.

        Raises:
            FetchError: there is no answer; its code says why.
        """
        url, seen = _url(address), []
        while True:
            seen.append(str(url))
            if checks_robots:
                self._rules_of(url).check(str(url))
            answer = self._patiently(url, headers or {})
            target = answer.header("Location") if answer.status in _REDIRECTS else ""
            if not target:
                return answer
            url = _url(through(str(_joined(url, target))))
            if str(url) in seen:
                raise FetchError("CLP705", reason="its redirects form a loop")
            if len(seen) > self._outside.limits.redirects:
                raise FetchError("CLP705", reason=f"it has more than {self._outside.limits.redirects} redirects")

    def _rules_of(self, url: httpx.URL) -> _robots.Rules:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._rules:
            found = _robots.read(lambda: self._robots(f"{origin}/robots.txt"))
            limit = self._outside.limits.wait
            if found.delay > limit:
                found = _robots.Rules(fault=FetchError("CLP710", seconds=found.delay, limit=limit))
            self._pace.slow(url.host, found.delay)
            self._rules[origin] = found
        return self._rules[origin]

    def _robots(self, address: str) -> tuple[int, bytes]:
        answer = self.ask(address, checks_robots=False)
        return answer.status, answer.body

    def _patiently(self, url: httpx.URL, headers: Mapping[str, str]) -> Answer:
        """Ask until there is an answer that asking again would not change."""
        for attempt in range(1, self._outside.limits.attempts + 1):
            self._pace.take(url.host)
            is_last = attempt == self._outside.limits.attempts
            try:
                answer = self._once(url, headers)
            except FetchError as error:
                if is_last or not error.may_pass:
                    raise
                self._pace.hold(url.host, attempt, None)
                continue
            if answer.status not in _AGAIN:
                return answer
            asked = seconds(answer.header("Retry-After"), self._outside.now())
            # Told to the host's pace the last time too: the next page waits as long.
            self._pace.hold(url.host, attempt, asked)
            if is_last:
                return answer
        raise AssertionError

    def _once(self, url: httpx.URL, headers: Mapping[str, str]) -> Answer:
        limit = self._outside.limits.size
        request = httpx.Request("GET", url, headers={**self._headers, **headers})
        with contextlib.closing(self._transport.handle_request(request)) as response:
            length = response.headers.get("Content-Length", "")
            if length.isdigit() and int(length[:18]) > limit:
                raise FetchError("CLP705", reason=f"it has {int(length[:18]):,} bytes, more than {limit:,}")
            sent = bytearray()
            for part in response.iter_raw():
                sent += part
                if len(sent) > limit:
                    raise FetchError("CLP705", reason=f"it has more than {limit:,} bytes")
        # What a redirect or an error carries is not read, and need not unpack.
        is_read = response.status_code == httpx.codes.OK
        packing = response.headers.get("Content-Encoding", "") if is_read else ""
        return Answer(
            str(url),
            response.status_code,
            response.reason_phrase,
            response.http_version,
            [(key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers.raw],
            bytes(sent),
            _bodies.unpacked(bytes(sent), packing, limit),
        )


def _url(address: str) -> httpx.URL:
    """Read an address; what is not of http or https, or hides a name and password, is refused."""
    try:
        found = httpx.URL(address)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise FetchError("CLP704", reason=f"it is not an address: {error}") from error
    if found.scheme not in ("http", "https") or not found.host:
        raise FetchError("CLP704", reason="only addresses of http and https are asked")
    if found.userinfo:
        raise FetchError("CLP704", reason="it holds a name or password")
    if len(str(found)) > _LONGEST_ADDRESS:
        raise FetchError("CLP704", reason=f"it is longer than {_LONGEST_ADDRESS:,} characters")
    return found.copy_with(fragment=None)


def _joined(url: httpx.URL, target: str) -> str:
    try:
        return str(url.join(target))
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise FetchError("CLP704", reason=f"it redirects to what is not an address: {error}") from error
