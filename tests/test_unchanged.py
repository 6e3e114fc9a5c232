"""The annotations of fixed pages are, byte for byte, those on record."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import golden


def test_every_layer_is_as_recorded():
    assert golden.differences(golden.recorded(), golden.fingerprints(golden.fixed_pages())) == []


def test_a_changed_a_missing_and_a_new_layer_are_named():
    before = [("a", "0", "quotes", "12"), ("a", "0", "dates", "5"), ("b", "0", "dates", "6")]
    after = [("a", "0", "quotes", "34"), ("a", "0", "dates", "5"), ("c", "0", "dates", "6")]
    assert golden.differences(before, after) == [
        "a, item 0: quotes differ from the record",
        "b, item 0: dates differ from the record",
        "c, item 0: dates differ from the record",
    ]
