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
