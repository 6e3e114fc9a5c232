"""A folder of tables as frames: written whole by ``save``, part by part by ``annotate_to``, read back by ``load``."""

from __future__ import annotations

import bisect
import functools
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

import msgspec
import pandas as pd

from clippings import arguments, release
from clippings.arguments import ArgumentError
from clippings.corpus import AnnotatedCorpus
from clippings.display.pages import summary_html
from clippings.layers import registry
from clippings.model import Annotated, CodebookRef, Diagnostic
from clippings.review import CuratedCorpus, stored
from clippings.sequence import AnnotatedSequence
from clippings.sources import Seen, summed
from clippings.store import _checking, _pages, lock, parquet
from clippings.store import folder as folders
from clippings.store.manifest import FolderError, Manifest, Part, Run, digest, read
from clippings.tables import frames


class Tables(AnnotatedSequence):
    """The frames of an annotated corpus as saved, with the same names and types; each is read when first asked for.

    Iterated, they give annotated clippings, read part by part; the diagnostics of one without a path are in the frame
    alone. Any tool that reads Parquet can ask the files; with DuckDB it takes two lines:

    .. code-block:: python

        import duckdb
        duckdb.sql("SELECT speaker, count(*) AS quotes FROM 'out/quotes/*.parquet' GROUP BY ALL ORDER BY ALL").df()

    Attributes:
        folder: where they are; the first one of several that were added.
        codebook: name, version and hash of the codebook they were made with; None where nothing was annotated.
        layers: the layers that were run; any other is a ``LayerError``.
        is_whole: whether these are all clippings of one folder.

    >>> import clippings as cl, tempfile
    >>> corpus = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tables = cl.save(corpus.annotate(), folder)
    ...     [quote.speaker for page in tables for quote in page.quotes]
    ['Anna Petrova']
    """

    def __init__(self, manifests: Sequence[Manifest], places: Sequence[int] | None = None) -> None:
        self.folder = manifests[0].folder
        self.codebook: CodebookRef | None = manifests[0].run.codebook
        self.layers = registry.names(manifests[0].run.layers or None)
        self._manifests = tuple(manifests)
        self._parts = [(one, number) for one in manifests for number in sorted(one.parts)]
        self._ends = list(itertools.accumulate(self._sizes("clippings")))
        self._places = range(self._ends[-1] if self._ends else 0) if places is None else places
        self.is_whole = places is None
        self._open: tuple[int, list[Annotated]] = (-1, [])

    @property
    def frames(self) -> tuple[str, ...]:
        """The names of the frames; ``cl.describe(name)`` says what one holds."""
        return (*frames.OF_PAGES, "diagnostics", "sources", *self.layers)

    def __len__(self) -> int:
        """Count the clippings, without reading them."""
        return len(self._places)

    def __repr__(self) -> str:
        """Count clippings and annotations."""
        name = "quotes" if "quotes" in self.layers else self.layers[-1]
        count = sum(self._sizes(name)) if self.is_whole else len(getattr(self, name))
        return f"<Tables of {len(self):,} clippings, {count:,} {name}>"

    def take(self, places: Sequence[int]) -> Tables:
        """Return the clippings at these places, counted from 0, in the order of the places."""
        return Tables(self._manifests, [self._places[place] for place in places])

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
        files, counts = self._files(name), self._counts(name)
        return (self._chosen(name, parquet.decoded([file], name, counts)) for file in files)

    @functools.cached_property
    def failures(self) -> tuple[Diagnostic, ...]:  # type: ignore[override]
        """A diagnostic for each file that could not be read, and for each clipping that could not be annotated."""
        found = self.diagnostics[self.diagnostics["severity"] == "error"].fillna({"file": ""})
        return tuple(msgspec.convert(row, Diagnostic) for row in found.to_dict("records"))

    def _frame(self, name: str) -> pd.DataFrame:
        files = self._files(name)
        found = self._chosen(name, parquet.decoded(files, name, self._counts(name)))
        return frames.with_given(found) if name == "clippings" else found

    def _texts(self) -> Iterator[pd.DataFrame]:
        return self.parts("texts")

    def _fingerprint(self) -> str:
        seals = [one.parts[number].tables for one, number in self._parts]
        return digest([f"{seals}{None if self.is_whole else list(self._places)}".encode()])

    def _sizes(self, name: str) -> list[int]:
        return [manifest.parts[number].rows[name] for manifest, number in self._parts]

    def _counts(self, name: str) -> dict[Path, int]:
        return dict(zip(self._paths(name), self._sizes(name), strict=True))

    def _files(self, name: str) -> list[Path]:
        if name not in self.frames:
            raise KeyError(f"no table {name!r}; there are {', '.join(self.frames)}")
        copies = [folders.copies(one) for one in self._manifests] if name == "diagnostics" else []
        # A folder stands twice where two selections of it were added.
        return list(dict.fromkeys([*self._paths(name), *itertools.chain(*copies)]))

    def _paths(self, name: str) -> list[Path]:
        return [one.folder / name / folders.name(number) for one, number in self._parts]

    @functools.cached_property
    def _of_pages(self) -> pd.DataFrame:
        read = parquet.decoded(self._paths("clippings"), "clippings", self._counts("clippings"))
        return read[["id", "item", "path"]]

    def _chosen(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table that are of the clippings chosen, in their order."""
        if self.is_whole:
            return table
        keys = self._of_pages.loc[list(self._places)]
        if name == "diagnostics":
            of_no_page = ~table["file"].isin(self._of_pages["path"].dropna()) & ~table.duplicated()
            is_failure = (table["severity"] == "error") & ~table.duplicated()
            is_chosen = table["file"].isin(keys["path"].dropna()) | table["file"].isna()
            return table[is_failure | of_no_page | is_chosen].reset_index(drop=True)
        if name == "sources":
            return table.drop_duplicates(ignore_index=True)
        if name == "blocks":
            firsts = keys[["id", "item"]].drop_duplicates("id")
            return firsts.merge(table.drop(columns="item"), on="id")[list(table.columns)]
        return keys[["id", "item"]].drop_duplicates().merge(table, on=["id", "item"])[list(table.columns)]

    def _at(self, place: int) -> Annotated:
        at = self._places[place]
        part = bisect.bisect_right(self._ends, at)
        if self._open[0] != part:
            manifest, number = self._parts[part]
            self._open = part, list(_pages.annotated(manifest, number, self.frames))
        return self._open[1][at - self._ends[part]]

    def _joined(self, other: Tables) -> Tables:
        if (self.codebook, self.layers) != (other.codebook, other.layers):
            raise ValueError("these were annotated with other layers or codebooks; annotate both alike")
        places = [*self._places, *(sum(self._sizes("clippings")) + one for one in other._places)]
        return Tables((*self._manifests, *other._manifests), places)

    def _repr_html_(self) -> str:
        facts = [("clippings", len(self)), *((name, len(getattr(self, name))) for name in self.layers)]
        return summary_html("Tables", [(name, f"{count:,}") for name, count in facts])


@overload
def save(annotated: CuratedCorpus, folder: str | Path, *, overwrite: bool = False) -> CuratedCorpus: ...


@overload
def save(annotated: AnnotatedCorpus | Tables, folder: str | Path, *, overwrite: bool = False) -> Tables: ...


def save(
    annotated: AnnotatedCorpus | Tables | CuratedCorpus, folder: str | Path, *, overwrite: bool = False
) -> Tables | CuratedCorpus:
    """Write every frame as Parquet into a folder, and return the tables.

    What coders decided is written beside them, into ``review.json``; the tables are those of the library.

    Tables that are replaced stay as they are until the new ones are whole: ``load`` gives the old or the new, whenever
    the writing is stopped.

    Args:
        annotated: the corpus.
        folder: made where it does not exist.
        overwrite: replace the tables that the folder holds; a folder with decisions of coders takes only a review that
            has them too.

    Returns:
        the tables, as ``load`` gives them.

    Raises:
        FolderError: the folder holds tables and ``overwrite`` is not given, holds other files, or is being written.
        ReviewError: the folder holds decisions of coders that the review does not have.
        OSError: the folder cannot be written.
        ArgumentError: the corpus is not annotated, or ``folder`` is not a path.

    >>> import clippings as cl, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(cl.Corpus([]).annotate(), folder).quotes.empty
    True
    """
    if not hasattr(annotated, "layers"):
        kind = type(annotated).__name__
        raise ArgumentError(f"save needs an annotated corpus, not {kind}: annotate first, and give corpus.annotate()")
    arguments.path("folder", folder, "give the folder that the tables go to")
    target = Path(folder)
    with lock.held(target):
        if isinstance(annotated, CuratedCorpus):
            if overwrite:
                stored.refuse_loss(annotated, target)
            tables = Tables([_saved(annotated.annotated, target, overwrite)])  # type: ignore[arg-type]
            stored.saved(annotated, target)
            return CuratedCorpus(tables, *annotated.parts)
        if stored.held(target):
            raise FolderError(
                f"{folder} holds what coders decided ({stored.NAME}); give another folder, or move that file"
            )
        return Tables([_saved(annotated, target, overwrite)])


def _saved(annotated: AnnotatedCorpus | Tables, target: Path, overwrite: bool) -> Manifest:
    codebook = annotated[0].codebook if len(annotated) else None
    run = Run(release.VERSION, parquet.VERSION, codebook, {}, annotated.layers)
    before = read(target)
    if before and not overwrite and (before.is_whole or before.run.options):
        raise FolderError(f"{target} holds tables already; give another folder, or overwrite=True to replace them")
    shown = {name: getattr(annotated, name) for name in annotated.frames}
    shown[parquet.PAGES] = pd.DataFrame(columns=list(parquet.SCHEMA[parquet.PAGES]), dtype="str")
    tables, rows = parquet.files_of(shown.items(), codebook)
    read_pages = int((shown["clippings"]["item"] == 0).sum()) + len(annotated.failures)
    part = Part(0, read_pages, "", folders.sealed(tables), rows, len(annotated.failures))
    manifest = Manifest(target, run, {}) if before else folders.opened(target, run, overwrite=False)
    # The manifest decides which files count: the new ones get a number that is free, and then the number 0.
    for number in (*((max(before.parts, default=0) + 1,) if before else ()), 0):
        folders.commit(target, number, tables)
        manifest.parts[number] = msgspec.structs.replace(part, part=number)
        manifest.finish([number])
    manifest.copies = ""
    folders.tidied(manifest)
    return manifest


def load(folder: str | Path, *, verify: bool = False) -> Tables | CuratedCorpus:
    """Open the tables that ``save``, ``annotate_to`` or ``clippings annotate -o FOLDER/`` wrote.

    A table is read when it is first asked for, so that large corpora cost what is looked at. Of a corpus that was
    reviewed, the decisions of coders come back with them.

    Args:
        folder: of the tables.
        verify: read every file, compare it with the hash in the manifest, and refuse files that the manifest does not
            know, which a query over ``*.parquet`` would count too.

    Raises:
        ArgumentError: ``folder`` is not a path.
        FileNotFoundError: the folder has no manifest.
        FolderError: the run that writes it is not finished, or another version of the tables wrote it; a file of a part
            is missing, its counts are damaged, or, when verifying, it is not as it was written.

    >>> import clippings as cl, tempfile
    >>> corpus = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tables = save(corpus.annotate(), folder)
    ...     cl.load(folder).quotes["speaker"].tolist()
    ['Anna Petrova']
    """
    arguments.path("folder", folder, "give the folder that save or annotate_to wrote")
    tables = unreviewed(folder, verify=verify)
    curated = stored.loaded(tables, tables.folder)
    return tables if curated is None else curated


def unreviewed(folder: str | Path, *, verify: bool = False) -> Tables:
    """Open tables without what coders decided about them; the rest is as with ``load``."""
    manifest = read(Path(folder))
    if manifest is None:
        raise FileNotFoundError(f"{folder} is not a folder of tables, it has no manifest.jsonl")
    run = manifest.run
    if run.schema != parquet.VERSION:
        raise FolderError(
            f"{folder} was written by clippings {run.library} with schema {run.schema}; "
            f"this is clippings {release.VERSION} with schema {parquet.VERSION}; annotate again"
        )
    if not manifest.is_whole:
        raise FolderError(f"{folder} is not finished, {len(manifest.parts)} parts are there; start the same run again")
    _checking.check(manifest, verify=verify)
    return Tables([manifest])
