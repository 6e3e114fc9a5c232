"""What is named beside the command: lists of files, a folder's settings, how much is said, completion."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import clippings as cl
from clippings.cli import _parser, _settings, _shared, examples, main


@pytest.fixture
def run(tmp_path, monkeypatch, capfdbinary) -> Callable[..., tuple[int, list[str], list[str]]]:
    """Run a command in a folder of three pages and return its status, the paths it read, and what it says."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt", "c d.txt"):
        Path(name).write_text(examples.SOUND, "utf-8")

    def called(*words: str) -> tuple[int, list[str], list[str]]:
        try:
            status = main(words)
        except SystemExit as wrong:
            status = wrong.code
        done = capfdbinary.readouterr()
        paths = [json.loads(line)["path"] for line in done.out.splitlines() if line.startswith(b"{")]
        return status, paths, done.err.decode("utf-8").splitlines()

    return called


LISTS = {
    "lines": b"a.txt\nc d.txt\n",
    "without an end": b"a.txt\nc d.txt",
    "of Windows": b"\xef\xbb\xbfa.txt\r\n\r\nc d.txt\r\n",
    "with NUL": b"a.txt\0c d.txt\0",
    "with NUL and a line break in a name": b"a.txt\0c d.txt\0b\n.txt\0",
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("source", ["list", "-"])
def test_a_list_of_files(run, monkeypatch, listed, source):
    Path("b\n.txt").write_text(examples.SOUND, "utf-8")
    Path("list").write_bytes(listed)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(listed)))
    expected = ["a.txt", "c d.txt", *(["b\n.txt"] if b"b\n" in listed else [])]
    assert run("parse", "--files-from", source)[:2] == (0, expected)
    assert run("parse", "b.txt", "--files-from", "list")[:2] == (0, ["b.txt", *expected])


def test_a_list_gives_tables_too(run):
    Path("list").write_text("a.txt\nb.txt\n", "utf-8")
    assert run("annotate", "--files-from", "list", "-o", "out/")[0] == 0
    assert run("annotate", "--files-from", "list", "-o", "out/")[0] == 0
    Path("list").write_text("a.txt\n", "utf-8")
    status, _, told = run("annotate", "--files-from", "list", "-o", "out/")
    assert (status, "was made from b.txt and 1 more, not a.txt; give another folder" in told[0]) == (2, True)


def test_a_line_of_a_list_is_a_path_and_no_option(run):
    Path("list").write_text("-\n-v\n", "utf-8")
    status, _, told = run("parse", "--files-from", "list")
    assert (status, [line.partition(": ")[0] for line in told[:2]]) == (1, ["./-", "-v"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--files-from", "nowhere"], "--files-from nowhere: cannot be read: No such file or directory"),
        (["--files-from", "."], "--files-from .: cannot be read: Is a directory"),
        (["--files-from", "empty"], "--files-from empty: names no file"),
        (["-", "--files-from", "-"], "standard input cannot be both a page and the list"),
        ([], "the following arguments are required: PATH, or --files-from FILE"),
    ],
)
def test_a_list_that_cannot_be_used(run, words, said):
    Path("empty").write_text("\n\n", "utf-8")
    status, paths, told = run("parse", *words)
    assert (status, paths, len(told)) == (2, [], 1)
    assert said in told[0]


def test_quiet_says_only_what_failed(run):
    assert run("parse", "a.txt", "-q") == (0, ["a.txt"], [])
    status, _, told = run("parse", "a.txt", "nowhere", "--quiet")
    assert (status, len(told), "CLP101" in told[0]) == (1, 1, True)
    assert run("check", "a.txt", "-q") == (0, [], [])
    assert run("annotate", "a.txt", "-q", "-o", "out/") == (0, [], [])
    assert run("parse", "a.txt", "-q", "-v")[0] == 2


def test_verbose_says_what_is_used_and_what_is_left_out(run):
    Path("notes.key").write_bytes(b"slides")
    Path("clippings.toml").write_text('layout = "plain"\nworkers = 1\n', "utf-8")
    status, _, told = run("annotate", ".", "-v", "-o", "out.jsonl", "--workers", "1")
    assert status == 0
    assert told[0] == "clippings: settings of clippings.toml: layout plain"
    assert told[1].startswith("clippings: codebook security 0.")
    assert told[2:] == [
        "clippings: not read: clippings.toml (.toml)",
        "clippings: not read: notes.key (.key)",
        "clippings: 5 files: 3 read (3 clippings), 2 of kinds not read (.key 1, .toml 1)",
        "clippings: wrote out.jsonl",
    ]
    assert run("annotate", ".", "-v", "-o", "out/")[2][2:] == [
        *told[2:3],
        told[3],
        "clippings: not read: out.jsonl (.jsonl)",
        "clippings: 6 files: 3 read (3 clippings), 3 of kinds not read (.jsonl 1, .key 1, .toml 1)",
    ]


