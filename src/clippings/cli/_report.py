"""The command ``clippings report``: what was read and found, as a document to open in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clippings.cli._output import opened, refuse_inside, unwritable
from clippings.cli._shared import Commands, Parser, UsageError, added

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clippings.viewing.report import Report

_EXAMPLES = """examples:
  clippings report press/ -o report.html
  clippings report tables/ -o report.html
  clippings report press/ --codebook mycodes -o report/

The report is one file without a script, font or picture from elsewhere. More than 2 MB become an index and, in a folder
beside it, parts. An OUTPUT that ends in / or is a folder gets an index.html. It does not lie in a folder that is read,
where the next run would take it for a page.

exit status: 0 all went well, 1 a file failed, 2 wrong usage
"""


def add(commands: Commands) -> Parser:
    """Add the command to those of the program."""
    return added(commands, "report", "sum up what is read and found, as a document for a browser", _EXAMPLES)


def check(output: str | None, paths: Iterable[str]) -> None:
    """Refuse an output that cannot be one, or that the next run would read.

    Raises:
        UsageError: it is no .html file or folder, or lies in a folder that is read.
    """
    if output is None:
        return
    from clippings.viewing.report import index_of

    try:
        index = index_of(output)
    except ValueError as error:
        raise UsageError(str(error)) from error
    refuse_inside(output, paths, index)


def write(output: str | None, report: Report) -> str:
    """Write a report, and return what to say of it.

    Raises:
        UnwritableError: it cannot be written.
        UsageError: it has parts, which standard output cannot take.
    """
    more = len(report.files) - 1
    if output is None:
        if more:
            raise UsageError(f"the report is an index and {more:,} parts; name a file or folder with -o")
        with opened(None) as target:
            target.write(next(iter(report.files.values())).encode())
        return ""
    try:
        index = report.write(output)
    except OSError as error:
        raise unwritable(output, error) from error
    parts = f" and {more:,} parts in {index.stem}_files" if more else ""
    return f"wrote {index}{parts}"
