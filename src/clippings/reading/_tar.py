"""Tar files read block by block: what is damaged is named, and members behind it are read where they can be.

The module ``tarfile`` ends at the first header that is wrong, and does not read to the end of a packed stream, whose
checksum stands there.
"""

from __future__ import annotations

import bz2
import functools
import lzma
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

BLOCK = 512
_CHUNK = 65_536
_STEP = 4_096
_LONGEST_NAME = 1_000_000
_ZEROS = bytes(BLOCK)
_NAMES = {b"L": "path", b"x": "path"}
_PASSED_OVER = (b"K", b"g")
_PAX = re.compile(rb"\d+ (path|size|GNU\.sparse\.\w+)=(.*?)\n", re.DOTALL)
_PACKED: dict[str, Callable[[], Any] | None] = {
    ".tar": None,
    ".tar.gz": lambda: zlib.decompressobj(31),
    ".tgz": lambda: zlib.decompressobj(31),
    ".tar.xz": lzma.LZMADecompressor,
    ".txz": lzma.LZMADecompressor,
    ".tar.bz2": bz2.BZ2Decompressor,
}
SUFFIXES = tuple(_PACKED)


class Member(NamedTuple):
    """A member of an archive: its name, and what gives its bytes, or what is wrong with it.

    One that is too large has its size alone. ``fault`` says why it was not to be read, ``damage`` what was lost; a
    member without a name is the archive.
    """

    name: str
    read: Callable[[], bytes] = bytes
    size: int = 0
    fault: str = ""
    damage: str = ""


class TooLargeError(Exception):
    """An archive holds more bytes than its limit."""


def members(suffix: str, packed: IO[bytes], limit: int, most: int) -> Iterator[Member]:
    """Yield the members of a tar file in their order, and what of it is damaged.

    Args:
        suffix: one of ``SUFFIXES``.
        packed: the file.
        limit: the most bytes it may unpack to.
        most: the most bytes of a member that are kept.

    Raises:
        TooLargeError: it unpacks to more bytes.
        Exception: the packed stream is damaged between two members; what came before was yielded.
    """
    blocks = _Blocks(_unpacked(packed, _PACKED[suffix]), limit)
    extended: dict[str, bytes] = {}
    is_whole = False
    while header := blocks.read(BLOCK):
        if len(header) < BLOCK:
            break
        is_whole = header == _ZEROS
        if is_whole:
            continue
        info = _info(header)
        if info is None:
            yield Member(_guessed(header), damage=f"a header is damaged {_passed(blocks)}")
            continue
        if info.type in _NAMES or info.type in _PASSED_OVER:
            extended |= _extended(info.type, blocks.padded(info.size))
            continue
        member = _member(info, extended, blocks, most)
        extended = {}
        yield member
        if member.damage:
            return
    if is_whole and blocks.error:
        yield Member("", damage=f"its packed stream is damaged, and pages read from it may be ({blocks.error})")
    elif blocks.error:
        raise blocks.error
    elif not is_whole:
        yield Member("", damage="it is cut: the mark of its end is missing")


def _passed(blocks: _Blocks) -> str:
    """Pass over what no header announces, up to the next header or the zeros at the end."""
    start, count = blocks.offset - BLOCK, 0
    while True:
        ahead = blocks.peek(BLOCK)
        if len(ahead) < BLOCK or ahead == _ZEROS or _info(ahead):
            return f"at byte {start:,}, and {count * BLOCK:,} bytes behind it are lost"
        blocks.read(BLOCK)
        count += 1


def _info(header: bytes) -> tarfile.TarInfo | None:
    try:
        info = tarfile.TarInfo.frombuf(header, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return None
    is_long_name = info.type in _NAMES or info.type in _PASSED_OVER
    return None if info.size < 0 or (is_long_name and info.size > _LONGEST_NAME) else info


def _guessed(header: bytes) -> str:
    """The name in a header whose checksum is wrong, if it looks like one."""
    name = header[:100].partition(b"\0")[0]
    is_header = header[257:262] == b"ustar" and name and all(byte >= 0x20 and byte != 0x7F for byte in name)
    return name.decode("utf-8", "surrogateescape") if is_header else ""


def _extended(kind: bytes, data: bytes) -> dict[str, bytes]:
    if kind == b"L":
        return {"path": data.rstrip(b"\0")}
    return {} if kind in _PASSED_OVER else {key.decode(): value for key, value in _PAX.findall(data)}


def _member(info: tarfile.TarInfo, extended: dict[str, bytes], blocks: _Blocks, most: int) -> Member:
    path = extended.get("path")
    name = path.decode("utf-8", "surrogateescape") if path else info.name
    size = int(extended["size"]) if extended.get("size", b"").isdigit() else info.size
    if info.isdir():
        return Member(f"{name.rstrip('/')}/")
    is_sparse = info.issparse() or any(key.startswith("GNU.sparse") for key in extended)
    if not info.isreg() or is_sparse:
        blocks.skip(size if is_sparse else 0)
        return Member(name, fault="is a link or no plain file")
    if size > most:
        blocks.skip(size)
        return Member(name, size=size)
    data = blocks.padded(size)
    why = f" ({blocks.error})" if blocks.error else ""
    return Member(
        name,
        functools.partial(bytes, data),
        size,
        damage="" if len(data) == size else f"the archive ends within it{why}",
    )


class _Blocks:
    """The bytes of a stream by the number that is asked for; more than a limit are refused.

    Where the stream breaks, it ends; ``error`` says why.
    """

    def __init__(self, chunks: Iterator[bytes], limit: int) -> None:
        self._chunks, self._limit = chunks, limit
        self._held = bytearray()
        self.error: Exception | None = None
        self.offset = 0

    def peek(self, size: int) -> bytes:
        """Look ahead; at the end there are fewer bytes."""
        while len(self._held) < size:
            try:
                chunk = next(self._chunks)
            except StopIteration:
                break
            except Exception as error:  # noqa: BLE001 (it is told when all before it is read)
                self.error = error
                break
            self._held += chunk
            if self.offset + len(self._held) > self._limit:
                raise TooLargeError(f"more than {self._limit:,} bytes unpacked")
        return bytes(self._held[:size])

    def read(self, size: int) -> bytes:
        data = self.peek(size)
        del self._held[: len(data)]
        self.offset += len(data)
        return data

    def padded(self, size: int) -> bytes:
        """Read so many bytes, and pass over what fills their last block."""
        data = self.read(size)
        self.read(-size % BLOCK)
        return data

    def skip(self, size: int) -> None:
        left = size + -size % BLOCK
        while left > 0 and (passed := len(self.read(min(left, _CHUNK)))):
            left -= passed


def _unpacked(packed: IO[bytes], make: Callable[[], Any] | None) -> Iterator[bytes]:
    """Unpack in small steps, so that all that stands before a damage is given."""
    data = packed.read(_CHUNK)
    if make is None:
        while data:
            yield data
            data = packed.read(_CHUNK)
        return
    while data.strip(b"\0"):
        unpacker = make()
        while not unpacker.eof:
            if not data and getattr(unpacker, "needs_input", True):
                data = packed.read(_CHUNK)
                if not data:
                    yield from iter(functools.partial(unpacker.decompress, b"", _STEP), b"")
                    raise EOFError("it is cut: the packed stream ends before its end")
            yield unpacker.decompress(data, _STEP)
            data = getattr(unpacker, "unconsumed_tail", b"")
        data = unpacker.unused_data or packed.read(_CHUNK)
