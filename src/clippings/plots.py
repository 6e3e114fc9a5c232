"""Figures of the book: one idea each; a function takes a tidy frame and returns a matplotlib Figure.

Colors are Okabe and Ito's; what a color says is also said by a label or by position, so that figures read in grey.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Mapping
from importlib import resources
from typing import Any, ParamSpec

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Annotation

INK, GREY, PALE = "#1a1a1a", "#595959", "#d9d9d9"
BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION = "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"
STATUS_COLORS = {"party": BLUE, "successor": ORANGE, "suspended": PURPLE, "signatory": PALE, "withdrew": GREY}
THEME_COLORS = {"alliances": BLUE, "missile_defense": VERMILION, "treaty_questions": GREEN}
_STYLE = resources.files("clippings") / "clippings.mplstyle"
_WIDTH, _FRAME, _ROW = 5.4, 0.9, 0.32

P = ParamSpec("P")


def _styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Draw in the book's style without changing the reader's own settings."""

    @functools.wraps(draw)
    def styled(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with resources.as_file(_STYLE) as path, plt.style.context(path):
            return draw(*args, **kwargs)

    return styled


@_styled
def evidence_strip(marks: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw where each layer of evidence stands along a text.

    Args:
        marks: one row a mark: ``layer`` (the row it is drawn in, first seen on top), ``start``, ``end`` (code points).
        title: a title for the figure.

    >>> import pandas as pd
    >>> marks = pd.DataFrame({"layer": ["quotes", "dates"], "start": [10, 40], "end": [30, 47]})
    >>> [label.get_text() for label in evidence_strip(marks).axes[0].get_yticklabels()]
    ['quotes', 'dates']
    """
    layers = list(dict.fromkeys(marks["layer"]))
    figure, axes = _rows(len(layers), title)
    for row, layer in enumerate(layers):
        chosen = marks[marks["layer"] == layer]
        bars = list(zip(chosen["start"], chosen["end"] - chosen["start"], strict=True))
        axes.broken_barh(bars, (row - 0.34, 0.68), facecolors=THEME_COLORS.get(layer, GREY), linewidth=0)
    _name_rows(axes, [layer.replace("_", " ") for layer in layers])
    axes.set_xlabel("position in the text, in characters")
    return figure


@_styled
def voices(speakers: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw how many words each speaker is quoted for, with the body spoken for.

    Args:
        speakers: one row a speaker: ``speaker``, ``label`` (written behind the name), ``words``.
        title: a title for the figure.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"speaker": ["A. Petrova"], "label": ["Minsk Institute, BY"], "words": [12]})
    >>> [text.get_text() for text in voices(frame).axes[0].texts]
    ['A. Petrova', 'Minsk Institute, BY', '12']
    """
    figure, axes = _rows(len(speakers), title, row=0.62)
    axes.barh(range(len(speakers)), speakers["words"], height=0.34, color=BLUE)
    for row, speaker in enumerate(speakers.to_dict("records")):
        name = _write(axes, speaker["speaker"], (0, row - 0.34), (0, 0), weight="bold")
        _write(axes, speaker["label"], (1, 0.5), (6, 0), xycoords=name)
        _write(axes, f"{speaker['words']}", (speaker["words"], row), (5, 0))
    axes.set_yticks([])
    axes.set_xlabel("words quoted")
    return figure


@_styled
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
    figure, axes = _rows(len(names), title)
    for period in ordered.to_dict("records"):
        _draw_period(axes, names.index(period[rows]), period)
    _name_rows(axes, names)
    axes.xaxis.set_major_locator(mdates.YearLocator(5))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    _name_statuses(axes, ordered)
    if on:
        _mark_day(axes, on)
    return figure


def _rows(count: int, title: str, *, row: float = _ROW) -> tuple[Figure, Axes]:
    """An empty figure as high as its rows need, first row on top."""
    figure, axes = plt.subplots(figsize=(_WIDTH, _FRAME + row * max(count, 1)))
    axes.set_ylim(count - 0.4, -0.6)
    axes.spines["left"].set_visible(False)
    if title:
        axes.set_title(title, loc="left")
    return figure, axes


def _name_rows(axes: Axes, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), names)


def _write(axes: Axes, text: str, at: tuple[float, float], shift: tuple[int, int], **style: Any) -> Annotation:
    placed = {"xytext": shift, "textcoords": "offset points", "va": "center", "fontsize": 9, **style}
    return axes.annotate(text, at, **placed)


def _draw_period(axes: Axes, row: int, period: Mapping[Hashable, Any]) -> None:
    start = _number(period["from"])
    end = _number(period["to"]) if pd.notna(period["to"]) else axes.get_xlim()[1]
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


def _mark_day(axes: Axes, on: str) -> None:
    at = _number(on)
    axes.axvline(at, color=INK, linewidth=1, linestyle="--")
    axes.annotate(on, (at, -0.6), xytext=(4, 2), textcoords="offset points", fontsize=9, annotation_clip=False)


def _number(iso: str) -> float:
    return float(mdates.date2num(pd.Timestamp(iso)))
