"""Do one thing in a process of its own, whose peak memory is measured from outside.

Usage: memory_case.py CASE FOLDER
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
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


def _html(folder: Path) -> None:
    import generated

    with tempfile.TemporaryDirectory() as place:
        pages = Path(place) / "pages"
        pages.mkdir()
        for path in sorted(folder.iterdir()):
            article = generated.article(path.read_text("utf-8"))
            (pages / f"{path.stem}.html").write_text(generated.saved(article, archive=False), "utf-8")
        _streamed(pages, place)


def _rows(folder: Path) -> None:
    import pandas as pd

    found = [(path.stem, path.read_text("utf-8")) for path in sorted(folder.iterdir())]
    with tempfile.TemporaryDirectory() as place:
        _streamed(pd.DataFrame(found, columns=["id", "text"]), place)


def _one_page(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "page.txt"
        with page.open("w", encoding="utf-8") as file:
            for path in sorted(folder.iterdir()):
                file.write(path.read_text("utf-8") + "\n\n")
        _streamed(page, place)


def _streamed(source: object, place: str) -> None:
    import clippings as cl

    cl.annotate_to(source, Path(place) / "out", part=100)


CASES = {
    "pandas and pyarrow": _imports,
    "parse one after another": _parse,
    "read and keep": _read,
    "annotate and keep": _annotate,
    "frames of all": _frames,
    "saved HTML, streamed": _html,
    "rows of a frame, streamed": _rows,
    "all texts as one long page, streamed": _one_page,
}

if __name__ == "__main__":
    main()
