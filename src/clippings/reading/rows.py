"""The rows of a frame as pages."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from clippings.arguments import ArgumentError
from clippings.reading import keys, metadata
from clippings.reading.archives import RawPage
from clippings.reading.source import refusal

if TYPE_CHECKING:
    import pandas as pd

NAMED = ("title", "date", "outlet", "byline", "url")
"""The arguments of ``read_frame`` that name a column; a column called so is taken where none is named."""
_TOGETHER = 1_000


def pages(frame: pd.DataFrame, text: str, id: str | None, named: Mapping[str, str | None]) -> Iterator[RawPage]:  # noqa: A002
    """Yield the rows of a frame as pages, each under a key of its own; the arguments are those of ``read_frame``.

    Raises:
        ArgumentError: ``text`` names no column.
        KeyError: the frame has no such column.
        TypeError: it is no frame.
        ValueError: it has two such columns.
    """
    if not hasattr(frame, "columns"):
        raise TypeError(f"read_frame needs a frame, not {type(frame).__name__}; make one with pandas.DataFrame")
    if text is None:
        raise ArgumentError("text must name the column of the texts, and is None; give text= one of the columns")
    for argument, column in (("text", text), ("id", id), *named.items()):
        if column is not None and column not in frame.columns:
            raise KeyError(_missing(frame, argument, column))
        if column is not None and list(frame.columns).count(column) > 1:
            raise ValueError(
                f"the frame has more than one column {column!r}, which {argument} names; rename one of them"
            )
    names = frame.index if id is None else frame[id]
    told = _told(frame, (text, id), {argument: column for argument, column in named.items() if column is not None})
    cells = _cells(told) if len(told.columns) else itertools.repeat({}, len(frame))
    texts = zip(names, frame[text], cells, strict=True)
    return keys.unique(_row(number, *row) for number, row in enumerate(texts, 1))


def _told(frame: pd.DataFrame, read: Sequence[str | None], named: Mapping[str, str]) -> pd.DataFrame:
    """What stands beside the texts, by the names of arguments; a column of such a name that is not meant is another."""
    used = [column for column in {*read, *named.values()} if column is not None]
    rest = frame.drop(columns=used).rename(columns={argument: f"given_{argument}" for argument in named})
    return rest.assign(**{argument: frame[column] for argument, column in named.items()})


def _cells(frame: pd.DataFrame) -> Iterator[Mapping[Any, Any]]:
    """The cells of each row, of some rows at a time, as they take many times the room of the frame."""
    for at in range(0, len(frame), _TOGETHER):
        yield from frame.iloc[at : at + _TOGETHER].to_dict("records")


def _missing(frame: pd.DataFrame, argument: str, column: str) -> str:
    remedy = " or id=None, which takes the index" if argument == "id" else ""
    names = ", ".join(map(str, frame.columns)) or "none"
    return (
        f"read_frame needs the column {column!r}, which its argument {argument} names, and the frame has none; "
        f"give {argument}= one of its columns{remedy} (there are: {names})"
    )


def _row(number: int, name: object, words: object, cells: Mapping[Any, Any]) -> RawPage:
    named = metadata.plain({"id": name}).get("id")
    # A column of whole numbers with a gap is one of floats.
    named = int(named) if isinstance(named, float) and named.is_integer() else named
    shown = f"row {number}" if named is None else str(named)
    return RawPage(shown, functools.partial(_words, shown, words), shown, "row", (), metadata.plain(cells))


def _words(name: str, words: object) -> str:
    if not isinstance(words, str) or not words:
        raise refusal("CLP115", name)
    return words
