"""What the scale counts stays on the figure, however long the names of its rows are."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text

from clippings import plots
from clippings.arguments import ArgumentError

SCALE = "number of the clippings that name each of them"
LONG = "Alexandra Konstantinopolskaya Bergstromm"


def dots(name: str) -> plt.Figure:
    return plots.dot_list(pd.DataFrame({"label": [name], "value": [8], "note": ["8"]}), scale=SCALE)


def agreement(name: str) -> plt.Figure:
    row = {"theme": name, "alpha": 0.81, "low": 0.62, "high": 0.96, "units": 59, "agreed": 54}
    return plots.agreement_by_theme(pd.DataFrame([row]))


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    yield
    plt.close("all")


@pytest.mark.parametrize("draw", [dots, agreement])
@pytest.mark.parametrize("letters", [9, 24, 32, 40])
def test_the_label_of_a_scale_stays_on_the_figure(draw, letters):
    figure = draw(LONG[:letters])
    for _ in range(3):
        figure.canvas.draw()
    box = figure.axes[0].xaxis.label.get_window_extent()
    assert 0 <= box.x0 < box.x1 <= figure.bbox.x1
    assert box.y0 >= 0


def test_a_label_that_fits_is_one_line():
    frame = pd.DataFrame({"label": ["Minsk"], "value": [8]})
    label = plots.dot_list(frame, scale="number of clippings").axes[0].get_xlabel()
    assert label == "number of clippings"


def test_a_name_that_leaves_no_room_once_the_layout_settles_is_refused():
    """Beside it the axes get narrower each time they are drawn, which shows only after the second time."""
    with pytest.raises(ArgumentError, match="of 40 letters, does not fit the figure"):
        plots.named_and_speaking(pd.DataFrame({"state": [LONG], "named": [12], "speaks": [5]}))
    figure = plots.named_and_speaking(pd.DataFrame({"state": [LONG[:9]], "named": [12], "speaks": [5]}))
    assert LONG[:9] in {text.get_text() for text in figure.findobj(Text)}


@pytest.mark.parametrize(("least", "ticks"), [(2e5, ["100k", "1M", "10M", "100M"]), (2e4, ["10k", "1M", "100M"])])
def test_ticks_of_a_scale_leave_each_other_room(least: float, ticks: list[str]) -> None:
    rows = {"group": "wall", "step": ["read", "decode"], "rate": [least, 5e7], "label": ["a", "b"]}
    axes = plots.throughput(pd.DataFrame(rows)).axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ticks
