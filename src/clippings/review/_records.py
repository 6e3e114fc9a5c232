"""What a row of a review file is about, in a cell that no spreadsheet changes: JSON of ASCII characters alone."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import msgspec

from clippings.arguments import ArgumentError
from clippings.layers.layer import Layer
from clippings.layers.registry import KEPT
from clippings.model import Annotated, Clipping
from clippings.review import _anchors, _decisions
from clippings.review._anchors import Anchor
from clippings.review._decisions import Values
from clippings.sequence import ClippingSequence

LONGEST = 30_000
"""The characters of a cell; a spreadsheet cuts one of 32,767."""
RECORD = "record"
SHOWN = ("id", "item", "sentence", "text")
TO_FILL = "verdict"
BEHIND = ("comment", "start", "end", "hash", "weight", RECORD)
_SMART = str.maketrans("“”„‟″", '"""""')


class Record(msgspec.Struct, frozen=True):
    """An annotation as it was when the file was written, and how many rows it stands for.

    ``hash`` is of the text of its page; ``rows`` is the number of rows of the file.
    """

    layer: str
    id: str
    item: int
    hash: str
    values: Values
    exact: str
    prefix: str
    suffix: str
    is_alone: bool
    weight: float
    rows: int

    @property
    def anchor(self) -> Anchor:
        """The words, and what stands around them."""
        return Anchor(self.exact, self.prefix, self.suffix, self.is_alone)


def columns(layer: Layer) -> list[str]:
    """Return the columns of a review file in order.

    >>> columns(KEPT["dates"])[2:8]
    ['sentence', 'text', 'iso', 'rule', 'verdict', 'corrected_iso']
    """
    rule = [name for name in ("rule",) if layer.record and name in layer.record.__struct_fields__]
    filled = [TO_FILL, *(f"corrected_{name}" for name in (*layer.corrected, "start", "end"))]
    return [*SHOWN, *layer.corrected, *rule, *filled, *BEHIND]


def written(record: Record) -> str:
    """Return a record as a cell; one that a spreadsheet would cut is without its words, and is not found again."""
    cell = _cell(record)
    return cell if len(cell) <= LONGEST else _cell(msgspec.structs.replace(record, exact="", prefix="", suffix=""))


def _cell(record: Record) -> str:
    return json.dumps(msgspec.to_builtins(record), separators=(",", ":"))


def read(cell: str) -> Record | None:
    """Return the record of a cell, also where its quotes were made typographic; None where it is damaged.

    >>> read("{") is None
    True
    """
    try:
        found = msgspec.convert(json.loads(cell.translate(_SMART)), Record)
    except (ValueError, RecursionError):
        return None
    return found if _is_sound(found) else None


def _is_sound(record: Record) -> bool:
    layer, values = KEPT.get(record.layer), record.values
    if layer is None or set(values) != set(_decisions.columns(layer)) or not 0 < record.weight < math.inf:
        return False
    start, end = values["start"], values["end"]
    return type(start) is int and type(end) is int and 0 <= start < end


def check_annotated(annotated: object) -> None:
    """Refuse what holds no annotations.

    >>> check_annotated(None)
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: annotated must be annotated clippings, not NoneType; give corpus.annotate()
    """
    if not isinstance(annotated, ClippingSequence) or not hasattr(annotated, "layers"):
        kind = type(annotated).__name__
        raise ArgumentError(f"annotated must be annotated clippings, not {kind}; give corpus.annotate()")


class Pages:
    """The clippings of annotations by key, and by the hash of their text where a key is another now."""

    def __init__(self, annotated: ClippingSequence[Annotated]) -> None:
        self._found: Mapping[tuple[str, int], Clipping] = {
            (page.clipping.id, page.clipping.item): page.clipping for page in annotated
        }
        self._hashes: dict[str, str] = {}
        self._by_hash: dict[tuple[str, int], list[Clipping]] = {}

    def get(self, name: str, item: int) -> Clipping | None:
        """The clipping of a key."""
        return self._found.get((name, item))

    def named(self, name: str) -> list[Clipping]:
        """The clippings of an id, or of the id that a spreadsheet made a number of."""
        exact = [one for (key, _), one in self._found.items() if key == name]
        return exact or [
            one for (key, _), one in self._found.items() if _as_number(key) == _as_number(name) is not None
        ]

    def hash_of(self, clipping: Clipping) -> str:
        """The hash of the text of a clipping."""
        if clipping.id not in self._hashes:
            self._hashes[clipping.id] = _anchors.text_hash(clipping.text)
        return self._hashes[clipping.id]

    def of_text(self, digest: str, item: int) -> Clipping | None:
        """The only clipping of this text."""
        if not self._by_hash:
            for one in self._found.values():
                self._by_hash.setdefault((self.hash_of(one), one.item), []).append(one)
        found = self._by_hash.get((digest, item), [])
        return found[0] if len(found) == 1 else None


def _as_number(name: Any) -> float | None:
    try:
        return float(name)
    except ValueError:
        return None
