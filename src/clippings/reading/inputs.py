"""What was asked for, one page after another: files, folders, patterns, archives and open files."""

from __future__ import annotations

import functools
import glob
import io
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, TypeAlias

from clippings import diagnostics
from clippings.reading import archives, source
from clippings.reading.archives import Page, refused
from clippings.reading.source import SourceError

Source: TypeAlias = str | os.PathLike[str] | IO[bytes] | IO[str]

MARKUP = (".html", ".htm", ".xhtml", ".mht", ".mhtml")
SUFFIXES = (".txt", *MARKUP)
"""What a folder or an archive is searched for; a file that is named is read whatever its suffix."""

_WILD = frozenset("*?[")
_HERE = os.path.join(".", "")  # noqa: PTH118
_SPECIAL = (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR, stat.S_ISBLK)


def pages(sources: Iterable[Source]) -> Iterator[Page]:
    """Yield what each source holds, sorted by name within it; a file named twice is given once."""
    seen: set[str] = set()
    for one in sources:
        if not isinstance(one, (str, os.PathLike)):
            yield from _stream(one)
            continue
        for file in _expand(os.fspath(one)):
            place = os.path.abspath(file)  # noqa: PTH100 (called for every page, and much faster)
            if place not in seen:
                seen.add(place)
                yield from _file(file)


def is_page(name: str) -> bool:
    """Tell by its name whether a file in a folder is a page."""
    return name.lower().endswith(SUFFIXES)


def is_markup(name: str) -> bool:
    """Tell by its name whether a page is saved HTML."""
    return name.lower().endswith(MARKUP)


def _expand(path: str) -> Sequence[str]:
    if _WILD & set(path) and not os.path.exists(path):  # noqa: PTH110 (an empty path is none, nor is one too long)
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (patterns may be absolute)
        return [file for match in matches for file in _walk(match)] or [path]
    return _walk(path)


def _walk(path: str) -> Sequence[str]:
    if os.path.isdir(path):  # noqa: PTH112
        root = str(Path(path))
        return sorted(file for file in _files(root) if not _belongs_to_a_page(file, root)) or [path]
    return [path]


def _files(root: str) -> Iterator[str]:
    """Yield the pages and archives below a folder; a link to a folder is not followed."""
    folders = [root]
    while folders:
        for entry in _entries(folders.pop()):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif (is_page(entry.name) or archives.is_archive(entry.name)) and _is_file(entry):
                yield entry.path.removeprefix(_HERE) if root == "." else entry.path


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """List a folder; one that may not be opened holds nothing."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Tell whether a file of a folder is one to read; a link that leads nowhere is, so that it is told."""
    if entry.is_file(follow_symlinks=False):
        return True
    try:
        mode = entry.stat().st_mode
    except OSError:
        return True
    return not (stat.S_ISDIR(mode) or any(is_special(mode) for is_special in _SPECIAL))


def _belongs_to_a_page(file: str, root: str) -> bool:
    """A browser saves the frames of ``page.html`` in ``page_files``: they are no pages of their own."""
    inside = Path(file).relative_to(root).parents if is_markup(file) else ()
    folders = [Path(root, folder) for folder in inside if folder.name.endswith("_files")]
    return any(folder.with_name(folder.name[: -len("_files")] + end).exists() for folder in folders for end in MARKUP)


def _file(path: str) -> Iterator[Page]:
    if not archives.is_archive(path) or os.path.isdir(path):  # noqa: PTH112
        yield Page(path, functools.partial(_bytes, path))
        return
    try:
        packed = Path(path).open("rb")  # noqa: SIM115 (what fails here is told; what fails below is the archive's)
    except (OSError, ValueError) as error:
        code, values = _refusal(path, error)
        yield refused(path, code, **values)
        return
    with packed:
        yield from archives.pages(path, packed, os.fstat(packed.fileno()).st_size, is_page)


def _stream(stream: IO[bytes] | IO[str]) -> Iterator[Page]:
    if not hasattr(stream, "read"):
        raise TypeError(f"neither a path nor an open file: {type(stream).__name__} (for a frame there is read_frame)")
    name = getattr(stream, "name", "")
    name = name if isinstance(name, str) else ""
    if not archives.is_archive(name):
        yield Page(name, functools.partial(_drained, stream, name, source.MAX_BYTES))
        return
    try:
        data = _drained(stream, name, archives.MAX_TOTAL)
    except SourceError as error:
        yield refused(name, "CLP107", reason=error.diagnostic.message)
        return
    packed = data.encode() if isinstance(data, str) else data
    yield from archives.pages(name, io.BytesIO(packed), len(packed), is_page)


def _drained(stream: IO[bytes] | IO[str], name: str, limit: int) -> bytes | str:
    try:
        data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise SourceError(diagnostics.make("CLP107", file=name, reason=str(error))) from error
    if len(data) > limit:
        raise SourceError(diagnostics.make("CLP106", file=name, size=len(data), limit=limit))
    return data


def _bytes(path: str) -> bytes:
    try:
        status = os.stat(path)  # noqa: PTH116 (an empty path is no file)
        if stat.S_ISREG(status.st_mode) and status.st_size <= source.MAX_BYTES:
            return _content(path)
        if any(is_special(status.st_mode) for is_special in _SPECIAL):
            return _device(path)
    except (OSError, ValueError) as error:
        code, values = _refusal(path, error)
        raise SourceError(diagnostics.make(code, file=path, **values)) from error
    if stat.S_ISDIR(status.st_mode):
        raise SourceError(diagnostics.make("CLP102", file=path, path=path))
    raise SourceError(diagnostics.make("CLP106", file=path, size=status.st_size, limit=source.MAX_BYTES))


def _content(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (called for every page, and much faster)
        return file.read()


def _device(path: str) -> bytes:
    """A pipe or a device, such as a shell's ``<(command)``, may never end: no more is taken than a page can have."""
    with Path(path).open("rb") as file:
        return file.read(source.MAX_BYTES + 1)


def _refusal(path: str, error: OSError | ValueError) -> tuple[str, dict[str, Any]]:
    if isinstance(error, OSError) and not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return "CLP107", {"reason": error.strerror}
    return "CLP101", {"path": path}  # ValueError: no file can have this name.
