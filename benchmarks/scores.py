"""Scores of the library on pages with expected results: the zoo and the clipping of 2007.

A score is a share of what was expected, or an F1 where what is too much counts as well; ``n`` is how many were
expected.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from speaker_verdicts import NOBODY, PERSON, RIGHT, rates, verdict

import clippings as cl
from clippings.model import Annotated

ROOT = Path(__file__).parents[1]
ZOO, GOLD, CLIPPINGS = ROOT / "tests/zoo", ROOT / "data/gold", ROOT / "data/clippings"
PERSONS = ZOO / "speakers.csv"
THEMES = ("alliances", "missile_defense", "treaty_questions")
FIELDS = ("date", "title", "publisher", "byline", "dateline", "source_url")
ZOO_KINDS = {"country", "capital", "demonym", "organization", "alliance", "treaty", "weapon"}
SPEECH = {"speech", "mixed"}


class Score(NamedTuple):
    """What was measured, on which data, how well, and over how many expected."""

    task: str
    data: str
    measure: str
    value: float
    n: int


Pages = list[tuple[list[Annotated], dict]]
"""The items of each page, and what is expected of them all."""


def all_scores() -> list[Score]:
    """Score the library on everything that may be shipped."""
    zoo, gold = _pages(ZOO, ZOO), _pages(CLIPPINGS, GOLD)
    return [*_zoo(zoo), *_gold(gold)]


def _pages(texts: Path, expected: Path) -> Pages:
    by_page = groupby(cl.read(texts).annotate(), key=lambda page: page.clipping.id)
    return [(list(items), json.loads((expected / f"{name}.json").read_text("utf-8"))) for name, items in by_page]


def _zoo(pages: Pages) -> Iterator[Score]:
    yield from _fields(pages)
    yield _mentions(pages)
    yield from _dates(pages)
    yield from (_theme(pages, theme) for theme in THEMES)
    yield from _quotes(pages)
    yield from _speakers("zoo", pages)
    yield from _persons(pages)


def _gold(pages: Pages) -> Iterator[Score]:
    wanted, found = [], []
    for items, expected in pages:
        wanted += [(expected["id"], m["start"], m["end"]) for m in expected["mentions"]]
        found += [(expected["id"], m.start, m.end) for item in items for m in item.mentions if not m.nested]
    yield _f1("mentions", "clipping of 2007", "F1 by span, nested ones left out", wanted, found)
    yield from _speakers("clipping of 2007", pages)
    errata = [(e["start"], e["end"], e["expected"]) for _, expected in pages for e in expected["errata"]]
    hits = [(e.start, e.end, e.expected) for items, _ in pages for item in items for e in item.errata]
    yield _f1("errata", "clipping of 2007", "F1 by span and reading", errata, hits)


def _fields(pages: Pages) -> Iterator[Score]:
    for name in FIELDS:
        right = (items[0].clipping.value(name) == expected["fields"][name] for items, expected in pages)
        yield _share("fields", "zoo", f"right {name.replace('_', ' ')}", right)
    bodies = ((items, expected["body"].get("items", [expected["body"]])) for items, expected in pages)
    right = ([(i.clipping.body.start, i.clipping.body.end) for i in items] == [(b["start"], b["end"]) for b in wanted]
             for items, wanted in bodies)  # fmt: skip
    yield _share("fields", "zoo", "right body, to the character", right)


def _mentions(pages: Pages) -> Score:
    wanted, found = [], []
    for items, expected in pages:
        wanted += [(expected["id"], m["start"], m["end"], m["id"]) for m in expected["mentions"]]
        marks = [m for item in items for m in item.mentions if m.kind in ZOO_KINDS]
        found += [(expected["id"], m.start, m.end, m.id) for m in marks]
    return _f1("mentions", "zoo", "F1 by span and id, nested ones counted", wanted, found)


def _dates(pages: Pages) -> Iterator[Score]:
    pairs = []
    for items, expected in pages:
        found = [date for item in items for date in item.dates]
        for gold in expected["dates"]:
            date = next((d for d in found if d.start < gold["end"] and gold["start"] < d.end), None)
            iso = "/".join(filter(None, (gold["iso"], gold.get("iso_end")))) or None
            pairs.append((gold["basis"], date is not None and date.iso == iso))
    yield _share("dates", "zoo", "right day or month", (is_right for _, is_right in pairs))
    weekdays = (is_right for basis, is_right in pairs if basis.startswith("weekday"))
    yield _share("dates", "zoo", "right day, weekdays", weekdays)


def _theme(pages: Pages, theme: str) -> Score:
    right = (
        any(theme in item.document_themes for item in items) == bool(expected["themes"][theme])
        for items, expected in pages
    )
    return _share("document themes", "zoo", f"right on {theme.replace('_', ' ')}", right)


def _quotes(pages: Pages) -> Iterator[Score]:
    rows = []
    for items, expected in pages:
        found = {(quote.start, quote.end): quote for item in items for quote in item.quotes}
        rows += [(gold, found.get((gold["start"], gold["end"]))) for gold in expected["quotes"]]
    yield _share("quotations", "zoo", "found by span", (quote is not None for _, quote in rows))
    speech = [(gold, quote) for gold, quote in rows if gold["kind"] == "speech"]
    yield _share("quotations", "zoo", "speech known as speech", (q is not None and q.kind in SPEECH for _, q in speech))
    yield _share(
        "speakers", "zoo", "right name", (q is not None and q.speaker == gold["speaker"] for gold, q in speech)
    )
    named = [(gold["source"], quote) for gold, quote in speech if gold["source"]]
    right = (q is not None and q.source is not None and [q.source.start, q.source.end] == wanted for wanted, q in named)
    yield _share("speakers", "zoo", "right words for the source", right)


def _speakers(data: str, pages: Pages) -> Iterator[Score]:
    """The names given, and those that can be; a body that is named, and a role as printed, count as names here."""
    verdicts = []
    for items, expected in pages:
        found = {(quote.start, quote.end): quote.speaker for item in items for quote in item.quotes}
        for gold in expected["quotes"]:
            name, speaker = gold["speaker"], found.get((gold["start"], gold["end"]))
            verdicts.append(RIGHT if name and name == speaker else verdict(PERSON if name else NOBODY, name, speaker))
    yield from (Score("speakers", data, measure, *found) for measure, found in rates(verdicts).items())


def _persons(pages: Pages) -> Iterator[Score]:
    """What a reader of the pages finds out about each named speaker (tests/zoo/speakers.csv)."""
    with PERSONS.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    told = {
        (expected["id"], str(number), quote.speaker): quote
        for items, expected in pages
        for number, item in enumerate(items)
        for quote in item.quotes
    }
    for name in ("role", "affiliation", "country"):
        wanted = [(*_key(row), row[name]) for row in read if row[name]]
        found = [(*_key(row), getattr(told.get(_key(row)), name, None)) for row in read]
        yield _f1("speakers", "zoo", f"F1 of {name}", wanted, [row for row in found if row[-1]])


def _key(row: dict[str, str]) -> tuple[str, str, str]:
    return row["page"], row["item"], row["speaker"]


def _share(task: str, data: str, measure: str, right: Iterable[bool]) -> Score:
    judged = list(right)
    return Score(task, data, measure, round(sum(judged) / len(judged), 3), len(judged))


def _f1(task: str, data: str, measure: str, wanted: list, found: list) -> Score:
    both = len(set(wanted) & set(found))
    return Score(task, data, measure, round(2 * both / (len(set(wanted)) + len(set(found))), 3), len(set(wanted)))
