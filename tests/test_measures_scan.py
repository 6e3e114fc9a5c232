"""The run of days in which a thing is rarest, and how often chance would do the same."""

from __future__ import annotations

import pandas as pd
import pytest

from clippings import measures


def days(flags: list[int], *, each: int = 1) -> pd.DataFrame:
    dates = pd.date_range("2007-01-01", periods=len(flags)).strftime("%Y-%m-%d")
    return pd.DataFrame({"date": dates.repeat(each), "supports": [flag for flag in flags for _ in range(each)]})


def test_a_run_without_any_is_found_and_chance_seldom_makes_one():
    found = measures.rarest_run(days([1] * 12 + [0] * 6 + [1] * 12), "supports")
    assert found[:4] == ("2007-01-13", "2007-01-18", "0 of 6", "24 of 24")
    assert found.p < 0.01


def test_what_is_spread_out_is_no_run():
    found = measures.rarest_run(days([1, 0, 1, 1, 0] * 6), "supports")
    assert found.p > 0.2


def test_the_order_of_the_rows_does_not_matter():
    frame = days([1] * 6 + [0] * 3 + [1] * 6, each=2)
    assert measures.rarest_run(frame.sample(frac=1, random_state=3), "supports") == measures.rarest_run(
        frame, "supports"
    )


def test_rows_of_one_day_stay_together():
    """Ten reports of one statement are one day: any order has such a day."""
    frame = pd.concat([days([1] * 10), pd.DataFrame({"date": "2007-01-05", "supports": [0] * 10})])
    assert measures.rarest_run(frame, "supports").p == 1


def test_no_run_is_longer_than_half_of_the_days():
    found = measures.rarest_run(days([0] * 7 + [1] * 3), "supports")
    assert found.inside == "0 of 5"


@pytest.mark.parametrize("flags", [[], [1], [1, 1, 1, 1], [0, 0, 0]])
def test_without_a_difference_there_is_no_run(flags):
    assert measures.rarest_run(days(flags), "supports") is None


def test_chance_is_the_same_at_each_call():
    frame = days([1, 0, 0, 1, 1, 1, 0, 1])
    assert measures.rarest_run(frame, "supports") == measures.rarest_run(frame, "supports")


def test_what_is_asked_wrongly_is_refused():
    with pytest.raises(measures.MissingColumn, match="'day'"):
        measures.rarest_run(days([1, 0]), "supports", date="day")
    with pytest.raises(ValueError, match="n_perm"):
        measures.rarest_run(days([1, 0]), "supports", n_perm=0)
    with pytest.raises(ValueError, match="holds 2"):
        measures.rarest_run(days([1, 2]), "supports")


def test_days_of_the_frame_of_clippings_are_given_as_days():
    days = pd.to_datetime([f"2007-01-{day:02}" for day in range(1, 21)])
    run = measures.rarest_run(pd.DataFrame({"date": days, "supports": [1] * 8 + [0] * 4 + [1] * 8}), "supports")
    assert run[:2] == ("2007-01-09", "2007-01-12")
