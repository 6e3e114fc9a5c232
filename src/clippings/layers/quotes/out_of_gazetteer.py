"""Mentions of sources that the gazetteer does not know, at every place their name stands."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterator, Mapping

from clippings.layers.quotes.names import Names
from clippings.layers.quotes.roles import Person
from clippings.model import Clipping, Mention, Span

_WORD = re.compile(r"[A-Z][^\W_]*(?:['’-][^\W_]+)*")
_FEW = 24
_CROWD = 16


def find(
    clipping: Clipping, listed: Collection[tuple[int, int]], names: Names, persons: Mapping[str, Person]
) -> Iterator[Mention]:
    """Yield the places of each name in full, and of its surname where no other person bears it.

    ``listed`` are the places of the gazetteer's mentions.
    """
    unknown = {name for name, span in names.full.items() if (span.start, span.end) not in listed}
    if not unknown:
        return
    text, first = clipping.text, clipping.body.start
    taken = sorted(listed)
    for start, end in _surnames(clipping, {name.rpartition(" ")[2] for name in unknown}):
        same = names.by_surname[text[start:end]]
        for name in same[:_CROWD]:
            if name not in unknown:
                continue
            begin = _begin(text, name, end, first)
            if begin is None:
                if len(same) > 1:
                    continue
                begin = start
            at = bisect.bisect_left(taken, (end, 0)) - 1
            if at < 0 or taken[at][1] <= begin:
                yield Mention(begin, end, persons[name].id or name, "person", persons[name].country, text[begin:end])
            break


def _begin(text: str, name: str, end: int, first: int) -> int | None:
    """Where a name begins that stands in full in the body and ends at an offset."""
    begin = end - len(name)
    is_whole = begin >= first and text.startswith(name, begin) and not text[begin - 1 : begin].isalnum()
    return begin if is_whole else None


def _surnames(clipping: Clipping, wanted: set[str]) -> list[tuple[int, int]]:
    """Return every place of some surnames in the body, quotations included, in order."""
    text, body = clipping.text, clipping.body
    if len(wanted) > _FEW:
        return [found.span() for found in _WORD.finditer(text, body.start, body.end) if found[0] in wanted]
    return sorted(place for surname in wanted for place in _whole_words(text, surname, body))


def _whole_words(text: str, word: str, body: Span) -> list[tuple[int, int]]:
    places = []
    at = text.find(word, body.start, body.end)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            places.append((at, end))
        at = text.find(word, end, body.end)
    return places
