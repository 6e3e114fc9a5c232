"""Each fault of a gazetteer is told with its line and value, what is allowed, and the nearest valid word."""

from pathlib import Path

import pytest

from clippings.codebook import create, find_faults
from test_codebook_errors import change, told

HEADER = (
    "short,canonical,kind,country,surface_forms,demonyms,capitals,surnames,case,ambiguous,office,office_from,office_to"
)
KINDS = "alliance, country, government_body, media, organization, person, place, region, think_tank, treaty, weapon"


@pytest.fixture
def own(tmp_path) -> Path:
    return create(tmp_path / "own")


ROWS = {
    "kind": (
        "ODKB,CSTO,organisation,,CSTO,,,,any,,,,",
        f"actors.csv:3: kind 'organisation' is none of {KINDS}; did you mean 'organization'?",
    ),
    "kind like no other": ("X,X,zzzz,,X,,,,any,,,,", f"actors.csv:3: kind 'zzzz' is none of {KINDS}"),
    "short twice": (
        "Gazprom,Other,organization,,Other,,,,any,,,,",
        "actors.csv:3: the short name 'Gazprom' stands twice; keep one of them",
    ),
    "no short": (
        ",X,place,,X,,,,any,,,,",
        "actors.csv:3: short is empty; every actor has a short and a canonical name",
    ),
    "country": (
        "X,X,place,Belarus,X,,,,any,,,,",
        "actors.csv:3: country 'Belarus' is no ISO 3166-1 code; write two capitals, as in BY",
    ),
    "code of a state": (
        "Poland,Poland,country,PL,Poland,,,,any,,,,",
        "actors.csv:3: the state 'Poland' has the code 'PL'; its short name is its ISO code",
    ),
    "case": ("X,X,place,,X,,,,exakt,,,,", "actors.csv:3: case 'exakt' is none of exact, any; did you mean 'exact'?"),
    "ambiguous": (
        "X,X,place,,Xanten,,,,any,Xantn,,,",
        "actors.csv:3: 'Xantn' is no form of 'X'; did you mean 'Xanten'?",
    ),
    "no form": (
        "X,X,place,,,,,,any,,,,",
        "actors.csv:3: 'X' has no form; give at least one name as it is printed",
    ),
    "form with a space": (
        "X,X,place,,X|Y |Z,,,,any,,,,",
        "actors.csv:3: the form 'Y ' is empty or has spaces around it; forms are split by '|' alone",
    ),
    "empty form": (
        "X,X,place,,X||Z,,,,any,,,,",
        "actors.csv:3: the form '' is empty or has spaces around it; forms are split by '|' alone",
    ),
    "form twice": (
        "X,X,place,,X|Y|X,,,,any,,,,",
        "actors.csv:3: the form 'X' of 'X' stands twice; keep one of them",
    ),
    "surname of a place": (
        "X,X,place,,X,,,Y,any,,,,",
        "actors.csv:3: a place has no surnames; only rows of kind person do",
    ),
    "capital of a person": (
        "X,X,person,,X,,Y,,any,,,,",
        "actors.csv:3: a person has no capitals; only rows of kind country do",
    ),
    "too many cells": (
        "X,X,place,,X,,,,any,,,,,,",
        "actors.csv:3: 15 cells, but 13 columns; put a cell that holds a comma in quotes",
    ),
    "too few cells": ("X,X,place", "actors.csv:3: 3 cells, but 13 columns; empty cells need commas"),
    "offices not parallel": (
        "X,X,person,,X,,,,any,,minister;president,2001,;",
        "actors.csv:3: 1 in office_from, but 2 in office; "
        "the lists run in parallel, split by ';'; a part that is not known is blank",
    ),
    "office day": (
        "X,X,person,,X,,,,any,,minister,May 2001,",
        "actors.csv:3: 'May 2001' is no day; write 2007, 2007-11 or 2007-11-02, or leave it blank",
    ),
    "office month": (
        "X,X,person,,X,,,,any,,minister,2001-13,",
        "actors.csv:3: '2001-13' is no day; write 2007, 2007-11 or 2007-11-02, or leave it blank",
    ),
    "office that ends before it begins": (
        "X,X,person,,X,,,,any,,minister,2001-05,2001-04-30",
        "actors.csv:3: 2001-04-30 lies before 2001-05 in office_from; exchange the two, or correct one",
    ),
    "days of no office": (
        "X,X,person,,X,,,,any,,minister;,2001;2003,2002;",
        "actors.csv:3: no office is held from '2003' to ''; name it, or leave the dates out",
    ),
    "open quote": (
        '"X,X,place',
        "actors.csv:3: not a row of a CSV table: unexpected end of data; "
        "a quotation mark inside a cell is written twice, and such a cell stands in quotes",
    ),
}
GAZPROM = "Gazprom,Gazprom,organization,RU,Gazprom,,,,any,,,,"
REST = "BY,Belarus,country,BY,Belarus,,,,exact,,,,\nGE,Georgia,country,GE,Georgia,,,,exact,,,,\n"


