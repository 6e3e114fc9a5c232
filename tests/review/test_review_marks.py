"""What was marked in another program, beside what the library found."""

import pandas as pd
import pytest

import clippings as cl
from clippings.review import _decisions
from reviewing import PAGES, annotated_pages, marks


@pytest.fixture(scope="module")
def annotated():
    return annotated_pages()


def test_marks_that_are_those_of_the_library_accept_them(annotated):
    curated = cl.review.from_frame(marks(annotated), annotated, coder="Jo")
    assert set(curated.quotes["status"]) == {"accepted"}
    assert curated.notes == ()


CHANGES = [
    ({"speaker": "Vera Lis"}, "changed"), ({"speaker": None}, "changed"), ({"value": "scare"}, "changed"),
    ({"end": 9, "exact": '"We wait,'}, "changed"), ({"source_end": 20}, "changed"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "status"), CHANGES)
def test_marks_with_other_values_change_them(changes, status, annotated):
    curated = cl.review.from_frame(marks(annotated, **changes), annotated, coder="Jo")
    assert curated.quotes["status"].tolist() == [status] + ["accepted"] * (len(annotated.quotes) - 1)
    if "speaker" in changes:
        assert (
            curated.quotes["speaker"].astype(object).where(curated.quotes["speaker"].notna(), None)[0]
            == changes["speaker"]
        )


def test_what_a_coder_removed_is_rejected_on_pages_read_whole(annotated):
    some = marks(annotated).iloc[1:]
    curated = cl.review.from_frame(some, annotated, coder="Jo")
    assert curated.quotes["status"].tolist()[:2] == ["rejected", "accepted"]
    assert [note.code for note in curated.notes] == ["CLP811"]
    assert cl.review.from_frame(some, annotated, coder="Jo", pages=[]).quotes["status"].tolist()[0] == "unreviewed"
    of_a = marks(annotated)[lambda rows: rows["id"] == "a"]
    statuses = cl.review.from_frame(of_a, annotated, coder="Jo").quotes.groupby("id")["status"].unique()
    assert statuses.map(list).to_dict() == {"a": ["accepted"], "b": ["unreviewed"]}
    both = cl.review.from_frame(of_a, annotated, coder="Jo", pages=["a", "b"]).quotes.groupby("id")["status"].unique()
    assert both.map(list).to_dict() == {"a": ["accepted"], "b": ["rejected"]}


def test_what_a_coder_added_is_added(annotated):
    text = PAGES["b.txt"]
    at = text.index("the road")
    row = {"id": "b", "item": 0, "layer": "quotes", "start": at, "end": at + 8, "speaker": "Jan Kos", "value": "speech"}
    curated = cl.review.from_frame(pd.concat([marks(annotated), pd.DataFrame([row])]), annotated, coder="Jo")
    added = curated.quotes[curated.quotes["status"] == "added"]
    assert added[["text", "speaker", "speaker_id", "kind", "coder"]].values.tolist() == [
        ["the road", "Jan Kos", "Jan Kos", "speech", "Jo"]
    ]


def test_two_coders_of_other_programs_agree_by_place(annotated):
    first, second = marks(annotated).assign(coder="Al"), marks(annotated, speaker="Vera Lis").assign(coder="Jo")
    more = {
        "id": "a",
        "item": 0,
        "layer": "quotes",
        "start": 11,
        "end": 28,
        "speaker": "X",
        "value": "scare",
        "coder": "Al",
    }
    curated = cl.review.from_frame(pd.concat([first, second, pd.DataFrame([more])]), annotated)
    assert curated.quotes["status"].tolist()[:2] == ["conflict", "added"]
    coding = curated.coding(machine=True)
    absent = coding[coding["unit"] == "a 0 11-28"].set_index("coder")["value"].to_dict()
    assert absent == {"Al": "X", "Jo": "(absent)", "clippings": "(absent)"}
    assert curated.agreement().set_index("of").loc["value", "units"] == len(annotated.quotes) + 1


def test_a_column_that_a_format_lacks_is_not_compared_and_told(annotated):
    curated = cl.review.from_frame(marks(annotated).assign(speaker=None), annotated, coder="Jo")
    assert set(curated.quotes["status"]) == {"accepted"}
    (note,) = curated.notes
    assert (note.code, "speaker" in note.message) == ("CLP813", True)


def test_rows_of_the_library_itself_are_left_out(annotated):
    machine = marks(annotated).assign(coder=f"clippings {cl.__version__}")
    human = marks(annotated, speaker="Vera Lis").iloc[:1].assign(coder="Jo")
    curated = cl.review.from_frame(pd.concat([machine, human]), annotated)
    assert curated.quotes["status"].tolist() == ["changed"] + ["unreviewed"] * (len(annotated.quotes) - 1)
    assert [note.code for note in curated.notes] == ["CLP812"]


