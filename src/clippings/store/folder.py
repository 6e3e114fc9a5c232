"""A folder of tables: a folder for each table, in it a Parquet file for each part."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from clippings.layers import registry
from clippings.store import parquet
from clippings.store.manifest import NAME, FolderError, Manifest, Run, digest, laid_down, read

COPIES = "part-copies.parquet"
"""A last part of the diagnostics: copies of pages in other parts."""


def name(number: int) -> str:
    """The name of a part's files; six digits keep them in order.

    >>> name(7)
    'part-000007.parquet'
    """
    return f"part-{number:06}.parquet"


def opened(folder: Path, run: Run, *, overwrite: bool) -> Manifest:
    """Make a folder ready for a run, and begin its manifest, with what the same run had done before.

    Raises:
        FolderError: it has another run's tables, or holds other files.
    """
    old = _manifest(folder)
    if old and not overwrite and old.run != run:
        raise FolderError(
            f"{folder} was made with {_difference(old.run, run)}; give another folder, or start over with overwrite"
        )
    for table in tables(run):
        (folder / table).mkdir(parents=True, exist_ok=True)
    begun = Manifest(folder, run, old.parts if old and not overwrite else {})
    begun.begin()
    if overwrite:
        _empty(folder)
    return begun


def commit(folder: Path, number: int, files: Mapping[str, bytes]) -> None:
    """Put the files of a part in their places, each of them whole."""
    paths = {folder / table / name(number): data for table, data in files.items()}
    moves = [(laid_down(path, data), path) for path, data in paths.items()]
    for beside, path in moves:
        os.replace(beside, path)  # noqa: PTH105 (the one that promises to be atomic)


def tables(run: Run) -> list[str]:
    """The tables of a run: those of pages, and one for each layer that is run.

    >>> tables(Run("0.1.0", "", None, {}, ("dates",)))[-2:]
    ['dates', '_pages']
    """
    layers = registry.names(run.layers or None)
    return [table for table in parquet.SCHEMA if table in layers or table not in registry.KEPT]


def standing(manifest: Manifest, number: int) -> str | None:
    """The hash of a part's files, None where one is missing."""
    folder = manifest.folder
    try:
        return sealed({table: (folder / table / name(number)).read_bytes() for table in tables(manifest.run)})
    except FileNotFoundError:
        return None


def sealed(files: Mapping[str, bytes]) -> str:
    """The hash of a part's files, as the manifest has it."""
    return digest(files[table] for table in parquet.SCHEMA if table in files)


def tidied(folder: Path, count: int) -> None:
    """Remove parts that are no longer part of the run, and files that a kill left unfinished."""
    kept = {name(number) for number in range(count)} | {COPIES}
    for table in parquet.SCHEMA:
        for file in (folder / table).glob("*"):
            if file.name not in kept and file.name.lstrip(".").startswith("part-"):
                file.unlink()
    (folder / f".{NAME}.tmp").unlink(missing_ok=True)


def _empty(folder: Path) -> None:
    """Remove the tables of another run; the new manifest is there, so that a kill leaves a known folder."""
    for table in parquet.SCHEMA:
        for file in (folder / table).glob("part-*.parquet"):
            file.unlink()


def _manifest(folder: Path) -> Manifest | None:
    found = read(folder)
    if found is None and folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file; give a folder")
    if found is None and folder.is_dir() and any(folder.iterdir()):
        _only_ours(folder)
    return found


def _only_ours(folder: Path) -> None:
    """A run killed before its manifest stood leaves empty folders; anything else is not ours."""
    known = {*parquet.SCHEMA, f".{NAME}.tmp"}
    for entry in folder.iterdir():
        if entry.name not in known or (entry.is_dir() and any(entry.iterdir())):
            raise FolderError(f"{folder} holds {entry.name!r}, which is not a table; give a new or empty folder")


def _difference(old: Run, new: Run) -> str:
    if old.library != new.library:
        return f"clippings {old.library}, not {new.library}"
    if old.schema != new.schema:
        return f"schema {old.schema}, not {new.schema}"
    if old.codebook != new.codebook:
        return f"codebook {_codebook(old)}, not {_codebook(new)}"
    if old.layers != new.layers:
        return f"layers {_layers(old)}, not {_layers(new)}"
    names = [option for option in {**old.options, **new.options} if old.options.get(option) != new.options.get(option)]
    return ", ".join(f"{option} {old.options.get(option)}, not {new.options.get(option)}" for option in names)


def _layers(run: Run) -> str:
    return ", ".join(run.layers) or "all"


def _codebook(run: Run) -> str:
    return f"{run.codebook.name} {run.codebook.version} ({run.codebook.sha256[:12]})" if run.codebook else "none"
