"""The quality gate: what is recorded in data/scoreboard.csv is reached today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]

import polnear  # noqa: E402
import scoreboard  # noqa: E402

FLOORS = {
    ("mentions", "zoo"): 0.97,
    ("mentions", "clipping of 2007"): 0.95,
    ("errata", "clipping of 2007"): 1.0,
    ("document themes", "zoo"): 0.9,
    ("tests", "annotators and page grammar"): 0.2,
}


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks/scoreboard.py"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_no_score_is_under_the_recorded_one():
    done = run("--check")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("task", "data"), FLOORS)
def test_recorded_scores_keep_the_promises_of_the_project(task, data):
    board = pd.read_csv(scoreboard.BOARD)
    rows = board[(board["task"] == task) & (board["data"] == data) & (board["system"] == scoreboard.OURS)]
    assert len(rows)
    assert (rows["value"] >= FLOORS[task, data]).all()


def scores(value: float) -> pd.DataFrame:
    row = {"task": "dates", "data": "zoo", "measure": "right", "system": scoreboard.OURS, "value": value}
    return pd.DataFrame([{**row, "n": 9, "version": "1", "date": "2026-01-01", "note": ""}])


@pytest.mark.parametrize(("before", "today", "count"), [(0.9, 0.9, 0), (0.9, 0.95, 0), (0.9, 0.8, 1)])
def test_a_fall_is_seen(before, today, count):
    assert len(scoreboard.falls(scores(before), scores(today))) == count


def test_a_score_that_is_gone_has_fallen():
    other = scores(0.9).assign(measure="another")
    assert scoreboard.falls(scores(0.9), other)["value"].tolist() == [0.0]


@pytest.mark.parametrize(
    ("today", "check", "lower", "status", "recorded"),
    [(0.9, False, False, 0, 0.9), (0.9, True, False, 0, 0.8), (0.7, False, False, 1, 0.8), (0.7, False, True, 0, 0.7)],
    ids=["better", "only checked", "fallen", "fallen and said so"],
)
def test_a_score_that_fell_is_recorded_only_where_one_says_so(
    tmp_path, monkeypatch, today, check, lower, status, recorded
):
    monkeypatch.setattr(scoreboard, "BOARD", tmp_path / "board.csv")
    scores(0.8).to_csv(scoreboard.BOARD, index=False)
    assert scoreboard.settle(scores(today), check=check, lower=lower) == status
    assert pd.read_csv(scoreboard.BOARD)["value"].tolist() == [recorded]


def test_recording_keeps_the_rows_of_others_and_the_date_of_an_unchanged_score(tmp_path):
    board = tmp_path / "board.csv"
    others = scores(0.5).assign(system="another", data="elsewhere")
    scoreboard.record(pd.concat([scores(0.9), others]), scores(0.9).assign(date="2026-02-02"), board)
    found = pd.read_csv(board)
    assert set(found["system"]) == {"another", scoreboard.OURS}
    assert found.loc[found["system"] == scoreboard.OURS, "date"].tolist() == ["2026-01-01"]


def test_each_rule_is_scored_over_the_passages_that_match():
    text = 'Ann said "yes". Bob said "no". "Maybe", said Eve, and "never".'
    spans = [(9, 14), (25, 29), (31, 38), (54, 61)]
    speakers = [(0, 3), (16, 19), (45, 48)]
    quotes = [
        {"start": start, "end": end, "speaker_spans": [speaker]}
        for (start, end), speaker in zip(spans[:3], speakers, strict=True)
    ]
    rules = ("cue before", "cue before", "inverted cue", "running speaker")
    sources = ((0, 3), (0, 3), (45, 48), (45, 48))
    found = [polnear.Found(*one) for one in zip(spans, sources, rules, strict=True)]
    rows = {row.measure: (row.value, row.n) for row in polnear.direct([{"text": text, "quotes": quotes}], [found])}
    by_rule = {name.removeprefix(polnear.BY_RULE): row for name, row in rows.items() if polnear.BY_RULE in name}
    assert by_rule == {"cue before": (0.5, 2), "inverted cue": (1.0, 1)}
    assert rows["joint F1"] == (round(4 / 7, 3), 3)
