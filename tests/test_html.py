"""Saved HTML: pages of the archive keep their paragraphs and fields, those of other sites come through an extractor."""

import base64
import codecs
import io
import quopri
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings import release
from clippings.reading import _compared as compared
from clippings.reading import markup_bounds

FIXED = settings(deadline=None, derandomize=True, max_examples=150)
FIRST = "Talks on a common air defense began in Minsk on Tuesday, where both sides were said to be close to terms."
SECOND = '"We are ready," said Anna Petrova, who leads one of the delegations, and the other side agreed at once.'
THIRD = "They will meet again on Friday."
URL = "http://www.example.org/talks"
LINES = ("BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Talks begin", "Gazeta.kz", "By Anna Petrova")
TAIL = ("Source:", URL, "Google", "Partners:", "Face.by Social Network", "Face.by")
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
TEXT = "\n\n".join((*LINES, BODY, *TAIL))


def read(markup: str | bytes, name: str = "page.html", **options: str) -> cl.Corpus:
    file = io.BytesIO(markup.encode() if isinstance(markup, str) else markup)
    file.name = name
    return cl.read(file, **options)


def page(markup: str | bytes, name: str = "page.html", **options: str) -> cl.Clipping:
    (clipping,) = read(markup, name, **options)
    return clipping


def lines(before: str, after: str, *more: str) -> str:
    return "\n".join(f"{before}{line}{after}" for line in (*LINES, FIRST, SECOND, THIRD, *TAIL, *more))


ARCHIVE = {
    "paragraphs": f"<html><head><title>x</title></head><body>{lines('<p>', '</p>')}</body></html>",
    "unclosed paragraphs": f"<HTML><BODY>{lines('<P>', '')}",
    "a table of line breaks": (
        f"<table width=600><tr><td><table><tr><td><font size=2>{lines('', '<br><br>')}</font></td></tr></table>"
        "</td></tr></table>"
    ),
    "line breaks with blanks": f"<td>{lines('&nbsp;&nbsp; ', '<BR />&nbsp;<br>')}</td>",
    "rows": f"<table>{lines('<tr><td>', '</td></tr>')}</table>",
    "divisions": lines("<div><span>", "</span></div>"),
    "broken markup": lines("<div><b><p>", "</div></i>") + "</table></p>",
    "comments and scripts": lines("<!-- no --><script>document.write('<p>no')</script><style>p{}</style><p>", "</p>"),
    "what is hidden": lines("<div hidden>no</div><p style='display:none'>no</p><noscript>no</noscript><p>", "</p>"),
    "preformatted": f"<pre>{TEXT}</pre>",
    "a menu before it": f"<ul><li><a href='/'>Home</a><li>Contact</ul>{lines('<p>', '</p>')}",
    "bold and links": lines("<p><b>", "</b></p>").replace(URL, f"<a href='{URL}'>{URL}</a>"),
}


@pytest.mark.parametrize("markup", ARCHIVE.values(), ids=ARCHIVE)
def test_a_page_of_the_archive_reads_as_its_text(markup):
    clipping, expected = page(markup), cl.parse(TEXT)[0]
    assert clipping.text == TEXT
    assert clipping.body.of(clipping.text) == BODY
    assert (clipping.form, clipping.fields, clipping.blocks) == ("F1", expected.fields, expected.blocks)
    assert clipping.diagnostics == ()


OTHERS = {
    "entities": ("caf&eacute; &amp; bar &#8220;x&#8221; &lt;b&gt;", "café & bar “x” <b>"),
    "white space": ("one\n   two\t three&nbsp;four", "one two three four"),
    "an inline element": ("in<b>form</b>ed <i>now</i>", "informed now"),
    "one line break": ("one<br>two", "one\ntwo"),
    "two line breaks": ("one<br><br>two", "one\n\ntwo"),
    "many line breaks": ("one<br> <br/>\n<br />two", "one\n\ntwo"),
    "a line break in bold": ("one<b><br></b><br>two", "one\n\ntwo"),
    "nested tables": (
        "<table><tr><td>a<table><tr><td>b</td></tr></table>c</td><td>d</td></tr></table>",
        "a\n\nb\n\nc\n\nd",
    ),
    "a list": ("<ul><li>a<li>b</ul>", "a\n\nb"),
    "a heading": ("<h1>a</h1>b", "a\n\nb"),
    "a rule": ("a<hr>b", "a\n\nb"),
    "a form": ("<form>a <select><option>no</select><input value=no><textarea>t</textarea></form>", "a t"),
    "nothing closed": ("<div><p>a<div>b<table><tr><td>c", "a\n\nb\n\nc"),
    "a NUL": ("a few words\0 more", "a few words more"),
}


