"""The benchmark: the same pages every time, ratios within a run, and a table that says what it is of."""

from __future__ import annotations

import importlib.util
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import clippings as cl
from clippings import cli, measures

ROOT = Path(__file__).parents[1]

import adversarial  # noqa: E402
import analyses  # noqa: E402
import generated  # noqa: E402
import growth  # noqa: E402
import memory  # noqa: E402
import ours  # noqa: E402
import parquet  # noqa: E402
import peers  # noqa: E402
import processes  # noqa: E402
import speed  # noqa: E402
import steps  # noqa: E402
import walls  # noqa: E402
from steps import Measured, Step, Target  # noqa: E402

import saved  # noqa: E402

BOARD = pd.read_csv(ROOT / "data/benchmarks.csv", keep_default_na=False, na_values={"ratio": [""], "value": [""]})
COMPARED = BOARD[(BOARD["against"] != "") & (BOARD["group"] != "target")]
TARGETS = BOARD[BOARD["group"] == "target"]
# What a class of results or an error is needs no time of its own, and a test by permutation takes as long as its draws.
# What only counts rows for a figure takes as long as pandas does.
NO_MEASURES = {"Difference", "Estimate", "Interval", "MissingColumn", "Run", "chronology", "rarest_run", "voices"}


# The pages.


def test_the_same_seed_gives_the_same_pages():
    assert generated.pages(5) == generated.pages(5)
    assert generated.pages(9)[:5] == generated.pages(5)
    assert generated.pages(5, seed=1) != generated.pages(5)


def test_pages_are_of_the_promised_length_and_hold_what_is_measured():
    pages = generated.pages(40)
    assert all(290 <= len(page.split()) <= 810 for page in pages)
    annotated = cl.Corpus([clipping for page in pages for clipping in cl.parse(page)]).annotate()
    assert len(annotated) == len(pages)
    assert annotated.clippings["date"].notna().all()
    assert set(annotated.quotes["id"]) == set(annotated.mentions["id"]) == set(annotated.dates["id"])


def test_saved_pages_hold_the_words_of_the_page(tmp_path):
    page = generated.pages(1)[0]
    saved.write([generated.saved(page)], tmp_path / "archive", "html")
    read = cl.read(tmp_path / "archive")[0]
    assert read.body.of(read.text).split() == cl.parse(page)[0].body.of(page).split()
    saved.write([generated.saved(generated.article(page), archive=False)], tmp_path / "news", "html")
    told = cl.read(tmp_path / "news")[0].text
    assert all(block in told for block in generated.article(page).split("\n\n"))


def test_codebooks_of_more_forms_find_the_same():
    texts = generated.pages(3)
    found = []
    for count in (500, 20_000):
        codebook = growth.with_forms(count, texts)
        assert abs(len(codebook.table("forms")) - count) < 50
        found.append([(hit.start, hit.end, hit.form.text) for text in texts for hit in codebook.scan(text)])
    assert found[0] == found[1] != []


# The table.


def measured(**values: list[float]) -> list[Measured]:
    wall = Step("wall", "bare scan", pages=2, characters=4, system="scanner", version="1")
    ours = Step("library", "parse", pages=2, characters=4, against="scanner: bare scan", version="2")
    peer = Step("peer", "read", pages=1, characters=2, against="clippings: parse", system="other", version="3")
    rows = {"wall": wall, "ours": ours, "peer": peer}
    return [Measured(rows[name], taken) for name, taken in values.items()]


RUNS = {"wall": [1.0, 2.0, 4.0], "ours": [2.0, 6.0, 8.0], "peer": [3.0, 3.0, 3.0]}


def test_a_ratio_is_per_character_and_within_a_run():
    rows = steps.board(measured(**RUNS)).set_index("system")
    assert pd.isna(rows.loc["scanner", "ratio"])
    assert rows.loc["clippings", ["ratio", "ratio_low", "ratio_high"]].tolist() == [2.0, 2.0, 3.0]
    assert rows.loc["other", ["ratio", "ratio_low", "ratio_high"]].tolist() == [1.0, 0.75, 3.0]
    assert rows.loc["clippings", ["value", "low", "high", "runs"]].tolist() == [6.0, 2.0, 8.0, 3]


