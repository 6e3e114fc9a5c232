"""Reports of ProQuest as text: documents between rules, their fields behind labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clippings import diagnostics
from clippings.model import Diagnostic, Field
from clippings.page import _records as records
from clippings.page import lines as look
from clippings.page._records import Document, Record
from clippings.page.forms import LaidOut, PageForm
from clippings.page.lines import Line

_START = re.compile(rf"document \d+ of {records.COUNT}$", re.IGNORECASE)
_RULE = re.compile(r"[_=*-]{10,}$")
_LABELED = re.compile(
    r"^[ \t]*(?:full text|publication title|publication date|document url):", re.IGNORECASE | re.MULTILINE
)
_FEWEST_LABELS, _LONG_TEXT = 2, 80
_BODY, _ABSTRACT = "body", "abstract"
_LABELS = records.labels("proquest")
_ALONE = {label: _LABELS[label] for label in ("full text", "abstract", "abstract (summary)", "find a copy")}
"""Labels that stand without a colon where they are alone on a line."""
_CITED = re.compile(
    r"(?P<authors>[^,;.]+, [^,;.]+(?:; [^,;.]+, [^,;.]+)*)\. [A-Z].* \[[^\]]+\] ?\d\d? [A-Z][a-z]+ \d{4}: \S+$"
)
"""``Lind, Maria; Doe, John H. Harbor Globe [Harbor, Mass] 09 Nov 2007: A.12.``"""
_OTHER = re.compile(r"[A-Z][\w /()&-]+: ")
"""A label that is not known ends the value above it."""
_LINKS = re.compile(r"(?:proquest document link|https?://\S+)$|report information from proquest", re.IGNORECASE)


def matches(text: str) -> bool:
    r"""Tell whether a text is a report of ProQuest: two of its labels, each on a line of its own.

    >>> matches("Publication title: The Sun\nFull text: They met."), matches("Full text: They met.")
    (True, False)
    """
    if "ublication" not in text and "ocument URL" not in text:
        return False
    text = records.with_newlines(text)
    found = {label[0].strip().lower() for label in _LABELED.finditer(text)}
    return len(found) >= _FEWEST_LABELS


def lay_out(text: str) -> LaidOut:
    r"""Lay out a report of ProQuest: an item a document.

    >>> page = "Title: Talks\n\nPublication title: The Sun\n\nPublication date: Mar 14, 2008\n\nFull text: They met.\n"
    >>> [block.kind for block in lay_out(page).blocks if block.kind not in ("blank", "furniture")]
    ['title', 'publisher', 'date', 'paragraph']
    """
    lines = look.lines(text)
    numbered = [start for line in lines if (start := _START.match(line.text))]
    documents = records.cut(lines, starts=_START if numbered else _RULE)
    found = (_record(text, document) for document in documents)
    return records.together(text, found, max((int(one[1]) for one in numbered), default=None))


def _record(text: str, document: Sequence[Line]) -> Record | None:
    found, body, at = Document(text), [], 0
    lines = [
        line for line in document if not (_START.match(line.text) or _RULE.match(line.text) or _LINKS.match(line.text))
    ]
    if not any(map(_labeled, lines)):
        return None
    below: list[Line] = []
    while at < len(lines):
        label = _labeled(lines[at])
        end = next((to for to in range(at + 1, len(lines)) if _labeled(lines[to])), len(lines))
        values = [*([label[1]] if label and label[1] else []), *lines[at + bool(label) : end]]
        at = end
        if label and label[0] == _BODY:
            body += records.paragraphs(text, values)
            continue
        size = next((n for n, line in enumerate(values) if n and _length(line)), len(values))
        below += values[size:] if label is None or label[0] != _ABSTRACT else []
        values = values[:size]
        if label and label[0] not in {*found.kinds, _ABSTRACT}:
            most = 1 if label[0] in ("date", "source_url") else len(values)
            values = values[: next((n for n, line in enumerate(values) if n and _OTHER.match(line.text)), most)]
            is_nobody = label[0] == "byline" and [line.text.lower() for line in values] == ["anonymous"]
            found.take("furniture" if is_nobody else label[0], values)
            if label[0] == "byline" and values and not is_nobody:
                found.fields |= _authors(values)
        elif not label:
            _untitled(found, values)
    if sum(map(_length, below)) > sum(part.end - part.start for part in body):
        body = records.paragraphs(text, below)
        found.told.append(_unlabelled(text, below[0]))
    return found.record(document[0].start, document[-1].end, body)


def _unlabelled(text: str, first: Line) -> Diagnostic:
    values = {"may": "no part of the text", "read_as": "its first line"}
    return diagnostics.at("CLP215", text, first.start, printed=first.text[:_LONG_TEXT], **values)


def _labeled(line: Line) -> tuple[str, Line | None] | None:
    alone = _ALONE.get(line.text.lower())
    return (alone, None) if alone else records.labeled(line, _LABELS)


def _length(line: Line) -> int:
    """Characters of a line that is a text, 0 of another."""
    is_text = len(line.text) >= _LONG_TEXT and look.reads_as_sentence(line) and not _CITED.match(line.text)
    return len(line.text) if is_text else 0


def _authors(lines: Sequence[Line]) -> dict[str, Field]:
    """The authors, whose surnames stand first where a comma follows one word: ``Lee, Anna; Doe, John``."""
    printed = records.words(lines)
    names = [_SURNAME_FIRST.sub(r"\2 \1", name.strip()) for name in printed.value.rstrip(". ").split(";")]
    named = [name for name in names if name]
    return {"byline": Field(" and ".join(named), printed.span), "authors": Field("; ".join(named), printed.span)}


_SURNAME_FIRST = re.compile(r"^((?:(?:de|van|von) )*[^\s,]+), ([^\s,]+(?: [^\s,]+)?)$", re.IGNORECASE)


def _untitled(found: Document, lines: Sequence[Line]) -> None:
    """The title of a report stands above its first label."""
    found.take("title", lines[:1])
    cited = _CITED.match(lines[1].text) if lines[1:] else None
    if cited:
        start = lines[1].start
        signed = [Line(start, start + cited.end("authors"), cited["authors"])]
        found.take("byline", signed)
        found.fields |= _authors(signed)
    else:
        found.take("byline", [line for line in lines[1:2] if look.is_byline(line) or look.is_bare_name(line)])


FORM = PageForm("proquest", matches, lay_out)
