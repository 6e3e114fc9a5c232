"""``clippings export``: what the library writes for another program, from the command line."""

import sys
from pathlib import Path

import pytest

import clippings as cl
from clippings.cli import main
from clippings.interchange import FORMATS

PAGE = '😀 Минск.\n\n"We wait 😀," said Anna Petrova. "They come," said Ivan Orlov.\n'


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """A folder with one page to work in, and the program: its status, and what it says on standard error."""
    monkeypatch.chdir(tmp_path)
    Path("press").mkdir()
    Path("press/a.txt").write_text(PAGE, "utf-8")

    def run(*words):
        try:
            status = main(["export", *words])
        except SystemExit as error:
            status = error.code
        return status, capsys.readouterr().err

    return run


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_every_format_is_written_as_the_library_writes_it(one, run, tmp_path):
    assert run("press", "--to", one.name, "-o", f"out{one.suffix}")[0] == 0
    other = cl.interchange.write(cl.read("press").annotate(), tmp_path / f"other{one.suffix}", format=one.name)
    made = tmp_path / f"out{one.suffix}"
    files = [sorted(path.rglob("*.*")) if path.is_dir() else [path] for path in (made, other)]
    assert [one.read_bytes() for one in files[0]] == [one.read_bytes() for one in files[1]]
    assert files[0]


def test_help_lists_every_format_with_a_line(capsys):
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    told = capsys.readouterr().out
    for one in FORMATS:
        assert f"  {one.name:<12} {one.suffix or 'folder':<9} {one.meaning}\n" in told


def test_completion_knows_the_formats(capsys):
    assert main(["--print-completion", "bash"]) == 0
    told = capsys.readouterr().out
    assert "_shtab_clippings_export___to_choices=(w3c brat xmi " in told


def test_options_of_annotate_are_those_of_export(run):
    status, _ = run(
        "press/a.txt", "--to", "csv", "-o", "a.csv", "--date", "2007-11-02", "--layout", "plain", "--workers", "2"
    )
    assert status == 0
    table = cl.interchange.read("a.csv", format="csv")
    assert "Ivan Orlov" in set(table["speaker"])
    run("press/a.txt", "--to", "ris", "-o", "a.ris", "--date", "2007-11-02", "--layout", "plain")
    assert "DA  - 2007/11/02/" in Path("a.ris").read_text("utf-8")


def test_no_text_and_network(run):
    assert run("press", "--to", "w3c", "--no-text", "-o", "a.jsonld")[0] == 0
    assert "We wait" not in Path("a.jsonld").read_text("utf-8")
    assert run("press", "--to", "graphml", "-o", "a.graphml")[0] == 0
    assert "Ivan Orlov" in Path("a.graphml").read_text("utf-8")
    assert run("press", "--to", "graphml", "--network", "entities", "-o", "b.graphml")[0] == 0
    assert Path("a.graphml").read_bytes() != Path("b.graphml").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "brat"], "--to brat: name the output with -o, a folder"),
        (["--to", "ris"], "--to ris: name the output with -o, a .ris"),
        (["--to", "brat", "-o", ""], "-o: the name of the output is empty"),
        (
            ["--to", "brat", "-o", "out", "--no-text"],
            "--no-text: brat is nothing without the text; it is for w3c",
        ),
        (
            ["--to", "brat", "-o", "out", "--network", "speakers"],
            "brat is no network; give --to graphml or gexf",
        ),
        (["--to", "brat", "-o", "press/a.txt"], "press/a.txt: is a file; brat is a folder, so name one"),
        (["--to", "csv", "-o", "press"], "press: is a folder; csv is a file, so name one"),
        (["--to", "csv", "-o", "a.bib"], "a.bib: csv is not written as .bib; give a name ending in .csv"),
        (["--to", "csv", "-o", "no/a.csv"], "no/a.csv: its folder is not there; make it first"),
        (["--to", "brat", "-o", "press"], "press: is there already; give another name, or overwrite"),
        (["--to", "csv", "-o", "q.tsv"], "q.tsv: csv is not written as .tsv; give a name ending in .csv"),
        (["--to", "brat", "-o", "q.zip"], "q.zip: brat is a folder, and no .zip; give the name of a folder"),
        (
            ["--to", "brat", "-o", "press", "--overwrite"],
            "holds 'a.txt', which would be lost; give another folder",
        ),
        (["--to", "word", "-o", "a"], "argument --to: invalid choice: 'word'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(words, said, run):
    status, told = run("press", *words)
    assert (status, said in told) == (2, True), told
    assert [one.name for one in Path().rglob("*")] == ["press", "a.txt"]
    assert Path("press/a.txt").read_text("utf-8") == PAGE


def test_a_format_must_be_asked_for(run):
    status, told = run("press")
    assert (status, "the following arguments are required: --to" in told) == (2, True)


def test_a_missing_extra_is_named_before_pages_are_read(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "cassis", None)
    monkeypatch.setattr(cl, "read", None)
    status, told = run("press", "--to", "xmi", "-o", "out")
    assert (status, "this needs cassis: pip install" in told) == (2, True)


def test_a_file_that_is_read_is_not_written_over(run):
    Path("press/rows.csv").write_text("title,text\nTalks,They met.\n", "utf-8")
    status, told = run("press", "--to", "csv", "-o", "press/rows.csv", "--overwrite")
    assert (status, "is one of the files read and would be lost" in told) == (2, True)
    assert Path("press/rows.csv").read_text("utf-8") == "title,text\nTalks,They met.\n"


def test_nothing_is_replaced_unless_asked(run):
    assert run("press", "--to", "csv", "-o", "a.csv")[0] == 0
    assert run("press", "--to", "csv", "-o", "a.csv")[0] == 2
    assert run("press", "--to", "csv", "-o", "a.csv", "--overwrite")[0] == 0


def test_files_that_fail_are_told_and_the_others_written(run):
    Path("press/b.txt").write_bytes(b"")
    status, told = run("press", "--to", "csv", "-o", "a.csv")
    assert (status, "CLP103" in told, Path("a.csv").exists()) == (1, True, True)
    status, told = run("press/b.txt", "--to", "csv", "-o", "b.csv")
    assert (status, "no page was read; b.csv is not written" in told, Path("b.csv").exists()) == (1, True, False)
