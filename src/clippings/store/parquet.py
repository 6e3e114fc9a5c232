"""Frames as Parquet: the columns and types of ``frames.SCHEMA``, packed with zstd, the same bytes for the same rows.

Strings, dates without a time zone (in microseconds), whole numbers and truth values are stored as such; a missing value
is null. The metadata of each file names the schema (``clippings.schema``, a fingerprint of all columns and types),
the library (``clippings.version``) and the codebook (``clippings.codebook``: name, version and SHA-256 as JSON); what
pandas notes of its own types is kept too, so that ``pandas.read_parquet`` gives the types of the frames.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from clippings import release
from clippings.model import CodebookRef
from clippings.store.manifest import FolderError
from clippings.tables import frames

PAGES = "_pages"
"""A table beside those of ``frames.SCHEMA``: one row a page, by whose hashes copies are found across parts."""
SCHEMA = {**frames.SCHEMA, PAGES: {"id": "str", "path": "str", "sha256": "str", "letters": "str"}}
VERSION = hashlib.sha256(msgspec.json.encode(frames.SCHEMA)).hexdigest()[:12]
"""Of the schema: another column or type is another version."""

MOST_BYTES = 4_000_000_000
"""Of one table of a part, unpacked: 60 times the text that a part is cut at."""
_ROWS = 1_000  # Unpacked at once.

_COMPRESSION = "zstd"


def encoded(table: pd.DataFrame, name: str, codebook: CodebookRef | None) -> bytes:
    """Return the bytes of a Parquet file that holds ``table``.

    Args:
        table: a frame with the columns of ``SCHEMA[name]``.
        name: the table's name.
        codebook: what its annotations were made with.

    >>> encoded(frames.clippings([]), "clippings", None)[:4]
    b'PAR1'
    """
    schema = _schema(name)
    made = {b"clippings.schema": VERSION.encode(), b"clippings.version": release.VERSION.encode()}
    if codebook:
        made[b"clippings.codebook"] = msgspec.json.encode(codebook)
    rows = pa.Table.from_pandas(table, schema=schema, preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(
        rows.replace_schema_metadata({**(schema.metadata or {}), **made}),
        sink,
        compression=_COMPRESSION,
        row_group_size=max(1, len(table)),
    )
    data: bytes = sink.getvalue().to_pybytes()
    return data


def files_of(
    tables: Iterable[tuple[str, pd.DataFrame]], codebook: CodebookRef | None
) -> tuple[dict[str, bytes], dict[str, int]]:
    """Return the bytes of the file of each table, and how many rows it has, both in the order of ``SCHEMA``.

    Only one table is held at a time, whatever the order in which they come.
    """
    made = {name: (encoded(table, name, codebook), len(table)) for name, table in tables}
    names = [name for name in SCHEMA if name in made]
    return {name: made[name][0] for name in names}, {name: made[name][1] for name in names}


def decoded(files: Iterable[Path], name: str, counts: Mapping[Path, int] | None = None) -> pd.DataFrame:
    """Read files that ``encoded`` made into one frame with the types of ``SCHEMA[name]``.

    Args:
        files: the files.
        name: the table's name.
        counts: how many rows a file has, where that is known.

    Raises:
        FileNotFoundError: a file is gone.
        FolderError: a file is damaged, has other columns or rows, or unpacks to more than ``MOST_BYTES``.

    >>> decoded([], "quotes").empty
    True
    """
    schema = _schema(name)
    parts = [schema.empty_table()]
    for file in files:
        rows = read(file, name, (counts or {}).get(file))
        with _damage_told(file):
            parts.append(rows.cast(schema))
    table: pd.DataFrame = pa.concat_tables(parts).to_pandas()
    return table.astype(SCHEMA[name])


def read(file: Path, name: str, count: int | None = None) -> Any:
    """Read the table ``name`` from a file as it is stored, and stop where it unpacks to more than ``MOST_BYTES``.

    Args:
        file: the file.
        name: the table's name.
        count: how many rows it has, if that is known.

    Raises:
        FileNotFoundError: the file is gone.
        FolderError: it is damaged, has other columns or rows, or unpacks to more.
    """
    with _damage_told(file), pq.ParquetFile(file) as opened:
        groups = opened.metadata
        _check_size(file, sum(groups.row_group(at).total_byte_size for at in range(groups.num_row_groups)))
        if opened.schema_arrow.names != list(SCHEMA[name]):
            raise FolderError(f"{file} has other columns than the table {name}; make the tables again")
        if count is not None:
            check_count(file, count)
        batches, size = [], 0
        for batch in opened.iter_batches(_ROWS):
            size += batch.nbytes
            _check_size(file, size)
            batches.append(batch)
        return pa.Table.from_batches(batches, opened.schema_arrow)


def check_count(file: Path, count: int) -> None:
    """Refuse a file that has another number of rows.

    Raises:
        FolderError: names the file and both numbers.
    """
    with _damage_told(file):
        found = pq.read_metadata(file).num_rows
    if found != count:
        raise FolderError(f"{file} has {found:,} rows, and its manifest counts {count:,}; make the tables again")


def _check_size(file: Path, size: int) -> None:
    """Of a file as it is packed, and of what is unpacked so far: a small file may repeat a long text many times."""
    if size > MOST_BYTES:
        raise FolderError(f"{file} unpacks to {size:,} bytes, {MOST_BYTES:,} are allowed; make the tables again")


@contextlib.contextmanager
def _damage_told(file: Path) -> Iterator[None]:
    """Arrow tells damage by errors of its own, by an OSError, or by one of Unicode."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())
        raise FolderError(f"{file} is damaged ({said}); make the tables again") from error


@functools.cache
def _schema(name: str) -> Any:
    """Of an empty frame: what pandas would note of a full one depends on its rows."""
    empty = pd.DataFrame({column: pd.Series([], dtype=kind) for column, kind in SCHEMA[name].items()})
    return pa.Schema.from_pandas(empty, preserve_index=False)
