"""A run that is killed or stopped goes on where it was, and ends with the bytes of one that was not."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import clippings as cl
from clippings.cli import examples
from one_press import tree

PAGES, PART = 45, 3
RUN = (
    "import clippings as cl\n"
    "if __name__ == '__main__':\n"
    f"    cl.annotate_to('press', 'out', part={PART}, workers={{workers}})\n"
)
PATIENCE = 60


@pytest.fixture(scope="module")
def press(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("kills")
    (root / "press").mkdir()
    for number in range(PAGES):
        said = f'"We wait for {number} days," said Anna Petrova in Minsk. Russia and NATO talk on Tuesday.\n'
        page = examples.SOUND.replace("They met on Tuesday.\n", said * 10)
        (root / "press" / f"{number:03}.txt").write_text(page, "utf-8")
    return root


@pytest.fixture
def heeding():
    """Processes begun here heed Ctrl-C, which a shell tells whatever it runs in the background to ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def started(root: Path, *words: str) -> subprocess.Popen[bytes]:
    """A process that leads a group of its own, as one does that a terminal started."""
    command = [sys.executable, *words]
    return subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, start_new_session=True)


def parts(root: Path) -> int:
    try:
        return (root / "out/manifest.jsonl").read_bytes().count(b'{"record":"part"')
    except FileNotFoundError:
        return 0


def reached(process: subprocess.Popen[bytes], root: Path, count: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while parts(root) < count and time.monotonic() < deadline:
        assert process.poll() is None, process.stderr.read().decode()
        time.sleep(0.002)


def is_empty(group: int) -> bool:
    """Tell whether no process of a group is left, given a moment to end."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="kills as POSIX does")
def test_a_run_killed_three_times_ends_as_an_undisturbed_one(press, monkeypatch):
    monkeypatch.chdir(press)
    cl.annotate_to("press", "undisturbed", part=PART)
    script = press / "run.py"
    for count, workers in ((0, 1), (3, 1), (8, 2)):
        script.write_text(RUN.format(workers=workers), "utf-8")
        with started(press, str(script)) as process:
            if not count:
                time.sleep(0.3)
            reached(process, press, count)
            process.kill()
        assert process.returncode == -signal.SIGKILL
        assert count <= parts(press) < PAGES // PART
        with pytest.raises((cl.FolderError, FileNotFoundError)):
            cl.load("out")
    assert is_empty(process.pid)
    cl.annotate_to("press", "out", part=PART)
    assert tree(press / "out") == tree(press / "undisturbed")


def size(group: int) -> int:
    """Count the processes of a group."""
    stats = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            stats.append(stat.read_text("utf-8", "replace").rsplit(")", 1)[1].split())
    return sum(int(stat[2]) == group and stat[0] != "Z" for stat in stats)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
@pytest.mark.parametrize(
    ("options", "said", "moment"),
    [
        pytest.param("-qo evidence.jsonl", b"", 0.0, id="as the workers begin"),
        pytest.param(
            "-o tables/",
            b"clippings: stopped; the same command resumes where tables/ ends\n",
            1.0,
            id="while they work",
        ),
    ],
)
@pytest.mark.usefixtures("heeding")
def test_ctrl_c_ends_it_cleanly(tmp_path, options, said, moment):
    (tmp_path / "press").mkdir()
    for number in range(100):
        page = f'"We wait for {number} days," said Anna Petrova in Minsk. Russia and NATO talk on Tuesday.\n' * 200
        (tmp_path / "press" / f"{number:03}.txt").write_text(page, "utf-8")
    with started(tmp_path, "-m", "clippings", "annotate", "press", *options.split(), "--workers", "2") as process:
        # The parent, what keeps count of its resources, and a worker.
        while size(process.pid) < 3:
            assert process.poll() is None
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGINT)
        told = process.stderr.read()
    assert (process.returncode, told) == (130, said)
    assert is_empty(process.pid)
    assert {file.name for file in tmp_path.iterdir()} <= {"press", "tables"}
