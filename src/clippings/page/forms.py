"""What a page form is and what it returns: a text's blocks and items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from clippings.model import Block, Diagnostic, Field, Span
from clippings.places import starting_in

AUTO, PLAIN = "auto", "plain"
Layout = str
"""``auto``, ``plain``, or the name of a page form."""
KINDS = (
    *("archive", "label", "date", "second_date", "title", "rubric", "publisher", "credit", "byline", "dateline"),
    *("standfirst", "paragraph", "initials", "source_url", "furniture", "blank"),
)
"""What a block can be, as ``Block`` says."""


class Item(Span, frozen=True, gc=False):
    """An item of a page: the place of its body, and where its fields come from.

    Attributes:
        start: where the body begins, in code points of the page.
        end: where it ends.
        page: the place of the item with its head; title, date, outlet and byline are read from the blocks in it. None
            for the whole text.
        fields: fields that the form knows itself, by name; they override those read from the blocks.
    """

    page: Span | None = None
    fields: Mapping[str, Field] = {}


class LaidOut(NamedTuple):
    """A page as its form lays it out: its blocks, and the clippings in it.

    Attributes:
        blocks: they partition the text of the page.
        items: the clippings of the page, in order.
        form: the name of the form; filled in by the library.
        diagnostics: what the form reports of the page.
    """

    blocks: tuple[Block, ...]
    items: tuple[Item, ...]
    form: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


class PageForm(NamedTuple):
    r"""A kind of page: its ``name``, how to know one, and how to lay it out.

    ``matches`` is given the text of a page and says whether it is one of these; ``lay_out`` is given the same text and
    returns its blocks and items, as ``laid_out`` makes them. A form in ten lines:

    >>> import clippings as cl
    >>> KINDS = {"ZCZC": "furniture", "Slug": "title", "Sent": "date", "From": "publisher"}
    >>> def wire(text):
    ...     parts, at = [], 0
    ...     for line in text.split("\n"):
    ...         label, _, words = line.partition(": ")
    ...         kind = KINDS.get(label, "paragraph")
    ...         if line.strip():
    ...             parts.append(Block(at + len(line) - len(words or line), at + len(line), kind))
    ...         at += len(line) + 1
    ...     return laid_out(text, parts)
    >>> form = PageForm("wire", lambda text: text.startswith("ZCZC"), wire)
    >>> with cl.register_page_form(form):
    ...     (clipping,) = cl.parse("ZCZC\nSlug: Talks in Minsk\nSent: 2 November 2007\nFrom: BelTA\n\nThey met.\n")
    >>> clipping.form, clipping.title, clipping.date, clipping.outlet, clipping.paragraphs[0].of(clipping.text)
    ('wire', 'Talks in Minsk', '2007-11-02', 'BelTA', 'They met.')
    """

    name: str
    matches: Callable[[str], bool]
    lay_out: Callable[[str], LaidOut]


class FormError(ValueError):
    """What a form returned is no layout of the text; the message says why."""


def laid_out(text: str, parts: Iterable[Block], items: Sequence[Item] = ()) -> LaidOut:
    r"""Lay out a page of which some parts are known, in order.

    What stands between two parts is a block of its own: ``blank``, or ``furniture`` if it holds words.

    Args:
        text: the page.
        parts: blocks that do not overlap, their places in code points of ``text``.
        items: the clippings of the page; without them it is one, from its first paragraph to its last.

    >>> laid_out("Talks\n\nThey met.", [Block(0, 5, "title"), Block(7, 16, "paragraph")]).items
    (Item(start=7, end=16, page=None, fields={}),)
    """
    blocks = list(parts)
    edges = [0, *(edge for block in blocks for edge in (block.start, block.end)), len(text)]
    gaps = [Block(start, end, "furniture" if text[start:end].strip() else "blank")
            for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]  # fmt: skip
    whole = Item(*_body(blocks, len(text)))
    return LaidOut(tuple(sorted([*blocks, *gaps], key=lambda block: block.start)), tuple(items) or (whole,))


def document(parts: Sequence[Block], page: Span, **fields: Field) -> Item:
    """Return one of several documents of a text: its extent, and the body among the parts in it.

    >>> parts = [Block(0, 5, "title"), Block(7, 16, "paragraph"), Block(18, 24, "title"), Block(26, 35, "paragraph")]
    >>> document(parts, Span(18, 36), outlet=Field("BelTA"))
    Item(start=26, end=35, page=Span(start=18, end=36), fields={'outlet': Field(value='BelTA', span=None,
         basis='printed', precision=None)})
    """
    start, end = _body(starting_in(parts, page.start, page.end), page.end)
    return Item(start, end, page, fields)


def _body(blocks: Sequence[Block], end: int) -> tuple[int, int]:
    body = [block for block in blocks if block.kind == "paragraph"]
    return (body[0].start, body[-1].end) if body else (end, end)


def checked(text: str, laid: LaidOut) -> LaidOut:
    """Return a layout whose blocks partition the text and whose items lie in it.

    Raises:
        FormError: they do not; the message says where.

    >>> checked("Minsk", LaidOut((Block(0, 4, "title"),), (Item(0, 0),)))
    Traceback (most recent call last):
    clippings.page.forms.FormError: its blocks end at character 4 of 5
    """
    if not isinstance(laid, LaidOut):
        raise FormError(f"it returned {type(laid).__name__} and not LaidOut")
    at = 0
    for block in laid.blocks:
        if block.start == at == block.end:
            raise FormError(f"its block {block.kind!r} at {at} is empty; leave out lines without words")
        if block.start != at or block.end < at:
            raise FormError(f"its block {block.kind!r} at {block.start} to {block.end} does not begin at {at}")
        if block.kind not in KINDS:
            raise FormError(f"its block {block.kind!r} at {block.start} is of none of the kinds {', '.join(KINDS)}")
        at = block.end
    if at != len(text):
        raise FormError(f"its blocks end at character {at} of {len(text)}")
    spans = [span for item in laid.items for span in _spans(item)]
    if not laid.items or any(not 0 <= span.start <= span.end <= len(text) for span in spans):
        raise FormError("its items lie outside the text" if laid.items else "it found no item")
    if any(before.end > after.start for before, after in pairwise(laid.items)):
        raise FormError("its items overlap")
    return laid


def _spans(item: Item) -> list[Span]:
    given = (item, item.page, *(field.span for field in item.fields.values()))
    return [span for span in given if span is not None]
