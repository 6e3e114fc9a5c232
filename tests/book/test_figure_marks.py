"""The marks of the book's figures are links: laid over their pictures, named, and leading to what they say."""

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from nbformat import NotebookNode
from PIL import Image
from test_items import PAGES

import clippings_marks
from clippings_marks import Marks, links

MAP = """<map class="figure-marks" name="marks" data-width="400" data-height="200">
<area shape="rect" coords="40,20,60,30" href="items/1.html" alt="Two &amp; &quot;a half&quot;">
<area shape="rect" coords="80,20,100,30" href="explore.html#year=2007&amp;theme=none" alt="3 clippings"></map>"""
# Whose rows are no clippings, and lead to their sources.
SOURCED = {"fig-memberships"}
# The explorer has no choice of exactly these clippings: a mark leads to the row of the figure's table that names them.
TABLED = {"fig-named-together", "fig-alpha", "fig-inf-parties"}
# Pages for users of the library, whose figures draw measurements and the pages of the reader.
FOR_USERS = {"review.ipynb", "scale.ipynb", "your-own-clippings.ipynb"}


def laid_out(tmp_path: Path, *contents: nodes.Node, size: tuple[int, int] = (800, 400)) -> nodes.document:
    Image.new("RGBA", size).save(tmp_path / "a.png")
    document = new_document("page")
    document.extend(contents)
    transform = Marks.__new__(Marks)
    transform.document = document
    document.settings.env = SimpleNamespace(srcdir=str(tmp_path))
    transform.run()
    return document


def figure() -> nodes.figure:
    return nodes.figure("", nodes.image(uri="a.png"), nodes.caption("", "A caption"), ids=["fig-a"])


def raw(text: str = MAP) -> nodes.raw:
    return nodes.raw("", text, format="html")


def test_a_mark_is_a_named_link_placed_in_shares_of_the_picture() -> None:
    page = BeautifulSoup(links(BeautifulSoup(MAP, "html.parser").map, "fig-a"), "html.parser")
    group = page.select_one('div[role="group"][aria-label]')
    past, first, second = group.select("a")
    assert (past["href"], past.text) == ("#fig-a-tools", "Past the 2 marks of this figure")
    assert first["style"] == "left:10.00%;top:10.00%;width:5.00%;height:5.00%"
    assert first["title"] == first["aria-label"] == 'Two & "a half"'
    assert (first["href"], second["href"]) == ("items/1.html", "explore.html#year=2007&theme=none")


def test_a_map_is_laid_over_the_figure_before_it(tmp_path: Path) -> None:
    table = raw('<table class="dataframe"></table>')
    document = laid_out(tmp_path, figure(), nodes.container("", raw(), table))
    assert [one.astext() for one in document.findall(nodes.raw) if "picture-links" not in one.astext()] == [
        table.astext()
    ]
    [drawn] = document.findall(nodes.figure)
    linked, caption = drawn.children
    assert linked["classes"] == ["linked-picture"]
    assert [type(one) for one in linked.children] == [nodes.image, nodes.raw]
    assert caption.astext() == "A caption"


