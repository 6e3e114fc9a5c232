"""What the README shows works when pasted."""

from __future__ import annotations

import re
from pathlib import Path

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