def test_a_target_is_a_ratio_a_rate_or_a_value_and_says_when_it_was_not_measured(capsys):
    targets = [
        Target("twice", "clippings: parse", "scanner: bare scan", "at most", 2),
        Target("rate", "clippings: parse", "", "at least", 1, "MB/s"),
        Target("whole", "scanner: bare scan", "", "at most", 3, "MB"),
        Target("gone", "clippings: parse", "nobody: nothing", "at most", 3),
    ]
    rows = steps.board(measured(**RUNS), targets).set_index("step")
    assert rows.loc["twice", ["value", "low", "high", "wanted"]].tolist() == [2.0, 2.0, 3.0, 2]
    assert rows.loc["rate", "value"] == pytest.approx(4 / 6 / 1e6, rel=1e-3)
    assert rows.loc["whole", "value"] == 2.0
    assert pd.isna(rows.loc["gone", "value"])
    assert rows.loc["gone", "note"] == "not measured in this run"
    assert capsys.readouterr().err == "not measured: gone\n"


def test_labels_tell_data_and_size():
    step = Step("growth", "parse", size=5_000, of="forms")
    assert step.label == "clippings: parse, 5,000 forms"
    assert step._replace(data="zoo", size=None).label == "clippings: parse (zoo)"


def test_every_step_runs_once_before_the_clock_and_then_in_turn():
    calls: list[str] = []
    counted = [one.step._replace(run=lambda one=one: calls.append(one.step.step)) for one in measured(**RUNS)]
    found = steps.measure(counted, 2)
    assert calls == ["bare scan", "parse", "read"] * 3
    assert [len(one.values) for one in found] == [2, 2, 2]
    calls.clear()
    steps.measure(counted, 1, warm=False)
    assert calls == ["bare scan", "parse", "read"]


# The steps.


def test_every_measure_is_measured():
    timed = {step.step.partition(",")[0] for step in analyses.steps(generated.pages(6))}
    assert timed == set(measures.__all__) - NO_MEASURES


def test_steps_run_and_are_set_against_steps_that_exist(tmp_path):
    texts = generated.pages(4)
    saved.write(texts, tmp_path / "txt")
    found = [*walls.steps(texts, tmp_path / "txt"), *ours.steps(texts, tmp_path / "txt")]
    found += [*saved.steps(texts, tmp_path), *growth.by_pages(texts), *growth.by_clippings(4, tmp_path)]
    found += peers.steps(texts)
    labels = [step.label for step in found]
    assert len(set(labels)) == len(labels)
    assert {step.against for step in found} - {""} <= set(labels)
    for step in found:
        step.run()


def test_input_made_to_be_slow_comes_in_three_sizes():
    found = list(growth.by_malice(100))
    assert len(found) == 3 * len({**adversarial.CASES, **adversarial.MARKUP})
    sizes = [step.size for step in found if step.step == growth.MARKS]
    assert sizes == [100 * growth.MANY * times for times in growth.TIMES]


def test_missing_peers_are_said_and_left_out(monkeypatch, capsys):
    def missing(name: str) -> None:
        raise ImportError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(peers, "importlib", SimpleNamespace(import_module=missing))
    assert list(peers.steps(generated.pages(1))) == []
    assert capsys.readouterr().err.count("is not installed and left out") == 5


def test_a_process_is_measured_without_the_memory_of_its_parent():
    ballast = bytearray(400_000_000)
    small = processes.watch([sys.executable, "-S", "-c", "pass"])
    large = processes.watch([sys.executable, "-S", "-c", "x = bytearray(10**8)"])
    assert len(ballast) == 400_000_000
    assert 1_000_000 < small.peak < 50_000_000
    assert 90_000_000 < large.peak - small.peak < 120_000_000
    assert 0 < small.seconds <= small.clock * 2


def test_an_import_is_measured_without_the_start_of_python():
    light, heavy = (processes.import_seconds(statement) for statement in ("import sys", processes.PANDAS))
    assert 0 < light < heavy / 10


def test_a_process_that_fails_is_an_error_that_says_why():
    with pytest.raises(processes.FailedError, match="NameError: name 'nothing'"):
        processes.watch([sys.executable, "-c", "nothing"])


def test_a_case_and_the_benchmark_start_as_scripts(tmp_path):
    saved.write(generated.pages(1), tmp_path / "pages")
    assert processes.watch(memory.case("frames of all", tmp_path / "pages")).peak > 50_000_000
    assert processes.watch([sys.executable, str(ROOT / "benchmarks/speed.py"), "--help"]).seconds > 0


