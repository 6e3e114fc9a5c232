"""The archive's page forms: the grammar of their heads, bodies and tails.

A page is a head (archive name, label, date, title, publisher, byline), a body, and a tail (source, furniture). Each
form is a row of ``HEADS``; a new form is a new row, a new furniture line a new entry of ``lines.FURNITURE``. Every
line gets a kind and every character a block.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from clippings.model import Block, Diagnostic
from clippings.page import _closing as closing
from clippings.page import _digests as digests
from clippings.page import _doubts as doubts
from clippings.page import _furniture as furniture
from clippings.page import _head_lines as head_lines
from clippings.page import _heads as heads
from clippings.page import _notices as notices
from clippings.page import _own_outlets as own_outlets
from clippings.page import _wrapping as wrapping
from clippings.page import lines as look
from clippings.page._heads import Head
from clippings.page._sites import is_rubric
from clippings.page.forms import PLAIN, Item, LaidOut, PageForm
from clippings.page.lines import FURNITURE, Line
from clippings.page.printed_dates import is_date

_PARAGRAPH_BREAK = re.compile(r"(?>\r\n|\r|\n)[ \t]*(?>\r\n|\r|\n)\s*")


class Step(NamedTuple):
    """One place in the head of a form: what stands there, how to know it, whether it may repeat.

    ``after`` asks that the line before was of that kind, and ``behind`` that it fits too; ``before`` asks that the
    next line fits as well; ``unless`` that nothing of a kind has stood here.
    """

    kind: str
    fits: Callable[[Line], bool]
    repeats: bool = False
    after: str | None = None
    behind: Callable[[Line], bool] | None = None
    before: Callable[[Line], bool] | None = None
    unless: str | None = None


def lay_out(form: str, text: str) -> LaidOut:
    r"""Cut a page of a form into blocks that partition it.

    >>> page = lay_out("F3", "DATE:\n\n02/11/2007\n\nMinsk was quiet.\n")
    >>> [block.kind for block in page.blocks if block.kind != "blank"]
    ['label', 'date', 'paragraph']
    """
    return _with_body(text, _kinds(form, text))


def lay_out_head(text: str) -> LaidOut:
    """Cut a page whose head is in no order of the archive's."""
    head = _headed(text)
    kinds = [kind for _, _, kind in head.parts] if head.size else _kinds("F2", text)
    return _with_body(text, kinds, head if head.size else None, dated="date")


def has_head(text: str) -> bool:
    """Tell whether a page has a head with labels, or one of which the archive's forms would read less."""
    above = _cut(text).above
    if head_lines.is_labelled(above) and _headed(text).keys >= _FEWEST_KEYS:
        return True
    first = above[0].text if above else ""
    if not first or first[: len(look.DATE_LABEL)].lower() == look.DATE_LABEL:
        return False
    is_dated = is_date(first)
    theirs = _FIELDS.intersection(_kinds("F4" if is_dated else "F2", text))
    if is_dated and theirs >= {"title", "byline"}:
        return False
    if "title" not in theirs or heads.may_stand(above):
        head = _headed(text)
        ours = _FIELDS.intersection(kind for _, _, kind in head.parts) if head.size else theirs
        if "date" in ours - theirs or ours > theirs:
            return True
    return not is_dated and any(map(look.is_page_date, above[1:][-closing.MOST_CLOSING :]))


class _Cut(NamedTuple):
    """The lines of a page above its tail, the kinds of its tail, and what belongs to the site."""

    found: Sequence[Line]
    above: Sequence[Line]
    tail: list[str]
    furniture: Sequence[Line]
    site: Sequence[Line]


@functools.lru_cache(maxsize=1)
def _cut(text: str) -> _Cut:
    found, running = wrapping.unwrapped(text, look.lines(text))
    found, site = furniture.apart(found)
    tail = _tail(found)
    return _Cut(found, found[: len(found) - len(tail)], tail, (*running, *site), site)


@functools.lru_cache(maxsize=2)
def _kinds(form: str, text: str) -> list[str]:
    """The kinds of the lines that a form has in its head; a page's own outlet is not its author."""
    above = _cut(text).above
    kinds = _head(above, HEADS[form], keeps_long=form == "F4")
    own = [at for at, kind in enumerate(kinds) if kind == "byline" and own_outlets.is_own(text, above, at)]
    if own:
        marked = [own_outlets.marked(line) if at in own else line for at, line in enumerate(above)]
        kinds = _head(marked, HEADS[form], keeps_long=form == "F4")
    return kinds


@functools.lru_cache(maxsize=1)
def _headed(text: str) -> Head:
    cut = _cut(text)
    above, menus = cut.above, [line.start for line in cut.site if furniture.is_menu(line.text)]
    top = [
        own_outlets.marked(line) if own_outlets.is_named_elsewhere(text, line) else line for line in above[:_MOST_HEAD]
    ]
    return closing.above_text(text, heads.read([*top, *above[_MOST_HEAD:]], menus), above)


