"""A list of dots: one row a thing, with its interval and its words, for what has an order and no other axis."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clippings.plots._checks import FLAG, LABEL, LINKED, LINKS, NAME, NOTE, NUMBER, Frame
from clippings.plots._links import lead
from clippings.plots.style import BLUE, GREY, WIDTH, label_scale, name_rows, room, rows_of, styled, write

# A dot and the blank behind it, in inches.
_GAP = 0.12


@styled(
    rows=Frame(
        {"label": LABEL},
        optional=(
            {"value": NUMBER},
            {"low": NUMBER, "high": NUMBER},
            {"note": NOTE},
            {"group": NAME},
            {"hollow": FLAG},
            LINKS,
        ),
        where=LINKED,
        ordered=(("low", "high"),),
    ),
)
def dot_list(rows: pd.DataFrame, *, scale: str = "", title: str = "") -> Figure:
    """Draw one dot a row with its name before and its words behind it, in the order of the frame.

    Args:
        rows: ``label``, the name of a row. Optional are ``value`` (else all dots stand in a column), ``low`` and
            ``high`` (its interval), ``note`` (words behind the dot), ``group`` (a heading over the rows that share it)
            ``hollow`` (true for a dot that is not filled), and ``link`` (where a row leads) with ``link_name``, for
            ``image_map``.
        scale: what the values count; without it they have no axis.
        title: a title for the figure.

    Returns:
        The figure; where ``rows`` has no rows, one that says so.

    Raises:
        MissingColumn: ``rows`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"label": ["Iran, Venezuela"], "value": [8], "note": ["8 clippings"]})
    >>> [text.get_text() for text in dot_list(rows).axes[0].texts]
    ['8 clippings']
    """
    names: list[str] = []
    shown: set[str] = set()
    headings = list(dict.fromkeys(rows["group"])) if "group" in rows else []
    figure, axes = rows_of(len(rows) + len(headings), title, row=0.24)
    lowest, highest = _reach(rows)
    end = _end(rows, lowest, highest)
    for row in rows.to_dict("records"):
        if headings and row["group"] not in shown:
            shown.add(row["group"])
            place = {"xycoords": ("figure fraction", "data"), "weight": "bold", "annotation_clip": False}
            write(axes, str(row["group"]), (0.01, len(names) + 0.1), (0, 0), **place)
            names.append("")
        _draw(axes, len(names), row)
        lead(axes, row, (lowest, end), (len(names) + 0.5, len(names) - 0.5))
        names.append(str(row["label"]))
    axes.set_xlim(lowest, end)
    name_rows(axes, names)
    if lowest < 0 < highest:
        axes.axvline(0, color=GREY, linewidth=0.8, zorder=0)
    _set_scale(axes, scale, names, lowest, highest)
    return figure


def _reach(rows: pd.DataFrame) -> tuple[float, float]:
    shown = rows[[name for name in ("value", "low", "high") if name in rows]]
    if not len(shown.columns):
        return 0.0, 0.0
    return min(0.0, float(shown.min().min())), float(shown.max().max())


def _draw(axes: Axes, row: int, found: Mapping[Hashable, Any]) -> None:
    at = found.get("value", 0.0)
    face = "white" if found.get("hollow", False) else BLUE
    if "low" in found:
        axes.plot([found["low"], found["high"]], [row, row], color=BLUE, linewidth=1.8, solid_capstyle="butt")
    axes.plot(at, row, "o", color=BLUE, markerfacecolor=face, markersize=5.5, clip_on=False)
    if found.get("note"):
        write(axes, str(found["note"]), (found.get("high", at), row), (7, 0))


def _end(rows: pd.DataFrame, lowest: float, highest: float) -> float:
    """Return the end of the axis that leaves room for the words behind every dot."""
    wide = max(WIDTH - room(map(str, rows["label"])) - _GAP, 1.0)
    ends = [max(highest, 1e-9)]
    for row in rows.to_dict("records"):
        taken = room([str(row.get("note") or "")]) + _GAP
        at = max(row.get("high", 0.0), row.get("value", 0.0))
        ends.append(lowest + max(at - lowest, 0.0) / (1 - min(taken / wide, 0.9)))
    return max(ends)


def _set_scale(axes: Axes, scale: str, names: list[str], lowest: float, highest: float) -> None:
    if not scale:
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        return
    axes.set_xticks([tick for tick in axes.get_xticks() if lowest <= tick <= highest])
    label_scale(axes, scale, names)
