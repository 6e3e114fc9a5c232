"""Every command that takes clippings opens all that the library writes: pages, JSON Lines, tables, and reviews."""

from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.cli import main

HEAD = "DATE:\n\n02/11/2007\n\nTalks in Brest\n\n"
PAGES = {
    "a.txt": HEAD + '😀 "We wait for the ferry," said Anna Petrova. "They come," said Ivan Orlov.',
    "b.txt": HEAD + '"Nobody knows the price," Олег Зуев said in Minsk.',
}
INPUTS = {
    "a folder": ["press"],
    "files": ["press/a.txt", "press/b.txt"],
    "JSON Lines": ["all.jsonl"],
    "JSON Lines, one a page": ["a.jsonl", "b.jsonl"],
    "JSON Lines of another name": ["results"],
    "tables": ["tables"],
    "tables, one a page": ["tables-a", "tables-b"],
}
WRONG = '"They come,"'


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Pages, their annotations in all forms, and a review in which the second quotation is of Igor Orlov."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Path("press").mkdir()
        for name, text in PAGES.items():
            Path("press", name).write_text(text, "utf-8")
        for name, paths in {"all": ["press"], "a": ["press/a.txt"], "b": ["press/b.txt"]}.items():
            tables = "tables" if name == "all" else f"tables-{name}"
            assert main(["annotate", "-q", *paths, "-o", f"{name}.jsonl"]) == 0
            assert main(["annotate", "-q", *paths, "-o", f"{tables}/"]) == 0
        Path("results").write_bytes(Path("all.jsonl").read_bytes())
        rows = cl.review.write(cl.load("tables"), "review.csv").astype(object)
        rows.loc[rows["text"] == WRONG, ["verdict", "corrected_speaker"]] = ["change", "Igor Orlov"]
        rows.to_csv("done.csv", index=False)
        cl.save(cl.review.read("done.csv", cl.load("tables"), coder="Jo"), "reviewed")
    return folder


@pytest.fixture
def run(kept, monkeypatch, capsys, tmp_path):
    """Run a command with an output outside of what is kept; its status, that output and what it says."""
    monkeypatch.chdir(kept)

    def ran(command, paths, *more, suffix=".csv"):
        target = tmp_path / f"out-{len(list(tmp_path.iterdir()))}{suffix}"
        status = main([*command, *paths, *more, "-o", str(target)])
        written = target.read_bytes() if target.is_file() else b""
        return status, written, capsys.readouterr().err

    return ran


COMMANDS = {
    "export": (["export", "--to", "csv"], ".csv"),
    "report": (["report"], ".html"),
    "search": (["search", "ferry"], ".csv"),
    "review": (["review", "write"], ".csv"),
}