@pytest.fixture(params=["clippings.toml", "pyproject.toml"])
def settings(request) -> Callable[[str], str]:
    def write(lines: str) -> str:
        head = "" if request.param == "clippings.toml" else '[project]\nname = "press"\n\n[tool.clippings]\n'
        Path(request.param).write_text(head + lines, "utf-8")
        return request.param

    return write


def test_settings_give_defaults_that_options_beat(run, settings):
    assert run("codebook", "new", "own")[0] == 0
    Path("more").mkdir()
    Path("more/cues.yaml").write_text("verbs:\n  - {forms: [quip, quipped], frame: say}\n", "utf-8")
    file = settings('codebook = "own"\nextend = ["more"]\nlayout = "plain"\nworkers = 1\n')
    for words, codebook, form in (
        ([], "own+more", "plain"),
        (["--codebook", "security"], "security+more", "plain"),
        (["--layout", "auto"], "own+more", "F1"),
        (["--extend", "own"], "own+own", "plain"),
    ):
        assert main(["annotate", "a.txt", "-q", "-o", "out.jsonl", *words]) == 0
        record = json.loads(Path("out.jsonl").read_bytes())
        assert (record["codebook"]["name"], record["form"]) == (codebook, form)
    assert run("codebook", "check", "-v")[2] == [f"clippings: settings of {file}: codebook own, extend ['more']"]
    assert run("parse", "a.txt", "-v", "--layout", "auto")[2][0] == f"clippings: settings of {file}: none used"


GIVEN = {
    "as words": 'date = "2 November 2006"\noutlet = "Zvyazda"\n',
    "as a date": 'date = 2006-11-02\noutlet = "Zvyazda"\n',
    "as a table": 'metadata = "index.csv"\nkey = "name"\n',
}


@pytest.mark.parametrize("lines", GIVEN.values(), ids=GIVEN)
def test_what_is_known_of_the_pages_comes_from_settings_or_options(run, settings, lines):
    Path("index.csv").write_text("name,date,outlet\na,2006-11-02,Zvyazda\n", "utf-8")
    settings(lines)
    assert run("parse", "a.txt", "-o", "out.jsonl")[0] == 0
    record = json.loads(Path("out.jsonl").read_bytes())
    assert (record["date"], record["date_basis"], record["outlet"]) == ("2006-11-02", "given", "Zvyazda")
    assert run("parse", "a.txt", "-o", "index.csv", "--frame", "clippings", "--metadata", "index.csv")[0] == 2
    assert run("parse", "a.txt", "--date", "2005-01-01", "--outlet", "Interfax", "-o", "out.jsonl")[0] == 0
    record = json.loads(Path("out.jsonl").read_bytes())
    if "metadata" not in lines:
        assert (record["date"], record["outlet"]) == ("2005-01-01", "Interfax")
    assert run("annotate", "a.txt", "-o", "out/")[0] == 0
    row = cl.load("out").clippings.iloc[0]
    assert (str(row["date"].date()), row["date_basis"], row["outlet"]) == ("2006-11-02", "given", "Zvyazda")
    assert run("annotate", "a.txt", "-o", "bad/", "--date", "yesterday")[0] == 2
    assert not Path("bad").exists()


def test_a_row_about_no_file_is_told(run):
    Path("index.csv").write_text("file,outlet\na,Zvyazda\nz,Interfax\n", "utf-8")
    status, _, told = run("parse", "a.txt", "--metadata", "index.csv")
    assert (status, len(told), "CLP408" in told[0]) == (0, 2, True)
    assert run("parse", "a.txt", "--metadata", "index.csv", "-q")[2] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--date", "soon"], "'soon'"),
        (["--metadata", "nowhere.csv"], "nowhere.csv"),
        (["--metadata", "index.csv", "--key", "path"], "path"),
        (["--language", "English"], "English"),
        (["--key", "file"], "give metadata= too"),
    ],
)
def test_what_cannot_be_known_of_a_page(run, words, said):
    Path("index.csv").write_text("name,date\na,2006-11-02\n", "utf-8")
    status, paths, told = run("check", "a.txt", *words)
    assert (status, paths, len(told)) == (2, [], 1)
    assert said in told[0]


WRONG = {
    "an unknown key": ('codebok = "own"', "unknown key 'codebok'; did you mean 'codebook'?"),
    "a key like none": (
        "x = 1",
        f"unknown key 'x'; known are {', '.join(_settings.KEYS)}",
    ),
    "no date": ("date = 2007", "date must be a date, not 2007"),
    "no outlet": ("outlet = 1", "outlet must be the name of an outlet, not 1"),
    "no layout": (
        'layout = "Plain"',
        "layout must be one of auto, plain, proquest, nexis, factiva, europresse, F1, head, F3, F4, F2, not 'Plain'",
    ),
    "no number": ('workers = "2"', "workers must be a whole number, 1 or more, not '2'"),
    "no processes": ("workers = 0", "workers must be a whole number, 1 or more, not 0"),
    "a truth value": ("workers = true", "workers must be a whole number, 1 or more, not True"),
    "no list": ('extend = "more"', "extend must be a list of folders, not 'more'"),
    "no name": ("codebook = 1", "codebook must be the name or folder of a codebook, not 1"),
}


