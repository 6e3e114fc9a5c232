"""Tidy pandas frames of clippings and their evidence: one row an observation, typed columns, real datetimes.

``SCHEMA`` names the columns of each frame with their types, the module ``columns`` says what each holds. Every frame
but those of files begins with ``id`` and ``item``, the key of a clipping; ``start`` and ``end`` are code points over
the text of its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec

from clippings.model import Annotated, Clipping, DateRef, Diagnostic, Erratum, Mention, Quote, Span, ThemeHit

if TYPE_CHECKING:
    import pandas as pd

GIVEN = frozenset(["title", "date", "outlet", "byline", "url", "language"])
"""What is given of a page and has its column in the frame ``clippings``."""
KEY = {"id": "str", "item": "int64"}
SPAN = {"start": "int64", "end": "int64"}
SCHEMA: dict[str, dict[str, str]] = {
    "clippings": {
        **KEY,
        "path": "str",
        "form": "str",
        "date": "datetime64[us]",
        "date_precision": "str",
        "date_basis": "str",
        "title": "str",
        "publisher": "str",
        "outlet": "str",
        "outlet_basis": "str",
        "byline": "str",
        "authors": "str",
        "dateline": "str",
        "source_url": "str",
        "encoding": "str",
        "sha256": "str",
        "characters": "int64",
        "paragraphs": "int64",
        "language": "str",
        "given": "str",
    },
    "blocks": {**KEY, **SPAN, "kind": "str", "text": "str"},
    "texts": {**KEY, **SPAN, "part": "str", "text": "str"},
    "diagnostics": {
        "file": "str",
        "line": "int64",
        "column": "int64",
        "severity": "str",
        "code": "str",
        "message": "str",
        "hint": "str",
    },
    "sources": {"file": "str", "kind": "str", "state": "str", "clippings": "int64", "code": "str"},
    "sentences": {**KEY, **SPAN, "paragraph": "int64", "text": "str"},
    "quotes": {
        **KEY,
        **SPAN,
        "kind": "str",
        "speaker": "str",
        "speaker_id": "str",
        "role": "str",
        "affiliation": "str",
        "country": "str",
        "source": "str",
        "source_start": "Int64",
        "source_end": "Int64",
        "cue": "str",
        "cue_start": "Int64",
        "cue_end": "Int64",
        "resolved_by": "str",
        "rule": "str",
        "text": "str",
    },
    "mentions": {
        **KEY,
        **SPAN,
        "entity": "str",
        "kind": "str",
        "country": "str",
        "form": "str",
        "nested": "bool",
        "wikidata": "str",
        "text": "str",
    },
    "dates": {
        **KEY,
        **SPAN,
        "date": "datetime64[us]",
        "iso": "str",
        "precision": "str",
        "rule": "str",
        "first": "datetime64[us]",
        "last": "datetime64[us]",
        "anchor": "str",
        "text": "str",
    },
    "themes": {**KEY, **SPAN, "theme": "str", "evidence": "str", "rule": "str", "text": "str"},
    "errata": {**KEY, **SPAN, "printed": "str", "expected": "str", "rule": "str"},
}

Row = Sequence[Any]


def frame(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Build the frame ``name`` of ``SCHEMA`` from rows in the order of its columns.

    >>> frame("errata", [("112007-14", 0, 399, 402, "has", "have", "agreement")]).dtypes["start"]
    dtype('int64')
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA[name])
    return _typed(name, dict(zip(SCHEMA[name], columns, strict=True)))


def _typed(name: str, columns: Mapping[str, Row]) -> pd.DataFrame:
    # Only now, as pandas takes longer to import than all else that parsing a page needs.
    from clippings.tables import _arrays

    return _arrays.framed(SCHEMA[name], columns)


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
    names = dict.fromkeys(name for row in rows for name in row if name not in GIVEN)
    own = {
        f"given_{name}" if name in SCHEMA["clippings"] else name: pd.Series(
            [row.get(name) for row in rows], cells.index
        )
        for name in names
    }
    return pd.concat([table, pd.DataFrame(own, index=table.index)], axis=1)


def blocks(found: Iterable[Clipping]) -> pd.DataFrame:
    """One row a block of a page, under its first item; the texts of a page's blocks, joined, are its text."""
    pages = [clipping for clipping in found if clipping.item == 0]
    owners = [clipping for clipping in pages for _ in clipping.blocks]
    return _spans("blocks", owners, [block for clipping in pages for block in clipping.blocks], {})


def texts(found: Iterable[Clipping]) -> pd.DataFrame:
    """One row a part that is read for evidence: ``title``, ``publisher`` or ``body``, as ``measures`` takes texts."""
    return frame("texts", (row for clipping in found for row in _texts(clipping)))


