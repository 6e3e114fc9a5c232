"""Follow a number of the book's prose to its notebook, tables, rows and the hashes of their files.

Usage: provenance.py [--rows] NAME...

NAME is that of a number, as a page has it: at_core in ``{glue:text}`at_core```. PAGE.ipynb::NAME asks for one page
alone. What is found is read from the code: the statements that the number depends on, and the data they name.
``--rows`` runs these statements again without each row of each table in turn, and lists the rows without which the
number is another. The hashes are those of the files, compared with data/ro-crate-metadata.json. The exit status is 1
where a number or hash on record is not that of today, 2 where a name is unknown.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import clippings as cl
from clippings.shipped import Collection

ROOT = Path(__file__).resolve().parents[1]
BOOK, DATA = ROOT / "book", ROOT / "data"
SHOWN = 10
# A call that reads data: of the library, of pandas, and what a collection or codebook is asked for.
_READS = re.compile(r"cl\.(?:reference\.|read|load|Codebook)|pd\.read_|(?!cl\.table)[\w.()]+\.(?:read|gold|table)\(")
_RECORD = "application/papermill.record/text/plain"


class Number(NamedTuple):
    """A number of the prose: the page and cell that compute it, as stored, and the statements it depends on."""

    name: str
    page: str
    cell: int
    value: str
    code: tuple[str, ...]
    tables: tuple[str, ...]
    also: tuple[str, ...]


class UnknownNameError(LookupError):
    """No page computes a number of that name."""


def main(arguments: list[str] | None = None) -> int:
    """Print where each number comes from."""
    parser = argparse.ArgumentParser(prog="provenance.py", description="Follow a number of the book to its data.")
    parser.add_argument("names", nargs="+", metavar="NAME")
    parser.add_argument("--rows", action="store_true", help="find the rows without which the number is another")
    options = parser.parse_args(arguments)
    try:
        found = [one for name in options.names for one in numbers(name)]
    except UnknownNameError as error:
        print(f"provenance: {error}", file=sys.stderr)
        return 2
    return max(_report(one, rows=options.rows) for one in found)


def numbers(name: str) -> list[Number]:
    """Return the numbers of that name, one for each page and cell that computes one.

    Raises:
        UnknownNameError: no page computes it.
    """
    page, _, bare = name.rpartition("::")
    found = [one for path in sorted(BOOK.glob(page or "*.ipynb")) for one in _of_page(path, bare)]
    if not found:
        raise UnknownNameError(f"no page of the book computes {name!r}; look for its name in {{glue:text}}`NAME`")
    return found


def _of_page(path: Path, name: str) -> Iterator[Number]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    for place, cell in enumerate(cells):
        value = _stored(cell, name)
        if value is not None:
            sources = ["".join(one["source"]) for one in cells[: place + 1] if one["cell_type"] == "code"]
            code = _slice(sources, name)
            yield Number(name, path.name, place + 1, value, tuple(map(ast.unparse, code)), *_data(code))


def computed(one: Number, without: tuple[str, int] | None = None) -> str | None:
    """Return the number as its statements give it today, without a row of a table if asked; None where they fail."""
    held: dict[str, object] = {}
    whole = Collection.table

    def table(collection: Collection, name: str) -> Any:
        frame = whole(collection, name)
        return frame.drop(index=without[1]).reset_index(drop=True) if without and without[0] == name else frame

    code = compile("\n".join(one.code), one.page, "exec")
    with mock.patch.object(cl, "glue", held.update), mock.patch.object(Collection, "table", table):
        try:
            exec(code, {"__name__": "__main__"})
        except Exception:  # noqa: BLE001
            return None
    return repr(held[one.name]) if one.name in held else None


def rows(one: Number) -> Iterator[tuple[str, int]]:
    """Yield the table and place of each row without which the number is another, or cannot be computed."""
    for name in one.tables:
        for place in range(len(cl.collection().table(name))):
            if computed(one, (name, place)) != one.value:
                yield name, place


def hashes() -> dict[str, str]:
    """Return the SHA-256 of each file of the data, by its path, as the RO-Crate has it."""
    graph = json.loads((DATA / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    return {entity["@id"]: entity["sha256"] for entity in graph if "sha256" in entity}


def paths() -> dict[str, str]:
    """Return the path of each table of the data, by its name."""
    resources = json.loads((DATA / "datapackage.json").read_text("utf-8"))["resources"]
    return {one["name"]: one["path"] for one in resources if "schema" in one}


def _stored(cell: dict[str, Any], name: str) -> str | None:
    for output in cell.get("outputs", []):
        if output.get("metadata", {}).get("scrapbook", {}).get("name") == name:
            return "".join(output["data"].get(_RECORD, []))
    return None


def _slice(cells: list[str], name: str) -> list[ast.stmt]:
    """The statements of a page that a number of its last cell depends on, in order.

    Where no statement of that cell names the number, all that record numbers are kept: the name is made as they run.
    """
    *before, last = [ast.parse(cell).body for cell in cells]
    gluing = [one for one in last if _glues(one)]
    gluing = [one for one in gluing if name in _keywords(one)] or gluing
    kept: list[ast.stmt] = []
    needed: set[str] = set()
    for statement in reversed([one for body in (*before, last) for one in body]):
        if statement in gluing or (not _glues(statement) and needed & _changed(statement)):
            kept.append(statement)
            needed |= _names(statement, ast.Load)
    return kept[::-1]


def _glues(statement: ast.stmt) -> bool:
    return any(isinstance(one, ast.Attribute) and one.attr == "glue" for one in ast.walk(statement))


def _keywords(statement: ast.stmt) -> set[str]:
    return {one.arg for one in ast.walk(statement) if isinstance(one, ast.keyword) and one.arg}


def _names(statement: ast.AST, context: type) -> set[str]:
    return {one.id for one in ast.walk(statement) if isinstance(one, ast.Name) and isinstance(one.ctx, context)}


def _changed(statement: ast.stmt) -> set[str]:
    """The names that a statement binds, and those of what it may change in place."""
    found = _names(statement, ast.Store)
    for one in ast.walk(statement):
        if isinstance(one, ast.alias):
            found.add((one.asname or one.name).partition(".")[0])
        if isinstance(one, ast.Subscript | ast.Attribute) and isinstance(one.ctx, ast.Store):
            found |= _names(one, ast.Load)
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        called = statement.value.func
        found |= _names(called.value, ast.Load) - {"cl", "plt"} if isinstance(called, ast.Attribute) else set()
    return found


def _data(code: list[ast.stmt]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tables that statements read, and what else they read from, as it is written."""
    calls = [one for statement in code for one in ast.walk(statement) if isinstance(one, ast.Call)]
    named = {ast.unparse(one): _table(one) for one in calls}
    tables = dict.fromkeys(name for name in named.values() if name)
    also = [written for written, name in named.items() if not name and _READS.match(written)]
    return tuple(tables), tuple(also)


