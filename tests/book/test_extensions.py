"""The book's own Sphinx extensions: cures of the pages, what others read of them, and the icons that are kept."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from docutils.core import publish_doctree
from fontTools.ttLib import TTFont

from clippings_book import cure
from clippings_icons import cut_down
from clippings_meta import LONGEST, add_meta, describe, not_found, site_map, write_site

BASE = "https://book.example/b/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize(
    ("page", "cured"),
    [
        (
            '<div id="jb-print-docs-body" class="onlyprint">\n<h1>A</h1>',
            '<div id="jb-print-docs-body" class="onlyprint">\n<p class="print-title">A</p>',
        ),
        (
            '<div id="jb-print-toc"> <div><h2> B </h2></div>',
            '<div id="jb-print-toc"> <div><p class="print-contents"> B </p></div>',
        ),
        ('<i id="search-input" a><b id="search-input">', '<i id="search-input" a><b id="search-input-page">'),
        ('<th class="x"> </th>', "<td></td>"),
        ("<th>a</th>", "<th>a</th>"),
        (
            '<a>A</a><details open><summary><span class="toctree-toggle"></span></summary>',
            '<a>A</a><details open><summary aria-label="Pages of A"><span class="toctree-toggle"></span></summary>',
        ),
        ('<details><summary aria-label="Hide"><span>Text</span>', "<details><summary><span>Text</span>"),
    ],
)
def test_cures(page: str, cured: str) -> None:
    assert cure(page) == cured
    assert cure(cured) == cured


def test_a_cured_page_stays_as_it_is() -> None:
    page = '<div id="jb-print-toc"> <div><h2> Contents </h2></div><h2>One</h2><h2>Two</h2>'
    assert cure(cure(page)) == cure(page)
    assert "<h2>One</h2><h2>Two</h2>" in cure(page)


def test_a_page_is_described_by_its_first_paragraph() -> None:
    assert describe(publish_doctree("Title\n=====\n\nOne\n*two*.\n\nThree.")) == "One two."
    assert describe(None) == ""


def test_a_long_description_ends_at_a_word() -> None:
    cut = describe(publish_doctree("word, " * 200))
    assert cut.endswith("word…")
    assert LONGEST - 10 < len(cut) <= LONGEST


def head_of(base: str) -> dict[str, str]:
    config = SimpleNamespace(html_baseurl=base, html_title="The Book", root_doc="index")
    context: dict[str, Any] = {"title": "<em>Voices</em> &amp; others"}
    add_meta(SimpleNamespace(config=config), "voices", "page.html", context, publish_doctree("Title\n=====\n\nWho?"))
    tags = BeautifulSoup(context["metatags"], "html.parser").select("meta")
    return {tag.get("name") or tag["property"]: tag["content"] for tag in tags}


def test_a_page_with_an_address_has_a_card_with_its_picture() -> None:
    head = head_of(BASE)
    assert (head["og:url"], head["og:image"]) == (f"{BASE}voices.html", f"{BASE}_static/og-card.png")
    assert (head["og:title"], head["description"]) == ("Voices & others", "Who?")
    assert head["twitter:card"] == "summary_large_image"


def test_a_page_without_an_address_has_a_card_of_words() -> None:
    head = head_of("")
    assert {name for name in head if name.startswith(("og:url", "og:image"))} == set()
    assert (head["og:title"], head["description"]) == ("Voices & others", "Who?")
    assert head["twitter:card"] == "summary"


def test_the_map_lists_every_page_by_its_address() -> None:
    files = site_map(BASE, ["index.html", "one.html"])
    places = ElementTree.fromstring(files["sitemap.xml"].encode()).iter(f"{SITEMAP}loc")
    assert [place.text for place in places] == [f"{BASE}index.html", f"{BASE}one.html"]
    assert f"Sitemap: {BASE}sitemap.xml" in files["robots.txt"].splitlines()


@pytest.mark.parametrize(
    ("base", "links"), [(BASE, [f"{BASE}index.html", f"{BASE}index.html", f"{BASE}one.html"]), ("", [])]
)
def test_the_page_not_found_links_whole_addresses_or_nothing(base: str, links: list[str]) -> None:
    page = BeautifulSoup(not_found(base, "The <Book>", {"index.html": "Front", "one.html": "One"}), "html.parser")
    assert [link["href"] for link in page.select("[href], [src]")] == links
    assert "The <Book>" in page.select_one("main p").get_text()


def test_a_build_without_an_address_leaves_no_map_of_an_earlier_one(tmp_path: Path) -> None:
    titles = {"index": SimpleNamespace(astext=lambda: "Front")}
    config = SimpleNamespace(html_baseurl=BASE, html_title="The Book", root_doc="index")
    env = SimpleNamespace(found_docs={"index"}, titles=titles, toctree_includes={})
    app = SimpleNamespace(config=config, env=env, outdir=str(tmp_path), builder=SimpleNamespace(name="html"))
    write_site(app, None)
    assert {path.name for path in tmp_path.iterdir()} == {"404.html", "robots.txt", "sitemap.xml"}
    config.html_baseurl = ""
    write_site(app, None)
    assert {path.name for path in tmp_path.iterdir()} == {"404.html"}


def test_the_page_not_found_lists_the_contents_in_order_and_the_map_every_page(tmp_path: Path) -> None:
    names = ("index", "one", "another", "items/1")
    titles = {name: SimpleNamespace(astext=lambda name=name: name) for name in names}
    config = SimpleNamespace(html_baseurl=BASE, html_title="The Book", root_doc="index")
    env = SimpleNamespace(found_docs=set(names), titles=titles, toctree_includes={"index": ["one", "another"]})
    write_site(
        SimpleNamespace(config=config, env=env, outdir=str(tmp_path), builder=SimpleNamespace(name="html")), None
    )
    page = BeautifulSoup((tmp_path / "404.html").read_text("utf-8"), "html.parser")
    assert [link.get_text() for link in page.select("li a")] == ["index", "one", "another"]
    places = ElementTree.parse(tmp_path / "sitemap.xml").iter(f"{SITEMAP}loc")
    assert [place.text for place in places] == [f"{BASE}{name}.html" for name in names]


def test_icons_are_cut_down_to_those_named(tmp_path: Path) -> None:
    theme = Path(pytest.importorskip("pydata_sphinx_theme").__file__).parent
    made = theme / "theme" / "pydata_sphinx_theme" / "static" / "vendor" / "fontawesome"
    source = next(made.glob("*"))
    for name in ("css/all.min.css", "webfonts/fa-solid-900.ttf", "webfonts/fa-solid-900.woff2"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((source / name).read_bytes())
    cut_down(tmp_path, {"fa-sun"}, {0xF0C1})
    style = (tmp_path / "css" / "all.min.css").read_text("utf-8")
    assert '.fa-sun:before{content:"\\f185"}' in style
    assert ".fa-moon:before" not in style
    assert "woff2" not in style
    assert ".fa-solid" in style
    assert not (tmp_path / "webfonts" / "fa-solid-900.woff2").exists()
    assert (
        {0xF185, 0xF0C1}
        <= set(TTFont(tmp_path / "webfonts" / "fa-solid-900.ttf").getBestCmap())
        <= {0xF185, 0xF0C1, 0x2600}
    )