@pytest.mark.parametrize("paths", INPUTS.values(), ids=INPUTS)
@pytest.mark.parametrize(("command", "suffix"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_makes_the_same_of_every_input(command, suffix, paths, run):
    status, written, told = run(command, paths, suffix=suffix)
    assert (status, "2 files: 2 read (2 clippings)" in told) == (0, True)
    assert written == run(command, ["press"], suffix=suffix)[1]
    assert len(written) > 100


@pytest.mark.parametrize("paths", [paths for paths in INPUTS.values() if len(paths) == 1], ids=lambda paths: paths[0])
@pytest.mark.usefixtures("run")
def test_every_input_is_compared(paths, capsys):
    assert main(["diff", *paths, "tables", "-q"]) == 0
    capsys.readouterr()
    assert main(["diff", *paths, "reviewed", "-q", "--format", "json"]) == 1
    (told,) = capsys.readouterr().out.splitlines()
    assert "Igor Orlov" in told
    assert main(["diff", *paths, "reviewed", "-q", "--as-found"]) == 0


@pytest.mark.usefixtures("run")
def test_differences_are_to_what_coders_hold_right():
    for old, new in (("tables", "reviewed"), (cl.load("tables"), cl.load("reviewed"))):
        found = cl.differences(old, new)
        assert found.query("column == 'speaker'")[["old", "new"]].values.tolist() == [["Ivan Orlov", "Igor Orlov"]]
    assert cl.differences("tables", cl.load("reviewed").annotated).empty


def test_what_coders_hold_right_is_taken_of_a_review(run):
    _, corrected, told = run(["export", "--to", "csv"], ["reviewed"])
    assert "what coders hold right is taken; for what the library found give --as-found" in told
    assert "Igor Orlov" in corrected.decode()
    _, found, told = run(["export", "--to", "csv"], ["reviewed"], "--as-found")
    assert "what the library found is taken, without the verdicts of coders" in told
    assert found == run(["export", "--to", "csv"], ["tables"])[1]
    for more, said in (([], True), (["--as-found"], False)):
        assert ("Igor Orlov" in run(["report"], ["reviewed"], *more, suffix=".html")[1].decode()) is said
    assert run(["search", "ferry"], ["reviewed"])[1] == run(["search", "ferry"], ["tables"])[1]


def test_verdicts_stay_where_a_format_keeps_them(run, tmp_path):
    assert run(["export", "--to", "parquet"], ["reviewed"], suffix="")[0] == 0
    (made,) = tmp_path.iterdir()
    assert cl.load(made).reviews["status"].tolist() == ["changed"]
    assert run(["export", "--to", "parquet"], ["reviewed"], "--as-found", suffix="")[0] == 0
    assert {type(cl.load(one)).__name__ for one in tmp_path.iterdir()} == {"CuratedCorpus", "Tables"}


def test_a_second_coder_reads_onto_the_first(run, tmp_path):
    rows = pd.read_csv("done.csv", dtype=str, keep_default_na=False)
    rows.assign(verdict="accept", corrected_speaker="").to_csv(tmp_path / "second.csv", index=False)
    words = ["reviewed", "--verdicts", str(tmp_path / "second.csv"), "--coder", "Al"]
    assert run(["review", "read"], words, suffix="/")[0] == 0
    both = cl.load(next(one for one in tmp_path.iterdir() if one.is_dir()))
    assert (both.coders, both.quotes["status"].tolist()) == (("Al", "Jo"), ["accepted", "conflict", "accepted"])


REFUSED = [
    (["press", "all.jsonl"], "all.jsonl holds annotated clippings, and other paths hold pages; ask for them one"),
    (["tables", "press/a.txt"], "tables holds annotated clippings, and other paths hold pages"),
    (["tables-a", "b.jsonl"], "tables-a holds tables, and other paths are JSON Lines"),
    (["reviewed", "tables"], "reviewed holds what coders decided, which is not joined with others"),
    (["tables", "tables-a"], "1 clippings are in both, such as 'a'"),
    (["all.jsonl", "a.jsonl"], "1 clippings are in both, such as 'a'"),
    (
        ["tables", "--date", "2007-11-02"],
        "clippings that are read and annotated already; leave out --date",
    ),
    (["all.jsonl", "--layout", "plain"], "leave out --layout, or its line in the settings"),
]


@pytest.mark.parametrize(("paths", "said"), REFUSED)
@pytest.mark.parametrize(("command", "suffix"), COMMANDS.values(), ids=COMMANDS)
def test_what_does_not_go_together_is_told(command, suffix, paths, said, run):
    status, written, told = run(command, paths, suffix=suffix)
    assert (status, written) == (2, b"")
    assert said in told.splitlines()[-1]


@pytest.mark.parametrize(("command", "suffix"), COMMANDS.values(), ids=COMMANDS)
def test_damaged_results_are_told(command, suffix, run, kept, tmp_path):
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/manifest.jsonl").touch()
    (tmp_path / "cut.jsonl").write_bytes((kept / "all.jsonl").read_bytes()[:-50])
    status, _, told = run(command, [str(tmp_path / "empty.jsonl")], suffix=suffix)
    assert (status, "not an annotated clipping: no line is in the file" in told) == (1, True)
    status, _, told = run(command, [str(tmp_path / "folder")], suffix=suffix)
    assert (status, "Traceback" in told, str(tmp_path / "folder") in told) == (2, False, True)
    status, _, told = run(command, [str(tmp_path / "cut.jsonl")], suffix=suffix)
    assert (status, "cut.jsonl:2:1: error[CLP601]" in told) == (1, True)


def test_pages_alone_are_read_into_pages(run):
    status, _, told = run(["annotate"], ["tables"], suffix=".jsonl")
    assert (status, "tables holds tables, which are read and annotated already" in told) == (2, True)
    status, _, told = run(["annotate"], ["all.jsonl"], suffix=".jsonl")
    assert (status, "error[CLP118]: annotated clippings as JSON Lines, not a page" in told) == (1, True)