@pytest.mark.parametrize(("row", "expected"), ROWS.values(), ids=ROWS)
def test_a_fault_in_the_gazetteer(own, row, expected):
    (own / "actors.csv").write_text(f"{HEADER}\n{GAZPROM}\n{row}\n{REST}", encoding="utf-8")
    assert told(own) == [expected]


@pytest.mark.parametrize(("header", "expected"), [
    (HEADER.replace("canonical,", ""),
     "actors.csv:1: there is no column 'canonical'; needed are short, canonical, kind, surface_forms"),
    (HEADER.replace("canonical", "cannonical"), "actors.csv:1: unknown column 'cannonical'; did you mean 'canonical'?"),
    (HEADER + ",surname", "actors.csv:1: unknown column 'surname'; known are wikidata, "),
    (HEADER + ",short", "actors.csv:1: the column 'short' stands twice; keep one of them"),
    (HEADER.replace(",", ";"), "actors.csv:1: the cells are split by ';'; save the table with commas"),
    (HEADER.replace(",", "\t"), "actors.csv:1: the cells are split by '\\t'; save the table with commas"),
])  # fmt: skip
def test_a_fault_in_the_header(own, header, expected):
    (own / "actors.csv").write_text(header + "\n", encoding="utf-8")
    (fault,) = told(own)
    assert fault.startswith(expected)


def test_a_wikidata_number(own):
    change(own / "actors.csv", "short,canonical", "wikidata,short,canonical")
    text = (own / "actors.csv").read_text(encoding="utf-8").splitlines()
    rows = [text[0], *(f",{row}" for row in text[1:-1]), f"102673,{text[-1]}"]
    (own / "actors.csv").write_text("\n".join(rows), encoding="utf-8")
    assert told(own) == ["actors.csv:5: '102673' is no Wikidata number; write it as in Q7184, or leave it blank"]


def test_an_empty_gazetteer(own):
    (own / "actors.csv").write_bytes(b"")
    assert told(own) == [
        "actors.csv:1: the file is empty; the first line names the columns: short, canonical, kind, surface_forms"
    ]


def test_columns_point_at_the_value(own):
    change(own / "themes.yaml", "@Gazprom", "@Gasprom")
    (own / "actors.csv").write_text(
        f'{HEADER}\n"Gaz\nprom","Gaz, the ""firm""",organisation,,Gaz,,,,any,,,,\n{REST}', encoding="utf-8"
    )
    places = [(fault.file, fault.line, fault.column) for fault in find_faults(own)]
    # The first row begins in line 2, and its third cell stands in line 3; behind it, nothing is Gazprom.
    assert places == [("themes.yaml", 16, 32), ("actors.csv", 3, 27)]


def test_a_gazetteer_that_is_not_utf8(own):
    text = (own / "actors.csv").read_text(encoding="utf-8").replace("Tbilisi", "Tbilissí")
    (own / "actors.csv").write_bytes(text.encode("latin-1"))
    (fault,) = find_faults(own)
    assert str(fault) == "actors.csv:3: not UTF-8: byte 0xed; save the file as UTF-8"
