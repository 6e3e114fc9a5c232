"""What coders decided: statuses, agreement, precision with its intervals, several coders."""

import json

import pandas as pd
import pytest

import clippings as cl
from clippings.measures.intervals import weighted
from reviewing import PAGES, annotated_pages, marks, reviewed


@pytest.fixture(scope="module")
def annotated():
    return annotated_pages()


def test_every_frame_carries_status_and_coder(annotated, tmp_path):
    curated = reviewed(annotated, tmp_path, ["accept", "reject", "change Igor Orlov"])
    for name in annotated.layers:
        frame, machine = getattr(curated, name), getattr(annotated, name)
        assert frame.columns.tolist() == [*machine.columns, "status", "coder"]
        assert frame.dtypes[machine.columns].equals(machine.dtypes)
        if name != "quotes":
            pd.testing.assert_frame_equal(frame[machine.columns], machine)
    assert curated.quotes["coder"].dropna().tolist() == ["Jo", "Jo", "Jo"]
    assert (curated.coders, curated.reviewed, len(curated)) == (("Jo",), ("quotes",), 2)
    assert "1 accepted, 1 changed, 1 rejected" in repr(curated)
    assert "accepted" in curated._repr_html_()
    assert curated.clippings.equals(annotated.clippings)


def test_its_own_frames_are_described(annotated, tmp_path):
    curated = reviewed(annotated, tmp_path, ["accept", "reject", "change Igor Orlov"])
    rows = marks(annotated, id="nobody")
    for found in (curated, cl.review.from_frame(rows, annotated, coder="Jo")):
        for name in ("reviews", "conflicts", "orphans"):
            told = cl.describe(name)
            assert told["column"].tolist() == getattr(found, name).columns.tolist()
            never = told.loc[told["empty"] == "never", "column"]
            assert getattr(found, name)[list(never)].notna().all(axis=None)
            assert all(meaning.endswith(".") for meaning in told["meaning"])
    assert set(curated.reviews["status"]) < set(cl.describe("reviews", "status")["value"])


def test_it_is_reported_as_coders_hold_it_right(annotated, tmp_path):
    curated = reviewed(annotated, tmp_path, ["accept", "reject", "change Igor Orlov"])
    made = curated.corrected()
    assert curated.report().files == made.report().files
    assert repr(curated.utterances()) == repr(made.utterances())
    assert curated.browse().html == made.browse().html
    assert curated.summary == made.summary == annotated.summary
    tables = cl.save(curated, tmp_path / "out")
    assert tables.report().files == made.report().files
    assert tables.summary == annotated.summary


def test_parts_of_it_keep_their_decisions(annotated, tmp_path):
    curated = reviewed(annotated, tmp_path, ["accept"] * 6)
    part = curated.filter(lambda page: page.clipping.id == "b")
    assert part.quotes["status"].tolist() == ["accepted"] * len(annotated["b"].quotes)
    assert len(part.reviews) == len(annotated["b"].quotes)
    assert curated[0].clipping.id == "a"


def test_what_was_not_run_is_an_error(tmp_path):
    annotated = cl.Corpus(cl.parse(PAGES["a.txt"], layout="plain")).annotate(layers=["quotes"])
    curated = reviewed(annotated, tmp_path, ["accept"])
    with pytest.raises(cl.LayerError):
        curated.dates  # noqa: B018
    with pytest.raises(cl.LayerError):
        curated.precision(layer="dates")
    with pytest.raises(ValueError, match="reviewed are no layers; name one with layer="):
        cl.review.CuratedCorpus(annotated).precision()


# Several coders.


def test_coders_who_agree_are_named_together_and_conflicts_are_shown(annotated, tmp_path):
    first = reviewed(annotated, tmp_path, ["accept", "reject", "change Igor Orlov", "change Vera Lys"], "Al")
    second = reviewed(annotated, tmp_path, ["accept", "accept", "change Igor Orlov", "change Vera Liss"], "Jo")
    both = first + second
    assert both.quotes["status"].tolist()[:4] == ["accepted", "conflict", "changed", "conflict"]
    assert set(both.quotes["coder"].tolist()[:4]) == {"Al; Jo"}
    assert both.quotes["speaker"].tolist()[1:4] == ["Ivan Orlov", "Igor Orlov", annotated.quotes["speaker"][3]]
    shown = both.conflicts
    assert shown[["start", "coder", "status"]].values.tolist() == [
        [annotated.quotes["start"][1], "Al", "rejected"], [annotated.quotes["start"][1], "Jo", "accepted"],
        [annotated.quotes["start"][3], "Al", "changed"], [annotated.quotes["start"][3], "Jo", "changed"],
    ]  # fmt: skip
    assert [json.loads(one)["speaker"] for one in shown["changes"].dropna()] == ["Vera Lys", "Vera Liss"]
    assert both.coders == ("Al", "Jo")
    assert len((both + both).reviews) == len(both.reviews)


def test_a_second_file_is_read_onto_the_first(annotated, tmp_path):
    first = reviewed(annotated, tmp_path, ["accept"], "Al")
    second = reviewed(first, tmp_path, ["reject"], "Jo")
    assert second.quotes["status"][0] == "conflict"


