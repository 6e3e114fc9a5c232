"""The figures of a collection: each returns a Figure, writes what it must say, and takes an empty frame."""

import pandas as pd
from matplotlib.figure import Figure

from clippings import plots
from figure_words import words

CLIPPINGS = pd.DataFrame(
    {
        "outlet": ["Tass", "Reuters", "others", "not named", "Tass", "others", "others"],
        "year": [2005, 2005, 2005, 2007, 2007, 2007, 2007],
    }
)
SHARES = pd.DataFrame(
    {
        "measure": ["cut short", "cut short", "no outlet named"],
        "year": [2005, 2006, 2006],
        "clippings": [6, 14, 9],
        "of": [7, 25, 25],
        "low": [0.49, 0.37, 0.2],
        "high": [0.97, 0.73, 0.56],
    }
)


def outlets(frame: pd.DataFrame) -> Figure:
    return plots.outlets_by_year(frame, rest="others", unknown="not named")


def test_outlets_stand_by_size_and_the_rest_at_the_foot() -> None:
    labels = [label.get_text() for label in outlets(CLIPPINGS).axes[0].get_yticklabels()]
    assert labels == ["Tass", "Reuters", "others", "not named"]


def test_every_clipping_is_one_square() -> None:
    figure = outlets(CLIPPINGS)
    assert sum(len(marks.get_offsets()) for marks in figure.axes[0].collections) == len(CLIPPINGS)
    assert words(figure) == ["2", "1", "3", "1"]


def test_years_without_clippings_keep_their_column() -> None:
    labels = [label.get_text() for label in outlets(CLIPPINGS).axes[0].get_xticklabels()]
    assert labels == ["2005\n3", "2006\n0", "2007\n4", "all\n7"]


def test_squares_stand_in_lines_of_five() -> None:
    many = pd.DataFrame({"outlet": "Tass", "year": [2005] * 7})
    places = outlets(many).axes[0].collections[0].get_offsets()
    assert len({y for _, y in places}) == 2
    assert len({x for x, _ in places}) == 5


def test_shares_write_count_and_base() -> None:
    figure = plots.shares_by_year(SHARES)
    assert words(figure) == ["6 of 7", "14 of 25", "9 of 25"]
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["cut short", "no outlet named"]


def test_a_speaker_without_a_label_stands_at_the_bar_below_and_not_at_the_one_above() -> None:
    speakers = pd.DataFrame({"speaker": ["Anna Lis", "Jan Novak"], "label": ["", ""], "words": [9, 4]})
    for labels in (["", ""], ["", "Port of Neman"]):
        axes = plots.voices(speakers.assign(label=labels)).axes[0]
        names = {text.get_text(): text.xy[1] for text in axes.texts}
        assert 0 < -names["Anna Lis"] < 0.4
    assert (1 - names["Jan Novak"]) > 0.4
