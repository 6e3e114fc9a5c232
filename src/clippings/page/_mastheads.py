"""What stands above a headline: the name of the outlet and its motto, a menu, who issues a press release."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clippings.page import lines as look
from clippings.page._head_lines import FREE, SKIP, SOFT, SURE, TEXT, Row
from clippings.page._line import squeezed
from clippings.page._sites import WINDOW, is_motto, is_rubric
from clippings.page._words import WORDS
from clippings.page.lines import Line

_FIRST_ISSUED = 6
_RELEASE = re.compile(r"(?:for )?immediate release|(?:press|media|news) (?:release|note|statement)$", re.IGNORECASE)
_ISSUERS = frozenset(WORDS.issuers)


def with_outlets(rows: list[Row]) -> list[Row]:
    """Take a name that begins as the site's address does for the outlet: ``Harbor Bay`` of ``Harbor.ba``."""
    parts = [(row, *part) for row in rows for part in row.parts]
    named = [words_of(row.line, start, end) for row, start, end, kind in parts if kind == "publisher"]
    sites = tuple(squeezed(words) for words in named if look.is_domain(words))
    own = {
        start for row, start, end, kind in parts if kind == "byline" and _begins(words_of(row.line, start, end), sites)
    }
    return [
        row._replace(parts=[(start, end, "publisher" if start in own else kind) for start, end, kind in row.parts])
        for row in rows
    ]


def issued(rows: list[Row]) -> list[Row]:
    """Take the first line of a press release for its outlet, where it names an office: what stands up to the notice."""
    notice = next((at for at, row in enumerate(rows[:_FIRST_ISSUED]) if _RELEASE.match(row.line.text)), 0)
    if not notice or rows[0].how not in (FREE, SOFT) or _ISSUERS.isdisjoint(rows[0].line.text.lower().split()):
        return rows
    above = [row if row.how == SURE else _read_as(row, SKIP, "label") for row in rows[1:notice]]
    return [_read_as(rows[0], SURE, "publisher"), *above, *rows[notice:]]


def _read_as(row: Row, how: str, kind: str) -> Row:
    return Row(row.line, how, [(row.line.start, row.line.end, kind)])


def words_of(line: Line, start: int, end: int) -> str:
    return line.text[start - line.start : end - line.start]


def _begins(name: str, sites: tuple[str, ...]) -> bool:
    return bool(sites) and squeezed(name).startswith(sites)


def below(rows: list[Row], menus: Sequence[int]) -> list[Row]:
    """Take no line above a menu for the headline, nor the motto below the outlet, where a line below may be it."""
    size = next((at for at, row in enumerate(rows) if at and row.how == TEXT), len(rows))
    last = max((at for at in range(size) if _is_begun(rows, at, menus)), default=0)
    if not last and rows[2:] and "publisher" in rows[0].kinds and is_motto(rows[1].line):
        last = 2
    is_titled = any(row.how == FREE and not is_rubric(row.line) for row in rows[last:size])
    if (
        not last
        or not (is_titled or WINDOW in rows[0].kinds)
        or any(row.how == SURE and "byline" in row.kinds for row in rows[:last])
    ):
        return rows
    is_open = rows[0].how == FREE or "byline" in rows[0].kinds
    has_outlet = any("publisher" in row.kinds and not (is_open and _is_motto(row)) for row in rows[:last])
    for at, row in enumerate(rows[:last]):
        is_name = row.how == SOFT and ("byline" in row.kinds or (at and is_open and _is_motto(row)))
        if row.how in (FREE, TEXT) or is_name:
            kind = "rubric" if at or has_outlet or not look.is_short(row.line) else "publisher"
            rows[at] = _read_as(row, SKIP, kind)
    return rows


def _is_motto(row: Row) -> bool:
    return is_motto(row.line) and not look.is_listed(row.line)


def _is_begun(rows: Sequence[Row], at: int, menus: Sequence[int]) -> bool:
    """Tell whether a line is the first below a menu, or below the number of a text in a list of them."""
    above, line = rows[at - 1].line, rows[at].line
    return at > 0 and (above.text.startswith("#") or any(above.end <= menu < line.start for menu in menus))
