"""Who signs a page: its publisher and its byline, from the lines that name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clippings.lines import JOB_WORDS
from clippings.model import Block, Field, Span

_LEAD = re.compile(r"(?:posted by|by|from|author ?:|source\s*:{2,})\s*(?=\S)", re.IGNORECASE)
_END = re.compile(r", | in (?=[A-Z])| \| ")
_PLACE_BEHIND = re.compile(r", [A-Z][A-Z'’.-]{2,20}(?: [A-Z'’.-]{2,20}){0,2}$")


def publisher(text: str, blocks: Sequence[Block]) -> Field | None:
    """Return the outlet as printed, without ``By``, ``Source :::``, brackets, or a place in capitals behind it."""
    block = next((block for block in blocks if block.kind == "publisher"), None)
    if block is None:
        return None
    start, end = _without_lead(text, block), block.end
    if text[start] == "(" and text[end - 1] == ")":
        start, end = start + 1, end - 1
    place = _PLACE_BEHIND.search(text, start, end)
    span = Span(start, place.start() if place else end)
    return Field(span.of(text), span) if span.of(text) else None


def byline(text: str, blocks: Sequence[Block]) -> Field | None:
    """Return the names of the authors, joined by one blank where on two lines; titles and places are left out."""
    signed = [block for block in blocks if block.kind == "byline"]
    named = [span for block in signed if (span := _names(text, block))]
    if not named:
        return None
    return Field(" ".join(span.of(text) for span in named), Span(named[0].start, named[-1].end))


def _names(text: str, block: Block) -> Span | None:
    start = _without_lead(text, block)
    cut = _END.search(text, start, block.end)
    words = text[start : cut.start() if cut else block.end]
    titles = [word for word in words.split() if word.lower().strip(".,") in JOB_WORDS]
    if titles:
        behind = words.rindex(titles[-1]) + len(titles[-1])
        start += behind + len(words[behind:]) - len(words[behind:].lstrip())
        words = words[behind:].strip()
    return Span(start, start + len(words.rstrip())) if words.strip() else None


def _without_lead(text: str, block: Block) -> int:
    lead = _LEAD.match(text, block.start, block.end)
    return lead.end() if lead else block.start
