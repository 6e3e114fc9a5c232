"""What the figures share: the style sheet, colors, rows, labels, and days on an axis."""

from __future__ import annotations

import functools
import inspect
import textwrap
import warnings
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from typing import Any, ParamSpec

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from clippings.arguments import ArgumentError
from clippings.plots._checks import TALLEST, Frame, check, fitting, names_of

INK, GREY, PALE = "#1a1a1a", "#595959", "#d9d9d9"
BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION = "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"
THEME_COLORS = {"alliances": BLUE, "missile_defense": VERMILION, "treaty_questions": GREEN}
STYLE = resources.files("clippings") / "clippings.mplstyle"
# In inches; a notebook adds PAPER around a figure.
WIDTH, PAPER, FRAME, ROW = 3.8, 0.2, 0.8, 0.3
# The column of a phone is NARROW pixels wide; there the smallest text, of SMALL points, is LEAST pixels high or more.
SMALL, NARROW, LEAST = 9.0, 358, 11
# The mean width of a letter of that size, in inches.
LETTER = 0.0745
# The layout mostly settles with the second drawing.
_DRAWS = 8
_SHORTEST_LINE = 12
# The ground of words that stand over lines.
GROUND = {"facecolor": "white", "linewidth": 0, "pad": 1.0}
# Letters in a line of a row's name: more would leave no room for what is drawn.
NAME_LINE = 32

P = ParamSpec("P")


def styled(**frames: Frame) -> Callable[[Callable[P, Figure]], Callable[P, Figure]]:
    """Check the frames and options of a figure, then draw it in the book's style; a dollar begins no formula.

    The reader's own settings stay. A first frame without rows gives a figure that says so.

    Args:
        frames: what each frame must hold, by the name of its argument, the one that is drawn first.
    """

    def decorate(draw: Callable[P, Figure]) -> Callable[P, Figure]:
        signature, first = inspect.signature(draw), next(iter(frames))

        @functools.wraps(draw)
        def styled(*args: P.args, **kwargs: P.kwargs) -> Figure:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            check(bound.arguments, frames)
            bound.arguments.update({name: _plain(bound.arguments[name]) for name in frames})
            with resources.as_file(STYLE) as path, plt.style.context(path):
                figure = (
                    draw(*bound.args, **bound.kwargs)
                    if len(bound.arguments[first])
                    else _nothing(first, bound.arguments)
                )
                if figure.get_figheight() > TALLEST:
                    plt.close(figure)
                fitting(figure.get_figheight(), first)
                _fit_names(figure, first, names_of(frames[first], first, bound.arguments), bound.arguments)
                # Labels of ticks are made when first asked for, and would take other settings.
                for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
                    axis.get_ticklabels(which="both")
                for text in figure.findobj(Text):
                    text.set_parse_math(False)
                if "link" in bound.arguments[first]:
                    # For good: each drawing may move the axes a little, and links are placed by one of them.
                    figure.draw_without_rendering()
                    figure.set_layout_engine("none")
                return figure

        return styled

    return decorate


