"""Full names: their parts, what stands around them, and what their spellings share."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence
from itertools import chain

import msgspec

from clippings.text.grammar_words import (
    BODIES,
    DEMONYMS,
    DESCRIBING,
    KINDS,
    MEMBERS,
    PARTICLES,
    PERSONAL,
    PORTFOLIOS,
    RANKS,
    ROLE_NAMES,
    SINGLES,
    TRADES,
)
from clippings.text.lexicon import Lexicon
from clippings.text.phrases import GENITIVES

_OWNER = re.compile(r".*(?:['’]s|s['’])\s+(?=\S)", re.DOTALL)
_VOWELS = str.maketrans("", "", "aeiouyj'’-")
_DOUBLED = re.compile(r"(.)\1+")
_CAPITALS = frozenset({"name", "cap"})
_TITULAR = BODIES | MEMBERS | PORTFOLIOS
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_PLAIN_WORD = re.compile(rf"[{_LATIN}]+(?:['’-][{_LATIN}]+)*")
_WORD_PARTS = re.compile("['’-]")
_LETTER = re.compile(r"[A-Z]\.?")
_NICKNAME = re.compile(r"\s*(?:[\"“”„«»].*?[\"“”«»]|``.*?''|[‘'][^‘’']+[’']|\([^()]*\))(?=\s)")
_OPENS_NICKNAME = frozenset("\"“”„«»`‘'(")
TRADED = ("ician", "keeper", "maker", "monger", "nomer", "ographer", "ologist", "smith", "worker", "writer")
"""Endings of words for who does some work, whatever it is."""
_DOING = ("er", "or", "ess")
_GIVEN = frozenset(["christian", "guy", "prince", "princess"])
PARTS = range(2, 7)  # A full name has so many words, particles left out.
_REMEMBERED = 16_384


def bare(words: str) -> str:
    """Return a name without the ending of a genitive.

    >>> bare("Petrova's"), bare("Mills'"), bare("Mills")
    ('Petrova', 'Mills', 'Mills')
    """
    if not words.endswith(GENITIVES):
        return words
    return words[:-2] if words[-1] == "s" else words[:-1]


def owned(words: str) -> int:
    """Return how many characters of words an owner in front takes: "Poland's " of "Poland's Radek Rudnik".

    >>> owned("Poland's Radek Rudnik"), owned("Radek Rudnik"), owned("Petrova's")
    (9, 0, 0)
    """
    found = _OWNER.match(words) if "'" in words or "’" in words else None
    return found.end() if found else 0


def is_plain(name: str) -> bool:
    """Tell whether a name is a first name and a surname, initials and particles between.

    >>> is_plain("Anna M. Petrova"), is_plain("Lida Report Helped")
    (True, False)
    """
    return not any(word[0].isupper() and word[1:] != "." for word in name.split()[1:-1])


class FullName(msgspec.Struct, frozen=True, gc=False):
    """A name of two words or more: how it is written, its parts, and what its spellings share.

    ``surname`` is the last word, ``family`` the surname with its particles ("de Hoop Scheffer").
    """

    name: str
    first: str
    surname: str
    family: str
    alike: tuple[str, ...]


@functools.lru_cache(maxsize=_REMEMBERED)
def full_name(lexicon: Lexicon, words: str) -> FullName | None:
    """Return the full name that words are, None where they are none; a nickname in marks is left out."""
    if not _OPENS_NICKNAME.isdisjoint(words):
        words = _NICKNAME.sub("", words)
    name = _untitled(lexicon, bare(" ".join(words.split())))
    parts = [part for part in name.split() if part not in PARTICLES]
    if len(parts) not in PARTS or not all(map(_is_capital, parts)):
        return None
    if not all(lexicon.kind(part) in _CAPITALS or _is_named(part) for part in (parts[0], parts[-1])):
        return None
    first, family, suffix = _divided(name)
    if not first:
        return None
    surname = family.split()[-1]
    kept = name.removesuffix(suffix).rstrip(" ,") if suffix else name
    return FullName(name, first.split()[0], surname, family, skeleton(kept))


def _divided(name: str) -> tuple[str, str, str]:
    """The first name, the surname with its particles, and the suffix; the first name is empty where none is left."""
    parts = name.split()
    if _needs_no_parser(parts):
        return parts[0], parts[-1], ""
    from nameparser import HumanName

    parsed = HumanName(name)
    family, first, suffix = parsed.last, parsed.first, parsed.suffix
    if not family or not first or parsed.title:
        *given, family = [part for part in parts if part not in suffix.split(", ")]
        first = given[0] if given else ""
    return first, family, suffix


def _needs_no_parser(parts: Sequence[str]) -> bool:
    """Tell whether a name is only words that mean nothing to the parser, which takes half a millisecond a name.

    A letter between them is an initial, unless all is in capitals; of two words the second alone decides.
    """
    if len(parts) == PARTS.start and "," not in parts[0]:
        return _is_plain_word(parts[1])
    words = [parts[0], *(part for part in parts[1:-1] if not _LETTER.fullmatch(part)), parts[-1]]
    return all(map(_is_plain_word, words)) and not (len(words) < len(parts) and all(map(str.isupper, words)))


@functools.lru_cache(maxsize=_REMEMBERED)
def _is_plain_word(word: str) -> bool:
    """Tell whether a word is none of the parser's, nor is a part of it."""
    if not _PLAIN_WORD.fullmatch(word) or not word[0].isupper() or len(word) == 1:
        return False
    lowered = word.lower()
    return _parsers_words().isdisjoint([lowered, *_WORD_PARTS.split(lowered)])