def _with_body(text: str, head: Sequence[str], parts: Head | None = None, dated: str = "") -> LaidOut:
    """Lay out a page whose head has these kinds, one a line if its ``parts`` are not given."""
    found, _, tail, unread, site = _cut(text)
    size = parts.size if parts else len(head)
    body = found[size : len(found) - len(tail)]
    signs = closing.below_text(body, head, dated, closing.authors(text, parts) if parts else ())
    behind = zip(body[len(body) - len(signs) :], signs, strict=True)
    site = [*site, *(line for line, kind in behind if kind == "furniture")]
    body = body[: len(body) - len(signs)]
    rest = found[size:] if parts else found
    kinds = [*(() if parts else head), *["paragraph"] * len(body), *signs, *tail]
    open_: tuple[Diagnostic, ...] = ()
    if digests.may_be(body):
        rest, kinds = digests.signed_apart(list(rest), kinds)
        body = [line for line, kind in zip(rest, kinds, strict=True) if kind == "paragraph"]
        open_ = tuple(digests.told(text, body))
        items = digests.items(body, signed="initials" in kinds) if body else (Item(len(text), len(text)),)
    else:
        items = (Item(body[0].start, body[-1].end) if body else Item(len(text), len(text)),)
    lines = list(parts.parts) if parts else []
    if unread:
        kept = [*zip(rest, kinds, strict=True), *((line, "furniture") for line in unread)]
        lines = sorted([*lines, *((line.start, line.end, kind) for line, kind in kept)])
        rest, kinds = (), []
    blocks = _partition(text, rest, kinds, lines)
    doubted = doubts.told(text, blocks, is_mixed=parts is not None, is_archived="archive" in head)
    return LaidOut(blocks, items, diagnostics=(*furniture.told(text, site, body), *open_, *doubted))


def plain(text: str) -> LaidOut:
    """Lay out a text that is all body: paragraphs set apart by blank lines where there are any, else one a line."""
    edges = [0, *(edge for found in _PARAGRAPH_BREAK.finditer(text) for edge in found.span()), len(text)]
    if len(edges) == 2:
        paragraphs = list(look.lines(text))
    else:
        paragraphs = [line for edge in zip(edges[::2], edges[1::2], strict=True) if (line := _stripped(text, *edge))]
    return put(text, paragraphs, ["paragraph"] * len(paragraphs))


def _stripped(text: str, start: int, end: int) -> Line | None:
    stripped = text[start:end].strip()
    first = start + text[start:end].index(stripped)
    return Line(first, first + len(stripped), stripped) if stripped else None


def put(text: str, found: Sequence[Line], kinds: Sequence[str]) -> LaidOut:
    """Lay out lines whose kinds are known."""
    body = [line for line, kind in zip(found, kinds, strict=True) if kind == "paragraph"]
    items = digests.items(body, signed="initials" in kinds) if body else (Item(len(text), len(text)),)
    return LaidOut(_partition(text, found, kinds), items)


def _head(found: Sequence[Line], steps: Sequence[Step], *, keeps_long: bool) -> list[str]:
    """The kinds of the lines of a head; but for a standfirst, none is longer than a headline."""
    kinds: list[str] = []
    size = len(found)
    if not keeps_long:
        size = next((at for at, line in enumerate(found) if len(line.text) > look.TITLE_LENGTH), size)
    for step in steps:
        while len(kinds) < size:
            if (step.before or step.after or step.unless) and not _may_stand(step, found, kinds):
                break
            if not step.fits(found[len(kinds)]):
                break
            kinds.append(step.kind)
            if not step.repeats:
                break
    return kinds


def _may_stand(step: Step, found: Sequence[Line], kinds: Sequence[str]) -> bool:
    at = len(kinds)
    if step.before and not (at + 1 < len(found) and step.before(found[at + 1])):
        return False
    if step.after and step.after not in kinds[-1:]:
        return False
    if step.unless and step.unless in kinds:
        return False
    return not step.behind or step.behind(found[at - 1])


def _tail(found: Sequence[Line]) -> list[str]:
    furniture = _furniture_count(found)
    rest = found[: len(found) - furniture]
    return [*_source(rest), *("furniture" for _ in range(furniture))]


def _furniture_count(found: Sequence[Line]) -> int:
    """Count the lines at the end that belong to the site; each may be cut where one of them or the source precedes."""
    count = 0
    for at in range(len(found) - 1, -1, -1):
        line = found[at]
        if len(line.text) > _LONGEST_FURNITURE:
            break
        if line.text.lower() not in _FURNITURE and not (at and _is_cut(line, found[at - 1])):
            break
        count += 1
    return count


def _is_cut(line: Line, before: Line) -> bool:
    if line.text.lower() not in _CUT_FURNITURE:
        return False
    return before.text.lower() in _FURNITURE or look.is_source_label(before) or look.is_source_line(before)


def _source(found: Sequence[Line]) -> list[str]:
    for back, line in enumerate(reversed(found[-3:]), start=1):
        if look.is_source_label(line) or (back == 1 and len(found) > 1 and line.text.lower() in look.CUT_LABELS):
            return ["label", *("source_url" for _ in range(back - 1))]
    return ["source_url"] if found and look.is_source_line(found[-1]) else []


