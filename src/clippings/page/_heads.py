"""Heads of pages as people save them: title, date, byline, outlet and place in any order, labelled or not.

The head ends behind its last sure line that no text stands before; what each line may be is told in ``_head_lines``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

from clippings.page import _head_lines as head_lines
from clippings.page import _mastheads as mastheads
from clippings.page import _notices as notices
from clippings.page import lines as look
from clippings.page._head_lines import FREE, LONGEST_LINE, SKIP, SOFT, SURE, TEXT, Part, Row
from clippings.page._line import squeezed
from clippings.page._sites import WINDOW, is_rubric
from clippings.page.lines import Line
from clippings.page.printed_dates import is_date

_FIGURES = re.compile(
    r"\b(?:1[5-9]|2[01])\d\d(?:\b|(?=By ))|\d[./-]\s?\w{1,9}[./-]\s?\d\d|\d [A-Za-z]{3,9}\.?,? ?['’]?\d\d\b"
    r"|(?:To|Yester)day,? (?:at )?\d"
)
_KICKER = re.compile(r"[A-Z][\w'’-]+(?:(?:,| and| &) [A-Z][\w'’-]+)*")
_FEWEST_ROWS, _FEWEST_BLANKS, _FEWEST_KEYS = 2, 3, 2
_LONGER = 4
"""Characters of a word that has a capital in a headline."""
_FIRST_RELAYED = 4
SENDERS = ("from:", "von:", "de:", "de :", "от:", "od:", "от кого:")
_FIRST_LINES, _MOST_FREE, _LONGEST_STANDFIRST, _FEWEST_DAYS = 8, 2, 300, 2


class Head(NamedTuple):
    """The lines a head takes, their parts by kind, and how many have a label."""

    size: int
    parts: list[Part]
    keys: int


def may_stand(found: Sequence[Line]) -> bool:
    """Tell, quickly, whether a page may have more of a head: figures on a short line, or no title on the first."""
    is_above = len(found) > 1 and len(found[1].text) <= LONGEST_LINE
    if any(notices.is_relayed(line) for line in found[1:_FIRST_RELAYED]):
        return True
    if is_above and any(
        fits(found[0]) for fits in (look.is_named_outlet, look.is_portal, lambda line: look.has_lead(line.text))
    ):
        return True
    return any(len(line.text) <= LONGEST_LINE and _FIGURES.search(line.text) for line in found[:_FIRST_LINES])


def read(found: Sequence[Line], menus: Sequence[int] = (), title: str = "") -> Head:
    r"""Return the head of a page; its size is 0 where nothing is sure.

    Args:
        found: the lines of the page, without those of its site.
        menus: where menus of the site stood among them; what stands above one is no headline.
        title: the headline, where it is known.

    >>> head = read(look.lines("Reuters\nTalks begin\n22 June 2016\nBy Anna Petrova\nThey met in Minsk."))
    >>> head.size, [kind for _, _, kind in head.parts]
    (4, ['publisher', 'title', 'date', 'byline'])
    """
    rows = mastheads.below(mastheads.issued(mastheads.with_outlets(head_lines.read(found))), menus)
    if title:
        rows = [_titled(row) if row.line.text == title else row for row in rows]
    sent = _sent(rows)
    inner = _head([*_subject_again(rows, sent)], found[sent:]) if sent else None
    if inner and inner.size:
        had = {kind for _, _, kind in inner.parts}
        if not had.isdisjoint(("publisher", "byline")) and not had.isdisjoint(("title", "date")):
            return _sent_on(rows[:sent], inner, had)
    return _head(rows, found)


def _sent(rows: Sequence[Row]) -> int:
    """Count the lines of the head of a mail, which has a sender and a subject; 0 where a page has none."""
    size = next((at for at, row in enumerate(rows) if not (row.keyed or row.how == SKIP)), len(rows))
    is_sent = any(row.keyed and row.line.text.lower().startswith(SENDERS) for row in rows[:size])
    return size if is_sent and any("title" in row.kinds for row in rows[:size]) else 0


def _subject_again(rows: Sequence[Row], sent: int) -> Iterator[Row]:
    """Yield the rows below the head of a mail, the line that its subject ends with as the headline."""
    subjects = tuple(row.line.text for row in rows[:sent] if "title" in row.kinds)
    for row in rows[sent:]:
        is_again = row.how == FREE and row.line.text.count(" ") >= _FEWEST_BLANKS
        yield _titled(row) if is_again and any(map(str.endswith, subjects, repeat(row.line.text))) else row


def _sent_on(rows: Sequence[Row], inner: Head, had: set[str]) -> Head:
    """The head of an article below that of the mail which sends it on: the mail gives what the article has not."""
    kept = {"date", "publisher", "title"} - had
    mail = [(start, end, kind if kind in kept else "label") for row in rows for start, end, kind in row.parts]
    return Head(len(rows) + inner.size, [*mail, *inner.parts], sum(row.keyed for row in rows))


def _head(rows: list[Row], found: Sequence[Line]) -> Head:
    end = _end(rows, len(found))
    if not end or _is_chronicle(found, rows, end):
        return Head(0, [], 0)
    end += _signed_below(rows, end)
    titled, end = _title(rows, end)
    if end < len(rows) - 1 and rows[end].line.text.startswith("The ") and _is_outlet(rows[end], rows, titled):
        end += rows[end].how == FREE and not any("publisher" in row.kinds for row in rows[:end])
    while end < len(rows) - 1 and (rows[end].how == SKIP or is_rubric(rows[end].line)):
        end += 1
    return Head(end, list(_parts(rows[:end], titled)), sum(row.keyed for row in rows[:end]))


def _titled(row: Row) -> Row:
    """The line that is known to be the headline."""
    return Row(row.line, SURE, [(row.line.start, row.line.end, "title")])


def _end(rows: list[Row], size: int) -> int:
    """Count the lines up to the last sure one that is reached over two lines of a headline and one standfirst."""
    end, free, crossed = 0, 0, False
    if _is_below_outlet(rows):
        rows[0] = rows[0]._replace(how=SURE)
    for at, row in enumerate(rows):
        after = rows[at + 1] if at + 1 < len(rows) else None
        is_outlet = row.how in (SOFT, SKIP) and row.parts[0][2] == "publisher"
        if row.how == SURE or (row.how == SOFT and at == end > 0):
            end, free = at + 1, 0
        elif row.how == SOFT and after and after.how != TEXT and "date" in row.kinds:
            rows[at] = row._replace(how=SURE)
            end = at + 1
        elif row.how in (SOFT, FREE) or (at == 0 and look.is_title(row.line)):
            free += not is_rubric(row.line) and (row.how == FREE or (at == 0 and not is_outlet))
        elif row.how == TEXT:
            if crossed or not at or not _is_standfirst(rows, at) or at + 2 >= size:
                break
            crossed = True
        if free > _MOST_FREE:
            break
    return end if any(row.how == SURE for row in rows[:end]) else 0


def _signed_below(rows: Sequence[Row], end: int) -> int:
    """Count two lines behind a head without an author: one below the headline, and a person right above the text."""
    below = rows[end : end + 3]
    if [row.how for row in below] != [FREE, SOFT, TEXT] or any("byline" in row.kinds for row in rows[:end]):
        return 0
    has_title = any(row.how == FREE and not _heads_a_part(row.line) for row in rows[:end])
    return 2 if has_title and look.is_person(below[1].line.text) else 0


def _is_below_outlet(rows: Sequence[Row]) -> bool:
    """Tell whether the first line names an outlet and a headline in small letters stands below it, above a text."""
    if len(rows) <= _FEWEST_ROWS or rows[0].how != SOFT or rows[1].how != FREE:
        return False
    is_outlet = rows[0].parts[0][2] == "publisher" and look.is_titled(rows[0].line)
    return is_outlet and rows[1].line.text.count(" ") >= _FEWEST_BLANKS and not look.is_titled(rows[1].line)


def _is_standfirst(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row may be a sentence below the headline: a byline or the first date follows, or both."""
    after, *behind = rows[at + 1 : at + 3] or (rows[at],)
    is_sure = after.how == SURE or (
        after.how == SOFT and any(row.how == SURE and "date" in row.kinds for row in behind)
    )
    is_signed = is_sure and not after.kinds.isdisjoint(("byline", "date"))
    is_dated = any("date" in row.kinds for row in rows[: at + 1])
    is_below = rows[at - 1].how == FREE or rows[at].line.text.startswith("(")
    is_led = "byline" in after.kinds and look.has_lead(after.line.text) and is_below
    is_dated = is_dated and not is_led
    return is_signed and not is_dated and len(rows[at].line.text) <= _LONGEST_STANDFIRST


