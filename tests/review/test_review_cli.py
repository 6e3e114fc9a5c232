"""The command review: a table out, verdicts in, how often each rule is right, and tables with what was decided."""

import pandas as pd
import pytest

import clippings as cl
from clippings.cli import main

TEXT = '"We wait," said Anna Petrova in Minsk. "We went to Brest by bus," Ivan Orlov said.'
PAGE = f"DATE:\n\n02/11/2007\n\nTalks in Brest\n\n{TEXT}"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    (tmp_path / "press").mkdir()
    (tmp_path / "press/a.txt").write_text(PAGE, "utf-8")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/manifest.jsonl").touch()
    monkeypatch.chdir(tmp_path)

    def ran(*words: str) -> tuple[int, list[str], list[str]]:
        status = main(["review", *words])
        told = capsys.readouterr()
        return status, told.out.splitlines(), told.err.splitlines()

    return ran


def fill(*verdicts, **cells):
    rows = pd.read_csv("review.csv", dtype=str, keep_default_na=False)
    rows["verdict"] = [*verdicts, *[""] * (len(rows) - len(verdicts))]
    rows.assign(**cells).to_csv("done.csv", sep=";", index=False)


def test_a_table_goes_out_and_verdicts_come_back(run):
    status, out, told = run("write", "press", "-o", "review.csv")
    assert (status, out, told[-1]) == (0, [], "clippings: wrote review.csv: 2 rows")
    fill("accept", "reject")
    status, out, told = run("read", "press", "--verdicts", "done.csv", "--coder", "anna", "-o", "tables/")
    assert status == 0
    assert out[0].split() == ["precision", "interval", "accepted", "changed", "rejected", "rule", "of", "quotes"]
    assert [line.split()[0] for line in out[1:]] == ["1.00", "0.00"]
    assert told[-1] == "clippings: CuratedCorpus of 1 clippings; 1 accepted, 1 rejected"
    assert cl.load("tables").quotes[["status", "coder"]].values.tolist() == [["accepted", "anna"], ["rejected", "anna"]]


def test_other_layers_and_samples(run):
    assert run("write", "press", "-o", "review.csv", "--layer", "mentions", "--sample", "2", "--seed", "1")[0] == 0
    rows = pd.read_csv("review.csv")
    assert len(rows) == 2
    assert "corrected_entity" in rows
    fill("accept")
    assert run("read", "press", "--verdicts", "done.csv", "--coder", "anna")[1][0].endswith("kind of mentions")


@pytest.mark.parametrize("name", ["xmi", "brat", "labelstudio", "csv"])
def test_what_another_program_corrected_is_read(name, run, tmp_path):
    """Somebody else speaks in the second quotation, also for a coder before."""
    annotated = cl.read("press").annotate()
    people = ["Anna Petrova", "Igor Orlov"]
    corrected = cl.review.from_frame(annotated.quotes.assign(layer="quotes", speaker=people), annotated, coder="ben")
    made = cl.interchange.write(corrected.corrected(), tmp_path / ("out.csv" if name == "csv" else "out"), format=name)
    for file in (made / "tasks.json", made):
        if file.is_file():
            data = file.read_text("utf-8").replace('"predictions": [{"model_version', '"annotations": [{"completed_by')
            file.write_text(data.replace("clippings 0.1.0", "ben"), "utf-8")
    words = ["--verdicts", str(made), "--from", name, *["--coder", "ben"] * (name in ("xmi", "brat"))]
    status, out, told = run("read", "press", *words, "-o", "first/")
    assert (status, "1 changed" in told[-1], out[0].endswith("rule of quotes")) == (0, True, True)
    assert (cl.load("first").coders, cl.load("first").quotes["speaker"].tolist()) == (("ben",), people)
    run("write", "first", "-o", "review.csv")
    fill("accept", "accept")
    assert run("read", "first", "--verdicts", "done.csv", "--coder", "anna", "-o", "both/")[0] == 0
    assert run("read", "both", *words)[0] == 0
    assert cl.load("both").quotes["status"].tolist() == ["accepted", "conflict"]