def test_other_layers_come_from_frames_too(annotated):
    found = annotated.mentions.assign(layer="mentions", value=annotated.mentions["entity"])
    found = found[["id", "item", "layer", "start", "end", "value"]]
    curated = cl.review.from_frame(found, annotated, coder="Jo")
    assert set(curated.mentions["status"]) == {"accepted"}
    found.loc[0, "value"] = "LT"
    changed = cl.review.from_frame(found, annotated, coder="Jo").mentions.loc[0]
    assert changed[["status", "entity"]].tolist() == ["changed", "LT"]
    assert pd.isna(changed["country"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": "nobody"}, "CLP807"),
        ({"layer": "shouts"}, "CLP804"),
        ({"start": 400, "end": 410, "exact": None}, "CLP807"),
    ],
)
def test_rows_that_fit_nowhere_are_told(changes, code, annotated):
    curated = cl.review.from_frame(marks(annotated, **changes), annotated, coder="Jo", pages=[])
    assert [note.code for note in curated.notes] == [code]
    assert len(curated.orphans) == (code == "CLP807")


def test_a_frame_without_coder_or_columns_is_refused(annotated):
    with pytest.raises(ValueError, match="row 1 of frame names no coder"):
        cl.review.from_frame(marks(annotated), annotated)
    with pytest.raises(cl.measures.MissingColumn, match="layer"):
        cl.review.from_frame(annotated.quotes, annotated, coder="Jo")
    assert cl.review.from_frame(marks(annotated).iloc[:0], annotated).reviews.empty


@pytest.mark.parametrize(("end", "status"), [(14, ["changed"]), (15, ["added", "rejected"])])
def test_more_than_half_in_common_is_the_same_annotation(end, status):
    annotated = cl.Corpus(cl.parse('"We go," said Anna Petrova.', path="a.txt", layout="plain")).annotate()
    assert annotated.quotes["end"].tolist() == [8]
    assert _decisions.OVERLAP == 0.5
    row = {"id": "a", "item": 0, "layer": "quotes", "start": 0, "end": end + 1, "speaker": "Anna Petrova"}
    assert sorted(cl.review.from_frame(pd.DataFrame([row]), annotated, coder="Jo").quotes["status"]) == status


def test_a_row_without_an_item_is_of_the_only_clipping_of_its_id(annotated, tmp_path):
    rows = marks(annotated).assign(item=None)
    assert set(cl.review.from_frame(rows, annotated, coder="Jo").quotes["status"]) == {"accepted"}
    unknown = cl.review.from_frame(rows.assign(id="c"), annotated, coder="Jo")
    cl.save(unknown, tmp_path / "out")
    assert len(cl.load(tmp_path / "out").orphans) == len(rows)


def test_the_place_says_which_item_of_a_page_a_mark_is_of():
    digest = cl.collection().read("zoo").filter(lambda page: page.id == "062006-9").annotate()
    assert len(digest) > 1
    assert digest.mentions.duplicated(["start", "end"]).any()
    for layer in ("quotes", "mentions"):
        rows = getattr(digest, layer).assign(layer=layer).drop_duplicates(["start", "end"])
        found = getattr(cl.review.from_frame(rows.assign(item=0), digest, coder="Jo"), layer)
        assert set(found["status"]) <= {"accepted", "unreviewed"}
        assert (found["status"] == "accepted").sum() == len(rows)


def test_numbers_of_what_was_added_may_be_missing(annotated):
    row = {"id": "a", "item": 0, "layer": "sentences", "start": 0, "end": 5}
    found = cl.review.from_frame(pd.DataFrame([row]), annotated, coder="Jo", pages=[]).sentences
    assert found.loc[found["status"] == "added", "paragraph"].isna().all()
    assert found.loc[found["status"] != "added", "paragraph"].tolist() == annotated.sentences["paragraph"].tolist()


def test_a_review_of_no_clippings_is_one():
    curated = cl.review.CuratedCorpus(cl.Corpus([]).annotate())
    assert curated.quotes.columns.tolist()[-2:] == ["status", "coder"]
    assert curated.precision(by=None, layer="quotes").empty
    assert curated.agreement(layer="quotes")["alpha"].isna().all()


def test_an_empty_review_is_loaded_as_one(tmp_path):
    cl.save(cl.review.CuratedCorpus(cl.Corpus([]).annotate()), tmp_path / "out")
    assert isinstance(cl.load(tmp_path / "out"), cl.review.CuratedCorpus)


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        ({}, {"pages": "page"}, "pages must be a list, not str"),
        ({}, {"coder": 5}, "coder must be a string, not int"),
        ({"start": "x"}, {}, "row 1 of frame: start is 'x', not a whole number"),
        ({"end": 3.5}, {}, "row 1 of frame: end is 3.5, not a whole number"),
        ({"item": "one"}, {}, "row 1 of frame: item is 'one', not a whole number"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_name(given, options, message, annotated):
    frame = annotated.quotes.astype(object).assign(layer="quotes", **given)
    with pytest.raises(ValueError, match=message):
        cl.review.from_frame(frame, annotated, **{"coder": "Jo"} | options)


def test_a_layer_that_there_is_not_is_refused(annotated):
    curated = cl.review.from_frame(annotated.quotes.assign(layer="quotes"), annotated, coder="Jo")
    with pytest.raises(ValueError, match="no layer 'quote'; there are: sentences, quotes"):
        curated.agreement(layer="quote")
