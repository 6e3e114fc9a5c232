"""A folder of pages, and the program run in it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from clippings.cli import main
from one_press import PAGE


@pytest.fixture
def press(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("press/deep").mkdir(parents=True)
    Path("press/a.txt").write_text(PAGE, "utf-8")
    Path("press/deep/b.txt").write_text(PAGE, "utf-8")
    Path("press/broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    with zipfile.ZipFile("press.zip", "w") as archive:
        archive.writestr("c.txt", PAGE)
    return tmp_path


@pytest.fixture
def run(press, capfdbinary) -> Callable[..., tuple[int, bytes, list[str]]]:
    """Run a command in the folder and return its status, its output, and the lines it says beside it."""
    assert press.is_dir()

    def called(*words: str) -> tuple[int, bytes, list[str]]:
        try:
            status = main(words)
        except SystemExit as wrong:
            status = wrong.code
        done = capfdbinary.readouterr()
        return status, done.out, done.err.decode("utf-8").splitlines()

    return called
