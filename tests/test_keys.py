"""(id, item) is a key: unique in a corpus, the same in every run, and a merge on it keeps the number of rows."""

import io
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings import measures
from clippings.reading import keys
from clippings.tables.frames import SCHEMA

KEY = ["id", "item"]
ITEMS = ["BELARUS TO BUY GAS FROM RUSSIA. Minsk will.", "UKRAINE SETS NEW DATE FOR TALKS. Kiev will."]
DIGEST = "\n\n".join(["BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Newsline", *ITEMS, "Source:"])


def page(word: str, day: int = 2) -> str:
    return f'DATE:\n\n{day:02}/11/2007\n\n"We wait," said Anna Petrova in Minsk, {word}. Russia was quiet.\n'


def merged(annotated: cl.AnnotatedCorpus) -> None:
    """Every frame with the key, merged with the clippings on it, keeps its rows."""
    clippings = annotated.clippings
    assert not clippings.duplicated(KEY).any()
    for name, schema in SCHEMA.items():
        if "id" in schema:
            frame = getattr(annotated, name)
            assert len(frame.merge(clippings[KEY], on=KEY, validate="m:1")) == len(frame), name


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> Path:
    """A hundred files of one name in a hundred folders."""
    root = tmp_path_factory.mktemp("press")
    for number in range(100):
        (root / f"{number:03}").mkdir()
        (root / f"{number:03}" / "001.txt").write_text(page(f"day {number}", number % 28 + 1), "utf-8")
    return root


@pytest.fixture(scope="module")
def hundred(folders) -> cl.AnnotatedCorpus:
    return cl.read(folders).annotate()


def test_a_hundred_files_of_one_name(hundred):
    assert hundred.clippings["id"].tolist() == [f"{number:03}/001" for number in range(100)]
    assert "CLP303" not in set(hundred.diagnostics["code"])
    assert len(hundred.quotes) == 100
    merged(hundred)


def test_documents_are_counted_and_not_names(hundred):
    pairs = measures.cooccurrence(hundred.mentions, hundred.sentences, name="entity")
    assert pairs[["a", "b", "count", "count_a", "count_b"]].values.tolist() == [["Anna Petrova", "BY", 100, 100, 100]]
    near = measures.cooccurrence(hundred.mentions, hundred.sentences, within="window", window=50)
    assert near["count"].tolist() == [100, 100, 100]
    spread = measures.dispersion(hundred.texts, words=["quiet"])
    assert spread["parts"].tolist() == [100]


@pytest.mark.parametrize("part", [1, 7, 500])
def test_streamed_tables_have_the_same_ids(folders, hundred, tmp_path, part):
    tables = cl.annotate_to([folders, folders / "000", folders / "001" / "001.txt"], tmp_path / "out", part=part)
    assert tables.clippings["id"].tolist() == hundred.clippings["id"].tolist()


@pytest.mark.parametrize(("workers", "part"), [(1, 1), (1, 2), (2, 3), (1, 50)])
def test_numbers_behind_shared_ids_do_not_depend_on_parts_or_workers(tmp_path, workers, part):
    for name in ("a/1.txt", "b/1.txt", "c/1.txt", "d/1.htm", "d/1~2.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(page(name), "utf-8")
    named = sorted(tmp_path.glob("*/*"))
    corpus = cl.read(named)
    assert [clipping.id for clipping in corpus] == ["1", "1~2", "1~3", "1~4", "1~2~2"]
    tables = cl.annotate_to(named, tmp_path / "out", workers=workers, part=part)
    assert tables.clippings["id"].tolist() == [clipping.id for clipping in corpus]
    told = tables.diagnostics.query("code == 'CLP303'")
    assert told["message"].tolist() == corpus.diagnostics.query("code == 'CLP303'")["message"].tolist()
    assert len(told) == 4


@pytest.mark.parametrize(
    ("path", "root", "expected"),
    [
        ("press/2007/001.txt", "press", "2007/001"),
        ("press/2007/001.txt", "press/2007", "001"),
        ("/a/press/x.y.html", "/a/press", "x.y"),
        ("press/more.zip/2007/001.txt", "press", "more.zip/2007/001"),
        ("press.zip/2007/001.txt", "press.zip", "2007/001"),
        ("press/deep/112007-14.txt", "press", "112007-14"),
        ("press/deep/132007-14.txt", "press", "deep/132007-14"),
        ("press/deep/112007-14b.txt", "press", "deep/112007-14b"),
        (".hidden.txt", ".", ".hidden"),
        ("2007/.txt", ".", "2007/.txt"),
        ("caf\udce9.txt", "", "caf\ufffd"),
    ],
)
def test_the_key_of_a_path(path, root, expected):
    assert keys.key(path, root) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("press", ["2007/a", "2008/a", "112007-14"]),
        ("press/", ["2007/a", "2008/a", "112007-14"]),
        ("./press", ["2007/a", "2008/a", "112007-14"]),
        (".", ["press/2007/a", "press/2008/a", "112007-14"]),
        ("press/2007", ["a"]),
        ("press/2007/a.txt", ["a"]),
        ("press/*", ["2007/a", "2008/a", "112007-14"]),
        ("press/**/a.txt", ["2007/a", "2008/a"]),
        ("press/200[78]/a.txt", ["2007/a", "2008/a"]),
        ("p*", ["press/2007/a", "press/2008/a", "112007-14"]),
        (["press/2007", ["press/2008"]], ["a", "a~2"]),
    ],
)
def test_an_id_is_the_path_below_what_was_named(tmp_path, monkeypatch, source, expected):
    monkeypatch.chdir(tmp_path)
    for name in ("2007/a.txt", "2008/a.txt", "x/112007-14.txt"):
        (tmp_path / "press" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "press" / name).write_text(page(name), "utf-8")
    assert [clipping.id for clipping in cl.read(source)] == expected


