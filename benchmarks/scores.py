"""Scores of the library on pages with expected results: the zoo and the clipping of 2007.

A score is a share of what was expected, or an F1 where what is too much counts as well; ``n`` is how many were
expected.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import clippings as cl
from clippings.model import Annotated

ROOT = Path(__file__).parents[1]
ZOO, GOLD, CLIPPINGS = ROOT / "tests/zoo", ROOT / "data/gold", ROOT / "data/clippings"
THEMES = ("alliances", "missile_defense", "treaty_questions")
ZOO_KINDS = {"country", "capital", "demonym", "organization", "alliance", "treaty", "weapon"}
SPEECH = {"speech", "mixed"}


class Score(NamedTuple):
    """What was measured, on which data, how well, and over how many expected."""

    task: str
    data: str
    measure: str
    value: float
    n: int


Pages = list[tuple[Annotated, dict]]


def all_scores() -> list[Score]:
    """Score the library on everything that may be shipped."""
    zoo, gold = _pages(ZOO, ZOO), _pages(CLIPPINGS, GOLD)
    return [*_zoo(zoo), *_gold(gold)]


def _pages(texts: Path, expected: Path) -> Pages:
    found = cl.read(texts).annotate()
    return [(page, json.loads((expected / f"{page.clipping.id}.json").read_text("utf-8"))) for page in found]


def _zoo(pages: Pages) -> Iterator[Score]:
    yield _mentions(pages)
    yield from _dates(pages)
    yield from (_theme(pages, theme) for theme in THEMES)
    yield from _quotes(pages)


def _gold(pages: Pages) -> Iterator[Score]:
    wanted, found = [], []
    for page, expected in pages:
        wanted += [(page.clipping.id, m["start"], m["end"]) for m in expected["mentions"]]
        found += [(page.clipping.id, m.start, m.end) for m in page.mentions if not m.nested]
    yield _f1("mentions", "clipping of 2007", "F1 by span, nested ones left out", wanted, found)
    errata = [((e["start"], e["end"], e["expected"]), page) for page, expected in pages for e in expected["errata"]]
    hits = [(e.start, e.end, e.expected) for page, _ in pages for e in page.errata]
    yield _f1("errata", "clipping of 2007", "F1 by span and reading", [wanted for wanted, _ in errata], hits)


def _mentions(pages: Pages) -> Score:
    wanted, found = [], []
    for page, expected in pages:
        wanted += [(page.clipping.id, m["start"], m["end"], m["id"]) for m in expected["mentions"]]
        found += [(page.clipping.id, m.start, m.end, m.id) for m in page.mentions if m.kind in ZOO_KINDS]
    return _f1("mentions", "zoo", "F1 by span and id, nested ones counted", wanted, found)


def _dates(pages: Pages) -> Iterator[Score]:
    pairs = [
        (gold, next((d for d in page.dates if d.start < gold["end"] and gold["start"] < d.end), None))
        for page, expected in pages
        for gold in expected["dates"]
    ]
    yield _share("dates", "zoo", "right day or month", (d is not None and d.iso == gold["iso"] for gold, d in pairs))
    weekdays = [(gold, d) for gold, d in pairs if gold["basis"].startswith("weekday")]
    yield _share(
        "dates", "zoo", "right day, weekdays", (d is not None and d.iso == gold["iso"] for gold, d in weekdays)
    )


def _theme(pages: Pages, theme: str) -> Score:
    right = ((theme in page.document_themes) == bool(expected["themes"][theme]) for page, expected in pages)
    return _share("document themes", "zoo", f"right on {theme.replace('_', ' ')}", right)


def _quotes(pages: Pages) -> Iterator[Score]:
    rows = []
    for page, expected in pages:
        found = {(quote.start, quote.end): quote for quote in page.quotes}
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


def _share(task: str, data: str, measure: str, right: Iterable[bool]) -> Score:
    judged = list(right)
    return Score(task, data, measure, round(sum(judged) / len(judged), 3), len(judged))


def _f1(task: str, data: str, measure: str, wanted: list, found: list) -> Score:
    both = len(set(wanted) & set(found))
    return Score(task, data, measure, round(2 * both / (len(set(wanted)) + len(set(found))), 3), len(set(wanted)))
