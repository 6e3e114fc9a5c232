"""Whom a role means: ``the envoy``, ``the Polish minister``, ``the head of state``.

The text ties a role to a name, else the gazetteer says who held the office on the day of the page, else it is the
subject of the sentence before. Where the text has another of that role, or has left it without a name, it is nobody.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from clippings.layers.quotes.full_names import bare
from clippings.layers.quotes.names import CROWD
from clippings.layers.quotes.pronouns import Pronouns
from clippings.layers.quotes.roles import Person, Roles, is_office
from clippings.model import Mention, Span
from clippings.reasons import INDEFINITE
from clippings.text.clauses import BE
from clippings.text.grammar_words import GENERIC, RULED_BY, RULERS
from clippings.text.heads import named_beside
from clippings.text.phrases import starting_at
from clippings.text.tokens import Tokens

_OF_STATE = (" of state", " of the state", " of government")
_LESSER = frozenset(["acting", "assistant", "deputy", "ex", "former", "vice"])
_FIELDS = frozenset(["chief", "first", "foreign", "home", "opposition", "prime", "regional"])
_ASKING = frozenset(["asked", "asks"])
_DONE_TO_THINGS = frozenset(
    ["acquired", "bought", "built", "closed", "demolished", "founded", "launched", "nationalized", "opened",
     "privatized", "rebuilt", "shut", "sold"]
)  # fmt: skip
_INTRODUCED = 2  # Sentences back in which a role without a name is introduced.
_TIED = 6  # Words behind a role in which it says what it is of.
_TYING = frozenset({"determiner", "word", "name", "cap", "number"})
_QUALIFIED = 3  # Words from an article to its role.


class Posts:
    """Finds whom the roles of one clipping mean.

    Args:
        stream: the words.
        roles: describes roles and offices.
        pronouns: tells sentences apart, and whom they are about.
        everyone: returns the persons the text names in full.
        resolve: returns the person that the words of a phrase stand for.
        as_printed: returns words as somebody of a kind, without a person.
    """

    def __init__(
        self,
        stream: Tokens,
        roles: Roles,
        pronouns: Pronouns,
        everyone: Callable[[], Iterable[Person]],
        resolve: Callable[[Span], Person],
        as_printed: Callable[[Span, str], Person],
    ) -> None:
        self._stream, self._roles, self._pronouns = stream, roles, pronouns
        self._everyone, self._resolve, self._as_printed = everyone, resolve, as_printed
        self._looks_back = False

    @functools.cached_property
    def _holders(self) -> dict[str, list[Person]]:
        """The persons of the text by each word of their role."""
        holders: dict[str, list[Person]] = {}
        for person in self._everyone():
            for word in dict.fromkeys((person.role or "").lower().split()):
                holders.setdefault(word, []).append(person)
        return holders

    def find(self, source: Span, head: str, last: Person) -> tuple[Person, str]:
        """Return the person a role means, where ``last`` is whoever spoke last, and how that was found.

        Its one holder named before, who held it on the day, else the subject of the sentence before.
        """
        post, state = self._roles.post(source)
        is_definite = self._stream.before(source.start) in ("the", "this", "that")
        if is_definite and head == "head" and self._stream.text.startswith(_OF_STATE, source.end):
            return self._ruler(source, last)
        tied = self._tied(post)
        holders = self._held_by(post, state, head) if is_definite or state else []
        holders = [holder for holder in holders if not tied or tied & _said_of(holder)]
        if is_definite and self._is_left_unnamed(source, head):
            return self._as_printed(source, "role"), "role"
        if len(holders) == 1 and (is_definite or holders[0].country):
            is_open = state is None and self._has_rival(holders[0], " ".join(_ending(post.of(self._stream.text))))
            return (self._as_printed(source, "role") if is_open else holders[0]), "role"
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
        is_answer = unit > 0 and not _ASKING.isdisjoint(self._words(unit - 1))
        looks_back = unit and not self._looks_back and not is_answer and not self._is_addressing(source)
        is_apart = looks_back and (self._is_new_source(unit, source) or self._is_on_a_thing(unit - 1))
        before = self._before(unit, source) if looks_back and not is_apart else None
        if before in holders and any(
            other in holders and other != before for other in self._pronouns.present(unit - 1)
        ):
            before = None
        is_elsewhere = before is not None and before.role and tied and not tied & _said_of(before)
        if before and before.kind == "person" and not is_elsewhere and self._may_be(before, post, head, state):
            return before, "role, from the sentence before"
        return self._as_printed(source, "role"), "role"

    def _is_new_source(self, unit: int, source: Span) -> bool:
        """``"...," X said. ¶ The mayor sees it in another way:``: who opens a paragraph behind one that spoke."""
        stream = self._stream
        first, _, paragraph = stream.units[unit]
        opens = bisect.bisect_left(stream.starts, source.start) - first <= 1
        return opens and stream.units[unit - 1][2] != paragraph and self._pronouns.has_spoken(unit - 1)

    def _is_addressing(self, source: Span) -> bool:
        """``X told Y it was late. The mayor told her``: who is spoken to does not speak."""
        at = bisect.bisect_left(self._stream.starts, source.end)
        return self._stream.words[at + 1 : at + 2] in (("her",), ("him",), ("them",))

    def _is_on_a_thing(self, unit: int) -> bool:
        """``Neman Steel was sold``: what is done to firms and buildings is done to no director of theirs."""
        return any(one in BE and other in _DONE_TO_THINGS for one, other in pairwise(self._words(unit)))

    def _tied(self, post: Span) -> set[str]:
        """What a role is of, word by word: ``the president of the football club`` is not that of a state."""
        stream = self._stream
        at = bisect.bisect_left(stream.starts, post.end)
        if stream.words[at : at + 1] != ("of",):
            return set()
        end = at + 1
        while end < min(len(stream.kinds), at + _TIED) and stream.kinds[end] in _TYING:
            end += 1
        return {bare(word).lower() for word in stream.words[at + 1 : end]} - {"the", "a", "an"}

    def _is_left_unnamed(self, source: Span, head: str) -> bool:
        """``They met an organizer. "...," the organizer said``: nobody says who it is."""
        unit = self._pronouns.unit(source.start)
        return any(
            head in self._words(number) and _is_indefinite(self._words(number), head)
            for number in range(max(0, unit - _INTRODUCED), unit)
        )

    def _has_rival(self, holder: Person, title: str) -> bool:
        """Tell whether a name of another stands behind the role somewhere: "President Orlov" and one of a bank."""
        surname = (holder.name or "").split()[-1]
        return any(name != surname for name in self._titled.get(title, ()))

    @functools.cached_property
    def _titled(self) -> dict[str, set[str]]:
        """The surnames right behind a role, by it and by it with the word in front ("defense minister").

        "Deputy" and "former" make another role of it.
        """
        stream, titled = self._stream, dict[str, set[str]]()
        for at in range(len(stream.kinds) - 1):
            if stream.kinds[at] != "role" or stream.kinds[at + 1] != "name":
                continue
            last = at + 1
            while last + 1 < len(stream.kinds) and stream.kinds[last + 1] == "name" and last + 1 not in stream.breaks:
                last += 1
            if stream.words[at - 1].lower() not in _LESSER:
                role = _ending(" ".join(stream.words[max(0, at - 1) : at + 1]))
                for title in {role[-1], " ".join(role)}:
                    titled.setdefault(title, set()).add(bare(stream.words[last]))
        return titled

    def _words(self, unit: int) -> Sequence[str]:
        first, end, _ = self._stream.units[unit]
        return self._stream.words[first:end]

    def _before(self, unit: int, source: Span) -> Person | None:
        """Whom the sentence before is about, or this one where a colon ends what stands before the words."""
        self._looks_back = True
        first, end = self._stream.units[unit][0], bisect.bisect_left(self._stream.starts, source.start)
        is_introduced = ":" in self._stream.words[first:end]
        found = self._pronouns.subject(unit, source.start) if is_introduced else self._pronouns.subject(unit - 1)
        self._looks_back = False
        return found

    def _may_be(self, person: Person, post: Span, head: str, state: Mention | None) -> bool:
        """Whether a person can be meant: of no other state, and of no other office ("the foreign minister")."""
        words = {word.lower() for word in bare(post.of(self._stream.text)).split()}
        said = _said_of(person)
        is_other = any(_tells_apart(word) for word in words - said) or not _LESSER.isdisjoint(said - words)
        is_of_state = state is None or person.country in (None, state.country)
        return is_of_state and (not person.role or (head in GENERIC and not is_other))

    def _ruler(self, source: Span, last: Person) -> tuple[Person, str]:
        """``the head of state``: who ruled when last named, else the one who rules."""
        rulers = list(dict.fromkeys(person for role in RULERS for person in self._holders.get(role, ())[:CROWD]))
        if last in rulers or len(rulers) == 1:
            return (last if last in rulers else rulers[0]), "role"
        return self._as_printed(source, "role"), "role"

    def _held_by(self, post: Span, state: Mention | None, head: str) -> list[Person]:
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
            for person in dict.fromkeys(person for known in heads for person in self._holders.get(known, ())[:CROWD])
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
                return self._resolve(beside.source)
        return None


def _ending(words: str) -> list[str]:
    """The last two words of a role, in small letters."""
    return bare(words).lower().split()[-2:]


def _tells_apart(word: str) -> bool:
    """Whether a word beside a role makes another office of it: "vice", "foreign", "of the bank"."""
    return word in _LESSER or word in _FIELDS or is_office(word)


def _said_of(person: Person) -> set[str]:
    """The words of a person's role and affiliation."""
    return {word.lower() for part in (person.role, person.affiliation) if part for word in part.split()}


def _is_indefinite(words: Sequence[str], head: str) -> bool:
    at = words.index(head)
    return any(word.lower() in INDEFINITE for word in words[max(0, at - _QUALIFIED) : at])
