"""Shares with intervals, and statistics computed again on parts of a sample."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from clippings import measures
from clippings.arguments import ArgumentError

SPEAKERS = pd.DataFrame(
    {
        "id": ["a", "a", "a", "b", "c", "c"],
        "year": [2006, 2006, 2006, 2007, 2008, 2008],
        "country": ["RU", "RU", "BY", "BY", "RU", None],
        "quoted": [True, True, True, False, False, True],
    }
)


def test_a_share_has_the_interval_of_wilson():
    found = measures.share_of(SPEAKERS, "quoted")
    assert found.counts == "4 of 6"
    assert found.n == 6
    assert found.value == pytest.approx(4 / 6)
    assert (found.low, found.high) == measures.wilson(4, 6)


def test_ones_and_zeros_are_flags():
    assert measures.share_of(SPEAKERS.astype({"quoted": int}), "quoted") == measures.share_of(SPEAKERS, "quoted")


@pytest.mark.parametrize("value", [2, "yes", None, math.nan])
def test_what_is_no_flag_is_refused(value):
    with pytest.raises(ValueError, match="'quoted' holds"):
        measures.share_of(pd.DataFrame({"quoted": [True, value]}, dtype=object), "quoted")


def test_a_share_of_nothing_is_no_number():
    for found in (
        measures.share_of(SPEAKERS[:0], "quoted"),
        measures.clustered_share(SPEAKERS[:0], "quoted", cluster="id"),
        measures.share_difference(SPEAKERS, "quoted", by="country", groups=("RU", "PL")),
    ):
        assert math.isnan(found.value)
        assert math.isnan(found.low)
        assert found.n == 0


def test_a_difference_is_that_of_the_means():
    found = measures.share_difference(SPEAKERS, "quoted", by="country", groups=("RU", "BY"))
    assert found.value == pytest.approx(2 / 3 - 1 / 2)
    assert found.counts == "2 of 3 less 1 of 2"
    assert found.n == 5
    assert found[:3] == measures.mean_difference([1, 1, 0], [1, 0])


def test_a_difference_may_draw_whole_clusters():
    days = pd.DataFrame(
        {
            "date": [day for day in range(20) for _ in range(4)],
            "country": ["RU", "BY"] * 40,
            "quoted": [day % 2 == 0 or country == "RU" for day in range(20) for country in ("RU", "BY") * 2],
        }
    )
    options = {"by": "country", "groups": ("RU", "BY")}
    apart = measures.share_difference(days, "quoted", **options)
    whole = measures.share_difference(days, "quoted", **options, cluster="date")
    assert (
        (whole.value, whole.n, whole.counts)
        == (apart.value, apart.n, apart.counts)
        == (0.5, 80, "40 of 40 less 20 of 40")
    )
    assert whole.high - whole.low > 1.2 * (apart.high - apart.low)
    elsewhere = pd.concat([days, pd.DataFrame({"date": range(90, 99), "country": "PL", "quoted": True})])
    assert measures.share_difference(elsewhere, "quoted", **options, cluster="date") == whole


def test_pairs_that_rise_and_fall_together_differ_surely():
    days = pd.DataFrame({"date": [n // 2 for n in range(40)], "country": ["RU", "BY"] * 20})
    days["quoted"] = days["date"] % 2 == 0
    options = {"by": "country", "groups": ("RU", "BY")}
    assert measures.share_difference(days, "quoted", **options, cluster="date")[:3] == (0, 0, 0)
    assert measures.share_difference(days, "quoted", **options).low < -0.2


def test_clusters_that_are_alike_widen_the_interval():
    alike = pd.DataFrame({"id": [n // 10 for n in range(100)], "quoted": [n // 10 % 2 == 0 for n in range(100)]})
    alone, whole = measures.share_of(alike, "quoted"), measures.clustered_share(alike, "quoted", cluster="id")
    assert whole.value == alone.value == 0.5
    assert whole.high - whole.low > 1.5 * (alone.high - alone.low)


def test_the_seed_decides_the_draws():
    runs = [measures.clustered_share(SPEAKERS, "quoted", cluster="id", seed=seed) for seed in (1, 1)]
    assert runs[0] == runs[1]


def test_less_confidence_gives_a_narrower_interval():
    wide, narrow = (measures.share_of(SPEAKERS, "quoted", confidence=share) for share in (0.95, 0.8))
    assert (narrow.low, narrow.high) == measures.wilson(4, 6, confidence=0.8)
    assert wide.low < narrow.low < narrow.high < wide.high
    alike = pd.DataFrame({"id": range(40), "quoted": [n % 2 == 0 for n in range(40)]})
    wide, narrow = (measures.clustered_share(alike, "quoted", cluster="id", confidence=share) for share in (0.95, 0.8))
    assert wide.low < narrow.low < narrow.high < wide.high


def test_few_draws_take_few_clusters():
    one = measures.clustered_share(SPEAKERS, "quoted", cluster="id", n_boot=1)
    assert one.low == one.high


def test_a_missing_cluster_is_refused():
    with pytest.raises(ValueError, match="'country' holds a missing value"):
        measures.clustered_share(SPEAKERS, "quoted", cluster="country")


def test_each_group_is_left_out_once_and_rows_without_a_group_never():
    found = measures.leave_one_out(SPEAKERS, "country", len)
    assert found.to_dict("list") == {"country": ["BY", "RU"], "left_out": [2, 3], "value": [4, 3]}


def test_a_named_tuple_becomes_columns():
    found = measures.leave_one_out(SPEAKERS, "year", lambda rest: measures.share_of(rest, "quoted"))
    assert list(found) == ["year", "left_out", "value", "low", "high", "n", "counts"]
    assert found["counts"].tolist() == ["1 of 3", "4 of 5", "3 of 4"]


def test_nothing_to_leave_out_gives_an_empty_frame():
    found = measures.leave_one_out(SPEAKERS.assign(outlet=None), "outlet", len)
    assert list(found) == ["outlet", "left_out"]
    assert found.empty


def test_variants_begin_with_the_whole():
    found = measures.variants(SPEAKERS, {"late": SPEAKERS["year"] > 2006, "none": SPEAKERS["year"] > 2010}, len)
    assert found.to_dict("list") == {"variant": ["all", "late", "none"], "left_out": [0, 3, 6], "value": [6, 3, 0]}


@pytest.mark.parametrize("keep", [{"all": SPEAKERS["quoted"]}, {"short": SPEAKERS["quoted"][:3]}])
def test_a_part_that_does_not_fit_is_refused(keep):
    with pytest.raises(ValueError, match="must stand beside the frame"):
        measures.variants(SPEAKERS, keep, len)


@pytest.mark.parametrize(
    "call",
    [
        lambda: measures.share_of(SPEAKERS, "quotd"),
        lambda: measures.share_difference(SPEAKERS, "quoted", by="land", groups=("RU", "BY")),
        lambda: measures.clustered_share(SPEAKERS, "quoted", cluster="clipping"),
        lambda: measures.leave_one_out(SPEAKERS, "outlet", len),
    ],
)
def test_a_missing_column_is_named(call):
    with pytest.raises(measures.MissingColumn, match="has no column"):
        call()


def test_frames_are_not_changed():
    before = SPEAKERS.copy()
    measures.clustered_share(SPEAKERS, "quoted", cluster="id")
    measures.variants(SPEAKERS, {"late": SPEAKERS["year"] > 2006}, len)
    pd.testing.assert_frame_equal(SPEAKERS, before)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"groups": "RU"}, "groups must be a list, not str; give two"),
        ({"groups": ("RU",)}, "groups must be two groups, not \\('RU',\\)"),
        ({"groups": ("RU", "BY"), "confidence": "95"}, "confidence must be a number between 0 and 1, not '95'"),
        ({"groups": ("RU", "BY"), "seed": -1}, "seed must be a whole number of at least 0, not -1"),
    ],
)
def test_what_is_no_option_is_refused_by_its_name(options, message):
    with pytest.raises(ArgumentError, match=message):
        measures.share_difference(SPEAKERS, "quoted", by="country", **options)


def test_a_part_that_is_no_column_is_refused():
    with pytest.raises(ValueError, match="'early' must stand beside the frame"):
        measures.variants(SPEAKERS, {"early": [True] * len(SPEAKERS)}, len)


def test_draws_that_never_hold_both_groups_leave_the_bounds_open():
    """With one draw of two clusters that have a group each, most draws hold one group alone."""
    frame = pd.DataFrame({"day": [1, 2], "country": ["RU", "BY"], "supports": [1, 0]})
    options = {"by": "country", "groups": ("RU", "BY"), "cluster": "day", "n_boot": 1}
    found = [measures.share_difference(frame, "supports", seed=seed, **options) for seed in range(9)]
    assert {one.value for one in found} == {1.0}
    assert {math.isnan(one.low) and math.isnan(one.high) for one in found} == {True, False}
