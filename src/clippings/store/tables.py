"""A folder of tables as frames: written whole by ``save``, part by part by ``annotate_to``, read back by ``load``."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pandas as pd

from clippings import release
from clippings.corpus import AnnotatedCorpus
from clippings.model import CodebookRef, Diagnostic
from clippings.sources import Seen, summed
from clippings.store import folder as folders
from clippings.store import parquet
from clippings.store.manifest import FolderError, Manifest, Part, Run, read
from clippings.tables import frames

NAMES = tuple(frames.SCHEMA)


class Tables:
    """The frames of an annotated corpus as saved, with the same names and types; each is read when first asked for.

    Any tool that reads Parquet can ask the files; with DuckDB it takes two lines:

    .. code-block:: python

        import duckdb
        duckdb.sql("SELECT speaker, count(*) AS quotes FROM 'out/quotes/*.parquet' GROUP BY ALL ORDER BY ALL").df()

    Attributes:
        folder: where they are.
        codebook: name, version and hash of the codebook they were made with; None where nothing was annotated.
    """

    def __init__(self, manifest: Manifest) -> None:
        self.folder = manifest.folder
        self.codebook: CodebookRef | None = manifest.run.codebook
        self._parts = manifest.parts

    def __len__(self) -> int:
        """Count the clippings, without reading them."""
        return sum(part.rows["clippings"] for part in self._parts.values())

    def __repr__(self) -> str:
        """Count clippings and quotations."""
        quotes = sum(part.rows["quotes"] for part in self._parts.values())
        return f"<Tables of {len(self):,} clippings, {quotes:,} quotes>"

    @functools.cached_property
    def summary(self) -> str:
        """What became of the files that were seen, in one line."""
        parts = (part.itertuples(index=False) for part in self.parts("sources"))
        return summed(Seen(*row) for part in parts for row in part)

    def parts(self, name: str) -> Iterator[pd.DataFrame]:
        """Yield a table part by part, for those that do not fit into memory.

        Args:
            name: of the table, such as ``quotes``.

        Raises:
            KeyError: there is no such table.
        """
        return (parquet.decoded([file], name) for file in self._files(name))

    @functools.cached_property
    def failures(self) -> tuple[Diagnostic, ...]:
        """A diagnostic for each file that could not be read, and for each clipping that could not be annotated."""
        told = self.diagnostics[self.diagnostics["severity"] == "error"].fillna({"file": ""})
        return tuple(msgspec.convert(row, Diagnostic) for row in told.to_dict("records"))

    @functools.cached_property
    def clippings(self) -> pd.DataFrame:
        """One row a clipping, with its fields."""
        return frames.with_given(self._whole("clippings"))

    @functools.cached_property
    def blocks(self) -> pd.DataFrame:
        """One row a block of a page."""
        return self._whole("blocks")

    @functools.cached_property
    def texts(self) -> pd.DataFrame:
        """One row a title, publisher line or body."""
        return self._whole("texts")

    @functools.cached_property
    def diagnostics(self) -> pd.DataFrame:
        """One row a diagnostic, failures first in each part, copies of pages in other parts last."""
        return self._whole("diagnostics")

    @functools.cached_property
    def sources(self) -> pd.DataFrame:
        """One row a file that was seen."""
        return self._whole("sources")

    @functools.cached_property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence of a body, with the number of its paragraph."""
        return self._whole("sentences")

    @functools.cached_property
    def quotes(self) -> pd.DataFrame:
        """One row a quotation, with its source, its speaker and the rule that tied them."""
        return self._whole("quotes")

    @functools.cached_property
    def mentions(self) -> pd.DataFrame:
        """One row a mention of an actor; ``entity`` is its id."""
        return self._whole("mentions")

    @functools.cached_property
    def dates(self) -> pd.DataFrame:
        """One row a dated expression; ``date`` is the first day of what it means."""
        return self._whole("dates")

    @functools.cached_property
    def themes(self) -> pd.DataFrame:
        """One row a sentence that shows a theme, with the words that show it."""
        return self._whole("themes")

    @functools.cached_property
    def errata(self) -> pd.DataFrame:
        """One row a likely misprint."""
        return self._whole("errata")

    def _whole(self, name: str) -> pd.DataFrame:
        return parquet.decoded(self._files(name), name)

    def _files(self, name: str) -> list[Path]:
        if name not in NAMES:
            raise KeyError(f"no table {name!r}; there are {', '.join(NAMES)}")
        copies = self.folder / name / folders.COPIES
        parts = [self.folder / name / folders.name(number) for number in sorted(self._parts)]
        return [*parts, *([copies] if copies.exists() else [])]


def save(annotated: AnnotatedCorpus, folder: str | Path) -> Tables:
    """Write every frame as Parquet into a folder; tables that ``save`` wrote there before are replaced.

    Args:
        annotated: the corpus.
        folder: made where it does not exist.

    Returns:
        the tables, as ``load`` gives them.

    Raises:
        FolderError: the folder holds other files, or what ``annotate_to`` wrote.

    >>> import clippings as cl, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(cl.Corpus([]).annotate(), folder).quotes.empty
    True
    """
    target = Path(folder)
    codebook = annotated[0].codebook if len(annotated) else None
    run = Run(release.VERSION, parquet.VERSION, codebook, {})
    before = read(target)
    if before and before.run.options:
        raise FolderError(f"{folder} has the tables of a run of annotate_to; give another folder")
    manifest = folders.opened(target, run, overwrite=True)
    shown = {name: getattr(annotated, name) for name in NAMES}
    shown[parquet.PAGES] = pd.DataFrame(columns=list(parquet.SCHEMA[parquet.PAGES]), dtype="str")
    tables = {name: parquet.encoded(table, name, codebook) for name, table in shown.items()}
    folders.commit(target, 0, tables)
    rows = {name: len(shown[name]) for name in NAMES}
    read_pages = int((shown["clippings"]["item"] == 0).sum()) + len(annotated.failures)
    manifest.add(Part(0, read_pages, "", folders.sealed(tables), rows, len(annotated.failures)))
    manifest.finish(1)
    return Tables(manifest)


def load(folder: str | Path) -> Tables:
    """Open the tables that ``save``, ``annotate_to`` or ``clippings annotate -o FOLDER/`` wrote.

    A table is read when it is first asked for, so that large corpora cost what is looked at.

    Raises:
        FileNotFoundError: the folder has no manifest.
        FolderError: the run that writes it is not finished, or another version of the tables wrote it.

    >>> import clippings as cl, tempfile
    >>> corpus = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tables = save(corpus.annotate(), folder)
    ...     cl.load(folder).quotes["speaker"].tolist()
    ['Anna Petrova']
    """
    manifest = read(Path(folder))
    if manifest is None:
        raise FileNotFoundError(f"{folder} is no folder of tables: it has no manifest.jsonl")
    run = manifest.run
    if run.schema != parquet.VERSION:
        raise FolderError(
            f"{folder} was written by clippings {run.library} with schema {run.schema}; "
            f"this is clippings {release.VERSION} with schema {parquet.VERSION}: annotate anew"
        )
    if not manifest.is_whole:
        raise FolderError(f"{folder} is not finished, {len(manifest.parts)} parts stand: start the same run again")
    return Tables(manifest)
