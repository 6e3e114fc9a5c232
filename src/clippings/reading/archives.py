"""Zip and tar files as pages, read in memory and never unpacked to disk.

What could hurt is refused with a diagnostic: too many members, too many bytes, names that lead out of the archive,
links, archives within the archive. Pages beside it are read.
"""

from __future__ import annotations

import functools
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO, Any, NamedTuple

from clippings import sources
from clippings.model import Diagnostic
from clippings.reading import _tar
from clippings.reading._tar import Member, TooLargeError
from clippings.reading.source import MAX_BYTES, SourceError, refusal

MAX_MEMBERS = 100_000
MAX_TOTAL = 2_000_000_000
"""The bytes of all members together; an archive of more is refused with CLP113."""
MAX_RATIO = 200
SMALL = 50_000_000
"""Up to so many bytes in all, members may be packed as tightly as they like."""

SUFFIXES = (".zip", *_tar.SUFFIXES)
BROKEN = (
    *(OSError, EOFError, ValueError, RuntimeError, OverflowError, IndexError, KeyError),
    *(zipfile.BadZipFile, lzma.LZMAError, zlib.error, struct.error),
)
"""What reading a damaged archive raises, by what is damaged: its list, or the packed bytes of a member."""
_STEP = 4_096
_DRIVE = re.compile(r"[A-Za-z]:")


class RawPage(NamedTuple):
    """A page that was asked for: ``read`` gives its bytes or its text, or raises SourceError with the reason.

    ``id`` is its key, ``kind`` what it is where no suffix tells; ``notes`` are to be told of it,
    ``given`` is what is known of it beside what it prints.
    """

    name: str
    read: Callable[[], bytes | str]
    id: str | None = None
    kind: str = ""
    notes: tuple[Diagnostic, ...] = ()
    given: Mapping[str, Any] = {}


def refused(name: str, code: str, what: str = "", **values: Any) -> RawPage:
    """Return a page that is not read, with the diagnostic that says why; ``what`` is its kind where no suffix tells."""
    return failed(name, refusal(code, name, **values), what)


def failed(name: str, error: SourceError, what: str = "") -> RawPage:
    """Return a page that raises an error when it is read; ``what`` is its kind where no suffix tells."""
    return RawPage(name, functools.partial(_raise, error), kind=what)


def is_archive(name: str) -> bool:
    """Tell by its name whether a file is an archive.

    >>> is_archive("press.tar.gz"), is_archive("112007-14.txt")
    (True, False)
    """
    return name.lower().endswith(SUFFIXES)


def pages(
    name: str, packed: IO[bytes], size: int, is_page: Callable[[str], bool], key: Callable[[str], str]
) -> Iterator[RawPage]:
    """Yield the pages of an archive, sorted by name; what is refused is a page that raises.

    Args:
        name: of the archive; it stands before the names of its members.
        packed: its bytes, seekable.
        size: how many bytes there are.
        is_page: tells by its name whether a member is a page; others are told as not read (CLP116), as in a folder.
        key: names a page by its path, that of the archive included.
    """
    limit = min(MAX_TOTAL, max(SMALL, MAX_RATIO * size))
    listed = _zip if name.lower().endswith(".zip") else _tarred
    found = 0
    try:
        for member in listed(name, packed, limit):
            if member.damage:
                found += 1
                yield refused(f"{name}/{member.name}" if member.name else name, "CLP111", reason=member.damage)
                continue
            kind = sources.kind(member.name)
            if kind == sources.SYSTEM or not (is_page(member.name) or is_archive(member.name)):
                yield refused(f"{name}/{member.name}", "CLP116", kind=kind)
                continue
            found += 1
            yield _page(name, member, key)
    except TooLargeError as error:
        yield refused(name, "CLP113", reason=str(error))
    except BROKEN as error:
        yield refused(name, "CLP111", reason=said(error))
    else:
        if not found:
            yield refused(name, "CLP102", path=name)


def _page(archive: str, member: Member, key: Callable[[str], str]) -> RawPage:
    name = f"{archive}/{member.name}"
    fault = member.fault or _path_trick(member.name)
    if fault:
        return refused(name, "CLP112", member=member.name, reason=fault)
    if is_archive(member.name):
        return refused(name, "CLP114", member=member.name)
    if member.size > MAX_BYTES:
        return refused(name, "CLP106", size=member.size, limit=MAX_BYTES)
    return RawPage(name, functools.partial(_unpack, name, member.read), key(name))


def _path_trick(member: str) -> str:
    path = PurePosixPath(member.replace("\\", "/"))
    if path.is_absolute() or _DRIVE.match(member):
        return "has an absolute path"
    return "leads out of the archive" if ".." in path.parts else ""


_LOCAL_HEADER = b"PK\x03\x04"


def _zip(_name: str, packed: IO[bytes], limit: int) -> Iterator[Member]:
    with zipfile.ZipFile(packed) as archive:
        listed = [info for info in archive.infolist() if not info.is_dir()]
        if _holds_more(packed, archive):
            raise zipfile.BadZipFile("it is cut short, and its end is that of an archive within it")
        if len(listed) > MAX_MEMBERS:
            raise TooLargeError(f"{len(listed):,} members")
        total = sum(info.file_size for info in listed)
        if total > limit:
            raise TooLargeError(f"{total:,} bytes unpacked")
        for info in sorted(listed, key=lambda info: info.filename):
            fault = "is a link" if stat.S_ISLNK(info.external_attr >> 16) else ""
            yield Member(info.filename, functools.partial(_zip_member, archive, info), info.file_size, fault)


def _holds_more(packed: IO[bytes], archive: zipfile.ZipFile) -> bool:
    """Tell whether a file begins with a member that its directory does not list, as one does that was cut short."""
    packed.seek(0)
    begins = packed.read(len(_LOCAL_HEADER)) == _LOCAL_HEADER
    return begins and min((info.header_offset for info in archive.infolist()), default=0) > 0


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read in small steps: a member that holds more than it declares would otherwise be unpacked before it is cut.

    Other methods than deflate are unpacked whole whatever the step.
    """
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("packed by another method than deflate")
    with archive.open(info) as member:
        return b"".join(iter(functools.partial(member.read, _STEP), b""))


def _tarred(name: str, packed: IO[bytes], limit: int) -> Iterator[Member]:
    """A packed tar can only be read from its start to its end, so all its pages are held before they are sorted."""
    suffix = next(suffix for suffix in _tar.SUFFIXES if name.lower().endswith(suffix))
    found: list[Member] = []
    fault: Exception | None = None
    try:
        for one in _tar.members(suffix, packed, limit, MAX_BYTES):
            if len(found) >= MAX_MEMBERS:
                raise TooLargeError(f"more than {MAX_MEMBERS:,} members")
            if not one.name.endswith("/"):
                found.append(one)
    except (*BROKEN, TooLargeError) as error:
        fault = error
    yield from sorted(found, key=lambda member: member.name)
    if fault:
        raise fault


def _unpack(name: str, read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except BROKEN as error:
        raise refusal("CLP111", name, reason=said(error)) from error


def _raise(error: SourceError) -> bytes:
    raise error


def said(error: BaseException) -> str:
    """The first line of what an error says, or its name.

    >>> said(ValueError("no such day")), said(ValueError())
    ('no such day', 'ValueError')
    """
    return (str(error).splitlines() or [type(error).__name__])[0]
