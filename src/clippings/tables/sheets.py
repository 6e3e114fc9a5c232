"""Frames as CSV that a spreadsheet opens without computing a cell, and such cells read back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clippings.display.escaping import visible

if TYPE_CHECKING:
    import pandas as pd

_LINE_END = re.compile(r"\r\n?")
# What makes a spreadsheet compute a cell, also behind blanks, and in the wide forms of Chinese and Japanese. One behind
# apostrophes gets another, so that the first can be taken off again.
_FORMULA = re.compile(r"'*(?:[\s\ufeff\u200b]*[-=+@\uff0d\uff1d\uff0b\uff20]|[\t\n])")


def csv(table: pd.DataFrame, line_end: str = "\n") -> bytes:
    r"""Return a frame as CSV in UTF-8; no cell begins a formula, and lines within one end in a line feed.

    >>> import pandas as pd
    >>> csv(pd.DataFrame({"text": ["=1+1", "a\r\nb", None], "start": [-1, 2, 3]}))
    b'text,start\n\'=1+1,-1\n"a\nb",2\n,3\n'
    """
    text = table.select_dtypes(["str", "object"])
    safe = table.assign(**{str(name): column.map(_cell, na_action="ignore") for name, column in text.items()})
    return safe.rename(columns=_cell).to_csv(index=False, lineterminator=line_end).encode("utf-8", "replace")


def cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of Python's own values, None where one is missing.

    >>> import pandas as pd
    >>> cells(pd.DataFrame({"start": pd.array([1, None], dtype="Int64")}))["start"].tolist()
    [1, None]
    """
    return frame.astype(object).where(frame.notna(), None)


def plain(cell: str) -> str:
    r"""Return what a cell of such a table meant.

    >>> plain("'=1+1"), plain("'We wait'")
    ('=1+1', "'We wait'")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _cell(words: object) -> str:
    clean = visible(_LINE_END.sub("\n", str(words)))
    return f"'{clean}" if _FORMULA.match(clean) else clean
