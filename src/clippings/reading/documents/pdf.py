"""PDF documents with text: lines and paragraphs are told by their places, heads and numbers of pages left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from clippings import diagnostics
from clippings.model import Diagnostic
from clippings.page.forms import Layout
from clippings.reading.guards import guarded, package
from clippings.reading.saved import Saved, taken
from clippings.reading.source import refusal

KIND = "PDF document"
MAX_PAGES = 1_000
"""Pages of a document; those behind are not read, which is told (CLP136)."""
MAX_CONTENT = 20_000_000
"""Bytes that the pages may hold unpacked, pictures apart."""
_WIDE_GAP = 1.3
"""Lines further apart than this, by the distance of most lines, are of two paragraphs."""
_SHORT_LINE = 0.75
"""A line shorter than this, by the longest, ends its paragraph where the distances tell nothing."""
_HEADS = 2
"""Heads and numbers stand in so many lines from the edges of a page."""
_NUMBER = re.compile(r"[-–—\s]*(?:page |p\. ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_CUT, _REST = re.compile(r"[^\W\d_]+-$"), re.compile(r"[^\W\d_A-Z]+")
_LONGEST_WORD = 40
_DIGITS = re.compile(r"\d+")
_PICTURE = re.compile(rb"\bDo\b")
"""What a page that shows a picture says in its content."""
_SENTENCE_END = (".", "?", "!", '."', ".”", '?"', "?”")

logging.getLogger("pypdf").addHandler(logging.NullHandler())


class _Line(NamedTuple):
    text: str
    y: float
    height: float


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    """Read the bytes of a document.

    Raises:
        SourceError: it is locked (CLP131), damaged (CLP130), shows pictures without text (CLP132), or pypdf is missing.
    """
    pypdf = package("pypdf", file, KIND)
    with guarded(file, KIND):
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not _opens(reader):
            raise refusal("CLP131", file, kind=KIND)
        pages, told = _pages(reader, file)
        text = _joined(_without_heads(pages))
    if not text:
        raise refusal("CLP132", file, pages=len(pages))
    return [taken(data, text, layout, told=told)]


def _opens(reader: Any) -> bool:
    """Tell whether a locked document opens without a password: many are locked against printing only."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 (what fails here is a lock)
        return False


def _pages(reader: Any, file: str) -> tuple[list[list[_Line]], tuple[Diagnostic, ...]]:
    pages: list[list[_Line]] = []
    pictures: list[int] = []
    told: dict[str, str] = {}
    count, size = len(reader.pages), 0
    for number, page in enumerate(reader.pages, 1):
        contents = page.get_contents()
        data = contents.get_data() if contents is not None else b""
        size += len(data)
        if len(pages) >= MAX_PAGES or size > MAX_CONTENT:
            told[f"{count:,} pages in the document"] = f"the first {len(pages):,} were read"
            break
        pages.append(list(_lines(page)))
        if not pages[-1] and _PICTURE.search(data):
            pictures.append(number)
    if pictures:
        told[f"pages that are pictures: {len(pictures):,}, from page {pictures[0]:,}"] = "their words are left out"
    return pages, tuple(diagnostics.make("CLP136", file=file, what=what, done=done) for what, done in told.items())


def _lines(page: Any) -> Iterator[_Line]:
    """Yield the lines of a page in the order of its content, each with its place from below."""
    pieces: list[tuple[str, float, float]] = []

    def visit(text: str, above: Sequence[float], place: Sequence[float], _font: object, size: float) -> None:
        pieces.append(
            (text, place[4] * above[1] + place[5] * above[3] + above[5], size * abs(place[3] * above[3]) or size)
        )

    page.extract_text(visitor_text=visit)
    words, y, height = "", 0.0, 0.0
    for text, at, size in pieces:
        for number, part in enumerate(text.split("\n")):
            if number and words.strip():
                yield _Line(" ".join(words.split()), y, height)
            words = part if number else words + part
            if part.strip():
                y, height = at, size
    if words.strip():
        yield _Line(" ".join(words.split()), y, height)


def _without_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Leave out the numbers of pages, and what stands at their edges on most of them."""
    seen = Counter(head for page in pages for head in {_DIGITS.sub("0", line.text) for line in _edges(page)})
    repeated = {head for head, count in seen.items() if count > 1 and count >= len(pages) / 2}

    def is_head(line: _Line) -> bool:
        return bool(_NUMBER.match(line.text)) or _DIGITS.sub("0", line.text) in repeated

    kept = []
    for page in pages:
        heads = {id(line) for line in _edges(page) if is_head(line)}
        kept.append([line for line in page if id(line) not in heads])
    return kept


def _edges(page: list[_Line]) -> list[_Line]:
    return [*page[:_HEADS], *page[max(_HEADS, len(page) - _HEADS) :]]


def _joined(pages: list[list[_Line]]) -> str:
    """Return the lines as a text; a paragraph may go on over the end of a page."""
    gaps = [above.y - line.y for page in pages for above, line in pairwise(page) if above.y > line.y]
    usual = median(gaps) if gaps else 0.0
    longest = max((len(line.text) for page in pages for line in page), default=0)
    is_even = all(gap <= _WIDE_GAP * usual for gap in gaps)
    hyphened = {word for page in pages for line in page for word in _HYPHENED.findall(line.text)}
    text, above = "", None
    for page in pages:
        for number, line in enumerate(page):
            if above is None:
                text = line.text
            elif _ends(above, line, longest) if is_even or not number else _is_apart(above, line, usual, longest):
                text += f"\n\n{line.text}"
            else:
                is_full = len(above.text) >= _SHORT_LINE * longest or line.text[:1].islower()
                text = _gone_on(text, line.text, hyphened) if is_full else f"{text}\n{line.text}"
            above = line
    return text


def _gone_on(text: str, line: str, hyphened: set[str]) -> str:
    """Go on with a line behind a full one; a word cut by a hyphen is made whole, unless it is written with one."""
    start, end = _CUT.search(text[-_LONGEST_WORD:]), _REST.match(line)
    if not (start and end):
        return f"{text} {line}"
    return text + line if start[0] + end[0] in hyphened else text[:-1] + line


def _is_apart(above: _Line, line: _Line, usual: float, longest: int) -> bool:
    """Tell by the distance of two lines, or by their size; a column that begins higher goes on."""
    if above.y <= line.y:
        return _ends(above, line, longest)
    return above.y - line.y > _WIDE_GAP * usual or above.height != line.height


def _ends(above: _Line, line: _Line, longest: int) -> bool:
    """Tell whether a line ends its paragraph, by its length and its end; what begins in small letters goes on."""
    if above.text.endswith("-") or line.text[:1].islower():
        return False
    return len(above.text) < _SHORT_LINE * longest or (len(above.text) < longest and above.text.endswith(_SENTENCE_END))
