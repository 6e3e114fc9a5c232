"""Quotation marks paired into runs, paragraph by paragraph.

Pairing is per paragraph, so that one lost mark spoils no more than its paragraph. Nothing raises, and time is linear:
every mark is looked at once, and every look is at the characters beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from clippings.model import Clipping, Span

_FIRST = "\"“”„«»‘’'`"
# A mark, two single ones that stand for a double one, but no single mark inside a word.
_MARK = re.compile(rf"[{_FIRST}](?:(?<=`)`|(?<=')'|(?<![^\W_][‘’'`])|(?![^\W_]))")
_CLIPPED = re.compile(r"\d|(?:em|n|s|t|til)\b")
_WORD = re.compile(r"[^\W_]")
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
_OPENING = frozenset(["“", "„", "«", "``"])
_APOSTROPHES = frozenset("'’")
_BEFORE_OPENING = frozenset(" \t\n\r\xa0([{<>—–-/\u202a\u200b\u2015…\"“‘'`")
_GLUED = frozenset(".,:;?!")
_AFTER_CLOSING = frozenset(" \t\n\r\xa0)]}>.,:;?!—–-/…\u2015\"”'’*")
_ENDS = frozenset(".,?!…")


class Marked(msgspec.Struct, frozen=True, gc=False):
    """A run between quotation marks, marks included; ``block`` is where its paragraph starts.

    ``closed`` is False where the paragraph, or what can be told of the run, ends inside it.
    """

    span: Span
    inner: Span
    block: int
    closed: bool


def find(clipping: Clipping) -> tuple[Marked, ...]:
    """Return the runs between quotation marks in the body, outermost only, in order; marks around no word are none.

    >>> from clippings import parse
    >>> clipping = parse('"We wait," he said. The “pact” holds, ‘for now,’ she wrote.', layout="plain")[0]
    >>> [marked.span.of(clipping.text) for marked in find(clipping)]
    ['"We wait,"', '“pact”', '‘for now,’']
    """
    found: list[Marked] = []
    offsets = _offsets(clipping.text, clipping.body)
    for block in clipping.paragraphs if offsets else ():
        at = block.start
        here = offsets[bisect_left(offsets, at) : bisect_left(offsets, block.end)]
        if not here:
            continue
        text = clipping.text[at : block.end]
        for start, first, last, end, closed in _runs(text, _marks(text, [offset - at for offset in here])):
            if _WORD.search(text, first, last):
                found.append(Marked(Span(at + start, at + end), Span(at + first, at + last), at, closed))
    return tuple(found)


class _Mark(msgspec.Struct, frozen=True, gc=False):
    """A quotation mark of a paragraph and where it stands."""

    kind: str
    start: int
    end: int


def _offsets(text: str, body: Span) -> list[int]:
    """Where a mark may stand; each character is looked for on its own, which is ten times faster than all at once."""
    offsets: list[int] = []
    for char in _FIRST:
        at = text.find(char, body.start, body.end)
        while at >= 0:
            offsets.append(at)
            at = text.find(char, at + 1, body.end)
    offsets.sort()
    return offsets


def _marks(text: str, offsets: Iterable[int]) -> list[_Mark]:
    """Return the quotation marks of a paragraph, but none in front of what is clipped (``'90s``, ``in 't Veld``)."""
    marks: list[_Mark] = []
    end = 0
    for start in offsets:
        found = _MARK.match(text, start) if start >= end else None
        if not found:
            continue
        end = found.end()
        if found[0] not in _APOSTROPHES or not _CLIPPED.match(text, end):
            marks.append(_Mark(found[0], start, end))
    return marks


def _runs(text: str, marks: Sequence[_Mark]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield where each run starts, where its words start and end, where it ends, and if it is closed."""
    left: list[int] = []
    ending: int | None = None
    opened, depth = None, 0
    for number, mark in enumerate(marks):
        if opened is None:
            if not _may_open(text, mark) and not _opens_blank(text, marks, number):
                continue
            if mark.kind in _SINGLE:
                ending = _last_single_close(text, marks) if ending is None else ending
                if mark.start >= ending:
                    continue
            opened, depth = mark, 0
        elif _closes(text, opened, mark):
            if depth and left[number]:
                depth -= 1
                continue
            yield opened.start, opened.end, mark.start, mark.end, True
            opened = None
        elif _opens_anew(text, opened, mark):
            if not left:
                left = _closings_to_come(text, marks)
            if left[number] > depth + 1:
                depth += 1
                continue
            end = _trimmed(text, opened.end, mark.start)
            yield opened.start, opened.end, end, end, False
            opened, depth = mark, 0
    if opened is not None and opened.kind not in _SINGLE:
        yield opened.start, opened.end, len(text), len(text), False


