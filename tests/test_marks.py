"""Pages made of quotation marks: marks around no word quote nothing, and the work grows as the page does."""

from __future__ import annotations

import sys

import pytest

import clippings as cl
from clippings.layers.quotes import rules

WORK = 2.2
"""Twice the page takes at most so many times the calls."""


def annotated(text: str) -> cl.Annotated:
    return cl.Corpus(cl.parse(text, layout="plain")).annotate(layers=["quotes"])[0]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('He said "" and left.', 0),
        ('He said " - " and left.', 0),
        ("He said “…” and left.", 0),
        ('He said "?!" and left.', 0),
        ('He said "_" and left.', 0),
        ('He said "a" and left.', 1),
        ('He said "7" and left.', 1),
        ("He said “да” and left.", 1),
        ('"' * 2_000, 0),
        ("“" * 2_000, 0),
        ("“” " * 1_000, 0),
    ],
)
def test_marks_around_no_word_quote_nothing(text: str, count: int) -> None:
    assert len(annotated(text).quotes) == count


def test_a_sentence_of_too_many_quotations_names_the_source_of_none() -> None:
    """On both sides of the bound: a list of sixty words keeps its source, one of sixty-one has none."""

    def speakers(count: int) -> set[str | None]:
        listed = ", ".join(f'"pact {number}"' for number in range(count))
        quotes = [one for one in annotated(f"Anna Petrova said {listed}.").quotes if one.kind != "reported"]
        assert len(quotes) == count
        return {quote.speaker for quote in quotes}

    assert "Anna Petrova" in speakers(rules.MOST_IN_SENTENCE)
    assert speakers(rules.MOST_IN_SENTENCE + 1) == {None}


def calls(text: str) -> int:
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        annotated(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", ['"', '" ', '"a" ', "“", "“” ", "'", "\"“”'«»„ ", '"a b c d"\n\n', '"A," said B. '])
def test_the_work_grows_as_the_page_does(piece: str) -> None:
    annotated(piece * 50)
    assert calls(piece * 1_200) <= WORK * calls(piece * 600)


def test_a_page_of_marks_is_written_in_its_own_size() -> None:
    from clippings.tables import jsonl

    page = cl.Corpus(cl.parse('"' * 20_000, layout="plain")).annotate()[0]
    assert len(jsonl.line(page)) < 3 * 20_000
