"""The collection is found in a clone and in a wheel, its cells are read one way, and what is missing is told."""

import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from pandas.api import types

import clippings as cl
from clippings import shipped

ROOT = Path(__file__).parents[1]
COLLECTION = cl.collection()


def test_a_clone_reads_its_own_files():
    assert COLLECTION.path == ROOT


def test_every_described_table_is_read():
    assert sorted(COLLECTION.tables) == sorted(
        file.stem for file in (ROOT / "data").rglob("*.csv") if "bring-your-own" not in file.parts
    )
    assert repr(COLLECTION) == f"<Collection of {len(COLLECTION.tables)} tables>"


@pytest.mark.parametrize("name", COLLECTION.tables)
def test_only_an_empty_cell_is_missing(name):
    path, _ = COLLECTION._schemas()[name]
    cells = pd.read_csv(ROOT / "data" / path, dtype=str, keep_default_na=False)
    assert COLLECTION.table(name).isna().equals(cells == "")


@pytest.mark.parametrize("name", COLLECTION.tables)
def test_text_ids_and_dates_are_strings_and_numbers_are_numbers(name):
    frame, (_, fields) = COLLECTION.table(name), COLLECTION._schemas()[name]
    for field in fields:
        is_text = field["type"] in {"string", "date"}
        assert types.is_string_dtype(frame[field["name"]]) == is_text, field["name"]
        assert types.is_numeric_dtype(frame[field["name"]]) != is_text, field["name"]


def copied(folder: Path) -> cl.Collection:
    shutil.copytree(ROOT / "data", folder / "data", copy_function=shutil.copyfile)
    return cl.Collection(folder)


def test_namibia_is_no_missing_value(tmp_path):
    collection = copied(tmp_path)
    file = tmp_path / "data/catalogue/speakers.csv"
    lines = file.read_text("utf-8").splitlines()
    header = lines[0].split(",")
    row = {"id": "012007-1", "speaker_no": "1", "speaker": "None", "country": "NA"}
    file.write_text("\n".join([lines[0], ",".join(row.get(name, "") for name in header)]), "utf-8")
    read = collection.table("speakers").iloc[0]
    assert (read["country"], read["speaker"], read["id"]) == ("NA", "None", "012007-1")
    assert pd.isna(read["role"])


def test_the_press_and_the_zoo_are_read_with_paths_of_no_machine():
    for pages, folder in (("clippings", "data/clippings"), ("zoo", "tests/zoo")):
        corpus = COLLECTION.read(pages)
        assert not corpus.failures
        paths = sorted({clipping.path for clipping in corpus})
        assert paths == sorted(f"{folder}/{file.name}" for file in (ROOT / folder).glob("*.txt"))


def test_pages_are_those_of_read():
    expected = cl.read(ROOT / "data/clippings").clippings.drop(columns="path")
    pd.testing.assert_frame_equal(COLLECTION.read().clippings.drop(columns="path"), expected)


def test_every_page_has_its_gold():
    ids = {clipping.id for pages in ("clippings", "zoo") for clipping in COLLECTION.read(pages)}
    assert all({"quotes", "mentions"} <= COLLECTION.gold(page).keys() for page in ids)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: COLLECTION.table("stance"), "no table 'stance' in the collection; there are: clippings, speakers"),
        (lambda: COLLECTION.read("press"), "no pages 'press' in the collection; there are: clippings, zoo"),
        (lambda: COLLECTION.read(["zoo"]), "no pages ['zoo'] in the collection; there are: clippings, zoo"),
        (lambda: COLLECTION.gold("112007-15"), "no reader has marked the page '112007-15'; marked are: 112007-14"),
        (lambda: COLLECTION.gold("../datapackage"), "no reader has marked the page '../datapackage'"),
    ],
)
def test_what_is_not_there_is_told(ask, message):
    with pytest.raises(cl.CollectionError) as error:
        ask()
    assert str(error.value).startswith(message)


def test_a_missing_collection_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(shipped, "_PLACES", (tmp_path / "one", tmp_path / "two"))
    with pytest.raises(cl.CollectionError) as error:
        cl.collection()
    message = str(error.value)
    assert all(told in message for told in (str(tmp_path / "one"), str(tmp_path / "two"), "install", "clone"))


def test_the_wheel_comes_first(monkeypatch, tmp_path):
    copied(tmp_path)
    monkeypatch.setattr(shipped, "_PLACES", (tmp_path, ROOT))
    assert cl.collection().path == tmp_path


def test_a_part_that_is_gone_is_told(tmp_path):
    found = copied(tmp_path)
    (tmp_path / "data" / "names.csv").unlink()
    for ask, name in ((lambda: found.read("zoo"), "tests/zoo"), (lambda: found.table("names"), "data/names.csv")):
        with pytest.raises(cl.CollectionError, match=f"^{name} is missing in .*; install press-clippings again"):
            ask()


def test_a_wheel_carries_the_collection_and_its_rights(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    inside = {name.removeprefix("clippings/_collection/") for name in names if "/_collection/" in name}
    files = [file for folder in ("data", "tests/zoo") for file in (ROOT / folder).rglob("*") if file.is_file()]
    assert inside == {"LICENSE-TEXT", *(file.relative_to(ROOT).as_posix() for file in files)}
    assert any(name.endswith(".dist-info/licenses/LICENSE-TEXT") for name in names)
