"""A frame as a table to read in a notebook; everything shown is escaped."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from clippings.display import Page

_BLANK = "–"
_FLAGS = {True: "yes", False: "no"}
_DAY_CELL = re.compile(r"<td>(\d{4}-\d\d-\d\d)</td>")


def table(frame: pd.DataFrame) -> Page:
    """Return a frame as an HTML table: no index, blanks as a dash.

    Column names are shown with blanks for underscores, days without a time, flags as yes and no.

    >>> import pandas as pd
    >>> "<th>paid by</th>" in table(pd.DataFrame({"paid_by": ["A & B"], "sum": [12]})).html
    True
    """
    shown = pd.DataFrame({_heading(column): _cells(frame[column]) for column in frame.columns})
    with pd.option_context("display.max_colwidth", None):
        drawn = shown.to_html(index=False, escape=True)
    return Page(_DAY_CELL.sub(r'<td style="white-space: nowrap">\1</td>', drawn), f"table of {len(frame)} rows")


def _heading(column: object) -> str:
    return str(column).replace("_", " ")


def _cells(column: pd.Series[Any]) -> pd.Series[Any]:
    shown = column.dt.strftime("%Y-%m-%d") if pd.api.types.is_datetime64_any_dtype(column) else column
    named = shown.map(_FLAGS) if pd.api.types.is_bool_dtype(column) else shown
    return named.astype(object).where(column.notna(), _BLANK)
