"""Blocks to bibliographic fields, the extent of the body, and diagnostics for what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clippings import diagnostics, page_date
from clippings.layout import SOURCE_LABELS
from clippings.model import Block, Diagnostic, Field, Span
from clippings.source import position

_BYLINE_LEAD = re.compile(r"(?:posted by|by|from|author ?:)\s+", re.IGNORECASE)
_BYLINE_END = re.compile(r",| in (?=[A-Z])| \| ")
_PATH_MONTH = re.compile(r"(?P<month>0[1-9]|1[0-2])(?P<year>(?:19|20)\d{2})[-/]\d+")
_PLACE = r"[A-Z][A-Z'’.-]{2,20}(?:[ /-][A-Z][A-Z'’.-]{1,20}){0,3}"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? ?\d{0,2})"
_DATELINE = re.compile(
    rf"(?P<dateline>(?:[A-Z][\w-]+, )?{_PLACE}(?:, (?!{_DAY})[A-Z][a-z]+)?(?:[,.] {_DAY})?"
    r"(?: \([A-Z][\w -]{1,30}\)| /[A-Z-]{3,20}/)?)(?: ?(?:--|[-–—:])|\. (?=[A-Z]))"
)
_LABELS = (("title", "title"), ("publisher", "publisher"), ("source_url", "source_url"))


def fields(text: str, blocks: tuple[Block, ...], path: str = "") -> dict[str, Field]:
    r"""Read the fields of a page from its blocks; a field without words in the text is left out.

    The date is the first date of the head; a page without one has the month of its file name (``MMYYYY-N``).

    >>> from clippings.layout import lay_out
    >>> page = "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nTalks in Minsk\n\nGazeta.kz\n\nBy A. Reporter\n"
    >>> {name: field.value for name, field in fields(page, lay_out(page).blocks).items()}
    {'date': '2007-11-02', 'title': 'Talks in Minsk', 'publisher': 'Gazeta.kz', 'byline': 'A. Reporter'}
    """
    found = {"date": _date(text, blocks, path)}
    for name, kind in _LABELS:
        found[name] = _printed(text, _first(blocks, kind))
    found["byline"] = _byline(text, [block for block in blocks if block.kind == "byline"])
    found["dateline"] = _dateline(text, _first(blocks, "paragraph"))
    return {name: field for name, field in found.items() if field}


def body(text: str, blocks: tuple[Block, ...]) -> Span:
    """Return the extent of the body, from its first paragraph to its last; empty at the end where there is none."""
    paragraphs = [block for block in blocks if block.kind == "paragraph"]
    return Span(paragraphs[0].start, paragraphs[-1].end) if paragraphs else Span(len(text), len(text))


def missing(text: str, blocks: tuple[Block, ...], found: dict[str, Field], form: str, file: str) -> list[Diagnostic]:
    """Say what the page lacks and what in it can not be read."""
    told = [diagnostics.make(code, file=file, form=form) for code in _gaps(text, blocks, found, form)]
    return [*told, *_unread_dates(text, blocks, file), *_empty_sources(text, blocks, file)]


def _gaps(text: str, blocks: tuple[Block, ...], found: dict[str, Field], form: str) -> Iterator[str]:
    kinds = {block.kind for block in blocks}
    if form != "plain" and "date" not in kinds:
        yield "CLP201"
    if form != "plain" and "title" not in found:
        yield "CLP203"
    if "paragraph" not in kinds:
        yield "CLP204"
    if form != "plain" and "source_url" not in kinds and not _source_label(text, blocks):
        yield "CLP205"


def _unread_dates(text: str, blocks: tuple[Block, ...], file: str) -> Iterator[Diagnostic]:
    block = _first(blocks, "date")
    if block and not page_date.parse(_date_words(text, block).of(text)):
        line, column = position(text, block.start)
        printed = _date_words(text, block).of(text)
        yield diagnostics.make("CLP202", file=file, line=line, column=column, printed=printed)


def _empty_sources(text: str, blocks: tuple[Block, ...], file: str) -> Iterator[Diagnostic]:
    label = _source_label(text, blocks)
    if label and not _first(blocks, "source_url"):
        line, column = position(text, label.start)
        yield diagnostics.make("CLP206", file=file, line=line, column=column)


def _source_label(text: str, blocks: tuple[Block, ...]) -> Block | None:
    labels = (block for block in blocks if block.kind == "label")
    return next((block for block in labels if block.of(text).lower() in SOURCE_LABELS), None)


def _first(blocks: tuple[Block, ...], kind: str) -> Block | None:
    return next((block for block in blocks if block.kind == kind), None)


def _printed(text: str, block: Block | None) -> Field | None:
    return Field(block.of(text), Span(block.start, block.end)) if block else None


def _date(text: str, blocks: tuple[Block, ...], path: str) -> Field | None:
    block = _first(blocks, "date")
    words = _date_words(text, block) if block else None
    day = page_date.parse(words.of(text)) if words else None
    if day:
        return Field(day.isoformat(), words, "printed", "day")
    named = _PATH_MONTH.search(path)
    return Field(f"{named['year']}-{named['month']}", None, "path", "month") if named else None


def _date_words(text: str, block: Block) -> Span:
    printed = block.of(text)
    return Span(block.end - len(page_date.without_label(printed)), block.end)


def _byline(text: str, blocks: list[Block]) -> Field | None:
    if not blocks:
        return None
    names = [_BYLINE_LEAD.sub("", block.of(text), count=1) for block in blocks]
    value = " ".join(_BYLINE_END.split(name)[0].strip() for name in names).strip()
    start = text.index(names[0], blocks[0].start)
    return Field(value, Span(start, blocks[-1].end)) if value else None


def _dateline(text: str, block: Block | None) -> Field | None:
    found = _DATELINE.match(text, block.start, block.end) if block else None
    if not found:
        return None
    return Field(found["dateline"], Span(*found.span("dateline")))
