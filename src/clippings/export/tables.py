"""A folder of tables: one UTF-8 CSV file a frame, read back into the same frames."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pandas as pd

from clippings import frames
from clippings.corpus import AnnotatedCorpus

NAMES = tuple(frames.SCHEMA)


class Tables(msgspec.Struct, frozen=True, eq=False):
    """The frames of an annotated corpus, as saved; the same names and types as there."""

    clippings: pd.DataFrame
    blocks: pd.DataFrame
    texts: pd.DataFrame
    diagnostics: pd.DataFrame
    sentences: pd.DataFrame
    quotes: pd.DataFrame
    mentions: pd.DataFrame
    dates: pd.DataFrame
    themes: pd.DataFrame
    errata: pd.DataFrame


def save(annotated: AnnotatedCorpus, folder: str | Path) -> None:
    """Write every frame as ``NAME.csv`` into a folder, which is made where it does not exist.

    >>> import clippings as cl, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(cl.Corpus([]).annotate(), folder)
    ...     (pathlib.Path(folder) / "quotes.csv").exists()
    True
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        # Unquoted, a carriage return inside a text would end the row.
        quoted = csv.QUOTE_NONNUMERIC
        getattr(annotated, name).to_csv(target / f"{name}.csv", index=False, lineterminator="\n", quoting=quoted)


def load(folder: str | Path) -> Tables:
    """Read back the tables that ``save`` wrote.

    Raises:
        FileNotFoundError: the folder lacks one of the tables; the message names it.

    >>> import clippings as cl, tempfile
    >>> corpus = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(corpus.annotate(), folder)
    ...     cl.load(folder).quotes["speaker"].tolist()
    ['Anna Petrova']
    """
    missing = [f"{name}.csv" for name in NAMES if not (Path(folder) / f"{name}.csv").is_file()]
    if missing:
        raise FileNotFoundError(f"{folder} is no folder of tables: it lacks {', '.join(missing)}")
    return Tables(**{name: _table(Path(folder), name) for name in NAMES})


def _table(folder: Path, name: str) -> pd.DataFrame:
    schema = frames.SCHEMA[name]
    kinds = {column: kind for column, kind in schema.items() if not kind.startswith("datetime")}
    days = [column for column in schema if column not in kinds]
    table = pd.read_csv(folder / f"{name}.csv", dtype=kinds, keep_default_na=False, na_values={c: [""] for c in schema})
    for column in days:
        table[column] = pd.to_datetime(table[column], format="ISO8601").dt.as_unit("us")
    return table
