"""From files of other programs to one frame: within bounds, each page under its id, each annotation in its text."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec

from clippings.errors import ClippingsError
from clippings.hidden import sound
from clippings.interchange._pages import FACTS, Item, Note, Page, Place, digest, quoted
from clippings.layers.registry import KEPT
from clippings.reading.archives import BROKEN
from clippings.tables import sheets

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 200_000_000
"""Of a file, and of all that an archive unpacks to."""
MAX_FILES = 100_000
"""Of a folder or archive."""
DOCUMENTS = "documents.csv"
"""The table beside files of a format that cannot say whose they are."""
COLUMNS = {
    "id": "object", "item": "Int64", "layer": "object", "start": "Int64", "end": "Int64", "value": "object",
    "speaker": "object", "source_start": "Int64", "source_end": "Int64", "coder": "object", "exact": "object",
    "prefix": "object", "suffix": "object",
}  # fmt: skip
"""What every reader returns, with the types; a text that is missing is None."""

_LARGEST = 10**12
_DELIMITERS = (",", ";", "\t")
_HEAD = ["file", "id", "item", "start", "characters", "sha256", *FACTS, "themes"]


class FormatError(ClippingsError, ValueError):
    """A file of another program cannot be read or written; the message says which, where, and what to do."""


def data_of(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        FormatError: it cannot be read, or is larger than ``MAX_BYTES``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FormatError(f"{path}: cannot be read: {error.strerror}; check the path") from error
    if len(data) > MAX_BYTES:
        raise FormatError(f"{path}: more than {MAX_BYTES:,} bytes; split the project")
    return data


def text_of(data: bytes, file: str) -> str:
    """Return bytes as UTF-8, a byte-order mark left out; raises FormatError where they are not."""
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(f"{file}:{line}: not UTF-8; save the file as UTF-8") from error


def json_of(data: bytes, file: str) -> Any:
    """Return decoded JSON; raises FormatError with the line where it is damaged."""
    text = text_of(data, file)
    try:
        return json.loads(text)
    except ValueError as error:  # Damaged, or a number of thousands of figures.
        line, reason = getattr(error, "lineno", 1), getattr(error, "msg", "a number that is too long")
        raise FormatError(f"{file}:{line}: not JSON: {reason}; export it again") from error
    except RecursionError as error:
        raise FormatError(f"{file}: nested too deeply for an annotation; export it again") from error


def member_files(path: Path, suffix: str) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of files of a suffix: a file, those below a folder, or those in a zip, zips within too.

    Raises:
        FormatError: there is none, or there is too much.
    """
    if path.is_dir():
        paths = sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
        if len(paths) > MAX_FILES:
            raise FormatError(f"{path}: more than {MAX_FILES:,} files; name a folder with fewer")
        for one in paths:
            yield from _one(one, one.relative_to(path).as_posix(), suffix)
    else:
        yield from _one(path, path.name, suffix)


def _one(path: Path, name: str, suffix: str) -> Iterator[tuple[str, bytes]]:
    if name.lower().endswith(suffix):
        yield name, data_of(path)
    elif name.lower().endswith(".zip"):
        yield from _unpacked(data_of(path), name.removesuffix(".zip"), str(path), suffix, [MAX_BYTES], 2)


def _unpacked(
    data: bytes, folder: str, file: str, suffix: str, left: list[int], depth: int
) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            listed = packed.infolist()
            if len(listed) > MAX_FILES:
                raise FormatError(f"{file}: more than {MAX_FILES:,} files; unpack it, and name a folder with fewer")
            for info in sorted(listed, key=lambda info: info.filename):
                is_zip = info.filename.lower().endswith(".zip") and depth > 0
                if not is_zip and not info.filename.lower().endswith(suffix):
                    continue
                with packed.open(info) as member:
                    inner = member.read(left[0] + 1)
                left[0] -= len(inner)
                if left[0] < 0:
                    raise FormatError(f"{file}: unpacks to more than {MAX_BYTES:,} bytes; unpack it and look at it")
                name = f"{folder}/{info.filename}"
                if is_zip:
                    yield from _unpacked(inner, name.removesuffix(".zip"), file, suffix, left, depth - 1)
                else:
                    yield name, inner
    except FormatError:
        raise
    except BROKEN as error:
        raise FormatError(f"{file}: cannot be unpacked: {error}; export it again") from error


