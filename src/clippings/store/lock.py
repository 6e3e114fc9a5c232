"""One writer a folder: a lock that the system takes back when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from clippings.store.manifest import FolderError

NAME = ".lock"
_ATTEMPTS = 8


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder, made where it is missing, against other runs; the lock's file is gone afterwards.

    Raises:
        FolderError: another run holds it, or its place is a file.
        OSError: the folder cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, held(Path(folder)):
    ...     [file.name for file in Path(folder).iterdir()]
    ['.lock']
    """
    if folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file; give a folder")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    file = _taken(path)
    try:
        os.truncate(file, 0)
        os.write(file, f"process {os.getpid()} on {socket.gethostname()}".encode())
        yield
    finally:
        # Before the lock is given up: whoever waits for this file finds that it is no longer the one of the folder.
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(file)


def _taken(path: Path) -> int:
    for _ in range(_ATTEMPTS):
        file = os.open(path, os.O_CREAT | os.O_RDWR, 0o666)
        try:
            _lock(file)
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file), path.stat()):
                    return file
        except BlockingIOError:
            break
        except BaseException:
            os.close(file)
            raise
        os.close(file)
    raise FolderError(f"another run writes {path.parent} ({_holder(path)}); wait for it, or give another folder")


def _holder(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace") or "it has just begun"
    except OSError:
        return "it has just ended"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        try:
            # A byte beyond what is written, as Windows lets nobody read a locked one.
            os.lseek(file, 1 << 20, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
        os.lseek(file, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