@pytest.mark.parametrize(("markup", "text"), OTHERS.values(), ids=OTHERS)
def test_visible_text(markup, text):
    assert page(markup, layout="plain").text == text


def test_a_page_without_a_head_is_known_by_its_end_or_its_address():
    markup = f"<p>Talks begin<p>{FIRST}<p>{SECOND}<p>Partners:<p>Face.by"
    assert page(markup).text == f"Talks begin\n\n{FIRST}\n\n{SECOND}\n\nPartners:\n\nFace.by"
    saved = "<!-- saved from url=(0049)http://www.data.minsk.by/belarusnews/112007/14.html -->"
    clipping = page(f"{saved}<p>Talks begin<p>{FIRST}<p>{SECOND}")
    assert (clipping.form, clipping.title, clipping.date) == ("F2", "Talks begin", "2007-11")
    assert clipping.fields["date"].basis == "path"


def test_a_page_that_begins_with_its_date():
    clipping = page(f"<p>Menu<p>DATE:<p>02/11/2007<p>{FIRST}<p>{SECOND}")
    assert (clipping.form, clipping.date, clipping.body.of(clipping.text)) == (
        "F3",
        "2007-11-02",
        f"{FIRST}\n\n{SECOND}",
    )


CHARSETS = {
    "windows-1251": ("<meta charset='windows-1251'>", "cp1251", "Минск"),
    "of 1999": ("<META HTTP-EQUIV=content-type CONTENT='text/html; charset=windows-1251'>", "cp1251", "Минск"),
    "latin-1 that is 1252": ("<meta charset=iso-8859-1>", "cp1252", "“Café”"),
    "koi8": ("<meta charset=KOI8-R>", "koi8-r", "Минск"),
    "utf-8, whatever is declared": ("<meta charset=windows-1251>", "utf-8", "Мінск"),
    "a mark": ("<meta charset=windows-1251>", "utf-16", "Мінск"),
}


@pytest.mark.parametrize(("meta", "encoding", "words"), CHARSETS.values(), ids=CHARSETS)
def test_the_encoding_a_page_declares(meta, encoding, words):
    markup = f"<html><head>{meta}</head><body><p>{words}</p></body></html>"
    clipping = page(markup.encode(encoding), layout="plain")
    assert clipping.text == words
    assert codecs.lookup(clipping.encoding).name == codecs.lookup(encoding).name
    assert clipping.diagnostics == ()


@pytest.mark.parametrize("charset", ["zip", "idna", "utf-7", "rot13", "x" * 15, "windows-1259"])
def test_an_encoding_that_is_none_is_guessed(charset):
    clipping = page(f"<meta charset={charset}><p>Café".encode("cp1252"), layout="plain")
    assert clipping.text == "Café"
    assert [told.code for told in clipping.diagnostics] == ["CLP110"]
    assert [(told.line, told.column) for told in clipping.diagnostics] == [(0, 0)]


MODERN = f"""<!DOCTYPE html><html><head><title>Talks begin - The Gazette</title>
<meta property="og:site_name" content="The Gazette"><meta property="og:title" content="Talks begin">
<meta name="author" content="Anna Petrova"><meta property="article:published_time" content="2007-11-02T10:00:00Z">
<link rel="canonical" href="{URL}"></head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Talks begin</h1><p>{FIRST * 3}</p><p>{SECOND * 3}</p><p>{THIRD * 5}</p></article>
<footer>All rights reserved</footer></body></html>"""
BREAKS = MODERN.replace("</p><p>", "<br><br>")
NO_PARAGRAPH = BREAKS.replace(f"<p>{FIRST}", f"<div>{FIRST}").replace("</p></article>", "</div></article>")


@pytest.mark.parametrize("markup", [MODERN, BREAKS, NO_PARAGRAPH], ids=["paragraphs", "line breaks", "no paragraph"])
def test_a_page_of_another_site(markup):
    clipping = page(markup)
    found = {name: clipping.value(name) for name in ("date", "title", "byline", "publisher", "source_url")}
    assert found == {
        "date": "2007-11-02",
        "title": "Talks begin",
        "byline": "Anna Petrova",
        "publisher": "The Gazette",
        "source_url": URL,
    }
    assert clipping.form == "F4"
    assert clipping.body.of(clipping.text).split("\n\n") == [FIRST * 3, SECOND * 3, THIRD * 5]
    assert "rights" not in clipping.text
    assert clipping.render() == clipping.text


def test_a_short_line_of_the_text_is_text_though_the_page_does_not_show_the_headline():
    lines = "".join(f"<p>{line}</p>" for line in (FIRST, SECOND, THIRD, SECOND, "They were never found."))
    title = "<meta property='og:title' content='Talks: how they began'>"
    clipping = page(f"<html><head>{title}</head><body><h1>Talks <i>how they began</i></h1>{lines}</body></html>")
    assert clipping.title == "Talks: how they began"
    assert clipping.body.of(clipping.text).endswith("They were never found.")


