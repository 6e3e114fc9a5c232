"""Persons of a clipping: the words that name a source resolved to a name, with how that was done.

A surname stands for the one full name of the text that ends in it, a role phrase for the one name the text ties to it,
a pronoun for the subject before it that it fits. Gender is never guessed from a name: only the text's own titles and
pronouns speak of it. Where two readings stand, the name is None.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from clippings.codebook import Codebook
from clippings.layers.quotes import out_of_gazetteer
from clippings.layers.quotes.names import Names, bare, full_name, skeleton
from clippings.layers.quotes.roles import UNKNOWN, Person, Roles
from clippings.model import Clipping, Mention, Span
from clippings.text.grammar_words import BODIES, FEMALE, GENERIC, MALE, OWNERS, RULED_BY, RULERS
from clippings.text.heads import named_beside
from clippings.text.phrases import Phrase, ending_at, starting_at
from clippings.text.sentence_subject import leading_subject
from clippings.text.subjects import Clause
from clippings.text.tokens import Tokens

_FIRST = frozenset(["i", "we", "you", "us", "me", "our", "my"])
_PLURAL = frozenset(["they", "them", "their", "we", "us", "our"])
_THINGS = frozenset(["it", "its"])
_OF_STATE = (" of state", " of the state", " of government")
_LOOK_BACK = 6
_APART = 2
_CROWD = 16


class People:
    """The persons a clipping names, found by the words that name them.

    Attributes:
        unlisted: mentions of sources that the gazetteer does not know, at every place their name stands.
    """

    def __init__(
        self,
        clipping: Clipping,
        stream: Tokens,
        clauses: Sequence[Sequence[Clause]],
        mentions: Sequence[Mention],
        codebook: Codebook,
        sources: Sequence[Span],
    ) -> None:
        self._clipping, self._stream, self._clauses = clipping, stream, clauses
        self._listed = {(mention.start, mention.end): mention for mention in mentions if not mention.nested}
        self._roles = Roles(clipping, stream, mentions, codebook)
        self._names = Names(stream, mentions, sources)
        self._persons = {
            name: self._roles.describe(name, self._names.places(name), self._listed.get((span.start, span.end)))
            for name, span in self._names.full.items()
        }
        self._holders: dict[str, list[Person]] = {}
        for person in self._persons.values():
            for word in set((person.role or "").lower().split()):
                self._holders.setdefault(word, []).append(person)
        self._gender: dict[str, str] = {}
        self._unit_starts = [stream.starts[first] for first, _, _ in stream.units]
        self._subjects: dict[int, Person | None] = {}
        self._last: Person = UNKNOWN
        self._looks_back = False
        self.unlisted = tuple(out_of_gazetteer.find(clipping, self._listed, self._names, self._persons))

    def resolve(self, source: Span) -> tuple[Person, str | None]:
        """Return the person that the words of ``source`` stand for, and how that was found.

        Sources are asked for in the order of the text, so that a pronoun or a shared surname can go on from the last.
        """
        person, how = self._resolve(source)
        if person.name:
            self._last = person
        return person, how

    def _resolve(self, source: Span) -> tuple[Person, str | None]:
        words = bare(source.of(self._stream.text))
        kind = self._stream.lexicon.kind(words)
        if kind in ("pronoun", "relative") or words.lower() in OWNERS:
            return self._pronoun(source, words.lower())
        last = words.split()[-1] if words.split() else words
        named = self._named(source, words, last)
        if named:
            return named
        if self._stream.lexicon.kind(last.lower()) == "role":
            return self._role(source, words, last.lower())
        return self._as_printed(source, words), "name as printed"

    def _named(self, source: Span, words: str, last: str) -> tuple[Person, str] | None:
        full = self._names.joined.get(words)
        if full:
            return self._persons[full], "full name" if full == words else "spelling variant"
        same = self._names.by_surname.get(last, ())
        if " " in words and not any(words.endswith(name) for name in same):
            inner = [name for name in same if skeleton(name) == skeleton(words)]
            return (self._persons[inner[0]], "spelling variant") if inner else None
        if self._stream.lexicon.kind(last) not in ("name", "cap"):
            return None
        if len(same) == 1:
            return self._persons[same[0]], "surname"
        listed = self._listed.get((source.start, source.end))
        known = [name for name in same if listed and self._persons[name].id == listed.id]
        if len(known) == 1:
            return self._persons[known[0]], "surname"
        near = self._nearest(same, source)
        return (self._persons[near], "surname, of the last so named") if near else None

    def _nearest(self, same: Sequence[str], source: Span) -> str | None:
        """Of two persons with one surname, the one named in full last, where the other was so two paragraphs before."""
        if len(same) > _CROWD:
            return None
        placed = sorted(((self._names.last_full(name, source.start), name) for name in same), reverse=True)
        if len(placed) < 2 or placed[0][0] < 0:
            return None
        apart = self._paragraph(placed[0][0]) - self._paragraph(placed[1][0])
        return placed[0][1] if apart >= _APART else None

    def _paragraph(self, offset: int) -> int:
        if offset < 0:
            return -9
        at = bisect.bisect_right(self._unit_starts, offset) - 1
        return self._stream.units[max(0, at)][2]

    def _role(self, source: Span, words: str, head: str) -> tuple[Person, str]:
        """A role with the article "the": its one holder named before, else the subject of the sentence before."""
        if not self._is_definite(source):
            named = self._named_later(source, head)
            return (named, "role, named later") if named else (self._as_printed(source, words), "role")
        if head == "head" and self._stream.text.startswith(_OF_STATE, source.end):
            return self._ruler(source, words)
        holders = self._holders_of(source, words, head)
        if len(holders) == 1:
            return holders[0], "role"
        unit = self._unit(source.start)
        before = self._subject_of(unit - 1) if unit and self._same_or_next(unit) and not self._looks_back else None
        if before and before.name and not self._is_thing(before) and (not before.role or head in GENERIC):
            return before, "role, from the sentence before"
        return self._as_printed(source, words), "role"

    def _ruler(self, source: Span, words: str) -> tuple[Person, str]:
        """``the head of state``: who ruled when last named, else the one who rules."""
        rulers = list(dict.fromkeys(person for role in RULERS for person in self._holders.get(role, ())[:_CROWD]))
        if self._last in rulers or len(rulers) == 1:
            return (self._last if self._last in rulers else rulers[0]), "role"
        return self._as_printed(source, words), "role"

    def _holders_of(self, source: Span, words: str, head: str) -> list[Person]:
        """Who the text says holds a role; "the Polish minister" is one of that country, "the leader" one who rules."""
        key = {word.lower() for word in words.split()}
        state = self._roles.state_inside(source)
        rest = key - {word.lower() for word in state.of(self._stream.text).split()} if state else key
        heads = RULERS if state and head in RULED_BY else (head,)
        return [
            person
            for person in dict.fromkeys(person for known in heads for person in self._holders.get(known, ())[:_CROWD])
            if len(key) == 1
            or key <= _said_of(person)
            or (state and person.country == state.country and rest - {head} <= _said_of(person))
        ]

    def _named_later(self, source: Span, head: str) -> Person | None:
        """``a senior official said ... The official, Anna Petrova, ...``: the name follows in the next sentences."""
        unit = self._unit(source.start)
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

    def _as_printed(self, source: Span, words: str) -> Person:
        listed = self._listed.get((source.start, source.end))
        if full_name(self._stream.lexicon, words):
            return self._roles.describe(words, (source.start,), listed)
        if listed:
            return Person(words, listed.id, None, None, listed.country)
        return Person(words, words, None, None, self._roles.country_inside(source))

    def _pronoun(self, source: Span, word: str) -> tuple[Person, str | None]:
        if word in ("who", "which"):
            return self._antecedent(source)
        if word in _FIRST or word in _PLURAL:
            return UNKNOWN, None
        for person in self._before(source):
            if person is None:
                return UNKNOWN, None
            if self._fits(person, word):
                self._tie(person, word)
                return person, "pronoun"
        return UNKNOWN, None

    def _antecedent(self, source: Span) -> tuple[Person, str | None]:
        at = bisect.bisect_left(self._stream.starts, source.start) - 1
        floor = self._stream.units[self._unit(source.start)][0]
        if at > floor and self._stream.kinds[at] == "comma":
            at -= 1
        phrase = ending_at(self._stream, at, floor) if at >= floor else None
        if phrase is None or phrase.kind not in ("name", "role"):
            return UNKNOWN, None
        person, how = self._resolve(phrase.source)
        return person, "relative pronoun" if how else None

    def _before(self, source: Span) -> Iterator[Person | None]:
        """Whom a pronoun may mean, nearest first; None where two stand side by side and the choice is open."""
        here = self._unit(source.start)
        first, _, _ = self._stream.units[here]
        opening = leading_subject(self._stream, first, bisect.bisect_left(self._stream.starts, source.start))
        if opening and opening.kind != "pronoun":
            yield from self._candidates(named_beside(self._stream, opening, self._stream.units[here][1]))
        for unit in range(here - 1, max(-1, here - _LOOK_BACK), -1):
            subject = self._phrase_of(unit)
            if subject and subject.kind != "pronoun":
                yield from self._candidates(subject)
            elif subject and self._last.name:
                yield self._last
        yield self._last

    def _candidates(self, phrase: Phrase) -> Iterator[Person | None]:
        if phrase.kind == "noun":
            return
        after = phrase.last + 1
        stream = self._stream
        if (
            after + 1 < len(stream.kinds)
            and stream.words[after] == "and"
            and stream.kinds[after + 1] in ("name", "title")
        ):
            yield None
            return
        person = self._resolve(phrase.source)[0]
        if phrase.title and person.name:
            self._names.titles.setdefault(person.name, phrase.title.of(stream.text))
        yield person

    def _subject_of(self, unit: int) -> Person | None:
        """The person a sentence is about, where it is named there."""
        if unit not in self._subjects:
            phrase = self._phrase_of(unit)
            self._looks_back = True
            found = list(self._candidates(phrase)) if phrase and phrase.kind == "name" else []
            self._looks_back = False
            self._subjects[unit] = found[0] if found else None
        return self._subjects[unit]

    def _phrase_of(self, unit: int) -> Phrase | None:
        if unit < 0:
            return None
        first, end, _ = self._stream.units[unit]
        for clause in reversed(self._clauses[unit]):
            frame = self._stream.lexicon.frames.get(self._stream.words[clause.last])
            if clause.source.kind in ("name", "role") and frame in ("say", "tell"):
                return clause.source
        opening = leading_subject(self._stream, first, end)
        return named_beside(self._stream, opening, end) if opening else None

    def _fits(self, person: Person, word: str) -> bool:
        """Tell whether a pronoun can mean a person or body; what the text has said of their gender counts, no more."""
        if not person.name:
            return False
        thing = self._is_thing(person)
        if word in _THINGS:
            return thing
        if thing:
            return False
        gender = self._gender.get(person.name) or self._titled(person)
        return not gender or gender == ("male" if word in MALE else "female")

    def _is_thing(self, person: Person) -> bool:
        """A state, a body or a name of one word that the text never gives in full is no "he" or "she"."""
        name = person.name or ""
        place = self._names.full.get(name)
        listed = self._listed.get((place.start, place.end)) if place else None
        if listed:
            return listed.kind != "person"
        last = name.split()[-1]
        if last in BODIES:
            return True
        if name in self._persons or self._stream.lexicon.kind(last.lower()) == "role":
            return last.lower() in ("newspaper", "agency", "magazine")
        return person.id != name or (" " not in name and name != self._last.name)

    def _titled(self, person: Person) -> str | None:
        words = {
            word.lower()
            for part in (person.role, self._names.titles.get(person.name or ""))
            if part
            for word in part.split()
        }
        if person.name not in self._persons and person.name:
            words |= {word.lower() for word in person.name.split()}
        if words & FEMALE:
            return "female"
        return "male" if words & MALE else None

    def _tie(self, person: Person, word: str) -> None:
        if person.name and word not in _THINGS:
            self._gender.setdefault(person.name, "male" if word in MALE else "female")

    def _unit(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self._unit_starts, offset) - 1)


def _said_of(person: Person) -> set[str]:
    """The words of a person's role and affiliation."""
    return {word.lower() for part in (person.role, person.affiliation) if part for word in part.split()}
