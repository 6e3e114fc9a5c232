"""Tidy pandas frames of clippings and their evidence: one row an observation, typed columns, real datetimes.

``SCHEMA`` names the columns of each frame with their types, the module ``columns`` says what each holds. Every frame
but those of files begins with ``id`` and ``item``, the key of a clipping; ``start`` and ``end`` are code points over
the text of its page.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

from clippings.layers.registry import KEPT
from clippings.model import Annotated, Block, Clipping, Diagnostic, Span
from clippings.tables.columns import columns, described

if TYPE_CHECKING:
    import pandas as pd

GIVEN = frozenset(["title", "date", "outlet", "byline", "url", "language"])
"""What is given of a page and has its column in the frame ``clippings``."""
SCHEMA: dict[str, dict[str, str]] = {
    name: {column: held.type for column, held in columns(name).items()} for name in described()
}
_GAP = "; "
_TOGETHER = 1_000  # Clippings, or blocks, of which a frame is made at once.

Row: TypeAlias = Sequence[Any]
T = TypeVar("T")


def frame(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Build the frame ``name`` of ``SCHEMA`` from rows in the order of its columns.

    >>> frame("errata", [("112007-14", 0, 399, 402, "has", "have", "agreement")]).dtypes["start"]
    dtype('int64')
    """
    found = list(zip(*rows, strict=True)) or [()] * len(SCHEMA[name])
    return _typed(name, dict(zip(SCHEMA[name], found, strict=True)))


def _typed(name: str, found: Mapping[str, Row]) -> pd.DataFrame:
    # Only now, as pandas takes longer to import than all else that parsing a page needs.
    from clippings.tables import arrays

    return arrays.framed(SCHEMA[name], found)


def clippings(found: Iterable[Clipping]) -> pd.DataFrame:
    """One row a clipping.

    A date known to the month stands as its first day, with ``date_precision`` month; ``date_basis`` says what it rests
    on: ``printed``, ``dateline`` or ``path``. ``publisher`` is the outlet as printed. ``outlet`` is the same where one
    is printed (``outlet_basis`` is ``printed``), else the agency of the dateline (``dateline``) or the outlet of the
    source address (``domain``): its name if the domain is listed, else the domain.
    """
    return with_given(frame("clippings", map(_clipping, found)))


def with_given(table: pd.DataFrame) -> pd.DataFrame:
    """Return the frame ``clippings`` with columns for all else that was given of its pages, such as notes.

    A column whose name the frame has is called ``given_`` and that name.
    """
    cells = table["given"].dropna()
    if cells.empty:
        return table
    import pandas as pd

    rows = [msgspec.json.decode(cell) for cell in cells]
    own: dict[str, pd.Series] = {}
    for name in dict.fromkeys(name for row in rows for name in row if name not in GIVEN):
        column = name
        while column in SCHEMA["clippings"] or column in own:
            column = f"given_{column}"
        own[column] = pd.Series([row.get(name) for row in rows], cells.index)
    return pd.concat([table, pd.DataFrame(own, index=table.index)], axis=1)


def blocks(found: Iterable[Clipping]) -> pd.DataFrame:
    """One row a block of a page, under the first of its items; the texts of a page's blocks, joined, are its text."""
    first: dict[tuple[str, str, str], Clipping] = {}
    for clipping in found:
        first.setdefault((clipping.id, clipping.path, clipping.sha256), clipping)
    return _in_parts(_blocks, [(clipping, block) for clipping in first.values() for block in clipping.blocks])


def _blocks(some: Sequence[tuple[Clipping, Block]]) -> pd.DataFrame:
    return _spans("blocks", [clipping for clipping, _ in some], [block for _, block in some], {})


def fields(found: Iterable[Clipping]) -> pd.DataFrame:
    """One row a bibliographic field of a clipping, with what it rests on and where it stands."""
    return frame("fields", (row for clipping in found for row in _fields(clipping)))


def texts(found: Iterable[Clipping]) -> pd.DataFrame:
    """One row a part that is read for evidence: ``title``, ``publisher`` or ``body``, as ``measures`` takes texts."""
    return _in_parts(lambda part: frame("texts", (row for clipping in part for row in _texts(clipping))), found)


def diagnostics(found: Iterable[Diagnostic]) -> pd.DataFrame:
    """One row a diagnostic, of files that were read and of those that were not."""
    return frame(
        "diagnostics", ((d.file or None, d.line, d.column, d.severity, d.code, d.message, d.hint) for d in found)
    )


OF_PAGES: dict[str, Callable[[Iterable[Clipping]], pd.DataFrame]] = {
    "clippings": clippings,
    "blocks": blocks,
    "texts": texts,
    "fields": fields,
}
"""The frames that need no annotations, each made from clippings."""


def layer(name: str, pages: Iterable[Annotated]) -> pd.DataFrame:
    """The frame of one layer of annotations, one row an annotation."""
    return _in_parts(functools.partial(_layer, name), pages)


