"""Text to blocks: the grammar of the archive's page forms.

A page is a head (archive name, label, date, title, publisher, byline), a body, and a tail (source, furniture). Each
form is a row of ``HEADS``; a new form is a new row. Every line gets a kind and every character a block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from clippings.model import Block, Form
from clippings.page_date import is_date, without_label

Layout = Literal["auto", "plain"]

ARCHIVE_NAMES = frozenset({"BELARUS NEWS AND ANALYSIS"})
SOURCE_LABELS = frozenset({"source:", "source"})
DATE_LABEL = "date:"
FURNITURE = (
    "Google",
    "Archive",
    "Share |",
    "Partners:",
    "Partners: Social Network",
    "Face.by Social Network",
    "Face.by",
)
_LINE = re.compile(r"[^\r\n]+")
_PARAGRAPH_BREAK = re.compile(r"(?>\r\n|\r|\n)[ \t]*(?>\r\n|\r|\n)\s*")
_BYLINE = re.compile(r"(?:by|from|posted by|author ?:)\s+\S", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+$|[\w.-]+\.\w+/\S*$", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+$")
_SENTENCE_END = tuple(".?!:;,\"'”’-")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}$")
_TITLE_LENGTH = 200
_OUTLET_LENGTH, _OUTLET_WORDS = 60, 7
_CAPS_DATELINE = re.compile(r"[A-Z][A-Z/ ]{3,30}(?:, [A-Z][a-z]+| \([A-Za-z -]{2,30}\))?$")


class Line(NamedTuple):
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    text: str


class Layed(NamedTuple):
    """The blocks of a page and the form they were read in."""

    form: Form
    blocks: tuple[Block, ...]


class Step(NamedTuple):
    """One place in the head of a form: what stands there, how to know it, whether it may repeat."""

    kind: str
    fits: Callable[[Line], bool]
    repeats: bool = False


def lay_out(text: str, layout: Layout = "auto") -> Layed:
    r"""Cut a page into blocks that partition it and tell its form.

    >>> page = lay_out("DATE:\n\n02/11/2007\n\nMinsk was quiet.\n")
    >>> page.form, [block.kind for block in page.blocks if block.kind != "blank"]
    ('F3', ['label', 'date', 'paragraph'])
    """
    if layout == "plain":
        return Layed("plain", _partition(text, [(line, "paragraph") for line in _plain_paragraphs(text)]))
    lines = list(_lines(text))
    form = _form(lines)
    tail = _tail(lines)
    head = _head(lines[: len(lines) - len(tail)], HEADS[form])
    body = lines[len(head) : len(lines) - len(tail)]
    kinds = [*head, *("paragraph" for _ in body), *tail]
    return Layed(form, _partition(text, list(zip(lines, kinds, strict=True))))


def _lines(text: str) -> Iterator[Line]:
    for found in _LINE.finditer(text):
        line = _trimmed(text, found.start(), found.end())
        if line.text:
            yield line


def _trimmed(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    left = len(raw) - len(raw.lstrip("\0 \t\f\v\xa0\ufeff"))
    kept = raw.strip("\0 \t\f\v\xa0\ufeff")
    return Line(start + left, start + left + len(kept), kept)


def _plain_paragraphs(text: str) -> Iterator[Line]:
    """Paragraphs of a plain text: set apart by blank lines where there are any, else one a line."""
    edges = [0, *(edge for found in _PARAGRAPH_BREAK.finditer(text) for edge in found.span()), len(text)]
    if len(edges) == 2:
        yield from _lines(text)
        return
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        stripped = text[start:end].strip()
        if stripped:
            first = start + text[start:end].index(stripped)
            yield Line(first, first + len(stripped), stripped)


def _form(lines: list[Line]) -> Form:
    first = lines[0].text if lines else ""
    if first in ARCHIVE_NAMES:
        return "F1"
    if first.lower().startswith(DATE_LABEL):
        return "F3"
    return "F4" if is_date(first) else "F2"


def _head(lines: list[Line], steps: tuple[Step, ...]) -> list[str]:
    kinds: list[str] = []
    for step in steps:
        while len(kinds) < len(lines) and step.fits(lines[len(kinds)]):
            kinds.append(step.kind)
            if not step.repeats:
                break
    return kinds


def _tail(lines: list[Line]) -> list[str]:
    furniture = _furniture_count(lines)
    rest = lines[: len(lines) - furniture]
    return [*_source(rest), *("furniture" for _ in range(furniture))]


def _furniture_count(lines: list[Line]) -> int:
    count = sum(1 for _ in _while_furniture(lines))
    cut = lines[-1].text if lines and not count else ""
    before = lines[-2].text if len(lines) > 1 else ""
    is_tail = before in FURNITURE or _URL.match(before)
    if len(cut) > 1 and is_tail and any(name.startswith(cut) for name in FURNITURE):
        return 1 + sum(1 for _ in _while_furniture(lines[:-1]))
    return count


def _while_furniture(lines: list[Line]) -> Iterator[Line]:
    for line in reversed(lines):
        if line.text not in FURNITURE:
            return
        yield line


def _source(lines: list[Line]) -> list[str]:
    for back, line in enumerate(reversed(lines[-3:]), start=1):
        if line.text.lower() in SOURCE_LABELS:
            return ["label", *("source_url" for _ in range(back - 1))]
    return ["source_url"] if lines and _URL.match(lines[-1].text) else []


def _partition(text: str, lines: list[tuple[Line, str]]) -> tuple[Block, ...]:
    blocks, at = [], 0
    for line, kind in lines:
        if at < line.start:
            blocks.append(Block(at, line.start, "blank"))
        blocks.append(Block(line.start, line.end, kind))
        at = line.end
    if at < len(text):
        blocks.append(Block(at, len(text), "blank"))
    return tuple(blocks)


def _is_archive(line: Line) -> bool:
    return line.text in ARCHIVE_NAMES


def _is_label(line: Line) -> bool:
    return line.text.lower() == DATE_LABEL


def _is_date(line: Line) -> bool:
    return is_date(without_label(line.text))


def _is_byline(line: Line) -> bool:
    return bool(_BYLINE.match(line.text)) and _is_short(line) and not _reads_as_sentence(line.text)


def _is_bare_name(line: Line) -> bool:
    return _is_byline(line) or bool(_NAME.match(line.text) and _is_short(line))


def _is_outlet(line: Line) -> bool:
    if not _is_short(line) or _BYLINE.match(line.text) or _CAPS_DATELINE.match(line.text):
        return False
    return bool(_DOMAIN.match(line.text)) or not line.text.endswith(_SENTENCE_END)


def _is_short(line: Line) -> bool:
    return len(line.text) <= _OUTLET_LENGTH and len(line.text.split()) <= _OUTLET_WORDS


def _reads_as_sentence(text: str) -> bool:
    return text.endswith((".", "?", "!"))


def _is_title(line: Line) -> bool:
    """A line longer than any headline is a paragraph: the title is missing."""
    return len(line.text) <= _TITLE_LENGTH and line.text.lower() not in SOURCE_LABELS


def _is_standfirst(line: Line) -> bool:
    return not _is_bare_name(line)


_DATE_STEPS = (Step("label", _is_label), Step("date", _is_date))
HEADS: dict[Form, tuple[Step, ...]] = {
    "F1": (
        Step("archive", _is_archive),
        *_DATE_STEPS,
        Step("title", _is_title),
        Step("publisher", _is_outlet),
        Step("byline", _is_byline, repeats=True),
    ),
    "F2": (Step("title", _is_title), Step("byline", _is_byline)),
    "F3": (*_DATE_STEPS, Step("byline", _is_byline)),
    "F4": (
        Step("date", _is_date),
        Step("title", _is_title),
        Step("standfirst", _is_standfirst),
        Step("byline", _is_bare_name),
        Step("second_date", _is_date),
        Step("publisher", _is_outlet),
    ),
}
