"""The fields of the real clipping are exact, and every printed form of date, byline and dateline is read."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.model import Clipping
from clippings.page import printed_dates

FIXED = settings(deadline=None, derandomize=True, max_examples=200)
DATA = Path(__file__).resolve().parent.parent / "data"
GOLD = json.loads((DATA / "gold" / "112007-14.json").read_text(encoding="utf-8"))
FIELDS = GOLD["fields"]
LEAD = "Talks began in the capital on Tuesday, where both sides were said to be close to an agreement."


@pytest.fixture(scope="module")
def real() -> Clipping:
    return cl.read(DATA / "clippings" / "112007-14.txt")[0]


def page(*lines: str, path: str = "") -> Clipping:
    return cl.parse("\n\n".join(lines), path=path)[0]


def full(*lines: str, date: str = "02/11/2007") -> Clipping:
    return page("BELARUS NEWS AND ANALYSIS", "DATE:", date, "Talks begin", *lines)


@pytest.mark.parametrize("name", ["date", "title", "publisher", "source_url"])
def test_each_field_of_the_real_clipping(real, name):
    gold, field = FIELDS[name], real.fields[name]
    assert field.value == gold.get("value", gold["text"])
    assert (field.span.start, field.span.end) == (gold["start"], gold["end"])
    assert field.span.of(real.text) == gold["text"]
    assert field.basis == "printed"


def test_the_real_clipping_has_no_other_field(real):
    parts = {"archive", "body", "furniture"}
    assert set(real.fields) - {"outlet"} == set(FIELDS) - parts
    assert real.fields["outlet"] == real.fields["publisher"]
    assert real.fields["date"].precision == "day"


def test_body_archive_name_and_furniture_of_the_real_clipping(real):
    assert (real.body.start, real.body.end) == (FIELDS["body"]["start"], FIELDS["body"]["end"])
    expected = {"archive": [FIELDS["archive"]], "furniture": FIELDS["furniture"]}
    for kind, places in expected.items():
        found = [(b.start, b.end, b.of(real.text)) for b in real.blocks if b.kind == kind]
        assert found == [(place["start"], place["end"], place["text"]) for place in places]


def test_the_real_clipping_is_named_and_without_fault(real):
    assert real.id == GOLD["id"]
    assert (real.form, real.encoding, real.diagnostics) == ("F1", "utf-8", ())
    assert real.render() == real.text
    assert len(real.paragraphs) == len(real.body.of(real.text).split("\n\n"))


DATES = {
    "02/11/2007": "2007-11-02",
    "2/1/2007": "2007-01-02",
    "02.11.2007": "2007-11-02",
    "25/04/05": "2005-04-25",
    "2006-01-25": "2006-01-25",
    "April 21, 2005, 2:26 PM EDT": "2005-04-21",
    "Fri Apr 22, 2005 11:12 AM ET": "2005-04-22",
    "Tuesday, 26 April 2005": "2005-04-26",
    "May 5, 2005 2:22PM": "2005-05-05",
    "29 May 2007": "2007-05-29",
    "Sept. 3, 2008": "2008-09-03",
    "Dec.24, 2008": "2008-12-24",
    "29/02/2008": "2008-02-29",
}
NO_DATES = ["31/02/2007", "29/02/2007", "00/11/2007", "12/13/2007", "April 31, 2007", "02/11/9999", "02/11/0207"]
NOT_WRITTEN_AS_DATES = ["", "2007", "Summit in May", "02/11", "Foo 21, 2005", "02/11/2007 and after", "1" * 60]


@pytest.mark.parametrize(("printed", "iso"), DATES.items())
def test_every_printed_form_of_date(printed, iso):
    clipping = full("Gazeta.kz", LEAD, date=printed)
    field = clipping.fields["date"]
    assert (field.value, field.precision, field.basis) == (iso, "day", "printed")
    assert field.span.of(clipping.text) == printed


@pytest.mark.parametrize("printed", NO_DATES)
def test_a_day_the_calendar_lacks_is_no_date(printed):
    assert printed_dates.is_date(printed)
    assert printed_dates.parse(printed) is None
    assert full(LEAD, date=printed).date is None


@pytest.mark.parametrize("printed", NOT_WRITTEN_AS_DATES)
def test_other_lines_are_no_dates(printed):
    assert not printed_dates.is_date(printed)
    assert printed_dates.parse(printed) is None


@FIXED
@given(st.dates(min_value=printed_dates.datetime.date(1900, 1, 1), max_value=printed_dates.datetime.date(2099, 12, 31)))
def test_any_day_is_read_in_every_order(day):
    written = [
        f"{day:%d/%m/%Y}",
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%a %b} {day.day}, {day.year}",
    ]
    assert [printed_dates.parse(form) for form in written] == [day] * len(written)


@FIXED
@given(st.text(st.sampled_from("0123456789/-., AprilMonday:PM")) | st.text())
def test_any_line_has_a_date_or_none(text):
    day = printed_dates.parse(text)
    assert day is None or printed_dates.is_date(text)


@pytest.mark.parametrize("label", ["DATE:", "Date:", "date: ", "DATE:   "])
def test_the_date_beside_its_label(label):
    clipping = page(f"{label}22/08/2008", LEAD)
    assert clipping.date == "2008-08-22"
    assert clipping.fields["date"].span.of(clipping.text) == "22/08/2008"


@pytest.mark.parametrize(
    ("path", "month"),
    [
        ("112007-14.txt", "2007-11"),
        ("press/012006-40.txt", "2006-01"),
        ("http://archive.example/122010/203", "2010-12"),
        ("132007-14.txt", None),
        ("002007-14.txt", None),
        ("112007.txt", None),
        ("notes.txt", None),
        ("", None),
    ],
)
def test_the_month_of_the_path_where_no_date_is_printed(path, month):
    clipping = page("Talks begin", LEAD, path=path)
    assert clipping.date == month
    if month:
        field = clipping.fields["date"]
        assert (field.precision, field.basis, field.span) == ("month", "path", None)


def test_a_printed_date_wins_over_the_path():
    assert page("DATE:", "02/11/2007", LEAD, path="032009-1.txt").date == "2007-11-02"


BYLINES = {
    "By IRENA VALCHUK": "IRENA VALCHUK",
    "by ingrid sollberg": "ingrid sollberg",
    "By Konrad Ellmauer, Kiev": "Konrad Ellmauer",
    "From Philippa Wainscott in Washington": "Philippa Wainscott",
    "Author : Ludmila Tarhonskaya": "Ludmila Tarhonskaya",
    "Posted by Hleb Zmitrovich": "Hleb Zmitrovich",
    "By Anna Petrova and Jan Novak": "Anna Petrova and Jan Novak",
}


@pytest.mark.parametrize(("printed", "names"), BYLINES.items())
def test_bylines(printed, names):
    clipping = full("Gazeta.kz", printed, LEAD)
    assert clipping.value("byline") == names
    assert names in clipping.fields["byline"].span.of(clipping.text)
    assert clipping.publisher == "Gazeta.kz"
    assert clipping.body.of(clipping.text) == LEAD


@pytest.mark.parametrize("line", ["By , Minsk", "By the end of the year the talks will be over.", LEAD])
def test_other_lines_name_no_author(line):
    assert "byline" not in full("Gazeta.kz", line, LEAD).fields


def test_two_bylines_are_joined():
    assert full("By Anna Petrova", "By Jan Novak", LEAD).value("byline") == "Anna Petrova Jan Novak"


@pytest.mark.parametrize("outlet", ["Gazeta.kz", "Harbour Gazette", "RIA Novosti", "Caspian News Line", "BBC"])
def test_publishers(outlet):
    clipping = full(outlet, LEAD)
    assert clipping.publisher == outlet
    assert clipping.fields["publisher"].span.of(clipping.text) == outlet


DATELINES = {
    "MINSK, December 14 (RIA Novosti) - ": "MINSK, December 14 (RIA Novosti)",
    "MINSK. May 29 (Interfax) - ": "MINSK. May 29 (Interfax)",
    "MINSK, September 29 (Itar-Tass) -- ": "MINSK, September 29 (Itar-Tass)",
    "MINSK, Belarus: ": "MINSK, Belarus",
    "MOSCOW. ": "MOSCOW",
    "TEHRAN (Fars News Agency)- ": "TEHRAN (Fars News Agency)",
    "Interfax, MINSK - ": "Interfax, MINSK",
    "MINSK/MOSCOW, August 16 (RIA Novosti) - ": "MINSK/MOSCOW, August 16 (RIA Novosti)",
    "MOSCOW, September 9 /ITAR-TASS/ - ": "MOSCOW, September 9 /ITAR-TASS/",
    "ST. PETERSBURG - ": "ST. PETERSBURG",
}


@pytest.mark.parametrize(("printed", "dateline"), DATELINES.items())
def test_datelines(printed, dateline):
    clipping = full("Gazeta.kz", printed + LEAD)
    field = clipping.fields["dateline"]
    assert field.value == field.span.of(clipping.text) == dateline
    assert clipping.body.start == field.span.start


@pytest.mark.parametrize(
    "start", ["", "NATO said: ", "The U.S. envoy. ", "U.S. Ambassador ", "U.N. Troops ", "In Minsk - "]
)
def test_sentences_are_no_datelines(start):
    assert "dateline" not in full("Gazeta.kz", start + LEAD).fields
