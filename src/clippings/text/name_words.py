"""Names in words that are also others: particles, months and verbs, a nickname in marks, what follows a long title.

Only the kinds of words change: a word that is part of a name here is a ``name``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, MutableSequence, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from clippings.text.grammar_words import (
    BODIES,
    DIVISIONS,
    KINDS,
    PARTICLES,
    PASTS,
    PORTFOLIOS,
    ROLE_NAMES,
    SITES,
    WORD_NAMES,
    Kind,
)

if TYPE_CHECKING:
    from clippings.evidence import Mention
    from clippings.model import Span

_CAPITALS = frozenset({"name", "cap"})
_TITLES = frozenset({"title", "role"})
_LEADS = _CAPITALS | _TITLES
_OPENS = frozenset({"comma", "quote", "mark", "conjunction"})
_CLOSES = _OPENS | {"cue", "auxiliary", "preposition", "adverb", "word", "relative", "title"}
_IN_TITLE = frozenset(["and", "the", "of", "for", "on"])
_IN_SMALL_TITLE = _CAPITALS | {"word", "determiner"}
INNER = frozenset(["Across", "Against", "Behind", "Between", "Beyond", "Under", "Without"])
"""Prepositions that names of bodies have inside: ``Nurses Without Borders``."""
_SPECIAL = PARTICLES | WORD_NAMES | ROLE_NAMES | INNER | {"(", "state"}


def is_special(word: str) -> bool:
    """Tell whether a word may be part of a name though its kind is another."""
    return word in _SPECIAL or word[2:3] == "-"


_SENT = frozenset(["ambassador", "consul", "envoy", "representative"])
_LOCAL = frozenset(["archbishop", "bishop", "governor", "mayor", "prefect", "sheriff"])
_COMPOUND = frozenset(
    ["Costa", "Czech", "El", "European", "Great", "New", "North", "San", "Saudi", "South", "Sri", "United"]
)
_ALSO_PRESENT = frozenset(["found", "put", "quit", "split"])
_DATING = frozenset(["early", "in", "last", "late", "next", "since", "this", "until"])
_FINITE = ("ed", "s", "said", "told", "wrote", "spoke")
_NICKNAME = 3
_OFFICE = 3
_TITLE = 16
_FIELD = 5  # Words behind a comma in which "and" joins the last field.
_LONG = 7
_PLACES = frozenset(["City", "County", "District", "Island", "Islands", "Republic", "States"])
_FIELDS = ("ing", "tion", "logy", "ment", "ture", "ways")
_NAMED = 2  # Words of a name behind a title, from which on "and" joins somebody else.


def mark(
    text: str,
    words: MutableSequence[str],
    kinds: MutableSequence[Kind],
    starts: Sequence[int],
    quoted: Iterable[tuple[int, Span, Span]],
    mentions: Iterable[Mention],
    special: Iterable[int],
) -> None:
    """Make names of the words that are part of one.

    ``quoted`` are the words that are quotations, each with its span and that inside its marks; ``special`` are the
    words that ``is_special`` takes.
    """
    others = {mention.end for mention in mentions if mention.kind != "person"}
    surnames: set[str] = set()
    for at, run, inside in quoted:
        if _is_nickname(text, words, kinds, starts, at, run, inside) and run.start - 1 not in others:
            words[at], kinds[at] = run.of(text), "name"
    for at in special:
        if words[at][2:3] == "-":
            if at and kinds[at - 1] in _LEADS and kinds[at] == "word" and words[at][3:4].isupper():
                kinds[at] = "name"
        elif words[at] == "(":
            is_round = 0 < at < len(words) - 3 and words[at + 2] == ")" and starts[at] - 1 not in others
            if is_round and kinds[at - 1] == kinds[at + 1] == kinds[at + 3] == "name" and words[at + 1].isalpha():
                kinds[at] = kinds[at + 2] = "name"
        elif words[at] == "state":
            if [*kinds[at + 1 : at + 2]] == ["title"]:
                kinds[at] = "title"
        elif words[at] in INNER:
            if at and kinds[at - 1] in _LEADS and [*kinds[at + 1 : at + 2]] == ["name"]:
                kinds[at - 1] = kinds[at] = "name"
        elif words[at] in ROLE_NAMES:
            is_led = at > 0 and starts[at - 1] + len(words[at - 1]) not in others
            if (words[at] in surnames or is_led) and _is_surname(words, kinds, at, surnames):
                kinds[at] = "name"
                surnames.add(words[at])
        elif words[at] in PARTICLES:
            if at and kinds[at - 1] in _LEADS and _is_led_to_name(words, kinds, at):
                kinds[at] = "name"
        elif _is_name(words, kinds, at):
            kinds[at] = "name"
        elif _is_month(words, kinds, at):
            kinds[at] = "time"


def _is_nickname(
    text: str, words: Sequence[str], kinds: Sequence[str], starts: Sequence[int], at: int, run: Span, inside: Span
) -> bool:
    """``Pavel "The Bear" Rudnik``: a few capitals in marks between two names."""
    if not 0 < at < len(kinds) - 1 or kinds[at - 1] != "name" or kinds[at + 1] != "name":
        return False
    inner = inside.of(text).split()
    is_between = run.start - 1 == starts[at - 1] + len(words[at - 1]) and run.end + 1 == starts[at + 1]
    if inner[:1] == ["the"]:
        inner = inner[1:]
    return is_between and 0 < len(inner) <= _NICKNAME and all(word[0].isupper() and word.isalpha() for word in inner)


def _is_surname(words: Sequence[str], kinds: Sequence[str], at: int, known: Collection[str]) -> bool:
    """``Steve King``, and ``King`` from there on; not ``the Neman King``, ``King Abdullah``."""
    if [*kinds[at + 1 : at + 2]] == ["name"] or [*kinds[max(0, at - 1) : at]] == ["determiner"]:
        return False
    is_full = kinds[at - 1] == "name" and words[at - 1] not in BODIES
    return words[at] in known or (is_full and [*kinds[max(0, at - 2) : at - 1]] != ["determiner"])


def _is_led_to_name(words: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    while at < len(words) and words[at] in PARTICLES:
        at += 1
    return at < len(words) and kinds[at] == "name"


def _is_name(words: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    """``said June Petrova``, ``Theresa May``, ``May said``; not ``in June``, ``May 5``, ``last May``."""
    before = kinds[at - 1] if at else "mark"
    after = at + 1
    while after < len(words) and kinds[after] == "name":
        after += 1
    follows = kinds[after] if after < len(words) else "mark"
    if follows == "number" or [*words[at + 1 : at + 2]] == ["Day"]:
        return False
    if after == at + 1:
        is_surname = before in _LEADS and follows in _CLOSES and KINDS[words[at].lower()] == "auxiliary"
        return is_surname or (before in _OPENS and follows == "cue")
    is_verb = KINDS[words[at].lower()] == "auxiliary"
    if is_verb and before in _OPENS and follows == "cue" and not words[after].endswith(_FINITE):
        return False  # "Will Poland say so?"
    if before == "name":
        return follows in ("cue", "comma")
    if [*words[after : after + 1]] == ["and"]:
        after += 1
        while after < len(words) and kinds[after] == "name":
            after += 1
    verb = words[after] if after < len(words) else ""
    has_verb = (
        verb.endswith("ed")
        or (not is_verb and follows == "auxiliary")
        or (verb in PASTS and not (is_verb and verb in _ALSO_PRESENT))
    )
    if kinds[at] == "preposition":
        return before not in _OPENS or follows == "cue" or has_verb  # "coach Per Holm"
    return before in (*_TITLES, "cue") or (before in _OPENS and (follows in ("cue", "comma") or has_verb))


def _is_month(words: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    """``in May``, ``last May``, ``May 5``; not ``May the road ...?``."""
    if words[at] != "May":
        return False
    return "number" in kinds[max(0, at - 1) : at + 2] or words[max(0, at - 1)].lower() in _DATING


def _behind_office(words: Sequence[str], kinds: Sequence[str], at: int) -> Iterator[int]:
    """The first word of the name in ``chief of police Anna Petrova``; ``at`` is the "of"."""
    at += 1 + ([*words[at + 1 : at + 2]] == ["the"])
    end = at
    while end < min(len(words), at + _OFFICE) and kinds[end] == "word":
        end += 1
    is_office = words[end - 1].capitalize() in PORTFOLIOS
    if is_office and [*kinds[end : end + 1]] == ["name"]:
        yield end


def behind_titles(words: Sequence[str], kinds: Sequence[str]) -> Iterator[int]:
    """Yield the first words of names behind a long title: ``Minister of Trade and Communications | Anna Petrova``."""
    for at in compress(range(len(kinds)), map("role".__eq__, kinds)):
        tie = words[at + 1] if at + 1 < len(words) else ""
        if tie == "of":
            yield from _behind_office(words, kinds, at + 1)
            yield from _behind_named_body(words, kinds, at)
        if tie in ("to", "in") and words[at].lower() in _SENT:
            place = at + 2 + ([*words[at + 2 : at + 3]] == ["the"])
            name = place + 1 + (place < len(words) and words[place] in _COMPOUND)
            if set(kinds[place:name]) <= _CAPITALS and [*kinds[name : name + 1]] == ["name"]:
                yield name
        if tie == "of" and words[at].lower() in _LOCAL:
            name = at + 3 + (words[min(at + 2, len(words) - 1)] in _COMPOUND)
            if [*kinds[name - 1 : name + 3]][:3] == ["name"] * 3 and [*kinds[name + 2 : name + 3]] != ["name"]:
                yield name
        if tie in ("of", "for"):
            yield from _behind_portfolio(words, kinds, at)
            yield from _behind_small_title(words, kinds, at)


def _behind_named_body(words: Sequence[str], kinds: Sequence[str], role: int) -> Iterator[int]:
    """The first word of the name in ``said deputy of Neman Ivan Zhuk``: without an article a role needs a name."""
    begin = end = role + 2
    if kinds[role - 1] == "determiner" or words[role].endswith("s"):
        return
    while end < len(kinds) and kinds[end] == "name":
        end += 1
    apposed = next((at for at in range(end + 1, len(kinds)) if kinds[at] != "name"), end + 1)
    is_apposed = end + 1 < apposed and kinds[end] == "comma" and kinds[apposed] in ("comma", "cue", "mark")
    has_name = end - begin > _NAMED and not {*words[begin:end]} & (BODIES | PORTFOLIOS | _PLACES)
    if has_name and not is_apposed and all(word[:1].isupper() for word in words[begin:end]):
        yield end - _NAMED


def _behind_portfolio(words: Sequence[str], kinds: Sequence[str], role: int) -> Iterator[int]:
    """The first word of the name behind what a role is of, in capitals; of a minister's field none need be listed."""
    end, begin = role + 2, role + 2
    offices: list[int] = []
    is_joined = has_office = False
    while end < min(len(words), role + _TITLE) and (kinds[end] in _LEADS or _is_in_title(words, kinds, end)):
        if _is_portfolio(words[end]):
            offices.append(end)
        elif kinds[end] not in _LEADS:
            if offices and end - offices[-1] > _NAMED:
                break
            has_office = has_office or bool(offices) or words[end] == ","
            is_joined = has_office and words[end] == "and" and [*kinds[end + 1 : end + 2]] == ["name"]
            offices, begin = [], end + 1
        end += 1
    if words[end - 1] in BODIES:
        return
    office = next((at for at in reversed(offices) if end - at > _NAMED), None)
    if office is None and (is_joined or words[role].lower() == "minister") and end - begin > _NAMED:
        office = end - _NAMED - 1
    name = over_titles(kinds, office + 1) if office is not None else end
    if office is not None and name < end and set(kinds[name:end]) == {"name"}:
        yield office + 1


