"""The forms in which the book tells readers to cite it say what its settings, its data and CITATION.cff say."""

import json
import re
from pathlib import Path

import pytest
import yaml
from test_items import PAGES

from clippings import release

CITED = re.compile(r"\{cite:\w+\}`([^`]+)`")
METHOD = {"krippendorff2018"}
BLOCK = re.compile(r"```bibtex\n(.*?)```", re.DOTALL)


def fields(entry: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = \{+(.*?)\}+,?$", entry, re.MULTILINE))


@pytest.fixture(scope="module")
def entries(book: Path) -> list[str]:
    return BLOCK.findall((book / "how-to-use.md").read_text("utf-8"))


def test_book_and_data_are_cited_as_their_files_name_them(entries: list[str], root: Path) -> None:
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    data = json.loads((root / "data" / "datapackage.json").read_text("utf-8"))
    assert [fields(one)["title"] for one in entries[:2]] == [config["title"], data["title"]]
    for one in entries[:2]:
        assert fields(one)["author"] == config["author"] == data["contributors"][0]["title"]
        assert fields(one)["note"].lower().endswith(f"version {release.VERSION}")


def test_the_citation_file_names_the_same(entries: list[str], root: Path) -> None:
    cited = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    assert len(cited["references"]) == len(entries) - 1
    for one, reference in zip(entries, cited["references"], strict=False):
        assert reference["title"] == fields(one)["title"]
        assert reference["version"] == release.VERSION
        assert str(reference["year"]) == fields(one)["year"] == str(cited["date-released"])[:4]
        assert [author["name"] for author in reference["authors"]] == [fields(one)["author"]]


def test_the_clipping_is_cited_as_on_its_page(entries: list[str]) -> None:
    assert entries[2:] == BLOCK.findall(PAGES["112007-14"])


def test_every_work_that_a_page_cites_is_graded(prose: str, root: Path) -> None:
    works = (root / "src/clippings/reference/references.bib").read_text("utf-8")
    entries = {entry.partition(",")[0]: entry for entry in re.split(r"(?m)^@\w+\{", works)}
    cited = {key.strip() for keys in CITED.findall(prose) for key in keys.split(",")}
    assert not [key for key in cited - METHOD if "grade: " not in entries[key]]
