"""The pages of an annotated result as plain rows, whatever form the result has.

A page has ``fields``, by name, and ``layers``, lists of rows. A row maps the columns of the frame of its layer to JSON
values. A form that does not record a column leaves it out, so that "empty" and "not recorded" stay two things.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import msgspec

from clippings.layers.registry import KEPT
from clippings.model import CodebookRef, Span
from clippings.tables import frames, jsonl

if TYPE_CHECKING:
    from clippings.corpus import AnnotatedCorpus
    from clippings.store.tables import Tables as SavedTables

Row: TypeAlias = dict[str, Any]
Tables: TypeAlias = Mapping[str, list[Row]]
LAYERS = tuple(KEPT)
TABLES = ("clippings", *LAYERS)
_KEY = ("id", "item")
# What a record holds beside fields. Its path says where the file was read, not what is in it, and is not compared.
_NOT_FIELDS = frozenset(
    {*_KEY, *LAYERS, "schema", "path", "bom", "fields", "blocks", "diagnostics", "codebook", "text"}
)


class Page(NamedTuple):
    """A clipping of a result, and what the result was made with."""

    id: str
    item: int
    fields: Row
    layers: dict[str, list[Row]]
    form: str
    codebook: CodebookRef | None


_Record = msgspec.defstruct(
    "_Record",
    [
        ("id", str),
        ("item", int),
        ("schema", int | str, 1),
        ("codebook", CodebookRef | None, None),
        ("text", str | None, None),
        ("body", dict[str, int] | None, None),
        *(
            (name, (list[tuple[int, int]] if one.record is Span else list[Row]) | None, None)
            for name, one in KEPT.items()
        ),
    ],
)
"""What a record must look like to be compared; it may hold more."""


def of_record(record: Mapping[str, Any]) -> Page:
    """Return the page of a record of the wire format.

    Raises:
        ValueError: it is not a record of a clipping; the message says what is wrong with it.

    >>> of_record({"id": "112007-14", "item": 0, "dates": [{"start": 3, "end": 7, "iso": "2007"}]}).layers
    {'dates': [{'start': 3, 'end': 7, 'iso': '2007'}]}
    """
    known: Any = msgspec.convert(record, _Record)
    fields = {name: value for name, value in record.items() if name not in _NOT_FIELDS}
    if known.body:
        fields["body"] = f"{known.body.get('start')}-{known.body.get('end')}"
    if isinstance(fields.get("given"), dict):
        given = msgspec.json.encode(fields["given"], order="sorted").decode()
        fields["given"] = given if fields["given"] else None
    found = ((name, getattr(known, name)) for name in LAYERS)
    layers = {name: [_recorded(name, row, known.text) for row in rows] for name, rows in found if rows is not None}
    return Page(known.id, known.item, fields, layers, f"JSON Lines (schema {known.schema})", known.codebook)


def _recorded(layer: str, found: Row | tuple[int, int], text: str | None) -> Row:
    """A row of a record under the names of the frames, with its words where the record holds the text of the page."""
    row: Row = dict(found) if isinstance(found, dict) else {"start": found[0], "end": found[1]}
    if not all(type(row.get(edge)) is int for edge in ("start", "end")):
        raise ValueError(f"a row of {layer} has no start or no end")
    row = {KEPT[layer].names.get(name, name): value for name, value in row.items()}
    for name in _several(layer):
        row[f"{name}_places"] = row.pop(name, None)
    if text is not None:
        row["text"] = text[row["start"] : row["end"]]
    return row


def of_tables(tables: Tables, form: str, codebook: CodebookRef | None) -> Iterator[Page]:
    """Yield the pages of tables that hold whole pages.

    Where several pages have one id and item, all rows are given to the first, as tables do not distinguish them.

    Args:
        tables: the rows of ``clippings`` and of each layer, as Arrow gives them.
        form: what to call the form of the result.
        codebook: what it was made with.

    Raises:
        KeyError: a row has no column that says where it belongs, or one that says so of no page.
    """
    layers = [name for name in LAYERS if name in tables]
    pages = [
        Page(row["id"], row["item"], _fields(row), {name: [] for name in layers}, form, codebook)
        for row in tables["clippings"]
    ]
    first = {(page.id, page.item): page for page in reversed(pages)}
    for name in layers:
        for row in tables[name]:
            first[row["id"], row["item"]].layers[name].append(_own(name, row))
    yield from pages


def of_corpus(annotated: AnnotatedCorpus | SavedTables) -> Iterator[Page]:
    """Yield the pages of an annotated corpus, or of tables, as frames and wire format hold them.

    >>> import clippings as cl
    >>> corpus = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain"))
    >>> [row["speaker"] for page in of_corpus(corpus.annotate()) for row in page.layers["quotes"]]
    ['Anna Petrova']
    """
    import pyarrow as pa

    names = [name for name in TABLES if name in annotated.frames]
    made = {name: pa.Table.from_pandas(getattr(annotated, name), preserve_index=False) for name in names}
    rows = {name: iter(table.to_pylist()) for name, table in made.items()}
    for page in annotated:
        wire = of_record(msgspec.json.decode(jsonl.line(page, is_whole=False, before=page)))
        fields = {**wire.fields, **_fields(next(rows["clippings"]))}
        layers = {name: [{**_own(name, next(rows[name])), **row} for row in some] for name, some in wire.layers.items()}
        yield wire._replace(fields=fields, layers=layers, form="frames")


def _fields(row: Row) -> Row:
    fields = {name: _plain(value) for name, value in row.items() if name not in _NOT_FIELDS}
    if fields.get("date") and fields.get("date_precision") == "month":
        fields["date"] = fields["date"][: len("2007-11")]
    if "body_start" in fields:
        fields["body"] = f"{fields.pop('body_start')}-{fields.pop('body_end')}"
    return fields


def _own(layer: str, row: Row) -> Row:
    """A row of a table without its key, with places as the wire format has them."""
    made = {column: _plain(value) for column, value in row.items() if column not in _KEY}
    several = {f"{name}_places" for name in _several(layer)} & made.keys()
    return {**made, **{name: [list(place) for place in frames.places(made[name])] for name in several}}


def _several(layer: str) -> list[str]:
    return [name for name, form in KEPT[layer].forms if form == "places"]


def _plain(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime.datetime) else value
