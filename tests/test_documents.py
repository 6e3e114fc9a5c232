"""Documents: the text taken from each kind, the fields beside it, and one diagnostic for what cannot be read."""

import gzip
import io
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings import release
from clippings.reading import guards, kinds, workbooks
from clippings.reading.documents import tables

sys.path.insert(0, str(Path(__file__).parent / "saved"))
import make

FIXED = settings(deadline=None, derandomize=True, max_examples=60)
TEXT = "A bridge at Brest\n\nThe bridge was opened on Friday.\n\n“It will hold,” said Anna Petrova."


def read(data: bytes, name: str, **options: str) -> cl.Corpus:
    file = io.BytesIO(data)
    file.name = name
    return cl.read(file, **options)


def one(data: bytes, name: str) -> cl.Clipping:
    (clipping,) = read(data, name, layout="plain")
    return clipping


def code(data: bytes, name: str) -> str:
    corpus = read(data, name)
    assert len(corpus) == 0
    (failure,) = corpus.failures
    return failure.code


def xml(body: str) -> bytes:
    """A Word document with this in its body, beside what python-docx needs."""
    with zipfile.ZipFile(io.BytesIO(make.docx("x"))) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    members["word/document.xml"] = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()
    return make.zipped(members)


SAME = {
    "docx": make.docx(TEXT),
    "rtf": make.rtf(TEXT),
    "txt.gz": gzip.compress(TEXT.encode()),
    "docx.gz": gzip.compress(make.docx(TEXT)),
}


@pytest.mark.parametrize("suffix", SAME)
def test_the_text_of_a_document(suffix):
    clipping = one(SAME[suffix], f"bridge.{suffix}")
    assert clipping.text == TEXT
    assert clipping.render() == TEXT
    assert [part.of(TEXT) for part in clipping.paragraphs] == TEXT.split("\n\n")


def test_word_takes_what_a_reader_sees():
    body = (
        "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>"
        "<w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:ins><w:r><w:t> four</w:t></w:r></w:ins></w:p><w:p/>"
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>five</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>six</w:t></w:r></w:p>"
    )
    assert one(xml(body), "a.docx").text == "One\ttwo\nthree four\n\nfive\n\na\tb\n\nc\n\nsix"


def test_properties_of_a_document_stand_in_for_what_is_not_printed():
    (clipping,) = read(make.docx("Talks\n\nThey met.", "Behind a door", "Oleg Zhuk"), "a.docx")
    assert clipping.title == "Talks"
    assert (clipping.value("byline"), clipping.fields["byline"].basis) == ("Oleg Zhuk", "properties")
    assert (clipping.date, clipping.fields["date"].basis) == ("2008-03-15", "properties")
    (untold,) = read(make.docx("Talks\n\nThey met."), "a.docx")
    assert not {"byline", "date"} & set(untold.fields)


def test_rtf_in_its_code_page_and_without_its_pictures():
    data = rb"{\rtf1\ansi\ansicpg1251 {\pict " + b"00ff" * 400 + rb"}\'cc\'e8\'ed\'f1\'ea {\b caf\u233?}}"
    assert one(data, "a.rtf").text.strip() == "Минск café"
    assert one(data, "a.rtf").encoding == "cp1251"


def test_mail():
    (clipping,) = read(
        make.mail("Talks", "Fri, 14 Mar 2008 10:00:00 +0200", "They met.\n", "<p>Not me.", "a.gif"), "a.eml"
    )
    assert clipping.text.startswith("Subject: Talks\nFrom: Anna Lee <lee@example.org>\nDate: Fri, 14 Mar 2008")
    assert clipping.text.endswith("\n\nThey met.")
    assert "a.gif not read: attached to the mail" in [note.message for note in clipping.diagnostics]
    (marked,) = read(make.mail("Talks", "Fri, 14 Mar 2008", "", "<p>They met.<p>Again."), "a.eml")
    assert marked.text.endswith("\n\nThey met.\n\nAgain.")


@pytest.mark.parametrize(
    ("plain", "is_stub"), [("See it in a browser.", True), ("They met." + " Again." * 8, False), ("a" * 201, False)]
)
def test_a_mail_whose_words_are_a_stub_is_read_by_its_html(plain, is_stub):
    marked = "<p>They met.</p>" + "<p>Again.</p>" * (9 if len(plain) < 200 else 99)
    (clipping,) = read(make.mail("Talks", "Fri, 14 Mar 2008 10:00:00 +0200", plain, marked), "a.eml")
    assert clipping.text.endswith("Again.\n\nAgain." if is_stub else plain)


