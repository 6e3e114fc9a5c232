"""Annotations that coders made in another program, beside those of the library."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from clippings import arguments, diagnostics
from clippings.layers.layer import Layer
from clippings.layers.registry import KEPT
from clippings.measures.checks import require
from clippings.model import Annotated, Clipping, Diagnostic, Span
from clippings.review import _anchors, _decisions, _records
from clippings.review._anchors import Anchor, PlaceError
from clippings.review._decisions import Decision, Orphan, Values
from clippings.review._records import Pages
from clippings.review.curated import CuratedCorpus, Whole
from clippings.sequence import ClippingSequence
from clippings.tables import sheets

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = ("id", "item", "layer")
_LIBRARY = re.compile(r"clippings(?: \d[\w.]*)?")
"""The library among the coders, as ``cl.interchange.write`` names it."""


class _Mark(NamedTuple):
    """A row of the frame that is placed."""

    coder: str
    layer: str
    clipping: Clipping
    wanted: Values


def from_frame(
    frame: pd.DataFrame,
    annotated: ClippingSequence[Annotated] | CuratedCorpus,
    *,
    coder: str | None = None,
    pages: Iterable[str] | None = None,
) -> CuratedCorpus:
    """Return what coders marked in another program as decisions about the annotations of the library.

    A row that marks what the library found accepts it; with other values, or other bounds that share more than half,
    it changes it; any other row adds an annotation. On a page that a coder read whole, what the library found and the
    coder did not mark is rejected. A column in which a coder gives no value for a layer at all, such as ``speaker``
    from a format without one, is not compared, and a diagnostic says so.

    A place is trusted where the words stand there. Otherwise it is found by ``exact``, ``prefix`` and ``suffix``; what
    cannot be placed once and for sure is in the frame ``orphans``.

    Args:
        frame: the columns ``id``, ``item`` (where a page has several, the place decides), ``layer``, and ``start`` and
            ``end`` or ``exact``; ``value``, ``speaker``, ``source_start``, ``source_end``, ``coder``, ``prefix`` and
            ``suffix`` where they are known, as ``cl.interchange.read`` gives them, or columns of the layer by their
            own names. What is missing is None. Rows of the library itself are left out, with a diagnostic.
        annotated: annotated clippings, or the tables that ``cl.load`` opens; those that were reviewed before keep their
            verdicts.
        coder: who made the rows that name none.
        pages: ids of the clippings that coders read whole; those with a row of the coder in the layer if not given,
            ``[]`` for none.

    Raises:
        MissingColumn: a column that is needed is not there.
        ArgumentError: ``coder`` is not a name, or ``pages`` not a list of ids.
        ValueError: a row names no coder, and ``coder`` is not given; or a place or item is no whole number.

    >>> import clippings as cl, pandas as pd
    >>> page = cl.parse('"We wait," said Anna Petrova. "We go," said Ivan Orlov.', path="1.txt", layout="plain")
    >>> annotated = cl.Corpus(page).annotate()
    >>> marked = {"id": "1", "item": 0, "layer": "quotes", "start": 0, "end": 10, "speaker": "Anna Petrova"}
    >>> cl.review.from_frame(pd.DataFrame([marked]), annotated, coder="Jo").quotes["status"].tolist()
    ['accepted', 'rejected']
    """
    _records.check_annotated(annotated)
    require(frame, _NEEDED, "frame")
    if coder is not None:
        arguments.text("coder", coder, "give the name of who made the rows")
    if pages is not None:
        arguments.several("pages", pages, str, "give the ids of the clippings that were read whole")
    before = annotated if isinstance(annotated, CuratedCorpus) else CuratedCorpus(annotated)
    found = _Importer(frame, before.annotated, coder, pages).curated()
    return before + found if before.coders else found


class _Importer:
    def __init__(
        self,
        frame: pd.DataFrame,
        annotated: ClippingSequence[Annotated],
        coder: str | None,
        pages: Iterable[str] | None,
    ) -> None:
        self.annotated = annotated
        self.coder = coder
        self.known = Pages(annotated)
        self.whole = None if pages is None else set(pages)
        self.rows = _rows(frame)
        self.notes: list[Diagnostic] = []
        self.orphans: list[Orphan] = []
        self.machines: list[_Mark] = []

    def curated(self) -> CuratedCorpus:
        """What the rows come to."""
        marks = [mark for row in enumerate(self.rows, 1) for mark in self._placed(*row)]
        marks = self._comparable(marks)
        decisions, whole = self._matched(marks), self._read_whole(marks)
        rejected = list(self._rejected(decisions, whole))
        if self.machines:
            self.notes.append(diagnostics.make("CLP812", count=len(self.machines)))
        if rejected:
            self.notes.append(diagnostics.make("CLP811", count=len(rejected)))
        return CuratedCorpus(self.annotated, [*decisions, *rejected], self.orphans, self.notes, whole)

    def _placed(self, number: int, row: Values) -> Iterator[_Mark]:
        """A row at its place, or else an orphan."""
        coder = row.get("coder") or self.coder
        if not coder:
            raise ValueError(f"row {number} of frame names no coder; give coder=")
        layer = KEPT.get(row["layer"])
        if layer is None or layer.name not in self.annotated.frames:
            reason = f"there is no layer {row['layer']!r}"
            self.notes.append(diagnostics.make("CLP804", row=number, reason=reason, remedy="annotate with that layer"))
            return
        try:
            items = self.known.named(row["id"])
            if not items or row["item"] not in (None, *(one.item for one in items)):
                raise PlaceError(f"no clipping has the id {row['id']!r} and item {row['item']}")
            start, end = _place(items[0].text, row)
            clipping = _item_at(items, Span(start, end), row["item"])
        except PlaceError as error:
            if not _LIBRARY.fullmatch(coder):
                self._orphaned(number, row, coder, str(error))
            return
        wanted = {"start": start, "end": end} | _told(layer, clipping.text, row, (start, end))
        mark = _Mark(coder, layer.name, clipping, wanted)
        if _LIBRARY.fullmatch(coder):
            self.machines.append(mark)
        else:
            yield mark

    def _orphaned(self, number: int, row: Values, coder: str, reason: str) -> None:
        values = {name: row[name] for name in ("value", "speaker") if row.get(name) is not None}
        text = row.get("exact") or ""
        self.orphans.append(
            Orphan(str(row["id"]), row["item"] or 0, row["layer"], coder, "", text, reason, values or None, "", number)
        )
        self.notes.append(diagnostics.make("CLP807", row=number, reason=reason))

    def _comparable(self, marks: list[_Mark]) -> list[_Mark]:
        """The marks without the values that a coder never gives in a layer."""
        given: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for mark in marks:
            named[mark.coder, mark.layer] |= set(mark.wanted)
            given[mark.coder, mark.layer] |= {name for name, value in mark.wanted.items() if value is not None}
        for (coder, layer), names in sorted(named.items()):
            if empty := names - given[coder, layer]:
                listed = ", ".join(name for name in _decisions.columns(KEPT[layer]) if name in empty)
                self.notes.append(diagnostics.make("CLP813", coder=coder, layer=layer, columns=listed))
        return [
            mark._replace(
                wanted={name: value for name, value in mark.wanted.items() if name in given[mark.coder, mark.layer]}
            )
            for mark in marks
        ]

    def _matched(self, marks: list[_Mark]) -> list[Decision]:
        """Each mark with what the library found there, if it did."""
        made = [
            Decision(mark.clipping.id, mark.clipping.item, mark.layer, mark.coder, None, mark.wanted) for mark in marks
        ]
        found = []
        for name in dict.fromkeys(one.layer for one in made):
            frame = getattr(self.annotated, name)
            of_layer = [one for one in made if one.layer == name]
            settled = _decisions.settled(KEPT[name], frame, of_layer)
            rows = [one.row for one in settled if one.row is not None]
            seen: dict[int | None, Values] = dict(
                zip(rows, _decisions.values(KEPT[name], frame.iloc[rows]), strict=True)
            )
            found += [msgspec.structs.replace(one.decision, seen=seen.get(one.row)) for one in settled]
        return found

    def _read_whole(self, marks: list[_Mark]) -> set[Whole]:
        keys = {(mark.coder, mark.layer, mark.clipping.id, mark.clipping.item) for mark in marks}
        if self.whole is None:
            return keys
        pairs = {(coder, layer) for coder, layer, _, _ in keys}
        named = [(one.id, one.item) for name in self.whole for one in self.known.named(name)]
        return {(*pair, *key) for pair in pairs for key in named}

    def _rejected(self, decisions: list[Decision], whole: set[Whole]) -> Iterator[Decision]:
        """What the library found on pages read whole, and neither the coder nor a row of the library has.

        Items of a page share its title: what is marked there on one of them is not missing on the others.
        """
        kept = {(one.coder, one.layer, one.id, repr(_key(one.seen))) for one in decisions if one.seen}
        own = {(one.layer, one.clipping.id, one.wanted["start"], one.wanted["end"]) for one in self.machines}
        for coder, name, key, item in sorted(whole):
            frame = getattr(self.annotated, name)
            rows = frame[(frame["id"] == key) & (frame["item"] == item)]
            for seen in _decisions.values(KEPT[name], rows):
                is_kept = (coder, name, key, repr(_key(seen))) in kept
                if not is_kept and (name, key, seen["start"], seen["end"]) not in own:
                    yield Decision(key, item, name, coder, seen, None)


def _key(seen: Values | None) -> Values:
    return dict(sorted((seen or {}).items()))


def _rows(frame: pd.DataFrame) -> list[Values]:
    """The rows with None for what is missing, and places as whole numbers."""
    places = frame.columns.intersection(["item", "start", "end", "source_start", "source_end"])
    rows = [{str(name): value for name, value in row.items()} for row in sheets.cells(frame).to_dict("records")]
    for number, row in enumerate(rows, 1):
        row |= {name: _whole(row[name], f"row {number} of frame: {name}") for name in places if row[name] is not None}
    return rows


def _whole(value: Any, what: str) -> int:
    try:
        found = int(value)
    except (TypeError, ValueError):
        found = None
    if found is None or (isinstance(value, float) and value != found):
        raise ValueError(f"{what} is {value!r}, not a whole number")
    return found


def _place(text: str, row: Values) -> tuple[int, int]:
    """Where a row stands: at its place if its words do, else where they stand for sure."""
    start, end, exact = (row.get(name) for name in ("start", "end", "exact"))
    anchor = Anchor(exact or "", row.get("prefix") or "", row.get("suffix") or "")
    if start is not None and end is not None:
        is_there = 0 <= start < end <= len(text)
        if is_there and (exact is None or _anchors.fits(text, anchor, start, end)):
            return start, end
    if exact is None:
        raise PlaceError("its place is not on the page, and its words are not known")
    return _anchors.placed(text, anchor)


def _item_at(items: Sequence[Clipping], place: Span, item: int | None) -> Clipping:
    """The item in whose body a place lies, as other programs know the page alone; else the one that is named."""
    inside = [one for one in items if one.body.covers(place)]
    named = [one for one in items if one.item == item]
    return next(iter([one for one in named if one in inside] or inside or named or items))


def _told(layer: Layer, text: str, row: Values, place: tuple[int, int]) -> dict[str, Any]:
    """The values that a row gives of those that a coder may correct."""
    found: dict[str, Any] = {}
    label = layer.names.get(layer.value, layer.value) if layer.value else None
    for name in layer.corrected:
        if _decisions.is_place(layer, name):
            found |= _source(name, text, row, place)
        elif name in row:
            found[name] = row[name]
        elif name == label and "value" in row:
            found[name] = row["value"]
    return found


def _source(name: str, text: str, row: Values, place: tuple[int, int]) -> dict[str, Any]:
    """The words at the place that a row gives for those that name a source."""
    if f"{name}_start" not in row or f"{name}_end" not in row:
        return {}
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    if start is None or end is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    # Of words whose annotation stands elsewhere now, the place is not known.
    if place != (row.get("start"), row.get("end")) or not 0 <= start < end <= len(text):
        return {}
    return {name: text[start:end], f"{name}_start": start, f"{name}_end": end}
