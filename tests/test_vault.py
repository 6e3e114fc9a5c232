"""The archive for a machine without a network, and the source archive that it is made from."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import make_vault

ROOT = Path(__file__).parents[1]
FILES = {"README.md": "Привет 😀".encode(), "tools/run.sh": b"#!/bin/sh\n", "wheels/a-1-py3-none-any.whl": b"\0\1"}


def test_an_archive_holds_what_was_given_and_its_sums(tmp_path: Path) -> None:
    make_vault.pack(tmp_path / "vault.tar", FILES)
    with tarfile.open(tmp_path / "vault.tar") as archive:
        archive.extractall(tmp_path, filter="data")
    folder = tmp_path / "vault"
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    assert (folder / "tools/run.sh").stat().st_mode & 0o111
    assert not (folder / "README.md").stat().st_mode & 0o111
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_same_files_make_the_same_archive(tmp_path: Path) -> None:
    for folder, files in (("one", FILES), ("two", dict(reversed(FILES.items())))):
        (tmp_path / folder).mkdir()
        make_vault.pack(tmp_path / folder / "vault.tar", files)
    assert (tmp_path / "one" / "vault.tar").read_bytes() == (tmp_path / "two" / "vault.tar").read_bytes()


def test_a_python_that_does_not_run_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["make_vault.py", str(tmp_path), "no-such-python"])
    assert make_vault.main() == 1
    assert capsys.readouterr().err == (
        "vault: no-such-python does not run: name Pythons of this machine in VAULT_PYTHONS\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_source_archive_holds_the_whole_project() -> None:
    """What the tests and the book need is in it, so that both run from the unpacked archive."""
    files = make_vault.sources()
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        tracked = {name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()}
    except (OSError, subprocess.CalledProcessError):
        tracked = {"Makefile", "conftest.py", "book/_toc.yml", "tests/zoo/speakers.csv", "src/clippings/py.typed"}
    assert {*tracked, "PKG-INFO"} <= files.keys()
    assert files["requirements.txt"] == (ROOT / "requirements.txt").read_bytes()


def test_the_makefile_installs_from_the_wheels_beside_it(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    (tmp_path / "show.mk").write_text("include Makefile\nshow:\n\t@echo $$PIP_NO_INDEX $$PIP_FIND_LINKS\n", "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}

    def shown() -> str:
        command = ["make", "-s", "-f", "show.mk", "show"]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert shown() == ""
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "a-1-py3-none-any.whl").touch()
    assert shown() == "1 wheels"