@pytest.mark.parametrize(
    "head", ["Datum;Titel;Zeitung;Volltext", "fecha;título;fuente;texto", "дата;заголовок;источник;текст"]
)
def test_a_table_with_names_in_other_languages(head):
    (clipping,) = read(f"{head}\n2008-03-14;Talks;BelTA;They met.\n".encode(), "rows.csv")
    assert (clipping.date, clipping.title, clipping.outlet) == ("2008-03-14", "Talks", "BelTA")


def test_mailbox():
    head = b"From a@example.org Fri Mar 14 10:00:00 2008\n"
    box = head + b"Subject: One\n\nThey met.\n>From there.\nFrom here on.\n\n" + head + b"Subject: None\n\n\n" + head
    corpus = read(box + b"Subject: Two\n\nAgain.\n", "box.mbox", layout="plain")
    assert [clipping.text for clipping in corpus] == [
        "Subject: One\n\nThey met.\nFrom there.\nFrom here on.",
        "Subject: Two\n\nAgain.",
    ]
    assert [clipping.id for clipping in corpus] == ["box.mbox/1", "box.mbox/3"]
    assert [note.message.split(" not")[0] for note in corpus[0].diagnostics] == ["mail 2"]


ROWS = (
    b"id,Date,Headline,Source,Text\na,2008-03-14,Talks,BelTA,They met.\na,03/15/2008,,,Again.\n,no day,,,More.\n,,,,\n"
)


def test_table():
    corpus = read(ROWS, "rows.csv")
    assert [clipping.id for clipping in corpus] == ["rows.csv/a", "rows.csv/a~2", "rows.csv/3"]
    first, second, third = corpus
    assert {name: (field.value, field.basis) for name, field in first.fields.items()} == {
        "date": ("2008-03-14", "given"),
        "title": ("Talks", "given"),
        "outlet": ("BelTA", "given"),
    }
    assert [clipping.body.of(clipping.text) for clipping in corpus] == ["They met.", "Again.", "More."]
    assert (second.date, third.date) == ("2008-03-15", None)
    codes = [
        [note.code for note in clipping.diagnostics if note.code not in ("CLP201", "CLP203", "CLP217")]
        for clipping in corpus
    ]
    assert codes == [["CLP138"], ["CLP303"], ["CLP407"]]
    (told,) = [
        note for note in read(ROWS.replace(b"Text", b"Story"), "rows.csv")[0].diagnostics if note.code == "CLP135"
    ]
    assert "of the column 'Story'" in told.message


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_marks_between_columns(mark):
    rows = "title,text,n\nTalks,They met.,1\n".replace(",", mark)
    assert [clipping.title for clipping in read(rows.encode(), "rows.csv")] == ["Talks"]


@pytest.mark.parametrize(("length", "expected"), [(tables.LONG, ["CLP139"]), (tables.LONG + 1, [])])
def test_a_column_of_long_cells_holds_the_texts(length, expected):
    corpus = read(f"name,remark\nMinsk,{'x' * length}\n".encode(), "rows.csv")
    assert corpus.sources["code"].dropna().tolist() == expected
    assert len(corpus) == (not expected)


TEXTLESS = {"a,b\n1,2\n": "CLP139", "text,body\n1,2\n": "CLP134", "text\n": "CLP139", "title\nTalks\n": "CLP139"}


@pytest.mark.parametrize("rows", TEXTLESS)
def test_a_table_whose_texts_cannot_be_told(rows):
    """One without texts is not read, as it may lie beside pages; one with two columns of them fails."""
    corpus = read(rows.encode(), "rows.csv")
    assert corpus.sources[["state", "code"]].values.tolist() == [
        ["failed" if TEXTLESS[rows] == "CLP134" else "not read", TEXTLESS[rows]]
    ]
    assert "text='column'" in " ".join(corpus.diagnostics["hint"])


