"""A folder of tables: a folder for each table, in it a Parquet file for each part."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
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
    """Prepare a folder for a run and return its manifest: new, or with what the same run had done before.

    A manifest that says that all parts are there says so until the first of them is made again.

    Raises:
        FolderError: it has another run's tables, or holds other files.
    """
    old = _manifest(folder)
    if old and not overwrite and old.run != run:
        raise FolderError(
            f"{folder} was made {_difference(folder, old.run, run)}; give another folder, or replace it with overwrite"
        )
    for table in tables(run):
        (folder / table).mkdir(parents=True, exist_ok=True)
    if old and old.is_whole and not overwrite:
        return old
    begun = Manifest(folder, run, old.parts if old and not overwrite else {})
    begun.begin()
    if overwrite:
        _empty(folder)
    return begun


def commit(folder: Path, number: int, files: Mapping[str, bytes]) -> None:
    """Put the files of a part in their places, each of them whole."""
    paths = {folder / table / name(number): data for table, data in files.items()}
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
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


def tidied(folder: Path, kept: Iterable[str]) -> None:
    """Remove the files of parts other than those kept, and files that a kill left unfinished."""
    kept = set(kept)
    for table in parquet.SCHEMA:
        for file in (folder / table).glob("*"):
            if file.name not in kept and file.name.lstrip(".").startswith("part-"):
                file.unlink()
    (folder / f".{NAME}.tmp").unlink(missing_ok=True)


def _empty(folder: Path) -> None:
    """Remove the tables of another run; the new manifest is written by then, so that the folder can be resumed."""
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


def _difference(folder: Path, old: Run, new: Run) -> str:
    if not old.options:
        return "by save"
    if old.library != new.library:
        return f"with clippings {old.library}, not {new.library}"
    if old.schema != new.schema:
        return f"with schema {old.schema}, not {new.schema}"
    if old.codebook != new.codebook:
        return f"with codebook {_codebook(old)}, not {_codebook(new)}"
    if old.layers != new.layers:
        return f"with layers {_layers(old)}, not {_layers(new)}"
    if old.sources != new.sources:
        return f"from {_sources(folder, old, new)}, not {_sources(folder, new, old)}"
    names = [option for option in {**old.options, **new.options} if old.options.get(option) != new.options.get(option)]
    return "with " + ", ".join(f"{option} {old.options.get(option)}, not {new.options.get(option)}" for option in names)


def _sources(folder: Path, run: Run, other: Run) -> str:
    """The first source that only this run has, by its path from here, and how many there are besides."""
    own = [source for source in run.sources if source not in other.sources] or [*run.sources, "nothing"]
    more = f" and {len(run.sources) - 1:,} more" if len(run.sources) > 1 else ""
    is_path = not own[0].startswith("<") and "://" not in own[0]
    return (os.path.normpath(folder / own[0]) if is_path and run.sources else own[0]) + more


def relative(sources: Iterable[object], folder: Path) -> tuple[str, ...]:
    """Return the names of sources as a run records them; an open file or a frame goes by its kind.

    >>> relative(["press/", "press", "more.zip"], Path("out"))
    ('../more.zip', '../press')
    """
    return tuple(sorted({_relative(source, folder) for source in sources}))


def _relative(source: object, folder: Path) -> str:
    if hasattr(source, "__dask_tokenize__"):
        from dask.base import tokenize

        return f"<DataFrame {tokenize(source)[:12]}>"
    if not isinstance(source, (str, os.PathLike)):
        return f"<{type(source).__name__}>"
    path = os.path.expanduser(os.fsdecode(source))  # noqa: PTH111 (one that names nobody stays as it is)
    if "://" in path:
        return path
    try:
        path = os.path.relpath(path or os.curdir, folder)
    except ValueError:  # Another drive.
        path = os.path.abspath(path)  # noqa: PTH100
    return Path(path).as_posix().encode("utf-8", "backslashreplace").decode()


def _layers(run: Run) -> str:
    return ", ".join(run.layers) or "all"


def _codebook(run: Run) -> str:
    return f"{run.codebook.name} {run.codebook.version} ({run.codebook.sha256[:12]})" if run.codebook else "none"
