"""Places in UTF-16 code units, in which JavaScript and Java count, and in code points, in which the library does."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Units:
    """The two counts of one text.

    >>> units = Units("a😀b")
    >>> units.utf16(2), units.code_points(3), units.code_points(2)
    (3, 2, None)
    """

    def __init__(self, text: str) -> None:
        self._wide = [place for place, char in enumerate(text) if char > "\uffff"]
        self._units = [place + number for number, place in enumerate(self._wide)]

    def utf16(self, place: int) -> int:
        """The place of a code point, in code units."""
        return place + bisect_left(self._wide, place)

    def code_points(self, place: int) -> int | None:
        """The place of a code unit, in code points; None for one within a character."""
        before = bisect_left(self._units, place)
        is_within = before > 0 and self._units[before - 1] == place - 1
        return None if is_within else place - bisect_right(self._units, place - 1)
