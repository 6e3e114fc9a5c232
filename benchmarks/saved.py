"""Saved HTML pages: those of the archive by their visible text, those of other sites by an extractor."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

import generated
import walls
from ours import READ
from steps import OURS, Step, over

import clippings as cl

ARCHIVE, OTHER = "archive HTML", "news HTML"


def steps(texts: Sequence[str], folder: Path) -> Iterator[Step]:
    """Yield reading of both kinds, with their walls and with trafilatura on the same pages."""
    kinds = {
        ARCHIVE: [generated.saved(text) for text in texts],
        OTHER: [generated.saved(generated.article(text), archive=False) for text in texts],
    }
    for data, markup in kinds.items():
        target = folder / data
        write(markup, target, "html")
        yield from walls.reading(markup, target, data)
        yield _read(target, data, markup)
        yield from _extractor(markup, data)


def write(texts: Sequence[str], folder: Path, suffix: str = "txt") -> None:
    """Write texts as files of a new folder, named so that they sort in their order."""
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:06}.{suffix}").write_text(text, "utf-8")


def _read(folder: Path, data: str, markup: Sequence[str]) -> Step:
    against = f"Python: {walls.READ} ({data})"
    return Step("library", READ, lambda: cl.read(folder), against=against, data=data, **over(markup))


def _extractor(markup: Sequence[str], data: str) -> Iterator[Step]:
    try:
        extractor = importlib.import_module("trafilatura")
    except ImportError:
        print("trafilatura is not installed and left out", file=sys.stderr)
        return
    yield Step(
        "peer",
        "extract article",
        lambda: [extractor.bare_extraction(page) for page in markup],
        against=f"{OURS}: {READ} ({data})",
        system="trafilatura",
        version=metadata.version("trafilatura"),
        data=data,
        note="bare_extraction, its own settings; markup read beforehand",
        **over(markup),
    )