def _partition(
    text: str, found: Sequence[Line], kinds: Sequence[str], parts: Sequence[head_lines.Part] = ()
) -> tuple[Block, ...]:
    """The blocks of a page: the parts of its head, if it has lines of several, then its lines."""
    lines = ((line.start, line.end, kind) for line, kind in zip(found, kinds, strict=True))
    blocks, at = [], 0
    for start, end, kind in (*parts, *lines):
        if at < start:
            blocks.append(Block(at, start, "blank"))
        blocks.append(Block(start, end, kind))
        at = end
    if at < len(text):
        blocks.append(Block(at, len(text), "blank"))
    return tuple(blocks)


def _has_date_label(text: str) -> bool:
    return look.first_line(text).lower().startswith(look.DATE_LABEL)


def _has_date_on_top(text: str) -> bool:
    return is_date(look.first_line(text)) or any(is_date(line.text) for line in _cut(text).above[:1])


def _is_standfirst(line: Line) -> bool:
    return not look.is_bare_name(line) and not look.is_byline(line) and not look.is_named_outlet(line)


def _is_behind_standfirst(line: Line) -> bool:
    return look.is_byline(line) or look.is_bare_name(line) or look.is_page_date(line) or look.is_named_outlet(line)


def _is_headline(line: Line) -> bool:
    return " " in line.text and look.is_title(line) and not look.reads_as_sentence(line)


def _is_publisher(line: Line) -> bool:
    return look.is_listed(line) or (look.is_outlet(line) and not look.is_bare_name(line))


_FURNITURE = frozenset(name.lower() for name in FURNITURE)
_CUT_FURNITURE = frozenset(part for name in _FURNITURE for part in accumulate(name))
_LONGEST_FURNITURE = max(map(len, FURNITURE))
_FEWEST_KEYS, _MOST_HEAD = 2, 8
_FIELDS = {"date", "title", "byline", "publisher", "source_url", "dateline"}
_DATED = (Step("label", look.is_date_label), Step("date", look.is_page_date))
_CREDITED_ON = Step("credit", look.is_by_outlet, after="publisher")
_SIGNED = (
    Step("byline", look.is_byline, repeats=True),
    Step("byline", look.is_rest_of_name, after="byline", behind=look.is_unfinished),
    Step("byline", look.is_byline_on, after="byline"),
)
_NAMED = (
    Step("byline", lambda line: look.is_bare_name(line) and not notices.is_edition(line), unless="byline"),
    Step("byline", look.is_byline_on, after="byline"),
)
_NAMED_OUTLET = Step("publisher", look.is_named_outlet, unless="publisher")
_REDATED = Step("second_date", look.is_page_date)
_EDITION = Step("furniture", notices.is_edition, repeats=True)
HEADS: dict[str, tuple[Step, ...]] = {
    "F1": (
        Step("furniture", lambda line: not look.is_archive(line), repeats=True),
        Step("archive", look.is_archive),
        *_DATED,
        Step("title", look.is_title),
        Step("label", notices.is_relayed),
        _REDATED,
        _EDITION,
        Step("rubric", look.is_rubric),
        Step("rubric", look.is_heading, before=lambda line: look.is_known_outlet(line) or _is_publisher(line)),
        Step("publisher", lambda line: _is_publisher(line) or look.is_credit(line)),
        _CREDITED_ON,
        Step("byline", look.is_job, before=look.is_byline),
        *_SIGNED,
        *_NAMED,
        _NAMED_OUTLET,
        _REDATED,
        _EDITION,
    ),
    "F2": (
        Step("rubric", is_rubric, before=_is_headline),
        Step("title", look.is_title, before=lambda _: True),
        Step("title", look.is_title_alone, unless="title"),
        _EDITION,
        _NAMED_OUTLET,
        *_SIGNED,
        *_NAMED,
        _NAMED_OUTLET,
        _EDITION,
    ),
    "F3": (
        *_DATED,
        Step("publisher", lambda line: look.is_credit(line) or look.is_named_outlet(line)),
        *_SIGNED,
        _NAMED_OUTLET,
    ),
    "F4": (
        Step("date", look.is_page_date),
        Step("title", look.is_title),
        _EDITION,
        Step("standfirst", _is_standfirst, before=_is_behind_standfirst),
        *_SIGNED,
        *_NAMED,
        _REDATED,
        Step("publisher", _is_publisher),
    ),
}


FORMS = (
    PageForm("F1", look.has_archive, functools.partial(lay_out, "F1")),
    PageForm("head", has_head, lay_out_head),
    PageForm("F3", _has_date_label, functools.partial(lay_out, "F3")),
    PageForm("F4", _has_date_on_top, functools.partial(lay_out, "F4")),
    PageForm("F2", lambda _: True, functools.partial(lay_out, "F2")),
)
"""The forms of the archive, in the order in which they are asked; the last takes what is left."""
PLAIN_FORM = PageForm(PLAIN, lambda _: False, plain)
