"""Whatever a figure is given, it is readable or refused by an error that says what, where and what to do."""

from __future__ import annotations

import datetime
import inspect
import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.figure import Figure

from clippings import plots
from clippings.arguments import ArgumentError, MissingColumn
from clippings.plots import _checks
from test_plots_gallery import EVENTS, FIGURES, GALLERY, STANCES, rows, texts

Case = tuple[str, pd.DataFrame, dict[str, Any]]
PERIODS = rows(
    "country organisation from to group label contested",
    ("BY", "CSTO", "1994-04-20", None, "claimed", "CSTO of 1992", False),
    ("SY", None, None, None, "claimed", None, None),
    ("UZ", "CSTO", "2006-08-16", "2012-12-19", "left", "CSTO", True),
)
# The gallery, with a lane without a body and with the columns that a figure may have.
CASES: dict[str, Case] = {name: (name, *entry) for name, entry in GALLERY.items()} | {
    "membership_timeline": ("membership_timeline", PERIODS, {"on": "2007-11-02"}),
    "voices with reported": ("voices", GALLERY["voices"][0].assign(reported=5), {}),
    "two codings": ("named_and_speaking", GALLERY["named_and_speaking"][0].assign(named_again=4, speaks_again=1), {}),
    "panels": ("stance_ladder", STANCES.assign(coding="first"), {"panels": "coding", "events": EVENTS}),
}
VALUES = (None, math.nan, math.inf, -math.inf, 1e300, -1, "word", "", b"word", ["word"], True, pd.NaT, 10**400)
# What a missing or boundless value looks like in a figure.
MISHAPS = ("nan", "none", "nat", "inf", "1e+300", "[", "b'")


@pytest.fixture(autouse=True)
def _no_figure_stays_open() -> Iterator[None]:
    yield
    plt.close("all")


def put(frame: pd.DataFrame, column: str, row: int, value: object) -> pd.DataFrame:
    """Return the frame with another value in one place."""
    values = frame[column].astype(object).tolist()
    values[row] = value
    return frame.assign(**{column: pd.Series(values, index=frame.index, dtype=object)})


def shown(name: str, frame: object, **given: Any) -> list[str]:
    """Return the words of a figure, all of which lie on its page."""
    figure = getattr(plots, name)(frame, **given)
    assert isinstance(figure, Figure)
    figure.canvas.draw()
    outer, found = figure.bbox.padded(2), texts(figure)
    boxes = {text.get_text(): text.get_window_extent() for text in found}
    assert [words for words, box in boxes.items() if not (outer.x0 <= box.x0 and box.x1 <= outer.x1)] == []
    assert [words for words, box in boxes.items() if not (outer.y0 <= box.y0 and box.y1 <= outer.y1)] == []
    plt.close(figure)
    return [text.get_text() for text in found]


def readable_or_refused(name: str, frame: object, says: str, **given: Any) -> None:
    """Fail where a figure is neither drawn in full nor refused by an error of ours that says a word."""
    try:
        words = " ".join(shown(name, frame, **given)).lower()
    except (ArgumentError, MissingColumn) as error:
        told = str(error)
    else:
        told, words = says, words.replace("none of these", "").replace("none named", "")
        assert [mishap for mishap in MISHAPS if mishap in words] == []
    assert says in told


def test_every_figure_has_a_case_that_is_drawn():
    assert {name for name, _, _ in CASES.values()} == set(FIGURES)
    for name, frame, given in CASES.values():
        assert shown(name, frame, **given)


@pytest.mark.parametrize("case", CASES)
def test_categories_are_drawn_as_their_values(case):
    name, frame, given = CASES[case]
    columns = frame.columns[frame.notna().all()]
    assert shown(name, frame.astype(dict.fromkeys(columns, "category")), **given) == shown(name, frame, **given)