@pytest.mark.parametrize(
    ("contents", "size", "said"),
    [
        ([raw()], (800, 400), "without a figure"),
        ([figure(), raw(), raw()], (800, 400), "without a figure"),
        ([figure(), raw()], (800, 404), ""),
        ([figure(), raw()], (800, 410), "does not fit"),
    ],
)
def test_a_map_that_fits_no_picture_is_a_warning(
    contents: list[nodes.Node], size: tuple[int, int], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(clippings_marks.logger, "warning", lambda words, **_: told.append(words))
    document = laid_out(tmp_path, *(one.deepcopy() for one in contents), size=size)
    assert bool(told) == bool(said)
    assert said in "".join(told)
    assert not [one for one in document.findall(nodes.raw) if "<map" in one.astext()]


def maps(notebook: NotebookNode) -> dict[str, tuple[BeautifulSoup, Image.Image]]:
    """Return the map and the picture of every figure that has both, by the figure's name."""
    found, name, picture = {}, "", None
    for cell in notebook.cells:
        name = cell.metadata.get("mystnb", {}).get("figure", {}).get("name", name)
        for bundle in (output.get("data", {}) for output in cell.get("outputs", [])):
            if "image/png" in bundle:
                picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
            shown = BeautifulSoup(bundle.get("text/html", ""), "html.parser").select_one("map.figure-marks")
            if shown:
                assert name not in found
                found[name] = shown, picture
    return found


def figures(notebook: NotebookNode) -> set[str]:
    named = (cell.metadata.get("mystnb", {}).get("figure", {}).get("name") for cell in notebook.cells)
    return {name for name in named if name}


def test_every_figure_that_can_has_marks_that_lead_on(notebook_path: Path, notebook: NotebookNode) -> None:
    wanted = set() if notebook_path.name in FOR_USERS else figures(notebook)
    assert set(maps(notebook)) == wanted


def test_every_exception_is_a_figure(book: Path) -> None:
    every = set().union(*(figures(nbformat.read(path, as_version=4)) for path in book.glob("*.ipynb")))
    assert every >= SOURCED | TABLED
    assert all((book / name).is_file() for name in FOR_USERS)


def test_a_map_has_the_shape_of_its_picture_and_its_areas_lie_in_it(notebook: NotebookNode) -> None:
    for name, (shown, picture) in maps(notebook).items():
        width, height = (int(shown[f"data-{side}"]) for side in ("width", "height"))
        assert abs(picture.height / picture.width * width - height) <= clippings_marks.SLACK, name
        for area in shown.select("area"):
            left, top, right, bottom = map(int, area["coords"].split(","))
            assert 0 <= left < right <= width, (name, area)
            assert 0 <= top < bottom <= height, (name, area)


def test_a_mark_leads_where_its_name_says(notebook: NotebookNode) -> None:
    words = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    places = {f"#{place}" for place in re.findall(r"^\((.+)\)=$", words, re.MULTILINE)}
    for name, (shown, _) in maps(notebook).items():
        for area in shown.select("area"):
            item = re.fullmatch(r"items/(\d{6}-\d+)\.html", area["href"])
            kinds = [bool(item), area["href"].startswith("explore.html#"), area["href"].startswith("#p-")]
            kinds.append(area["href"] in places and "not heard" in area["alt"])
            assert sum(kinds) == (name not in SOURCED | TABLED), (name, area)
            assert not item or item[1] in PAGES, (name, area)


def test_a_mark_that_leads_to_a_row_leads_to_the_one_it_names(book: Path) -> None:
    seen = set()
    for page in ("across-themes.ipynb", "reliability.ipynb", "treaties.ipynb"):
        notebook = nbformat.read(book / page, as_version=4)
        for name, shown, rows in tabled(notebook):
            seen.add(name)
            for area in shown.select("area"):
                row = rows[int(area["href"].removeprefix(f"#{name}-row-")) - 1]
                words = [cell.get_text() for cell in row.select("td")]
                label, what = area["alt"].split(": the ")
                assert label in (words[0], ", ".join(words[:2])), (name, area)
                count = re.match(r"\d+", what)
                assert not count or len(re.findall(r"\d{6}-\d+", words[-1])) == int(count[0]) == int(words[2]), (
                    name,
                    area,
                )
    assert seen == TABLED


def tabled(notebook: NotebookNode) -> Iterator[tuple[str, BeautifulSoup, list[BeautifulSoup]]]:
    """Yield the name, the map and the rows of the table of each figure whose marks lead to rows."""
    for name, (shown, _) in maps(notebook).items():
        if name in TABLED:
            [cell] = [cell for cell in notebook.cells if f"#{name}-row-" in str(cell.get("outputs", ""))]
            found = [BeautifulSoup(one["data"].get("text/html", ""), "html.parser") for one in cell.outputs]
            yield name, shown, [row for page in found for row in page.select("tbody tr")]