def _is_chronicle(found: Sequence[Line], rows: Sequence[Row], end: int) -> bool:
    """Days that head paragraphs, as in a chronicle, are not the date of the page."""
    if any(row.keyed for row in rows[:end]):
        return False
    return sum(is_date(line.text) for line in found[end:-1]) >= _FEWEST_DAYS


def _title(rows: Sequence[Row], end: int) -> tuple[int | None, int]:
    """Return which line is the headline, and the end of the head with it."""
    if any("title" in row.kinds for row in rows[:end]):
        return None, end
    free = [at for at, row in enumerate(rows[:end]) if row.how == FREE or (row.how == TEXT and not at)]
    if free and free[0] and _is_name_alone(rows[:end], free[0] - 1):
        return free[0] - 1, end
    if len(free) > 1 and _is_kicker(rows[free[0]].line, rows[free[1]].line, is_beside=free[1] == free[0] + 1):
        return free[1], end
    parted = [at for before, at in pairwise(free) if before == at - 1 and is_rubric(rows[before].line)]
    if parted and parted[0] > free[0] + 1 and not is_rubric(rows[parted[0]].line):
        return parted[0], end
    below, after = _title_below(rows, end)
    if free and not (below and _names(rows, free, below)):
        return free[0], end
    if below:
        return below, after
    if rows[0].how == SOFT and rows[0].kinds.isdisjoint(("publisher", WINDOW)):
        return 0, end
    alone = (at for at in range(1, end) if _is_name_alone(rows[:end], at) or _is_in_capitals_alone(rows[at]))
    return next(alone, None), end


