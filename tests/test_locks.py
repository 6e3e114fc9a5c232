"""The locks hold whatever is released later: everything that is reached is pinned, with its extras and its hashes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import lock

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
PIN = re.compile(
    r"(?m)^(?P<requirement>[A-Za-z0-9][^\\\n]*?) \\\n(?P<hashes>(?: +--hash=sha256:[0-9a-f]{64}(?: \\\n)?)+)\n?"
)
# In pieces, so that this file is not itself found by who looks for such a line.
HOST = re.compile("https?:|file:|--(?:" + "|".join(("extra-index-url", "index-" + "url", "find-" + "links")) + ")")

Pins = Mapping[str, list[Requirement]]
Needs = Callable[[str], Iterable[str] | None]


LOCKS = [lock.path for lock in lock.locks()]


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def pins(text: str) -> dict[str, list[Requirement]]:
    """Read a lock: the requirements of each package. A package may have one for each range of Python."""
    found: dict[str, list[Requirement]] = {}
    for pin in PIN.finditer(text):
        requirement = Requirement(pin["requirement"])
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def extras_of(requirement: Requirement) -> set[str]:
    return {canonicalize_name(extra) for extra in requirement.extras}


def pythons(*versions: str) -> list[dict[str, str]]:
    """Return what markers ask of the Pythons that a lock is for, on this platform."""
    return [{"python_version": version, "python_full_version": f"{version}.5"} for version in versions]


PYTHONS = pythons("3.11", "3.12", "3.13", "3.14")


def here(pinned: Iterable[Requirement], python: Mapping[str, str]) -> list[Requirement]:
    return [one for one in pinned if one.marker is None or one.marker.evaluate(dict(python))]


def loose(wanted: Iterable[str], locked: Pins, needs: Needs, python: Mapping[str, str] = PYTHONS[0]) -> list[str]:
    """Walk from what is wanted to all that is reached, and return what the lock leaves to the day of installation."""
    faults: list[str] = []
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(Requirement(one), "pyproject.toml", "") for one in wanted]
    while waiting:
        asked, by, extra = waiting.pop()
        if asked.marker and not asked.marker.evaluate({**python, "extra": extra}):
            continue
        name, extras = canonicalize_name(asked.name), extras_of(asked)
        pinned = next(iter(here(locked.get(name, []), python)), None)
        if pinned is None:
            faults.append(f"{by} asks for {asked}, which is not pinned")
        elif not extras <= extras_of(pinned):
            faults.append(f"{by} asks for {asked}, which is pinned without the extra: {pinned}")
        elif not asked.specifier.contains(str(pinned.specifier).removeprefix("=="), prereleases=True):
            faults.append(f"{by} asks for {asked}, which is pinned at another version: {pinned}")
        elif (name, frozenset(extras)) not in seen:
            seen.add((name, frozenset(extras)))
            further = [(Requirement(one), name) for one in needs(name) or ()]
            waiting += [(one, by, each) for one, by in further for each in ("", *extras)]
    return faults


def installed(name: str) -> list[str] | None:
    """Return what an installed package asks for; None for one that is not installed here."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return None


def wanted_of_the_main_lock() -> list[str]:
    named = [one for extra, wanted in EXTRAS.items() if extra != "bench" for one in wanted]
    return [*PROJECT["project"]["dependencies"], *named]


