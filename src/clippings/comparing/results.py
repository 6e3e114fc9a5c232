"""Annotated results opened for a comparison: files of JSON Lines, folders of tables, and annotated corpora."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import msgspec

from clippings.arguments import ArgumentError
from clippings.comparing import pages
from clippings.comparing.pages import Page
from clippings.display.escaping import printable
from clippings.review import CuratedCorpus, stored
from clippings.store import manifest as manifests
from clippings.store.lines import ResultError
from clippings.store.manifest import FolderError, Manifest

if TYPE_CHECKING:
    from clippings.corpus import AnnotatedCorpus
    from clippings.store.tables import Tables

    Result: TypeAlias = AnnotatedCorpus | Tables | CuratedCorpus | str | os.PathLike[str]

_WANTED = "give what clippings annotate -o wrote, a JSON Lines file or a folder of tables"


def opened(result: Result) -> Iterator[Page]:
    """Return the pages of a result, read as they are asked for; of a review, as coders hold them right.

    Args:
        result: an annotated corpus, tables, a review, or the path of JSON Lines or of a folder of tables.

    Raises:
        ArgumentError: it is none of these.
        ResultError: there is nothing to read there; while pages are asked for: something in it cannot be read.

    >>> import clippings as cl
    >>> [page.id for page in opened(cl.Corpus(cl.parse("Minsk was quiet.", path="112007-3.txt")).annotate())]
    ['112007-3']
    """
    if isinstance(result, (str, os.PathLike)):
        if not stored.held(Path(result)):
            return _from_path(Path(result))
        result = _loaded(Path(result))
    if isinstance(result, CuratedCorpus):
        return pages.of_corpus(result.corrected())
    if not hasattr(result, "frames"):
        kind = type(result).__name__
        raise ArgumentError(f"a result must be annotated clippings, tables or a path, not {kind}; {_WANTED}")
    is_folder = getattr(result, "is_whole", False)  # Of tables alone, which are read part by part.
    return _from_path(cast("Tables", result).folder) if is_folder else pages.of_corpus(result)


def _loaded(folder: Path) -> AnnotatedCorpus | Tables | CuratedCorpus:
    from clippings.store.tables import load

    try:
        return load(folder)
    except (OSError, ValueError) as error:
        raise ResultError(printable(str(error))) from error


def _from_path(path: Path) -> Iterator[Page]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        raise _unreadable(path, error) from error
    return _tables(path, _manifest(path)) if is_folder else _lines(path)


def _lines(path: Path) -> Iterator[Page]:
    try:
        with path.open("rb") as file:
            number, text = 0, None
            for number, line in enumerate(file, start=1):
                if line.strip():
                    record = _record(path, number, line)
                    # The items of a long page share the text in the record of the first, whose blocks are not null.
                    text = text if record.get("blocks", ()) is None else record.get("text")
                    yield _page(path, number, record if text is None else {**record, "text": text})
            if not number:
                raise ResultError(f"{_shown(path)}: is empty; {_WANTED}")
    except OSError as error:
        raise _unreadable(path, error) from error


def _record(path: Path, number: int, line: bytes) -> dict[str, object]:
    try:
        return msgspec.json.decode(line, type=dict[str, object])
    except (ValueError, RecursionError) as error:
        raise _no_clipping(path, number, error) from error


def _page(path: Path, number: int, record: dict[str, object]) -> Page:
    try:
        return pages.of_record(record)
    except ValueError as error:
        raise _no_clipping(path, number, error) from error


def _no_clipping(path: Path, number: int, error: Exception) -> ResultError:
    said = printable(str(error))
    return ResultError(f"{_shown(path)}:{number}: not a clipping as a line of JSON ({said}); {_WANTED}")


def _manifest(folder: Path) -> Manifest:
    try:
        found = manifests.read(folder)
    except FolderError as error:
        raise ResultError(printable(str(error))) from error
    except OSError as error:
        raise _unreadable(folder, error) from error
    if found is None:
        raise ResultError(f"{_shown(folder)}: not a folder of tables, it has no {manifests.NAME}; {_WANTED}")
    if not found.is_whole:
        raise ResultError(f"{_shown(folder)}: the run that writes these tables is not finished; start it again")
    return found


def _tables(folder: Path, manifest: Manifest) -> Iterator[Page]:
    """Read part by part; each part holds whole pages."""
    from clippings.store import folder as folders

    form = f"tables (schema {manifest.run.schema})"
    names = [name for name in pages.TABLES if (folder / name).is_dir()]
    for number in sorted(manifest.parts):
        files = {name: folder / name / folders.name(number) for name in names}
        tables = {name: _rows(file) for name, file in files.items()}
        try:
            yield from pages.of_tables(tables, form, manifest.run.codebook)
        except KeyError as error:
            said = printable(str(error))
            raise ResultError(
                f"{_shown(folder)}: part {number} does not fit together ({said} is missing); annotate again"
            ) from error


def _rows(file: Path) -> list[pages.Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows: list[pages.Row] = pq.read_table(file, partitioning=None).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(file, error) from error
    return rows


def _unreadable(path: Path, error: Exception) -> ResultError:
    said = (error.strerror if isinstance(error, OSError) else None) or str(error).partition("\n")[0]
    return ResultError(f"{_shown(path)}: cannot be read: {printable(said)}; {_WANTED}")


def _shown(path: Path) -> str:
    return printable(str(path))
