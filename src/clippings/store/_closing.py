"""What is known only when all parts are there: exact copies of pages in other parts, and pages that share an id."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from clippings import diagnostics
from clippings.model import CodebookRef, Diagnostic
from clippings.store import folder as folders
from clippings.store import parquet
from clippings.store.manifest import COPIES
from clippings.tables import frames
from clippings.writing import write_bytes


def tell(folder: Path, count: int, codebook: CodebookRef, notes: Iterable[Diagnostic]) -> None:
    """Write the diagnostics of copies and shared ids (CLP301 to CLP303), and notes, as the last part of that table.

    Args:
        folder: of the tables.
        count: of their parts.
        codebook: for the metadata of the file.
        notes: on the run as a whole.
    """
    files = [folder / parquet.PAGES / folders.name(number) for number in range(count)]
    pages = parquet.decoded(files, parquet.PAGES)
    found = frames.diagnostics([*notes, *copies(pages), *twins(pages)])
    write_bytes(folder / "diagnostics" / COPIES, parquet.encoded(found, "diagnostics", codebook))


def copies(pages: pd.DataFrame) -> list[Diagnostic]:
    """Return a diagnostic for each page whose bytes, or whose letters, are those of an earlier one.

    >>> columns = ["id", "path", "sha256", "letters"]
    >>> copies(pd.DataFrame([["1", "1.txt", "a", "x"], ["2", "2.txt", "b", "x"]], columns=columns))[0].message
    'the same text as 1.txt but for white space'
    """
    names = pages["path"].fillna(pages["id"])
    is_copy = pages.duplicated("sha256")
    is_like = pages.duplicated("letters")
    first_bytes = names.groupby(pages["sha256"], sort=False).transform("first")
    first_letters = names.groupby(pages["letters"], sort=False).transform("first")
    return [
        diagnostics.make("CLP301", file=_file(pages, at), first=first_bytes[at])
        if is_copy[at]
        else diagnostics.make("CLP302", file=_file(pages, at), first=first_letters[at])
        for at in pages.index[is_copy | is_like]
    ]


def twins(pages: pd.DataFrame) -> list[Diagnostic]:
    """Return a diagnostic for each page that has the id of an earlier one, as paths of two partitions may.

    >>> columns = ["id", "path", "sha256", "letters"]
    >>> twins(pd.DataFrame([["1", "1.txt", "a", "x"], ["1", "1.htm", "b", "y"]], columns=columns))[0].message
    'the id 1 is that of 1.txt; tables joined by it repeat rows'
    """
    first = pages.groupby("id", sort=False)["path"].transform("first")
    so = "tables joined by it repeat rows"
    return [
        diagnostics.make("CLP303", file=_file(pages, at), id=pages.at[at, "id"], first=first[at] or "another", so=so)
        for at in pages.index[pages.duplicated("id")]
    ]


def _file(pages: pd.DataFrame, at: int) -> str:
    path = pages.at[at, "path"]
    return path if isinstance(path, str) else ""