def test_a_coder_who_says_two_things_is_in_conflict_with_oneself(annotated, tmp_path):
    both = reviewed(annotated, tmp_path, ["accept", "accept"]) + reviewed(annotated, tmp_path, ["reject", "accept"])
    assert both.quotes["status"].tolist()[:2] == ["conflict", "accepted"]
    assert both.coding()["unit"].nunique() == 1


def test_reviews_of_other_clippings_are_not_joined(annotated, tmp_path):
    one = reviewed(annotated, tmp_path, ["accept"])
    other = reviewed(annotated.filter(lambda page: page.clipping.id == "b"), tmp_path, ["accept"])
    with pytest.raises(ValueError, match="of other clippings"):
        one + other
    with pytest.raises(TypeError):
        one + annotated


def test_agreement_is_that_of_the_measures(annotated, tmp_path):
    first = reviewed(annotated, tmp_path, ["accept", "reject", "change Igor Orlov", "change Vera Lys", "accept"], "Al")
    second = reviewed(annotated, tmp_path, ["accept", "accept", "change Igor Orlov", "change Vera Liss"], "Jo")
    both = first + second
    coding = both.coding()
    assert coding["value"].tolist()[:4] == ["Anna Petrova", "Anna Petrova", "(rejected)", "Ivan Orlov"]
    found = both.agreement(seed=3).set_index("of")
    for of, agreed in (("verdict", 3), ("value", 2)):
        alpha = cl.measures.alpha(coding, value=of, seed=3)
        assert found.loc[of, alpha.columns].tolist() == alpha.iloc[0].tolist()
        assert found.loc[of, ["units", "agreed"]].tolist() == [4, agreed]
    machine = first.agreement(machine=True).set_index("of")
    assert machine.index.tolist() == ["value"]
    assert machine.loc["value", ["units", "agreed", "coders"]].tolist() == [5, 2, 2]


# Precision.


def test_precision_has_wilsons_interval_by_rule(annotated, tmp_path):
    curated = reviewed(annotated, tmp_path, ["accept", "reject", "change Jan", "accept"])
    table = curated.precision().set_index("rule")
    counts = table[["accepted", "changed", "rejected", "unreviewed"]].sum(axis=1)
    assert counts.to_dict() == annotated.quotes["rule"].value_counts().to_dict()
    row = table.loc["inverted cue"]
    n = int(row["accepted"] + row["changed"] + row["rejected"])
    low, high = cl.measures.wilson(int(row["accepted"]), n)
    assert row[["precision", "low", "high", "worth"]].tolist() == [row["accepted"] / n, low, high, n]
    nobody = table[table["worth"] == 0]
    assert nobody[["precision", "low", "high"]].isna().all(axis=None)
    assert curated.precision(by=None)["accepted"].item() == 2
    assert curated.precision(by=["id", "rule"]).columns[:2].tolist() == ["id", "rule"]
    with pytest.raises(cl.ArgumentError, match="by must be a list, not int; give the names of columns"):
        curated.precision(by=5)
    with pytest.raises(cl.measures.MissingColumn):
        curated.precision(by="rul")


def test_conflicts_do_not_count_for_precision(annotated, tmp_path):
    both = reviewed(annotated, tmp_path, ["accept", "accept"], "Al") + reviewed(
        annotated, tmp_path, ["reject", "accept"]
    )
    row = both.precision(by=None).iloc[0]
    assert row[["accepted", "conflict", "worth", "precision"]].tolist() == [1, 1, 1.0, 1.0]


def test_a_stratified_sample_is_weighted(tmp_path):
    many = " ".join(f'"We wait {n} days," said Anna Petrova.' for n in range(9))
    annotated = cl.Corpus(
        cl.parse(f"{many} Jan Kos said that the road was closed.", path="a.txt", layout="plain")
    ).annotate()
    assert annotated.quotes["rule"].value_counts().tolist() == [9, 1]
    rows = cl.review.write(annotated, tmp_path / "a.csv", sample=4, seed=1, by="rule")
    verdicts = ["accept" if rule == "inverted cue" else "reject" for rule in rows["rule"]]
    rows.assign(verdict=verdicts).to_csv(tmp_path / "done.csv", index=False)
    curated = cl.review.read(tmp_path / "done.csv", annotated, coder="Jo")
    whole = curated.precision(by=None).iloc[0]
    assert whole["precision"] == pytest.approx(0.9)
    assert whole["worth"] == pytest.approx(100 / 28)
    assert curated.precision()["precision"].tolist() == [1.0, 0.0]


@pytest.mark.parametrize("hits", [[True, False, True], [True] * 3, [False] * 3])
def test_equal_weights_are_wilson(hits):
    share, worth, bounds = weighted(hits, [2.5] * 3)
    assert (share, worth) == (sum(hits) / 3, 3)
    assert bounds == cl.measures.wilson(sum(hits), 3)


def test_unequal_weights_widen_the_interval():
    _, worth, bounds = weighted([True, True, False, False], [9.0, 1.0, 1.0, 1.0])
    assert worth == pytest.approx(144 / 84)
    even = cl.measures.wilson(2, 4)
    assert bounds.high - bounds.low > even.high - even.low
    assert weighted([True, True], [1.0, 2.0])[2].high == 1.0
