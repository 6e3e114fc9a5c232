"""Where the program ``clippings`` begins: what asks for little costs little."""

from __future__ import annotations

import errno
import io
import os
import sys

import clippings

TYPE_CHECKING = False  # As in the package itself: typing takes long to import.
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
"""The status of a program that Ctrl-C stopped, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: the words after the program's name; those of the process if not given.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        _open_streams()
        if words == ["--version"]:
            return _say_version()
        from clippings.cli import _commands

        return _commands.run(words)
    except KeyboardInterrupt:  # Mostly while modules are imported; a command says itself what was done.
        return INTERRUPTED


def _say_version() -> int:
    try:
        print(f"clippings {clippings.__version__}", flush=True)
    except OSError as error:
        # What is left of it is not tried again when the process ends.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        print(f"clippings: standard output: cannot be written: {error.strerror}", file=sys.stderr)
        return 2
    return 0


class _Closed(io.RawIOBase):
    """Standard output that whoever called the program has closed: writing to it fails as on any closed file."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:  # noqa: ARG002
        raise OSError(errno.EBADF, "it is closed")


def _open_streams() -> None:
    """Put something in the place of standard streams that are closed, which Python leaves as None."""
    # First their numbers, which else the next file that is opened would get.
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), write_through=True)
    if sys.stderr is None:
        sys.stderr = io.StringIO()
