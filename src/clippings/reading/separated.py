"""Tables of separated values (``.csv``, ``.tsv``), whatever their separator."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_SEPARATORS = ",;\t|"


def values(text: str, name: str, *, missing: bool) -> pd.DataFrame:
    r"""Return the cells of a table as strings, parted by the separator that its first line has most of.

    Args:
        text: the table.
        name: that of its file; in .tsv the separator is a tab.
        missing: whether cells such as ``NA`` are missing, else they are text, and so is an empty one.

    Raises:
        ValueError: a row has more cells than there are columns, or the text is no such table.

    >>> values("file;date\na.txt;1,5\n", "index.csv", missing=True).to_dict("records")
    [{'file': 'a.txt', 'date': '1,5'}]
    """
    import pandas as pd

    head = text.partition("\n")[0]
    separator = "\t" if name.lower().endswith(".tsv") else max(_SEPARATORS, key=head.count)
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)
        try:
            return pd.read_csv(io.StringIO(text), sep=separator, dtype=str, index_col=False, keep_default_na=missing)
        except pd.errors.ParserWarning as error:
            raise ValueError(str(error)) from error
