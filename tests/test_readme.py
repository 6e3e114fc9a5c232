"""What the README shows works when pasted, in an empty folder and with no more installed than the library needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
PRINTED = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
COMMANDS = [block for block in re.findall(r"```bash\n(.*?)```", README, re.DOTALL) if "clippings annotate" in block]
# What the extras install, and a bare installation lacks.
EXTRAS = (
    "IPython",
    "dask",
    "distributed",
    "lxml_html_clean",
    "myst_nb",
    "networkx",
    "rensa",
    "selectolax",
    "trafilatura",
)


@pytest.fixture
def bare(installed: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a reader who installed the wheel and no extra."""
    for name in EXTRAS:
        (tmp_path / f"{name}.py").write_text(f"raise ModuleNotFoundError('no {name} here')\n", "utf-8")
    paths = {
        "PYTHONPATH": [str(tmp_path), str(installed)],
        "PATH": [str(Path(sys.executable).parent), os.environ["PATH"]],
    }
    return os.environ | {name: os.pathsep.join(parts) for name, parts in paths.items()}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_python_prints_what_the_readme_shows(bare, empty):
    assert [run([sys.executable, "-c", code], empty, bare) for code in PYTHON] == PRINTED
    assert "Ruslan Pukhov" in PRINTED[0]


def test_it_is_ten_lines():
    assert [len([line for line in code.splitlines() if line]) for code in PYTHON] == [10]


def test_the_commands_write_what_the_readme_says(bare, empty):
    assert len(COMMANDS) == 1
    assert "Ruslan Pukhov" in run(["bash", "-euc", COMMANDS[0]], empty, bare)
    assert "Ruslan Pukhov" in (empty / "evidence.jsonl").read_text("utf-8")
    assert list((empty / "tables/quotes").glob("*.parquet"))


def test_the_wheel_is_what_runs(bare, empty, installed):
    assert run([sys.executable, "-c", "import clippings; print(clippings.__file__)"], empty, bare).startswith(
        str(installed)
    )


def test_every_extra_is_kept_out():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = {
        re.split(r"[\[<>=]", one)[0].replace("-", "_") for name in ("dask", "html", "measures") for one in extras[name]
    }
    assert named <= set(EXTRAS)


@pytest.mark.parametrize("path", re.findall(r"(?:\]\(|^\| `)([\w./-]+)(?:\)|`)", README, re.MULTILINE))
def test_paths_of_the_readme_exist(path):
    assert (ROOT / path).exists()


def test_how_often_a_speaker_is_the_right_one_is_as_recorded():
    board = pd.read_csv(ROOT / "data/scoreboard.csv", keep_default_na=False)
    apart = board[board["data"].str.endswith("articles kept apart")].set_index("measure")["value"]
    right, given = apart["precision of the speaker"], apart["given of those that can be named"]
    told = f"{right:.3f} of the speakers that are named are the right ones, and {given:.3f} of those".replace("0.", ".")
    assert told in " ".join(README.split())


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
    assert claim.format(f"{row['value'].item():.3f}".removeprefix("0")) in " ".join(README.split())


def test_right_speakers_of_the_readme_are_those_recorded():
    board = pd.read_csv(ROOT / "data/scoreboard.csv", keep_default_na=False)
    row = board[(board["task"] == "speakers") & (board["data"] == "zoo") & (board["measure"] == "right name")]
    claim = f"{row['value'].item():.3f} of {row['n'].item()} spoken passages".removeprefix("0")
    assert claim in " ".join(README.split())


def test_what_the_readme_calls_exact_is():
    board = pd.read_csv(ROOT / "data/scoreboard.csv", keep_default_na=False)
    assert (board.loc[(board["data"] == "zoo") & (board["task"] == "fields"), "value"] == 1).all()
