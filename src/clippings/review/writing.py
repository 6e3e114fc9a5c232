"""A sample of annotations as a table for a spreadsheet, to be judged row by row."""

from __future__ import annotations

import codecs
import os
import random
import warnings
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clippings import arguments
from clippings.errors import LayerError
from clippings.layers import registry
from clippings.layers.registry import KEPT
from clippings.measures.checks import Columns, listed, require
from clippings.model import Annotated, Clipping, Span
from clippings.reading import source
from clippings.reading.workbooks import MAX_ROWS
from clippings.review import _anchors, _decisions, _records, _sheets
from clippings.review._records import Pages, Record
from clippings.review._sheets import ReviewError
from clippings.review.curated import CuratedCorpus
from clippings.sequence import ClippingSequence
from clippings.tables import sheets
from clippings.text import sentences
from clippings.writing import moved_file

if TYPE_CHECKING:
    import pandas as pd

LONGEST_SHOWN = 2_000
"""The characters of a sentence or annotation in its cell; what is longer ends in a sign that it goes on."""
GOES_ON = " […]"


def write(
    annotated: ClippingSequence[Annotated],
    path: str | os.PathLike[str],
    *,
    layer: str = "quotes",
    sample: int | None = None,
    seed: int = 0,
    by: Columns | None = None,
    overwrite: bool = False,
) -> pd.DataFrame:
    """Write annotations as a CSV file for a spreadsheet, to be judged row by row and read back by ``cl.review.read``.

    Each row is an annotation with its sentence. Write ``accept``, ``reject`` or ``change`` into the column ``verdict``,
    and with ``change`` what is right into the columns that begin with ``corrected_``; ``none`` says that nothing
    is. Rows and columns of your own may be added, and rows sorted: the column ``record`` says what a row is about.

    The file is as RFC 4180 asks, in UTF-8 with a mark (BOM), without which Excel takes it for another encoding. No cell
    begins a formula. It is written beside its place and moved there whole.

    Args:
        annotated: annotated clippings, or the tables that ``cl.load`` opens; of a review, what the library found.
        path: of the file, which ends in .csv.
        layer: which annotations.
        sample: how many of them, drawn at random without replacement; all if not given, and with a warning where there
            are fewer.
        seed: of the draw: the same one draws the same rows.
        by: columns such as ``rule``, of whose values each gets an equal share of the sample, or all its rows where it
            has fewer; ``precision`` takes into account that a row then stands for more rows than another.
        overwrite: replace a file of this kind that has no verdicts yet; one that has some is never replaced.

    Returns:
        the rows written.

    Raises:
        ReviewError: there is a file already, ``path`` does not end in .csv, or there are too many rows.
        LayerError: the layer was not run.
        ValueError: there is no such layer, or the sample is smaller than the number of values of ``by``.
        OSError: the file cannot be written.

    >>> import clippings as cl, tempfile
    >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cl.review.write(annotated, f"{folder}/review.csv")[["text", "speaker", "verdict"]].values.tolist()
    [['"We wait,"', 'Anna Petrova', '']]
    """
    import pandas as pd

    _records.check_annotated(annotated)
    if isinstance(annotated, CuratedCorpus):
        annotated = annotated.annotated
    arguments.path("path", path, "give a name that ends in .csv")
    arguments.text("layer", layer, "give the name of one, such as quotes")
    (name,) = registry.names(layer)
    if name not in annotated.frames:
        raise LayerError(name, [one for one in annotated.frames if one in KEPT])
    target = Path(path)
    _refuse(target, overwrite)
    found: pd.DataFrame = getattr(annotated, name)
    drawn = _drawn(found, sample, seed, listed(by))
    columns = _records.columns(KEPT[name])
    rows = _rows(annotated, name, found, drawn)
    table = pd.DataFrame(rows, columns=columns)
    data = codecs.BOM_UTF8 + sheets.csv(table, "\r\n")
    if len(rows) > MAX_ROWS or len(data) > source.MAX_BYTES:
        raise ReviewError(f"{len(rows):,} rows in {len(data):,} bytes are more than can be read back; give sample=")
    with moved_file(target) as file:
        file.write(data)
    return table


