"""What is given of pages goes before what they print; both are kept, and what does not fit is told."""

import datetime
import io
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.reading import metadata

PRINTED = (
    "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nTalks in Minsk\n\nGazeta.kz\n\nThey met on Tuesday in Minsk."
    "\n\nSource:\n\nhttp://www.example.org/talks\n"
)
BARE = "They met on Tuesday in Minsk.\n"


@pytest.fixture
def press(tmp_path) -> Path:
    for name in ("a.txt", "2007/001.txt", "2008/001.txt"):
        (tmp_path / "press" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "press" / name).write_text(PRINTED.replace("They", f"{name} They"), "utf-8")
    return tmp_path / "press"


def table(folder: Path, words: str, name="index.csv") -> Path:
    (folder / name).write_text(words, "utf-8")
    return folder / name


def codes(corpus: cl.Corpus) -> list[str]:
    return [code for code in corpus.diagnostics["code"] if code.startswith("CLP4")]


def test_what_is_given_for_a_whole_source(press):
    corpus = cl.read(press, date="2007-11-01", outlet="BelTA", language="en")
    frame = corpus.clippings
    assert set(frame["date"].dt.strftime("%Y-%m-%d")) == {"2007-11-01"}
    assert set(frame["date_basis"]) == set(frame["outlet_basis"]) == {"given"}
    assert set(frame["outlet"]) == {"BelTA"}
    assert set(frame["publisher"]) == {"Gazeta.kz"}
    assert set(frame["language"]) == {"en"}
    fields = corpus[0].fields
    assert (fields["printed_date"].value, fields["printed_date"].basis) == ("2007-11-02", "printed")
    assert fields["printed_outlet"].value == "Gazeta.kz"
    assert codes(corpus) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("2007-11-02", []),
        ("2007-11-05", []),
        ("2007-10-30", []),
        ("2007-11-06", ["4 days from 2007-11-02"]),
        ("2007-10-29", ["4 days from 2007-11-02"]),
        ("2007-11", []),
        ("2007-12", ["29 days from 2007-11-02"]),
        ("2007-10", []),
        ("2007-09", ["33 days from 2007-11-02"]),
    ],
)
def test_dates_more_than_three_days_apart_are_told(given, told):
    corpus = cl.read(io.StringIO(PRINTED), date=given)
    assert corpus[0].date == given
    messages = corpus.diagnostics.query("code == 'CLP406'")
    assert len(messages) == len(told)
    assert all(part in message for part, message in zip(told, messages["message"], strict=True))
    assert set(messages["line"]) <= {5}


def test_the_month_of_a_name_is_compared_too(tmp_path):
    (tmp_path / "112007-3.txt").write_text("Quiet days in Minsk\n\nThey met.\n", "utf-8")
    assert codes(cl.read(tmp_path, date="2007-11-30")) == []
    assert codes(cl.read(tmp_path, date="2007-12-03")) == []
    assert codes(cl.read(tmp_path, date="2007-12-04")) == ["CLP406"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016-06-22", ("2016-06-22", "day")),
        ("2016-06-22T10:00:00Z", ("2016-06-22", "day")),
        ("2016-06-22 10:00", ("2016-06-22", "day")),
        ("2016-06-22 to 2016-06-25", None),
        ("2016-06-22/2016-06-25", None),
        ("2016-06-22T10:00/2016-06-25T10:00", None),
        ("2016-06", ("2016-06", "month")),
        ("22 June 2016", ("2016-06-22", "day")),
        ("June 22, 2016", ("2016-06-22", "day")),
        ("22.06.2016", ("2016-06-22", "day")),
        ("06/07/2016", ("2016-07-06", "day")),
        (datetime.date(2016, 6, 22), ("2016-06-22", "day")),
        ("2016-02-30", None),
        ("2016-13", None),
        ("soon", None),
        ("Tuesday", None),
        ("June", None),
        ("3", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(value, expected):
    assert metadata.day(value) == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"date": "soon"}, "date must be a date such as '2016-06-22', not 'soon'"),
        ({"language": "English"}, "language must be an ISO 639 code such as 'en', not 'English'"),
        ({"metadata": "nowhere.csv"}, "metadata: nowhere.csv cannot be read as a table"),
        ({"metadata": pd.DataFrame({"name": []})}, "needs the column 'file', which key names; give key= .*: name"),
        ({"key": "file"}, "key='file' names a column of metadata; give metadata= too"),
    ],
)
def test_what_cannot_be_given_is_refused(press, options, message):
    with pytest.raises(ValueError, match=message):
        cl.read(press, **options)


