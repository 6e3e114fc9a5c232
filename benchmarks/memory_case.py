"""Do one thing in a process of its own, whose peak memory is measured from outside.

Usage: memory_case.py CASE FOLDER
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path


def main() -> None:
    """Run the case over the files of a folder."""
    _, case, folder = sys.argv
    CASES[case](Path(folder))


def _imports(_folder: Path) -> None:
    import pandas  # noqa: F401

    with contextlib.suppress(ImportError):
        import pyarrow.parquet  # noqa: F401


def _parse(folder: Path) -> None:
    import clippings as cl

    _imports(folder)
    for path in sorted(folder.iterdir()):
        cl.parse(path.read_text("utf-8"), path=str(path))


def _read(folder: Path) -> None:
    import clippings as cl

    _imports(folder)
    cl.read(folder)


def _annotate(folder: Path) -> None:
    import clippings as cl

    _imports(folder)
    cl.read(folder).annotate()


def _frames(folder: Path) -> None:
    import ours

    import clippings as cl

    _imports(folder)
    ours.in_frames(cl.read(folder).annotate())


CASES = {
    "pandas and pyarrow": _imports,
    "parse one after another": _parse,
    "read and keep": _read,
    "annotate and keep": _annotate,
    "frames of all": _frames,
}

if __name__ == "__main__":
    main()
