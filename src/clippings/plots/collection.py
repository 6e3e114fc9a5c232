"""Figures of a collection: whose pages it holds, from when, and what they lack."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clippings.plots._checks import BASE, COUNT, GROUPS, LINKED, LINKS, NAME, ROWS, SHARE, YEAR, YEARS_BESIDE, Frame
from clippings.plots._links import lead
from clippings.plots.style import BLUE, FRAME, GREY, PALE, SMALL, WIDTH, panels, scale_shares, styled, write

# Squares stand in lines of five, as in a tally, and a column of them apart from the next.
_FIVE, _STEP = 5, 6.4
_SQUARE = 0.06


@styled(
    clippings=Frame(
        {"outlet": NAME, "year": YEAR},
        optional=(LINKS,),
        where=LINKED,
        fits={"outlet": ROWS, "year": YEARS_BESIDE},
        rows=2000,
    ),
)
def outlets_by_year(clippings: pd.DataFrame, *, rest: str = "", unknown: str = "", title: str = "") -> Figure:
    """Draw one square a clipping, by outlet and year, in lines of five; the largest outlets on top.

    Args:
        clippings: one row a clipping: ``outlet``, ``year`` (a number). Optional are ``link`` (where a square leads)
            and ``link_name``, for ``image_map``.
        rest: the outlet that stands for all others, drawn below them in grey.
        unknown: the outlet that stands for those not known, drawn at the foot and hollow.
        title: a title for the figure.

    Returns:
        The figure; where ``clippings`` has no rows, one that says so.

    Raises:
        MissingColumn: ``clippings`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"outlet": ["Tass", "Tass", "none named"], "year": [2005, 2006, 2006]})
    >>> figure = outlets_by_year(frame, unknown="none named")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['Tass', 'none named']
    """
    known = [int(year) for year in clippings["year"]]
    years = range(min(known), max(known) + 1)
    counts = clippings.groupby(["outlet", "year"]).size().unstack(fill_value=0).reindex(columns=years, fill_value=0)
    foot = {rest: ("#8c8c8c", "#8c8c8c"), unknown: ("white", GREY)}
    order = sorted(set(counts.index) - set(foot), key=lambda name: (-counts.loc[name].sum(), name))
    counts = counts.loc[[*order, *(name for name in foot if name in counts.index)]]
    heights = [-(-int(most) // _FIVE) + 1.1 for most in counts.max(axis=1)]
    tops = [sum(heights[:row]) for row in range(len(heights))]
    figure, axes = plt.subplots(figsize=(WIDTH, FRAME - 0.2 + _SQUARE * 1.16 * max(sum(heights), 1)))
    axes.set_title(title, loc="left", pad=26)
    for (_, row), name, top, height in zip(counts.iterrows(), counts.index, tops, heights, strict=True):
        for column, count in enumerate(row):
            if count:
                chosen = clippings[(clippings["outlet"] == name) & (clippings["year"] == years[column])]
                _squares(axes, column * _STEP, top, chosen, *foot.get(name, (BLUE, BLUE)))
        write(axes, f"{row.sum()}", (len(years) * _STEP + 1, top + height / 2 - 0.55), (0, 0), ha="center")
        axes.axhline(top + height - 0.55, color=PALE, linewidth=0.6, zorder=0)
    _frame_of_squares(axes, counts, tops, heights)
    return figure


def _squares(axes: Axes, left: float, top: float, clippings: pd.DataFrame, face: str, edge: str) -> None:
    places = [(left + number % _FIVE, top + number // _FIVE + 0.5) for number in range(len(clippings))]
    across, down = zip(*places, strict=True)
    for (x, y), clipping in zip(places, clippings.to_dict("records"), strict=True):
        lead(axes, clipping, (x - 0.5, x + 0.5), (y + 0.5, y - 0.5))
    axes.scatter(across, down, s=8, marker="s", facecolor=face, edgecolor=edge, linewidth=0.8)


def _frame_of_squares(axes: Axes, counts: pd.DataFrame, tops: list[float], heights: list[float]) -> None:
    total = len(counts.columns) * _STEP + 1
    axes.set_xlim(-1, total + 1.6)
    axes.set_ylim(max(sum(heights), 1) - 0.5, -0.6)
    axes.set_yticks([top + height / 2 - 0.55 for top, height in zip(tops, heights, strict=True)], list(counts.index))
    middles = [column * _STEP + (_FIVE - 1) / 2 for column in range(len(counts.columns))]
    named = [f"{year}\n{counts[year].sum()}" for year in counts.columns]
    axes.set_xticks([*middles, total], [*named, f"all\n{counts.to_numpy().sum()}"])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)


@styled(
    shares=Frame(
        {"measure": NAME, "year": YEAR, "clippings": COUNT, "of": BASE, "low": SHARE, "high": SHARE},
        optional=(LINKS,),
        where=LINKED,
        ordered=(("clippings", "of"), ("low", "high")),
        key=("measure", "year"),
        fits={"measure": GROUPS, "year": ROWS},
        rows=GROUPS * ROWS,
    ),
)
def shares_by_year(shares: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw shares with their intervals, one panel a measure, one row a year.

    Args:
        shares: one row a measure and year: ``measure``, ``year``, ``clippings`` (that have it), ``of`` (all), ``low``
            and ``high`` (the interval of the share). Optional are ``link`` (where a row leads) and ``link_name``, for
            ``image_map``.
        title: a title for the figure.

    Returns:
        The figure; where ``shares`` has no rows, one that says so.

    Raises:
        MissingColumn: ``shares`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> one = {"measure": "cut short", "year": 2005, "clippings": 6, "of": 7, "low": 0.49, "high": 0.97}
    >>> [text.get_text() for text in shares_by_year(pd.DataFrame([one])).axes[0].texts]
    ['6 of 7']
    """
    measures, years = list(dict.fromkeys(shares["measure"])), sorted(set(shares["year"]))
    figure, grid = panels(len(measures), (0.6 + 0.25 * len(years), 0.45), title)
    for axes, measure in zip(grid, measures, strict=False):
        axes.set_title(measure)
        axes.spines["left"].set_visible(False)
        for share in shares[shares["measure"] == measure].to_dict("records"):
            row, part = years.index(share["year"]), share["clippings"] / share["of"]
            axes.plot([share["low"], share["high"]], [row, row], color=BLUE, linewidth=2, solid_capstyle="butt")
            axes.plot(part, row, "o", color=BLUE, markersize=5, clip_on=False)
            write(axes, f"{share['clippings']} of {share['of']}", (1.04, row), (0, 0))
            lead(axes, share, (0, 1.42), (row + 0.5, row - 0.5))
    scale_shares(grid[0], [str(year) for year in years], 1.42)
    figure.supxlabel("share of the year's clippings", fontsize=SMALL, color="#333333")
    return figure