def test_no_gap_is_told_where_the_field_is_given():
    bare = {"CLP201", "CLP217"}
    assert bare <= set(cl.read(io.StringIO(BARE)).diagnostics["code"])
    frame = pd.DataFrame(
        {"text": [BARE], "date": ["2007-11-02"], "outlet": ["BelTA"], "url": ["http://www.example.org/a"]}
    )
    corpus = cl.read_frame(frame, id=None)
    assert not bare & set(corpus.diagnostics["code"])
    assert corpus[0].value("source_url") == "http://www.example.org/a"


@pytest.mark.parametrize("named", ["press", "id", "path", "name"])
def test_a_table_beside_the_pages(press, named):
    names = {
        "press": ["a.txt", "2007/001.txt", "2008/001.txt"],
        "id": ["a", "2007/001", "2008/001"],
        "path": [str(press / name) for name in ("a.txt", "2007/001.txt", "2008/001.txt")],
        "name": ["a", "2007/001.txt", "2008/001"],
    }[named]
    rows = zip(names, ("2007-11-01", "", "2007-11-03"), ("x", "y", ""), ("1", "2", "3"), strict=True)
    words = "page,date,note,title\n" + "".join(f"{','.join(row[:3])},\n" for row in rows)
    corpus = cl.read(press, metadata=table(press.parent, words), key="page")
    frame = corpus.clippings.set_index("id")
    assert frame["date"].dt.strftime("%Y-%m-%d").to_dict() == {
        "a": "2007-11-01",
        "2007/001": "2007-11-02",
        "2008/001": "2007-11-03",
    }
    assert frame["date_basis"].to_dict() == {"a": "given", "2007/001": "printed", "2008/001": "given"}
    assert frame["note"].dropna().to_dict() == {"a": "x", "2007/001": "y"}
    assert codes(corpus) == []


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_table_as_a_spreadsheet_saves_it(press, separator, encoding):
    rows = [["file", "date", "outlet"], ["2007\\001.txt", "2007-11-01", "Звязда, Мінск"]]
    if separator in rows[1][2]:
        rows[1][2] = f'"{rows[1][2]}"'
    place = press.parent / "index.csv"
    place.write_bytes("".join(separator.join(row) + "\r\n" for row in rows).encode(encoding))
    corpus = cl.read(press, metadata=place)
    given = corpus.clippings.set_index("id").loc["2007/001"]
    assert given["outlet"] == "Звязда, Мінск" or "CLP110" in set(corpus.diagnostics["code"])
    assert str(given["date"])[:10] == "2007-11-01"


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        *(
            ("Anna Petrova and Jan Novak", ("Anna Petrova", "Jan Novak")),
            ("Lee, Anna; Doe, John", ("Anna Lee", "John Doe")),
        ),
        ("AFP", ()),
    ],
)
def test_the_authors_are_those_of_the_byline_given(byline, authors):
    page = "DATE:\n\n02/11/2007\n\nTalks in Minsk\n\nBy Eva Mraz\n\nThey met in Minsk on Tuesday, and nobody spoke."
    (clipping,) = cl.read_frame(pd.DataFrame({"text": [page], "byline": [byline]}), id=None, byline="byline")
    assert (clipping.value("byline"), clipping.authors) == (byline, authors)


