"""What coders decided about annotations, and how that compares with what the library found."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from clippings.layers.layer import Layer
from clippings.layers.registry import KEPT
from clippings.tables import sheets

if TYPE_CHECKING:
    import pandas as pd

Values: TypeAlias = dict[str, Any]
OVERLAP = 0.5
"""Two stretches with a larger share of their union in common are the same annotation, one of them with other bounds."""


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one coder holds to be right at one place.

    ``seen`` is what the library had found when the coder looked, None where it had found nothing; ``wanted`` is what
    is right there, None where nothing is. Each holds ``start``, ``end`` and the columns that a coder may correct.
    """

    id: str
    item: int
    layer: str
    coder: str
    seen: Values | None
    wanted: Values | None
    weight: float = 1.0
    comment: str = ""
    file: str = ""
    row: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """Start and end: of what the library had found, else of what the coder added."""
        values = self.seen or self.wanted or {}
        return values["start"], values["end"]


class Orphan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a coder decided about words that cannot be placed for sure, with the reason."""

    id: str
    item: int
    layer: str
    coder: str
    verdict: str
    text: str
    reason: str
    values: Values | None = None
    file: str = ""
    row: int = 0


class Settled(msgspec.Struct, frozen=True):
    """A decision, the row of the frame it is about (None: there is none), and what it comes to.

    ``changes`` are the values that it changes there, or gives to what it adds.
    ``status`` is ``stale`` where the library now finds something else than what was rejected, and ``gone`` where it
    finds nothing there any more.
    """

    decision: Decision
    row: int | None
    status: str
    changes: Values


def columns(layer: Layer) -> list[str]:
    """Return the columns that a decision has values of: the place, those to correct, and where their words stand.

    >>> from clippings.layers.registry import KEPT
    >>> columns(KEPT["quotes"])
    ['start', 'end', 'speaker', 'source', 'source_start', 'source_end', 'kind']
    """
    found = ["start", "end"]
    for name in layer.corrected:
        found += [name, f"{name}_start", f"{name}_end"] if is_place(layer, name) else [name]
    return found


def is_place(layer: Layer, column: str) -> bool:
    """Tell whether a column holds words of the text that stand at a place of their own."""
    return (column, "place") in layer.forms


def is_sound(one: Decision) -> bool:
    """Tell whether a decision is about a layer, says what is there or is not, and has the values of its columns.

    >>> seen = {"start": 0, "end": 5, "iso": "2007"}
    >>> is_sound(Decision("a", 0, "dates", "Jo", seen, None)), is_sound(Decision("a", 0, "dates", "Jo", None, None))
    (True, False)
    """
    layer, told = KEPT.get(one.layer), [values for values in (one.seen, one.wanted) if values is not None]
    if layer is None or not told or not 0 < one.weight < math.inf or not all(_fits(layer, values) for values in told):
        return False
    changed = {name: value for name, value in (one.wanted or {}).items() if (one.seen or {}).get(name) != value}
    try:
        return all(layer.follows[name](value) for name, value in changed.items() if name in layer.follows)
    except ValueError:
        return False


def _fits(layer: Layer, told: Values) -> bool:
    start, end = told.get("start"), told.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        return False
    return all(_may_hold(layer, name, value) for name, value in told.items())


def _may_hold(layer: Layer, name: str, value: Any) -> bool:
    if name not in layer.corrected:
        return name in columns(layer) and (value is None or type(value) is int)
    return value is None or isinstance(value, str)


def values(layer: Layer, frame: pd.DataFrame) -> list[Values]:
    """Return the values of each row of a frame, None where a cell is missing."""
    rows: list[Values] = sheets.cells(frame[columns(layer)]).to_dict("records")  # type: ignore[assignment]
    return rows


def settled(layer: Layer, frame: pd.DataFrame, decisions: Sequence[Decision]) -> list[Settled]:
    """Return what each decision comes to on the frame of its layer."""
    wanted = {(one.id, one.item) for one in decisions}
    places = _by_page(layer, frame, wanted)
    taken: set[tuple[str, int]] = set()
    found = []
    # Those at the very place first, so that no other that overlaps takes it from them.
    for one in sorted(decisions, key=lambda one: not _is_at(one, places)):
        here = places[one.id, one.item]
        free = [(row, now) for row, now in here if (one.coder, row) not in taken]
        row, now = _match(layer, one, here, free)
        if row is not None:
            taken.add((one.coder, row))
        changes = {name: value for name, value in (one.wanted or {}).items() if now is None or now.get(name) != value}
        found.append(Settled(one, row, _status(one, now), changes))
    order = {id(one): at for at, one in enumerate(decisions)}
    return sorted(found, key=lambda one: order[id(one.decision)])


def agrees(wanted: Values, now: Values) -> bool:
    """Tell whether what is found is what is wanted, in all that is said of it."""
    return all(now.get(name) == value for name, value in wanted.items())


_Row: TypeAlias = tuple[int, Values]


def _by_page(layer: Layer, frame: pd.DataFrame, wanted: set[tuple[str, int]]) -> Mapping[tuple[str, int], list[_Row]]:
    keys = list(zip(frame["id"].tolist(), frame["item"].tolist(), strict=True))
    rows = [row for row, key in enumerate(keys) if key in wanted]
    found: defaultdict[tuple[str, int], list[_Row]] = defaultdict(list)
    for row, now in zip(rows, values(layer, frame.iloc[rows]), strict=True):
        found[keys[row]].append((row, now))
    return found


def _is_at(one: Decision, places: Mapping[tuple[str, int], list[_Row]]) -> bool:
    return any((now["start"], now["end"]) == one.place for _, now in places[one.id, one.item])


def _match(layer: Layer, one: Decision, rows: Sequence[_Row], free: Sequence[_Row]) -> tuple[int | None, Values | None]:
    """The row that a decision is about: of the same values, at the same place, or else the one it overlaps most."""
    here = [row for row in rows if (row[1]["start"], row[1]["end"]) == one.place]
    whole = one.seen or one.wanted or {}
    same = [row for row in here if agrees(whole, row[1])]
    if same:
        return same[0]
    # Several whole sentences are several annotations of one place, each with a value of its own.
    if layer.record and layer.record.is_whole_sentence:
        main = layer.corrected[0]
        return next((row for row in here if row[1][main] == whole.get(main)), (None, None))
    if here:
        return here[0]
    best = max(free, key=lambda row: _overlap(one.place, row[1]), default=None)
    return best if best and _overlap(one.place, best[1]) > OVERLAP else (None, None)


def _overlap(place: tuple[int, int], now: Values) -> float:
    shared: int = min(place[1], now["end"]) - max(place[0], now["start"])
    union: int = max(place[1], now["end"]) - min(place[0], now["start"])
    return max(0, shared) / union


def _status(one: Decision, now: Values | None) -> str:
    if one.wanted is None:
        if now is None:
            return "gone"
        return "rejected" if agrees(one.seen or {}, now) else "stale"
    if now is None:
        return "added"
    return "accepted" if agrees(one.wanted, now) else "changed"


def by_row(found: Iterable[Settled]) -> dict[int, list[Settled]]:
    """Return the decisions about each row of a frame."""
    rows: defaultdict[int, list[Settled]] = defaultdict(list)
    for one in found:
        if one.row is not None and one.status != "stale":
            rows[one.row].append(one)
    return dict(rows)


def additions(found: Iterable[Settled]) -> dict[tuple[str, int, int, int], list[Settled]]:
    """Return what was added, by clipping and place."""
    places: defaultdict[tuple[str, int, int, int], list[Settled]] = defaultdict(list)
    for one in found:
        if one.status == "added":
            places[one.decision.id, one.decision.item, one.changes["start"], one.changes["end"]].append(one)
    return dict(sorted(places.items()))


def together(found: Sequence[Settled]) -> str:
    """Return the status of what some coders decided about one annotation: that of all, else ``conflict``."""
    first = found[0]
    # Of what was added, one coder's format may say less than another's.
    names = set.intersection(*(set(one.changes) for one in found)) if first.status == "added" else None
    said = [
        (one.status, {name: value for name, value in one.changes.items() if names is None or name in names})
        for one in found
    ]
    return first.status if all(one == said[0] for one in said) else "conflict"


def coders(found: Iterable[Settled]) -> str:
    """Return the names of the coders, sorted, joined by semicolons."""
    return "; ".join(sorted({one.decision.coder for one in found}))
