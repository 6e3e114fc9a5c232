"""What stands around the validators of others: a fault, a check that could not be made, and cells that differ."""

import importlib.util
import math
import socket
from datetime import datetime
from pathlib import Path

import pytest

PLACE = Path(__file__).parents[1] / "tools/validators/validate.py"
SPEC = importlib.util.spec_from_file_location("validate", PLACE)
validate = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(validate)


def clean():
    yield from ()


def faulty():
    yield "a table has no name"


def missing():
    raise ImportError("no module of that name")
    yield


def breaks():
    raise KeyError("surprise")
    yield


def asks():
    socket.getaddrinfo("w3id.org", 443)
    yield


@pytest.mark.parametrize(
    ("check", "status", "told"),
    [
        (clean, 0, "no faults"),
        (faulty, 1, "a table has no name"),
        (missing, 2, "NOT CHECKED: no module of that name"),
        (breaks, 1, "its reader ends with KeyError: 'surprise'"),
        (asks, 1, "w3id.org was asked for, and nothing is fetched"),
    ],
)
def test_a_check_says_what_it_found(check, status, told, capsys):
    assert validate._run("X", check) == status
    out = capsys.readouterr().out
    assert out.startswith("validate: X: ")
    assert told in out


@pytest.mark.parametrize(
    ("checks", "status"), [((clean, clean), 0), ((missing, clean), 2), ((missing, faulty), 1), ((faulty, missing), 1)]
)
def test_a_fault_outweighs_what_was_not_checked(checks, status, monkeypatch):
    monkeypatch.setattr(validate, "CHECKS", dict(enumerate(checks)))
    monkeypatch.setattr(validate.os, "environ", {})
    assert validate.main() == status


@pytest.mark.parametrize(
    ("read", "written", "differs"),
    [
        (b"Minsk", "Minsk", False),
        (b"Minsk", "Brest", True),
        (3, "3", False),
        (3.0, "3", False),
        (3, "4", True),
        (3, "", True),
        (None, "", False),
        (math.nan, "", False),
        (None, "0", True),
        (datetime(2026, 11, 23), "2026-11-23", False),
        (datetime(2026, 11, 24), "2026-11-23", True),
    ],
)
def test_a_cell_is_the_one_that_is_written(read, written, differs):
    assert validate._differs(read, written) == differs
