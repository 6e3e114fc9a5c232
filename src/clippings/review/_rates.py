"""Frames of what coders decided: a layer with its statuses, precision by group, and codings for agreement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from clippings.layers.layer import Layer
from clippings.measures.agreement import alpha, percent_agreement
from clippings.measures.checks import Columns, listed, require, share
from clippings.measures.intervals import weighted
from clippings.review import _decisions
from clippings.review._decisions import Settled, Values
from clippings.tables import sheets
from clippings.tables.frames import SCHEMA

if TYPE_CHECKING:
    import pandas as pd

NONE, REJECTED, ABSENT = "(none)", "(rejected)", "(absent)"
_COUNTED = ("accepted", "changed", "rejected", "conflict", "unreviewed")
_DECIDED = ("accepted", "changed", "rejected")
_NEVER_EMPTY: Mapping[str, Any] = {"bool": False, "float64": float("nan")}


def curated(
    layer: Layer,
    machine: pd.DataFrame,
    found: Sequence[Settled],
    keys: Sequence[tuple[str, int]],
    text_of: Callable[[str, int], str],
) -> pd.DataFrame:
    """Return the frame of a layer with corrected values, what was added, and the columns ``status`` and ``coder``."""
    from clippings.tables import arrays

    rows, cells = _decisions.by_row(found), sheets.cells(machine)
    columns: dict[str, list[Any]] = {name: cells[name].tolist() for name in machine.columns}
    columns["status"] = [_decisions.together(rows[at]) if at in rows else "unreviewed" for at in range(len(machine))]
    columns["coder"] = [_decisions.coders(rows[at]) if at in rows else None for at in range(len(machine))]
    for at, some in rows.items():
        if columns["status"][at] == "changed":
            _change(layer, columns, at, some[0].changes, text_of)
    for (name, item, *_), some in _decisions.additions(found).items():
        _add(columns, (name, item), some)
        _change(layer, columns, -1, _shared(some), text_of)
    schema = {**SCHEMA[layer.name], "status": "str", "coder": "str"}
    clean = {name: [_cell(value, schema[name]) for value in columns[name]] for name in schema}
    order = {key: at for at, key in enumerate(keys)}
    # Of what a coder added, a number such as that of the paragraph is not known.
    kinds = {name: "Int64" if kind == "int64" and None in clean[name] else kind for name, kind in schema.items()}
    frame = arrays.framed(kinds, clean)
    owners = zip(clean["id"], clean["item"], clean["start"], strict=True)
    places = [(order.get((key, item), len(order)), start) for key, item, start in owners]
    return frame.iloc[sorted(range(len(frame)), key=places.__getitem__)].reset_index(drop=True)


def _cell(value: Any, kind: str) -> Any:
    if value is None:
        return _NEVER_EMPTY.get(kind)
    return str(value)[:10] if kind == "datetime64[us]" else value


def _change(
    layer: Layer, columns: dict[str, list[Any]], at: int, changes: Values, text_of: Callable[[str, int], str]
) -> None:
    """Put corrected values into a row, with what follows from them."""
    for name, value in changes.items():
        if name in layer.follows:
            for other, of_it in layer.follows[name](value).items():
                columns[other][at] = of_it
        columns[name][at] = value
    if {"start", "end"} & set(changes):
        words = text_of(columns["id"][at], columns["item"][at])[columns["start"][at] : columns["end"][at]]
        for name in ("text", "printed"):
            if name in columns:
                columns[name][at] = words


def _add(columns: dict[str, list[Any]], key: tuple[str, int], some: Sequence[Settled]) -> None:
    for values in columns.values():
        values.append(None)
    columns["id"][-1], columns["item"][-1] = key
    columns["status"][-1] = _decisions.together(some)
    columns["coder"][-1] = _decisions.coders(some)


def _shared(some: Sequence[Settled]) -> Values:
    """The values that nobody contradicts."""
    said: defaultdict[str, list[Any]] = defaultdict(list)
    for one in some:
        for name, value in one.changes.items():
            said[name].append(value)
    return {name: values[0] for name, values in said.items() if all(value == values[0] for value in values)}


def precision(machine: pd.DataFrame, found: Sequence[Settled], by: Columns | None, confidence: float) -> pd.DataFrame:
    """Return the share that was accepted, by group, with its interval and the counts behind it."""
    import pandas as pd

    share("confidence", confidence)
    names = listed(by)
    require(machine, names, "the layer")
    rows = _decisions.by_row(found)
    groups: defaultdict[tuple[Any, ...], list[tuple[str, float]]] = defaultdict(list)
    keys = sheets.cells(machine[names]).itertuples(index=False, name=None)
    for at, key in enumerate(keys if names else [()] * len(machine)):
        some = rows.get(at)
        groups[key].append((_decisions.together(some), some[0].decision.weight) if some else ("unreviewed", 1.0))
    made = [(*key, *_rate(members, confidence)) for key, members in groups.items()]
    table = pd.DataFrame(made, columns=[*names, "precision", "low", "high", "worth", *_COUNTED])
    return table.sort_values(names).reset_index(drop=True) if names else table


def _rate(members: Sequence[tuple[str, float]], confidence: float) -> tuple[Any, ...]:
    counts = Counter(status for status, _ in members)
    decided = [(status == "accepted", weight) for status, weight in members if status in _DECIDED]
    told = tuple(counts[status] for status in _COUNTED)
    if not decided:
        return (*(float("nan"),) * 3, 0.0, *told)
    hits, weights = zip(*decided, strict=True)
    rate, worth, bounds = weighted(hits, weights, confidence=confidence)
    return (rate, *bounds, worth, *told)


def coding(
    layer: Layer,
    machine: pd.DataFrame,
    found: Sequence[Settled],
    whole: Iterable[tuple[str, tuple[str, int]]],
    library: str | None,
) -> pd.DataFrame:
    """Return what each coder says of each annotation, one row each."""
    import pandas as pd

    main = layer.corrected[0]
    rows: list[tuple[str, str, str, str]] = []
    units = _units(machine)
    for at, some in sorted(_decisions.by_row(found).items()):
        now = machine[main].iloc[at]
        rows += _of_coders(units[at], some, main, now)
        rows += [(units[at], library, "accepted", _said(now))] if library else []
    readers: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for coder, key in whole:
        readers[key].add(coder)
    for (name, item, start, end), some in _decisions.additions(found).items():
        unit = f"{name} {item} {start}-{end}"
        rows += _of_coders(unit, some, main, None)
        others = readers[name, item] - {one.decision.coder for one in some} | ({library} if library else set())
        rows += [(unit, coder, "absent", ABSENT) for coder in sorted(others)]
    return pd.DataFrame(rows, columns=["unit", "coder", "verdict", "value"])


def _of_coders(unit: str, some: Sequence[Settled], main: str, now: Any) -> list[tuple[str, str, str, str]]:
    """What each coder says; nothing of one who says two things."""
    said = dict.fromkeys((one.decision.coder, one.status, _value(one, main, now)) for one in some)
    times = Counter(coder for coder, *_ in said)
    return [(unit, *one) for one in said if times[one[0]] == 1]


def _units(machine: pd.DataFrame) -> list[str]:
    """A name for each row: its clipping and place, and a number where several share it."""
    seen: Counter[str] = Counter()
    units = []
    for key, item, start, end in zip(*(machine[name] for name in ("id", "item", "start", "end")), strict=True):
        unit = f"{key} {item} {start}-{end}"
        seen[unit] += 1
        units.append(unit if seen[unit] == 1 else f"{unit} #{seen[unit]}")
    return units


def _value(one: Settled, main: str, now: Any) -> str:
    return REJECTED if one.status == "rejected" else _said(one.changes.get(main, now))


def _said(value: Any) -> str:
    return NONE if value is None or value != value else str(value)


def agreement(found: pd.DataFrame, *, with_verdicts: bool, seed: int) -> pd.DataFrame:
    """Return alpha and percent agreement, on verdicts and on values."""
    import pandas as pd

    parts = []
    for of in ("verdict", "value")[not with_verdicts :]:
        table = alpha(found, value=of, seed=seed).assign(of=of)
        agreed = percent_agreement(found, value=of)
        parts.append(table.assign(agreed=agreed["agreed"], agreement=agreed["agreement"]))
    table = pd.concat(parts, ignore_index=True)
    return table[["of", *table.columns.drop("of")]]
