"""Figures of time: how much was printed on each theme, quarter by quarter, under the events of those years."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clippings.plots._checks import COUNT, EVENTS, GROUPS, LINKED, LINKS, NAME, QUARTER, YEARS_ACROSS, Frame
from clippings.plots._links import lead
from clippings.plots.style import GREY, INK, LETTER, PALE, THEME_COLORS, WIDTH, day_number, styled, write

_LINE = 0.175
# What stands beside the panels, and lies between a line and its words, in inches.
_BESIDE, _GAP = 0.55, 0.06
# How far a panel goes on above its highest bar, so that its heading covers none.
_ROOM = 1.38


@styled(
    volume=Frame(
        {"theme": NAME, "quarter": QUARTER, "clippings": COUNT, "of": COUNT},
        optional=(LINKS,),
        where=LINKED,
        ordered=(("clippings", "of"),),
        key=("theme", "quarter"),
        fits={"theme": GROUPS, "quarter": 4 * YEARS_ACROSS},
        rows=GROUPS * 4 * YEARS_ACROSS,
    ),
    events=EVENTS,
)
def chronology(volume: pd.DataFrame, *, events: pd.DataFrame | None = None, title: str = "") -> Figure:
    """Draw the clippings of each theme by quarter, one panel a theme, with all clippings of the quarter behind.

    Args:
        volume: one row a theme and quarter: ``theme``, ``quarter`` (``2007Q4``), ``clippings``, and ``of``, all
            clippings of that quarter. The first theme stands on top. Optional are ``link`` (where a bar leads) and
            ``link_name``, for ``image_map``.
        events: ``date`` (ISO 8601), ``label``: drawn as lines, each named above the panels.
        title: a title for the figure.

    Returns:
        The figure; where ``volume`` has no rows, one that says so.

    Raises:
        MissingColumn: ``volume`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> volume = pd.DataFrame({"theme": ["alliances"], "quarter": ["2007Q4"], "clippings": [3], "of": [5]})
    >>> events = pd.DataFrame({"date": ["2007-12-12"], "label": ["CFE suspended"]})
    >>> [text.get_text() for text in chronology(volume, events=events).axes[0].texts]
    ['CFE suspended']
    """
    themes = list(dict.fromkeys(volume["theme"]))
    quarters = pd.PeriodIndex(volume["quarter"], freq="Q")
    spans = volume.assign(left=mdates.date2num(quarters.start_time), right=mdates.date2num(quarters.end_time))
    bounds = (float(spans["left"].min()), float(spans["right"].max()))
    figure, panels = under_events([1.0] * len(themes), bounds, events, title, beside=_BESIDE)
    top = max([1, *volume["of"]])
    for theme, axes in zip(themes, panels, strict=False):
        rows = spans[spans["theme"] == theme]
        place = {"x": rows["left"], "width": 0.86 * (rows["right"] - rows["left"]), "align": "edge"}
        axes.bar(height=rows["of"], color=PALE, **place)
        axes.bar(height=rows["clippings"], color=THEME_COLORS.get(theme, GREY), **place)
        axes.set_ylim(0, top * _ROOM)
        for row in rows.to_dict("records"):
            lead(axes, row, (row["left"], row["right"]), (0, top))
        words = f"{theme.replace('_', ' ')}: {rows['clippings'].sum()} of {rows['of'].sum()}"
        write(axes, words, (0, 1), (4, -8), xycoords="axes fraction", weight="bold", bbox=paper())
    panels[-1].xaxis.set_major_locator(mdates.YearLocator())
    panels[-1].xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    panels[len(panels) // 2].set_ylabel("clippings a quarter")
    return figure


class _Label(NamedTuple):
    """An event as it is written: its day, its words in lines, and the side of its line on which they stand."""

    day: float
    lines: list[str]
    side: str


def under_events(
    heights: list[float], bounds: tuple[float, float], events: pd.DataFrame | None, title: str, *, beside: float
) -> tuple[Figure, list[Axes]]:
    """Return panels that share their days, under a band where each event is named on lines of its own.

    Args:
        heights: the heights of the panels, in inches.
        bounds: the first and last day, as numbers.
        events: ``date``, ``label``; those outside the bounds are left out.
        title: a title for the figure.
        beside: the width of what stands to the left of the panels, in inches.
    """
    named = _named(events, bounds, beside)
    band = 0.1 + _LINE * sum(len(label.lines) for label in named)
    grid = {"height_ratios": [band, *heights]}
    size = (WIDTH, 0.45 + band + sum(heights) + (0.3 if title else 0))
    figure, (top, *panels) = plt.subplots(1 + len(heights), figsize=size, sharex=True, gridspec_kw=grid)
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.set(h_pad=0.02, hspace=0)  # type: ignore[call-arg]
    top.set_xlim(*bounds)
    top.set_ylim(band, 0)
    top.set_axis_off()
    if title:
        top.set_title(title, loc="left")
    height = 0.0
    for day, lines, side in named:
        middle = height + _LINE * len(lines) / 2
        height += _LINE * len(lines)
        align, shift = ("left", (4, 0)) if side == "right" else ("right", (-4, 0))
        write(top, "\n".join(lines), (day, middle), shift, ha=align, linespacing=1.05)
        top.vlines(day, middle, band + 0.09, color=GREY, linewidth=0.7, clip_on=False)
        top.plot([day], [middle], marker="o", markersize=3, color=INK, clip_on=False)
        for axes in panels:
            axes.axvline(day, color=GREY, linewidth=0.7, zorder=0.5)
    return figure, list(panels)


def _named(events: pd.DataFrame | None, bounds: tuple[float, float], beside: float) -> list[_Label]:
    """Return the events from top to bottom, so that no words lie on the line of another, in the fewest lines."""
    if events is None:
        return []
    days = [day_number(date) for date in events["date"]]
    dated = sorted(zip(days, events["label"], strict=True), key=lambda one: one[0])
    shown = [(day, words) for day, words in dated if bounds[0] <= day <= bounds[1]]
    scale = (WIDTH - beside) / (bounds[1] - bounds[0])
    placed = [(day, (day - bounds[0]) * scale, words) for day, words in shown]
    ways = (_split(placed, at, beside) for at in range(len(placed), -1, -1))
    return min(ways, key=lambda labels: sum(len(label.lines) for label in labels))


def _split(placed: list[tuple[float, float, str]], at: int, beside: float) -> list[_Label]:
    """Write the events before ``at`` on the right of their lines, and the others on the left and above them.

    On the left the latest stands on top, on the right the first; those on the right end before the others' lines.
    """
    edge = placed[at][1] if at < len(placed) else WIDTH - beside
    left = [_Label(day, _wrapped(words, beside + place), "left") for day, place, words in placed[at:]]
    right = [_Label(day, _wrapped(words, edge - place), "right") for day, place, words in placed[:at]]
    return [*reversed(left), *right]


def _wrapped(words: str, room: float) -> list[str]:
    """Return the fewest lines that fit, as even as they can be: no word stands alone in a last one."""
    widest = max(int((room - 2 * _GAP) / LETTER), 1)
    lines = textwrap.wrap(words, widest) or [""]
    ways = (textwrap.wrap(words, width, break_long_words=False) for width in range(1, widest))
    return next((way for way in ways if len(way) == len(lines) and max(map(len, way)) <= widest), lines)


def paper() -> dict[str, object]:
    """The ground of words that stand over lines."""
    return {"facecolor": "white", "edgecolor": "none", "pad": 1}
