"""Whatever is given on the command line: a status, one line for each failure, and every other file in the output."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pytest

from clippings.cli import main

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT / "data" / "clippings" / "112007-14.txt"
GOOD = "DATE:\n\n02/11/2007\n\nMinsk was quiet on Tuesday.\n\nSource:\n\nhttp://www.example.org/quiet\n"
TOLD = re.compile(r"(?P<file>.*): error\[(?P<code>CLP\d{3})\]: (?P<message>.+) \((?P<hint>.+)\)")
WARNED = re.compile(r"clippings: [\d,]+ warnings?; clippings check lists them")
ACCOUNT = re.compile(r"clippings: [\d,]+ files?: [\d,]+ read \([\d,]+ clippings?\)(, .+)*")
ROOM = 50_000_000


@pytest.fixture
def press(tmp_path) -> Path:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


class Done(NamedTuple):
    """How a command ended: its status, and what it wrote."""

    returncode: int
    stdout: bytes
    stderr: bytes


@pytest.fixture
def run(press, monkeypatch, capfdbinary) -> Callable[..., Done]:
    """Run a command in this process, in the folder of the pages; an exception of it fails the test."""

    def called(*arguments: str | bytes) -> Done:
        monkeypatch.chdir(press)
        try:
            status = main([os.fsdecode(argument) for argument in arguments])
        except SystemExit as wrong_usage:
            status = wrong_usage.code
        return Done(status, *capfdbinary.readouterr())

    return called


def process(folder: Path, *arguments: str, stdout: int | BinaryIO = subprocess.PIPE) -> Done:
    command = [sys.executable, "-m", "clippings", *arguments]
    done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False, cwd=folder)
    assert b"Traceback" not in done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def is_warning(diagnostic):
    return diagnostic["severity"] == "warning"


def told(done: Done) -> list[str]:
    """What was said on standard error, without the account of what was read, which comes last."""
    lines = done.stderr.decode("utf-8").splitlines()
    *lines, account = [line for line in lines if not WARNED.fullmatch(line)]
    assert ACCOUNT.fullmatch(account)
    return lines


def ids(output: bytes) -> list[str]:
    return [json.loads(line)["id"] for line in output.splitlines()]


def missing(path: Path) -> None:
    assert not path.exists()


def folder(path: Path) -> None:
    path.mkdir()
    (path / "notes.md").write_text("no clipping", encoding="utf-8")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(ROOM)


BAD = {
    "no such path": (missing, "CLP101"),
    "an empty file": (Path.touch, "CLP103"),
    "a folder without clippings": (folder, "CLP102"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "CLP104"),
    "machine code": (lambda path: path.write_bytes(bytes(range(256)) * 4), "CLP104"),
    "bytes its mark denies": (lambda path: path.write_bytes(b"\xef\xbb\xbfcaf\xe9 au lait"), "CLP105"),
    "half a character": (lambda path: path.write_bytes(b"\xff\xfeM\x00i"), "CLP105"),
    "fifty million bytes": (sparse, "CLP106"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "CLP107"),
}


@pytest.mark.parametrize("command", ["parse", "annotate"])
@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_told_in_one_line_and_stops_no_other(press, run, command, bad):
    make, code = BAD[bad]
    make(press / "m.txt")
    done = run(command, "a.txt", "m.txt", "z.txt")
    assert done.returncode == 1
    assert ids(done.stdout) == ["a", "z"]
    (line,) = told(done)
    found = TOLD.fullmatch(line)
    assert (found["file"], found["code"]) == ("m.txt", code)


def test_a_folder_of_bad_files_is_told_line_by_line(press):
    for number, (make, _) in enumerate(BAD.values()):
        if make not in (missing, folder):
            make(press / f"m{number}.txt")
    done = process(press, "parse", ".", "--format", "table")
    codes = [TOLD.fullmatch(line)["code"] for line in told(done)]
    assert codes == [code for make, code in BAD.values() if make not in (missing, folder)]
    assert [line.split()[0] for line in done.stdout.decode("utf-8").splitlines()] == ["id", "a", "z"]
    assert done.returncode == 1


DOUBTFUL = {
    "undeclared encoding": (GOOD.replace("quiet", "quiet – “very”").encode("cp1252"), "CLP110"),
    "no body": (b"DATE:\n\n02/11/2007\n\nSource:\n\nhttp://www.example.org/x\n", "CLP204"),
    "only white space": (b"\n \n\t\n", "CLP204"),
    "only furniture": (b"Google\n\nPartners:\n\nFace.by\n", "CLP204"),
    "an impossible date": (GOOD.replace("02/11", "31/02").encode(), "CLP202"),
    "a year of the future": (GOOD.replace("02/11/2007", "31/12/9999").encode(), "CLP202"),
    "no address": (GOOD.partition("http")[0].encode(), "CLP206"),
    "one long line": (b"DATE: 02/11/2007\n" + b"Minsk was quiet. " * 5_000, "CLP205"),
    "stray controls": (GOOD.replace(" was ", " was\0\x01 ").encode(), "CLP203"),
}


@pytest.mark.parametrize("command", ["parse", "annotate"])
@pytest.mark.parametrize(("data", "code"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_doubtful_page_is_read_with_a_diagnostic(press, run, command, data, code):
    (press / "m.txt").write_bytes(data)
    done = run(command, "a.txt", "m.txt", "z.txt")
    assert (done.returncode, told(done)) == (0, [])
    assert ids(done.stdout) == ["a", "m", "z"]
    found = json.loads(done.stdout.splitlines()[1])["diagnostics"]
    assert code in [diagnostic["code"] for diagnostic in found]
    warns = [one for line in done.stdout.splitlines() for one in json.loads(line)["diagnostics"] if is_warning(one)]
    assert bool(warns) == bool(WARNED.search(done.stderr.decode("utf-8")))
    assert all(diagnostic["message"] and diagnostic["hint"] for diagnostic in found)


NAMES = {
    "latin-1": b"caf\xe9.txt",
    "line break": b"two\nlines.txt",
    "blank": b" .txt",
    "dash": b"./-o.txt",
    "quotes": b"\"'.txt",
    "long": b"x" * 240 + b".txt",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("layout", ["jsonl", "table"])
def test_any_name_a_file_can_have(press, run, name, layout):
    path = os.path.join(os.fsencode(press), name)  # noqa: PTH118 (bytes)
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(GOOD)
    done = run("annotate", name, "a.txt", "--format", layout)
    assert (done.returncode, told(done)) == (0, [])
    done.stdout.decode("utf-8")
    if layout == "jsonl":
        shown = name.decode("utf-8", "replace")
        assert [json.loads(line)["path"] for line in done.stdout.splitlines()] == [shown, "a.txt"]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_is_told_in_one_line(run, name):
    done = run("parse", name, "a.txt")
    assert done.returncode == 1
    assert len(told(done)) == 1
    assert b"error[CLP101]" in done.stderr
    assert ids(done.stdout) == ["a"]


@pytest.mark.parametrize("name", ["x" * 300, "a.txt/b.txt"])
def test_a_name_no_file_can_have(run, name):
    done = run("parse", name, "a.txt")
    assert (done.returncode, ids(done.stdout)) == (1, ["a"])
    assert len(told(done)) == 1
    done = run("report", name, "a.txt", "-o", "report.html")
    assert done.returncode == 1
    assert b": error[CLP10" in done.stderr


def test_an_empty_name_is_not_the_folder_one_stands_in(run):
    done = run("parse", "")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"error[CLP101]" in done.stderr


WRONG = {
    "no command": ([], b"usage: clippings"),
    "unknown command": (["read", "a.txt"], b"invalid choice: 'read'"),
    "no path": (["parse"], b"required: PATH"),
    "unknown option": (["parse", "a.txt", "--colour"], b"--colour"),
    "unknown format": (["parse", "a.txt", "--format", "xml"], b"'xml'"),
    "unknown layout": (
        ["parse", "a.txt", "--layout", "F9"],
        b"must be one of auto, plain, proquest, nexis, factiva, europresse, F1, head, F3, F4, F2, not 'F9'",
    ),
    "codebook where there is none": (["parse", "a.txt", "--codebook", "security"], b"--codebook"),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG)
def test_wrong_usage(run, arguments, words):
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr + (done.stdout if not arguments else b"")
    assert arguments == [] or done.stdout == b""


@pytest.mark.parametrize("target", [".", "no/such/folder/out.jsonl", "a.txt/out.jsonl", "/dev/full", "x" * 300])
def test_an_output_that_cannot_be_written(run, target):
    done = run("parse", "a.txt", "-q", "-o", target)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode("utf-8").splitlines()
    assert line.startswith(f"clippings: {target}: cannot be written: ")
    assert line.endswith("give another file with -o")


@pytest.mark.parametrize("paths", [["a.txt"], [str(ROOT / "tests" / "zoo")]])
def test_a_full_standard_output(press, paths):
    with Path("/dev/full").open("wb") as full:
        done = process(press, "annotate", "-q", *paths, stdout=full)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert b"standard output: cannot be written" in line


def test_a_reader_that_leaves_early(press):
    command = [sys.executable, "-m", "clippings", "annotate", "-q", str(ROOT / "tests" / "zoo")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=press) as process:
        assert process.stdout.read(1) == b"{"
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")


def test_failures_are_told_when_the_output_goes_to_a_file(press, run):
    done = run("parse", "a.txt", "nowhere", "-o", "out.jsonl")
    assert (done.returncode, done.stdout) == (1, b"")
    assert ids((press / "out.jsonl").read_bytes()) == ["a"]
    assert len(told(done)) == 1


def test_standard_output_is_only_data(press):
    done = process(press, "annotate", str(REAL), "nowhere", ".")
    assert ids(done.stdout) == ["112007-14", "a", "z"]