def _in_parts(make: Callable[[Sequence[T]], pd.DataFrame], found: Iterable[T]) -> pd.DataFrame:
    """Make a frame of some clippings at a time: what it takes to make one is three times as large as the frame."""
    every = list(found)
    parts = [make(every[at : at + _TOGETHER]) for at in range(0, len(every), _TOGETHER)]
    return _one_below_the_other(parts) if parts else make(every)


def joined(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the frame ``name`` of frames of some clippings each, in order.

    >>> joined("quotes", []).empty
    True
    """
    return _one_below_the_other(parts) if parts else frame(name, [])


def _one_below_the_other(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if len(parts) == 1:
        return parts[0]
    import pandas as pd

    return pd.concat(parts, ignore_index=True)


def _layer(name: str, pages: Sequence[Annotated]) -> pd.DataFrame:
    made = KEPT[name]
    owners = [page.clipping for page in pages for _ in page.found[name]]
    found = [one for page in pages for one in page.found[name]]
    texts = [owner.text for owner in owners]
    own: dict[str, Row] = {column: list(map(attrgetter(name), found)) for name, column in made.names.items()}
    for column, values in made.columns.items():
        own[column] = [value for page in pages for value in values(page.clipping, page.found[name])]
    for attribute, form in made.forms:
        if form == "place":
            own |= _place(attribute, texts, list(map(attrgetter(attribute), found)))
        elif form == "places":
            own |= _places(attribute, texts, list(map(attrgetter(attribute), found)))
    return _spans(name, owners, found, own)


def _spans(name: str, owners: Sequence[Clipping], found: Sequence[Span], own: Mapping[str, Row]) -> pd.DataFrame:
    """One row a span of a clipping's text; columns not its ``own`` are attributes of the spans."""
    made: dict[str, Row] = {
        "id": [clipping.id for clipping in owners],
        "item": [clipping.item for clipping in owners],
        "text": [span.of(clipping.text) for clipping, span in zip(owners, found, strict=True)],
        **own,
    }
    plain = (column for column in SCHEMA[name] if column not in made)
    return _typed(name, made | {column: list(map(attrgetter(column), found)) for column in plain})


def _place(name: str, texts: Sequence[str], spans: Sequence[Span | None]) -> dict[str, Row]:
    return {
        name: [span.of(text) if span else None for text, span in zip(texts, spans, strict=True)],
        f"{name}_start": [span.start if span else None for span in spans],
        f"{name}_end": [span.end if span else None for span in spans],
    }


def _places(name: str, texts: Sequence[str], spans: Sequence[tuple[Span, ...]]) -> dict[str, Row]:
    return {
        name: [_GAP.join([span.of(text) for span in some]) for text, some in zip(texts, spans, strict=True)],
        f"{name}_places": [_GAP.join([f"{span.start}-{span.end}" for span in some]) for some in spans],
    }


def places(cell: str) -> list[tuple[int, int]]:
    """Return start and end of each place in a cell of a column such as ``evidence_places``.

    >>> places("0-7; 13-17")
    [(0, 7), (13, 17)]
    """
    pairs = (one.split("-") for one in cell.split(_GAP) if one)
    return [(int(start), int(end)) for start, end in pairs]


def _key(clipping: Clipping) -> tuple[str, int]:
    return clipping.id, clipping.item


def _fields(clipping: Clipping) -> Iterator[Row]:
    for name, field in clipping.fields.items():
        span = field.span
        where = (span.start, span.end, span.of(clipping.text)) if span else (None, None, None)
        yield *_key(clipping), name, field.value, field.basis, field.precision, *where


def _texts(clipping: Clipping) -> Iterator[Row]:
    named = ((name, clipping.fields.get(name)) for name in ("title", "publisher"))
    parts = [(name, field.span) for name, field in named if field and field.span]
    for name, span in [*parts, ("body", clipping.body)]:
        if span.start < span.end:
            yield *_key(clipping), span.start, span.end, name, span.of(clipping.text)


def facts(clipping: Clipping) -> dict[str, str | None]:
    """Return what frames and JSON Lines have of the fields of a clipping.

    >>> facts(Clipping("a", "", "", (), {}, Span(0, 0), ""))["date_basis"]
    """
    date, outlet = clipping.fields.get("date"), clipping.fields.get("outlet")
    return {
        "date": date.value if date else None,
        "date_precision": date.precision if date else None,
        "date_basis": date.basis if date else None,
        "title": clipping.title,
        "publisher": clipping.publisher,
        "outlet": outlet.value if outlet else None,
        "outlet_basis": outlet.basis if outlet else None,
        **{name: clipping.value(name) for name in ("byline", "dateline", "source_url")},
    }


def _clipping(clipping: Clipping) -> Row:
    made = {
        **{name: getattr(clipping, name) for name in ("id", "item", "form", "encoding", "sha256", "language")},
        **facts(clipping),
        "path": clipping.path or None,
        "authors": clipping.value("authors"),
        "bom": clipping.bom.hex() or None,
        "characters": len(clipping.text),
        "paragraphs": len(clipping.paragraphs),
        "body_start": clipping.body.start,
        "body_end": clipping.body.end,
        "given": msgspec.json.encode(clipping.given, order="sorted").decode() if clipping.given else None,
    }
    return [made[column] for column in SCHEMA["clippings"]]