def test_sheet(monkeypatch):
    rows = [["title", "text"], ["Talks", "They met."], ["More", "Again."]]
    assert [clipping.id for clipping in read(make.xlsx(rows), "a.xlsx")] == ["a.xlsx/1", "a.xlsx/2"]
    (told,) = read(make.xlsx([["city", "pages"], ["Minsk", 2.0]]), "a.xlsx").unread
    assert told.message == "not read, as no texts are in it: its columns are 'city', 'pages'"
    numbered = make.xlsx([["id", "text", None], ["7", "They met."], [None, None, "beyond"], [8.5, "Again."]])
    assert [clipping.id for clipping in read(numbered, "a.xlsx")] == ["a.xlsx/7", "a.xlsx/8.5"]
    monkeypatch.setattr(tables, "MAX_ROWS", 1)
    (clipping,) = read(make.xlsx(rows), "a.xlsx")
    assert "CLP136" in {note.code for note in clipping.diagnostics}


@pytest.mark.parametrize("more", [0, 1, 2])
def test_columns_that_a_sheet_has_too_many_are_told(more):
    names = ["title", "text", *(f"n{number}" for number in range(workbooks.MAX_COLUMNS - 2 + more))]
    (clipping,) = read(make.xlsx([names, ["Talks", "They met.", *("x" for _ in names[2:])]]), "a.xlsx")
    told = [note.message for note in clipping.diagnostics if note.code == "CLP136"]
    assert told == ["more columns in the sheet; the first 200 were read"] * bool(more)
    assert len(clipping.given) == workbooks.MAX_COLUMNS - 1


def test_of_two_columns_of_one_name_the_first_is_the_title():
    (clipping,) = read(make.xlsx([["title", "text", "title"], ["Talks", "They met.", "Other"]]), "a.xlsx")
    assert clipping.title == "Talks"


