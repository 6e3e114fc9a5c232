"""Mentions of sources that the gazetteer does not know, at every place their name stands."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence

from clippings.annotators.names import Names
from clippings.annotators.roles import Person
from clippings.model import Clipping, Mention, Span

_WORD = re.compile(r"[A-Z][^\W_]*(?:['’-][^\W_]+)*")
_FEW = 24
_CROWD = 16


def find(
    clipping: Clipping, mentions: Sequence[Mention], names: Names, persons: Mapping[str, Person]
) -> Iterator[Mention]:
    """Yield the places of each name in full, and of its surname where no other person bears it."""
    listed = {(mention.start, mention.end) for mention in mentions if not mention.nested}
    unknown = {name for name, span in names.full.items() if (span.start, span.end) not in listed}
    if not unknown:
        return
    taken = sorted(listed)
    for start, end in _surnames(clipping, {name.split()[-1] for name in unknown}):
        for name in names.by_surname[clipping.text[start:end]][:_CROWD]:
            here = _standing(clipping, names, name, start, end) if name in unknown else None
            if here is None:
                continue
            at = bisect.bisect_left(taken, (here.end, 0)) - 1
            if at < 0 or taken[at][1] <= here.start:
                words = here.of(clipping.text)
                yield Mention(here.start, here.end, name, "person", persons[name].country, words)
            break


def _standing(clipping: Clipping, names: Names, name: str, start: int, end: int) -> Span | None:
    text, first = clipping.text, end - len(name)
    in_body = first >= clipping.body.start and not text[first - 1 : first].isalnum()
    if in_body and text.startswith(name, first):
        return Span(first, end)
    return Span(start, end) if len(names.by_surname[text[start:end]]) == 1 else None


def _surnames(clipping: Clipping, wanted: set[str]) -> Iterator[tuple[int, int]]:
    """Every place of some surnames in the body, quotations included, in order."""
    text, body = clipping.text, clipping.body
    if len(wanted) <= _FEW:
        places = (span for surname in wanted for span in _whole_words(text, surname, body))
    else:
        places = (found.span() for found in _WORD.finditer(text, body.start, body.end) if found[0] in wanted)
    return iter(sorted(places))


def _whole_words(text: str, word: str, body: Span) -> Iterator[tuple[int, int]]:
    at = text.find(word, body.start, body.end)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at, end
        at = text.find(word, end, body.end)
