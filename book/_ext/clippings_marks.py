"""Marks of a figure as links over its picture: the image map that a cell below it shows, laid over it.

The areas of an image map keep their pixels where a picture shrinks, and many browsers draw no outline around the one in
focus. So each area becomes a link of its own, placed in shares of the picture: it answers to the pointer, to touch and
to the keyboard, says its name, and needs no script.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)

MAP = '<map class="figure-marks"'
# By how many CSS pixels picture and map may differ in height, at the width of the map.
SLACK = 2.0


class Marks(SphinxPostTransform):
    """Lay each image map over the figure before it."""

    # After the form of each output is chosen, and before furniture looks for the table of a figure.
    default_priority = 197
    formats = ("html",)

    def run(self, **_: object) -> None:
        """Move the maps of the page onto their figures."""
        figure = None
        for node in list(self.document.findall(lambda one: isinstance(one, (nodes.figure, nodes.raw)))):
            if isinstance(node, nodes.figure):
                figure = node
            elif MAP in node.astext():
                self._lay(node, figure)

    def _lay(self, node: nodes.Node, figure: nodes.figure | None) -> None:
        image = None if figure is None else next(figure.findall(nodes.image), None)
        areas = BeautifulSoup(node.astext(), "html.parser").select_one("map")
        node.parent.remove(node)
        if figure is None or image is None or areas is None or isinstance(image.parent, nodes.container):
            logger.warning("an image map without a figure before it", location=node)
            return
        off = _off(areas, Path(self.env.srcdir) / image["uri"])
        if off > SLACK:
            logger.warning(f"an image map does not fit its picture, by {off:.1f} pixels", location=node)
        linked = nodes.container(classes=["linked-picture"])
        image.replace_self(linked)
        linked += [image, nodes.raw("", links(areas, figure["ids"][0]), format="html")]


def _off(areas: Tag, picture: Path) -> float:
    """Return by how many pixels the height of a picture is off that of its map."""
    with Image.open(picture) as drawn:
        return abs(drawn.height / drawn.width * float(str(areas["data-width"])) - float(str(areas["data-height"])))


def links(areas: Tag, figure: str) -> str:
    """Return the links over a picture as HTML, behind one that leads past them.

    Args:
        areas: the image map.
        figure: the id of the figure.
    """
    width, height = (float(str(areas[f"data-{side}"])) for side in ("width", "height"))
    marks = areas.select("area")
    parts = [f'<a class="past-marks" href="#{figure}-tools">Past the {len(marks)} marks of this figure</a>']
    for mark in marks:
        left, top, right, bottom = (float(edge) for edge in str(mark["coords"]).split(","))
        place = {"left": left / width, "top": top / height, "width": (right - left) / width}
        place["height"] = (bottom - top) / height
        style = ";".join(f"{side}:{share:.2%}" for side, share in place.items())
        name = escape(str(mark["alt"]))
        parts.append(f'<a href="{escape(str(mark["href"]))}" title="{name}" aria-label="{name}" style="{style}"></a>')
    return f'<div class="picture-links" role="group" aria-label="Marks of this figure">{"".join(parts)}</div>'


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_post_transform(Marks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