def _closings_to_come(text: str, marks: Sequence[_Mark]) -> list[int]:
    """How many closing marks stand after each mark before more are opened than closed again."""
    out, count = [0] * len(marks), 0
    for at in range(len(marks) - 1, -1, -1):
        out[at] = max(count, 0)
        mark = marks[at]
        if mark.kind in _SINGLE:
            continue
        if _ends_run(text, mark):
            count += 1
        elif _starts_run(text, mark):
            count = max(0, count - 1)
    return out


def _last_single_close(text: str, marks: Sequence[_Mark]) -> int:
    """Where the last mark stands that can close a run opened by a single one; a single mark after it is no quote."""
    singles = (mark for mark in reversed(marks) if mark.kind in "\"'’" and _closes_single(text, mark))
    return next((mark.start for mark in singles), -1)


def _starts_run(text: str, mark: _Mark) -> bool:
    at, end = mark.start, mark.end
    if end >= len(text) or text[end].isspace():
        return False
    return at == 0 or text[at - 1] in _BEFORE_OPENING


def _ends_run(text: str, mark: _Mark) -> bool:
    at, end = mark.start, mark.end
    if at == 0 or text[at - 1].isspace():
        return False
    return end >= len(text) or text[end] in _AFTER_CLOSING


def _may_open(text: str, mark: _Mark) -> bool:
    """A mark at the start of a word, or glued to the sentence before it, may open; one in a tag (``id="7"``) not."""
    kind, at, end = mark.kind, mark.start, mark.end
    is_start = _starts_run(text, mark)
    if is_start or kind in _SINGLE or kind not in _CLOSERS:
        return is_start and kind in _CLOSERS
    if kind in _OPENING:
        return end < len(text) and (not text[end].isspace() or kind != "“" or text[at - 1 : at].isspace() or not at)
    if at == 0 or text[at - 1].isspace():
        return end < len(text) and text[end] == " " and _blank_opens(text, at)
    return text[at - 1] in _GLUED and end < len(text) and text[end].isupper()


def _opens_blank(text: str, marks: Sequence[_Mark], number: int) -> bool:
    """A mark with blanks on both sides opens where the next one of its paragraph can only close."""
    mark, *then = marks[number : number + 2]
    if mark.kind in _SINGLE or mark.kind != '"' or not then or then[0].kind not in _CLOSERS[mark.kind]:
        return False
    is_blank = text[max(0, mark.start - 1) : mark.start].isspace() and text[mark.end : mark.end + 1].isspace()
    is_closing = not _starts_run(text, then[0]) or text[then[0].end] in _GLUED
    return is_blank and is_closing and _closes(text, mark, then[0])


def _blank_opens(text: str, at: int) -> bool:
    """A mark with blanks on both sides opens at the start of a paragraph, or behind a comma or a colon."""
    before = text[max(0, at - 2) : at].rstrip()[-1:]
    return not before or before in ",:"


def _closes(text: str, opened: _Mark, mark: _Mark) -> bool:
    kind, at, end = mark.kind, mark.start, mark.end
    if opened.kind in _SINGLE:
        return kind in _CLOSERS[opened.kind] and _closes_single(text, mark)
    if kind == "“" and opened.kind in ("“", '"'):
        return _ends_run(text, mark)
    after_letter = end < len(text) and (text[end].isalnum() or text[end] in "‘'[$")
    is_opening = kind in ('"', "”", "''") and text[at - 1].isspace() and after_letter
    return kind in _CLOSERS[opened.kind] and not is_opening


def _closes_single(text: str, mark: _Mark) -> bool:
    """A single mark closes behind a mark of the sentence; behind a letter it does so where no genitive can stand."""
    at, end = mark.start, mark.end
    may_own = text[at - 1] == "s" and text[end : end + 1] == " " and text[end + 1 : end + 2].islower()
    return _ends_run(text, mark) and (text[at - 1] in _ENDS if mark.kind == '"' else not may_own)


def _opens_anew(text: str, opened: _Mark, mark: _Mark) -> bool:
    """Tell whether a mark of the kind that is open opens again, so that one is nested or one was lost."""
    return mark.kind == opened.kind and mark.kind not in _SINGLE and _starts_run(text, mark)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
