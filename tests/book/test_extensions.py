"""The book's own Sphinx extensions: cures of the pages, what others read of them, and the icons that are kept."""

from pathlib import Path

import pytest
from docutils.core import publish_doctree
from fontTools.ttLib import TTFont

from clippings_book import cure
from clippings_icons import cut_down
from clippings_meta import LONGEST, describe


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
    ],
)
def test_cures(page: str, cured: str) -> None:
    assert cure(page) == cured


def test_a_page_is_described_by_its_first_paragraph() -> None:
    assert describe(publish_doctree("Title\n=====\n\nOne\n*two*.\n\nThree.")) == "One two."
    assert describe(None) == ""


def test_a_long_description_ends_at_a_word() -> None:
    cut = describe(publish_doctree("word, " * 200))
    assert cut.endswith("word…")
    assert LONGEST - 10 < len(cut) <= LONGEST


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
