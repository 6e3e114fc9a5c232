"""The name of a site on the first lines of a page: beside a headline, a path or tools, and above a motto."""

from __future__ import annotations

import re

from clippings.page import lines as look
from clippings.page._furniture import is_tool
from clippings.page._words import RUBRICS, WORDS
from clippings.page.lines import Line

Part = tuple[int, int, str]
WINDOW = "window"
"""The kind of words beside an outlet on the first line: the headline where no other line is, and a rubric else."""
JOINTS = re.compile(r"\s+(?:[|/–—-])\s+|\s*(?:[»›>]|::)\s*")
CRUMBS = re.compile(r"[»›>]|::")
BETWEEN_BARS = re.compile(r"[^\s|](?:[^|]*[^\s|])?")
_RUBRICS, _MOTTOS = RUBRICS.union(WORDS.sections), frozenset(WORDS.mottos)
_SLUG = re.compile(r"[A-Z]{3,}(?:[-/][A-Z]{2,})+")
"""How an agency calls a report, above its headline: ``SERBIA-RUSSIA-GAS``."""
_BESIDE = re.compile(r"(?:,| [|/–—-]) ")
_FEWEST_WINDOW = 4
"""Words beside a site that may be a headline."""


def is_rubric(line: Line) -> bool:
    """Tell whether a line heads a part of a paper, or is a row of such heads."""
    words = line.text.lower().rstrip(":")
    if "-" in words and _SLUG.fullmatch(line.text):
        return True
    return words in _RUBRICS or _RUBRICS.issuperset(words.split())


def is_motto(line: Line) -> bool:
    """Tell whether a line may be what a newspaper says of itself below its name."""
    return not _MOTTOS.isdisjoint(line.text.lower().split())


def joined(line: Line) -> list[Part]:
    """The outlet of a first line, and the headline that may stand beside it, as in the title of a window."""
    edges = [0, *(edge for found in JOINTS.finditer(line.text) for edge in found.span()), len(line.text)]
    pieces = [
        Line(line.start + start, line.start + end, line.text[start:end])
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    first, last = pieces[0], pieces[-1]
    if all(map(_is_site, pieces)):
        return []
    if len(pieces) > 1 and _is_site(first):
        parts = [(first.start, first.end, "publisher")]
        return [*parts, (last.start, last.end, WINDOW)] if last.text.count(" ") >= _FEWEST_WINDOW - 1 else parts
    before = line.text[: edges[-3]] if len(pieces) > 1 else ""
    is_one_word = " " not in last.text and not look.is_domain(last.text)
    if before.count(" ") < _FEWEST_WINDOW - 1 or is_one_word or not _is_site(last):
        return []
    return [(line.start, line.start + len(before), WINDOW), (last.start, last.end, "publisher")]


def _is_site(line: Line) -> bool:
    """Tell whether words have the look of an outlet's name as well as its words."""
    is_named = bool(line.text) and look.is_named_outlet(line) and not (is_rubric(line) or look.is_person(line.text))
    return is_named and (look.is_listed(line) or look.is_domain(line.text) or look.is_titled(line))


def among_tools(line: Line) -> list[Part]:
    """The address of a site among its tools: ``harbor.example | Print``."""
    pieces = BETWEEN_BARS.findall(line.text)
    named = [words for words in pieces if look.is_domain(words)]
    if len(named) != 1 or not all(words in named or is_tool(words) for words in pieces) or len(pieces) == 1:
        return []
    start = line.start + line.text.index(named[0])
    return [(start, start + len(named[0]), "publisher")]


def signed_for(line: Line) -> list[Part]:
    """The author and the outlet that stand beside each other: ``Jan Novak | Harbor News``."""
    mark = _BESIDE.search(line.text)
    if not mark or look.has_lead(line.text) or look.is_listed(line):
        return []
    name, outlet = line.text[: mark.start()], line.text[mark.end() :]
    named = Line(line.start + mark.end(), line.end, outlet)
    if not (look.is_person(name) and look.is_named_outlet(named) and not look.is_job(named)):
        return []
    return [(line.start, line.start + mark.start(), "byline"), (named.start, named.end, "publisher")]
