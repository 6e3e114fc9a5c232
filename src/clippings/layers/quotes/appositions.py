"""What the words beside a name say of the person: role, body, and the words that may name a state.

In front (``Gazprom manager Arkady Sulimov``), in front of a comma (``the museum's director, Anna Petrova,``) and behind
(``Ruslan Pukhov, head of the Centre for ...``, ``Anna Petrova of the Policy Centre``).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import NamedTuple

from clippings.evidence import Mention
from clippings.model import Span
from clippings.text.grammar_words import BODIES, LEADING, OFFICES, SINGLES
from clippings.text.heads import NEARNESS
from clippings.text.phrases import FINITE, GENITIVES, is_past
from clippings.text.tokens import Tokens

_BODIES = frozenset({"government_body", "media", "organization", "think_tank", "alliance"})
_NOUNS = frozenset({"word", "name", "cap"})
_QUALIFYING_KINDS = _NOUNS | {"number"}
_HEADS = _NOUNS | {"role", "number", "title"}
_QUALIFYING_WORDS = frozenset(["first", "then"])
_TIES = frozenset(["of", "for", "at", "with", "from"])
_FIELDS = frozenset(["of", "for"])
_INNER = frozenset(["of", "for", "and", "on", "the", "de", "&"])
_OFFICES = frozenset(["state", "staff", "government", "parliament", "mission"])
_NO_BODIES = frozenset(["country", "nation", "state", "world"])
_GENITIVES = ("'s", "’s")
_TITLES = frozenset({"role", "title"})
_ENDS = frozenset({"comma", "mark", "quote", "cue", "auxiliary", "relative", "conjunction"})
_STOPS = frozenset({"comma", "mark", "quote", "cue", "auxiliary", "relative"})
_CLOSES = frozenset({"comma", "mark", "quote"})
_IN_TITLE = frozenset(["of", "the", "and", "to", "in", "for", "on"])
_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH = 14
_NEAR = 6
_CLOSED = 16  # Words from a source to the comma that closes what describes it.
_BASED = "-based"
_COMPLETING = frozenset({"preposition", "relative"})
_DESCRIBING = frozenset({"determiner", "role", "adverb"})
_AGE = ("comma", "number", "comma")


class Described(NamedTuple):
    """What some words say: a role and a body as printed, and where the words stand that may name a state."""

    role: str | None
    body: str | None
    words: Span | None


class Descriptions:
    """Reads what stands beside the names of one clipping."""

    def __init__(self, stream: Tokens, mentions: Sequence[Mention]) -> None:
        self._stream = stream
        self._bodies = {mention.start: mention for mention in mentions if mention.kind in _BODIES}
        self._ends = {mention.end for mention in self._bodies.values()}
        self._states = {(mention.start, mention.end) for mention in mentions if mention.country}

    def at(self, name: Span) -> list[Described]:
        """Return what is said of a name."""
        stream = self._stream
        first = bisect.bisect_left(stream.starts, name.start)
        if [*stream.starts[first : first + 1]] != [name.start]:
            return []
        begin, end, _ = stream.units[bisect.bisect_left(stream.units, (first + 1,)) - 1]
        last = min(end, bisect.bisect_left(stream.starts, name.end, first)) - 1
        comma = first - 1
        while comma > begin and stream.kinds[comma] in _TITLES:
            comma -= 1
        is_apposed = comma > begin and stream.kinds[comma] == "comma" and self._is_closed(last, end)
        found = (
            self._in_front(first, begin),
            self._in_apposition(comma, begin) if is_apposed else None,
            None if self._opens_clause(last + 1, begin, end) else self._behind(last, end),
        )
        return [described for described in found if described]

    def _in_front(self, first: int, begin: int) -> Described | None:
        """``Gazprom export manager X``: the words in front of the role belong to it."""
        stream, role = self._stream, first - 1
        if first in stream.breaks:
            return self._in_front_of_place(first, begin)
        if role < begin or stream.kinds[role] not in _TITLES:
            return None
        return self._role(self._leftmost(role, max(begin, role - _NEAR)), role, role)

    def _in_front_of_place(self, first: int, begin: int) -> Described | None:
        """``President of Belarus X``, ``ambassador to Belarus X``: a role tied to a place, and then the name."""
        stream = self._stream
        floor = max(begin, first - _REACH)
        while floor < first and not all(map(self._goes_on_title, range(floor, first))):
            floor += 1
        role = next((at for at in range(first - 1, floor - 1, -1) if stream.kinds[at] == "role"), None)
        if role is None:
            return None
        opens = self._leftmost(role, max(begin, role - _NEAR))
        words = stream.span(opens, first - 1)
        is_office = stream.words[first - 1] in OFFICES
        body = self._named_in(opens, role) or (None if is_office else self._body(role + 2, first)[0])
        return Described(words.of(stream.text), body, words)

    def _goes_on_title(self, at: int) -> bool:
        """A title runs on over capitals and small words, not over a verb, an owner or a quotation."""
        word, kind = self._stream.words[at], self._stream.kinds[at]
        return (kind in _HEADS or word.lower() in _IN_TITLE) and not word.endswith(_GENITIVES) and not _is_verb(word)

    def _leftmost(self, at: int, floor: int) -> int:
        """Step left over the words that qualify a role."""
        while at > floor and self._qualifies(at - 1):
            at -= 1
        return at

    def _qualifies(self, at: int) -> bool:
        word = self._stream.words[at]
        if _YEAR.fullmatch(word) and self._stream.kinds[at - 1] not in ("determiner", "cue"):
            return False
        return word.lower() in _QUALIFYING_WORDS or (self._stream.kinds[at] in _HEADS and not _is_verb(word))

    def _in_apposition(self, comma: int, begin: int) -> Described | None:
        """``A Gazprom manager, X, said``, ``said the fund's chief, X``; not ``after talks with the envoy, X``."""
        stream, opens = self._stream, comma
        while opens > max(begin, comma - _REACH) and stream.kinds[opens - 1] not in _ENDS:
            opens -= 1
        opens = next((at for at in range(opens, comma) if self._opens(at)), comma)
        is_governed = opens > begin and stream.kinds[opens - 1] == "preposition"
        if opens == comma or (is_governed and stream.words[opens - 2].lower() != "according"):
            return None
        told = self._read(opens, comma)
        if told and (told.role or told.body):
            return told
        return Described(None, self._named_in(opens, comma - 1), stream.span(opens, comma - 1))

    def _opens(self, at: int) -> bool:
        return self._stream.kinds[at] == "determiner" or self._stream.words[at].endswith(GENITIVES)

    def _is_closed(self, last: int, end: int) -> bool:
        stream, behind = self._stream, last + 1
        if behind >= end:
            return True
        return stream.kinds[behind] in _CLOSES and stream.words[behind + 1 : behind + 2] not in (("and",), ("or",))

    def _opens_clause(self, comma: int, begin: int, end: int) -> bool:
        """``In an interview with X, the candidate said``: behind the comma stands the subject."""
        stream = self._stream
        if comma >= end or stream.kinds[comma] != "comma" or stream.kinds[begin] not in ("preposition", "participle"):
            return False
        if stream.words[comma + 1 : comma + 2] != ("the",) or "comma" in stream.kinds[begin:comma]:
            return False
        stop = next((at for at in range(comma + 1, end) if stream.kinds[at] in _STOPS), end)
        return stop < end and stream.kinds[stop] in ("cue", "auxiliary")

    def _behind(self, last: int, end: int) -> Described | None:
        """``X, a spokesman for the ministry,`` and ``X of the Policy Centre``."""
        stream, at = self._stream, last + 1
        if at >= end:
            return None
        if stream.kinds[at] == "comma":
            is_led = stream.words[at + 1 : at + 2] == ("who",)
            return self._led(at + 1, end) if is_led else self._read(at + 1, end)
        return self._tied(at, end) if stream.words[at] == "of" else None

    def _led(self, at: int, end: int) -> Described | None:
        """``X, who heads the ministry's training department``."""
        if at + 1 >= end or self._stream.words[at + 1] not in LEADING:
            return None
        body, stop = self._body(at + 2, end)
        return Described(None, body, self._stream.span(at, stop)) if body else None

    def _read(self, first: int, end: int) -> Described | None:
        """Read a role and what it is tied to; of words without a role only the state they are, if they are one."""
        stream = self._stream
        while first < end and stream.kinds[first] == "determiner":
            first += 1
        at = first
        while at < end and (stream.kinds[at] in _QUALIFYING_KINDS or stream.words[at] in _QUALIFYING_WORDS):
            at += 1
        if at >= end or stream.kinds[at] != "role":
            alone = Described(None, None, stream.span(first, first)) if at == first + 1 else None
            return self._tied(at, end) or alone
        role = at
        while role + 1 < end and stream.kinds[role + 1] in _HEADS:
            role += 1 if stream.kinds[role + 1] == "role" else 2
            if role >= end or stream.kinds[role] != "role":
                role -= 2
                break
        return self._role(first, role, end)

    def _tied(self, first: int, end: int) -> Described | None:
        """``of the Policy Centre``: a body without a role; one capitalized word alone may be a town."""
        if first >= end or self._stream.words[first] not in _TIES:
            return None
        body, stop = self._body(first + 1, end)
        is_body = body is not None and body[0].isupper() and (" " in body or self._named_in(first + 1, stop + 1))
        return Described(None, body, self._stream.span(first, stop)) if is_body else None

    def _role(self, first: int, role: int, end: int) -> Described:
        """The role at words ``[first, role]``, and its body: its owner, a body named in it, or what it is tied to."""
        stream, stop = self._stream, role
        begin = first
        body: str | None = None
        for at in range(role - 1, first - 1, -1):
            word = stream.words[at]
            if word.endswith(_GENITIVES):
                owner = Span(stream.starts[first], stream.end(at) - 2)
                if owner.end in self._ends or (word[0].islower() and word[:-2] not in _NO_BODIES):
                    body, begin = owner.of(stream.text), at + 1
                break
        if stream.words[role + 1 : role + 2] == ("of",) and not _OFFICES.isdisjoint(stream.words[role + 2 : role + 3]):
            role = stop = role + 2
        if body is None:
            body = self._named_in(first, role)
        if role + 1 < end and stream.words[role + 1] in _TIES:
            tied, stop = self._body(role + 2, end)
            body = body or tied
        text = stream.text[stream.starts[begin] : stream.end(role)]
        return Described(text, body, stream.span(first, stop))

    def _named_in(self, first: int, last: int) -> str | None:
        """The body a role names: "NATO" of "NATO spokesman", "Energy Ministry" of "Energy Ministry official"."""
        stream = self._stream
        for at in range(first, min(last + 1, len(stream.starts))):
            mention = self._bodies.get(stream.starts[at])
            if mention and mention.end < stream.end(last):
                return mention.of(stream.text)
        head = next((at for at in range(last - 1, first - 1, -1) if stream.words[at] in BODIES), None)
        return stream.span(first, head).of(stream.text) if head is not None else None

    def _body(self, first: int, end: int) -> tuple[str | None, int]:
        """The body that begins at a word, as printed, and its last word; a state is none."""
        stream = self._stream
        near = range(first, min(end, first + _NEAR))
        first = next((at + 1 for at in near if stream.words[at].endswith(_BASED)), first)
        while first < end and stream.kinds[first] == "determiner" and stream.words[first].islower():
            first += 1
        last = first - 1
        while last + 1 < end and self._goes_on(first, last + 1, end):
            last += 1
        if last < first:
            return None, last
        capital = next((at for at in range(first, last + 1) if stream.words[at][0].isupper()), first)
        span = stream.span(capital, last)
        if (span.start, span.end) in self._states and span.start not in self._bodies:
            return None, last
        return span.of(stream.text), last

    def _goes_on(self, first: int, at: int, end: int) -> bool:
        stream = self._stream
        word, kind = stream.words[at], stream.kinds[at]
        if kind in _HEADS or (at == first and word[:1].isupper()):
            return not _is_verb(word) or (at > first and stream.words[at - 1].endswith(_GENITIVES))
        if word == "and" and stream.kinds[at + 1 : at + 2] == ("word",):
            return any(before.endswith(_GENITIVES) for before in stream.words[first:at])
        is_article = word == "the" and stream.words[at - 1] in _FIELDS  # "Institute of the North"
        if at == first or word not in _INNER or not (is_article or stream.words[at - 1][:1].isupper()):
            return False
        ahead = at + 1 + (stream.words[at + 1 : at + 2] == ("the",))
        return ahead < end and stream.kinds[ahead] in _HEADS and stream.words[ahead][0].isupper()


