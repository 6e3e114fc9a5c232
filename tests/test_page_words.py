"""The lists of words and lines that tell what stands on a page: each word of each of them has its line in a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

import clippings as cl
from clippings.page import _furniture as furniture
from clippings.page._words import WORDS

ROWS: list[dict[str, Any]] = msgspec.yaml.decode((Path(__file__).parent / "tables/page_words.yaml").read_bytes())
FILLED = {
    "TITLE": "Talks begin",
    "DATE": "2 November 2007",
    "TEXT": "Talks began in the capital, where both sides were said to be close to an agreement on that day.",
}
JOBS = (
    *("analyst", "bureau", "chief", "columnist", "columnists", "commentator", "contributor", "correspondent"),
    *("correspondents", "editor", "editors", "reporter", "reporters", "staff", "writer", "writers"),
)


def page(lines: list[str], word: str = "") -> cl.Clipping:
    filled = (FILLED.get(line, line).replace("{word}", word) for line in lines)
    text = "\n\n".join(filled).replace("{Word}", word[:1].upper() + word[1:]).replace("{Words}", word.title())
    return cl.parse(text)[0]


def kinds(row: dict[str, Any], word: str) -> str:
    return " ".join(block.kind for block in page(row["lines"], word).blocks if block.kind != "blank")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["list"])
def test_each_word_of_a_list_tells_what_its_line_is(row):
    wrong = {word: found for word in row["words"] if (found := kinds(row, word)) != row["kinds"]}
    assert not wrong, f"{row['why']} Each word of {row['list']} makes {row['kinds']} of the lines"
    assert kinds(row, row["another"]) == row["other"], f"{row['another']} is not on {row['list']}"


def known() -> dict[str, set[str]]:
    """The words of each list of the library, by its name in the table."""
    found = {"furniture": furniture._DATA, "words": WORDS}
    lists = {
        f"{file}.{name}": value for file, data in found.items() for name, value in msgspec.structs.asdict(data).items()
    }
    lists |= {f"words.labels.{kind}": labels for kind, labels in lists.pop("words.labels").items()}
    return {name: set(words) for name, words in lists.items()}


def test_every_word_of_a_list_is_in_the_table():
    told = {row["list"]: {*row["words"], *row.get("untried", ())} for row in ROWS}
    missing = {name: words for name in told if (words := known()[name] - told[name])}
    assert not missing, "add these words to the list of that name in tests/tables/page_words.yaml"


@pytest.mark.parametrize("job", JOBS)
def test_what_an_author_is_stands_in_front_of_the_name(job):
    assert page(["TITLE", f"By {job} Anna Petrova", "DATE", "TEXT"]).value("byline") == "Anna Petrova"
    assert page(["TITLE", "By lidowa Anna Petrova", "DATE", "TEXT"]).value("byline") == "lidowa Anna Petrova"
    assert set(JOBS) == set(WORDS.jobs)
