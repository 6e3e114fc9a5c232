"""What unfolds or grows beyond a bound of a codebook is told in one line; named lists stand for their words."""

import csv
from pathlib import Path

import pytest

from clippings.codebook import Codebook, CodebookError, create
from clippings.codebook.actors_file import LONGEST_CELL
from test_codebook_errors import change, told


@pytest.fixture
def own(tmp_path) -> Path:
    return create(tmp_path / "own")


BOMB = "a: &a [x]\n" + "".join(
    f"{one}: &{one} [{', '.join([f'*{before}'] * 10)}]\n" for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_aliases_that_unfold_to_billions_are_one_line(own: Path) -> None:
    (own / "themes.yaml").write_text(BOMB, encoding="utf-8")
    assert told(own) == ["themes.yaml:1: it has more than 1,000,000 values, aliases counted each time"]


def test_an_alias_that_unfolds_to_few_values_is_read(own: Path) -> None:
    change(
        own / "themes.yaml",
        "  include:\n    - prices, debts and cuts between states\n",
        "  include: &few\n    - prices, debts and cuts between states\n",
    )
    change(own / "themes.yaml", "  exclude:\n    - gas as a household good, without a dispute\n", "  exclude: *few\n")
    assert told(own) == []


def test_named_lists_among_words_stand_for_their_words(own: Path) -> None:
    change(
        own / "themes.yaml",
        '    - terms: [gas, pipeline]\n      with: [price, debt, cut, "@Gazprom"]\n',
        "    - terms: [&pipes [gas, pipeline], tap]\n      with: &money [&owed [debt, due], price, *owed]\n"
        "      and: [*pipes, [cut, *owed]]\n      without: [*money, milk]\n",
    )
    assert told(own) == []
    row = Codebook.load(own).themes[0].indicators[1]
    assert row.terms == ("gas", "pipeline", "tap")
    assert row.with_ == ("debt", "due", "price")
    assert row.and_ == (("gas", "pipeline"), ("cut", "debt", "due"))
    assert row.without == ("debt", "due", "price", "milk")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("[[gas, pipeline], tap]", "15: text is needed here, not a list"),
        ("[&pipes [gas, pipeline], gas]", "15: 'gas' stands twice; keep one of them"),
        ("[&pipes [gas, {tap: 1}], gas]", "15: text is needed here, not a set of keys"),
    ],
)
def test_lists_among_words_need_a_name_and_plain_words_stand_once(own: Path, words: str, expected: str) -> None:
    change(own / "themes.yaml", "terms: [gas, pipeline]", f"terms: {words}")
    assert told(own)[0].startswith(f"themes.yaml:{expected}")


@pytest.mark.parametrize("name", ["themes.yaml", "actors.csv"])
def test_a_file_beyond_the_bound_is_refused_before_it_is_read(
    own: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (own / name).stat().st_size
    biggest = max(path.stat().st_size for path in own.iterdir())
    monkeypatch.setattr("clippings.codebook.sources.MAX_BYTES", biggest)
    assert told(own) == []
    (own / name).write_bytes((own / name).read_bytes() + b"\n" * (biggest + 1 - size))
    with pytest.raises(CodebookError, match=f"{name}: is larger than .* bytes; split the codebook"):
        Codebook.load(own)


@pytest.mark.parametrize("limit", [LONGEST_CELL, 10_000_000])
@pytest.mark.parametrize(("size", "expected"), [(LONGEST_CELL, "cells, but"), (LONGEST_CELL + 1, "field larger than")])
def test_a_cell_beyond_the_bound_is_one_line(own: Path, limit: int, size: int, expected: str) -> None:
    """Also where another package has raised the limit of csv, which is one for the whole process."""
    file = own / "actors.csv"
    file.write_text(file.read_text(encoding="utf-8") + '"' + "y" * size + '"\n', encoding="utf-8")
    before = csv.field_size_limit(limit)
    try:
        (fault,) = told(own)
    finally:
        csv.field_size_limit(before)
    assert expected in fault
