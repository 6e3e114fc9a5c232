"""The rows of a part back to annotated clippings."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import msgspec

from clippings.layers.registry import KEPT
from clippings.model import Annotated, Clipping
from clippings.store import folder as folders
from clippings.store import parquet
from clippings.store.manifest import FolderError, Manifest
from clippings.tables import jsonl

Row: TypeAlias = dict[str, Any]
_Rows: TypeAlias = defaultdict[Any, list[Row]]


def annotated(manifest: Manifest, number: int, tables: Iterable[str]) -> Iterator[Annotated]:
    """Yield the annotated clippings of a part, in order.

    Args:
        manifest: of the folder.
        number: of the part.
        tables: the tables to read: those of pages and of the layers that were run.

    Raises:
        FolderError: the tables do not fit together.
    """
    folder, codebook = manifest.folder, manifest.run.codebook
    assert codebook
    counts = manifest.parts[number].rows
    rows = {name: parquet.read(folder / name / folders.name(number), name, counts[name]).to_pylist() for name in tables}
    copies = [parquet.read(file, "diagnostics").to_pylist() for file in folders.copies(manifest)]
    noted = rows["diagnostics"] + list(itertools.chain(*copies))
    of_file = _grouped((row for row in noted if row["severity"] != "error"), "file")
    of_page = _grouped(rows["blocks"], "id")
    of_key = {name: _grouped(rows[name], "id", "item") for name in ("fields", *KEPT) if name in rows}
    last: Clipping | None = None
    for row in rows["clippings"]:
        key = row["id"], row["item"]
        if last and last.id != row["id"]:
            last = None
        blocks = [] if last else of_page[row["id"]]
        made = {
            **row,
            "schema": jsonl.VERSION,
            "path": row["path"] or "",
            "bom": bytes.fromhex(row["bom"] or ""),
            "given": msgspec.json.decode(row["given"] or "{}"),
            "body": {"start": row["body_start"], "end": row["body_end"]},
            "blocks": blocks,
            "fields": {field["field"]: _field(field) for field in of_key["fields"][key]},
            "diagnostics": of_file[row["path"]] if row["item"] == 0 and row["path"] else [],
            "codebook": {"name": codebook.name, "version": codebook.version, "sha256": codebook.sha256},
            **{name: [jsonl.of_row(KEPT[name], one) for one in of_key[name][key]] for name in of_key if name in KEPT},
        }
        try:
            page = jsonl.page(made, last.text if last else "".join(block["text"] for block in blocks), last)
        except ValueError as error:
            raise FolderError(f"{folder}: {row['id']}, item {row['item']}: {error}; annotate again") from error
        last = page.clipping
        yield page


def _grouped(rows: Iterable[Row], *names: str) -> _Rows:
    found: _Rows = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in names) if len(names) > 1 else row[names[0]]].append(row)
    return found


def _field(row: Row) -> Row:
    span = None if row["start"] is None else {"start": row["start"], "end": row["end"]}
    return {"value": row["value"], "basis": row["basis"], "precision": row["precision"], "span": span}
