"""Full-text search: what a query finds, exact places, clear refusals, and an index in memory or kept in a file."""

from __future__ import annotations

import itertools
import json
import pickle
import re
import sqlite3
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.cli import main
from clippings.search import index as indexes
from clippings.search.query import MOST_BRACKETS, MOST_WORDS, All, Either, Near, Phrase, Without
from clippings.search.spans import Document
from clippings.search.terms import terms

TABLE = yaml.safe_load((Path(__file__).parent / "tables/search.yaml").read_text("utf-8"))
_MARK = re.compile(r"\[([^]]*)\]")


def corpus(*texts: str) -> cl.Corpus:
    return cl.Corpus([cl.parse(text, path=f"{number}.txt", layout="plain")[0] for number, text in enumerate(texts)])


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['query']} in {row['text']}")
def test_a_query_finds_what_the_table_says(row):
    text = _MARK.sub(r"\1", row["text"])
    wanted = [] if row.get("none") else _MARK.findall(row["text"])
    hits = corpus(text).search(row["query"], near=row.get("near"))
    assert [text[start:end] for start, end in zip(hits["start"], hits["end"], strict=True)] == wanted
    assert hits["match"].tolist() == [" ".join(one.split()) for one in wanted]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "has no word"),
        (" \n", "has no word"),
        ("&", "no letter or digit in '&'"),
        ('missile "shield', "quotation mark at character 9 that is not closed"),
        ("(missile", "opens a bracket at character 1 that is not closed"),
        ("missile)", "closes a bracket at character 8 that is not open"),
        ("()", r"before '\)' at character 2"),
        ("missile AND", "misses a word or phrase at its end"),
        ("missile OR OR radar", "before 'OR' at character 12"),
        ("NOT radar", "needs a word before NOT, as in"),
        ("missile AND NOT radar", "needs a word before NOT between them"),
        ("missile -radar", "write NOT radar"),
        ("NEAR(missile shield, 5)", "near=5"),
        ("mis*sile", "inside 'mis[*]sile'"),
        ('"missil* shield"', "[*] inside"),
        ("*", "no letter or digit"),
        ("missile. *", "no letter or digit"),
        ("missile.*", "does not follow a letter or digit"),
        ("(" * (MOST_BRACKETS + 1) + "a" + ")" * (MOST_BRACKETS + 1), "more than 8 brackets"),
        ("a " * (MOST_WORDS + 1), "more than 100 words"),
    ],
)
def test_a_query_that_is_not_clear_is_refused(query, message):
    with pytest.raises(cl.SearchError, match=message):
        corpus("missile").search(query)


@pytest.mark.parametrize(
    ("opening", "found"),
    [("", 1), ("(", 1), ("a NOT (b OR a NOT ", 1), ("b OR a b OR a a NOT (", 1), ("a a a OR (", 1)],
)
def test_the_deepest_queries_are_taken_by_sqlite(opening, found):
    query = opening * MOST_BRACKETS + "a" + ")" * (MOST_BRACKETS * ("(" in opening))
    assert len(corpus("a").search(query)) == found


def test_the_longest_queries_are_taken():
    assert len(corpus("a").search("a " * MOST_WORDS)) == 1
    assert len(corpus("a").search(" NOT ".join(["a", *"b" * (MOST_WORDS - 1)]))) == 1


@pytest.mark.parametrize(
    ("query", "near", "message"),
    [
        ("missile", 3, "near needs two at least"),
        ('"missile shield"', 3, "near needs two at least"),
        ("missile OR shield", 3, "has OR, which near does not take"),
        ("(missile shield)", 3, r"has \(, which near"),
    ],
)
def test_near_is_for_words_and_phrases(query, near, message):
    with pytest.raises(cl.SearchError, match=message):
        corpus("missile").search(query, near=near)


