"""Who carried the words of a source, who was told them, and who quotes the source in turn.

The words that say so stand beside a report: in front of it, between source and cue, behind the cue, behind what is
reported. ``relays.yaml`` lists them, and says what was decided where two readings stand.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clippings.codebook import Codebook
from clippings.evidence import Mention
from clippings.layers.quotes.parties import JOINED, NOBODY, NOUNS, WORDS, Named, Parties, signs
from clippings.layers.quotes.people import People
from clippings.layers.quotes.roles import Person
from clippings.model import Span
from clippings.text.heads import named_beside
from clippings.text.phrases import GENITIVES, ending_at, is_past, starting_at
from clippings.text.subjects import SAYING, Clause, subject
from clippings.text.tokens import Tokens

_NEAR = 4  # Words behind a cue in which "to" may follow it.
_APART = 8  # Words from a report to one inside it.
_REPORTS = frozenset((word,) for word in WORDS["reporting"])
_PASSED = frozenset({"adverb", "auxiliary", "comma", "number", "relative", "time"})
_LINKS = frozenset({"adverb", "determiner", "preposition", "relative"})
_AROUND = frozenset({"comma", "quote"})
_LEADS = frozenset(["by", "in", "on"])
_BESIDE = frozenset({"according", "participle"})
_HEARD = frozenset({"person", "role", "people", "body", "state"})
_WHO = frozenset(["who", "which"])
_UNHEARD = frozenset(["it", "that", "he", "she", "they", "i", "we"])


class Relay(NamedTuple):
    """Who carried some words, who was told them, and who quotes their source."""

    via: Named = NOBODY
    addressee: Named = NOBODY
    relayed_by: Named = NOBODY


_NONE = Relay()


class Relays:
    """Finds them for the quotations of one clipping."""

    def __init__(
        self,
        tokens: Tokens,
        clauses: Sequence[Sequence[Clause]],
        mentions: Sequence[Mention],
        codebook: Codebook,
        people: People,
    ) -> None:
        self._tokens, self._clauses, self._people = tokens, clauses, people
        self._parties = Parties(tokens, codebook, people)
        self._begins = [first for first, _, _ in tokens.units]
        self._signs: dict[int, list[int]] = {}
        self._last: tuple[Span | None, Relay] = None, _NONE
        self._media_starts = [mention.start for mention in mentions if mention.kind == "media"]

    def of(self, words: Span, source: Span, cue: Span | None, person: Person) -> Relay:
        """Return who carried and was told some words of a source, and who quotes it; all empty without a cue."""
        if cue is None:
            return _NONE
        first = bisect_left(self._tokens.starts, cue.start)
        unit = bisect_right(self._begins, first) - 1
        clause = next((one for one in self._clauses[unit] if one.first == first), None)
        if clause is None or not self._may_tell(unit, clause):
            return _NONE
        end = self._tokens.units[unit][1]
        is_later = end < len(self._tokens.starts) and words.start >= self._tokens.starts[end]
        if is_later and self._last[0] == cue:  # The speaker goes on: what was told of the words before holds.
            return self._last[1]
        report = _Report(self._tokens, self._parties, unit, self._clauses[unit], clause, words)
        report.read()
        self._last = cue, self._settled(report, source, person)
        return self._last[1]

    def _may_tell(self, unit: int, clause: Clause) -> bool:
        """Tell in short time whether a sentence may name any of them: most name none."""
        tokens = self._tokens
        first, end, _ = tokens.units[unit]
        words = tokens.words
        if clause.frame == "tell" or clause.first < clause.last:
            return True
        if unit not in self._signs:
            self._signs[unit] = signs(tokens, first, end)
        if any(at != clause.last for at in self._signs[unit]):
            return True
        verb, behind = words[clause.last].lower(), words[clause.last + 1 : clause.last + _NEAR]
        if verb in WORDS["telling"] or (verb in WORDS["to"] and "to" in behind):
            return True
        others = self._clauses[unit]
        if len(others) > 1 and any(one.shape == "according" or 0 < clause.begin - one.last < _APART for one in others):
            return True
        at = bisect_left(self._media_starts, tokens.starts[first])
        return at != bisect_left(self._media_starts, tokens.end(end - 1))

    def _settled(self, report: _Report, source: Span, person: Person) -> Relay:
        """What was found but the source itself, and what crosses a line; the first that was found counts."""
        told, carried, quoting = (
            [
                span
                for span in found
                if (span.end <= source.start or source.end <= span.start) and "\n" not in span.of(self._tokens.text)
            ]
            for found in (report.told, report.carried, report.quoting)
        )
        parties = self._parties
        via = [*carried, *(span for span in told[:1] if parties.is_medium(span) and not parties.is_crowd(span))]
        outer = [] if person.kind is None or (quoting and self._is(person, quoting[0])) else quoting
        return Relay(*(parties.named(found[0]) if found else NOBODY for found in (via, told, outer)))

    def _is(self, person: Person, words: Span) -> bool:
        return person.name is not None and self._people.meant(words).id == person.id


class _Report:
    """What stands around one reporting clause.

    Attributes:
        told: who is told the words.
        carried: what carries them.
        quoting: who quotes their source.
    """

    def __init__(
        self, tokens: Tokens, parties: Parties, unit: int, clauses: Sequence[Clause], clause: Clause, words: Span
    ) -> None:
        self._tokens, self._parties, self._clause = tokens, parties, clause
        self._first, self._end, _ = tokens.units[unit]
        self._others = [other for other in clauses if other.first != clause.first]
        self._content = bisect_left(tokens.starts, words.start), bisect_left(tokens.starts, words.end)
        self.told: list[Span] = []
        self.carried: list[Span] = []
        self.quoting: list[Span] = []

    def read(self) -> None:
        """Collect who is told, what carries the words, and who quotes them."""
        for other in self._around:
            self._quotes(other.source.source, self._tokens.span(other.first, other.last))
        self._quoter()
        for begin, stop in self._stretches():
            self._chain(begin, stop)

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """The stretches that may say more of the clause: behind it, inside it, behind the words, in front of it."""
        clause, tokens = self._clause, self._tokens
        start, end = self._content
        own = [other for other in self._others if other.frame in SAYING and not self._is_beside(other)]
        later = min((other.begin for other in own if other.begin > clause.last), default=self._end)
        behind = max(clause.last + 1, clause.end if clause.shape == "cue first" else 0)
        stop = start if behind <= start < later else later
        yield self._addressed(clause.last + 1, behind, stop), stop
        if clause.shape == "source first" and clause.source.last < clause.first:
            yield clause.source.last + 1, clause.first
        if behind < end < self._end:
            following = min((other.begin for other in own if other.begin >= end), default=self._end)
            yield end, following
        if not any(other.begin < clause.begin and other not in self._around for other in own):
            opening = self._first + (tokens.kinds[self._first] == "conjunction")
            yield opening, min(clause.begin, start) if start > self._first else clause.begin

    def _is_beside(self, other: Clause) -> bool:
        """Tell whether a clause reports nothing of its own: "according to X", "Speaking", "a letter posted on"."""
        words = self._tokens.words[other.last : other.last + 2]
        is_passive = words[0] in WORDS["relaying"] and words[-1] in _LEADS
        return other.shape in _BESIDE or is_passive

    def _addressed(self, at: int, behind: int, stop: int) -> int:
        """Step over who is told right behind the cue."""
        tokens, clause = self._tokens, self._clause
        at = max(at, behind)
        while at < stop and tokens.kinds[at] == "adverb":
            at += 1
        verb = tokens.words[clause.last].lower()
        if at < stop and tokens.words[at] == "to" and verb in WORDS["to"]:
            return self._hear(at + 1, stop) or at
        if tokens.lexicon.frames.get(verb) == "tell":
            return self._hear(at, stop) or at
        if verb in WORDS["telling"]:
            known = len(self.told)
            after = self._hear(at, stop)
            if after and (after == stop or tokens.words[after] == "that" or tokens.kinds[after] in ("comma", "mark")):
                return after
            del self.told[known:]
        before = tokens.words[max(0, clause.first - 2) : clause.first]
        if tokens.words[at:stop][:1] == ("by",) and before[-1:] == ("as",) and before[0] in WORDS["quoting"]:
            return self._by(at + 1, stop) or at
        return at

    def _quoter(self) -> None:
        """``Interfax quoted X as saying``: who stands in front of the verb."""
        clause, tokens = self._clause, self._tokens
        if clause.first < clause.source.last < clause.last:
            quoter = subject(tokens, clause.first, self._first, ())
            if quoter:
                self._quotes(quoter.source, tokens.span(clause.last, clause.last))

    @functools.cached_property
    def _around(self) -> list[Clause]:
        """Other reports that are about this one: ``According to X,``, ``As X reported,``, ``X said that``."""
        return [other for other in self._others if self._is_around(other)]

    def _is_around(self, other: Clause) -> bool:
        tokens, clause = self._tokens, self._clause
        start, end = self._content
        before = tokens.kinds[other.begin - 1] if other.begin > self._first else "comma"
        if start <= other.first < end and not (start < clause.first < other.begin):
            return False
        if other.shape == "according":
            return before in _AROUND and self._is_next(other)
        verb = tokens.words[other.last]
        if verb in WORDS["reporting"] and tokens.words[other.begin - 1].lower() == "as":
            return True
        if other.begin > clause.last:
            return verb in WORDS["reporting"] and before in _AROUND and self._is_next(other)
        return other.is_report and other.last < clause.begin and self._is_inside(other)

    def _is_next(self, other: Clause) -> bool:
        """Tell whether no conjunction and no other report parts two clauses."""
        first, last = sorted((self._clause, other), key=lambda one: one.first)
        kinds = self._tokens.kinds[first.last : last.begin]
        between = [one for one in self._others if first.first < one.first < last.first and one.frame in SAYING]
        return "conjunction" not in kinds and not between

    def _is_inside(self, other: Clause) -> bool:
        """``X said that Y called it "..."``: "that", or nothing, stands between the two."""
        tokens, at = self._tokens, other.last + 1
        if other.frame == "tell":
            told = starting_at(tokens, at, self._clause.begin)
            at = told.last + 1 if told else at
        between = range(at, self._before_kin(self._clause.begin, at))
        if tokens.words[self._clause.source.first].lower() in _WHO:
            return False
        if any(tokens.kinds[here] not in _LINKS and tokens.kinds[here] != "time" for here in between):
            return False
        return not between or tokens.words[at] == "that"

    def _before_kin(self, begin: int, floor: int) -> int:
        """``her neighbour, Y,``: where what a source is called in front of its name begins."""
        is_beside = begin - 2 > floor and self._tokens.kinds[begin - 1] == "comma"
        called = ending_at(self._tokens, begin - 2, floor) if is_beside else None
        return called.first if called and called.kind != "name" else begin

    def _quotes(self, span: Span, cue: Span) -> None:
        """Keep who carries or quotes the words, where it can speak."""
        span = self._whole(span, self._end)
        behind = self._behind(span)
        if behind < self._end and self._tokens.kinds[behind] == "word" and not is_past(self._tokens.words[behind]):
            return  # Other words behind a name go on with it: "a Riga pool report".
        kind = None if self._parties.is_medium(span) else self._parties.kind(span, cue)
        if kind in _HEARD:
            self.quoting.append(span)
        elif kind == "document" or self._parties.is_medium(span):
            self.carried.append(span)

    def _whole(self, span: Span, stop: int) -> Span:
        """A name with the noun behind it that says what it is: ``Neman news agency``."""
        tokens = self._tokens
        at = last = bisect_left(tokens.starts, span.end)
        while at < stop and tokens.words[at] in JOINED:
            at += 1
            last = at if tokens.words[at - 1] in NOUNS else last
        is_whole = at == last and not (at < stop and tokens.kinds[at] in ("word", "role"))
        if is_whole and span.end < tokens.end(last - 1):
            return Span(span.start, tokens.end(last - 1))
        return self._parties.with_noun(span)

    def _chain(self, at: int, stop: int) -> None:
        """Read circumstances one behind the other, up to the first word that is none."""
        tokens = self._tokens
        while at < stop:
            after = self._reports(at, stop) if tokens.kinds[at] == "comma" else None
            if after is None and (tokens.kinds[at] in _PASSED or tokens.words[at] == "as"):
                at += 1
                continue
            after = after or self._circumstance(at, stop)
            if after is None:
                return
            at = after

    def _reports(self, comma: int, stop: int) -> int | None:
        """``, RIA Novosti reports``: a medium and a verb that only a name in front makes one."""
        phrase = starting_at(self._tokens, comma + 1, stop)
        if phrase is None or self._tokens.words[phrase.last + 1 : phrase.last + 2] not in _REPORTS:
            return None
        return self._medium(comma + 1, stop)

    def _circumstance(self, at: int, stop: int) -> int | None:
        tokens, word = self._tokens, self._tokens.words[at].lower()
        if word in WORDS["addressing"]:
            return self._hear(at + 1, stop)
        if word in WORDS["speaking"] and at + 1 < stop:
            return (self._hear(at + 2, stop) if tokens.words[at + 1] in ("to", "before", "with") else None) or at + 1
        if word in WORDS["relaying"]:
            return self._relayed(at, stop)
        return self._placed(at, stop) if tokens.kinds[at] == "preposition" else None

    def _relayed(self, at: int, stop: int) -> int | None:
        """``carried by X``, ``carried live by X``, ``published in X``."""
        tokens, word = self._tokens, self._tokens.words[at]
        at += 1
        while at < stop and (tokens.kinds[at] == "adverb" or tokens.words[at] == "live"):
            at += 1
        following = tokens.words[at] if at < stop else ""
        if following == "by":
            return self._by(at + 1, stop, carries=word not in WORDS["quoting"])
        return self._medium(at + 1, stop) if following in _LEADS and word in WORDS["appearing"] else None

    def _by(self, at: int, stop: int, *, carries: bool = False) -> int | None:
        """Who stands behind "by": the one that quotes, or that carries the words whoever it is."""
        phrase = starting_at(self._tokens, at, stop)
        if phrase is None:
            return None
        span = self._whole(phrase.source, stop)
        cue = self._tokens.span(self._clause.last, self._clause.last)
        if carries and self._parties.kind(span, cue) in _HEARD:
            self.carried.append(span)
        else:
            self._quotes(span, cue)
        return self._behind(span)

    def _medium(self, at: int, stop: int) -> int | None:
        phrase = starting_at(self._tokens, at, stop)
        span = self._whole(phrase.source, stop) if phrase else None
        if span is None or not self._parties.is_medium(span):
            return None
        self.carried.append(span)
        return self._behind(span)

    def _placed(self, at: int, stop: int) -> int | None:
        """A preposition and what it governs: a medium, what somebody speaks in, or anything else, stepped over."""
        tokens, preposition = self._tokens, self._tokens.words[at].lower()
        phrase = starting_at(tokens, at + 1, stop)
        if phrase is None:
            return None
        is_participle = tokens.words[phrase.last] in WORDS["relaying"]
        last = phrase.last - (is_participle and tokens.words[phrase.last - 1] in WORDS["speeches"])
        if preposition in WORDS["through"]:
            after = self._medium(at + 1, stop)
            if after:
                return self._asked(after, stop)
            if tokens.words[last].lower() in WORDS["speeches"]:
                return self._spoken_in(last, stop)
        return phrase.last + 1

    def _asked(self, at: int, stop: int) -> int:
        """``in a BBC interview``: the medium is told too."""
        if at < stop and self._tokens.words[at] in WORDS["interviews"]:
            self.told.append(self.carried[-1])
            return self._spoken_in(at, stop)
        return at

    def _spoken_in(self, noun: int, stop: int) -> int:
        """``in an interview with X published in Y``, ``in a letter to X``."""
        tokens, at = self._tokens, noun + 1
        while at < stop:
            word = tokens.words[at].lower()
            after = None
            if word in ("to", "with", "before"):
                after = self._hear(at + 1, stop)
            elif word in WORDS["relaying"]:
                after = self._relayed(at, stop)
            elif word in WORDS["through"]:
                after = self._medium(at + 1, stop)
            if after is None:
                break
            at = after
        return at

    def _hear(self, at: int, stop: int) -> int | None:
        """Keep who is told, where it can listen; return the word behind."""
        tokens = self._tokens
        phrase = starting_at(tokens, at, stop)
        if phrase is None:
            return None
        if phrase.kind == "pronoun":
            if tokens.words[phrase.last].lower() in _UNHEARD:
                return None
            self.told.append(phrase.source)
            return phrase.last + 1
        is_closed = "comma" in tokens.kinds[phrase.last + 1 : phrase.last + 2]
        span = self._whole((named_beside(tokens, phrase, stop) if is_closed else phrase).source, stop)
        noun = tokens.words[self._behind(span) - 1].lower()
        is_heard = noun in WORDS["audiences"] or self._parties.kind(span) in _HEARD
        if not is_heard or span.of(tokens.text).endswith(GENITIVES):
            return None
        self.told.append(span)
        return self._behind(span)

    def _behind(self, span: Span) -> int:
        return bisect_left(self._tokens.starts, span.end)
