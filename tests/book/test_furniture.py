"""The cells of a page as a reader meets them: no code that only feeds the text, tables folded, crisp figures."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from PIL import Image, ImageChops

import clippings_furniture
from clippings_furniture import OTHER, TABLE, Furniture

FRAME = '<table border="1" class="dataframe"></table>'
OF_FIGURE = "The numbers of Fig. 3"


def cell(code: str, *shown: nodes.Node, mode: str = "input") -> nodes.container:
    source = nodes.container("", nodes.literal_block(code, code), nb_element="cell_code_source")
    output = [nodes.container("", *shown, nb_element="cell_code_output")] if shown else []
    return nodes.container("", source, *output, nb_element="cell_code", hide_mode=mode)


def table() -> nodes.raw:
    return nodes.raw("", FRAME, format="html")


def figure(uri: str = "a.png", name: str = "fig-a") -> nodes.figure:
    return nodes.figure("", nodes.image(uri=uri), ids=[name])


def laid_out(*cells: nodes.Node, folder: Path = Path()) -> nodes.document:
    document = new_document("page")
    document.extend(cells)
    transform = Furniture.__new__(Furniture)
    transform.document = document
    # Sphinx reads it from the settings of the document.
    numbers = {"page": {"figure": {"fig-a": (3,), "fig-b": (2, 1)}}}
    document.settings.env = SimpleNamespace(srcdir=str(folder), docname="page", toc_fignumbers=numbers)
    transform.run()
    return document


def folds(document: nodes.document) -> list[str]:
    return [one.astext() for one in document.findall(nodes.raw) if one.astext() != FRAME]


def fold(word: str) -> list[str]:
    return [f'<details class="fold"><summary>{word}</summary>', "</details>"]


def test_a_cell_that_only_glues_is_left_out_and_one_that_shows_something_is_not() -> None:
    document = laid_out(
        cell("cl.glue(a=1)"),
        cell("cl.glue(b=1)", nodes.container()),
        cell("cl.glue_all(c=1)"),
        cell("cl.glue(d=1)\ncl.table(x)", table()),
        cell("import clippings as cl"),
    )
    assert [one.astext() for one in document.findall(nodes.literal_block)] == [
        "cl.glue(d=1)\ncl.table(x)",
        "import clippings as cl",
    ]


@pytest.mark.parametrize(("between", "is_folded"), [(0, True), (1, True), (2, False)])
def test_the_table_of_a_figure_is_folded_within_the_cells_where_it_must_stand(between: int, *, is_folded: bool) -> None:
    others = [cell("x = 1") for _ in range(between)]
    assert folds(laid_out(cell("plot", figure()), *others, cell("table", table()))) == (
        fold(OF_FIGURE) if is_folded else []
    )


def test_a_figure_has_one_table_and_none_of_the_next_section() -> None:
    document = laid_out(cell("plot", figure()), cell("table", table()), cell("table", table()))
    assert folds(document) == fold(OF_FIGURE)
    assert folds(laid_out(nodes.section("", cell("plot", figure())), nodes.section("", cell("table", table())))) == []


def test_a_table_without_a_figure_and_words_under_one_stay_open() -> None:
    said = nodes.literal_block("1", "1")
    assert folds(laid_out(cell("table", table()), cell("plot", figure()), cell("print(1)", said))) == []


def test_what_is_folded_as_a_whole_keeps_its_code_and_its_output_apart() -> None:
    document = laid_out(
        cell("plot", figure()),
        cell("table", table(), mode="all"),
        cell("table", table(), mode="all"),
        cell("print(1)", nodes.literal_block("1", "1"), mode="all"),
    )
    at = "what the code shows"
    assert folds(document) == [*fold(OF_FIGURE), *fold(f"{TABLE}: {at}"), *fold(f"{OTHER}: {at}")]
    assert {one["hide_mode"] for one in document.children} == {"input"}


def test_a_fold_is_called_as_its_caption_and_else_as_its_heading() -> None:
    said = FRAME.replace("></", ">\n  <caption>Pacts &amp; ties</caption></")
    told = cell("table", nodes.raw("", said, format="html"), mode="all")
    section = nodes.section("", nodes.title("", "Who & when"), told, cell("table", table(), mode="all"))
    document = laid_out(section)
    assert folds(document) == [*fold(f"{TABLE}: Pacts &amp; ties"), *fold(f"{TABLE}: Who &amp; when")]
    assert "<caption>" not in document.astext()


@pytest.mark.parametrize(("name", "number"), [("fig-a", "Fig. 3"), ("fig-b", "Fig. 2.1"), ("fig-c", "this figure")])
def test_the_fold_below_a_figure_has_its_number(name: str, number: str) -> None:
    document = laid_out(cell("plot", figure(name=name)), cell("table", table()))
    assert folds(document) == fold(f"The numbers of {number}")


def test_a_figure_is_shown_at_half_its_pixels(tmp_path: Path) -> None:
    Image.new("RGBA", (1728, 900)).save(tmp_path / "a.png")
    image = next(laid_out(cell("plot", figure()), folder=tmp_path).findall(nodes.image))
    assert image["width"] == "864px"
    assert image["classes"] == ["no-scaled-link"]


def test_figures_are_stored_light_and_look_the_same(tmp_path: Path) -> None:
    path = tmp_path / "_images" / "a.png"
    path.parent.mkdir()
    drawn = Image.new("RGBA", (300, 200))
    drawn.paste((0, 114, 178, 255), (20, 20, 120, 90))
    drawn.paste((26, 26, 26, 128), (150, 20, 160, 190))
    drawn.save(path)
    clippings_furniture.lighten(SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(format="html")), None)
    with Image.open(path) as stored:
        assert stored.mode == "P"
        worst = ImageChops.difference(stored.convert("RGBA"), drawn).getextrema()
    assert max(high for _, high in worst) <= 4


def test_the_search_reads_the_text_and_no_code() -> None:
    asked = []
    builder = SimpleNamespace(index_page=lambda *given: asked.append(given))
    clippings_furniture.search_prose(SimpleNamespace(builder=builder))
    document = new_document("page")
    document += [nodes.paragraph("", "Lukashenko"), cell("pandas", table())]
    builder.index_page("one", document, "One")
    assert [(name, title) for name, _, title in asked] == [("one", "One")]
    assert "Lukashenko" in asked[0][1].astext()
    assert "pandas" not in asked[0][1].astext()
    assert "pandas" in document.astext()
