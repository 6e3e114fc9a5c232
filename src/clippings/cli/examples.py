"""The smallest input that brings about each diagnostic: shown in the book, and held to by the tests."""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from clippings.cli import _review_examples
from clippings.codebook import Codebook
from clippings.codebook.matching import Hit
from clippings.corpus import Corpus
from clippings.diagnostics import CODES, described
from clippings.page.forms import LaidOut, PageForm
from clippings.page.layout import register_page_form
from clippings.reading.archives import SMALL
from clippings.reading.guards import MAX_UNPACKED
from clippings.reading.markup_bounds import MAX_ATTRIBUTES
from clippings.reading.reader import parse, read, read_frame
from clippings.reading.source import MAX_BYTES
from clippings.review import CuratedCorpus
from clippings.sources import Sources
from clippings.store.lines import read_jsonl
from clippings.tables import jsonl

SOUND = """BELARUS NEWS AND ANALYSIS

DATE:

02/11/2007

Talks in Minsk

They met on Tuesday.

Source:

http://www.example.org/talks
"""
_TEXT = "They met in the capital, where both sides were said to be close to an agreement."
_SIGNED = "Reuters\n\n2 November 2007\n\n"
_PAGE, _LINES = "page.txt", "evidence.jsonl"


class Example(NamedTuple):
    """Files (a string is where a link leads), all read or those of ``names``; ``shown`` says it in a few words.

    ``rows`` are read instead as the texts of a frame; ``without`` names a package that must be missing. With ``fault``
    the pages are annotated too, by so many ``workers``, and every clipping meets it; they are with ``annotated``.
    ``form`` is registered before. With ``together`` the words that several pages share are looked for.
    """

    shown: str
    files: Mapping[str, bytes | str | Callable[[], bytes]] = {}
    names: tuple[str, ...] = ()
    rows: tuple[str | None, ...] = ()
    without: str = ""
    fault: Callable[[], None] | None = None
    workers: int = 1
    annotated: bool = False
    given: Mapping[str, Any] = {}
    form: PageForm | None = None
    together: bool = False


class Faulty(Codebook):
    """The codebook ``security`` with a fault that no codebook should have."""

    def __init__(self, fault: Callable[[], None]) -> None:
        vars(self).update(vars(Codebook.load()))
        self._fault = fault

    def scan(self, _text: str, _start: int = 0, _end: int | None = None) -> list[Hit]:
        """Do what is wrong."""
        self._fault()
        return []


def changed(**words: str) -> Mapping[str, bytes]:
    """Return a sound page in which the words of each part are replaced; parts are named in ``_PARTS``.

    >>> b"31/02/2007" in changed(date="31/02/2007")["page.txt"]
    True
    """
    page = SOUND
    for part, new in words.items():
        page = page.replace(_PARTS[part], new)
    return {_PAGE: page.encode()}


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _table(*cells: str) -> pd.DataFrame:
    return pd.DataFrame({"file": cells[::2], "date": cells[1::2]})


def _raise() -> None:
    raise ValueError("no such day")


def _fail(_text: str) -> LaidOut:
    raise ValueError("no heading")


def _leave() -> None:
    os._exit(3)


_PARTS = {
    "archive": "BELARUS NEWS AND ANALYSIS\n\n",
    "dated": "DATE:\n\n02/11/2007\n\n",
    "date": "02/11/2007",
    "title": "Talks in Minsk\n\n",
    "body": "They met on Tuesday.\n\n",
    "source": "Source:\n\nhttp://www.example.org/talks\n",
    "address": "http://www.example.org/talks\n",
    "lead": "They met",
}
_FRENCH = "Le président a déclaré lundi à Minsk que les négociations sur l'accord se poursuivraient. They met"
_KOREAS = "North Korea met South Korea. Korea waits.\n\n"
_TWO = ("a.txt", "b.txt")
_OTHER_DAY = "2007-12-24.txt"
_SCAN = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Root 1 0 R>>
startxref
0
%%EOF"""
_MAIL = b"""Subject: Talks in Minsk
From: Reuters <news@reuters.example>
Date: Fri, 02 Nov 2007 10:00:00 +0200
Content-Type: multipart/mixed; boundary=-

---
Content-Type: text/plain

They met on Tuesday.
---
Content-Type: image/gif
Content-Disposition: attachment; filename=a.gif

GIF89a
-----
"""
_EXPORT = b"""1 of 2 DOCUMENTS

The Neman Herald

November 2, 2007 Friday

Talks in Minsk

LENGTH: 4 words

