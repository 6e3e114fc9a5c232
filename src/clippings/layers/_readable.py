"""What of a clipping is annotated: what is visible of it, and nothing of a text that is not English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from clippings.model import Annotated, Clipping, Span
from clippings.text.invisible import Visible, visible

_ENGLISH = (None, "en")


def annotated(
    annotate: Callable[[Sequence[Clipping]], Iterable[Annotated]], clippings: Sequence[Clipping]
) -> list[Annotated]:
    """Annotate clippings by what can be read of them; the evidence has its places in the whole texts."""
    shown = [visible(clipping.text, joined=True) for clipping in clippings]
    pages = annotate(list(map(_readable, clippings, shown)))
    return list(map(_whole, pages, clippings, shown))


def _readable(clipping: Clipping, view: Visible | None) -> Clipping:
    if clipping.language not in _ENGLISH:
        return msgspec.structs.replace(clipping, text="", blocks=(), fields={}, body=Span(0, 0))
    if view is None:
        return clipping
    fields, body = view.seen(clipping.fields), view.seen(clipping.body)
    blocks = tuple(block for block in map(view.seen, clipping.blocks) if block.start < block.end)
    return msgspec.structs.replace(clipping, text=view.text, blocks=blocks, fields=fields, body=body)


def _whole(page: Annotated, clipping: Clipping, view: Visible | None) -> Annotated:
    if view is None and clipping.language in _ENGLISH:
        return page
    whole = msgspec.structs.replace(clipping, diagnostics=page.clipping.diagnostics)
    if view is None or clipping.language not in _ENGLISH:
        return msgspec.structs.replace(page, clipping=whole)
    return msgspec.structs.replace(page, clipping=whole, found=view.exact(page.found))
