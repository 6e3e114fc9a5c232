"""Tables that take the place of others: the old ones stay until the new are whole, and two runs never mix."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import clippings as cl
from clippings.cli import examples, main
from clippings.store import local
from one_press import tree


class PowerCutError(Exception):
    pass


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten pages, and the tables of an undisturbed run over them."""
    root = tmp_path_factory.mktemp("replacing")
    (root / "press").mkdir()
    for number in range(10):
        page = examples.SOUND.replace("They met on Tuesday.", f"They met on {number + 1} May.")
        (root / "press" / f"{number:02}.txt").write_text(page, "utf-8")
    with contextlib.chdir(root):
        cl.annotate_to("press", "undisturbed", part=3)
    return root


@pytest.fixture
def press(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("press", "undisturbed"):
        shutil.copytree(made / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return Path("press")


@pytest.fixture
def undisturbed(press: Path) -> dict[str, bytes]:
    assert press.is_dir()
    return tree(Path("undisturbed"))


@contextlib.contextmanager
def power_for(lasts: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let files be written, linked and moved so many times, and no more."""
    steps = iter(range(lasts))

    def failing(step):
        def run(*given):
            if next(steps, None) is None:
                raise PowerCutError
            return step(*given)

        return run

    with monkeypatch.context() as patch:
        for name in ("fsync", "link", "replace"):
            patch.setattr(os, name, failing(getattr(os, name)))
        yield


def shown(folder: str) -> list[str]:
    tables = cl.load(folder)
    return [getattr(tables, name).to_csv() for name in tables.frames]


@pytest.mark.parametrize("lasts", range(0, 340, 20))
def test_one_that_replaces_another_leaves_the_old_tables_or_the_new(press, undisturbed, monkeypatch, lasts):
    """The first steps make the new tables beside the old, the others put them in their place."""
    cl.annotate_to(press, "out", layout="plain", part=4)
    old = shown("out")
    with power_for(lasts, monkeypatch), contextlib.suppress(PowerCutError):
        cl.annotate_to(press, "out", part=3, overwrite=True)
    assert shown("out") in ([old] if lasts < 100 else [old, shown("undisturbed")])
    cl.annotate_to(press, "out", part=3, overwrite=True)
    assert tree(Path("out")) == undisturbed


def test_one_that_fails_to_replace_another_is_resumed(press, undisturbed, monkeypatch):
    cl.annotate_to(press, "out", layout="plain", part=4)
    with power_for(100, monkeypatch), pytest.raises(PowerCutError):
        cl.annotate_to(press, "out", part=3, overwrite=True)
    left = {name: file.stat().st_mtime_ns for name, file in beside("out").items()}
    Path("out/.next/quotes/mine.txt").write_text("A note of the user's.", "utf-8")
    made: list[int] = []
    monkeypatch.setattr(local.parts, "make", lambda *given, make=local.parts.make: made.append(1) or make(*given))
    cl.annotate_to(press, "out", part=3, overwrite=True)
    assert len(left) >= 2
    assert len(made) == 4 - len(left)
    assert tree(Path("out")) == undisturbed | {".next/quotes/mine.txt": b"A note of the user's."}


def beside(folder: str) -> dict[str, Path]:
    return {file.name: file for file in Path(folder, ".next/quotes").glob("part-*.parquet")}


def test_no_two_runs_write_one_folder(press):
    """The other one is a process of its own: the lock is of the system, and goes with the process."""
    code = "import sys; from clippings.store import lock; from pathlib import Path\n"
    code += "with lock.held(Path('out')): print(flush=True); sys.stdin.readline()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        annotated = cl.read(press).annotate()
        for run in (lambda: cl.annotate_to(press, "out"), lambda: cl.save(annotated, "out")):
            with pytest.raises(
                cl.FolderError, match=rf"another run writes out \(process {other.pid} on .+\); wait for"
            ):
                run()
        assert main(["annotate", "press", "-o", "out/"]) == 2
        other.kill()
        other.wait()
    assert len(cl.annotate_to(press, "out")) == 10
    assert not Path("out/.lock").exists()
