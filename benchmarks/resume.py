"""Annotate a generated corpus to tables, kill the run three times, and compare it with an undisturbed run.

Usage: resume.py COUNT [--workers N] [--folder FOLDER]

Makes COUNT pages (benchmarks/generated.py), annotates them undisturbed, then once more into another folder: that run is
killed (SIGKILL) after a quarter, a half and three quarters of the parts, with its work under way, and started again.
At the end every file of the two folders must have the same bytes. Printed are the pages a second, the memory of all
processes of the run at its highest (resident, pages they share counted once for each), and what remained of each kill.
Needs /proc. Exit status: 0 the same, 1 not.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generated import pages

import clippings as cl

CODE = """
import sys
import clippings as cl
if __name__ == "__main__":
    cl.annotate_to(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]))
"""
KILLS = (0.25, 0.5, 0.75)
A_FOLDER = 1000
PULSE = 0.1


class Ran(NamedTuple):
    """A run, or what there was of it before it was killed."""

    seconds: float
    most_memory: int
    parts: int


def main() -> int:
    """Run and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", help="where pages and tables go, and stay; a temporary folder if not given")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        root = Path(options.folder or stack.enter_context(tempfile.TemporaryDirectory()))
        return _compare(root, options.count, options.workers)


def _compare(root: Path, count: int, workers: int) -> int:
    size = _make(root / "press", count)
    print(f"{count:,} pages, {size / 1e6:,.1f} MB, {workers} workers", flush=True)
    whole = run(root, "undisturbed", workers)
    rate = f"{count / whole.seconds:,.0f} pages/s, {size / 1e6 / whole.seconds:,.2f} MB/s, {whole.parts} parts"
    print(f"undisturbed: {whole.seconds:,.1f} s, {rate}, {_told(whole)}", flush=True)
    for share in KILLS:
        stopped = run(root, "killed", workers, until=max(1, int(share * whole.parts)))
        left = sum(1 for _ in (root / "killed").rglob(".*.tmp"))
        print(
            f"killed after {stopped.seconds:,.1f} s: {stopped.parts} parts stand, {left} files unfinished", flush=True
        )
    last = run(root, "killed", workers)
    print(f"finished after {last.seconds:,.1f} s, {_told(last)}")
    ours, theirs = (dict(_hashes(root / name)) for name in ("undisturbed", "killed"))
    different = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    written = sum(file.stat().st_size for file in (root / "killed").rglob("*.parquet"))
    clippings = len(cl.load(root / "killed"))
    print(f"tables: {written / 1e6:,.1f} MB, {written / count:,.0f} bytes a page, {clippings:,} clippings")
    print(f"{len(ours)} files, {len(different)} of them different: {', '.join(different[:5]) or 'none'}")
    return int(bool(different))


def _told(ran: Ran) -> str:
    return f"at most {ran.most_memory / 1e6:,.0f} MB in all processes"


def run(root: Path, name: str, workers: int, until: int | None = None) -> Ran:
    """Annotate the pages into a folder; with ``until``, kill the run once so many parts stand."""
    command = [sys.executable, "-c", CODE, str(root / "press"), str(root / name), str(workers)]
    begun, most = time.monotonic(), 0
    with subprocess.Popen(command, start_new_session=True) as process:
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            if until is not None and _parts(root / name) >= until:
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(PULSE)
    expected = 0 if until is None else -signal.SIGKILL
    if process.returncode != expected:
        raise SystemExit(f"the run ended with {process.returncode}, not {expected}")
    return Ran(time.monotonic() - begun, most, _parts(root / name))


def _make(folder: Path, count: int) -> int:
    """Write the pages, a thousand to a folder."""
    size = 0
    for number, page in enumerate(pages(count)):
        file = folder / f"{number // A_FOLDER:04}" / f"{number:07}.txt"
        if not number % A_FOLDER:
            file.parent.mkdir(parents=True, exist_ok=True)
        size += file.write_bytes(page.encode())
    return size


def _parts(folder: Path) -> int:
    try:
        return (folder / "manifest.jsonl").read_bytes().count(b'{"record":"part"')
    except FileNotFoundError:
        return 0


def _memory(group: int) -> int:
    """The resident bytes of all processes of a group."""
    pages = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((process / "stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()[2]) == group:
                pages += int((process / "statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for file in folder.rglob("*"):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