def test_rows_that_are_not_understood_fail(run):
    run("write", "press", "-o", "review.csv")
    fill("accept", "perhaps\x1b")
    status, out, told = run("read", "press", "--verdicts", "done.csv", "--coder", "anna")
    assert (status, len(out)) == (1, 2)
    assert "warning[CLP801]: row 3: the verdict" in told[-2]
    assert "\x1b" not in "".join(told)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["write", "press"], "review write needs a file; name it with -o review.csv"),
        (["write", "press", "-o", "review.txt"], "ends in .csv"),
        (["write", "press", "-o", "no/review.csv"], "clippings: no: cannot be written: No such file or directory"),
        (["write", "kept", "-o", "a.csv"], "kept/manifest.jsonl"),
        (["write", "press", "-o", "a.csv", "--layer", "shouts"], "no layer 'shouts'"),
        (["write", "press", "-o", "a.csv", "--sample", "1", "--by", "rule"], "each of which needs a row"),
        (["read", "press", "--verdicts", "none.csv", "--coder", "anna"], "none.csv: cannot be read"),
        (["read", "press", "--verdicts", "press/a.txt", "--coder", "anna"], "has no column verdict"),
        (["read", "press", "--verdicts", "press/a.txt", "--coder", ""], "coder must be a name"),
        (["read", "press", "--verdicts", "press/a.txt"], "review read needs the name of the coder; give --coder NAME"),
        (["read", "press", "--verdicts", "press", "--from", "brat"], "press: holds no .ann file; give the folder of"),
        (["write", "-o", "a.csv"], "PATH, or --files-from"),
    ],
)
def test_wrong_usage_is_told(words, message, run):
    status, out, told = run(*words)
    assert (status, out) == (2, [])
    assert message in told[-1]


def test_verdicts_are_never_written_over(run):
    run("write", "press", "-o", "review.csv")
    fill("accept")
    for words in (["-o", "done.csv"], ["-o", "done.csv", "--overwrite"]):
        status, _, told = run("write", "press", *words)
        assert status == 2
    assert "has 1 verdicts, which would be lost" in told[-1]


@pytest.mark.parametrize("words", [["annotate", "press"], ["search", "wait", "press"], ["parse", "press"]])
def test_no_other_command_writes_over_a_review(words, run, capsys, tmp_path):
    run("write", "press", "-o", "review.csv")
    fill("accept")
    before = (tmp_path / "done.csv").read_bytes()
    assert main([*words, "-o", "done.csv"]) == 2
    assert "done.csv: holds what coders decided, which would be lost" in capsys.readouterr().err
    assert (tmp_path / "done.csv").read_bytes() == before


def test_a_page_that_fails_is_told(run, tmp_path):
    (tmp_path / "press/empty.txt").touch()
    status, _, told = run("write", "press", "-o", "review.csv")
    assert status == 1
    assert any("CLP103" in line for line in told)


def test_nothing_is_written_where_no_page_was_read(run, tmp_path):
    (tmp_path / "press/a.txt").write_bytes(b"")
    status, _, told = run("write", "press", "-o", "review.csv")
    assert (status, told[-1]) == (1, "clippings: no page was read; there is nothing to review")
    assert not (tmp_path / "review.csv").exists()


def test_the_help_says_what_output_is(run, capsys):
    for action, said in (("write", "which ends in .csv"), ("read", "replace the tables that the folder OUTPUT holds")):
        with pytest.raises(SystemExit):
            run(action, "--help")
        assert said in " ".join(capsys.readouterr().out.split())


def test_the_help_says_what_to_do(run, capsys):
    for words in (["--help"], ["write", "--help"], ["read", "--help"]):
        with pytest.raises(SystemExit):
            run(*words)
        out = capsys.readouterr().out
        assert "clippings review write press/ -o review.csv" in out
        assert "exit status: 0" in out