def test_a_row_longer_than_its_head_is_refused(press):
    with pytest.raises(ValueError, match=r"index.csv cannot be read as a table: Length of header or names"):
        cl.read(press, metadata=table(press.parent, "file,outlet\na.txt,BelTA,Minsk\n"))


def test_a_name_that_two_files_have_is_about_neither(press):
    corpus = cl.read(press, metadata=table(press.parent, "file,outlet\n001.txt,BelTA\na.txt,BelTA\n"))
    assert corpus.clippings.set_index("id")["outlet_basis"].to_dict() == {
        "a": "given",
        "2007/001": "printed",
        "2008/001": "printed",
    }
    assert codes(corpus) == ["CLP408", "CLP409", "CLP409"]


def test_rows_without_a_file_and_files_without_a_row_are_told(press):
    words = "file,outlet\na.txt,BelTA\ngone.txt,BelTA\na.txt,Interfax\n,Nobody\n"
    corpus = cl.read(press, metadata=table(press.parent, words))
    told = corpus.diagnostics
    rows = told[told["code"] == "CLP408"]["message"].tolist()
    name = str(press.parent / "index.csv")
    assert rows == [
        f"row 3 of {name} names 'a.txt', and so does row 1, which is used",
        f"row 4 of {name} names '', and so no file",
        f"row 2 of {name} names 'gone.txt', and no such file was read",
    ]
    assert [diagnostic.code for diagnostic in corpus.notes] == ["CLP408"] * 3
    files = told[told["code"] == "CLP409"]["file"].tolist()
    assert files == [str(press / "2007/001.txt"), str(press / "2008/001.txt")]


@pytest.mark.parametrize("name", ["index.csv", "index.txt", "2007/index.csv"])
def test_the_table_may_lie_among_the_pages(press, name):
    rows = table(press, "file,outlet\na.txt,BelTA\n2007/001.txt,BelTA\n2008/001.txt,BelTA\n", name)
    corpus = cl.read(press, metadata=rows)
    assert [clipping.outlet for clipping in corpus] == ["BelTA"] * 3
    assert [(told.code, told.file) for told in corpus.unread] == [("CLP117", str(rows))]
    assert corpus.summary == "4 files: 3 read (3 clippings), 1 of kinds not read (metadata 1)"
    assert codes(corpus) == []


def test_a_row_goes_before_what_is_given_for_all(press):
    words = "file\toutlet\tlanguage\na.txt\tBelTA\tbe\n"
    corpus = cl.read(press, metadata=table(press.parent, words, "index.tsv"), outlet="Interfax", language="en")
    frame = corpus.clippings.set_index("id")
    assert frame["outlet"].to_dict() == {"a": "BelTA", "2007/001": "Interfax", "2008/001": "Interfax"}
    assert frame["language"].to_dict() == {"a": "be", "2007/001": "en", "2008/001": "en"}


def test_an_excel_table(press):
    frame = pd.DataFrame({"file": ["a.txt"], "date": [pd.Timestamp("2007-11-01")], "pages": [3]})
    frame.to_excel(press.parent / "index.xlsx", index=False)
    corpus = cl.read(press / "a.txt", metadata=press.parent / "index.xlsx")
    assert (corpus[0].date, corpus[0].given) == ("2007-11-01", {"date": "2007-11-01", "pages": 3})


def test_a_frame_gives_its_columns():
    frame = pd.DataFrame(
        {
            "id": ["1", "2"],
            "text": [PRINTED, BARE],
            "headline": ["Talks on gas", None],
            "date": [pd.Timestamp("2007-11-03"), pd.NaT],
            "source": ["BelTA", float("nan")],
            "author": ["Anna Petrova", " "],
            "note": [1, 2],
            "path": ["shelf 3", None],
        }
    )
    corpus = cl.read_frame(frame, title="headline", outlet="source", byline="author")
    first, second = corpus
    assert (first.title, first.date, first.outlet) == ("Talks on gas", "2007-11-03", "BelTA")
    assert first.value("byline") == "Anna Petrova"
    assert first.fields["printed_title"].value == "Talks in Minsk"
    assert "date" not in second.fields
    assert second.given == {"note": 2}
    assert corpus.clippings["note"].tolist() == [1, 2]
    assert corpus.clippings["given_path"].dropna().tolist() == ["shelf 3"]


