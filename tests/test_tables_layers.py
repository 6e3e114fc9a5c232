"""The cases of ``tests/tables`` for what a clipping is annotated with; ``tabled`` says how they are written."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

import clippings as cl
from clippings.layers import registry
from clippings.layers.registry import KEPT
from tabled import TABLES, Case, Row, cases, unmarked

DAY = "02/11/2007"
ARCHIVE = "BELARUS NEWS AND ANALYSIS"


@functools.cache
def codebook() -> cl.Codebook:
    return cl.Codebook.load(TABLES / "book")


@functools.cache
def security() -> cl.Codebook:
    return cl.Codebook.load()


def annotated(row: Row, text: str) -> tuple[cl.Annotated, list[tuple[int, int, str]]]:
    """Annotate a marked text as the body of a page, and return it with the marks.

    The page is of ``day``, or of no day where that is null; a ``title`` and a ``publisher`` may stand above the text.
    """
    day, path, title = row.get("day", DAY), row.get("path", ""), row.get("title")
    head = [ARCHIVE if title else None, "DATE:" if day else None, day, title, row.get("publisher")]
    page, asked = unmarked("\n\n".join([*filter(None, head), text]))
    layout = "auto" if title or day else "plain"
    (found,) = cl.Corpus(cl.parse(page, path=path, layout=layout)).annotate(codebook())
    return found, asked


def check(case: Case, layer: str, value: Callable[[Any, str], str]) -> None:
    """Compare what a layer finds in a marked text with its marks; ``value`` writes one as its mark is written."""
    for row in case.rows:
        page, asked = annotated(row, row["text"])
        text, found = page.clipping.text, getattr(page, layer)
        marks = [mark for _, _, mark in asked] + [""] * len(found)
        got = [(one.start, one.of(text), value(one, mark)) for one, mark in zip(found, marks, strict=False)]
        case.same(row["text"], [(start, text[start:end], mark) for start, end, mark in asked], got)


@pytest.mark.parametrize("case", cases("dates", "date_periods", "date_words", "date_tense"))
def test_dates(case):
    """A mark is the ``iso``, or ``first..last``, with ``@anchor`` behind it where that is of interest."""

    def value(date: Any, mark: str) -> str:
        days = f"{date.first}..{date.last}" if ".." in mark else date.iso or "unknown"
        return f"{days} @{date.anchor}" if "@" in mark else days

    check(case, "dates", value)


@pytest.mark.parametrize("case", cases("mentions"))
def test_mentions(case):
    """A mark is the id and the kind, with ``nested`` behind it where that is so."""
    check(case, "mentions", lambda one, _: f"{one.id} {one.kind}" + " nested" * one.nested)


@pytest.mark.parametrize("case", cases("errata"))
def test_errata(case):
    """A mark is the reading that is meant."""
    check(case, "errata", lambda one, _: one.expected)


@pytest.mark.parametrize("case", cases("themes"))
def test_themes(case):
    """A mark is the theme that a word shows; ``shown`` counts the sentences, ``document`` names the whole."""
    for row in case.rows:
        page, asked = annotated(row, row["text"])
        text = page.clipping.text
        got = [(one.of(text), hit.theme) for hit in page.themes for one in hit.evidence]
        case.same(row["text"], [(text[start:end], mark) for start, end, mark in asked], got)
        case.same(row["text"], row.get("shown", len(page.themes)), len(page.themes))
        case.same(row["text"], tuple(row.get("document", "").split()), page.document_themes)


@pytest.mark.parametrize("case", cases("themed_pages"))
def test_themes_of_whole_pages(case):
    """``document`` names the themes of the page, by the security codebook."""
    for row in case.rows:
        (clipping,) = cl.parse("\n\n".join([ARCHIVE, "DATE:", DAY, row["title"], row["text"]]))
        found = registry.annotate(clipping, security()).document_themes
        case.same(row["title"], tuple(row.get("document", "").split()), found)


def test_what_is_kept_of_a_page_stands_in_the_order_of_its_frames():
    assert [*KEPT] == ["sentences", "quotes", "mentions", "dates", "themes", "errata"]


@pytest.mark.parametrize("case", cases("sentences"))
def test_sentences(case):
    """The parts are the sentences, with ``gap`` between them."""
    for row in case.rows:
        text = row.get("gap", " ").join(row["parts"])
        page, _ = annotated(row, text)
        case.same(text, row["parts"], [span.of(page.clipping.text) for span in page.sentences])
