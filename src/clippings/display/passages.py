"""A passage of a clipping: its place, its address in a page, and the passage as a quotation; everything is escaped."""

from __future__ import annotations

import html

from clippings.display.escaping import visible
from clippings.display.pages import Page


def anchor(clipping: str) -> str:
    """Return what the ids of the passages of a clipping begin with.

    >>> anchor("112007-14")
    'p-112007-14'
    """
    return "p-" + "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in clipping)


def address(clipping: str, start: int, end: int, *, page: str = "") -> str:
    """Return the address of a passage: in the page given, or in the page that the link stands in.

    Args:
        clipping: the id of the clipping.
        start: first code point of the passage.
        end: the code point after its last.
        page: the page with the annotated clipping, relative to the one that the link stands in.

    >>> address("112007-14", 838, 1059, page="one-clipping.html")
    'one-clipping.html#p-112007-14-838-1059'
    """
    return f"{page}#{anchor(clipping)}-{start}-{end}"


def place(start: int, end: int) -> str:
    """Return the place of a passage in words.

    >>> place(838, 1059)
    'characters 838 to 1,059'
    """
    return f"characters {start:,} to {end:,}"


def passage(text: str, *, clipping: str, start: int, end: int, anchored: bool = False) -> Page:
    """Return ``text[start:end]`` as a quotation that says where it stands.

    Args:
        text: the text of the page.
        clipping: the id of the clipping.
        start: first code point of the passage.
        end: the code point after its last.
        anchored: whether links can lead here; no other element of the page may then be the passage's place.

    >>> passage("Minsk waits.", clipping="112007-3", start=0, end=5)
    112007-3, characters 0 to 5: Minsk
    >>> 'id="p-112007-3-0-5"' in passage("Minsk waits.", clipping="112007-3", start=0, end=5, anchored=True).html
    True
    """
    words, where = text[start:end], f"{clipping}, {place(start, end)}"
    named = f' id="{anchor(clipping)}-{start}-{end}"' if anchored else ""
    drawn = (
        f'<blockquote class="clippings-passage"{named} data-clipping="{html.escape(clipping)}" data-start="{start}"'
        f' data-end="{end}"><p style="white-space: pre-wrap">{html.escape(visible(words), quote=False)}</p>'
        f"<footer>{html.escape(where)}</footer></blockquote>"
    )
    return Page(drawn, f"{where}: {words}")
