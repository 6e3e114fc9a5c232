"""Persons of a clipping: the words that name a source resolved to a name, with how that was done.

A surname stands for the one full name of the text that ends in it, a first name for the one that begins with it, a role
phrase for the one name the text ties to it, else for who held that office of a state on the day of the page; a pronoun
for the subject before it that it fits. Where two readings stand, or the words cannot speak, the name is None.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence

import msgspec

from clippings.codebook import Codebook
from clippings.evidence import Mention
from clippings.layers.quotes import antecedents, interviews, out_of_gazetteer
from clippings.layers.quotes.bodies import Bodies
from clippings.layers.quotes.full_names import bare, full_name, is_plain, owned, skeleton
from clippings.layers.quotes.names import CROWD, Names
from clippings.layers.quotes.posts import Posts
from clippings.layers.quotes.pronouns import Pronouns
from clippings.layers.quotes.roles import UNKNOWN, Person, Roles, sex_of
from clippings.layers.quotes.voices import IMPERSONAL, Voices, heads_body, is_of_body
from clippings.model import Clipping, Span
from clippings.reasons import INDEFINITE, NOBODY, WRONGLY_DECODED
from clippings.text.grammar_words import MEMBERS, OWNERS, PARTICLES, WORD_NAMES
from clippings.text.phrases import starting_at
from clippings.text.subjects import Clause
from clippings.text.tokens import Tokens

_APART = 2
_ABOVE = 4  # Sentences above an interview in which it says who is asked.


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
        self._roles = Roles(clipping, stream, mentions, codebook)
        self._names = Names(stream, mentions, sources)
        self.voices = Voices(stream, self._listed)
        self._pronouns = Pronouns(stream, clauses, self.meant, self._present)
        self._persons: dict[str, Person] = {}
        self._speaking = {bare(source.of(stream.text)).rpartition(" ")[2] for source in sources}
        everyone = functools.partial(map, self._person, self._names.full)
        self._posts = Posts(
            stream, self._roles, self._pronouns, everyone, self._names.places, self.meant, self._as_printed
        )
        self._bodies = Bodies(stream, self._pronouns, self.meant)
        self._last: Person = UNKNOWN

    def release(self) -> None:
        """Let go of the words of the page: what resolves pronouns refers back here, and would keep them alive."""
        vars(self).clear()

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

    def meant(self, words: Span, cue: Span | None = None) -> Person:
        """Return whom words mean that are no pronoun and name no source of a quotation; unknown where that is open."""
        return self._resolve(words, cue)[0]

    def guest(self, turn: Span) -> tuple[Person, str | None, Span]:
        """Return whom the turns of an interview answer for, how that was found, and where that person is named.

        It is the one person whom the lines above a turn say was asked.
        """
        units, here = self._stream.units, self._pronouns.unit(turn.start)
        above = units[max(0, here - _ABOVE) : here]
        told = [(first, end) for first, end, _ in above if interviews.tells_of_one(self._stream.words[first:end])]
        spans = [self._stream.span(first, end - 1) for first, end in told]
        guests = [
            (place, self._person(name))
            for name in self._names.full
            for place in self._names.places(name)
            if any(span.covers(place) for span in spans) and self._person(name).kind == "person"
        ]
        if len({person.name for _, person in guests}) == 2:
            behind = min(interviews.behind_asker(self._stream.text, span) for span in spans)
            before = {person for place, person in guests if place.start < behind}
            guests = [guest for guest in guests if before and guest[1] not in before and _may_be_asked(guest[1])]
        if len({person.name for _, person in guests}) != 1:
            return UNKNOWN, None, turn
        place, person = guests[0]
        self._speaking.add(person.name or "")
        return person, "guest of the interview", place

    def _person(self, name: str) -> Person:
        if name not in self._persons:
            place = self._names.full[name]
            listed = self._listed.get((place.start, place.end)) or self._of_surname(place.end)
            person = self._roles.describe(name, self._names.places(name), listed)
            sex = person.gender or self._names.sex(name)
            head = (person.role or "").partition(" of ")[0].rpartition(" ")[2]
            is_named_so = (is_of_body(name) or self._names.has_article(name)) and not self._is_somebody(name)
            is_body = self.voices.noun(head) == "body" if head else is_named_so
            kind = "body" if listed is None and is_body else "person"
            self._persons[name] = msgspec.structs.replace(person, gender=sex, kind=kind)
        return self._persons[name]

    def _resolve(self, source: Span, cue: Span | None = None) -> tuple[Person, str | None]:
        words = bare(source.of(self._stream.text))
        if self._stream.lexicon.kind(words) in ("pronoun", "relative") or words.lower() in OWNERS:
            return self._pronoun(source, words.lower())
        if (
            self._stream.before(source.start) == "no"
            or self._is_owner(source)
            or self._is_cut(source)
            or self._is_one_of_two(source, cue)
        ):
            return UNKNOWN, None
        head = self.voices.noun_behind(source)
        if head:
            source = Span(source.start, head.end)
        named = self._named(self._core(source))
        is_described = source.of(self._stream.text)[0].islower() and named is not None and named[1] != "first name"
        if named and (is_described or named[0].kind != "person" or not self._is_one_of_many(source)):
            return named
        kind = None if named else self.voices.kind(source, cue)
        own = self._own_name(source) if kind == "role" or words.lower() == "one" else None
        given = self._resolve(own, cue) if own else (UNKNOWN, None)
        if given[0].kind == "person":
            return given
        member = self._member(source, words)
        if member:
            return member, "role, from the sentence before"
        if kind is None or (kind == "person" and self._is_no_name(source)):
            return UNKNOWN, None
        role = words.partition(" of ")[0].split()[-1].lower()
        if kind == "role" and self._stream.lexicon.kind(role) == "role":
            return self._posts.find(source, role, self._last)
        body = self._bodies.find(source) if kind == "body" else None
        if body and body.name:
            return body, "name, pointed back at"
        return self._as_printed(source, kind), "role" if kind in ("role", "people") else "name as printed"

    def _member(self, source: Span, words: str) -> Person | None:
        """``the Oregon Republican``: the senator whom the sentence before is about, if of no other party."""
        party = words.rpartition(" ")[2]
        if party not in MEMBERS or self._stream.before(source.start) not in ("the", "The"):
            return None
        found = self._posts.find(source, party.lower(), self._last)[0]
        if found.kind != "person" or found.name not in self._names.full:
            return None
        behind = (_PARTY.match(self._stream.text, place.end) for place in self._names.places(found.name))
        told = {sign[1] or sign[2][0] for sign in behind if sign}
        return found if told <= {party[0]} else None

    def _own_name(self, source: Span) -> Span | None:
        """``the caller, who identified himself as Omar Baker``: the name that somebody says is theirs."""
        found = _OWN_NAME.match(self._stream.text, source.end)
        return Span(*found.span(1)) if found else None

    def _is_one_of_many(self, source: Span) -> bool:
        """``a Lida Republican``, ``another Republican``: words in capitals that describe somebody are no name."""
        return self._stream.before(source.start) in INDEFINITE and not self.voices.mention(source)

    def _is_person(self, name: str) -> bool:
        return self._person(name).role is not None or self._is_somebody(name)

    def _is_somebody(self, name: str) -> bool:
        """Grace Field, who is spoken of as a person, or of whom ``Field said`` is."""
        surname = self._names.surname(name)
        return self._names.is_somebody(name) or (surname in IMPERSONAL and self._names.speaks_alone(surname))

    def _is_no_name(self, source: Span) -> bool:
        is_owned = self._stream.before(source.start) in OWNERS
        return is_owned or self._is_one_of_many(source) or self._names.is_common(source.start, source.end)

    def _is_cut(self, source: Span) -> bool:
        """A name that a sign of a wrong encoding cuts off is no whole name."""
        return WRONGLY_DECODED.match(self._stream.text, source.end) is not None

    def _is_owner(self, source: Span) -> bool:
        """``calling Petrova's plan``: a name that only owns what the words are said of; ``Petrova's saying`` speaks."""
        stream = self._stream
        behind = bisect.bisect_left(stream.starts, source.end)
        if behind >= len(stream.kinds) or not source.of(stream.text).endswith(("'s", "’s")):
            return False
        return stream.kinds[behind] in _OWNED

    def _is_one_of_two(self, source: Span, cue: Span | None) -> bool:
        """``X of Latvia and Senator Y stood there and said``: neither of two in front of a verb said it alone."""
        stream = self._stream
        at = bisect.bisect_left(stream.starts, source.end)
        unit = stream.units[self._pronouns.unit(source.start)]
        if stream.words[at : at + 1] == ("(",):
            at = next((here + 1 for here in range(at, unit[1]) if stream.words[here] == ")"), unit[1])
        if at >= len(stream.words) or stream.words[at] not in _JOINING:
            return False
        end = bisect.bisect_left(stream.starts, cue.start) if cue else unit[1]
        if stream.words[at] == "of":
            home = starting_at(stream, at + 1, end)
            at = home.last + 1 if home and home.kind == "name" else at
        joined = starting_at(stream, at + 1, end) if at < end and stream.words[at] == "and" else None
        return (
            joined is not None
            and joined.kind == "name"
            and (stream.kinds[at - 1] == "name" or stream.words[at - 1] == ")")
        )

    def _core(self, source: Span) -> Span:
        """A name without an owner and without small words in front: ``Poland's Radek Rudnik``."""
        text = source.of(self._stream.text)
        start = owned(text)
        if start and not self._is_owned_person(source):
            start = 0
        while text[start : start + 1].islower() and " " in text[start:] and text[start:].split()[0] not in PARTICLES:
            following = text.find(" ", start) + 1
            if text[start:following].strip() != text[start:following].strip().lower():
                break
            start = following
        return Span(self._names.after_doers(source.start + start, source.end), source.end)

    def _is_owned_person(self, source: Span) -> bool:
        """``Poland's Rudnik``, who is named elsewhere or owned by a state; not ``Neman's List``."""
        start = source.start + owned(source.of(self._stream.text))
        rest = bare(self._stream.text[start : source.end])
        is_known = " " in rest or rest in self._names.by_surname or self.voices.mention(source) is not None
        return is_known or self._roles.owner(Span(start, source.end)) is not None

    def _named(self, source: Span) -> tuple[Person, str] | None:
        words = " ".join(bare(source.of(self._stream.text)).split())
        words = self._names.labelled.get(words, words) if words.isupper() else words
        last = words.rpartition(" ")[2]
        printed = full_name(self._stream.lexicon, words)
        name = printed.name if printed else words
        full = self._names.joined.get(name)
        if " " in words and last in IMPERSONAL and (full is None or not self._is_person(full)):
            return None
        if full:
            return self._person(full), "full name" if full == name else "spelling variant"
        if heads_body(words.split()):
            return None
        same = self._names.by_surname.get(words) or self._names.by_surname.get(last, [])
        if self.voices.noun(words.lower()) == "people":
            same = []
        if " " in words and words not in self._names.by_surname and not any(words.endswith(name) for name in same):
            inner = [name for name in same if skeleton(name) == skeleton(words)]
            return (self._person(inner[0]), "spelling variant") if inner else None
        if self._stream.lexicon.kind(last) not in ("name", "cap") and last not in WORD_NAMES and not same:
            return None
        listed = self.voices.mention(source)
        same = self._of_sex(same, source) if len(same) > 1 else same or self._by_id(listed)
        if len(same) == 1:
            person = self._person(same[0])
            if person.kind == "body" and " " in words and words != person.name:
                return None
            others = self._names.bearers.get(last, set()) - {person.id}
            return (person, "surname") if not others or (listed and listed.id == person.id) else None
        near = self._nearest(same, source)
        if near:
            return self._person(near), "surname, of the last so named"
        is_open = bool(same or listed) or words.isupper()
        begun = [self._person(name) for name in self._names.by_first.get(words, ()) if not is_open]
        is_one = len(begun) == 1 and begun[0].kind == "person" and (begun[0].role or is_plain(begun[0].name or ""))
        return (begun[0], "first name") if is_one else None

    def _by_id(self, listed: Mention | None) -> list[str]:
        """The known person whom the text names in full with the surname in front: ``Hu Jintao``, ``Hu said``."""
        if listed is None or listed.kind != "person":
            return []
        begun = self._names.by_first.get(listed.form, ())
        return [name for name in begun if len(begun) == 1 and self._person(name).id == listed.id]

    def _of_surname(self, end: int) -> Mention | None:
        """The known person whose surname ends a name: "C. Rice"; another first name has spoken against it already."""
        mention = self.voices.ending.get(end)
        return mention if mention and mention.kind == "person" else None

    def _of_sex(self, same: list[str], source: Span) -> list[str]:
        """Those of one surname whom the title in front may mean: "Mrs. Petrova"."""
        sex = sex_of(self._stream.before(source.start)) if len(same) <= CROWD else None
        return [name for name in same if sex is None or self._person(name).gender in (None, sex)]

    def _nearest(self, same: Sequence[str], source: Span) -> str | None:
        """Of two persons with one surname, the one named in full last, where the other was so two paragraphs before.

        Where the surname alone has meant the other by then, it is open.
        """
        if len(same) > CROWD:
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

    def _as_printed(self, source: Span, kind: str) -> Person:
        core = self._core(source) if kind == "person" else source
        words = bare(core.of(self._stream.text))
        listed = self.voices.mention(core) if kind == "person" else self._listed.get((core.start, core.end))
        if kind == "person":
            at = bisect.bisect_left(self._stream.starts, core.start)
            sex = self._names.sex(words) or sex_of(words) or (sex_of(self._stream.words[at - 1]) if at else None)
            if full_name(self._stream.lexicon, words):
                return msgspec.structs.replace(self._roles.describe(words, (core,), listed), gender=sex)
            if listed and listed.kind == "person" and not self._names.by_first.get(words):
                return self._roles.known(words, listed)
            return Person(words, words, None, None, self._roles.country_inside(core), kind, sex)
        if listed:
            return Person(words, listed.id, None, None, listed.country, kind)
        if kind not in ("role", "body"):
            return Person(words, words, None, None, self._roles.country_inside(core), kind)
        post, state = self._roles.post(source)
        post = self._with_whom(post) if kind == "body" else post
        words = bare(post.of(self._stream.text))
        sex = sex_of(words) if kind == "role" else None
        return Person(words, words, None, None, state.country if state else None, kind, sex)

    def _with_whom(self, post: Span) -> Span:
        """``press service of Neman Steel``: the name that says whose a body is."""
        stream = self._stream
        at = bisect.bisect_left(stream.starts, post.end)
        is_tied = stream.words[at : at + 1] in (("of",), ("for",))
        whose = starting_at(stream, at + 1, self._stream.units[self._pronouns.unit(post.start)][1]) if is_tied else None
        return Span(post.start, whose.source.end) if whose and whose.kind == "name" else post

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
        kinds = _WHO if stream.text[source.start : source.end].lower() == "who" else _WHICH
        for phrase in antecedents.find(stream, at, floor):
            person = self._resolve(phrase.source)[0]
            if person.name and person.kind in kinds:
                return person, "relative pronoun"
        return UNKNOWN, None


_OWN_NAME = re.compile(
    r"(?: of (?:them|us))?,? who (?:(?:gave|would give|used) (?:only )?(?:his|her|their) (?:(?:first|full|last) )?name"
    r"|(?:identified|introduced) (?:him|her)self"
    r"|(?:asked|wanted|wished|agreed) to be (?:identified|named))"
    r" (?:only )?(?:as|by) ([A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){0,3})\b(?! [A-Z])"
)
_PARTY = re.compile(r"[, (]+(?:([RDI])-|an? (?:\w+ )?(Republican|Democrat)\b)")
_OWNED = frozenset({"word", "name", "role", "title", "number", "cap", "adverb"})
_WHO = frozenset({"person", "role", "people"})
_WHICH = frozenset({"state", "body", "document", "person", "people"})
_JOINING = frozenset(["of", "and"])
_PERSONAL = frozenset(["he", "she", "it", "his", "her", "its", "him", "himself", "herself", "itself"])


def _may_be_asked(person: Person) -> bool:
    return person.role is not None and not interviews.asks_for_a_living(person.role)
