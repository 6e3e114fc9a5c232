"""OpenDocument texts and electronic books: what a reader sees of them, in order, and one diagnostic for damage."""

import io
import sys
from pathlib import Path

import docx
import pytest

import clippings as cl

sys.path.insert(0, str(Path(__file__).parent / "saved"))
import make

HEAD = ("Ferry delayed again", "Harbor Courier", "2 November 2007", "By Jan Novak")
LEAD = "Talks began in the capital, where both sides were said to be close to an agreement on that day."
SECOND = "Nobody would say how long they will go on, and the interpreters had left on the night train."
NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "meta")
)


def odt(body: str, meta: str = "") -> bytes:
    content = f"<a{NAMES}><office:body><office:text>{body}</office:text></office:body></a>"
    told = f'<a{NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/">{meta}</a>'
    return make.zipped({"content.xml": content.encode(), "meta.xml": told.encode()})


def epub(*chapters: str, contents: str = "<p>Contents</p>") -> bytes:
    html = 'media-type="application/xhtml+xml"'
    numbers = range(len(chapters))
    items = "".join(f'<item id="c{at}" href="pages/a%20{at}.xhtml" {html}/>' for at in numbers)
    places = "".join(f'<itemref idref="c{at}"/>' for at in numbers)
    book = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="n" href="n.xhtml" properties="nav" {html}/>'
        f'{items}</manifest><spine><itemref idref="n"/>{places}</spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="in/book.opf"/></rootfiles></container>'
    pages = {f"in/pages/a {at}.xhtml": f"<html><body>{chapter}</body></html>" for at, chapter in enumerate(chapters)}
    members = {"META-INF/container.xml": container, "in/book.opf": book, "in/n.xhtml": contents, **pages}
    return make.zipped({name: words.encode() for name, words in members.items()})


def read(data: bytes, name: str, layout: str = "auto") -> cl.Corpus:
    file = io.BytesIO(data)
    file.name = name
    return cl.read(file, layout=layout)


def marked(*lines: str, tag: str = "p") -> str:
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


def fields(clipping: cl.Clipping) -> list[str | None]:
    return [clipping.value(name) for name in ("title", "outlet", "date", "byline")]


@pytest.mark.parametrize(
    ("data", "name"),
    [(odt(marked(*HEAD, LEAD, SECOND, tag="text:p")), "a.odt"), (epub(marked(*HEAD, LEAD, SECOND)), "a.epub")],
    ids=["odt", "epub"],
)
def test_a_page_in_each(data, name):
    (clipping,) = read(data, name)
    assert fields(clipping) == [HEAD[0], HEAD[1], "2007-11-02", "Jan Novak"]
    assert [part.of(clipping.text) for part in clipping.paragraphs] == [LEAD, SECOND]


def test_a_text_takes_what_a_reader_sees():
    body = (
        "<text:tracked-changes><text:p>Deleted</text:p></text:tracked-changes><text:h>One</text:h><text:section>"
        '<text:p>two<text:tab/>three<text:line-break/>four<text:s text:c="2"/>five<text:span>,\nsix</text:span> '
        "<office:annotation><text:p>A remark</text:p></office:annotation><text:note><text:p>A note</text:p></text:note>"
        "<!-- no -->seven</text:p></text:section><text:p/><table:table><table:table-row><table:table-cell>"
        "<text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
        "</table:table>"
    )
    (clipping,) = read(odt(body), "a.odt", "plain")
    assert clipping.text == "One\n\ntwo\tthree\nfour  five, six seven\n\na\tb"


def test_properties_stand_in_for_what_is_not_printed():
    meta = (
        "<dc:title> Behind </dc:title><dc:creator>Eva Lind</dc:creator><meta:initial-creator>Jan Novak"
        "</meta:initial-creator><meta:creation-date>2007-11-02T10:00:00</meta:creation-date>"
    )
    (clipping,) = read(odt(marked(f"{LEAD} {SECOND}", SECOND, tag="text:p"), meta), "a.odt")
    assert fields(clipping) == ["Behind", None, "2007-11-02", "Jan Novak"]
    (other,) = read(odt(marked(LEAD, tag="text:p"), "<meta:creation-date>then</meta:creation-date>"), "a.odt")
    assert other.date is None


def test_words_beside_the_text_of_a_document_are_told():
    plain = f"<text:p>{LEAD}</text:p>"
    noted = plain.replace("</text:p>", "<text:note><text:p>See below.</text:p></text:note></text:p>")
    spoken = plain.replace("</text:p>", "<office:annotation><text:p>Check.</text:p></office:annotation></text:p>")
    empty = plain.replace("</text:p>", "<text:note/></text:p>")
    told = [
        [one.message.partition(" ")[0] for one in read(odt(body), "a.odt")[0].diagnostics if one.code == "CLP137"]
        for body in (plain, noted, spoken, empty)
    ]
    assert told == [[], ["notes"], ["comments"], []]


@pytest.mark.parametrize("words", ["", "Check this."])
def test_comments_in_a_word_document_are_told(words):
    document = docx.Document()
    run = document.add_paragraph(LEAD).add_run(SECOND)
    document.add_comment(run, text=words)
    file = io.BytesIO()
    document.save(file)
    (clipping,) = read(file.getvalue(), "a.docx")
    told = [one.message for one in clipping.diagnostics if one.code == "CLP137"]
    assert told == ["comments not read: only the text of the document is"] * bool(words)


def test_each_chapter_of_a_book_is_a_clipping():
    book = epub(marked(*HEAD, LEAD, SECOND), "<img/>", marked("Second ferry", *HEAD[1:], SECOND, LEAD))
    corpus = read(book, "a.epub")
    assert [(one.title, one.id.rpartition("/")[2]) for one in corpus] == [(HEAD[0], "1"), ("Second ferry", "3")]
    (told,) = [one for clipping in corpus for one in clipping.diagnostics if one.code == "CLP137"]
    assert told.message == "chapter 2 not read: no text to show: the page shows pictures or nothing"


ENTITY = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
DAMAGED = {
    "no zip": (b"words", "a.odt", "CLP130"),
    "a zip of something else": (make.zipped({"a.txt": b"x"}), "a.odt", "CLP130"),
    "a table": (make.zipped({"content.xml": b"<a/>"}), "a.odt", "CLP130"),
    "no words": (odt(""), "a.odt", "CLP109"),
    "no words of an entity": (
        make.zipped({"content.xml": f"{ENTITY}<a{NAMES}><office:text><text:p>&e;</text:p></office:text></a>".encode()}),
        "a.odt",
        "CLP109",
    ),
    "a locked text": (b"\xd0\xcf\x11\xe0" * 200, "a.odt", "CLP131"),
    "no book": (make.zipped({"a.txt": b"x"}), "a.epub", "CLP130"),
    "a book of pictures": (epub("<img/>", "<img/>"), "a.epub", "CLP109"),
    "a book of contents": (epub(), "a.epub", "CLP109"),
}


@pytest.mark.parametrize(("data", "name", "code"), DAMAGED.values(), ids=DAMAGED)
def test_what_cannot_be_read_is_one_diagnostic(data, name, code):
    corpus = read(data, name)
    assert (len(corpus), [failure.code for failure in corpus.failures]) == (0, [code])
