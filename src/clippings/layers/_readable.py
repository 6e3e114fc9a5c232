"""What of a clipping is annotated: what is visible of it, and nothing of a text that is not English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import msgspec

from clippings.model import Annotated, Block, Clipping, Span
from clippings.text.invisible import Visible, visible

_ENGLISH = (None, "en")
View: TypeAlias = tuple[Visible, tuple[Block, ...]] | None


def annotated(
    annotate: Callable[[Sequence[Clipping]], Iterable[Annotated]], clippings: Sequence[Clipping]
) -> list[Annotated]:
    """Annotate clippings by what can be read of them; the evidence has its places in the whole texts."""
    # Items of one page share its text and blocks, which may be large: these are read once for all of them.
    keys = [(id(clipping.text), id(clipping.blocks)) for clipping in clippings]
    views = {key: _view(one) for key, one in dict(zip(keys, clippings, strict=True)).items()}
    shown = [views[key] for key in keys]
    pages = annotate(list(map(_readable, clippings, shown)))
    return list(map(_whole, pages, clippings, shown))


def _view(clipping: Clipping) -> View:
    view = visible(clipping.text, joined=True)
    if view is None:
        return None
    return view, tuple(block for block in map(view.seen, clipping.blocks) if block.start < block.end)


def _readable(clipping: Clipping, shown: View) -> Clipping:
    if clipping.language not in _ENGLISH:
        return msgspec.structs.replace(clipping, text="", blocks=(), fields={}, body=Span(0, 0))
    if shown is None:
        return clipping
    view, blocks = shown
    fields, body = view.seen(clipping.fields), view.seen(clipping.body)
    return msgspec.structs.replace(clipping, text=view.text, blocks=blocks, fields=fields, body=body)


def _whole(page: Annotated, clipping: Clipping, shown: View) -> Annotated:
    if shown is None and clipping.language in _ENGLISH:
        return page
    whole = msgspec.structs.replace(clipping, diagnostics=page.clipping.diagnostics)
    if shown is None or clipping.language not in _ENGLISH:
        return msgspec.structs.replace(page, clipping=whole)
    return msgspec.structs.replace(page, clipping=whole, found=shown[0].exact(page.found))
