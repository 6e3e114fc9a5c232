"""What was asked for, one page after another: files, folders, patterns, archives and open files."""

from __future__ import annotations

import functools
import hashlib
import io
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, TypeAlias

from clippings.arguments import ArgumentError
from clippings.reading import archives, folders, keys, kinds, source
from clippings.reading.archives import RawPage, failed, refused
from clippings.reading.folders import Found
from clippings.reading.source import SourceError, refusal

Source: TypeAlias = str | os.PathLike[str] | IO[bytes] | IO[str]
Sources: TypeAlias = Source | Iterable[Source]


def pages(sources: Iterable[Sources]) -> Iterator[RawPage]:
    """Yield what each source holds, sorted by name within it, each page under a key of its own.

    A file is given once, however it is named or linked; a further link to it is told.
    """
    return keys.unique(_pages(each(sources)))


def each(sources: Iterable[Any]) -> Iterator[Source]:
    """Yield the sources, those in lists too.

    Raises:
        ArgumentError: one is neither a path nor an open file.
    """
    for one in sources:
        if isinstance(one, (str, os.PathLike)) or hasattr(one, "read"):
            yield one
        elif isinstance(one, Iterable) and not isinstance(one, (bytes, bytearray)) and not hasattr(one, "columns"):
            yield from each(one)
        else:
            kind = type(one).__name__
            raise ArgumentError(f"sources: neither a path nor an open file: {kind} (for a frame there is read_frame)")


def _pages(sources: Iterable[Source]) -> Iterator[RawPage]:
    seen: dict[object, str] = {}
    for one in sources:
        if not isinstance(one, (str, os.PathLike)):
            yield from _stream(one)
            continue
        for found in folders.expand(os.fspath(one)):
            place = os.path.abspath(found.path)  # noqa: PTH100 (called for every page, and much faster)
            file = place if found.code else _identity(place)
            if file not in seen:
                seen[file] = place
                yield from (_left(found),) if found.code else _file(found)
            elif seen[file] != place and place not in seen:
                seen[place] = place
                yield _left(found._replace(code="CLP117", reason=f"a link to {seen[file]}, which is read", kind="link"))


def _left(found: Found) -> RawPage:
    return refused(found.path, found.code, found.kind, reason=found.reason, kind=found.kind)


def _identity(place: str) -> object:
    """What is the same for all links to a file."""
    try:
        status = os.stat(place)  # noqa: PTH116 (called for every page, and much faster)
    except (OSError, ValueError):
        return place
    return (status.st_dev, status.st_ino)


def _file(found: Found) -> Iterator[RawPage]:
    path = found.path
    if not archives.is_archive(path) or os.path.isdir(path):  # noqa: PTH112
        key = keys.key(path, found.root or os.path.dirname(path))  # noqa: PTH120
        yield RawPage(path, functools.partial(_bytes, path), key)
        return
    try:
        packed = Path(path).open("rb")  # noqa: SIM115 (what fails here is told; what fails below is the archive's)
    except (OSError, ValueError) as error:
        yield failed(path, _unreadable(path, error))
        return
    key_of = functools.partial(keys.key, root=found.root or path)
    with packed:
        yield from archives.pages(path, packed, os.fstat(packed.fileno()).st_size, kinds.is_page, key_of)


def _stream(stream: IO[bytes] | IO[str]) -> Iterator[RawPage]:
    """An open file is read at once: one without a name is called by the hash of what it holds."""
    name = getattr(stream, "name", "")
    name = name if isinstance(name, str) else ""
    is_packed = archives.is_archive(name)
    try:
        data = _drained(stream, name, archives.MAX_TOTAL if is_packed else source.MAX_BYTES)
    except SourceError as error:
        yield failed(name, error)
        return
    as_bytes = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if is_packed:
        key_of = functools.partial(keys.key, root=name)
        yield from archives.pages(name, io.BytesIO(as_bytes), len(as_bytes), kinds.is_page, key_of)
    else:
        is_named = name and not name.startswith("<")
        named = keys.key(os.path.basename(name)) if is_named else hashlib.sha256(as_bytes).hexdigest()[:12]  # noqa: PTH119
        yield RawPage(name, lambda: data, named)


def _drained(stream: IO[bytes] | IO[str], name: str, limit: int) -> bytes | str:
    try:
        data = stream.read(limit + 1)
    except Exception as error:
        raise refusal("CLP107", name, reason=archives.said(error)) from error
    if isinstance(data, (bytearray, memoryview)):
        data = bytes(data)
    if not isinstance(data, (bytes, str)):
        reason = f"the open file gave {type(data).__name__}, not bytes or text"
        raise refusal("CLP107", name, reason=reason)
    if len(data) > limit:
        raise refusal("CLP106", name, size=len(data), limit=limit)
    return data


def _bytes(path: str) -> bytes:
    try:
        status = os.stat(path)  # noqa: PTH116 (an empty path is no file)
        if stat.S_ISREG(status.st_mode) and status.st_size <= source.MAX_BYTES:
            return _content(path)
        if folders.is_special(status.st_mode):
            # One such as a shell's <(command) may never end: no more is taken than a page can have.
            with Path(path).open("rb") as device:
                return device.read(source.MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        raise refusal("CLP102", path, path=path)
    raise refusal("CLP106", path, size=status.st_size, limit=source.MAX_BYTES)


def _content(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (called for every page, and much faster)
        return file.read()


def _unreadable(path: str, error: OSError | ValueError) -> SourceError:
    if isinstance(error, OSError) and not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return refusal("CLP107", path, reason=error.strerror)
    return refusal("CLP101", path, path=path)  # ValueError: no file can have this name.
