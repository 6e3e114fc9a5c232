"""Figures of reliability: how far coders agree, and whether a finding holds on parts of the sample."""

from __future__ import annotations

import math
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clippings.plots._checks import COUNT, DIFFERENCE, GROUPS, LINKED, LINKS, NAME, Frame
from clippings.plots._links import lead
from clippings.plots.style import (
    BLUE,
    GREY,
    GROUND,
    INK,
    THEME_COLORS,
    VERMILION,
    WIDTH,
    label_scale,
    name_rows,
    rows_of,
    styled,
    write,
)

# Krippendorff's customary bounds: from the first on tentative conclusions, from the second on reliable ones.
THRESHOLDS = ((0.667, "tentative"), (0.8, "reliable"))
# The height of a row in inches; a panel has room for its title and its scale.
_ROW, _HEAD = 0.2, 2.6
# From here on a label centered on its dot would leave the axes.
_LATE = 0.85


@styled(
    agreement=Frame(
        {"theme": NAME, "alpha": DIFFERENCE, "low": DIFFERENCE, "high": DIFFERENCE, "units": COUNT, "agreed": COUNT},
        optional=(LINKS,),
        where=LINKED,
        ordered=(("low", "high"), ("agreed", "units")),
    ),
)
def agreement_by_theme(agreement: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw Krippendorff's alpha of each theme with its interval, and the customary bounds.

    Args:
        agreement: one row a theme: ``theme``, ``alpha``, ``low``, ``high``, ``units``, ``agreed`` (units on which the
            coders agree), as ``measures.alpha`` and ``measures.percent_agreement`` give them. Optional are ``link``
            (where a row leads) and ``link_name``, for ``image_map``.
        title: a title for the figure.

    Returns:
        The figure; where ``agreement`` has no rows, one that says so.

    Raises:
        MissingColumn: ``agreement`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> row = {"theme": "alliances", "alpha": 0.81, "low": 0.62, "high": 0.96, "units": 59, "agreed": 54}
    >>> agreement_by_theme(pd.DataFrame([row])).axes[0].texts[-1].get_text()
    '0.81, agree on 54 of 59'
    """
    figure, axes = rows_of(len(agreement), title, row=0.55)
    axes.set_title(title, loc="left", pad=32)
    least = min(agreement["low"].min(), agreement["alpha"].min())
    axes.set_xlim(min(0.5, math.floor(least * 10) / 10), 1.01)
    for (at, name), (side, shift) in zip(THRESHOLDS, (("right", -3), ("left", 3)), strict=True):
        axes.axvline(at, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)))
        bound = f"{name}\nfrom {at:.3f}".replace("0.", ".")
        write(axes, bound, (at, -0.6), (shift, 9), ha=side, color=GREY, annotation_clip=False)
    for row, found in enumerate(agreement.to_dict("records")):
        color = THEME_COLORS.get(str(found["theme"]), INK)
        axes.plot([found["low"], found["high"]], [row, row], color=color, linewidth=2.4, solid_capstyle="butt")
        axes.plot(found["alpha"], row, "o", color=color, markersize=8, clip_on=False)
        told = f"{found['alpha']:.2f}, agree on {found['agreed']} of {found['units']}"
        aligned = "right" if found["alpha"] > _LATE else "center"
        write(axes, told, (found["alpha"], row), (0, 13), ha=aligned, bbox=GROUND)
        lead(axes, found, axes.get_xlim(), (row + 0.3, row - 0.6))
    names = [str(theme).replace("_", " ") for theme in agreement["theme"]]
    name_rows(axes, names)
    label_scale(axes, "Krippendorff's alpha", names)
    return figure


@styled(
    variants=Frame(
        {"finding": NAME, "variant": NAME, "value": DIFFERENCE, "low": DIFFERENCE, "high": DIFFERENCE},
        optional=(LINKS,),
        where=dict.fromkeys(("value", "low", "high"), ("value",)) | LINKED,
        firsts="finding",
        ordered=(("low", "high"),),
        fits={"finding": GROUPS},
        rows=1000,
    ),
)
def robustness(variants: pd.DataFrame, *, most: int = 6, title: str = "") -> Figure:
    """Draw an estimate on the whole sample and on the parts of it that move it most, one panel a finding.

    The line is the estimate of the first row of each finding, the band its interval: a part that leaves the band
    changes the finding.

    Args:
        variants: one row a finding and part: ``finding``, ``variant``, ``value``, ``low``, ``high``; for each finding
            the whole sample first. A part whose ``value`` is missing is left out. Optional are ``link`` (where a row
            leads) and ``link_name``, for ``image_map``.
        most: how many parts to draw of each finding, by how far they lie from the whole.
        title: a title for the figure.

    Returns:
        The figure; where ``variants`` has no rows, one that says so.

    Raises:
        MissingColumn: ``variants`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> rows = [("share", "all", 0.5, 0.4, 0.6), ("share", "printed dates", 0.45, 0.3, 0.6)]
    >>> frame = pd.DataFrame(rows, columns=["finding", "variant", "value", "low", "high"])
    >>> [label.get_text() for label in robustness(frame).axes[0].get_yticklabels()]
    ['all', 'printed dates']
    """
    chosen = {finding: _furthest(rows, most) for finding, rows in variants.groupby("finding", sort=False)}
    tall = [len(rows) + _HEAD for rows in chosen.values()]
    size = (WIDTH, 0.35 + _ROW * sum(tall) + (0.3 if title else 0))
    figure, drawn = plt.subplots(len(tall), 1, figsize=size, squeeze=False, gridspec_kw={"height_ratios": tall})
    for axes, (finding, rows) in zip(drawn[:, 0], chosen.items(), strict=False):
        _panel(axes, rows)
        place = {"xycoords": ("figure fraction", "axes fraction"), "weight": "bold", "annotation_clip": False}
        write(axes, str(finding), (0.01, 1), (0, 8), **place)
    if title:
        figure.suptitle(title, x=0.01, ha="left", fontsize=9.5, weight="bold")
    return figure


def _furthest(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the row of the whole and those furthest from it, the furthest first, of equals the least certain."""
    whole, parts = rows.head(1), rows.iloc[1:].dropna(subset=["value"])
    apart = {"apart": (parts["value"] - whole["value"].iloc[0]).abs(), "width": parts["high"] - parts["low"]}
    order = parts.assign(**apart).reset_index(drop=True).sort_values(["apart", "width"], ascending=False, kind="stable")
    return pd.concat([whole, order.head(most)])


def _panel(axes: Axes, rows: pd.DataFrame) -> None:
    first: dict[str, Any] = {str(name): value for name, value in rows.iloc[0].items()}
    axes.axvspan(first["low"], first["high"], color=BLUE, alpha=0.12, linewidth=0)
    axes.axvline(first["value"], color=BLUE, linewidth=1)
    axes.axvline(0, color=GREY, linewidth=0.8, linestyle=(0, (2, 2)))
    for row, found in enumerate(rows.to_dict("records")):
        leaves = not first["low"] <= found["value"] <= first["high"]
        color = VERMILION if leaves else INK
        axes.plot([found["low"], found["high"]], [row, row], color=color, linewidth=1.6)
        axes.plot(found["value"], row, "D" if leaves else "o", color=color, markersize=5, clip_on=False, zorder=3)
    name_rows(axes, [str(name) for name in rows["variant"]])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(min(0.0, rows["low"].min() - 0.03), 1.03)
    for row, found in enumerate(rows.to_dict("records")):
        lead(axes, found, axes.get_xlim(), (row + 0.5, row - 0.5))
    axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
    axes.spines["left"].set_visible(False)
