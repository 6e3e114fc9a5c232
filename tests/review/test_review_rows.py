"""What a row of a review says, and what a coder corrects or adds; what is not understood is told, never taken."""

import openpyxl
import pandas as pd
import pytest

import clippings as cl
from clippings.reading.workbooks import MAX_COLUMNS
from clippings.review import _values, writing
from reviewing import PAGE, annotate, codes, fill, read, statuses

# What is not understood is told, with its row and what to do, and never taken.

NOT_UNDERSTOOD = [
    ({"verdict": "maybe"}, "CLP801", "verdict 'maybe' is not understood"),
    ({"verdict": "", "corrected_speaker": "X"}, "CLP803", "corrected_speaker is filled in, and no verdict is"),
    ({"verdict": "accept", "corrected_speaker": "X"}, "CLP803", "verdict is accept, but corrected_speaker"),
    ({"verdict": "change"}, "CLP803", "no corrected value is another"),
    ({"verdict": "add"}, "CLP803", "about an annotation of the library"),
    ({"verdict": "change", "corrected_speaker": "Anna Petrova"}, "CLP803", "no corrected value is another"),
    ({"verdict": "change", "corrected_kind": "shout"}, "CLP802", "kind 'shout' is not one of its values"),
    ({"verdict": "change", "corrected_kind": "none"}, "CLP802", "is never empty"),
    ({"verdict": "change", "corrected_start": "here"}, "CLP802", "start 'here' is not a whole number"),
    ({"verdict": "change", "corrected_start": "60", "corrected_end": "70"}, "CLP802", "nothing in common with 0-25"),
    ({"verdict": "change", "corrected_end": "0"}, "CLP802", "nothing in common"),
    (
        {"verdict": "change", "corrected_end": str(len(PAGE) + 1)},
        "CLP802",
        f"end '{len(PAGE) + 1}' is beyond the page, which has {len(PAGE)} characters",
    ),
    ({"verdict": "change", "corrected_source": "the king"}, "CLP802", "is not on the page"),
]


@pytest.mark.parametrize(("cells", "code", "message"), NOT_UNDERSTOOD)
def test_what_is_not_understood_is_told_with_its_row(cells, code, message, annotated, rows, tmp_path):
    done = rows.copy()
    for name, cell in cells.items():
        done.loc[0, name] = cell
    curated = read(done, annotated, tmp_path)
    assert set(statuses(curated)) == {"unreviewed"}
    (note,) = curated.notes
    assert (note.code, note.line) == (code, 2)
    assert "row 2" in note.message
    assert message in note.message
    assert note.hint
    assert note.message in set(curated.diagnostics["message"])


def test_further_columns_and_cells_are_told(annotated, rows, tmp_path):
    curated = read(fill(rows, "accept").assign(corected_speaker="X"), annotated, tmp_path)
    assert codes(curated) == ["CLP806"]
    assert "corected_speaker" in curated.notes[0].message
    lines = fill(rows, "accept").to_csv(index=False).splitlines()
    lines[1] += ",stray"
    (tmp_path / "more.csv").write_text("\n".join(lines), "utf-8")
    assert "'stray'" in cl.review.read(tmp_path / "more.csv", annotated, coder="Jo").notes[0].message


def test_rows_that_are_gone_are_counted(annotated, rows, tmp_path):
    curated = read(fill(rows, "accept").iloc[:-2], annotated, tmp_path)
    assert codes(curated) == ["CLP808"]
    assert curated.notes[0].message.startswith("2 of the")


def test_a_row_twice_counts_once_and_contradictions_not_at_all(annotated, rows, tmp_path):
    done = fill(rows, "accept", "accept")
    again = pd.concat([done, done.iloc[:1]], ignore_index=True)
    assert statuses(read(again, annotated, tmp_path))[:2] == ["accepted", "accepted"]
    again.loc[len(done), "verdict"] = "reject"
    curated = read(again, annotated, tmp_path)
    assert statuses(curated)[:2] == ["unreviewed", "accepted"]
    assert [note.code for note in curated.notes] == ["CLP805"]
    assert f"rows 2, {len(done) + 2}" in curated.notes[0].message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02\x03", "not text"),
        (b"a,b\n1,2\n", "no column verdict; it has a, b"),
        (b"verdict,Verdict\n1,2\n", "the column verdict is there twice"),
        (b"PK\x03\x04nothing", "cannot be read"),
    ],
)
def test_a_file_that_is_no_review_is_refused(data, message, annotated, tmp_path):
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(cl.review.ReviewError, match=message):
        cl.review.read(tmp_path / "a.csv", annotated, coder="Jo")


def test_what_cannot_be_read_is_told(annotated, tmp_path):
    cl.review.write(annotated, tmp_path / "review.csv")
    with pytest.raises(FileNotFoundError):
        cl.review.read(tmp_path / "none.csv", annotated, coder="Jo")
    with pytest.raises(ValueError, match="coder must be a name"):
        cl.review.read(tmp_path / "review.csv", annotated, coder="")
    with pytest.raises(cl.LayerError):
        cl.review.read(tmp_path / "review.csv", annotate(layers=["dates"]), coder="Jo")


