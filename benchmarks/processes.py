"""What a process of its own costs, and the steps that are hardly more than its start."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from steps import NO_DATA, Measured, Step

HERE = Path(__file__).parent
# Where Python may not keep what it compiles, a process does little else.
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
BARE, PANDAS, LIBRARY = "python -c pass", "import pandas", "import clippings"
STARTS = {
    BARE: ["-c", "pass"],
    "clippings --version": ["-m", "clippings", "--version"],
    "clippings --help": ["-m", "clippings", "--help"],
    "clippings parse PAGE": ["-m", "clippings", "parse", "PAGE"],
    "clippings annotate PAGE": ["-m", "clippings", "annotate", "PAGE"],
}
IMPORTS = (PANDAS, LIBRARY, "from clippings import read")
# Without the start of Python itself, which is several times as long as a light import.
IMPORT = "import time; begun = time.process_time(); {}; print(time.process_time() - begun)"


class Cost(NamedTuple):
    """Processor seconds, seconds of the clock, and peak memory in bytes of one process."""

    seconds: float
    clock: float
    peak: int


class FailedError(Exception):
    """A process that was to be measured failed."""


def watch(command: Sequence[str]) -> Cost:
    """Run a command in a process of its own and return what it cost.

    Raises:
        FailedError: it failed; the message ends with the last line of what it wrote to standard error.
    """
    launched = [sys.executable, "-I", "-S", str(HERE / "launch.py"), *command]
    done = subprocess.run(launched, env=COMPILED, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FailedError(f"{' '.join(command)}: {done.stderr.strip().rpartition(chr(10))[2]}")
    return Cost(**json.loads(done.stdout))


def starting(page: Path, runs: int) -> list[Measured]:
    """Return the processor seconds of whole processes that do next to nothing, and of imports in a fresh process."""
    commands = {
        name: [sys.executable, *(str(page) if word == "PAGE" else word for word in words)]
        for name, words in STARTS.items()
    }
    times: dict[str, list[float]] = {name: [] for name in [*STARTS, *IMPORTS]}
    for _ in range(runs + 1):
        for name, command in commands.items():
            times[name].append(watch(command).seconds)
        for statement in IMPORTS:
            times[statement].append(import_seconds(statement))
    # The first round writes what Python compiles.
    return [Measured(_step(name), taken[1:]) for name, taken in times.items()]


def import_seconds(statement: str) -> float:
    """Return the processor seconds that an import takes in a process of its own."""
    command = [sys.executable, "-c", IMPORT.format(statement)]
    return float(subprocess.run(command, env=COMPILED, capture_output=True, text=True, check=True).stdout)


def _step(name: str) -> Step:
    if name in IMPORTS:
        against = "" if name == PANDAS else f"pandas: {PANDAS}"
    else:
        against = "" if name == BARE else f"Python: {BARE}"
    return Step("start", name, against=against, data=NO_DATA, **_system(name))


def _system(name: str) -> dict[str, str]:
    if name == BARE:
        return {"system": "Python", "version": platform.python_version()}
    return {"system": "pandas", "version": metadata.version("pandas")} if name == PANDAS else {}
