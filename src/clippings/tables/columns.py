"""What every column of every frame means, when it is empty and what it may hold: the text of ``columns.yaml``.

What a rule of attribution means stands with the rules, in ``layers/quotes/rules.yaml``.
"""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import TypeVar

import msgspec
import pandas as pd

from clippings.tables.frames import SCHEMA

T = TypeVar("T")


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value of a closed list: what it means, and a text in which the library finds it."""

    meaning: str
    example: str = ""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column: what it means, when it is empty, and the values it may hold where they are a closed list."""

    meaning: str
    empty: str
    values: dict[str, Value] = {}


class _Rules(msgspec.Struct, frozen=True):
    names: dict[str, Value]


class Described(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A frame: what one row of it is, and its columns in order."""

    row: str
    columns: dict[str, Column]


@functools.cache
def described() -> dict[str, Described]:
    """Return the descriptions of all frames, by name.

    >>> described()["quotes"].row
    'a run between quotation marks, or what a source is reported to say without them'
    """
    frames = msgspec.yaml.decode(files(__package__).joinpath("columns.yaml").read_bytes(), type=dict[str, Described])
    rules = files("clippings.layers.quotes").joinpath("rules.yaml").read_bytes()
    column = frames["quotes"].columns["rule"]
    column = msgspec.structs.replace(column, values=msgspec.yaml.decode(rules, type=_Rules).names)
    quotes = msgspec.structs.replace(frames["quotes"], columns=frames["quotes"].columns | {"rule": column})
    return frames | {"quotes": quotes}


def describe(frame: str, column: str | None = None) -> pd.DataFrame:
    """Say what the columns of a frame hold, or the values of one column.

    Args:
        frame: the name of a frame, such as ``quotes``.
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
    columns = _known(frame, described(), "frame").columns
    if column is None:
        told = [(name, SCHEMA[frame][name], c.meaning, c.empty, "; ".join(c.values)) for name, c in columns.items()]
        return pd.DataFrame(told, columns=["column", "type", "meaning", "empty", "values"])
    closed = {name: c for name, c in columns.items() if c.values}
    values = _known(column, closed, f"column of {frame} with a list of values").values
    rows = [(name, value.meaning, value.example) for name, value in values.items()]
    return pd.DataFrame(rows, columns=["value", "meaning", "example"])


def _known(name: str, among: dict[str, T], what: str) -> T:
    if name not in among:
        raise KeyError(f"no {what} is called {name!r}; there are: {', '.join(among) or 'none'}")
    return among[name]
