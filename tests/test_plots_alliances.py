"""The figures of sources and memberships: each returns a Figure, writes what it must say, and takes an empty frame."""

import pandas as pd

from clippings import plots, reference
from figure_words import row_names, words

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


def test_named_and_speaking_says_both_numbers() -> None:
    figure = plots.named_and_speaking(STATES)
    assert words(figure) == ["Georgia", "speaks in 1 of 30", "Lithuania", "speaks in 0 of 11"]


def test_named_and_speaking_groups_its_rows_and_draws_the_interval_in_clippings() -> None:
    grouped = STATES.assign(group=["all", "some"], low=[0.1, 0.0], high=[0.5, 0.25])
    figure = plots.named_and_speaking(grouped)
    assert [word for word in words(figure) if "speaks" not in word] == ["all", "Georgia", "some", "Lithuania"]
    assert [list(line.get_xdata()) for line in figure.axes[0].lines] == [[3.0, 15.0], [0.0, 2.75]]


def test_named_and_speaking_sets_two_codings_side_by_side() -> None:
    figure = plots.named_and_speaking(STATES.assign(named_again=[25, 9], speaks_again=[2, 0]))
    said = ["Georgia", "speaks in 1 of 30, blind 2 of 25", "Lithuania", "speaks in 0 of 11, blind 0 of 9"]
    assert words(figure) == said
    assert [line.get_xdata()[0] for line in figure.axes[0].lines] == [30 * 2 / 25, 0]
    none = plots.named_and_speaking(STATES.assign(named_again=[0, 9], speaks_again=[0, 9]))
    assert [line.get_xdata()[0] for line in none.axes[0].lines] == [0, 11]


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


def test_a_name_stands_before_a_bar_that_is_too_short_for_it() -> None:
    told = PERIODS.iloc[[0, 3]].assign(label="an agreement on defense", **{"from": ["1994-04-20", "2006-08-16"]})
    figure = plots.membership_timeline(told)
    assert [text.get_ha() for text in figure.axes[0].texts if text.get_text() in set(told["label"])] == [
        "left",
        "right",
    ]


def test_lanes_lie_apart_and_bars_within_them() -> None:
    figure = plots.membership_timeline(pd.concat([reference.members("CIS"), reference.members("CSTO")]))
    bars = {(round(bar.get_y(), 6), bar.get_x()) for bar in figure.axes[0].patches}
    assert len(bars) == len(figure.axes[0].patches)
    assert list(figure.axes[0].get_yticks()) == sorted(figure.axes[0].get_yticks())