def test_what_readers_wrote_is_furniture_though_it_was_extracted():
    said = "The hall was empty when I came there, and nobody of those on the list had been asked."
    markup = MODERN.replace("</article>", f"</article><h4>Comments (2)</h4><p><b>Ali</b> says: {said}</p>")
    clipping = page(markup.replace("article>", "div>"))
    kinds = {block.kind for block in clipping.blocks if said in block.of(clipping.text)}
    assert kinds <= {"furniture"}
    assert clipping.body.of(clipping.text).split("\n\n") == [FIRST * 3, SECOND * 3, THIRD * 5]


def test_an_article_is_held_against_the_page():
    words = [f"They met in the {place} for the {time} time, and said that they would wait for the others to come."
             for place, time in (("hall", "first"), ("inn", "second"), ("yard", "third"))]  # fmt: skip
    page = "\n\n".join(["Talks begin", words[0], "A short line.", words[1], words[2]])
    shown = compared.Page(page)
    assert shown.in_order([words[1], "Unseen.", words[0]]) == [words[0], words[1], "Unseen."]
    assert shown.left_out([words[0], words[2]]) == [words[1]]
    assert shown.left_out([words[0], words[1]]) == [words[2]]
    assert shown.left_out(words[1:]) == []
    assert compared.Page(page.replace("A short line.\n\n", "")).left_out(words[1:]) == [words[0]]
    assert compared.Page(page.replace(words[1], words[1][:78] + ".")).left_out([words[0], words[2]]) == []
    joined = f"{words[1]} {words[2]}"
    assert shown.parted([words[0], joined, "Unseen."]) == [*words, "Unseen."]
    assert shown.parted([joined[:-3], f"{words[1]} | {words[2]}"]) == [joined[:-3], f"{words[1]} | {words[2]}"]
    assert [one.message for one in shown.diagnose([words[2], words[0]], [words[0], words[2]], "")] == [
        "the article was put together from parts of the page; they stand in the order of the page",
        f"paragraphs of the page that are not in its text: 1, from {words[1][:40]!r}; the extractor left them out",
    ]


def test_a_page_without_a_date_begins_with_its_title():
    clipping = page(MODERN.replace("article:published_time", "x").replace("2007-11-02T10:00:00Z", ""))
    assert (clipping.form, clipping.date, clipping.title) == ("F2", None, "Talks begin")


def test_a_page_too_small_to_extract_from_is_read_by_its_text():
    assert page("<p>Quiet.").text == "Quiet."


def mhtml(markup: str, encoding: str, charset: str = "windows-1251") -> bytes:
    data = markup.encode(charset)
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[encoding](data)
    whole = ("From: <Saved by a browser>", "MIME-Version: 1.0", "Content-Type: multipart/related; boundary=XX", "", "")
    part = (
        "--XX",
        f"Content-Type: text/html; charset={charset}",
        f"Content-Transfer-Encoding: {encoding}",
        "Content-Location: http://www.data.minsk.by/belarusnews/112007/14.html",
        *("", ""),
    )
    picture = "\r\n--XX\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODdh\r\n--XX--\r\n"
    return "\r\n".join(whole + part).encode() + coded + picture.encode()


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("name", ["page.mht", "page.mhtml", "page.html"])
def test_mhtml(encoding, name):
    clipping = page(mhtml(f"<p>Talks begin<p>Минск<p>{FIRST}", encoding), name)
    assert clipping.text == f"Talks begin\n\nМинск\n\n{FIRST}"
    assert (clipping.encoding, clipping.date) == ("cp1251", "2007-11")


def test_mhtml_without_html_is_read_as_it_is():
    data = b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nQuiet."
    assert "Quiet." in page(data, "page.mht").text


EMPTY = [
    "<html></html>",
    "<img src=a.png>",
    "<script>x</script>",
    "<!-- x -->",
    "<frameset><frame src=a></frameset>",
    " ",
]


@pytest.mark.parametrize("markup", EMPTY)
def test_a_page_that_shows_nothing(markup):
    corpus = read(markup)
    assert (len(corpus), [failure.code for failure in corpus.failures]) == (0, ["CLP109"])


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>", "<center>", "<blockquote>", "<section><p>"])
def test_elements_too_deep_are_refused_and_not_parsed(tag):
    corpus = read(tag * 200_000 + "x")
    assert [failure.code for failure in corpus.failures] == ["CLP109"]
    assert page(tag * 200 + "deep", layout="plain").text == "deep"


