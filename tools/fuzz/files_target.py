"""What must hold of any bytes in the place of a file of ours or of a table beside pages, a function a kind.

The first byte of an input says which file it takes the place of; the rest is the file. An error of ours that says what
is wrong is an answer; any other is a find.
"""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path

import reading_target

import clippings as cl
from clippings.errors import ClippingsError
from clippings.tables import jsonl

PAGE = 'Talks in Minsk\n\n2 November 2007\n\n"We wait," said Anna Petrova, an envoy of Poland, on Tuesday.'
SHEETS = ("done.csv", "done.xlsx")
VERDICTS = ("accept", "reject", "change", "none", "add")
METADATA = ("index.csv", "index.tsv", "index.json", "index.xlsx", "index.parquet")
ROWS = "file,title,date\na.txt,Talks,2007-11-02\n"


def codebook(data: bytes) -> None:
    """Load a codebook one of whose files is the input."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "own"
        shutil.copytree(_starter(), folder)
        _one_of(sorted(folder.iterdir()), data).write_bytes(data[1:])
        _answered(lambda: cl.Codebook.load(folder), folder.name)


def metadata(data: bytes) -> None:
    """Read a page with the input as the table beside it."""
    with tempfile.TemporaryDirectory() as place:
        page, table = Path(place) / "a.txt", _one_of([Path(place) / name for name in METADATA], data)
        page.write_text(PAGE, "utf-8")
        table.write_bytes(data[1:])
        _answered(lambda: cl.read(page, metadata=table), "metadata")


def documents(data: bytes) -> None:
    """Read the input as a document of an office program, a mail, an export or a feed."""
    reading_target.run(data, reading_target.DOCUMENTS)


def lines(data: bytes) -> None:
    """Open the input as JSON Lines that the library wrote."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "a.jsonl"
        file.write_bytes(data)
        _answered(lambda: list(cl.read_jsonl(file)), file.name)


def tables(data: bytes) -> None:
    """Open a folder of tables one of whose files is the input, and ask for every frame."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "out"
        shutil.copytree(_saved(), folder)
        _one_of(sorted(path for path in folder.rglob("*") if path.is_file()), data).write_bytes(data[1:])
        _answered(lambda: _all_frames(cl.load(folder)), folder.name)
        _answered(lambda: cl.load(folder, verify=True), folder.name)


def review(data: bytes) -> None:
    """Open a folder of tables with the input as what coders decided."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "out"
        shutil.copytree(_saved(), folder)
        (folder / "review.json").write_bytes(data)
        _answered(lambda: _all_frames(cl.load(folder)), folder.name)


def verdicts(data: bytes) -> None:
    """Read the input as the sheet that a coder filled in."""
    with tempfile.TemporaryDirectory() as place:
        sheet = _one_of([Path(place) / name for name in SHEETS], data)
        sheet.write_bytes(data[1:])
        _answered(lambda: _all_frames(cl.review.read(sheet, _annotated(), coder="Jo")), sheet.name)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "codebook": codebook,
    "metadata": metadata,
    "documents": documents,
    "lines": lines,
    "tables": tables,
    "review": review,
    "verdicts": verdicts,
}


def seeds(target: str) -> Iterator[bytes]:
    """Yield sound inputs of a target."""
    if target == "codebook":
        for number, path in enumerate(sorted(_starter().iterdir())):
            yield bytes([number]) + path.read_bytes()
    elif target == "metadata":
        yield from (b"\0" + ROWS.encode(), b"\1" + ROWS.replace(",", "\t").encode())
        yield b'\2[{"id": "a", "title": "Talks", "file": "a.txt"}]'
    elif target == "documents":
        yield b"\1{\\rtf1\\ansi Talks in Minsk\\par They met.}"
        yield b"\3From: anna@press.example\r\nSubject: Talks\r\nContent-Type: text/plain\r\n\r\nThey met in Minsk.\r\n"
        yield b"\6" + ROWS.replace("file", "text").encode()
        item = b"<item><title>Talks</title><description>They met.</description></item>"
        yield b"\x09<rss version='2.0'><channel>" + item + b"</channel></rss>"
    elif target == "lines":
        yield b"".join(map(jsonl.line, _annotated()))
    elif target == "tables":
        for number, path in enumerate(sorted(path for path in _saved().rglob("*") if path.is_file())):
            yield bytes([number]) + path.read_bytes()
    elif target == "review":
        yield (_reviewed() / "review.json").read_bytes()
    else:
        yield from (bytes([number]) + data for number, data in enumerate(_filled_in()))


def _one_of(places: list[Path], data: bytes) -> Path:
    return places[(data[0] if data else 0) % len(places)]


def _answered(ask: Callable[[], object], name: str) -> None:
    """Ask; an error of ours must say what is wrong with which file or argument."""
    try:
        ask()
    except (ClippingsError, FileNotFoundError, ValueError) as error:
        is_ours, said = not isinstance(error, ValueError) or isinstance(error, ClippingsError), str(error)
        if not (said.strip() and (is_ours or name in said)):
            raise


def _all_frames(tables: object) -> list[object]:
    return [getattr(tables, name) for name in tables.frames]  # type: ignore[attr-defined]


def _starter() -> Path:
    return Path(str(resources.files("clippings.codebook") / "starter"))


def _filled_in() -> Iterator[bytes]:
    """Yield a sheet of verdicts as each kind of file; a row is changed, the others have one verdict each."""
    with tempfile.TemporaryDirectory() as place:
        rows = cl.review.write(_annotated(), Path(place) / "review.csv", layer="mentions")
        rows["verdict"] = [VERDICTS[number % len(VERDICTS)] for number in range(len(rows))]
        rows.loc[rows["verdict"] == "change", "corrected_entity"] = "BY"
        rows.to_csv(Path(place) / SHEETS[0], index=False)
        rows.to_excel(Path(place) / SHEETS[1], index=False)
        yield from ((Path(place) / name).read_bytes() for name in SHEETS)


def _reviewed() -> Path:
    """A folder of tables with the verdicts of a coder."""
    folder = _saved().with_name("reviewed")
    if not folder.exists():
        sheet = folder.with_suffix(".csv")
        sheet.write_bytes(next(_filled_in()))
        cl.save(cl.review.read(sheet, _annotated(), coder="Jo"), folder)
    return folder


@functools.cache
def _annotated() -> cl.AnnotatedCorpus:
    return cl.Corpus(cl.parse(PAGE, path="a.txt")).annotate()


@functools.cache
def _saved() -> Path:
    folder = Path(tempfile.mkdtemp()) / "out"
    cl.save(_annotated(), folder)
    return folder
