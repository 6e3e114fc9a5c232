"""Every clipping has a page that says what the tables say, and the explorer has a row for each."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError

import clippings as cl
import clippings_explore
import clippings_items
import item_pages
from clippings.comparing import anchors
from clippings.display.passages import passage

COLLECTION = cl.collection()
TABLES = {name: COLLECTION.table(name).astype("string").fillna("") for name in clippings_items.TABLES}
SHOWN = clippings_items.shown_passages(TABLES)
PAGES = item_pages.pages(TABLES, SHOWN)
TARGETS = tuple(item_pages.TARGETS.values())
ROWS = TABLES["clippings"].set_index("id")


def test_every_clipping_has_a_page_and_no_other() -> None:
    assert list(PAGES) == TABLES["clippings"]["id"].tolist()


@pytest.mark.parametrize("table", ["speakers", "blind_speakers", "stances", "blind_stances", "mentions", "event_dates"])
def test_a_page_has_every_row_about_it(table: str) -> None:
    column = {"stances": "stance", "blind_stances": "sentence_sha256", "mentions": "value", "event_dates": "what"}
    for row in TABLES[table].to_dict("records"):
        said = item_pages._plain(row[column.get(table, "speaker")])
        if row.get("kind") == "country":
            said = item_pages.STATES.get(said, said)
        if table == "event_dates":
            said = re.sub(r"\b(\d{6}-\d+)\b", r"[\1](\1.md)", said)
        assert (said or item_pages.NONE) in PAGES[row["id"]], row


def test_all_codings_of_a_theme_stand_side_by_side() -> None:
    page = PAGES["082008-61"]
    assert "| [Alliances](../alliances.ipynb) | yes | no | no |" in page
    assert "The codings differ on alliances." in page


def test_a_page_says_how_far_each_coding_read() -> None:
    both = TABLES["blind_pages"].merge(TABLES["clippings"][["id", "truncated"]])
    apart = set(both.loc[both["read"].eq("whole") != both["truncated"].eq("0"), "id"])
    assert {name for name, page in PAGES.items() if ", the blind coding in " in page} == apart
    assert 0 < len(apart) < len(PAGES)
    lacking = {name for name, page in PAGES.items() if "The blind coding lacks this page" in page}
    assert lacking == set(TABLES["clippings"]["id"]) - set(TABLES["blind_pages"]["id"]) != set()


def rows_of(page: str, source: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith(f"| {source} |") and "closer ties" in line]


def test_a_stance_of_both_codings_stands_on_one_line() -> None:
    page = PAGES["112007-14"]
    assert rows_of(page, "Ruslan Pukhov") == [
        "| Ruslan Pukhov | closer ties of Russia and Belarus | supports | supports | "
        '<a href="../one-clipping.html#p-112007-14-838-1143">paragraph 2, sentence 5</a>: `6c736c4825e427cf` |'
    ]
    assert rows_of(page, "Alexander Khramchikhin") == [
        "| Alexander Khramchikhin | closer ties of Russia and Belarus | conditional | – | – |"
    ]


def test_every_stance_is_once_in_its_column() -> None:
    for name, page in PAGES.items():
        rows = [line.split(" | ") for line in page.splitlines() if any(f"| {one} |" in line for one in TARGETS)]
        for column, table in ((2, "stances"), (3, "blind_stances")):
            mine = TABLES[table].loc[TABLES[table]["id"] == name, "stance"]
            blank = (item_pages.NONE, item_pages.UNREAD)
            assert sorted(row[column] for row in rows if row[column] not in blank) == sorted(mine), name


def test_a_coding_that_lacks_a_page_says_nothing_of_it() -> None:
    lacking = set(TABLES["clippings"]["id"]) - set(TABLES["blind_pages"]["id"])
    assert rows_of(PAGES["022007-71"], "Alexander Lukashenko") == [
        "| Alexander Lukashenko | closer ties of Russia and Belarus | conditional | not read | – |"
    ]
    for name, page in PAGES.items():
        about_both = ("Neither coding", "The blind coding has no", "A dash means", "Blind coding:")
        assert (not any(words in page for words in about_both)) == (name in lacking), name
        assert ("| not read |" in page) == (name in lacking and not page.count("has no stance")), name


def test_a_coding_without_a_source_that_speaks_says_so() -> None:
    for label, table in (("first", "speakers"), ("blind", "blind_speakers")):
        read = set(TABLES["clippings" if label == "first" else "blind_pages"]["id"])
        silent = {name for name, page in PAGES.items() if f"The {label} coding has no source that speaks." in page}
        assert silent == read - set(TABLES[table]["id"]) != set()


def test_every_country_is_told_by_its_name() -> None:
    codes = set(TABLES["mentions"].query("kind == 'country'")["value"])
    for table in ("speakers", "blind_speakers"):
        codes |= set(TABLES[table]["country"]) - {""}
    assert codes <= set(item_pages.STATES)


def test_a_date_that_rests_on_another_page_leads_there() -> None:
    assert "corroborated from [052007-165](052007-165.md) |" in PAGES["052007-205"]
    for name, page in PAGES.items():
        rows = page.partition("## Dates in the text")[2].partition("\n## ")[0]
        assert (
            set(re.findall(r"\b\d{6}-\d+\b", rows)) == set(re.findall(r"\]\((\d{6}-\d+)\.md\)", rows)) <= set(PAGES)
        ), name


def test_a_treaty_at_issue_is_told_by_its_name_or_as_one_without() -> None:
    at_issue = TABLES["blind_pages"].query("treaty != ''").set_index("id")["treaty"]
    unnamed = {name for name, page in PAGES.items() if "a treaty is at issue that the page does not name" in page}
    named = {name for name, page in PAGES.items() if "Treaty at issue in the blind coding: " in page}
    assert unnamed == set(at_issue.index[at_issue == "unnamed"]) != set()
    assert named == set(at_issue.index) - unnamed != set()


def test_every_stance_of_the_page_that_may_be_shown_leads_to_its_sentence() -> None:
    stances = TABLES["blind_stances"]
    wanted = stances.loc[stances["id"] == "112007-14", "sentence_sha256"].tolist()
    assert sorted(SHOWN) == sorted(wanted)
    annotated = COLLECTION.read().annotate()[0]
    ids = set(re.findall(r'id="(p-[^"]*)"', annotated.show(anchored=True).html))
    text = annotated.clipping.text
    places = anchors.places(text, [(one.start, one.end) for one in annotated.clipping.paragraphs], wanted)
    for code, shown in SHOWN.items():
        page, _, anchor = shown.partition("#")
        assert page == "../one-clipping.html"
        assert anchor in ids
        start, end, *_ = places[code]
        assert anchors.sentence_hash(text[start:end]) == code
        first, last = map(int, anchor.split("-")[-2:])
        assert first <= start < end <= last


def test_only_the_page_that_may_be_shown_is_linked_to_its_text() -> None:
    assert [one for one, page in PAGES.items() if "one-clipping" in page] == ["112007-14"]
    assert sum("belongs to its publisher and is not in this collection" in page for page in PAGES.values()) == 169


def test_each_page_leads_to_its_neighbours_in_time() -> None:
    order = ROWS.reset_index().sort_values(["date", "id"])["id"].tolist()
    for before, one, after in zip(order, order[1:], order[2:], strict=False):
        ends = re.findall(r"\]\((\d{6}-\d+)\.md\)", PAGES[one].partition("## Before and after")[2])
        assert ends == [before, after]


@pytest.mark.parametrize(
    ("cell", "linked"),
    [
        ("<td>http://a.example/b?c=1</td>", '<td><a href="http://a.example/b?c=1">http://a.example/b?c=1</a></td>'),
        ("<td>see http://a.example/b</td>", "<td>see http://a.example/b</td>"),
        ("<td>http://a.example/b, of old</td>", "<td>http://a.example/b, of old</td>"),
    ],
)
def test_an_address_that_fills_a_cell_is_a_link(cell: str, linked: str) -> None:
    assert clippings_items.ADDRESS.sub(clippings_items.ADDRESSED, cell) == linked
    assert clippings_items.ADDRESS.sub(clippings_items.ADDRESSED, linked) == linked


def test_what_a_title_holds_is_no_markup() -> None:
    row = dict.fromkeys(ROWS.columns, "") | {"id": "a", "title": "A *b* [c](d) {e}`f` <g> | $h$ & _i_", "date": "2007"}
    assert item_pages.name(row) == r"A \*b\* \[c\](d) \{e\}\`f\` \<g\> \| \$h\$ \& \_i\_"
    assert item_pages.name(row | {"title": ""}) == "Page a, without a title"


def test_ids_in_tables_become_links_where_there_is_a_page() -> None:
    known = {"112007-14"}
    text = "<td>112007-14</td><td>112007-15</td><td>x 112007-14</td>"
    linked = clippings_items.CELL.sub(lambda cell: clippings_items._linked(known, "items/", cell), text)
    link, word = (
        '<a class="item-id" href="items/112007-14.html">112007-14</a>',
        '<span class="item-id">112007-15</span>',
    )
    assert linked == f"<td>{link}</td><td>{word}</td><td>x 112007-14</td>"


def test_a_title_that_fills_a_cell_becomes_a_link_unless_two_clippings_bear_it() -> None:
    rows = {"id": ["1", "2", "3", "4", "5"], "title": ["A 'b' & c", "Twice", "Twice", None, "No page"]}
    titles = clippings_items.titled(pd.DataFrame(rows), {"1", "2", "3", "4"})
    assert titles == {"A 'b' & c": "1"}
    text = "<td>A &#x27;b&#x27; &amp; c</td><td>Twice</td><td>x A 'b' &amp; c</td><td>No page</td>"
    linked = clippings_items.WORDS.sub(lambda cell: clippings_items._entitled(titles, "items/", cell), text)
    assert linked == text.replace("A &#x27;b&#x27; &amp; c", '<a href="items/1.html">A &#x27;b&#x27; &amp; c</a>', 1)
    assert len(clippings_items.titled(TABLES["clippings"].replace("", None), set(PAGES))) > 100


def test_a_passage_leads_to_its_mark_where_there_is_one() -> None:
    text = "Minsk waits. " * 100
    marked = {"one-clipping.html": ["p-112007-14-838-1059"]}
    shown = passage(text, clipping="112007-14", start=838, end=1059).html
    place = "112007-14, characters 838 to 1,059"
    linked = clippings_items.PASSAGE.sub(lambda found: clippings_items._led(marked, found), shown)
    assert linked == shown.replace(place, f'<a href="one-clipping.html#p-112007-14-838-1059">{place}</a>')
    assert clippings_items.PASSAGE.sub(lambda found: clippings_items._led(marked, found), linked) == linked
    unmarked = passage(text, clipping="112007-14", start=838, end=1060).html
    for other in (unmarked, shown.replace("112007-14", "112007-15")):
        assert clippings_items.PASSAGE.sub(lambda found: clippings_items._led(marked, found), other) == other


def test_each_id_of_a_list_is_linked_that_has_a_page() -> None:
    cell = clippings_items.CELL.fullmatch("<td>112007-14, 112007-15, 112007-16</td>")
    linked = [f'<a class="item-id" href="items/{one}.html">{one}</a>' for one in ("112007-14", "112007-16")]
    assert clippings_items._linked({"112007-14", "112007-16"}, "items/", cell) == (
        f'<td>{linked[0]}, <span class="item-id">112007-15</span>, {linked[1]}</td>'
    )


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
        ["Russia"],
        [
            "an arms control treaty: neutral",
            "closer ties of Russia and Belarus: conditional",
            "closer ties of Russia and Belarus: supports",
            "enlargement of NATO: opposes",
        ],
    ]


def test_the_text_of_an_own_copy_is_shown_with_its_sentences_and_not_without_a_folder(tmp_path: Path) -> None:
    assert clippings_items.own_copies("", TABLES) == {}
    assert item_pages.pages(TABLES, SHOWN, {}) == PAGES
    press = tmp_path / "press"
    shutil.copytree(COLLECTION.path / "data" / "clippings", press)
    (press / "042005-83.txt").write_text("Embattled Belarus Leader\n\nNo <b>sentence</b> of the page.\n\nB", "utf-8")
    copies = clippings_items.own_copies(str(press), TABLES)
    pages = item_pages.pages(TABLES, SHOWN, copies)
    assert sorted(copies) == ["042005-83", "112007-14"]
    assert {name: pages[name] for name in pages if name not in copies} == {
        name: PAGES[name] for name in PAGES if name not in copies
    }
    page = BeautifulSoup(pages["112007-14"], "html.parser")
    wanted = TABLES["blind_stances"].loc[TABLES["blind_stances"]["id"] == "112007-14", "sentence_sha256"]
    for code in wanted:
        (mark,) = page.select(f"mark#s-{code}")
        assert anchors.sentence_hash(mark.get_text()) == code
    assert "No &lt;b&gt;sentence&lt;/b&gt; of the page." in pages["042005-83"]
    assert all(item_pages.LOCAL in pages[name] for name in copies)
    assert not any(item_pages.LOCAL in page for page in PAGES.values())


def test_sentences_that_overlap_are_both_marked() -> None:
    found = {"a": anchors.Place(0, 5, 1), "b": anchors.Place(0, 9, 1), "c": anchors.Place(6, 9, 1)}
    assert item_pages.local_text("He. She x. No.", [(0, 14)], found) == (
        '<div class="own-copy"><p><span id="s-b"></span><mark id="s-a">He. S</mark><mark>h</mark>'
        '<mark id="s-c">e x</mark>. No.</p></div>'
    )


def test_a_folder_that_is_not_there_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(ExtensionError, match=r"PRESS: .*no such folder"):
        clippings_items.own_copies(str(tmp_path / "press"), TABLES)
