"""The words to the left and right of a place in a text, cut at the edges of words."""

from __future__ import annotations

import re
from bisect import bisect_left

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)+|[^\W_]+(?:['’\-‐‑][^\W_]+)*")


class Context:
    """A text with the edges of its words.

    >>> Context("Minsk may leave the INF treaty, he said.").around(20, 23, 2)
    ('leave the', 'INF', 'treaty, he')
    """

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in WORD.finditer(text)]
        self.text = text
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]

    def around(self, start: int, end: int, window: int) -> tuple[str, str, str]:
        """Return the words of a span and as many as ``window`` before and behind it, each run of white space a blank.

        A word cut by the span is one of them.
        """
        left = self.text[self._left_edge(start, window) : start]
        right = self.text[end : self._right_edge(end, window)]
        return on_one_line(left), on_one_line(self.text[start:end]), on_one_line(right)

    def _left_edge(self, start: int, window: int) -> int:
        """Find where the window begins; a quotation mark or bracket before its first word belongs to it."""
        if window == 0:
            return start
        first = bisect_left(self._starts, start) - window
        if first <= 0:
            return 0
        edge = self._starts[first]
        while edge > self._ends[first - 1] and not self.text[edge - 1].isspace():
            edge -= 1
        return edge

    def _right_edge(self, end: int, window: int) -> int:
        """Find where the window ends; signs right after its last word belong to it."""
        if window == 0:
            return end
        last = bisect_left(self._ends, end + 1) + window - 1
        if last >= len(self._ends) - 1:
            return len(self.text)
        edge = self._ends[last]
        while edge < self._starts[last + 1] and not self.text[edge].isspace():
            edge += 1
        return edge


def on_one_line(text: str) -> str:
    r"""Return a text with each run of white space as one blank.

    >>> on_one_line("missile\n shield")
    'missile shield'
    """
    return " ".join(text.split())
