"""A number of the book is followed to its page, its tables, the rows that make it and the hashes of their files."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

import provenance

DATA = Path(__file__).parents[1] / "data"
BOOK = DATA.parent / "book"
JOINT = "across-themes.ipynb::at_december"


@pytest.mark.parametrize(
    ("name", "tables"),
    [(JOINT, ("clippings",)), ("across-themes.ipynb::at_BY", ("clippings", "mentions")), ("at_core", ("clippings",))],
)
def test_a_number_is_followed_to_its_tables(name: str, tables: tuple[str, ...]) -> None:
    [one] = provenance.numbers(name)
    assert (one.page, one.tables) == ("across-themes.ipynb", tables)
    cell = json.loads((BOOK / one.page).read_text("utf-8"))["cells"][one.cell - 1]
    assert one.value in {"".join(o["data"].get(provenance._RECORD, "")) for o in cell["outputs"] if "data" in o}
    assert provenance.computed(one) == one.value


def test_its_rows_are_those_that_are_counted() -> None:
    [one] = provenance.numbers(JOINT)
    with (DATA / "catalogue/clippings.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    counted = [n for n, row in enumerate(table) if row["missile_defense"] == row["treaty_questions"] == "1"]
    assert one.value == f"'{sum(table[n]['date'][:7] == '2007-12' for n in counted)} of {len(counted)}'"
    assert list(provenance.rows(one)) == [("clippings", n) for n in counted]


def test_it_is_printed_with_the_hash_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert provenance.main([JOINT]) == 0
    digest = hashlib.sha256((DATA / "catalogue/clippings.csv").read_bytes()).hexdigest()
    told = capsys.readouterr().out
    assert f"data/catalogue/clippings.csv, sha256 {digest}\n" in told
    assert "collection.table('clippings')" in told


def test_a_file_that_is_another_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(provenance, "hashes", lambda: {"catalogue/clippings.csv": "0" * 64})
    assert provenance.main([JOINT]) == 1
    assert "NOT that of the RO-Crate" in capsys.readouterr().out


def test_a_number_that_is_not_todays_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [one] = provenance.numbers(JOINT)
    monkeypatch.setattr(provenance, "numbers", lambda _: [one._replace(value="'1 of 2'")])
    assert provenance.main(["--rows", JOINT]) == 1
    assert f"rows: not found, for the statements alone give {one.value} today" in capsys.readouterr().out


def test_an_unknown_name_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert provenance.main(["no_such_number"]) == 2
    assert capsys.readouterr().err.startswith("provenance: no page of the book computes 'no_such_number'")


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (["a = 1\nb = 2", "cl.glue(x=a)"], ["a = 1", "cl.glue(x=a)"]),
        (["a = {}", "a['k'] = 1\nc = 3", "cl.glue(x=a)"], ["a = {}", "a['k'] = 1", "cl.glue(x=a)"]),
        (["a = []", "a.append(1)\ncl.table(a)", "cl.glue(x=a)"], ["a = []", "a.append(1)", "cl.glue(x=a)"]),
        (["a, b = 1, 2", "cl.glue(y=a)\ncl.glue(x=b)"], ["a, b = (1, 2)", "cl.glue(x=b)"]),
        (["a = 1", "for k in 'xy':\n    cl.glue(**{k: a})"], ["a = 1", "for k in 'xy':\n    cl.glue(**{k: a})"]),
    ],
)
def test_the_statements_it_depends_on(cells: list[str], kept: list[str]) -> None:
    assert [provenance.ast.unparse(one) for one in provenance._slice(cells, "x")] == kept


@pytest.mark.parametrize(
    ("code", "tables", "also"),
    [
        ("collection.table('stances')", ("stances",), ()),
        ("cl.table(shown)", (), ()),
        ("collection.table(name)", (), ("collection.table(name)",)),
        ("cl.reference.events()", (), ("cl.reference.events()",)),
        ("cl.collection().read().annotate()", (), ("cl.collection().read()",)),
    ],
)
def test_the_data_that_statements_read(code: str, tables: tuple[str, ...], also: tuple[str, ...]) -> None:
    found, others = provenance._data(provenance.ast.parse(code).body)
    assert found == tables
    assert set(also) <= set(others)
    assert bool(others) == bool(also)
