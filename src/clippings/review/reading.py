"""Verdicts from a table that went through a spreadsheet, traced to the annotations they are about."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from clippings import arguments, diagnostics
from clippings.arguments import ArgumentError
from clippings.errors import LayerError
from clippings.layers.layer import Layer
from clippings.layers.registry import KEPT
from clippings.model import Annotated, Clipping, Diagnostic
from clippings.review import _anchors, _decisions, _records, _sheets, _values
from clippings.review._anchors import Anchor, PlaceError
from clippings.review._decisions import Decision, Orphan, Values
from clippings.review._records import Pages
from clippings.review._sheets import ReviewError, Row, Sheet
from clippings.review._values import Place, RowError
from clippings.review.curated import CuratedCorpus
from clippings.review.writing import GOES_ON
from clippings.sequence import ClippingSequence

VERDICTS = {
    "accept": "accept", "accepted": "accept", "reject": "reject", "rejected": "reject",
    "change": "change", "changed": "change", "add": "add", "added": "add",
}  # fmt: skip
"""What may stand in the column of verdicts, in letters of any case."""
_OF_FILES = (*_records.SHOWN, _records.TO_FILL, *_records.BEHIND)
_ALL_COLUMNS = (*_OF_FILES, *dict.fromkeys(name for layer in KEPT.values() for name in _records.columns(layer)))
_RESTORE = "restore the cell record from the file that review.write wrote"
_NO_WORD = re.compile(r"[^a-z]+")
_NO_LETTER, _NOT_ASCII = re.compile(r"[\W_]+"), re.compile(r"[^A-Za-z0-9]+")
_LOST = re.compile(r"[?\ufffd]")


class _Found(NamedTuple):
    """What a row is about: its clipping, what was seen in it, what stood around it, and its place on a former page."""

    layer: Layer
    clipping: Clipping
    seen: Values | None
    anchor: Anchor
    former: Place | None = None
    weight: float = 1.0


def read(
    path: str | os.PathLike[str],
    annotated: ClippingSequence[Annotated] | CuratedCorpus,
    *,
    coder: str,
    layer: str | None = None,
) -> CuratedCorpus:
    """Read the verdicts of a coder from a file that ``cl.review.write`` wrote and a spreadsheet saved.

    Separators, quotes, line ends, the encoding, the order of rows and columns, further columns, a workbook (.xlsx) and
    numbers in the place of ids and days are read as they were meant. What is not understood is told in ``notes`` and
    in the frame ``diagnostics``, with its row as the spreadsheet counts, and that row is left out. A row of your own
    with the verdict ``add`` adds an annotation: it needs ``id`` and ``text``, and what is right of it in the columns
    that begin with ``corrected_``.

    Where the text of a page has changed since, an annotation is found again by its words and what stands around
    them. What cannot be placed once and for sure is in the frame ``orphans``. Where the library now finds something
    else, a verdict holds for what the coder saw: see ``CuratedCorpus``.

    Args:
        path: of the file.
        annotated: the annotated clippings the file is about; annotations that were reviewed before keep their verdicts.
        coder: the name of who filled it in.
        layer: of rows that were added, where the file has no others; that of the other rows if not given.

    Raises:
        ReviewError: the file is no table, or has no column of verdicts.
        OSError: the file cannot be read.
        LayerError: the layer of the file was not run.
        ArgumentError: ``coder`` is not a name, or another argument has a wrong type.

    >>> import clippings as cl, pandas as pd, tempfile
    >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rows = cl.review.write(annotated, f"{folder}/review.csv")
    ...     rows.assign(verdict="Accept").to_csv(f"{folder}/done.csv", sep=";", index=False)
    ...     cl.review.read(f"{folder}/done.csv", annotated, coder="Jo").quotes[["status", "coder"]].values.tolist()
    [['accepted', 'Jo']]
    """
    _records.check_annotated(annotated)
    arguments.path("path", path, "give the file that was filled in")
    name = _named(coder)
    sheet = _sheets.read(Path(path), _ALL_COLUMNS)
    if _records.TO_FILL not in sheet.columns:
        listed = ", ".join(filter(None, sheet.columns)) or "none"
        raise ReviewError(f"{path} has no column verdict; it has {listed}: give the file that review.write wrote")
    before = annotated if isinstance(annotated, CuratedCorpus) else CuratedCorpus(annotated)
    found = _Reader(sheet, before.annotated, name, layer).curated()
    return before + found if before.coders else found


def _named(coder: str) -> str:
    arguments.text("coder", coder, "give the name of who filled the file in")
    name = " ".join(coder.split())
    if not name or ";" in name:
        raise ArgumentError(f"coder must be a name without a semicolon, not {coder!r}")
    return name


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Sheet, annotated: ClippingSequence[Annotated], coder: str, layer: str | None) -> None:
        self.sheet = sheet
        self.annotated = annotated
        self.coder = coder
        self.pages = Pages(annotated)
        self.records = {row.number: _records.read(row.cells.get(_records.RECORD, "")) for row in sheet.rows}
        known = {record.layer for record in self.records.values() if record}
        likely = known or {name for name, of in KEPT.items() if of.corrected and _has_columns(sheet, of)}
        self.layer = layer or (min(likely) if len(likely) == 1 else None)
        for name in sorted(known | ({layer} if layer else set())):
            if name not in annotated.frames or name not in KEPT:
                raise LayerError(name, [one for one in annotated.frames if one in KEPT])
        self.notes: list[Diagnostic] = list(sheet.told)
        self.orphans: list[Orphan] = []

    def curated(self) -> CuratedCorpus:
        """What the rows decide."""
        made = [(row, one) for row in self.sheet.rows for one in self._decided(row)]
        decisions = [one for _, one in self._without_contradictions(made)]
        self._tell_of_file()
        found = CuratedCorpus(self.annotated, decisions, self.orphans, self.notes)
        return CuratedCorpus(self.annotated, decisions, self.orphans, [*self.notes, *_stale(found)])

    def note(self, code: str, row: int = 0, **values: object) -> None:
        """Keep a diagnostic; spreadsheets number the names of columns as row 1."""
        self.notes.append(
            diagnostics.make(code, file=self.sheet.file, line=row, column=int(row > 0), row=row, **values)
        )

    def _decided(self, row: Row) -> Iterator[Decision]:
        """The decision of a row, if it holds one that is understood and placed."""
        printed, verdict = row.cells.get(_records.TO_FILL, ""), _verdict(row)
        filled = [name for name in row.cells if name.startswith("corrected_") and _differs(name, row)]
        try:
            if not printed:
                _refuse_unjudged(row, filled)
                return
            if verdict is None:
                raise RowError("CLP801", printed=printed)
            if "" in row.cells:
                where = f"row {row.number}, beyond the named columns"
                self.note("CLP806", row.number, names=repr(row.cells[""]), where=where)
            yield self._added(row) if verdict == "add" else self._judged(row, verdict, filled)
        except RowError as error:
            self.note(error.code, row.number, **error.values)
        except PlaceError as error:
            self._orphaned(row, str(error))

    def _judged(self, row: Row, verdict: str, filled: list[str]) -> Decision:
        if verdict != "change" and filled:
            raise _unclear(
                f"the verdict is {verdict}, but {filled[0]} is filled in", "write change, or empty that cell"
            )
        if verdict == "change" and not filled:
            raise _unclear(
                "the verdict is change, but no corrected value is another", "fill in what is right, or write reject"
            )
        found = self._traced(row)
        wanted = None
        if verdict != "reject":
            assert found.seen
            corrected = _values.corrected(
                row.cells, found.layer, found.clipping, found.seen, found.anchor, found.former
            )
            wanted = found.seen | corrected
        return self._decision(row, found, found.seen, wanted)

    def _added(self, row: Row) -> Decision:
        if row.cells.get(_records.RECORD):
            raise _unclear(
                "the verdict is add, but the row is about an annotation of the library",
                "add a row of its own with an empty cell record",
            )
        if self.layer is None:
            raise _untraced(
                "its layer is not known, as no other row is about one",
                remedy="name it: review.read(..., layer='quotes')",
            )
        clipping = self._clipping_of(row)
        words = row.cells.get("text", "")
        place = _values.place_of_words(clipping, words, _values.number(row.cells.get("start", "")))
        at = {"start": place[0], "end": place[1]}
        layer = KEPT[self.layer]
        cells = {name: cell for name, cell in row.cells.items() if name not in ("corrected_start", "corrected_end")}
        given = {f"corrected_{name}": cells.get(f"corrected_{name}") or cells.get(name, "") for name in layer.corrected}
        wanted = at | _values.corrected(given, layer, clipping, at, Anchor(words), None)
        return self._decision(row, _Found(layer, clipping, None, Anchor(words)), None, wanted)

    def _decision(self, row: Row, found: _Found, seen: Values | None, wanted: Values | None) -> Decision:
        of = found.clipping
        comment = row.cells.get("comment", "")
        place = (self.sheet.file, row.number)
        return Decision(of.id, of.item, found.layer.name, self.coder, seen, wanted, found.weight, comment, *place)

    def _clipping_of(self, row: Row) -> Clipping:
        named = self.pages.named(row.cells.get("id", ""))
        cell = row.cells.get("item", "")
        item = _values.number(cell) if cell else 0
        found = [one for one in named if one.item == item]
        if len(found) != 1:
            raise _untraced(
                f"no clipping has the id {row.cells.get('id', '')!r} and item {cell or 0}",
                "take the id from the frame clippings",
            )
        return found[0]

    def _traced(self, row: Row) -> _Found:
        """What a row is about: by its record, else by its clipping, place and words."""
        record = self.records[row.number]
        if record is None:
            return self._by_place(row)
        shown = row.cells.get("text", "")
        if record.exact and not _is_alike(shown, record.exact):
            raise _untraced(
                "its record is of other words than its text, as if columns had been sorted apart",
                "sort whole rows; corrected_start and corrected_end change the words of an annotation",
            )
        clipping = self.pages.get(record.id, record.item)
        if clipping is None or self.pages.hash_of(clipping) != record.hash:
            clipping = self.pages.of_text(record.hash, record.item) or clipping
        if clipping is None:
            raise PlaceError(f"no clipping has the id {record.id!r} and item {record.item}")
        layer = KEPT[record.layer]
        seen = record.values
        if self.pages.hash_of(clipping) == record.hash:
            if record.exact not in ("", clipping.text[seen["start"] : seen["end"]]):
                raise _untraced("the place in its record is not that of its words")
            return _Found(layer, clipping, seen, record.anchor, weight=record.weight)
        if not record.exact:
            raise PlaceError("its words are too many for a cell, and its page has changed")
        place = _anchors.placed(clipping.text, record.anchor)
        moved = _values.moved(layer, clipping.text, seen, place)
        return _Found(layer, clipping, moved, record.anchor, (seen["start"], seen["end"]), record.weight)

    def _by_place(self, row: Row) -> _Found:
        """The only annotation of the library at the place and with the words of a row that lost its record."""
        if self.layer is None:
            raise _untraced("its cell record is empty or damaged")
        clipping, layer = self._clipping_of(row), KEPT[self.layer]
        place = _values.number(row.cells.get("start", "")), _values.number(row.cells.get("end", ""))
        frame = getattr(self.annotated, self.layer)
        is_there = (frame["id"] == clipping.id) & (frame["item"] == clipping.item)
        is_there &= (frame["start"] == place[0]) & (frame["end"] == place[1])
        here = _decisions.values(layer, frame[is_there])
        if len(here) != 1 or not _is_alike(row.cells.get("text", ""), clipping.text[here[0]["start"] : here[0]["end"]]):
            raise _untraced("its cell record is empty or damaged, and no annotation has its place and words")
        weight = _values.weight(row.cells.get("weight", ""))
        return _Found(layer, clipping, here[0], Anchor(""), weight=weight)

    def _orphaned(self, row: Row, reason: str) -> None:
        record, cells, verdict = self.records[row.number], row.cells, _verdict(row) or ""
        shown = cells.get("id", ""), _values.number(cells.get("item", "")) or 0
        name, item = (record.id, record.item) if record else shown
        layer = record.layer if record else self.layer or ""
        values = {
            one.removeprefix("corrected_"): cell for one, cell in cells.items() if one.startswith("corrected_") and cell
        }
        text = record.exact if record and record.exact else cells.get("text", "")
        self.orphans.append(
            Orphan(name, item, layer, self.coder, verdict, text, reason, values or None, self.sheet.file, row.number)
        )
        self.note("CLP807", row.number, reason=reason)

    def _without_contradictions(self, made: list[tuple[Row, Decision]]) -> list[tuple[Row, Decision]]:
        """Each annotation once; none of the rows about one that say different things."""
        held: dict[tuple[Any, ...], list[tuple[Row, Decision]]] = {}
        for row, one in made:
            held.setdefault((one.id, one.item, one.layer, repr(one.seen or one.place)), []).append((row, one))
        kept = []
        for same in held.values():
            if all(one.wanted == same[0][1].wanted for _, one in same):
                kept.append(same[0])
                continue
            rows = ", ".join(str(row.number) for row, _ in same)
            self.note("CLP805", same[-1][0].number, rows=rows)
        return kept

    def _tell_of_file(self) -> None:
        known = {*_OF_FILES, ""}
        for name in {self.layer} | {record.layer for record in self.records.values() if record}:
            known |= set(_records.columns(KEPT[name])) if name else set()
        others = [name for name in self.sheet.columns if name not in known]
        if others:
            self.note("CLP806", names=", ".join(map(repr, others)), where="the names of the columns")
        written = max((record.rows for record in self.records.values() if record), default=0)
        there = sum(bool(row.cells.get(_records.RECORD)) or _verdict(row) != "add" for row in self.sheet.rows)
        if written > there:
            self.note("CLP808", left=written - there, count=written)


def _refuse_unjudged(row: Row, filled: list[str]) -> None:
    """Refuse a row that says something and has no verdict."""
    if filled:
        raise _unclear(f"{filled[0]} is filled in, and no verdict is", "write change")
    if row.cells.get("text") and not row.cells.get(_records.RECORD):
        raise _unclear("it is a row of its own without a verdict", "write add")


def _unclear(reason: str, remedy: str) -> RowError:
    return RowError("CLP803", reason=reason, remedy=remedy)


def _untraced(reason: str, remedy: str = _RESTORE) -> RowError:
    return RowError("CLP804", reason=reason, remedy=remedy)


def _verdict(row: Row) -> str | None:
    return VERDICTS.get(_NO_WORD.sub("", row.cells.get(_records.TO_FILL, "").lower()))


def _has_columns(sheet: Sheet, layer: Layer) -> bool:
    return all(f"corrected_{name}" in sheet.columns for name in layer.corrected)


def _differs(name: str, row: Row) -> bool:
    """Tell whether a corrected cell says something else than the column that it corrects."""
    return bool(row.cells[name]) and row.cells[name] != row.cells.get(name.removeprefix("corrected_"))


def _stale(found: CuratedCorpus) -> Iterator[Diagnostic]:
    """What is told of rejections of what the library does not find any more."""
    rows = found.reviews
    for status, code in (("stale", "CLP809"), ("gone", "CLP810")):
        some = rows[rows["status"] == status]
        for file, row in zip(some["file"], some["row"], strict=True):
            yield diagnostics.make(code, file=file, line=row, column=1, row=row)


def _is_alike(shown: str, exact: str) -> bool:
    """Tell whether a cell shows these words, which it may have cut, or lost letters of in another encoding."""
    cut = shown.removesuffix(GOES_ON.strip())
    if _is_same(_NO_LETTER, cut, exact, is_cut=cut != shown):
        return True
    left = _NOT_ASCII.sub("", cut) or _LOST.search(cut)
    return bool(left) and _is_same(_NOT_ASCII, cut, exact, is_cut=cut != shown)


def _is_same(ignored: re.Pattern[str], shown: str, exact: str, *, is_cut: bool) -> bool:
    cell, words = ignored.sub("", shown), ignored.sub("", exact)
    return words.startswith(cell) if is_cut else words == cell
