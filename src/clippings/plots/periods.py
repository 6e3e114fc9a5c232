"""Figures of periods: who was bound by a treaty or belonged to a body, and when."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from clippings.plots.style import BLUE, GREY, ORANGE, PALE, PURPLE, day_number, mark_day, name_rows, rows_of, styled

STATUS_COLORS = {"party": BLUE, "successor": ORANGE, "suspended": PURPLE, "signatory": PALE, "withdrew": GREY}


@styled
def treaty_timeline(parties: pd.DataFrame, *, rows: str = "country", on: str | None = None, title: str = "") -> Figure:
    """Draw the periods of a treaty's parties, one row a state; what no source was read for is hatched.

    Args:
        parties: rows of ``reference.parties``: ``country``, ``status``, ``from``, ``to``, ``verified``.
        rows: the column that names the rows.
        on: a day to mark, ISO 8601.
        title: a title for the figure.

    >>> from clippings import reference
    >>> figure = treaty_timeline(reference.parties("INF"), on="2007-11-02")
    >>> "BY" in [label.get_text() for label in figure.axes[0].get_yticklabels()]
    True
    """
    ordered = parties.sort_values(["from", rows])
    names = list(dict.fromkeys(ordered[rows]))
    figure, axes = rows_of(len(names), title)
    for period in ordered.to_dict("records"):
        _draw_period(axes, names.index(period[rows]), period)
    name_rows(axes, names)
    axes.xaxis.set_major_locator(mdates.YearLocator(5))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    _name_statuses(axes, ordered)
    if on:
        mark_day(axes, on)
        axes.lines[-1].set_zorder(0.5)
    return figure


def _draw_period(axes: Axes, row: int, period: Mapping[Hashable, Any]) -> None:
    start = day_number(period["from"])
    end = day_number(period["to"]) if pd.notna(period["to"]) else axes.get_xlim()[1]
    if end <= start:
        return
    axes.barh(
        row,
        end - start,
        left=start,
        height=0.28 if period["status"] == "suspended" else 0.62,
        color=STATUS_COLORS[period["status"]],
        edgecolor="white",
        hatch=None if period["verified"] else "///",
        linewidth=0,
    )


def _name_statuses(axes: Axes, parties: pd.DataFrame) -> None:
    shown = [status for status in STATUS_COLORS if status in set(parties["status"])]
    keys = [Patch(facecolor=STATUS_COLORS[status], label=status) for status in shown]
    if not parties["verified"].all():
        keys.append(Patch(facecolor=GREY, edgecolor="white", hatch="///", label="inferred, no source read"))
    axes.legend(handles=keys, loc="upper center", bbox_to_anchor=(0.5, -0.09), ncols=3, fontsize=9)
