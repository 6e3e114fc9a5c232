"""Pages to a folder of tables: the same as in memory, the same bytes each time, and nothing done twice or by halves."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import clippings as cl
from clippings.cli import examples, main
from clippings.store import folder as folders
from clippings.store import parquet
from clippings.tables import frames
from one_press import tree

TEXT = '"We wait for {0} days," said Anna Petrova, head of the Minsk Institute, on Tuesday. Russia and NATO talk.\n'


def lines(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Eleven pages, one of them empty, two of them copies of the first; and their tables."""
    root = tmp_path_factory.mktemp("made")
    press = root / "press"
    press.mkdir()
    for number in range(8):
        page = examples.SOUND.replace("They met on Tuesday.\n", TEXT.format(number))
        (press / f"{number:02}.txt").write_text(page, "utf-8")
    (press / "08-empty.txt").touch()
    shutil.copy(press / "00.txt", press / "09-same.txt")
    (press / "10-like.txt").write_bytes((press / "00.txt").read_bytes().replace(b"\n", b"\r\n"))
    with contextlib.chdir(root):
        cl.annotate_to("press", "undisturbed", part=3)
    return root


@pytest.fixture
def press(made, tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made / "press", "press")
    return Path("press")


@pytest.fixture
def undisturbed(press, made) -> dict[str, bytes]:
    assert press.is_dir()
    shutil.copytree(made / "undisturbed", "undisturbed")
    return tree(made / "undisturbed")


@pytest.mark.usefixtures("press")
def test_the_tables_are_those_of_the_corpus_in_memory():
    tables = cl.annotate_to("press", "out", part=100)
    annotated = cl.read("press").annotate()
    for name in frames.SCHEMA:
        pd.testing.assert_frame_equal(getattr(tables, name), getattr(annotated, name), obj=name)
    assert tables.failures == annotated.failures
    assert tables.codebook == annotated[0].codebook
    assert len(tables) == len(annotated) == 10


@pytest.mark.parametrize("part", [1, 3])
def test_parts_change_nothing_but_the_order_of_diagnostics(press, part):
    assert press.is_dir()
    tables = cl.annotate_to("press", "out", part=part)
    annotated = cl.read("press").annotate()
    for name in frames.SCHEMA:
        got, wanted = getattr(tables, name), getattr(annotated, name)
        if name == "diagnostics":
            got, wanted = (one.sort_values(list(one), ignore_index=True) for one in (got, wanted))
        pd.testing.assert_frame_equal(got, wanted, obj=name)


@pytest.mark.usefixtures("press")
def test_copies_are_told_across_parts():
    told = cl.annotate_to("press", "out", part=2).diagnostics
    assert told["code"].tolist() == ["CLP103", "CLP301", "CLP302"]
    assert told["message"].tolist()[1:] == [
        f"the same bytes as {Path('press/00.txt')}",
        f"the same text as {Path('press/00.txt')} but for white space",
    ]


def test_any_number_of_workers_writes_the_same_bytes(press, undisturbed):
    cl.annotate_to(press, "out", part=3, workers=2)
    assert tree(Path("out")) == undisturbed


def test_a_folder_of_tables(undisturbed):
    names = {f"part-{number:06}.parquet" for number in range(4)}
    assert {name.split("/")[0] for name in undisturbed} == {"manifest.jsonl", *frames.SCHEMA, "_pages"}
    assert {name.split("/")[1] for name in undisturbed if name.startswith("quotes/")} == names
    run, *parts, end = lines(Path("undisturbed"))
    assert run["codebook"]["name"] == "security"
    assert run["options"] == {"engine": "local", "layout": "auto", "part": 3}
    assert [part["pages"] for part in parts] == [3, 3, 3, 2]
    assert (end["record"], end["pages"], end["clippings"], end["failures"]) == ("end", 11, 10, 1)


def test_the_metadata_of_a_file(press):
    cl.annotate_to(press, "out")
    file = pq.ParquetFile("out/quotes/part-000000.parquet")
    made = file.schema_arrow.metadata
    assert made[b"clippings.version"].decode() == cl.__version__
    assert made[b"clippings.schema"].decode() == parquet.VERSION
    assert json.loads(made[b"clippings.codebook"]) == json.loads(json.dumps(lines(Path("out"))[0]["codebook"]))
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    types = pd.read_parquet("out/quotes").dtypes.to_dict()
    assert types == {column: pd.Series([], dtype=kind).dtype for column, kind in frames.SCHEMA["quotes"].items()}


@pytest.mark.usefixtures("press")
def test_a_query_in_duckdb():
    duckdb = pytest.importorskip("duckdb")
    tables = cl.annotate_to("press", "out", part=3)
    rows = duckdb.sql("SELECT speaker, count(*) AS quotes FROM 'out/quotes/*.parquet' GROUP BY ALL").fetchall()
    assert rows == [("Anna Petrova", len(tables.quotes))] == [("Anna Petrova", 10)]


