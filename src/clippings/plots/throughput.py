"""Figures of speed: how many characters a second, step by step."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from clippings.plots._checks import NAME, RATE, TEXT, Frame, one_of
from clippings.plots.style import BLUE, GREY, ORANGE, bold_rows, label_scale, name_rows, rows_of, styled, write

# What a kind of step is called, with its color and its marker, so that it is told in grey.
_KINDS = {"wall": ("walls", GREY, "D"), "library": ("this library", BLUE, "o"), "peer": ("other software", ORANGE, "s")}
# Room for the label behind the fastest step.
_ROOM = 60
_TICKS = 4
_UNITS = ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""))


@styled(steps=Frame({"group": one_of(tuple(_KINDS)), "step": NAME, "rate": RATE, "label": TEXT}))
def throughput(steps: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw how many characters a second each step takes in, on a scale of powers of ten, group by group.

    Args:
        steps: one row a step, in order within its group: ``group`` (wall, library, peer), ``step``, ``rate``
            (characters a second), ``label`` (written behind the mark).
        title: a title for the figure.

    Returns:
        The figure; where ``steps`` has no rows, one that says so.

    Raises:
        MissingColumn: ``steps`` lacks a column.
        ArgumentError: an argument or a value in a column is not what is drawn, or there are more rows than fit.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"group": ["library"], "step": ["parse"], "rate": [2e7], "label": ["1.2 times the scan"]})
    >>> [text.get_text() for text in throughput(frame).axes[0].texts]
    ['1.2 times the scan']
    """
    groups = [group for group in _KINDS if group in set(steps["group"])]
    names: list[str] = []
    figure, axes = rows_of(len(steps) + len(groups), title, row=0.22)
    axes.set_xscale("log")
    floor = 10 ** math.floor(math.log10(steps["rate"].min() / 2))
    axes.set_xlim(floor, steps["rate"].max() * _ROOM)
    for group in groups:
        name, color, marker = _KINDS[group]
        names.append(name)
        for step in steps[steps["group"] == group].to_dict("records"):
            row = len(names)
            names.append(str(step["step"]))
            axes.plot([floor, step["rate"]], [row, row], color=color, linewidth=1)
            axes.plot(step["rate"], row, marker, color=color, markersize=5)
            write(axes, str(step["label"]), (step["rate"], row), (7, 0))
    name_rows(axes, names)
    bold_rows(axes, [_KINDS[group][0] for group in groups])
    powers = [power for power in range(13) if floor <= 10**power <= steps["rate"].max() * 3]
    # Over many powers of ten there is room for every second one.
    ticks = [10.0**power for power in powers[:: 1 + (len(powers) > _TICKS)]]
    axes.set_xticks(ticks, [_short(tick) for tick in ticks])
    axes.set_xticks([], minor=True)
    label_scale(axes, "characters a second", names)
    return figure


def _short(rate: float) -> str:
    """Write a rate as a tick says it.

    >>> _short(1e9), _short(2e6), _short(10_000.0), _short(10.0)
    ('1G', '2M', '10k', '10')
    """
    unit, name = next((unit, name) for unit, name in _UNITS if rate >= unit)
    return f"{rate / unit:g}{name}"