@pytest.mark.parametrize("case", CASES)
def test_a_column_that_is_not_there_is_named(case):
    name, frame, given = CASES[case]
    for column in frame:
        readable_or_refused(name, frame.drop(columns=column), repr(column), **given)
        readable_or_refused(name, pd.concat([frame, frame[[column]]], axis=1), repr(column), **given)
    with pytest.raises(MissingColumn):
        getattr(plots, name)(pd.DataFrame({"other": [1]}))


@pytest.mark.parametrize("case", CASES)
def test_a_value_that_does_not_fit_is_named_with_its_column(case):
    name, frame, given = CASES[case]
    for column in frame:
        for value in VALUES:
            for row in (0, len(frame) - 1):
                readable_or_refused(name, put(frame, column, row, value), repr(column), **given)


@pytest.mark.parametrize("case", CASES)
def test_rows_that_do_not_fit_are_counted(case):
    name, frame, given = CASES[case]
    argument = next(iter(inspect.signature(getattr(plots, name)).parameters))
    many = pd.concat([frame] * 700, ignore_index=True)
    readable_or_refused(name, many, argument, **given)
    others = {column: many[column] + many.index.astype(str) for column in frame if _checks.NAME.fits(frame[column][0])}
    with pytest.raises(ArgumentError, match=argument):
        getattr(plots, name)(many.assign(**others), **given)


@pytest.mark.parametrize("name", FIGURES)
def test_a_frame_without_rows_says_so(name):
    frame, given = GALLERY[name]
    words = shown(name, frame.head(0), **given, title="A title")
    argument = next(iter(inspect.signature(getattr(plots, name)).parameters))
    assert sorted(words) == ["A title", f"nothing to draw: {argument} has no rows"]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("frame", [None, 5, "frame", [{"a": 1}], pd.Series([1])])
def test_what_is_no_frame_is_refused(name, frame):
    argument = next(iter(inspect.signature(getattr(plots, name)).parameters))
    with pytest.raises(ArgumentError, match=f"^{argument} must be a DataFrame, not "):
        getattr(plots, name)(frame)


@pytest.mark.parametrize("name", ["chronology", "stance_ladder"])
def test_events_are_checked_too(name):
    frame, _ = GALLERY[name]
    for column in EVENTS:
        readable_or_refused(name, frame, column, events=EVENTS.drop(columns=column))
        for value in VALUES:
            readable_or_refused(name, frame, column, events=put(EVENTS, column, 0, value))
    readable_or_refused(name, frame, "events", events=pd.concat([EVENTS] * 700))
    with pytest.raises(ArgumentError, match=r"^events must be a DataFrame, not str"):
        getattr(plots, name)(frame, events="events")
    shown(name, frame, events=put(EVENTS, "date", 0, datetime.date(2008, 1, 5)))


@pytest.mark.parametrize("name", FIGURES)
def test_options_are_checked_too(name):
    frame, given = GALLERY[name]
    for option in list(inspect.signature(getattr(plots, name)).parameters)[1:]:
        for value in (5, b"word", ["word", None], ("word", "word"), math.nan, pd.NaT):
            readable_or_refused(name, frame, option, **(given | {option: value}))


def test_two_days_leave_time_between_them():
    for days in (("2008-02", "2008-01"), ("2008-01-05", "2008-01-05"), ("2008-01",), ("2008-01", "x")):
        with pytest.raises(ArgumentError, match=r"^between must be None or two days or months"):
            plots.stance_ladder(STANCES, between=days)
    assert shown("stance_ladder", STANCES, between=("2008-01", "2008-01"), events=EVENTS)


# What lies just within a bound is drawn, what lies just beyond it is refused.


def counted(words: int) -> pd.DataFrame:
    return pd.DataFrame({"speaker": ["A. Petrova"], "label": [""], "words": [words]})


def years(count: int) -> pd.DataFrame:
    return pd.DataFrame({"outlet": "Rossiyskaya Gazeta", "year": [2001, 2000 + count]})


def quarters(count: int) -> pd.DataFrame:
    named = [f"{2001 + at // 4}Q{at % 4 + 1}" for at in (0, count - 1)]
    return pd.DataFrame({"theme": "alliances", "quarter": named, "clippings": 3, "of": 5})


