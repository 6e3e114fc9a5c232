"""Long work says how far it is, on a terminal and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

import clippings as cl
from clippings import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def thousand() -> cl.Corpus:
    page = cl.parse("Minsk was quiet on Tuesday.", layout="plain")
    return cl.Corpus(page * 1000)


def test_a_terminal_is_shown_progress(thousand, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(sys, "stderr", terminal)
    assert len(thousand.annotate()) == 1000
    assert "1000/1000" in terminal.getvalue()


def test_a_file_is_not(thousand, monkeypatch):
    log = io.StringIO()
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(sys, "stderr", log)
    thousand.annotate()
    assert log.getvalue() == ""


def test_pages_on_their_way_to_tables_are_counted(tmp_path, monkeypatch):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("Minsk was quiet.", "utf-8")
    terminal = Terminal()
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(sys, "stderr", terminal)
    cl.annotate_to(tmp_path, tmp_path / "out", part=1)
    assert "3/3" in terminal.getvalue()
    assert "page/s" in terminal.getvalue()
    cl.annotate_to([tmp_path, io.StringIO("Minsk was quiet.")], tmp_path / "out", part=1, overwrite=True)
    assert "4page" in terminal.getvalue()
