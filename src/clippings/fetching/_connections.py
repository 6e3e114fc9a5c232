"""Connections to checked addresses alone, each request with an end: what httpx sends its requests through."""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from clippings.fetching.outside import FetchError, Outside, Place

_FAULTS = {
    httpcore.TimeoutException: "no answer in time",
    httpcore.ConnectError: "no connection",
    httpcore.RemoteProtocolError: "the answer is truncated or not HTTP",
    httpcore.NetworkError: "the connection broke",
    httpcore.ProtocolError: "the request is not HTTP",
}


@contextlib.contextmanager
def _as_fetch_error() -> Iterator[None]:
    """Turn what goes wrong on the way into a FetchError that may pass."""
    try:
        yield
    except tuple(_FAULTS) as error:
        what = next(_FAULTS[kind] for kind in type(error).__mro__ if kind in _FAULTS)
        why = " ".join(str(error).split())
        raise FetchError("CLP701", may_pass=True, reason=f"{what} ({why})" if why else what) from error


class Transport(httpx.BaseTransport):
    """Sends a request to an address that was resolved and checked for this connection, never to another.

    Proxies of the environment are not used: what they connect to could not be checked.
    """

    def __init__(self, outside: Outside) -> None:
        self._backend = _Backend(outside)
        context = httpx.create_ssl_context(trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=self._backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its time begins here, and ends with the last byte of the answer."""
        self._backend.begin()
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        with _as_fetch_error():
            sent = httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
            answer = self._pool.handle_request(sent)
        assert isinstance(answer.stream, Iterable)
        stream = _Stream(answer.stream)
        return httpx.Response(answer.status, headers=answer.headers, stream=stream, extensions=answer.extensions)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        with _as_fetch_error():
            yield from self._inner

    def close(self) -> None:
        self._inner.close()


class _Backend(httpcore.SyncBackend):
    """Resolves, checks and connects in one step, so that a name cannot lead elsewhere in between."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self.end = 0.0

    def begin(self) -> None:
        """Begin the time of a request."""
        self.end = time.monotonic() + self._outside.limits.seconds

    def left(self) -> float:
        """Return the seconds that a read or write may take.

        Raises:
            ReadTimeout: there are none.
        """
        rest = self.end - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout(f"more than {self._outside.limits.seconds:g} seconds in all")
        return min(rest, self._outside.limits.silence)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (the time left is shorter)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers; all of them must be allowed."""
        failed: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address, number in self._checked(host, port):
            try:
                inner = super().connect_tcp(address, number, self.left(), local_address, socket_options)
                return _Bounded(inner, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str, port: int) -> list[Place]:
        try:
            places = list(self._outside.resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address: {error}") from error
        for address, _ in places:
            if not self._outside.is_allowed(address):
                raise FetchError("CLP704", reason=f"{host} is {address}, which is not a public address")
        return places


class _Bounded(httpcore.NetworkStream):
    """A stream whose reads and writes end with the time of the request."""

    def __init__(self, inner: httpcore.NetworkStream, backend: _Backend) -> None:
        self._inner, self._backend = inner, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._backend.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._backend.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Bounded(self._inner.start_tls(ssl_context, server_hostname, self._backend.left()), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
