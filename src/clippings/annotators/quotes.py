"""Quotations: marks paired paragraph by paragraph, and what kind of quotation each is.

Pairing is per paragraph, so that one lost mark spoils no more than its paragraph. Nothing raises, and time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from clippings.model import Clipping, Span

_MARK = re.compile(r"``|''|[\"“”„«»]")
_CLOSERS = {
    "``": ("''", '"'),
    "“": ("”", '"'),
    "„": ("“", "”"),
    "«": ("»",),
    '"': ('"', "''", "”"),
    "''": ("''", '"'),
}
_SENTENCE_MARKS = (".", ",", "?", "!", "-", "…")
_FEW_WORDS = 3


class Marked(NamedTuple):
    """A run between quotation marks, marks included; ``block`` is where its paragraph starts.

    ``closed`` is False where the paragraph ends inside the run.
    """

    span: Span
    inner: Span
    block: int
    closed: bool


def find(clipping: Clipping) -> tuple[Marked, ...]:
    """Return the runs between quotation marks in the body, outermost only, in order.

    >>> from clippings import parse
    >>> clipping = parse('"We wait," he said. The “pact” holds.', layout="plain")[0]
    >>> [marked.span.of(clipping.text) for marked in find(clipping)]
    ['"We wait,"', '“pact”']
    """
    return tuple(marked for block in clipping.paragraphs for marked in _pairs(clipping.text, block))


def kind(text: str, marked: Marked, *, attributed: bool) -> str:
    """Tell speech from a fragment inside a reporting sentence (mixed) and from words set apart (scare).

    Words that stop at a mark of the sentence, or a run that no source is tied to but that ends the speech of a whole
    paragraph, are speech; a fragment is mixed where a source is tied to it and scare where none is.
    """
    inner = marked.inner.of(text).rstrip()
    if inner.endswith(_SENTENCE_MARKS) and len(inner.split()) >= _FEW_WORDS:
        return "speech"
    if not marked.closed:
        return "speech"
    return "mixed" if attributed else "scare"


def _pairs(text: str, block: Span) -> Iterator[Marked]:
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text, block.start, block.end):
        if opened is None:
            opened = mark if _may_open(text, mark, block) else None
        elif mark[0] in _CLOSERS[opened[0]] and _may_close(text, mark, block):
            yield Marked(Span(opened.start(), mark.end()), Span(opened.end(), mark.start()), block.start, closed=True)
            opened = None
    if opened is not None:
        yield Marked(Span(opened.start(), block.end), Span(opened.end(), block.end), block.start, closed=False)


def _may_open(text: str, mark: re.Match[str], block: Span) -> bool:
    follows = mark.end() < block.end and not text[mark.end()].isspace()
    return mark[0] in _CLOSERS and follows


def _may_close(text: str, mark: re.Match[str], block: Span) -> bool:
    """A straight mark after a blank and before a letter opens; it does not close what is open."""
    if mark[0] != '"':
        return True
    before_blank = text[mark.start() - 1].isspace()
    after_letter = mark.end() < block.end and text[mark.end()].isalnum()
    return not (before_blank and after_letter)
