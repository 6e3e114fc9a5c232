"""The annotations as coders hold them right: for reports, for figures and for other programs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import clippings as cl

PAGES = {
    "a.txt": (
        '😀 "We wait," said Anna Petrova. "They come," said Ivan Orlov. «Мы ждём», Lida Novak said. Missile defense '
        "waits: the missile shield in Poland, the radar, and interceptors of the missile defense system."
    ),
    "b.txt": '"We go," said Vera Kolas on Tuesday. NATO waits in Minsk.',
}


@pytest.fixture
def annotated() -> cl.AnnotatedCorpus:
    return cl.Corpus(
        [one for path, text in PAGES.items() for one in cl.parse(text, path=path, layout="plain")]
    ).annotate()


@pytest.fixture
def curated(annotated: cl.AnnotatedCorpus, tmp_path: Path) -> cl.review.CuratedCorpus:
    """The first quotation of page a is right, the second somebody else's, the third none; one is added on page b."""
    rows = cl.review.write(annotated, tmp_path / "review.csv", layer="quotes").astype(object)
    own = {
        "id": "b",
        "item": 0,
        "layer": "quotes",
        "verdict": "add",
        "text": "waits in Minsk",
        "corrected_speaker": "NATO",
    }
    rows["verdict"] = ["accept", "change", "reject", ""]
    rows.loc[1, "corrected_speaker"] = "Igor Orlov"
    done = pd.concat([rows, pd.DataFrame([own])], ignore_index=True)
    done.to_csv(tmp_path / "done.csv", index=False)
    return cl.review.read(tmp_path / "done.csv", annotated, coder="Jo")


def test_what_was_rejected_is_gone_and_what_was_added_is_there(curated):
    found = curated.corrected()
    assert found.quotes[["id", "text", "speaker"]].fillna("").values.tolist() == [
        ["a", '"We wait,"', "Anna Petrova"],
        ["a", '"They come,"', "Igor Orlov"],
        ["b", '"We go,"', "Vera Kolas"],
        ["b", "waits in Minsk", "NATO"],
    ]
    for page in found:
        for quote in page.quotes:
            assert 0 <= quote.start < quote.end <= len(page.clipping.text)


def test_what_was_not_reviewed_is_as_it_was(curated, annotated):
    found = curated.corrected()
    for name in ("mentions", "dates", "themes", "errata", "sentences", "clippings", "blocks", "fields"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(annotated, name), obj=name)
    assert [page.clipping for page in found] == [page.clipping for page in annotated]


def test_a_review_that_decided_nothing_changes_nothing(annotated, tmp_path):
    cl.review.write(annotated, tmp_path / "review.csv", layer="quotes")
    nothing = cl.review.read(tmp_path / "review.csv", annotated, coder="Jo")
    assert list(nothing.corrected()) == list(annotated)


def test_what_sums_up_a_layer_follows_it(annotated, tmp_path):
    assert annotated[0].document_themes
    rows = cl.review.write(annotated, tmp_path / "review.csv", layer="themes").astype(object)
    rows["verdict"] = "reject"
    rows.to_csv(tmp_path / "done.csv", index=False)
    found = cl.review.read(tmp_path / "done.csv", annotated, coder="Jo").corrected()
    assert (found[0].themes, found[0].document_themes) == ((), ())


@pytest.mark.parametrize("name", ["w3c", "brat", "xmi", "labelstudio", "tei", "docbin", "csv", "jsonl"])
def test_it_goes_to_other_programs(curated, tmp_path, name):
    suffix = {one.name: one.suffix for one in cl.interchange.FORMATS}[name]
    target = cl.interchange.write(curated.corrected(), tmp_path / f"out{suffix}", format=name)
    read = cl.interchange.read(target, format=name, corpus=curated.corrected())
    quotes = read[read["layer"] == "quotes"].sort_values(["id", "start"])
    assert quotes["speaker"].tolist() == ["Anna Petrova", "Igor Orlov", "Vera Kolas", "NATO"]


def test_it_is_shown_and_reported(curated, tmp_path):
    found = curated.corrected()
    assert "Igor Orlov" in found[0].show().html
    found.report(tmp_path / "report.html")
    assert "Igor Orlov" in (tmp_path / "report.html").read_text("utf-8")
    assert len(found.utterances().table) == 0
