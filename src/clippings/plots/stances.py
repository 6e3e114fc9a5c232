"""Figures of stances: who takes which side, on what day, and after what."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from clippings.arguments import ArgumentError
from clippings.plots._checks import DAY, EVENTS, GROUPS, LABEL, LINKED, LINKS, ROWS, Frame, one_of
from clippings.plots._links import lead
from clippings.plots.chronology import paper, under_events
from clippings.plots.style import BLUE, GREY, INK, ORANGE, PALE, VERMILION, room, styled, write

# Marker, fill: the shape says what the color says.
STANCES = {
    "supports": ("^", BLUE),
    "neutral": ("o", "white"),
    "conditional": ("D", ORANGE),
    "opposes": ("v", VERMILION),
}
# Heights in inches, letters in a line of a heading, and the width of a point as a share of the days shown.
_STEP, _PAD, _HEADING, _WIDE = 0.115, 0.2, 47, 0.024
# What lies between the names of the rows and the panels, in inches.
_BESIDE = 0.12


class _Point(NamedTuple):
    """First and last day, the lowest level that is free, and the row."""

    first: float
    last: float
    level: int
    row: Mapping[Hashable, Any]


@styled(
    stances=Frame(
        {"date": DAY, "=rows": LABEL, "=panels": LABEL},
        optional=({"stance": one_of(tuple(STANCES))}, LINKS),
        where=LINKED,
        fits={"=rows": ROWS, "=panels": GROUPS},
        rows=1000,
    ),
    events=EVENTS,
)
def stance_ladder(
    stances: pd.DataFrame,
    *,
    rows: str = "country",
    order: list[str] | None = None,
    panels: str | None = None,
    shade: tuple[str, str] | None = None,
    events: pd.DataFrame | None = None,
    between: tuple[str, str] | None = None,
    title: str = "",
) -> Figure:
    """Draw dated stances, or any dated things, one row a source country or level, under labelled events.

    Points of one time stack. A date known only to the month is drawn in the middle of a line that spans it.

    Args:
        stances: one row a stance: ``date`` (ISO 8601, a day or a month), the column ``rows``, and ``stance``
            (supports, neutral, conditional, opposes); without that column all points are alike. Optional are
            ``link`` (where a point leads) and ``link_name``, for ``image_map``.
        rows: the column that names the rows.
        order: the rows from top to bottom, all of them; else as they first occur. Rows without a point are drawn too.
        panels: the column that names the panels, one above the other, each with all rows: two codings, for instance.
        shade: first and last day or month of a time to set off.
        events: ``date``, ``label``: drawn as lines, each named above.
        between: first and last day to show, else those of the stances; what lies outside is not counted either.
        title: a title for the figure.

    Returns:
        The figure; where ``stances`` has no rows, one that says so.

    Raises:
        MissingColumn: ``stances`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> said = {"date": ["2007-08-27", "2008-11"], "country": ["RU", "US"], "stance": ["opposes", "supports"]}
    >>> figure = stance_ladder(pd.DataFrame(said))
    >>> [label.get_text() for label in figure.axes[1].get_yticklabels()]
    ['RU, 1', 'US, 1']
    """
    names = list(dict.fromkeys(stances[rows])) if order is None else order
    _refuse_left_out(stances[rows], names)
    days = [_days(str(date)) for date in stances["date"]]
    placed = stances.assign(first=[first for first, _ in days], last=[last for _, last in days])
    bounds = _bounds(placed, between)
    placed = placed[((placed["first"] + placed["last"]) / 2).between(*bounds)]
    gap = (bounds[1] - bounds[0]) * _WIDE
    shown = {"": placed}
    if panels is not None:
        shown = {one: placed[placed[panels] == one] for one in stances[panels].unique()}
    ladders = [[_stacked(part[part[rows] == name], gap) for name in names] for part in shown.values()]
    headings = ["\n".join(textwrap.wrap(str(name), _HEADING)) for name in shown]
    tall = [sum(map(_height, levels)) + _head(words) + 0.05 for levels, words in zip(ladders, headings, strict=True)]
    beside = room(label for levels in ladders for label in _counted(names, levels)) + _BESIDE
    figure, drawn = under_events(tall or [0.1], bounds, events, title, beside=beside)
    for axes, height, heading, levels in zip(drawn, tall, headings, ladders, strict=False):
        _draw_rows(axes, names, levels, gap)
        axes.set_ylim(-0.05, height - 0.05)
        if heading:
            place = {"xycoords": ("figure fraction", "axes fraction"), "va": "top", "linespacing": 1.1}
            write(axes, heading, (0.01, 1), (0, -3), weight="bold", bbox=paper(), **place)
        if shade is not None:
            below = {"ymax": 1 - _head(heading) / height, "zorder": 0}
            axes.axvspan(_days(shade[0])[0], _days(shade[1])[1], color=PALE, alpha=0.6, linewidth=0, **below)
    drawn[-1].xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=5))
    drawn[-1].xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))
    if rows != "stance":
        _name_stances(figure, stances)
    return figure


def _refuse_left_out(given: pd.Series, names: list[str]) -> None:
    """An order that leaves a row out would leave its points out in silence."""
    left = given[~given.isin(names)]
    if len(left):
        others = ", ".join(map(repr, dict.fromkeys(left)))
        raise ArgumentError(
            f"order leaves out {others}, with {len(left)} of {len(given)} rows of stances; name every row in order, "
            "or leave those rows out of the frame"
        )


def _head(words: str) -> float:
    return 0.1 + 0.16 * (words.count("\n") + 1) if words else 0.05


def _height(points: list[_Point]) -> float:
    return _PAD + _STEP * (1 + max([0, *(point.level for point in points)]))


def _counted(names: list[str], levels: list[list[_Point]]) -> list[str]:
    return [f"{name}, {len(points)}" for name, points in zip(names, levels, strict=True)]


def _draw_rows(axes: Axes, names: list[str], levels: list[list[_Point]], wide: float) -> None:
    base, ticks = sum(map(_height, levels)), []
    for points in levels:
        height = _height(points)
        base -= height
        axes.axhline(base, color=PALE, linewidth=0.8, zorder=0.4)
        for point in points:
            _draw(axes, point, base + (_PAD + _STEP) / 2 + point.level * _STEP, wide)
        ticks.append(base + height / 2)
    axes.set_yticks(ticks, _counted(names, levels))
    axes.spines["left"].set_visible(False)


def _bounds(placed: pd.DataFrame, between: tuple[str, str] | None) -> tuple[float, float]:
    if between is not None:
        return _days(between[0])[0], _days(between[1])[1]
    low, high = placed["first"].min(), placed["last"].max()
    margin = 0.03 * (high - low) + 15
    return float(low - margin), float(high + margin)


def _days(date: str) -> tuple[float, float]:
    period = pd.Period(date, freq="M" if len(date) == len("2007-08") else "D")
    return float(mdates.date2num(period.start_time)), float(mdates.date2num(period.end_time.floor("D")))


def _stacked(points: pd.DataFrame, gap: float) -> list[_Point]:
    """Return the points in order of time, each on the lowest level that is free."""
    rows = sorted(points.to_dict("records"), key=lambda row: (row["first"] + row["last"], row.get("stance", "")))
    free: list[float] = []
    found = []
    for row in rows:
        at = (row["first"] + row["last"]) / 2
        level = next((number for number, until in enumerate(free) if at >= until), len(free))
        free[level : level + 1] = [at + gap]
        found.append(_Point(row["first"], row["last"], level, row))
    return found


def _draw(axes: Axes, point: _Point, height: float, wide: float) -> None:
    marker, color = STANCES.get(point.row.get("stance", ""), ("o", BLUE))
    at = (point.first + point.last) / 2
    if point.last > point.first:
        axes.hlines(height, point.first, point.last, color=GREY, linewidth=1.2)
    axes.plot([at], [height], marker=marker, markersize=5.6, color=color, markeredgecolor=INK, markeredgewidth=0.6)
    lead(axes, point.row, (at - wide / 2, at + wide / 2), (height - _STEP / 2, height + _STEP / 2))


def _name_stances(figure: Figure, stances: pd.DataFrame) -> None:
    shown = [stance for stance in STANCES if "stance" in stances and stance in set(stances["stance"])]
    look = {"linestyle": "", "markersize": 6, "markeredgecolor": INK, "markeredgewidth": 0.6}
    keys = [Line2D([], [], marker=STANCES[s][0], color=STANCES[s][1], label=s, **look) for s in shown]  # type: ignore[arg-type]
    if keys:
        figure.legend(
            handles=keys, loc="outside lower center", ncols=4, handletextpad=0, columnspacing=0.8, borderpad=0
        )
