"""References are read back as they were meant by software that is not ours."""

import json

import pandas as pd
import pytest
from pybtex.database import parse_string

import clippings as cl
from clippings.interchange import Citation, bibtex, citations, csl, ris

PAGES = cl.collection().table("clippings")
ODD = Citation(
    "Папка/2007 {1}",
    '50% of \\ "gas & oil" {cut} #1_a ~ ^ $5 😀',
    "2007-11-02",
    "Неман & Ко",
    ("Anna de Hoop", "J. R. {Odd}"),
    address="http://a.example/{x}?b=%20#c",
    kept_at="http://archive.example/1",
    archive="An Archive",
    accessed="2026-11-29",
)


def tagged(text: str) -> list[dict[str, list[str]]]:
    """Read RIS by its definition: two letters, two blanks, a hyphen, a blank; ER ends a record."""
    records: list[dict[str, list[str]]] = [{}]
    for line in text.split("\r\n")[:-1]:
        tag, sign, value = line[:2], line[2:6], line[6:]
        assert sign == "  - "
        if tag == "ER":
            records.append({})
        else:
            records[-1].setdefault(tag, []).append(value)
    assert records.pop() == {}
    return records


def test_every_clipping_of_the_catalogue_is_read_back_from_bibtex() -> None:
    found = citations(PAGES, archive="Belarus News and Analysis", accessed="2026-11-29")
    entries = parse_string(bibtex(found), "bibtex").entries
    assert list(entries) == [one.id for one in found] == PAGES["id"].tolist()
    for one in found:
        fields = entries[one.id].fields
        assert fields.get("year") == (f"{one.parts[0]}" if one.parts else None)
        assert fields.get("day") == (f"{one.parts[2]}" if len(one.parts) == 3 else None)
        assert ("month" in fields) == (len(one.parts) > 1)
        assert ("title" in fields, "journal" in fields) == (bool(one.title), bool(one.outlet))
        assert len(entries[one.id].persons.get("author", [])) == len(one.authors)


def test_odd_characters_are_read_back_from_bibtex() -> None:
    ((key, entry),) = parse_string(bibtex([ODD]), "bibtex").entries.items()
    assert key == "Папка-2007-1-"
    assert entry.fields["title"] == (
        r'50\% of \textbackslash{} "gas \& oil" \{cut\} \#1\_a \textasciitilde{} \textasciicircum{} \$5 😀'
    )
    assert entry.fields["url"] == "http://a.example/%7Bx%7D?b=%20#c"
    assert len(entry.persons["author"]) == 2


def test_every_clipping_of_the_catalogue_is_read_back_from_ris() -> None:
    found = citations(PAGES, archive="Belarus News and Analysis")
    records = tagged(ris(found))
    assert [record["ID"] for record in records] == [[one.id] for one in found]
    assert {tuple(record["TY"]) for record in records} == {("NEWS",)}
    for one, record in zip(found, records, strict=True):
        assert record.get("TI", [None]) == [one.title]
        assert record["DA"][0].count("/") == 3
        assert [int(part) for part in record["DA"][0].split("/") if part] == list(one.parts)


def test_a_line_break_in_a_title_ends_no_record() -> None:
    rows = pd.DataFrame({"id": ["a"], "title": ["One\r\nER  - \nTwo"]})
    assert tagged(ris(rows)) == [{"TY": ["NEWS"], "ID": ["a"], "TI": ["One ER - Two"]}]
    assert parse_string(bibtex(rows), "bibtex").entries["a"].fields["title"] == "One ER - Two"


def test_csl_is_json_and_leaves_out_what_is_not_known() -> None:
    items = json.loads(json.dumps(csl(PAGES)))
    assert [item["id"] for item in items] == PAGES["id"].tolist()
    assert {item["type"] for item in items} == {"article-newspaper"}
    assert not [item for item in items if None in item.values() or "" in item.values()]
    assert csl([Citation("a")]) == [{"id": "a", "type": "article-newspaper"}]


def test_a_frame_of_the_library_keeps_what_is_known_of_a_date() -> None:
    pages = cl.Corpus([*cl.parse("Talks in Minsk", path="112007-3.txt"), *cl.collection().read()])
    assert [one.date for one in citations(pages.clippings)] == ["2007-11", "2007-11-02"]
    assert citations(pages.clippings)[1].outlet == "Gazeta.kz"


def test_what_no_reference_can_be_made_of_is_told() -> None:
    with pytest.raises(ValueError, match="the frame needs the column id; it has title"):
        citations(pd.DataFrame({"title": ["One"]}))
    with pytest.raises(ValueError, match="accessed must be a date such as 2026-11-29, not 'today'"):
        citations(PAGES, accessed="today")


@pytest.mark.parametrize("date", ["2007", "2007-11", "2007-11-02", "2008-02-29"])
def test_a_day_a_month_or_a_year_is_taken(date: str) -> None:
    (one,) = citations(pd.DataFrame({"id": ["a"], "date": [date]}), accessed=date)
    assert (one.date, one.accessed) == (date, date)
    assert f"year = {{{one.parts[0]}}}" in bibtex([one])


@pytest.mark.parametrize("date", ["2007-13", "2007-02-29", "November 2007", "02/11/2007", "20071102", "0000"])
def test_what_is_no_date_is_told_with_its_row(date: str) -> None:
    with pytest.raises(ValueError, match=f"the date of a is '{date}'; write a day, month or year"):
        bibtex(pd.DataFrame({"id": ["a"], "date": [date]}))
    with pytest.raises(ValueError, match=f"accessed must be a date such as 2026-11-29, not '{date}'"):
        citations(PAGES, accessed=date)
