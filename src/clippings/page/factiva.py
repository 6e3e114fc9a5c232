"""Exports of Factiva as text: articles with their words counted, or lines with codes such as ``HD`` and ``TD``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from clippings.page import _records as records
from clippings.page import lines as look
from clippings.page._records import NOTHING_KNOWN, Document, Record
from clippings.page.forms import LaidOut, PageForm
from clippings.page.lines import Line
from clippings.page.printed_dates import opening

_NUMBER = r"(?:AN[ \t\xa0|]+)?document (?=[A-Z][A-Z0-9]*?\d{8}[A-Z0-9])[A-Z0-9]++[ \t|]*\r?$"
_END = re.compile(_NUMBER, re.IGNORECASE)
_MARKED = re.compile(rf"^[ \t]*{_NUMBER}", re.IGNORECASE | re.MULTILINE)
_WORDS = re.compile(r"\d[\d,. ]* (?:words|mots|wörter|palabras|parole|palavras)$", re.IGNORECASE)
_CODES = records.labels("factiva")
_CODE = re.compile(rf"(?P<code>{'|'.join(sorted(_CODES, key=len, reverse=True))})(?=[ \t\xa0|]|$)[ \t\xa0|]*")
_TITLED, _TEXTED, _DATED = (
    re.compile(rf"^[ \t]*(?:{codes})(?:[ \t\xa0|]|\r?$)", re.MULTILINE) for codes in ("HD", "LP|TD", "PD|SN")
)
_PAPER_CODE = re.compile(r"[A-Z][A-Z0-9]{2,9}$")
_LANGUAGE = re.compile(r"(?:english|français|french|deutsch|german|español|spanish|italian|russian)$", re.IGNORECASE)
_TIME = re.compile(r"\d\d?:\d\d(?: ?[AaPp][Mm])?(?: [A-Z]+)?$")
_LONGEST_HEAD = 8
"""Behind the words counted come date, time, outlet, code, edition, page, language and rights, in no more lines."""
_FEWEST_CODES = 3
"""A document with fewer lines of codes is one whose text begins with capitals."""


def matches(text: str) -> bool:
    r"""Tell whether a text is an export of Factiva, by the number at the end of a document or by its codes.

    >>> matches("They met.\n\nDocument GRDN000020080314e43e0003m\n"), matches("Document 5 was signed.")
    (True, False)
    """
    if ("ocument " in text or "DOCUMENT " in text) and _MARKED.search(records.with_newlines(text)):
        return True
    return "HD" in text and all(form.search(records.with_newlines(text)) for form in (_TITLED, _TEXTED, _DATED))


def lay_out(text: str, known: Mapping[str, str] = NOTHING_KNOWN) -> LaidOut:
    r"""Lay out an export of Factiva: an item an article; ``known`` are kinds of lines that markup tells.

    >>> page = "Talks\n\n2 words\n\n14 March 2008\n\nThe Sun\n\nThey met.\n\nDocument SUN0000020080314e43e0003m\n"
    >>> [block.kind for block in lay_out(page).blocks if block.kind not in ("blank", "furniture")]
    ['title', 'date', 'publisher', 'paragraph']
    """
    lines = look.lines(text)
    is_numbered = any(_END.match(line.text) for line in lines)
    cut = records.cut(lines, ends=_END) if is_numbered else _titled(lines)
    documents = [document for document in cut if not is_numbered or _END.match(document[-1].text)]
    found = (_record(text, document, known) for document in documents)
    return records.together(text, found, len(documents) if is_numbered else None)


def _titled(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Cut documents of codes that end without a number: each begins at its title, or at a code right above it."""
    starts: list[int] = []
    start: int | None = 0
    for at, line in enumerate(lines):
        code = _CODE.match(line.text)
        if code and _CODES[code["code"]] != "rubric":
            starts += [at if start is None else start] if code["code"] == "HD" else []
            start = None
        elif code:
            start = at
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=bool(starts)):
        yield lines[start:end]


