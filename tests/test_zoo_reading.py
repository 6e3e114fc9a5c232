"""The constructed pages: form, encoding, blocks and bytes exact in all; fields and body no worse than today."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

import clippings as cl
from clippings.source import encode

ZOO = Path(__file__).resolve().parent / "zoo"
NAMES = sorted(path.stem for path in ZOO.glob("*.json"))
EXPECTED = {name: json.loads((ZOO / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES}

# How many of the 28 pages have the value expected, an absent one included. A later storey raises these, never lowers.
FLOORS = {
    "date": 27,
    "date_precision": 27,
    "title": 28,
    "publisher": 21,
    "byline": 21,
    "dateline": 14,
    "source_url": 28,
    "body": 17,
}


@pytest.fixture(scope="module")
def corpus() -> cl.Corpus:
    return cl.read(ZOO)


@pytest.fixture(scope="module")
def clippings(corpus) -> dict[str, cl.Clipping]:
    return {clipping.id: clipping for clipping in corpus}


def test_every_page_is_read(corpus):
    assert [clipping.id for clipping in corpus] == [path.stem for path in sorted(ZOO.glob("*.txt"))] == NAMES
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
def test_the_body_read_covers_the_body_expected(clippings, name):
    body, expected = clippings[name].body, EXPECTED[name]["body"]
    assert body.start <= expected["start"]
    assert expected["end"] <= body.end


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_is_told(clippings, name):
    clipping = clippings[name]
    told = {diagnostic.code for diagnostic in clipping.diagnostics}
    assert ("CLP110" in told) == (clipping.encoding == "cp1252")
    assert ("CLP203" in told) == (EXPECTED[name]["fields"]["title"] is None)
    assert bool(told & {"CLP205", "CLP206"}) == (EXPECTED[name]["fields"]["source_url"] is None)
    assert told <= {"CLP110", "CLP201", "CLP203", "CLP205", "CLP206"}


def is_right(clipping: cl.Clipping, name: str, expected: dict) -> bool:
    if name == "body":
        return (clipping.body.start, clipping.body.end) == (expected["body"]["start"], expected["body"]["end"])
    if name == "date_precision":
        date = clipping.fields.get("date")
        return (date.precision if date else None) == expected["fields"][name]
    return clipping.value(name) == expected["fields"][name]


@pytest.mark.parametrize("name", FLOORS)
def test_fields_are_no_worse_than_the_floor(clippings, name):
    wrong = [page for page in NAMES if not is_right(clippings[page], name, EXPECTED[page])]
    assert len(NAMES) - len(wrong) >= FLOORS[name], f"{name} is wrong in {wrong}"
