"""The command ``clippings search``: where words stand in pages, or in a folder of tables."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from clippings.cli._output import add_format
from clippings.cli._rendering import encoded, listed
from clippings.cli._shared import Commands, Opened, Parser, UsageError, added
from clippings.display.escaping import printable

if TYPE_CHECKING:
    import pandas as pd


_EXAMPLES = """examples:
  clippings search 'missile shield' press/
  clippings search '"missile shield" OR radar*' press/ -o hits.csv
  clippings search 'missile shield' tables/ --near 5
  clippings search 'treaty NOT "test ban"' tables/ --index tables.index

Words are joined by AND (also where nothing stands between them), OR and NOT, with brackets; "..." is an exact phrase,
missil* the beginning of a word. Case, diacritics, hyphens, apostrophes and line breaks do not count. It looks in
titles, outlets and texts.

exit status: 0 if all went well, whether something was found or not, 1 if a file failed, 2 for wrong usage
"""


def add(commands: Commands) -> Parser:
    """Add the command to those of the program."""
    command = added(commands, "search", "find words, phrases and beginnings of words in pages", _EXAMPLES)
    command.add_argument("query", metavar="QUERY", help="what to look for, in quotes of the shell")
    command.add_argument(
        "--near", type=int, metavar="N", help="at most N words between the first and the last word of QUERY"
    )
    command.add_argument("--window", type=int, default=8, metavar="N", help="words to show on either side (8)")
    command.add_argument("--index", metavar="FILE", help="keep the index in FILE for the next search")
    add_format(command, "search")
    return command


def check(options: argparse.Namespace) -> None:
    """Refuse a query that is not clear before the pages are read.

    Raises:
        SearchError: it is not.
        UsageError: a number is negative.
    """
    from clippings import arguments
    from clippings.search import query

    try:
        query.parsed(options.query, options.near)
        arguments.whole("window", options.window, 0)
    except arguments.ArgumentError as error:
        raise UsageError(f"--{error}") from error


def hits(options: argparse.Namespace, found: Opened) -> pd.DataFrame:
    """Return the places where the query is met.

    Raises:
        SearchError: the index cannot be kept.
    """
    return found.search(options.query, near=options.near, window=options.window, index=options.index)


def rendered(form: str, hits: pd.DataFrame) -> Iterator[bytes]:
    """Yield the bytes of the output."""
    if form != "table":
        yield from listed(form, hits)
    elif len(hits):
        from clippings.measures.kwic import kwic_html

        lines = repr(kwic_html(hits.rename(columns={"match": "keyword"}))).splitlines()
        yield from (encoded(printable(line)) for line in lines)


def summed(hits: pd.DataFrame, clippings: int) -> str:
    """Return a line that sums up what was found."""
    from clippings.sources import counted

    pages = len(hits[["id", "item"]].drop_duplicates())
    return f"{counted(len(hits), 'place')} in {pages:,} of {clippings:,} clippings"