def speakers(count: int) -> pd.DataFrame:
    return pd.concat([counted(5)] * count, ignore_index=True)


def groups(count: int) -> pd.DataFrame:
    one = GALLERY["robustness"][0].iloc[[0]]
    return pd.concat([one.assign(finding=f"finding {at}") for at in range(count)])


def ratio(most: float) -> pd.DataFrame:
    return GALLERY["growth"][0].iloc[[0]].assign(high=most)


def least(low: float) -> pd.DataFrame:
    return GALLERY["growth"][0].iloc[[0]].assign(low=low)


def value(number: float) -> pd.DataFrame:
    return pd.DataFrame({"label": ["NATO"], "value": [number]})


def rate(most: float) -> pd.DataFrame:
    return GALLERY["throughput"][0].iloc[[0]].assign(rate=most)


def on(year: int) -> pd.DataFrame:
    return STANCES.assign(date=f"{year}-01-01")


BOUNDS: list[tuple[str, Callable[[Any], pd.DataFrame], float, float, str]] = [
    ("voices", counted, 1_000_000_000, 1_000_000_001, "'words' holds 1000000001 in row 0, where a count"),
    ("voices", counted, 0, -1, "'words' holds -1"),
    ("voices", counted, 12.0, 12.5, "'words' holds 12.5"),
    ("voices", speakers, 40, 41, r"speakers has 41 rows, and 40 fit one figure; .* speakers.head\(40\)"),
    ("outlets_by_year", years, 6, 7, "'year' spans 7 values, and 6 fit"),
    ("chronology", quarters, 40, 41, "'quarter' spans 41 values, and 40 fit"),
    ("dot_list", value, 1_000_000_000, 1_000_000_001, "'value' holds 1000000001"),
    ("dot_list", value, -1_000_000_000, -1_000_000_001, "'value' holds -1000000001"),
    ("growth", least, 0.0001, 0.00009, "'low' holds 9e-05"),
    ("robustness", groups, 12, 13, "'finding' has 13 values, and 12 fit"),
    ("growth", ratio, 10_000, 10_001, "'high' holds 10001"),
    ("throughput", rate, 10**12, 10**12 + 1, "'rate' holds 1000000000001"),
    ("throughput", rate, 1, 0, "'rate' holds 0"),
    ("stance_ladder", on, 1700, 1699, "'date' holds '1699-01-01'"),
    ("stance_ladder", on, 2200, 2201, "'date' holds '2201-01-01'"),
]


@pytest.mark.parametrize(("name", "frame", "within", "beyond", "says"), BOUNDS)
def test_a_bound_holds_on_both_sides(name, frame, within, beyond, says):
    assert shown(name, frame(within))
    with pytest.raises(ArgumentError, match=says):
        getattr(plots, name)(frame(beyond))


@pytest.mark.parametrize(("name", "frame"), [("outlets_by_year", years(6)), ("chronology", quarters(40))])
def test_names_of_as_many_years_as_fit_do_not_touch(name, frame):
    figure = getattr(plots, name)(frame)
    figure.canvas.draw()
    labels = [label for label in figure.axes[-1].get_xticklabels() if label.get_text()]
    boxes = [label.get_window_extent() for label in labels]
    assert len(boxes) >= 6
    assert all(left.x1 < right.x0 for left, right in itertools.pairwise(boxes))


# A column of each figure that holds names.
NAMED = {
    "agreement_by_theme": "theme",
    "chronology": "theme",
    "dot_list": "label",
    "evidence_strip": "layer",
    "growth": "step",
    "membership_timeline": "country",
    "named_and_speaking": "state",
    "outlets_by_year": "outlet",
    "robustness": "variant",
    "shares_by_year": "measure",
    "stance_ladder": "country",
    "throughput": "step",
    "voices": "speaker",
}
# Of rows in the frame, whatever they hold.
FITTING = {
    "agreement_by_theme": 40,
    "chronology": 480,
    "dot_list": 40,
    "evidence_strip": 10_000,
    "growth": 400,
    "membership_timeline": 160,
    "named_and_speaking": 40,
    "outlets_by_year": 2000,
    "robustness": 1000,
    "shares_by_year": 480,
    "stance_ladder": 1000,
    "throughput": 40,
    "voices": 40,
}


