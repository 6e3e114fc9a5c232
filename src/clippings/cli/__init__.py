"""Where the program ``clippings`` begins: what asks for little costs little."""

from __future__ import annotations

import sys

import clippings

TYPE_CHECKING = False  # As in the package itself: typing takes long to import.
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: the words after the program's name; those of the process if not given.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words == ["--version"]:
        print(f"clippings {clippings.__version__}")
        return 0
    from clippings.cli import _commands

    return _commands.run(words)
