"""Role, affiliation and country of a person: from the words beside the name, then from the gazetteer.

``Russian Defense Minister Anatoly Serdyukov`` and ``Ruslan Pukhov, head of the Centre for ...`` say it
themselves; where the text says nothing, the office the gazetteer gives for the day of the page counts.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence
from operator import attrgetter

import msgspec

from clippings.codebook import Actor, Codebook
from clippings.evidence import Mention
from clippings.layers.quotes.appositions import Described, Descriptions
from clippings.model import Clipping, Span
from clippings.text.grammar_words import COURTESY, FEMALE, MALE, OFFICES, ONLOOKERS, PORTFOLIOS, RANKS
from clippings.text.tokens import Tokens

_FIRST_PLACES = 3
_KINSHIP = frozenset(["his", "her", "their"])
_TIE = re.compile(r" (?:about|at|for|from|of|to|with) ")
_POST = re.compile(r"\b(?:ambassador|envoy|consul general|consul|representative)\b", re.IGNORECASE)
_POSTED = re.compile(r"\s+(?:to|in)\s")
_SENT = re.compile(r"\b(?:ambassador|envoy)\b", re.IGNORECASE)
_INITIAL = re.compile(r" [A-Z]\.")
_PLACES = frozenset({"country", "capital", "region"})
_SHARED = frozenset({"alliance", "organization"})
_SPELLINGS = (("defense", "defence"), ("premier", "prime minister"), ("-", " "))
_PRONOUNS = frozenset(["he", "him", "himself", "his", "her", "hers", "herself", "she"])
_AND = " and "
_OFFICE = 3  # Words of what an office is of.
_GOVERNING = frozenset(["government", "mission", "parliament"])
_ARTICLES = frozenset(["a", "an", "another", "any", "every", "former", "no", "one", "some"])


class Person(msgspec.Struct, frozen=True, gc=False):
    """A source: name, id, and what the text or the gazetteer says of it; all None where nobody is known.

    ``kind`` is what can speak: ``person``, ``role`` (one person without a name), ``people``, ``state``, ``body`` or
    ``document``. ``gender`` is a fact of the text or the gazetteer, None where neither tells;
    ``titles`` are all roles that the text tells of a person, ``role`` the one that says most.
    """

    name: str | None = None
    id: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    kind: str | None = None
    gender: str | None = None
    titles: tuple[str, ...] = ()


UNKNOWN = Person()


@functools.lru_cache(maxsize=4)
def persons(codebook: Codebook) -> dict[str, Actor]:
    """Return the persons of the gazetteer, by id."""
    return {actor.short: actor for actor in codebook.actors if actor.kind == "person"}


@functools.lru_cache(maxsize=4)
def _names(codebook: Codebook) -> dict[str, Actor]:
    """The persons of the gazetteer, by each of their names."""
    return {name: actor for actor in codebook.actors if actor.kind == "person" for name in actor.names}


@functools.lru_cache(maxsize=4)
def _holders(codebook: Codebook) -> dict[tuple[str, str | None], list[tuple[str, str, Actor]]]:
    """Who held an office of a state, and from when to when."""
    held: dict[tuple[str, str | None], list[tuple[str, str, Actor]]] = {}
    for actor in persons(codebook).values():
        for office, since, until in actor.offices:
            held.setdefault((_office_key(office), actor.country), []).append((since, until, actor))
    return held


def _office_key(words: str) -> str:
    key = words.lower()
    for one, other in _SPELLINGS:
        key = key.replace(one, other)
    return " ".join(key.split())


def sex_of(words: str) -> str | None:
    """Return ``female`` or ``male`` where titles, roles and kin among some words say it.

    >>> sex_of("Defence Ministry spokeswoman"), sex_of("the wife of the president"), sex_of("an aide to Mrs. Clinton")
    ('female', 'female', None)
    """
    said = {word.lower().strip(",") for word in _TIE.split(words)[0].split()} - _PRONOUNS
    if said & FEMALE:
        return "female"
    return "male" if said & MALE else None


class Roles:
    """Describes the persons of one clipping."""

    def __init__(self, clipping: Clipping, stream: Tokens, mentions: Sequence[Mention], codebook: Codebook) -> None:
        self._codebook, self._stream = codebook, stream
        self._descriptions = Descriptions(stream, mentions)
        self._mentions = mentions
        self._countries = [mention for mention in mentions if mention.country and mention.kind != "person"]
        self._country_starts = [mention.start for mention in self._countries]
        self._day = clipping.date

    def describe(self, name: str, places: Sequence[Span], listed: Mention | None) -> Person:
        """Return the person whose full name stands at some places; of what is told the first counts."""
        told = self._told(places)
        roles = [one.role for one in told if one.role]
        titles = tuple(roles)
        role = next((role for role in roles if not _is_rank(role)), roles[0] if roles else None)
        body = next((one.body for one in told if one.body), None)
        country = next((state for one in told if one.words and (state := self._sender(one.words))), None)
        sex = next((sex for one in told if one.words and (sex := sex_of(one.words.of(self._stream.text)))), None)
        sex = sex or self._kin(places[0])
        owner = self.owner(places[0])
        country = country or (owner.country if owner else None)
        known = self._known(name, listed)
        if known is None:
            id_ = f"{name} (namesake)" if name in _names(self._codebook) else name
            return Person(name, id_, role, body, country or self.country_inside(places[0]), "person", sex, titles)
        if country is None and not any(one.words and self._is_of_no_state(one.words) for one in told):
            country = known.country
        return Person(
            name, known.short, role or self.office(known.short), body, country, "person", sex or known.gender, titles
        )

    def known(self, words: str, mention: Mention) -> Person:
        """Return a person of the gazetteer whom the text names by a surname alone."""
        actor = persons(self._codebook).get(mention.id)
        gender = actor.gender if actor else None
        return Person(words, mention.id, self.office(mention.id), None, mention.country, "person", gender)

    def _known(self, name: str, listed: Mention | None) -> Actor | None:
        """The person of the gazetteer, also by a name with initials: ``Vladimir V. Putin``."""
        if listed:
            return persons(self._codebook).get(listed.id) or Actor(listed.id, listed.id, listed.kind, listed.country)
        return _names(self._codebook).get(_INITIAL.sub("", name)) if "." in name else None

    def _told(self, places: Sequence[Span]) -> list[Described]:
        """What is told at the first places of a name, up to the first that tells more than a rank."""
        told: list[Described] = []
        for place in places[:_FIRST_PLACES]:
            here = self._descriptions.at(place)
            told += here
            if any(one.role and not _is_rank(one.role) for one in here):
                break
        return told

    def _kin(self, name: Span) -> str | None:
        """``her husband, X``: what kin a name stands beside tells."""
        stream = self._stream
        at = bisect.bisect_left(stream.starts, name.start)
        at -= stream.words[at - 1] == ","
        pair = stream.words[at - 2 : at]
        return sex_of(pair[1]) if pair and pair[0].lower() in _KINSHIP else None

    def owner(self, name: Span) -> Mention | None:
        """Return the state in front of a name that is its: ``Poland's Radek Rudnik``."""
        text = self._stream.text
        if text[name.start - 1 : name.start] != " ":
            return None
        for ending in ("'s ", "’s ", "s' ", "s’ "):
            end = name.start - len(ending)
            if text[end : name.start] == ending:
                at = bisect.bisect_right(self._country_starts, end) - 1
                if at >= 0 and self._countries[at].end in (end, end + 1):
                    return self._countries[at]
        return None

    def _sender(self, words: Span) -> str | None:
        """The country that words beside a name say; an ambassador's is who sends him, not where he is sent."""
        text = words.of(self._stream.text)
        post = _POST.search(text)
        if post and _POSTED.match(text, post.end()):
            return self.country_inside(Span(words.start, words.start + post.start()))
        return self.country_inside(words)

    def _is_of_no_state(self, span: Span) -> bool:
        """Tell whether a span names a body of several states: "NATO Secretary General" speaks for none of them."""
        first = bisect.bisect_left(self._mentions, span.start, key=attrgetter("start"))
        end = bisect.bisect_left(self._mentions, span.end, key=attrgetter("start"))
        here = self._mentions[first:end]
        is_sent = _SENT.search(self._stream.text[span.start : span.end])
        return is_sent is not None or any(mention.kind in _SHARED and not mention.country for mention in here)

    def country_inside(self, span: Span) -> str | None:
        """Return the country of the first state or body named inside a span, None where a second is joined to it."""
        named = self.state_inside(span)
        return named.country if named and not self._is_joined(named) else None

    def _is_joined(self, state: Mention) -> bool:
        """``of Poland and Latvia``: two states are joined, so that neither speaks alone."""
        begin = state.end + len(_AND)
        if self._stream.text[state.end : begin] != _AND:
            return False
        at = bisect.bisect_left(self._country_starts, begin)
        other = self._countries[at] if at < len(self._countries) else state
        return other.start == begin and other.country != state.country

    def state_inside(self, span: Span) -> Mention | None:
        """Return the first mention of a state, or of a body of one, inside a span."""
        at = bisect.bisect_left(self._country_starts, span.start)
        while at < len(self._countries) and self._countries[at].start < span.end:
            if span.covers(self._countries[at]):
                return self._countries[at]
            at += 1
        return None

    def post(self, source: Span) -> tuple[Span, Mention | None]:
        """Return a role with what follows it ("of State", "of Poland"), and the state or body it is of.

        The state may own it (``Belarus' foreign minister``), qualify it (``the Polish minister``) or follow it.
        """
        stream, text = self._stream, self._stream.text
        at = self._behind_offices(bisect.bisect_left(stream.starts, source.end))
        end = max(source.end, stream.end(at - 1))
        inside = self.state_inside(Span(source.start, end))
        if inside:
            return Span(source.start, end), None if self._is_joined(inside) else inside
        if [*stream.words[at : at + 1]] != ["of"]:
            owner = self.owner(Span(source.start, end))
            return Span(owner.start if owner else source.start, end), owner
        at += 1 + ([*stream.words[at + 1 : at + 2]] == ["the"])
        found = bisect.bisect_left(self._country_starts, stream.starts[at]) if at < len(stream.starts) else -1
        if 0 <= found < len(self._countries) and self._countries[found].start == stream.starts[at]:
            state = self._countries[found]
            following = text[state.end : state.end + 2]
            is_owner = following[:1].isalnum() or following.startswith(("'", "’"))
            is_whole = state.kind in _PLACES and not is_owner and not following[1:2].isupper()
            is_apart = is_owner or self._is_joined(state) or source.of(text).split()[-1].lower() in ONLOOKERS
            return Span(source.start, state.end if is_whole else end), None if is_apart else state
        return Span(source.start, end), None

    def _behind_offices(self, at: int) -> int:
        """Step over ``of State``, ``of the finance ministry``, ``of trade and industry`` behind a role or body."""
        words = self._stream.words
        while words[at : at + 1] == ("of",):
            begin = at + 1 + (words[at + 1 : at + 2] == ("the",))
            near = range(begin, min(begin + _OFFICE, len(words)))
            office = next((here for here in near if is_office(words[here])), None)
            if office is None or not all(word.islower() for word in words[begin:office]):
                break
            if words[office][0].isupper() and words[office + 1 : office + 2] and words[office + 1][:1].isupper():
                break
            at = office + 1
            if words[at : at + 1] == ("and",) and any(map(is_office, words[at + 1 : at + 2])):
                at += 2
        return at

    def holder(self, post: Span, state: Mention | None) -> Actor | None:
        """Return who held the office of a state on the day of the page, where the gazetteer knows one person."""
        if self._day is None or state is None or self._stream.before(post.start) in _ARTICLES:
            return None
        words = self._stream.text[post.start : post.end]
        begin, end = state.start - post.start, state.end - post.start
        rest = re.sub(r"^(?:['’]s?)?\s+|\s+of(?: the)?\s*$", "", f"{words[:begin]}{words[end:]}").strip()
        held = _holders(self._codebook).get((_office_key(rest), state.country), ())
        found = {actor.short: actor for since, until, actor in held if _covers(since, until, self._day)}
        return next(iter(found.values())) if len(found) == 1 else None

    def office(self, known: str) -> str | None:
        """The office the gazetteer gives for the day, or the whole month, of the page."""
        actor = persons(self._codebook).get(known)
        if self._day is None or actor is None:
            return None
        day = self._day
        return next((office for office, since, until in actor.offices if since and _covers(since, until, day)), None)


def _covers(since: str, until: str, day: str) -> bool:
    """Tell whether an office was held on a day, or in all of a month; its ends may be months or years."""
    first, last = (day, day) if len(day) > len("2007-11") else (f"{day}-01", f"{day}-31")
    return bool(since) and since <= first and (not until or last[: len(until)] <= until)


def is_office(word: str) -> bool:
    """Tell whether a word is what a minister or head is of: "State", "finance", "parliament"."""
    return word in OFFICES or (word.islower() and (word in _GOVERNING or word.capitalize() in PORTFOLIOS))


def _is_rank(role: str) -> bool:
    """Tell whether a role says no more than a rank: "Colonel General"."""
    return all(word in COURTESY or word in RANKS for word in role.lower().split())
