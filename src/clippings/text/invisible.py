"""Texts without invisible characters and the marks of quoted mail, for matching, and the way back to true offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from clippings.hidden import INVISIBLE, cuts, quoting
from clippings.model import Field, Span

S = TypeVar("S", bound=Span)
T = TypeVar("T")


class Visible(NamedTuple):
    """A text without what is invisible: where each stretch that is kept starts in it, and in the whole text.

    The last stretch is empty: it stands for the ends of both texts.
    """

    text: str
    starts: Sequence[int]
    wholes: Sequence[int]

    def whole(self, span: S) -> S:
        """A part of a partition in the whole text; parts that touch still do."""
        start, end = (self._place(offset) if offset or not self.text else 0 for offset in (span.start, span.end))
        return msgspec.structs.replace(span, start=start, end=end)

    def exact(self, found: T) -> T:
        """Give spans, and whatever holds spans, their places in the whole text, from visible to visible character."""
        moved: T = _moved(found, self._exact)
        return moved

    def seen(self, found: T) -> T:
        """Give spans of the whole text, and whatever holds them, their places in the visible one."""
        moved: T = _moved(found, lambda start, end: (self._seen(start), self._seen(end)))
        return moved

    def _exact(self, start: int, end: int) -> tuple[int, int]:
        first = self._place(start)
        return first, self._place(end - 1) + 1 if end > start else first

    def _place(self, offset: int) -> int:
        """Where a character of the visible text, or its end, stands in the whole text."""
        at = bisect_right(self.starts, offset) - 1
        return self.wholes[at] + offset - self.starts[at]

    def _seen(self, offset: int) -> int:
        """How many visible characters stand before an offset of the whole text."""
        at = bisect_right(self.wholes, offset) - 1
        if at < 0:
            return 0
        far = self.starts[at] + offset - self.wholes[at]
        return min(far, self.starts[at + 1]) if at + 1 < len(self.starts) else far


def _moved(found: Any, move: Callable[[int, int], tuple[int, int]]) -> Any:
    if isinstance(found, tuple):
        return tuple(_moved(one, move) for one in found)
    if isinstance(found, Mapping):
        return {name: _moved(one, move) for name, one in found.items()}
    if isinstance(found, Field):
        return msgspec.structs.replace(found, span=_moved(found.span, move))
    if not isinstance(found, Span):
        return found
    start, end = move(found.start, found.end)
    inner = {name: _moved(getattr(found, name), move) for name in found.__struct_fields__[2:]}
    return msgspec.structs.replace(found, start=start, end=end, **inner)


def visible(text: str, *, joined: bool = False) -> Visible | None:
    r"""Return a text without invisible characters and marks of quoting; None where it has none, as nearly every page.

    Args:
        text: the text.
        joined: whether words cut by a hyphen at the end of a line are joined too.

    >>> shown = visible("Vladi\u00admir Putin")
    >>> shown.text, shown.exact(Span(0, 8))
    ('Vladimir Putin', Span(start=0, end=9))
    >>> visible("Vladimir Putin")
    >>> visible("Vladi-\nmir Putin", joined=True).text
    'Vladimir Putin'
    """
    hidden = quoting(text)
    if not text.isascii():
        hidden += [found.span() for found in INVISIBLE.finditer(text)]
    hidden = sorted([*hidden, *(cuts(text) if joined else ())])
    if not hidden:
        return None
    pieces: list[str] = []
    starts, wholes = [], []
    at = seen = 0
    for start, end in [*hidden, (len(text), len(text))]:
        if at < start:
            pieces.append(text[at:start])
            starts.append(seen)
            wholes.append(at)
            seen += start - at
        at = max(at, end)
    return Visible("".join(pieces), [*starts, seen], [*wholes, len(text)])
