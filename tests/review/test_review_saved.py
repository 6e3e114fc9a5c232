"""A review is saved and loaded with the rest, and never lost."""

import json

import pandas as pd
import pytest

import clippings as cl
from reviewing import PAGES, annotated_pages, marks, reviewed


@pytest.fixture(scope="module")
def annotated():
    return annotated_pages()


def test_a_review_is_saved_and_loaded_with_the_rest(annotated, tmp_path):
    (tmp_path / "files").mkdir()
    curated = reviewed(annotated, tmp_path / "files", ["accept", "reject", "change Igor Orlov"])
    curated += cl.review.from_frame(marks(annotated).iloc[:3], annotated, coder="Al")
    saved = cl.save(curated, tmp_path / "out")
    loaded = cl.load(tmp_path / "out")
    for one in (saved, loaded):
        assert isinstance(one, cl.review.CuratedCorpus)
        for name in ("quotes", "mentions", "reviews", "orphans", "conflicts", "diagnostics", "clippings"):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(curated, name))
        assert one.notes == curated.notes
        pd.testing.assert_frame_equal(one.agreement(machine=True), curated.agreement(machine=True))
        pd.testing.assert_frame_equal(one.precision(), curated.precision())
    rows = cl.review.write(loaded.annotated, tmp_path / "again.csv")
    assert len(rows) == len(annotated.quotes)


def test_verdicts_in_a_folder_are_not_lost(annotated, tmp_path):
    curated = cl.review.from_frame(marks(annotated), annotated, coder="Jo")
    cl.save(curated, tmp_path / "out")
    with pytest.raises(cl.FolderError, match="holds what coders decided"):
        cl.save(annotated, tmp_path / "out", overwrite=True)
    cl.save(curated, tmp_path / "out", overwrite=True)
    assert set(cl.load(tmp_path / "out").quotes["status"]) == {"accepted"}


def test_decisions_of_others_are_not_written_over(annotated, tmp_path):
    first = cl.review.from_frame(marks(annotated), annotated, coder="Al")
    cl.save(first, tmp_path / "out")
    second = cl.review.from_frame(marks(annotated, speaker="Vera Lis"), annotated, coder="Jo")
    with pytest.raises(cl.review.ReviewError, match=r"holds 6 decisions of Al that this review does not have; join"):
        cl.save(second, tmp_path / "out", overwrite=True)
    assert cl.load(tmp_path / "out").coders == ("Al",)
    cl.save(first + second, tmp_path / "out", overwrite=True)
    changed_mind = cl.review.from_frame(marks(annotated, speaker="Jan Kos"), annotated, coder="Al")
    cl.save(changed_mind + second, tmp_path / "out", overwrite=True)
    assert cl.load(tmp_path / "out").coders == ("Al", "Jo")


def test_tables_that_were_made_again_from_another_text_orphan_their_verdicts(annotated, tmp_path):
    curated = cl.review.from_frame(marks(annotated), annotated, coder="Jo")
    cl.save(curated, tmp_path / "out")
    kept = (tmp_path / "out/review.json").read_bytes()
    texts = PAGES | {"a.txt": f"New. {PAGES['a.txt']}"}
    pages = [page for path, text in texts.items() for page in cl.parse(text, path=path, layout="plain")]
    cl.save(cl.Corpus(pages).annotate(), tmp_path / "new")
    (tmp_path / "new/review.json").write_bytes(kept)
    loaded = cl.load(tmp_path / "new")
    assert loaded.quotes.groupby("id")["status"].unique().map(list).to_dict() == {
        "a": ["unreviewed"],
        "b": ["accepted"],
    }
    assert set(loaded.orphans["id"]) == {"a"}
    assert {note.code for note in loaded.notes} == {"CLP807"}


def test_a_damaged_review_is_told(annotated, tmp_path):
    cl.save(cl.review.from_frame(marks(annotated), annotated, coder="Jo"), tmp_path / "out")
    (tmp_path / "out/review.json").write_text('{"version": 1', "utf-8")
    with pytest.raises(cl.review.ReviewError, match="is damaged"):
        cl.load(tmp_path / "out")


WRONG = {
    "a column that is none": lambda made: made["decisions"][0]["wanted"].update(ekd=14),
    "a place that is none": lambda made: made["decisions"][0]["seen"].update(start="3"),
    "a place of no words": lambda made: made["decisions"][0]["seen"].update(start=9, end=9),
    "no place": lambda made: made["decisions"][0]["seen"].pop("end"),
    "a value that is none": lambda made: made["decisions"][0]["wanted"].update(speaker=[1]),
    "nothing said": lambda made: made["decisions"][0].update(seen=None, wanted=None),
    "a layer that is none": lambda made: made["decisions"][0].update(layer="quotas"),
    "no weight": lambda made: made["decisions"][0].update(weight=0),
    "a version to come": lambda made: made.update(version=2),
    "a layer read whole that is none": lambda made: made.update(whole=[["Jo", "quotas", "a", 0]]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_review_that_no_coder_can_have_made_is_told(annotated, tmp_path, name):
    cl.save(cl.review.from_frame(marks(annotated), annotated, coder="Jo"), tmp_path / "out")
    file = tmp_path / "out/review.json"
    made = json.loads(file.read_text("utf-8"))
    made["decisions"][0]["seen"] = dict(made["decisions"][0]["wanted"])
    file.write_text(json.dumps(made), "utf-8")
    assert len(cl.load(tmp_path / "out")) == len(annotated)
    WRONG[name](made)
    file.write_text(json.dumps(made), "utf-8")
    with pytest.raises(cl.review.ReviewError, match="is damaged, or of another version"):
        cl.load(tmp_path / "out")


def test_what_the_library_found_is_no_fault_of_a_review(tmp_path):
    """A span of years is written so, and a coder who accepts it changes nothing."""
    text = "From 1956 to 2012 the talks went on in Minsk, and in May 2007 they ended."
    annotated = cl.Corpus(cl.parse(text, path="a.txt", layout="plain")).annotate(layers=["dates"])
    assert "1956/2012" in annotated.dates["iso"].tolist()
    cl.review.write(annotated, tmp_path / "review.csv", layer="dates").assign(verdict="accept").to_csv(
        tmp_path / "done.csv", index=False
    )
    cl.save(cl.review.read(tmp_path / "done.csv", annotated, coder="Jo"), tmp_path / "out")
    assert set(cl.load(tmp_path / "out").dates["status"]) == {"accepted"}


def test_a_decision_about_a_clipping_that_is_not_there_is_an_orphan(annotated, tmp_path):
    cl.save(cl.review.from_frame(marks(annotated), annotated, coder="Jo"), tmp_path / "out")
    file = tmp_path / "out/review.json"
    made = json.loads(file.read_text("utf-8"))
    made["decisions"][0]["item"] = 7
    file.write_text(json.dumps(made), "utf-8")
    loaded = cl.load(tmp_path / "out")
    assert loaded.orphans["item"].tolist() == [7]
    assert {note.code for note in loaded.notes} == {"CLP807"}


def test_a_loaded_review_is_saved_again(annotated, tmp_path):
    cl.save(cl.review.from_frame(marks(annotated), annotated, coder="Jo"), tmp_path / "one")
    cl.save(cl.load(tmp_path / "one"), tmp_path / "two")
    assert cl.load(tmp_path / "two").quotes.equals(cl.load(tmp_path / "one").quotes)
