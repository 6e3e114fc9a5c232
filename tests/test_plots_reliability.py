"""The figures of reliability and speed draw what their frames say."""

from __future__ import annotations

import math

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from clippings import plots
from clippings.plots.style import VERMILION
from figure_words import row_names, words


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    yield
    plt.close("all")


AGREEMENT = pd.DataFrame(
    [("alliances", 0.81, 0.625, 0.96, 59, 54), ("missile_defense", 1.0, 1.0, 1.0, 59, 59)],
    columns=["theme", "alpha", "low", "high", "units", "agreed"],
)


def test_agreement_says_alpha_counts_and_bounds():
    figure = plots.agreement_by_theme(AGREEMENT)
    assert row_names(figure) == ["alliances", "missile defense"]
    assert {"0.81, agree on 54 of 59", "1.00, agree on 59 of 59"} < set(words(figure))
    assert {"tentative\nfrom .667", "reliable\nfrom .800"} < set(words(figure))


def test_agreement_below_chance_stays_on_the_axes():
    figure = plots.agreement_by_theme(AGREEMENT.assign(alpha=-0.2, low=-0.46, high=0.1))
    assert figure.axes[0].get_xlim()[0] == pytest.approx(-0.5)


def variants(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["finding", "variant", "value", "low", "high"])


ROBUST = variants(
    ("share", "all", 0.5, 0.4, 0.6),
    ("share", "printed", 0.45, 0.3, 0.6),
    ("share", "early", 0.7, 0.5, 0.8),
    ("difference", "all", 0.1, -0.1, 0.3),
    ("difference", "early", math.nan, math.nan, math.nan),
)


def marks(figure: Figure, panel: int) -> list[tuple[float, float, str]]:
    lines = [line for line in figure.axes[panel].lines if line.get_marker() not in ("None", None)]
    return [(line.get_xdata()[0], line.get_ydata()[0], to_hex(line.get_color())) for line in lines]


def test_each_finding_has_a_panel_and_each_part_a_row():
    figure = plots.robustness(ROBUST)
    assert words(figure) == ["share", "difference"]
    assert row_names(figure) == ["all", "early", "printed"], "the part that lies furthest from the whole on top"


def test_only_the_parts_that_move_a_finding_most_are_drawn():
    assert row_names(plots.robustness(ROBUST, most=1)) == ["all", "early"]
    wider = pd.concat([ROBUST.head(2), ROBUST.iloc[[1]].assign(variant="less sure", high=0.9)])
    assert row_names(plots.robustness(wider)) == ["all", "less sure", "printed"]


def test_only_a_part_outside_the_band_of_the_whole_is_marked():
    drawn = marks(plots.robustness(ROBUST), 0)
    assert [(value, row) for value, row, _ in drawn] == [(0.5, 0), (0.7, 1), (0.45, 2)]
    assert [color == VERMILION.lower() for _, _, color in drawn] == [False, True, False]


def test_a_part_without_a_value_stays_empty():
    assert len(marks(plots.robustness(ROBUST), 1)) == 1


STEPS = pd.DataFrame(
    {
        "group": ["peer", "wall", "library"],
        "step": ["other", "scan", "parse"],
        "rate": [9e4, 5e7, 2e7],
        "label": ["200 times", "", "twice"],
    }
)


def test_steps_stand_under_the_heading_of_their_group():
    figure = plots.throughput(STEPS)
    assert row_names(figure) == ["walls", "scan", "this library", "parse", "other software", "other"]
    heavy = [label.get_text() for label in figure.axes[0].get_yticklabels() if label.get_weight() == "bold"]
    assert heavy == ["walls", "this library", "other software"]


def test_rates_are_drawn_on_a_logarithmic_axis_with_short_ticks():
    axes = plots.throughput(STEPS).axes[0]
    assert axes.get_xscale() == "log"
    assert [label.get_text() for label in axes.get_xticklabels()] == ["10k", "1M", "100M"]
    assert {"twice", "200 times"} < {text.get_text() for text in axes.texts}


def test_slow_steps_have_ticks_too():
    axes = plots.throughput(STEPS.assign(rate=[2.0, 40.0, 5.0])).axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1", "10", "100"]


GROWTH = pd.DataFrame(
    {
        "group": ["more pages", "more pages", "more forms"],
        "step": ["parse", "parse", "scan"],
        "ratio": [0.9, 1.1, 4.0],
        "low": [0.8, 1.0, 3.0],
        "high": [1.0, 1.2, 5.0],
        "label": ["2 times", "4 times", "50,000"],
    }
)


def test_a_series_is_one_row_and_its_largest_size_is_named():
    axes = plots.growth(GROWTH).axes[0]
    assert row_names(axes.figure) == ["more pages", "parse", "more forms", "scan"]
    assert [text.get_text() for text in axes.texts] == ["4 times", "50,000"]
    marks = [tuple(float(at) for at in line.get_xydata()[0]) for line in axes.lines if line.get_marker() == "o"]
    assert marks == [(0.9, 1.0), (1.1, 1.0), (4.0, 3.0)]


def test_growth_is_drawn_from_half_to_twice_at_least():
    axes = plots.growth(GROWTH.head(2)).axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()][:3] == ["½", "1", "2"]
    assert "¼" not in {label.get_text() for label in axes.get_xticklabels()}