@pytest.mark.parametrize("path", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed_and_names_no_host(path: str) -> None:
    text = read(path)
    assert PIN.sub("", text) == ""
    assert not HOST.search(text)
    for requirement in (one for pinned in pins(text).values() for one in pinned):
        assert re.fullmatch(r"==[\w.!+]+", str(requirement.specifier)), requirement


@pytest.mark.parametrize("python", PYTHONS, ids=lambda python: python["python_version"])
def test_nothing_that_is_reached_is_left_to_the_day_of_installation(python: dict[str, str]) -> None:
    assert loose(wanted_of_the_main_lock(), pins(read("requirements.txt")), installed, python) == []


@pytest.mark.parametrize("python", PYTHONS, ids=lambda python: python["python_version"])
@pytest.mark.parametrize("path", LOCKS)
def test_no_package_is_pinned_twice_for_one_python(path: str, python: dict[str, str]) -> None:
    twice = [name for name, pinned in pins(read(path)).items() if len(here(pinned, python)) > 1]
    assert twice == []


def test_the_walk_reaches_what_is_installed() -> None:
    locked = pins(read("requirements.txt"))
    unknown = [name for name, pinned in locked.items() if here(pinned, {}) and installed(name) is None]
    assert unknown == [], "packages of the lock are missing here: run make setup"


NEEDS = {"pytest-cov": ["coverage[toml]>=7"], "coverage": ['tomli>=1; extra == "toml"'], "tomli": []}
SOUND = ["pytest-cov==7.1", "coverage[toml]==7.17", "tomli==2"]


@pytest.mark.parametrize(
    ("lock", "fault"),
    [
        (SOUND, None),
        (["pytest-cov==7.1", "coverage==7.17", "tomli==2"], "pinned without the extra: coverage==7.17"),
        (["pytest-cov==7.1", "coverage[toml]==7.17"], "coverage asks for tomli>=1"),
        (["pytest-cov==7.1", "coverage[toml]==6.5", "tomli==2"], "pinned at another version: coverage[toml]==6.5"),
        (["coverage[toml]==7.17", "tomli==2"], "pyproject.toml asks for pytest-cov>=7, which is not pinned"),
        ([*SOUND[:2], 'tomli==2; python_version < "3"'], "coverage asks for tomli>=1"),
    ],
)
def test_a_loose_requirement_is_seen(lock: list[str], fault: str | None) -> None:
    hashed = "".join(f"{one} \\\n    --hash=sha256:{'0' * 64}\n" for one in lock)
    faults = loose(["pytest-cov>=7"], pins(hashed), NEEDS.get)
    assert bool(faults) == (fault is not None)
    assert fault is None or fault in faults[0]


# Installed beside nothing else, so that they may ask for other versions.
APART = {"tools/validators/requirements.txt", "tools/audit/requirements.txt"}


@pytest.mark.parametrize("path", [path for path in LOCKS[1:] if path not in APART])
def test_locks_for_one_environment_agree(path: str) -> None:
    main = pins(read("requirements.txt"))
    for name, pinned in pins(read(path)).items():
        if name in main:
            assert {str(one.specifier) for one in pinned} <= {str(one.specifier) for one in main[name]}, name


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("requirements-lab.txt", GROUPS["lab"]),
        ("benchmarks/requirements.txt", EXTRAS["bench"]),
        ("benchmarks/model.txt", GROUPS["model"]),
        ("tools/fuzz/requirements.txt", GROUPS["fuzz"]),
        ("tools/validators/requirements.txt", GROUPS["validators"]),
        ("tools/audit/requirements.txt", GROUPS["audit"]),
    ],
)
def test_a_lock_holds_what_pyproject_asks_for(path: str, wanted: list[str]) -> None:
    assert loose(wanted, pins(read(path)), lambda _: None) == []


def test_every_install_of_the_makefile_is_from_a_lock() -> None:
    """An install that names a package or a range takes what is newest on the day it runs."""
    lines = [line.strip() for line in read("Makefile").splitlines() if re.search(r"\bpip install\b|\bINSTALL\b", line)]
    given = [re.search(r"-r (\S+)|-e \.", line) for line in lines if not line.startswith("INSTALL :=")]
    assert all(given), lines
    assert {one[1] for one in given if one and one[1]} == set(LOCKS)
    options = next(line for line in lines if line.startswith("INSTALL :="))
    assert {"--no-deps", "--require-hashes", "--only-binary"} <= set(options.split())


def test_binder_installs_the_lock_without_resolving() -> None:
    assert "pip install --no-deps --require-hashes --only-binary :all: -r requirements.txt" in read(".binder/postBuild")
    assert not (ROOT / ".binder" / "requirements.txt").exists()


def identity(*command: str) -> int:
    return subprocess.run(["sh", "tools/make-venv.sh", "--check", *command], cwd=ROOT, check=False).returncode


def test_an_environment_of_another_python_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON", sys.executable)
    assert identity(sys.prefix) == 0
    other = tmp_path / "with space" / "bin" / "python"
    other.parent.mkdir(parents=True)
    other.write_text("#!/bin/sh\necho '(3, 11, 0) /elsewhere'\n", "utf-8")
    other.chmod(0o755)
    assert identity(str(other.parents[1])) == 1
    monkeypatch.setenv("PYTHON", str(tmp_path / "no-python"))
    assert identity(sys.prefix) == 1


def test_an_editable_install_names_its_folder_in_no_pth(tmp_path: Path) -> None:
    """Python 3.11 and 3.12 read a .pth in the encoding of the locale: under LC_ALL=C other letters would stop them."""
    build = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, capture_output=True, check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        paths = [wheel.read(name) for name in wheel.namelist() if name.endswith(".pth")]
    assert paths == [b"import _editable_impl_press_clippings"]


@pytest.mark.parametrize("name", ["PIP_PREFIX", "PIP_TARGET", "PIP_ROOT", "PIP_CONSTRAINT", "PIP_DRY_RUN"])
def test_a_setting_of_pip_does_not_change_what_is_installed(name: str, tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    (tmp_path / "show.mk").write_text(f"include Makefile\nshow:\n\t@echo [$${name}] [$$PIP_USER]\n", "utf-8")
    command = ["make", "-s", "-f", "show.mk", "show"]
    environment = {**os.environ, name: "elsewhere", "PIP_USER": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[] [0]\n"


def test_actions_are_pinned_by_the_hash_of_a_commit() -> None:
    """A tag can be moved to other code after it was read."""
    used = re.findall(r"(?m)^ *(?:- )?uses: (.+)$", read(".github/workflows/ci.yml"))
    assert len(used) >= 5
    assert [use for use in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)] == []
