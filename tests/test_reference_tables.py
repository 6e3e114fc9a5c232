"""The reference tables against each other: every row belongs to one, begins before it ends and cites its source."""

from __future__ import annotations

from itertools import pairwise

import pytest

from clippings import reference
from clippings.reference import days
from test_reference import (
    BIB,
    BOUND,
    CITED,
    EVENTS,
    ISO,
    KEYS,
    MEMBERSHIPS,
    PARTIES,
    SPECIAL,
    STATUSES,
    TREATIES,
    ends,
    starts,
)


def overlaps(periods: list[dict[str, str]]) -> list[tuple[dict[str, str], dict[str, str]]]:
    ordered = sorted(periods, key=starts)
    return [(a, b) for a, b in pairwise(ordered) if starts(b) < ends(a)]


def grouped(table: list[dict[str, str]], *columns: str) -> list[list[dict[str, str]]]:
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in table:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    return list(groups.values())


def test_every_party_belongs_to_a_treaty_and_every_treaty_has_one() -> None:
    assert {row["treaty"] for row in PARTIES} == set(TREATIES)


def test_statuses_are_known() -> None:
    assert {row["status"] for row in PARTIES} == STATUSES


@pytest.mark.parametrize("table", [PARTIES, MEMBERSHIPS])
def test_periods_begin_before_they_end(table: list[dict[str, str]]) -> None:
    assert [row for row in table if starts(row) >= ends(row)] == []


def test_nobody_is_party_before_signature_or_entry_into_force() -> None:
    early = [row for row in PARTIES if starts(row) < days.span(TREATIES[row["treaty"]]["signed"])[0]]
    bound = [row for row in PARTIES if row["status"] in BOUND and TREATIES[row["treaty"]]["in_force"]]
    too_soon = [row for row in bound if starts(row) < days.span(TREATIES[row["treaty"]]["in_force"])[0]]
    assert early == too_soon == []


def test_nobody_is_bound_after_the_treaty_ended() -> None:
    ended = [row for row in PARTIES if row["status"] in BOUND and TREATIES[row["treaty"]]["end_date"]]
    assert [row for row in ended if ends(row) > days.ends(TREATIES[row["treaty"]]["end_date"])] == []


def test_treaties_are_signed_before_they_are_in_force_and_end_after() -> None:
    for row in TREATIES.values():
        dates = [days.span(row[column])[0] for column in ("signed", "in_force", "end_date") if row[column]]
        assert dates == sorted(dates), row["id"]


def test_a_treaty_in_force_binds_somebody() -> None:
    unbound = [
        row["id"]
        for row in TREATIES.values()
        if row["in_force"] and reference.parties(row["id"], on=row["in_force"]).empty
    ]
    assert unbound == []


def test_no_two_periods_of_one_status_overlap() -> None:
    for periods in grouped(PARTIES, "treaty", "country", "status"):
        assert overlaps(periods) == []


def test_nobody_is_bound_twice_or_after_withdrawal() -> None:
    for periods in grouped([row for row in PARTIES if row["status"] != "suspended"], "treaty", "country"):
        assert overlaps(periods) == []


def test_suspension_follows_a_bond() -> None:
    for row in (row for row in PARTIES if row["status"] == "suspended"):
        same = [p for p in PARTIES if (p["treaty"], p["country"]) == (row["treaty"], row["country"])]
        assert any(p["status"] in BOUND and starts(p) <= starts(row) <= ends(p) for p in same), row


def test_no_two_memberships_overlap() -> None:
    for periods in grouped(MEMBERSHIPS, "country", "organisation"):
        assert overlaps(periods) == []


@pytest.mark.parametrize("table", [PARTIES, MEMBERSHIPS])
def test_country_codes_are_valid(table: list[dict[str, str]]) -> None:
    assert {row["country"] for row in table} <= ISO | SPECIAL


def test_events_are_dated_in_order() -> None:
    dates = [days.day(row["date"]) for row in EVENTS]
    assert dates == sorted(dates)


def test_verified_is_yes_or_no_and_only_a_page_that_was_read_has_its_address() -> None:
    assert {row["verified"] for row in CITED} == {"yes", "no"}
    assert [row for row in CITED if bool(row["url"]) != (row["verified"] == "yes")] == []


def test_every_row_cites_a_key_of_the_bibliography() -> None:
    cited = {key for row in CITED for key in row["citation"].split(";")}
    assert cited <= set(KEYS)
    assert len(KEYS) == len(set(KEYS))


def test_the_bibliography_parses() -> None:
    database = pytest.importorskip("pybtex.database")
    entries = database.parse_string(BIB, "bibtex").entries
    assert list(entries) == KEYS
    assert all(entry.fields.get("title") and entry.fields.get("year") for entry in entries.values())


def test_the_words_of_the_bibliography_can_be_set() -> None:
    """A percent sign begins a comment in LaTeX: unescaped, it swallows the braces behind it once the entry is cited."""
    text = pytest.importorskip("pybtex.richtext").Text
    for key, entry in pytest.importorskip("pybtex.database").parse_string(BIB, "bibtex").entries.items():
        set_words = {field: str(text.from_latex(words)) for field, words in entry.fields.items() if field != "url"}
        assert all(set_words.values()), key


def test_cells_are_clean() -> None:
    for row in CITED:
        assert all(value == value.strip() for value in row.values()), row
