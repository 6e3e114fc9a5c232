"""The command check and the table of codes: each code has an example that brings it about, alone."""

import csv
import json
import re
import sys
from pathlib import Path

import pytest

import clippings as cl
from clippings import diagnostics
from clippings.cli import checking, examples, main
from clippings.diagnostics import CODES
from clippings.model import Diagnostic

ILL = examples.SOUND.replace("02/11/2007", "31/02/2007")


@pytest.fixture
def press(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"a.txt": examples.SOUND, "ill.txt": ILL, "empty.txt": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def check(press, capsys):
    """Run the command and return its status, its output and what it says beside it."""

    def run(*arguments: str) -> tuple[int, str, str]:
        assert press.is_dir()
        status = main(["check", *arguments])
        return status, *capsys.readouterr()

    return run


def test_each_code_is_a_whole_row_of_the_table_and_stands_there_once():
    with Path(diagnostics.__file__).with_name("diagnostics.csv").open(encoding="utf-8", newline="") as table:
        head, *rows = csv.reader(table)
    assert head == ["code", "severity", "message", "hint"]
    assert [len(row) for row in rows] == [len(head)] * len(rows)
    codes = [row[0] for row in rows]
    assert codes == sorted(set(codes))
    assert {row[1] for row in rows} == {"error", "warning", "info"}
    assert all(cell.strip() for row in rows for cell in row)


def test_every_code_has_an_example():
    assert list(examples.EXAMPLES) == list(CODES)
    assert list(examples.table()["code"]) == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_an_example_gives_its_code_alone(code, tmp_path, monkeypatch):
    missing = examples.EXAMPLES[code].without
    if missing:
        monkeypatch.setitem(sys.modules, missing, None)
        monkeypatch.setitem(sys.modules, f"{missing}.lexbor", None)
    corpus = examples.corpus(code, tmp_path)
    assert list(corpus.diagnostics["code"]) == [code]
    if isinstance(corpus, cl.review.CuratedCorpus):
        assert [note.severity for note in corpus.notes] == [CODES[code].severity]
        return
    (told,) = checking.of(corpus)
    assert told.diagnostic.severity == CODES[code].severity
    assert (code in {failure.code for failure in corpus.failures}) == (CODES[code].severity == "error")


def test_a_sound_page_has_no_diagnostic():
    assert cl.parse(examples.SOUND)[0].diagnostics == ()


def test_what_is_told_reads_as_a_compilers(check):
    status, output, summed = check("a.txt", "ill.txt", "empty.txt", "nowhere.txt")
    assert status == 1
    assert output.splitlines() == [
        "empty.txt: error[CLP103]: the file is empty (save the page again)",
        "nowhere.txt: error[CLP101]: no such file or folder: nowhere.txt "
        "(check the spelling, or quote a pattern such as 'press/*.txt')",
        "ill.txt:5:1: warning[CLP202]: '31/02/2007' is not a valid date (kept as printed; give it as dd/mm/yyyy)",
        "    5 | 31/02/2007",
        "      | ^",
    ]
    assert summed.splitlines() == [
        "clippings: 4 files: 2 read (2 clippings), 2 failed",
        "clippings: 4 pages: 2 errors, 1 warning, 0 notes",
    ]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["a.txt"], 0), (["ill.txt"], 0), (["--strict", "ill.txt"], 1), (["--strict", "a.txt"], 0), (["empty.txt"], 1)],
)
def test_the_exit_status(check, arguments, status):
    assert check(*arguments)[0] == status


def test_the_output_can_go_to_a_file(check, press):
    assert check("empty.txt", "-o", "told.txt")[:2] == (1, "")
    assert (press / "told.txt").read_text(encoding="utf-8").startswith("empty.txt: error[CLP103]")


@pytest.mark.parametrize(
    ("terminal", "environment", "colored"),
    [
        (True, {"TERM": "xterm"}, True),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {"TERM": "xterm"}, False),
    ],
)
def test_color_only_on_a_terminal_that_wants_it(check, monkeypatch, terminal, environment, colored):
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    plain = re.sub(r"\x1b\[\d+m", "", check("ill.txt")[1])
    output = check("ill.txt")[1]
    assert ("\x1b[" in output) == colored
    assert plain == re.sub(r"\x1b\[\d+m", "", output)
    assert "\x1b" not in check("ill.txt", "-o", "told.txt")[1]


