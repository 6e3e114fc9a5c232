"""The command ``clippings fetch``: the pages of a catalogue, into a folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from clippings.cli import _rendering
from clippings.cli._output import add_format
from clippings.cli._shared import Commands, UsageError, add_output, add_voice, added, say

if TYPE_CHECKING:
    from clippings.fetching.runs import Fetched

_EXAMPLES = """examples:
  clippings fetch data/catalogue/clippings.csv --to press/ --contact you@university.edu
  clippings fetch data/catalogue/clippings.csv --to press/ --contact you@university.edu --from archive
  clippings fetch list.csv --to press/ --contact https://university.edu/you --near 2007-11 -o fetched.csv
  clippings verify press/ --catalogue data/catalogue

The catalogue is a CSV file with the columns id and url and, if known, date and title. Each page becomes a file in
FOLDER, named by its id, with the bytes that were sent; FOLDER/warc has the answers, heads and all. The same command,
started again, resumes where it was stopped, and asks again only for pages that failed. This is the only command that
asks a network: a host is asked once in --delay seconds, and only for what its robots.txt allows.

exit status: 0 every page is there, 1 some failed, 2 wrong usage, 130 stopped by Ctrl-C
"""


def add(commands: Commands) -> None:
    """Add the command to those of the program."""
    command = added(commands, "fetch", "fetch the pages of a catalogue into a folder", _EXAMPLES)
    command.add_argument("catalogue", metavar="TABLE", help="a CSV file with the columns id and url")
    command.add_argument("--to", required=True, metavar="FOLDER", help="where the pages go; made if it is not there")
    command.add_argument(
        "--contact", metavar="ADDRESS", help="your e-mail or web address, sent to every server (required)"
    )
    command.add_argument(
        "--from",
        dest="source",
        choices=("any", "live", "archive"),
        default="any",
        help="the live addresses, the web archive, or the first and then the second (any, the default)",
    )
    command.add_argument(
        "--near", metavar="DATE", help="the date that a capture should be near (that of each row), such as 2007-11-02"
    )
    command.add_argument(
        "--archive", metavar="URL", help="the TimeGate of a web archive (https://web.archive.org/web/)"
    )
    command.add_argument("--delay", type=float, metavar="SECONDS", help="seconds between two requests to a host (1)")
    command.add_argument(
        "--refresh", action="store_true", help="ask the live servers whether pages that are there have changed"
    )
    add_format(command, "fetch")
    add_output(command)
    add_voice(command)


def kept(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the files that the report may not be written onto."""
    return (options.catalogue, options.to)


def run(options: argparse.Namespace, form: str) -> tuple[int, Iterator[bytes], str]:
    """Fetch the pages, and return the exit status, the bytes of the report, and a line that sums it up.

    Raises:
        UsageError: an option is missing or out of range, or the folder cannot be written.
    """
    import clippings
    from clippings.fetching import runs

    if not options.contact:
        raise UsageError(
            "fetch needs --contact with your e-mail or web address, so that those who run the servers can reach you, "
            "as in --contact you@university.edu"
        )
    try:
        found = clippings.fetch(
            options.catalogue,
            options.to,
            contact=options.contact,
            source=options.source,
            near=options.near,
            archive=options.archive,
            delay=runs.DELAY if options.delay is None else options.delay,
            refresh=options.refresh,
        )
    except KeyboardInterrupt:
        say(f"clippings: stopped; the same command resumes where {options.to} ends")
        raise
    except (ValueError, ImportError) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"{error.filename or options.to}: cannot be written: {error.strerror}") from error
    return int((found.frame["state"] == "failed").any()), _rendered(form, found), found.summary


def _rendered(form: str, found: Fetched) -> Iterator[bytes]:
    from clippings.fetching.runs import RIGHTS

    if form != "table":
        yield from _rendering.listed(form, found.frame)
        return
    columns = ["id", "state", "source", "captured", "days_off", "file"]
    frame = found.frame
    noted = frame["address"] + (" (" + frame["reason"] + ")").where(frame["reason"] != "", "")
    told = noted.where(frame["state"] != "failed", frame["reason"])
    yield from _rendering.listed(form, frame[columns].assign(from_or_why=told))
    yield f"\n{RIGHTS}\n".encode()
