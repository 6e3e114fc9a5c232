"""The command ``clippings verify``: which pages of a catalogue a folder has, and which coded sentences are on them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from clippings.cli import _rendering
from clippings.cli._output import add_format
from clippings.cli._shared import Commands, UsageError, add_output, add_voice, added

if TYPE_CHECKING:
    from clippings.fetching.verifying import Verified

FRAMES = ("pages", "anchors", "agreement")
_EXAMPLES = """examples:
  clippings verify press/ --catalogue data/catalogue
  clippings verify press/ --catalogue data/catalogue --agreement
  clippings verify press/ --catalogue data/catalogue --frame anchors -o anchors.csv

A page is whole if its file is as it was fetched, can be read, and has the title that the catalogue gives. A coding
points to sentences by their hash; of one that is not found, the sentence at its noted place is shown to compare. With
--agreement the pages are annotated, and the library's themes are compared with both codings.

exit status: 0 every page is whole and every sentence found, 1 not so, 2 wrong usage
"""


def add(commands: Commands) -> None:
    """Add the command to those of the program."""
    command = added(commands, "verify", "compare a folder of pages with a catalogue and its codings", _EXAMPLES)
    command.add_argument("folder", metavar="FOLDER", help="pages named by their ids, as clippings fetch writes them")
    command.add_argument("--catalogue", required=True, metavar="FOLDER", help="with clippings.csv and its codings")
    command.add_argument(
        "--agreement", action="store_true", help="print also how well the library agrees with both codings"
    )
    add_format(command, "verify")
    command.add_argument(
        "--frame", choices=FRAMES, help="frame that csv and jsonl hold: pages (default), anchors or agreement"
    )
    add_output(command)
    add_voice(command)


def kept(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the files that the report may not be written onto."""
    return (options.folder, options.catalogue)


def run(options: argparse.Namespace, form: str) -> tuple[int, Iterator[bytes], str]:
    """Verify the folder, and return the exit status, the bytes of the report, and a line that sums it up.

    Raises:
        UsageError: folder or catalogue cannot be used, or a frame is asked for where all are shown.
    """
    import clippings

    if form == "table" and options.frame:
        raise UsageError(f"--frame {options.frame}: a table has all frames; give --format csv or jsonl")
    wants_agreement = options.agreement or options.frame == "agreement"
    try:
        found = clippings.verify(options.folder, options.catalogue, agreement=wants_agreement)
    except clippings.ClippingsError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"{error.filename or options.folder}: cannot be read: {error.strerror}") from error
    return int(not found.is_whole), _rendered(options, form, found), found.summary


def _rendered(options: argparse.Namespace, form: str, found: Verified) -> Iterator[bytes]:
    if form != "table":
        yield from _rendering.listed(form, getattr(found, options.frame or FRAMES[0]))
        return
    pages = found.pages.assign(why=found.pages["reason"])
    yield from _rendering.listed(form, pages[["id", "state", "file", "source", "captured", "anchors", "found", "why"]])
    lacking = found.anchors[found.anchors["state"].isin(["not found", "found as typed"])]
    if len(lacking):
        yield b"\nanchors not found exactly, and the sentence at their place:\n"
        columns = ["id", "target", "paragraph", "sentence", "state", "at_paragraph", "ratio", "words"]
        yield from _rendering.listed(form, lacking[columns])
    if found.agreement is not None:
        yield b"\nthe library against two codings:\n"
        yield from _rendering.listed(form, found.agreement.round(2))
