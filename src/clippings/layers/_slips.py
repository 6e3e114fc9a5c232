"""Slips of the pen: a letter left out, doubled, or swapped with its neighbor, inside a word and not near its end.

A letter changed for another makes too many real words, and an ending is mostly another form of the word.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from importlib import resources
from itertools import groupby
from typing import cast

import msgspec

_ENDING = 2
_LONG = 7  # Shorter ones are surnames too: Thier, Wich.
_DATA = msgspec.yaml.decode(resources.files(__package__).joinpath("slips.yaml").read_bytes())
NO_SLIPS = frozenset(cast(str, _DATA["no_slips"]).split())
TITLES = frozenset(cast(str, _DATA["titles"]).split())


@functools.lru_cache(maxsize=1 << 14)
def of(word: str, ending: int = _ENDING) -> frozenset[str]:
    """Return the slips of a word; so many letters at its end are kept.

    >>> sorted(of("Minsk"))
    ['Miinsk', 'Minnsk', 'Misk', 'Misnk', 'Mnisk', 'Mnsk']
    """
    found: set[str] = set()
    for at in range(1, len(word) - ending):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        found |= {head + tail, head + 2 * letter + tail, head + tail[0] + letter + tail[1:]}
    return frozenset(found - {word})


@functools.lru_cache(maxsize=1 << 14)
def of_name(name: str) -> frozenset[str]:
    """Return the slips of a name; letters may be swapped up to its end, which makes no other form of it.

    >>> sorted(of_name("Lida") - of("Lida"))
    ['Liad']
    """
    late = range(len(name) - _ENDING, len(name) - 1)
    swapped = {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in late}
    return of(name) | frozenset(swapped - {name})


def table(words: Iterable[str], known: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return the word meant by each slip; a slip of two words, or one that is a known word, is none.

    >>> table(["Poland", "Iran"])["Polnad"]
    'Poland'
    """
    pairs = sorted({(slip, word) for word in words for slip in of(word) if slip not in known})
    meant = {slip: [word for _, word in same] for slip, same in groupby(pairs, key=lambda pair: pair[0])}
    return {slip: found[0] for slip, found in meant.items() if len(found) == 1}


@functools.cache
def of_english() -> dict[str, str]:
    """The misprints of common long words, in small letters and with a capital, each with the word meant."""
    words = cast(str, _DATA["words"]).split()
    meant = table(words, frozenset(words) | NO_SLIPS) | dict(cast(dict[str, str], _DATA["misprints"]))
    capitals = {slip.capitalize(): word.capitalize() for slip, word in meant.items() if len(slip) >= _LONG}
    return {**capitals, **meant}
