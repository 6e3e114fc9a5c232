"""Exports of Europresse: documents that end with their number, such as ``news·20060315·LM·0q1503_1256056``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from clippings.page import _records as records
from clippings.page import lines as look
from clippings.page._records import NOTHING_KNOWN, Document, Record
from clippings.page.forms import LaidOut, PageForm
from clippings.page.lines import Line
from clippings.page.printed_dates import within

_NUMBER = r"(?:[^\d\n]+: ?)?((?:news|web|rep|bio|soc)·\d{8}·[A-Za-z0-9]+·[\w-]+)$"
_MARKED = re.compile(rf"^[ \t]*+{_NUMBER}", re.MULTILINE)
_END = re.compile(_NUMBER)
_CERTIFICATE = re.compile(
    r"ce certificat|this certificate|certificat émis|date d.émission|issue date|le présent document est protégé"
    r"|this document is protected",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?:note|illustration)\(s\) ?:", re.IGNORECASE)
_ISSUE = re.compile(r",? \(?(?:no\b|n°|vol\b|num|site web).*$", re.IGNORECASE)
_HEAD_LINES = 5
"""The title is among so many lines below the date."""


def matches(text: str) -> bool:
    r"""Tell whether a text is an export of Europresse, by the number at the end of each of its documents.

    >>> matches("Fin.\n\nnews·20060315·LM·0q1503_1256056\n"), matches("The news of 20060315 was bad.")
    (True, False)
    """
    return "·" in text and bool(_MARKED.search(records.with_newlines(text)))


def lay_out(text: str, known: Mapping[str, str] = NOTHING_KNOWN) -> LaidOut:
    r"""Lay out an export of Europresse: an item an article; ``known`` are kinds of lines that markup tells.

    >>> page = "Le Monde\n\nA la une, mardi 14 mars 2006\n\nTalks\n\nThey met.\n\nnews·20060314·LM·0q1403_1255263"
    >>> [block.kind for block in lay_out(page).blocks if block.kind not in ("blank", "furniture")]
    ['publisher', 'date', 'title', 'paragraph']
    """
    found = (_record(text, document, known) for document in records.cut(look.lines(text), ends=_END))
    numbers = {end[1] for line in look.lines(text) if (end := _END.match(line.text))}
    return records.together(text, found, len(numbers))


def _record(text: str, document: Sequence[Line], known: Mapping[str, str]) -> Record | None:
    """A document: its outlet, its date, perhaps a rubric, its title, perhaps names, its text, its number."""
    lines = [line for line in document if not (_END.match(line.text) or _CERTIFICATE.match(line.text))]
    day = next(((at, date) for at, line in enumerate(lines) if at and (date := within(line.text))), None)
    if day is None:
        return None
    at, (_, words) = day
    start = lines[at].start
    found = Document(text)
    found.take("publisher", [_without_issue(lines[at - 1])])
    found.take("date", [Line(start + words.start, start + words.end, words.of(lines[at].text))])
    start = at + 1 + _head(found, lines[at + 1 :], known)
    end = next((to for to in range(start, len(lines)) if _is_behind(lines[to])), len(lines))
    return found.record(lines[at - 1].start, document[-1].end, records.paragraphs(text, lines[start:end]))


def _is_behind(line: Line) -> bool:
    return records.is_copyright(line) or bool(_BEHIND.match(line.text))


def _without_issue(line: Line) -> Line:
    name = _ISSUE.sub("", line.text)
    return Line(line.start, line.start + len(name), name)


def _head(found: Document, lines: Sequence[Line], known: Mapping[str, str]) -> int:
    """Take what stands between date and text, and return how many lines that is."""
    title = next((at for at, line in enumerate(lines[:_HEAD_LINES]) if known.get(line.text) == "title"), None)
    if title is None:
        first = lines[0] if len(lines) > 1 else None
        title = int(bool(first and (look.is_rubric(first) or (first.text.isupper() and look.is_short(first)))))
    for line in lines[:title]:
        found.take("rubric", [line])
    found.take("title", lines[title : title + 1])
    at = title + 1
    for line in lines[at:]:
        kind = known.get(line.text) or ("byline" if look.is_byline(line) or look.is_bare_name(line) else "")
        if kind not in ("byline", "standfirst") or kind in found.kinds:
            break
        found.take(kind, [line])
        at += 1
    return at


FORM = PageForm("europresse", matches, lay_out)
