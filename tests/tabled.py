"""The cases of ``tests/tables``: each rule, threshold, word and order of a layer on both sides, on invented text.

A table is a list of rules. Each has ``rule`` (its name, or that of its threshold), ``why``, ``examples`` and
``counterexamples``; what stands beside these holds for all of its cases. A case marks what must be found where it
stands, and nothing else may be found: ``They met on [Tuesday|2007-10-30].`` A list gives the parts of a text in order:
its sentences, or its blocks by their kind. With ``words`` a case is tried with each of them in the place of ``{}``;
with ``pad``, words of so many characters stand in that of ``~``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

TABLES = Path(__file__).parent / "tables"
SIDES = ("examples", "counterexamples")
MARK = re.compile(r"\[|\|([^\[\]|]*)\]")

Row = dict[str, Any]


class Case(NamedTuple):
    """A case: the rule it is of, and what is given and wanted, once for each of its words."""

    table: str
    rule: str
    why: str
    key: str
    rows: list[Row]

    def same(self, given: str, wanted: object, found: object) -> None:
        """Fail where a result differs, and say which rule broke and why the case is there."""
        if found != wanted:
            told = (f"{self.table}: {self.rule}: {self.key}", f"why:    {self.why}", f"given:  {given!r}")
            pytest.fail("\n".join([*told, f"wanted: {wanted}", f"found:  {found}"]), pytrace=False)


def cases(*tables: str) -> list[Any]:
    """Every case of some tables, named by rule and key."""
    found = []
    for table in tables:
        for rule in msgspec.yaml.decode((TABLES / f"{table}.yaml").read_bytes()):
            for key, rows in _keyed(rule):
                case = Case(table, rule["rule"], rule["why"], key, rows)
                found.append(pytest.param(case, id=f"{table}-{case.rule}-{key}"))
    return found


def _keyed(rule: Row) -> Iterator[tuple[str, list[Row]]]:
    shared = {name: value for name, value in rule.items() if name not in ("rule", "why", *SIDES)}
    for side in SIDES:
        for key, told in rule.get(side, {}).items():
            main = "parts" if isinstance(told, list) else "text"
            row = {**shared, **(told if isinstance(told, dict) else {main: told})}
            words, padding = row.pop("words", ""), _padding(row.pop("pad", 2))
            split = words.split() if isinstance(words, str) else words
            yield key, [_filled(_filled(row, "~", padding), "{}", word) for word in split or [""]]


def _padding(size: int) -> str:
    """Return plain words of so many characters, with a blank at both ends."""
    return (" calm" * size)[: size - 1].rstrip().ljust(size - 1, "m") + " "


def _filled(value: Any, place: str, words: str) -> Any:
    """Put words in the place of a sign, wherever it stands in a row."""
    if isinstance(value, dict):
        return {key: _filled(one, place, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, place, words) for one in value]
    return value.replace(place, words) if isinstance(value, str) else value


def unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a text without its marks, and start, end and value of each, the longer before what it holds."""
    words, asked, opened, at = "", [], [], 0
    for mark in MARK.finditer(text):
        words += text[at : mark.start()]
        at = mark.end()
        if mark[0] == "[":
            opened.append(len(words))
        else:
            asked.append((opened.pop(), len(words), mark[1]))
    return words + text[at:], sorted(asked, key=lambda one: (one[0], -one[1]))