def _plain(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """A frame whose categorical columns hold their values: categories can be neither added nor compared."""
    if frame is None:
        return None
    kinds = {column: object for column, kind in frame.dtypes.items() if isinstance(kind, pd.CategoricalDtype)}
    return frame.astype(kinds).infer_objects() if kinds else frame


def _fit_names(figure: Figure, name: str, named: Iterable[str], given: Mapping[str, Any]) -> None:
    """Break the long names of rows in lines; refuse a name that is cut off at the edge of the page all the same."""
    frame = given[name]
    cells = (cell for column in named for cell in frame[column] if isinstance(cell, str))
    long = {" ".join(cell.split()) for cell in cells if len(cell) > NAME_LINE}
    if not long:
        return
    for axes in figure.axes:
        names = [label.get_text() for label in axes.get_yticklabels()]
        broken = ["\n".join(textwrap.wrap(one, NAME_LINE)) if "\n" not in one else one for one in names]
        if broken != names:
            axes.set_yticks(axes.get_yticks(), broken)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")  # of a layout that has no room left
        _settle(figure)
    page = figure.bbox.padded(2)
    cut = [" ".join(text.get_text().split()) for text in figure.findobj(Text) if _is_cut(text, page)]
    wrong = sorted(long, key=len) if told else [one for one in long if any(one in words for words in cut)]
    if wrong:
        plt.close(figure)
        said = f"{wrong[-1][:NAME_LINE]!r}..., of {len(wrong[-1])} letters,"
        raise ArgumentError(f"{name}: {said} does not fit the figure; give a shorter name")


def _settle(figure: Figure) -> None:
    """Draw until the layout stays as it is: beside a long name the axes may get narrower each time, down to nothing."""
    before: list[tuple[float, ...]] = []
    for _ in range(_DRAWS):
        figure.draw_without_rendering()
        places = [axes.get_position().bounds for axes in figure.axes]
        if places == before:
            return
        before = places


def _is_cut(text: Text, page: Bbox) -> bool:
    box = text.get_window_extent()
    return not (page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1)


def _nothing(frame: str, given: Mapping[str, Any]) -> Figure:
    """A figure that says that there is nothing to draw."""
    figure, axes = rows_of(1, given["title"])
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    write(axes, f"nothing to draw: {frame} has no rows", (0, 0.5), (0, 0), xycoords="axes fraction", color=GREY)
    return figure


def rows_of(count: int, title: str, *, row: float = ROW) -> tuple[Figure, Axes]:
    """An empty figure as high as its rows need, first row on top."""
    figure, axes = plt.subplots(figsize=(WIDTH, FRAME + row * max(count, 1)))
    axes.set_ylim(count - 0.4, -0.6)
    axes.spines["left"].set_visible(False)
    if title:
        axes.set_title(title, loc="left")
    return figure, axes


def panels(count: int, heights: tuple[float, float], title: str) -> tuple[Figure, list[Axes]]:
    """Panels two in a line that share their axes, as many as are wanted; ``heights`` is of a line and of the rest."""
    lines = max((count + 1) // 2, 1)
    size = (WIDTH, lines * heights[0] + heights[1])
    figure, grid = plt.subplots(lines, min(max(count, 1), 2), figsize=size, squeeze=False, sharex=True, sharey=True)
    if title:
        figure.suptitle(title, x=0, ha="left", fontsize=9.5, weight="bold")
    for axes in grid.flat[count:]:
        axes.set_axis_off()
    return figure, list(grid.flat)


def room(words: Iterable[str]) -> float:
    """The width that the longest of some words takes, in inches.

    >>> room(["Belarus", "Czech Republic"]) > room(["Belarus"])
    True
    """
    return LETTER * max((len(line) for word in words for line in str(word).split("\n")), default=0)


def scale_shares(axes: Axes, names: list[str], right: float) -> None:
    """Give a panel of shares its scale from none to all, and the names of its rows."""
    axes.set_xlim(0, right)
    axes.set_xticks([0, 0.5, 1], ["0", "half", "all"])
    name_rows(axes, names)
    axes.set_ylim(max(len(names), 1) - 0.5, -0.6)


def name_rows(axes: Axes, names: list[str]) -> None:
    """Write the names of the rows, first on top."""
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", pad=6)


def label_scale(axes: Axes, label: str, names: Iterable[str]) -> None:
    """Write what the scale counts below it, broken in lines that fit beside the names of the rows."""
    broken = [line for name in names for line in textwrap.wrap(str(name), NAME_LINE)]
    letters = max(int((WIDTH - room(broken)) / LETTER), _SHORTEST_LINE)
    axes.set_xlabel("\n".join(line for part in label.split("\n") for line in textwrap.wrap(part, letters)))


def bold_rows(axes: Axes, headings: list[str]) -> None:
    """Set the names of some rows in bold, as headings over the rows below them."""
    for label in axes.get_yticklabels():
        if label.get_text() in headings:
            label.set_fontweight("bold")


def write(axes: Axes, text: str, at: tuple[float, float], shift: tuple[int, int], **style: Any) -> Annotation:
    """Write a few words beside a place, shifted by points."""
    placed = {"xytext": shift, "textcoords": "offset points", "va": "center", "fontsize": SMALL, **style}
    return axes.annotate(text, at, **placed)


def day_number(iso: str) -> float:
    """Return the place of an ISO day on a date axis."""
    return float(mdates.date2num(pd.Timestamp(iso)))
