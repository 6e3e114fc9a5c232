"""What is written of pages: JSON Lines, a table to read, or one of the frames as CSV or Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from clippings.cli._shared import UsageError
from clippings.display.escaping import printable
from clippings.tables.sheets import cells, csv

if TYPE_CHECKING:
    import pandas as pd

    from clippings.corpus import AnnotatedCorpus, Corpus
    from clippings.model import Annotated, Clipping

    Found = Corpus | AnnotatedCorpus

_FRAME = {"parse": "clippings", "annotate": "quotes"}
_OF_PAGES = ("clippings", "blocks", "texts", "diagnostics", "sources")


def frame_of(command: str, form: str, asked: str | None) -> str:
    """Return the name of the frame to write, an empty one where the format writes none.

    Raises:
        UsageError: the command has no such frame, or the format does not write one.

    >>> frame_of("annotate", "csv", None), frame_of("annotate", "jsonl", None)
    ('quotes', '')
    """
    if form not in ("csv", "parquet"):
        if asked:
            raise UsageError(f"--frame {asked}: {form} has no frames; give --format csv, or an OUTPUT.csv or .parquet")
        return ""
    from clippings.tables import frames

    names = _OF_PAGES if command == "parse" else tuple(frames.SCHEMA)
    if asked and asked not in names:
        raise UsageError(f"--frame {asked}: {command} has no such frame; there are {', '.join(names)}")
    return asked or _FRAME[command]


def rendered(command: str, form: str, frame: str, found: Found) -> Iterator[bytes]:
    """Yield the bytes of the output."""
    if form == "csv":
        yield csv(getattr(found, frame))
    elif form == "parquet":
        from clippings.store import parquet

        codebooks = (page.codebook for page in found if command == "annotate")  # type: ignore[union-attr]
        yield parquet.encoded(getattr(found, frame), frame, next(codebooks, None))
    elif form == "jsonl":
        from clippings.tables import jsonl

        yield from jsonl.lines(found)
    else:
        yield from _TABLES[command](found)


def _parsed_table(found: Iterable[Clipping]) -> Iterator[bytes]:
    head = ("id", "form", "date", "outlet", "paragraphs", "diagnostics", "title")
    rows = (
        (c.id, c.form, c.date, c.outlet, len(c.paragraphs), " ".join(d.code for d in c.diagnostics), c.title)
        for c in found
    )
    return aligned(head, rows)


def _annotated_table(found: Iterable[Annotated]) -> Iterator[bytes]:
    head = ("id", "date", "quotes", "mentions", "dates", "errata", "themes", "speakers")
    rows = (
        (p.clipping.id, p.clipping.date, len(p.quotes), len(p.mentions), len(p.dates), len(p.errata),
         " ".join(p.document_themes), ", ".join(dict.fromkeys(q.speaker for q in p.quotes if q.speaker)))
        for p in found
    )  # fmt: skip
    return aligned(head, rows)


def listed(form: str, frame: pd.DataFrame) -> Iterator[bytes]:
    r"""Yield the bytes of a frame as a table, CSV or JSON Lines.

    >>> import pandas as pd
    >>> list(listed("jsonl", pd.DataFrame({"id": ["a"], "start": [None]})))
    [b'{"id":"a","start":null}\n']
    """
    if form == "csv":
        yield csv(frame)
        return
    rows = cells(frame)
    if form == "jsonl":
        import msgspec

        yield from (msgspec.json.encode(row) + b"\n" for row in rows.to_dict("records"))
    else:
        yield from aligned(list(map(str, rows.columns)), rows.itertuples(index=False, name=None))


def aligned(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield the lines of a table, its columns as wide as their widest cell; the last one runs free."""
    cells = [tuple(head), *(tuple("-" if cell in (None, "") else printable(str(cell)) for cell in row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield encoded(line.rstrip())


def encoded(line: str) -> bytes:
    """Return a line as it is written; what UTF-8 cannot hold is a question mark."""
    return f"{line}\n".encode("utf-8", "replace")


_TABLES: dict[str, Callable[[Any], Iterator[bytes]]] = {"parse": _parsed_table, "annotate": _annotated_table}
