"""Bounds on what parsers and the extractor are given of a saved page: some take time by the square of it."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from clippings import diagnostics
from clippings.model import Diagnostic

MAX_ATTRIBUTES = 200
"""Attributes of one tag; parsers compare each with all before it."""
MAX_LISTS = 300
"""Lists and tables on a page; the extractor's second opinion on its own work takes time by the square of them."""
MAX_TAGS = 50_000
"""Tags of a page; the extractor takes some three seconds for as many."""

# Comments and scripts hold no tags. Nothing here looks at a character twice, whatever is left open.
_TAG = re.compile(
    r"<(?:!--(?>.*?(?:-->|\Z))|script\b(?>.*?(?:</script|\Z))"
    r"|(?P<tag>[a-z](?:[^\"'>]++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+>?))",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"[^\s/\"'=<>]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?+")
_LISTED = ("<ul", "<ol", "<dl", "<table")
_SHORT = 2 * MAX_ATTRIBUTES
"""A tag of fewer characters has fewer attributes."""


class Markup(NamedTuple):
    """The markup that may be parsed, how much of it there is, and what is to be told of that."""

    text: str
    is_crowded: bool = False
    is_endless: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def bounded(text: str, file: str = "") -> Markup:
    """Return the markup of a page within the bounds; what is left out or done otherwise is told (CLP136).

    >>> bounded("<p>Talks</p>").diagnostics
    ()
    >>> crowded = bounded("<ul><li>One</ul>" * 301)
    >>> crowded.is_crowded, crowded.diagnostics[0].message
    (True, '301 lists and tables on the page; the article was looked for once, without a second opinion')
    """
    markup, cut, tags = _with_few_attributes(text)
    lowered = markup.lower()
    lists = sum(lowered.count(opening) for opening in _LISTED)
    is_endless = tags > MAX_TAGS
    told = []
    if cut:
        is_one = "tag" if cut == 1 else "tags"
        told.append((f"{cut:,} {is_one} of more than {MAX_ATTRIBUTES} attributes", "the others of these were left out"))
    if is_endless:
        told.append((f"{tags:,} tags on the page", "all its visible text was taken, without looking for the article"))
    elif lists > MAX_LISTS:
        done = "the article was looked for once, without a second opinion"
        told.append((f"{lists:,} lists and tables on the page", done))
    notes = tuple(diagnostics.make("CLP136", file=file, what=what, done=done) for what, done in told)
    return Markup(markup, lists > MAX_LISTS, is_endless, notes)


def _with_few_attributes(text: str) -> tuple[str, int, int]:
    """Return the markup without the attributes beyond the bound, the number of tags cut, and of all tags."""
    kept, at, cut, tags = [], 0, 0, 0
    for found in _TAG.finditer(text):
        tags += found["tag"] is not None
        is_long = found["tag"] and found.end() - found.start() > _SHORT
        end = _last_attribute(text, *found.span("tag")) if is_long else 0
        if end:
            kept += [text[at:end], ">"]
            at, cut = found.end(), cut + 1
    return "".join([*kept, text[at:]]), cut, tags


def _last_attribute(text: str, start: int, end: int) -> int:
    """Where the last attribute ends that a tag may have; 0 where it has no more."""
    found = islice(_ATTRIBUTE.finditer(text, start, end), MAX_ATTRIBUTES + 2)  # the name of the tag, and one more
    ends = [attribute.end() for attribute in found]
    return ends[-2] if len(ends) == MAX_ATTRIBUTES + 2 else 0
