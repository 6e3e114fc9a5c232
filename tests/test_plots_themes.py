"""Figures of stances, themes, time and pairs: they say what they show, and bear frames that hold nothing."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from clippings import plots
from clippings.arguments import ArgumentError
from clippings.plots.chronology import _GAP, LETTER, _wrapped
from figure_words import row_names, words

EVENTS = pd.DataFrame(
    {"date": ["2007-06-07", "2008-08-20", "2012-01-01"], "label": ["An offer", "A signature", "Later"]}
)
STANCES = pd.DataFrame(
    {
        "date": ["2007-04-04", "2007-04-05", "2008-08", "2008-11-15"],
        "country": ["BY", "BY", "RU", "US"],
        "stance": ["opposes", "neutral", "opposes", "supports"],
    }
)
VOLUME = pd.DataFrame(
    {
        "theme": ["missile_defense", "missile_defense", "alliances", "alliances"],
        "quarter": ["2007Q2", "2008Q3", "2007Q2", "2008Q3"],
        "clippings": [2, 8, 2, 17],
        "of": [10, 27, 10, 27],
    }
)
ROWS = pd.DataFrame({"label": ["Iran, Venezuela", "NATO, Poland"], "value": [8.0, 11.0], "note": ["8", "11"]})


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def rows(figure: Figure) -> list[str]:
    return [label.get_text() for label in figure.axes[1].get_yticklabels()]


def test_the_ladder_names_its_rows_with_their_counts():
    figure = plots.stance_ladder(STANCES, order=["US", "RU", "BY", "PL"])
    assert isinstance(figure, Figure)
    assert rows(figure) == ["US, 1", "RU, 1", "BY, 2", "PL, 0"]


def test_the_ladder_names_the_stances_that_occur():
    legend = plots.stance_ladder(STANCES).legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["supports", "neutral", "opposes"]


def test_rows_that_are_stances_need_no_legend():
    assert not plots.stance_ladder(STANCES, rows="stance").legends


def test_the_ladder_needs_no_stance():
    figure = plots.stance_ladder(STANCES.drop(columns="stance"))
    assert rows(figure) == ["BY, 2", "RU, 1", "US, 1"]
    assert not figure.legends


def test_events_are_named_where_they_lie_within_the_days_shown():
    assert sorted(words(plots.stance_ladder(STANCES, events=EVENTS))) == ["A signature", "An offer"]
    later = plots.stance_ladder(STANCES, events=EVENTS, between=("2008-01", "2012-12"))
    assert sorted(words(later)) == ["A signature", "Later"]


def test_what_lies_outside_the_days_shown_is_not_counted():
    figure = plots.stance_ladder(STANCES, between=("2007-04-05", "2008-08-17"))
    assert rows(figure) == ["BY, 1", "RU, 1", "US, 0"]
    panels = plots.stance_ladder(STANCES, panels="country", rows="stance", between=("2007-04-05", "2008-08-17"))
    assert len(panels.axes) == 1 + 3


@pytest.mark.parametrize(
    "days", [("2007-01-03", "2007-02-09"), ("2010-11-02", "2010-12-20"), ("2007-01-03", "2010-12-20")]
)
@pytest.mark.parametrize("many", [2, 5, 9])
@pytest.mark.parametrize("label", ["A statement on what might be done", "Wide MMMM WWWW words of a statement"])
def test_no_words_of_an_event_lie_on_the_line_of_another(days, many, label):
    told = pd.DataFrame({"date": pd.date_range(*days, many).strftime("%Y-%m-%d"), "label": label})
    given = {"events": told, "between": ("2007-01", "2010-12"), "order": ["A state of many words", "BY", "RU", "US"]}
    figure = plots.stance_ladder(STANCES, **given)
    figure.canvas.draw()
    top = figure.axes[0]
    boxes = [text.get_window_extent() for text in top.texts]
    lines = [line for drawn in top.collections for line in drawn.get_paths()]
    assert len(boxes) == len(lines) == many
    for box in boxes:
        assert figure.bbox.x0 <= box.x0 < box.x1 <= figure.bbox.x1
        for line in lines:
            (x, high), (_, low) = top.transData.transform(line.vertices)
            assert not (box.x0 < x < box.x1 and min(low, high) < box.y1 and box.y0 < max(low, high))


def test_points_of_one_time_stack():
    figure = plots.stance_ladder(pd.concat([STANCES] * 3), rows="country")
    places = [tuple(line.get_xydata()[0]) for line in figure.axes[1].lines if line.get_marker() not in (None, "None")]
    assert len(set(places)) == len(places) == 3 * len(STANCES)


def test_each_coding_has_a_panel_with_all_rows():
    both = pd.concat([STANCES.assign(coding="first"), STANCES.tail(1).assign(coding="blind")])
    figure = plots.stance_ladder(both, order=["US", "RU", "BY"], panels="coding", shade=("2007-09", "2008-03"))
    drawn = [[label.get_text() for label in axes.get_yticklabels()] for axes in figure.axes[1:]]
    assert drawn == [["US, 1", "RU, 1", "BY, 2"], ["US, 1", "RU, 0", "BY, 0"]]
    assert words(figure) == ["first", "blind"]
    days = [pd.Timestamp(day).timestamp() / 86400 for day in ("2007-09-01", "2008-03-31")]
    assert [
        [axes.patches[0].get_x(), axes.patches[0].get_x() + axes.patches[0].get_width()] for axes in figure.axes[1:]
    ] == [
        days,
        days,
    ]


def test_a_month_is_drawn_as_a_span():
    assert len(plots.stance_ladder(STANCES).axes[1].collections) == 1


def test_the_chronology_has_a_panel_a_theme():
    figure = plots.chronology(VOLUME, events=EVENTS)
    assert sorted(words(figure)) == ["A signature", "An offer", "alliances: 19 of 37", "missile defense: 10 of 37"]
    assert figure.axes[1].get_ylim() == figure.axes[2].get_ylim()


def test_long_labels_are_broken_to_fit():
    long = EVENTS.assign(label="A statement on what might be done " * 3)
    figure = plots.chronology(VOLUME, events=long)
    assert all("\n" in label for label in words(figure)[:2])


@pytest.mark.parametrize(
    ("words", "letters", "lines"),
    [
        ("US-Russian statement on INF at UN", 33, ["US-Russian statement on INF at UN"]),
        ("US-Russian statement on INF at UN", 32, ["US-Russian statement", "on INF at UN"]),
        ("US-Russian statement on INF at UN", 16, ["US-Russian", "statement on", "INF at UN"]),
        ("Kennebunkport summit", 13, ["Kennebunkport", "summit"]),
        ("Kennebunkport summit", 10, ["Kennebunkp", "ort summit"]),
        ("", 10, [""]),
    ],
)
def test_a_label_has_as_few_lines_as_fit_and_these_as_even_as_can_be(words, letters, lines):
    assert _wrapped(words, letters * LETTER + 2 * _GAP + 0.001) == lines


def test_a_dot_has_its_name_and_its_words_in_the_order_of_the_frame():
    figure = plots.dot_list(ROWS, scale="clippings")
    assert row_names(figure) == ["Iran, Venezuela", "NATO, Poland"]
    assert words(figure) == ["8", "11"]
    assert figure.axes[0].get_xlabel() == "clippings"


def test_dots_without_a_value_stand_in_a_column_below_their_headings():
    figure = plots.dot_list(ROWS[["label"]].assign(group=["bound", "not bound"], hollow=[False, True]))
    assert words(figure) == ["bound", "not bound"]
    assert row_names(figure) == ["", "Iran, Venezuela", "", "NATO, Poland"]
    assert [line.get_xdata()[0] for line in figure.axes[0].lines] == [0, 0]
    assert [line.get_markerfacecolor() == "white" for line in figure.axes[0].lines] == [False, True]
    assert list(figure.axes[0].get_xticks()) == []


def test_a_zero_is_drawn_where_an_interval_crosses_it():
    crossing = ROWS.assign(value=[0.1, 0.2], low=[-0.1, 0.1], high=[0.3, 0.3])
    assert [line.get_xdata()[0] for line in plots.dot_list(crossing).axes[0].lines][-1] == 0
    assert len(plots.dot_list(crossing).axes[0].lines) == len(plots.dot_list(crossing.assign(low=0)).axes[0].lines) + 1


def test_words_behind_a_dot_stay_on_the_page():
    long = ROWS.assign(note="words that take much of the width", value=[1.0, 100.0])
    figure = plots.dot_list(long)
    figure.canvas.draw()
    assert all(text.get_window_extent().x1 <= figure.bbox.x1 for text in figure.axes[0].texts)


@pytest.mark.parametrize(("draw", "frame"), [(plots.stance_ladder, STANCES), (plots.chronology, VOLUME)])
def test_no_events_are_no_fault(draw, frame):
    for one in (frame, frame.iloc[:0]):
        draw(one, events=EVENTS.iloc[:0]).canvas.draw()
        draw(one, events=EVENTS).canvas.draw()


def test_an_order_that_leaves_a_row_out_is_refused():
    with pytest.raises(ArgumentError, match="order leaves out 'BY', with 2 of 4 rows of stances; name every row"):
        plots.stance_ladder(STANCES, order=["US", "RU"])
