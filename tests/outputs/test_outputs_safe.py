"""What a page or codebook holds steers no spreadsheet and no terminal."""

import csv
import io
import json
import sys
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.cli import _rendering, main
from one_press import PAGE

CELLS = {
    "=1+1": "'=1+1",
    "+375 17": "'+375 17",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    " \t=1": "' \t=1",
    "\n=1": "'\n=1",
    "\r=1": "'\n=1",
    "\ufeff=1": "'\ufeff=1",
    "\u00a0=1": "'\u00a0=1",
    "＝1": "'＝1",
    "\tMinsk": "'\tMinsk",
    "Minsk = quiet": "Minsk = quiet",
    "– We wait": "– We wait",
    "'quoted'": "'quoted'",
    "a\rb\r\nc": "a\nb\nc",
    "a\x1b[2Jb": "a␛[2Jb",
    "NaN": "NaN",
    "": "",
}


def test_no_cell_begins_a_formula():
    frame = pd.DataFrame({"=text": pd.Series([*CELLS, None], dtype="str"), "start": -1})
    written = list(csv.reader(io.StringIO(_rendering.csv(frame).decode("utf-8"), newline="")))
    assert written == [["'=text", "start"], *([cell, "-1"] for cell in [*CELLS.values(), ""])]


def test_a_page_that_attacks_a_spreadsheet(run):
    Path("press/evil.txt").write_text(PAGE.replace("Talks in Minsk", "=HYPERLINK(0)"), "utf-8")
    _, out, _ = run("parse", "press/evil.txt", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out.decode("utf-8")))
    assert row["title"] == "'=HYPERLINK(0)"


STEERING = "\x1b[2J\x9b1m\u202e\r\n\x07"


def test_nothing_of_a_page_steers_a_terminal(run):
    (page,) = cl.parse("Quiet.", path=f"a{STEERING}b.txt", layout="plain")
    assert STEERING[0] in page.id
    lines = b"".join(_rendering.rendered("parse", "table", "", [page])).decode("utf-8").splitlines()
    assert [all(map(str.isprintable, line)) for line in lines] == [True, True]
    name = f"c{STEERING}.txt"
    for words in (
        ["parse", name],
        ["annotate", name, "-o", f"out{STEERING}/x"],
        ["check", "press/a.txt", f"--{STEERING}"],
        ["parse", "press/a.txt", "--layout", STEERING],
        ["annotate", "press/a.txt", "--codebook", STEERING],
        ["codebook", "show", STEERING],
        ["codebook", "check", "--extend", STEERING],
        ["diff", STEERING, STEERING],
    ):
        status, out, told = run(*words)
        assert status in (1, 2)
        assert all(line.isprintable() for line in [*told, *out.decode("utf-8").splitlines()]), told


@pytest.mark.parametrize("form", ["jsonl", "csv", "table"])
def test_nor_does_json_printed_on_one(run, monkeypatch, form):
    Path("press/evil.txt").write_text(PAGE.replace("Talks in Minsk", "Talks\x9b2J in\x7f \u202eMinsk"), "utf-8")
    words = ["parse", "press/evil.txt", "--format", form]
    _, piped, _ = run(*words)
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(words) == 0
    shown = terminal.buffer.getvalue()
    assert all(char.isprintable() or char == "\n" for char in shown.decode("utf-8"))
    if form == "jsonl":
        assert json.loads(shown) == json.loads(piped)


def test_nor_does_anything_of_a_codebook(run):
    assert run("codebook", "new", "own")[0] == 0
    themes = Path("own/themes.yaml")
    themes.write_text(themes.read_text("utf-8").replace("label: ", 'label: "\\e[2J" # ', 1), "utf-8")
    assert run("codebook", "check", "own")[0] == 0
    for words in (["show", "own"], ["show", "own", "--theme", "gas_transit"]):
        status, out, _ = run("codebook", *words)
        assert (status, b"\x1b" in out) == (0, False)
