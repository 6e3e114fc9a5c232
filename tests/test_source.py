"""Bytes become text and give the same bytes back, or are refused with a code that says why."""

import codecs
import hashlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clippings.places import position
from clippings.reading import source
from clippings.reading.source import MAX_BYTES, SourceError, decode, encode

FIXED = settings(deadline=None, derandomize=True, max_examples=200)

LATIN = "“We met in Zürich,” said Hélène Maraudon – “déjà vu.” The price was € 155."
CYRILLIC = "Президент Беларуси сказал, что переговоры в Минске прошли хорошо, и подписал новый договор с Россией."
ANY = "Minsk — Мінск 𝄞"

ENCODINGS = [
    ("utf-8", b"", "utf-8", ANY),
    ("utf-8-sig", codecs.BOM_UTF8, "utf-8", ANY),
    ("utf-16", codecs.BOM_UTF16_LE, "utf-16-le", ANY),
    ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be", ANY),
    ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le", ANY),
    ("utf-32-be", codecs.BOM_UTF32_BE, "utf-32-be", ANY),
    ("cp1252", b"", "cp1252", LATIN),
    ("cp1251", b"", "cp1251", CYRILLIC),
]
NEWLINES = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
SIGNATURES = [
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"GIF89a",
    b"%PDF-1.4",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0\xa1\xb1",
]
REFUSALS = {
    "nothing": (b"", "CLP103"),
    "only a mark": (codecs.BOM_UTF8, "CLP103"),
    "nul bytes": (bytes(100), "CLP104"),
    "control bytes": (b"text \x01\x02\x03\x04", "CLP104"),
    "half a UTF-16 unit": (codecs.BOM_UTF16_LE + b"M\x00i", "CLP105"),
    "half a UTF-16-BE unit": (codecs.BOM_UTF16_BE + b"\x00M\x00", "CLP105"),
    "half a surrogate pair": (codecs.BOM_UTF16_LE + b"\x34\xd8", "CLP105"),
    "UTF-8 mark, other bytes": (codecs.BOM_UTF8 + b"caf\xe9 au lait", "CLP105"),
    "too large": (b"a" * (MAX_BYTES + 1), "CLP106"),
}


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Talks in Minsk.\r\n\r\nThey met.",
        "Caf\u00e9 Minsk \0 was quiet \u2014 and open.",
        "Минск ждал.\n\nМолчали все.",
    ],
)
def test_utf_16_without_a_mark(codec, text):
    found = decode(text.encode(codec))
    assert (found.text, found.encoding, found.bom) == (text, codec, b"")
    assert encode(found.text, found.encoding, found.bom) == text.encode(codec)
    assert [one.code for one in found.diagnostics] == ["CLP110"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Prezydent powiedział w środę, że cena gazu wzrośnie, ale nie przed końcem zimy.", "iso-8859-2"),
        ("Prezydent powiedział w środę: „Cena gazu wzrośnie, ale nie przed końcem zimy”.", "cp1250"),
        ("Úřady zavřely most přes řeku až do jara, protože byla nalezena trhlina široká jako dlaň.", "iso-8859-2"),
        ("Bakan görüşmelerin süreceğini söyledi, ancak bir tarih vermedi. Işıklar yanıyor.", "cp1254"),
        ("Ministrs teica, ka sarunas turpināsies, bet par gāzes cenu viņš neko nezināja.", "iso-8859-13"),
        ("Der Minister sagte, die Gespräche würden fortgesetzt, über den Preis aber schwieg er.", "cp1252"),
        ("The café was closed on Tuesday, and its owner had left for the south.", "cp1252"),
    ],
)
def test_the_language_tells_the_code_page(text, encoding):
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, [one.code for one in found.diagnostics]) == (text, encoding, ["CLP110"])


def refusal(data: bytes) -> source.Diagnostic:
    with pytest.raises(SourceError) as caught:
        decode(data, file="page.txt")
    return caught.value.diagnostic


@pytest.mark.parametrize("newline", NEWLINES.values(), ids=NEWLINES)
@pytest.mark.parametrize(("name", "mark", "codec", "line"), ENCODINGS, ids=[row[0] for row in ENCODINGS])
def test_every_encoding_and_line_end_gives_its_bytes_back(name, mark, codec, line, newline):
    text = newline.join([line, "", line, ""])
    data = mark + text.encode(codec)
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.bom) == (text, name, mark)
    assert encode(decoded.text, decoded.encoding, decoded.bom) == data
    assert decoded.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(("name", "mark", "codec", "line"), ENCODINGS, ids=[row[0] for row in ENCODINGS])
def test_only_a_guessed_encoding_is_told(name, mark, codec, line):
    told = [d.code for d in decode(mark + line.encode(codec)).diagnostics]
    assert told == (["CLP110"] if name in ("cp1252", "cp1251") else [])


def test_a_guess_is_told_with_byte_encoding_and_place():
    (told,) = decode(b"Minsk\r\n\r\nThe caf\xe9 by the river was full of reporters.", file="page.txt").diagnostics
    assert (told.file, told.line, told.column, told.severity) == ("page.txt", 3, 8, "warning")
    assert "0xe9" in told.message
    assert "cp1252" in told.message


@pytest.mark.parametrize("signature", SIGNATURES)
def test_files_that_are_no_text_are_known_by_their_first_bytes(signature):
    assert refusal(signature + b" and then plain words" * 50).code == "CLP104"


@pytest.mark.parametrize(("data", "code"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(data, code):
    told = refusal(data)
    assert (told.code, told.severity, told.file) == (code, "error", "page.txt")
    assert told.message
    assert told.hint


def test_the_largest_page_is_read():
    assert len(decode(b"a" * MAX_BYTES).text) == MAX_BYTES


def test_a_few_control_bytes_are_kept():
    page = b"Partners:\x00\nA page with one stray byte is still a page.\x0c\n"
    assert decode(page).text.encode() == page


def test_a_broken_mark_names_the_byte():
    assert "byte 6 " in refusal(codecs.BOM_UTF8 + b"caf\xe9 au lait").message


@FIXED
@given(st.binary(max_size=400) | st.tuples(st.sampled_from(ENCODINGS), st.text(max_size=60)).map(
    lambda row: row[0][1] + row[1].encode(row[0][2], "ignore")
))  # fmt: skip
@example(b"\x1b$B\xff")
@example(b"+/v8-\xff")
@example(b"\r\n\r\x81\x8d")
def test_any_bytes_are_refused_or_given_back(data):
    try:
        decoded = decode(data)
    except SourceError:
        return
    assert encode(decoded.text, decoded.encoding, decoded.bom) == data


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("abc", 0, (1, 1)),
        ("abc", 3, (1, 4)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\r\rb", 3, (3, 1)),
        ("a\n\rb", 3, (3, 1)),
        ("a\u2028b\x0cc\x85d", 6, (1, 7)),
        ("𝄞\n𝄞x", 3, (2, 2)),
    ],
)
def test_line_and_column_of_an_offset(text, offset, place):
    assert position(text, offset) == place


@FIXED
@given(st.text(st.sampled_from("ab\r\n\u2028")))
def test_positions_count_lines_as_universal_newlines_do(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert position(text, len(text)) == (len(lines), len(lines[-1]) + 1)
