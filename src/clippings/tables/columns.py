"""What every column of every frame means, what type it has, when it is empty and what it may hold."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

import msgspec

from clippings import layers, reasons
from clippings.layers.layer import Column, Described, Layer, Value
from clippings.layers.registry import KEPT

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
_SHARED = "shared"
_SPANNED = ("id", "item", "start", "end")


@functools.cache
def described() -> dict[str, Described]:
    """Return the descriptions of all frames, by name: those of pages, then a frame for each layer.

    >>> described()["quotes"].row
    'a run between quotation marks, or what a source is reported to say without them'
    """
    frames = {name: frame for name, frame in _of_pages().items() if name != _SHARED}
    for name, layer in KEPT.items():
        own = layer.described or _described(layer)
        frames[name] = Described(own.row, {**dict.fromkeys(_SPANNED), **own.columns})
    return {name: _whole(frame) for name, frame in frames.items()}


@functools.cache
def of_reviews() -> dict[str, Described]:
    """Return the descriptions of the frames that a review has besides, by name.

    >>> list(of_reviews())
    ['reviews', 'conflicts', 'orphans']
    """
    return {name: _whole(frame) for name, frame in _read("reviews.yaml").items()}


def columns(frame: str) -> dict[str, Column]:
    """Return the columns of a frame, in order.

    >>> list(columns("errata"))
    ['id', 'item', 'start', 'end', 'printed', 'expected', 'rule']
    """
    return {name: column for name, column in (described() | of_reviews())[frame].columns.items() if column}


def describe(frame: str, column: str | None = None) -> pd.DataFrame:
    """Return what the columns of a frame hold, or the values of one column.

    Args:
        frame: the name of a frame, such as ``quotes``, or of one of a review, such as ``orphans``.
        column: a column of it whose values are a closed list, such as ``rule``.

    Returns:
        One row a column: ``column``, ``type``, ``meaning``, ``empty`` (when a cell is null) and ``values``. Of one
        column, one row a value: ``value``, ``meaning`` and ``example``, a text in which the library finds it.

    Raises:
        KeyError: there is no such frame, or no such column with a closed list of values.

    >>> describe("quotes").query("column == 'cue'")[["type", "meaning"]].values.tolist()
    [['str', 'The words that report the speech, mostly a verb.']]
    >>> describe("quotes", "rule").query("value == 'signed'")["example"].item()
    '"We wait for the ministers to come." - Anna Petrova'
    """
    import pandas as pd

    _known(frame, described() | of_reviews(), "frame")
    if column is None:
        rows = [(name, c.type, c.meaning, c.empty, "; ".join(c.values)) for name, c in columns(frame).items()]
        return pd.DataFrame(rows, columns=["column", "type", "meaning", "empty", "values"])
    closed = {name: c for name, c in columns(frame).items() if c.values}
    values = _known(column, closed, f"column of {frame} with a list of values").values
    listed = [(name, value.meaning, value.example) for name, value in values.items()]
    return pd.DataFrame(listed, columns=["value", "meaning", "example"])


def _described(layer: Layer) -> Described:
    return msgspec.yaml.decode(files(layers).joinpath(f"{layer.name}.yaml").read_bytes(), type=Described)


def _read(file: str) -> dict[str, Described]:
    return msgspec.yaml.decode(files(__package__).joinpath(file).read_bytes(), type=dict[str, Described])


@functools.cache
def _of_pages() -> dict[str, Described]:
    return _read("columns.yaml")


def _whole(frame: Described) -> Described:
    """The description with the texts of shared columns filled in."""
    shared = _of_pages()[_SHARED].columns
    return Described(frame.row, {name: _listed(column or shared[name]) for name, column in frame.columns.items()})


def _listed(column: Column | None) -> Column | None:
    if column is None or not column.values_in:
        return column
    values = msgspec.convert(reasons.named(column.values_in), dict[str, Value])
    return msgspec.structs.replace(column, values=values)


def _known(name: str, among: dict[str, T], what: str) -> T:
    if name not in among:
        raise KeyError(f"no {what} is called {name!r}; there are: {', '.join(among) or 'none'}")
    return among[name]
