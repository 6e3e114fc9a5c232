"""What is written: never onto what is read, and whole or not at all."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import clippings as cl
from clippings.cli import _commands, _output, _rendering, main
from one_press import PAGE, tree

MADE = b"an earlier result\n"
FRENCH = (
    "Le pont sur le fleuve est ferm\u00e9 depuis mardi, et les camions attendent sur la rive nord que la neige cesse "
    "de tomber sur les routes du pays et dans toutes les villes de la r\u00e9gion."
)


WARNED = [
    ("parse", "DATE:\n\n31/02/2007\n\nRain fell.", ["clippings: 1 warning; clippings check lists them"]),
    ("annotate", "DATE:\n\n31/02/2007\n\nRain fell.", ["clippings: 1 warning; clippings check lists them"]),
    (
        "annotate",
        f"DATE:\n\n02/11/2007\n\n{FRENCH}",
        [
            "clippings: 1 clipping in another language than English is not annotated; clippings check lists them",
        ],
    ),
    ("annotate", "DATE:\n\n02/11/2007\n\nRain fell on Brest.", []),
]


@pytest.mark.parametrize(("command", "page", "told"), WARNED)
def test_warnings_about_pages_are_counted(run, command, page, told):
    Path("odd.txt").write_text(page, "utf-8")
    read = "clippings: 1 file: 1 read (1 clipping)"
    assert run(command, "odd.txt")[2] == [read, *told]
    assert run(command, "odd.txt", "-q")[2] == []
    if command == "annotate":
        assert run(command, "odd.txt", "-o", "tables/")[2] == [read, *told]


@pytest.mark.parametrize("name", ["press/table.txt", "press/deep/table.TXT", "press/new/../table.txt"])
def test_a_table_is_not_written_where_the_next_run_would_read_it(run, name):
    Path("press/new").mkdir()
    for command in (["annotate"], ["parse"], ["search", "NATO"], ["check"]):
        before = tree()
        status, _, told = run(*command, "press", "-o", name)
        assert (status, told) == (
            2,
            [f"clippings: {name}: lies in press, and would be read as a page next time; write it elsewhere"],
        )
        assert tree() == before
    assert run("annotate", "press/a.txt", "-o", "press/table.txt")[0] == 0
    assert run("annotate", "press", "-o", "press/table.jsonl")[0] == 1


def names() -> list[str]:
    return sorted(file.name for file in Path().iterdir())


def linked(make: Callable[[str, str], None], file: str) -> Callable[[], None]:
    return lambda: make(os.path.abspath(file), "out.jsonl")  # noqa: PTH100


def loops(folder: str) -> None:
    for name in ("one", "two"):
        Path(folder, name).symlink_to(Path(folder).absolute())


ONTO = {
    "the page itself": (["press/a.txt"], "press/a.txt", None),
    "by another name": (["press/a.txt"], "press/deep/../a.txt", None),
    "a page of the folder": (["press"], "press/deep/b.txt", None),
    "a page of the folder one stands in": (["."], "press/a.txt", None),
    "a page of a pattern": (["press/**"], "press/a.txt", None),
    "a file that fails": (["press/broken.txt"], "press/broken.txt", None),
    "a file of a folder that fails": (["press"], "press/broken.txt", None),
    "a file of a folder that is not read": (
        ["press"],
        "press/talks.key",
        lambda: Path("press/talks.key").write_bytes(b"slides"),
    ),
    "the archive of a page": (["press.zip"], "press.zip", None),
    "an archive of the folder": (["."], "press.zip", None),
    "a hard link": (["press"], "out.jsonl", linked(os.link, "press/a.txt")),
    "a symbolic link": (["press"], "out.jsonl", linked(os.symlink, "press/a.txt")),
    "a link that is read": (["out.jsonl"], "press/a.txt", linked(os.symlink, "press/a.txt")),
    "a hard link to an archive": (["press.zip"], "out.jsonl", linked(os.link, "press.zip")),
    "a link to the folder": (["more"], "press/a.txt", lambda: Path("more").symlink_to("press")),
    "a page behind links that loop": (["press/**"], "press/a.txt", lambda: loops("press/deep")),
    "a file that is not ours": (
        ["press"],
        "press/x.jsonl",
        lambda: Path("press/x.jsonl").write_text("x"),
    ),
    "a result that is read": (["old.jsonl"], "old.jsonl", lambda: Path("old.jsonl").write_bytes(MADE)),
}


@pytest.mark.parametrize("command", ["parse", "annotate", "check"])
@pytest.mark.parametrize(("paths", "target", "prepare"), ONTO.values(), ids=ONTO)
def test_a_file_that_is_read_is_not_written(run, command, paths, target, prepare):
    if prepare:
        prepare()
    before = tree()
    form = "text" if command == "check" else "jsonl"
    status, out, told = run(command, *paths, "-o", target, "--format", form)
    assert (status, out, len(told)) == (2, b"", 1)
    assert told[0].startswith(f"clippings: {target}: is one of the files read")
    assert told[0].endswith(" and would be lost; give another file with -o")
    assert tree() == before


def test_nothing_is_opened_before_it_is_refused(run, monkeypatch):
    monkeypatch.setattr(cl, "read", lambda *_, **__: pytest.fail("the pages are read"))
    assert run("annotate", "press", "-o", "press/a.txt")[0] == 2
    assert run("annotate", "press", "-o", "no/such/folder.jsonl")[0] == 2


OWN = {
    "index.csv": b"file,date\na.txt,2007-11-02\n",
    "ids.csv": b"id,title\n1,Talks\n",
    "notes.jsonl": b'{"note":"mine"}\n',
    "notes.json": b'{"note":"mine"}\n',
    "table.parquet": b"PAR1 mine PAR1",
    "lint.sarif": b'{"name": "another"}',
}


@pytest.mark.parametrize("name", OWN)
def test_nor_is_a_table_of_ones_own_in_the_folder(run, name):
    Path("press", name).write_bytes(OWN[name])
    for command, form in (("annotate", "jsonl"), ("check", "text")):
        assert run(command, "press", "-o", f"press/{name}", "--format", form)[0] == 2
    assert Path("press", name).read_bytes() == OWN[name]


RESULTS = [
    *(("parse", f"frame-{frame}.csv", frame) for frame in ("clippings", "blocks", "diagnostics", "sources")),
    *(("annotate", f"frame-{frame}.parquet", frame) for frame in ("quotes", "sentences")),
    ("annotate", "evidence.ndjson", ""),
    ("check", "report.json", ""),
    ("check", "report.sarif", ""),
]


@pytest.mark.parametrize(("command", "name", "frame"), RESULTS)
def test_every_result_beside_the_pages_is_known_again(run, command, name, frame):
    Path("press", name).touch()
    for _ in range(3):
        assert run(command, "press", "-o", f"press/{name}", *(["--frame", frame] if frame else []))[0] == 1


def test_so_is_a_report_without_a_line(run):
    Path("press/broken.txt").unlink()
    for _ in range(2):
        assert run("check", "press", "-o", "press/none.json")[0] == 0


@pytest.mark.parametrize("target", ["new.jsonl", "press/new.jsonl", "press/deep/evidence.jsonl"])
def test_a_result_beside_the_pages_is_written_again(run, target):
    for _ in range(2):
        assert run("annotate", "press", "-o", target)[0] == 1
        assert [json.loads(line)["path"] for line in Path(target).read_bytes().splitlines()] == [
            "press/a.txt",
            "press/deep/b.txt",
        ]


def test_standard_input_is_not_written(run, monkeypatch):
    with Path("press/a.txt").open(encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        status, _, told = run("annotate", "-", "-o", "press/a.txt")
    assert (status, "(standard input)" in told[0]) == (2, True)
    assert Path("press/a.txt").read_text("utf-8") == PAGE


def test_standard_output_is_not_a_file_that_is_read(press, monkeypatch, capsys):
    assert press.is_dir()
    with Path("press/a.txt").open("a", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdout", file)
        assert main(["annotate", "press"]) == 2
    assert "standard output: is one of the files read (press/a.txt) and would be lost" in capsys.readouterr().err
    assert Path("press/a.txt").read_text("utf-8") == PAGE


def test_a_codebook_is_not_written(run):
    assert run("codebook", "new", "own")[0] == 0
    shutil.copytree("own", "more")
    before = tree()
    for target in ("own/actors.csv", "more/actors.csv"):
        words = ["annotate", "press/a.txt", "--codebook", "own", "--extend", "more", "-o", target]
        status, _, told = run(*words)
        assert (status, told) == (
            2,
            [f"clippings: {target}: is one of the files read and would be lost; give another file with -o"],
        )
    shipped = next(path for path in cl.codebook.sources.folder("security").iterdir() if path.name == "actors.csv")
    assert run("annotate", "press/a.txt", "-o", str(shipped))[0] == 2
    assert run("annotate", "press/a.txt", "-o", "own/")[0] == 2
    assert tree() == before


def test_nor_are_settings_and_lists(run):
    Path("clippings.toml").write_text("workers = 1\n", "utf-8")
    Path("list.csv").write_text("press/a.txt\n", "utf-8")
    assert run("parse", "press/a.txt", "-o", "clippings.toml", "--format", "jsonl")[0] == 2
    assert run("parse", "--files-from", "list.csv", "-o", "list.csv")[0] == 2
    assert Path("list.csv").read_text("utf-8") == "press/a.txt\n"


def test_diff_writes_a_file_and_not_onto_a_result(run):
    for name in ("old.jsonl", "new.jsonl", "old/"):
        assert run("annotate", "press/a.txt", "-o", name)[0] == 0
    before = tree()
    for target in ("old.jsonl", "new.jsonl"):
        assert run("diff", "old.jsonl", "new.jsonl", "-o", target)[0] == 2
    part = "old/quotes/part-000000.parquet"
    assert run("diff", "old", "new.jsonl", "-o", part, "--format", "text")[0] == 2
    assert tree() == before
    assert run("annotate", "press/a.txt", "--layout", "plain", "-o", "new.jsonl")[0] == 0
    for name in ("changes.jsonl", "changes.ndjson"):
        assert run("diff", "old.jsonl", "new.jsonl", "-o", name)[:2] == (1, b"")
        assert {json.loads(line)["change"] for line in Path(name).read_bytes().splitlines()}


class BrokenError(Exception):
    pass


@pytest.mark.parametrize("fault", [BrokenError, KeyboardInterrupt])
def test_a_run_that_fails_leaves_the_result_before_it(run, monkeypatch, fault):
    Path("out.jsonl").write_bytes(MADE)
    before = names()

    def lines(*_):
        yield b"{"
        raise fault

    monkeypatch.setattr(_rendering, "rendered", lines)
    if fault is BrokenError:
        with pytest.raises(BrokenError):
            _commands.run(["annotate", "press", "-o", "out.jsonl"])
    else:
        assert run("annotate", "press", "-o", "out.jsonl")[0] == 130
    assert Path("out.jsonl").read_bytes() == MADE
    assert names() == before


def test_so_does_a_full_disk(run, monkeypatch):
    Path("out.jsonl").write_bytes(MADE)

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    status, _, told = run("annotate", "press/a.txt", "-q", "-o", "out.jsonl")
    assert (status, told) == (
        2,
        ["clippings: out.jsonl: cannot be written: No space left on device; give another file with -o"],
    )
    assert Path("out.jsonl").read_bytes() == MADE
    assert not [name for name in names() if name.endswith(".tmp")]


def test_so_does_a_run_that_reads_nothing(run):
    Path("out.jsonl").write_bytes(MADE)
    status, _, told = run("parse", "nowhere", "-o", "out.jsonl")
    assert (status, told[-1]) == (1, "clippings: no page was read; out.jsonl is left as it was")
    assert Path("out.jsonl").read_bytes() == MADE
    assert run("parse", "nowhere", "-o", "new.jsonl")[0] == 1
    assert Path("new.jsonl").read_bytes() == b""


@pytest.mark.parametrize("command", [["annotate", "press"], ["check", "press"], ["diff", "press", "press"]])
def test_an_empty_name_is_not_standard_output(run, command):
    status, out, told = run(*command, "-o", "")
    assert (status, out, told) == (
        2,
        b"",
        ["clippings: -o: the name of the output is empty; give one, or leave out -o for standard output"],
    )


def test_links_modes_and_devices_stay(run):
    Path("deep").mkdir()
    Path("deep/real.jsonl").write_bytes(MADE)
    Path("deep/real.jsonl").chmod(0o640)
    Path("link.jsonl").symlink_to("deep/real.jsonl")
    assert run("parse", "press/a.txt", "-o", "link.jsonl")[0] == 0
    assert Path("link.jsonl").is_symlink()
    assert json.loads(Path("deep/real.jsonl").read_bytes())["path"] == "press/a.txt"
    assert Path("deep/real.jsonl").stat().st_mode & 0o777 == 0o640
    assert run("parse", "press/a.txt", "-o", "/dev/null")[0] == 0
    assert Path("/dev/null").is_char_device()


def test_a_target_is_looked_for_only_where_it_is(monkeypatch):
    for walk in ("walk", "scandir"):
        monkeypatch.setattr(os, walk, lambda *_: pytest.fail("a folder is walked"))
    _output.refuse("no-such-file.jsonl", ["."], ["."])
