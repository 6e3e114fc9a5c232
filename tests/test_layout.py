"""Every character of a page is in one block, each form's head is known, and a fault costs nothing but itself."""

import re
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clippings import parse
from clippings.diagnostics import CODES
from clippings.model import Clipping
from clippings.page._archive import HEADS
from clippings.page.layout import lay_out
from clippings.page.lines import FURNITURE
from clippings.places import position

FIXED = settings(deadline=None, derandomize=True, max_examples=300)
ROOT = Path(__file__).resolve().parent.parent
REAL = (ROOT / "data" / "clippings" / "112007-14.txt").read_bytes().decode("utf-8")

KINDS = {
    *("archive", "label", "date", "second_date", "title", "publisher", "byline", "standfirst"),
    *("paragraph", "source_url", "furniture", "blank"),
}
LEAD = (
    "Talks on a common air defense began in Minsk on Tuesday, where both sides were said to be close to an agreement "
    "that has been in the making for seven years, although neither would say who is to command the regiments."
)
SECOND = '"We are ready," said Anna Petrova, who leads one of the delegations, and the other side agreed.'
URL = "http://www.example.org/talks"

HEAD_WORDS = ("BELARUS NEWS AND ANALYSIS", "DATE:", "Date: 02/11/2007", "02/11/2007", "31/02/2007", "By Anna Petrova")
TAIL_WORDS = ("Source:", "source", URL, *FURNITURE, "Fac", "Goog")
GAPS = ("\n", "\n\n", "\r\n", "\r", "\r\r", " ", "\t", "\0", "\f", "\v", "\x1c", "\x85", "\u2028", "\ufeff", "\xa0")
pages = st.lists(
    st.sampled_from((*HEAD_WORDS, *TAIL_WORDS, *GAPS, LEAD, "Gazeta.kz")) | st.text(max_size=8), max_size=24
).map("".join)


def kinds(page: str, layout: str = "auto") -> list[str]:
    return [block.kind for block in lay_out(page, layout).blocks if block.kind != "blank"]


def texts(clipping: Clipping, kind: str) -> list[str]:
    return [block.of(clipping.text) for block in clipping.blocks if block.kind == kind]


def is_blank(text: str) -> bool:
    return all(char.isspace() or char in "\0\ufeff" for char in text)


@FIXED
@given(pages | st.text(), st.sampled_from(["auto", "plain"]))
@example("", "auto")
@example("", "plain")
@example("\0\n\ufeff", "auto")
@example("Google", "auto")
@example("Source:", "auto")
@example("a\n\n\x85\n\nb", "plain")
def test_blocks_partition_any_text(text, layout):
    (clipping,) = parse(text, layout=layout)
    blocks = clipping.blocks
    assert clipping.render() == text
    assert all(block.start < block.end for block in blocks)
    assert all(left.end == right.start for left, right in pairwise(blocks))
    assert {block.kind for block in blocks} <= KINDS
    assert all(is_blank(block.of(text)) for block in blocks if block.kind == "blank")
    assert all(not re.search(r"[\r\n]", block.of(text)) for block in blocks if block.kind not in ("blank", "paragraph"))


@FIXED
@given(pages | st.text(), st.sampled_from(["auto", "plain"]))
def test_body_and_fields_lie_in_the_text(text, layout):
    (clipping,) = parse(text, layout=layout)
    assert 0 <= clipping.body.start <= clipping.body.end <= len(text)
    assert all(field.value for field in clipping.fields.values())
    for field in clipping.fields.values():
        assert field.span is None or 0 <= field.span.start < field.span.end <= len(text)
    assert [block for block in clipping.blocks if block.kind == "paragraph"] == list(clipping.paragraphs)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_change_no_kind(newline):
    assert kinds(REAL.replace("\n", newline)) == kinds(REAL)


FORMS = {
    "F1": (
        ["BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Talks begin", "Gazeta.kz", "By Anna Petrova"],
        ["archive", "label", "date", "title", "publisher", "byline"],
    ),
    "F1 without outlet and byline": (
        ["BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Talks begin"],
        ["archive", "label", "date", "title"],
    ),
    "F1 with two bylines": (
        ["BELARUS NEWS AND ANALYSIS", "DATE:", "2007-11-02", "Talks begin", "By Anna Petrova", "By Jan Novak"],
        ["archive", "label", "date", "title", "byline", "byline"],
    ),
    "F2": (["Talks begin", "By Anna Petrova"], ["title", "byline"]),
    "F2 without byline": (["Talks begin"], ["title"]),
    "F3": (["DATE:", "02/11/2007"], ["label", "date"]),
    "F3 on one line": (["DATE: 02/11/2007"], ["date"]),
    "F3 in small letters": (["Date: 02/11/2007"], ["date"]),
    "F4": (
        ["02/11/2007", "Talks begin", "Both sides are in a hurry.", "Anna Petrova", "2 November 2007", "Gazeta.kz"],
        ["date", "title", "standfirst", "byline", "second_date", "publisher"],
    ),
}


