"""The command ``clippings check``: what is wrong with saved pages, and where."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from clippings.cli._output import FORMATS
from clippings.cli._shared import Commands, Parser, added

if TYPE_CHECKING:
    from clippings.corpus import Corpus

_EXAMPLES = """examples:
  clippings check press/
  clippings check --strict press/ 'more/*.txt' saved.zip
  clippings check press/ -o clippings.sarif
  curl -s https://www.example.org/page.txt | clippings check -

exit status: 0 nothing wrong, 1 errors (with --strict also warnings), 2 wrong usage
"""
_DUMB = "dumb"


def add(commands: Commands) -> Parser:
    """Add the command to those of the program."""
    command = added(commands, "check", "tell what is wrong with pages, and where", _EXAMPLES)
    command.add_argument(
        "--format",
        choices=FORMATS["check"][""],
        help="text to read (default), a JSON array, SARIF 2.1.0, or workflow commands of GitHub",
    )
    command.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    return command


def run(options: argparse.Namespace, corpus: Corpus) -> tuple[int, list[str], str]:
    """Return the exit status, the lines to print, and a line that sums them up."""
    from clippings.cli import checking

    findings = checking.of(corpus)
    severities = {one.diagnostic.severity for one in findings}
    is_bad = "error" in severities or (options.strict and "warning" in severities)
    if options.format == "text":
        lines = checking.text(findings, color=options.output is None and _has_color())
    else:
        lines = checking.FORMATS[options.format](findings)
    return int(is_bad), list(lines), checking.summary(corpus, findings)


def _has_color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != _DUMB
