"""Where the marks of a figure lead: transparent areas over them, and the image map that these make."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from clippings.arguments import ArgumentError
from clippings.display.escaping import href, inline
from clippings.display.pages import Page

# Of CSS, in an inch.
PIXELS = 96
_AREA = '<area shape="rect" coords="{}" href="{}" alt="{}">'


def lead(axes: Axes, row: Mapping[Hashable, Any], across: tuple[float, float], down: tuple[float, float]) -> None:
    """Lay a transparent area over a mark whose row has a link.

    Args:
        axes: where the mark is drawn.
        row: what may hold ``link`` and ``link_name``.
        across: the left and the right end of the area, in the units of the axes.
        down: its lower and its upper end.
    """
    if not isinstance(row.get("link"), str):
        return
    corner, size = (across[0], down[0]), (across[1] - across[0], down[1] - down[0])
    # An SVG of the figure has a link where an area has an address; one without a fill would not be hit.
    look: dict[str, Any] = {"facecolor": "white", "alpha": 0, "linewidth": 0, "zorder": 9}
    axes.add_artist(Rectangle(corner, *size, url=row["link"], label=row["link_name"], **look))


def _place(area: Rectangle, page: Bbox, dots: float) -> str:
    """Return left, top, right and bottom of an area, counted from the corner of the page."""
    box = area.get_window_extent()
    left, right = sorted(box.intervalx / dots - page.x0)
    bottom, top = sorted(box.intervaly / dots)
    return ",".join(f"{PIXELS * edge:.0f}" for edge in (left, page.y1 - top, right, page.y1 - bottom))


def image_map(figure: Figure) -> Page:
    """Return the links of a figure's marks as an image map of HTML, for the picture that a notebook shows of it.

    Args:
        figure: a figure whose frame had the columns ``link`` and ``link_name``.

    Returns:
        The map, in CSS pixels; ``data-width`` and ``data-height`` are the size of the picture in these.

    Raises:
        ArgumentError: ``figure`` is not a figure, or none of its marks has a link.

    >>> import pandas as pd
    >>> from clippings.plots import dot_list
    >>> row = {"label": "Iran", "link": "items/1.html", "link_name": "Talks, 2 May"}
    >>> image_map(dot_list(pd.DataFrame([row])))
    map of 1 links
    """
    if not isinstance(figure, Figure):
        raise ArgumentError(f"figure must be a Figure, not {type(figure).__name__}; give one that plots has drawn")
    areas = [(area, url) for area in figure.findobj(Rectangle) if (url := area.get_url())]
    if not areas:
        raise ArgumentError("figure has no mark with a link; give its frame the columns link and link_name")
    page = figure.get_tightbbox().padded(mpl.rcParams["savefig.pad_inches"])
    drawn = [
        _AREA.format(_place(area, page, figure.dpi), href(url), inline(str(area.get_label()))) for area, url in areas
    ]
    size = f'data-width="{PIXELS * page.width:.0f}" data-height="{PIXELS * page.height:.0f}"'
    return Page(f'<map class="figure-marks" name="marks" {size}>{"".join(drawn)}</map>', f"map of {len(areas)} links")
