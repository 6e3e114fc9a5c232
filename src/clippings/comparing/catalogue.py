"""A catalogue: the table of clippings with their addresses, and the tables of codes beside it."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd

from clippings.errors import ClippingsError

CLIPPINGS = "clippings"
NEEDED = {CLIPPINGS: ("id",), "blind_stances": ("id", "speaker_no", "target", "stance", "sentence_sha256")}
"""The columns without which a table cannot be used."""


class CatalogueError(ClippingsError, ValueError):
    """A catalogue is not there or lacks what is needed; the message says what to do."""


def table(path: str | Path, *columns: str) -> pd.DataFrame:
    """Return a table of a catalogue: every cell text, an empty one where a value is missing.

    Args:
        path: a CSV file in UTF-8, with a header.
        columns: those that must be there.

    Raises:
        CatalogueError: it cannot be read, lacks a column, or has one twice.
    """
    try:
        with warnings.catch_warnings():
            # Rows longer than the header: pandas would take their first cells for an index, and move all columns.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            found = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", index_col=False)
    except pd.errors.ParserWarning as error:
        raise CatalogueError(
            f"{path}: its rows have more cells than its header; put cells with a comma in quotes"
        ) from error
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        why = getattr(error, "strerror", None) or " ".join(str(error).split())
        what = "give a CSV file in UTF-8, with a header"
        raise CatalogueError(f"{path}: cannot be read as a table: {why}; {what}") from error
    # pandas gives the second column of a name another one.
    names = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", header=None, nrows=1).iloc[0]
    if names.duplicated().any():
        raise CatalogueError(
            f"{path}: the column {names[names.duplicated()].iloc[0]!r} is there twice; keep one of them"
        )
    missing = [name for name in columns if name not in found.columns]
    if missing:
        raise CatalogueError(f"{path}: needs the columns {', '.join(columns)}; {', '.join(missing)} missing")
    return found


def filled(path: str | Path, *columns: str) -> pd.DataFrame:
    """Return a table as ``table`` does, which must have a row.

    Raises:
        CatalogueError: it has none, cannot be read, or lacks a column.
    """
    found = table(path, *columns)
    if found.empty:
        raise CatalogueError(f"{path}: has a header and no rows; give a table with a row for each clipping")
    return found


def tables(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a catalogue by name; ``clippings`` must be there.

    Raises:
        CatalogueError: it is not there, a table cannot be read, or that of the clippings has no rows.
    """
    if not Path(folder, f"{CLIPPINGS}.csv").is_file():
        raise CatalogueError(f"{folder}: no {CLIPPINGS}.csv there; give the folder of a catalogue")
    files = sorted(Path(folder).glob("*.csv"))
    return {
        file.stem: (filled if file.stem == CLIPPINGS else table)(file, *NEEDED.get(file.stem, ())) for file in files
    }
