"""What was asked for, one page after another: files, folders, patterns, archives and open files."""

from __future__ import annotations

import fnmatch
import functools
import io
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias

from clippings import diagnostics
from clippings.reading import archives, kinds, source
from clippings.reading.archives import Page, refused
from clippings.reading.source import SourceError
from clippings.sources import kind as kind_of

Source: TypeAlias = str | os.PathLike[str] | IO[bytes] | IO[str]

_WILD = frozenset("*?[")
_HERE = os.path.join(".", "")  # noqa: PTH118
_SPECIAL = (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR, stat.S_ISBLK)
_LEFT_OUT = frozenset(["CLP116", "CLP117"])
_A_DEVICE = ("CLP117", "a pipe or device", "pipe or device")
_A_LINK = ("CLP117", "a link to a folder", "link")
_OWN = (".txt", *archives.SUFFIXES)


class _Found(NamedTuple):
    """A file that was found; with a reason where it is not to be read, and what it is where no suffix tells."""

    path: str
    code: str = ""
    reason: str = ""
    kind: str = ""


def pages(sources: Iterable[Source]) -> Iterator[Page]:
    """Yield what each source holds, sorted by name within it; a file is given once, however it is named or linked."""
    seen: dict[object, str] = {}
    for one in sources:
        if not isinstance(one, (str, os.PathLike)):
            yield from _stream(one)
            continue
        for found in _expand(os.fspath(one)):
            place = os.path.abspath(found.path)  # noqa: PTH100 (called for every page, and much faster)
            file = _identity(place)
            if file not in seen:
                seen[file] = place
                yield from (_left(found),) if found.code else _file(found.path)
            elif seen[file] != place and place not in seen:
                seen[place] = place
                yield _left(_Found(found.path, "CLP117", f"a link to {seen[file]}, which is read", "link"))


def _left(found: _Found) -> Page:
    return refused(found.path, found.code, found.kind, reason=found.reason, kind=found.kind)


def _identity(place: str) -> object:
    """What is the same for all links to a file."""
    try:
        status = os.stat(place)  # noqa: PTH116 (called for every page, and much faster)
    except (OSError, ValueError):
        return place
    return (status.st_dev, status.st_ino)


def _expand(path: str) -> Iterable[_Found]:
    if os.path.lexists(path):
        return _walk(path)
    home = os.path.expanduser(path)  # noqa: PTH111 (an empty path is none)
    if not _WILD & set(path):
        return _walk(home)
    found = [one for match in _matches(home) for one in _match(match)]
    return found or [_Found(path)]


def _match(match: _Found) -> Iterable[_Found]:
    if match.code:
        return [match]
    return [_Found(match.path, *_A_DEVICE)] if _is_special(match.path) else _walk(match.path)


def _matches(pattern: str) -> list[_Found]:
    """What a pattern matches, sorted; ``**`` stands for folders at any depth and does not follow links to them."""
    drive, rest = os.path.splitdrive(pattern)
    parts = [part for part in rest.replace(os.sep, "/").split("/") if part]
    start = drive + (os.sep if rest[:1] in ("/", os.sep) else "")
    found: dict[str, _Found] = {}
    todo = [(start, 0)]
    tried = set()
    while todo:
        place, at = todo.pop()
        if (place, at) in tried:
            continue
        tried.add((place, at))
        if at == len(parts):
            found[place] = _Found(place)
            continue
        step = list(_steps(place, at, parts[at]))
        todo += [one for one in step if not isinstance(one, _Found)]
        found |= {one.path: one for one in step if isinstance(one, _Found)}
    return [found[path] for path in sorted(found)]


def _steps(place: str, at: int, part: str) -> Iterator[tuple[str, int] | _Found]:
    """Yield where a pattern leads from a place by one of its parts, and what cannot be followed."""
    if not _WILD & set(part):
        if os.path.lexists(os.path.join(place, part)):  # noqa: PTH118
            yield os.path.join(place, part), at + 1  # noqa: PTH118
        return
    if part == "**":
        yield place, at + 1
    entries, fault = _entries(place or os.curdir)
    if fault and os.path.isdir(place or os.curdir):  # noqa: PTH112
        yield fault
    for entry in entries:
        path = os.path.join(place, entry.name)  # noqa: PTH118
        if entry.name.startswith(".") and not part.startswith("."):
            continue
        if part != "**":
            if fnmatch.fnmatch(entry.name, part):
                yield path, at + 1
        elif entry.is_dir(follow_symlinks=False):
            yield path, at
        elif os.path.isdir(entry.path):  # noqa: PTH112 (a link to itself is none)
            yield _Found(path, *_A_LINK)


def _walk(path: str) -> Iterable[_Found]:
    if not os.path.isdir(path):  # noqa: PTH112
        return [_Found(path)]
    root = str(Path(path))
    found = sorted(_files(root))
    empty = all(one.code in _LEFT_OUT for one in found)
    return [*found, _Found(path)] if empty else found


def _files(root: str) -> Iterator[_Found]:
    """Yield what stands below a folder; a link to a folder is not followed."""
    folders = [root]
    while folders:
        entries, fault = _entries(folders.pop())
        if fault:
            yield fault
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                path = entry.path.removeprefix(_HERE) if root == "." else entry.path
                yield _sorted_out(path, entry, root)


def _sorted_out(path: str, entry: os.DirEntry[str], root: str) -> _Found:
    """Tell whether a file of a folder is one to read; a link that leads nowhere is, so that it is told."""
    if not entry.is_file(follow_symlinks=False):
        if os.path.isdir(entry.path):  # noqa: PTH112 (a link to itself is none)
            return _Found(path, *_A_LINK)
        if _is_special(entry.path):
            return _Found(path, *_A_DEVICE)
    page = _page_it_belongs_to(entry.path, root)
    if page:
        return _Found(path, "CLP117", f"a part of the saved page {page}", "part of a saved page")
    kind = kind_of(entry.name)
    if kind != "system" and (kinds.is_page(entry.name) or archives.is_archive(entry.name)):
        return _Found(path)
    return _Found(path, "CLP116", kind=kind)


def _entries(folder: str) -> tuple[list[os.DirEntry[str]], _Found | None]:
    """List a folder; one that may not be opened is told."""
    try:
        with os.scandir(folder) as found:
            return list(found), None
    except OSError as error:
        return [], _Found(folder, "CLP107", str(error.strerror), "folder")


def _is_special(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except (OSError, ValueError):
        return False
    return any(is_special(mode) for is_special in _SPECIAL)


def _page_it_belongs_to(file: str, root: str) -> str:
    """A browser saves what ``page.html`` shows in ``page_files``: that is not pages of its own."""
    if "_files" not in file or file.endswith(_OWN):
        return ""
    folders = [Path(root, folder) for folder in Path(file).relative_to(root).parents if folder.name.endswith("_files")]
    beside = (
        folder.with_name(folder.name[: -len("_files")] + end) for folder in folders for end in kinds.MARKUP_SUFFIXES
    )
    return next((page.name for page in beside if page.exists()), "")


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
        yield from archives.pages(path, packed, os.fstat(packed.fileno()).st_size, kinds.is_page)


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
    yield from archives.pages(name, io.BytesIO(packed), len(packed), kinds.is_page)


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
