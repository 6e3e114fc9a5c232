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

_CUT = re.compile(
    r"(?<![\w/@.])(?P<before>[^\W\d_]+(?<=[^\W\d_A-Z]))(?P<hyphen>[-\u2010\u00ad])(?P<end>[ \t]?(?:\r\n|\r|\n))"
    r"(?=(?P<after>[a-z]+)(?![\w/@]))"
)
_MAY_CUT = re.compile("- ?[\r\n]")
_BEFORE = frozenset(
    [
        *("all", "anti", "counter", "cross", "ex", "far", "half", "hard", "high", "ill", "long", "low", "mid", "multi"),
        *(
            "non",
            "off",
            "once",
            "one",
            "post",
            "pro",
            "quasi",
            "self",
            "semi",
            "short",
            "so",
            "top",
            "two",
            "vice",
            "well",
        ),
    ]
)
_AFTER = frozenset(
    [
        *("armed", "backed", "based", "born", "brokered", "built", "called", "controlled", "day", "dominated"),
        *("elect", "friendly", "funded", "general", "held", "language", "led", "made", "minded", "month", "new", "old"),
        *("owned", "party", "range", "run", "scale", "speaking", "sponsored", "style", "term", "time", "week", "wide"),
        *("wing", "year"),
    ]
)

S = TypeVar("S", bound=Span)
T = TypeVar("T")


class Visible(NamedTuple):
    """A text without what is invisible, and where each character of it, and its end, stands in the whole text."""

    text: str
    places: Sequence[int]

    def whole(self, span: S) -> S:
        """A part of a partition in the whole text; parts that touch still do."""
        start, end = (self.places[offset] if offset or not self.text else 0 for offset in (span.start, span.end))
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


def visible(text: str, *, joined: bool = False) -> Visible | None:
    r"""Return a text without its invisible characters; None where it has none, as nearly every page.

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
    hidden = [] if text.isascii() else [found.span() for found in INVISIBLE.finditer(text)]
    hidden = sorted([*hidden, *cuts(text)]) if joined else hidden
    if not hidden:
        return None
    kept: list[int] = []
    at = 0
    for start, end in hidden:
        kept += range(at, start)
        at = max(at, end)
    kept += range(at, len(text))
    return Visible("".join(map(text.__getitem__, kept)), [*kept, len(text)])


def cuts(text: str) -> list[tuple[int, int]]:
    r"""Return what to leave out where a hyphen cuts a word at a line's end: that end, mostly with the hyphen.

    The hyphen stays in compounds, which are known by a list of their parts.

    >>> page = "The mis-\nsile shield and the Russian-\nled talks"
    >>> [page[start:end] for start, end in cuts(page)]
    ['-\n', '\n']
    """
    if not (_MAY_CUT.search(text) or _has_other_hyphen(text)):
        return []
    return [
        (found.start("hyphen") + (found["before"].lower() in _BEFORE or found["after"] in _AFTER), found.end("end"))
        for found in _CUT.finditer(text)
    ]


def _has_other_hyphen(text: str) -> bool:
    return not text.isascii() and ("\u2010" in text or "\u00ad" in text)