def test_a_date_in_a_frame_that_is_none_is_told_and_kept():
    corpus = cl.read_frame(pd.DataFrame({"id": ["1"], "text": [PRINTED], "date": ["soon"]}))
    assert codes(corpus) == ["CLP407"]
    assert (corpus[0].date, corpus[0].given) == ("2007-11-02", {"date": "soon"})


def test_a_column_that_is_named_must_be_there():
    with pytest.raises(KeyError, match="needs the column 'author', which its argument byline names"):
        cl.read_frame(pd.DataFrame({"id": ["1"], "text": [BARE]}), byline="author")


def test_a_title_is_not_given_to_every_item_of_a_page():
    items = ["BELARUS TO BUY GAS FROM RUSSIA. Minsk will.", "UKRAINE SETS NEW DATE FOR TALKS. Kiev will."]
    page = "\n\n".join(["BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Newsline", *items, "Source:"])
    frame = pd.DataFrame({"id": ["1"], "text": [page], "title": ["All of it"], "outlet": ["BelTA"]})
    corpus = cl.read_frame(frame)
    assert [(one.title, one.outlet) for one in corpus] == [("Newsline", "BelTA")] * 2


def test_what_is_given_comes_back_from_saved_tables(press, tmp_path):
    corpus = cl.read(press, metadata=table(press.parent, "file,note,size\na.txt,x,1\n2007/001.txt,,2\n"))
    cl.save(corpus.annotate(), tmp_path / "saved")
    pd.testing.assert_frame_equal(cl.load(tmp_path / "saved").clippings, corpus.clippings)


def test_what_is_given_changes_no_evidence(press):
    plain, given = cl.read(press).annotate(), cl.read(press, date="2007-11-02", outlet="BelTA").annotate()
    for name in ("mentions", "sentences", "quotes", "texts"):
        pd.testing.assert_frame_equal(getattr(plain, name), getattr(given, name))


def test_a_folder_of_tables_holds_what_is_given_too(press):
    """In parts, resumed, and made again where the table changes."""
    index = table(press, "file,date,shelf\n2007/001,2006-11-02,B 4\n2008/001,2005-11-02,B 5\ngone,2005-01-01,B 6\n")
    out = press.parent / "out"
    cl.annotate_to(press, out, part=1, metadata=index, outlet="BelTA")
    made, read = cl.load(out), cl.read(press, metadata=index, outlet="BelTA").annotate()
    pd.testing.assert_frame_equal(made.clippings, read.clippings)
    assert sorted(made.diagnostics["code"]) == sorted(read.diagnostics["code"])
    assert "CLP408" in set(made.diagnostics["code"])
    before = {file: file.stat().st_mtime_ns for file in (out / "clippings").iterdir()}
    table(press, "file,date,shelf\n2007/001,2006-11-02,B 4\n2008/001,2005-11-02,B 9\n")
    again = cl.annotate_to(press, out, part=1, metadata=index, outlet="BelTA")
    assert again.clippings["shelf"].fillna("").tolist() == ["B 4", "B 9", ""]
    changed = [file.name for file, when in before.items() if file.exists() and file.stat().st_mtime_ns != when]
    assert len(changed) == 1


def test_a_cluster_takes_nothing_for_the_pages(press):
    with pytest.raises(ValueError, match="engine='dask' takes no outlet for the pages; use the local engine"):
        cl.annotate_to(str(press), press.parent / "out", engine="dask", outlet="BelTA")
