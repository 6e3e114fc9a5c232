"""The walk over a partition: a frame of pages in, one long frame of all tables out."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from clippings.codebook import Codebook
from clippings.layers.running import Layers
from clippings.page import layout as layouts
from clippings.page.forms import Layout
from clippings.reading import keys
from clippings.reading.archives import RawPage
from clippings.reading.source import refusal
from clippings.store import parquet, parts

_NULLABLE = {"int64": "Int64", "bool": "boolean"}
PARTITION: dict[str, str] = {
    "layer": "str",
    **{column: _NULLABLE.get(kind, kind) for table in parquet.SCHEMA.values() for column, kind in table.items()},
}
"""Columns and types of a long frame: ``layer`` names the table a row is of; columns of other tables are null in it."""


def annotate_partition(
    frame: pd.DataFrame,
    codebook: Codebook | str | None = None,
    layout: Layout = "auto",
    layers: Layers = None,
) -> pd.DataFrame:
    """Read and annotate the pages of a partition.

    A pure function from frame to frame, which any engine of partitions can call:

    .. code-block:: python

        pages.map_partitions(annotate_partition, meta=partition_meta())              # Dask
        pages.mapInPandas(lambda parts: map(annotate_partition, parts), schema)     # Spark
        pages.map_batches(annotate_partition, batch_format="pandas")                 # Ray

    Spark's ``schema`` names the columns of ``PARTITION``: ``str`` is string there, ``Int64`` bigint, ``boolean``
    boolean, ``datetime64[us]`` timestamp_ntz. Rows keep the order of their pages within a partition. A page that
    cannot be read, or has no text, is a row of layer ``diagnostics``. The codebook's automaton is built once in each
    process. Copies of pages are not reported, as that takes all partitions; the layer ``_pages`` has the hashes by
    which they can be found.

    Args:
        frame: one row a page: ``path`` (its name, by which a page of saved HTML and a month are known; without suffix
            it is the ``id``) and ``text``.
        codebook: a codebook, its name or folder; ``security`` if not given.
        layout: as for ``parse``.
        layers: as for ``Corpus.annotate``.

    Returns:
        A frame with the columns and types of ``PARTITION``; ``split_partition`` takes it apart.

    Raises:
        KeyError: the frame has no such column.
        CodebookError: the codebook cannot be loaded.
        ValueError: there is no such layout or layer.

    >>> pages = pd.DataFrame({"path": ["112007-3.txt"], "text": ['"We wait," said Anna Petrova.']})
    >>> long = annotate_partition(pages, layout="plain")
    >>> long.loc[long["layer"] == "quotes", "speaker"].tolist()
    ['Anna Petrova']
    """
    layouts.check(layout)
    named = zip(frame["path"], frame["text"], strict=True)
    found = (RawPage(str(path), functools.partial(_data, str(path), text), keys.key(str(path))) for path, text in named)
    pages = list(map(parts.given, keys.unique(found)))
    tables, _ = parts.frames_of(pages, _equipped(codebook), layout, layers)
    return _joined(tables)


def partition_meta() -> pd.DataFrame:
    """An empty frame with the columns and types of ``PARTITION``, as Dask wants it.

    >>> partition_meta().dtypes["start"]
    Int64Dtype()
    """
    return pd.DataFrame({column: pd.Series([], dtype=kind) for column, kind in PARTITION.items()})


def split_partition(long: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Split the long frame of a partition into the library's frames, with their types, and ``_pages`` (for copies).

    >>> list(split_partition(partition_meta()))[:3]
    ['clippings', 'blocks', 'texts']
    """
    return {name: _table(long, name) for name in parquet.SCHEMA}


def _table(long: pd.DataFrame, name: str) -> pd.DataFrame:
    schema = parquet.SCHEMA[name]
    return long.loc[long["layer"] == name, list(schema)].astype(schema).reset_index(drop=True)


def _joined(found: Iterable[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    """One below the other; empty tables are left out, as they would have a say in the types of others."""
    rows = [table.assign(layer=name) for name, table in found if len(table)]
    if not rows:
        return partition_meta()
    long = pd.concat(rows, ignore_index=True).reindex(columns=list(PARTITION)).astype(PARTITION)
    # Joined columns are in several chunks, which Spark does not take.
    whole: pd.DataFrame = pa.Table.from_pandas(long, preserve_index=False).combine_chunks().to_pandas()
    return whole


def _data(path: str, text: object) -> str:
    if not isinstance(text, str):
        raise refusal("CLP115", path)
    return text


_equipment: dict[str, Codebook] = {}


def _equipped(codebook: Codebook | str | None) -> Codebook:
    """The one copy of a codebook in this process: each task brings its own, and an automaton takes time to build."""
    loaded = codebook if isinstance(codebook, Codebook) else Codebook.load(codebook or "security")
    return _equipment.setdefault(loaded.ref.sha256, loaded)
