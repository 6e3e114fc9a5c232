"""The wire format: one JSON object a clipping, offsets in code points over the decoded text."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from clippings.model import Annotated, Clipping, DateRef, Diagnostic, Mention, Quote, ThemeHit

_NAMED = ("byline", "dateline", "source_url")
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


# Every key is written out below: a page has hundreds of records, and a loop over names takes twice the time.


def _clipping(clipping: Clipping) -> dict[str, Any]:
    date, outlet = clipping.fields.get("date"), clipping.fields.get("outlet")
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
        "title": _sound(clipping.title),
        "publisher": _sound(clipping.publisher),
        "outlet": _sound(clipping.outlet),
        "outlet_basis": outlet.basis if outlet else None,
        **{name: _sound(clipping.value(name)) for name in _NAMED},
        "blocks": [{"kind": b.kind, "start": b.start, "end": b.end} for b in clipping.blocks],
        "body": clipping.body,
        "diagnostics": [_diagnostic(told) for told in clipping.diagnostics],
    }


def _layers(page: Annotated) -> dict[str, Any]:
    return {
        "diagnostics": [_diagnostic(told) for told in (*page.clipping.diagnostics, *page.diagnostics)],
        "codebook": page.codebook,
        "sentences": [(span.start, span.end) for span in page.sentences],
        "quotes": [_quote(quote) for quote in page.quotes],
        "mentions": [mention if mention.wikidata else _mention(mention) for mention in page.mentions],
        "dates": [_date(date) for date in page.dates],
        "themes": [_theme(theme) for theme in page.themes],
        "document_themes": page.document_themes,
        "errata": page.errata,
    }


def _sound(words: str | None) -> str | None:
    """A file name that is not UTF-8 has surrogates, which JSON can not carry; they are shown as U+FFFD."""
    return words if not words or words.isascii() else _SURROGATE.sub("\ufffd", words)


def _diagnostic(told: Diagnostic) -> dict[str, Any]:
    return {
        "code": told.code,
        "severity": told.severity,
        "line": told.line,
        "column": told.column,
        "message": told.message,
        "hint": told.hint,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    source, cue = quote.source, quote.cue
    return {
        "start": quote.start,
        "end": quote.end,
        "kind": quote.kind,
        "speaker": quote.speaker,
        "speaker_id": quote.speaker_id,
        "role": quote.role,
        "affiliation": quote.affiliation,
        "country": quote.country,
        "source_start": source.start if source else None,
        "source_end": source.end if source else None,
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "resolved_by": quote.resolved_by,
        "rule": quote.rule,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    """A mention as it stands, without the key for an item of Wikidata, of which it has none."""
    return {
        "start": mention.start,
        "end": mention.end,
        "id": mention.id,
        "kind": mention.kind,
        "country": mention.country,
        "form": mention.form,
        "nested": mention.nested,
    }


def _date(date: DateRef) -> dict[str, Any]:
    return {
        "start": date.start,
        "end": date.end,
        "iso": date.iso,
        "precision": date.precision,
        "rule": date.rule,
    }


def _theme(theme: ThemeHit) -> dict[str, Any]:
    evidence = [(span.start, span.end) for span in theme.evidence]
    return {"theme": theme.theme, "start": theme.start, "end": theme.end, "evidence": evidence}
