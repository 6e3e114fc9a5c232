"""The cases of ``tests/tables``: each rule, threshold, word and order of a layer on both sides, on invented text.

A table is a list of rules. Each has ``rule`` (its name, or that of its threshold), ``why``, ``examples`` and
``counterexamples``; what stands beside these holds for all of its cases. A case marks what must be found where it
stands, and nothing else may be found: ``They met on [Tuesday|2007-10-30].`` A list gives the parts of a text in order:
its sentences, or its blocks by their kind. With ``words`` a case is tried with each of them in the place of ``{}``;
with ``pad``, words of so many characters stand in that of ``~``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

import clippings as cl
from clippings.layers.registry import KEPT

TABLES = Path(__file__).parent / "tables"
SIDES = ("examples", "counterexamples")
DAY = "02/11/2007"
ARCHIVE = "BELARUS NEWS AND ANALYSIS"
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


@functools.cache
def codebook() -> cl.Codebook:
    return cl.Codebook.load(TABLES / "book")


def annotated(row: Row, text: str) -> tuple[cl.Annotated, list[tuple[int, int, str]]]:
    """Annotate a marked text as the body of a page, and return it with the marks.

    The page is of ``day``, or of no day where that is null; a ``title`` and a ``publisher`` may stand above the text.
    """
    day, path, title = row.get("day", DAY), row.get("path", ""), row.get("title")
    head = [ARCHIVE if title else None, "DATE:" if day else None, day, title, row.get("publisher")]
    page, asked = unmarked("\n\n".join([*filter(None, head), text]))
    layout = "auto" if title or day else "plain"
    (found,) = cl.Corpus(cl.parse(page, path=path, layout=layout)).annotate(codebook())
    return found, asked


def check(case: Case, layer: str, value: Callable[[Any, str], str]) -> None:
    """Compare what a layer finds in a marked text with its marks; ``value`` writes one as its mark is written."""
    for row in case.rows:
        page, asked = annotated(row, row["text"])
        text, found = page.clipping.text, getattr(page, layer)
        marks = [mark for _, _, mark in asked] + [""] * len(found)
        got = [(one.start, one.of(text), value(one, mark)) for one, mark in zip(found, marks, strict=False)]
        case.same(row["text"], [(start, text[start:end], mark) for start, end, mark in asked], got)


@pytest.mark.parametrize("case", cases("dates", "date_periods", "date_words", "date_tense"))
def test_dates(case):
    """A mark is the ``iso``, or ``first..last``, with ``@anchor`` behind it where that is of interest."""

    def value(date: Any, mark: str) -> str:
        days = f"{date.first}..{date.last}" if ".." in mark else date.iso or "unknown"
        return f"{days} @{date.anchor}" if "@" in mark else days

    check(case, "dates", value)


@pytest.mark.parametrize("case", cases("mentions"))
def test_mentions(case):
    """A mark is the id and the kind, with ``nested`` behind it where that is so."""
    check(case, "mentions", lambda one, _: f"{one.id} {one.kind}" + " nested" * one.nested)


@pytest.mark.parametrize("case", cases("errata"))
def test_errata(case):
    """A mark is the reading that is meant."""
    check(case, "errata", lambda one, _: one.expected)


@pytest.mark.parametrize("case", cases("themes"))
def test_themes(case):
    """A mark is the theme that a word shows; ``shown`` counts the sentences, ``document`` names the whole."""
    for row in case.rows:
        page, asked = annotated(row, row["text"])
        text = page.clipping.text
        got = [(one.of(text), hit.theme) for hit in page.themes for one in hit.evidence]
        case.same(row["text"], [(text[start:end], mark) for start, end, mark in asked], got)
        case.same(row["text"], row.get("shown", len(page.themes)), len(page.themes))
        case.same(row["text"], tuple(row.get("document", "").split()), page.document_themes)


def test_what_is_kept_of_a_page_stands_in_the_order_of_its_frames():
    assert [*KEPT] == ["sentences", "quotes", "mentions", "dates", "themes", "errata"]


@pytest.mark.parametrize("case", cases("sentences"))
def test_sentences(case):
    """The parts are the sentences, with ``gap`` between them."""
    for row in case.rows:
        text = row.get("gap", " ").join(row["parts"])
        page, _ = annotated(row, text)
        case.same(text, row["parts"], [span.of(page.clipping.text) for span in page.sentences])


def blocks(parts: list[Any]) -> Iterator[tuple[str, str]]:
    for part in parts:
        yield from part.items() if isinstance(part, dict) else blocks(part)


@pytest.mark.parametrize("case", cases("pages", "fields"))
def test_pages(case):
    """The parts are the blocks, with ``gap`` between them, or those of ``text`` where some share a line.

    A mark is the field that stands there; ``none`` names fields that the page has not, ``fields`` the values of some,
    ``basis`` what they rest on, ``told`` the diagnostics with line and column, ``items`` the bodies of the clippings.
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
            "told": [f"{one.code} {one.line}:{one.column}" for one in page.diagnostics],
            "items": [item.body.of(text) for item in items],
        }
        asked_for = {name: row[name] for name in found if name in row}
        case.same(text, asked_for, {name: found[name] for name in asked_for})
