"""Electronic books (``.epub``), such as programs make that save pages to read later: a clipping a chapter."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import msgspec

from clippings import diagnostics
from clippings.page.forms import Layout
from clippings.reading import html
from clippings.reading.guards import guarded, package, refuse_bomb, refuse_empty
from clippings.reading.saved import Saved
from clippings.reading.source import SourceError

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
    found, empty = [], []
    for number, chapter in enumerate(chapters, 1):
        try:
            found.append(html.read(chapter, file=file, layout=layout)._replace(key=str(number)))
        except SourceError as error:
            if error.diagnostic.code == "CLP108":
                raise
            why = error.diagnostic.message
            empty.append(diagnostics.make("CLP137", file=file, part=f"chapter {number}", reason=why))
    if not found:
        refuse_empty("", file, KIND)
    told = (*found[0].decoded.diagnostics, *empty)
    found[0] = found[0]._replace(decoded=msgspec.structs.replace(found[0].decoded, diagnostics=told))
    return found


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
