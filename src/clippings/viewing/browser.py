"""Clippings to search, filter and step through in a notebook, in a frame that needs no kernel and no network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clippings.display.escaping import label
from clippings.display.pages import Page
from clippings.sources import counted
from clippings.viewing._documents import document, framed
from clippings.viewing._pages import Sheet, evidence_table, of_pages, sheet, whole
from clippings.viewing._sections import Section, drawn

MOST_BYTES = 2_000_000
"""About the size that a browser has in a notebook; further clippings are left out, and it says so."""
_ROW = 250
_HEADS = (
    *(("words", "evidence"), ("layer", "layer"), ("what", "what it is"), ("speaker", "speaker"), ("themes", "themes")),
    *(("date", "date"), ("outlet", "outlet"), ("rule", "found by")),
)


def browser(found: Any, show: Callable[[], Page]) -> Page:
    """Return the evidence of clippings in a frame for a notebook.

    Args:
        found: a corpus, annotated or not, or tables.
        show: what gives the first page, for where no frame is drawn.
    """
    layers = [name for name in getattr(found, "layers", ()) if name != "sentences"]
    sheets: list[Sheet] = []
    shown, size = 0, 0
    for number, items in enumerate(of_pages(found), start=1):
        one = sheet(number, items, layers)
        size += len(one.html.encode()) + sum(_ROW + len(row.words.encode()) for row in one.rows)
        if size > MOST_BYTES and sheets:
            break
        sheets.append(one)
        shown += len(items)
    said = f"{shown:,} of {counted(len(found), 'clipping')}" if shown < len(found) else counted(shown, "clipping")
    rest = "; filter() or between() chooses others" if shown < len(found) else ""
    rows = [row for one in sheets for row in (whole(one), *one.rows)]
    table = evidence_table("Evidence, each with a link to its words", rows, _HEADS) if rows else "<p>There is none.</p>"
    title = f"Browse {said}"
    note = f"<p>{label(rest[2:])}.</p>" if rest else ""
    parts = [f"<header><h1>{label(title)}</h1>{note}</header>", drawn(Section("evidence", "Evidence", "", [table]))]
    pages = drawn(Section("pages", "Pages", "", [one.html for one in sheets]))
    html = framed(document(title, [*parts, pages], kind="browser"), title)
    first = repr(show()) if len(found) else "no clippings"
    return Page(html, f"{said} to browse{rest}; where no frame is drawn, [0].show() shows one: {first}")
