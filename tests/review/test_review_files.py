"""A review goes out as a table, through a spreadsheet, and comes back as meant."""

import codecs
import csv
import io
import json
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.review import writing
from reviewing import annotate, codes, fill, read, statuses

# What is written.


def test_a_row_holds_what_a_coder_needs(annotated, rows):
    assert rows.columns.tolist() == [
        *("id", "item", "sentence", "text", "speaker", "source", "kind", "rule", "verdict"),
        *("corrected_speaker", "corrected_source", "corrected_kind", "corrected_start", "corrected_end"),
        *("comment", "start", "end", "hash", "weight", "record"),
    ]
    assert rows["sentence"][0] == '"We wait for the bridge," said Anna Petrova in Minsk.'
    for column in ("speaker", "rule", "start", "end"):
        assert (
            rows[column].replace("", None).tolist()
            == annotated.quotes[column].astype(object).where(annotated.quotes[column].notna(), None).tolist()
        )
    assert (rows["verdict"] == "").all()
    assert rows["hash"].nunique() == 1


def test_the_file_is_rfc_4180_with_a_mark_for_excel(annotated, tmp_path):
    cl.review.write(annotated, tmp_path / "review.csv")
    data = (tmp_path / "review.csv").read_bytes()
    assert data.startswith(codecs.BOM_UTF8)
    assert not re.search(rb"(?<!\r)\n", data)
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(line) for line in lines} == {20}


@pytest.mark.parametrize("begin", ["=1+1", "+1", "@x", "-1", "\t=1", "'=1", "＝1"])
def test_no_cell_begins_a_formula_and_what_did_comes_back(begin, tmp_path):
    page = f'{begin} "We wait," said Anna Petrova.'
    annotated = annotate(page, path=f"{begin.strip()}.txt")
    cl.review.write(annotated, tmp_path / "a.csv")
    lines = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    assert not [cell for line in lines for cell in line if re.match(r"[\s]*[-=+@＝]", cell)]
    done = pd.DataFrame(lines[1:], columns=lines[0]).assign(verdict="accept")
    assert statuses(read(done, annotated, tmp_path)) == ["accepted"]


def test_a_file_is_never_replaced_unasked_and_verdicts_never(annotated, rows, tmp_path):
    path = tmp_path / "review.csv"
    with pytest.raises(cl.review.ReviewError, match="is there already"):
        cl.review.write(annotated, path)
    cl.review.write(annotated, path, sample=2, overwrite=True)
    fill(rows, "accept").to_csv(path, index=False)
    before = path.read_bytes()
    with pytest.raises(cl.review.ReviewError, match="has 1 verdicts, which would be lost"):
        cl.review.write(annotated, path, overwrite=True)
    assert path.read_bytes() == before
    (tmp_path / "notes.csv").write_text("my,own\n1,2\n", "utf-8")
    with pytest.raises(cl.review.ReviewError, match="is no review"):
        cl.review.write(annotated, tmp_path / "notes.csv", overwrite=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["notes.csv", "review.csv"]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"path": "review.xlsx"}, cl.review.ReviewError, "ends in .csv"),
        ({"path": "no/review.csv"}, OSError, "No such file"),
        ({"layer": "dates"}, cl.LayerError, "no layer 'dates' here"),
        ({"layer": "dats"}, ValueError, "no layer 'dats'; there are"),
        ({"layer": ["quotes", "dates"]}, cl.ArgumentError, "layer must be a string"),
        ({"path": None}, cl.ArgumentError, "path must be a path, not None"),
        ({"sample": 0}, ValueError, "sample must be a whole number of at least 1"),
        ({"sample": 2, "by": "rule"}, ValueError, "each of which needs a row"),
        ({"sample": 2, "by": "rul"}, cl.measures.MissingColumn, "did you mean 'rule'"),
    ],
)
def test_what_cannot_be_written_is_told(options, error, message, tmp_path):
    found = annotate(layers=["quotes"])
    path = options.pop("path", "review.csv")
    with pytest.raises(error, match=message):
        cl.review.write(found, path and tmp_path / path, **options)


