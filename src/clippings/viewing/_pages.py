"""Pages with their marks, folded, and a row for each piece of evidence that leads to its words."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from clippings.display.charts import table
from clippings.display.escaping import label
from clippings.display.marks import Mark
from clippings.display.pages import page_html
from clippings.evidence import Mention, Quote
from clippings.model import Annotated, Clipping, Span

One = Annotated | Clipping

SPOKEN = ("speech", "mixed", "reported")
"""Kinds of quotations that a source says; words set apart and titles of works are none."""
_EXCERPT = 200
_NAMED = 12
PAGE = "page"
"""What the row of a whole page has as its layer."""


class Evidence(NamedTuple):
    """A row: where its words are, what they are, and what is known of them."""

    place: str
    layer: str
    words: str
    what: str
    speaker: str
    themes: tuple[str, ...]
    rule: str
    date: str
    outlet: str


class Sheet(NamedTuple):
    """The items of a page, drawn once, with the evidence in them."""

    number: int
    items: Sequence[One]
    html: str
    rows: Sequence[Evidence]


def clipping_of(one: One) -> Clipping:
    """Return the clipping of an annotated one, a clipping as it is."""
    return one.clipping if isinstance(one, Annotated) else one


def of_pages(found: Iterable[One]) -> Iterator[list[One]]:
    """Group the items that share a page, which follow one another."""
    for _, some in itertools.groupby(found, lambda one: (clipping_of(one).id, clipping_of(one).sha256)):
        yield list(some)


def records(one: One, layers: Collection[str]) -> Iterator[Span]:
    """Yield the evidence of some layers that can be marked; of quotations those that are spoken."""
    for name, some in one.found.items() if isinstance(one, Annotated) else ():
        if name in layers:
            is_spoken = (not isinstance(each, Quote) or each.kind in SPOKEN for each in some)
            yield from (each for each, keep in zip(some, is_spoken, strict=True) if keep and each.marks())


def themes_of(one: One, span: Span) -> tuple[str, ...]:
    """Return the themes of the sentences that a span touches."""
    hits = one.found.get("themes", ()) if isinstance(one, Annotated) else ()
    return tuple(sorted({hit.theme for hit in hits if hit.start < span.end and span.start < hit.end}))


def sheet(number: int, items: Sequence[One], listed: Collection[str], more: Collection[str] = ()) -> Sheet:
    """Return a page with a row for the evidence of the layers ``listed``, and the marks of these and of ``more``."""
    first = clipping_of(items[0])
    marks, rows = [], []
    for one in items:
        for record in records(one, listed):
            rows.append(_evidence(number, one, record))
            own, *others = record.marks()
            marks += [_plain(own, record)._replace(why="a row leads here"), *(_plain(mark, record) for mark in others)]
        marks += [_plain(mark, record) for record in records(one, more) for mark in record.marks()]
    blocks = [(block.start, block.end, block.kind) for block in first.blocks]
    page = page_html(first.text, marks, title="", facts=_facts(items), blocks=blocks, anchors=f"p{number}", bare=True)
    head = [f"<span class='day'>{label(_day(first))}</span>", f"<bdi>{label(title_of(items))}</bdi>"]
    outlet = f"<bdi class='of'>{label(first.outlet)}</bdi>" if first.outlet else ""
    html = f"<details class='sheet' id='s{number}'><summary>{' '.join([*head, outlet])}</summary>{page}</details>"
    return Sheet(number, items, html, rows)


def title_of(items: Sequence[One]) -> str:
    """Return the title of a page, and how many items it has besides."""
    first = clipping_of(items[0])
    more = f" and {len(items) - 1:,} more" if len(items) > 1 else ""
    return (first.title or first.id) + more


def whole(sheet: Sheet) -> Evidence:
    """Return the row of the page itself."""
    first = clipping_of(sheet.items[0])
    whole = Span(0, len(first.text))
    themes = (theme for one in sheet.items if isinstance(one, Annotated) for theme in themes_of(one, whole))
    found = tuple(sorted(set(themes)))
    title = title_of(sheet.items)
    return Evidence(f"s{sheet.number}", PAGE, title, first.id, "", found, first.form, _day(first), first.outlet or "")


def evidence_table(caption: str, rows: Iterable[Evidence], heads: Sequence[tuple[str, str]]) -> str:
    """Return rows of evidence as a table, which the script makes one to filter, sort and step through.

    Args:
        caption: the title of the table.
        rows: in order.
        heads: the columns by the names of the fields of ``Evidence``, each with its head; ``words`` comes first.
    """
    drawn = ([_link(row), *(_cell(row, name) for name, _ in heads[1:])] for row in rows)
    kinds = " ".join(name for name, _ in heads)
    return table(caption, [head for _, head in heads], drawn, attributes=f" class='evidence' data-columns='{kinds}'")


def _link(row: Evidence) -> str:
    words = row.words if len(row.words) <= _EXCERPT else row.words[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    return f"<a href='#{row.place}'>{label(words) or '–'}</a>"


def _cell(row: Evidence, name: str) -> str:
    value = getattr(row, name)
    return label("; ".join(value) if isinstance(value, tuple) else value)


def _evidence(number: int, one: One, record: Span) -> Evidence:
    clipping = clipping_of(one)
    mark = record.marks()[0]
    speaker = (record.speaker or "not named") if isinstance(record, Quote) else ""
    return Evidence(
        f"p{number}-{record.start}-{record.end}",
        "name" if isinstance(record, Mention) else mark.layer,
        record.of(clipping.text),
        "" if speaker else mark.label,
        speaker,
        themes_of(one, record),
        getattr(record, "rule", ""),
        _day(clipping),
        clipping.outlet or "",
    )


def _plain(mark: Mark, record: Span) -> Mark:
    """A mark without words of its own, which its row has; a misprint keeps the reading that is expected."""
    return mark._replace(label=mark.label * (mark.layer == "erratum"), quiet=record.is_whole_sentence)


def _day(clipping: Clipping) -> str:
    return clipping.date or "no date"


def _facts(items: Sequence[One]) -> list[tuple[str, str]]:
    first = clipping_of(items[0])
    fields = ("date", "publisher", "byline", "dateline")
    facts = [("id", first.id), *((name, first.value(name) or "") for name in fields), ("form", first.form)]
    if len(items) > 1:
        facts = [("id", first.id), ("items", f"{len(items):,}"), ("form", first.form)]
    names = Counter(record.id for one in items for record in records(one, ("mentions",)) if isinstance(record, Mention))
    named = ", ".join(f"{name} {count}" for name, count in names.most_common(_NAMED))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return [(name, value) for name, value in [*facts, ("names", named + more)] if value]
