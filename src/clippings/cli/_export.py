"""``clippings export``: annotated pages for another program, and citations of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from clippings.cli._shared import Commands, Parser, UsageError, added
from clippings.interchange.formats import FORMATS, named

_LISTED = "\n".join(f"  {one.name:<12} {one.suffix or 'folder':<9} {one.meaning}" for one in FORMATS)
_EPILOG = f"""formats, each with the suffix of its file or as a folder:
{_LISTED}

examples:
  clippings export press/ --to xmi -o inception/
  clippings export press/ --to w3c --no-text -o annotations.jsonld
  clippings export press/ --to graphml --network entities -o names.graphml
  clippings export 'press/**' --to ris -o press.ris
  clippings export reviewed/ --to csv -o corrected.csv

OUTPUT is written whole or not at all, and nothing is replaced without --overwrite. cl.interchange.read brings
annotations back, corrected or not; the page "Exchange" of the book says from which formats, and what each loses.
"""
OUTPUT = "the file or folder to write"
_ABLE = ", ".join(one.name for one in FORMATS if one.without_text)


def add(commands: Commands, status: str) -> Parser:
    """Add the command, and return it for the options that it shares with others."""
    command = added(commands, "export", "annotate pages and write them for another program", _EPILOG + status)
    names = [one.name for one in FORMATS]
    command.add_argument("--to", required=True, choices=names, metavar="FORMAT", help="the format, as listed below")
    command.add_argument("--no-text", action="store_true", help=f"leave the text of the pages out ({_ABLE})")
    command.add_argument(
        "--network",
        choices=("speakers", "entities"),
        help="of graphml and gexf: speakers quoted in one clipping (default), or entities named in one sentence",
    )
    return command


def check(options: argparse.Namespace) -> None:
    """Refuse what cannot be done before pages are read.

    Raises:
        UsageError: the message says why.
    """
    chosen = named(options.to)
    if options.output is None:
        raise UsageError(f"--to {options.to}: name the output with -o, a {chosen.suffix or 'folder'}")
    if options.no_text and not chosen.without_text:
        raise UsageError(f"--no-text: {options.to} is nothing without the text; it is for {_ABLE}")
    if options.network and chosen.package != "networkx":
        raise UsageError(f"--network: {options.to} is no network; give --to graphml or gexf")
    from clippings.interchange import FormatError, exchange

    try:
        exchange.ready(chosen, Path(options.output), overwrite=options.overwrite)
    except (FormatError, ImportError) as error:
        raise UsageError(str(error)) from error


def keeps_verdicts(options: argparse.Namespace) -> bool:
    """Tell whether the output holds what coders decided, or nothing that they could have decided about."""
    return named(options.to).keeps_verdicts and not options.as_found


def run(options: argparse.Namespace, annotated: Any) -> None:
    """Write the output.

    Raises:
        UsageError: it cannot be written.
    """
    from clippings.interchange import FormatError, write

    try:
        write(
            annotated,
            options.output,
            format=options.to,
            text=not options.no_text,
            network=options.network or "speakers",
            overwrite=options.overwrite,
        )
    except FormatError as error:
        raise UsageError(str(error)) from error
