"""A table as a spreadsheet left it: separated by commas, semicolons or tabs, in any encoding, or a workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from clippings import diagnostics
from clippings.errors import ClippingsError
from clippings.model import Diagnostic
from clippings.reading import source
from clippings.reading.source import SourceError
from clippings.reading.workbooks import MAX_COLUMNS, MAX_ROWS, first_sheet
from clippings.tables import sheets

_SEPARATORS = ",;\t|"
_TOLD_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_NO_NAME = re.compile(r"[\W_]+")
_WORKBOOKS = (".xlsx", ".xlsm")


class ReviewError(ClippingsError, ValueError):
    """A file of verdicts cannot be written or read; the message says why, and what to do."""


class Row(NamedTuple):
    """A row: its number as spreadsheets count, the names of columns being row 1, and its cells by column."""

    number: int
    cells: Mapping[str, str]


class Sheet(NamedTuple):
    """A table: its columns as printed, its rows that hold something, and what was odd about it."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    told: tuple[Diagnostic, ...] = ()


def read(path: Path, known: Iterable[str]) -> Sheet:
    """Read a table of separated values or the first sheet of a workbook; further sheets are told (CLP137).

    Args:
        path: the file; a name that ends in .xlsx is that of a workbook.
        known: names of columns, by which separator and names are recognized whatever their case.

    Raises:
        OSError: the file cannot be read.
        ReviewError: it is no table, or names a known column twice.
    """
    data, told = path.read_bytes(), tuple[Diagnostic, ...]()
    try:
        if path.suffix.lower() in _WORKBOOKS or data.startswith(b"PK\x03\x04"):
            found, others = first_sheet(data, str(path))
            told = tuple(_unread(str(path), name) for name in others)
        else:
            found, told = _separated(data, str(path), known)
    except (SourceError, csv.Error) as error:
        raise ReviewError(f"{path}: {error}") from error
    lines = enumerate(found, 1)
    names = next((line for _, line in lines if any(line)), [])
    if len(names) > MAX_COLUMNS:
        raise ReviewError(f"{path}: {len(names):,} columns; give the file that review.write wrote, with verdicts")
    meant = [_known(name, known) for name in names]
    twice = next((name for at, name in enumerate(meant) if name and name in meant[:at]), None)
    if twice:
        raise ReviewError(f"{path}: the column {twice} is there twice; keep one of them")
    rows = [_row(number, meant, line) for number, line in lines]
    if len(rows) > MAX_ROWS:
        raise ReviewError(f"{path}: more than {MAX_ROWS:,} rows; split the file")
    return Sheet(str(path), tuple(meant), tuple(row for row in rows if any(row.cells.values())), told)


def _unread(file: str, sheet: str) -> Diagnostic:
    return diagnostics.make("CLP137", file=file, part=f"sheet {sheet}", reason="only the first is")


def _row(number: int, names: list[str], line: list[str]) -> Row:
    """The cells of a line by column; what stands beyond the named ones has the name of an empty one."""
    cells = {name: sheets.plain(cell.strip()) for name, cell in zip(names, line, strict=False) if name}
    beyond = [cell.strip() for at, cell in enumerate(line) if (at >= len(names) or not names[at]) and cell.strip()]
    return Row(number, cells | ({"": beyond[0]} if beyond else {}))


def _known(name: str, known: Iterable[str]) -> str:
    plain = _NO_NAME.sub("", name).casefold()
    return next((one for one in known if _NO_NAME.sub("", one) == plain), name.strip())


def _separated(data: bytes, file: str, known: Iterable[str]) -> tuple[list[list[str]], tuple[Diagnostic, ...]]:
    decoded = source.decode(data, file=file)
    text = decoded.text
    if told := _TOLD_SEPARATOR.match(text):
        text, separator = text[told.end() :], told[1]
    else:
        separator = max(_SEPARATORS, key=lambda one: _recognized(text, one, known))
    found = _cells(text, separator)
    if all(len(line) <= 1 for line in found) and any(separator in cell for line in found[:1] for cell in line):
        # A spreadsheet that takes another separator kept each line as one cell.
        found = [one for line in found for one in _cells("".join(line), separator) or [[]]]
    return found, decoded.diagnostics


def _cells(text: str, separator: str) -> list[list[str]]:
    before = csv.field_size_limit(source.MAX_BYTES)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    finally:
        csv.field_size_limit(before)


def _recognized(text: str, separator: str, known: Iterable[str]) -> int:
    """How many columns are known by their names where this separates them."""
    names = next(iter(_cells(text.lstrip("\r\n").partition("\n")[0], separator)), [])
    return sum(_known(name, known) in known for name in names)
