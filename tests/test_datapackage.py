"""The Data Packages describe every table and field, and every file is as they say."""

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from frictionless import Package, validate

ROOT = Path(__file__).parents[1]
DATA, SRC = ROOT / "data", ROOT / "src/clippings"
FOLDERS = {"data": DATA, "src": SRC}
# Files to begin from or to try out, and no tables of the project's own.
EXAMPLES = ("codebook/starter/", "bring-your-own/")
DESCRIPTORS = {name: json.loads((folder / "datapackage.json").read_text("utf-8")) for name, folder in FOLDERS.items()}
RESOURCES = [
    pytest.param(FOLDERS[package], resource, id=f"{package}-{resource['name']}")
    for package, descriptor in DESCRIPTORS.items()
    for resource in descriptor["resources"]
]
TABLES = [one for one in RESOURCES if "schema" in one.values[1]]
THEMES = ["alliances", "missile_defense", "treaty_questions"]


def rows(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / "catalogue" / f"{name}.csv", dtype=str, keep_default_na=False)


def faults(folder: Path, table: str | None = None) -> list[str]:
    report = validate(str(folder / "datapackage.json"), resource_name=table)
    return [f"{task.name}: {error.type}" for task in report.tasks for error in task.errors] + [
        error.type for error in report.errors
    ]


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_every_file_is_as_described(folder: Path) -> None:
    assert faults(folder) == []


# The descriptors themselves.


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_every_table_is_described(folder: Path) -> None:
    described = {
        resource["path"] for resource in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    }
    kinds = ("*.csv", "*.txt", "gold/*.json") if folder == DATA else ("*.csv",)
    found = {path.relative_to(folder).as_posix() for kind in kinds for path in folder.rglob(kind)}
    assert {path for path in found if not path.startswith(EXAMPLES)} == described