class Here:
    """A stand-in for ``processes.watch`` that runs commands in this process, where pandas is imported already."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch, self.commands = monkeypatch, 0

    def watch(self, command: Sequence[str]) -> processes.Cost:
        self.commands += 1
        assert not self.status(*command[1:])
        return processes.Cost(seconds=1, clock=1, peak=self.commands * memory.MEGABYTE)

    def status(self, first: str, *words: str) -> object:
        try:
            if first == "-c":
                return exec(words[0], {})
            if first == "-m":
                return cli.main(list(words[1:]))
            self.monkeypatch.setattr(sys, "argv", [first, *words])
            runpy.run_path(first, run_name="__main__")
        except SystemExit as end:
            return end.code


def test_the_benchmark_runs_and_records(tmp_path, monkeypatch):
    here, board = Here(monkeypatch), tmp_path / "board.csv"
    for module in (processes, memory, parquet):
        monkeypatch.setattr(module, "watch", here.watch)
    small = ["--pages", "4", "--runs", "1", "--files", "8", "--largest", "4", "--characters", "100"]
    monkeypatch.setattr(sys, "argv", ["speed.py", *small, "--output", str(board)])
    assert speed.main() == 0
    found = pd.read_csv(board)
    assert list(found) == list(BOARD)
    assert set(found["group"]) >= {"wall", "library", "measure", "growth", "adversarial", "start", "memory", "target"}
    # The rules of spaCy run in a process of their own, where it is installed.
    assert here.commands == 30 + bool(importlib.util.find_spec(parquet.RULES))


def test_a_run_that_was_stopped_goes_on_with_the_part_it_was_in(tmp_path, monkeypatch, capsys):
    asked = []

    def part(name, stops=False):
        def run(_options, _folder):
            asked.append(name)
            if stops:
                raise KeyboardInterrupt
            return [Measured(Step("library", name, run=lambda: None), [1.0])]

        return run

    def bench(*sizes):
        monkeypatch.setattr(sys, "argv", ["speed.py", "--only", "texts", "growth", "--resume", str(tmp_path), *sizes])
        return speed.main()

    monkeypatch.setattr(speed, "PARTS", {"texts": part("texts"), "growth": part("growth", stops=True)})
    with pytest.raises(KeyboardInterrupt):
        bench()
    monkeypatch.setattr(speed, "PARTS", {"texts": part("texts"), "growth": part("growth")})
    assert bench() == 0
    assert asked == ["texts", "growth", "growth"]
    assert "texts" in capsys.readouterr().out
    assert bench("--pages", "7") == 0
    assert asked[3:] == ["texts", "growth"]


# What is recorded.


def test_what_is_recorded_is_of_one_run_and_names_its_versions_and_machine():
    machine = BOARD[["date", "python", "processor", "cores"]]
    assert len(machine.drop_duplicates()) == 1
    assert (machine != "").all(axis=None)
    assert (BOARD["version"] != "").all()
    assert set(BOARD["group"]) >= {"wall", "library", "measure", "growth", "adversarial", "start", "memory", "target"}
    assert (BOARD.loc[BOARD["group"].isin(["wall", "library", "measure"]), "runs"] >= 5).all()


def test_every_measure_and_every_slow_input_is_recorded():
    assert {step.partition(",")[0] for step in BOARD.loc[BOARD["group"] == "measure", "step"]} == (
        set(measures.__all__) - NO_MEASURES
    )
    slow = BOARD[BOARD["group"] == "adversarial"]
    assert set(slow["step"]) == {*adversarial.CASES, *adversarial.MARKUP}
    assert slow["size"].astype(int).max() == 1_000_000


@pytest.mark.parametrize("row", COMPARED.to_dict("records"), ids=lambda row: row["step"])
def test_a_recorded_ratio_lies_in_its_range(row):
    assert 0 < float(row["ratio_low"]) <= row["ratio"] <= float(row["ratio_high"])
    system, _, step = row["against"].partition(": ")
    named = BOARD[BOARD["system"] == system]["step"]
    assert any(step.startswith(one) for one in named)


@pytest.mark.parametrize("row", TARGETS.to_dict("records"), ids=lambda row: row["step"])
def test_a_recorded_target_has_its_bound(row):
    assert row["bound"] in ("at least", "at most")
    assert float(row["wanted"]) > 0
    assert pd.isna(row["value"]) == (row["note"] == "not measured in this run")
