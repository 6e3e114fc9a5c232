"""Reports of ProQuest as text: documents between rules, their fields behind labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clippings.model import Field
from clippings.page import _records as records
from clippings.page import lines as look
from clippings.page._records import Document, Record
from clippings.page.forms import LaidOut, PageForm
from clippings.page.lines import Line

_START = re.compile(r"document (?P<number>\d{1,5}) of (?P<all>\d{1,5})$", re.IGNORECASE)
_RULE = re.compile(r"[_=*-]{10,}$")
_LABELED = re.compile(
    r"^[ \t]*(?:full text|publication title|publication date|document url):", re.IGNORECASE | re.MULTILINE
)
_FEWEST_LABELS = 2
_BODY = "body"
_LABELS = records.labels("proquest")
_OTHER = re.compile(r"[A-Z][\w /()&-]{2,40}: ")
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
    return records.together(text, found, max((int(one["all"]) for one in numbered), default=None))


def _record(text: str, document: Sequence[Line]) -> Record | None:
    found, body, at = Document(text), [], 0
    lines = [
        line for line in document if not (_START.match(line.text) or _RULE.match(line.text) or _LINKS.match(line.text))
    ]
    if not any(records.labeled(line, _LABELS) for line in lines):
        return None
    while at < len(lines):
        label = records.labeled(lines[at], _LABELS)
        end = next((to for to in range(at + 1, len(lines)) if records.labeled(lines[to], _LABELS)), len(lines))
        values = [*([label[1]] if label and label[1] else []), *lines[at + bool(label) : end]]
        if label and label[0] == _BODY:
            body += records.paragraphs(text, values)
        elif label and label[0] not in found.kinds:
            values = values[: next((n for n, line in enumerate(values) if n and _OTHER.match(line.text)), None)]
            found.take(label[0], values)
            if label[0] == "byline" and values:
                found.fields |= _authors(values)
        elif not label:
            _untitled(found, lines[:end])
        at = end
    return found.record(document[0].start, document[-1].end, body)


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
    if len(lines) > 1 and (look.is_byline(lines[1]) or look.is_bare_name(lines[1])):
        found.take("byline", lines[1:2])


FORM = PageForm("proquest", matches, lay_out)
