"""Whom a pronoun means: the nearest subject or source before it that it fits.

Number, what can speak, and sex decide; sex is a fact of the gazetteer or of the text ("Mrs", "spokeswoman"), never
guessed from a first name. Where two fit, it is nobody.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence

from clippings.layers.quotes.candidates import ASKED, Candidates
from clippings.layers.quotes.full_names import bare
from clippings.layers.quotes.roles import UNKNOWN, Person
from clippings.model import Span
from clippings.reasons import WRONGLY_DECODED
from clippings.text.grammar_words import FEMALE, MALE, OPENERS
from clippings.text.phrases import CLAUSE_ENDS, FINITE, GENITIVES, Phrase, ending_at, is_past, starting_at
from clippings.text.subjects import SAYING, Clause
from clippings.text.tokens import Tokens

_KIN = MALE | FEMALE
_THINGS = frozenset(["it", "its", "itself"])
_ONE = frozenset({"person", "role"})
_SEXES = frozenset(["he", "she"])
_OBJECTS = frozenset(["her", "him", "them"])
_ACTING = 3  # Words from whoever does something to whom it is done.
_PAUSES = frozenset({"comma", "quote"})
_NAMED = frozenset({"name", "cap"})
_IMPERSONAL = frozenset({"body", "state", "document"})
_LOOK_BACK = 6
_OPENING = 2  # Words from the start of a sentence to who speaks in the clause that opens it.
_GOING_ON = frozenset(["and", "but", ",", "", ";"])
_FEMININE = ("ova", "eva", "ska", "cka", "aya")


class Pronouns:
    """Finds whom the pronouns of one clipping mean.

    Args:
        stream: the words.
        clauses: the reporting clauses of each unit.
        resolve: returns the person that the words of a phrase stand for, beside a cue if there is one.
        present: returns the persons named between two words.
    """

    def __init__(
        self,
        stream: Tokens,
        clauses: Sequence[Sequence[Clause]],
        resolve: Callable[[Span, Span | None], Person],
        present: Callable[[int, int], Sequence[Person]],
    ) -> None:
        self._stream, self._clauses = stream, clauses
        self._candidates = Candidates(stream, clauses)
        self._resolve, self._present = resolve, present
        self._starts = [stream.starts[first] for first, _, _ in stream.units]
        self._sex: dict[str, str] = {}
        self._seen: dict[int, Person] = {}

    def find(self, source: Span, word: str, last: Person) -> Person:
        """Return whom a pronoun means, where ``last`` is whoever spoke last; unknown where that is open."""
        person = self._find(source, word, last)
        if person.name and word not in _THINGS:
            self._sex.setdefault(person.name, _sex(word))
        return person

    def subject(self, unit: int, before: int | None = None) -> Person | None:
        """Return the person a sentence is about, up to an offset; none of "If X came, ...".

        A pronoun counts in front of a sentence of its paragraph.
        """
        first, end, _ = self._stream.units[unit]
        if before is None and self._stream.words[first].lower() in OPENERS and not self._names_role(first, end):
            return None
        phrase = next(self._candidates.phrases(unit, before), None)
        behind = self._stream.units[unit + 1 : unit + 2]
        is_together = bool(behind) and behind[0][2] == self._stream.units[unit][2]
        is_somebody = is_together and phrase is not None and self._stream.words[phrase.first].lower() in _SEXES
        if phrase is None or not (phrase.kind == "name" or is_somebody) or self._candidates.is_joined(phrase):
            return None
        return self._resolve(phrase.source, None)

    def _names_role(self, first: int, end: int) -> bool:
        """``As star and producer of the show, X``: no clause stands in front of the comma."""
        kinds, words = self._stream.kinds, self._stream.words
        comma = next((at for at in range(first, end) if kinds[at] == "comma"), first)
        is_clause = any(kinds[at] in FINITE or is_past(words[at]) for at in range(first, comma))
        return words[first] == "As" and comma > first and not is_clause and "name" not in kinds[first:comma]

    def unit(self, offset: int) -> int:
        """Return the sentence an offset stands in."""
        return max(0, bisect.bisect_right(self._starts, offset) - 1)

    def _find(self, source: Span, word: str, last: Person) -> Person:
        if source.start in self._seen:
            return self._seen[source.start]
        here = self.unit(source.start)
        is_behind = self._is_behind_its_words(here, source)
        found, passed = None, set[Person]()
        for unit in range(here - is_behind, max(-1, here - _LOOK_BACK), -1):
            if unit == here or not self._candidates.is_heading(unit):
                found = self._in_unit(unit, source.start, word, last)
            if found is not None:
                break
            passed |= {person for person in self._beside(unit, source.start) if self._fits(person, word)}
        if found and found.name and self._is_passed(found, passed, word):
            found = UNKNOWN
        if found is None and self._fits(last, word):
            found = last
        if is_behind:
            found = self._or_told_of(found, self._in_unit(here, source.start, word, last))
        if found and found.name and found == self._addressed(source):
            found = UNKNOWN
        self._seen[source.start] = found or UNKNOWN
        return self._seen[source.start]

    def _is_behind_its_words(self, unit: int, source: Span) -> bool:
        """``X was late, he said``: whoever the words are about need not be who said them."""
        stream, first = self._stream, self._stream.units[unit][0]
        at = bisect.bisect_left(stream.starts, source.start)
        if at - first < _OPENING or stream.kinds[at - 1] not in _PAUSES or self._opens_clause(first):
            return False
        if any(clause.frame in SAYING and clause.begin < at for clause in self._clauses[unit]):
            return False
        if stream.kinds[at - 1] == "quote":
            return at - 1 > first and stream.text[stream.starts[at - 1] + 1].islower()
        clause = next((one for one in self._clauses[unit] if one.source.source.start == source.start), None)
        return clause is not None and clause.is_report

    def _opens_clause(self, first: int) -> bool:
        """``When X came, he said``, ``Asked of X, he said``: a clause in front that is none of the words."""
        word = self._stream.words[first].lower()
        return word in OPENERS or word.endswith("ing") or self._stream.kinds[first] in ("participle", "cue")

    def _is_passed(self, found: Person, passed: set[Person], word: str) -> bool:
        """``X came. The tone of Mr. Y is mild. "...," he said``: another who is known to fit has been named since."""
        if word in _THINGS or self._sex_of(found):
            return False
        return any(self._sex_of(person) for person in passed - {found})

    def _or_told_of(self, before: Person | None, told: Person | None) -> Person | None:
        """Whoever spoke or acted before, or whom the words are about; neither where they are two."""
        if told is None or not told.name or told == before:
            return before
        if before is None:
            return told if told.kind == "person" else UNKNOWN
        is_known = before.name and self._sex_of(before) and not self._sex_of(told)
        return before if is_known else UNKNOWN

    def _addressed(self, source: Span) -> Person:
        """``he told Orlov``: whoever is told something is not he."""
        stream = self._stream
        at = bisect.bisect_left(stream.starts, source.end)
        end = stream.units[self.unit(source.start)][1]
        is_telling = stream.kinds[at : at + 1] == ("cue",) and stream.lexicon.frames.get(stream.words[at]) == "tell"
        told = starting_at(stream, at + 1, end) if is_telling and at + 1 < end else None
        return self._resolve(told.source, None) if told and told.kind == "name" else UNKNOWN

    def _in_unit(self, unit: int, before: int, word: str, last: Person) -> Person | None:
        """Whom a sentence offers; None where the ones before may be asked."""
        candidates: list[Person] = []
        is_cut = False
        for phrase in self._candidates.phrases(unit, before):
            if self._acts_on(phrase, before, word):
                continue
            if self._candidates.is_joined(phrase):
                fitting = [person for person in self._beside(unit, before) if self._fits(person, word)]
                return fitting[0] if len(fitting) == 1 and self._sex_of(fitting[0]) else UNKNOWN
            if phrase.kind == "pronoun":
                said = self._stream.words[phrase.first].lower()[: phrase.source.end - phrase.source.start]
                person = self._find(phrase.source, said, last) if said in ("he", "she", "it") else UNKNOWN
            else:
                person = self._resolve(phrase.source, self._cue_of(unit, phrase))
            is_cut = is_cut or WRONGLY_DECODED.match(self._stream.text, phrase.source.end) is not None
            if self._is_thing(phrase) and word not in _THINGS:
                person = UNKNOWN
            elif person.kind not in _ONE and word not in _THINGS:
                person = self._owner(phrase) or person
            candidates.append(person)
            if self._fits(person, word):
                is_open = self._is_open(unit, before, person, word, phrase) or self._owns_as_other(
                    phrase, unit, before, word
                )
                return UNKNOWN if is_open else person
        is_here = before < self._stream.end(self._stream.units[unit][1] - 1)
        if is_cut and word not in _THINGS and not is_here:
            return UNKNOWN
        if not any(person.kind for person in candidates) and not is_here:
            shown = self._shown(unit, word)
            if shown:
                return shown
        if not any(person.kind == "person" for person in candidates):
            return (
                self._only_one(unit, before, word) if candidates and is_here else self._titled(unit, before, word, last)
            )
        others = [
            person for person in self._beside(unit, before) if self._fits(person, word) and person not in candidates
        ]
        if len(others) == 1 and self._sex_of(others[0]):
            return others[0]
        return UNKNOWN if others else None

    def _shown(self, unit: int, word: str) -> Person | None:
        """``Just look at X. He has said``: a sentence that is about nobody and ends with a person's name."""
        stream = self._stream
        first, end, _ = stream.units[unit]
        last = ending_at(stream, end - 2, first) if stream.words[end - 1] == "." else None
        if last is None or last.kind != "name" or any(map(self._is_verb, range(first, end))):
            return None
        named = self._resolve(last.source, None)
        is_alone = len(self.present(unit)) == 1
        return named if is_alone and named.kind == "person" and self._fits(named, word) else None

    def _is_verb(self, at: int) -> bool:
        return self._stream.kinds[at] in FINITE or is_past(self._stream.words[at])

    def _cue_of(self, unit: int, phrase: Phrase) -> Span | None:
        said = (clause for clause in self._clauses[unit] if clause.source == phrase)
        return next((self._stream.span(clause.first, clause.last) for clause in said), None)

    def _is_thing(self, phrase: Phrase) -> bool:
        """``The Internet``: a name with an article; ``Soldiers guard the gate``: a verb taken for a role."""
        words, kinds = self._stream.words, self._stream.kinds
        if phrase.kind == "role":
            is_verb = phrase.first < phrase.last and words[phrase.last - 1].endswith("s")
            return is_verb and kinds[phrase.last + 1 : phrase.last + 2] == ("determiner",)
        return phrase.kind == "name" and phrase.title is None and words[phrase.first] in ("The", "the")

    def _only_one(self, unit: int, before: int, word: str) -> Person | None:
        """``The help of X is sure, and he said``: the one person of a sentence that is about a thing."""
        beside = [person for person in self._beside(unit, before) if self._fits(person, word)]
        return beside[0] if len(beside) == 1 else UNKNOWN if beside else None

    def _titled(self, unit: int, before: int, word: str, last: Person) -> Person | None:
        """``It is likely that Mrs. X left. "...," she said``: whom a title shows to fit, if who spoke last does not."""
        kinds, words = self._stream.kinds, self._stream.words
        first, end, _ = self._stream.units[unit]
        stop = bisect.bisect_left(self._stream.starts, before, first, end)
        named = [at + 1 for at in range(first, stop - 1) if kinds[at] == "title" and words[at].lower() in _KIN]
        ends = (next((to for to in range(at, stop) if kinds[to] != "name"), stop) for at in named)
        found = {
            person
            for at, to in zip(named, ends, strict=True)
            for person in self._present(at, to)
            if self._fits(person, word)
        }
        is_open = len(found) > 1 or (self._fits(last, word) and last not in found)
        return None if not found else UNKNOWN if is_open else next(iter(found))

    def _acts_on(self, phrase: Phrase, before: int, word: str) -> bool:
        """``the aide quoted him``: whoever does something to "him" is not he."""
        if word not in _OBJECTS:
            return False
        between = self._stream.kinds[phrase.last + 1 : bisect.bisect_left(self._stream.starts, before)]
        return 0 < len(between) <= _ACTING and not CLAUSE_ENDS & set(between)

    def _owns_as_other(self, phrase: Phrase, unit: int, before: int, word: str) -> bool:
        """``X told her brother ..., he said``: what is hers tells that X, named alone so far, is no man."""
        kinds, words = self._stream.kinds, self._stream.words
        end = bisect.bisect_left(self._stream.starts, before, hi=self._stream.units[unit][1])
        for at in range(phrase.last + 1, end - 1 if word not in _THINGS else 0):
            if kinds[at] in _NAMED:
                return False
            if words[at] in ("his", "her") and words[at + 1] in _KIN:
                return _sex(words[at]) != _sex(word)
        return False

    def _owner(self, phrase: Phrase) -> Person | None:
        """The person whom what a sentence is about belongs to: "Mr. Orlov's campaign"."""
        kinds, words = self._stream.kinds, self._stream.words
        for at in range(phrase.last - 1, phrase.first - 1, -1):
            if kinds[at] == "name" and words[at].endswith(GENITIVES):
                first = at
                while first > phrase.first and kinds[first - 1] == "name":
                    first -= 1
                start = self._stream.starts[first]
                owner = self._resolve(Span(start, self._stream.starts[at] + len(bare(words[at]))), None)
                return owner if owner.kind == "person" else None
        return None

    def _is_open(self, unit: int, before: int, person: Person, word: str, phrase: Phrase) -> bool:
        """Tell whether another person of the sentence fits as well; whoever said something goes on speaking."""
        stream = self._stream
        is_said = any(clause.source == phrase for clause in self._clauses[unit])
        here = bisect.bisect_left(stream.starts, before)
        is_main = here >= stream.units[unit][1] or stream.words[here - 1] in _GOING_ON
        if word in _THINGS:
            return False
        rivals = [other for other in self._beside(unit, before) if other != person and self._fits(other, word)]
        if is_said and is_main:
            if self._is_told_of(unit, before, person, word) or (rivals and self._is_asking(unit, phrase)):
                return True
            is_woman = _sex(word) == "female"
            if here < stream.units[unit][1] and self._is_rather(person, rivals):
                return True
            is_doubtful = not self._sex_of(person) and _ends_as_woman(person) != is_woman
            return is_doubtful and any(_ends_as_woman(other) == is_woman for other in rivals)
        return any(not self._sex_of(person) or self._sex_of(rival) for rival in rivals)

    def _is_rather(self, person: Person, rivals: Sequence[Person]) -> bool:
        """``X accused Mrs. Y of it, and she said``: of Y the text says that she is a woman, of X it does not."""
        return not self._sex_of(person) and any(map(self._sex_of, rivals))

    def _is_told_of(self, unit: int, before: int, person: Person, word: str) -> bool:
        """``X replied that Y had said it because, she said``: two of one sentence that said something fit."""
        first, end, _ = self._stream.units[unit]
        if not first <= bisect.bisect_left(self._stream.starts, before) < end:
            return False
        said = (clause for clause in self._clauses[unit] if clause.is_report and clause.source.source.start < before)
        others = (self._resolve(clause.source.source, None) for clause in said if clause.source.kind != "pronoun")
        return any(other != person and self._fits(other, word) for other in others)

    def _is_asking(self, unit: int, phrase: Phrase) -> bool:
        """``X asked Y about it, and he said``: whoever is asked may answer."""
        words = self._stream.words
        return any(clause.source == phrase and words[clause.last] in ASKED for clause in self._clauses[unit])

    def present(self, unit: int) -> Sequence[Person]:
        """Return the persons named in a sentence."""
        first, end, _ = self._stream.units[unit]
        return self._present(first, end)

    def speaks(self, unit: int, name: Span) -> bool:
        """Tell whether whom a sentence names at a place says something there."""
        told = (clause.source.source for clause in self._clauses[unit] if clause.frame in SAYING)
        return any(source.start <= name.start and name.end <= source.end for source in told)

    def has_spoken(self, unit: int) -> bool:
        """Tell whether somebody says something in a sentence."""
        return any(clause.frame in SAYING for clause in self._clauses[unit])

    def _beside(self, unit: int, before: int) -> Sequence[Person]:
        first, end, _ = self._stream.units[unit]
        return self._present(first, bisect.bisect_left(self._stream.starts, before, first, end))

    def _fits(self, person: Person, word: str) -> bool:
        """Tell whether a pronoun can mean a person or body."""
        name = person.name
        if not name:
            return False
        if word in _THINGS:
            return person.kind in _IMPERSONAL
        if person.kind not in _ONE or not name[0].isalpha():
            return False
        if person.kind == "role" and " " in name and name == name.title():
            return False
        sex = self._sex_of(person)
        return not sex or sex == _sex(word)

    def _sex_of(self, person: Person) -> str | None:
        return person.gender or self._sex.get(person.name or "")


def _ends_as_woman(person: Person) -> bool:
    """``Olga Tarasova``, ``Anna Borowska``: an ending that says nothing for sure, but that two persons differ in."""
    return (person.name or "").endswith(_FEMININE)


def _sex(word: str) -> str:
    assert word in MALE or word in FEMALE, word
    return "male" if word in MALE else "female"
