"""Electronic books (``.epub``), such as programs make that save pages to read later: a clipping a chapter."""

from __future__ import annotations

import functools
import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from clippings.page.forms import Layout
from clippings.reading import html
from clippings.reading.guards import guarded, package, refuse_bomb
from clippings.reading.saved import Saved, read_each

KIND = "electronic book"
_CONTAINER = "META-INF/container.xml"
_BOOK = "{http://www.idpf.org/2007/opf}"


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    """Read the bytes of a book: its chapters in order, without its contents; one without words is told.

    Raises:
        SourceError: it is damaged, too large or without words, or a package is missing.
    """
    etree = package("lxml.etree", file, KIND, "html")
    refuse_bomb(data, file, KIND)
    with guarded(file, KIND), zipfile.ZipFile(io.BytesIO(data)) as packed:
        chapters = [packed.read(name) for name in _chapters(packed, etree)]
    return read_each((functools.partial(html.read, one, file=file, layout=layout) for one in chapters), file, "chapter")


def _chapters(packed: zipfile.ZipFile, etree: Any) -> Iterator[str]:
    """Yield the names of the pages of a book, in the order in which they are read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    container = etree.fromstring(packed.read(_CONTAINER), parser)
    place = next(root.get("full-path") for root in container.iter("{*}rootfile"))
    book = etree.fromstring(packed.read(place), parser)
    items = {item.get("id"): item for item in book.iter(f"{_BOOK}item")}
    for shown in book.iter(f"{_BOOK}itemref"):
        item = items[shown.get("idref")]
        if "nav" not in (item.get("properties") or "").split() and "html" in (item.get("media-type") or ""):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(item.get("href"))))
