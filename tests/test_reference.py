"""The tables agree with each other and with what is known, and answer as of a day."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from importlib.resources import files

import pandas as pd
import pytest

import clippings as cl
from clippings import reference
from clippings.reference import UnknownName, days
from clippings.reference.tables import load

FOLDER = files("clippings.reference")
SUCCESSORS = {"AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ"}
STATUSES = {"signatory", "party", "successor", "suspended", "withdrew"}
BOUND = {"party", "successor"}
# ISO 3166-1 alpha-2 as assigned, and the codes the README names beside it.
ISO = set(
    re.findall(
        r"..",
        "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCR"
        "CUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHU"
        "IDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQ"
        "MRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSI"
        "SJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW",
    )
)
SPECIAL = {"SU", "CS", "DD", "YU", "EU", "UN", "XK"}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(FOLDER.joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines()))


TREATIES = {row["id"]: row for row in rows("treaties")}
PARTIES = rows("treaty_parties")
MEMBERSHIPS = rows("memberships")
EVENTS = rows("events")
CITED = [*TREATIES.values(), *PARTIES, *MEMBERSHIPS, *EVENTS, *rows("bilateral_alliances"), *rows("aftermath")]
BIB = FOLDER.joinpath("references.bib").read_text(encoding="utf-8")
KEYS = re.findall(r"^@\w+\{([^,]+),", BIB, flags=re.MULTILINE)


def starts(row: dict[str, str]) -> date:
    return days.span(row["from"])[0]


def ends(row: dict[str, str]) -> date:
    return days.ends(row["to"]) if row["to"] else date.max


def countries(frame: pd.DataFrame) -> set[str]:
    return set(frame["country"])


# What is known.


def test_inf_bound_the_united_states_and_twelve_successors_in_2007() -> None:
    bound = reference.parties("INF", on="2007-11-02")
    assert countries(bound) == {"US"} | SUCCESSORS
    assert len(bound) == 13
    assert bound.set_index("country")["status"]["BY"] == "successor"
    assert bound.set_index("country")["status"]["US"] == "party"


def test_inf_bound_nobody_after_the_american_exit() -> None:
    assert countries(reference.parties("INF", on="2019-08-01")) == {"US"} | SUCCESSORS
    assert reference.parties("INF", on="2019-08-02").empty
    assert reference.parties("INF", on="2019-08-03").empty


def test_inf_bound_the_soviet_union_and_then_its_successors() -> None:
    assert countries(reference.parties("INF", on="1991-12-25")) == {"US", "SU"}
    assert countries(reference.parties("INF", on="1991-12-26")) == {"US"} | SUCCESSORS
    assert reference.parties("INF", on="1988-05-31").empty


def test_members_of_the_csto_in_2007() -> None:
    assert countries(reference.members("CSTO", on="2007-11-02")) == {"AM", "BY", "KG", "KZ", "RU", "TJ", "UZ"}
    assert "UZ" not in countries(reference.members("CSTO", on="2005-11-02"))
    assert "UZ" not in countries(reference.members("CSTO", on="2012-12-19"))


def test_members_of_nato_in_2007() -> None:
    members = countries(reference.members("NATO", on="2007-11-02"))
    assert len(members) == 26
    assert members >= {"PL", "CZ", "LT", "US"}
    assert not members & {"UA", "GE", "HR", "AL", "RU"}


def test_members_of_the_eu_grow_and_shrink() -> None:
    sizes = {day: len(reference.members("EU", on=day)) for day in ("2003-12-31", "2006-12-31", "2007-01-01")}
    assert list(sizes.values()) == [15, 25, 27]
    assert "GB" in countries(reference.members("EU", on="2020-01-31"))
    assert "GB" not in countries(reference.members("EU", on="2020-02-01"))


def test_treaties_in_force_in_2007() -> None:
    in_force = set(reference.treaties(in_force_on="2007-11-02")["id"])
    assert in_force >= {"INF", "CFE", "START-I", "SORT", "NPT", "BUDAPEST", "CST", "UNION-1999", "NAT"}
    assert not in_force & {"ABM", "START-II", "ACFE", "NEW-START", "WARSAW", "US-CZ-2008"}


def test_suspension_leaves_a_state_bound() -> None:
    before, after = (reference.parties("CFE", on=day) for day in ("2007-12-11", "2007-12-12"))
    assert countries(before) == countries(after)
    assert before.set_index("country")["status"]["RU"] == "party"
    assert after.set_index("country")["status"]["RU"] == "suspended"
    assert "RU" not in countries(reference.parties("CFE", on="2023-11-07"))


def test_signature_and_suspension_after_the_end_bind_nobody() -> None:
    assert reference.parties("Adapted CFE", on="2007-11-02").empty
    assert "UZ" not in countries(reference.parties("CST", on="2013-01-01"))


# How to ask.


@pytest.mark.parametrize("name", ["INF", "inf", "INF Treaty", " inf  treaty "])
def test_treaties_go_by_id_short_and_full_name(name: str) -> None:
    assert set(reference.parties(name)["treaty"]) == {"INF"}


@pytest.mark.parametrize(
    "name", ["NATO", "nato", "North Atlantic Treaty Organization", "north atlantic treaty organisation"]
)
def test_organisations_go_by_id_short_and_full_name(name: str) -> None:
    assert set(reference.members(name)["organisation"]) == {"NATO"}


@pytest.mark.parametrize("table", ["treaties", "organisations"])
def test_no_name_stands_for_two_rows(table: str) -> None:
    named = [(name.casefold(), row["id"]) for row in rows(table) for name in (row["short_name"], row["full_name"])]
    assert len({name for name, _ in named}) == len(set(named))


def test_every_organisation_with_members_has_its_names() -> None:
    assert {row["organisation"] for row in MEMBERSHIPS} == {row["id"] for row in rows("organisations")}


def test_unknown_names_come_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"no treaty 'INFF' in the tables; nearest: INF"):
        reference.parties("INFF")
    with pytest.raises(UnknownName, match=r"no organisation 'NATTO' in the tables; nearest: NATO"):
        reference.members("NATTO")
    with pytest.raises(UnknownName, match=r"no theme 'aliances' in the tables; nearest: alliances"):
        reference.events(theme="aliances")
    with pytest.raises(UnknownName, match=r"known: CIS, CSTO"):
        reference.members("")


def test_unknown_names_are_value_errors() -> None:
    assert issubclass(UnknownName, ValueError)


@pytest.mark.parametrize("value", [date(2007, 11, 2), datetime(2007, 11, 2, 23, 59), pd.Timestamp("2007-11-02")])
def test_days_may_be_dates_and_timestamps(value: date) -> None:
    expected = reference.members("NATO", on="2007-11-02")
    pd.testing.assert_frame_equal(reference.members("NATO", on=value), expected)


@pytest.mark.parametrize("value", ["02/11/2007", "2007-02-30", "yesterday", "", "2007-1-2", 2007, pd.NaT])
def test_bad_days_are_refused_with_what_was_given(value: object) -> None:
    with pytest.raises(ValueError, match=r"on=.* is not understood; expected ") as caught:
        reference.members("NATO", on=value)  # type: ignore[arg-type]
    assert repr(value) in str(caught.value)


def test_the_last_day_of_the_calendar_is_refused_not_overflown() -> None:
    with pytest.raises(ValueError, match="9999-12-31"):
        reference.members("NATO", on="9999-12-31")


@pytest.mark.parametrize("value", ["2007", "2007-11"])
def test_a_question_as_of_a_day_needs_a_whole_day(value: str) -> None:
    with pytest.raises(ValueError, match=r"in_force_on=.*a whole day"):
        reference.treaties(in_force_on=value)


def test_events_between_two_days_count_both() -> None:
    labels = reference.events(between=("2007-11-29", "2007-12-12"))["label"].tolist()
    assert labels == ["Russian law suspending CFE", "CFE suspension takes effect"]
    assert len(reference.events(between=("2007", "2007"))) == sum(row["date"][:4] == "2007" for row in EVENTS)


@pytest.mark.parametrize("between", [("2008", "2007"), "2007", ("2007",), ("2007", "2008", "2009"), 2007])
def test_events_between_nonsense_are_refused(between: object) -> None:
    with pytest.raises(ValueError, match="between="):
        reference.events(between=between)  # type: ignore[arg-type]


def test_events_of_a_theme() -> None:
    assert set(reference.events(theme="missile_defense")["theme"]) == {"missile_defense"}
    assert len(reference.events()) == len(EVENTS)


def test_without_a_day_the_history_is_whole() -> None:
    assert len(reference.treaties()) == len(TREATIES)
    assert len(reference.parties("INF")) == sum(row["treaty"] == "INF" for row in PARTIES)
    assert len(reference.members("CIS")) == sum(row["organisation"] == "CIS" for row in MEMBERSHIPS)


@pytest.mark.parametrize(
    "frame",
    [
        reference.treaties(),
        reference.treaties(in_force_on="2007-11-02"),
        reference.parties("CFE"),
        reference.parties("CFE", on="2007-11-02"),
        reference.parties("INF", on="2020-01-01"),
        reference.members("CIS"),
        reference.events(between=("1900", "1901")),
    ],
)
def test_frames_are_typed_even_when_empty(frame: pd.DataFrame) -> None:
    assert frame["verified"].dtype == bool
    assert {str(dtype) for dtype in frame.drop(columns="verified").dtypes} == {"string"}
    assert frame.index.tolist() == list(range(len(frame)))


def test_frames_are_the_callers_own() -> None:
    for ask in (reference.treaties, reference.events, lambda: reference.parties("INF")):
        frame = ask()
        frame.loc[:, "citation"] = "spoilt"
        assert "spoilt" not in set(ask()["citation"])


# Periods.


def test_a_partial_start_counts_from_its_first_day_and_a_partial_end_to_its_last() -> None:
    start, end = pd.Series(["2002"]), pd.Series(["2012-11"])
    inside = {text: bool(days.covers(start, end, date.fromisoformat(text))[0]) for text in (
        "2001-12-31", "2002-01-01", "2012-11-30", "2012-12-01"
    )}  # fmt: skip
    assert list(inside.values()) == [False, True, True, False]


def test_a_whole_end_is_the_first_day_without() -> None:
    start, end = pd.Series(["2002-01-02"]), pd.Series(["2002-01-03"])
    assert [bool(days.covers(start, end, date(2002, 1, day))[0]) for day in (1, 2, 3)] == [False, True, False]


def test_blank_ends_are_open_and_blank_starts_never_begin() -> None:
    blank, start = pd.Series([None], dtype="string"), pd.Series(["1999-01-01"])
    assert bool(days.covers(start, blank, date(2100, 1, 1))[0])
    assert not bool(days.covers(blank, blank, date(2100, 1, 1))[0])


def test_month_and_year_ends_roll_over() -> None:
    assert days.span("2007-12") == (date(2007, 12, 1), date(2008, 1, 1))
    assert days.span("2008-02") == (date(2008, 2, 1), date(2008, 3, 1))
    assert days.span("2008") == (date(2008, 1, 1), date(2009, 1, 1))


# The tables against each other.


def test_standing_answers_for_the_day_of_each_clipping():
    pages = {day: f"DATE:\n\n{day}\n\nThe CFE Treaty and NATO." for day in ("02/11/2007", "13/12/2007", "02/05/2009")}
    annotated = cl.Corpus([cl.parse(page, path=f"{n}.txt")[0] for n, page in enumerate(pages.values())]).annotate()
    told = reference.standing(annotated.mentions, annotated.clippings)
    nato = told[told["entity"] == "NATO"]
    assert nato["count"].tolist() == [26, 26, 28]
    assert told.loc[told["entity"] == "CFE", "in_force"].tolist() == [True, True, True]


def test_standing_says_nothing_for_a_page_without_a_day():
    annotated = cl.Corpus(cl.parse("A title\n\nNATO met.", path="112007-9.txt")).annotate()
    told = reference.standing(annotated.mentions, annotated.clippings)
    assert told["entity"].tolist() == ["NATO"]
    assert told[["on", "in_force", "count", "countries"]].isna().all().all()


def test_standing_of_no_mentions_is_an_empty_frame():
    annotated = cl.Corpus([]).annotate()
    assert reference.standing(annotated.mentions, annotated.clippings).empty


def test_actors_of_the_tables_are_actors_of_the_gazetteer():
    known = cl.Codebook.load("security").names
    for table in ("treaties", "organisations"):
        assert set(load(table)["actor"].dropna()) <= set(known)


def test_what_no_source_states_says_so_and_has_a_grade_all_the_same() -> None:
    assert {row["source_grade"] for row in CITED} == {"primary", "scholarly", "agency", "weak"}
    unsaid = [row for row in CITED if row["verified"] == "no" and not row["contested_note"]]
    assert unsaid == []


def test_alliances_are_those_signed_by_the_day() -> None:
    assert len(reference.alliances()) == 15
    assert set(reference.alliances(on="1992-12-31")["partner"]) <= set(reference.alliances()["partner"])
    assert reference.alliances(on="2007-11-02")["signed"].max() < "2007-11-02"


def test_aftermath_is_by_date_and_theme() -> None:
    every = reference.aftermath()
    assert every["date"].is_monotonic_increasing
    themes = ("alliances", "missile_defense", "treaty_questions")
    assert sum(len(reference.aftermath(theme=theme)) for theme in themes) == len(every) == 20
    with pytest.raises(UnknownName, match="no theme"):
        reference.aftermath(theme="gas")


def test_standing_asks_for_its_columns_and_for_each_clipping_once():
    annotated = cl.Corpus(cl.parse("DATE:\n\n02/11/2007\n\nThe INF Treaty binds Russia.")).annotate()
    with pytest.raises(cl.ClippingsError, match="mentions has no column 'entity'"):
        reference.standing(annotated.mentions.drop(columns="entity"), annotated.clippings)
    with pytest.raises(ValueError, match="not unique in right dataset"):
        reference.standing(annotated.mentions, pd.concat([annotated.clippings] * 2))
