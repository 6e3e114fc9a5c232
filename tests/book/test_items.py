"""Every clipping has a page that says what the tables say, and the explorer has a row for each."""

import re

import pytest
from bs4 import BeautifulSoup

import clippings as cl
import clippings_explore
import clippings_items
import item_pages

COLLECTION = cl.collection()
TABLES = {name: COLLECTION.table(name).astype("string").fillna("") for name in clippings_items.TABLES}
PAGES = item_pages.pages(TABLES)
ROWS = TABLES["clippings"].set_index("id")


def test_every_clipping_has_a_page_and_no_other() -> None:
    assert list(PAGES) == TABLES["clippings"]["id"].tolist()


@pytest.mark.parametrize("table", ["speakers", "blind_speakers", "stances", "blind_stances", "mentions", "event_dates"])
def test_a_page_has_every_row_about_it(table: str) -> None:
    column = {"stances": "stance", "blind_stances": "sentence_sha256", "mentions": "value", "event_dates": "what"}
    for row in TABLES[table].to_dict("records"):
        said = item_pages._plain(row[column.get(table, "speaker")])
        assert (said or item_pages.NONE) in PAGES[row["id"]], row


def test_all_codings_of_a_theme_stand_side_by_side() -> None:
    page = PAGES["082008-61"]
    assert "| [Alliances](../alliances.ipynb) | yes | no | no |" in page
    assert "The codings differ on alliances." in page


def test_only_the_page_that_may_be_shown_is_linked_to_its_text() -> None:
    assert [one for one, page in PAGES.items() if "one-clipping" in page] == ["112007-14"]
    assert sum("belongs to its publisher and is not in this collection" in page for page in PAGES.values()) == 169


def test_each_page_leads_to_its_neighbours_in_time() -> None:
    order = ROWS.reset_index().sort_values(["date", "id"])["id"].tolist()
    for before, one, after in zip(order, order[1:], order[2:], strict=False):
        ends = re.findall(r"\]\((\d{6}-\d+)\.md\)", PAGES[one])
        assert ends == [before, after]


def test_what_a_title_holds_is_no_markup() -> None:
    row = dict.fromkeys(ROWS.columns, "") | {"id": "a", "title": "A *b* [c](d) {e}`f` <g> | $h$ & _i_", "date": "2007"}
    assert item_pages.name(row) == r"A \*b\* \[c\](d) \{e\}\`f\` \<g\> \| \$h\$ \& \_i\_"
    assert item_pages.name(row | {"title": ""}) == "Page a, without a title"


def test_ids_in_tables_become_links_where_there_is_a_page() -> None:
    known = {"112007-14"}
    text = "<td>112007-14</td><td>112007-15</td><td>x 112007-14</td>"
    linked = clippings_items.CELL.sub(lambda cell: clippings_items._linked(known, "items/", cell), text)
    assert linked == ('<td><a href="items/112007-14.html">112007-14</a></td><td>112007-15</td><td>x 112007-14</td>')


def test_the_explorer_has_a_row_for_each_clipping_with_all_its_codes() -> None:
    table = clippings_explore.table(TABLES["clippings"], TABLES["speakers"], TABLES["stances"])
    rows = BeautifulSoup(table, "html.parser").select("tbody tr")
    assert [row.td.get_text() for row in rows] == ROWS.reset_index().sort_values(["date", "id"])["id"].tolist()
    shown = {
        row.td.get_text(): [[one.get_text() for one in cell.select("span")] for cell in row.select("td")]
        for row in rows
    }
    assert shown["112007-14"][2:] == [
        ["Gazeta.kz"],
        ["Alliances", "Missile defense", "Treaty questions"],
        ["RU"],
        [
            "an arms control treaty: neutral",
            "closer ties of Russia and Belarus: conditional",
            "closer ties of Russia and Belarus: supports",
            "enlargement of NATO: opposes",
        ],
    ]