def _refuse(path: Path, overwrite: bool) -> None:
    if path.suffix.lower() != ".csv":
        raise ReviewError(f"{path}: a review is written as CSV; give a name that ends in .csv")
    if not path.exists():
        return
    if not overwrite:
        raise ReviewError(f"{path} is there already; give another name, or overwrite it if it has no verdicts yet")
    sheet = _sheets.read(path, (*_records.SHOWN, _records.TO_FILL, *_records.BEHIND))
    if not {_records.TO_FILL, _records.RECORD} <= set(sheet.columns):
        raise ReviewError(f"{path} is no review, and is not replaced; give another name")
    filled = [row for row in sheet.rows if row.cells.get(_records.TO_FILL)]
    if filled:
        raise ReviewError(f"{path} has {len(filled):,} verdicts, which would be lost; give another name")


def _drawn(found: pd.DataFrame, sample: int | None, seed: int, by: list[str]) -> dict[int, float]:
    """The rows to write, in order, each with the number of rows it stands for."""
    require(found, by, "the layer")
    if sample is None:
        return dict.fromkeys(range(len(found)), 1.0)
    arguments.whole("sample", sample, 1)
    if sample > len(found):
        warnings.warn(f"sample is {sample:,}, but there are {len(found):,} rows; all are written", stacklevel=3)
    groups = _groups(found, by)
    shares = _shares([len(rows) for rows in groups], sample)
    if 0 in shares:
        raise ValueError(
            f"sample is {sample:,}, but {', '.join(by)} has {len(groups):,} values, each of which needs a row; "
            "give a larger sample, or leave out by"
        )
    generator = random.Random(seed)
    drawn: dict[int, float] = {}
    for rows, count in zip(groups, shares, strict=True):
        drawn |= dict.fromkeys(generator.sample(rows, count), len(rows) / count)
    return dict(sorted(drawn.items()))


def _groups(found: pd.DataFrame, by: list[str]) -> list[list[int]]:
    if not by:
        return [list(range(len(found)))] if len(found) else []
    keys = sheets.cells(found[by]).itertuples(index=False, name=None)
    groups: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        groups[key].append(row)
    return [groups[key] for key in sorted(groups, key=str)]


def _shares(sizes: Sequence[int], sample: int) -> list[int]:
    """Equal shares of a sample; what a small group leaves over goes to the others.

    >>> _shares([1, 50, 50], 21)
    [1, 10, 10]
    """
    shares = [0] * len(sizes)
    left = min(sample, sum(sizes))
    while left:
        rest = [at for at, size in enumerate(sizes) if shares[at] < size]
        each = max(1, left // len(rest))
        for at in rest:
            more = min(each, sizes[at] - shares[at], left)
            shares[at] += more
            left -= more
    return shares


def _rows(
    annotated: ClippingSequence[Annotated], name: str, found: pd.DataFrame, drawn: dict[int, float]
) -> list[list[Any]]:
    layer, pages = KEPT[name], Pages(annotated)
    some = found.iloc[list(drawn)]
    cells = sheets.cells(some).to_dict("records")
    columns = _records.columns(layer)
    sentences_of: dict[tuple[str, int], tuple[Span, ...]] = {}
    rows = []
    for row, values, weight in zip(cells, _decisions.values(layer, some), drawn.values(), strict=True):
        clipping = pages.get(row["id"], row["item"])
        assert clipping
        key = clipping.id, clipping.item
        if key not in sentences_of:
            sentences_of[key] = sentences.annotate(clipping)
        start, end = values["start"], values["end"]
        anchor = _anchors.made(clipping.text, start, end)
        digest = pages.hash_of(clipping)
        record = Record(name, *key, digest, values, *anchor[:3], bool(anchor.is_alone), weight, len(drawn))
        made = {
            **row,
            "sentence": _shown(_sentence(clipping, sentences_of[key], start, end)),
            "text": _shown(clipping.text[start:end]),
            "hash": digest,
            "weight": weight,
            _records.RECORD: _records.written(record),
        }
        rows.append(["" if made.get(column) is None else made[column] for column in columns])
    return rows


def _sentence(clipping: Clipping, found: Sequence[Span], start: int, end: int) -> str:
    """The sentences that a stretch is in; outside the body the line, or block, that it is in."""
    over = [one for one in found if one.start < end and start < one.end]
    if over:
        return clipping.text[min(start, over[0].start) : max(end, over[-1].end)]
    at = bisect_right([block.start for block in clipping.blocks], start) - 1
    block = clipping.blocks[max(0, at)]
    return clipping.text[block.start : max(end, block.end)]


def _shown(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN].rstrip() + GOES_ON