# Corrected values.


def test_a_corrected_speaker_takes_along_nothing_of_the_former(annotated, rows, tmp_path):
    curated = read(fill(rows, "change", speaker="Vera Lis"), annotated, tmp_path)
    row = curated.quotes.loc[0]
    assert (row["speaker"], row["speaker_id"]) == ("Vera Lis", "Vera Lis")
    assert row[["role", "affiliation", "country", "resolved_by"]].isna().all()
    assert row["rule"] == annotated.quotes["rule"][0]
    assert annotated.quotes["speaker"][0] == "Anna Petrova"


@pytest.mark.parametrize("word", ["none", "None", "(none)", "-", "–"])
def test_none_says_that_there_is_nobody(word, annotated, rows, tmp_path):
    curated = read(fill(rows, "change", speaker=word), annotated, tmp_path)
    assert curated.quotes["status"][0] == "changed"
    assert pd.isna(curated.quotes["speaker"][0])


def test_corrected_words_of_a_source_get_their_place(annotated, rows, tmp_path):
    curated = read(fill(rows, "change", source="Petrova"), annotated, tmp_path)
    row = curated.quotes.loc[0]
    assert (row["source"], row["source_start"], row["source_end"]) == (
        "Petrova",
        PAGE.index("Petrova"),
        PAGE.index(" in Minsk"),
    )
    curated = read(fill(rows, "change", source="none"), annotated, tmp_path)
    assert curated.quotes.loc[0, ["source", "source_start", "source_end"]].isna().all()


def test_words_of_a_source_at_two_places_are_told(tmp_path):
    annotated = annotate('He saw it. "We wait," he said to him. He left.')
    rows = cl.review.write(annotated, tmp_path / "review.csv").astype(object)
    curated = read(fill(rows, "change", source="h"), annotated, tmp_path)
    assert "places near the annotation" in curated.notes[0].message


def test_corrected_bounds_take_their_words_along(annotated, rows, tmp_path):
    curated = read(fill(rows, "change", start="1.0", end="24"), annotated, tmp_path)
    assert curated.quotes.loc[0, ["start", "end", "text"]].tolist() == [1, 24, "We wait for the bridge,"]


@pytest.mark.parametrize(
    ("cell", "iso", "first", "precision"),
    [
        ("2007-10-30", "2007-10-30", "2007-10-30", "day"),
        ("30.10.2007", "2007-10-30", "2007-10-30", "day"),
        ("10/30/2007", "2007-10-30", "2007-10-30", "day"),
        ("2007-10", "2007-10", "2007-10-01", "month"),
        ("2007-w44", "2007-W44", "2007-10-29", "week"),
        ("2007-36", "2007-36", "2007-10-01", "quarter"),
        ("199x", "199X", "1990-01-01", "decade"),
    ],
)
def test_a_corrected_date_brings_its_days(cell, iso, first, precision, tmp_path):
    annotated = annotate()
    rows = cl.review.write(annotated, tmp_path / "review.csv", layer="dates").astype(object)
    found = read(fill(rows, "change", iso=cell), annotated, tmp_path).dates.loc[0]
    assert (found["iso"], str(found["date"])[:10], found["precision"]) == (iso, first, precision)


@pytest.mark.parametrize("cell", ["03/04/2007", "Oct-07", "39385", "2007-13", "2007-02-30", "2007-10-30/2007-10-01"])
def test_a_date_that_may_be_two_or_none_is_told(cell, tmp_path):
    annotated = annotate()
    rows = cl.review.write(annotated, tmp_path / "review.csv", layer="dates").astype(object)
    curated = read(fill(rows, "change", iso=cell), annotated, tmp_path)
    assert codes(curated) == ["CLP802"]
    assert set(curated.dates["status"]) == {"unreviewed"}


def test_a_day_that_a_workbook_made_of_a_date_is_read(tmp_path):
    annotated = annotate()
    rows = cl.review.write(annotated, tmp_path / "review.csv", layer="dates").astype(object)
    rows.to_excel(tmp_path / "a.xlsx", index=False)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    sheet.cell(2, names.index("verdict") + 1, "change")
    sheet.cell(2, names.index("corrected_iso") + 1, pd.Timestamp("2007-10-30").to_pydatetime())
    book.save(tmp_path / "a.xlsx")
    assert cl.review.read(tmp_path / "a.xlsx", annotated, coder="Jo").dates["iso"][0] == "2007-10-30"


def test_a_workbook_with_too_many_columns_is_refused(annotated, tmp_path):
    rows = cl.review.write(annotated, tmp_path / "review.csv").astype(object)
    wide = rows.assign(**{f"n{number}": "x" for number in range(MAX_COLUMNS - len(rows.columns) + 1)})
    wide.to_excel(tmp_path / "a.xlsx", index=False)
    with pytest.raises(cl.review.ReviewError, match=r"201 columns; give the file that review.write wrote"):
        cl.review.read(tmp_path / "a.xlsx", annotated, coder="Jo")


