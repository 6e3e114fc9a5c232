"""Standard streams that are closed, and Ctrl-C while modules are imported: one line at most, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clippings.cli import INTERRUPTED, examples

pytestmark = pytest.mark.skipif(os.name != "posix", reason="closes streams as a POSIX shell does")

SAID = "clippings: standard output: cannot be written: it is closed"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(examples.SOUND, "utf-8")
    return path


def run(closed: str, *words: str | Path, folder: Path) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "clippings", *map(str, words)]
    shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *command]
    ended = subprocess.run(shell, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize("words", [["annotate"], ["parse"], ["parse", "--format", "table"]])
def test_closed_output_is_told_in_one_line(page: Path, words: list[str]) -> None:
    status, out, told = run(">&-", *words, page, folder=page.parent)
    assert (status, out, told.splitlines()[-1].startswith(SAID)) == (2, "", True)
    assert "Traceback" not in told


@pytest.mark.parametrize("words", [["--version"], ["codebook", "show"]])
def test_so_it_is_where_no_page_is_read(page: Path, words: list[str]) -> None:
    status, out, told = run(">&-", *words, folder=page.parent)
    assert (status, out, told.startswith(SAID)) == (2, "", True)


def test_closed_output_is_not_missed_where_a_file_is_named(page: Path) -> None:
    status, _, told = run(">&-", "annotate", page, "-o", "out.jsonl", folder=page.parent)
    assert (status, told) == (0, "clippings: 1 file: 1 read (1 clipping)\n")
    whole = run("", "annotate", page, "-o", "whole.jsonl", folder=page.parent)
    assert whole[0] == 0
    assert (page.parent / "out.jsonl").read_bytes() == (page.parent / "whole.jsonl").read_bytes()


def test_closed_input_is_an_empty_page(page: Path) -> None:
    status, _, told = run("<&-", "annotate", "-", folder=page.parent)
    assert (status, "CLP103" in told, "Traceback" in told) == (1, True, False)


def test_closed_error_leaves_the_output_as_it_is(page: Path) -> None:
    assert run("2>&-", "annotate", page, folder=page.parent) == (*run("", "annotate", page, folder=page.parent)[:2], "")
    assert run(">&- 2>&-", "annotate", page, folder=page.parent) == (2, "", "")


def test_ctrl_c_during_imports_ends_quietly() -> None:
    """Interrupted when the first module of the command line is asked for."""
    code = (
        "import builtins, os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "asked = builtins.__import__\n"
        "def importing(name, *rest):\n"
        "    if name == 'argparse': os.kill(os.getpid(), signal.SIGINT)\n"
        "    return asked(name, *rest)\n"
        "builtins.__import__ = importing\n"
        "from clippings.cli import main\n"
        "sys.exit(main(['parse', 'a.txt']))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (INTERRUPTED, "", "")
