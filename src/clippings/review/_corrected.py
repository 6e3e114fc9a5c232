"""Annotations as coders hold them right, in the place of those that the library made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from clippings.layers.layer import Layer
from clippings.layers.registry import KEPT
from clippings.model import Annotated
from clippings.tables import jsonl, sheets

if TYPE_CHECKING:
    import pandas as pd

_Rows: TypeAlias = Mapping[tuple[str, int], list[Any]]


def pages(found: Iterator[Annotated], layers: Mapping[str, pd.DataFrame]) -> Iterator[Annotated]:
    """Yield annotated clippings with the rows of other frames, without those that were rejected.

    Args:
        found: the clippings as the library annotated them.
        layers: the frames of the layers that were reviewed, each with the column ``status``.
    """
    rows = {name: _rows(KEPT[name], frame) for name, frame in layers.items()}
    for page in found:
        made = msgspec.json.decode(jsonl.line(page, is_whole=False, before=page))
        key = page.clipping.id, page.clipping.item
        kept = {name: of_page.get(key, []) for name, of_page in rows.items()}
        # What sums up a layer is made again from its rows.
        made = {name: value for name, value in made.items() if name not in page.found or name in KEPT}
        yield jsonl.page({**made, **kept}, page.clipping.text, page.clipping)


def _rows(layer: Layer, frame: pd.DataFrame) -> _Rows:
    kept = sheets.cells(frame[frame["status"] != "rejected"])
    found: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in kept.to_dict("records"):
        cells = {str(name): value for name, value in row.items()}
        found[row["id"], row["item"]].append(_complete(layer, jsonl.of_row(layer, cells)))
    return found


def _complete(layer: Layer, row: Any) -> Any:
    """Give what is empty, where a record never is, the value of nothing: a coder who adds it says no rule or number."""
    if not isinstance(row, dict) or layer.record is None:
        return row
    kinds = {field.name: field.type for field in msgspec.structs.fields(layer.record)}
    return {name: _EMPTY.get(kinds.get(name)) if value is None else value for name, value in row.items()}


_EMPTY: Mapping[Any, Any] = {str: "", int: 0, float: 0.0, bool: False}
