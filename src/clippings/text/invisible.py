"""Invisible characters, such as soft hyphens: texts without them for matching, and the way back to true offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from clippings.model import Field, Span

# Soft hyphen, joiners, word joiner, marks of direction, byte-order mark within a text.
INVISIBLE = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

S = TypeVar("S", bound=Span)
T = TypeVar("T")


class Visible(NamedTuple):
    """A text without what is invisible, and where each character of it, and its end, stands in the whole text."""

    text: str
    places: Sequence[int]

    def whole(self, span: S) -> S:
        """A part of a partition in the whole text; parts that touch still do."""
        start, end = (self.places[offset] if offset else 0 for offset in (span.start, span.end))
        return msgspec.structs.replace(span, start=start, end=end)

    def exact(self, found: T) -> T:
        """Give spans, and whatever holds spans, their places in the whole text, from visible to visible character."""
        moved: T = _moved(found, self._exact)
        return moved

    def seen(self, found: T) -> T:
        """Give spans of the whole text, and whatever holds them, their places in the visible one."""
        moved: T = _moved(found, lambda start, end: (bisect_left(self.places, start), bisect_left(self.places, end)))
        return moved

    def _exact(self, start: int, end: int) -> tuple[int, int]:
        first = self.places[start]
        return first, self.places[end - 1] + 1 if end > start else first


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


def visible(text: str) -> Visible | None:
    r"""Return a text without its invisible characters; None where it has none, as nearly every page.

    >>> shown = visible("Vladi\u00admir Putin")
    >>> shown.text, shown.exact(Span(0, 8))
    ('Vladimir Putin', Span(start=0, end=9))
    >>> visible("Vladimir Putin")
    """
    if text.isascii() or not INVISIBLE.search(text):
        return None
    kept = [at for at, letter in enumerate(text) if not INVISIBLE.match(letter)]
    return Visible("".join(text[at] for at in kept), [*kept, len(text)])
