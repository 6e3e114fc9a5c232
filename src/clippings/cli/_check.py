"""The command ``clippings check``: what is wrong with saved pages, and where."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clippings.corpus import Corpus

_EXAMPLES = """examples:
  clippings check press/
  clippings check --strict press/ 'more/*.txt' saved.zip
  clippings check press/ --format sarif -o clippings.sarif
  curl -s https://www.example.org/page.txt | clippings check -

exit status: 0 nothing wrong, 1 errors (with --strict also warnings), 2 wrong usage
"""
_DUMB = "dumb"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add the command to those of the program."""
    command = commands.add_parser(
        "check",
        help="tell what is wrong with pages, and where",
        description="Tell what is wrong with pages, and where.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="text to read (default), a JSON array, SARIF 2.1.0, or workflow commands of GitHub",
    )
    command.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    return command


def run(options: argparse.Namespace, corpus: Corpus) -> tuple[int, list[str], str]:
    """Return the exit status, the lines to print, and a line that sums them up."""
    from clippings.cli import checking

    told = checking.of(corpus)
    severities = {one.diagnostic.severity for one in told}
    is_bad = "error" in severities or (options.strict and "warning" in severities)
    if options.format == "text":
        lines = checking.text(told, color=options.output is None and _has_color())
    else:
        lines = checking.FORMATS[options.format](told)
    return int(is_bad), list(lines), checking.summary(corpus, told)


def _has_color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != _DUMB
