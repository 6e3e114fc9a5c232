"""A folder for the library ``datasets`` of Hugging Face: a configuration a frame, in shards of Parquet, and a card."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from clippings import release
from clippings.corpus import AnnotatedCorpus
from clippings.layers.layer import Column
from clippings.layers.registry import KEPT
from clippings.tables.columns import columns, described

if TYPE_CHECKING:
    import pandas as pd

CARD = "README.md"
ROWS = 100_000
"""Of a shard."""
_TYPES = {
    "str": "string", "Int64": "int64", "int64": "int64", "float64": "float64", "bool": "bool",
    "datetime64[us]": "timestamp[us]",
}  # fmt: skip
_WHOLE = ("blocks", "texts")
"""Frames that are text and nothing else."""
_WORDS = frozenset(
    {"text", "printed", "form"} | {name for layer in KEPT.values() for name, form in layer.forms if form != "plain"}
)
"""Columns of layers that hold characters of the page."""
_HASH = "text_sha256"
_PLACES = "Places are code points of the text of a page, the end excluded; `id` and `item` are the key of a clipping."
_HASHED = f"The words of the pages are left out; `{_HASH}` is of those of a row, in UTF-8."


def write(annotated: AnnotatedCorpus, text: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the card, then the shards of each frame; without text, hashes stand for the words of the pages."""
    made = {name: _rows(_table(annotated, name, text), _features(name, text)) for name in _names(annotated, text)}
    yield CARD, _card(annotated, made, text).encode()
    for name, rows in made.items():
        shards = max(1, -(-len(rows) // ROWS))
        for number in range(shards):
            part = rows.slice(number * ROWS, ROWS)
            yield f"{name}/train-{number:05}-of-{shards:05}.parquet", _encoded(part)


def _names(annotated: AnnotatedCorpus, text: bool) -> list[str]:
    left_out = {"diagnostics", "sources", *(() if text else _WHOLE)}
    return [name for name in annotated.frames if name not in left_out]


def _features(name: str, text: bool) -> dict[str, str]:
    held: Mapping[str, Column] = columns(name)
    if text or name not in KEPT:
        return {column: _TYPES[one.type] for column, one in held.items()}
    kept = {column: _TYPES[one.type] for column, one in held.items() if column not in _WORDS}
    return kept | ({_HASH: "string"} if "text" in held else {})


def _table(annotated: AnnotatedCorpus, name: str, text: bool) -> pd.DataFrame:
    table: pd.DataFrame = getattr(annotated, name)
    if not text and name in KEPT and "text" in table:
        table = table.assign(**{_HASH: [hashlib.sha256(words.encode()).hexdigest() for words in table["text"]]})
    return table[list(_features(name, text))]


def _rows(table: pd.DataFrame, features: Mapping[str, str]) -> Any:
    kinds = {"bool": pa.bool_(), "timestamp[us]": pa.timestamp("us")}
    schema = pa.schema([(name, kinds.get(kind) or pa.type_for_alias(kind)) for name, kind in features.items()])
    return pa.Table.from_pandas(table, schema=schema, preserve_index=False).replace_schema_metadata(None)


def _encoded(rows: Any) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _head(made: Mapping[str, Any], text: bool) -> dict[str, Any]:
    """What the library reads of the card: the configurations, and the features of each."""
    return {
        "tags": ["press clippings", "quotation attribution", "stand-off annotation"],
        "configs": [
            {"config_name": name, "data_files": [{"split": "train", "path": f"{name}/*.parquet"}]} for name in made
        ],
        "dataset_info": [
            {
                "config_name": name,
                "features": [{"name": column, "dtype": kind} for column, kind in _features(name, text).items()],
                "splits": [{"name": "train", "num_bytes": table.nbytes, "num_examples": len(table)}],
            }
            for name, table in made.items()
        ],
    }


def _card(annotated: AnnotatedCorpus, made: Mapping[str, Any], text: bool) -> str:
    codebooks = sorted({page.codebook for page in annotated}, key=lambda one: one.name)
    with_what = "; ".join(f"{one.name} {one.version} (SHA-256 {one.sha256})" for one in codebooks) or "none"
    lines = ["---", yaml.safe_dump(_head(made, text), sort_keys=False, allow_unicode=True).rstrip(), "---", ""]
    lines += ["# Annotated press clippings", "", f"Written by clippings {release.VERSION}. Codebook: {with_what}."]
    lines += [_PLACES, *([] if text else [_HASHED]), ""]
    for name, table in made.items():
        lines += [f"## {name}", "", f"A row is {described()[name].row}. Rows: {len(table)}.", ""]
        lines += ["| column | type | meaning | empty |", "|---|---|---|---|"]
        lines += [_row(column, kind, columns(name).get(column)) for column, kind in _features(name, text).items()]
        lines.append("")
    return "\n".join(lines)


def _row(column: str, kind: str, held: Column | None) -> str:
    meaning, empty = (held.meaning, held.empty) if held else ("SHA-256 of the words.", "never")
    return f"| {column} | {kind} | {' '.join(meaning.split())} | {empty} |"
