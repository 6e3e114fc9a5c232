"""The figures of sources and memberships: each returns a Figure, writes what it must say, and takes an empty frame."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from clippings import plots, reference

SHARES = pd.DataFrame(
    {
        "theme": ["alliances", "alliances", "missile_defense"],
        "country": ["Belarus", "Russia", "Russia"],
        "clippings": [3, 4, 1],
        "of": [4, 4, 2],
        "low": [0.3, 0.51, 0.09],
        "high": [0.95, 1.0, 0.91],
    }
)
STATES = pd.DataFrame({"state": ["Georgia", "Lithuania"], "named": [30, 11], "speaks": [1, 0]})
PERIODS = pd.DataFrame(
    {
        "country": ["Armenia", "Syria", "Uzbekistan", "Uzbekistan"],
        "organisation": ["CSTO", None, "CSTO", "CSTO"],
        "from": ["2003-09-18", None, "1994-04-20", "2006-08-16"],
        "to": [None, None, "1999-04-02", "2012-12-19"],
        "group": ["claimed", "claimed", "not claimed", "not claimed"],
    }
)


def words(figure: Figure) -> list[str]:
    figure.canvas.draw()
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def row_names(figure: Figure) -> list[str]:
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def test_a_panel_a_theme_with_counts() -> None:
    figure = plots.voices_by_country(SHARES)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["alliances", "missile defense"]
    assert row_names(figure) == ["Belarus", "Russia"]
    assert words(figure) == ["3 of 4", "4 of 4", "1 of 2"]


@pytest.mark.parametrize("themes", [1, 3, 4, 5])
def test_as_many_panels_as_themes(themes: int) -> None:
    shares = pd.concat([SHARES.head(1).assign(theme=f"theme {number}") for number in range(themes)])
    figure = plots.voices_by_country(shares, title="Voices")
    assert sum(axes.axison for axes in figure.axes) == themes
    assert figure.get_suptitle() == "Voices"


def test_named_and_speaking_says_both_numbers() -> None:
    figure = plots.named_and_speaking(STATES)
    assert row_names(figure) == ["Georgia", "Lithuania"]
    assert words(figure) == ["speaks in 1 of 30", "speaks in 0 of 11"]


def test_named_and_speaking_sets_two_codings_side_by_side() -> None:
    figure = plots.named_and_speaking(STATES.assign(named_again=[25, 9], speaks_again=[2, 0]))
    assert words(figure) == ["speaks in 1 of 30, 2 of 25", "speaks in 0 of 11, 0 of 9"]
    assert [line.get_xdata()[0] for line in figure.axes[0].lines] == [2, 0]


def test_a_bar_may_say_other_words_and_be_contested() -> None:
    told = PERIODS.assign(label=PERIODS["organisation"].fillna("") + " of 1992", contested=[False] * 3 + [True])
    figure = plots.membership_timeline(told, on="2007-11-02")
    assert "CSTO of 1992" in words(figure)
    assert [bar.get_hatch() for bar in figure.axes[0].patches] == ["", "", "///"]
    [day] = [line for line in figure.axes[0].lines if line.get_linestyle() == "--"]
    assert day.get_zorder() < min(bar.get_zorder() for bar in figure.axes[0].patches)


def test_each_period_has_its_bar_and_name() -> None:
    figure = plots.membership_timeline(PERIODS, on="2007-11-02", title="Members")
    assert row_names(figure) == ["Armenia", "Syria", "Uzbekistan"]
    assert words(figure).count("CSTO") == len(figure.axes[0].patches) == 3
    assert {"none of these", "claimed", "not claimed", "2007-11-02"} <= set(words(figure))


def test_lanes_lie_apart_and_bars_within_them() -> None:
    figure = plots.membership_timeline(pd.concat([reference.members("CIS"), reference.members("CSTO")]))
    bars = {(round(bar.get_y(), 6), bar.get_x()) for bar in figure.axes[0].patches}
    assert len(bars) == len(figure.axes[0].patches)
    assert list(figure.axes[0].get_yticks()) == sorted(figure.axes[0].get_yticks())


@pytest.mark.parametrize(
    ("draw", "frame"),
    [
        (plots.voices_by_country, SHARES),
        (plots.named_and_speaking, STATES),
        (plots.membership_timeline, PERIODS),
    ],
)
def test_an_empty_frame_gives_an_empty_figure(draw: object, frame: pd.DataFrame) -> None:
    figure = draw(frame.iloc[:0])  # type: ignore[operator]
    figure.canvas.draw()
    assert isinstance(figure, Figure)