def test_windows_are_counted_and_checked():
    hits = corpus("one two three four five").search("three", window=1)
    assert hits[["left", "match", "right"]].values.tolist() == [["two", "three", "four"]]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"window": -1}, "window must be a whole number of at least 0, not -1"),
        ({"near": -1}, "near must be a whole number of at least 0, not -1"),
        ({"near": True}, "near must be a whole number"),
        ({"near": 2.5}, "near must be a whole number"),
        ({"query": 5}, "query must be a string, not int; give words"),
        ({"query": None}, "query must be a string, not None"),
        ({"index": 5}, "index must be a path, not int; give the file that keeps the index"),
    ],
)
def test_an_argument_of_another_kind_is_refused_by_name(given, message):
    with pytest.raises(cl.ArgumentError, match=message):
        corpus("one two").search(**{"query": "one two", **given})


WORDS = st.sampled_from(["a", "b", "c", "ab"])
PHRASES = st.builds(Phrase, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.booleans())
NEARS = st.builds(Near, st.lists(PHRASES, min_size=2, max_size=3).map(tuple), st.integers(0, 4))
QUERIES = st.recursive(
    PHRASES | NEARS,
    lambda inner: (
        st.builds(All, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(Either, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(Without, inner, inner)
    ),
    max_leaves=5,
)
TEXTS = st.lists(st.sampled_from(["a", "b", "c", "ab", "\n\n"]), max_size=12).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(QUERIES, st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_the_library_and_sqlite_agree_on_what_is_met(query, pages):
    rows = [
        indexes.Text(str(number), 0, 0, part, text)
        for number, page in enumerate(pages)
        for part, text in zip(("title", "body"), page, strict=True)
    ]
    found = {hit.id for hit in indexes.Index.of(rows).find(query, 0)}
    met = {str(n) for n, page in enumerate(pages) if Document(list(map(terms, page))).places(query) is not None}
    assert found == met


@settings(deadline=None)
@given(st.text(alphabet="abŁ\u00ad\u0301'-\n ́.S3😀é\ud800\x00", max_size=40))
def test_words_stand_where_they_are_said_to(text):
    found = terms(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    for one in found:
        hits = corpus(text).search(one.word) if one.word.isalnum() else None
        assert hits is None or (one.start, one.end) in set(zip(hits["start"], hits["end"], strict=True))


def test_titles_and_outlets_are_searched_and_places_are_those_of_the_page():
    page = cl.parse("BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nMissile talks\n\nMinsk has a missile.\n")[0]
    hits = cl.Corpus([page]).search("missile")
    assert [page.text[a:b] for a, b in zip(hits["start"], hits["end"], strict=True)] == ["Missile", "missile"]
    assert cl.Corpus([page]).search('"talks minsk"').empty  # No phrase goes from the title into the text.
    assert cl.Corpus([page]).search("analysis").empty  # The archive's name is no part of the clipping.


def test_the_best_clipping_comes_first_and_equals_keep_their_order():
    pages = corpus(
        "shield and much else, words and words", "other", "shield shield", "same shield", "same shield", "no"
    )
    hits = pages.search("shield")
    assert hits["id"].tolist() == ["2", "2", "3", "4", "0"]
    assert hits["score"].is_monotonic_decreasing
    assert hits.equals(pages.search("shield"))
    assert hits.dtypes.astype(str).to_dict()["start"] == "int64"


def test_nothing_found_keeps_the_columns():
    hits = corpus("Minsk").search("Moscow")
    assert hits.columns.tolist() == ["id", "item", "start", "end", "left", "match", "right", "score"]
    assert hits.empty
    assert cl.Corpus([]).search("Moscow").empty


def test_what_was_searched_can_still_travel():
    pages = corpus("Minsk")
    pages.search("Minsk")
    assert len(pickle.loads(pickle.dumps(pages)).search("minsk")) == 1
    assert len(pages[:0].search("minsk")) == 0


@pytest.fixture
def tables(tmp_path):
    return cl.save(
        corpus("Minsk waits.", "Moscow waits.", "Minsk goes.").annotate(layers=["mentions"]), tmp_path / "tables"
    )


def test_annotated_clippings_and_tables_are_searched_alike(tables):
    pages = corpus("Minsk waits.", "Moscow waits.", "Minsk goes.")
    hits = pages.search("waits")
    assert pages.annotate(layers=["mentions"]).search("waits").equals(hits)
    assert tables.search("waits").equals(hits)
    assert tables[1:].search("waits")["id"].tolist() == ["1"]
    assert tables.take([2, 0]).search("minsk")["id"].tolist() == ["2", "0"]


def test_an_index_is_kept_and_made_again_where_the_clippings_are_others(tables, tmp_path, monkeypatch):
    kept = tmp_path / "an index"
    hits = tables.search("minsk", index=kept)
    assert hits.equals(tables.search("minsk"))
    built = kept.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(indexes, "_fill", lambda *_: pytest.fail("the index was made again"))
        assert cl.load(tables.folder).search("minsk", index=kept).equals(hits)
    assert kept.read_bytes() == built
    assert tables[:1].search("minsk", index=kept)["id"].tolist() == ["0"]
    assert corpus("Brest, Minsk").search("minsk", index=kept)["start"].tolist() == [7]
    assert tables.search("minsk", index=kept).equals(hits)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["an index", "tables"]


def test_a_file_that_is_no_index_is_left_as_it_is(tmp_path):
    page, other = tmp_path / "page.txt", tmp_path / "other.db"
    page.write_text("Minsk " * 99, "utf-8")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    for path in (page, other):
        before = path.read_bytes()
        with pytest.raises(cl.SearchError, match="is not an index that search wrote"):
            corpus("Minsk").search("minsk", index=path)
        assert path.read_bytes() == before
    with pytest.raises(cl.SearchError, match="cannot be read or written"):
        corpus("Minsk").search("minsk", index=tmp_path / "no folder/index")


def test_a_python_without_full_text_search_is_told(monkeypatch):
    monkeypatch.setattr(indexes, "_SCHEMA", "CREATE VIRTUAL TABLE words USING fts5_is_not_here(a);")
    with pytest.raises(cl.SearchError, match="has no FTS5"):
        corpus("Minsk").search("minsk")


@pytest.fixture
def press(tmp_path):
    folder = tmp_path / "press"
    folder.mkdir()
    for name, text in {
        "1.txt": "A quiet day\n\nMinsk has a missile\nshield.",
        "2.txt": "=Moscow, \x1b[2Jsaid Minsk.",
    }.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_command_prints_lines_csv_and_json(press, capsys):
    assert main(["search", '"missile shield"', str(press), "--window", "2"]) == 0
    out, err = capsys.readouterr()
    assert out == "1  has a  missile shield  .\n"
    assert "1 place in 1 of 2 clippings" in err
    assert main(["search", "minsk", str(press), "--format", "csv", "-q"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "id,item,start,end,left,match,right,score"
    assert main(["search", "moscow", str(press), "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["match"] == "Moscow"
    assert main(["search", "said", str(press)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_the_command_searches_tables_and_keeps_an_index(press, tmp_path, capsys):
    tables, kept = str(tmp_path / "tables/"), str(tmp_path / "kept")
    assert main(["annotate", str(press), "-o", tables + "/", "-q"]) == 0
    for _ in range(2):
        assert main(["search", "minsk", tables, "--index", kept, "--format", "jsonl"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["search", "minsk", tables, str(press)]) == 2
    assert "holds annotated clippings, and other paths hold pages" in capsys.readouterr().err
    assert main(["search", "minsk", tables, "--date", "2007-01-01"]) == 2
    assert "leave out --date" in capsys.readouterr().err


def test_the_command_refuses_a_query_before_it_reads(press, capsys):
    for words in (["minsk AND"], ["minsk", "--near", "2"], ["minsk", "--window", "-1"]):
        query, *more = words
        assert main(["search", query, str(press / "none.txt"), *more]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "no such file" not in err
    assert main(["search", "minsk", str(press), str(press / "none.txt")]) == 1