@pytest.mark.usefixtures("press")
def test_tables_are_read_when_asked_for(monkeypatch):
    cl.annotate_to("press", "out", part=3)
    read = []
    monkeypatch.setattr(parquet, "decoded", lambda files, name, _: read.append((name, len(files))))
    tables = cl.load("out")
    assert repr(tables) == "<Tables of 10 clippings, 10 quotes>"
    assert read == []
    assert list(tables.parts("quotes")) == [None] * 4
    assert tables.quotes is None
    assert read == [("quotes", 1)] * 4 + [("quotes", 4)]
    with pytest.raises(KeyError, match="no table 'quote'; there are clippings, blocks"):
        tables.parts("quote")


@pytest.mark.usefixtures("press")
def test_tables_that_are_gone_are_not_taken_for_empty():
    tables = cl.annotate_to("press/00.txt", "out")
    shutil.rmtree("out")
    with pytest.raises(FileNotFoundError, match=r"part-000000\.parquet"):
        tables.quotes  # noqa: B018


def test_a_second_run_makes_nothing_again(press, undisturbed, monkeypatch):
    monkeypatch.setattr(folders, "commit", None)
    cl.annotate_to(press, "undisturbed", part=3)
    assert tree(Path("undisturbed")) == undisturbed


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (lambda press: (press / "04.txt").write_text(examples.SOUND, "utf-8"), [1]),
        (lambda press: (press / "11.txt").write_text(examples.SOUND, "utf-8"), [3]),
        (lambda press: (press / "10-like.txt").unlink(), [3]),
        (lambda press: [(press / name).unlink() for name in ("09-same.txt", "10-like.txt")], []),
        (lambda press: (press / "01.txt").unlink(), [0, 1, 2, 3]),
        (lambda press: (press / "07.txt").rename(press / "07b.txt"), [2]),
    ],
    ids=["one changed", "one added", "one removed", "a part removed", "the second removed", "one renamed"],
)
def test_changed_inputs_are_noticed(press, undisturbed, monkeypatch, change, again):
    assert undisturbed
    change(press)
    cl.annotate_to(press, "again", part=3)
    done, commit = [], folders.commit
    monkeypatch.setattr(folders, "commit", lambda *given: (done.append(given[1]), commit(*given)))
    cl.annotate_to(press, "undisturbed", part=3)
    assert done == again
    assert tree(Path("undisturbed")) == tree(Path("again"))


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"PAR1")])
def test_a_damaged_table_is_made_again(press, undisturbed, damage):
    damage(Path("undisturbed/quotes/part-000001.parquet"))
    cl.annotate_to(press, "undisturbed", part=3)
    assert tree(Path("undisturbed")) == undisturbed


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"layout": "plain"}, "made with layout auto, not plain;"),
        ({"part": 4}, "made with part 3, not 4;"),
        ({"codebook": "own"}, r"made with codebook security 0\.\d\.\d \(\w{12}\), not own 0\.\d\.\d \(\w{12}\);"),
    ],
)
def test_another_run_is_not_mixed_in(press, undisturbed, options, said):
    assert main(["codebook", "new", "own"]) == 0
    with pytest.raises(cl.FolderError, match=said):
        cl.annotate_to(press, "undisturbed", **{"part": 3, **options})
    assert tree(Path("undisturbed")) == undisturbed
    cl.annotate_to(press, "undisturbed", overwrite=True, **{"part": 3, **options})
    cl.annotate_to(press, "again", **{"part": 3, **options})
    assert tree(Path("undisturbed")) == tree(Path("again"))


def test_another_version_is_not_mixed_in(press, undisturbed, monkeypatch):
    assert undisturbed
    monkeypatch.setattr("clippings.release.VERSION", "9.0")
    with pytest.raises(cl.FolderError, match=r"made with clippings 0\.\d\.\d, not 9\.0;"):
        cl.annotate_to(press, "undisturbed", part=3)
    monkeypatch.setattr(parquet, "VERSION", "other")
    with pytest.raises(cl.FolderError, match=r"schema \w{12}; .* clippings 9\.0 with schema other; annotate again"):
        cl.load("undisturbed")


