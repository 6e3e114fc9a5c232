"""The parts of a run on Dask: each partition is annotated where it lies, and written from there."""

from __future__ import annotations

import contextlib
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clippings import release
from clippings.codebook import Codebook
from clippings.page.forms import Layout
from clippings.parallel import WorkerError
from clippings.store import folder as folders
from clippings.store import parquet
from clippings.store.manifest import Manifest, Part, Run
from clippings.store.partition import annotate_partition, partition_meta, split_partition

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

_COLUMNS = ["path", "text"]
_NEEDED = ("dask", "distributed")


def require(source: object) -> None:
    """Refuse to begin where Dask is not installed, or the source is not one for it.

    Raises:
        ImportError: the message says what to install.
        TypeError: the source is neither a path nor a Dask DataFrame.
    """
    for module in _NEEDED:
        if importlib.util.find_spec(module) is None:
            raise release.missing(module, "dask")
    import dask.dataframe as dd

    if not isinstance(source, (str, os.PathLike, dd.DataFrame)):
        raise TypeError(f"neither a Dask DataFrame nor the path of a Parquet data set: {type(source).__name__}")


def annotate(
    source: Any,
    manifest: Manifest,
    codebook: Codebook,
    layout: Layout,
    workers: int,
    scheduler: str | Client | None,
) -> int:
    """Annotate the partitions of a Dask DataFrame, or of a Parquet data set, and return how many there are."""
    from dask.delayed import delayed
    from distributed import KilledWorker, as_completed

    manifest.begin()
    with _client(workers, scheduler) as client:
        # The codebook is a task of its own: a worker fetches it once, and not with each partition.
        shared = (delayed(codebook), layout, manifest.run.layers)
        given = _frame(source).map_partitions(annotate_partition, *shared, meta=partition_meta())
        write = delayed(_write)
        folder = manifest.folder.absolute()
        writes = [write(long, number, folder, manifest.run) for number, long in enumerate(given.to_delayed())]
        try:
            for done in as_completed(client.compute(writes)):
                manifest.add(done.result())
        except KilledWorker as error:
            raise WorkerError(f"the cluster lost too many workers: {error}; give them more memory") from error
    return len(writes)


def _frame(source: Any) -> Any:
    """One partition a row group: what Dask reads by default may be a single partition."""
    import dask.dataframe as dd

    if isinstance(source, (str, os.PathLike)):
        return dd.read_parquet(os.fspath(source), columns=_COLUMNS, split_row_groups=1)
    return source[_COLUMNS]


@contextlib.contextmanager
def _client(workers: int, scheduler: str | Client | None) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    if isinstance(scheduler, Client):
        yield scheduler
    elif scheduler is not None:
        with Client(scheduler) as client:
            yield client
    else:
        cluster = LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None)
        with cluster, Client(cluster) as client:
            yield client


def _write(long: pd.DataFrame, number: int, folder: Path, run: Run) -> Part:
    """Write the tables of a partition, on the machine that has it; annotated twice, it is written twice alike."""
    split = {name: table for name, table in split_partition(long).items() if name in folders.tables(run)}
    tables, rows = parquet.files_of(split.items(), run.codebook)
    folders.commit(folder, number, tables)
    failures = int((split["diagnostics"]["severity"] == "error").sum())
    pages = int((split["clippings"]["item"] == 0).sum()) + failures
    return Part(number, pages, "", folders.sealed(tables), rows, failures)
