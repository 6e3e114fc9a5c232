"""The page while its dates are read: the text, what was found so far, and the day that open expressions rest on."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence

from clippings.evidence import DateRef
from clippings.layers.dates import tense
from clippings.layers.dates.periods import Period, written
from clippings.layers.dates.tense import Direction
from clippings.model import Clipping, Span
from clippings.page.printed_dates import calendar_day

_PLACES = re.compile(r"(?:[(/\"“]?[A-Z][\w.'’-]*+[/,.)]*+\s*+)*+")
_AFTER_DATELINE = re.compile(r"\s?(?:\(|/[A-Z]|--|[-–—:_]\s?|\.?$|\s?\d{1,2}:\d\d)", re.MULTILINE)
_LONGEST_LEAD = 60
_NEAR = datetime.timedelta(days=7)
_NEAR_MONTH = datetime.timedelta(days=24)
_WRAPPED = 50
_CLOSED = frozenset(".?!:\"”'’")
_MEMORY = 400
_JOINT = 9
_HALF_YEAR = 182


class Page:
    """A page and the state of its reading; ``day`` is the anchor, None where only the month is known or nothing.

    ``around`` is the anchor, or mid-month where only the month is known, and tells the year.
    """

    def __init__(self, clipping: Clipping, sentences: Sequence[Span]) -> None:
        self.text = clipping.text
        self.start = self.read_to = clipping.body.start
        self.found: list[DateRef] = []
        self._sentences = sentences
        self._ends = [span.end for span in sentences]
        self._at = 0
        date = clipping.fields.get("date")
        self._told = date.value if date else None
        self.day = datetime.date.fromisoformat(date.value) if date and date.precision == "day" else None
        self.around = self.day or (datetime.date.fromisoformat(f"{date.value}-15") if date else None)
        self._printed = self.around
        self._near = _NEAR if self.day else _NEAR_MONTH

    def ref(self, start: int, end: int, period: Period, rule: str, *, rests: bool = False) -> DateRef:
        """A resolved expression; ``rests`` says that it rests on the anchor."""
        told = self._told if rests else None
        first, last = written(period.first), written(period.last)
        return DateRef(start, end, period.iso, period.precision, rule, first, last, told)

    def unknown(self, start: int, end: int, precision: str, rule: str) -> DateRef:
        """An expression that cannot be resolved."""
        return DateRef(start, end, None, precision, rule)

    def words_before(self, start: int, reach: int = 24) -> list[str]:
        """The last words before an offset."""
        return self.text[max(self.start, start - reach) : start].split()

    def word_before(self, start: int) -> str:
        """The last word before an offset, in small letters."""
        words = self.text[max(self.start, start - 24) : start].rsplit(None, 1)
        return words[-1].lower().lstrip("(\"'“‘") if words else ""

    def start_of_word_before(self, start: int) -> int:
        """Where the last word before an offset begins."""
        word = self.words_before(start)[-1]
        return self.text.rindex(word, 0, start) + len(word) - len(word.lstrip("(\"'“‘"))

    def direction(self, start: int, end: int) -> Direction | None:
        """On which side of the anchor the tense of the sentence puts an expression."""
        sentence = self._sentence(start)
        return tense.direction(self.text, start, end, sentence) if sentence else None

    def has_gone_by(self, start: int, end: int) -> bool:
        """Tell whether the verb of an expression says that it has gone by."""
        sentence = self._sentence(start)
        return sentence is not None and tense.has_gone_by(self.text, start, end, sentence)

    def was_planned(self, start: int, end: int) -> bool:
        """Tell whether an expression is of what was planned once ("which they agreed to build in")."""
        sentence = self._sentence(start)
        return sentence is not None and tense.was_planned(self.text[sentence[0] : start], self.text[end : sentence[1]])

    def _sentence(self, start: int) -> tuple[int, int] | None:
        """The sentence of an expression, over the lines of a text of fixed width."""
        spans, ends = self._sentences, self._ends
        if not spans:
            return None
        at = self._at = max(self._at, min(bisect_right(ends, start), len(ends) - 1))
        low, high = spans[at].start, ends[at]
        if not low <= start < high:
            return None
        if at and self._runs_on(spans[at - 1], spans[at]):
            low = spans[at - 1].start
        if at + 1 < len(ends) and self._runs_on(spans[at], spans[at + 1]):
            high = ends[at + 1]
        return low, high

    def _runs_on(self, span: Span, following: Span) -> bool:
        """Tell whether a line of a text of fixed width goes on in the next line."""
        end = span.end
        return self.text[end - 1] not in _CLOSED and end - span.start >= _WRAPPED and following.start - end <= 2

    def joined(self, start: int) -> DateRef | None:
        """The expression that one at ``start`` is joined to by a comma, "and" or "or"."""
        last = self.found[-1] if self.found else None
        if not last or start - last.end > _JOINT:
            return None
        between = self.text[last.end : start].replace(",", " ").split()
        return last if between in ([], ["and"], ["or"], ["and", "on"], ["or", "on"]) else None

    def before(self, start: int, precisions: tuple[str, ...]) -> datetime.date | None:
        """The first day of the nearest resolved expression not far before an offset."""
        for ref in reversed(self.found):
            if start - ref.end > _MEMORY:
                return None
            if ref.first and ref.precision in precisions:
                return datetime.date.fromisoformat(ref.first)
        return None

    def nearest(self, month: int, day: int) -> datetime.date | None:
        """The day of that name nearest to the anchor."""
        around = self.around
        if not around:
            return None
        this_year = calendar_day(around.year, month, day)
        if this_year and abs((this_year - around).days) < _HALF_YEAR:
            return this_year
        for reach in (1, 4):  # A leap day may be up to four years off.
            years = range(around.year - reach, around.year + reach + 1)
            days = [found for year in years if (found := calendar_day(year, month, day))]
            if days:
                return min(days, key=lambda day: abs((day - around).days))
        return None

    def settle(self, ref: DateRef) -> None:
        """Let a dateline that names a day near the page's be the anchor of what follows."""
        if not ref.first or ref.first != ref.last or not self._is_dateline(ref):
            return
        day = datetime.date.fromisoformat(ref.first)
        if self._printed is None or abs(day - self._printed) <= self._near:
            self.day = self.around = day
            self._told = ref.first

    def _is_dateline(self, ref: DateRef) -> bool:
        earliest = max(self.start, ref.start - _LONGEST_LEAD)
        line = self.text.rfind("\n", earliest, ref.start) + 1 or earliest
        if (line > self.start and self.text[line - 1] != "\n") or not _AFTER_DATELINE.match(self.text, ref.end):
            return False
        return bool(_PLACES.fullmatch(self.text, line, ref.start))
