"""What a path or a pattern stands for: files to read, and with a reason those that are not, sorted by name."""

from __future__ import annotations

import fnmatch
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from clippings.reading import archives, kinds
from clippings.sources import SYSTEM
from clippings.sources import kind as kind_of

_WILD = frozenset("*?[")
_HERE = os.path.join(".", "")  # noqa: PTH118
_SPECIAL = (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR, stat.S_ISBLK)
_LEFT_OUT = frozenset(["CLP116", "CLP117"])
_A_DEVICE = ("CLP117", "a pipe or device", "pipe or device")
_A_LINK = ("CLP117", "a link to a folder", "link")
# A browser lays none of these beside a page it saves.
_OWN = (".txt", *archives.SUFFIXES)


class Found(NamedTuple):
    """A file that was found below ``root``, which is empty where the file itself was named.

    With a code and reason where it is not to be read, and what it is where no suffix tells.
    """

    path: str
    root: str
    code: str = ""
    reason: str = ""
    kind: str = ""


def expand(path: str) -> Iterable[Found]:
    """Return what a path stands for: itself, what is below a folder, or what a pattern matches."""
    if _exists(path):
        return _walk(path, "")
    home = os.path.expanduser(path) if path.startswith("~") else path  # noqa: PTH111 (a stranger's is no error)
    if not _WILD & set(path):
        return _walk(home, "")
    start, parts = _parts(home)
    fixed = parts[: next(at for at, part in enumerate(parts) if _WILD & set(part))]
    root = os.path.join(start, *fixed) or os.curdir  # noqa: PTH118
    found = [one for match in sorted(_matches(start, parts, root)) for one in _match(match)]
    return found or [Found(path, "")]


def is_special(mode: int) -> bool:
    """Tell a pipe, a socket or a device, which may never end, by its mode."""
    return any(is_one(mode) for is_one in _SPECIAL)


def _exists(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def _match(match: Found) -> Iterable[Found]:
    if match.code:
        return [match]
    if _may_not_end(match.path):
        return [Found(match.path, match.root, *_A_DEVICE)]
    return _walk(match.path, match.root)


def _parts(pattern: str) -> tuple[str, list[str]]:
    drive, rest = os.path.splitdrive(pattern)
    start = drive + (os.sep if rest.replace(os.sep, "/").startswith("/") else "")
    return start, [part for part in rest.replace(os.sep, "/").split("/") if part]


def _matches(start: str, parts: list[str], root: str) -> set[Found]:
    """What a pattern matches; ``**`` stands for folders at any depth and does not follow links to them."""
    found: set[Found] = set()
    todo = [(start, 0)]
    tried: set[tuple[str, int]] = set()
    while todo:
        place, at = todo.pop()
        if (place, at) in tried:
            continue
        tried.add((place, at))
        if at == len(parts):
            found.add(Found(place, root))
            continue
        for path, after, why in _steps(place, at, parts[at]):
            if why:
                found.add(Found(path, root, *why))
            else:
                todo.append((path, after))
    return found


_Step = tuple[str, int, tuple[str, str, str] | None]


def _steps(place: str, at: int, part: str) -> Iterator[_Step]:
    """Yield where a pattern leads from a place by one of its parts, and what cannot be followed."""
    if not _WILD & set(part):
        path = os.path.join(place, part)  # noqa: PTH118
        if _exists(path):
            yield path, at + 1, None
        return
    if part == "**":
        yield place, at + 1, None
    if not os.path.isdir(place or os.curdir):  # noqa: PTH112
        return
    entries, fault = _entries(place or os.curdir)
    if fault:
        yield place, at, ("CLP107", fault, "folder")
    for entry in entries:
        path = os.path.join(place, entry.name)  # noqa: PTH118
        if entry.name.startswith(".") and not part.startswith("."):
            continue
        if part != "**":
            if fnmatch.fnmatch(entry.name, part):
                yield path, at + 1, None
        elif entry.is_dir(follow_symlinks=False):
            yield path, at, None
        elif os.path.isdir(path):  # noqa: PTH112 (a link to itself is none)
            yield path, at, _A_LINK


def _walk(path: str, root: str) -> Iterable[Found]:
    if not os.path.isdir(path):  # noqa: PTH112
        return [Found(path, root)]
    top = str(Path(path))
    found = sorted(_files(top, root or top))
    is_empty = all(one.code in _LEFT_OUT for one in found)
    return [*found, Found(path, root)] if is_empty else found


def _files(top: str, root: str) -> Iterator[Found]:
    """Yield what stands below a folder; a link to a folder is not followed."""
    folders = [top]
    while folders:
        folder = folders.pop()
        entries, fault = _entries(folder)
        if fault:
            yield Found(folder, root, "CLP107", fault, "folder")
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                path = entry.path.removeprefix(_HERE) if top == "." else entry.path
                yield Found(path, root, *_why_not(entry, top))


def _why_not(entry: os.DirEntry[str], top: str) -> tuple[str, ...]:
    """Say why a file of a folder is not read, if it is not; a link that leads nowhere is, so that it is told."""
    if not entry.is_file(follow_symlinks=False):
        if os.path.isdir(entry.path):  # noqa: PTH112 (a link to itself is none)
            return _A_LINK
        if _may_not_end(entry.path):
            return _A_DEVICE
    page = _page_it_belongs_to(entry.path, top)
    if page:
        return "CLP117", f"a part of the saved page {page}", "part of a saved page"
    kind = kind_of(entry.name)
    is_known = kind != SYSTEM and (kinds.is_page(entry.name) or archives.is_archive(entry.name))
    return () if is_known else ("CLP116", "", kind)


def _entries(folder: str) -> tuple[list[os.DirEntry[str]], str]:
    """List a folder, or say why it cannot be opened."""
    try:
        with os.scandir(folder) as found:
            return list(found), ""
    except OSError as error:
        return [], error.strerror or str(error)


def _may_not_end(path: str) -> bool:
    try:
        return is_special(os.stat(path).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return False


def _page_it_belongs_to(file: str, top: str) -> str:
    """A browser saves what ``page.html`` shows in ``page_files``: that is not pages of its own."""
    if "_files" not in file or file.lower().endswith(_OWN):
        return ""
    folders = [Path(top, folder) for folder in Path(file).relative_to(top).parents if folder.name.endswith("_files")]
    pages = [folder.with_name(folder.name.removesuffix("_files")) for folder in folders]
    beside = (page.with_name(page.name + suffix) for page in pages for suffix in kinds.MARKUP_SUFFIXES)
    return next((page.name for page in beside if page.exists()), "")
