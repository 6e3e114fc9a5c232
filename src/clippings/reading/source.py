"""Bytes to text and back: encoding, byte-order mark, line ends kept, and the line and column of an offset."""

from __future__ import annotations

import codecs
import hashlib
from typing import Any

import msgspec
from charset_normalizer import from_bytes

from clippings import diagnostics
from clippings.errors import ClippingsError
from clippings.model import Diagnostic
from clippings.places import position
from clippings.reading import languages

MAX_BYTES = 20_000_000
"""A page larger than this is not one clipping; reading it is refused with CLP106."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    # Before UTF-16, whose mark is the first half of it.
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_CODEC = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}
_SIGNATURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an Office document",
}
_BEGINNINGS, _MARK_BYTES = tuple(_SIGNATURES), tuple(mark for mark, _, _ in _MARKS)
_CONTROL = bytes(set(range(32)) - {0, 9, 10, 11, 12, 13, 27})
_MOST_CONTROL = 0.1
_HEAD = 4_096
_FIRST_NOT_ASCII, _MOSTLY = 0x80, 0.8
# What the first bytes of UTF-16 are in Latin, Greek and Cyrillic letters.
_PAGES_OF_UNICODE = b"\x00\x03\x04"
# The code pages of languages that Latin-1 lacks letters of: without and with the marks of Windows at 0x80 to 0x9f.
_CODE_PAGES = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), ("iso-8859-2", "cp1250")),
    **dict.fromkeys(("lt", "lv"), ("iso-8859-13", "cp1257")),
    "tr": ("cp1254", "cp1254"),
}
_OF_WINDOWS = bytes(range(0x80, 0xA0))


class Decoded(msgspec.Struct, frozen=True, gc=False):
    """The text of some bytes, and what is needed to give the bytes back."""

    text: str
    encoding: str
    bom: bytes
    sha256: str
    diagnostics: tuple[Diagnostic, ...] = ()


class SourceError(ClippingsError, ValueError):
    """A source holds no text; ``diagnostic`` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def refusal(code: str, file: str, **values: Any) -> SourceError:
    """Return the error of a file that is not read, by its code.

    >>> print(refusal("CLP103", "a.txt"))
    a.txt: error[CLP103]: the file is empty (save the page again)
    """
    return SourceError(diagnostics.make(code, file=file, **values))


def decode(data: bytes, *, file: str = "", declared: str = "") -> Decoded:
    r"""Decode the bytes of a page; line ends are kept, a byte-order mark is dropped and recorded.

    A mark decides; else UTF-8, or UTF-16 where every other byte is a NUL; else the encoding the page declares for
    itself; else the best guess of charset-normalizer that gives the same bytes back, with CLP110.

    Raises:
        SourceError: the bytes are empty, too many, binary, or not what their mark announces.

    >>> decode(b"\xef\xbb\xbfMinsk").encoding
    'utf-8-sig'
    """
    _refuse(data, file)
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith(_MARK_BYTES):
        mark, codec, name = next(row for row in _MARKS if data.startswith(row[0]))
        return Decoded(_announced(data, mark, codec, file), name, mark, sha256)
    wide = _wide(data)
    if wide:
        told = diagnostics.make("CLP110", file=file, line=1, column=1, byte=0, encoding=wide)
        return Decoded(data.decode(wide), wide, b"", sha256, (told,))
    try:
        return Decoded(data.decode("utf-8"), "utf-8", b"", sha256)
    except UnicodeDecodeError as error:
        if declared and _gives_back(data, declared):
            return Decoded(data.decode(declared), declared, b"", sha256)
        return _guess(data, sha256, error.start, file)


def encode(text: str, encoding: str, bom: bytes = b"") -> bytes:
    r"""Give back the bytes that ``decode`` read.

    >>> encode("Minsk", "utf-8-sig", b"\xef\xbb\xbf")
    b'\xef\xbb\xbfMinsk'
    """
    return bom + text.encode(_CODEC.get(encoding, encoding))


def _refuse(data: bytes, file: str) -> None:
    if not data or data in _MARK_BYTES:
        raise refusal("CLP103", file)
    if len(data) > MAX_BYTES:
        raise refusal("CLP106", file, size=len(data), limit=MAX_BYTES)
    reason = _binary(data)
    if reason:
        raise refusal("CLP104", file, reason=reason)


def _binary(data: bytes) -> str:
    if data.startswith(_BEGINNINGS):
        return next(name for signature, name in _SIGNATURES.items() if data.startswith(signature))
    if data.startswith(_MARK_BYTES) or _wide(data):
        return ""
    head = data[:65_536]
    control = len(head) - len(head.translate(None, _CONTROL))
    nul = head.count(0)
    if control + nul > _MOST_CONTROL * len(head):
        return f"{control + nul:,} control bytes in the first {len(head):,}"
    return ""


def _wide(data: bytes) -> str:
    """Return the UTF-16 that a text without a mark is in: one of each pair of bytes tells the alphabet."""
    head = data[:_HEAD]
    if len(data) % 2 or b"\0" not in head:
        return ""
    for name, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if (
            sum(map(high.count, _PAGES_OF_UNICODE)) > _MOSTLY * len(high)
            and low.count(0) < _MOST_CONTROL * len(low)
            and _gives_back(data, name)
        ):
            return name
    return ""


def _announced(data: bytes, mark: bytes, codec: str, file: str) -> str:
    try:
        return data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        byte = error.start + len(mark)
        raise refusal("CLP105", file, byte=byte, encoding=codec) from error


def _guess(data: bytes, sha256: str, bad: int, file: str) -> Decoded:
    encoding = _best_guess(data)
    text = data.decode(encoding)
    line, column = position(data[:bad].decode("latin-1"), bad)
    told = diagnostics.make("CLP110", file=file, line=line, column=column, byte=data[bad], encoding=encoding)
    return Decoded(text, encoding, b"", sha256, (told,))


def _best_guess(data: bytes) -> str:
    best = from_bytes(data).best()
    guess = best.encoding if best else "latin-1"
    candidates = (_of_language(data), "cp1252", guess) if _is_mostly_ascii(data) else (guess,)
    return next((name for name in candidates if _gives_back(data, name)), "latin-1")


def _is_mostly_ascii(data: bytes) -> bool:
    """Latin letters with a few others: the detector cannot tell their code pages apart; the archive's are 1252."""
    return sum(byte < _FIRST_NOT_ASCII for byte in data) > _MOSTLY * len(data)


def _of_language(data: bytes) -> str:
    plain, of_windows = _CODE_PAGES.get(languages.language(data.decode("latin-1")) or "", ("cp1252", "cp1252"))
    return of_windows if data.translate(None, _OF_WINDOWS) != data else plain


def _gives_back(data: bytes, encoding: str) -> bool:
    try:
        return data.decode(encoding).encode(encoding) == data
    except UnicodeError:
        return False
