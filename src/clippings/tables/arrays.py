"""Columns to frames: each column is made of the one type it has, as pandas would look at every cell to find one."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from clippings.hidden import sound


def framed(schema: Mapping[str, str], columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Return a frame of the columns of ``schema``, which names the type of each.

    >>> framed({"name": "str", "start": "Int64"}, {"name": ["Minsk", None], "start": [3, None]}).dtypes.tolist()
    [<StringDtype(na_value=nan)>, Int64Dtype()]
    """
    return pd.DataFrame({column: _ARRAYS[kind](columns[column]) for column, kind in schema.items()}, copy=False)


def _strings(values: Sequence[str | None]) -> Any:
    """Half a surrogate pair fits no UTF-8, in which Arrow holds strings; it is shown as U+FFFD there."""
    try:
        return pd.array(values, dtype="str")
    except UnicodeEncodeError:
        return pd.array([value and sound(value) for value in values], dtype="str")


def _days(values: Sequence[str | None]) -> np.ndarray:
    """Days, or months that stand as their first day, as ISO 8601 writes them."""
    return np.array(values, dtype="datetime64[D]").astype("datetime64[us]")


_ARRAYS: dict[str, Callable[[Sequence[Any]], Any]] = {
    "str": _strings,
    "Int64": functools.partial(pd.array, dtype="Int64"),
    "int64": functools.partial(np.array, dtype="int64"),
    "float64": functools.partial(np.array, dtype="float64"),
    "bool": functools.partial(np.array, dtype="bool"),
    "datetime64[us]": _days,
}
