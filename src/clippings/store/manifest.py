"""The record of a folder of tables: with what it was made, and which parts are whole.

``manifest.jsonl`` has one JSON object a line: the run, then one for each part once its files stand, then the end. A
part that was made again has a second line, which holds. A line that a kill cut short is not counted.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from clippings.errors import NOT_JSON, ClippingsError
from clippings.layers.registry import KEPT
from clippings.model import CodebookRef
from clippings.writing import write_bytes

NAME = "manifest.jsonl"
COPIES = "part-copies.parquet"
"""A last part of the diagnostics: copies of pages in other parts."""


class FolderError(ClippingsError, ValueError):
    """A folder of tables cannot be used as asked; the message says what to do."""


class Run(msgspec.Struct, frozen=True, tag_field="record", tag="run"):
    """With what the tables are made, and from what; a folder holds those of one run alone.

    ``sources`` are sorted, and paths among them relative to the folder, so that it can be moved together with them.
    """

    library: str
    schema: str
    codebook: CodebookRef | None
    options: dict[str, str | int]
    layers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True, tag_field="record", tag="part"):
    """A part whose files stand: ``inputs`` is a hash of the names and bytes read, ``tables`` of the files written."""

    part: int
    pages: int
    inputs: str
    tables: str
    rows: dict[str, int]
    failures: int


class End(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="record", tag="end"):
    """Says that all parts are there, and which file tells their copies."""

    parts: int
    pages: int
    clippings: int
    failures: int
    copies: str = COPIES


Entry = TypeVar("Entry")
Line: TypeAlias = Run | Part | End
_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_encoder = msgspec.json.Encoder()


class Manifest:
    """The manifest of a folder, as read or as it is written."""

    def __init__(self, folder: Path, run: Run, parts: Mapping[int, Part], *, is_whole: bool = False) -> None:
        self.folder = folder
        self.path = folder / NAME
        self.run = run
        self.parts = dict(parts)
        self.is_whole = is_whole
        self.copies = COPIES
        self.end: End | None = None

    def begin(self) -> None:
        """Write what is known so far; parts are added to it."""
        write_bytes(self.path, _encoder.encode_lines([self.run, *self.parts.values()]))
        self.is_whole = False

    def add(self, part: Part) -> None:
        """Note a part whose files stand."""
        self.parts[part.part] = part
        with self.path.open("ab") as file:
            file.write(_encoder.encode_lines([part]))
            file.flush()
            os.fsync(file.fileno())

    def finish(self, numbers: Iterable[int]) -> None:
        """Note that the parts of these numbers are all there are."""
        self.parts = {number: self.parts[number] for number in numbers}
        self.end = self.counted()
        write_bytes(self.path, _encoder.encode_lines([self.run, *self.parts.values(), self.end]))
        self.is_whole = True

    def counted(self) -> End:
        """What its parts add up to."""
        parts = list(self.parts.values())
        clippings = sum(part.rows["clippings"] for part in parts)
        failures = sum(part.failures for part in parts)
        return End(len(parts), sum(part.pages for part in parts), clippings, failures, self.copies)


def read(folder: Path) -> Manifest | None:
    """Read a folder's manifest; None where there is none.

    Raises:
        FolderError: this version of the library did not write it.
    """
    try:
        data = (folder / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    lines = list(whole_lines(data, _decoder))
    if not lines or not isinstance(lines[0], Run):
        raise FolderError(f"{folder / NAME} is not a manifest that this version reads; give another folder")
    if unknown := [name for name in lines[0].layers if name not in KEPT]:
        raise FolderError(
            f"{folder / NAME} names the layer {unknown[0]!r}, which this version does not have; "
            "open it with the version that wrote it, or annotate into another folder"
        )
    parts = {line.part: line for line in lines if isinstance(line, Part)}
    found = Manifest(folder, lines[0], parts, is_whole=isinstance(lines[-1], End))
    if isinstance(lines[-1], End):
        found.copies, found.end = lines[-1].copies, lines[-1]
    return found


def digest(parts: Iterable[bytes]) -> str:
    """Return the SHA-256 of several byte strings, each with its length, so that none can run into the next.

    >>> digest([b"ab", b"c"]) == digest([b"a", b"bc"])
    False
    """
    found = hashlib.sha256()
    for data in parts:
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


def whole_lines(data: bytes, decoder: msgspec.json.Decoder[Entry]) -> Iterator[Entry]:
    r"""Yield what the lines of a record say, up to the first that is none; one that a kill cut short does not count.

    >>> list(whole_lines(b'1\n2\n3', msgspec.json.Decoder(int)))
    [1, 2]
    """
    for line in data.splitlines(keepends=True):
        try:
            found = decoder.decode(line)
        except NOT_JSON:
            return
        if line.endswith(b"\n"):
            yield found