@pytest.mark.parametrize(("name", "head", "expected"), [(n, *row) for n, row in FORMS.items()], ids=FORMS)
@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n\r\n"], ids=repr)
def test_head_of_each_form(name, head, expected, gap):
    page = gap.join([*head, LEAD, SECOND])
    laid = lay_out(page)
    assert laid.form == name[:2]
    assert kinds(page) == [*expected, "paragraph", "paragraph"]


def test_every_form_has_a_row():
    assert {name[:2] for name in FORMS} == set(HEADS)


def test_plain_is_all_body():
    page = "\n\n".join(["DATE:", "02/11/2007", LEAD, "Source:", URL, "Google"])
    assert lay_out(page, "plain").form == "plain"
    assert kinds(page, "plain") == ["paragraph"] * 6


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\ntwo\n\nthree", ["one\ntwo", "three"]),
        ("one\r\ntwo\r\n \r\nthree\r\n", ["one\r\ntwo", "three"]),
        ("one\r\rtwo", ["one", "two"]),
        ("\n\n  one  \n\n\n\n", ["one"]),
        ("   ", []),
    ],
)
def test_paragraphs_of_a_plain_text(text, paragraphs):
    (clipping,) = parse(text, layout="plain")
    assert texts(clipping, "paragraph") == paragraphs


TAILS = {
    "nothing": [],
    "Google": ["Google"],
    "both": ["Google", "Partners:", "Face.by Social Network", "Face.by"],
    "one line": ["Partners: Social Network"],
    "Archive": ["Archive"],
    "shared": ["Google", "Share |", "Partners:", "Face.by"],
    "cut": ["Partners:", "Fac"],
    "cut longer": ["Google", "Partners:", "Face.by Social Netw"],
    "cut at once": ["Goo"],
}
SOURCES = {"url": ["Source:", URL], "small": ["source:", URL], "bare url": [URL]}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_source_and_furniture_are_no_body(source, tail):
    page = "\n\n".join([*FORMS["F1"][0], LEAD, SECOND, *source, *tail])
    (clipping,) = parse(page)
    assert texts(clipping, "furniture") == tail
    assert texts(clipping, "source_url") == [URL]
    assert clipping.body.of(page) == f"{LEAD}\n\n{SECOND}"


def test_furniture_inside_the_body_stays():
    page = "\n\n".join([*FORMS["F1"][0], LEAD, "Google", SECOND])
    (clipping,) = parse(page)
    assert texts(clipping, "paragraph") == [LEAD, "Google", SECOND]


@pytest.mark.parametrize("word", ["Go", "Arch", "Partners"])
def test_half_a_word_after_the_body_is_body(word):
    (clipping,) = parse("\n\n".join([*FORMS["F1"][0], LEAD, word]))
    assert texts(clipping, "paragraph") == [LEAD, word]


def test_nul_beside_furniture_is_white_space():
    (clipping,) = parse("\n".join(["DATE:", "02/11/2007", LEAD, "Partners:\0", "Face.by"]))
    assert texts(clipping, "furniture") == ["Partners:", "Face.by"]


# The failure matrix: faults, and the tails and line ends they stand with.
HEAD = {"archive": "BELARUS NEWS AND ANALYSIS", "label": "DATE:", "date": "02/11/2007", "title": "Talks begin"}
LINES = {**HEAD, "publisher": "Gazeta.kz", "body": f"{LEAD}\n\n{SECOND}", "source": "Source:", "url": URL}
SOUND_BODY = f"{LEAD}\n\n{SECOND}"


def without(*names: str) -> dict[str, str]:
    return {name: line for name, line in LINES.items() if name not in names}


# fault -> the lines of the page, the codes told, the line told for the first of them (0: the page as a whole)
FAULTS = {
    "no fault": (LINES, [], 0),
    "no date label": (without("label"), [], 0),
    "no date": (without("label", "date"), ["CLP201"], 0),
    "label without date": (without("date"), ["CLP201"], 0),
    "impossible date": ({**LINES, "date": "31/02/2007"}, ["CLP202"], 5),
    "impossible month": ({**LINES, "date": "02/13/2007"}, ["CLP202"], 5),
    "impossible year": ({**LINES, "date": "02/11/9999"}, ["CLP202"], 5),
    "no title": (without("title", "publisher"), ["CLP203"], 0),
    "no publisher": (without("publisher"), [], 0),
    "no body": (without("body"), ["CLP204"], 0),
    "no source": (without("source", "url"), ["CLP205"], 0),
    "empty source": (without("url"), ["CLP206"], -1),
    "cut source": ({**LINES, "url": f"{URL}..."}, ["CLP208"], -2),
    "far dateline": ({**LINES, "body": f"MINSK, July 3 (Interfax) - {SOUND_BODY}"}, ["CLP207"], 11),
    "no label, bad date": ({**without("label"), "date": "2007-11-31"}, ["CLP202"], 3),
    "date and source lost": (without("label", "date", "source", "url"), ["CLP201", "CLP205"], 0),
    "title and body lost": (without("title", "publisher", "body"), ["CLP203", "CLP204"], 0),
}
GAP = {"blank lines": "\n\n", "blank lines, CRLF": "\r\n\r\n", "blank lines, CR": "\r\r"}


