"""The body of an answer: decompressed within a limit, and checked to be a page."""

from __future__ import annotations

import codecs
import email.message
import zlib

from clippings.fetching.outside import FetchError
from clippings.reading.source import SourceError, decode

KINDS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}
"""The types of content that are pages, and the suffix of their files."""
ENCODINGS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
"""The encodings that are asked for, with what zlib calls them; some servers send deflate without its head."""
_PDF = b"%PDF"


def unpacked(data: bytes, encoding: str, limit: int) -> bytes:
    r"""Return the body of an answer without its content encoding, never more bytes than the limit.

    Raises:
        FetchError: the encoding is not known, the data are damaged or cut (CLP706), or too large (CLP705).

    >>> import gzip
    >>> unpacked(gzip.compress(b"Minsk was quiet."), "gzip", 100)
    b'Minsk was quiet.'
    """
    for name in reversed([word.strip().lower() for word in encoding.split(",") if word.strip()]):
        if name == "identity":
            continue
        if name not in ENCODINGS:
            raise FetchError("CLP706", reason=f"compressed as {name}, which was not requested")
        data = _unpacked_once(data, ENCODINGS[name], limit)
    return data


def _unpacked_once(data: bytes, ways: tuple[int, ...], limit: int) -> bytes:
    for way in ways:
        try:
            return _inflated(data, way, limit)
        except zlib.error:
            continue
    raise FetchError("CLP706", may_pass=True, reason="it cannot be decompressed")


def _inflated(data: bytes, way: int, limit: int) -> bytes:
    found = b""
    while data:
        inflater = zlib.decompressobj(way)
        found += inflater.decompress(data, limit + 1 - len(found))
        if len(found) > limit:
            raise FetchError("CLP705", reason=f"decompressed, it has more than {limit:,} bytes")
        if not inflater.eof:
            raise FetchError("CLP706", may_pass=True, reason="it is truncated")
        data = inflater.unused_data.lstrip(b"\0")
    return found


def kind(content_type: str, body: bytes) -> tuple[str, str]:
    """Return the suffix for the file of a page, and the character set that its sender names, empty if none.

    Raises:
        FetchError: it is not a page, whatever the sender calls it (CLP709).

    >>> kind("text/html; charset=windows-1251", b"<p>Minsk</p>"), kind("", b"Minsk was quiet.")
    (('.html', 'cp1251'), ('.txt', ''))
    """
    head = email.message.Message()
    head["Content-Type"] = content_type
    named = head.get_content_type() if content_type else ("text/html" if body.lstrip()[:1] == b"<" else "text/plain")
    if named not in KINDS:
        raise FetchError("CLP709", reason=f"{named} is not the type of a page")
    if (named == "application/pdf") != body.startswith(_PDF):
        raise FetchError("CLP709", reason=f"declared as {named}, but it is something else")
    if named != "application/pdf":
        try:
            decode(body)
        except SourceError as error:
            raise FetchError("CLP709", reason=error.diagnostic.message) from error
    return KINDS[named], _charset(str(head.get_param("charset") or ""))


def _charset(name: str) -> str:
    try:
        return codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