def _is_verb(word: str) -> bool:
    return word[0].islower() and (is_past(word) or word.endswith("ing"))


def closing_comma(tokens: Tokens, at: int, end: int) -> int | None:
    """Return the comma behind a source, what completes it stepped over: "a source here, who asked for calm,"."""
    kinds = tokens.kinds
    if at < end:
        at = _behind_participle(tokens, at + (tokens.words[at] in NEARNESS))
    if at < end and kinds[at] in _COMPLETING:
        at = _next_stop(tokens, at, end)
    if kinds[at : at + 3] == _AGE:
        at += 2
    if at + 1 < end and kinds[at : at + 2] == ("comma", "relative"):
        at = _next_stop(tokens, at + 1, end)
    if at >= end or kinds[at] != "comma":
        return None
    return _behind_apposition(tokens, at, end)


def _behind_participle(tokens: Tokens, at: int) -> int:
    """``results | published by the board``, ``a poll | released last week by it``, ``police | based in Lida``."""
    behind = at + 1
    while tokens.kinds[behind : behind + 1] in (("adverb",), ("time",)):
        behind += 1
    is_participle = tokens.words[at : at + 1] != () and tokens.words[at].endswith("ed")
    return behind if is_participle and tokens.kinds[behind : behind + 1] == ("preposition",) else at