def _table(call: ast.Call) -> str | None:
    """The table of the collection that a call reads, where its name is written there."""
    is_table = isinstance(call.func, ast.Attribute) and call.func.attr == "table"
    name = call.args[0].value if is_table and call.args and isinstance(call.args[0], ast.Constant) else None
    return name if isinstance(name, str) and name in paths() else None


def _report(one: Number, *, rows: bool) -> int:
    print(f"{one.name} = {one.value}\n  book/{one.page}, cell {one.cell}, {len(one.code)} statements:")
    for line in "\n".join(one.code).splitlines():
        print(f"    {line}")
    faults = [_report_table(name) for name in one.tables]
    for other in one.also:
        print(f"  also reads {other}, which is not followed to rows")
    if not one.tables and not one.also:
        print("  reads no data that is known here; the statements say what it is")
    if rows:
        faults.append(_report_rows(one))
    return max(faults, default=0)


def _report_table(name: str) -> int:
    path = paths()[name]
    today = hashlib.sha256((DATA / path).read_bytes()).hexdigest()
    same = hashes().get(path) == today
    print(f"  data/{path}, sha256 {today}{'' if same else ': NOT that of the RO-Crate'}")
    return not same


def _report_rows(one: Number) -> int:
    today = computed(one)
    if today != one.value:
        print(f"  rows: not found, for the statements alone {f'give {today}' if today else 'fail'} today")
        return 1
    found = list(rows(one))
    for name in one.tables:
        places = [place for table, place in found if table == name]
        keys = cl.collection().table(name).iloc[places[:SHOWN], 0].astype(str)
        # The first line of the file is its header.
        lines = [f"line {place + 2} ({key})" for place, key in zip(places, keys, strict=False)]
        more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
        print(f"  {name}: without {len(places)} of its rows it is another: {', '.join(lines) or 'none'}{more}")
    return 0


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    os.environ.setdefault("MPLBACKEND", "agg")
    os.chdir(BOOK)
    sys.exit(main())
