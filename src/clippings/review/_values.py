"""Corrected values as people write them in a spreadsheet, as what they mean."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from clippings.layers.layer import Layer
from clippings.model import Clipping
from clippings.page.printed_dates import calendar_day
from clippings.review import _anchors, _decisions
from clippings.review._anchors import Anchor, PlaceError
from clippings.review._decisions import Values
from clippings.tables.columns import columns
from clippings.text import sentences

Place: TypeAlias = tuple[int, int]
NOTHING = frozenset({"none", "(none)", "-", "–", "—"})
"""What says in a corrected cell that there is nothing: no speaker, no source."""

_WHOLE = re.compile(r"(\d+)(?:[.,]0{1,2})?|(\d{1,3}(?:[., '\u00a0\u202f]\d{3})+)")
_NO_DIGIT = re.compile(r"\D")
_PRINTED_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


class RowError(ValueError):
    """A row that is not understood: the code and values of its diagnostic."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def number(cell: str) -> int | None:
    """Return a whole number, also with a decimal or with marks between thousands; None where it is none.

    >>> number("554.0"), number("1 160"), number("next")
    (554, 1160, None)
    """
    found = _WHOLE.fullmatch(cell.strip())
    return int(found[1] or _NO_DIGIT.sub("", found[2])) if found else None


def weight(cell: str) -> float:
    """Return how many rows a row stands for, with a decimal point or comma; 1 where the cell is empty.

    Raises:
        RowError: it is no number above 0.

    >>> weight("2,5"), weight("")
    (2.5, 1.0)
    """
    try:
        found = float(cell.replace(",", ".") or 1)
    except ValueError:
        found = 0.0
    if not 0 < found < math.inf:
        raise _refused("weight", cell, "is not a number above 0", "restore it from the file that review.write wrote")
    return found


def corrected(
    cells: Mapping[str, str], layer: Layer, clipping: Clipping, now: Values, anchor: Anchor, former: Place | None
) -> Values:
    """Return the corrected values of a row.

    Args:
        cells: by column.
        layer: of the annotation.
        clipping: its clipping as it is now.
        now: the values of the annotation, with its place as it is now.
        anchor: its words as the coder saw them.
        former: its place on the page that the coder saw; None where that is the page as it is now.

    Raises:
        RowError: a cell is not understood.
        PlaceError: corrected bounds cannot be placed in a text that has changed.
    """
    found: Values = _bounds(cells, clipping, now, anchor, former)
    whole = now | found
    for name in layer.corrected:
        cell = cells.get(f"corrected_{name}", "").strip()
        if not cell:
            continue
        value = None if cell.lower() in NOTHING else cell
        if _decisions.is_place(layer, name):
            found |= _words(name, value, clipping, whole)
        else:
            found[name] = _value(layer, name, value)
    return found


def _value(layer: Layer, name: str, cell: str | None) -> str | None:
    column = columns(layer.name)[name]
    if cell is None and column.empty == "never":
        raise _refused(name, "none", "is never empty", "write what is right, or reject the row")
    value = _as_iso(cell) if cell and name == "iso" else cell
    if value is not None and column.values:
        value = value.lower()
        if value not in column.values:
            raise _refused(name, cell, "is not one of its values", f"write one of {', '.join(column.values)}")
    try:
        if name in layer.follows:
            layer.follows[name](value)
    except ValueError as error:
        raise _refused(name, cell, str(error), "format the column as text, and write it so") from error
    return value


def _as_iso(cell: str) -> str:
    """A day as a spreadsheet prints it, where only one reading of it is a day; anything else as it is."""
    found = _PRINTED_DAY.fullmatch(cell)
    if not found:
        return cell.upper().replace(" ", "")
    first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    readings = {(year, second, first)} if mark == "." else {(year, second, first), (year, first, second)}
    days = {day.isoformat() for reading in readings if (day := calendar_day(*reading))}
    return days.pop() if len(days) == 1 else cell


