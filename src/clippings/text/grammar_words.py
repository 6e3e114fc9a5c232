"""Closed classes of English words, from ``grammar_words.yaml``: the grammar that no codebook needs to change."""

from __future__ import annotations

from importlib import resources
from typing import Literal, get_args

import msgspec

Closed = Literal[
    "determiner", "preposition", "adverb", "auxiliary", "conjunction", "relative", "time", "pronoun", "contraction"
]
Kind = Literal[Closed, "cap", "comma", "cue", "mark", "name", "number", "participle", "quote", "role", "title", "word"]

_DATA = msgspec.yaml.decode(
    resources.files(__package__).joinpath("grammar_words.yaml").read_bytes(), type=dict[str, list[str]]
)

_DATA["contraction"] = [
    f"{word}{mark}{verb}" for word in _DATA["contracted"] for mark in "'’" for verb in _DATA["contracted with"]
]


def _words(name: str) -> frozenset[str]:
    return frozenset(_DATA[name])


KINDS: dict[str, Kind] = {word: name for name in get_args(Closed) for word in _DATA[name]}
ABBREVIATIONS = _words("abbreviations")
COURTESY = _words("courtesy")
IN_LY = _words("nouns in -ly")
NAMES_IN_LY = _words("names in -ly")
JOINED = _words("joined")
LEADING = _words("leading")
SUFFIXES = _words("suffixes")
NOUNS = _words("nouns")
SPOKEN = _words("spoken")
BODIES = _words("bodies")
MEMBERS = _words("members")
MALE = _words("male")
FEMALE = _words("female")
GENERIC = _words("generic")
RANKS = _words("ranks")
RULED_BY = _words("ruled by")
RULERS = _words("rulers")
MEASURES = _words("measures")
OUTLETS = _words("outlets")
GESTURES = _words("gestures")
MOODS = _words("moods")
DEMONYMS = _words("demonyms")
DESCRIBING = _words("describing")
SMALL = _words("small")
PASTS = _words("pasts")
OWN_PASTS = _words("own pasts")
NAMED = _words("named")
NAMING = _words("naming")
QUALITIES = _words("qualities")
QUANTIFIERS = _words("quantifiers")
MODALS = _words("modals")
LABELS = _words("labels")
LEADS = _words("leads")
LAPSES = _words("lapses")
OFFICES = _words("offices")
ONLOOKERS = _words("onlookers")
OPENERS = _words("openers")
PLURALS = _words("plurals")
OWNERS = _words("owners")
PERSONS = _words("persons")
SUPPOSING = _words("supposing")
PARTICLES = _words("particles")
LINKS = PARTICLES | {"&"}
WORD_NAMES = _words("word names")
ROLE_NAMES = _words("role names")
PORTFOLIOS = _words("portfolios")
DIVISIONS, SITES = _words("divisions"), _words("sites")
TRADES = _words("trades")
SINGLES = _words("singles") | TRADES
PERSONAL = ("ist", "woman", "person", "holder", "naut", "grapher")
"""Endings of words for what somebody is, but of few first names."""
GIVING = _words("giving")
