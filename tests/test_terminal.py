"""What a page, a file or a codebook holds steers no terminal: seen in one, through tmux."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from clippings.cli import examples

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux")

PATIENCE = 60
# At the start of a line, with what sets a color before it.
ENDED = re.compile(r"(?m)^(?:\x1b\[[\d;]*m)*ended")
# Clears the screen, prints red, names the window, and asks the terminal to answer.
STEERING = "\x1b[2J\x1b[31m\x1b]0;Steered\x07\x1b[6n"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[list[str]]:
    """A terminal of 200 columns, on a socket of its own."""
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", os.devnull]
    shell = shlex.join(["env", "PS1=$ ", "sh"])
    subprocess.run([*tmux, "new-session", "-d", "-x", "200", "-y", "40", shell], cwd=tmp_path, check=True)
    yield tmux
    subprocess.run([*tmux, "kill-server"], check=False)


def screen(tmux: list[str], *words: str) -> str:
    """What stands on the terminal, with its colors, once the command has ended."""
    command = shlex.join([sys.executable, "-m", "clippings", *words])
    subprocess.run([*tmux, "send-keys", "-l", f"clear; echo begun; {command}; echo en''ded"], check=True)
    subprocess.run([*tmux, "send-keys", "Enter"], check=True)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        shown = subprocess.run([*tmux, "capture-pane", "-p", "-e"], capture_output=True, text=True, check=True).stdout
        if ENDED.search(shown):
            return shown
        time.sleep(0.1)
    raise AssertionError(f"the command did not end; the terminal shows {shown!r}")


def test_a_page_and_its_name_steer_no_terminal(terminal: list[str], tmp_path: Path) -> None:
    page = examples.SOUND.replace("Talks in Minsk", f"Talks{STEERING}in Minsk")
    assert STEERING in page
    (tmp_path / f"a{STEERING.replace('/', '')}\nb.txt").write_text(page, "utf-8")
    for words in (["parse", "--format", "table", "."], ["parse", "."], ["check", "."], ["annotate", ".", "-v"]):
        shown = screen(terminal, *words)
        assert "begun" in shown, words
        assert "\x1b[31m" not in shown, words
    title = subprocess.run([*terminal, "display", "-p", "#{pane_title}"], capture_output=True, text=True, check=True)
    assert "Steered" not in title.stdout


def test_a_path_that_is_none_steers_no_terminal(terminal: list[str]) -> None:
    shown = screen(terminal, "parse", f"nowhere{STEERING}")
    assert "begun" in shown
    assert "no such file or folder: nowhere" in shown
    assert "\x1b[31m" not in shown


def test_a_codebook_steers_no_terminal(terminal: list[str], tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "clippings", "codebook", "new", "own"], cwd=tmp_path, check=True)
    themes = tmp_path / "own/themes.yaml"
    text = themes.read_text("utf-8")
    label = next(line for line in text.splitlines() if line.strip().startswith("label:"))
    steered = label[: label.index(":")] + ': "Talks\\e[2J\\e[31m and pacts"'
    themes.write_text(text.replace(label, steered, 1), "utf-8")
    shown = screen(terminal, "codebook", "show", "own")
    assert "begun" in shown
    assert "\x1b[31m" not in shown
    assert "and pacts" in shown


def test_the_terminal_can_be_steered(terminal: list[str], tmp_path: Path) -> None:
    """What the tests above look for is there where a program lets it through."""
    (tmp_path / "raw.txt").write_text("\x1b[31mRed\x1b[0m\n", "utf-8")
    subprocess.run([*terminal, "send-keys", "-l", "cat raw.txt; echo en''ded"], check=True)
    subprocess.run([*terminal, "send-keys", "Enter"], check=True)
    deadline, shown = time.monotonic() + PATIENCE, ""
    while not ENDED.search(shown) and time.monotonic() < deadline:
        shown = subprocess.run(
            [*terminal, "capture-pane", "-p", "-e"], capture_output=True, text=True, check=True
        ).stdout
    assert "\x1b[31m" in shown