NUMBERS = {
    "554": 554,
    "554.0": 554,
    "554,00": 554,
    "1.160": 1160,
    "1\u00a0160": 1160,
    "1,234,567": 1234567,
    "-3": None,
    "5.5": None,
    "": None,
}


@pytest.mark.parametrize(("cell", "value"), NUMBERS.items())
def test_numbers_as_spreadsheets_write_them(cell, value):
    assert _values.number(cell) == value


def test_a_corrected_cell_that_says_the_same_is_no_correction(annotated, rows, tmp_path):
    curated = read(fill(rows, "accept", speaker="Anna Petrova"), annotated, tmp_path)
    assert (statuses(curated)[0], curated.notes) == ("accepted", ())


def test_more_than_can_be_read_back_is_not_written(annotated, tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "MAX_ROWS", len(annotated.quotes) - 1)
    with pytest.raises(cl.review.ReviewError, match="more than can be read back; give sample="):
        cl.review.write(annotated, tmp_path / "a.csv")
    cl.review.write(annotated, tmp_path / "a.csv", sample=len(annotated.quotes) - 1)


@pytest.mark.parametrize(("length", "is_cut"), [(writing.LONGEST_SHOWN, False), (writing.LONGEST_SHOWN + 1, True)])
def test_what_is_long_is_cut_for_show(length, is_cut):
    assert (writing._shown("x" * length) == "x" * length) is not is_cut


# What a coder adds.


def added(rows, **cells):
    return pd.concat([rows, pd.DataFrame([dict.fromkeys(rows, "") | {"id": "page", "verdict": "add"} | cells])])


def test_a_row_of_ones_own_adds_an_annotation(annotated, rows, tmp_path):
    done = added(rows, text="The talks went on", corrected_speaker="Maria Novak", corrected_source="Maria Novak")
    curated = read(done, annotated, tmp_path)
    row = curated.quotes[curated.quotes["text"] == "The talks went on"].iloc[-1]
    assert row[["status", "speaker", "source", "coder"]].tolist() == ["added", "Maria Novak", "Maria Novak", "Jo"]
    assert PAGE[row["start"] : row["end"]] == "The talks went on"
    assert curated.quotes["start"].is_monotonic_increasing


def test_added_words_that_stand_twice_or_nowhere_are_orphans(annotated, rows, tmp_path):
    curated = read(added(rows, text="said"), annotated, tmp_path)
    assert "places" in curated.orphans["reason"].item()
    assert "added" not in statuses(curated)
    at = PAGE.index("said")
    assert "added" in statuses(read(added(rows, text="said", start=str(at)), annotated, tmp_path))
    assert "nowhere" in read(added(rows, text="the moon"), annotated, tmp_path).orphans["reason"].item()
    assert "text is empty" in read(added(rows, text=""), annotated, tmp_path).orphans["reason"].item()
    assert codes(read(added(rows, text="said", id="other"), annotated, tmp_path)) == ["CLP804"]
    assert codes(read(added(rows, text="said", verdict=""), annotated, tmp_path)) == ["CLP803"]


@pytest.mark.parametrize("item", ["one", "1"])
def test_an_item_that_is_no_number_or_not_there_is_told(item, annotated, rows, tmp_path):
    curated = read(added(rows, text="The talks went on", item=item), annotated, tmp_path)
    assert codes(curated) == ["CLP804"]
    assert f"and item {item}" in curated.notes[0].message


# What a row stands for.


@pytest.mark.parametrize("cell", ["many", "0", "-2", "nan", "inf", "1,234.5"])
def test_a_weight_that_is_none_is_told(cell, annotated, rows, tmp_path):
    lost = fill(rows, "accept")
    lost.loc[0, ["record", "weight"]] = ["", cell]
    curated = read(lost, annotated, tmp_path)
    assert codes(curated)[0] == "CLP802"
    assert f"weight {cell!r} is not a number above 0" in curated.notes[0].message
    assert set(statuses(curated)) == {"unreviewed"}


@pytest.mark.parametrize(("cell", "weight"), [("", 1.0), ("2,5", 2.5)])
def test_a_weight_is_read_where_the_record_is_lost(cell, weight, annotated, rows, tmp_path):
    lost = fill(rows, "accept")
    lost.loc[0, ["record", "weight"]] = ["", cell]
    curated = read(lost, annotated, tmp_path)
    assert curated.reviews["weight"].tolist() == [weight]


def test_further_sheets_of_a_workbook_are_told(annotated, rows, tmp_path):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        fill(rows, "accept").to_excel(book, sheet_name="review", index=False)
        rows.to_excel(book, sheet_name="more", index=False)
    curated = cl.review.read(tmp_path / "a.xlsx", annotated, coder="Jo")
    assert [(note.code, note.message) for note in curated.notes] == [
        ("CLP137", "sheet more not read: only the first is")
    ]
    assert statuses(curated)[0] == "accepted"
