"""Words in context, by a phrase, a regular expression, a mark or an id."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clippings.arguments import ArgumentError
from clippings.measures import concordance, kwic, kwic_html
from clippings.measures.words import words
from some_texts import FEW, TEXTS, texts


def test_context_is_cut_at_words_and_shown_on_one_line():
    lines = kwic(texts('He said: "We\nwill keep the INF treaty, (always)" and left.'), "inf", window=3)
    assert lines[["left", "keyword", "right"]].values.tolist() == [["will keep the", "INF", 'treaty, (always)" and']]
    wider = kwic(texts('He said: "We will keep the INF treaty.'), "inf", window=4)
    assert wider["left"].tolist() == ['"We will keep the']


def test_offsets_are_those_of_the_page():
    page = "HEAD\n\nThe INF treaty. The CFE treaty."
    body = texts(page[6:], start=6)
    lines = kwic(body, r"\btreaty\b")
    assert [page[start:end] for start, end in zip(lines["start"], lines["end"], strict=True)] == ["treaty", "treaty"]
    again = concordance(lines, body)
    pd.testing.assert_frame_equal(again, lines)


def test_a_window_of_no_words_shows_the_keyword_alone():
    assert kwic(texts("a b c"), "b", window=0)[["left", "keyword", "right"]].values.tolist() == [["", "b", ""]]


def test_a_keyword_inside_a_word_leaves_its_rest_as_context():
    lines = kwic(texts("old mistreated men"), re.compile("treat"), window=1)
    assert lines[["left", "right"]].values.tolist() == [["mis", "ed"]]
    assert kwic(texts("old mistreated men"), "treat").empty


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("missile shield", ["missile shield", "Missile-shield", "mis- sile shield"]),
        ("russia's", ["Russia’s"]),
        ("missil*", ["missile", "Missile", "mis- sile"]),
        ("$4 billion", ["4 billion"]),
        ("shield", ["shield", "shield", "shield"]),
        (r"shield\b", ["shield", "shield", "shield"]),
        (re.compile("russia.s"), []),
    ],
)
def test_a_phrase_is_met_as_a_reader_reads_it(pattern, found):
    page = "A missile\nshield. The Missile-shield of Russia’s\n\nrockets? A mis-\nsile shield for $4 billion."
    assert kwic(texts(page), pattern)["keyword"].tolist() == found


@pytest.mark.parametrize(
    "pattern", [r"\bmissile\b", "missiles?", "missil.*", "'shield'", "[a-z]+", "foo|bar", "a*b", "shi."]
)
def test_signs_of_a_regular_expression_make_one(pattern):
    page = texts("missile 'shield' foo aab")
    pd.testing.assert_frame_equal(kwic(page, pattern), kwic(page, re.compile(pattern, re.IGNORECASE)))
    assert len(kwic(page, pattern))


class Annotations:
    """An annotated corpus, as far as ``kwic`` knows one."""

    texts = pd.DataFrame({"id": "a", "item": 0, "start": [0], "text": ["NATO met. The NATO Council left Minsk."]})
    mentions = pd.DataFrame(
        {
            "id": "a",
            "item": 0,
            "start": [0, 14, 14, 32],
            "end": [4, 18, 26, 37],
            "entity": ["NATO", "NATO", "NAC", "BY"],
            "form": ["NATO", "NATO", "NATO Council", "Minsk"],
            "nested": [False, True, False, False],
        }
    )


def test_ids_show_what_is_named_and_not_what_stands_in_a_longer_name():
    assert kwic(Annotations, ids=["NATO", "BY"])["keyword"].tolist() == ["NATO", "Minsk"]
    assert kwic(Annotations, ids="BY", window=1)["left"].tolist() == ["left"]
    assert kwic(Annotations, "nato")["start"].tolist() == [0, 14]
    assert kwic(Annotations, ids=["INF"]).empty


@pytest.mark.parametrize(("given", "meant"), [("Nato", "'NATO'"), ("minsk", "'BY'"), ("nato council", "'NAC'")])
def test_an_id_that_is_the_form_of_another_is_refused(given, meant):
    with pytest.raises(ValueError, match=f"no mention has the id '{given}'; did you mean {meant}"):
        kwic(Annotations, ids=[given])


def test_kwic_takes_a_pattern_or_ids():
    for call in (lambda: kwic(Annotations), lambda: kwic(Annotations, "a", ids=["BY"])):
        with pytest.raises(TypeError, match="a pattern, or ids="):
            call()
    with pytest.raises(TypeError, match="ids needs an annotated corpus"):
        kwic(Annotations.texts, ids=["BY"])
    with pytest.raises(ArgumentError, match="pattern must be words or a regular expression, not int"):
        kwic(Annotations, 5)


def test_compiled_patterns_keep_their_flags_and_empty_matches_are_passed_over():
    assert len(kwic(texts("INF inf"), re.compile("inf"))) == 1
    assert len(kwic(texts("abc"), "x*")) == 0


@FEW
@given(TEXTS, st.integers(0, 4))
def test_contexts_are_parts_of_the_text_and_hold_the_window(text, window):
    flat = " ".join(text.split())
    for line in kwic(texts(text), "[a-z0-9é]+", window=window).itertuples():
        assert line.left in flat
        assert line.right in flat
        assert len(words(line.left)) <= window + 1
        assert text[line.start : line.end] == line.keyword


def test_marks_of_several_sentences_of_a_clipping():
    sentences = pd.DataFrame(
        {"id": "a", "item": 0, "start": [10, 30], "text": ["Minsk waits today.", "NATO does not."]}
    )
    marks = pd.DataFrame({"id": "a", "item": 0, "start": [30, 10], "end": [34, 15], "entity": ["NATO", "BY"]})
    assert concordance(marks, sentences, window=1)[["keyword", "right"]].values.tolist() == [
        ["NATO", "does"],
        ["Minsk", "waits"],
    ]


def test_a_mark_outside_the_texts_is_an_error():
    marks = pd.DataFrame({"id": ["t0"], "item": [0], "start": [3], "end": [9]})
    with pytest.raises(ValueError, match="mark at 3 to 9 of clipping 't0', item 0, lies within none of the texts"):
        concordance(marks, texts("Minsk"))


class Cells(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.scopes: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))

    def handle_data(self, data):
        if self.rows:
            self.rows[-1][-1] += data


def test_the_table_is_escaped_headed_and_complete():
    page = kwic_html(kwic(texts("<b>one</b> & 'two' three"), "'two'"), caption="A & B")
    cells = Cells(page.html)
    assert cells.rows == [["clipping", "left", "keyword", "right"], ["t0", "<b>one</b> &", "'two'", "three"]]
    assert cells.scopes == ["col"] * 4 + ["row"]
    assert "<caption>A &amp; B</caption>" in page.html
    assert "<b>" not in page.html
    assert repr(page) == "t0  <b>one</b> &  'two'  three"


def test_a_long_keyword_is_cut_where_it_is_printed_only():
    page = kwic_html(kwic(texts("x" * 99), "x+"))
    assert repr(page) == "t0    " + "x" * 39 + "…"
    assert "x" * 99 in page.html


def test_no_lines_make_an_empty_table():
    lines = kwic(texts("Minsk"), "Moscow")
    assert lines.dtypes["start"] == "int64"
    assert repr(kwic_html(lines)) == "no lines"


def test_what_no_page_can_carry_is_replaced():
    html = kwic_html(kwic(texts("one\0 two\x1b three\x7f"), "two")).html
    assert {"␀", "␛", "␡"} <= set(html)
    assert set(html).isdisjoint("\0\x1b\x7f")
