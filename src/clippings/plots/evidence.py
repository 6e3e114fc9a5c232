"""Figures of one text: where its evidence stands."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from clippings.plots._checks import COUNT, LINKED, LINKS, NAME, ROWS, Frame
from clippings.plots._links import lead
from clippings.plots.style import GREY, THEME_COLORS, name_rows, rows_of, styled

# A link takes at least this share of the text, so that a finger finds it.
_LEAST = 0.02


@styled(
    marks=Frame(
        {"layer": NAME, "start": COUNT, "end": COUNT},
        optional=(LINKS,),
        where=LINKED,
        ordered=(("start", "end"),),
        fits={"layer": ROWS},
        rows=10_000,
    ),
)
def evidence_strip(marks: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw where each layer of evidence stands along a text.

    Args:
        marks: one row a mark: ``layer`` (the row it is drawn in, first seen on top), ``start``, ``end`` (code points).
            Optional are ``link`` (where a mark leads) and ``link_name``, for ``image_map``.
        title: a title for the figure.

    Returns:
        The figure; where ``marks`` has no rows, one that says so.

    Raises:
        MissingColumn: ``marks`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> marks = pd.DataFrame({"layer": ["quotes", "dates"], "start": [10, 40], "end": [30, 47]})
    >>> [label.get_text() for label in evidence_strip(marks).axes[0].get_yticklabels()]
    ['quotes', 'dates']
    """
    layers = list(dict.fromkeys(marks["layer"]))
    figure, axes = rows_of(len(layers), title)
    least = _LEAST * marks["end"].max()
    for row, layer in enumerate(layers):
        chosen = marks[marks["layer"] == layer]
        bars = list(zip(chosen["start"], chosen["end"] - chosen["start"], strict=True))
        for mark in chosen.to_dict("records"):
            middle, half = (mark["start"] + mark["end"]) / 2, max(mark["end"] - mark["start"], least) / 2
            lead(axes, mark, (middle - half, middle + half), (row + 0.34, row - 0.34))
        axes.broken_barh(bars, (row - 0.34, 0.68), facecolors=THEME_COLORS.get(layer, GREY), linewidth=0)
    name_rows(axes, [layer.replace("_", " ") for layer in layers])
    axes.set_xlabel("position in the text, in characters")
    return figure