@pytest.mark.parametrize(("line", "said"), WRONG.values(), ids=WRONG)
def test_settings_that_are_wrong_are_told_with_file_and_key(run, settings, line, said):
    file = settings(line)
    status, paths, told = run("annotate", "a.txt")
    place = file if file == "clippings.toml" else "pyproject.toml: [tool.clippings]"
    assert (status, paths, told) == (2, [], [f"clippings: {place}: {said}"])


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"clippings.toml": b"a = ["}, "clippings.toml: is not TOML: "),
        ({"clippings.toml": b"a = '\xe9'"}, "clippings.toml: is not TOML: "),
        ({"pyproject.toml": b"[tool]\nclippings = 1"}, "pyproject.toml: [tool.clippings]: is not a table of settings"),
        (
            {"pyproject.toml": b"[tool.clippings]", "clippings.toml": b""},
            "clippings.toml and [tool.clippings] in pyproject.toml both have settings; keep one of them",
        ),
    ],
)
def test_settings_that_cannot_be_read(run, files, said):
    for name, data in files.items():
        Path(name).write_bytes(data)
    status, _, told = run("parse", "a.txt")
    assert (status, len(told)) == (2, 1)
    assert told[0].startswith(f"clippings: {said}")


@pytest.mark.parametrize("text", ["", "[tool]\n", "[tool.ruff]\nline-length = 9\n"])
def test_another_project_file_is_none_of_ours(run, text):
    Path("pyproject.toml").write_text(text, "utf-8")
    assert run("parse", "a.txt", "-q", "-v")[0] == 2
    status, paths, told = run("parse", "a.txt", "-v")
    assert (status, paths, len(told)) == (0, ["a.txt"], 1)


def test_the_byte_order_mark_of_an_editor_is_no_fault(run):
    Path("clippings.toml").write_text('\ufefflayout = "plain"\n', "utf-8")
    assert run("parse", "a.txt")[0] == 0


def test_the_help_shows_every_setting(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(f"\n  {key} = " in told for key in _settings.KEYS)
    assert "clippings.toml" in told


@pytest.mark.parametrize(
    "command", [[], ["parse"], ["annotate"], ["check"], ["diff"], ["codebook", "new"], ["review", "write"]]
)
def test_the_help_fits_a_screen(command, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 120


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion(shell, capsys):
    assert main(["--print-completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(word in script for word in ("clippings", "annotate", "files-from", "codebook"))
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_a_shell_completes_options_and_files(tmp_path, capsys):
    assert main(["--print-completion", "bash"]) == 0
    (tmp_path / "press.txt").touch()
    script = f"""{capsys.readouterr().out}
COMP_WORDS=(clippings annotate --lay); COMP_CWORD=2; _shtab_clippings; echo "${{COMPREPLY[*]}}"
COMP_WORDS=(clippings annotate pre); COMP_CWORD=2; _shtab_clippings; echo "${{COMPREPLY[*]}}"
"""
    done = subprocess.run(["bash"], input=script, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.split() == ["--layout", "press.txt"]


def test_a_shell_that_is_not_known(run):
    status, _, told = run("--print-completion", "csh")
    assert (status, "'csh'" in told[-1]) == (2, True)


def test_nothing_is_imported_that_the_command_does_not_need():
    code = (
        "import sys; from clippings.cli import _parser; _parser.parser();"
        "print(*sorted({'shtab', 'pandas', 'yaml', 'pyarrow', 'msgspec'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_name_of_a_file_is_completed():
    """A new metavar of an option that takes a file must be entered in the list, or be known here to be none."""
    others = {"LAYOUT", "FRAME", "FORMAT", "DATE", "OUTLET", "CODE", "COLUMN", "N", "ID", "COMMAND", "ACTION", "SHELL"}
    others |= {"ADDRESS", "SECONDS", "URL", "QUERY", "LAYER", "CODER"}
    parsers = [_parser.parser()]
    for parser in parsers:
        for action in parser._actions:
            assert action.metavar in _shared._FILES | others | {None}
            if hasattr(action.choices, "values"):
                parsers += action.choices.values()


def test_it_is_the_working_folder_that_counts(run):
    Path("deep").mkdir()
    Path("clippings.toml").write_text("wrong = 1\n", "utf-8")
    os.chdir("deep")
    assert run("parse", "../a.txt")[0] == 0
