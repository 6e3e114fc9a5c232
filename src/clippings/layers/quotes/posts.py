"""Whom a role means: ``the envoy``, ``the Polish minister``, ``the head of state``.

The text ties a role to a name, else the gazetteer says who held the office on the day of the page, else it is the
subject of the sentence before. Where the text has another of that role, or has left it without a name, it is nobody.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from clippings.evidence import Mention
from clippings.layers.quotes.full_names import bare
from clippings.layers.quotes.names import CROWD
from clippings.layers.quotes.pronouns import Pronouns
from clippings.layers.quotes.roles import Person, Roles, is_office
from clippings.layers.quotes.titles import KINDS, LESSER, heads_of, is_civil, is_lesser, said_of, words_of
from clippings.model import Span
from clippings.reasons import INDEFINITE
from clippings.text.clauses import BE
from clippings.text.grammar_words import GENERIC, MEMBERS, PORTFOLIOS, RULED_BY, RULERS
from clippings.text.heads import named_beside
from clippings.text.phrases import GENITIVES, starting_at
from clippings.text.tokens import Tokens

_OF_STATE = (" of state", " of the state", " of government")
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
_RECENT = 3  # Sentences back in which one of several who hold a role has spoken.
_FAR = 2  # Paragraphs behind a role in which its holder is first named.
_DEFINITE = frozenset(["the", "this", "that"])
_TITLES = frozenset({"role", "title"})
_LEADING = frozenset({"name", "cap", "role", "title", "word"})
_ELECTED = frozenset(
    [
        "candidate",
        "congressman",
        "congresswoman",
        "governor",
        "lawmaker",
        "nominee",
        "representative",
        "senator",
        "speaker",
        "whip",
    ]
)
_TURNING = frozenset(["But", "Still", "Yet"])
_INTRODUCING = re.compile(r",? (?:who|whose|of|from)\b|, (?:\d{2}|an?|the|his|her|their)\b| \(")


class Posts:
    """Finds whom the roles of one clipping mean.

    Args:
        stream: the words.
        roles: describes roles and offices.
        pronouns: tells sentences apart, and whom they are about.
        everyone: returns the persons the text names in full.
        places: returns where a name stands in full.
        resolve: returns the person that the words of a phrase stand for.
        as_printed: returns words as somebody of a kind, without a person.
    """

    def __init__(
        self,
        stream: Tokens,
        roles: Roles,
        pronouns: Pronouns,
        everyone: Callable[[], Iterable[Person]],
        places: Callable[[str], Sequence[Span]],
        resolve: Callable[[Span], Person],
        as_printed: Callable[[Span, str], Person],
    ) -> None:
        self._stream, self._roles, self._pronouns = stream, roles, pronouns
        self._everyone, self._places, self._resolve, self._as_printed = everyone, places, resolve, as_printed
        self._looks_back = False

    @functools.cached_property
    def _holders(self) -> dict[str, list[Person]]:
        """The persons of the text by each word of their role."""
        holders: dict[str, list[Person]] = {}
        for person in self._everyone():
            for word in dict.fromkeys(words_of(person.role, *person.titles)):
                holders.setdefault(word, []).append(person)
        return holders

    @functools.cached_property
    def _called(self) -> dict[str, list[Person]]:
        """The persons of the text by what each of their roles is, by a parliament that it is of, and by their party."""
        called: dict[str, list[Person]] = {}
        for person in self._everyone():
            for word in dict.fromkeys(heads_of(person)):
                called.setdefault(word, []).append(person)
        return called

    def find(self, source: Span, head: str, last: Person) -> tuple[Person, str]:
        """Return the person a role means, where ``last`` is whoever spoke last, and how that was found.

        Its one holder named before, who held it on the day, else the subject of the sentence before.
        """
        post, state = self._roles.post(source)
        is_definite = self._stream.before(source.start) in _DEFINITE
        if is_definite and self._is_left_unnamed(source, head):
            return self._as_printed(source, "role"), "role"
        if is_definite and head == "head" and self._stream.text.startswith(_OF_STATE, source.end):
            return self._ruler(source, last)
        is_owned = state is not None and self._stream.before(source.start) not in INDEFINITE
        holders = self._named_before(source, self._held_by(post, state, head) if is_definite or is_owned else [])
        holders = [holder for holder in holders if not self._is_far_behind(holder, source)]
        if len(holders) == 1 and (is_definite or holders[0].country):
            is_open = state is None and self._has_rival(
                holders[0], " ".join(_ending(post.of(self._stream.text))), source
            )
            return self._settled(source, head, holders[0], is_open=is_open)
        if not is_definite:
            named = self._named_later(source, head) or self._named_below(source, head, state)
            if named:
                return named, "role, named later"
        actor = self._roles.holder(post, state) if not holders else None
        if actor:
            role = self._roles.office(actor.short)
            return Person(
                actor.canonical, actor.short, role, None, actor.country, "person", actor.gender
            ), "office of the day"
        return (
            self._pointed_at(source, head, last, holders) if is_definite else (self._as_printed(source, "role"), "role")
        )

    def _settled(self, source: Span, head: str, holder: Person, *, is_open: bool) -> tuple[Person, str]:
        """The one holder of a role, or whom the sentence before is about, if none lately has named the holder."""
        units, unit = self._stream.units, self._pronouns.unit(source.start)
        near = itertools.takewhile(lambda number: units[number][2] >= units[unit][2] - 1, range(unit, -1, -1))
        is_near = any(holder in self._pronouns.present(number) for number in near)
        other = None if is_near else self._of_sentence_before(source, head, ())
        if other and other != holder:
            return other, "role, from the sentence before"
        return (self._as_printed(source, "role") if is_open else holder), "role"

    def _pointed_at(self, source: Span, head: str, last: Person, holders: Sequence[Person]) -> tuple[Person, str]:
        """Whom "the" and a role point back at, where the role alone tells nobody, or several."""
        speaking = self._speaking(source, last, holders)
        if speaking:
            return speaking, "role"
        kind, before = self._of_kind(source, head, holders), self._of_sentence_before(source, head, holders)
        if kind and before in (None, kind):
            return kind, "role"
        if before and not kind:
            return before, "role, from the sentence before"
        return self._as_printed(source, "role"), "role"

    def _of_sentence_before(self, source: Span, head: str, holders: Sequence[Person]) -> Person | None:
        """The person whom the sentence before is about, where the role can be his or hers."""
        post, state = self._roles.post(source)
        unit = self._pronouns.unit(source.start)
        is_answer = unit > 0 and not _ASKING.isdisjoint(self._words(unit - 1))
        looks_back = unit and not self._looks_back and not is_answer and not self._is_addressing(source)
        is_apart = looks_back and (self._is_new_source(unit, source) or self._is_on_a_thing(unit - 1))
        before = self._before(unit, source) if looks_back and not is_apart else None
        if before in holders and any(
            other in holders and other != before for other in self._pronouns.present(unit - 1)
        ):
            return None
        tied = self._tied(post)
        is_elsewhere = before is not None and before.role and tied and not tied & said_of(before)
        is_he = before and before.kind == "person" and not is_elsewhere and self._may_be(before, post, head, state)
        return before if is_he else None

    def _named_before(self, source: Span, holders: Sequence[Person]) -> Sequence[Person]:
        """Those of several whom the text has named before, none of whom another role is told of ("of the club")."""
        tied = self._tied(self._roles.post(source)[0]) if holders else set()
        holders = [holder for holder in holders if not tied or tied & said_of(holder)]
        return [holder for holder in holders if self._is_named(holder, source)] or holders

    def _is_named(self, person: Person, before: Span) -> bool:
        places = self._places(person.name) if person.name else ()
        return bool(places) and places[0].start < before.start

    def _is_far_behind(self, person: Person, source: Span) -> bool:
        """``the nominee``, and paragraphs later "nominee Ivan Zhuk" of another year."""
        places = self._places(person.name) if person.name else ()
        number = self._pronouns.unit
        units = self._stream.units
        return bool(places) and units[number(places[0].start)][2] - units[number(source.start)][2] > _FAR

    def _speaking(self, source: Span, last: Person, holders: Sequence[Person]) -> Person | None:
        """``"...," Orlov said. It rained. The minister added``: of several holders the one who has just spoken."""
        unit = self._pronouns.unit(source.start)
        near = {one for number in range(max(0, unit - _RECENT), unit) for one in self._pronouns.present(number)}
        return last if near & set(holders) == {last} else None

    def _of_kind(self, source: Span, head: str, holders: Sequence[Person]) -> Person | None:
        """``the diplomat`` of an ambassador, where the text has named one person of that kind."""
        covered = KINDS.get(head, ())
        if holders or not covered or self._is_introduced(source, head):
            return None
        found = {person for word in covered for person in self._called.get(word, ())[:CROWD]}
        found = {person for person in found if self._is_named(person, source)}
        one = next(iter(found)) if len(found) == 1 else None
        return None if one is None or any(self._has_rival(one, word, source) for word in covered) else one

    def _is_introduced(self, source: Span, head: str) -> bool:
        """``a diplomat``: the text has brought in somebody of that role without a name."""
        words = self._stream.words[: bisect.bisect_left(self._stream.starts, source.start)]
        places = (at for at, word in enumerate(words) if word.lower() == head)
        return any(_is_indefinite(words, at) for at in places)

    def _is_new_source(self, unit: int, source: Span) -> bool:
        """``"...," X said. ¶ The mayor sees it in another way:``: who opens a paragraph behind one that spoke."""
        stream = self._stream
        first, _, paragraph = stream.units[unit]
        at = bisect.bisect_left(stream.starts, source.start)
        words = source.of(stream.text).split()
        is_member = words[-1] in MEMBERS or (len(words) > 1 and words[0][0].isupper())
        behind = bisect.bisect_left(stream.starts, source.end)
        goes_on = is_member or stream.words[behind : behind + 1] == ("also",)
        return (
            at - first <= 1
            and not goes_on
            and stream.units[unit - 1][2] != paragraph
            and self._pronouns.has_spoken(unit - 1)
        )

    def _is_addressing(self, source: Span) -> bool:
        """``X told Y it was late. The mayor told her``: who is spoken to does not speak."""
        at = bisect.bisect_left(self._stream.starts, source.end)
        return self._stream.words[at + 1 : at + 2] in (("her",), ("him",), ("them",))

    def _is_on_a_thing(self, unit: int) -> bool:
        """``Neman Steel was sold``: what is done to firms and buildings is done to no director of theirs."""
        return not self._pronouns.has_spoken(unit) and any(
            one in BE and other in _DONE_TO_THINGS for one, other in pairwise(self._words(unit))
        )

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
        near = map(self._words, range(max(0, unit - _INTRODUCED), unit))
        return any(head in words and _is_indefinite(words, words.index(head)) for words in near)

    def _has_rival(self, holder: Person, title: str, source: Span) -> bool:
        """Tell whether a name of another stood behind the role before: "President Orlov" and one of a bank."""
        surname = (holder.name or "").split()[-1]
        titled = self._titled.get(title, {})
        return any(name != surname and at < source.start for name, at in titled.items())

    @functools.cached_property
    def _titled(self) -> dict[str, dict[str, int]]:
        """The surnames right behind a role, by it and by it with the word in front ("defense minister"), and where.

        "Deputy" and "former" make another role of it.
        """
        stream, titled = self._stream, dict[str, dict[str, int]]()
        for at in range(len(stream.kinds) - 1):
            if stream.kinds[at] not in _TITLES or stream.kinds[at + 1] != "name":
                continue
            last = at + 1
            while [*stream.kinds[last + 1 : last + 2]] == ["name"] and not self._ends_name(last):
                last += 1
            if stream.words[at - 1].lower() not in LESSER and stream.words[last] not in PORTFOLIOS:
                role = _ending(" ".join(stream.words[max(0, at - 1) : at + 1]))
                for title in {*words_of(role[-1]), " ".join(role)}:
                    titled.setdefault(title, {}).setdefault(bare(stream.words[last]), stream.starts[at])
        return titled

    def _ends_name(self, at: int) -> bool:
        return at + 1 in self._stream.breaks or self._stream.words[at].endswith(GENITIVES)

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
        said = said_of(person)
        is_other = any(_tells_apart(word) for word in words - said) or is_lesser(person, words, head)
        is_of_state = state is None or person.country in (None, state.country)
        if head.capitalize() in MEMBERS:
            return is_of_state and not _ELECTED.isdisjoint(said)
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
            if not is_lesser(person, key, head)
            and not (key == {"general"} and is_civil(person))
            and (
                len(key) == 1
                or key <= said_of(person)
                or (state and person.country == state.country and rest - {head} <= said_of(person))
            )
        ]

    def _named_below(self, source: Span, head: str, state: Mention | None) -> Person | None:
        """``A member of parliament said it. ¶ "...," Ivan Zhuk added``: whom a lead tells of, the text names then.

        Nobody is named before; the first who is says something in the same or the next paragraph, as somebody already
        introduced: without a role, or with that one.
        """
        stream = self._stream
        named = ((self._places(one.name)[0], one) for one in self._everyone() if one.name and one.kind == "person")
        place, person = min(named, key=lambda one: one[0].start, default=(source, None))
        number = self._pronouns.unit(place.start)
        first, _, paragraph = stream.units[number]
        is_near = place.start > source.end and paragraph - stream.units[self._pronouns.unit(source.start)][2] <= 1
        if person is None or not is_near or not self._pronouns.speaks(number, place):
            return None
        is_other = stream.kinds[first] == "adverb" or stream.words[first] in _TURNING
        is_of_state = state is None or person.country in (None, state.country)
        has_role = head in said_of(person) or not heads_of(person).isdisjoint(KINDS.get(head, ()))
        is_led = stream.kinds[bisect.bisect_left(stream.starts, place.start) - 1] in _LEADING
        is_led = is_led or place.of(stream.text) != person.name
        is_bare = not (person.titles or person.role or is_led or _INTRODUCING.match(stream.text, place.end))
        return person if is_of_state and not is_other and (has_role or is_bare) else None

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
    return word in LESSER or word in _FIELDS or is_office(word)


def _is_indefinite(words: Sequence[str], at: int) -> bool:
    return any(word.lower() in INDEFINITE for word in words[max(0, at - _QUALIFIED) : at])
