"""Role, affiliation and country of a person: from the words beside the name, then from the gazetteer.

``Russian Defense Minister Anatoly Serdyukov`` and ``Ruslan Pukhov, head of the Centre for ...`` say it
themselves; where the text says nothing, the office the gazetteer gives for the day of the page counts.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence

import msgspec

from clippings.codebook import Actor, Codebook
from clippings.layers.quotes.appositions import Described, Descriptions
from clippings.model import Clipping, Mention, Span
from clippings.text.grammar_words import COURTESY, RANKS
from clippings.text.tokens import Tokens

_PLACES = 3
_INITIAL = re.compile(r" [A-Z]\.")
_SHARED = frozenset({"alliance", "organization"})


class Person(msgspec.Struct, frozen=True, gc=False):
    """A source: name, id, and what the text or the gazetteer says of it; all None where nobody is known."""

    name: str | None = None
    id: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None


UNKNOWN = Person()


@functools.lru_cache(maxsize=4)
def _offices(codebook: Codebook) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """The offices of every person in the gazetteer, by id."""
    return {actor.short: actor.offices for actor in codebook.actors if actor.kind == "person" and actor.offices}


@functools.lru_cache(maxsize=4)
def _names(codebook: Codebook) -> dict[str, Actor]:
    """The persons of the gazetteer, by each of their names."""
    return {name: actor for actor in codebook.actors if actor.kind == "person" for name in actor.names}


class Roles:
    """Describes the persons of one clipping."""

    def __init__(self, clipping: Clipping, stream: Tokens, mentions: Sequence[Mention], codebook: Codebook) -> None:
        self._codebook = codebook
        self._descriptions = Descriptions(stream, mentions)
        self._mentions = mentions
        self._countries = [mention for mention in mentions if mention.country]
        self._country_starts = [mention.start for mention in self._countries]
        found = clipping.fields.get("date")
        self._day = found.value if found and found.precision == "day" else None

    def describe(self, name: str, starts: Sequence[int], listed: Mention | None) -> Person:
        """Return the person whose full name begins at some offsets; of what is told the first counts."""
        told = self._told(name, starts)
        roles = [one.role for one in told if one.role]
        role = next((role for role in roles if not _is_rank(role)), roles[0] if roles else None)
        body = next((one.body for one in told if one.body), None)
        country = next((state for one in told if one.words and (state := self.country_inside(one.words))), None)
        known = self._known(name, listed)
        if known is None:
            named = Span(starts[0], starts[0] + len(name))
            return Person(name, name, role, body, country or self.country_inside(named))
        if country is None and not any(one.words and self._is_of_no_state(one.words) for one in told):
            country = known[1]
        return Person(name, known[0], role or self._office(known[0]), body, country)

    def _known(self, name: str, listed: Mention | None) -> tuple[str, str | None] | None:
        """The id and the country the gazetteer gives, also of a name with initials: ``Vladimir V. Putin``."""
        if listed:
            return listed.id, listed.country
        actor = _names(self._codebook).get(_INITIAL.sub("", name)) if "." in name else None
        return (actor.short, actor.country) if actor else None

    def _told(self, name: str, starts: Sequence[int]) -> list[Described]:
        """What is told at the first places of a name, up to the first that tells more than a rank."""
        told: list[Described] = []
        size = name.count(" ") + 1
        for start in starts[:_PLACES]:
            here = list(self._descriptions.at(start, size))
            told += here
            if any(one.role and not _is_rank(one.role) for one in here):
                break
        return told

    def _is_of_no_state(self, span: Span) -> bool:
        """Tell whether a span names a body of several states: "NATO Secretary General" speaks for none of them."""
        first = bisect.bisect_left(self._mentions, span.start, key=_start)
        end = bisect.bisect_left(self._mentions, span.end, key=_start)
        return any(mention.kind in _SHARED and not mention.country for mention in self._mentions[first:end])

    def country_inside(self, span: Span) -> str | None:
        """Return the country of the first state or body named inside a span."""
        named = self.state_inside(span)
        return named.country if named else None

    def state_inside(self, span: Span) -> Mention | None:
        """Return the first mention of a state, or of a body of one, inside a span."""
        at = bisect.bisect_left(self._country_starts, span.start)
        while at < len(self._countries) and self._countries[at].start < span.end:
            if span.covers(self._countries[at]):
                return self._countries[at]
            at += 1
        return None

    def _office(self, known: str) -> str | None:
        """The office the gazetteer gives for the day of the page."""
        day = self._day
        if day is None:
            return None
        offices = _offices(self._codebook).get(known, ())
        return next((office for office, since, until in offices if since and since <= day <= (until or "9999")), None)


def _start(mention: Mention) -> int:
    return mention.start


def _is_rank(role: str) -> bool:
    """Tell whether a role says no more than a rank: "Colonel General"."""
    return all(word in COURTESY or word in RANKS for word in role.lower().split())
