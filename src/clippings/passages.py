"""A passage of a clipping as a quotation that says where it stands; everything shown is escaped."""

from __future__ import annotations

import html

from clippings.display import Page


def passage(text: str, *, clipping: str, start: int, end: int) -> Page:
    """Return ``text[start:end]`` as a quotation that says where it stands.

    Args:
        text: the text of the page.
        clipping: the id of the clipping.
        start: first code point of the passage.
        end: the code point after its last.

    >>> passage("Minsk waits.", clipping="112007-3", start=0, end=5)
    112007-3, characters 0 to 5: Minsk
    """
    words, where = text[start:end], f"{clipping}, characters {start:,} to {end:,}"
    drawn = (
        f'<blockquote class="clippings-passage" data-clipping="{html.escape(clipping)}" data-start="{start}"'
        f' data-end="{end}"><p style="white-space: pre-wrap">{html.escape(words, quote=False)}</p>'
        f"<footer>{html.escape(where)}</footer></blockquote>"
    )
    return Page(drawn, f"{where}: {words}")
