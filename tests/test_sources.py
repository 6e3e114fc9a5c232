"""Every file that is seen has a row, and the rows add up: seen = read + failed + not read."""

import io
import os
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.sources import Seen, kind, summed

PAGE = b"DATE:\n\n02/11/2007\n\nMinsk was quiet on Tuesday.\n"
# What a file may hold, and what becomes of it by its suffix.
CONTENTS = {"page": PAGE, "nothing": b"", "picture": b"\x89PNG\r\n\x1a\n"}
SUFFIXES = (".txt", ".TXT", ".key", ".jpg", "")
FOLDERS = ("", "2007/", "2007/deep/", "2008/", "press.zip/", "2008/more.zip/")
NAMES = st.tuples(st.sampled_from(FOLDERS), st.sampled_from("abc"), st.sampled_from(SUFFIXES)).map("".join)
TREES = st.dictionaries(NAMES, st.sampled_from(list(CONTENTS)), min_size=1, max_size=12)


def lay_down(tree: dict[str, str], root: Path) -> None:
    archives: dict[Path, dict[str, bytes]] = {}
    for name, what in tree.items():
        folder, inside, member = name.partition(".zip/")
        if inside:
            archives.setdefault(root / f"{folder}.zip", {})[member] = CONTENTS[what]
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(CONTENTS[what])
    for path, members in archives.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w") as archive:
            for member, data in members.items():
                archive.writestr(member, data)


def expected(name: str, what: str) -> str:
    if not name.lower().endswith(".txt"):
        return "not read"
    return "read" if what == "page" else "failed"


@settings(max_examples=60, deadline=None)
@given(tree=TREES, part=st.integers(1, 4))
def test_seen_is_read_and_failed_and_not_read(tree, part):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "press")
        root.mkdir()
        lay_down(tree, root)
        corpus = cl.read(root)
        tables = cl.annotate_to(root, Path(folder, "out"), part=part)
        rows = corpus.sources
        states = {os.path.relpath(row.file, root): row.state for row in rows.itertuples() if row.code != "CLP102"}
        assert states == {name: expected(name, what) for name, what in tree.items()}
        pages = rows[rows["state"] == "read"]
        assert Counter(pages["file"]) == Counter(clipping.path for clipping in corpus)
        assert rows["clippings"].sum() == len(corpus)
        assert sum(rows["state"] == "failed") == len(corpus.failures)
        assert sum(rows["state"] == "not read") == len(corpus.unread)
        left = rows[rows["state"] != "read"]
        assert set(left["file"]) <= set(corpus.diagnostics["file"])
        pd.testing.assert_frame_equal(tables.sources, rows)
        assert tables.summary == corpus.summary


def test_the_sum_says_what_was_read_and_what_not(tmp_path):
    for name in ("a.txt", "b.txt", *(f"{n}.key" for n in range(5)), "x.jpg", ".DS_Store", "e.txt"):
        (tmp_path / name).write_bytes(b"" if name == "e.txt" else PAGE)
    corpus = cl.read(tmp_path)
    summary = "10 files: 2 read (2 clippings), 1 failed, 7 of kinds not read (.key 5, .jpg 1, system 1)"
    assert corpus.summary == summary
    assert summary in repr(corpus)
    assert summary in corpus._repr_html_()
    annotated = corpus.annotate()
    assert annotated.summary == summary
    assert summary in repr(annotated)
    assert summary in annotated._repr_html_()
    assert annotated.sources.equals(corpus.sources)
    assert len(corpus.unread) == 6, "what the system lays there has a row and no diagnostic"


def test_six_kinds_are_too_many_to_name():
    rows = [Seen(f"a.{n}", f".{n}", "not read") for n in range(6)]
    assert summed(rows[:5]).endswith("5 of kinds not read (.0 1, .1 1, .2 1, .3 1, .4 1)")
    assert summed(rows).endswith("6 of kinds not read (.0 1, .1 1, .2 1, .3 1, .4 1, ...)")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("a/B.TXT", ".txt"),
        ("a/b", "no suffix"),
        ("a/._b.txt", "system"),
        ("~$b.docx", "system"),
        ("Thumbs.db", "system"),
        ("", "open file"),
    ],
)
def test_the_kind_of_a_file(name, what):
    assert kind(name) == what


def test_clippings_without_a_read_are_accounted_for_too():
    digest = "NEWSLINE\n\nFirst item of the day. (AM)\n\nSecond item of the day. (JM)\n"
    found = [*cl.parse("Minsk was quiet."), *cl.parse(digest, path="a.txt"), *cl.parse("Quiet.", path="b.txt")]
    failures = cl.read("no-such-folder").failures
    rows = cl.Corpus(found, failures).sources
    assert rows["clippings"].sum() == len(found)
    assert rows["file"].fillna("").tolist() == ["", "a.txt", "b.txt", "no-such-folder"]
    assert rows["state"].tolist() == ["read"] * 3 + ["failed"]


def test_rows_of_a_frame_and_open_files_are_seen():
    frame = pd.DataFrame({"id": ["1", "2"], "text": ["Quiet.", None]})
    assert cl.read_frame(frame).sources[["file", "kind", "state"]].values.tolist() == [
        ["1", "row", "read"],
        ["2", "row", "failed"],
    ]
    assert cl.read(io.BytesIO(PAGE)).sources[["kind", "state"]].values.tolist() == [["open file", "read"]]


def test_a_clipping_that_cannot_be_annotated_was_read_all_the_same(tmp_path, monkeypatch):
    from clippings.layers import registry

    (tmp_path / "a.txt").write_bytes(PAGE)

    def fail(*_):
        raise ValueError("no such day")

    monkeypatch.setattr(registry, "annotate_all", fail)
    annotated = cl.read(tmp_path).annotate()
    assert annotated.summary == "1 file: 1 read (1 clipping)"
    assert [failure.code for failure in annotated.failures] == ["CLP501"]