def _record(text: str, document: Sequence[Line], known: Mapping[str, str]) -> Record | None:
    if _END.match(document[-1].text) is None and not _CODE.match(document[0].text):
        return None
    codes = [at for at, line in enumerate(document) if _CODE.match(line.text)]
    if len(codes) >= _FEWEST_CODES:
        return _coded(text, document, codes)
    return _counted(text, document, known)


def _coded(text: str, document: Sequence[Line], codes: Sequence[int]) -> Record | None:
    """A document of codes: each holds until the next."""
    found, body = Document(text), []
    for start, end in zip(codes, [*codes[1:], len(document)], strict=True):
        code = _CODE.match(document[start].text)
        assert code
        rest = document[start].text[code.end() :].rstrip("| ")
        first = Line(document[start].start + code.end(), document[start].start + code.end() + len(rest), rest)
        values = [*([first] if rest else []), *document[start + 1 : end]]
        if _CODES[code["code"]] == "paragraph":
            body += records.paragraphs(text, values)
        else:
            found.take(_CODES[code["code"]], values)
    return found.record(document[codes[0]].start, document[-1].end, body)


def _counted(text: str, document: Sequence[Line], known: Mapping[str, str]) -> Record | None:
    """A document whose words are counted between its title and its date; the count may be missing."""
    at = next((at for at, line in enumerate(document) if _WORDS.match(line.text)), None)
    day = next((at for at, line in enumerate(document) if at and opening(line.text)), None)
    if at is None and day is None:
        return None
    found = Document(text)
    _above(found, document[: day if at is None else at], known)
    start = _below(found, document, (day or 0) if at is None else at + 1)
    body = [line for line in document[start:-1] if not records.is_copyright(line)]
    if len(body) > 1 and _COMPANY.search(body[-1].text) and len(body[-1].text) <= look.LONGEST_SIGNATURE:
        del body[-1]
    begins = min((part.start for part in found.parts), default=document[0].start)
    return found.record(begins, document[-1].end, records.paragraphs(text, body))


_COMPANY = re.compile(r"\b(?:Limited|Ltd|Inc|LLC|plc|PLC|GmbH|Company|Corporation|AG)\.?$")


def _above(found: Document, lines: Sequence[Line], known: Mapping[str, str]) -> None:
    """Take the title, what is above it as a rubric, and the names below it."""
    lines = list(lines)
    told = {kind: line for line in lines if (kind := known.get(line.text))}
    if "title" in told:
        for kind, line in told.items():
            found.take(kind, [line])
        return
    while len(lines) > 1 and _signs(lines):
        found.take("byline", [lines.pop()])
    for kind in ("title", "rubric"):
        if lines:
            found.take(kind, [lines.pop()])


def _signs(lines: Sequence[Line]) -> bool:
    """Tell whether the last line above the count of words is a byline; below a rubric alone it is the title."""
    if look.is_byline(lines[-1]):
        return True
    return look.is_bare_name(lines[-1]) and not look.is_rubric(lines[-2])


def _below(found: Document, document: Sequence[Line], at: int) -> int:
    """Take date and outlet behind the count of words, and return where the body begins: behind the notice of rights."""
    rights = [behind for behind, line in enumerate(document[at : at + _LONGEST_HEAD]) if records.is_copyright(line)]
    end = at + rights[0] + 1 if rights else None
    for line in document[at : at + _LONGEST_HEAD]:
        if at == end:
            break
        if "date" not in found.kinds and opening(line.text):
            found.take("date", [line])
        elif "publisher" not in found.kinds and "date" in found.kinds and not _TIME.match(line.text):
            found.take("publisher", [line])
        elif not (end or _is_known(line)):
            break
        at += 1
    return at


def _is_known(line: Line) -> bool:
    """Tell whether a line of the head is a page or time, which begin with a figure, a paper's code or a language."""
    is_page = line.text[:1].isdigit() and len(line.text) <= _LONGEST_PAGE
    return is_page or any(form.match(line.text) for form in (_PAPER_CODE, _LANGUAGE, _PAGE))


_PAGE = re.compile(r"(?:page|pg\.?|p\.) ?\w+$", re.IGNORECASE)
_LONGEST_PAGE = 20

FORM = PageForm("factiva", matches, lay_out)