@pytest.mark.parametrize("moved", [False, True])
def test_other_sources_are_not_mixed_in(press, undisturbed, moved):
    (press / "deep").mkdir()
    with pytest.raises(
        cl.FolderError, match=r"undisturbed was made from press, not press/deep; give another folder, or"
    ):
        cl.annotate_to("press/deep", "undisturbed", part=3)
    with pytest.raises(cl.FolderError, match=r"was made from press, not more\.zip and 1 more;"):
        cl.annotate_to(["press", "more.zip"], "undisturbed", part=3)
    assert tree(Path("undisturbed")) == undisturbed
    if moved:
        Path("elsewhere").mkdir()
        for name in ("press", "undisturbed"):
            shutil.move(name, f"elsewhere/{name}")
        os.chdir("elsewhere")  # The fixture goes back.
    for again in ("press/", Path("press").absolute(), "undisturbed/../press"):
        assert len(cl.annotate_to(again, "undisturbed", part=3)) == 10
    Path("other").mkdir()
    assert len(cl.annotate_to("other", "undisturbed", part=3, overwrite=True)) == 0
    assert lines(Path("undisturbed"))[0]["sources"] == ["../other"]


def test_an_open_file_with_other_bytes_is_not_mixed_in(tmp_path):
    cl.annotate_to(io.BytesIO(b"Minsk was quiet."), tmp_path)
    before = tree(tmp_path)
    cl.annotate_to(io.BytesIO(b"Minsk was quiet."), tmp_path)
    assert tree(tmp_path) == before
    with pytest.raises(cl.FolderError, match="was made from an open file or standard input with other bytes; give"):
        cl.annotate_to(io.BytesIO(b"Minsk was loud."), tmp_path)
    assert tree(tmp_path) == before
    assert len(cl.annotate_to(io.BytesIO(b"Minsk was loud."), tmp_path, overwrite=True)) == 1


def test_somebody_elses_folder_is_left_alone(press):
    before = tree(press)
    assert before
    for overwrite in (False, True):
        with pytest.raises(
            cl.FolderError, match=r"press holds '0\d.*\.txt', which is not a table; give a new or empty"
        ):
            cl.annotate_to("press", "press", overwrite=overwrite)
    assert tree(press) == before
    Path("file").touch()
    with pytest.raises(cl.FolderError, match="file is a file; give a folder"):
        cl.annotate_to("press", "file")


@pytest.mark.usefixtures("press")
def test_a_pattern_that_meets_the_tables_does_not_read_them():
    tables = cl.annotate_to("press/**", "press/out")
    again = cl.annotate_to("press/**", "press/out")
    assert len(tables.clippings) == len(again.clippings) == 10


@pytest.mark.usefixtures("undisturbed")
def test_what_is_not_finished_is_not_loaded():
    path = Path("undisturbed/manifest.jsonl")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))
    with pytest.raises(cl.FolderError, match="is not finished, 2 parts are there; start the same run again"):
        cl.load("undisturbed")
    with pytest.raises(FileNotFoundError, match=r"press is not a folder of tables, it has no manifest\.jsonl"):
        cl.load("press")


def command(capsys, *words: str) -> tuple[int, str, str]:
    status = main(["annotate", *words])
    return status, *capsys.readouterr()


@pytest.mark.usefixtures("press")
@pytest.mark.parametrize("output", [["-o", "out/"], ["-o", "out", "--format", "parquet"]])
def test_the_command_writes_tables(capsys, output):
    cl.annotate_to("press", "expected")
    status, out, told = command(capsys, "press", *output)
    assert (status, out) == (1, "")
    assert told.splitlines() == [
        f"{Path('press/08-empty.txt')}: error[CLP103]: the file is empty (save the page again)",
        "clippings: 11 files: 10 read (10 clippings), 1 failed",
    ]
    assert tree(Path("out")) == tree(Path("expected"))
    # Now that the folder is there, its name is enough.
    assert command(capsys, "press/00.txt", "-o", "out")[0] == 2
    assert command(capsys, "press/00.txt", "-o", "out", "--overwrite")[0] == 0
    assert len(cl.load("out")) == 1


def test_the_command_says_what_to_do(press, capsys):
    assert press.is_dir()
    assert command(capsys, "press", "--format", "parquet")[::2] == (
        2,
        "clippings: --format parquet writes a folder of tables; name it with -o\n",
    )
    assert command(capsys, "press/00.txt", "-o", "out/")[0] == 0
    status, _, told = command(capsys, "press/00.txt", "-o", "out/", "--layout", "plain")
    assert (status, told.split(";")[1]) == (
        2,
        " give another folder, or replace it with overwrite=True (--overwrite)\n",
    )
    assert command(capsys, "press/00.txt", "-o", "out/", "--layout", "plain", "--overwrite")[0] == 0
    with pytest.raises(SystemExit, match="2"):
        main(["annotate", "press", "--workers", "0"])
    assert "must be a whole number, 1 or more, not '0'" in capsys.readouterr().err


@pytest.mark.usefixtures("press")
def test_the_command_shares_the_work(capfdbinary):
    assert main(["annotate", "press"]) == 1
    alone = capfdbinary.readouterr()
    assert main(["annotate", "press", "--workers", "2"]) == 1
    assert capfdbinary.readouterr() == alone
    assert alone.out.count(b"\n") == 10
