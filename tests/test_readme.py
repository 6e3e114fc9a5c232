"""What the README shows works when pasted."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("code", BLOCKS)
def test_python_of_the_readme_runs(code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert "Ruslan Pukhov" in capsys.readouterr().out


def test_the_readme_has_python():
    assert BLOCKS


@pytest.mark.parametrize("path", re.findall(r"(?:\]\(|^\| `)([\w./-]+)(?:\)|`)", README, re.MULTILINE))
def test_paths_of_the_readme_exist(path):
    assert (ROOT / path).exists()


CLAIMED = [
    ("clippings", "PolNeAR dev", "a joint F1 of {}, against"),
    ("nearest speaker, 40 lines", "PolNeAR dev", "against {} for the nearest speaker"),
    ("textacy, en_core_web_md", "PolNeAR dev", "{} for textacy"),
    ("people against people", "PolNeAR test", "people reach {} against each other"),
]


@pytest.mark.parametrize(("system", "data", "claim"), CLAIMED)
def test_scores_of_the_readme_are_those_recorded(system, data, claim):
    board = pd.read_csv(ROOT / "data/scoreboard.csv", keep_default_na=False)
    row = board[(board["system"] == system) & (board["data"] == data) & (board["measure"] == "joint F1")]
    assert claim.format(f"{row['value'].item():.3f}".removeprefix("0")) in README.replace("\n", " ")


def test_what_the_readme_calls_exact_is():
    board = pd.read_csv(ROOT / "data/scoreboard.csv", keep_default_na=False)
    assert (board.loc[(board["data"] == "zoo") & (board["task"] == "fields"), "value"] == 1).all()