@pytest.mark.parametrize("wrong", [None, "press", cl.Corpus([])])
def test_what_is_not_annotated_is_refused(wrong, tmp_path):
    asked = [
        lambda: cl.review.write(wrong, tmp_path / "a.csv"),
        lambda: cl.review.read(tmp_path / "a.csv", wrong, coder="Jo"),
        lambda: cl.review.from_frame(pd.DataFrame(), wrong),
    ]
    for call in asked:
        with pytest.raises(cl.ArgumentError, match=r"annotated must be annotated clippings"):
            call()


def test_a_sample_is_the_same_for_a_seed_and_keeps_its_weights(annotated, tmp_path):
    drawn = [cl.review.write(annotated, tmp_path / f"{n}.csv", sample=3, seed=seed) for n, seed in enumerate((1, 1, 2))]
    assert drawn[0]["record"].tolist() == drawn[1]["record"].tolist() != drawn[2]["record"].tolist()
    assert drawn[0]["weight"].tolist() == [len(annotated.quotes) / 3] * 3
    rules = annotated.quotes["rule"].value_counts()
    some = cl.review.write(annotated, tmp_path / "by.csv", sample=len(rules), seed=1, by="rule")
    assert some.groupby("rule")["weight"].sum().to_dict() == rules.to_dict()
    with pytest.warns(UserWarning, match=r"sample is 10,000, but there are 5 rows; all are written"):
        every = cl.review.write(annotated, tmp_path / "all.csv", sample=10_000)
    assert len(every) == len(annotated.quotes)
    assert set(every["weight"]) == {1.0}


@pytest.mark.parametrize(
    ("sizes", "sample", "shares"),
    [([1, 50, 50], 21, [1, 10, 10]), ([5, 5], 20, [5, 5]), ([9, 9, 9], 4, [2, 1, 1]), ([3, 3], 1, [1, 0]), ([], 4, [])],
)
def test_groups_get_equal_shares(sizes, sample, shares):
    assert writing._shares(sizes, sample) == shares


@pytest.mark.parametrize("layer", ["mentions", "dates", "themes", "errata", "sentences"])
def test_every_layer_goes_out_and_comes_back(layer, tmp_path):
    page = "DATE:\n\n02/11/2007\n\nTalks in Minsk\n\nBelarus and Russia is allies. NATO met on Tuesday in Mosocw."
    annotated = cl.Corpus(cl.parse(page, path="1.txt")).annotate()
    written = cl.review.write(annotated, tmp_path / "a.csv", layer=layer)
    assert len(written) == len(getattr(annotated, layer)) > 0
    assert all(written["sentence"])
    curated = read(written.assign(verdict="accept"), annotated, tmp_path)
    found = getattr(curated, layer)
    assert curated.notes == ()
    assert set(found["status"]) == {"accepted"}
    pd.testing.assert_frame_equal(found.drop(columns=["status", "coder"]), getattr(annotated, layer))


# What a spreadsheet does to it.

SAVED = {
    "as it was": {},
    "semicolons": {"sep": ";"},
    "tabs": {"sep": "\t", "encoding": "utf-16"},
    "every cell quoted": {"quoting": csv.QUOTE_ALL},
    "CRLF": {"lineterminator": "\r\n"},
    "CR": {"lineterminator": "\r"},
    "a mark": {"encoding": "utf-8-sig"},
    "another encoding": {"encoding": "cp1252"},
    "ASCII alone": {"encoding": "ascii", "sep": ";"},
    "a workbook": {"name": "done.xlsx"},
}


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
def test_what_a_spreadsheet_does_comes_back(saved, annotated, rows, tmp_path):
    done = fill(rows, "accept", "reject", "change", speaker="Jan Kowalski")
    curated = read(done, annotated, tmp_path, **saved)
    assert statuses(curated) == ["accepted", "rejected", "changed", *["unreviewed"] * (len(rows) - 3)]
    assert curated.quotes["speaker"][2] == "Jan Kowalski"
    assert set(codes(curated)) <= {"CLP110"}


