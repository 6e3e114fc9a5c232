"""What surrounds the argument of a page: code that only feeds the text is left out, tables under figures are folded.

The search knows the words of the pages and not those of their code, and figures are shown at half their pixels, so that
they are crisp on dense screens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

GLUE = "cl.glue"
# The table of a figure follows within so many cells; tests/book/test_notebooks.py holds the pages to it.
WITHIN = 2
PIXELS = 2
COLORS = 255
TABLE, OTHER = "Table", "Output"
FOLD = '<details class="fold"><summary>{}</summary>'
CAPTION = re.compile(r"\s*<caption>(.*?)</caption>", re.DOTALL)


class Furniture(SphinxPostTransform):
    """Put the cells of a notebook in order for a reader."""

    # After the form of each output is chosen, and before myst_nb folds the code.
    default_priority = 198
    formats = ("html",)

    def run(self, **_: object) -> None:
        """Change the cells of the page."""
        for cell in list(_cells(self.document)):
            if not _output(cell) and GLUE in _code(cell):
                cell.parent.remove(cell)
        section, left, number = None, 0, ""
        for cell in _cells(self.document):
            drawn = [image for figure in cell.findall(nodes.figure) for image in figure.findall(nodes.image)]
            for image in drawn:
                _shrink(image, Path(self.env.srcdir))
            if drawn:
                section, left, number = cell.parent, WITHIN, self._number(cell)
                continue
            is_of_figure = left > 0 and cell.parent is section and _has_table(cell)
            _fold(cell, f"The numbers of {number}" if is_of_figure else "")
            left = 0 if is_of_figure else left - 1

    def _number(self, cell: nodes.container) -> str:
        """Return a figure as its caption calls it."""
        [figure] = cell.findall(nodes.figure)
        numbers = self.env.toc_fignumbers.get(self.env.docname, {}).get("figure", {})
        found = numbers.get(figure["ids"][0]) if figure["ids"] else None
        return f"Fig. {'.'.join(map(str, found))}" if found else "this figure"


def _cells(document: nodes.document) -> Iterator[nodes.container]:
    return (one for one in document.findall(nodes.container) if one.get("nb_element") == "cell_code")


def _output(cell: nodes.container) -> nodes.container | None:
    """Return what a cell shows; values for the text show nothing."""
    last = cell.children[-1] if cell.children else None
    if not isinstance(last, nodes.container) or last.get("nb_element") != "cell_code_output":
        return None
    return last if any(isinstance(one, (nodes.raw, nodes.Text, nodes.image)) for one in last.findall()) else None


def _code(cell: nodes.container) -> str:
    source = cell.children[0] if cell.children else None
    return source.astext() if source is not None and source.get("nb_element") == "cell_code_source" else ""


def _has_table(cell: nodes.container) -> bool:
    output = _output(cell)
    return output is not None and any('class="dataframe"' in one.astext() for one in output.findall(nodes.raw))


def _fold(cell: nodes.container, figure: str) -> None:
    """Fold the table of a figure, and what a cell prints that is folded as a whole; the fold says what is in it."""
    output = _output(cell)
    if output is None:
        return
    is_whole = cell.get("hide_mode") == "all"
    if is_whole:
        cell["hide_mode"] = "input"
    if is_whole or figure:
        word = figure or f"{TABLE if _has_table(cell) else OTHER}: {_caption(output) or _heading(cell)}"
        output.insert(0, nodes.raw("", FOLD.format(word), format="html"))
        output.append(nodes.raw("", "</details>", format="html"))


def _caption(output: nodes.container) -> str:
    """Return the caption of a table, which is then no longer said twice, as HTML."""
    for one in output.findall(nodes.raw):
        found = CAPTION.search(one.astext())
        if found:
            one.replace_self(nodes.raw("", CAPTION.sub("", one.astext(), count=1), format=one["format"]))
            return found[1]
    return ""


def _heading(cell: nodes.container) -> str:
    """Return the heading that a cell stands under, as HTML."""
    title = next((one for one in getattr(cell.parent, "children", ()) if isinstance(one, nodes.title)), None)
    return escape(title.astext()) if title else "what the code shows"


def _shrink(image: nodes.image, folder: Path) -> None:
    """Give a picture the width it is meant for; the theme shrinks it further where there is less room."""
    path = folder / image["uri"]
    if path.suffix == ".png" and path.is_file():
        with Image.open(path) as drawn:
            image["width"] = f"{drawn.width // PIXELS}px"
        image["classes"].append("no-scaled-link")


def lighten(app: Sphinx, exception: Exception | None) -> None:
    """Store the figures in few colors: they have few, and weigh a third."""
    if exception or app.builder.format != "html":
        return
    for path in sorted((Path(app.outdir) / "_images").glob("*.png")):
        with Image.open(path) as drawn:
            if drawn.mode != "RGBA":
                continue
            few = drawn.quantize(COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def search_prose(app: Sphinx) -> None:
    """Let the search of the book pass over blocks of code."""
    whole = getattr(app.builder, "index_page", None)
    if whole is None:
        return

    def index_page(name: str, doctree: nodes.document, title: str) -> None:
        whole(name, without_code(doctree), title)

    app.builder.index_page = index_page  # type: ignore[attr-defined]


def without_code(doctree: nodes.document) -> nodes.document:
    """Return a page less its blocks of code."""
    prose = doctree.deepcopy()
    for block in list(prose.findall(nodes.literal_block)):
        block.parent.remove(block)
    return prose


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_post_transform(Furniture)
    app.connect("builder-inited", search_prose)
    app.connect("build-finished", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
