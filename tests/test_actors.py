"""The gazetteer of the security codebook is well formed, and covers what it was made for."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from clippings.reference import days

ROOT = Path(__file__).resolve().parent.parent
FILE = files("clippings.codebooks.security").joinpath("actors.csv")
COLUMNS = [
    *("wikidata", "short", "canonical", "kind", "country", "surface_forms", "demonyms", "capitals"),
    *("capital_wikidata", "surnames", "case", "ambiguous", "office", "office_from", "office_to", "notes"),
    *("citation", "url", "verified", "gender"),
]
FORMS = {"surface_forms": None, "demonyms": "demonym", "capitals": "capital", "surnames": "person"}
KINDS = {
    *("alliance", "country", "government_body", "media", "organization", "person", "place", "region"),
    *("think_tank", "treaty", "weapon"),
}
SPECIAL = {"SU", "CS", "DD", "YU", "EU", "UN", "XK"}
# Places that are not states of their own in the gazetteer but are countries in ISO 3166-1.
TERRITORIES = {"EH", "GL", "HK"}
WITHOUT_DEMONYM = {"VA"}
# States of the past, and those whose city bears the name of the state.
WITHOUT_CAPITAL = {"CS", "SU", "YU", "MC", "SG", "SM", "VA"}
# A bare surname always means the elder here, or is a first name or a word as often.
WITHOUT_SURNAME = {
    *("Abdulaziz Kamilov", "Abdulla Aripov", "Ali Asadov", "Anita Anand", "Ann Linde", "Antonio Costa"),
    *("Askar Mamin", "Bakhtiyor Saidov", "Charles Michel", "Christian Kern", "Christian Stocker", "Davit Tonoyan"),
    *("Edi Rama", "Edouard Philippe", "Elisabeth Borne", "Enda Kenny", "Espen Barth Eide", "Hristijan Mickoski"),
    *("Irakli Chikovani", "James Cleverly", "Jaroslav Nad", "Jeremy Hunt", "Kim Jong-un", "Kristen Michal"),
    *("Lee Jae-myung", "Li Keqiang", "Li Qiang", "Lloyd Austin", "Ludovic Orban", "Luis Montenegro"),
    *("Margarita Robles", "Melanie Joly", "Micheal Martin", "Moon Jae-in", "Nicusor Dan", "Park Geun-hye"),
    *("Pavel Filip", "Pedro Passos Coelho", "Petr Pavel", "Robert Golob", "Sigmar Gabriel", "Simon Harris"),
    *("Theresa May", "Tigran Sargsyan", "Troels Lund Poulsen", "Vigen Sargsyan", "Viktor Lukashenko", "Wang Yi"),
}
MISPRINTS = {"Mink"}
# The gold calls a military district an organization; the gazetteer, more narrowly, a body of government.
SAME_KIND = {"government_body": "organization"}

Row = dict[str, str]


def parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def forms(row: Row) -> list[str]:
    return [form for column in FORMS for form in parts(row[column])]


def folded(form: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c)).casefold()


READER = csv.DictReader(FILE.read_text(encoding="utf-8").splitlines())
ROWS: list[Row] = list(READER)
COUNTRIES = {row["short"]: row for row in ROWS if row["kind"] == "country"}
PERSONS = [row for row in ROWS if row["kind"] == "person"]


def test_columns_and_kinds() -> None:
    assert READER.fieldnames == COLUMNS
    assert {row["kind"] for row in ROWS} == KINDS
    assert {row["case"] for row in ROWS} == {"exact", "any"}
    assert {row["verified"] for row in ROWS} == {"yes", "no"}


def test_rows_are_sorted_by_kind_and_short() -> None:
    keys = [(row["kind"], row["short"]) for row in ROWS]
    assert keys == sorted(keys)


@pytest.mark.parametrize("column", ["short", "wikidata"])
def test_identifiers_are_unique(column: str) -> None:
    counts = Counter(row[column] for row in ROWS if row[column])
    assert [name for name, count in counts.items() if count > 1] == []
    assert all(row["short"] and row["canonical"] for row in ROWS)


def test_wikidata_numbers_look_like_them() -> None:
    numbers = {row[column] for row in ROWS for column in ("wikidata", "capital_wikidata")}
    assert [number for number in numbers if not re.fullmatch(r"(Q\d+)?", number)] == []


def test_every_row_has_forms_and_every_form_has_text() -> None:
    for row in ROWS:
        assert forms(row), row["short"]
        assert all(form and form == form.strip() for form in forms(row)), row["short"]


def test_no_form_stands_twice_in_a_row() -> None:
    assert [row["short"] for row in ROWS if len(set(forms(row))) < len(forms(row))] == []


def test_a_form_of_two_rows_is_ambiguous_in_each() -> None:
    owners: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    for row in ROWS:
        for form in forms(row):
            owners[folded(form)].append((row, form))
    shared = [uses for uses in owners.values() if len({row["short"] for row, _ in uses}) > 1]
    assert [(form, row["short"]) for uses in shared for row, form in uses if form not in parts(row["ambiguous"])] == []


def test_ambiguous_forms_are_forms_of_the_row() -> None:
    assert [row["short"] for row in ROWS if not set(parts(row["ambiguous"])) <= set(forms(row))] == []


def test_columns_of_one_kind_are_empty_elsewhere() -> None:
    for column, kind in (("demonyms", "country"), ("capitals", "country"), ("surnames", "person")):
        assert {row["kind"] for row in ROWS if row[column]} == {kind}


def test_country_codes_are_states_of_the_gazetteer() -> None:
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in COUNTRIES)
    assert all(row["country"] == code for code, row in COUNTRIES.items())
    used = {row["country"] for row in ROWS if row["country"]}
    assert used <= set(COUNTRIES) | SPECIAL | TERRITORIES


def test_the_united_nations_are_complete() -> None:
    others = {"VA", "XK", "PS", "TW", "SU", "CS", "YU", "DD"}
    assert others <= set(COUNTRIES)
    assert len(set(COUNTRIES) - others) == 193


def test_countries_have_demonyms_and_capitals() -> None:
    assert {code for code, row in COUNTRIES.items() if not row["demonyms"]} == WITHOUT_DEMONYM
    assert {code for code, row in COUNTRIES.items() if not row["capitals"]} == WITHOUT_CAPITAL


@pytest.mark.parametrize(
    ("code", "capital"),
    [
        *(("RU", "Moscow"), ("BY", "Minsk"), ("US", "Washington"), ("BE", "Brussels"), ("NL", "The Hague")),
        *(("UA", "Kiev"), ("BG", "Sofia"), ("XK", "Pristina"), ("VN", "Hanoi"), ("MN", "Ulaanbaatar")),
    ],
)
def test_capitals_stand_for_their_state_alone(code: str, capital: str) -> None:
    assert [row["short"] for row in ROWS if capital in forms(row)] == [code]
    assert capital in parts(COUNTRIES[code]["capitals"])


def test_full_names_of_persons_have_two_words_and_surnames_one() -> None:
    assert [row["short"] for row in PERSONS if any(" " not in form for form in parts(row["surface_forms"]))] == []
    assert [row["short"] for row in PERSONS if any(" " in form for form in parts(row["surnames"]))] == []
    assert {row["short"] for row in PERSONS if not row["surnames"]} == WITHOUT_SURNAME


def test_only_persons_have_a_gender() -> None:
    assert {row["kind"] for row in ROWS if row["gender"]} == {"person"}
    assert {row["gender"] for row in PERSONS} <= {"female", "male", ""}
    told = {row["short"]: row["gender"] for row in PERSONS}
    assert (told["Angela Merkel"], told["Sergei Lavrov"], told["Ursula von der Leyen"]) == ("female", "male", "female")


@pytest.mark.parametrize(
    ("day", "office", "country", "holder"),
    [
        *(
            ("2008-03-14", "Prime Minister", "PL", "Donald Tusk"),
            ("2016-01-01", "Prime Minister", "PL", "Beata Szydlo"),
        ),
        *(
            ("2024-10-02", "NATO Secretary General", "NL", "Mark Rutte"),
            ("2025-06-01", "President", "US", "Donald Trump"),
        ),
        *(("2022-03-01", "President", "UA", "Volodymyr Zelensky"), ("2021-12-07", "Chancellor", "DE", "Angela Merkel")),
    ],
)
def test_who_held_an_office_on_a_day(day: str, office: str, country: str, holder: str) -> None:
    held = [
        row["short"]
        for row in PERSONS
        if row["country"] == country
        for title, since, until in zip(
            *(row[c].split(";") for c in ("office", "office_from", "office_to")), strict=True
        )
        if title == office and since and since <= day < (until or "9999")
    ]
    assert held == [holder]


def test_nobody_shares_an_office_of_a_state() -> None:
    """Heads of state and government, foreign and defence ministers: one at a time, but for the day that one follows."""
    terms: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for row in PERSONS:
        for title, since, until in zip(
            *(row[c].split(";") for c in ("office", "office_from", "office_to")), strict=True
        ):
            if title in {"President", "Prime Minister", "Chancellor", "Foreign Minister", "Defence Minister"} and since:
                terms[row["country"], title].append((since, until or "9999", row["short"]))
    shared = [
        (office, one, other)
        for office, held in terms.items()
        for one, other in pairwise(sorted(held))
        if other[0] < one[1][: len(other[0])]
    ]
    assert shared == []


def test_offices_and_their_dates_run_in_parallel() -> None:
    for row in ROWS:
        lengths = {len(row[column].split(";")) for column in ("office", "office_from", "office_to")}
        assert len(lengths) == 1, row["short"]


def test_office_dates_are_iso_and_in_order() -> None:
    for row in PERSONS:
        for start, end in zip(row["office_from"].split(";"), row["office_to"].split(";"), strict=True):
            bounds = [days.span(start)[0] if start else None, days.ends(end) if end else None]
            assert None in bounds or bounds[0] < bounds[1], row["short"]  # type: ignore[operator]


def test_sources_are_in_the_bibliography_and_only_read_pages_have_an_address() -> None:
    bib = files("clippings.reference").joinpath("references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{([^,]+),", bib, flags=re.MULTILINE))
    assert {key for row in ROWS if row["citation"] for key in row["citation"].split(";")} <= keys
    assert [row["short"] for row in ROWS if bool(row["url"]) != (row["verified"] == "yes")] == []


def test_every_mention_of_the_gold_clipping_is_a_form_of_its_kind() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for column, kind in FORMS.items():
            for form in parts(row[column]):
                kinds[form] |= {kind or row["kind"]}
    gold = json.loads((ROOT / "data/gold/112007-14.json").read_text(encoding="utf-8"))["mentions"]
    missed = [
        mention["text"]
        for mention in gold
        if mention["kind"] not in {name for kind in kinds[mention["text"]] for name in (kind, SAME_KIND.get(kind))}
    ]
    assert set(missed) == MISPRINTS
