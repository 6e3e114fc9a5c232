"""Several items on one page: a digest, whose items open with a headline in capitals and close with initials."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clippings.lines import Line
from clippings.model import Block, Span

_CAPITALS = r"(?:\.\.\.)?[A-Z0-9][A-Z0-9 ,.'’\"“”&/:;?!$%()-]{11,118}"
_HEADLINE = re.compile(_CAPITALS + r"[.?!…] (?=[A-Z0-9\"“])(?=\S{0,30}?[a-z]|\S [a-z])")
_HEADING = re.compile(_CAPITALS + "$")
_INITIALS = re.compile(r"(?:^|(?<=[.!?\"”'’)]) )(?P<initials>\(?[A-Z]{2,3}(?:/[A-Z]{2,3})?\)?)$")
_LONGEST_INITIALS = 12
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
    if len(heads) < _FEWEST and any(block.kind == "initials" for block in blocks):
        heads = [at for at, block in enumerate(paragraphs) if _HEADING.match(text, block.start, block.end)]
    starts = [0, *(at for at in heads if at)] if len(heads) >= _FEWEST else [0]
    return tuple(
        Span(paragraphs[first].start, paragraphs[after - 1].end)
        for first, after in zip(starts, [*starts[1:], len(paragraphs)], strict=True)
    )


def _is_digest(paragraphs: Sequence[str]) -> bool:
    """Headlines that open paragraphs, or stand above those that are signed; headings alone part one text."""
    if sum(bool(_HEADLINE.match(paragraph)) for paragraph in paragraphs) >= _FEWEST:
        return True
    headings = sum(bool(_HEADING.match(paragraph)) for paragraph in paragraphs)
    return headings >= _FEWEST and sum(bool(_signed(paragraph)) for paragraph in paragraphs) >= _FEWEST


def _apart(line: Line, kind: str) -> Kinds:
    signed = _signed(line.text) if kind == "paragraph" else None
    if not signed:
        return [(line, kind)]
    at = line.start + signed.start("initials")
    initials = Line(at, at + len(signed["initials"]), signed["initials"]), "initials"
    text = line.text[: signed.start()]
    return [(Line(line.start, at - 1, text), kind), initials] if text else [initials]


def _signed(paragraph: str) -> re.Match[str] | None:
    return _INITIALS.search(paragraph, max(0, len(paragraph) - _LONGEST_INITIALS))
