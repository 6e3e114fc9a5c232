"""Files and folders that are written beside their place and moved there once they are whole."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def moved_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside a path, and put it there once all is written; what was there before stays until then.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with moved_file(Path(folder) / "a.txt") as file:
    ...         written = file.write(b"Quiet.")
    ...     [one.name for one in Path(folder).iterdir()]
    ['a.txt']
    """
    with moved_path(path) as beside, beside.open("xb") as file:
        yield file


@contextlib.contextmanager
def moved_path(path: Path) -> Iterator[Path]:
    """Yield a path beside another, and put the file that is written there in the place of the other."""
    beside = _beside(path)
    _check_folder(path)
    try:
        yield beside
        with contextlib.suppress(FileNotFoundError):
            shutil.copymode(path, beside)
        os.replace(beside, path)  # noqa: PTH105 (the one that promises to be atomic)
    finally:
        beside.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that at any moment it is on the disk whole, or as it was before.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_bytes(Path(folder) / "a.txt", b"Quiet.")
    ...     [file.name for file in Path(folder).iterdir()]
    ['a.txt']
    """
    os.replace(laid_down(path, data), path)  # noqa: PTH105 (the one that promises to be atomic)


def laid_down(path: Path, data: bytes) -> Path:
    """Write the bytes beside a path, down to the disk, and return where; ``os.replace`` puts them in its place."""
    beside = path.with_name(f".{path.name}.tmp")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return beside


@contextlib.contextmanager
def moved_folder(path: Path) -> Iterator[Path]:
    """Make a folder beside a path, and put it there once all is written; a folder that is there is replaced.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with moved_folder(Path(folder) / "out") as made:
    ...         written = (made / "a.txt").write_bytes(b"Quiet.")
    ...     [one.name for one in (Path(folder) / "out").iterdir()]
    ['a.txt']
    """
    beside, before = _beside(path), _beside(path)
    _check_folder(path)
    beside.mkdir()
    try:
        yield beside
        if path.exists():
            path.rename(before)
        beside.rename(path)
    except BaseException:
        if before.exists() and not path.exists():
            before.rename(path)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def _check_folder(path: Path) -> None:
    """Name the folder that is missing, where the error would name a passing file that nobody asked for."""
    if not path.parent.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))


def _beside(path: Path) -> Path:
    return path.with_name(f".clippings-{secrets.token_hex(4)}.tmp")
