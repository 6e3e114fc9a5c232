"""The ways to run the book again: what how-to-use names is there, and Binder finds what it installs from."""

import argparse
import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from clippings.cli import _parser

BASH = re.compile(r"```bash\n(.*?)```", re.DOTALL)
HEADERS = re.compile(r"Programming Language :: Python :: (3\.\d+)")


@pytest.fixture(scope="module")
def commands(book: Path) -> list[list[str]]:
    blocks = BASH.findall((book / "how-to-use.md").read_text("utf-8"))
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines() if line.strip()]


def test_every_target_of_make_is_one(commands: list[list[str]], root: Path, book: Path) -> None:
    targets = set(re.findall(r"(?m)^([a-z0-9-]+):.*## ", (root / "Makefile").read_text("utf-8")))
    named = {command[1] for command in commands if command[0] == "make"}
    named |= set(re.findall(r"`make ([a-z0-9-]+)", (book / "how-to-use.md").read_text("utf-8")))
    assert named >= {"book", "test", "refresh", "vault", "wheel", "lab"}
    assert named <= targets


def test_every_command_is_one_that_the_library_takes(commands: list[list[str]]) -> None:
    given = [command[1:] for command in commands if command[0] == "clippings"]
    assert len(given) > 3
    for arguments in given:
        assert isinstance(_parser.parser().parse_args(arguments), argparse.Namespace), arguments


def test_every_extra_that_is_named_is_one(root: Path, book: Path) -> None:
    extras = set(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"])
    text = (book / "how-to-use.md").read_text("utf-8")
    [listed] = re.findall(r"Extras add what single jobs need: (.*?)To install one:", text, re.DOTALL)
    named = set(re.findall(r"`(\w+)`", listed)) | set(re.findall(r"the extra `(\w+)`", text))
    assert named >= {"html", "documents", "measures", "interchange", "fetch"}
    assert named <= extras


def test_binder_has_a_python_that_the_library_supports(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    supported = HEADERS.findall("\n".join(project["classifiers"]))
    [name] = (root / ".binder" / "runtime.txt").read_text("utf-8").split()
    assert name.removeprefix("python-") in supported
    assert "3.11" in supported


def test_binder_installs_what_is_in_the_repository(root: Path) -> None:
    script = root / ".binder" / "postBuild"
    lines = [shlex.split(line) for line in script.read_text("utf-8").splitlines()[1:]]
    assert script.stat().st_mode & 0o111 or sys.platform == "win32"
    assert lines[0] == ["set", "-eu"]
    installs = [line for line in lines if line[:4] == ["python", "-m", "pip", "install"]]
    files = [line[line.index("-r") + 1] for line in installs if "-r" in line]
    assert files == ["requirements.txt"]
    assert all((root / name).is_file() for name in files)
    assert installs[-1][-2:] == ["-e", "."]
    assert {"ipykernel", "matplotlib", "pandas"} <= set(
        re.findall(r"(?m)^([\w-]+)==", (root / "requirements.txt").read_text("utf-8"))
    )


def test_pages_offer_no_service_whose_files_are_not_here(root: Path) -> None:
    """Colab and others have nothing to install from."""
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    assert config["launch_buttons"] == {"notebook_interface": "jupyterlab"}
