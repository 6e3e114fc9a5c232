"""Two builds of one commit are the same bytes: in another time zone, with other rights on new files, other hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DAY_OF_THE_BUILD = {"SOURCE_DATE_EPOCH"}


def build(target: str, folder: Path, **environment: str) -> bytes:
    own = {name: value for name, value in os.environ.items() if name not in DAY_OF_THE_BUILD}
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, env=own | environment, check=True, capture_output=True, umask=0o077)
    (built,) = folder.iterdir()
    return built.read_bytes()


def test_a_wheel_is_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    assert build("wheel", tmp_path, TZ="Asia/Almaty", PYTHONHASHSEED="7") == wheel.read_bytes()


def test_a_source_archive_is_the_same_bytes(tmp_path: Path) -> None:
    built = build("sdist", tmp_path / "first", TZ="UTC")
    assert build("sdist", tmp_path / "second", TZ="Asia/Almaty", PYTHONHASHSEED="7") == built
    assert build("sdist", tmp_path / "third", SOURCE_DATE_EPOCH="1700000000") != built, "the day is part of the bytes"
