"""A folder of tables: a folder for each table, in it a Parquet file for each part."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from clippings.layers import registry
from clippings.store import lock, parquet
from clippings.store.manifest import COPIES, NAME, FolderError, Manifest, Run, digest, read
from clippings.writing import laid_down

NEXT = ".next"
"""Where tables are made that are to replace whole ones, which stay until then."""
_COPIES_ASIDE = "part-copies-next.parquet"
COPIES_NAMED = (COPIES, _COPIES_ASIDE)
"""What the file of the diagnostics of copies may be called."""
# Of a part, or of one that a kill left half written; other files of a user's in these folders are never removed.
_OURS = re.compile(r"part-\d{6,}\.parquet|part-copies(?:-next)?\.parquet|\.part-[\w-]+\.parquet\.tmp")


def name(number: int) -> str:
    """The name of a part's files; six digits keep them in order.

    >>> name(7)
    'part-000007.parquet'
    """
    return f"part-{number:06}.parquet"


def opened(folder: Path, run: Run, *, overwrite: bool) -> Manifest:
    """Prepare a folder for a run and return its manifest: new, or with what the same run had done before.

    A manifest that says that all parts are there says so until the first of them is made again. What replaces whole
    tables is made beside them, in a folder of the manifest's own: ``settled`` puts it in their place.

    Raises:
        FolderError: it has another run's tables, or holds other files.
    """
    old = _manifest(folder)
    if old and not overwrite and old.run != run:
        raise FolderError(
            f"{folder} was made {_difference(folder, old.run, run)}; give another folder, or replace it with "
            "overwrite=True (--overwrite)"
        )
    if old and old.is_whole and overwrite:
        return _begun(folder / NEXT, run, _resumable(folder / NEXT, run))
    if old and old.is_whole:
        return old
    begun = _begun(folder, run, old if old and not overwrite else None)
    if overwrite:
        _empty(folder)
    return begun


def home(manifest: Manifest) -> Path:
    """The folder that a manifest's tables are for.

    >>> home(Manifest(Path("out") / NEXT, Run("0.1.0", "", None, {}), {})).as_posix()
    'out'
    """
    return manifest.folder.parent if manifest.folder.name == NEXT else manifest.folder


def settled(manifest: Manifest) -> Manifest:
    """Put finished tables that were made beside others in the place of those, and return the manifest that counts.

    The manifest decides which files count, so the new ones get numbers that are free, and then their own: whenever this
    is stopped, the folder has the old tables or the new.
    """
    folder = home(manifest)
    if folder == manifest.folder:
        return manifest
    old = read(folder)
    free = max([len(manifest.parts), *((max(old.parts) + 1,) if old and old.parts else ())])
    for first, copies in ((free, _COPIES_ASIDE), (0, COPIES)):
        moved = Manifest(folder, manifest.run, {})
        moved.copies = copies
        for number, part in manifest.parts.items():
            for table in tables(manifest.run):
                _linked(manifest.folder / table / name(number), folder / table / name(first + number))
            moved.parts[first + number] = msgspec.structs.replace(part, part=first + number)
        _linked(manifest.folder / "diagnostics" / COPIES, folder / "diagnostics" / copies)
        moved.finish(moved.parts)
    tidied(moved)
    return moved


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


def copies(manifest: Manifest) -> list[Path]:
    """The file of the diagnostics of copies, of which ``save`` writes none; another run may have left some.

    >>> copies(Manifest(Path("out"), Run("0.1.0", "", None, {}), {}))
    []
    """
    return [manifest.folder / "diagnostics" / manifest.copies] if manifest.run.options else []


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


def tidied(manifest: Manifest) -> None:
    """Remove the files of other parts than the manifest's, and what a kill left unfinished."""
    folder = manifest.folder
    for table in parquet.SCHEMA:
        kept = {*map(name, manifest.parts), manifest.copies} if table in tables(manifest.run) else set()
        for file in (folder / table).glob("*"):
            if file.name not in kept and _OURS.fullmatch(file.name):
                file.unlink()
    (folder / f".{NAME}.tmp").unlink(missing_ok=True)
    _remove(folder / NEXT)


def _begun(folder: Path, run: Run, before: Manifest | None) -> Manifest:
    for table in tables(run):
        (folder / table).mkdir(parents=True, exist_ok=True)
    begun = Manifest(folder, run, before.parts if before else {})
    begun.begin()
    return begun


def _resumable(beside: Path, run: Run) -> Manifest | None:
    """What a run that was stopped left beside the tables it was to replace; what an open file held cannot be known."""
    left = read(beside)
    if left and left.run == run and not any(source.startswith("<") for source in run.sources):
        return left
    _remove(beside)
    return None


def _linked(made: Path, place: Path) -> None:
    """Let a file stand at a second place, whole at any moment; copied where the disk knows no links."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.tmp")
    beside.unlink(missing_ok=True)
    try:
        os.link(made, beside)
    except OSError:
        beside = laid_down(place, made.read_bytes())
    os.replace(beside, place)  # noqa: PTH105 (the one that promises to be atomic)


def _empty(folder: Path) -> None:
    """Remove the tables of another run; the new manifest is written by then, so that the folder can be resumed."""
    for table in parquet.SCHEMA:
        for file in (folder / table).glob("*"):
            if _OURS.fullmatch(file.name):
                file.unlink()


def _remove(folder: Path) -> None:
    """Remove a folder of tables; whatever else it holds stays, and the folder with it."""
    if not folder.is_dir():
        return
    _empty(folder)
    for file in (NAME, f".{NAME}.tmp"):
        (folder / file).unlink(missing_ok=True)
    for emptied in (*(folder / table for table in parquet.SCHEMA), folder):
        with contextlib.suppress(OSError):
            emptied.rmdir()


def _manifest(folder: Path) -> Manifest | None:
    found = read(folder)
    if found is None and folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file; give a folder")
    if found is None and folder.is_dir() and any(folder.iterdir()):
        _only_ours(folder)
    return found


def _only_ours(folder: Path) -> None:
    """A run killed before its manifest stood leaves empty folders; anything else is not ours."""
    known = {*parquet.SCHEMA, f".{NAME}.tmp", lock.NAME}
    for entry in folder.iterdir():
        if entry.name not in known or (entry.is_dir() and any(entry.iterdir())):
            raise FolderError(f"{folder} holds {entry.name!r}, which is not a table; give a new or empty folder")


def _difference(folder: Path, old: Run, new: Run) -> str:
    if not old.options:
        return "by save"
    compared = {
        "clippings": (old.library, new.library),
        "schema": (old.schema, new.schema),
        "codebook": (_codebook(old), _codebook(new)),
        "layers": (", ".join(old.layers) or "all", ", ".join(new.layers) or "all"),
    }
    for what, (before, now) in compared.items():
        if before != now:
            return f"with {what} {before}, not {now}"
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


def _codebook(run: Run) -> str:
    return f"{run.codebook.name} {run.codebook.version} ({run.codebook.sha256[:12]})" if run.codebook else "none"
