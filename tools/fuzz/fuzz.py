"""Fuzz the reading of pages, guided by coverage.

Usage: fuzz.py [SECONDS]

Starts from the pages of the tests and from what earlier runs found interesting. An input that breaks a law is written
to tests/fuzz/, where it is a test from then on; the run ends with status 1.
"""

from __future__ import annotations

import io
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

with atheris.instrument_imports(include=["clippings"]):
    from reading_target import NAMES, run

    # The package loads its parts when they are asked for; what is loaded here is instrumented.
    from clippings.reading import html, reader  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
FOUND, WORKING = ROOT / "tests" / "fuzz", ROOT / ".cache" / "fuzz"
SECONDS, LONGEST, PATIENCE = 600, 8_192, 25


def main() -> None:
    """Write the seeds and run."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    WORKING.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (WORKING / f"seed-{number:03}").write_bytes(seed)
    warnings.simplefilter("ignore")
    options = (f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={PATIENCE}", "-rss_limit_mb=4096")
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={FOUND}/", str(WORKING), str(FOUND)], run)
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
