"""Fuzz the reading of pages, or of another kind of file, guided by coverage.

Usage: fuzz.py [SECONDS] [pages|codebook|metadata|documents|lines|tables|review|verdicts]

Starts from sound inputs and from what earlier runs found interesting. An input that breaks a law is written to
tests/fuzz/, those of another kind than pages to a folder of that name in it, where it is a test from then on; the run
ends with status 1.
"""

from __future__ import annotations

import importlib
import io
import pkgutil
import sys
import tarfile
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("fuzz: atheris is not installed; make fuzz installs it")

import clippings

with atheris.instrument_imports(include=["clippings"]):
    # The package loads its parts when they are asked for; what is loaded here is instrumented.
    for module in pkgutil.walk_packages(clippings.__path__, "clippings."):
        if module.name != "clippings.__main__":
            importlib.import_module(module.name)
    import files_target
    from reading_target import NAMES, run

ROOT = Path(__file__).resolve().parents[2]
FOUND, WORKING = ROOT / "tests" / "fuzz", ROOT / ".cache" / "fuzz"
SECONDS, LONGEST, PATIENCE = 600, 8_192, 25
PAGES = "pages"


def main() -> None:
    """Write the seeds and run."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    kind = sys.argv[2] if len(sys.argv) > 2 else PAGES
    if kind not in (PAGES, *files_target.TARGETS):
        sys.exit(f"fuzz: no kind {kind!r}; there are {', '.join((PAGES, *files_target.TARGETS))}")
    is_page = kind == PAGES
    target, sound = (run, seeds()) if is_page else (files_target.TARGETS[kind], files_target.seeds(kind))
    # The fuzzer reads a folder with all that is in it: each kind has its own.
    found, working = FOUND if is_page else FOUND / kind, WORKING / kind
    for folder in (found, working):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(sound):
        (working / f"seed-{number:03}").write_bytes(seed)
    warnings.simplefilter("ignore")
    options = (f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={PATIENCE}", "-rss_limit_mb=4096")
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={found}/", str(working), str(found)], target)
    atheris.Fuzz()


def seeds() -> Iterator[bytes]:
    """Yield the pages of the tests, as text and in each of the other ways."""
    pages = [path.read_bytes() for path in sorted((ROOT / "tests" / "zoo").glob("*.txt"))]
    for page in pages:
        yield bytes([0]) + page
    short = min(pages, key=len)
    paragraphs = b"<p>".join(b"<b>" + line + b"</b><br><br>" for line in short.splitlines())
    mime = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n"
    for number, name in enumerate(NAMES):
        packed = {".html": paragraphs, ".mht": mime + paragraphs}.get(name[name.rfind(".") :])
        yield bytes([number]) + (packed or packed_as(name, short))


def packed_as(name: str, page: bytes) -> bytes:
    """Pack a page as the archive its name announces."""
    packed = io.BytesIO()
    if name.endswith(".zip"):
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("112007-14.txt", page)
    elif ".tar" in name:
        kind = {"tar": "w:", ".gz": "w:gz", ".xz": "w:xz"}[name[-3:]]
        with tarfile.open(fileobj=packed, mode=kind) as archive:
            member = tarfile.TarInfo("112007-14.txt")
            member.size = len(page)
            archive.addfile(member, io.BytesIO(page))
    return packed.getvalue() or page


if __name__ == "__main__":
    main()