@pytest.mark.parametrize("missing", ["selectolax.lexbor", "trafilatura"])
def test_a_missing_package_is_told_with_what_to_type(missing, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)
    corpus = read(MODERN)
    (failure,) = corpus.failures
    assert failure.code == "CLP108"
    assert missing.split(".")[0] in failure.message
    assert failure.hint.endswith(release.install("html"))
    if missing == "trafilatura":
        assert page(ARCHIVE["paragraphs"]).form == "F1"


def test_saved_pages_in_a_folder(tmp_path):
    for name in ("b.html", "a.htm", "c.mht", "d.HTML"):
        (tmp_path / name).write_text(ARCHIVE["rows"], encoding="utf-8")
    corpus = cl.read(tmp_path)
    assert [Path(clipping.path).name for clipping in corpus] == ["a.htm", "b.html", "c.mht", "d.HTML"]
    assert {clipping.text for clipping in corpus} == {TEXT}


MARKUP = (
    "<p>",
    "<br>",
    "<td>",
    "</td>",
    "<table>",
    "<div",
    ">",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "&nbsp;",
    "&#",
    "Face.by",
)
markups = st.lists(st.sampled_from((*MARKUP, *LINES, "\n", "<pre>", "</pre>")) | st.text(max_size=8), max_size=24).map(
    "".join
)


@FIXED
@given(
    markups | st.text() | st.binary(), st.sampled_from(["page.html", "page.mht"]), st.sampled_from(["auto", "plain"])
)
@example("\ue000\ue001", "page.html", "auto")
@example("MIME-Version: 1.0\nContent-Type: text/html; charset=\n\n", "page.mht", "auto")
def test_any_bytes_are_read_or_told(markup, name, layout):
    data = markup.encode("utf-8", "replace") if isinstance(markup, str) else markup
    corpus = read(data, name, layout=layout)
    assert len(corpus) + len(corpus.failures) >= 1
    for clipping in corpus:
        assert clipping.render() == clipping.text
        assert clipping.body.end <= len(clipping.text)


PARAGRAPHS = f"<p>{FIRST}<p>{SECOND}" * 5
MANY = {
    "attributes": lambda count: f"<p {' '.join(f'a{number}=1' for number in range(5 * count))}>{PARAGRAPHS}",
    "attributes behind a quoted sign": lambda count: f"<p x='<>' {'a ' * 5 * count}>{PARAGRAPHS}",
    "lists": lambda count: "<ul><li>one<li>two</ul>" * count + PARAGRAPHS,
    "tables": lambda count: "<table><tr><td>one<td>two</table>" * count + PARAGRAPHS,
}


@pytest.mark.parametrize("kind", MANY)
def test_time_grows_no_faster_than_the_page(kind):
    """Measured at 1x, 2x and 4x; by the square it would be 16 times as long."""
    page(MANY[kind](10))
    seconds = []
    for count in (2_000, 4_000, 8_000):
        started = time.process_time()
        clipping = page(MANY[kind](count))
        seconds.append(time.process_time() - started)
        assert SECOND in clipping.text
        assert [note.code for note in clipping.diagnostics if note.code != "CLP201"][:1] == ["CLP136"]
    assert seconds[2] < 9 * seconds[0] + 0.5


def test_the_bounds_on_markup():
    at = {"attributes": markup_bounds.MAX_ATTRIBUTES, "lists": markup_bounds.MAX_LISTS, "tags": markup_bounds.MAX_TAGS}
    for more in (0, 1):
        tag = f"<p {'a ' * (at['attributes'] + more)}>"
        found = markup_bounds.bounded(tag + PARAGRAPHS)
        assert (found.text == tag + PARAGRAPHS, len(found.diagnostics)) == (not more, more)
        found = markup_bounds.bounded("<table></table>" * (at["lists"] + more))
        assert (found.is_crowded, len(found.diagnostics)) == (bool(more), more)
        found = markup_bounds.bounded("<i>" * (at["tags"] + more))
        assert (found.is_endless, len(found.diagnostics)) == (bool(more), more)


def test_a_page_of_very_many_tags_is_read_by_all_its_text(monkeypatch):
    monkeypatch.setattr(markup_bounds, "MAX_TAGS", 10)
    clipping = page(MODERN)
    assert "All rights reserved" in clipping.text
    assert [note.code for note in clipping.diagnostics][:1] == ["CLP136"]


OPEN = ["<!--", "<script", '<a "', "<a '", "<a x=", "<", "<a", "&#", "<a b='c'"]


@pytest.mark.parametrize("opening", OPEN)
def test_what_is_left_open_costs_no_more(opening):
    assert len(markup_bounds.bounded(opening * 100_000).text) <= len(opening) * 100_000
    assert markup_bounds.bounded(f"{MODERN}<script>'<p {'a ' * 999}'</script>").diagnostics == ()
