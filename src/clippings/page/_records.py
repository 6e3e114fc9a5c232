"""What the page forms of press databases share: many documents in one text, each with labels, a head and a body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from itertools import pairwise
from statistics import median
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from clippings import diagnostics
from clippings.model import Block, Diagnostic, Field, Span
from clippings.page import _archive as archive
from clippings.page import _furniture as furniture
from clippings.page.forms import LaidOut, document, laid_out
from clippings.page.lines import Line
from clippings.page.printed_dates import opening
from clippings.places import line_ends

_LABELS = msgspec.yaml.decode(
    resources.files(__package__).joinpath("exports.yaml").read_bytes(), type=dict[str, dict[str, list[str]]]
)
_COPYRIGHT = re.compile(r"(?:copyright\b|\(c\) |©|all rights reserved|tous droits réservés|alle rechte)", re.IGNORECASE)
COUNT = r"(\d{1,5})"
"""The number of documents that an export says it has."""
_WRAPPED_AT = 100
"""Lines of a text wrapped at a column are no longer than this, in characters (the median of a body)."""
_FULL_LINE = 50
"""A line of so many characters may go on in the next."""
_SENTENCE_END = (".", "?", "!", '."', ".”")
_MOSTLY_APART = 0.7
"""Where this share of a body's lines or more stands behind a blank line, each line is a paragraph."""
NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})
_FIELDS = frozenset({"title", "date", "dateline"})
"""What a document's own parts tell; the other fields are read from its blocks, as those of any page."""


class Record(NamedTuple):
    """A document of an export: its extent, its parts in order, the fields its labels give, and what is told of it."""

    page: Span
    parts: Sequence[Block]
    fields: Mapping[str, Field]
    told: Sequence[Diagnostic] = ()


class Document:
    """A document while it is read: its text, and the parts and fields found in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[Block] = []
        self.fields: dict[str, Field] = {}
        self.kinds: set[str] = set()
        self.told: list[Diagnostic] = []

    def take(self, kind: str, lines: Sequence[Line]) -> None:
        """Take lines of a known kind; the first of a kind is the field."""
        if not lines:
            return
        self.parts.append(block(lines, kind))
        field = _date(lines[0]) if kind == "date" else words(lines)
        if kind in _FIELDS and kind not in self.kinds and field:
            self.fields[kind] = field
        self.kinds.add(kind)

    def record(self, start: int, end: int, body: Sequence[Block] = ()) -> Record | None:
        """Return the document with its body; None where it has neither that nor a title."""
        if not (body or "title" in self.kinds):
            return None
        parts = sorted([*self.parts, *body], key=lambda part: part.start)
        return Record(Span(start, end), parts, self.fields, self.told)


def together(text: str, found: Iterable[Record | None], printed: int | None = None) -> LaidOut:
    """Lay out a text of many documents; another number of them than is printed in it is told (CLP231)."""
    records = [record for record in found if record]
    if not records:
        return archive.plain(text)
    parts = [part for record in records for part in record.parts]
    items = [document(parts, record.page, **record.fields) for record in records]
    told = [one for record in records for one in record.told]
    if printed not in (None, len(records)):
        told.append(diagnostics.make("CLP231", found=len(records), printed=printed))
    return laid_out(text, parts, items)._replace(diagnostics=tuple(told))


def with_newlines(text: str) -> str:
    """Return a text whose lines end with a newline, for expressions that look at the edges of lines."""
    return text.replace("\r", "\n") if "\r" in text else text


def words(lines: Sequence[Line]) -> Field:
    """Return the words of lines, joined by one blank, as a field."""
    return Field(" ".join(" ".join(line.text for line in lines).split()), Span(lines[0].start, lines[-1].end))


def _date(line: Line) -> Field | None:
    found = opening(line.text)
    if found is None:
        return None
    day, span = found
    return Field(day.isoformat(), Span(line.start + span.start, line.start + span.end), "printed", "day")


def block(lines: Sequence[Line], kind: str) -> Block:
    """Return the block from the first of some lines to the last."""
    return Block(lines[0].start, lines[-1].end, kind)


def is_copyright(line: Line) -> bool:
    """Tell whether a line is a notice of rights.

    >>> is_copyright(Line(0, 12, "(c) 2007 DPA")), is_copyright(Line(0, 15, "Copyrights sold"))
    (True, False)
    """
    return bool(_COPYRIGHT.match(line.text))


def goes_on(text: str, line: Line, after: Line) -> bool:
    """Tell whether a line, wrapped at a column, goes on in the one after it."""
    return _FULL_LINE <= len(line.text) <= _WRAPPED_AT and not is_apart(text, line, after)


def is_apart(text: str, line: Line, after: Line) -> bool:
    """Tell whether a blank line stands between two lines."""
    return line_ends(text[line.end : after.start]) > 1


def paragraphs(text: str, lines: Sequence[Line]) -> list[Block]:
    r"""Return the paragraphs of a body: from blank line to blank line where it is wrapped at a column, else one a line.

    >>> from clippings.page.lines import lines
    >>> body = "They met on Tuesday and\nsaid little.\n\nThey will meet\nagain."
    >>> [part.of(body) for part in paragraphs(body, lines(body))]
    ['They met on Tuesday and\nsaid little.', 'They will meet\nagain.']
    """
    lines = furniture.apart(lines)[0]
    if not lines:
        return []
    apart = [is_apart(text, line, after) for line, after in pairwise(lines)]
    if not _is_wrapped(lines, apart):
        return [Block(line.start, line.end, "paragraph") for line in lines]
    edges = [0, *(at for at, split in enumerate(apart, 1) if split), len(lines)]
    return [block(lines[start:end], "paragraph") for start, end in pairwise(edges)]


def _is_wrapped(lines: Sequence[Line], apart: Sequence[bool]) -> bool:
    """Tell whether lines end at a column: most are short, few stand behind a blank line, few end a sentence."""
    if median(len(line.text) for line in lines) > _WRAPPED_AT or sum(apart) > _MOSTLY_APART * len(apart):
        return False
    inner = [line for line, split in zip(lines, apart, strict=False) if not split]
    return sum(line.text.endswith(_SENTENCE_END) for line in inner) < len(inner) / 2


def labels(export: str) -> dict[str, str]:
    """Return the labels of an export, each with the kind of line that it gives its words.

    >>> labels("factiva")["HD"]
    'title'
    """
    return {label: kind for kind, listed in _LABELS[export].items() for label in listed}


def labeled(line: Line, names: Mapping[str, str]) -> tuple[str, Line | None] | None:
    """Return the kind that a label gives its line, and the words behind it; None where no known label opens it.

    >>> labeled(Line(0, 14, "BYLINE: A. Lee"), {"byline": "byline"})
    ('byline', Line(start=8, end=14, text='A. Lee', ...))
    """
    label, colon, rest = line.text.partition(":")
    kind = names.get(label.strip().lower()) if colon else None
    if kind is None:
        return None
    value = rest.strip()
    return kind, Line(line.end - len(rest.lstrip()), line.end, value) if value else None


def cut(
    lines: Iterable[Line], *, starts: re.Pattern[str] | None = None, ends: re.Pattern[str] | None = None
) -> Iterator[list[Line]]:
    """Cut the lines of an export into documents, each from its first mark to its last; a cover goes with the first."""
    held: list[Line] = []
    for line in lines:
        if held and starts and starts.match(line.text):
            yield held
            held = []
        held.append(line)
        if ends and ends.match(line.text):
            yield held
            held = []
    if held:
        yield held
