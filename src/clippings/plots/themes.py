"""Figures of themes: how often they stand together."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from clippings.plots.style import GREY, INK, WIDTH, styled, write

_INKS = ("#ffffff", "#d6e6f2", "#a9cce4", "#6aaad2", "#0072B2")


@styled
def theme_matrix(shares: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw of each theme's clippings how many carry the others: the row is the whole, the column the part.

    Args:
        shares: one row an ordered pair of themes: ``theme``, ``also``, ``both`` (clippings with the two), ``of``
            (clippings with ``theme``), ``low`` and ``high`` (an interval of the share). No row for a theme with itself.
        title: a title for the figure.

    >>> import pandas as pd
    >>> pair = {"theme": ["treaties"], "also": ["alliances"], "both": [3], "of": [4], "low": [0.3], "high": [0.95]}
    >>> [text.get_text() for text in theme_matrix(pd.DataFrame(pair)).axes[0].texts]
    ['3 of 4', '30 to 95 %']
    """
    names = list(dict.fromkeys([*shares["theme"], *shares["also"]]))
    size = max(len(names), 1)
    figure, axes = plt.subplots(figsize=(WIDTH, 1.0 + 0.95 * size))
    axes.set_xlim(-0.5, size - 0.5)
    axes.set_ylim(size - 0.5, -0.5)
    for row in shares.to_dict("records"):
        at = (names.index(row["also"]), names.index(row["theme"]))
        share = row["both"] / row["of"]
        dark = share >= 0.8
        color = _INKS[min(int(share * 5), 4)]
        axes.add_patch(
            Rectangle((at[0] - 0.48, at[1] - 0.47), 0.96, 0.94, facecolor=color, edgecolor=GREY, linewidth=0.6)
        )
        told = {"ha": "center", "color": "white" if dark else INK}
        write(axes, f"{row['both']} of {row['of']}", at, (0, 8), fontsize=13, weight="bold", **told)
        write(axes, f"{100 * row['low']:.0f} to {100 * row['high']:.0f} %", at, (0, -11), fontsize=9.5, **told)
    words = [name.replace("_", "\n") for name in names]
    axes.set_xticks(range(len(names)), words)
    axes.set_yticks(range(len(names)), words)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel("… also carry", loc="left")
    axes.set_ylabel("of the clippings on …", loc="top")
    for spine in axes.spines.values():
        spine.set_visible(False)
    if title:
        axes.set_title(title, loc="left")
    return figure
