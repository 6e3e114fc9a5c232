"""Figures of membership: who belonged to what, and when."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clippings.plots._checks import DAY, FLAG, LINKED, LINKS, NAME, NOTE, ROWS, TEXT, Frame
from clippings.plots._links import lead
from clippings.plots.style import (
    BLUE,
    FRAME,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    WIDTH,
    day_number,
    room,
    styled,
    write,
)

BODY_COLORS = (PALE, SKY, ORANGE, GREEN, PURPLE, BLUE)
# Heights in bars, the height of a bar in inches, the width of the time axis in inches.
_HEADING, _LANE_GAP, _BAR, _AXIS = 1.4, 0.6, 0.19, 2.8


@styled(
    memberships=Frame(
        {"=rows": NAME, "organisation": NAME, "from": DAY, "to": DAY},
        optional=({"group": NOTE}, {"label": TEXT}, {"contested": FLAG}, LINKS),
        where={
            **LINKED,
            "organisation": ("organisation",),
            "from": ("organisation", "from"),
            "to": ("to",),
            "label": ("organisation",),
            "contested": ("organisation",),
        },
        ordered=(("from", "to"),),
        fits={"=rows": ROWS},
        rows=4 * ROWS,
    ),
)
def membership_timeline(
    memberships: pd.DataFrame, *, on: str | None = None, rows: str = "country", title: str = ""
) -> Figure:
    """Draw who belonged to what and when: a lane a state, in it a bar a body, each bar with its name.

    Args:
        memberships: one row a period: ``country``, ``organisation``, ``from``, ``to``, as ``reference.members`` gives
            them; a row without an ``organisation`` keeps a lane for a state that belonged to none. A column ``group``
            writes a heading over the lanes that share it, a column ``label`` other words than the body into a bar, and
            a true ``contested`` hatches one. Optional are ``link`` (where a bar leads) and ``link_name``, for
            ``image_map``. Lanes and bodies stand in the order in which they come.
        on: a day to mark, ISO 8601.
        rows: the column that names the lanes.
        title: a title for the figure.

    Returns:
        The figure; where ``memberships`` has no rows, one that says so.

    Raises:
        MissingColumn: ``memberships`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> from clippings import reference
    >>> figure = membership_timeline(reference.members("Union State"), on="2007-11-02")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['BY', 'RU']
    """
    periods = memberships.dropna(subset=["organisation"])
    bodies = list(periods["organisation"].unique())
    places, headings, bars, bottom = _lanes(memberships, rows)
    figure, axes = plt.subplots(figsize=(WIDTH, FRAME + _BAR * max(bottom, 2)))
    axes.set_ylim(bottom, -0.4)
    axes.spines["left"].set_visible(False)
    axes.set_title(title, loc="left", pad=18)
    _frame_years(axes, memberships)
    for period in periods.to_dict("records"):
        color = BODY_COLORS[bodies.index(period["organisation"]) % len(BODY_COLORS)]
        _draw_membership(axes, bars[period[rows], period["organisation"]], color, period)
    for lane in set(places) - set(periods[rows]):
        write(axes, "none of these", (axes.get_xlim()[0], places[lane]), (4, 0), color=GREY, style="italic")
    for heading, at in headings.items():
        write(axes, heading, (axes.get_xlim()[0], at), (-2, 0), weight="bold", annotation_clip=False)
    axes.set_yticks(list(places.values()), list(places))
    if on:
        at = day_number(on)
        axes.axvline(at, color=INK, linewidth=1, linestyle="--", zorder=0.5)
        write(axes, on, (at, -0.6), (4, 2), va="baseline", annotation_clip=False)
    return figure


def _lanes(
    memberships: pd.DataFrame, rows: str
) -> tuple[dict[str, float], dict[str, float], dict[tuple[str, str], float], float]:
    """Where the middle of each lane lies, each heading, each bar, and where the last lane ends."""
    places: dict[str, float] = {}
    headings: dict[str, float] = {}
    bars: dict[tuple[str, str], float] = {}
    at = 0.0
    order = {body: place for place, body in enumerate(memberships["organisation"].dropna().unique())}
    for lane, periods in memberships.groupby(rows, sort=False):
        heading = periods["group"].iloc[0] if "group" in periods else None
        if heading and heading not in headings:
            headings[heading] = at + 0.5 * _LANE_GAP
            at += _HEADING
        names = sorted(periods["organisation"].dropna().unique(), key=order.__getitem__)
        bars |= {(str(lane), name): at + place + 0.5 for place, name in enumerate(names)}
        places[str(lane)] = at + max(len(names), 1) / 2
        at += max(len(names), 1) + _LANE_GAP
    return places, headings, bars, max(at, 1.0)


def _frame_years(axes: Axes, memberships: pd.DataFrame) -> None:
    starts = [day_number(start) for start in memberships["from"].dropna()]
    ends = [day_number(end) for end in memberships["to"].dropna()]
    first = min(starts, default=day_number("1991-01-01"))
    axes.set_xlim(first - 120, max([*ends, day_number("2013-01-01"), first + 365]))
    axes.xaxis.set_major_locator(mdates.YearLocator(5))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))


def _draw_membership(axes: Axes, at: float, color: str, period: Mapping[Hashable, Any]) -> None:
    first, last = axes.get_xlim()
    start = day_number(period["from"])
    end = day_number(period["to"]) if pd.notna(period["to"]) else last
    hatch = "///" if period.get("contested", False) else ""
    bar = axes.barh(at, end - start, left=start, height=0.86, color=color, edgecolor="white", linewidth=0.8)
    bar.patches[0].set_hatch(hatch)
    lead(axes, period, (start, end), (at + 0.43, at - 0.43))
    words = period.get("label", period["organisation"])
    # A name that does not fit into its bar stands before it; where there is no room either it is left out.
    needed = room([words]) / _AXIS * (last - first)
    if needed < end - start:
        write(axes, words, (start, at), (4, 0))
    elif needed < start - first:
        write(axes, words, (start, at), (-4, 0), ha="right")
