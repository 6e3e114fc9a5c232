"""A library of references beside its files: fields are given, and what leads to no file is told."""

import json

import pytest

import clippings as cl

TEXT = '"We wait," said Anna Petrova of the port. The ferry stays where it is, and nobody in town knows for how long.\n'
ITEM = {
    "id": "petrova2016",
    "type": "article-newspaper",
    "title": "The ferry stays",
    "container-title": "The Neman Post",
    "author": [{"family": "Orlov", "given": "Ivan"}, {"literal": "News desk"}],
    "issued": {"date-parts": [["2016", 6, "22"]]},
    "URL": "https://neman.example/ferry",
    "language": "en-GB",
}


@pytest.fixture
def read(tmp_path):
    """Read a folder of files with a library beside it."""

    def run(items, *files):
        folder = tmp_path / "storage"
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(TEXT + name, "utf-8")
        library = tmp_path / "library.json"
        library.write_text(items if isinstance(items, str) else json.dumps(items), "utf-8")
        return cl.read(folder, metadata=library)

    return run


def codes(corpus):
    return [one for one in corpus.diagnostics["code"] if one in ("CLP407", "CLP408", "CLP409")]


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"attachments": [{"path": "/home/anna/Zotero/storage/AB12/ferry.txt"}]}, "AB12/ferry.txt"),
        ({"attachments": [{"path": "C:\\Users\\Anna\\Zotero\\storage\\AB12\\ferry.txt"}]}, "AB12/ferry.txt"),
        ({"attachments": [{"path": "AB12/ferry.txt"}]}, "AB12/ferry.txt"),
        ({"attachments": [{"localPath": "~/Zotero/AB12/ferry.txt"}]}, "AB12/ferry.txt"),
        ({"file": "/z/storage/AB12/ferry.txt"}, "files/of/2016/AB12/ferry.txt"),
        ({"file": "storage:ferry.txt"}, "AB12/ferry.txt"),
        ({}, "petrova2016.txt"),
        ({"attachments": []}, "petrova2016.txt"),
        ({"attachments": "none"}, "AB12/petrova2016.txt"),
    ],
)
def test_an_item_gives_its_file_what_it_knows(read, files, name):
    corpus = read([ITEM | files], name)
    row = corpus.clippings.iloc[0]
    assert codes(corpus) == []
    assert (row["title"], row["outlet"], f"{row['date']:%Y-%m-%d}") == (
        "The ferry stays",
        "The Neman Post",
        "2016-06-22",
    )
    assert (row["byline"], row["source_url"]) == ("Ivan Orlov, News desk", "https://neman.example/ferry")
    assert (row["language"], row["date_basis"], row["reference"]) == ("en", "given", "petrova2016")


def test_each_attachment_of_an_item_is_told(read):
    files = ["A1/a.txt", "B2/b.txt"]
    corpus = read([ITEM | {"attachments": [{"path": f"/z/{name}"} for name in files]}], *files)
    assert set(corpus.clippings["reference"]) == {"petrova2016"}
    assert codes(corpus) == []


def test_files_of_one_name_are_told_apart_by_their_folders(read):
    items = [{"id": name, "title": f"Title {name}", "file": f"/z/storage/{name}/snapshot.txt"} for name in ("A1", "B2")]
    corpus = read(items, "A1/snapshot.txt", "B2/snapshot.txt")
    assert set(zip(corpus.clippings["id"].str[:2], corpus.clippings["title"], strict=True)) == {
        ("A1", "Title A1"),
        ("B2", "Title B2"),
    }


def test_a_path_that_fits_two_files_is_given_to_none(read):
    corpus = read([ITEM | {"file": "/z/AB12/ferry.txt"}], "one/AB12/ferry.txt", "two/AB12/ferry.txt")
    assert sorted(codes(corpus)) == ["CLP408", "CLP409", "CLP409"]
    assert corpus.clippings["title"].ne("The ferry stays").all()


def test_an_item_without_a_file_and_a_file_without_an_item_are_told(read):
    corpus = read([ITEM, {"id": "lost2016"}], "petrova2016.txt", "other.txt")
    assert sorted(codes(corpus)) == ["CLP408", "CLP409"]
    assert corpus.diagnostics.query("code == 'CLP408'")["message"].str.contains("lost2016").all()


@pytest.mark.parametrize(
    ("issued", "date", "told"),
    [
        ({"date-parts": [[2016, 6]]}, ("2016-06-01", "month"), []),
        ({"literal": "22 June 2016"}, ("2016-06-22", "day"), []),
        ({"date-parts": [[2016, 13, 1]]}, None, ["CLP407"]),
        ({"literal": "summer"}, None, ["CLP407"]),
        ({"date-parts": [[2016]]}, None, ["CLP407"]),
        ({"date-parts": [[]]}, None, []),
        ({"date-parts": [[2016, 6, 22], []]}, ("2016-06-22", "day"), []),
        ({"date-parts": [[2016, 6, 22], [2016, 6, 25]]}, None, ["CLP407"]),
        ("2016", None, []),
    ],
)
def test_a_date_is_as_exact_as_the_item_has_it(read, issued, date, told):
    corpus = read([ITEM | {"issued": issued}], "petrova2016.txt")
    row = corpus.clippings.iloc[0]
    assert codes(corpus) == told
    found = None if row["date"] is None or row["date"] != row["date"] else f"{row['date']:%Y-%m-%d}"
    assert (found, row["date_precision"])[: 2 if date else 1] == (date or (None,))


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ("{", "cannot be read as a table"),
        ('{"a": 1}', "it is no list of items"),
        ('[{"title": "x"}]', "item 1 has no id"),
        ("[3]", "item 1 has no id"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_what_is_no_library_is_told(read, items, message):
    with pytest.raises(ValueError, match=message):
        read(items, "a.txt")


def test_an_empty_library_leaves_every_file_untold(read):
    assert codes(read([], "a.txt")) == ["CLP409"]


def test_the_list_may_stand_in_an_object(read):
    assert codes(read({"items": [ITEM]}, "petrova2016.txt")) == []
