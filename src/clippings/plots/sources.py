"""Figures of sources: who speaks, for whom, at what length, and who is only spoken about."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from clippings.plots.style import (
    BLUE,
    FRAME,
    GREY,
    INK,
    ORANGE,
    PALE,
    ROW,
    THEME_COLORS,
    WIDTH,
    name_rows,
    panels,
    rows_of,
    scale_shares,
    styled,
    write,
)


@styled
def voices(speakers: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw how many words each speaker is quoted for, with the body spoken for.

    Args:
        speakers: one row a speaker: ``speaker``, ``label`` (written behind the name), ``words``; where there is a
            column ``reported``, the words reported of each without marks are drawn behind.
        title: a title for the figure.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"speaker": ["A. Petrova"], "label": ["Minsk Institute, BY"], "words": [12]})
    >>> [text.get_text() for text in voices(frame).axes[0].texts]
    ['A. Petrova', 'Minsk Institute, BY', '12']
    >>> voices(frame.assign(reported=5)).axes[0].texts[-1].get_text()
    '12, and 5 reported'
    """
    figure, axes = rows_of(len(speakers), title, row=0.62)
    is_split = "reported" in speakers
    reported = speakers["reported"] if is_split else 0 * speakers["words"]
    if is_split:
        axes.barh(range(len(speakers)), speakers["words"] + reported, height=0.34, color=PALE)
    axes.barh(range(len(speakers)), speakers["words"], height=0.34, color=BLUE)
    for row, (speaker, more) in enumerate(zip(speakers.to_dict("records"), reported, strict=True)):
        name = write(axes, speaker["speaker"], (0, row - 0.34), (0, 0), weight="bold")
        write(axes, speaker["label"], (1, 0.5), (6, 0), xycoords=name)
        told = f"{speaker['words']}" + (f", and {more} reported" if more else "")
        write(axes, told, (speaker["words"] + more, row), (5, 0))
    axes.set_yticks([])
    axes.set_xlabel("words quoted (dark) and reported without marks (pale)" if is_split else "words quoted")
    return figure


@styled
def voices_by_country(voices: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw in what share of the clippings on each theme a country speaks, with intervals, one panel a theme.

    Args:
        voices: one row a theme and a country or group of them: ``theme`` (a panel, in order of appearance),
            ``country`` (a row, likewise), ``clippings`` (in which it speaks), ``of`` (clippings on the theme),
            ``low`` and ``high`` (the interval of the share, 0 to 1).
        title: a title for the figure.

    >>> import pandas as pd
    >>> one = {"theme": "alliances", "country": "Belarus", "clippings": 3, "of": 4, "low": 0.3, "high": 0.95}
    >>> [text.get_text() for text in voices_by_country(pd.DataFrame([one])).axes[0].texts]
    ['3 of 4']
    """
    themes, countries = list(dict.fromkeys(voices["theme"])), list(dict.fromkeys(voices["country"]))
    figure, grid = panels(len(themes), (0.62 + 0.27 * max(len(countries), 1), 0.5), title)
    for axes, theme in zip(grid, themes, strict=False):
        _theme_panel(axes, voices[voices["theme"] == theme], countries)
        axes.set_title(theme.replace("_", " "), color=THEME_COLORS.get(theme, GREY))
    scale_shares(grid[0], countries, 1)
    figure.supxlabel("share of the clippings in which a source speaks for it", fontsize=9.5, color="#333333")
    return figure


def _theme_panel(axes: Axes, shares: pd.DataFrame, countries: list[str]) -> None:
    axes.spines["left"].set_visible(False)
    for share in shares.to_dict("records"):
        row = countries.index(share["country"])
        color = THEME_COLORS.get(share["theme"], GREY)
        axes.plot([share["low"], share["high"]], [row, row], color=color, linewidth=2, solid_capstyle="butt")
        axes.plot(share["clippings"] / share["of"], row, "o", color=color, markersize=6, clip_on=False)
        told = f"{share['clippings']} of {share['of']}"
        write(axes, told, (1, row), (6, 0), xycoords=("axes fraction", "data"), annotation_clip=False)


@styled
def named_and_speaking(states: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw how many clippings name each state, and in how many a source speaks for it.

    Args:
        states: one row a state, drawn in this order: ``state``, ``named`` (clippings that name it), ``speaks``
            (those of them in which it speaks); where there are columns ``named_again`` and ``speaks_again``, the same
            in another coding, which a diamond marks.
        title: a title for the figure.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"state": ["Poland"], "named": [33], "speaks": [3]})
    >>> [text.get_text() for text in named_and_speaking(frame).axes[0].texts]
    ['speaks in 3 of 33']
    >>> named_and_speaking(frame.assign(named_again=30, speaks_again=2)).axes[0].texts[0].get_text()
    'speaks in 3 of 33, 2 of 30'
    """
    figure, axes = plt.subplots(figsize=(WIDTH, FRAME + ROW * max(len(states), 1)))
    axes.set_ylim(max(len(states), 1) - 0.4, -0.6)
    axes.set_title(title, loc="left")
    axes.barh(range(len(states)), states["named"], height=0.66, color=PALE)
    axes.barh(range(len(states)), states["speaks"], height=0.36, color=BLUE)
    is_double = "speaks_again" in states
    for row, state in enumerate(states.to_dict("records")):
        told = f"speaks in {state['speaks']} of {state['named']}"
        if is_double:
            axes.plot(state["speaks_again"], row, "D", color=ORANGE, markersize=6, markeredgecolor=INK, clip_on=False)
            told += f", {state['speaks_again']} of {state['named_again']}"
        write(axes, told, (state["named"], row), (5, 0))
    name_rows(axes, list(states["state"]))
    if is_double:
        axes.tick_params(axis="y", pad=8)
    axes.set_xlim(0, max([*states["named"], 1]) * (1.62 if is_double else 1.32))
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.set_xlabel(
        "clippings that name the state (pale) and in which it speaks:\nfirst coding (dark), blind coding (diamond)"
        if is_double
        else "clippings that name the state (pale) and in which it speaks (dark)"
    )
    return figure
