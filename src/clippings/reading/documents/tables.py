"""Tables with a text in each row (``.csv``, ``.tsv``, ``.xlsx``): each is a clipping with the fields of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from clippings import diagnostics
from clippings.model import Diagnostic
from clippings.page.forms import AUTO, PLAIN, Layout
from clippings.page.printed_dates import within
from clippings.reading import metadata, separated, source
from clippings.reading.guards import guarded
from clippings.reading.saved import Saved, taken
from clippings.reading.source import refusal
from clippings.reading.workbooks import MAX_COLUMNS, MAX_ROWS, first_sheet
from clippings.tables import WRITTEN

LONG = 200
"""A column holds texts whose cells have more characters than this (their median)."""
_TEXTS = (
    *("text", "fulltext", "body", "content", "article", "articletext", "bodytext", "story"),
    *("volltext", "inhalt", "texte", "texto", "tekst", "текст"),
)
_COLUMNS = {
    "date": "date publicationdate pubdate published datepublished publishedat day datum fecha data дата",
    "title": "title headline heading titel titre título tytuł заголовок",
    "outlet": "outlet publication newspaper publisher source publicationtitle media medium zeitung quelle journal "
    "fuente gazeta источник",
    "byline": "byline author authors autor auteur автор",
    "url": "url link sourceurl address",
    "language": "language lang",
    "id": "id key clippingid articleid docid",
}
_REVIEWED = {"verdict", "record"}
"""Columns of annotations that a coder fills in, whose texts are no pages."""
_WORD = re.compile(r"\w+")
_NO_LETTERS = re.compile(r"[\W_]+")


class _Table(NamedTuple):
    names: list[str]
    rows: list[list[str]]
    told: tuple[Diagnostic, ...] = ()


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    r"""Read the bytes of a table of separated values.

    Raises:
        SourceError: it cannot be read (CLP130), has no column of texts (CLP139) or more than one (CLP134).

    >>> (saved,) = read(b"date,title,text\n2008-03-14,Talks,They met.\n", layout="plain")
    >>> saved.decoded.text, saved.given
    ('They met.', {'date': '2008-03-14', 'title': 'Talks'})
    """
    decoded = source.decode(data, file=file)
    head = decoded.text.partition("\n")[0]
    _refuse_review(_WORD.findall(head), file)
    if WRITTEN.match(head):
        raise refusal("CLP139", file, reason="it is a frame that clippings wrote")
    with guarded(file, "table"):
        frame = separated.values(decoded.text, file, missing=False)
    table = _Table([str(name) for name in frame.columns], frame.to_numpy().tolist(), decoded.diagnostics)
    return list(_saved(table, file, layout, decoded.encoding))


def read_sheet(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    """Read the bytes of a workbook: its first sheet; further sheets are told (CLP137).

    Raises:
        SourceError: it is locked, damaged or too large, openpyxl is missing, or no column of texts can be told.
    """
    rows, others = first_sheet(data, file)
    told = [diagnostics.make("CLP137", file=file, part=f"sheet {name}", reason="only the first is") for name in others]
    beyond = {"rows": (len(rows) - 1, MAX_ROWS), "columns": (max(map(len, rows), default=0), MAX_COLUMNS)}
    for what, (count, most) in beyond.items():
        if count > most:
            done = f"the first {most:,} were read"
            told.append(diagnostics.make("CLP136", file=file, what=f"more {what} in the sheet", done=done))
    names, *rows = [row[:MAX_COLUMNS] for row in rows[: MAX_ROWS + 1]] or [[]]
    _refuse_review(names, file)
    return list(_saved(_Table(names, list(filter(any, rows)), tuple(told)), file, layout, "utf-8"))


def _saved(table: _Table, file: str, layout: Layout, encoding: str) -> Iterator[Saved]:
    texts = _column_of_texts(table, file)
    meant = {at: name for name, at in _columns(table.names, texts).items()}
    told = list(table.told)
    if table.names[texts].lower() != _TEXTS[0]:
        told.append(diagnostics.make("CLP135", file=file, name=table.names[texts]))
    empty = [number for number, row in enumerate(table.rows, 1) if not row[texts].strip()]
    if empty:
        told.append(diagnostics.make("CLP138", file=file, count=len(empty), row=empty[0]))
    if len(empty) == len(table.rows):
        raise refusal("CLP139", file, reason=f"its column {table.names[texts]!r} is empty")
    keys: dict[str, int] = {}
    for number, row in enumerate(table.rows, 1):
        if not row[texts].strip():
            continue
        rest = {name: row[at] for at, name in enumerate(table.names) if at != texts and at not in meant}
        values = metadata.plain(rest | {name: row[at] for at, name in meant.items()})
        notes = tuple(told)
        key = named = str(values.pop("id", number))
        if named in keys:
            key, so = f"{named}~{number}", f"row {number} is called {named}~{number}"
            notes = (*notes, diagnostics.make("CLP303", file=file, id=named, first=f"row {keys[named]}", so=so))
        keys[key] = number
        # Under a title of its own, the text is all body.
        row_layout = PLAIN if layout == AUTO and "title" in values else layout
        saved = taken(row[texts].encode("utf-8", "replace"), row[texts], row_layout, encoding=encoding, told=notes)
        yield saved._replace(key=key, given=values | _day(values.get("date", "")))
        told = []


def _refuse_review(names: Sequence[str], file: str) -> None:
    if set(map(_plain, names)) >= _REVIEWED:
        reason = "it is a review of annotations, which clippings review read --verdicts reads"
        raise refusal("CLP139", file, reason=reason)


def _column_of_texts(table: _Table, file: str) -> int:
    """The column that is called so, else the only one of long cells."""
    named = [at for at, name in enumerate(table.names) if _plain(name) in _TEXTS]
    taken_up = set(_columns(table.names).values())
    lengths = [median([len(row[at]) for row in table.rows] or [0]) for at in range(len(table.names))]
    found = named or [at for at, length in enumerate(lengths) if length > LONG and at not in taken_up]
    if len(found) == 1:
        return found[0]
    if not found:
        columns = ", ".join(map(repr, table.names)) or "nothing"
        raise refusal("CLP139", file, reason=f"its columns are {columns}")
    names = ", ".join(repr(table.names[at]) for at in found)
    raise refusal("CLP134", file, reason=f"{names} may be")


def _columns(names: Sequence[str], texts: int | None = None) -> dict[str, int]:
    """The columns of fields, by the first name of each that there is."""
    plain = {_plain(name): at for at, name in reversed(list(enumerate(names))) if at != texts}
    found = ((kind, next((name for name in known.split() if name in plain), None)) for kind, known in _COLUMNS.items())
    return {kind: plain[name] for kind, name in found if name is not None}


def _plain(name: str) -> str:
    return _NO_LETTERS.sub("", name).lower()


def _day(value: str) -> dict[str, str]:
    """The day of a date with words around it or with the month first, which are not read elsewhere."""
    found = within(value)
    return {"date": found[0].isoformat()} if found else {}
