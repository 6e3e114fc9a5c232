"""The constructed pages: form, encoding, blocks, bytes, fields and bodies exact in all."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

import clippings as cl
from clippings.reading.source import encode

ZOO = Path(__file__).resolve().parent / "zoo"
NAMES = sorted(path.stem for path in ZOO.glob("*.json"))
EXPECTED = {name: json.loads((ZOO / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES}

FIELDS = ("date", "title", "publisher", "byline", "dateline", "source_url")


@pytest.fixture(scope="module")
def corpus() -> cl.Corpus:
    return cl.read(ZOO)


@pytest.fixture(scope="module")
def clippings(corpus) -> dict[str, cl.Clipping]:
    return {clipping.id: clipping for clipping in corpus if clipping.item == 0}


def test_every_page_is_read(corpus):
    found = [clipping.id for clipping in corpus if clipping.item == 0]
    assert found == [path.stem for path in sorted(ZOO.glob("*.txt"))] == NAMES
    assert len(NAMES) == 28
    assert corpus.failures == ()


@pytest.mark.parametrize("name", NAMES)
def test_form_and_encoding(clippings, name):
    assert clippings[name].form == EXPECTED[name]["form"]
    assert clippings[name].encoding == EXPECTED[name]["encoding"]


@pytest.mark.parametrize("name", NAMES)
def test_blocks_partition_the_page_and_its_bytes_come_back(clippings, name):
    clipping = clippings[name]
    edges = [0, *(block.end for block in clipping.blocks)]
    assert [block.start for block in clipping.blocks] == edges[:-1]
    assert all(start < end for start, end in pairwise(edges))
    assert clipping.render() == clipping.text
    assert encode(clipping.render(), clipping.encoding, clipping.bom) == (ZOO / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", [name for name in NAMES if "title_span" in EXPECTED[name]["extra"]])
def test_the_title_stands_where_it_is_printed(clippings, name):
    span = clippings[name].fields["title"].span
    assert [span.start, span.end] == EXPECTED[name]["extra"]["title_span"]


@pytest.mark.parametrize("name", NAMES)
def test_the_bodies_of_the_items_are_exact(corpus, name):
    body = EXPECTED[name]["body"]
    found = [(clipping.body.start, clipping.body.end) for clipping in corpus if clipping.id == name]
    assert found == [(item["start"], item["end"]) for item in body.get("items", [body])]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_is_told(clippings, name):
    clipping = clippings[name]
    told = {diagnostic.code for diagnostic in clipping.diagnostics}
    assert ("CLP110" in told) == (clipping.encoding == "cp1252")
    assert ("CLP203" in told) == (EXPECTED[name]["fields"]["title"] is None)
    is_cut = EXPECTED[name]["fields"]["source_url"] is None and clipping.form in ("F1", "F3")
    assert bool(told & {"CLP205", "CLP206"}) == is_cut
    assert ("CLP217" in told) == (clipping.outlet is None)
    assert ("CLP208" in told) == ("{" in (EXPECTED[name]["fields"]["source_url"] or ""))
    assert told <= {"CLP110", "CLP201", "CLP203", "CLP205", "CLP206", "CLP208", "CLP217"}


@pytest.mark.parametrize("name", NAMES)
def test_the_fields_are_exact(clippings, name):
    found = {field: clippings[name].value(field) for field in FIELDS}
    date = clippings[name].fields.get("date")
    found["date_precision"] = date.precision if date else None
    assert found == EXPECTED[name]["fields"]