def matrix() -> Iterator[tuple[str, str, str]]:
    """Yield each fault with the usual tail and gap, a page without fault with all, and the pairs that interact.

    A fault in the body or the source interacts with the tail behind it; one reported on a line with the line ends.
    """
    for fault, (lines, _, line) in FAULTS.items():
        is_before_tail = any(lines.get(name) != LINES[name] for name in ("body", "source", "url"))
        for tail, gap in product(TAILS, GAP):
            usual_tail, usual_gap = tail == "both", gap == "blank lines"
            if fault == "no fault" or (usual_tail and (usual_gap or line)) or (usual_gap and is_before_tail):
                yield fault, tail, gap


@pytest.mark.parametrize(("fault", "tail", "gap"), [*matrix()])
def test_a_fault_is_told_and_the_body_is_found(fault, tail, gap):
    lines, codes, line = FAULTS[fault]
    if tail == "cut at once" and "url" not in lines:
        tail = "cut"  # Half a word after the body may be a word of the body.
    page = "\n\n".join([*lines.values(), *TAILS[tail]]).replace("\n\n", GAP[gap])
    (clipping,) = parse(page, path="page.txt")
    assert [told.code for told in clipping.diagnostics] == codes
    assert {told.file for told in clipping.diagnostics} <= {"page.txt"}
    if codes:
        at = {-1: "Source:", -2: "..."}.get(line)
        expected = position(page, page.index(at)) if at else (line, 1 if line else 0)
        assert (clipping.diagnostics[0].line, clipping.diagnostics[0].column) == expected
    body = lines.get("body", "").replace("\n\n", GAP[gap])
    assert clipping.body.of(page) == body
    assert texts(clipping, "furniture") == TAILS[tail]


JUNK = {"words": "Skip to content", "a number": "3", "a url": URL, "furniture": "Google"}


@pytest.mark.parametrize(("junk", "tail"), list(product(JUNK, TAILS)))
def test_junk_before_the_page_loses_nothing(junk, tail):
    page = "\n\n".join([JUNK[junk], *LINES.values(), *TAILS[tail]])
    (clipping,) = parse(page, path="112007-14.txt")
    assert clipping.render() == page
    assert SOUND_BODY in clipping.body.of(page)
    assert (clipping.form, clipping.title) == ("F1", "Talks begin")
    assert (clipping.date, clipping.fields["date"].basis) == ("2007-11-02", "printed")
    assert clipping.value("source_url") == URL
    assert texts(clipping, "furniture") == [JUNK[junk], *TAILS[tail]]


@pytest.mark.parametrize("code", [code for code in CODES if "CLP200" < code < "CLP209"])
def test_every_code_of_a_page_is_in_the_matrix(code):
    assert code in {told for _, codes, _ in FAULTS.values() for told in codes}


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "Google", "Source:\n\nGoogle", "DATE:\n\n02/11/2007\n"])
def test_a_page_without_body_says_so(text):
    (clipping,) = parse(text)
    assert "CLP204" in [told.code for told in clipping.diagnostics]
    assert clipping.body.start == clipping.body.end == len(text)


def test_a_headline_is_no_paragraph_of_the_body():
    title = "Russia, Belarus and " + "three neighbors " * 8 + "to meet"
    (clipping,) = parse("\n\n".join(["BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", title, LEAD]))
    assert (clipping.title, clipping.body.of(clipping.text)) == (title, LEAD)


@pytest.mark.parametrize("blank", [c for c in map(chr, range(0x3001)) if c.isspace() and c not in "\r\n"], ids=ascii)
def test_a_line_of_white_space_is_blank(blank):
    page = "DATE:\n\n02/11/2007\n{0}\nA title\n\nMinsk Weekly\n{0}{0}\n" + LEAD
    told, plain = (
        [(block.kind, text[block.start : block.end]) for block in clipping.blocks if block.kind != "blank"]
        for text in (page.format(blank), page.format(""))
        for clipping in parse(text)
    )
    assert told == plain