@pytest.mark.parametrize("name", FIGURES)
def test_as_many_rows_are_taken_as_fit(name):
    frame = GALLERY[name][0]
    for more in (0, 1):
        many = pd.concat([frame] * (FITTING[name] + 1), ignore_index=True).head(FITTING[name] + more)
        # The last row is refused for what it holds, where it is not one too many.
        with pytest.raises(ArgumentError, match=f"{FITTING[name]} fit one figure;" if more else "holds b'word' in row"):
            getattr(plots, name)(put(many, NAMED[name], len(many) - 1, b"word"))


def test_two_hundred_events_are_taken():
    for count, says in ((200, "holds b'word' in row 199"), (201, "events has 201 rows, and 200 fit")):
        events = put(pd.concat([EVENTS] * 101, ignore_index=True).head(count), "label", count - 1, b"word")
        with pytest.raises(ArgumentError, match=says):
            plots.stance_ladder(STANCES, events=events)


def test_a_figure_higher_than_a_page_is_refused_and_closed():
    at_once = pd.concat([STANCES.head(1)] * 300)
    assert plots.stance_ladder(at_once).get_figheight() <= 40
    with pytest.raises(ArgumentError, match=r"the figure of stances is 4[0-9] inches high, and 40 fit"):
        plots.stance_ladder(pd.concat([STANCES.head(1)] * 350))
    assert len(plt.get_fignums()) == 1


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("named_and_speaking", {"speaks": 50}, "in row 0 'speaks' is 50, more than 'named' with 33"),
        ("evidence_strip", {"start": 500}, "in row 0 'start' is 500, more than 'end' with 300"),
        ("chronology", {"quarter": "2007Q1"}, "row 1 repeats the theme and quarter of a row before it"),
        ("throughput", {"group": "others"}, "'group' holds 'others' in row 0, where one of wall, library, peer"),
        ("membership_timeline", {"from": "2012-01-01", "to": "2011-01-01"}, "'from' is '2012-01-01', more than 'to'"),
        ("shares_by_year", {"of": 0}, "'of' holds 0 in row 0, where a count must be .a whole number from 1"),
    ],
)
def test_what_would_be_drawn_wrongly_is_refused(name, change, says):
    frame, given = GALLERY[name]
    with pytest.raises(ArgumentError, match=says):
        getattr(plots, name)(frame.assign(**change), **given)


def test_a_near_name_of_a_column_is_told():
    with pytest.raises(MissingColumn, match=r"speakers has no column 'words'.*did you mean 'word'"):
        plots.voices(counted(5).rename(columns={"words": "word"}))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("size", [40, 300])
def test_a_long_name_is_drawn_in_full_or_refused(name, size):
    figure, frame, given = CASES[name]
    word = ("Ministry of Foreign Affairs and Communications of the Republic " * 5)[: size - 1] + "x"
    told: list[str] = []
    declared = inspect.getclosurevars(getattr(plots, figure)).nonlocals["frames"]
    first = next(iter(declared))
    for column in _checks.names_of(declared[first], first, {"rows": "country", "panels": None, **given, first: frame}):
        row = next(at for at, one in enumerate(frame[column]) if isinstance(one, str))
        try:
            drawn = getattr(plots, figure)(put(frame, column, row, word), **given)
        except ArgumentError as error:
            told.append(str(error))
            continue
        drawn.canvas.draw()
        page = drawn.bbox.padded(2)
        named = [text.get_window_extent() for text in texts(drawn) if word in " ".join(text.get_text().split())]
        assert all(page.x0 <= box.x0 and box.x1 <= page.x1 for box in named)
    assert all("does not fit the figure; give a shorter name" in one or "the column" in one for one in told)
