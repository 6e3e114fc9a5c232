"""Pages to a folder of tables: part by part, on one machine or many; what is done is not done again."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from clippings import arguments, release
from clippings.arguments import ArgumentError
from clippings.codebook import Codebook
from clippings.layers import registry
from clippings.page import layout as layouts
from clippings.page.forms import Layout
from clippings.reading import inputs, reader
from clippings.store import _closing, local, lock, parquet
from clippings.store import folder as folders
from clippings.store.manifest import Run
from clippings.store.tables import Tables

if TYPE_CHECKING:
    from distributed import Client

Engine = Literal["local", "dask"]

_PART = 500


def annotate_to(
    sources: Any,
    folder: str | os.PathLike[str],
    *,
    codebook: Codebook | str | None = None,
    layers: Iterable[str] | None = None,
    layout: Layout = "auto",
    workers: int = 1,
    part: int = _PART,
    overwrite: bool = False,
    engine: Engine = "local",
    scheduler: str | Client | None = None,
    date: object = None,
    outlet: str | None = None,
    language: str | None = None,
    metadata: object = None,
    key: str | None = None,
) -> Tables:
    """Read and annotate pages into a folder of Parquet tables, in constant memory, and resume a run that was stopped.

    The folder gets one folder for each table of the frames (``quotes``, ``mentions`` and so on), in it a file for
    every ``part`` pages, and ``manifest.jsonl``. Files are written whole or not at all. The bytes are the same for any
    number of workers, and whether a run was stopped and started again or not.

    Started again, a run keeps the parts whose pages have the same names and bytes, and makes the others: those that
    were not reached, and those in which a page was added, removed or changed. (Pages are counted into parts in order,
    so that a page added in the middle moves those after it.) Tables made from other sources, or with another codebook,
    version of this library, layout or size of parts are not mixed: the run is refused, or with ``overwrite`` takes
    their place. Open files have no names to compare, so that other bytes from them are refused too. A page that
    failed is a row of ``diagnostics``, and is tried again only when its bytes change or with ``overwrite``.

    With ``engine="dask"``, which needs the extra ``dask``, partitions are annotated wherever Dask runs them, each a
    part; the folder must be one that all its workers can write to. A run that was stopped starts over then.

    Args:
        sources: a file, folder, pattern, archive or open file, or a list of them; as for ``read``. Or a frame with the
            columns ``id`` and ``text``, whose others are taken as ``read_frame`` does. For Dask a Dask
            DataFrame with the columns ``path`` and ``text``, or the path of a Parquet data set with them.
        folder: where the tables go; new, empty, or with what an earlier run left.
        codebook: a codebook, its name or folder; ``security`` if not given.
        layers: as for ``Corpus.annotate``; the folder has no table of any other.
        layout: as for ``parse``.
        workers: processes to share the work, on this machine. Scripts guard it with ``if __name__ == "__main__":``.
        part: how many pages make a part, with the local engine; a part of 64 MB ends before.
        overwrite: replace the tables that the folder holds, of whatever run; they stay until the new ones are whole.
        engine: ``local`` or ``dask``.
        scheduler: the address of a Dask scheduler or a client; a cluster of ``workers`` on this machine if not given.
        date: the date of all pages; this and the following are as for ``read``, and for the local engine alone. Where
            they change, the parts that they change are made again.
        outlet: the outlet of all pages.
        language: the language of all pages.
        metadata: a table with a row a file.
        key: the column of it that names the file.

    Returns:
        The tables, each read when it is asked for.

    Raises:
        FolderError: the folder holds other files or another run, is being written, or is full of what other open
            files held.
        ImportError: Dask is asked for and not installed.
        CodebookError: the codebook cannot be loaded.
        TypeError: the source is not one that Dask can read.
        WorkerError: a worker process cannot begin, or ends whatever it is given.
        OSError: the folder cannot be written.
        ArgumentError: ``workers`` or ``part`` is below 1 or not whole, ``folder`` is not a path, or a frame lacks
            a column.
        ValueError: there is no such layer, engine or layout, or ``date``,
            ``language``, ``metadata`` or ``key`` cannot be taken.

    >>> import io, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tables = annotate_to(io.StringIO('"We wait," said Anna Petrova.'), folder, layout="plain")
    ...     len(tables), tables.quotes["speaker"].tolist()
    (1, ['Anna Petrova'])
    """
    for name, number in (("workers", workers), ("part", part)):
        arguments.whole(name, number, 1)
    arguments.path("folder", folder, "give the folder that the tables go to")
    layouts.check(layout)
    arguments.one_of("engine", engine, ("local", "dask"))
    if engine == "dask":
        from clippings.store import cluster

        cluster.require(sources)
    loaded = codebook if isinstance(codebook, Codebook) else Codebook.load(codebook or "security")
    target = Path(folder)
    is_frame = engine == "local" and hasattr(sources, "columns")
    if is_frame:
        _check_frame(sources, metadata)
    listed = [sources] if is_frame or engine == "dask" else list(inputs.each([sources]))
    given: dict[str, Any] = {"date": date, "outlet": outlet, "language": language, "metadata": metadata, "key": key}
    if engine == "dask" and (named := [name for name, value in given.items() if value is not None]):
        raise ValueError(f"engine='dask' takes no {named[0]} for the pages; use the local engine")
    told = reader.about([] if is_frame or engine == "dask" else listed, **given)
    names = folders.relative(listed, target)
    options: dict[str, str | int] = {"engine": engine, "layout": layout}
    if engine == "local":
        options["part"] = part
    run = Run(release.VERSION, parquet.VERSION, loaded.ref, options, registry.names(layers), names)
    with lock.held(target):
        manifest = folders.opened(target, run, overwrite=overwrite)
        if engine == "dask":
            count = cluster.annotate(sources, manifest, loaded, layout, workers, scheduler)
        else:
            pages = sources if is_frame else listed
            count = local.annotate(pages, told, manifest, loaded, layout, workers, part)
        _closing.tell(manifest.folder, count, loaded.ref, told.unused())
        manifest.finish(range(count))
        folders.tidied(manifest)
        return Tables([folders.settled(manifest)])


def _check_frame(frame: Any, metadata: object) -> None:
    if missing := [name for name in ("id", "text") if name not in frame.columns]:
        names = ", ".join(map(str, frame.columns)) or "none"
        raise ArgumentError(
            f"sources: a frame needs the columns id and text; {missing[0]} is missing (there are: {names}); "
            "rename one with frame.rename(columns={...})"
        )
    if metadata is not None:
        raise ArgumentError("metadata: a frame says itself what is known of its rows; join the table to it")