def test_open_files_alike_have_ids_of_their_own():
    corpus = cl.read(io.StringIO("Quiet."), io.BytesIO(b"Quiet."), io.BytesIO(b"Loud."))
    first, second, third = [clipping.id for clipping in corpus]
    assert second == f"{first}~2"
    assert len(third) == 12
    merged(corpus.annotate())


def test_ids_repeated_in_a_frame_are_told_and_made_unique():
    ids = ["x", "y", "x", "x~2", "x", "y"]
    frame = pd.DataFrame({"id": ids, "text": [page(str(number)) for number in range(6)]})
    corpus = cl.read_frame(frame)
    assert [clipping.id for clipping in corpus] == ["x", "y", "x~2", "x~2~2", "x~3", "y~2"]
    told = corpus.diagnostics.query("code == 'CLP303'")
    assert told["message"].tolist()[0] == "the id x is that of x; this page is called x~2"
    assert len(told) == 4
    merged(corpus.annotate())


def test_a_repeated_index_is_made_unique_too():
    frame = pd.DataFrame({"text": [page("a"), page("b")]}, index=[7, 7])
    assert [clipping.id for clipping in cl.read_frame(frame, id=None)] == ["7", "7~2"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"text": "body"},
            "needs the column 'id', which its argument id names.* id=None, which takes the index.*body, no",
        ),
        ({"id": "no"}, "needs the column 'text', which its argument text names.*give text= one of its columns "),
        ({"id": None, "text": "words"}, "needs the column 'words', which its argument text names"),
    ],
)
def test_a_frame_without_the_column_names_the_argument_and_the_remedy(options, message):
    with pytest.raises(KeyError, match=message):
        cl.read_frame(pd.DataFrame({"body": ["Quiet."], "no": [1]}), **options)


@pytest.mark.parametrize("given", [None, pd.Series(["Quiet."]), [{"text": "Quiet."}]])
def test_what_is_no_frame_is_refused(given):
    with pytest.raises(TypeError, match=f"needs a frame, not {type(given).__name__}; make one with pandas.DataFrame"):
        cl.read_frame(given)


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(ValueError, match="more than one column 'text', which text names; rename one"):
        cl.read_frame(pd.DataFrame([["Quiet.", "Loud."]], columns=["text", "text"]), id=None)


NAMED = {
    "another column called so": ({"id": ["a"], "headline": ["Talks"], "title": ["Other"]}, {"title": "headline"}),
    "a column called as another argument": ({"id": ["a"], "byline": ["Talks"]}, {"title": "byline"}),
    "the column of the id": ({"id": ["Talks"]}, {"title": "id"}),
    "a column for two": ({"id": ["a"], "x": ["Talks"]}, {"title": "x", "outlet": "x"}),
}


@pytest.mark.parametrize("case", NAMED)
def test_a_column_that_is_named_is_the_one_that_is_taken(case):
    cells, named = NAMED[case]
    (clipping,) = cl.read_frame(pd.DataFrame({"text": ["Quiet."], **cells}), **named)
    assert clipping.title == "Talks"
    assert clipping.value("byline") is None
    assert clipping.outlet == ("Talks" if "outlet" in named else None)


def test_columns_beside_the_text_come_along_under_names_of_their_own():
    cells = {"headline": ["Talks"], "title": ["Other"], "form": ["f"], "given_form": ["g"]}
    frame = cl.read_frame(pd.DataFrame({"id": ["a"], "text": ["Quiet."], **cells}), title="headline").clippings
    assert frame[["given_title", "given_form", "given_given_form"]].values.tolist() == [["Other", "f", "g"]]


def test_whole_numbers_with_a_gap_are_ids():
    frame = pd.DataFrame({"text": [page("a"), page("b"), page("c")], "id": [1, None, 2.5]})
    assert [clipping.id for clipping in cl.read_frame(frame)] == ["1", "row 2", "2.5"]


def test_items_of_digests_merge(tmp_path):
    for name in ("a/1.txt", "b/1.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(DIGEST, "utf-8")
    annotated = cl.read(tmp_path).annotate()
    assert annotated.clippings[KEY].values.tolist() == [["a/1", 0], ["a/1", 1], ["b/1", 0], ["b/1", 1]]
    merged(annotated)


def test_pages_of_two_partitions_that_share_an_id_are_told():
    from clippings.store import _closing

    rows = [("1", "1.txt"), ("2", "2.txt"), ("1", "1.htm")]
    pages = pd.DataFrame([(name, path, path, path) for name, path in rows], columns=["id", "path", "sha256", "letters"])
    (told,) = _closing.twins(pages)
    assert (told.code, told.file) == ("CLP303", "1.htm")
