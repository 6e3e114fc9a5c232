"""What coders decided: statuses, agreement, precision with its intervals, several coders, saved and loaded."""

import json

import pandas as pd
import pytest

import clippings as cl
from clippings.measures.intervals import weighted
from clippings.review import _decisions

PAGES = {
    "a.txt": '"We wait," said Anna Petrova. "We go," said Ivan Orlov. "No," said Anna Petrova in Minsk.',
    "b.txt": '"We came," Vera Lis said. Jan Kos said that the road was closed. «Мы ждём», said Олег Зуев 🙂.',
}


@pytest.fixture(scope="module")
def annotated():
    pages = [page for path, text in PAGES.items() for page in cl.parse(text, path=path, layout="plain")]
    return cl.Corpus(pages).annotate()


def reviewed(annotated, folder, verdicts, coder="Jo", **options):
    """The annotations with verdicts from the first on: a word, or a word and a corrected speaker."""
    path = folder / f"{coder}{len(list(folder.iterdir()))}.csv"
    rows = cl.review.write(annotated, path, **options).astype(object)
    for at, verdict in enumerate(verdicts):
        word, _, speaker = verdict.partition(" ")
        rows.loc[at, ["verdict", "corrected_speaker"]] = [word, speaker]
    rows.to_csv(folder / f"done-{path.name}", index=False)
    return cl.review.read(folder / f"done-{path.name}", annotated, coder=coder)


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


# Other formats.


def marks(annotated, **changes):
    frame = annotated.quotes[["id", "item", "start", "end", "kind", "speaker", "source_start", "source_end"]]
    frame = (
        frame.rename(columns={"kind": "value"}).astype(object).assign(layer="quotes", exact=annotated.quotes["text"])
    )
    for name, value in changes.items():
        frame.loc[0, name] = value
    return frame


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


# Saved and loaded.


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


def test_a_loaded_review_is_saved_again(annotated, tmp_path):
    cl.save(cl.review.from_frame(marks(annotated), annotated, coder="Jo"), tmp_path / "one")
    cl.save(cl.load(tmp_path / "one"), tmp_path / "two")
    assert cl.load(tmp_path / "two").quotes.equals(cl.load(tmp_path / "one").quotes)


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
