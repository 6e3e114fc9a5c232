"""The record of a folder of fetched pages: which stand there whole, from where, and which failed.

``fetched.jsonl`` has one JSON object a line. A page has a line before its files are written and one once they stand, so
that a run that was killed knows which files are its own and half done. At the end of a run the lines are put in the
order of the catalogue, and what they say no longer is dropped. A line that a kill cut short does not count.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import msgspec

from clippings.store.manifest import FolderError, whole_lines
from clippings.writing import write_bytes

NAME, RECORDS = "fetched.jsonl", "warc"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_OF_WINDOWS = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
FORMAT = 1
SUFFIXES = (".html", ".txt", ".pdf")


class Head(msgspec.Struct, frozen=True, tag_field="record", tag="fetched"):
    """The first line: the version of the lines behind it."""

    format: int = FORMAT


class Begun(msgspec.Struct, frozen=True, tag_field="record", tag="begun"):
    """Says that the files of a page are about to be written; until ``Kept`` follows they may be half done."""

    id: str
    file: str


class Kept(msgspec.Struct, frozen=True, tag_field="record", tag="kept"):
    """A page whose files stand.

    ``url`` was asked for, ``final`` answered; ``charset`` is what the server named; ``off`` counts the days from the
    day wanted to the capture. ``warc_bytes`` is the length of the records that ``warc_sha256`` is the hash of.
    """

    id: str
    url: str
    final: str
    source: str
    fetched: str
    captured: str
    off: int | None
    charset: str
    etag: str
    last_modified: str
    file: str
    bytes: int
    sha256: str
    warc: str
    warc_bytes: int
    warc_sha256: str


class Failed(msgspec.Struct, frozen=True, tag_field="record", tag="failed"):
    """A page that could not be had, with the code and the words that say why."""

    id: str
    url: str
    code: str
    reason: str


Line: TypeAlias = Head | Begun | Kept | Failed
_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_encoder = msgspec.json.Encoder()


class Manifest:
    """The manifest of a folder: what became of each page, by id."""

    def __init__(self, folder: Path) -> None:
        """Read it, if it is there.

        Raises:
            FolderError: this version of the library did not write it.
        """
        self.folder = folder
        self.path = folder / NAME
        self.entries: dict[str, Kept | Failed] = {}
        self.begun: dict[str, Begun] = {}
        data = self.path.read_bytes() if self.path.is_file() else b""
        lines = list(whole_lines(data, _decoder))
        self.is_new = not data
        if data and lines[:1] != [Head()]:
            raise FolderError(f"{self.path} is not a record of pages that this version reads; give another folder")
        for line in lines:
            if isinstance(line, Begun | Kept) and not _is_own(line):
                raise FolderError(f"{self.path} names a file of another folder: {line.file}; give another folder")
            if isinstance(line, Begun):
                self.begun[line.id] = line
            elif isinstance(line, Kept | Failed):
                self.begun.pop(line.id, None)
                self.entries[line.id] = line

    def kept(self, name: str) -> Kept | None:
        """Return the page of an id whose files stand, None where there is none."""
        entry = self.entries.get(name)
        return entry if isinstance(entry, Kept) else None

    def open(self) -> None:
        """Write what is known so far; what a kill cut short is gone from it."""
        self.is_new = False
        self._write(*self.entries.values(), *self.begun.values())

    def add(self, line: Begun | Kept | Failed) -> None:
        """Note a line, down to the disk."""
        with self.path.open("ab") as file:
            file.write(_encoder.encode_lines([line]))
            file.flush()
            os.fsync(file.fileno())
        if isinstance(line, Begun):
            self.begun[line.id] = line
        else:
            self.begun.pop(line.id, None)
            self.entries[line.id] = line

    def finish(self, order: Iterable[str]) -> None:
        """Put the lines in the order of the ids; those of other ids come last."""
        known = [self.entries[name] for name in dict.fromkeys(order) if name in self.entries]
        rest = [entry for name, entry in sorted(self.entries.items()) if entry not in known]
        self.entries = {entry.id: entry for entry in (*known, *rest)}
        self._write(*self.entries.values())

    def _write(self, *lines: Begun | Kept | Failed) -> None:
        write_bytes(self.path, _encoder.encode_lines([Head(), *lines]))


def is_name(name: str) -> bool:
    """Tell whether an id can name a file, on any system and in this folder alone.

    >>> is_name("112007-14"), is_name("../112007-14"), is_name("con")
    (True, False, False)
    """
    return bool(_ID.fullmatch(name)) and not _OF_WINDOWS.fullmatch(name)


def _is_own(line: Begun | Kept) -> bool:
    files = [f"{line.id}{suffix}" for suffix in SUFFIXES]
    has_own_records = isinstance(line, Begun) or line.warc == f"{RECORDS}/{line.id}.warc.gz"
    return is_name(line.id) and line.file in files and has_own_records


def fault(folder: Path, kept: Kept) -> str:
    """Return what is wrong with the files of a page, empty where they are as they were written."""
    try:
        data = (folder / kept.file).read_bytes()
    except FileNotFoundError:
        return f"{kept.file} is gone"
    except OSError as error:
        return f"{kept.file} cannot be read: {error.strerror}"
    if len(data) != kept.bytes:
        return f"{kept.file} has {len(data):,} bytes, not the {kept.bytes:,} that were fetched"
    if hashlib.sha256(data).hexdigest() != kept.sha256:
        return f"{kept.file} was changed since it was fetched"
    return "" if records(folder, kept) else f"{kept.warc} is gone or was changed"


def records(folder: Path, kept: Kept | None) -> bytes:
    """Return the records of a page, empty where they are not as they were written.

    A kill may have left those of a later answer behind them, which do not count.
    """
    try:
        data = (folder / kept.warc).read_bytes()[: kept.warc_bytes] if kept else b""
    except OSError:
        return b""
    return data if kept and hashlib.sha256(data).hexdigest() == kept.warc_sha256 else b""
