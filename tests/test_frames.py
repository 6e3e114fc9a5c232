"""The frames have the types they promise, say what the text says, and come back from a folder as they were."""

import contextlib
import io
import itertools
import os
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.comparing.pages import LAYERS
from clippings.tables.frames import SCHEMA

ROOT = Path(__file__).resolve().parent.parent
ZOO = ROOT / "tests" / "zoo"

HOSTILE = {
    "quotes": '"We ""wait"", said," said Anna Petrova, "or \'not\'."',
    "commas": "one, two; three\tfour",
    "crlf": "First line.\r\n\r\nSecond line.\r\nThird line.\r\n",
    "cr": "First line.\r\rSecond line.\rThird line.",
    "missing words": "NA\n\nnan\n\nnull\n\nNone\n\n<NA>",
    "numbers": "1e5\n\n007\n\n1.0\n\nTrue\n\n2007-11-02",
    "nul": "Partners:\0\0\n\nMinsk\0 was quiet.",
    "blanks": "   Minsk was quiet.   \n\n \t",
    "letters": "Hélène – “Мінск” 𝄞 \u2028 \x85 \ufeff.",
    "comment": "# Minsk\n\n\\n was \\ quiet",
}


@pytest.fixture(scope="module")
def zoo() -> cl.AnnotatedCorpus:
    return cl.read(ZOO, ROOT / "data" / "clippings", ROOT / "no-such-folder").annotate()


@pytest.fixture(scope="module")
def empty() -> cl.AnnotatedCorpus:
    return cl.Corpus([]).annotate()


def came_back(annotated: cl.AnnotatedCorpus, folder: Path) -> None:
    cl.save(annotated, folder, overwrite=True)
    tables = cl.load(folder)
    for name in SCHEMA:
        pd.testing.assert_frame_equal(getattr(annotated, name), getattr(tables, name), obj=name)


@pytest.mark.parametrize("name", SCHEMA)
@pytest.mark.parametrize("source", ["zoo", "empty"])
def test_types_are_those_of_the_schema(request, source, name):
    table = getattr(request.getfixturevalue(source), name)
    assert list(table.columns) == list(SCHEMA[name])
    assert table.dtypes.to_dict() == {column: pd.Series([], dtype=kind).dtype for column, kind in SCHEMA[name].items()}
    assert table.empty == (source == "empty")
    assert list(table.index) == list(range(len(table)))


@pytest.mark.parametrize("name", [name for name, schema in SCHEMA.items() if "start" in schema])
def test_the_span_is_the_text(zoo, name):
    texts = {page.clipping.id: page.clipping.text for page in zoo}
    column = "text" if "text" in SCHEMA[name] else "printed"
    for row in getattr(zoo, name).dropna(subset="start").to_dict("records"):
        assert texts[row["id"]][row["start"] : row["end"]] == row[column]


@pytest.mark.parametrize("part", ["source", "cue"])
def test_the_parts_of_a_quotation_are_their_text(zoo, part):
    texts = {page.clipping.id: page.clipping.text for page in zoo}
    rows = zoo.quotes.dropna(subset=[part]).to_dict("records")
    assert rows
    for row in rows:
        assert texts[row["id"]][row[f"{part}_start"] : row[f"{part}_end"]] == row[part]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_frame_has_a_row_for_each_annotation(zoo, layer):
    table = getattr(zoo, layer)
    expected = [(page.clipping.id, found.start, found.end) for page in zoo for found in getattr(page, layer)]
    assert list(zip(table["id"], table["start"], table["end"], strict=True)) == expected


def test_the_blocks_of_a_page_join_to_its_text(zoo):
    joined = zoo.blocks.groupby("id", sort=False)["text"].agg("".join)
    assert joined.to_dict() == {page.clipping.id: page.clipping.text for page in zoo}


def test_dates_are_datetimes(zoo):
    known = zoo.clippings.dropna(subset=["date"])
    assert len(known) == len(zoo)
    months = known[known["date_precision"] == "month"]
    assert set(months["date"].dt.day) == {1}
    printed = {page.clipping.id: page.clipping.date for page in zoo}
    days = known[known["date_precision"] == "day"]
    assert dict(zip(days["id"], days["date"].dt.strftime("%Y-%m-%d"), strict=True)) == {
        name: printed[name] for name in days["id"]
    }


def test_sentences_number_their_paragraph(zoo):
    for page in zoo:
        rows = zoo.sentences.query("id == @page.clipping.id and item == @page.clipping.item")
        for start, number in zip(rows["start"], rows["paragraph"], strict=True):
            block = page.clipping.paragraphs[number - 1]
            assert block.start <= start < block.end


def test_failures_come_first_among_the_diagnostics(zoo):
    assert zoo.diagnostics["code"].tolist() == [
        *(told.code for told in zoo.failures),
        *(told.code for told in zoo.corpus.unread),
        *(told.code for page in zoo for told in page.clipping.diagnostics),
    ]


@pytest.mark.parametrize("source", ["zoo", "empty"])
def test_saved_tables_come_back(request, tmp_path, source):
    came_back(request.getfixturevalue(source), tmp_path / "deep" / "folder")