CHANGES = {
    "rows in another order": lambda rows: rows.sample(frac=1, random_state=3),
    "columns in another order": lambda rows: rows[rows.columns[::-1]],
    "capitals": lambda rows: rows.assign(verdict=rows["verdict"].str.upper()),
    "blanks and marks": lambda rows: rows.assign(verdict=[one and f"\u00a0“{one}”. " for one in rows["verdict"]]),
    "names of columns": lambda rows: rows.rename(columns=lambda name: f" {name.replace('_', ' ').title()} "),
    "smart quotes in the record": lambda rows: rows.assign(record=rows["record"].str.replace('"', "”")),
    "ids and places as numbers": lambda rows: rows.assign(id="1.2E+07", item="0.0", start="1,234", end=""),
    "a hash as a number": lambda rows: rows.assign(hash="3.14E+22"),
    "cells cut at their edges": lambda rows: rows.assign(text=rows["text"].str.strip('"')),
    "blank rows": lambda rows: pd.concat([rows.iloc[:2], pd.DataFrame([dict.fromkeys(rows, "")]), rows.iloc[2:]]),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_table_is_read_tolerantly(change, annotated, rows, tmp_path):
    done = fill(rows, "accept", "reject", "change", speaker="Jan Kowalski")
    curated = read(change(done), annotated, tmp_path)
    assert statuses(curated)[:4] == ["accepted", "rejected", "changed", "unreviewed"]
    assert curated.notes == ()


def test_the_separator_that_excel_names_is_left_out(annotated, rows, tmp_path):
    path = tmp_path / "done.csv"
    path.write_text("sep=;\r\n" + fill(rows, "accept").to_csv(sep=";", index=False), "utf-8")
    assert statuses(cl.review.read(path, annotated, coder="Jo"))[0] == "accepted"


def test_a_row_that_lost_its_record_is_traced_by_place_and_words(annotated, rows, tmp_path):
    done = fill(rows, "accept", "reject")
    done.loc[0, "record"] = ""
    done.loc[1, "record"] = done.loc[1, "record"][:-3]
    assert statuses(read(done, annotated, tmp_path))[:2] == ["accepted", "rejected"]
    done.loc[0, "start"] = 3
    curated = read(done, annotated, tmp_path)
    assert (statuses(curated)[:2], codes(curated)[0]) == (["unreviewed", "rejected"], "CLP804")


def test_columns_sorted_apart_put_no_verdict_on_another_row(annotated, rows, tmp_path):
    done = fill(rows, "accept", "reject")
    done["record"] = done["record"].iloc[::-1].tolist()
    curated = read(done, annotated, tmp_path)
    assert set(statuses(curated)) == {"unreviewed"}
    assert codes(curated) == ["CLP804"] * 2
    assert "sorted apart" in curated.notes[0].message


def test_columns_sorted_apart_are_seen_in_any_script(tmp_path):
    annotated = annotate("«Мы ждём», said Олег Зуев. «Они идут», said Анна Лис.")
    rows = cl.review.write(annotated, tmp_path / "review.csv").astype(object)
    assert len(rows) == 2
    done = fill(rows, "accept", "reject")
    assert statuses(read(done, annotated, tmp_path, encoding="ascii")) == ["accepted", "rejected"]
    done["record"] = done["record"].iloc[::-1].tolist()
    assert codes(read(done, annotated, tmp_path)) == ["CLP804"] * 2


def test_a_table_that_was_kept_in_one_column_is_read(annotated, rows, tmp_path):
    lines = fill(rows, "accept", "reject").to_csv(index=False).splitlines()
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows([line] for line in lines)
    curated = cl.review.read(tmp_path / "a.csv", annotated, coder="Jo")
    assert (statuses(curated)[:2], curated.notes) == (["accepted", "rejected"], ())


def test_blank_lines_in_front_do_not_shift_the_rows(annotated, rows, tmp_path):
    (tmp_path / "a.csv").write_text("\n\n" + fill(rows, "accept", "maybe").to_csv(index=False), "utf-8")
    curated = cl.review.read(tmp_path / "a.csv", annotated, coder="Jo")
    assert (statuses(curated)[0], [note.line for note in curated.notes]) == ("accepted", [5])


DAMAGES = {
    "another layer": ('"layer":"quotes"', '"layer":"shouts"'),
    "a value gone": ('"start":', '"begin":'),
    "no weight": ('"weight":1.0', '"weight":-1'),
    "an end before the start": ('"start":', '"start":90000,"was":'),
    "not JSON": ('"layer"', "'layer'"),
    "nested": ('"layer"', "[" * 5000),
}


@pytest.mark.parametrize(("old", "new"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_record_is_none(old, new, annotated, rows, tmp_path):
    done = fill(rows, "accept", "reject")
    done["record"] = done["record"].str.replace(old, new)
    assert statuses(read(done, annotated, tmp_path))[:2] == ["accepted", "rejected"]  # By place and words.
    assert codes(read(done.assign(start=7), annotated, tmp_path)) == ["CLP804"] * 2


def test_a_record_with_another_place_is_not_believed(annotated, rows, tmp_path):
    done = fill(rows, "accept")
    done["record"] = done["record"].str.replace('"start":0,', '"start":1,')
    assert codes(read(done, annotated, tmp_path)) == ["CLP804"]


# Any verdicts come back, on any text.

WORDS = st.sampled_from(
    ["Minsk", "«мост»", "🙂", "“port”", "=1+1", "a, b; c", "'tis", "--", "O'Neil", "\u200b", "\t", "1e5"]
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4)
VERDICT = st.sampled_from(["", "accept", "reject", "change"])


@settings(max_examples=25, deadline=None)
@given(
    LINES,
    st.lists(VERDICT, min_size=8, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.randoms(use_true_random=False),
)
def test_verdicts_come_back_whatever_the_text(tmp_path_factory, lines, verdicts, separator, order):
    folder = tmp_path_factory.mktemp("review")
    text = "\n\n".join(f'"We {line} wait," said Anna Petrova. {line}' for line in lines)
    annotated = annotate(text)
    rows = cl.review.write(annotated, folder / "review.csv")
    told = list(csv.DictReader(io.StringIO((folder / "review.csv").read_text("utf-8-sig"), newline="")))
    assert len(told) == len(rows)
    for row, verdict in zip(told, verdicts * len(told), strict=False):
        row["verdict"] = verdict
        row["corrected_speaker"] = "Vera Lis" if verdict == "change" else ""
    want = {"": "unreviewed", "accept": "accepted", "reject": "rejected", "change": "changed"}
    wanted = [want[row["verdict"]] for row in told]
    order.shuffle(told)
    with (folder / "done.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows.columns), delimiter=separator)
        writer.writeheader()
        writer.writerows(told)
    curated = cl.review.read(folder / "done.csv", annotated, coder="Jo")
    assert [note for note in curated.notes if note.code != "CLP110"] == []
    assert statuses(curated) == wanted
    same = curated.quotes[curated.quotes["status"] != "changed"].drop(columns=["status", "coder"])
    pd.testing.assert_frame_equal(same, annotated.quotes.loc[same.index])


def test_a_record_is_ascii_and_says_what_the_row_is_about(rows, annotated):
    for cell, text in zip(rows["record"], annotated.quotes["text"], strict=True):
        assert cell.isascii()
        assert json.loads(cell)["exact"] == text


def test_a_long_annotation_is_cut_for_show_alone(tmp_path):
    long = "wait and hope " * 4000
    annotated = annotate(f'"We {long} end," said Anna Petrova.')
    rows = cl.review.write(annotated, tmp_path / "a.csv").astype(object)
    assert rows["text"].str.len().max() < 3000
    assert rows["record"].str.len().max() <= 30_000
    assert statuses(read(fill(rows, "accept"), annotated, tmp_path))[0] == "accepted"
