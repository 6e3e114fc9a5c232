"""How pages and rows are paired: swapping the sides swaps the columns, whatever meets, and little is held."""

import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clippings.comparing import pages
from clippings.comparing.differences import Comparison

SWAPPED = {"gained": "lost", "lost": "gained", "changed": "changed"}

# Few values, so that rows meet: the same place in both, twice in one, with a column or without.
WORDS = st.sampled_from(["a", "b", None])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"start": st.integers(0, 2), "end": st.integers(3, 4), "rule": WORDS},
        optional={"speaker": WORDS, "kind": WORDS, "theme": WORDS, "form": WORDS},
    ),
    max_size=4,
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["p", "q", "r"]), "item": st.integers(0, 1)},
        optional={"title": WORDS, "text": st.sampled_from(["abcd", "abxd"]), "quotes": ROWS, "themes": ROWS,
                  "mentions": ROWS, "sentences": st.lists(st.tuples(st.integers(0, 2), st.integers(3, 4)))},
    ),
    max_size=5,
)  # fmt: skip


def told(old: list[dict], new: list[dict]) -> list[tuple]:
    found = Comparison(map(pages.of_record, old), map(pages.of_record, new))
    rows = [
        (one.change, one.layer, one.id, one.item, one.start, one.end, one.name, one.text,
         (one.old_rule, one.old), (one.new_rule, one.new))
        for one in found
    ]  # fmt: skip
    return sorted(rows, key=repr)


def mirrored(row: tuple) -> tuple:
    change, *place, old, new = row
    return SWAPPED[change], *place, new, old


def ordered(row: tuple) -> str:
    return repr([sorted(part[1].items()) if isinstance(part, tuple) and part[1] else part for part in row])


@given(RECORDS, RECORDS)
def test_swapping_the_sides_swaps_the_columns(old, new):
    forth, back = told(old, new), told(new, old)
    assert sorted(map(ordered, forth)) == sorted(ordered(mirrored(row)) for row in back)


@given(RECORDS)
def test_nothing_differs_from_itself_in_whatever_order(records):
    assert told(records, records) == []
    distinct = list({(one["id"], one["item"]): one for one in records}.values())
    assert told(distinct, distinct[::-1]) == []


@given(RECORDS, RECORDS)
def test_the_counts_are_those_of_the_rows(old, new):
    found = Comparison(map(pages.of_record, old), map(pages.of_record, new))
    rows = list(found)
    assert found.counts.total() == len(rows)
    assert found.pages["both"] + found.pages["old"] == len(old)
    assert found.pages["both"] + found.pages["new"] == len(new)


def test_pages_wait_only_while_the_orders_part():
    """Of two results sorted alike, but for a page at the head of one, hardly more than that page is held."""

    class Fields(dict):
        __hash__ = object.__hash__

    held = weakref.WeakSet()
    most = 0

    def pages_of(names):
        nonlocal most
        for name in names:
            fields = Fields(title="new" if name else "old")
            held.add(fields)
            most = max(most, len(held))
            yield pages.Page(str(name), 0, fields, {}, "", None)

    found = list(Comparison(pages_of(range(1, 500)), pages_of(range(500))))
    assert [(one.change, one.id) for one in found] == [("gained", "0")]
    assert most <= 10


A, B, C = ({"start": 0, "end": 3, "rule": rule} for rule in "abc")


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ([A, B], [B], ["lost"]),
        ([A], [B, A], ["gained"]),
        ([A, B], [B, A], []),
        ([A, A], [A], ["lost"]),
        ([A, B], [B, C], ["changed"]),
    ],
)
def test_of_several_rows_in_one_place_those_that_are_equal_are_paired(old, new, changes):
    sides = ([{"id": "p", "item": 0, "quotes": rows}] for rows in (old, new))
    assert [row[0] for row in told(*sides)] == changes


def test_a_row_that_moved_is_lost_and_gained():
    sides = ([{"id": "p", "item": 0, "quotes": [{**A, "start": start}]}] for start in (0, 1))
    assert [(row[0], row[4]) for row in told(*sides)] == [("gained", 1), ("lost", 0)]


def test_a_quote_of_another_kind_and_a_theme_of_another_name():
    quotes = ([{"id": "p", "item": 0, "quotes": [{**A, "kind": kind}]}] for kind in ("speech", "mixed"))
    assert [row[0] for row in told(*quotes)] == ["changed"]
    themes = ([{"id": "p", "item": 0, "themes": [{**A, "theme": theme}]}] for theme in ("alliances", "treaties"))
    assert sorted(row[0] for row in told(*themes)) == ["gained", "lost"]