def test_json(check):
    status, output, _ = check("empty.txt", "ill.txt", "--format", "json")
    found = json.loads(output)
    assert status == 1
    assert [(one["file"], one["line"], one["column"], one["code"]) for one in found] == [
        ("empty.txt", 0, 0, "CLP103"),
        ("ill.txt", 5, 1, "CLP202"),
    ]
    assert all(list(one) == ["file", "line", "column", "severity", "code", "message", "hint"] for one in found)
    assert json.loads(check("a.txt", "--format", "json")[1]) == []


def test_sarif_has_what_the_standard_requires(check):
    log = json.loads(check("empty.txt", "ill.txt", "--format", "sarif")[1])
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "clippings"
    assert not {"informationUri", "downloadUri"} & set(driver), "no address is known"
    assert [rule["id"] for rule in driver["rules"]] == list(CODES)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert not any("helpUri" in rule for rule in driver["rules"])
    assert run["columnKind"] in {"unicodeCodePoints", "utf16CodeUnits"}
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = [location["physicalLocation"] for location in result["locations"]]
        assert place["artifactLocation"]["uri"] in {"empty.txt", "ill.txt"}
        assert all(number >= 1 for number in place.get("region", {}).values())
    assert run["results"][1]["locations"][0]["physicalLocation"]["region"] == {"startLine": 5, "startColumn": 1}


def test_github_commands(check, press):
    (press / "a,b: c.txt").write_text(ILL, encoding="utf-8")
    assert check("a,b: c.txt", "empty.txt", "--format", "github")[1].splitlines() == [
        "::error file=empty.txt,title=CLP103::the file is empty (save the page again)",
        "::warning file=a%2Cb%3A c.txt,line=5,col=1,title=CLP202::'31/02/2007' is not a valid date "
        "(kept as printed; give it as dd/mm/yyyy)",
    ]


@pytest.mark.parametrize("style", checking.FORMATS)
def test_a_file_of_any_name_is_told(style):
    told = checking.Finding(Diagnostic("CLP103", "error", "m", "h", "\udce9 \n\x1b[31m.txt", 1, 1), "\x1b[2J" * 9)
    (output,) = ["\n".join(checking.FORMATS[style]([told]))]
    output.encode("utf-8", "surrogateescape" if style == "text" else "strict")
    assert "\x1b" not in output
    assert len(output.splitlines()) == (3 if style == "text" else 1) or style in {"json", "sarif"}


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("Minsk", 1, ["    3 | Minsk", "      | ^"]),
        ("Minsk", 6, ["    3 | Minsk", "      |      ^"]),
        ("a\tb", 3, ["    3 | a b", "      |   ^"]),
        ("明斯克 date", 5, ["    3 | 明斯克 date", "      |        ^"]),
        ("x" * 300, 1, [f"    3 | {'x' * 100}...", "      | ^"]),
        ("x" * 300, 151, [f"    3 | ...{'x' * 100}...", f"      | {' ' * 53}^"]),
        ("", 1, ["    3 |", "      | ^"]),
    ],
)
def test_the_excerpt_stands_over_its_caret(line, column, expected):
    told = checking.Finding(Diagnostic("CLP202", "warning", "m", "h", "a.txt", 3, column), line)
    assert list(checking.text([told]))[1:] == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_excerpt_is_the_line_told(newline):
    corpus = cl.Corpus(cl.parse(ILL.replace("\n", newline)))
    assert [told.line for told in checking.of(corpus)] == ["31/02/2007"]


def test_it_is_shown_in_a_notebook_with_everything_escaped():
    page = checking.show(cl.Corpus(cl.parse(ILL, path="<b>.txt")))
    assert page.html.startswith("<pre>&lt;b&gt;.txt:5:1: warning[CLP202]")
    assert "\n      | ^" in page.html
