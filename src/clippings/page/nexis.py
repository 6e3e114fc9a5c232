"""Exports of Nexis: the text files of LexisNexis with ``3 of 57 DOCUMENTS``, and those of Nexis Uni with ``Body``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from clippings.model import Field, Span
from clippings.page import _records as records
from clippings.page import lines as look
from clippings.page._records import Document, Record
from clippings.page.forms import LaidOut, PageForm
from clippings.page.lines import Line
from clippings.page.printed_dates import opening, within

_OF = rf"\d+ (?:of|de|von|sur) {records.COUNT}"
_NUMBERED = rf"(?:do[ck]ument {_OF}|{_OF} do[ck]umente?[sn]?)"
_START = re.compile(_NUMBERED + "$", re.IGNORECASE)
_END = re.compile(r"(?:end of document|fin du document|ende des dokuments)$", re.IGNORECASE)
_LISTED = re.compile(rf"documents? \({records.COUNT}\)$", re.IGNORECASE)
_MARKED = re.compile(rf"^[ \t]*(?:{_NUMBERED}|{_END.pattern[:-1]})[ \t]*$", re.IGNORECASE | re.MULTILINE)
_LABELED = re.compile(r"^[ \t]*length:\s*\d[\d,.]* words", re.IGNORECASE | re.MULTILINE)
_OTHER_LABEL = re.compile(
    r"^[ \t]*(?:byline|section|load-date|publication-type|dateline):|^[ \t]*body[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_BODY = frozenset({"body", "body:", "text:", "full text:"})
_BEHIND = frozenset({"classification", "graphic", "notes"})
_FURNITURE = re.compile(
    r"page \d+(?: of \d+)?$|link to (?:image|pdf|the original story)|highlight$|load-date$"
    r"|update: \d\d?\. \w+ \d{4}$|supplied by bbc worldwide monitoring$",
    re.IGNORECASE,
)
_HEAD, _TAIL = records.labels("nexis_head"), records.labels("nexis_tail")
_LABELS = _HEAD | _TAIL
_WORDS_OF_TITLES = frozenset(
    {"by", "column", "correction", "date", "notes", "page", "pages", "people", "source", "title"}
)
"""Labels in capitals only: in other letters they may begin a headline."""
_EDITION = re.compile(r"(?:final|late|early|first|second|national|metro)$|.{0,30}\bedition\b.{0,20}$", re.IGNORECASE)
_CENTRED = 8
"""A line is centred that has so many blanks before it."""


class _Style(NamedTuple):
    """How a document is written: with the word ``Body`` above its text, with labels in capitals."""

    is_new: bool
    is_upper: bool


_FURTHEST_LABEL = 30
"""Labels of a head stand among so many lines from its start."""
_UNDATED_HEAD = 2
"""Without date and labels, the head is two lines: outlet and title."""


def matches(text: str) -> bool:
    r"""Tell whether a text is an export of Nexis, of many documents or one.

    >>> matches("1 of 2 DOCUMENTS\n\nThe Guardian"), matches("The talks were 1 of 2 documents of the year.")
    (True, False)
    """
    if any(part in text for part in ("ocument", "OCUMENT", "okument", "OKUMENT")):
        return bool(_MARKED.search(records.with_newlines(text))) or _is_labeled(text)
    return _is_labeled(text)


def _is_labeled(text: str) -> bool:
    if "ength:" not in text and "ENGTH:" not in text:
        return False
    text = records.with_newlines(text)
    return bool(_LABELED.search(text) and _OTHER_LABEL.search(text))


def lay_out(text: str) -> LaidOut:
    r"""Lay out an export of Nexis: an item a document.

    >>> text = "1 of 1 DOCUMENTS\n\nThe Sun\n\nMarch 14, 2008 Friday\n\nTalks\n\nLENGTH: 2 words\n\nThey met.\n"
    >>> [block.kind for block in lay_out(text).blocks if block.kind not in ("blank", "furniture")]
    ['publisher', 'date', 'title', 'paragraph']
    """
    lines = look.lines(text)
    documents = list(records.cut(lines, starts=_START, ends=_END))
    documents = [document for document in documents if _START.match(document[0].text)] or documents
    return records.together(text, (_record(text, document) for document in documents), _printed(lines))


def _printed(lines: Sequence[Line]) -> int | None:
    """The number of documents that the export says it holds, else of those whose end it marks."""
    told = (found for line in lines for form in (_START, _LISTED) if (found := form.match(line.text)))
    ends = sum(_END.match(line.text) is not None for line in lines)
    return max((int(number) for found in told for number in found.groups() if number), default=ends or None)


def _record(text: str, document: Sequence[Line]) -> Record | None:
    lines = [line for line in document if not _is_mark(line)]
    labels = [line.text.partition(":")[0] for line in lines if records.labeled(line, _LABELS)]
    style = _Style(any(line.text.lower() in _BODY for line in lines), any(map(str.isupper, labels)))
    found = Document(text)
    start = _body_start(text, lines, style)
    _head(found, _free(found, lines[:start], _LABELS, style), style)
    body = records.paragraphs(text, _body(found, lines[start:], style))
    loaded = next((line for line in lines if line.text.lower().startswith("load-date:")), None)
    loaded_on = within(loaded.text) if loaded and "date" not in found.kinds else None
    if loaded and loaded_on:
        day, span = loaded_on
        place = Span(loaded.start + span.start, loaded.start + span.end)
        found.fields["date"] = Field(day.isoformat(), place, "properties", "day")
    head = [part.start for part in found.parts if part.kind != "furniture"]
    return found.record(min(head, default=document[0].start), document[-1].end, body)


def _is_mark(line: Line) -> bool:
    return any(form.match(line.text) for form in (_START, _END, _FURNITURE)) or records.is_copyright(line)


def _free(found: Document, lines: Sequence[Line], names: Mapping[str, str], style: _Style) -> list[list[Line]]:
    """Take what has a label, and return the other lines, those together that are one line wrapped."""
    free: list[list[Line]] = []
    at = 0
    while at < len(lines):
        end, label = _end(found.text, lines, at, style), _labeled(lines[at], names, style)
        if label is None:
            free.append(list(lines[at:end]))
        elif label[1]:
            found.take(label[0], [label[1], *lines[at + 1 : end]])
        at = end
    return free


def _end(text: str, lines: Sequence[Line], at: int, style: _Style) -> int:
    """Where the words of a line end, which may be wrapped at a column."""
    while at + 1 < len(lines) and records.goes_on(text, lines[at], lines[at + 1]):
        if _labeled(lines[at + 1], _LABELS, style):
            break
        at += 1
    return at + 1


def _body_start(text: str, lines: Sequence[Line], style: _Style) -> int:
    """Where the body begins: behind ``Body``, else behind the labels of the head, else behind title and date."""
    if style.is_new:
        return next(at for at, line in enumerate(lines) if line.text.lower() in _BODY) + 1
    labels = [at for at, line in enumerate(lines[:_FURTHEST_LABEL]) if _labeled(line, _HEAD, style)]
    if labels:
        return _end(text, lines, labels[-1], style)
    day = next((at for at, line in enumerate(lines) if opening(line.text)), None)
    if day is None:
        return min(_UNDATED_HEAD, len(lines))
    if day >= _UNDATED_HEAD:
        return day + 1
    title = next((at for at in range(day + 1, len(lines)) if not _is_edition(text, lines[at])), len(lines) - 1)
    return _end(text, lines, title, style)


def _head(found: Document, free: list[list[Line]], style: _Style) -> None:
    """Tell date, outlet and title in the lines without a label."""
    free = [lines for lines in free if lines[0].text.lower() not in _BODY and not _takes_byline(found, lines)]
    day = next((at for at, lines in enumerate(free) if opening(lines[0].text)), None)
    if day is not None:
        found.take("date", free[day][:1])
    before, below = (free, []) if day is None else (free[:day], free[day + 1 :])
    after = [lines for lines in below if not _is_edition(found.text, lines[0])]
    if not after and len(before) < _UNDATED_HEAD:
        after = below[-1:]
    outlet = None if "publisher" in found.kinds else _outlet(found, before, after, style)
    if outlet:
        found.take("publisher", outlet)
    above = [lines for lines in reversed(before) if lines is not outlet]
    under = [lines for lines in after if lines is not outlet]
    title = next(iter([*above, *under] if style.is_new else [*under, *above]), None)
    if title and "title" not in found.kinds:
        found.take("title", title)


def _takes_byline(found: Document, lines: list[Line]) -> bool:
    if not look.is_byline(lines[0]):
        return False
    found.take("byline", lines)
    return True


def _outlet(found: Document, before: list[list[Line]], after: list[list[Line]], style: _Style) -> list[Line] | None:
    """The line that names the outlet: one that does so by its words, else the one above the date beside a title."""
    near = [*before[-_UNDATED_HEAD:], *after[:1]]
    known = [lines for lines in near if look.is_named_outlet(lines[0])]
    if len(known) == 1 or not before:
        return known[0] if known else None
    if "title" in found.kinds:
        return before[-1]
    if "date" not in found.kinds and not style.is_new and len(before) > 1:
        return before[-_UNDATED_HEAD]
    is_title = len(before) == 1 and (style.is_new or not after)
    return None if is_title else before[-1]


def _is_edition(text: str, line: Line) -> bool:
    """An edition stands behind the date: centred as it is, or by its name."""
    indent = line.start - 1 - max(text.rfind(end, 0, line.start) for end in "\r\n")
    return indent >= _CENTRED or bool(_EDITION.match(line.text))


def _body(found: Document, lines: Sequence[Line], style: _Style) -> list[Line]:
    """The lines of the body; what stands behind it is taken by its labels."""
    end = next((at for at, line in enumerate(lines) if _is_behind(line, style)), len(lines))
    _free(found, lines[end:], _TAIL, style)
    return list(lines[:end])


def _is_behind(line: Line, style: _Style) -> bool:
    if style.is_new:
        return line.text.lower() in _BEHIND or line.text.lower().startswith("load-date:")
    return line.text.lower() in _BEHIND or _labeled(line, _TAIL, style) is not None


def _labeled(line: Line, names: Mapping[str, str], style: _Style) -> tuple[str, Line | None] | None:
    """Read a label; beside labels in capitals, another is a headline or a sentence, as are some everywhere."""
    label = line.text.partition(":")[0]
    is_label = label.isupper() or not (style.is_upper or label.lower() in _WORDS_OF_TITLES)
    return records.labeled(line, names) if is_label else None


FORM = PageForm("nexis", matches, lay_out)
