"""Figures of reliability: how far coders agree, and whether a finding holds on parts of the sample."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clippings.plots.style import (
    BLUE,
    FRAME,
    GREY,
    INK,
    THEME_COLORS,
    VERMILION,
    WIDTH,
    name_rows,
    rows_of,
    styled,
    write,
)

# Krippendorff's customary bounds: from the first on tentative conclusions, from the second on reliable ones.
THRESHOLDS = ((0.667, "tentative"), (0.8, "reliable"))
_ROW = 0.25
# From here on a label centered on its dot would leave the axes.
_LATE = 0.85
_TITLE = 14
_PAPER = {"facecolor": "white", "linewidth": 0, "pad": 1.0}


@styled
def agreement_by_theme(agreement: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw Krippendorff's alpha of each theme with its interval, and the customary bounds.

    Args:
        agreement: one row a theme: ``theme``, ``alpha``, ``low``, ``high``, ``units``, ``agreed`` (units on which the
            coders agree), as ``measures.alpha`` and ``measures.percent_agreement`` give them.
        title: a title for the figure.

    >>> import pandas as pd
    >>> row = {"theme": "alliances", "alpha": 0.81, "low": 0.62, "high": 0.96, "units": 59, "agreed": 54}
    >>> agreement_by_theme(pd.DataFrame([row])).axes[0].texts[-1].get_text()
    '0.81, agree on 54 of 59'
    """
    figure, axes = rows_of(len(agreement), title, row=0.55)
    axes.set_title(title, loc="left", pad=32)
    axes.set_xlim(min(0.5, math.floor(agreement["low"].min() * 10) / 10), 1.01)
    for at, name in THRESHOLDS:
        axes.axvline(at, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)))
        bound = f"{name}\nfrom {at:.3f}".replace("0.", ".")
        write(axes, bound, (at, -0.6), (3, 9), color=GREY, annotation_clip=False)
    for row, found in enumerate(agreement.to_dict("records")):
        color = THEME_COLORS.get(str(found["theme"]), INK)
        axes.plot([found["low"], found["high"]], [row, row], color=color, linewidth=2.4, solid_capstyle="butt")
        axes.plot(found["alpha"], row, "o", color=color, markersize=8, clip_on=False)
        told = f"{found['alpha']:.2f}, agree on {found['agreed']} of {found['units']}"
        aligned = "right" if found["alpha"] > _LATE else "center"
        write(axes, told, (found["alpha"], row), (0, 13), ha=aligned, bbox=_PAPER)
    name_rows(axes, [str(theme).replace("_", " ") for theme in agreement["theme"]])
    axes.set_xlabel("Krippendorff's alpha")
    return figure


@styled
def robustness(variants: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw an estimate on the whole sample and on parts of it, one row a part, one panel a finding.

    The line is the estimate of the first row of each finding, the band its interval: a part that leaves the band
    changes the finding.

    Args:
        variants: one row a finding and part: ``finding``, ``variant``, ``value``, ``low``, ``high``; for each finding
            the whole sample first. A part that a finding lacks, or whose ``value`` is missing, stays empty.
        title: a title for the figure.

    >>> import pandas as pd
    >>> rows = [("share", "all", 0.5, 0.4, 0.6), ("share", "printed dates", 0.45, 0.3, 0.6)]
    >>> frame = pd.DataFrame(rows, columns=["finding", "variant", "value", "low", "high"])
    >>> [label.get_text() for label in robustness(frame).axes[0].get_yticklabels()]
    ['all', 'printed dates']
    """
    findings, names = list(dict.fromkeys(variants["finding"])), list(dict.fromkeys(variants["variant"]))
    size = (WIDTH, FRAME + 0.2 + _ROW * len(names))
    figure, drawn = plt.subplots(1, len(findings), figsize=size, sharey=True, squeeze=False)
    for axes, finding in zip(drawn[0], findings, strict=True):
        _panel(axes, variants[variants["finding"] == finding], names)
        axes.set_title(textwrap.fill(finding, _TITLE), fontsize=9.5, weight="normal", loc="left")
    drawn[0][0].set_ylim(len(names) - 0.4, -0.6)
    name_rows(drawn[0][0], names)
    if title:
        figure.suptitle(title, x=0.01, ha="left", fontsize=10.5, weight="bold")
    return figure


def _panel(axes: Axes, rows: pd.DataFrame, names: Sequence[str]) -> None:
    first: dict[str, Any] = {str(name): value for name, value in rows.iloc[0].items()}
    axes.axvspan(first["low"], first["high"], color=BLUE, alpha=0.12, linewidth=0)
    axes.axvline(first["value"], color=BLUE, linewidth=1)
    axes.axvline(0, color=GREY, linewidth=0.8, linestyle=(0, (2, 2)))
    for found in rows.dropna(subset=["value"]).to_dict("records"):
        row = names.index(found["variant"])
        leaves = not first["low"] <= found["value"] <= first["high"]
        color = VERMILION if leaves else INK
        axes.plot([found["low"], found["high"]], [row, row], color=color, linewidth=1.6)
        axes.plot(found["value"], row, "D" if leaves else "o", color=color, markersize=5, clip_on=False, zorder=3)
    axes.set_xlim(min(0.0, rows["low"].min() - 0.03), 1.03)
    axes.set_xticks([0, 0.5, 1], ["0", ".5", "1"])
    axes.spines["left"].set_visible(False)
