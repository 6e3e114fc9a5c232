"""Exports of press databases: each document is an item with its own title, date, outlet, byline and paragraphs."""

import io
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.page import layout
from clippings.page.lines import lines

TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "exports.yaml").read_text(encoding="utf-8"))
FIXED = settings(deadline=None, derandomize=True, max_examples=100)


def read(row: dict) -> list[cl.Clipping]:
    if "text" in row:
        return cl.parse(row["text"])
    file = io.BytesIO(row["html"].encode())
    file.name = "export.html"
    return list(cl.read(file))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_documents_of_an_export(row):
    found = read(row)
    assert {clipping.form for clipping in found} == {row["form"]}
    assert {clipping.render() for clipping in found} == {found[0].text}
    told = {
        note.code
        for clipping in found
        for note in clipping.diagnostics
        if note.code not in ("CLP201", "CLP203", "CLP205")
    }
    if "items" not in row:
        return
    assert told == set(row.get("told", ()))
    assert len(found) == len(row["items"])
    for number, (clipping, expected) in enumerate(zip(found, row["items"], strict=True)):
        assert clipping.item == number
        assert [part.of(clipping.text) for part in clipping.paragraphs] == expected["paragraphs"]
        fields = {name: clipping.value(name) for name in ("title", "date", "outlet", "byline") if name in expected}
        assert fields == {name: expected[name] and str(expected[name]) for name in fields}


@pytest.mark.parametrize("form", layout.EXPORTS, ids=lambda form: form.name)
@FIXED
@given(data=st.data())
def test_lines_of_exports_in_any_order_are_laid_out(form, data):
    """Each form takes any text when it is named, and loses none of it."""
    known = [line.text for row in TABLE for line in lines(row.get("text", ""))]
    text = "\n".join(data.draw(st.lists(st.sampled_from([*known, "", " ", "x" * 60]), max_size=25)))
    for clipping in cl.parse(text, layout=form.name):
        assert clipping.render() == text


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_other_ends_of_lines(ends):
    row = TABLE[0]
    found = cl.parse(row["text"].replace("\n", ends))
    assert [clipping.title for clipping in found] == [item["title"] for item in row["items"]]


def test_a_line_of_fifty_characters_may_go_on_and_a_shorter_one_not():
    page = "1 of 1 DOCUMENTS\n\nBelaPAN\n\nMarch 14, 2008 Friday\n\n{}\nof the talks\n\nLENGTH: 2 words\n\nThey met.\n"
    assert cl.parse(page.format("x" * 50))[0].title == f"{'x' * 50} of the talks"
    assert cl.parse(page.format("x" * 49))[0].title == "x" * 49
