"""What all readers of documents do: ask for their package, and make one diagnostic of whatever a parser raises."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from clippings import release
from clippings.reading.source import SourceError, refusal

MAX_UNPACKED = 50_000_000
"""The bytes that a document may unpack to."""
MAX_MEMBERS = 5_000
_STEP = 65_536
_LOCKED = b"\xd0\xcf\x11\xe0"
_WORDS_OF_LOCKS = ("password", "encrypted", "decrypt")
_LONGEST_REASON = 200


def package(name: str, file: str, kind: str, extra: str = "documents") -> Any:
    """Import the package a kind of document is read with.

    Raises:
        SourceError: it is not installed (CLP108); the hint says how to install it.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        needed, install = name.partition(".")[0], release.install(extra)
        raise refusal("CLP108", file, package=needed, kind=kind, extra=extra, install=install) from error


@contextmanager
def guarded(file: str, kind: str) -> Iterator[None]:
    """Turn whatever a parser raises into one diagnostic: locked (CLP131) or damaged (CLP130)."""
    try:
        yield
    except SourceError:
        raise
    except Exception as error:  # parsers of damaged documents raise anything
        reason = " ".join((str(error) or type(error).__name__).split())[:_LONGEST_REASON]
        is_locked = any(word in reason.lower() for word in _WORDS_OF_LOCKS)
        code = "CLP131" if is_locked else "CLP130"
        raise refusal(code, file, kind=kind, reason=reason) from error


def refuse_empty(text: str, file: str, kind: str) -> str:
    """Return a text that holds words; raises SourceError (CLP109) for another."""
    if not text.strip():
        raise refusal("CLP109", file, reason=f"the {kind} holds no words")
    return text


def refuse_bomb(data: bytes, file: str, kind: str) -> None:
    """Refuse a packed document that is locked, damaged, or too large unpacked; it is unpacked once, in small steps.

    Raises:
        SourceError: CLP130, CLP131 or CLP133.
    """
    if data.startswith(_LOCKED):
        raise refusal("CLP131", file, kind=kind)
    with guarded(file, kind), zipfile.ZipFile(io.BytesIO(data)) as packed:
        listed = packed.infolist()
        size = sum(info.file_size for info in listed)
        if size > MAX_UNPACKED or len(listed) > MAX_MEMBERS:
            raise refusal("CLP133", file, size=size, members=len(listed), limit=MAX_UNPACKED)
        for info in listed:
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ValueError("packed by another method than deflate")
            with packed.open(info) as member:
                while member.read(_STEP):
                    pass
