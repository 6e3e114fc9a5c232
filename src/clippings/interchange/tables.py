"""Annotations as tables: one CSV of all layers, a folder of Parquet, the JSON Lines of the library."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from clippings.corpus import AnnotatedCorpus
from clippings.interchange._pages import Note, Page, pages
from clippings.interchange._reading import FormatError, data_of, frame, layer_of, placed, rows_of, whole
from clippings.model import Annotated
from clippings.store import tables as folders
from clippings.store.lines import ResultError, read_beside
from clippings.store.manifest import FolderError
from clippings.tables import jsonl, sheets

_CONTEXT = ("exact", "prefix", "suffix")
_NEEDED = ("id", "layer", "start", "end")


def write_csv(annotated: Iterable[Annotated], text: bool) -> Iterator[tuple[str, bytes]]:
    """Yield one table, a row an annotation; without text, the hash of the page is all that is left of it."""
    found = pages(annotated)
    table = frame(found)
    table["rule"] = [note.rule for page in found for note in page.notes]
    table["sha256"] = [page.sha256 for page in found for _ in page.notes]
    yield "", sheets.csv(table if text else table.drop(columns=list(_CONTEXT)))


def read_csv(path: Path) -> list[Page]:
    """Return the annotations of such a table, as a spreadsheet or another program saved it.

    Raises:
        FormatError: a column is missing, or a cell holds what it cannot.
    """
    file = str(path)
    held: dict[tuple[str, str | None], list[Note]] = {}
    for where, cells in rows_of(data_of(path), file, _NEEDED):
        held.setdefault((cells["id"], cells.get("sha256")), []).append(_note(cells, where))
    return [Page(key, None, tuple(notes), sha256=sha256, file=file) for (key, sha256), notes in held.items()]


def _note(cells: Mapping[str, str], where: str) -> Note:
    start, end = placed(cells["start"], cells["end"], None, where)
    source = cells.get("source_start"), cells.get("source_end")
    told = {name: cells.get(name) for name in ("value", "speaker", "coder", *_CONTEXT)}
    return Note(
        layer_of(cells["layer"], where),
        start,
        end,
        told["value"],
        told["speaker"],
        placed(*source, None, where) if any(source) else None,
        item=whole(cells.get("item", "0"), where),
        coder=told["coder"],
        exact=told["exact"],
        prefix=told["prefix"],
        suffix=told["suffix"],
    )


def write_jsonl(annotated: Iterable[Annotated], text: bool) -> Iterator[tuple[str, bytes]]:
    """Yield a line a clipping, schema 2; without text, a reader needs the pages' files or the corpus."""
    for line in jsonl.lines(annotated, is_whole=text):
        yield "", line


def read_jsonl_pages(path: Path, corpus: Sequence[Page]) -> list[Page]:
    """Return the pages of JSON Lines; a line without its text takes it from the corpus, else from the page's file.

    Raises:
        FormatError: a line cannot be read.
    """
    texts = {page.clipping.sha256: page.clipping.text for page in corpus if page.clipping}
    try:
        return pages(read_beside(path, texts))
    except ResultError as error:
        raise FormatError(str(error)) from error


def write_parquet(annotated: AnnotatedCorpus) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder of tables, as ``cl.save`` writes it and ``cl.load`` opens it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "tables"
        folders.save(annotated, target)
        for file in sorted(one for one in target.rglob("*") if one.is_file()):
            yield file.relative_to(target).as_posix(), file.read_bytes()


def read_parquet(path: Path) -> list[Page]:
    """Return the pages of a folder of tables.

    Raises:
        FormatError: it is not such a folder, or a table is damaged.
    """
    try:
        return pages(folders.load(path))
    except (FolderError, FileNotFoundError) as error:
        raise FormatError(str(error)) from error
    except (OSError, ValueError) as error:  # of pyarrow, which names no file
        raise FormatError(f"{path}: a table is damaged: {str(error).strip()}; write the folder again") from error
