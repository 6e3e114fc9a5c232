"""Mentions of sources that the gazetteer does not know, at every place their name stands."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterator, Mapping

from clippings.evidence import Mention
from clippings.layers.quotes.names import CROWD, Names
from clippings.layers.quotes.roles import Person
from clippings.model import Clipping, Span

_WORD = re.compile(r"[A-Z][^\W_]*(?:['’-][^\W_]+)*")
_FEW = 24


def find(
    clipping: Clipping, listed: Collection[tuple[int, int]], names: Names, persons: Mapping[str, Person]
) -> Iterator[Mention]:
    """Yield the places of each name in full, and of its surname where no other person bears it.

    Args:
        clipping: the clipping.
        listed: the places of the gazetteer's mentions.
        names: the names of the text.
        persons: the persons to look for, by name.
    """
    unknown = {
        name: person for name, person in persons.items() if (names.full[name].start, names.full[name].end) not in listed
    }
    if not unknown:
        return
    text = clipping.text
    taken = sorted(listed)
    full = {_surname_end(text, place, names.surname(name)): place for name in unknown for place in names.places(name)}
    for start, end in _surnames(clipping, {names.surname(name) for name in unknown}):
        same = names.by_surname[text[start:end]]
        for name in same[:CROWD]:
            if name not in unknown:
                continue
            place = full.get(end)
            is_full = place is not None and place in names.places(name)
            if not is_full and (len(same) > 1 or names.bearers.get(text[start:end])):
                continue
            begin = place.start if place and is_full else start
            at = bisect.bisect_left(taken, (end, 0)) - 1
            if at < 0 or taken[at][1] <= begin:
                person, stop = unknown[name], place.end if place and is_full else end
                yield Mention(begin, stop, person.id or name, "person", person.country, text[begin:stop])
            break


def _surname_end(text: str, place: Span, surname: str) -> int:
    """Where the surname of a name ends that may have a suffix."""
    at = text.rfind(surname, place.start, place.end)
    return at + len(surname) if at >= 0 else place.end


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
