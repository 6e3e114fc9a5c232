"""What one pass of an automaton finds: in a text that may hold anything, and of a codebook in a clipping."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ahocorasick_rs

from clippings.codebook import Codebook
from clippings.codebook.matching import Hit
from clippings.model import Clipping

_NEAR = 80  # Characters that are scanned in less time than it takes to start a new scan.
_SURROGATE = re.compile("[\ud800-\udfff]")


def hits(automaton: ahocorasick_rs.AhoCorasick, text: str) -> list[tuple[int, int, int]]:
    r"""Return the number of the pattern, start and end of each match; lone surrogates belong to none.

    >>> hits(ahocorasick_rs.AhoCorasick(["week"]), "\ud800 week")
    [(0, 2, 6)]
    """
    try:
        return automaton.find_matches_as_indexes(text)
    except UnicodeEncodeError:  # The automaton takes no lone surrogates.
        return automaton.find_matches_as_indexes(_SURROGATE.sub("\ufffd", text))


def in_clipping(clipping: Clipping, codebook: Codebook) -> list[Hit]:
    r"""Return what stands of a codebook in title, publisher line and body, sorted by position.

    What else is on the page is not looked at: a digest has thousands of items on one page.

    >>> from clippings import parse
    >>> clipping = parse("DATE:\n\n02/11/2007\n\nMinsk was quiet.\n\nSource:\n\nhttp://news.example/NATO.html")[0]
    >>> [hit.form.text for hit in in_clipping(clipping, Codebook.load())]
    ['Minsk']
    """
    (start, end), *others = sorted(_scopes(clipping))
    hits: list[Hit] = []
    for begin, stop in others:
        if begin > end + _NEAR:
            hits += codebook.scan(clipping.text, start, end)
            start = begin
        end = max(end, stop)
    return hits + codebook.scan(clipping.text, start, end)


def _scopes(clipping: Clipping) -> Iterator[tuple[int, int]]:
    yield clipping.body.start, clipping.body.end
    for name in ("title", "publisher"):
        field = clipping.fields.get(name)
        if field and field.span:
            yield field.span.start, field.span.end