They met on Tuesday.
"""
_FOLDER = {"press/1.txt": SOUND.encode()}


def _said(name: str) -> bytes:
    said = f'"We shall sign the treaty with them before the winter," said {name}.\n\n'
    return changed(body=said)[_PAGE]


def _without_text() -> bytes:
    annotated = Corpus(parse(SOUND, path=_PAGE)).annotate(layers=["sentences"])
    return jsonl.line(annotated[0], is_whole=False)


EXAMPLES: dict[str, Example] = {
    "CLP101": Example("a file that is not there"),
    "CLP102": Example("press.zip with nothing in it", {"press.zip": zipped({})}),
    "CLP103": Example("a file of no bytes", {_PAGE: b""}),
    "CLP104": Example("a picture named page.txt", {_PAGE: b"\x89PNG\r\n\x1a\n"}),
    "CLP105": Example("the mark of UTF-16, and half a character", {_PAGE: b"\xff\xfeM"}),
    "CLP106": Example(f"a file of {MAX_BYTES + 1:,} bytes", {_PAGE: lambda: b" " * (MAX_BYTES + 1)}),
    "CLP107": Example("a name of 5,000 letters", {}, ("x" * 5_000,)),
    "CLP108": Example("page.html, without the extra", {"page.html": b"<p>Quiet."}, without="selectolax"),
    "CLP109": Example("page.html with <img src='a.png'>", {"page.html": b"<img src='a.png'>"}),
    "CLP110": Example("caf\\xe9, the é of Windows-1252", {_PAGE: SOUND.replace("They", "Café").encode("cp1252")}),
    "CLP111": Example("press.zip that is not a zip file", {"press.zip": b"PK?"}),
    "CLP112": Example("press.zip with ../page.txt", {"press.zip": zipped({"../page.txt": b"Quiet."})}),
    "CLP113": Example(
        f"press.zip with a page of {SMALL + 1:,} blanks", {"press.zip": lambda: zipped({_PAGE: b" " * (SMALL + 1)})}
    ),
    "CLP114": Example("press.zip with more.zip", {"press.zip": zipped({"more.zip": zipped({})})}),
    "CLP115": Example("a row whose text is missing", rows=(None,)),
    "CLP116": Example("a folder with talks.key", {**_FOLDER, "press/talks.key": b"slides"}, ("press",)),
    "CLP117": Example("a folder with last.txt, a link to 1.txt", {**_FOLDER, "press/last.txt": "1.txt"}, ("press",)),
    "CLP118": Example("press.ris, references", {"press.ris": b"TY  - NEWS\nTI  - Talks\nER  - \n"}),
    "CLP130": Example("page.docx that is no Word document", {"page.docx": b"words"}),
    "CLP131": Example("page.docx with a password", {"page.docx": b"\xd0\xcf\x11\xe0"}),
    "CLP132": Example("page.pdf of a scanner", {"page.pdf": _SCAN}),
    "CLP133": Example(
        f"page.docx with a part of {MAX_UNPACKED + 1:,} blanks",
        {"page.docx": lambda: zipped({"word/document.xml": b" " * (MAX_UNPACKED + 1)})},
    ),
    "CLP134": Example("a table with the columns text and body", {"rows.csv": b"text,body\nThey met.,Again.\n"}),
    "CLP135": Example("a table with the column body", {"rows.csv": b"title,date,body\nTalks,2007-11-02,They met.\n"}),
    "CLP136": Example(
        f"page.html with a tag of {MAX_ATTRIBUTES + 1} attributes",
        {"page.html": f"<b {'a ' * (MAX_ATTRIBUTES + 1)}></b><pre>{SOUND}</pre>".encode()},
    ),
    "CLP137": Example("a mail with a picture", {"page.eml": _MAIL}),
    "CLP138": Example(
        "a table with a row that has no text",
        {"rows.csv": b"title,date,text\nTalks,2007-11-02,They met.\nMore,2007-11-02,\n"},
    ),
    "CLP139": Example("a table without texts", {"rows.csv": b"city,pages\nMinsk,2\n"}),
    "CLP201": Example("no DATE: and no date below the name", changed(dated="")),
    "CLP202": Example("DATE: 31/02/2007", changed(date="31/02/2007")),
    "CLP203": Example("a page that begins with DATE:", changed(archive="", title="")),
    "CLP204": Example("a title, then Source:", changed(body="")),
    "CLP205": Example("a page cut before Source:", changed(source="", title="Talks in Minsk\n\nReuters\n\n")),
    "CLP206": Example("Source: and nothing behind it", changed(address="", title="Talks in Minsk\n\nReuters\n\n")),
    "CLP207": Example("02/11/2007, and MINSK, July 3 (Interfax) -", changed(lead="MINSK, July 3 (Interfax) - A")),
    "CLP208": Example("http://www.example.org/talks...", changed(address="http://www.example.org/talks...\n")),
    "CLP209": Example("a page form that raises", changed(), form=PageForm("wire", lambda _: True, _fail)),
    "CLP210": Example("2007-12-24.txt, and DATE: 02/11/2007", {_OTHER_DAY: SOUND.encode()}),
    "CLP211": Example("02/11/2007 below the title", changed(archive="", dated="", title="Talks\n\n02/11/2007\n\n")),
    "CLP212": Example(
        "2 Novembr 2007 below the title", changed(archive="", dated="", title="Talks\n\n2 Novembr 2007\n\n")
    ),
    "CLP213": Example(
        "a tool of the site under the headline",
        {_PAGE: SOUND.replace("They met", "Print version\n\nThey met").encode()},
    ),
    "CLP214": Example(
        "links behind the text",
        {_PAGE: SOUND.replace("Source:", "Gas talks fail\n\nA ferry for the north\n\nSource:").encode()},
    ),
    "CLP215": Example(
        "one word above the headline",
        {_PAGE: f"Ferries\n\nFerry delayed again\n\n{_SIGNED}{_TEXT}".encode()},
    ),
    "CLP216": Example(
        "headlines with numbers",
        {_PAGE: f"Ferries\n\n{_SIGNED}1. Norland waits\n\n{_TEXT}\n\n2. Soria goes\n\n{_TEXT}".encode()},
    ),
    "CLP217": Example("no outlet and no address printed", {_PAGE: f"Talks\n\n2 November 2007\n\n{_TEXT}".encode()}),
    "CLP231": Example("1 of 2 DOCUMENTS, and no more", {_PAGE: _EXPORT}),
    "CLP301": Example("the same file twice", {name: SOUND.encode() for name in _TWO}),
    "CLP302": Example(
        "a.txt, and b.txt with other line ends",
        {"a.txt": SOUND.encode(), "b.txt": SOUND.replace("\n", "\r\n").encode()},
    ),
    "CLP303": Example(
        "a/1.txt and b/1.txt, each named", {f"{name}/1.txt": changed(title=f"{name}\n\n")[_PAGE] for name in "ab"}
    ),
    "CLP401": Example("a text in French", changed(lead=_FRENCH)),
    "CLP402": Example("They met on T\ufffdesday", changed(lead="They m\ufffdt")),
    "CLP403": Example("They donâ€™t meet", changed(lead="They donâ€™t meet; they met")),
    "CLP404": Example("They m\\u00adet", changed(lead="They m\u00adet")),
    "CLP405": Example("They &amp; we met", changed(lead="They &amp; we met")),
    "CLP406": Example("date='2007-12-24'", changed(), given={"date": "2007-12-24"}),
    "CLP407": Example("a table that dates the page soon", changed(), given={"metadata": _table("page.txt", "soon")}),
    "CLP408": Example(
        "a table with a row for gone.txt", changed(), given={"metadata": _table("page.txt", "", "gone.txt", "")}
    ),
    "CLP409": Example("a table without a row for page.txt", changed(), given={"metadata": _table()}),
    "CLP410": Example(
        "a page quoted in a mail",
        {_PAGE: f"> Ferry delayed\n>\n> Reuters\n>\n> 2 November 2007\n>\n> {_TEXT}".encode()},
    ),
    "CLP501": Example("a fault within clippings", changed(), fault=_raise),
    "CLP502": Example("a page that ends the process at work on it", changed(), fault=_leave, workers=2),
    "CLP503": Example("a page on North Korea and South Korea that says Korea", changed(body=_KOREAS), annotated=True),
    "CLP504": Example(
        "two pages that give the same words to two persons",
        {"a.txt": _said("Anna Petrova"), "b.txt": _said("Ivan Lapko")},
        together=True,
    ),
    "CLP601": Example("a line of JSON cut short", {_LINES: b'{"schema":2,"id"'}),
    "CLP602": Example("a line whose page was moved", {_LINES: _without_text}),
    **{code: Example(shown) for code, shown in _review_examples.SHOWN.items()},
}


def corpus(code: str, folder: Path) -> Corpus | CuratedCorpus:
    """Write the files of an example into a folder, and read and annotate them."""
    if code in _review_examples.SHOWN:
        return _review_examples.curated(code, folder)
    example = EXAMPLES[code]
    if example.rows:
        return read_frame(pd.DataFrame({"text": example.rows}), id=None)
    for name, data in example.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, str):
            (folder / name).symlink_to(data)
        else:
            (folder / name).write_bytes(data() if callable(data) else data)
    if _LINES in example.files:
        return read_jsonl(folder / _LINES).corpus
    with register_page_form(example.form) if example.form else contextlib.nullcontext():
        found = read(*(folder / name for name in example.names or example.files or (_PAGE,)), **example.given)
    if example.together:
        sources = Sources.of(list(found), found.failures)
        sources.notes += found.annotate().utterances().diagnostics
        return Corpus(list(found), sources=sources)
    if example.annotated:
        return found.annotate().corpus
    return found.annotate(Faulty(example.fault), workers=example.workers).corpus if example.fault else found


def table() -> pd.DataFrame:
    """Return one row a code: its severity, what it tells, what to do, and an example.

    >>> table().query("code == 'CLP103'")["example"].item()
    'a file of no bytes'
    """
    rows = [(code, kind.severity, *described(code), EXAMPLES[code].shown) for code, kind in CODES.items()]
    return pd.DataFrame(rows, columns=["code", "severity", "message", "hint", "example"])
