"""From a row of a table to the highlighted passage: addresses, places to jump to, and nothing unsafe on the way."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import clippings as cl
from clippings.arguments import ArgumentError
from clippings.display.marks import Mark
from clippings.display.pages import Page, page_html
from clippings.display.passages import address, passage

PAGE = cl.parse(
    'DATE:\n\n02/11/2007\n\n"We wait," said Anna Petrova in Minsk on Tuesday. NATO waits too.\n', path="112007-14.txt"
)


def parsed(page: Page) -> BeautifulSoup:
    return BeautifulSoup(page.html, "html.parser")


@pytest.fixture(scope="module")
def annotated() -> cl.AnnotatedCorpus:
    return cl.Corpus(PAGE).annotate()


@pytest.mark.parametrize("layer", ["quotes", "dates"])
def test_every_row_of_evidence_leads_to_its_mark(annotated: cl.AnnotatedCorpus, layer: str) -> None:
    page = parsed(annotated[0].show(anchored=True))
    frame = getattr(annotated, layer)
    links = parsed(cl.table(frame, evidence="")).select("a")
    assert len(links) == len(frame) > 0
    for link, text in zip(links, frame["text"], strict=True):
        place = page.find(id=link["href"].removeprefix("#"))
        following = "".join(
            words
            for words in place.find_all_next(string=True)
            if words.find_parent(class_="cp-text") and not words.find_parent("style")
        )
        assert following.startswith(text)


def test_the_place_stands_where_its_columns_stood(annotated: cl.AnnotatedCorpus) -> None:
    frame = annotated.dates[["text", "id", "start", "end", "rule"]]
    shown = parsed(cl.table(frame, evidence="one-clipping.html"))
    assert [head.get_text() for head in shown.select("th")] == ["text", "passage", "rule"]
    date = annotated[0].dates[0]
    link = shown.select_one("a")
    assert link["href"] == address("112007-14", date.start, date.end, page="one-clipping.html")
    assert link.get_text() == f"112007-14, characters {date.start} to {date.end}"


def test_ids_are_given_only_where_asked_for_and_never_twice(annotated: cl.AnnotatedCorpus) -> None:
    page = annotated[0]
    for plain in (page.show(), page.clipping.show(), page.clipping.passage(page.quotes[0])):
        assert not parsed(plain).select("[id]")
    ids = [element["id"] for element in parsed(page.show(anchored=True)).select("[id]")]
    assert len(ids) == len(set(ids)) > 2


def test_marks_that_cover_the_same_words_share_one_place() -> None:
    marks = [Mark(0, 3, "quote", "a"), Mark(0, 3, "theme", "b"), Mark(0, 2, "date", "c"), Mark(3, 3, "cue", "d")]
    html = page_html("abc", marks, title="", anchors="p-x")
    assert re.findall(r'id="([^"]*)"', html) == ["p-x-0-3", "p-x-0-2"]


def test_a_place_keeps_the_numbers_of_a_mark_that_begins_with_blank_lines() -> None:
    html = page_html("\n\nab", [Mark(0, 4, "quote", "")], title="", anchors="p-x")
    assert '<span class="cp-a" id="p-x-0-4"></span><span class="cp-m l-quote">ab' in html


def test_a_passage_can_be_a_place() -> None:
    quoted = parsed(passage("Minsk waits.", clipping='1"><b>', start=0, end=5, anchored=True)).blockquote
    assert quoted["id"] == address('1"><b>', 0, 5).removeprefix("#") == "p-1---b--0-5"
    assert not quoted.select("b")


def test_a_passage_holds_nothing_that_no_page_can_carry() -> None:
    html = passage("Minsk\0 \ud800waits.", clipping="1", start=0, end=14).html
    assert '<p style="white-space: pre-wrap">Minsk␀ �waits.</p>' in html


def test_links_show_a_column_and_hide_its_addresses() -> None:
    frame = pd.DataFrame(
        {"title": ["<A>", "B\nC", None], "n": [1, 2, 3], "url": ["https://a.example/?b=1&c=2", "", None]}
    )
    shown = parsed(cl.table(frame, links={"title": "url"}))
    assert [head.get_text() for head in shown.select("th")] == ["title", "n"]
    assert [[cell.get_text() for cell in row.select("td")] for row in shown.select("tbody tr")] == [
        ["<A>", "1"],
        ["B\\nC", "2"],
        ["–", "3"],
    ]
    assert [link["href"] for link in shown.select("a")] == ["https://a.example/?b=1&c=2"]


def test_a_column_may_hold_its_own_addresses() -> None:
    link = parsed(cl.table(pd.DataFrame({"url": ["http://a.example/x"]}), links={"url": "url"})).a
    assert (link["href"], link.get_text()) == ("http://a.example/x", "http://a.example/x")


def test_cells_that_look_like_cells_do_not_shift_the_links() -> None:
    frame = pd.DataFrame({"a": ["<td>x</td>", "</td><td>"], "b": ["<td>", "y"], "url": ["one.html", "two.html"]})
    shown = parsed(cl.table(frame, links={"b": "url"}))
    assert [(link["href"], link.get_text()) for link in shown.select("a")] == [("one.html", "<td>"), ("two.html", "y")]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//other.example/x",
        "/\\other.example",
        "http:alert",
        "https:///x",
    ],
)
def test_unsafe_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an address of http or https"):
        cl.table(pd.DataFrame({"a": ["x"], "url": [address]}), links={"a": "url"})


@pytest.mark.parametrize("address", ["treaties.html#x", "#p-1", "../data/a.csv", "https://a.example", 'x.html#"><b>'])
def test_safe_addresses_are_linked_and_escaped(address: str) -> None:
    shown = parsed(cl.table(pd.DataFrame({"a": ["x"], "url": [address]}), links={"a": "url"}))
    assert shown.a["href"] == address
    assert not shown.select("b")


def test_columns_that_are_missing_are_named() -> None:
    with pytest.raises(KeyError, match="url"):
        cl.table(pd.DataFrame({"a": ["x"]}), links={"a": "url"})
    with pytest.raises(KeyError, match="end"):
        cl.table(pd.DataFrame({"id": ["x"], "start": [1]}), evidence="")


def test_columns_that_are_written_alike_are_all_shown() -> None:
    frame = pd.DataFrame([["A", "B", "C"]], columns=["paid_by", "paid by", "paid by"])
    assert re.findall("<th>(.*?)</th>", cl.table(frame).html) == ["paid by"] * 3
    assert re.findall("<td>(.*?)</td>", cl.table(frame).html) == ["A", "B", "C"]


def test_a_cell_holds_nothing_that_no_page_can_carry() -> None:
    assert "<td>Minsk␀␛</td>" in cl.table(pd.DataFrame({"town": ["Minsk\0\x1b"]})).html


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(cl.ClippingsError, match="frame must be a DataFrame, not list"):
        cl.table([["Minsk"]])


def test_a_caption_is_one_line_above_the_head_and_no_markup():
    frame = pd.DataFrame({"a": ["x"]})
    shown = parsed(cl.table(frame, caption="Pacts <b>\n& ties"))
    assert shown.table.caption.get_text() == "Pacts <b> & ties"
    assert shown.table.find(True).name == "caption"
    assert "<caption>" not in cl.table(frame).html
    with pytest.raises(ArgumentError, match="caption must be a string, not int"):
        cl.table(frame, caption=3)
