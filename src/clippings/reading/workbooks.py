"""The first sheet of a workbook (``.xlsx``) as rows of text, within bounds."""

from __future__ import annotations

import datetime
import io
import warnings

from clippings.reading.guards import guarded, package, refuse_bomb

KIND = "workbook"
MAX_ROWS, MAX_COLUMNS = 100_000, 200
"""Rows and columns of a sheet; who reads one says so where it has more."""


def first_sheet(data: bytes, file: str) -> tuple[list[list[str]], list[str]]:
    """Return the rows of the first sheet, all as long, and the names of others.

    What lies beyond two rows more than ``MAX_ROWS``, and one column more than ``MAX_COLUMNS``, is not among them.

    Raises:
        SourceError: the workbook is locked, damaged or too large, or openpyxl is missing.
    """
    openpyxl = package("openpyxl", file, KIND)
    refuse_bomb(data, file, KIND)
    with guarded(file, KIND), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet, *others = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets
        sheet.reset_dimensions()
        found = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True)
        rows = [[_cell(value) for value in row] for row in found]
    # Each row is as wide as was asked for; behind the last cell that holds something are no columns.
    width = max((at for row in rows for at, cell in enumerate(row, 1) if cell), default=0)
    return [row[:width] for row in rows], [one.title for one in others]


def _cell(value: object) -> str:
    """A cell as text: a day as ISO 8601 writes it, a whole number without a point."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).replace("_x000D_", "").strip()
