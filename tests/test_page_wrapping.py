"""Texts wrapped at a column: each bound of what is wrapped, with the nearest text on both sides."""

from __future__ import annotations

import pytest

from clippings.page._wrapping import unwrapped
from clippings.page.lines import lines


def line(size: int, end: str = "") -> str:
    """Words of so many characters, without a stop unless asked for one."""
    return ("talks " * size)[: size - 1 - len(end)] + "s" + end


def joined(*paragraphs: list[str]) -> list[int]:
    """Return how many lines each paragraph is made of."""
    text = "\n\n".join("\n".join(paragraph) for paragraph in paragraphs)
    return [part.text.count("\n") + 1 for part in unwrapped(text, lines(text))[0]]


@pytest.mark.parametrize(("size", "is_wrapped"), [(49, False), (50, True), (100, True), (101, False)])
def test_a_column_has_fifty_to_a_hundred_characters(size, is_wrapped):
    paragraph = [line(size)] * 3
    assert (joined(paragraph, paragraph) == [3, 3]) is is_wrapped


@pytest.mark.parametrize(("short", "is_wrapped"), [(14, True), (15, False)])
def test_three_of_ten_lines_are_as_long_as_a_column(short, is_wrapped):
    paragraph = [line(60)] * 3
    poem = ["Gas"] * short
    assert (joined(paragraph, paragraph, poem)[:2] == [3, 3]) is is_wrapped


@pytest.mark.parametrize(("stops", "is_wrapped"), [(2, True), (3, False)])
def test_half_of_the_lines_may_end_a_sentence(stops, is_wrapped):
    paragraph = [*[line(60, ".")] * stops, *[line(60)] * (4 - stops), line(60)]
    assert (joined(paragraph, ["Gas"])[0] == 5) is is_wrapped


@pytest.mark.parametrize(("long", "is_wrapped"), [(1, True), (2, False)])
def test_one_of_ten_lines_may_be_longer_than_the_column(long, is_wrapped):
    others = [[line(100)]] * long
    assert (joined([line(60)] * (10 - long), *others)[0] == 10 - long) is is_wrapped


@pytest.mark.parametrize(("size", "is_wrapped"), [(78, True), (79, False)])
def test_a_line_of_one_and_a_third_columns_is_longer(size, is_wrapped):
    assert (joined([line(60)] * 8, [line(size)], [line(size)])[0] == 8) is is_wrapped


@pytest.mark.parametrize(("indented", "parts"), [(0, [6, 1]), (1, [2, 4, 1]), (3, [2, 2, 1, 1, 1]), (4, [6, 1])])
def test_up_to_half_of_the_lines_of_a_paragraph_begin_one(indented, parts):
    run = [line(60)] * 6
    for at in (2, 4, 5, 3)[:indented]:
        run[at] = "  " + run[at]
    assert joined(run, ["Gas"]) == parts


@pytest.mark.parametrize("bullet", ["-", "•", "1.", "12)", "(a)", "a)"])
def test_points_of_a_list_are_apart(bullet):
    first, second = ([f"{bullet} {word} {line(54 - len(bullet))}", line(60)] for word in ("Lida", "Orel"))
    assert joined([*first, *second], ["Gas"]) == [2, 2, 1]


@pytest.mark.parametrize("other", [".", "123.", "ab)"])
def test_other_openings_are_none(other):
    first, second = ([f"{other} {word} {line(54 - len(other))}", line(60)] for word in ("Lida", "Orel"))
    assert joined([*first, *second], ["Gas"]) == [4, 1]


@pytest.mark.parametrize(
    ("number", "is_apart"),
    [
        *(("3", True), ("123", True), ("1234", False), ("page 3", True), ("page ", False)),
        *(("3 of 7", True), ("3/123", True), ("3/1234", False), ("3/", False)),
        *(("Gazette   3", True), ("Gazette  3", False), ("Gazette   123", True), ("Gazette   1234", False)),
        *(("Gazette - page 3", True), (f"{line(75)}   33", True), (f"{line(76)}   33", False)),
    ],
)
def test_numbers_of_pages(number, is_apart):
    text = "\n\n".join(["\n".join([line(80)] * 3), number, "\n".join([line(80)] * 3)])
    assert bool(unwrapped(text, lines(text))[1]) is is_apart
