"""The tables on disk: loading, once and only when asked for, and finding a row by one of its names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

import pandas as pd

from clippings.errors import ClippingsError

_SPELLINGS = {"organisation": "organization", "defence": "defense"}
_NOT_WORD = re.compile(r"[\W_]+")


class UnknownName(ClippingsError, ValueError):  # noqa: N818 - named for what is wrong, as the built-in LookupErrors are
    """A treaty, organisation or theme that the tables do not know; the message has the nearest ones.

    >>> str(UnknownName("treaty", "STRAT", ["START I", "SORT"]))
    "no treaty 'STRAT' in the tables; nearest: START I, SORT"
    """

    def __init__(self, what: str, name: object, known: Iterable[str], also: Iterable[str] = ()) -> None:
        """Look for the nearest among ``known`` and ``also``; where none is near, list ``known``."""
        listed = list(known)
        near = _nearest(str(name), [*listed, *also])
        hint = f"nearest: {', '.join(near)}" if near else f"known: {', '.join(listed)}"
        super().__init__(f"no {what} {name!r} in the tables; {hint}")


@cache
def load(name: str) -> pd.DataFrame:
    """Read one of the tables; the frame is shared, so callers copy before they hand it out.

    Blank cells are ``pd.NA``, ``verified`` is a bool, everything else is pandas ``string``.

    >>> load("events").dtypes["verified"]
    dtype('bool')
    """
    with files(__package__).joinpath(f"{name}.csv").open(encoding="utf-8") as file:
        frame = pd.read_csv(file, dtype="string", keep_default_na=False, na_values=[""])
    if "verified" in frame:
        frame["verified"] = (frame["verified"] == "yes").astype(bool)
    return frame


def find(table: str, what: str, name: str) -> str:
    """Return the id of the row that bears ``name`` as id, short name or full name; capitals do not matter.

    Raises:
        UnknownName: if no row does.

    >>> find("treaties", "treaty", "inf treaty")
    'INF'
    """
    found = _names(table).get(_key(str(name)))
    if found is None:
        frame = load(table)
        raise UnknownName(what, name, frame["id"], [*frame["short_name"], *frame["full_name"]])
    return found


@cache
def _names(table: str) -> dict[str, str]:
    frame = load(table)
    return {
        _key(name): row_id
        for column in ("full_name", "short_name", "id")
        for name, row_id in zip(frame[column], frame["id"], strict=True)
    }


def _key(name: str) -> str:
    words = _NOT_WORD.sub(" ", name.casefold()).split()
    return " ".join(_SPELLINGS.get(word, word) for word in words)


def _nearest(name: str, names: list[str]) -> list[str]:
    keys = {_key(known): known for known in names}
    return [keys[key] for key in get_close_matches(_key(name), keys, n=3, cutoff=0.5)]
