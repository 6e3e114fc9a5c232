"""The parts of a clipping: stretches of its text, blocks, fields, and what is wrong with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import ClassVar, Literal

import msgspec

from clippings.display.marks import Mark

Severity = Literal["error", "warning", "info"]


class Span(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text, ``[start, end)`` in code points.

    >>> Span(0, 7).of("Belarus and Russia")
    'Belarus'
    """

    is_whole_sentence: ClassVar[bool] = False

    start: int
    end: int

    def marks(self) -> tuple[Mark, ...]:
        """Return what to highlight on a page; nothing for a bare span."""
        return ()

    def why(self, text: str) -> str:  # noqa: ARG002
        """Say in a sentence what the record rests on; nothing for a bare span."""
        return ""

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside this span (equal spans do).

        >>> Span(0, 9).covers(Span(0, 4))
        True
        """
        return self.start <= other.start and other.end <= self.end


class Block(Span, frozen=True, gc=False):
    """A part of the page; the blocks of a clipping partition its text.

    ``kind`` is one of ``archive``, ``label``, ``date``, ``second_date``, ``title``, ``rubric``, ``publisher``,
    ``credit``, ``byline``, ``dateline`` (on a line of its own in a head), ``standfirst``, ``paragraph``, ``initials``
    (that sign an item of a digest), ``source_url``, ``furniture`` and ``blank`` (white space between the others).
    """

    kind: str


class Diagnostic(msgspec.Struct, frozen=True, gc=False):
    """A fault or gap found while reading: what, where, and what to do.

    ``line`` and ``column`` count from 1; both are 0 where the fault is of the file as a whole.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Render as a compiler would: ``file:line:column: severity[code]: message (hint)``."""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        head = f"{where}: " if where else ""
        return f"{head}{self.severity}[{self.code}]: {self.message} ({self.hint})"


class Field(msgspec.Struct, frozen=True, gc=False):
    """A bibliographic field: its value, where it stands, and what it rests on.

    ``value`` is normalized (an ISO 8601 date, names joined by one blank); ``span`` is None where the value is
    inferred from the file's name; ``basis`` is ``printed``, ``dateline``, ``path``, ``domain`` or ``given``;
    ``precision`` (dates only) is ``day`` or ``month``.
    """

    value: str
    span: Span | None = None
    basis: str = "printed"
    precision: str | None = None


_start = attrgetter("start")


def blocks_in(blocks: Sequence[Block], extent: Span) -> Sequence[Block]:
    """Return the blocks that begin in an extent, without a look at the others: a page may have thousands of items.

    >>> blocks_in([Block(0, 4, "title"), Block(4, 9, "paragraph")], Span(4, 9))
    [Block(start=4, end=9, kind='paragraph')]
    """
    first = bisect_left(blocks, extent.start, key=_start)
    return blocks[first : bisect_left(blocks, extent.end, first, key=_start)]
