"""Whether the files of a folder of tables are those that its manifest speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from clippings.store import folder as folders
from clippings.store import parquet
from clippings.store.manifest import FolderError, Manifest, Part

_REMEDY = "annotate again with overwrite=True (--overwrite), or take the folder from a copy"


def check(manifest: Manifest, *, verify: bool = False) -> None:
    """Refuse tables whose files are missing or whose counts are none; when verifying, also other files than written.

    Raises:
        FolderError: names the file, or the part, and what to do.
    """
    tables = folders.tables(manifest.run)
    for part in manifest.parts.values():
        _check_counts(manifest, part, tables)
    if manifest.end != manifest.counted():
        raise FolderError(f"{manifest.path} ends with other counts than its parts have; {_REMEDY}")
    if manifest.run.codebook is None and manifest.counted().clippings:
        raise FolderError(f"{manifest.path} does not name the codebook of its clippings; {_REMEDY}")
    for table in tables:
        there = {file.name for file in (manifest.folder / table).glob("*.parquet")}
        for number in manifest.parts:
            if folders.name(number) not in there:
                raise FolderError(f"{manifest.folder / table / folders.name(number)} is missing; {_REMEDY}")
    for file in folders.copies(manifest):
        if file.name not in folders.COPIES_NAMED or not file.exists():
            raise FolderError(f"{file} is missing; {_REMEDY}")
    if verify:
        _verify(manifest)


def _check_counts(manifest: Manifest, part: Part, tables: list[str]) -> None:
    counts = {"pages": part.pages, "failures": part.failures, **{table: part.rows.get(table, -1) for table in tables}}
    for name, count in counts.items():
        if count < 0:
            raise FolderError(f"{manifest.path} has no count of {name} for part {part.part}; {_REMEDY}")


def _verify(manifest: Manifest) -> None:
    for number, part in manifest.parts.items():
        if folders.standing(manifest, number) != part.tables:
            raise FolderError(f"a table of part {number} of {manifest.folder} is not as it was written; {_REMEDY}")
        for table in folders.tables(manifest.run):
            parquet.check_count(manifest.folder / table / folders.name(number), part.rows[table])
    for file in _unknown(manifest):
        raise FolderError(f"{file} is not one of these tables; move it elsewhere, as queries over *.parquet count it")


def _unknown(manifest: Manifest) -> Iterator[Path]:
    for table in parquet.SCHEMA:
        of_run = table in folders.tables(manifest.run)
        known = {folders.name(number) for number in manifest.parts} if of_run else set()
        known |= {manifest.copies} if table == "diagnostics" else set()
        yield from (file for file in sorted((manifest.folder / table).glob("*.parquet")) if file.name not in known)