@pytest.mark.parametrize("layout", ["auto", "plain"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_comes_back(tmp_path, text, layout):
    came_back(cl.Corpus(cl.parse(text, layout=layout, path="NA.txt")).annotate(), tmp_path)


# A path is in columns of its own, apart from the text.
@pytest.mark.parametrize("layout", ["auto", "plain"])
@pytest.mark.parametrize("path", ["", "NA.txt", "nan/null.txt"])
def test_any_path_comes_back(tmp_path, layout, path):
    came_back(cl.Corpus(cl.parse(HOSTILE["missing words"], layout=layout, path=path)).annotate(), tmp_path)


def test_saving_twice_writes_the_same_bytes(zoo, tmp_path):
    for folder in ("one", "two", "two"):
        cl.save(zoo, tmp_path / folder, overwrite=True)
    files = [[file for file in (tmp_path / folder).rglob("*") if file.is_file()] for folder in ("one", "two")]
    written = [{file.relative_to(tmp_path).parts[1:]: file.read_bytes() for file in found} for found in files]
    assert written[0] == written[1]
    assert {name for name, *_ in written[0]} == {*SCHEMA, "_pages", "manifest.jsonl"}


def test_what_is_saved_takes_the_place_of_what_was(zoo, empty, tmp_path):
    cl.save(zoo, tmp_path)
    with pytest.raises(cl.FolderError, match="holds tables already; give another folder, or overwrite=True to replace"):
        cl.save(empty, tmp_path)
    assert len(cl.load(tmp_path)) == len(zoo)
    tables = cl.save(empty, tmp_path, overwrite=True)
    assert (len(tables), len(cl.load(tmp_path).quotes)) == (0, 0)
    (tmp_path / "manifest.jsonl").unlink()
    for overwrite in (False, True):
        with pytest.raises(cl.FolderError, match="which is not a table; give a new or empty folder"):
            cl.save(zoo, tmp_path, overwrite=overwrite)


def test_save_and_annotate_to_ask_before_they_replace_each_other(zoo, tmp_path):
    cl.annotate_to([io.StringIO("Minsk was quiet."), io.StringIO("Minsk was quiet.")], tmp_path, part=1)
    with pytest.raises(cl.FolderError, match="holds tables already"):
        cl.save(zoo, tmp_path)
    cl.save(zoo, tmp_path, overwrite=True)
    assert {file.name for file in tmp_path.rglob("*.parquet")} == {"part-000000.parquet"}
    came_back(zoo, tmp_path)
    with pytest.raises(cl.FolderError, match="was made by save; give another folder, or replace it with overwrite"):
        cl.annotate_to([], tmp_path)
    assert len(cl.annotate_to([], tmp_path, overwrite=True)) == 0


def test_a_save_that_is_stopped_leaves_the_old_tables_or_the_new(empty, tmp_path, monkeypatch):
    """Each move of a file is where the power may fail: two for each table and the manifest."""
    one = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
    moves = 2 * (len(SCHEMA) + 2)
    seen = set()
    for lasts in range(moves + 1):
        folder = tmp_path / str(lasts)
        cl.save(one, folder)
        steps = itertools.count()

        def move(old, new, *, replace=os.replace, steps=steps, lasts=lasts):
            if next(steps) == lasts:
                raise InterruptedError
            replace(old, new)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", move)
            with contextlib.suppress(InterruptedError):
                cl.save(empty, folder, overwrite=True)
        tables = cl.load(folder)
        seen.add((len(tables), len(tables.quotes), len(tables.sentences)))
        cl.save(one, folder, overwrite=True)
        assert {file.name for file in folder.rglob("*.parquet")} == {"part-000000.parquet"}
        assert not list(folder.rglob("*.tmp"))
    assert next(steps) == moves
    assert seen == {(0, 0, 0), (1, 1, 1)}


def test_a_first_save_that_is_stopped_is_begun_again(zoo, tmp_path, monkeypatch):
    def stop(*_):
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr("clippings.store.folder.commit", stop)
        with pytest.raises(InterruptedError):
            cl.save(zoo, tmp_path)
    with pytest.raises(cl.FolderError, match="is not finished"):
        cl.load(tmp_path)
    came_back(zoo, tmp_path)


def test_a_corpus_counts_itself(zoo):
    corpus = zoo.corpus
    assert (len(corpus), len(zoo)) == (31, 31)
    assert corpus[0] is next(iter(corpus))
    assert zoo[0].clipping is corpus[0]
    assert repr(corpus).startswith("<Corpus of 31 clippings, 1 failures; ")
    assert f"files: {len(set(zoo.clippings['path']))} read (31 clippings), 1 failed, " in repr(corpus)
    assert repr(cl.Corpus([])) == "<Corpus of 0 clippings, 0 failures; 0 files: 0 read (0 clippings)>"


def test_a_damaged_table_is_named(zoo, tmp_path):
    cl.save(zoo, tmp_path)
    table = tmp_path / "quotes/part-000000.parquet"
    table.write_bytes(table.read_bytes()[:99])
    with pytest.raises(cl.FolderError, match=r"quotes/part-000000.parquet is damaged .*make the tables again"):
        cl.load(tmp_path).quotes  # noqa: B018


def test_only_what_is_annotated_is_saved(zoo, tmp_path):
    with pytest.raises(
        TypeError, match=r"needs an annotated corpus, not Corpus: annotate first, and give corpus.annotate()"
    ):
        cl.save(zoo.corpus, tmp_path)
