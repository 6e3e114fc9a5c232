"""Places of a text as people count them: line and column."""

from __future__ import annotations

import re

_BREAK = re.compile(r"\r\n|\r|\n")


def position(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column of an offset, both from 1; LF, CRLF and CR end a line.

    >>> position("one\r\ntwo", 6)
    (2, 2)
    """
    line, start = 1, 0
    for found in _BREAK.finditer(text, 0, offset):
        line, start = line + 1, found.end()
    return line, offset - start + 1


def line_ends(text: str) -> int:
    r"""Count the ends of lines in a text; LF, CRLF and CR end a line.

    >>> line_ends("one\r\n\r\ntwo\n")
    3
    """
    return text.count("\n") + text.count("\r") - text.count("\r\n")