def _is_in_capitals_alone(row: Row) -> bool:
    """Tell whether three words in capitals, which could be a name, are the only headline that a page has."""
    is_name = row.how == SOFT and row.kinds == {"byline"} and not look.has_lead(row.line.text)
    return is_name and row.line.text.isupper() and row.line.text.count(" ") > 1


def _is_name_alone(rows: Sequence[Row], at: int) -> bool:
    """Tell whether capitalized words are the headline, as another line names the author, and another the outlet."""
    row = rows[at]
    is_signed = any(one.how == SURE and "byline" in one.kinds for one in rows)
    is_named = any("publisher" in one.kinds or (one.how == SOFT and "byline" in one.kinds) for one in rows[:at])
    is_name = row.how == SOFT and row.kinds == {"byline"} and look.is_name(row.line.text)
    return is_name and is_signed and is_named and not look.is_byline_on(row.line)


def _is_kicker(line: Line, below: Line, *, is_beside: bool) -> bool:
    """Tell whether a line heads a part or stands in capitals above a headline, which is the line below it."""
    if _heads_a_part(line) and not look.is_titled(below):
        return True
    is_above = (is_rubric(line) and not is_rubric(below)) or (line.text.isupper() and _is_in_capitals(below))
    return is_beside and is_above


def _is_in_capitals(line: Line) -> bool:
    """Tell whether a line has the capitals of a headline: each of its longer words begins with one."""
    longer = [word for word in line.text.split() if len(word) >= _LONGER]
    return len(longer) >= _FEWEST_BLANKS and not line.text.isupper() and all(word[0].isupper() for word in longer)


def _title_below(rows: Sequence[Row], end: int) -> tuple[int | None, int]:
    """The line behind a head that may be its headline, under a rubric or not, and where what signs below it ends."""
    below = next((at for at in range(end, len(rows)) if rows[at].how != SKIP), len(rows))
    if rows[below + 1 :] and rows[below + 1].how == FREE and _heads_a_part(rows[below].line):
        below += 1
    if not rows[below:] or rows[below].how != FREE or len(rows) <= below + 1:
        return None, end
    end = below + 1
    while end < len(rows) and rows[end].how in (SOFT, SKIP):
        end += 1
    return below, end


def _heads_a_part(line: Line) -> bool:
    """Tell whether a line is the name of a part of a paper, one word, or states or matters joined: no headline."""
    return is_rubric(line) or bool(_KICKER.fullmatch(line.text))


def _names(rows: Sequence[Row], free: Sequence[int], below: int) -> bool:
    """Tell whether what stands above the date names a part, a place or an outlet, and the headline stands below it."""
    if len(free) > 1 or look.is_titled(rows[below].line) or not rows[below].line.text.count(" "):
        return False
    line = rows[free[0]].line
    return _heads_a_part(line) or (look.is_titled(line) and len(line.text.split()) <= head_lines.MOST_TITLED)


def _parts(rows: Sequence[Row], titled: int | None) -> Iterator[Part]:
    """Yield the parts of a head by their kind in the end: one date, one outlet, and no outlet for the author."""
    whole, had = _Whole(rows, titled), set[str]()
    for at, row in enumerate(rows):
        if at and at - 1 == titled and _goes_on(rows, at - 1):
            continue
        if row.how in (FREE, TEXT) or at == titled:
            kind = "title" if at == titled else "standfirst" if titled is None or at > titled else "rubric"
            if not (whole.has_outlet or "publisher" in had) and at != titled and _is_outlet(row, rows, titled):
                kind = "publisher"
            had.add(kind)
            yield row.line.start, (rows[at + 1] if at == titled and _goes_on(rows, at) else row).line.end, kind
            continue
        for start, end, kind in row.parts:
            settled = whole.settled(kind, at, start, had)
            had.add(settled)
            yield start, end, settled


