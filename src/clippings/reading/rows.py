"""The rows of a frame as pages."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from clippings import diagnostics
from clippings.reading import keys
from clippings.reading.archives import Page
from clippings.reading.source import SourceError

if TYPE_CHECKING:
    import pandas as pd


def pages(frame: pd.DataFrame, text: str, id: str | None) -> Iterator[Page]:  # noqa: A002
    """Yield the rows of a frame as pages, each under a key of its own; the arguments are those of ``read_frame``."""
    for argument, column in (("text", text), ("id", id)):
        if column is not None and column not in frame.columns:
            raise KeyError(_missing(frame, argument, column))
    names = frame.index if id is None else frame[id]
    return keys.unique(_row(str(name), words) for name, words in zip(names, frame[text], strict=True))


def _missing(frame: pd.DataFrame, argument: str, column: str) -> str:
    remedy = " or id=None, which takes the index" if argument == "id" else ""
    names = ", ".join(map(str, frame.columns)) or "none"
    return (
        f"read_frame needs the column {column!r}, which its argument {argument} names, and the frame has none; "
        f"give {argument}= one of its columns{remedy} (there are: {names})"
    )


def _row(name: str, words: object) -> Page:
    return Page(name, functools.partial(_words, name, words), name, "row")


def _words(name: str, words: object) -> str:
    if not isinstance(words, str) or not words:
        raise SourceError(diagnostics.make("CLP115", file=name))
    return words