FEED = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">]><rss version="2.0"><channel><title>BelTA</title>
<item><title>Talks &amp;amp; more</title><link>http://example.org/1</link><pubDate>{}</pubDate>
<description>&lt;p&gt;They met.&lt;p&gt;Again.</description></item></channel></rss>"""


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.atom"])
def test_feed(name):
    (clipping,) = read(FEED.format("Fri, 14 Mar 2008 01:00:00 +0300").encode(), name)
    found = {field: clipping.value(field) for field in ("date", "title", "outlet", "source_url")}
    assert found == {
        "date": "2008-03-14",
        "title": "Talks & more",
        "outlet": "BelTA",
        "source_url": "http://example.org/1",
    }
    assert [part.of(clipping.text) for part in clipping.paragraphs] == ["They met.", "Again."]
    assert clipping.id == f"{name}/1"


def test_a_feed_whose_date_cannot_be_read_is_not_dated_by_another():
    updated = "<updated xmlns='http://www.w3.org/2005/Atom'>2009-05-06T10:00:00Z</updated></item>"
    (clipping,) = read(FEED.format("soon").replace("</item>", updated).encode(), "a.rss")
    assert clipping.date is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("</item></channel></rss>", "</item><item><title>Ga", True),
        ("</item></channel></rss>", "</channel></rss>", True),
        ("They met", "They&nbsp;met", False),
        ("They met", "They & we met", False),
    ],
)
def test_a_feed_that_is_cut_or_broken_is_told(old, new, told):
    corpus = read(FEED.format("Fri, 14 Mar 2008 01:00:00 +0300").replace(old, new).encode(), "a.rss")
    notes = [note.message for note in corpus[0].diagnostics if note.code == "CLP136"]
    assert len(notes) == told
    assert all("the feed is damaged" in note for note in notes)


def test_nothing_is_fetched_for_a_feed(monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a connection"))
    assert code(b"http://example.org/feed.rss", "a.rss") == "CLP130"


PACKED = make.docx(TEXT)
DAMAGED = {
    "an empty file": (b"", "a.docx", "CLP103"),
    "no zip": (b"words", "a.docx", "CLP130"),
    "a cut zip": (PACKED[:-400], "a.docx", "CLP130"),
    "a changed byte": (PACKED[:300] + b"zzzz" + PACKED[304:], "a.docx", "CLP130"),
    "a zip of something else": (make.zipped({"a.txt": b"x"}), "a.docx", "CLP130"),
    "no words": (make.docx(""), "a.docx", "CLP109"),
    "a locked document": (b"\xd0\xcf\x11\xe0" * 200, "a.docx", "CLP131"),
    "a bomb": (make.zipped({"word/document.xml": bytes(guards.MAX_UNPACKED + 1)}), "a.docx", "CLP133"),
    "many members": (make.zipped({str(at): b"" for at in range(guards.MAX_MEMBERS + 1)}), "a.xlsx", "CLP133"),
    "a rich text without braces": (b"words", "a.rtf", "CLP130"),
    "a rich text without words": (b"{\\rtf1 }", "a.rtf", "CLP109"),
    "no PDF": (b"words", "a.pdf", "CLP130"),
    "a scan": (make.pdf([[], []]), "a.pdf", "CLP132"),
    "a locked PDF": (make.locked(make.pdf(make.pages(TEXT))), "a.pdf", "CLP131"),
    "a mail without a head": (b"They met.", "a.eml", "CLP130"),
    "a mail without words": (b"Subject: Talks\n\n", "a.eml", "CLP109"),
    "no mailbox": (b"They met.", "a.mbox", "CLP130"),
    "an open quotation mark": (b'text\n"They met.', "a.csv", "CLP130"),
    "no feed": (b"<a/>", "a.rss", "CLP130"),
    "no gzip": (b"They met.", "a.txt.gz", "CLP130"),
    "a cut gzip": (gzip.compress(TEXT.encode())[:-9], "a.txt.gz", "CLP130"),
    "gzip in gzip": (gzip.compress(gzip.compress(b"They met.")), "a.txt.gz.gz", "CLP114"),
    "a large gzip": (gzip.compress(bytes(20_000_001)), "a.txt.gz", "CLP106"),
}


@pytest.mark.parametrize(("data", "name", "expected"), DAMAGED.values(), ids=DAMAGED)
def test_what_cannot_be_read_is_one_diagnostic(data, name, expected):
    assert code(data, name) == expected


def test_a_document_of_the_largest_size_is_unpacked():
    members = {"word/document.xml": bytes(guards.MAX_UNPACKED)}
    assert code(make.zipped(members), "a.docx") == "CLP130"


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "words words words ">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "<w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body>"
    document = f"{bomb}]><w:document xmlns:w='{space}'>{body}</w:document>"
    with zipfile.ZipFile(io.BytesIO(PACKED)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    corpus = read(make.zipped(members | {"word/document.xml": document.encode()}), "a.docx")
    assert sum(len(clipping.text) for clipping in corpus) < 1_000
    assert (
        len(read(f"{bomb}]><rss><channel><item><title>&i;</title></item></channel></rss>".encode(), "a.rss").failures)
        <= 1
    )


PACKAGES = {
    "docx": "a.docx",
    "striprtf.striprtf": "a.rtf",
    "pypdf": "a.pdf",
    "openpyxl": "a.xlsx",
    "feedparser": "a.rss",
}


@pytest.mark.parametrize("missing", PACKAGES)
def test_a_missing_package_is_told_with_what_to_type(missing, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)
    (failure,) = read(b"data", PACKAGES[missing]).failures
    assert failure.code == "CLP108"
    assert missing.split(".")[0] in failure.message
    assert failure.hint.endswith(release.install("documents"))


DATA = [data for data, _, _ in DAMAGED.values() if len(data) < 100_000] + list(SAME.values()) + [ROWS, FEED.encode()]


@FIXED
@given(st.sampled_from(DATA), st.sampled_from(sorted(kinds.READERS)), st.integers(0, 50_000), st.binary(max_size=4))
def test_any_bytes_are_read_or_told(data, suffix, at, changed):
    at %= len(data) + 1
    corpus = read(data[:at] + changed + data[at + len(changed) :], f"a{suffix}")
    assert len(corpus.sources) == 1
    for clipping in corpus:
        assert clipping.render() == clipping.text
        assert clipping.text


@pytest.mark.parametrize("name", ["a.doc", "a.txt", "a"])
def test_rich_text_by_another_name(name):
    assert one(make.rtf(TEXT), name).text == TEXT


def test_packed_files_of_other_kinds_in_a_folder_are_not_read(tmp_path):
    for name in ("data.json.gz", "a.gz", "page.txt.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"Minsk was quiet."))
    corpus = cl.read(tmp_path)
    assert [clipping.id for clipping in corpus] == ["page"]
    assert sorted(corpus.sources["state"]) == ["not read", "not read", "read"]
    assert [clipping.text for clipping in cl.read(tmp_path / "a.gz")] == ["Minsk was quiet."]


def test_as_many_members_as_a_document_may_have():
    members = {str(at): b"" for at in range(guards.MAX_MEMBERS)}
    assert code(make.zipped(members), "a.docx") == "CLP130"