def diagnostics(found: Iterable[Diagnostic]) -> pd.DataFrame:
    """One row a diagnostic, of files that were read and of those that were not."""
    return frame(
        "diagnostics", ((d.file or None, d.line, d.column, d.severity, d.code, d.message, d.hint) for d in found)
    )


def layer(name: str, pages: Iterable[Annotated]) -> pd.DataFrame:
    """The frame of one layer of annotations, one row an annotation."""
    pages = list(pages)
    owners = [page.clipping for page in pages for _ in getattr(page, name)]
    found = [one for page in pages for one in getattr(page, name)]
    own = _COLUMNS[name](pages, found, [owner.text for owner in owners]) if name in _COLUMNS else {}
    return _spans(name, owners, found, own)


def _spans(name: str, owners: Sequence[Clipping], found: Sequence[Span], own: Mapping[str, Row]) -> pd.DataFrame:
    """One row a span of a clipping's text; columns not its ``own`` are attributes of the spans."""
    texts = [clipping.text for clipping in owners]
    columns: dict[str, Row] = {
        "id": [clipping.id for clipping in owners],
        "item": [clipping.item for clipping in owners],
        "text": [text[span.start : span.end] for text, span in zip(texts, found, strict=True)],
        **own,
    }
    plain = (column for column in SCHEMA[name] if column not in columns)
    return _typed(name, columns | {column: list(map(attrgetter(column), found)) for column in plain})


def _key(clipping: Clipping) -> tuple[str, int]:
    return clipping.id, clipping.item


def _texts(clipping: Clipping) -> Iterator[Row]:
    named = ((name, clipping.fields.get(name)) for name in ("title", "publisher"))
    parts = [(name, field.span) for name, field in named if field and field.span]
    for name, span in [*parts, ("body", clipping.body)]:
        if span.start < span.end:
            yield *_key(clipping), span.start, span.end, name, span.of(clipping.text)


def _clipping(clipping: Clipping) -> Row:
    date, outlet = clipping.fields.get("date"), clipping.fields.get("outlet")
    named = [clipping.value(name) for name in ("byline", "authors", "dateline", "source_url")]
    return (
        *_key(clipping),
        clipping.path or None,
        clipping.form,
        date.value if date else None,
        date.precision if date else None,
        date.basis if date else None,
        clipping.title,
        clipping.publisher,
        outlet.value if outlet else None,
        outlet.basis if outlet else None,
        *named,
        clipping.encoding,
        clipping.sha256,
        len(clipping.text),
        len(clipping.paragraphs),
        clipping.language,
        msgspec.json.encode(clipping.given, order="sorted").decode() if clipping.given else None,
    )


# The columns of a layer that are not an attribute of the same name.


def _sentences(pages: Sequence[Annotated], _found: Sequence[Span], _of: Sequence[str]) -> dict[str, Row]:
    return {"paragraph": [number for page in pages for number in _paragraphs(page)]}


def _paragraphs(page: Annotated) -> Iterator[int]:
    """The number of the paragraph of each sentence."""
    ends = [block.end for block in page.clipping.paragraphs]
    number = 0
    for span in page.sentences:
        while ends[number] < span.end:
            number += 1
        yield number + 1


def _quotes(_pages: Sequence[Annotated], found: Sequence[Quote], texts: Sequence[str]) -> dict[str, Row]:
    return _places("source", texts, [quote.source for quote in found]) | _places(
        "cue", texts, [quote.cue for quote in found]
    )


def _places(name: str, texts: Sequence[str], spans: Sequence[Span | None]) -> dict[str, Row]:
    return {
        name: [text[span.start : span.end] if span else None for text, span in zip(texts, spans, strict=True)],
        f"{name}_start": [span.start if span else None for span in spans],
        f"{name}_end": [span.end if span else None for span in spans],
    }


def _mentions(_pages: Sequence[Annotated], found: Sequence[Mention], _of: Sequence[str]) -> dict[str, Row]:
    return {"entity": [mention.id for mention in found]}


def _dates(_pages: Sequence[Annotated], found: Sequence[DateRef], _of: Sequence[str]) -> dict[str, Row]:
    return {"date": [date.first for date in found]}


def _themes(_pages: Sequence[Annotated], found: Sequence[ThemeHit], texts: Sequence[str]) -> dict[str, Row]:
    both = zip(texts, found, strict=True)
    return {"evidence": ["; ".join([text[span.start : span.end] for span in hit.evidence]) for text, hit in both]}


def _errata(_pages: Sequence[Annotated], found: Sequence[Erratum], texts: Sequence[str]) -> dict[str, Row]:
    return {"printed": [erratum.of(text) for text, erratum in zip(texts, found, strict=True)]}


_COLUMNS: dict[str, Callable[[Sequence[Annotated], Sequence[Any], Sequence[str]], dict[str, Row]]] = {
    "sentences": _sentences,
    "quotes": _quotes,
    "mentions": _mentions,
    "dates": _dates,
    "themes": _themes,
    "errata": _errata,
}