def _behind_small_title(words: Sequence[str], kinds: Sequence[str], role: int) -> Iterator[int]:
    """The first word of the name in ``head of the Lida district administration Ivan Zhuk``.

    A noun that stands in front of names of its own kind, as "company" does, leaves it open whose name follows.
    """
    at = role + 2
    while at < min(len(words) - _NAMED, role + _TITLE) and (kinds[at] in _IN_SMALL_TITLE or words[at] in _IN_TITLE):
        end = at + 1 + _NAMED
        is_named = [*kinds[at + 1 : end]] == ["name"] * _NAMED and [*kinds[end : end + 1]] != ["name"]
        if is_named and _heads_title(words, kinds, at) and words[end - 1] not in BODIES:
            yield at + 1
        at += 1


def _heads_title(words: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    """``administration``, ``Lida district``: what somebody is head of, and no name behind is its own."""
    word = words[at]
    return word in DIVISIONS or (word in SITES and kinds[at - 1] in _CAPITALS)


def _is_in_title(words: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    """Tell whether a small word goes on a title: "and"; a comma between two fields."""
    if words[at] != ",":
        return words[at] in _IN_TITLE
    return words[at - 1][0].isupper() and [*kinds[at + 1 : at + 2]] == ["name"] and "and" in words[at + 2 : at + _FIELD]


def _is_portfolio(word: str) -> bool:
    return word in PORTFOLIOS or word in BODIES or (len(word) > _LONG and word[0].isupper() and word.endswith(_FIELDS))


def over_titles(kinds: Sequence[str], at: int) -> int:
    """Return the first word from ``at`` on that is no title: the name of "Major-General Ivan Zhuk"."""
    while at < len(kinds) and kinds[at] in _TITLES:
        at += 1
    return at