def _goes_on(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a headline in capitals goes on in the line right below it, with a blank line behind."""
    if at + 2 >= len(rows) or not (rows[at + 1].how == FREE or _is_name_alone(rows, at + 1)):
        return False
    line, after, behind = (row.line for row in rows[at : at + 3])
    is_one = line.text.isupper() and after.text.isupper() and not is_rubric(line)
    return is_one and after.start - line.end == 1 < behind.start - after.end


class _Whole:
    """What all lines of a head say of each part: its authors, its outlets and its headline."""

    def __init__(self, rows: Sequence[Row], titled: int | None) -> None:
        self._rows, self._titled = rows, titled
        self._kinds = [kind for row in rows for _, _, kind in row.parts]
        self._sure = set[str]().union(*(row.kinds for row in rows if row.how == SURE))
        outlets = ((row.line, start, end) for row in rows for start, end, kind in row.parts if kind == "publisher")
        named = [(outlet[1], mastheads.words_of(*outlet)) for outlet in outlets if _names_outlet(*outlet)]
        self._outlet_at = _of_site(named)
        self.has_outlet = self._outlet_at >= 0 or "publisher" in self._sure
        self._named_above = _dated_name_above(rows, titled)
        keys = [at for at, row in enumerate(rows) if row.keyed]
        self._first_key = keys[0] if len(keys) >= _FEWEST_KEYS else 0

    def settled(self, kind: str, at: int, start: int, had: set[str]) -> str:
        """Return the kind that a part of a line has in the end, beside the kinds that stand above it."""
        settled, is_soft = kind, self._rows[at].how == SOFT
        if kind == "byline":
            settled = self._signature(at, had, is_soft=is_soft)
        if settled == "publisher" and "publisher" not in had and self._outlet_at > start:
            settled = "label"
        elif kind == "dateline" and is_soft and self._titled is not None and at < self._titled:
            settled = "rubric"
        elif kind == WINDOW:
            settled = "title" if self._titled is None else "rubric"
        if settled == "second_date" and "date" not in self._kinds and "date" not in had:
            settled = "date"
        return _SECOND.get(settled, settled) if settled in had else settled

    def _signature(self, at: int, had: set[str], *, is_soft: bool) -> str:
        """What reads as an author: one, the outlet above a headline or beside a sure author, or words to read over."""
        row = self._rows[at]
        if self._named_above:
            return "publisher" if at == self._named_above[0] else "byline"
        if is_soft and at == 0 and self._titled and self._kinds.count("byline") > 1:
            return "publisher"
        if is_soft and "byline" in self._sure:
            return "byline" if look.is_byline_on(row.line) else "publisher"
        return "label" if (is_soft and at < self._first_key) or _sends_again(row, had) else "byline"


def _sends_again(row: Row, had: set[str]) -> bool:
    """Tell whether a line is the second of two senders: of a mail that was sent on."""
    return row.keyed and "byline" in had and row.line.text.lower().startswith("from")


def _dated_name_above(rows: Sequence[Row], titled: int | None) -> list[int]:
    """Where a name stands beside the date above the headline, with another below it: an outlet, above its author."""
    signed = [at for at, row in enumerate(rows) if "byline" in row.kinds]
    if titled is None or len(signed) != _FEWEST_ROWS or not signed[0] < titled < signed[1]:
        return []
    above = rows[signed[0]]
    is_dated = "date" in above.kinds and not (above.keyed or look.has_lead(above.line.text))
    return signed if is_dated and "publisher" not in set[str]().union(*(row.kinds for row in rows)) else []


def _of_site(named: Sequence[tuple[int, str]]) -> int:
    """Where the first outlet stands, or the name that the page spells out for it where it is an address."""
    for start, words in named[1:] if named and look.is_domain(named[0][1]) else ():
        if not look.is_domain(words) and squeezed(words) in squeezed(named[0][1]):
            return start
    return named[0][0] if named else -1


def _names_outlet(line: Line, start: int, end: int) -> bool:
    """Tell whether a part of a line is an outlet by its very name, and not by its look alone."""
    named = Line(start, end, mastheads.words_of(line, start, end))
    return any(fits(named) for fits in (look.is_named_outlet, look.is_by_outlet, look.is_credit, notices.is_copyright))


def _is_outlet(row: Row, rows: Sequence[Row], titled: int | None) -> bool:
    """Tell whether a line has the capitals of a name where the headline has those of a sentence."""
    if titled is None or look.is_titled(rows[titled].line) or _heads_a_part(row.line):
        return False
    is_short = 1 < len(row.line.text.split()) <= head_lines.MOST_TITLED
    return is_short and look.is_titled(row.line) and not rows[titled].line.text.isupper()


_SECOND = {"date": "second_date", "publisher": "credit", "source_url": "label", "title": "standfirst"}
