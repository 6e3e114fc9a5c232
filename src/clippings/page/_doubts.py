"""What the head of a page leaves open: a line that may be the headline, and an outlet told by its look alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from clippings import diagnostics
from clippings.model import Block, Diagnostic
from clippings.page import _notices as notices
from clippings.page import lines as look
from clippings.page._head_lines import is_rubric
from clippings.page.lines import Line
from clippings.page.printed_dates import is_date, looks_like_date
from clippings.places import position

_LONGEST, _MOST_NAMES, _FIRST = 110, 2, 3
_STOP = re.compile(r"[.:;,][\"')\]”’]*$|[?!][\"')\]”’]+$|[\"”’]$|^\(.*\)$")
_POINT = re.compile(r"(?:[-*•–—]|\(?\w{1,2}[.)])\s")
_READ_AS = {
    "rubric": "a heading above it",
    "standfirst": "a line below it",
    "paragraph": "the first line of the text",
    "byline": "the author",
}


def told(text: str, blocks: Sequence[Block], *, is_mixed: bool, is_archived: bool = False) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each line that may be the headline, and for an outlet that only its look tells.

    Args:
        text: the page.
        blocks: its blocks.
        is_mixed: whether the head is in no order of a form, so that an outlet is told by its look.
        is_archived: whether the archive's own head stands above it, whose lines are in order.
    """
    shown = [block for block in blocks if block.kind != "blank"]
    body = [block for block in shown if block.kind == "paragraph"][:_FIRST]
    for block, may in ((block, _of_head(_line(text, block))) for block in body):
        if may:
            yield _of(text, block, may, "a line of the text")
    if is_archived:
        return
    titled = next((block for block in shown if block.kind == "title"), None)
    unsigned = _unsigned(text, shown) if is_mixed and titled is None else ()
    for block in (*unsigned, *_beside(shown, titled), *_opening(shown)):
        line = _line(text, block)
        if _may_be_title(line) and not (titled and line.text == titled.of(text)):
            yield _of(text, block, "the headline", _READ_AS[block.kind])
    if titled and is_rubric(_line(text, titled)):
        yield _of(text, titled, "a heading", "the headline")
    for block in _beside_date(text, shown, titled) if is_mixed else ():
        yield _of(text, block, "the outlet", _READ_AS["byline"])
    for at, block in enumerate(_unsigned(text, shown) if is_mixed and titled else ()):
        if len(look.byline_names(block.of(text)).split()) > _MOST_NAMES or (at and look.is_person(block.of(text))):
            yield _of(text, block, "no author", _READ_AS["byline"])
    start = body[0].start if body else len(text)
    for block in shown:
        is_open = block.kind == "publisher" and (is_mixed or block.start > start)
        if is_open and not _is_named(_line(text, block)):
            yield _of(text, block, "no outlet", "the outlet")


def _of_head(line: Line) -> str:
    """What a line of the text may be of the head: an author, a day, an outlet of the table."""
    if look.is_byline(line) and look.is_name(look.byline_names(line.text)):
        return "the author"
    if is_date(line.text):
        return "the date"
    return "the outlet" if look.is_listed(line) or look.is_by_outlet(line) else ""


def _unsigned(text: str, shown: Sequence[Block]) -> Iterator[Block]:
    """Authors that nothing introduces."""
    lines = ((block, _line(text, block)) for block in shown if block.kind == "byline")
    yield from (block for block, line in lines if not (look.is_byline(line) or look.is_byline_on(line)))


def _beside_date(text: str, shown: Sequence[Block], titled: Block | None) -> Iterator[Block]:
    """Authors whom nothing introduces, on the line of the date or above the headline, of a page without an outlet."""
    if any(block.kind == "publisher" for block in shown):
        return
    for block in _unsigned(text, shown):
        dates = (day for day in shown if day.kind == "date")
        is_above = titled is not None and block.start < titled.start
        if is_above or any("\n" not in text[min(day.end, block.end) : max(day.start, block.start)] for day in dates):
            yield block


def _beside(shown: Sequence[Block], titled: Block | None) -> Iterator[Block]:
    """Lines of the head that stand above the headline, or right below it."""
    if titled is None:
        return
    yield from (block for block in shown if block.kind == "rubric" and block.start < titled.start)
    yield from (after for block, after in pairwise(shown) if block is titled and after.kind == "standfirst")


def _opening(shown: Sequence[Block]) -> Iterator[Block]:
    """The first paragraph, where another follows."""
    body = [block for block in shown if block.kind == "paragraph"][:2]
    yield from body[:1] if len(body) > 1 else ()


def _may_be_title(line: Line) -> bool:
    is_short = len(line.text) <= _LONGEST and "\n" not in line.text and not looks_like_date(line.text)
    return is_short and not (_STOP.search(line.text) or _POINT.match(line.text) or is_rubric(line))


def _is_named(line: Line) -> bool:
    return look.is_named_outlet(line) or look.is_by_outlet(line) or look.is_credit(line) or notices.is_copyright(line)


def _line(text: str, block: Block) -> Line:
    return Line(block.start, block.end, block.of(text))


def _of(text: str, block: Block, may: str, read_as: str) -> Diagnostic:
    line, column = position(text, block.start)
    return diagnostics.make("CLP215", line=line, column=column, printed=block.of(text), may=may, read_as=read_as)
