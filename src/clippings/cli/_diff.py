"""The command ``clippings diff``: what differs between two annotated results, row by row."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from clippings.cli._output import FORMATS
from clippings.cli._shared import Commands, Parser, add_output, add_voice, added

if TYPE_CHECKING:
    from clippings.comparing.differences import Comparison
    from clippings.comparing.results import Result

_EXAMPLES = """examples:
  clippings annotate press/ -o old.jsonl
  clippings annotate press/ --codebook mycodes -o new.jsonl
  clippings diff old.jsonl new.jsonl
  clippings diff old-tables/ new-tables/ --all
  clippings diff tables/ reviewed/
  clippings diff old.jsonl press/
  clippings diff old.jsonl new.jsonl --format json

A row is the same where page, layer and place are, a theme or field where its name is. Blocks, diagnostics and paths are
not compared. Of a folder that was reviewed, what coders hold right is. JSON Lines hold offsets; with tables the words
are printed too.

exit status: 0 no difference, 1 differences, 2 a result cannot be read, or wrong usage
"""


def add(commands: Commands) -> Parser:
    """Add the command to those of the program, and return it for the options that it shares with others."""
    more = "It prints what was gained, lost and changed."
    command = added(commands, "diff", "compare two annotated results row by row", _EXAMPLES, more=more)
    what = "JSON Lines or a folder of tables, as clippings annotate -o writes them; or pages, which are annotated"
    command.add_argument("old", metavar="OLD", help=what)
    command.add_argument("new", metavar="NEW", help="likewise; the two may be of different forms")
    command.add_argument(
        "--format", choices=FORMATS["diff"][""], help="text to read (default), or one JSON object a difference"
    )
    command.add_argument("--all", action="store_true", help="print every row as text, not only the first ones")
    add_output(command)
    add_voice(command)
    return command


def compared(old: Result, new: Result) -> Comparison:
    """Return the comparison of both results, to be iterated.

    Raises:
        ResultError: one of them cannot be read.
    """
    from clippings.comparing import results
    from clippings.comparing.differences import Comparison

    return Comparison(results.opened(old), results.opened(new))


def lines(options: argparse.Namespace, found: Comparison) -> Iterator[str]:
    """Yield the lines to print.

    Raises:
        ResultError: one of the results cannot be read to its end.
    """
    from clippings.comparing import report

    return report.text(found, is_whole=options.all) if options.format == "text" else report.as_json(found)


def notes(options: argparse.Namespace, found: Comparison) -> Iterator[str]:
    """Yield what is to be said beside lines of JSON; text says it itself."""
    from clippings.comparing import report

    return report.notes(found) if options.format == "json" else iter(())
