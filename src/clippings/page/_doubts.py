"""What the head of a page leaves open: a line that may be the headline, and an outlet told by its look alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from clippings import diagnostics
from clippings.model import Block, Diagnostic
from clippings.page import _notices as notices
from clippings.page import lines as look
from clippings.page._head_lines import is_labelled
from clippings.page._sites import is_rubric
from clippings.page.lines import Line
from clippings.page.printed_dates import is_date, looks_like_date

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
    yield from _of_the_head(text, shown)
    yield from _of_another(text, shown)
    yield from _places(text, shown)
    if is_archived:
        yield from _below_the_archive(text, shown)
        return
    titled = next((block for block in shown if block.kind == "title"), None)
    unsigned = _unsigned(text, shown) if is_mixed and titled is None else ()
    for block in (*unsigned, *_beside(shown, titled), *_opening(shown)):
        line = _line(text, block)
        if _may_be_title(line) and not (titled and line.text == titled.of(text)):
            yield _of(text, block, "the headline", _READ_AS[block.kind])
    if titled and is_rubric(_line(text, titled)):
        yield _of(text, titled, "a heading", "the headline")
    if is_mixed:
        yield from _authors(text, shown, titled)
    start = next((block.start for block in shown if block.kind == "paragraph"), len(text))
    for block in shown:
        is_open = block.kind == "publisher" and (is_mixed or block.start > start)
        if is_open and not _is_named(_line(text, block)):
            yield _of(text, block, "no outlet", "the outlet")


def of_body(text: str, blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each of the first lines of a text that may be of its head."""
    shown = [block for block in blocks if block.kind != "blank"]
    head = [*_of_the_head(text, shown)]
    yield from head
    for block in _opening(shown) if not head else ():
        if _may_be_title(_line(text, block)):
            yield _of(text, block, "of the head", _READ_AS["paragraph"])


def _of_the_head(text: str, shown: Sequence[Block]) -> Iterator[Diagnostic]:
    """Lines of the head that were left among the first of the text."""
    for block in [block for block in shown if block.kind == "paragraph"][:_FIRST]:
        may = _of_head(_line(text, block))
        if may:
            yield _of(text, block, may, "a line of the text")


def _of_another(text: str, shown: Sequence[Block]) -> Iterator[Diagnostic]:
    """The first two lines within the text that are of a head: another article begins there."""
    body = [block for block in shown if block.kind == "paragraph"][_FIRST:-1]
    short = [_line(text, block) if block.end - block.start <= _LONGEST else None for block in body]
    below: str | None = None
    for at, (line, after) in enumerate(pairwise(short)):
        if line is None or after is None:
            below = None
            continue
        part, below = _part_of_head(line) if below is None else below, _part_of_head(after)
        if (part and below and part != below) or is_labelled((line, after)):
            yield _of(text, body[at], "of the head of another article", "a line of the text")
            return


def _part_of_head(line: Line) -> str:
    """What a line of the text may be of a head, an outlet by its very name too."""
    return _of_head(line) or ("the outlet" if look.is_named_outlet(line) else "")


def _places(text: str, shown: Sequence[Block]) -> Iterator[Diagnostic]:
    """The second of two names that a comma joins: an author, or where the first one wrote."""
    for block in shown:
        _, comma, last = block.of(text).rpartition(", ") if block.kind == "byline" else ("", "", "")
        place = Block(block.end - len(last), block.end, "byline")
        is_person = comma and look.is_person(last) and not look.is_job(_line(text, place))
        if is_person and look.is_name(look.byline_names(block.of(text))):
            yield _of(text, place, "a place", "an author")


def _below_the_archive(text: str, shown: Sequence[Block]) -> Iterator[Diagnostic]:
    """An outlet of one word that nothing else names, and a short line where the text begins."""
    addresses = " ".join(block.of(text).lower() for block in shown if block.kind == "source_url")
    for block in shown:
        is_word = block.kind == "publisher" and block.of(text).isalpha()
        if is_word and not _is_named(_line(text, block)) and block.of(text).lower() not in addresses:
            yield _of(text, block, "no outlet", "the outlet")
    for block in _opening(shown):
        line = _line(text, block)
        if _may_be_title(line) and not (_of_head(line) or look.is_dateline(line)):
            yield _of(text, block, "of the head", _READ_AS["paragraph"])


def _authors(text: str, shown: Sequence[Block], titled: Block | None) -> Iterator[Diagnostic]:
    """Authors that nothing introduces: an outlet, or more words than a name has."""
    beside = [*_beside_date(text, shown, titled)]
    yield from (_of(text, block, "the outlet", _READ_AS["byline"]) for block in beside)
    for at, block in enumerate(_unsigned(text, shown) if titled else ()):
        is_above = titled is not None and block.start < titled.start and block not in beside
        is_again = at > 0 and look.is_person(block.of(text))
        if len(look.byline_names(block.of(text)).split()) > _MOST_NAMES or is_again or is_above:
            yield _of(text, block, "no author", _READ_AS["byline"])


def _of_head(line: Line) -> str:
    """What a line of the text may be of the head: an author, a day, an outlet of the table."""
    if look.is_byline(line) and look.is_name(look.byline_names(line.text)):
        return "the author"
    if is_date(line.text):
        return "the date"
    return "the outlet" if look.is_listed(line) or look.is_by_outlet(line) else ""


def _unsigned(text: str, shown: Sequence[Block]) -> Iterator[Block]:
    """Authors that nothing introduces."""
    for block in (block for block in shown if block.kind == "byline"):
        line = _line(text, block)
        is_labelled = text[: block.start].rstrip().endswith(":")
        if not (is_labelled or look.is_byline(line) or look.is_byline_on(line)):
            yield block


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
    return diagnostics.at("CLP215", text, block.start, printed=block.of(text), may=may, read_as=read_as)
