"""OpenDocument texts (``.odt``): headings, paragraphs and tables in order, a row of a table on a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from clippings import diagnostics
from clippings.model import Diagnostic, Field
from clippings.page import printed_dates
from clippings.page.forms import Layout
from clippings.reading.guards import guarded, package, refuse_bomb, refuse_empty
from clippings.reading.saved import Saved, taken

KIND = "OpenDocument text"
_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_BODY = _NAMES % ("office", "text")
_BESIDE = {_NAMES % ("text", "note"): "notes", _NAMES % ("office", "annotation"): "comments"}
_ROW, _CELL = _NAMES % ("table", "table-row"), _NAMES % ("table", "table-cell")
_PARAGRAPHS = (_NAMES % ("text", "p"), _NAMES % ("text", "h"))
_BLANKS, _COUNT = _NAMES % ("text", "s"), _NAMES % ("text", "c")
_SIGNS = {_NAMES % ("text", "tab"): "\t", _NAMES % ("text", "line-break"): "\n"}
# What was deleted with changes tracked, notes below the text, and remarks.
_UNSEEN = (_NAMES % ("text", "tracked-changes"), *_BESIDE)
_PROPERTIES = {
    "title": ("{http://purl.org/dc/elements/1.1/}title",),
    "byline": (_NAMES % ("meta", "initial-creator"), "{http://purl.org/dc/elements/1.1/}creator"),
    "date": (_NAMES % ("meta", "creation-date"),),
}


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    """Read the bytes of a document; title, author and date of its properties are kept where none is printed.

    Raises:
        SourceError: it is locked, damaged, too large or without words, or lxml is missing.
    """
    etree = package("lxml.etree", file, KIND)
    refuse_bomb(data, file, KIND)
    with guarded(file, KIND), zipfile.ZipFile(io.BytesIO(data)) as packed:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        body = etree.fromstring(packed.read("content.xml"), parser).find(f".//{_BODY}")
        if body is None:
            raise ValueError("it holds a table or drawing and no text")
        text = "\n\n".join(_blocks(body))
        has_properties = "meta.xml" in packed.namelist()
        fallback = _properties(etree.fromstring(packed.read("meta.xml"), parser)) if has_properties else {}
        told = tuple(_left_out(body, file))
    return [taken(data, refuse_empty(text, file, KIND), layout, told=told)._replace(fallback=fallback)]


def _left_out(body: Any, file: str) -> Iterator[Diagnostic]:
    """Tell of words that the document has beside its text."""
    for tag, name in _BESIDE.items():
        if any("".join(one.itertext()).strip() for one in body.iter(tag)):
            yield diagnostics.make("CLP137", file=file, part=name, reason="only the text of the document is")


def _blocks(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag in _PARAGRAPHS:
            words = "".join(_words(child)).strip()
            if words:
                yield words
        elif child.tag == _ROW:
            cells = ("\n\n".join(_blocks(cell)) for cell in child.iter(_CELL))
            words = "\t".join(filter(None, cells))
            if words:
                yield words
        elif child.tag not in _UNSEEN:
            yield from _blocks(child)


def _words(parent: Any) -> Iterator[str]:
    yield _unbroken(parent.text)
    for child in parent:
        if child.tag == _BLANKS:
            yield " " * int(child.get(_COUNT, 1))
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _UNSEEN and isinstance(child.tag, str):
            yield from _words(child)
        yield _unbroken(child.tail)


def _unbroken(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _properties(meta: Any) -> dict[str, Field]:
    found = {}
    for name, tags in _PROPERTIES.items():
        value = next((words for tag in tags if (words := (meta.findtext(f".//{tag}") or "").strip())), "")
        if name == "date":
            day = printed_dates.parse(value[: len("2007-11-02")])
            value = day.isoformat() if day else ""
        if value:
            found[name] = Field(value, None, "properties", "day" if name == "date" else None)
    return found
