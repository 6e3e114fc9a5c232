"""A link into the explorer chooses as many clippings as its words say."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode

import clippings as cl
import clippings_explore
from page_checks import PERIODS

PAGE = "explore.html#"
NONE = "none"
COLUMNS = {"theme": "Themes", "outlet": "Outlet", "country": "Countries of sources", "stance": "Stances"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, set[str]]]:
    """What each clipping of the explorer can be chosen by; its script reads the table in the same way."""
    tables = (cl.collection().table(name).astype("string").fillna("") for name in ("clippings", "speakers", "stances"))
    found = BeautifulSoup(clippings_explore.table(*tables), "html.parser").select("tbody tr")
    cells = [{cell["data-label"]: cell for cell in row.select("[data-label]")} for row in found]
    return [
        {name: {of(row["Date"]["data-order"])} for name, of in PERIODS.items()}
        | {name: {one.text for one in row[label].select("span")} or {NONE} for name, label in COLUMNS.items()}
        for row in cells
    ]


def links(notebook: NotebookNode) -> list[tuple[str, str]]:
    """Return the words and the choice of every link into the explorer that a notebook shows, and of every mark."""
    shown = [
        bundle["data"]["text/html"]
        for cell in notebook.cells
        for bundle in cell.get("outputs", [])
        if "text/html" in bundle.get("data", {})
    ]
    pages = [BeautifulSoup(text, "html.parser") for text in shown]
    found = [link for page in pages for link in page.select(f'[href^="{PAGE}"]')]
    return [(link.get("alt") or link.text, link["href"]) for link in found]


def chosen(rows: list[dict[str, set[str]]], address: str) -> int:
    """Return how many clippings the explorer shows at an address."""
    choices = parse_qsl(address.removeprefix(PAGE))
    assert choices, address
    return sum(all(value in row[name] for name, value in choices) for row in rows)


def test_a_link_into_the_explorer_chooses_what_it_says(notebook: NotebookNode, rows: list[dict[str, set[str]]]) -> None:
    for words, address in links(notebook):
        count = re.match(r"\d+", words)
        number = chosen(rows, address)
        assert number == int(count[0]) if count else number > 0, (words, address, number)


def test_links_into_the_explorer_are_found(book: Path, rows: list[dict[str, set[str]]]) -> None:
    found = links(nbformat.read(book / "voices.ipynb", as_version=4))
    assert len(found) > 10
    assert chosen(rows, PAGE + "theme=none&year=2005") < chosen(rows, PAGE + "year=2005") < len(rows)
    assert chosen(rows, PAGE + "country=BY") == 0
