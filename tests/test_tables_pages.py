"""The cases of ``tests/tables`` for the grammar of a page; ``tabled`` says how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import clippings as cl
from tabled import cases, unmarked


def blocks(parts: list[Any]) -> Iterator[tuple[str, str]]:
    for part in parts:
        yield from part.items() if isinstance(part, dict) else blocks(part)


@pytest.mark.parametrize("case", cases("pages", "fields"))
def test_pages(case):
    """The parts are the blocks, with ``gap`` between them, or those of ``text`` where some share a line.

    A mark is the field that stands there; ``none`` names fields that the page has not, ``fields`` the values of some,
    ``basis`` what they rest on, ``told`` the diagnostics with line and column, ``unnamed`` the one
    of a page without an outlet, ``items`` the bodies of the clippings.
    """
    for row in case.rows:
        parts = list(blocks(row["parts"]))
        text, asked = unmarked(row.get("text", row.get("gap", "\n\n").join(words for _, words in parts)))
        items = cl.parse(text, path=row.get("path", ""), layout=row.get("layout", "auto"))
        page = items[0]
        wanted = [(kind, unmarked(words)[0]) for kind, words in parts]
        case.same(text, wanted, [(block.kind, block.of(text)) for block in page.blocks if block.kind != "blank"])
        spans = {name: field.span for name, field in page.fields.items() if field.span}
        marked = {name: text[start:end] for start, end, name in asked}
        case.same(text, marked, {name: spans[name].of(text) for name in marked if name in spans})
        case.same(text, [], [name for name in row.get("none", "").split() if name in page.fields])
        found = {
            "fields": {name: page.value(name) for name in row.get("fields", ())},
            "basis": {name: page.fields[name].basis for name in row.get("basis", ())},
            "told": [f"{one.code} {one.line}:{one.column}" for one in page.diagnostics if one.code != "CLP217"],
            "unnamed": [one.message for one in page.diagnostics if one.code == "CLP217"],
            "items": [item.body.of(text) for item in items],
        }
        asked_for = {name: row[name] for name in found if name in row}
        case.same(text, asked_for, {name: found[name] for name in asked_for})
