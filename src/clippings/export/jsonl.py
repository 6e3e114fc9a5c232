"""The wire format: one JSON object a clipping, offsets in code points over the decoded text."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from clippings.model import Annotated, Clipping, DateRef, Erratum, Mention, Quote, Span, ThemeHit

_NAMED = ("title", "publisher", "byline", "dateline", "source_url")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_encoder = msgspec.json.Encoder()


def line(found: Clipping | Annotated) -> bytes:
    r"""Return one line of JSON, line end included.

    >>> from clippings import parse
    >>> line(parse("Minsk was quiet.", path="112007-3.txt", layout="plain")[0])[:44]
    b'{"id":"112007-3","path":"112007-3.txt","item'
    """
    return _encoder.encode(record(found)) + b"\n"


def record(found: Clipping | Annotated) -> dict[str, Any]:
    """Return the record of a clipping; an annotated one carries its codebook and layers too."""
    if isinstance(found, Annotated):
        return {**_clipping(found.clipping), **_layers(found)}
    return _clipping(found)


def _clipping(clipping: Clipping) -> dict[str, Any]:
    date = clipping.fields.get("date")
    return {
        "id": _sound(clipping.id),
        "path": _sound(clipping.path),
        "item": clipping.item,
        "sha256": clipping.sha256,
        "encoding": clipping.encoding,
        "form": clipping.form,
        "date": date.value if date else None,
        "date_precision": date.precision if date else None,
        "date_basis": date.basis if date else None,
        **{name: _sound(clipping.value(name)) for name in _NAMED},
        "blocks": [{"kind": block.kind, "start": block.start, "end": block.end} for block in clipping.blocks],
        "body": {"start": clipping.body.start, "end": clipping.body.end},
        "diagnostics": [
            {name: getattr(told, name) for name in ("code", "severity", "line", "column", "message", "hint")}
            for told in clipping.diagnostics
        ],
    }


def _layers(page: Annotated) -> dict[str, Any]:
    return {
        "codebook": page.codebook,
        "sentences": [_pair(span) for span in page.sentences],
        "quotes": [_quote(quote) for quote in page.quotes],
        "mentions": [_mention(mention) for mention in page.mentions],
        "dates": [_date(date) for date in page.dates],
        "themes": [_theme(theme) for theme in page.themes],
        "document_themes": page.document_themes,
        "errata": [_erratum(erratum) for erratum in page.errata],
    }


def _sound(words: str | None) -> str | None:
    """A file name that is not UTF-8 has surrogates, which JSON can not carry; they are shown as U+FFFD."""
    return _SURROGATE.sub("\ufffd", words) if words else words


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _place(name: str, span: Span | None) -> dict[str, int | None]:
    start, end = _pair(span) if span else (None, None)
    return {f"{name}_start": start, f"{name}_end": end}


def _quote(quote: Quote) -> dict[str, Any]:
    known = ("speaker", "speaker_id", "role", "affiliation", "country")
    return {
        "start": quote.start,
        "end": quote.end,
        "kind": quote.kind,
        **{name: getattr(quote, name) for name in known},
        **_place("source", quote.source),
        **_place("cue", quote.cue),
        "resolved_by": quote.resolved_by,
        "rule": quote.rule,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    names = ("start", "end", "id", "kind", "country", "form", "nested")
    found = {name: getattr(mention, name) for name in names}
    return {**found, "wikidata": mention.wikidata} if mention.wikidata else found


def _date(date: DateRef) -> dict[str, Any]:
    return {name: getattr(date, name) for name in ("start", "end", "iso", "precision", "rule")}


def _theme(theme: ThemeHit) -> dict[str, Any]:
    evidence = [_pair(span) for span in theme.evidence]
    return {"theme": theme.theme, "start": theme.start, "end": theme.end, "evidence": evidence}


def _erratum(erratum: Erratum) -> dict[str, Any]:
    return {name: getattr(erratum, name) for name in ("start", "end", "expected", "rule")}
