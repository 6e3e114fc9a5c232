"""A frame as a table to read in a notebook; everything shown is escaped, and only safe addresses become links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from clippings.arguments import ArgumentError
from clippings.display.escaping import href, inline, visible
from clippings.display.pages import Page
from clippings.display.passages import address, place

_BLANK = "–"
_FLAGS = {True: "yes", False: "no"}
_DAY_CELL = re.compile(r"<td>(\d{4}-\d\d-\d\d)</td>")
_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)
_EVIDENCE = ("id", "start", "end")


def table(
    frame: pd.DataFrame, *, links: Mapping[str, str] | None = None, evidence: str | None = None, caption: str = ""
) -> Page:
    """Return a frame as an HTML table: no index, blanks as a dash.

    Column names are shown with blanks for underscores, days without a time, flags as yes and no.

    Args:
        frame: the rows to show.
        links: for a column to be linked, the column that holds its addresses, which is not shown; an address is
            of http or https, or relative. A column may hold its own.
        evidence: a page with annotated clippings, relative to the one the table stands in, or ``""`` for that
            same page. The columns ``id``, ``start`` and ``end`` then show as one, ``passage``, that leads there.
        caption: what the table shows, written above it.

    Raises:
        ArgumentError: ``frame`` is not a DataFrame, or ``caption`` no string.
        KeyError: the frame lacks a column that is asked for.
        ValueError: an address is of another scheme, or of a host without one.

    >>> import pandas as pd
    >>> "<th>paid by</th>" in table(pd.DataFrame({"paid_by": ["A & B"], "sum": [12]})).html
    True
    >>> pages = pd.DataFrame({"title": ["A & B"], "url": ["treaties.html"]})
    >>> '<td><a href="treaties.html">A &amp; B</a></td>' in table(pages, links={"title": "url"}).html
    True
    """
    if not isinstance(frame, pd.DataFrame):
        raise ArgumentError(
            f"frame must be a DataFrame, not {type(frame).__name__}; give one, such as corpus.clippings"
        )
    if not isinstance(caption, str):
        raise ArgumentError(f"caption must be a string, not {type(caption).__name__}; leave it out for none")
    addresses = {column: [_address(one) for one in frame[source]] for column, source in (links or {}).items()}
    shown = frame.drop(columns=list(set((links or {}).values()) - addresses.keys()))
    if evidence is not None:
        shown, addresses["passage"] = _placed(shown, evidence)
    named = pd.DataFrame({place: _cells(shown.iloc[:, place]) for place in range(len(shown.columns))})
    named.columns = pd.Index([str(column).replace("_", " ") for column in shown.columns])
    with pd.option_context("display.max_colwidth", None):
        drawn = named.to_html(index=False, escape=True)
    drawn = _DAY_CELL.sub(r'<td style="white-space: nowrap">\1</td>', _linked(drawn, list(shown.columns), addresses))
    if caption:
        drawn = drawn.replace("\n", f"\n  <caption>{inline(caption)}</caption>\n", 1)
    return Page(drawn, f"table of {len(frame)} rows")


def _placed(frame: pd.DataFrame, page: str) -> tuple[pd.DataFrame, list[str]]:
    """Return the frame with one column for the place of each row, and the addresses of the places."""
    places = [(str(name), int(start), int(end)) for name, start, end in frame[list(_EVIDENCE)].itertuples(index=False)]
    words = [f"{name}, {place(start, end)}" for name, start, end in places]
    at = sum(column not in _EVIDENCE for column in frame.columns[: frame.columns.get_loc("start")])
    shown = frame.drop(columns=list(_EVIDENCE))
    shown.insert(at, "passage", words)
    return shown, [href(address(*found, page=page)) for found in places]


def _address(found: Any) -> str:
    """Return an address to be linked, empty for none."""
    return "" if pd.isna(found) or found == "" else href(str(found))


def _linked(drawn: str, columns: list[Any], addresses: Mapping[str, list[str]]) -> str:
    """Wrap the cells of linked columns; the table's own cells are in order, those of a text are escaped."""
    cells = (divmod(number, len(columns)) for number in range(drawn.count("<td>")))
    return _CELL.sub(lambda cell: _cell(cell[1], *next(cells), columns, addresses), drawn) if addresses else drawn


def _cell(words: str, row: int, column: int, columns: list[Any], addresses: Mapping[str, list[str]]) -> str:
    found = addresses[columns[column]][row] if columns[column] in addresses else ""
    return f'<td><a href="{found}">{words}</a></td>' if found else f"<td>{words}</td>"


def _cells(column: pd.Series[Any]) -> pd.Series[Any]:
    shown = column.dt.strftime("%Y-%m-%d") if pd.api.types.is_datetime64_any_dtype(column) else column
    named = shown.map(_FLAGS) if pd.api.types.is_bool_dtype(column) else shown
    written = named.astype(object).map(lambda cell: visible(cell) if isinstance(cell, str) else cell)
    return written.where(column.notna(), _BLANK)
