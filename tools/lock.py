"""Write the locks: every package that a command installs, at one version, with its hashes and without a host.

A lock names every package that is reached, so it can be installed with ``--no-deps``: nothing is resolved, and what is
released later changes nothing. Packages reached with an extra are written with it, so that installers that do resolve
(Binder's pip) look for no newer release either.

With UPGRADE=1 in the environment newer versions are taken; without it only what pyproject.toml asks for changes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
MAIN = "requirements.txt"
# Extras that are not part of the project's environment: other software to measure against.
APART = {"bench"}
OPTIONS = (
    *("--generate-hashes", "--no-strip-extras", "--no-header", "--no-annotate", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links"),
)
# pip before 23.3 takes "html-clean" and the "html_clean" of the package's own metadata for two extras, and stops.
RESPELLED = {"[html-clean]": "[html_clean]"}


class Lock(NamedTuple):
    """A lock: its file, and what is asked of the resolver beside OPTIONS."""

    path: str
    wanted: tuple[str, ...]
    says: str


def locks() -> list[Lock]:
    """Return the locks in the order in which they are written; all after the first follow it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = [extra for extra in project["project"]["optional-dependencies"] if extra not in APART]
    everywhere = ("--universal", "--python-version", "3.11")
    follows = (*everywhere, "--constraint", MAIN)
    named = tuple(word for extra in extras for word in ("--extra", extra))
    return [
        Lock(MAIN, ("pyproject.toml", *everywhere, *named), f"all extras but {', '.join(sorted(APART))}"),
        Lock("requirements-lab.txt", ("--group", "lab", *follows), "the group lab"),
        Lock("benchmarks/requirements.txt", ("pyproject.toml", "--extra", "bench", *follows), "the extra bench"),
        Lock("benchmarks/model.txt", ("--group", "model", "--no-deps", "--python-version", "3.12"), "spaCy's model"),
        Lock("tools/fuzz/requirements.txt", ("--group", "fuzz", *everywhere), "the group fuzz"),
        Lock("tools/validators/requirements.txt", ("--group", "validators", *everywhere), "the group validators"),
        Lock("tools/audit/requirements.txt", ("--group", "audit", *everywhere), "the group audit"),
    ]


def write(lock: Lock, *, upgrade: bool) -> None:
    """Work out one lock and write it."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *lock.wanted, *OPTIONS, "--output-file", lock.path]
    subprocess.run([*command, *(["--upgrade"] if upgrade else [])], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    path = ROOT / lock.path
    text = path.read_text("utf-8")
    for written, known in RESPELLED.items():
        text = text.replace(written, known)
    path.write_text(text, "utf-8", newline="\n")


def main() -> int:
    """Write every lock and say so."""
    for lock in locks():
        print(f"lock: writing {lock.path} for {lock.says}", flush=True)
        try:
            write(lock, upgrade=bool(os.environ.get("UPGRADE")))
        except subprocess.CalledProcessError:
            print(f"lock: {lock.path} could not be worked out, see above; it is as before", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