def test_every_file_to_read_is_listed() -> None:
    folder = DATA / "bring-your-own"
    listed = re.findall(r"^\| `([^`]+)` \|", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(("folder", "resource"), TABLES)
def test_every_field_is_described_in_the_order_of_the_file(folder: Path, resource: dict[str, Any]) -> None:
    with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert [field["name"] for field in resource["schema"]["fields"]] == header
    for field in resource["schema"]["fields"]:
        assert {"name", "type", "format", "title", "description"} <= set(field)
        assert field["description"].endswith(".")
    assert resource["schema"]["missingValues"] == [""]


@pytest.mark.parametrize("descriptor", DESCRIPTORS.values(), ids=DESCRIPTORS)
def test_descriptors_name_their_profile_and_rights(descriptor: dict[str, Any]) -> None:
    assert descriptor["profile"] in {"data-package", "tabular-data-package"}
    assert Package.metadata_validate(descriptor) is not None
    assert descriptor["sources"]
    # A license of the package would be inherited by the clipping, which is its publisher's.
    assert "licenses" not in descriptor
    unlicensed = [resource["name"] for resource in descriptor["resources"] if not resource.get("licenses")]
    assert unlicensed == [name for name in unlicensed if name.startswith("clipping-")]


@pytest.mark.parametrize(("folder", "resource"), RESOURCES)
def test_hashes_hold(folder: Path, resource: dict[str, Any]) -> None:
    content = (folder / resource["path"]).read_bytes()
    assert resource.get("bytes", len(content)) == len(content)
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource.get("hash", digest) == digest


def test_the_book_prints_every_table_and_its_fields() -> None:
    page = json.loads((ROOT / "book/data-dictionary.ipynb").read_text("utf-8"))
    source = "".join("".join(cell["source"]) for cell in page["cells"])
    for _, resource in (one.values for one in TABLES):
        assert f"### {resource['title']}\n" in source
        assert f'fields["table"] == "{resource["name"]}"' in source


# That the check sees what it should.


def change(name: str, column: str, value: str, row: int = 0) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        path = folder / "catalogue" / f"{name}.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame.loc[row, column] = value
        frame.to_csv(path, index=False)

    return apply


def add_column(folder: Path) -> None:
    path = folder / "catalogue/mentions.csv"
    pd.read_csv(path, dtype=str, keep_default_na=False).assign(extra="x").to_csv(path, index=False)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (change("clippings", "truncated", "maybe"), "clippings: type-error"),
        (change("clippings", "date", "2007-13-01"), "clippings: constraint-error"),
        (change("clippings", "date_basis", "guessed"), "clippings: constraint-error"),
        (change("clippings", "alliances", ""), "clippings: constraint-error"),
        (change("clippings", "url", "http://www.data.minsk.by/belarusnews/042005/70.html"), "clippings: unique-error"),
        (change("second_coding", "id", "042005-89"), "second_coding: primary-key"),
        (change("mentions", "id", "012005-1"), "mentions: foreign-key"),
        (change("stances", "speaker_no", "9"), "stances: foreign-key"),
        (change("speakers", "direct_quotes", "-1"), "speakers: constraint-error"),
        (change("event_dates", "date", "2008-W54"), "event_dates: constraint-error"),
        (add_column, "mentions: extra-label"),
    ],
)
def test_a_fault_is_seen(tmp_path: Path, spoil: Callable[[Path], None], fault: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    spoil(folder)
    assert fault in faults(folder, fault.partition(":")[0])


# What the format cannot say: one column against another.


def test_a_clipping_stands_in_the_folder_of_its_month() -> None:
    clippings = rows("clippings")
    folders = clippings["id"].str[2:6] + "-" + clippings["id"].str[:2]
    assert (clippings["date"].str[:7] == folders).all()
    addresses = "http://www.data.minsk.by/belarusnews/" + clippings["id"].str.replace("-", "/") + ".html"
    assert (clippings["url"] == addresses).all()


def test_the_basis_of_a_date_fits_its_precision() -> None:
    clippings = rows("clippings")
    whole = clippings["date"].str.len() == len("2007-11-02")
    assert whole[clippings["date_basis"] == "printed"].all()
    assert not whole[clippings["date_basis"] == "folder"].any()
    assert pd.to_datetime(clippings["date"][whole], format="%Y-%m-%d").notna().all()


def test_an_outlet_has_its_basis() -> None:
    clippings = rows("clippings")
    assert ((clippings["publisher"] == "") == (clippings["publisher_basis"] == "")).all()


def test_what_is_on_no_theme_names_its_topic() -> None:
    clippings = rows("clippings")
    assert (clippings.loc[(clippings[THEMES] == "0").all(axis=1), "other_topic"] != "").all()


def test_speakers_are_numbered_from_one_in_each_clipping() -> None:
    numbers = rows("speakers").astype({"speaker_no": int}).groupby("id")["speaker_no"]
    assert (numbers.max() == numbers.size()).all()
    assert (numbers.min() == 1).all()


def test_a_stance_bears_the_name_of_its_speaker() -> None:
    named = rows("stances").merge(rows("speakers"), on=["id", "speaker_no"], suffixes=("", "_there"))
    assert (named["speaker"] == named["speaker_there"]).all()


def test_countries_mentioned_are_codes() -> None:
    mentions = rows("mentions")
    assert mentions.loc[mentions["kind"] == "country", "value"].str.fullmatch(r"[A-Z]{2}").all()


def test_names_lead_from_a_mention_to_a_treaty() -> None:
    names = pd.read_csv(DATA / "names.csv", dtype=str, keep_default_na=False)
    mentioned = set(rows("mentions")[["kind", "value"]].itertuples(index=False, name=None))
    mentioned |= {("person", name) for table in ("speakers", "blind_speakers") for name in rows(table)["speaker"]}
    assert set(names[["kind", "value"]].itertuples(index=False, name=None)) <= mentioned
    treaties = pd.read_csv(SRC / "reference/treaties.csv", dtype=str)["id"]
    assert set(names["treaty"]) - {""} <= set(treaties)


def test_a_person_is_no_namesake() -> None:
    names = pd.read_csv(DATA / "names.csv", dtype=str, keep_default_na=False).query("kind == 'person'")
    known = names.set_index("value")["name"]
    assert known["Alyaksandr Lukashenka"] == known["Lukashenko"] == "Alexander Lukashenko"
    assert "Alexander Medvedev" not in known.index, "the head of a company is not the president"
    assert not names["value"].str.contains("officials|inistry|press").any()


def test_the_library_was_measured_where_the_codings_agree() -> None:
    measured = pd.read_csv(DATA / "library_agreement.csv").set_index("theme")
    both = rows("clippings").merge(rows("blind_pages"), on="id", suffixes=("", "_blind"))
    assert set(measured["pages"]) == {len(both)}
    for theme in THEMES:
        assert measured.loc[theme, "coders_agree"] == (both[theme] == both[f"{theme}_blind"]).sum()


def test_event_days_are_days_of_the_calendar() -> None:
    dates = rows("event_dates")["date"]
    assert pd.to_datetime(dates[dates.str.fullmatch(r"\d{4}-\d\d-\d\d")], format="%Y-%m-%d").notna().all()


BLIND = ["blind_pages", "blind_speakers", "blind_stances"]


def test_an_instrument_is_named_only_on_a_page_about_treaties() -> None:
    pages = rows("blind_pages")
    assert set(pages.loc[pages["treaty"] != "", "treaty_questions"]) == {"1"}


@pytest.mark.parametrize(
    "name", ["clippings", "speakers", "stances", "mentions", "event_dates", "second_coding", *BLIND]
)
def test_rows_stand_in_the_order_of_the_archive(name: str) -> None:
    ids = rows(name)["id"]
    keys = [(one[2:6], one[:2], int(one[7:])) for one in ids]
    assert keys == sorted(keys)


@pytest.mark.parametrize(("folder", "resource"), TABLES)
def test_cells_have_no_blanks_at_their_edges(folder: Path, resource: dict[str, Any]) -> None:
    frame = pd.read_csv(folder / resource["path"], dtype=str, keep_default_na=False)
    assert (frame.map(str.strip) == frame).all(axis=None)