def _next_stop(tokens: Tokens, at: int, end: int) -> int:
    return next((here for here in range(at, min(end, at + _CLOSED)) if tokens.kinds[here] in _CLOSES), end)


def _behind_apposition(tokens: Tokens, comma: int, end: int) -> int:
    """The second comma of ``X, an analyst at Y, CONTENT``; else the first."""
    kinds, words = tokens.kinds, tokens.words
    second = next((at for at in range(comma + 1, min(end, comma + _CLOSED)) if kinds[at] in _CLOSES), end)
    if second + 1 >= end or kinds[second] != "comma" or kinds[second + 1] == "relative":
        return comma
    opens = words[comma + 1] in ("a", "an", "once", "now")
    clause = kinds.index("relative", comma, second) if opens and "relative" in kinds[comma:second] else second
    inner = range(comma + 1, clause)
    is_beside = opens or (kinds[comma + 1] in _DESCRIBING and any(_is_speaker(tokens, at) for at in inner))
    is_verb = (kinds[at] in FINITE or (is_past(words[at]) and at > comma + 2) for at in inner)
    has_verb = any(is_verb) or is_past(words[second + 1])
    return second if is_beside and not has_verb else comma


def _is_speaker(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    return tokens.kinds[at] == "role" or word in SINGLES or word.capitalize() in BODIES
