"""Agreement of coders and intervals, against published values and by properties."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clippings.measures import Interval, alpha, disagreements, mean_difference, percent_agreement, wilson

FEW = settings(max_examples=25, deadline=None)
PAIRS = st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("xyz")), min_size=1, max_size=12)
# A table of codes, a tuple a coder: up to five coders and eight units, with values missing.
CODES = st.tuples(st.integers(1, 5), st.integers(1, 8)).flatmap(
    lambda size: st.lists(st.tuples(*[st.sampled_from("wxyz.")] * size[1]), min_size=size[0], max_size=size[0])
)


def coded(*rows: str) -> pd.DataFrame:
    """A row a coder, a sign a unit, a period where there is no value."""
    given_values = [(unit, f"coder {number}", sign) for number, row in enumerate(rows) for unit, sign in enumerate(row)]
    frame = pd.DataFrame(given_values, columns=["unit", "coder", "value"])
    return frame[frame["value"] != "."]


def value(*rows: str) -> float:
    return float(alpha(coded(*rows), n_boot=1)["alpha"][0])


def pairable(rows: list[tuple[str, ...]]) -> list[list[str]]:
    """The values of each unit that has two at least."""
    units = [[sign for sign in column if sign != "."] for column in zip(*rows, strict=True)]
    return [unit for unit in units if len(unit) > 1]


def differing(values: list[str]) -> int:
    return sum(one != other for one, other in permutations(values, 2))


def by_definition(units: list[list[str]]) -> float:
    """Alpha from every pair of values, as exact fractions."""
    values = [sign for unit in units for sign in unit]
    if not differing(values):
        return math.nan
    observed = sum((Fraction(differing(unit), len(unit) - 1) for unit in units), Fraction()) / len(values)
    return float(1 - observed / Fraction(differing(values), len(values) * (len(values) - 1)))


# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", and his published alphas: A, two observers and ten
# units, binary; B, two observers and twelve units, five values; C, four observers and twelve units, some values
# missing, of which eleven units with 40 values can be paired.
EXAMPLES = {
    "A": (("0100000010", "1110010000"), 0.095),
    "B": (("aabbdcccedda", "babbbccceddd"), 0.692),
    "C": (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_krippendorff(name):
    rows, published = EXAMPLES[name]
    found = alpha(coded(*rows)).iloc[0]
    assert found["alpha"] == pytest.approx(published, abs=5e-4)
    assert found["low"] <= found["alpha"] <= found["high"]


def test_units_that_can_be_paired_are_counted():
    found = alpha(coded(*EXAMPLES["C"][0]), n_boot=10).iloc[0]
    assert (found["units"], found["values"], found["coders"]) == (11, 40, 4)


def test_the_interval_is_that_of_the_seed_and_narrows_with_units():
    coding = coded(*EXAMPLES["B"][0])
    pd.testing.assert_frame_equal(alpha(coding, seed=1), alpha(coding, seed=1))
    assert not alpha(coding, seed=1).equals(alpha(coding, seed=2))
    more = alpha(coded(*(row * 10 for row in EXAMPLES["B"][0])))
    less = alpha(coding)
    assert (more["high"] - more["low"])[0] < (less["high"] - less["low"])[0] / 2
    wide = alpha(coding, confidence=0.99)
    assert wide["low"][0] <= less["low"][0]


def test_full_agreement_is_one_without_width():
    found = alpha(coded("xyxxy", "xyxxy"), n_boot=200).iloc[0]
    assert (found["alpha"], found["low"], found["high"]) == (1, 1, 1)
    assert found["undefined"] > 0  # draws of one value only


@pytest.mark.parametrize(
    "rows", [("xxxx", "xxxx"), ("xy..", "..yx"), ("xyxy",), ("....",), ("xxz.", "xx.y"), ("x",), ("x", "x")]
)
def test_alpha_is_undefined_without_variation_or_pairs(rows):
    found = alpha(coded(*rows), n_boot=5).iloc[0]
    assert found[["alpha", "low", "high"]].isna().all()
    assert found["undefined"] == 5


def test_one_unit_on_which_coders_differ_is_as_by_chance():
    # Its pairs are all there are, so that the disagreement observed is the one expected.
    found = alpha(coded("x", "y"), n_boot=5).iloc[0]
    assert (found["alpha"], found["low"], found["high"], found["undefined"]) == (0, 0, 0, 0)
    assert value("x", "y", "y", "z") == pytest.approx(0, abs=1e-12)


@FEW
@given(CODES)
def test_alpha_is_that_of_the_definition(rows):
    assert value(*map("".join, rows)) == pytest.approx(by_definition(pairable(rows)), abs=1e-12, nan_ok=True)


@FEW
@given(CODES, st.integers(0, 9))
def test_the_interval_is_that_of_whole_units_drawn(rows, seed):
    units = pairable(rows)
    found = alpha(coded(*map("".join, rows)), n_boot=20, seed=seed, confidence=0.5).iloc[0]
    draws = np.random.default_rng(seed).integers(max(1, len(units)), size=(20, len(units)))
    drawn = [by_definition([units[place] for place in draw]) for draw in draws]
    defined = [one for one in drawn if not math.isnan(one)]
    bounds = np.quantile(defined, [0.25, 0.75]) if defined else [math.nan, math.nan]
    assert [found["low"], found["high"]] == pytest.approx(list(bounds), abs=1e-12, nan_ok=True)
    assert found["undefined"] == 20 - len(defined)


def test_the_draws_of_alpha_do_not_depend_on_blocks(monkeypatch):
    coding = coded(*EXAMPLES["C"][0])
    expected = alpha(coding, n_boot=50)
    monkeypatch.setattr("clippings.measures.intervals._DRAWS_AT_ONCE", 33)
    pd.testing.assert_frame_equal(alpha(coding, n_boot=50), expected, check_exact=True)


@FEW
@given(st.data())
def test_alpha_does_not_depend_on_order_names_of_values_or_single_values(data):
    first, *others = ("".join(row) for row in data.draw(CODES))
    expected = pytest.approx(value(first, *others), abs=1e-12, nan_ok=True)
    columns = data.draw(st.permutations(list(zip(*data.draw(st.permutations([first, *others])), strict=True))))
    renamed = str.maketrans("wxyz", "".join(data.draw(st.permutations("wxyz"))))
    assert value(*("".join(row).translate(renamed) for row in zip(*columns, strict=True))) == expected
    assert value(first + "x", *(row + "." for row in others)) == expected


@FEW
@given(PAIRS)
def test_alpha_is_at_most_one_and_one_only_in_full_agreement(pairs):
    one, other = ("".join(row) for row in zip(*pairs, strict=True))
    found = value(one, other)
    if len(set(one + other)) > 1:
        assert found <= 1
        assert (found == 1) == (one == other)
    else:
        assert np.isnan(found)


@FEW
@given(PAIRS)
def test_percent_agreement_of_two_is_the_share_of_units(pairs):
    one, other = ("".join(row) for row in zip(*pairs, strict=True))
    same = sum(a == b for a, b in pairs)
    found = percent_agreement(coded(one, other)).iloc[0]
    assert (found["units"], found["agreed"]) == (len(pairs), same)
    assert found["agreement"] == pytest.approx(same / len(pairs))
    assert len(disagreements(coded(one, other))) == len(pairs) - same


def test_percent_agreement_of_three_by_hand():
    # One unit of x, x, y: one pair of three agrees. One unit of x alone: no pair.
    assert percent_agreement(coded("xx", "x.", "y.")).values.tolist() == [[1, 0, pytest.approx(1 / 3)]]
    assert percent_agreement(coded("x"))["agreement"].isna().all()


def test_groups_are_measured_apart_and_units_may_be_several_columns():
    one, two = coded("xyxy", "xyxx").assign(theme="a"), coded("xxyy", "yyxx").assign(theme="b")
    both = pd.concat([one, two]).assign(item=0)
    found = alpha(both, unit=["unit", "item"], by="theme")
    assert found["theme"].tolist() == ["a", "b"]
    assert found["alpha"].tolist() == [alpha(one)["alpha"][0], alpha(two)["alpha"][0]]
    assert percent_agreement(both, by=["theme"])["agreed"].tolist() == [3, 0]
    differing = disagreements(both, unit=["unit", "item"], by="theme")
    assert list(differing.columns) == ["theme", "unit", "item", "coder 0", "coder 1"]
    assert differing.head(2).values.tolist() == [["a", 3, 0, "y", "x"], ["b", 0, 0, "x", "y"]]


def test_a_coder_without_a_value_shows_as_missing():
    found = disagreements(coded("xx", "yx", "x."))
    assert found.drop(columns="unit").values.tolist() == [["x", "y", "x"]]
    found = disagreements(coded("x", "y", "."), unit="unit")
    assert list(found.columns) == ["unit", "coder 0", "coder 1"]
    assert len(disagreements(coded("xx", "xx"))) == 0


def test_numbers_and_missing_values():
    coding = pd.DataFrame({"unit": [1, 1, 2, 2, 3, 3], "coder": ["A", "B"] * 3, "value": [1, 1, 0, 0, 1, None]})
    assert alpha(coding, n_boot=5)[["alpha", "units"]].values.tolist() == [[1, 2]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"coder": ["A", "A"]}, "more than one value for unit 1, coder 'A'; a coder codes a unit once"),
        ({"value": ["1", 1]}, "'value' mixes text and numbers"),
        ({"unit": [1, None]}, "the column 'unit' holds a missing value"),
        ({"coder": ["A", None]}, "the column 'coder' holds a missing value"),
    ],
)
@pytest.mark.parametrize("measure", [alpha, percent_agreement, disagreements])
def test_codings_that_can_not_be_measured(measure, change, message):
    coding = pd.DataFrame({"unit": [1, 1], "coder": ["A", "B"], "value": ["x", "y"]} | change)
    with pytest.raises(ValueError, match=message):
        measure(coding)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: alpha(coded("x"), coder="coders"), "coding has no column 'coders'.*did you mean 'coder'"),
        (lambda: alpha(coded("x"), unit=[]), "unit is empty"),
        (lambda: alpha(coded("x"), by="unit"), "the column 'unit' is named twice"),
        (lambda: alpha(coded("x"), value="coder"), "the column 'coder' is named twice"),
        (lambda: alpha(coded("x"), confidence=95), "confidence must be a number between 0 and 1, not 95"),
        (lambda: alpha(coded("x"), n_boot=0), "n_boot must be a whole number of at least 1"),
        (lambda: disagreements(coded("x").assign(coder="unit")), "the coder 'unit' has the name of a column"),
        (lambda: wilson(3, 2), "successes must not exceed n: 3 of 2"),
        (lambda: wilson(0, 0), "n must be a whole number of at least 1"),
        (lambda: wilson(1.5, 2), "successes must be a whole number"),
        (lambda: mean_difference([], [1]), "first is empty"),
        (lambda: mean_difference([1], [float("nan")]), "second holds missing or infinite values"),
    ],
)
def test_what_is_wrong_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3 (score method without
# continuity correction, Wilson 1927).
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_examples_of_newcombe(successes, n, low, high):
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@settings(deadline=None)
@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_wilson_holds_the_share_and_mirrors(counted, confidence):
    successes, n = counted
    low, high = wilson(np.int64(successes), n, confidence=confidence)
    assert 0 <= low <= successes / n <= high <= 1
    assert low < high
    assert wilson(n - successes, n, confidence=confidence) == pytest.approx((1 - high, 1 - low))


def test_the_difference_of_means():
    one, other = np.arange(100.0), np.arange(100.0) + 3
    found = mean_difference(one, other)
    # By hand: sqrt(2 * 833.25 / 100) = 4.08 is the standard error, and 1.96 of it make 8.
    assert found.difference == -3
    assert found.low == pytest.approx(-11, abs=0.6)
    assert found.high == pytest.approx(5, abs=0.6)
    assert found == mean_difference(one, other)
    assert found != mean_difference(one, other, seed=1)


def test_the_draws_do_not_depend_on_blocks(monkeypatch):
    expected = mean_difference([1, 2, 5], [0, 1], n_boot=50)
    monkeypatch.setattr("clippings.measures.intervals._DRAWS_AT_ONCE", 20)
    assert mean_difference([1, 2, 5], [0, 1], n_boot=50) == expected


def test_an_interval_is_named():
    assert wilson(1, 2) == Interval(*wilson(1, 2))
    assert wilson(1, 2).low < 0.5 < wilson(1, 2).high
