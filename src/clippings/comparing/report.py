"""Differences between two results as text to read, as lines of JSON, and as a frame."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

import msgspec

from clippings.comparing import results
from clippings.comparing.differences import FIELDS, VALUE, Change, Comparison, Difference
from clippings.comparing.pages import Row
from clippings.display.escaping import printable
from clippings.layers.registry import KEPT
from clippings.sources import counted

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 50
"""How many differences, and how many lines of the summary, are printed unless all are asked for."""
_MOST_CHARACTERS = 80
_MARKS = ('"', "“", "«", "''")
_CHANGES: tuple[Change, ...] = ("gained", "lost", "changed")
_HEAD = ("layer", "rule", *_CHANGES)
# What is printed of a row that was gained or lost; JSON holds the whole row.
_SHOWN = {FIELDS: (VALUE,), **{name: layer.shown for name, layer in KEPT.items()}}
_COLUMNS = ("change", "layer", "id", "item", "start", "end", "name", "old_rule", "new_rule", "column", "old", "new")


def differences(old: results.Result, new: results.Result) -> pd.DataFrame:
    """Return what differs between two annotated results, one row a column of a row that differs.

    Rows are the same where page, layer and place are: ``id``, ``item``, ``start`` and ``end``, for a theme its name as
    well, for a field of a clipping its name alone. Blocks, diagnostics and paths are not compared, nor is a column that
    only one of the results records: JSON Lines leave words to the text. Pages that share id and item are paired in the
    order in which they stand.

    Args:
        old: an annotated corpus, tables, or the path of what ``clippings annotate -o`` wrote.
        new: what to compare it with, in the same form or another.

    Returns:
        ``change`` (gained, lost or changed), ``layer``, ``id``, ``item``, ``start``, ``end``, ``name`` (of a field or
        theme), ``old_rule`` and ``new_rule`` (of a mention its form, of a field its name), ``column``, and its values
        ``old`` and ``new``. A row that was gained or lost is given with every column that is not empty; one
        without any has the column None. With swapped arguments the columns are swapped.

    Raises:
        ResultError: a file or folder cannot be read.

    >>> import clippings as cl
    >>> parsed = [cl.parse(f"They met in {town}.", path="1.txt") for town in ("Minsk", "Gomel")]
    >>> pages = [cl.Corpus(clippings).annotate() for clippings in parsed]
    >>> found = differences(*pages).query("column == 'form'")
    >>> found[["change", "start", "end", "old", "new"]].values.tolist()
    [['changed', 12, 17, 'Minsk', 'Gomel']]
    """
    import pandas as pd

    found = Comparison(results.opened(old), results.opened(new))
    rows = [(*_key(one), *cell) for one in found for cell in _cells(one)]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype({"start": "Int64", "end": "Int64"})


def _key(one: Difference) -> tuple[Any, ...]:
    return one.change, one.layer, one.id, one.item, one.start, one.end, one.name, one.old_rule, one.new_rule


def _cells(one: Difference) -> list[tuple[str | None, Any, Any]]:
    old, new = one.old or {}, one.new or {}
    names = dict.fromkeys([*old, *new])
    cells = [(name, old.get(name), new.get(name)) for name in names]
    return [cell for cell in cells if cell[1:] != (None, None)] or [(None, None, None)]


def as_json(found: Comparison) -> Iterator[str]:
    """Yield an object for each difference, as they are found."""
    return (json.dumps(msgspec.structs.asdict(one), ensure_ascii=False, separators=(",", ":")) for one in found)


def text(found: Comparison, *, is_whole: bool = False) -> Iterator[str]:
    """Yield a summary and then the differences, page by page.

    Args:
        found: the comparison.
        is_whole: whether to print every line, not only the first of many.
    """
    limit = None if is_whole else MOST_ROWS
    rows = iter(found)
    kept = list(islice(rows, limit))
    more = sum(1 for _ in rows)
    pages = found.pages
    yield f"{counted(pages['both'], 'page')} in both, {pages['old']:,} in OLD alone, {pages['new']:,} in NEW alone"
    yield from notes(found)
    if not kept:
        yield "no differences"
        return
    yield ""
    yield from _summary(found.counts, limit)
    yield ""
    yield from _by_page(kept)
    if more:
        yield f"... {counted(more, 'more difference')}; --all prints every one"


def notes(found: Comparison) -> Iterator[str]:
    """Yield a line for each way in which the results were not made alike, once the comparison is over."""
    for what, sides in (("codebooks", found.codebooks), ("schemas", found.forms)):
        if all(sides) and sides[0] != sides[1]:
            old, new = (", ".join(sorted(side)) for side in sides)
            yield printable(f"{what} differ: OLD {old}, NEW {new}")
    if found.unshared:
        layers = groupby(sorted(found.unshared), key=lambda one: one[0])
        listed = "; ".join(f"{layer} {', '.join(column for _, column in columns)}" for layer, columns in layers)
        yield printable(f"not compared, as one side does not record them: {listed}")


def _summary(counts: Counter[tuple[str, str | None, str | None, Change]], limit: int | None) -> Iterator[str]:
    """A table of the differences by layer and rule, the most frequent first in each layer, and their total."""
    by_rule: dict[tuple[str, str], Counter[Change]] = {}
    for (layer, old, new, change), count in counts.items():
        by_rule.setdefault((layer, _rule(old, new)), Counter())[change] += count
    layers = list(dict.fromkeys(layer for layer, *_ in counts))
    ranked = sorted(by_rule, key=lambda one: (layers.index(one[0]), -by_rule[one].total(), one[1]))
    rows = [(*one, *_numbers(by_rule[one])) for one in ranked[:limit]]
    rest = ranked[len(rows) :]
    if rest:
        rows.append(("...", counted(len(rest), "more rule"), *_numbers(sum((by_rule[one] for one in rest), Counter()))))
    yield from _table([_HEAD, *rows, ("total", "", *_numbers(sum(by_rule.values(), Counter())))])


def _rule(old: str | None, new: str | None) -> str:
    named = dict.fromkeys(_cut(rule) for rule in (old, new) if rule)
    return " -> ".join(named) or "-"


def _numbers(counts: Counter[Change]) -> list[str]:
    return [f"{counts[change]:,}" for change in _CHANGES]


def _table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    cells = list(rows)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        words = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
        numbers = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        yield "  ".join([*words, *numbers])


def _by_page(found: Iterable[Difference]) -> Iterator[str]:
    for (name, item), rows in groupby(found, key=lambda one: (one.id, one.item)):
        yield _cut(name) + (f", item {item}" if item else "")
        yield from (f"  {line(one)}" for one in rows)


def line(one: Difference) -> str:
    """Return a difference as a line, without its page.

    >>> line(Difference("lost", "dates", "112007-14", 0, 3, 7, None, "year", None, "2007", {"iso": "2007"}, None))
    'lost     dates 3-7 "2007": iso "2007"'
    """
    place = "" if one.start is None else f" {one.start}-{one.end}"
    name = f" {_cut(one.name)}" if one.name else ""
    words = f" {_quoted(one.text)}" if one.text else ""
    shown = "; ".join(
        _changed(one.old, one.new) if one.old and one.new else _whole(one.layer, one.old or one.new or {})
    )
    return f"{one.change:<8} {one.layer}{place}{name}{words}" + (f": {shown}" if shown else "")


def _changed(old: Row, new: Row) -> list[str]:
    return [f"{_named(column)}{_value(old[column])} -> {_value(new[column])}" for column in old]


def _whole(layer: str, row: Row) -> list[str]:
    return [f"{_named(column)}{_value(row[column])}" for column in _SHOWN.get(layer, ()) if row.get(column) is not None]


def _named(column: str) -> str:
    """The name of a column before its value; a field's value stands behind the name of the field."""
    return "" if column == VALUE else f"{_cut(column)} "


def _value(value: Any) -> str:
    if value is None:
        return "none"
    return _quoted(value) if isinstance(value, str) else _cut(json.dumps(value))


def _quoted(words: str) -> str:
    """Words between marks, unless they bring their own."""
    return _cut(words) if words.startswith(_MARKS) else f'"{_cut(words)}"'


def _cut(words: str) -> str:
    """Words on one line, which a terminal can be given, not too many of them."""
    shown = printable(" ".join(words.split()))
    return shown if len(shown) <= _MOST_CHARACTERS else f"{shown[: _MOST_CHARACTERS - 3]}..."
