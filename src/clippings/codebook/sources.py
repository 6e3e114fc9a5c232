"""Where codebooks are: in the package, in a folder of one's own, or in another package that announces one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from clippings.codebook.faults import CodebookError, nearest

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

FILES = ("codebook.yaml", "themes.yaml", "actors.csv", "cues.yaml", "confusions.yaml", "contexts.yaml")
OPTIONAL = frozenset({"contexts.yaml"})
GROUP = "clippings.codebooks"
_MISSPELT = 0.9  # How alike the name of a file is to one of ``FILES`` that is not there: "theme.yaml" is .95.
MAX_BYTES = 20_000_000
"""A file of a codebook larger than this is refused before it is read."""


def read(name_or_path: str | Path) -> dict[str, bytes]:
    """Return the files of a codebook, or those an extension has, in the order of ``FILES``.

    Raises:
        CodebookError: there is no such codebook, it has none of the files, or the name of one is misspelt.
    """
    found = folder(name_or_path)
    try:
        names = sorted(entry.name for entry in found.iterdir())
        files = {name: _bytes(found.joinpath(name)) for name in FILES if found.joinpath(name).is_file()}
    except OSError as error:
        raise CodebookError(f"{name_or_path}: cannot be read: {error.strerror}") from error
    for name in names:
        meant = None if name in FILES else nearest(name, FILES, cutoff=_MISSPELT)
        if meant and meant not in files:
            raise CodebookError(f"{name_or_path}: {name} is not read; rename it {meant}")
    if not files:
        raise CodebookError(f"{name_or_path}: the folder holds no file of a codebook; these are {', '.join(FILES)}")
    return files


def _bytes(file: Traversable) -> bytes:
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise CodebookError(f"{file}: is larger than {MAX_BYTES:,} bytes; split the codebook, or extend one")
    return data


def create(folder: str | Path) -> Path:
    """Write a small codebook with comments into a new folder, for its owner to change; it bears the folder's name.

    Raises:
        CodebookError: the folder has something in it, or cannot be written.
    """
    target = Path(folder)
    try:
        if target.exists() and any(target.iterdir()):
            raise CodebookError(f"{target}: the folder is not empty; name a new one")
        target.mkdir(parents=True, exist_ok=True)
        _fill(target)
    except OSError as error:
        raise CodebookError(f"{target}: cannot be written: {error.strerror}") from error
    return target


def _fill(target: Path) -> None:
    """Write the files into an empty folder, all of them or none."""
    try:
        for name in FILES:
            text = (resources.files("clippings.codebook") / "starter" / name).read_text(encoding="utf-8")
            named = text.replace("name: starter", f"name: {word(target)}", 1) if name == "codebook.yaml" else text
            (target / name).write_text(named, encoding="utf-8", newline="\n")
    except BaseException:
        for name in FILES:
            (target / name).unlink(missing_ok=True)
        raise


def word(folder: str | Path) -> str:
    """Return the name of a folder as that of a codebook.

    >>> word("press/My codes")
    'My-codes'
    """
    return re.sub(r"[^A-Za-z0-9._-]+", "-", Path(folder).resolve().name).strip("-._") or "own"


def digest(texts: Mapping[str, str]) -> str:
    """Return the SHA-256 over names and texts of the files; how lines end does not count.

    >>> digest({"themes.yaml": "[]"})[:8]
    '46015cfa'
    """
    found = hashlib.sha256()
    for name in FILES:
        if name in texts:
            found.update(f"{name}\0{texts[name]}\0".encode())
    return found.hexdigest()


def folder(name_or_path: str | Path) -> Traversable:
    """Return where the files of a codebook are.

    Raises:
        CodebookError: there is no such codebook.
    """
    name = str(name_or_path)
    shipped = {entry.name: entry for entry in _shipped()}
    if isinstance(name_or_path, str) and name in shipped:
        return shipped[name]
    announced = _entry_points()
    if isinstance(name_or_path, str) and name in announced:
        return _announced(announced[name])
    # An empty name would be the folder that the program runs in.
    if name and Path(name).is_dir():
        return Path(name)
    near = nearest(name, [*shipped, *announced], cutoff=0.0)
    raise CodebookError(f"no codebook named {name!r} and no such folder; did you mean {near!r}?")


def _shipped() -> Iterator[Traversable]:
    folder = resources.files("clippings") / "codebooks"
    return (entry for entry in folder.iterdir() if entry.joinpath("codebook.yaml").is_file())


def _entry_points() -> dict[str, EntryPoint]:
    import importlib.metadata  # A slow import, and of no use to whoever takes what is shipped.

    return {entry.name: entry for entry in importlib.metadata.entry_points(group=GROUP)}


def _announced(entry: EntryPoint) -> Traversable:
    """The folder of the module that an entry point names."""
    try:
        module = entry.load()
        return resources.files(module.__spec__.parent or module.__name__)
    except (ImportError, AttributeError, TypeError) as error:
        raise CodebookError(f"{entry.name}: its entry point {entry.value!r} cannot be opened: {error}") from error
