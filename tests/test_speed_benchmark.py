"""The benchmark: the same pages every time, ratios within a run, and a table that says what it is of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import generated  # noqa: E402
import speed  # noqa: E402

BOARD = pd.read_csv(ROOT / "data/benchmarks.csv", keep_default_na=False, na_values={"ratio": [""]})


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


def steps() -> list[speed.Step]:
    wall = speed.Step("wall", "bare scan", "scanner", "1", list, ["ab", "cd"])
    ours = speed.Step("library", "parse", "clippings", "2", list, ["ab", "cd"], "bare scan")
    return [wall, ours, speed.Step("peer", "parse", "other", "3", list, ["ab"], "parse", "half the pages")]


def test_a_ratio_is_per_character_and_within_a_run():
    times = {"bare scan": [1.0, 2.0, 4.0], "parse": [2.0, 6.0, 8.0], "other: parse": [3.0, 3.0, 3.0]}
    rows = speed.summary(steps(), times).set_index("system")
    assert pd.isna(rows.loc["scanner", "ratio"])
    assert rows.loc["clippings", ["ratio", "ratio_low", "ratio_high"]].tolist() == [2.0, 2.0, 3.0]
    assert rows.loc["other", ["ratio", "ratio_low", "ratio_high"]].tolist() == [1.0, 0.75, 3.0]
    assert rows.loc["clippings", ["seconds", "fastest", "slowest"]].tolist() == [6.0, 2.0, 8.0]
    assert rows.loc["other", ["pages", "characters", "rate"]].tolist() == [1, 2, 1]


def test_every_step_runs_once_before_the_clock_and_then_in_turn():
    calls: list[str] = []
    counted = [step._replace(run=lambda key=step.key: calls.append(key)) for step in steps()]
    times = speed.measure(counted, 2)
    assert calls == ["bare scan", "parse", "other: parse"] * 3
    assert {key: len(taken) for key, taken in times.items()} == dict.fromkeys(calls, 2)


def test_the_benchmark_runs_and_records(tmp_path):
    board = tmp_path / "board.csv"
    command = [sys.executable, str(ROOT / "benchmarks/speed.py"), "--pages", "2", "--runs", "1", "--output", str(board)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list(pd.read_csv(board)) == list(BOARD)


def test_what_is_recorded_is_of_one_run_and_names_its_versions():
    assert BOARD["date"].nunique() == BOARD["python"].nunique() == BOARD["cores"].nunique() == 1
    assert (BOARD["version"] != "").all()
    assert set(BOARD["group"]) >= {"wall", "library"}
    assert (BOARD["runs"] >= 5).all()


@pytest.mark.parametrize("row", BOARD[BOARD["group"] != "wall"].to_dict("records"), ids=lambda row: row["step"])
def test_a_recorded_ratio_lies_in_its_range(row):
    assert 0 < float(row["ratio_low"]) <= row["ratio"] <= float(row["ratio_high"])
    assert row["against"] in set(BOARD["step"])
