"""Persons of a clipping: the words that name a source resolved to a name, with how that was done.

A surname stands for the one full name of the text that ends in it, a first name for the one that begins with it, a role
phrase for the one name the text ties to it, else for who held that office of a state on the day of the page; a pronoun
for the subject before it that it fits. Where two readings stand, or the words cannot speak, the name is None.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence

import msgspec

from clippings.codebook import Codebook
from clippings.layers.quotes import out_of_gazetteer
from clippings.layers.quotes.names import Names, bare, full_name, owned, skeleton
from clippings.layers.quotes.pronouns import Pronouns
from clippings.layers.quotes.roles import UNKNOWN, Person, Roles, sex_of
from clippings.layers.quotes.voices import IMPERSONAL, Voices, is_of_body
from clippings.model import Clipping, Mention, Span
from clippings.reasons import NOBODY
from clippings.text.grammar_words import GENERIC, OWNERS, PARTICLES, RULED_BY, RULERS
from clippings.text.heads import before_apposition, named_beside
from clippings.text.phrases import ending_at, starting_at
from clippings.text.subjects import Clause
from clippings.text.tokens import Tokens

_OF_STATE = (" of state", " of the state", " of government")
_LESSER = frozenset(["acting", "assistant", "deputy", "ex", "former", "vice"])
_APART = 2
_CROWD = 16


class People:
    """The persons a clipping names, found by the words that name them."""

    def __init__(
        self,
        clipping: Clipping,
        stream: Tokens,
        clauses: Sequence[Sequence[Clause]],
        mentions: Sequence[Mention],
        codebook: Codebook,
        sources: Sequence[Span],
    ) -> None:
        self._clipping, self._stream = clipping, stream
        self._listed = {(mention.start, mention.end): mention for mention in mentions if not mention.nested}
        self._ending = {mention.end: mention for mention in self._listed.values()}
        self._roles = Roles(clipping, stream, mentions, codebook)
        self._names = Names(stream, mentions, sources)
        self._voices = Voices(stream, self._listed)
        self._pronouns = Pronouns(stream, clauses, lambda source: self._resolve(source)[0], self._present)
        self._persons: dict[str, Person] = {}
        self._speaking = {bare(source.of(stream.text)).rpartition(" ")[2] for source in sources}
        self._last: Person = UNKNOWN
        self._looks_back = False

    @property
    def unlisted(self) -> tuple[Mention, ...]:
        """Mentions of the persons that the gazetteer does not know, at every place their name stands."""
        speaking = {
            name for name in self._names.full if self._names.surname(name) in self._speaking or name in self._speaking
        }
        persons = {name: person for name in speaking if (person := self._person(name)).kind == "person"}
        return tuple(out_of_gazetteer.find(self._clipping, self._listed, self._names, persons))

    def resolve(self, source: Span, cue: Span | None = None) -> tuple[Person, str | None]:
        """Return the person that the words of ``source`` stand for, and how that was found.

        Sources are asked for in the order of the text, so that a pronoun or a shared surname can go on from the last.
        """
        person, how = self._resolve(source, cue)
        if person.name:
            self._last = person
            self._speaking.add(person.name)
        return person, how

    def _person(self, name: str) -> Person:
        if name not in self._persons:
            place = self._names.full[name]
            listed = self._listed.get((place.start, place.end)) or self._of_surname(place.end)
            person = self._roles.describe(name, self._names.places(name), listed)
            sex = person.gender or self._names.sex(name)
            head = (person.role or "").partition(" of ")[0].rpartition(" ")[2]
            is_body = self._voices.noun(head) == "body" if head else is_of_body(name)
            kind = "body" if listed is None and is_body else "person"
            self._persons[name] = msgspec.structs.replace(person, gender=sex, kind=kind)
        return self._persons[name]

    @functools.cached_property
    def _holders(self) -> dict[str, list[Person]]:
        """The persons of the text by each word of their role."""
        holders: dict[str, list[Person]] = {}
        for person in map(self._person, self._names.full):
            for word in dict.fromkeys((person.role or "").lower().split()):
                holders.setdefault(word, []).append(person)
        return holders

    def _resolve(self, source: Span, cue: Span | None = None) -> tuple[Person, str | None]:
        words = bare(source.of(self._stream.text))
        if self._stream.lexicon.kind(words) in ("pronoun", "relative") or words.lower() in OWNERS:
            return self._pronoun(source, words.lower())
        owned_by_it = self._owned(source)
        if owned_by_it:
            return self._resolve(owned_by_it, cue)
        head = self._voices.noun_behind(source)
        if head:
            source = Span(source.start, head.end)
        named = self._named(self._core(source))
        if named:
            return named
        kind = self._voices.kind(source, cue)
        if kind is None:
            return UNKNOWN, None
        if kind == "role" and self._stream.lexicon.kind(words.split()[-1].lower()) == "role":
            return self._role(source, words.split()[-1].lower())
        return self._as_printed(source, kind), "role" if kind in ("role", "people") else "name as printed"

    def _owned(self, source: Span) -> Span | None:
        """What a name in -s with an apostrophe behind it owns: ``Belarus' envoy``."""
        stream, text = self._stream, self._stream.text
        at = bisect.bisect_left(stream.starts, source.end)
        if (
            text[source.end - 1] != "s"
            or text[source.end : source.end + 2] not in ("' ", "’ ")
            or at + 1 >= len(stream.starts)
        ):
            return None
        end = stream.units[self._pronouns.unit(source.start)][1]
        phrase = starting_at(stream, at + 1, end)
        return named_beside(stream, phrase, end).source if phrase and stream.kinds[phrase.first] != "quote" else None

    def _core(self, source: Span) -> Span:
        """A name without an owner and without small words in front: ``Poland's Radek Rudnik``."""
        text = source.of(self._stream.text)
        start = owned(text)
        while text[start : start + 1].islower() and " " in text[start:] and text[start:].split()[0] not in PARTICLES:
            following = text.find(" ", start) + 1
            if text[start:following].strip() != text[start:following].strip().lower():
                break
            start = following
        return Span(source.start + start, source.end)

    def _named(self, source: Span) -> tuple[Person, str] | None:
        words = " ".join(bare(source.of(self._stream.text)).split())
        last = words.rpartition(" ")[2]
        printed = full_name(self._stream.lexicon, words)
        name = printed.name if printed else words
        full = self._names.joined.get(name)
        if " " in words and last in IMPERSONAL and (full is None or self._person(full).role is None):
            return None
        if full:
            return self._person(full), "full name" if full == name else "spelling variant"
        same = self._names.by_surname.get(words) or self._names.by_surname.get(last, [])
        if self._voices.noun(words.lower()) == "people":
            same = []
        if " " in words and words not in self._names.by_surname and not any(words.endswith(name) for name in same):
            inner = [name for name in same if skeleton(name) == skeleton(words)]
            return (self._person(inner[0]), "spelling variant") if inner else None
        if self._stream.lexicon.kind(last) not in ("name", "cap") and not same:
            return None
        listed = self._mention(source)
        if len(same) == 1:
            person = self._person(same[0])
            others = self._names.bearers.get(last, set()) - {person.id}
            return (person, "surname") if not others or (listed and listed.id == person.id) else None
        known = [name for name in same if listed and self._person(name).id == listed.id]
        if len(known) == 1:
            return self._person(known[0]), "surname"
        near = self._nearest(same, source)
        if near:
            return self._person(near), "surname, of the last so named"
        begun = [self._person(name) for name in self._names.by_first.get(words, ()) if not same and not listed]
        return (begun[0], "first name") if len(begun) == 1 and begun[0].kind == "person" else None

    def _of_surname(self, end: int) -> Mention | None:
        """The known person whose surname ends a name: "C. Rice"; another first name has spoken against it already."""
        mention = self._ending.get(end)
        return mention if mention and mention.kind == "person" else None

    def _mention(self, source: Span) -> Mention | None:
        """The mention that ends where a source ends: "President Obama" for "Obama"."""
        end = source.start + len(bare(source.of(self._stream.text)))
        return self._listed.get((source.start, source.end)) or self._ending.get(end)

    def _nearest(self, same: Sequence[str], source: Span) -> str | None:
        """Of two persons with one surname, the one named in full last, where the other was so two paragraphs before.

        Where the surname alone has meant the other by then, it is open.
        """
        if len(same) > _CROWD:
            return None
        placed = sorted(((self._names.last_full(name, source.start), name) for name in same), reverse=True)
        if len(placed) < 2 or placed[0][0] < 0:
            return None
        apart = self._paragraph(placed[0][0]) - self._paragraph(placed[1][0])
        is_taken = self._names.stands_alone(placed[0][1], same)
        return placed[0][1] if apart >= _APART and not is_taken else None

    def _paragraph(self, offset: int) -> int:
        return -9 if offset < 0 else self._stream.units[self._pronouns.unit(offset)][2]

    def _present(self, first: int, end: int) -> Sequence[Person]:
        """The persons named among some words."""
        stream, names = self._stream, self._names
        found: dict[str, None] = {}
        for at in range(first, end):
            if stream.kinds[at] in ("name", "cap"):
                same = names.by_surname.get(bare(stream.words[at]), ())
                if len(same) == 1:
                    found[same[0]] = None
        return [self._person(name) for name in found]

    def _role(self, source: Span, head: str) -> tuple[Person, str]:
        """A role: its one holder named before, who held it on the day, else the subject of the sentence before."""
        post, state = self._roles.post(source)
        is_definite = self._is_definite(source)
        if is_definite and head == "head" and self._stream.text.startswith(_OF_STATE, source.end):
            return self._ruler(source)
        holders = self._holders_of(post, state, head) if is_definite or state else []
        if len(holders) == 1 and (is_definite or holders[0].country):
            return holders[0], "role"
        actor = self._roles.holder(post, state) if not holders else None
        if actor:
            role = self._roles.office(actor.short)
            return Person(
                actor.canonical, actor.short, role, None, actor.country, "person", actor.gender
            ), "office of the day"
        if not is_definite:
            named = self._named_later(source, head)
            return (named, "role, named later") if named else (self._as_printed(source, "role"), "role")
        unit = self._pronouns.unit(source.start)
        before = self._before(unit) if unit and self._same_or_next(unit) and not self._looks_back else None
        if before and before.kind == "person" and self._may_be(before, head, state):
            return before, "role, from the sentence before"
        return self._as_printed(source, "role"), "role"

    def _before(self, unit: int) -> Person | None:
        self._looks_back = True
        found = self._pronouns.subject(unit - 1)
        self._looks_back = False
        return found

    def _may_be(self, person: Person, head: str, state: Mention | None) -> bool:
        is_of_state = state is None or person.country in (None, state.country)
        return is_of_state and (not person.role or head in GENERIC)

    def _ruler(self, source: Span) -> tuple[Person, str]:
        """``the head of state``: who ruled when last named, else the one who rules."""
        rulers = list(dict.fromkeys(person for role in RULERS for person in self._holders.get(role, ())[:_CROWD]))
        if self._last in rulers or len(rulers) == 1:
            return (self._last if self._last in rulers else rulers[0]), "role"
        return self._as_printed(source, "role"), "role"

    def _holders_of(self, post: Span, state: Mention | None, head: str) -> list[Person]:
        """Who the text says holds a role; "the Polish minister" is one of that country, "the leader" one who rules."""
        key = {word.lower() for word in bare(post.of(self._stream.text)).split()}
        rest = key - {bare(word).lower() for word in state.of(self._stream.text).split()} if state else key
        rest = {
            word
            for word in rest
            if word not in ("of", "the") and not (state and bare(word) in bare(state.form).lower())
        }
        heads = RULERS if state and head in RULED_BY else (head,)
        return [
            person
            for person in dict.fromkeys(person for known in heads for person in self._holders.get(known, ())[:_CROWD])
            if not (_said_of(person) - key) & _LESSER
            and (
                len(key) == 1
                or key <= _said_of(person)
                or (state and person.country == state.country and rest - {head} <= _said_of(person))
            )
        ]

    def _named_later(self, source: Span, head: str) -> Person | None:
        """``a senior official said ... The official, Anna Petrova, ...``: the name follows in the next sentences."""
        unit = self._pronouns.unit(source.start)
        for number in range(unit + 1, min(unit + 3, len(self._stream.units))):
            first, end, _ = self._stream.units[number]
            if self._stream.words[first] != "The":
                continue
            phrase = starting_at(self._stream, first, end)
            if (
                phrase is None
                or phrase.kind != "role"
                or not ({head, "official"} & set(phrase.source.of(self._stream.text).split()))
            ):
                continue
            beside = named_beside(self._stream, phrase, end)
            if beside is not phrase:
                return self._resolve(beside.source)[0]
        return None

    def _same_or_next(self, unit: int) -> bool:
        return self._stream.units[unit][2] - self._stream.units[unit - 1][2] <= 1

    def _is_definite(self, source: Span) -> bool:
        at = bisect.bisect_left(self._stream.starts, source.start)
        return at > 0 and self._stream.words[at - 1].lower() in ("the", "this", "that")

    def _as_printed(self, source: Span, kind: str) -> Person:
        core = self._core(source) if kind == "person" else source
        words = bare(core.of(self._stream.text))
        listed = self._mention(core) if kind == "person" else self._listed.get((core.start, core.end))
        if kind == "person":
            sex = self._names.sex(words) or sex_of(words)
            if full_name(self._stream.lexicon, words):
                return msgspec.structs.replace(self._roles.describe(words, (core,), listed), gender=sex)
            if listed and listed.kind == "person":
                return self._roles.known(words, listed)
            return Person(words, words, None, None, self._roles.country_inside(core), kind, sex)
        if listed:
            return Person(words, listed.id, None, None, listed.country, kind)
        if kind != "role":
            return Person(words, words, None, None, self._roles.country_inside(core), kind)
        post, state = self._roles.post(source)
        words = bare(post.of(self._stream.text))
        return Person(words, words, None, None, state.country if state else None, kind, sex_of(words))

    def _pronoun(self, source: Span, word: str) -> tuple[Person, str | None]:
        if word in ("who", "which"):
            return self._antecedent(source)
        if word in NOBODY or word not in _PERSONAL:
            return UNKNOWN, None
        person = self._pronouns.find(source, word, self._last)
        return person, "pronoun" if person.name else None

    def _antecedent(self, source: Span) -> tuple[Person, str | None]:
        stream, at = self._stream, bisect.bisect_left(self._stream.starts, source.start) - 1
        floor = stream.units[self._pronouns.unit(source.start)][0]
        is_apposed = at > floor and stream.kinds[at] == "comma"
        phrases = [ending_at(stream, at - is_apposed, floor)] if at >= floor else []
        phrases += [before_apposition(stream, at, floor)] if is_apposed else []
        kinds = _WHO if stream.text[source.start : source.end].lower() == "who" else _WHICH
        for phrase in filter(None, phrases):
            person = self._resolve(phrase.source)[0]
            if person.name and person.kind in kinds:
                return person, "relative pronoun"
        return UNKNOWN, None


_WHO = frozenset({"person", "role", "people"})
_WHICH = frozenset({"state", "body", "document", "person", "people"})
_PERSONAL = frozenset(["he", "she", "it", "his", "her", "its", "him", "himself", "herself", "itself"])


def _said_of(person: Person) -> set[str]:
    """The words of a person's role and affiliation."""
    return {word.lower() for part in (person.role, person.affiliation) if part for word in part.split()}