def _bounds(
    cells: Mapping[str, str], clipping: Clipping, now: Values, anchor: Anchor, former: Place | None
) -> dict[str, Any]:
    """The corrected start and end, which are of the text that the coder saw."""
    shown = former or (now["start"], now["end"])
    wanted = list(shown)
    for at, name in enumerate(("corrected_start", "corrected_end")):
        if cell := cells.get(name, ""):
            value = number(cell)
            if value is None:
                raise _refused(
                    name.removeprefix("corrected_"),
                    cell,
                    "is not a whole number",
                    "count code points from the start of the page",
                )
            wanted[at] = value
    start, end = wanted
    if (start, end) == shown:
        return {}
    if not (start < shown[1] and shown[0] < end and start < end):
        raise _refused(
            "start",
            f"{start}-{end}",
            f"has nothing in common with {shown[0]}-{shown[1]}",
            "keep a part of the annotation, or reject it and add a row of its own",
        )
    if former:
        return _moved_bounds(clipping.text, now, anchor, former, start, end)
    if end > len(clipping.text):
        size = f"{len(clipping.text):,} characters"
        raise _refused("end", end, f"is beyond the page, which has {size}", "count code points from its start")
    return {"start": start, "end": end}


def _moved_bounds(text: str, now: Values, anchor: Anchor, former: Place, start: int, end: int) -> dict[str, Any]:
    """The corrected bounds in a text that has changed: their words must stand around the annotation once."""
    seen = anchor.prefix + anchor.exact + anchor.suffix
    first = former[0] - len(anchor.prefix)
    if start < first or end > first + len(seen):
        raise PlaceError(
            "its page has changed, and the corrected bounds reach further than is known of the former text"
        )
    around = now["start"] - 2 * len(anchor.prefix), now["end"] + 2 * len(anchor.suffix)
    places = _anchors.places_within(text, seen[start - first : end - first], *around)
    over = [place for place in places if place[0] < now["end"] and now["start"] < place[1]]
    if len(over) != 1:
        raise PlaceError("its page has changed, and the words of the corrected bounds are not there once")
    return {"start": over[0][0], "end": over[0][1]}


def _words(name: str, words: str | None, clipping: Clipping, now: Values) -> Values:
    """Words of the text with their place: in the sentences of the annotation, else the only such words of the page."""
    if words is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    over = [one for one in sentences.annotate(clipping) if one.start < now["end"] and now["start"] < one.end]
    near = (min([now["start"], *(one.start for one in over)]), max([now["end"], *(one.end for one in over)]))
    for bounds in (near, (0, len(clipping.text))):
        places = _anchors.places_within(clipping.text, words, *bounds)
        outside = [place for place in places if place[1] <= now["start"] or now["end"] <= place[0]]
        found = outside or places
        if len(found) == 1:
            start, end = found[0]
            return {name: clipping.text[start:end], f"{name}_start": start, f"{name}_end": end}
        if found:
            raise _refused(
                name,
                words,
                f"stands at {len(found)} places near the annotation",
                "write more of the words around it, or leave it empty",
            )
    raise _refused(name, words, "is not on the page", "copy the words that name the source from the sentence")


def moved(layer: Layer, text: str, seen: Values, place: tuple[int, int]) -> Values:
    """Return the values of an annotation at another place; of words whose place is not sure, nothing is said."""
    found = seen | {"start": place[0], "end": place[1]}
    for name in layer.corrected:
        if not _decisions.is_place(layer, name) or seen.get(name) is None:
            continue
        start, end = seen[f"{name}_start"], seen[f"{name}_end"]
        shifts = dict.fromkeys((place[0] - seen["start"], place[1] - seen["end"]))
        at = next((by for by in shifts if _anchors.same(text[max(0, start + by) : max(0, end + by)], seen[name])), None)
        keys = f"{name}_start", f"{name}_end"
        if at is None:
            for key in (name, *keys):
                del found[key]
        else:
            found |= zip(keys, (start + at, end + at), strict=True)
    return found


def place_of_words(clipping: Clipping, words: str, start: int | None) -> tuple[int, int]:
    """Return the place of words that a coder added: the only one on the page, or that at a start that was given.

    Raises:
        PlaceError: they are not there, or there more than once.
    """
    if not words:
        raise PlaceError("its cell text is empty; write the words to be marked there")
    places = _anchors.places_within(clipping.text, words, 0, len(clipping.text))
    found = [place for place in places if place[0] == start] or places
    if len(found) != 1:
        count = f"at {len(found)} places; write the right one into the column start" if found else "nowhere"
        raise PlaceError(f"the words stand on the page {count}")
    return found[0]


def _refused(name: str, printed: object, reason: str, remedy: str) -> RowError:
    return RowError("CLP802", field=name, printed=str(printed), reason=reason, remedy=remedy)
