"""The words by which a text calls a person: roles and titles, ranks in full, and kinds of roles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib import resources
from itertools import pairwise

import msgspec

from clippings.layers.quotes.roles import Person
from clippings.text.grammar_words import RANKS

_LISTS = msgspec.yaml.decode(
    resources.files(__package__).joinpath("posts.yaml").read_bytes(), type=dict[str, dict[str, list[str]]]
)
_SHORT: Mapping[str, list[str]] = _LISTS["short"]
KINDS: Mapping[str, list[str]] = _LISTS["kinds"]
_TIE = re.compile(r" (?:of|for|to|at|in) ")
_CIVIL = re.compile(
    r"\b(?:attorney|auditor|consul|director|governor|inspector|secretary|solicitor)[ -]gen", re.IGNORECASE
)
LESSER = frozenset(["acting", "assistant", "deputy", "ex", "former", "vice"])
_OF = frozenset(["parliament", "party"])


def words_of(*told: str | None) -> set[str]:
    """Return the words of some roles in small letters, and those of shortened ranks in full.

    >>> sorted(words_of("Lt. Gen.", None))
    ['gen.', 'general', 'lt.']
    """
    words = " ".join(filter(None, told)).lower().split()
    return {*words, *_in_full(words)}


def _in_full(words: Iterable[str]) -> Iterator[str]:
    """Yield the ranks that shortened ones are; of "Lt. Gen." the last alone."""
    for word, behind in pairwise([*words, ""]):
        if behind.rstrip(".") not in _SHORT:
            yield from _SHORT.get(word.rstrip("."), ())


def is_civil(person: Person) -> bool:
    """Tell whether "general" only ends the title of a person: "Attorney General".

    >>> is_civil(Person("Ivan Zhuk", role="Attorney Gen.")), is_civil(Person("Ivan Zhuk", role="Gen."))
    (True, False)
    """
    return any(_CIVIL.search(role) for role in (person.role, *person.titles) if role)


def said_of(person: Person) -> set[str]:
    """Return the words of a person's roles and affiliation."""
    return words_of(person.role, *person.titles, person.affiliation)


def heads_of(person: Person) -> set[str]:
    """Return what each role of a person is, a parliament that it is of, and a party that he or she belongs to.

    >>> sorted(heads_of(Person("Ivan Zhuk", role="deputy chairman", affiliation="Lida Party")))
    ['chairman', 'party']
    """
    told = [role for role in (person.role, *person.titles) if role]
    heads = {head for role in told for head in words_of(_TIE.split(role)[0].rpartition(" ")[2])}
    tied = {word for role in told for word in role.lower().split()} | {
        (person.affiliation or "").lower().split(" ")[-1]
    }
    return heads | (tied & _OF)


def is_lesser(person: Person, key: Collection[str], head: str) -> bool:
    """``Deputy Minister Orlov`` is no minister; a deputy chief who is a general is one."""
    told = words_of(person.role, person.affiliation)
    lesser = LESSER if head in told else LESSER - {"former"}
    return head not in RANKS and not lesser.isdisjoint(told.difference(key))