@functools.cache
def _parsers_words() -> frozenset[str]:
    """The particles, suffixes and other words that the parser knows, in small letters; titles change no other word."""
    from nameparser import Lexicon

    known = Lexicon.default()
    lists = [getattr(known, field.name) for field in dataclasses.fields(known) if field.name != "titles"]
    entries = chain.from_iterable(found for found in lists if isinstance(found, frozenset))
    return frozenset(word for entry in entries for word in entry.split())


def _untitled(lexicon: Lexicon, name: str) -> str:
    """Cut a trade, and a longer title up to its last word that no name has: "Supreme Court Justice" of a judge."""
    words = name.split()
    titles = (at for at in range(1, len(words) - 1) if _is_titular(lexicon, words[at - 1]) and words[at][1:] != ".")
    begin = 0 if words[-1] in BODIES else max(titles, default=0)
    is_long = len(words) > PARTS.start and words[1][1:] != "."
    if is_long and (words[0].lower() in _describing() or words[0].endswith(PERSONAL)):
        begin = max(begin, 1)
    while len(words) - begin > PARTS.start and words[begin].lower() in _honorifics():
        begin += 1
    return " ".join(words[begin:])


def _is_titular(lexicon: Lexicon, word: str) -> bool:
    return word.endswith(TRADED) or word.lower() in _titles() or lexicon.kind(word) == "role" or word in _TITULAR


@functools.cache
def _titles() -> frozenset[str]:
    """Titles that end what stands in front of a name; "Sheikh" and "Prince" may be parts of one as well."""
    from nameparser.config.titles import TITLES

    working = frozenset(word for word in SINGLES if word.endswith(_DOING))
    return (working | TRADES | RANKS | {word.lower() for word in DEMONYMS} | (TITLES - DESCRIBING)) - _honorifics()


@functools.cache
def _describing() -> frozenset[str]:
    """What somebody is, in front of a name in full: "Refugee"; none of a first name or a title that may be kept."""
    return SINGLES - DESCRIBING - _honorifics() - _GIVEN


@functools.cache
def _honorifics() -> frozenset[str]:
    """Titles in front of first names: "Father", "Sheikh"."""
    from nameparser.config.titles import GIVEN_NAME_TITLES

    return frozenset(GIVEN_NAME_TITLES)


def _is_capital(part: str) -> bool:
    return part[0].isupper() or part[0].isdigit() or (part[2:3] == "-" and part[3:4].isupper())


def _is_named(part: str) -> bool:
    """June Petrova, Theresa May, Hamid al-Zubaydi: words of other kinds that the sentence made names of."""
    if part in ROLE_NAMES or part[2:3] == "-":
        return True
    return part[0].isupper() and KINDS.get(part.lower()) in ("time", "auxiliary")


@functools.lru_cache(maxsize=_REMEMBERED)
def skeleton(name: str) -> tuple[str, ...]:
    """Return what spellings of one name share: the consonants of each part, the surname's vowels folded.

    >>> skeleton("Aleksandr Kazhura") == skeleton("Alexander Kazhura") == skeleton("Alyaksandr Kazhura")
    True
    >>> skeleton("Anna Petrova") == skeleton("Olga Petrova")
    False
    """
    *given, surname = name.lower().replace("x", "ks").replace("ph", "f").replace("ck", "k").split()
    first = tuple(part[:1] + _DOUBLED.sub(r"\1", part[1:].translate(_VOWELS)) for part in given if len(part) > 2)
    return (*first, _DOUBLED.sub(r"\1", surname.replace("y", "i").replace("j", "i")))
