"""Several items on one page: a digest, whose items open with a headline in capitals and close with initials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from clippings import diagnostics
from clippings.model import Diagnostic
from clippings.page import lines as look
from clippings.page.forms import Item
from clippings.page.lines import Line

_HEADING = re.compile(look.CAPITALS + "$")
_NUMBERED = re.compile(r"(?P<number>\d+)[.)] (?=[A-Z]).{4,108}[^.?!:;,\s]$")
_INITIALS = re.compile(r"(?:^|(?<=[.!?\"”'’)]) )(?P<initials>\(?[A-Z]{2,3}(?:/[A-Z]{2,3})?\)?)$")
_FEWEST = 2


def may_be(body: Sequence[Line]) -> bool:
    """Tell whether a body may be a digest: two of its paragraphs begin in capitals."""
    return sum([line.text[:3] == line.text[:3].upper() for line in body]) >= _FEWEST


def told(text: str, paragraphs: Sequence[Line]) -> Iterator[Diagnostic]:
    """Say that numbered headlines may part a text that is read as one."""
    heads = _numbered(paragraphs)
    if len(heads) >= _FEWEST and not all(look.opens_item(paragraphs[at]) for at in heads):
        second = paragraphs[heads[1]]
        yield diagnostics.at("CLP216", text, second.start, count=len(heads), printed=second.text)


def signed_apart(found: list[Line], kinds: list[str]) -> tuple[list[Line], list[str]]:
    """Set the initials that sign an item apart from its paragraph; a page that is no digest stays as it is."""
    if not _is_digest([line.text for line, kind in zip(found, kinds, strict=True) if kind == "paragraph"]):
        return found, kinds
    parts = [part for line, kind in zip(found, kinds, strict=True) for part in _apart(line, kind)]
    return [line for line, _ in parts], [kind for _, kind in parts]


def items(paragraphs: Sequence[Line], *, signed: bool = False) -> tuple[Item, ...]:
    """Return the extent of each item, from one headline in capitals to the next; the whole body if there is none.

    Args:
        paragraphs: those of the body, one at least.
        signed: whether initials sign the items, so that headlines may stand on lines of their own.
    """
    heads = _heads(paragraphs, signed=signed)
    starts = [0, *(at for at in heads if at)] if len(heads) >= _FEWEST else [0]
    return tuple(
        Item(paragraphs[first].start, paragraphs[after - 1].end)
        for first, after in zip(starts, [*starts[1:], len(paragraphs)], strict=True)
    )


def _heads(paragraphs: Sequence[Line], *, signed: bool) -> list[int]:
    """Where the paragraphs stand that open with a headline, or are one; these alone part one text."""
    numbered = _numbered(paragraphs)
    if len(numbered) >= _FEWEST and all(look.opens_item(paragraphs[at]) for at in numbered):
        return numbered
    heads = [at for at, line in enumerate(paragraphs) if look.ITEM_HEADLINE.match(line.text)]
    if len(heads) >= _FEWEST or not signed:
        return heads
    return [at for at, line in enumerate(paragraphs) if _HEADING.match(line.text)]


def _numbered(paragraphs: Sequence[Line]) -> list[int]:
    """Where headlines stand that are numbered from 1, each above a paragraph that is none."""
    found: list[int] = []
    for at, (line, after) in enumerate(pairwise(paragraphs)):
        numbered = _NUMBERED.match(line.text)
        if numbered and numbered["number"] == str(len(found) + 1) and not _NUMBERED.match(after.text):
            found.append(at)
    return found


def _is_digest(paragraphs: Sequence[str]) -> bool:
    """Headlines that open paragraphs, or stand above those that are signed; headings alone part one text."""
    if sum(bool(look.ITEM_HEADLINE.match(paragraph)) for paragraph in paragraphs) >= _FEWEST:
        return True
    headings = sum(bool(_HEADING.match(paragraph)) for paragraph in paragraphs)
    return headings >= _FEWEST and sum(bool(_signed(paragraph)) for paragraph in paragraphs) >= _FEWEST


def _apart(line: Line, kind: str) -> list[tuple[Line, str]]:
    signed = _signed(line.text) if kind == "paragraph" else None
    if not signed:
        return [(line, kind)]
    at = line.start + signed.start("initials")
    initials = Line(at, at + len(signed["initials"]), signed["initials"]), "initials"
    text = line.text[: signed.start()]
    return [(Line(line.start, at - 1, text), kind), initials] if text else [initials]


def _signed(paragraph: str) -> re.Match[str] | None:
    return _INITIALS.search(paragraph)
