"""What the commands share: how each is described, its options, and what is said on standard error."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING, Never, TypeAlias

import clippings
from clippings.display.escaping import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clippings.corpus import AnnotatedCorpus, Corpus
    from clippings.model import Diagnostic
    from clippings.review import CuratedCorpus
    from clippings.store.tables import Tables

Opened: TypeAlias = "Corpus | AnnotatedCorpus | Tables | CuratedCorpus"
Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 (argparse has no public name for it)

FOREIGN, LEFT_OUT = "CLP401", "CLP116"
"""The codes of a page in another language, and of a file that is left out, which the summary counts."""
_FILES = frozenset({"PATH", "FILE", "TABLE", "OUTPUT", "FOLDER", "NAME", "NAME|FOLDER", "OLD", "NEW"})
"""What options and arguments call a file or folder, so that a shell completes its name."""


class UsageError(Exception):
    """What was asked for cannot be done; the message says why, and what to do."""


class Parser(argparse.ArgumentParser):
    """A parser whose messages cannot steer a terminal, whatever the words given to it hold."""

    def error(self, message: str) -> Never:
        """Print the usage and what is wrong, and exit."""
        super().error(printable(message))


def added(commands: Commands, name: str, summary: str, epilog: str, *, more: str = "") -> Parser:
    """Return a command, added to those of the program.

    Args:
        commands: those of the program, or the actions of one of them.
        name: of the command.
        summary: what it does, for the list of commands and, with ``more``, for its own help.
        epilog: printed below its options.
        more: sentences behind the summary.
    """
    return commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.{more and ' '}{more}",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_voice(command: Parser) -> None:
    """Add how much is said on standard error."""
    voice = command.add_mutually_exclusive_group()
    voice.add_argument("-q", "--quiet", action="store_true", help="print only what failed")
    said = "print also which settings are used, and which files are left out"
    voice.add_argument("-v", "--verbose", action="store_true", help=said)


def add_output(command: Parser, meaning: str = "write to a file instead of standard output") -> None:
    """Add where the output goes."""
    command.add_argument("-o", "--output", metavar="OUTPUT", help=meaning)


def say(line: str) -> None:
    """Print one line on standard error, whatever the name of a file in it holds."""
    print(printable(line), file=sys.stderr)


def note(options: argparse.Namespace, line: str) -> None:
    """Print one line, unless nothing but failures is wanted."""
    if not options.quiet:
        say(f"clippings: {line}")


def detail(options: argparse.Namespace, line: str) -> None:
    """Print one line where more is wanted."""
    if options.verbose:
        say(f"clippings: {line}")


def completion(parser: Parser, shell: str) -> str:
    """Return the script by which a shell completes the commands, their options and the names of files."""
    import shtab

    parsers = [parser]
    for one in parsers:
        for action in one._actions:  # noqa: SLF001 (argparse has no public way to its arguments)
            if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
                parsers += action.choices.values()
            elif action.metavar in _FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    return shtab.complete(parser, shell)


def count(word: str) -> int:
    """Return the number that a word of the command line says, 1 or more."""
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number, 1 or more, not {word!r}")
    return int(word)


def account(options: argparse.Namespace, found: Opened) -> None:
    """Say what became of the files that were seen, and name those that were left out where more is wanted."""
    if options.verbose:
        left_out = found.sources[found.sources["state"] == "not read"]
        for file, kind in zip(left_out["file"], left_out["kind"], strict=True):
            detail(options, f"not read: {file} ({kind})")
    note(options, found.summary)


def warn(options: argparse.Namespace, found: Corpus | Tables) -> None:
    """Say how many warnings there are about the pages that were read."""
    if said := warned(Counter(_warnings(found))):
        note(options, said)


def warned(codes: Counter[str]) -> str:
    """Return how many warnings there are about pages that were read, in a line; nothing where there are none.

    >>> warned(Counter({"CLP401": 1, "CLP201": 2}))
    '1 clipping in another language than English is not annotated; 2 other warnings; clippings check lists them'
    """
    from clippings.sources import counted

    foreign, others = codes[FOREIGN], codes.total() - codes[FOREIGN]
    parts = []
    if foreign:
        are = "is" if foreign == 1 else "are"
        parts.append(f"{counted(foreign, 'clipping')} in another language than English {are} not annotated")
    if others:
        parts.append(counted(others, "other warning" if foreign else "warning"))
    return "; ".join([*parts, "clippings check lists them"]) if parts else ""


def _warnings(found: Corpus | Tables) -> Iterable[str]:
    """The code of each warning about a page that was read; what was said of files is not said again."""
    if isinstance(found, clippings.Corpus):  # Without a frame, which takes longer to import than a page to parse.
        return (one.code for page in found for one in page.diagnostics if one.severity == "warning")
    told = found.diagnostics
    codes: Iterable[str] = told.loc[(told["severity"] == "warning") & (told["code"] != LEFT_OUT), "code"].tolist()
    return codes


def complain(failures: Iterable[Diagnostic]) -> None:
    """Print a line for each failure."""
    for failure in failures:
        say(str(failure))
