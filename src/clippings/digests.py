"""Several items on one page: a digest, whose items open with a headline in capitals and close with initials."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clippings.lines import Line
from clippings.model import Block, Span

_HEADLINE = re.compile(r"[A-Z0-9][A-Z0-9 ,'’\"&/:;-]{11,118}[A-Z0-9'’]\. (?=[A-Z0-9\"“])")
_INITIALS = re.compile(r"(?<=[.!?\"”']) (?P<initials>[A-Z]{2,3})$")
_FEWEST = 2

Kinds = list[tuple[Line, str]]


def signed_apart(found: Kinds) -> Kinds:
    """Set the initials that sign an item apart from its paragraph; a page that is no digest stays as it is."""
    if not _is_digest([line.text for line, kind in found if kind == "paragraph"]):
        return found
    return [part for line, kind in found for part in _apart(line, kind)]


def items(text: str, blocks: Sequence[Block]) -> tuple[Span, ...]:
    """Return the extent of each item, from one headline in capitals to the next; the whole body if there is none."""
    paragraphs = [block for block in blocks if block.kind == "paragraph"]
    if not paragraphs:
        return (Span(len(text), len(text)),)
    heads = [at for at, block in enumerate(paragraphs) if _HEADLINE.match(text, block.start, block.end)]
    starts = [0, *(at for at in heads if at)] if len(heads) >= _FEWEST else [0]
    return tuple(
        Span(paragraphs[first].start, paragraphs[after - 1].end)
        for first, after in zip(starts, [*starts[1:], len(paragraphs)], strict=True)
    )


def _is_digest(paragraphs: Sequence[str]) -> bool:
    return sum(bool(_HEADLINE.match(paragraph)) for paragraph in paragraphs) >= _FEWEST


def _apart(line: Line, kind: str) -> Kinds:
    signed = _INITIALS.search(line.text) if kind == "paragraph" else None
    if not signed:
        return [(line, kind)]
    at = line.start + signed.start("initials")
    text = line.text[: signed.start()]
    return [(Line(line.start, at - 1, text), kind), (Line(at, line.end, signed["initials"]), "initials")]
