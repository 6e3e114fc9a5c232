"""The frames that figures take hold what the frames of a corpus hold, and are drawn as they are."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import clippings as cl
from clippings import measures, plots
from clippings.arguments import ArgumentError

QUOTES = pd.DataFrame(
    [
        ("I. Novak", None, None, "speech", "one two"),
        ("I. Novak", "Duma", "RU", "speech", "one"),
        ("I. Novak", "Senate", None, "reported", "one two three four"),
        ("I. Novak", "Duma", "RU", "speech", "one two three"),
        ("A. Petrova", None, "BY", "speech", "one two three four five six"),
        ("O. Hall", None, None, "reported", "one"),
        (None, None, "US", "speech", "one two three four five six seven"),
    ],
    columns=["speaker", "affiliation", "country", "kind", "text"],
)
CLIPPINGS = pd.DataFrame(
    {"id": list("abcd"), "item": 0, "date": ["2007-03-31", "2007-04-01", "2007-06", "2008-12-31"]}, index=[5, 5, 7, 9]
)
THEMES = pd.DataFrame(
    [("a", 0, "treaties"), ("b", 0, "alliances"), ("b", 0, "alliances"), ("c", 1, "alliances"), ("z", 0, "other")],
    columns=["id", "item", "theme"],
)


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    yield
    plt.close("all")


def test_words_within_marks_and_reported_ones_are_counted_apart():
    assert measures.voices(QUOTES).to_numpy().tolist() == [
        ["I. Novak", "Duma, RU", 6, 4],
        ["A. Petrova", "BY", 6, 0],
        ["O. Hall", "unknown", 0, 1],
    ]


def test_quotations_without_a_speaker_are_counted_where_they_have_a_name():
    assert measures.voices(QUOTES, unnamed="nobody named").to_numpy().tolist()[0] == ["nobody named", "", 7, 0]
    with pytest.raises(ArgumentError, match="unnamed must be a string, not int"):
        measures.voices(QUOTES, unnamed=5)


def test_clippings_are_counted_by_quarter_each_once():
    assert measures.chronology(CLIPPINGS, THEMES).to_numpy().tolist() == [
        ["alliances", "2007Q1", 0, 1],
        ["alliances", "2007Q2", 1, 2],
        ["alliances", "2008Q4", 0, 1],
        ["treaties", "2007Q1", 1, 1],
        ["treaties", "2007Q2", 0, 2],
        ["treaties", "2008Q4", 0, 1],
    ]


def dated(date: object) -> pd.DataFrame:
    return CLIPPINGS.assign(date=pd.Series(["2007-03", date, "2007-03", "2007-03"], dtype=object).array)


@pytest.mark.parametrize("date", [None, "2007", "2007-13", 2007, float("nan"), pd.NaT])
def test_a_date_without_a_quarter_is_told(date):
    with pytest.raises(ValueError, match=r"'date' holds .* in row 1, where a day or a month must be"):
        measures.chronology(dated(date), THEMES)


def test_a_date_may_be_a_day_of_the_calendar():
    days = dated(pd.Timestamp("2007-04-01"))
    assert set(measures.chronology(days, THEMES)["quarter"]) == {"2007Q1", "2007Q2"}


def test_a_column_that_is_not_there_is_named():
    for column in QUOTES:
        with pytest.raises(cl.measures.MissingColumn, match=f"quotes has no column '{column}'"):
            measures.voices(QUOTES.drop(columns=column))
    with pytest.raises(cl.measures.MissingColumn, match="clippings has no column 'date'"):
        measures.chronology(CLIPPINGS.drop(columns="date"), THEMES)
    with pytest.raises(cl.measures.MissingColumn, match="themes has no column 'theme'"):
        measures.chronology(CLIPPINGS, THEMES.drop(columns="theme"))


def test_figures_take_these_frames_also_without_rows():
    kept = [frame.copy() for frame in (QUOTES, CLIPPINGS, THEMES)]
    for quotes in (QUOTES, QUOTES.head(0), QUOTES.tail(1)):
        plots.voices(measures.voices(quotes))
    for clippings, themes in ((CLIPPINGS, THEMES), (CLIPPINGS, THEMES.head(0)), (CLIPPINGS.head(0), THEMES)):
        plots.chronology(measures.chronology(clippings, themes))
    for before, after in zip(kept, (QUOTES, CLIPPINGS, THEMES), strict=True):
        pd.testing.assert_frame_equal(before, after)


def test_frames_of_a_corpus_are_taken():
    said = '"We wait," said Anna Petrova. NATO enlargement and the CSTO: Belarus will leave the treaty.'
    annotated = cl.Corpus(cl.parse(f"Reuters, November 2, 2007\n\nMINSK - {said}")).annotate()
    assert measures.voices(annotated.quotes)["words"].tolist() == [2]
    [row] = measures.chronology(annotated.clippings, annotated.themes).query("theme == 'alliances'").to_dict("records")
    assert row == {"theme": "alliances", "quarter": "2007Q4", "clippings": 1, "of": 1}