def documents(found: Iterable[Page]) -> bytes:
    """Return the table that says which clippings a file holds, and where they begin.

    >>> documents([Page("a", "Minsk.", (), name="a")]).splitlines()[1][:12]
    b'a,a,0,0,6,5e'
    """
    import pandas as pd

    rows = [
        [page.name, page.id, item.item, item.start, len(page.text or ""), page.sha256 or digest(page.text or ""),
         *(item.facts.get(name) for name in FACTS), "; ".join(item.themes) or None]
        for page in found for item in page.items
    ]  # fmt: skip
    return sheets.csv(pd.DataFrame(rows, columns=_HEAD))


def rows_of(data: bytes, file: str, needed: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    r"""Yield the rows of a CSV, as this library or a spreadsheet wrote it: where each stands, and its cells by column.

    Empty cells are left out, and rows without others.

    Raises:
        FormatError: a column is missing, a needed cell is empty, or it is not CSV.

    >>> list(rows_of(b"id;item\na;1\n", "a.csv", ["id"]))
    [('a.csv:2', {'id': 'a', 'item': '1'})]
    """
    text = text_of(data, file)
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    try:
        lacking = [name for name in needed if name not in (reader.fieldnames or ())]
        if lacking:
            raise FormatError(f"{file}:1: the column {lacking[0]} is missing; take the table as it was exported")
        for row in reader:
            where = f"{file}:{reader.line_num}"
            cells = {name: sheets.plain(cell) for name, cell in row.items() if name and isinstance(cell, str) and cell}
            empty = [name for name in needed if name not in cells]
            if cells and empty:
                raise FormatError(f"{where}: the cell {empty[0]} is empty; take the row as it was exported")
            if cells:
                yield where, cells
    except csv.Error as error:
        raise FormatError(f"{file}:{reader.line_num}: not CSV: {error}; save it again") from error


def listed(data: bytes, file: str) -> dict[str, Page]:
    """Return the pages of the table of documents by the names of their files, without texts.

    Raises:
        FormatError: it lacks a column, or a row is not whole.
    """
    found: dict[str, Page] = {}
    for where, cells in rows_of(data, file, ("file", "id", "item", "start", "sha256")):
        item = Item(whole(cells["item"], where), whole(cells["start"], where))
        page = found.get(cells["file"], Page(cells["id"], None, (), (), cells["file"], cells["sha256"]))
        found[page.name] = msgspec.structs.replace(page, items=(*page.items, item))
    return found


def whole(value: Any, where: str) -> int:
    """Return a number of 0 or more; raises FormatError for what is none.

    >>> whole("12", "a.ann:1")
    12
    """
    is_number = isinstance(value, int) and not isinstance(value, bool)
    is_figures = isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < len(str(_LARGEST))
    if not (is_number or is_figures) or not 0 <= int(value) <= _LARGEST:
        raise FormatError(f"{where}: {value!r:.30} is not a whole number of 0 or more; export it again")
    return int(value)


def placed(start: Any, end: Any, size: int | None, where: str) -> tuple[int, int]:
    """Return a place within a text of so many characters; raises FormatError for one that is not.

    >>> placed("2", 5, 6, "a.ann:1")
    (2, 5)
    """
    first, last = whole(start, where), whole(end, where)
    if first > last or (size is not None and last > size):
        of = "" if size is None else f" of {size} characters"
        raise FormatError(f"{where}: {first}-{last} is not within its text{of}; is it the text that was annotated?")
    return first, last


def around(places: Sequence[Place]) -> Place | None:
    """Return from where the first of some places begins to where the last ends; None where there are none.

    >>> around([(16, 21), (2, 5)]), around([])
    ((2, 21), None)
    """
    return (min(start for start, _ in places), max(end for _, end in places)) if places else None


def layer_of(name: str, where: str) -> str:
    """Return the layer of the library that a label names, in capitals or not, in the singular or plural.

    Raises:
        FormatError: there is none.

    >>> layer_of("Quote", "a.ann:1"), layer_of("errata", "a.ann:1")
    ('quotes', 'errata')
    """
    found = LABELS_BACK.get(name.casefold())
    if found is None:
        raise FormatError(f"{where}: no layer is called {name!r}; there are {', '.join(LABELS.values())}")
    return found


LABELS = {name: layer.record.__name__ for name, layer in KEPT.items() if layer.record} | {
    "sentences": "Sentence", "dates": "Date", "themes": "Theme",
}  # fmt: skip
"""What a layer is called where people mark one thing at a time."""
MARKED = {name: label for name, label in LABELS.items() if name != "sentences"}
PARTS = {"Source": "source", "Cue": "cue"}
"""What an annotator marks, and the parts of a quotation, each by its attribute."""
LABELS_BACK = {
    **{label.casefold(): name for name, label in LABELS.items()},
    **{name: name for name in LABELS},
    "dateref": "dates",
    "themehit": "themes",
}


def coders(names: Sequence[str]) -> dict[str, str | None]:
    """Return, for each file, the folder that sets it apart: that of its annotator, if there are several.

    >>> coders(["project/anna/a.ann", "project/ben/a.ann"])
    {'project/anna/a.ann': 'anna', 'project/ben/a.ann': 'ben'}
    >>> coders(["project/a.ann", "project/b.ann"])
    {'project/a.ann': None, 'project/b.ann': None}
    """
    folders = [PurePosixPath(name).parent.parts for name in names]
    pairs = zip(min(folders), max(folders), strict=False)
    shared = list(itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
    return {name: "/".join(folder[len(shared) :]) or None for name, folder in zip(names, folders, strict=True)}


def tables_of(path: Path, corpus: Sequence[Page]) -> dict[str, Page]:
    """Return what is known of files by their names: from the tables beside them, else from the corpus."""
    found = {one.name: one for one in corpus}
    for file, data in member_files(path, DOCUMENTS):
        found |= listed(data, file)
    return found


def named(found: Page, tables: Mapping[str, Page]) -> Page:
    """Return a page that was read by the name of its file, with the id and items that the table or the corpus gives it.

    Raises:
        FormatError: neither knows it.
    """
    page = tables.get(found.name)
    if page is None:
        raise FormatError(
            f"{found.file}: nothing says which clipping this is; keep {DOCUMENTS} in the folder, or give corpus="
        )
    return msgspec.structs.replace(found, id=page.id, items=page.items, sha256=page.sha256)


def refuse_gaps(path: Path, found: Iterable[Page]) -> None:
    """Refuse a folder or zip in which a file is lost that the table of documents beside the others names.

    Raises:
        FormatError: names it.
    """
    names = {
        name
        for page in found
        for name in (page.name, *(PurePosixPath(part).stem for part in PurePosixPath(page.file).parts))
    }
    for file, data in member_files(path, DOCUMENTS):
        lost = [name for name in listed(data, file) if name not in names]
        if lost:
            raise FormatError(
                f"{path}: {len(lost):,} of the documents that {file} names are not there, such as {lost[0]}; "
                f"put them back, or take their rows out of {file}"
            )


def refuse_twice(found: Iterable[Page]) -> None:
    """Refuse two files that hold the annotations of one coder on one page, which would count twice.

    Raises:
        FormatError: names both.
    """
    files: dict[tuple[str | None, ...], str] = {}
    for page in found:
        for coder in {note.coder for note in page.notes}:
            key = page.id, page.sha256 if page.text is None else page.text, coder
            if key in files:
                raise FormatError(
                    f"{page.file}: annotates the same page as {files[key]}, and nothing says that another coder did; "
                    "keep one of them, or a folder for each coder"
                )
            files[key] = page.file


def finder(corpus: Sequence[Page]) -> Callable[[str | None, str | None], str | None]:
    """Return what looks up a text by id and hash, by its id alone where no hash is known."""
    by_hash = {(one.id, one.sha256): one.text for one in corpus}
    by_id = {one.id: one.text for one in reversed(corpus)}
    return lambda key, sha256: by_id.get(key) if sha256 is None else by_hash.get((key, sha256))


def frame(found: Sequence[Page], corpus: Sequence[Page] = ()) -> pd.DataFrame:
    """Return the annotations of pages, one row each, with the columns and types of ``COLUMNS``.

    Where a page came without its text, that of the corpus gives the words, if it is the one that was annotated.

    Raises:
        FormatError: the corpus has another text.
    """
    import pandas as pd

    find, keys = finder(corpus), {one.id for one in corpus}
    rows = []
    for page in found:
        text = page.text if page.text is not None else find(page.id, page.sha256)
        if text is None and page.id in keys and any(note.exact is None for note in page.notes):
            raise FormatError(
                f"{page.file}: the text of {page.id!r} in the corpus is not the one that was annotated; "
                "give the corpus as it was, or leave out corpus="
            )
        rows += [_row(page, note, text) for note in page.notes]
    cells = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    return pd.DataFrame(
        {name: pd.Series(list(values), dtype=kind) for (name, kind), values in zip(COLUMNS.items(), cells, strict=True)}
    )


def _row(page: Page, note: Note, text: str | None) -> list[Any]:
    start, end = note.start, note.end
    if text is not None:
        placed(start, end, len(text), f"{page.file}: {note.layer} of {page.id}")
    context = quoted(text, start, end) if text is not None else (note.exact, note.prefix, note.suffix)
    item = page.item_at(start) if note.item is None else note.item
    source = note.source or (None, None)
    plain = [value and sound(value) for value in (note.value, note.speaker)]
    return [page.id, item, note.layer, start, end, *plain, *source, note.coder, *context]
