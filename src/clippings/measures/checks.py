"""What a measure asks of the frames and numbers it is given, and what it says where they do not fit."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from types import ModuleType

import pandas as pd

from clippings import arguments, release
from clippings.arguments import ArgumentError, MissingColumn

KEY = ["id", "item"]
Columns = str | Sequence[str]


def require(frame: pd.DataFrame, columns: Iterable[str], name: str) -> None:
    """Refuse a frame that lacks one of the columns.

    Args:
        frame: what a user gave.
        columns: the columns it must have.
        name: what the function calls that frame.

    Raises:
        ArgumentError: ``frame`` is not a DataFrame.
        MissingColumn: a column is not there.

    >>> require(pd.DataFrame({"txt": []}), ["text"], "texts")
    Traceback (most recent call last):
    clippings.arguments.MissingColumn: texts has no column 'text', only txt; did you mean 'txt'?
    """
    if not isinstance(frame, pd.DataFrame):
        raise ArgumentError(
            f"{name} must be a DataFrame, not {type(frame).__name__}; give a frame, such as corpus.texts"
        )
    for column in columns:
        if column not in frame.columns:
            raise MissingColumn(name, column, frame.columns)


def texts_of(frame: pd.DataFrame, name: str) -> list[str]:
    """Return the column ``text`` of a frame.

    Raises:
        MissingColumn: there is no such column.
        ValueError: a value is missing or no string.

    >>> texts_of(pd.DataFrame({"text": ["Minsk", 5]}), "texts")
    Traceback (most recent call last):
    ValueError: texts: the column 'text' holds 5 in row 1, where a string must be; leave such rows out
    """
    require(frame, ["text"], name)
    texts = frame["text"].tolist()
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(
                f"{name}: the column 'text' holds {text!r} in row {row}, where a string must be; leave such rows out"
            )
    return texts


def places_of(frame: pd.DataFrame, column: str, name: str) -> list[int]:
    """Return a column of places in a text.

    Raises:
        MissingColumn: there is no such column.
        ValueError: a value is missing or no whole number.

    >>> places_of(pd.DataFrame({"start": [0, None]}), "start", "marks")
    Traceback (most recent call last):
    ValueError: marks: the column 'start' holds nan in row 1, where a whole number must be; leave such rows out
    """
    require(frame, [column], name)
    places = frame[column].tolist()
    for row, place in enumerate(places):
        if not isinstance(place, Integral) and not (isinstance(place, float) and place.is_integer()):
            raise ValueError(
                f"{name}: the column {column!r} holds {place!r} in row {row}, where a whole number must be; "
                "leave such rows out"
            )
    return [int(place) for place in places]


def flags_of(frame: pd.DataFrame, column: str) -> list[int]:
    """Return a column of true and false as 1 and 0.

    Raises:
        MissingColumn: there is no such column.
        ValueError: it holds something else.

    >>> flags_of(pd.DataFrame({"quoted": [True, False]}), "quoted")
    [1, 0]
    """
    require(frame, [column], "frame")
    values = frame[column].tolist()
    if not set(values) <= {0, 1}:
        wrong = next(value for value in values if value not in (0, 1))
        raise ValueError(f"frame: the column {column!r} holds {wrong!r}, where true or false must be")
    return [int(value) for value in values]


def listed(columns: Columns | None) -> list[str]:
    """Return one name, several or none as a list.

    >>> listed("publisher"), listed(["id", "item"]), listed(None)
    (['publisher'], ['id', 'item'], [])
    """
    if columns is None:
        return []
    if not isinstance(columns, str):
        arguments.several("columns", columns, str, "give the name of a column, or a list of names")
    return [columns] if isinstance(columns, str) else list(columns)


def share(name: str, value: float) -> None:
    """Refuse a number that does not lie between 0 and 1.

    >>> share("confidence", 95)
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: confidence must be a number between 0 and 1, not 95
    """
    if not isinstance(value, Real) or not 0 < value < 1:
        raise ArgumentError(f"{name} must be a number between 0 and 1, not {value!r}")


def need(module: str) -> ModuleType:
    """Import a module of the extra ``measures``.

    Raises:
        ImportError: it is not installed; the message says how to install it.

    >>> need("math").pi > 3
    True
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise release.missing(module, "measures") from error
