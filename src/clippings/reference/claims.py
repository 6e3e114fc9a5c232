"""What a clipping names, held against the state of the world on its day."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clippings.measures.checks import require
from clippings.reference.queries import members, parties, treaties
from clippings.reference.tables import load

_COLUMNS = {
    "id": "str",
    "item": "int64",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "entity": "str",
    "on": "datetime64[us]",
    "in_force": "boolean",
    "count": "Int64",
    "countries": "str",
}


def standing(mentions: pd.DataFrame, clippings: pd.DataFrame) -> pd.DataFrame:
    r"""Return whether each treaty, alliance or body that is named was in force that day, and who belonged.

    Args:
        mentions: the frame of an annotated corpus; names the tables do not know are left out.
        clippings: its frame of clippings; a date known only to the month answers nothing.

    Returns:
        One row a mention, in order: ``id``, ``item``, ``start``, ``end``, ``text``, ``entity``, ``on`` (the clipping's
        day), ``in_force``, ``count`` of the countries bound or belonging, and ``countries``, their codes joined by a
        blank; the last three are missing where the day is.

    Raises:
        MissingColumn: a column is not there.
        ValueError: a clipping stands in two rows.

    >>> import clippings as cl
    >>> page = "DATE:\n\n02/11/2007\n\nThe INF Treaty binds more than Russia, says NATO."
    >>> annotated = cl.Corpus(cl.parse(page)).annotate()
    >>> standing(annotated.mentions, annotated.clippings)[["entity", "in_force", "count"]].values.tolist()
    [['INF', True, 13], ['NATO', True, 26]]
    """
    require(mentions, ["id", "item", "start", "end", "text", "entity", "kind"], "mentions")
    require(clippings, ["id", "item", "date", "date_precision"], "clippings")
    known = {actor: kind for kind in ("treaties", "organisations") for actor in load(kind)["actor"].dropna()}
    named = mentions[
        mentions["entity"].isin(list(known)) & mentions["kind"].isin(["treaty", "alliance", "organization"])
    ]
    days = clippings.assign(on=clippings["date"].where(clippings["date_precision"] == "day"))[["id", "item", "on"]]
    rows = named.merge(days, on=["id", "item"], how="left", validate="many_to_one").sort_values(
        ["id", "item", "start", "end"], kind="stable"
    )
    asked = {pair: _answer(known[pair[0]], *pair) for pair in set(zip(rows["entity"], rows["on"], strict=True))}
    told = [asked[pair] for pair in zip(rows["entity"], rows["on"], strict=True)]
    answered = rows.reset_index(drop=True).join(pd.DataFrame(told, columns=["in_force", "count", "countries"]))
    return answered[list(_COLUMNS)].astype(_COLUMNS)


def _answer(kind: str, actor: str, on: Any) -> tuple[bool | None, int | None, str | None]:
    if pd.isna(on):
        return None, None, None
    table = load(kind)
    name = table.loc[table["actor"] == actor, "id"].iloc[0]
    belonging = parties(name, on=on) if kind == "treaties" else members(name, on=on)
    countries = list(belonging["country"])
    in_force = name in set(treaties(in_force_on=on)["id"]) if kind == "treaties" else bool(countries)
    return in_force, len(countries), " ".join(countries)
