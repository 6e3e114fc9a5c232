"""Pack the sources, the data and the locked wheels into one archive for a machine without a network.

Usage: make_vault.py FOLDER PYTHON [PYTHON ...]

The archive holds one folder: the files of the source archive, ``wheels/`` with every wheel of requirements.txt for each
PYTHON on this platform, ``VAULT.md`` that says how to use it, and ``SHA256SUMS`` of all files. Where the Makefile finds
``wheels/`` it installs from there and asks no index. The same sources and wheels make the same archive, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
DOWNLOAD = ("--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.txt"))
IDENTITY = "import json, sys, sysconfig; print(json.dumps([*sys.version_info[:3], sysconfig.get_platform()]))"
# No clock enters the archive: the first moment that a zip or a tar can hold everywhere.
MOMENT = 315532800
README = """# {name}

Sources, data and wheels for {pythons} on {platform}. Nothing here asks a network.

1. Check that nothing was damaged: `sha256sum --check --quiet SHA256SUMS`
2. Build the book: `make book PYTHON=python{first}`
3. Run every test and every notebook: `make test`
4. Compare every notebook with what is stored, byte for byte: `make refresh CHECK=1`

Needed on the machine: make, and one of these Pythons with its venv module.
"""


class VaultError(Exception):
    """The archive could not be made; the message says what to do."""


class Target(NamedTuple):
    """A Python that the wheels are for."""

    python: str
    version: str
    platform: str

    @property
    def tag(self) -> str:
        """Return the tag of its wheels, such as cp311."""
        return f"cp{self.version.replace('.', '')}"


def target(python: str) -> Target:
    """Ask a Python for its version and platform."""
    try:
        said = subprocess.run([python, "-c", IDENTITY], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise VaultError(f"{python} does not run: name Pythons of this machine in VAULT_PYTHONS") from error
    major, minor, _, platform = json.loads(said)
    return Target(python, f"{major}.{minor}", platform.replace("-", "_").replace(".", "_"))


def download(python: str, wheels: Path) -> None:
    """Fetch the wheels of the lock that a Python takes; the lock's hashes are checked."""
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run([python, "-m", "venv", folder], check=False).returncode:
            raise VaultError(f"{python} makes no environment: install its venv module")
        command = [f"{folder}/bin/python", "-m", "pip", "download", *DOWNLOAD, "--dest", str(wheels)]
        if subprocess.run(command, check=False, cwd=ROOT).returncode:
            raise VaultError(f"the wheels for {python} could not be fetched, see above")


def sources() -> dict[str, bytes]:
    """Return the files of the source archive by their names, without its folder."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", folder, str(ROOT)]
        built = subprocess.run(command, capture_output=True, text=True, check=False)
        if built.returncode:
            raise VaultError(f"the source archive could not be built:\n{built.stdout}{built.stderr}")
        with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as archive:
            return {member.name.partition("/")[2]: _read(archive, member) for member in archive if member.isfile()}


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    assert file is not None, member.name
    return file.read()


def pack(path: Path, files: dict[str, bytes]) -> None:
    """Write the archive beside its place and rename it."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    whole = files | {"SHA256SUMS": sums.encode()}
    beside = path.with_name(f".{path.name}.part")
    with tarfile.open(beside, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in sorted(whole.items()):
            member = tarfile.TarInfo(f"{path.stem}/{name}")
            member.size, member.mtime = len(content), MOMENT
            member.mode = 0o755 if content.startswith(b"#!") else 0o644
            archive.addfile(member, io.BytesIO(content))
    beside.replace(path)


def make(folder: Path, pythons: list[str]) -> Path:
    """Make the archive and return its path."""
    targets = sorted({target(python) for python in pythons}, key=lambda one: [int(n) for n in one.version.split(".")])
    if len({one.platform for one in targets}) > 1:
        raise VaultError("the Pythons are of different platforms: make one archive for each")
    files = sources()
    version = files["PKG-INFO"].decode().partition("\nVersion: ")[2].partition("\n")[0]
    name = "-".join(["clippings", version, "vault", *(one.tag for one in targets), targets[0].platform])
    with tempfile.TemporaryDirectory() as wheels:
        for one in targets:
            print(f"vault: fetching the wheels for Python {one.version}", flush=True)
            download(one.python, Path(wheels))
        files |= {f"wheels/{path.name}": path.read_bytes() for path in sorted(Path(wheels).glob("*.whl"))}
    listed = " and ".join(f"Python {one.version}" for one in targets)
    said = README.format(name=name, pythons=listed, platform=targets[0].platform, first=targets[0].version)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.tar"
    pack(path, files | {"VAULT.md": said.encode()})
    return path


def main() -> int:
    """Make the archive and say where it is and how large."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the archive goes")
    parser.add_argument("pythons", nargs="+", help="the Pythons that it is for")
    arguments = parser.parse_args()
    try:
        path = make(arguments.folder, arguments.pythons)
    except VaultError as error:
        print(f"vault: {error}", file=sys.stderr)
        return 1
    print(f"vault: {path}, {path.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
