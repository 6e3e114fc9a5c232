"""Figures of growth: what a character costs as there is more of something, over what it costs at first."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clippings.plots._checks import GROUPS, NAME, RATIO, ROWS, TEXT, Frame
from clippings.plots.style import (
    BLUE,
    GREY,
    GROUND,
    INK,
    SKY,
    bold_rows,
    label_scale,
    name_rows,
    rows_of,
    styled,
    write,
)

_TICKS = {0.25: "¼", 0.5: "½", 1.0: "1", 2.0: "2", 4.0: "4"}
# The axis shows half to twice at least; behind the last mark there is room for its label.
_SHOWN, _ROOM = (0.5, 2.0), 2.2


@styled(
    series=Frame(
        {"group": NAME, "step": NAME, "ratio": RATIO, "low": RATIO, "high": RATIO, "label": TEXT},
        ordered=(("low", "ratio"), ("ratio", "high")),
        fits={"group": GROUPS, "step": ROWS},
        rows=10 * ROWS,
    ),
)
def growth(series: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw the cost at each size over the cost at the smallest, one row a series, on a scale of powers of two.

    Where cost is proportional to size, every mark stands on the line. The largest size is drawn with its range and
    named; marks of the sizes before it are pale.

    Args:
        series: one row a size but the smallest, in order: ``group``, ``step``, ``ratio``, ``low``, ``high``, ``label``
            (written behind the mark of the largest).
        title: a title for the figure.

    Returns:
        The figure; where ``series`` has no rows, one that says so.

    Raises:
        MissingColumn: ``series`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> row = {"group": "forms", "step": "scan", "ratio": 1.2, "low": 1.1, "high": 1.3, "label": "50,000 forms"}
    >>> [text.get_text() for text in growth(pd.DataFrame([row])).axes[0].texts]
    ['50,000 forms']
    """
    groups = list(dict.fromkeys(series["group"]))
    count = len(series[["group", "step"]].drop_duplicates()) + len(groups)
    figure, axes = rows_of(count, title, row=0.22)
    _scale(axes, min(series["low"].min(), _SHOWN[0]), max(series["high"].max(), _SHOWN[1]))
    names: list[str] = []
    for group, rows in series.groupby("group", sort=False):
        names.append(str(group))
        for step, sizes in rows.groupby("step", sort=False):
            _draw(axes, len(names), sizes.to_dict("records"))
            names.append(str(step))
    name_rows(axes, names)
    bold_rows(axes, groups)
    label_scale(axes, "cost of a character,\nthe smallest size being 1", names)
    return figure


def _scale(axes: Axes, low: float, high: float) -> None:
    axes.set_xscale("log", base=2)
    axes.set_xlim(low / 1.1, high * _ROOM)
    ticks = {at: name for at, name in _TICKS.items() if low / 1.1 <= at <= high * _ROOM}
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_xticks([], minor=True)
    axes.axvline(1, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)))


def _draw(axes: Axes, row: int, sizes: list[dict[Hashable, Any]]) -> None:
    last: Mapping[Hashable, Any] = sizes[-1]
    for size in sizes[:-1]:
        axes.plot(size["ratio"], row, "o", color=SKY, markersize=5)
    axes.plot([last["low"], last["high"]], [row, row], color=BLUE, linewidth=1.6)
    axes.plot(last["ratio"], row, "o", color=BLUE, markersize=5)
    behind = max(last["high"], *(size["ratio"] for size in sizes))
    write(axes, str(last["label"]), (behind, row), (6, 0), color=INK, bbox=GROUND)
