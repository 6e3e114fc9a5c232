"""Tidy pandas frames of clippings and their evidence: one row an observation, typed columns, real datetimes.

``SCHEMA`` names the columns of each frame with their types, the module ``columns`` says what each holds. Every frame
begins with ``id`` and ``item``, the key of a clipping; ``start`` and ``end`` are code points over the text of its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from clippings.model import Annotated, Clipping, Diagnostic, Span

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
        "byline": "str",
        "dateline": "str",
        "source_url": "str",
        "encoding": "str",
        "sha256": "str",
        "characters": "int64",
        "paragraphs": "int64",
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
    schema = SCHEMA[name]
    built = pd.DataFrame(list(rows), columns=list(schema))
    for column, kind in schema.items():
        if kind == "datetime64[us]":
            built[column] = pd.to_datetime(built[column], format="ISO8601").dt.as_unit("us")
    return built.astype(schema)


def clippings(found: Iterable[Clipping]) -> pd.DataFrame:
    """One row a clipping; a date known to the month stands as its first day, with ``date_precision`` month."""
    return frame("clippings", map(_clipping, found))


def blocks(found: Iterable[Clipping]) -> pd.DataFrame:
    """One row a block of a page, under its first item; the texts of a page's blocks, joined, are its text."""
    pages = (clipping for clipping in found if clipping.item == 0)
    return frame("blocks", ((*_key(c), b.start, b.end, b.kind, b.of(c.text)) for c in pages for b in c.blocks))


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
    return frame(name, (row for page in pages for row in _ROWS[name](page)))


def _key(clipping: Clipping) -> tuple[str, int]:
    return clipping.id, clipping.item


def _texts(clipping: Clipping) -> Iterator[Row]:
    named = ((name, clipping.fields.get(name)) for name in ("title", "publisher"))
    parts = [(name, field.span) for name, field in named if field and field.span]
    for name, span in [*parts, ("body", clipping.body)]:
        if span.start < span.end:
            yield *_key(clipping), span.start, span.end, name, span.of(clipping.text)


def _clipping(clipping: Clipping) -> Row:
    date = clipping.fields.get("date")
    named = [clipping.value(name) for name in ("title", "publisher", "byline", "dateline", "source_url")]
    return (
        *_key(clipping),
        clipping.path or None,
        clipping.form,
        date.value if date else None,
        date.precision if date else None,
        date.basis if date else None,
        *named,
        clipping.encoding,
        clipping.sha256,
        len(clipping.text),
        len(clipping.paragraphs),
    )


def _sentences(page: Annotated) -> Iterator[Row]:
    paragraphs = page.clipping.paragraphs
    number = 0
    for span in page.sentences:
        while paragraphs[number].end < span.end:
            number += 1
        yield *_key(page.clipping), span.start, span.end, number + 1, span.of(page.clipping.text)


def _quotes(page: Annotated) -> Iterator[Row]:
    text = page.clipping.text
    for q in page.quotes:
        known = (q.speaker, q.speaker_id, q.role, q.affiliation, q.country)
        places = (*_place(text, q.source), *_place(text, q.cue))
        yield *_key(page.clipping), q.start, q.end, q.kind, *known, *places, q.resolved_by, q.rule, q.of(text)


def _place(text: str, span: Span | None) -> tuple[str | None, int | None, int | None]:
    return (span.of(text), span.start, span.end) if span else (None, None, None)


def _mentions(page: Annotated) -> Iterator[Row]:
    text = page.clipping.text
    for m in page.mentions:
        yield (
            *_key(page.clipping),
            m.start,
            m.end,
            m.id,
            m.kind,
            m.country,
            m.form,
            m.nested,
            m.wikidata,
            m.of(text),
        )


def _dates(page: Annotated) -> Iterator[Row]:
    text = page.clipping.text
    for d in page.dates:
        span = (d.first, d.last, d.anchor)
        yield *_key(page.clipping), d.start, d.end, d.first, d.iso, d.precision, d.rule, *span, d.of(text)


def _themes(page: Annotated) -> Iterator[Row]:
    text = page.clipping.text
    for t in page.themes:
        evidence = "; ".join(span.of(text) for span in t.evidence)
        yield *_key(page.clipping), t.start, t.end, t.theme, evidence, t.rule, t.of(text)


def _errata(page: Annotated) -> Iterator[Row]:
    for e in page.errata:
        yield *_key(page.clipping), e.start, e.end, e.of(page.clipping.text), e.expected, e.rule


_ROWS: dict[str, Callable[[Annotated], Iterator[Row]]] = {
    "sentences": _sentences,
    "quotes": _quotes,
    "mentions": _mentions,
    "dates": _dates,
    "themes": _themes,
    "errata": _errata,
}
