"""Documents of Word (``.docx``): paragraphs, headings and tables in order, a row of a table on a line."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

from clippings import diagnostics
from clippings.model import Diagnostic, Field
from clippings.page.forms import Layout
from clippings.reading.guards import guarded, package, refuse_bomb, refuse_empty
from clippings.reading.saved import Saved, taken

KIND = "Word document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What was deleted with changes tracked, and the second version of a drawing.
_UNSEEN = (f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc", "t"))

_BESIDE = {"/word/footnotes.xml": "footnotes", "/word/endnotes.xml": "endnotes", "/word/comments.xml": "comments"}
_WORDS = re.compile(rb"<w:t[ >]")

# A program that fills no properties in leaves those of python-docx.
_OF_TEMPLATE = datetime.datetime(2013, 12, 23, 23, 15, tzinfo=datetime.UTC)


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    """Read the bytes of a document; title, author and date of its properties are kept where none is printed.

    Raises:
        SourceError: it is locked, damaged, too large or without words, or python-docx is missing.
    """
    docx = package("docx", file, KIND)
    refuse_bomb(data, file, KIND)
    with guarded(file, KIND):
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(_blocks(document.element.body))
        fallback = _properties(document.core_properties)
        told = tuple(_left_out(document.part.package, file))
    return [taken(data, refuse_empty(text, file, KIND), layout, told=told)._replace(fallback=fallback)]


def _left_out(package: Any, file: str) -> Iterator[Diagnostic]:
    """Tell of words that the document has beside its text."""
    for part in package.iter_parts():
        name = _BESIDE.get(str(part.partname))
        if name and _WORDS.search(part.blob):
            yield diagnostics.make("CLP137", file=file, part=name, reason="only the text of the document is")


def _blocks(parent: Any) -> Iterator[str]:
    """Yield the words of paragraphs and of rows, in order; those of a text box stand behind their paragraph."""
    for child in parent:
        if child.tag in _UNSEEN:
            continue
        if child.tag == _TABLE:
            yield from _rows(child)
        elif child.tag == _PARAGRAPH:
            words = "".join(_words(child)).strip()
            if words:
                yield words
            yield from _boxes(child)
        else:
            yield from _blocks(child)


def _words(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in (*_UNSEEN, _PARAGRAPH):
            yield from _words(child)


def _boxes(paragraph: Any) -> Iterator[str]:
    for child in paragraph:
        if child.tag not in (*_UNSEEN, _TEXT):
            yield from _blocks(child) if child.find(f".//{_PARAGRAPH}") is not None else ()


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter(_ROW):
        if _nearest(row, _TABLE) is table:
            cells = ["\n\n".join(_blocks(cell)) for cell in row.iter(_CELL) if _nearest(cell, _ROW) is row]
            words = "\t".join(filter(None, cells))
            if words:
                yield words


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag))


def _properties(core: Any) -> dict[str, Field]:
    if core.created == _OF_TEMPLATE:
        return {}
    named = {"title": core.title, "byline": core.author}
    found = {name: Field(value.strip(), None, "properties") for name, value in named.items() if (value or "").strip()}
    if isinstance(core.created, datetime.datetime):
        found["date"] = Field(core.created.date().isoformat(), None, "properties", "day")
    return found
