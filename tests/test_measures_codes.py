"""Pairs of codes: lift, Jaccard, their intervals, and what chance deals."""

import numpy as np
import pandas as pd
import pytest

from clippings.measures import code_pairs

CODES = pd.DataFrame({"a": [1, 1, 1, 0, 0, 0, 0, 0], "b": [1, 1, 0, 0, 0, 0, 0, 0], "c": [0, 0, 0, 1, 1, 1, 1, 1]})


def row(found: pd.DataFrame, a: str, b: str) -> pd.Series:
    return found[(found["a"] == a) & (found["b"] == b)].iloc[0]


def test_counts_lift_and_jaccard():
    found = code_pairs(CODES)
    assert found[["a", "b"]].to_numpy().tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]
    pair = row(found, "a", "b")
    assert (pair["both"], pair["count_a"], pair["count_b"]) == (2, 3, 2)
    assert pair["lift"] == pytest.approx(2 * 8 / (3 * 2))
    assert pair["jaccard"] == pytest.approx(2 / 3)
    assert row(found, "a", "c")["lift"] == 0


def test_units_without_either_code_move_lift_and_not_jaccard():
    nothing = pd.DataFrame(0, index=range(20), columns=CODES.columns)
    few, many = (row(code_pairs(one), "a", "b") for one in (CODES, pd.concat([CODES, nothing])))
    assert many["lift"] > few["lift"]
    assert many["jaccard"] == few["jaccard"]


def test_intervals_hold_the_measure_and_chance_holds_independence():
    generator = np.random.default_rng(1)
    codes = pd.DataFrame(generator.integers(0, 2, (300, 2)), columns=["a", "b"])
    pair = code_pairs(codes, n_draws=500).iloc[0]
    assert pair["lift_low"] < 1 < pair["lift_high"]
    assert pair["jaccard_low"] < pair["jaccard"] < pair["jaccard_high"]
    assert pair["chance_low"] <= pair["both"] <= pair["chance_high"]


def test_a_tie_beyond_chance_is_seen():
    codes = pd.DataFrame({"a": [1] * 50 + [0] * 50, "b": [1] * 45 + [0] * 55})
    pair = code_pairs(codes, n_draws=500).iloc[0]
    assert pair["both"] > pair["chance_high"]
    assert pair["lift_low"] > 1


def test_draws_repeat():
    pd.testing.assert_frame_equal(code_pairs(CODES), code_pairs(CODES))
    assert not code_pairs(CODES, n_draws=7).equals(code_pairs(CODES, n_draws=7, seed=1))


def test_a_code_that_no_unit_carries_has_no_lift():
    pair = code_pairs(CODES.assign(b=0)).iloc[0]
    assert np.isnan(pair["lift"])
    assert np.isnan(pair["lift_low"])
    assert pair["jaccard"] == 0


def test_true_and_false_will_do_and_one_code_has_no_pair():
    pd.testing.assert_frame_equal(code_pairs(CODES.astype(bool)), code_pairs(CODES))
    assert code_pairs(CODES[["a"]]).empty


@pytest.mark.parametrize(
    ("codes", "options", "message"),
    [
        (CODES.iloc[:0], {}, "codes is empty"),
        (CODES * 2, {}, "codes must be 0 or 1"),
        (CODES.assign(a=np.nan), {}, "codes must be 0 or 1"),
        (CODES, {"n_draws": 0}, "n_draws"),
        (CODES, {"confidence": 1.0}, "confidence"),
    ],
)
def test_what_can_not_be_measured_is_said(codes, options, message):
    with pytest.raises(ValueError, match=message):
        code_pairs(codes, **options)


@pytest.mark.parametrize("codes", [pd.DataFrame({"a": ["x", "1"], "b": [0, 1]}), pd.DataFrame({"a": [None, 1]})])
def test_codes_that_are_no_numbers_are_refused(codes):
    with pytest.raises(ValueError, match="codes must be 0 or 1 in every row"):
        code_pairs(codes)


def test_what_is_no_frame_is_refused():
    with pytest.raises(ValueError, match="codes must be a DataFrame, not list"):
        code_pairs([[0, 1]])
