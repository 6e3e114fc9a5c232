"""Quotation marks paired into runs, paragraph by paragraph.

Pairing is per paragraph, so that one lost mark spoils no more than its paragraph. Nothing raises, and time is linear:
every mark is looked at once, and every look is at the characters beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clippings.model import Clipping, Span

_MARK = re.compile(r"``|''|[\"“”„«»‘’'`]")
_CLOSERS = {
    "``": ("''", '"', "”"),
    "“": ("”", '"', "''"),
    "”": ("”", '"'),
    "„": ("“", "”"),
    "«": ("»",),
    '"': ('"', "''", "”"),
    "''": ("''", '"'),
    "‘": ("’", "'"),
    "'": ("'", "’", '"'),
    "`": ("'", "’"),
}
_SINGLE = frozenset("‘’'`")
_BEFORE_OPENING = frozenset(" \t\n\r\xa0([{<>—–-/\u202a\u200b\u2015…")
_GLUED = frozenset(".,:;?!")
_AFTER_CLOSING = frozenset(" \t\n\r\xa0)]}>.,:;?!—–-/…\u2015\"”'’*")
_ENDS = frozenset(".,?!…")


class Marked(NamedTuple):
    """A run between quotation marks, marks included; ``block`` is where its paragraph starts.

    ``closed`` is False where the paragraph, or what can be told of the run, ends inside it.
    """

    span: Span
    inner: Span
    block: int
    closed: bool


def find(clipping: Clipping) -> tuple[Marked, ...]:
    """Return the runs between quotation marks in the body, outermost only, in order.

    >>> from clippings import parse
    >>> clipping = parse('"We wait," he said. The “pact” holds, ‘for now,’ she wrote.', layout="plain")[0]
    >>> [marked.span.of(clipping.text) for marked in find(clipping)]
    ['"We wait,"', '“pact”', '‘for now,’']
    """
    return tuple(marked for block in clipping.paragraphs for marked in _pairs(clipping.text, block))


class _Open(NamedTuple):
    """A mark that opened a run, and how many of the kind are open inside it."""

    mark: re.Match[str]
    depth: int


def _pairs(text: str, block: Span) -> Iterator[Marked]:
    if _MARK.search(text, block.start, block.end) is None:
        return
    marks = [mark for mark in _MARK.finditer(text, block.start, block.end) if not _is_apostrophe(text, mark, block)]
    left = _closings_to_come(text, marks, block)
    ending = _last_single_close(text, marks, block)
    opened: _Open | None = None
    for mark, to_come in zip(marks, left, strict=True):
        if opened is None:
            can_close = mark[0] not in _SINGLE or mark.start() < ending
            opened = _Open(mark, 0) if can_close and _may_open(text, mark, block) else None
        elif _closes(text, opened.mark, mark, block):
            if opened.depth and to_come:
                opened = _Open(opened.mark, opened.depth - 1)
                continue
            yield Marked(
                Span(opened.mark.start(), mark.end()), Span(opened.mark.end(), mark.start()), block.start, closed=True
            )
            opened = None
        elif _opens_anew(text, opened.mark, mark, block):
            if to_come > opened.depth + 1:
                opened = _Open(opened.mark, opened.depth + 1)
                continue
            end = _trimmed(text, opened.mark.end(), mark.start())
            yield Marked(Span(opened.mark.start(), end), Span(opened.mark.end(), end), block.start, closed=False)
            opened = _Open(mark, 0)
    if opened is not None and opened.mark[0] not in _SINGLE:
        yield Marked(
            Span(opened.mark.start(), block.end), Span(opened.mark.end(), block.end), block.start, closed=False
        )


def _closings_to_come(text: str, marks: Sequence[re.Match[str]], block: Span) -> list[int]:
    """How many closing marks stand after each mark before more are opened than closed again."""
    out, count = [0] * len(marks), 0
    for at in range(len(marks) - 1, -1, -1):
        out[at] = max(count, 0)
        mark = marks[at]
        if mark[0] in _SINGLE:
            continue
        if _ends_run(text, mark, block):
            count += 1
        elif _starts_run(text, mark, block):
            count = max(0, count - 1)
    return out


def _last_single_close(text: str, marks: Sequence[re.Match[str]], block: Span) -> int:
    """Where the last mark stands that can close a run opened by a single one; a single mark after it is no quote."""
    singles = (mark for mark in reversed(marks) if mark[0] in "\"'’" and _closes_single(text, mark, block))
    return next((mark.start() for mark in singles), -1)


def _is_apostrophe(text: str, mark: re.Match[str], block: Span) -> bool:
    """A single mark inside a word, or in front of a clipped one (``'90s``), sets nothing apart."""
    if mark[0] not in _SINGLE:
        return False
    before = text[mark.start() - 1] if mark.start() > block.start else " "
    after = text[mark.end()] if mark.end() < block.end else " "
    if mark[0] == "’" or mark[0] == "'":
        return (before.isalnum() and after.isalnum()) or (not before.isalnum() and after.isdigit())
    return before.isalnum() and after.isalnum()


def _starts_run(text: str, mark: re.Match[str], block: Span) -> bool:
    at, end = mark.start(), mark.end()
    if end >= block.end or text[end].isspace():
        return False
    return at == block.start or text[at - 1] in _BEFORE_OPENING or text[at - 1] in "\"“‘'`"


def _ends_run(text: str, mark: re.Match[str], block: Span) -> bool:
    at, end = mark.start(), mark.end()
    if at == block.start or text[at - 1].isspace():
        return False
    return end >= block.end or text[end] in _AFTER_CLOSING


def _may_open(text: str, mark: re.Match[str], block: Span) -> bool:
    """A mark at the start of a word, or glued to the sentence before it, may open; one in a tag (``id="7"``) not."""
    if mark[0] in _SINGLE:
        return mark[0] in _CLOSERS and mark[0] != "’" and _starts_run(text, mark, block)
    if mark[0] not in _CLOSERS:
        return False
    at, end = mark.start(), mark.end()
    if _starts_run(text, mark, block):
        return True
    if mark[0] in ("“", "„", "«", "``"):
        return end < block.end and (not text[end].isspace() or mark[0] != "“" or _blank_opens(text, at, block))
    if at == block.start or text[at - 1].isspace():
        return end < block.end and text[end] == " " and _blank_opens(text, at, block)
    return text[at - 1] in _GLUED and end < block.end and text[end].isupper()


def _blank_opens(text: str, at: int, block: Span) -> bool:
    """A mark with blanks on both sides opens at the start of a paragraph, or behind a comma or a colon."""
    before = (
        text[block.start : at].rstrip()[-1:]
        if at - block.start < 3
        else text[max(block.start, at - 2) : at].rstrip()[-1:]
    )
    return not before or before in ",:"


def _closes(text: str, opened: re.Match[str], mark: re.Match[str], block: Span) -> bool:
    kind, at, end = mark[0], mark.start(), mark.end()
    if opened[0] in _SINGLE:
        return kind in _CLOSERS[opened[0]] and _closes_single(text, mark, block)
    if kind == "“" and opened[0] in ("“", '"'):
        return _ends_run(text, mark, block)
    if kind not in _CLOSERS[opened[0]]:
        return False
    if kind == '"' or kind == "”" or kind == "''":
        before_blank = text[at - 1].isspace()
        after_letter = end < block.end and (text[end].isalnum() or text[end] in "‘'[$")
        return not (before_blank and after_letter)
    return True


def _closes_single(text: str, mark: re.Match[str], block: Span) -> bool:
    """A single mark closes behind a mark of the sentence; behind a letter it does so where no genitive can stand."""
    at, end = mark.start(), mark.end()
    if not _ends_run(text, mark, block):
        return False
    if mark[0] == '"':
        return text[at - 1] in _ENDS
    if text[at - 1] in _ENDS or text[at - 1] != "s":
        return True
    return not (end + 1 < block.end and text[end] == " " and text[end + 1].islower())


def _opens_anew(text: str, opened: re.Match[str], mark: re.Match[str], block: Span) -> bool:
    """Tell whether a mark of the kind that is open opens again, so that one is nested or one was lost."""
    if mark[0] in _SINGLE or opened[0] in _SINGLE:
        return False
    if mark[0] not in ("“", "``", "«", '"', opened[0]):
        return False
    return mark[0] in _CLOSERS and _starts_run(text, mark, block) and mark[0] == opened[0]


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
