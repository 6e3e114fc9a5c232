"""Figures of sources: who speaks, at what length, and who is only spoken about."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from clippings.plots._checks import COUNT, LINKED, LINKS, NAME, SHARE, TEXT, Frame
from clippings.plots._links import lead
from clippings.plots.style import BLUE, FRAME, GREY, INK, LETTER, ORANGE, PALE, WIDTH, rows_of, styled, write

# Letters in a line; the height of a row in inches, of which its words take the upper part; a heading is half as high.
_LINE, _ROW, _WORDS = int(WIDTH / LETTER), 0.44, -0.32
# From a bar to the middle of a name that has no label below it, in inches.
_ABOVE_BAR = 0.2
_BARS = {"named": (PALE, 0.4), "speaks": (BLUE, 0.22)}


@styled(
    speakers=Frame(
        {"speaker": NAME, "label": TEXT, "words": COUNT}, optional=({"reported": COUNT}, LINKS), where=LINKED
    )
)
def voices(speakers: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw how many words each speaker is quoted for, with the body spoken for.

    Args:
        speakers: one row a speaker: ``speaker``, ``label`` (written below the name), ``words``; where there is a
            column ``reported``, the words reported of each without marks are drawn behind. Optional are ``link``
            (where a speaker leads) and ``link_name``, for ``image_map``.
        title: a title for the figure.

    Returns:
        The figure; where ``speakers`` has no rows, one that says so.

    Raises:
        MissingColumn: ``speakers`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"speaker": ["A. Petrova"], "label": ["Minsk Institute, BY"], "words": [12]})
    >>> [text.get_text() for text in voices(frame).axes[0].texts]
    ['A. Petrova', 'Minsk Institute, BY', '12']
    >>> voices(frame.assign(reported=5)).axes[0].texts[-1].get_text()
    '12, and 5 reported'
    """
    labels = ["\n".join(textwrap.wrap(str(label), _LINE)) for label in speakers["label"]]
    lines = max((label.count("\n") for label in labels), default=0)
    tall = 0.62 + 0.15 * lines
    figure, axes = rows_of(len(speakers), title, row=tall)
    is_split = "reported" in speakers
    reported = speakers["reported"] if is_split else 0 * speakers["words"]
    if is_split:
        axes.barh(range(len(speakers)), speakers["words"] + reported, height=0.2 / tall, color=PALE)
    axes.barh(range(len(speakers)), speakers["words"], height=0.2 / tall, color=BLUE)
    rows = zip(speakers.to_dict("records"), labels, reported, strict=True)
    for row, (speaker, label, more) in enumerate(rows):
        above = (0.36 + 0.15 * label.count("\n") if label else _ABOVE_BAR) / tall
        write(axes, speaker["speaker"], (0, row - above), (0, 0), weight="bold")
        if label:
            write(axes, label, (0, row - 0.11 / tall), (0, 0), va="bottom", color=GREY, linespacing=1.1)
        told = f"{speaker['words']}" + (f", and {more} reported" if more else "")
        write(axes, told, (speaker["words"] + more, row), (5, 0))
    axes.set_ylim(len(speakers) - 0.7, -0.8)
    axes.set_xlim(0, max([*(speakers["words"] + reported), 1]) * (1.4 if is_split else 1.12))
    for at, speaker in enumerate(speakers.to_dict("records")):
        lead(axes, speaker, axes.get_xlim(), (at + 0.25, at - 0.75))
    axes.set_yticks([])
    axes.set_xlabel("words quoted (blue), reported without marks (grey)" if is_split else "words quoted")
    return figure


@styled(
    states=Frame(
        {"state": NAME, "named": COUNT, "speaks": COUNT},
        optional=({"low": SHARE, "high": SHARE}, {"group": NAME}, {"named_again": COUNT, "speaks_again": COUNT}, LINKS),
        where=LINKED,
        ordered=(("speaks", "named"), ("speaks_again", "named_again"), ("low", "high")),
    )
)
def named_and_speaking(states: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw how many clippings name each state, and in how many a source speaks for it.

    Args:
        states: one row a state, drawn in this order: ``state``, ``named`` (clippings that name it), ``speaks``
            (those of them in which it speaks). Optional are ``low`` and ``high`` (an interval of the share that
            speaks, drawn in clippings), ``group`` (a heading over the rows that share it), ``named_again`` and
            ``speaks_again``, the same in another coding, whose share of the bar a diamond marks, and ``link`` (where a
            row leads) with ``link_name``, for ``image_map``.
        title: a title for the figure.

    Returns:
        The figure; where ``states`` has no rows, one that says so.

    Raises:
        MissingColumn: ``states`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"state": ["Poland"], "named": [33], "speaks": [3]})
    >>> [text.get_text() for text in named_and_speaking(frame).axes[0].texts]
    ['Poland', 'speaks in 3 of 33']
    >>> named_and_speaking(frame.assign(named_again=30, speaks_again=2)).axes[0].texts[1].get_text()
    'speaks in 3 of 33, blind 2 of 30'
    """
    headings = list(dict.fromkeys(states["group"])) if "group" in states else []
    lines = len(states) + 0.6 * len(headings)
    figure, axes = plt.subplots(figsize=(WIDTH, FRAME + _ROW * max(lines, 1)))
    axes.set_title(title, loc="left")
    axes.set_xlim(0, max([*states["named"], 1]) * 1.02)
    at, shown = 0.0, set()
    for state in states.to_dict("records"):
        if headings and state["group"] not in shown:
            shown.add(state["group"])
            write(axes, state["group"], (0, at - 0.15), (0, 0), weight="bold", color=GREY)
            at += 0.6
        _draw_state(axes, at, state)
        at += 1
    axes.set_ylim(max(at, 1) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)  # The words of a row begin where its bars do.
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True, steps=[1, 2, 5, 10]))
    axes.set_xlabel(
        "clippings that name the state (grey), and in which\nit speaks (blue); the share in the blind coding (diamond)"
        if "speaks_again" in states
        else "clippings that name the state (grey),\nand in which it speaks (blue)"
    )
    return figure


def _draw_state(axes: Axes, at: float, state: Mapping[Hashable, Any]) -> None:
    """Draw the bars of one state below its words."""
    for column, (color, height) in _BARS.items():
        axes.barh(at + 0.14, state[column], height=height, color=color)
    if "low" in state:
        ends = [state["named"] * state["low"], state["named"] * state["high"]]
        axes.plot(ends, [at + 0.14, at + 0.14], color=INK, linewidth=1.4, solid_capstyle="butt")
    told = f"speaks in {state['speaks']} of {state['named']}"
    if "speaks_again" in state:
        share = state["speaks_again"] / max(state["named_again"], 1)
        axes.plot(share * state["named"], at + 0.14, "D", color=ORANGE, ms=5.5, mec=INK, clip_on=False, zorder=4)
        told += f", blind {state['speaks_again']} of {state['named_again']}"
    name = write(axes, state["state"], (0, at + _WORDS), (0, 0), weight="bold")
    write(axes, told, (1, 0.5), (6, 0), xycoords=name)
    lead(axes, state, axes.get_xlim(), (at + 0.42, at - 0.5))
