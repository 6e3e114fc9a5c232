"""What the files of a codebook hold, and the limits of each value."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

KINDS = (
    *("alliance", "country", "government_body", "media", "organization", "person", "place", "region"),
    *("think_tank", "treaty", "weapon"),
)
VERSION = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
THEME_ID = re.compile(r"[a-z][a-z0-9_]*")
COUNTRY = re.compile(r"[A-Z]{2}")
WIKIDATA = re.compile(r"Q[1-9]\d*")


class Actor(msgspec.Struct, frozen=True):
    """An entity of the gazetteer; lists are in the order of the file.

    ``short`` is its id in annotations, ``kind`` one of ``KINDS``, ``country`` an ISO 3166-1 code. ``exact`` asks for
    the capitals of the form; ``ambiguous`` are forms that alone do not decide; ``offices`` are (office, from, to).
    ``gender`` is ``female`` or ``male``, of persons alone.
    """

    short: str
    canonical: str
    kind: str
    country: str | None = None
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    exact: bool = False
    ambiguous: frozenset[str] = frozenset()
    offices: tuple[tuple[str, str, str], ...] = ()
    wikidata: str | None = None
    gender: str | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form: names, demonyms, capitals and surnames."""
        return (*self.names, *self.demonyms, *self.capitals, *self.surnames)


class Indicator(msgspec.Struct, frozen=True, rename={"with_": "with", "and_": "and"}, forbid_unknown_fields=True):
    """Terms that show a theme, with the company they need in the same sentence.

    One of ``with`` where given, one of each group of ``and``, and none of ``without``; of each group of ``page`` one
    anywhere on the page. A sentence with a ``passing`` indicator alone counts a half, however many words show it.
    """

    terms: tuple[str, ...]
    with_: tuple[str, ...] = ()
    and_: tuple[tuple[str, ...], ...] = ()
    page: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    passing: bool = False

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups of terms each of which must be named beside one of ``terms``."""
        return (self.with_, *self.and_) if self.with_ else self.and_

    @property
    def named(self) -> tuple[str, ...]:
        """Every term the indicator asks about."""
        groups = (*self.groups, *self.page)
        return (*self.terms, *(term for group in groups for term in group), *self.without)


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A theme: what it is, what counts and what does not, its indicators, and examples that are tested.

    A term among ``epithets`` counts only where the sentence states it, not where it describes a name in passing, as in
    "Belarus, an ally of Russia, sells tractors".
    """

    id: str
    label: str
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    epithets: tuple[str, ...] = ()


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb that reports speech, with all its forms and its frame: what may follow it."""

    forms: tuple[str, ...]
    frame: Literal["say", "tell", "call", "think"]


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tie a quotation to its source."""

    verbs: tuple[Verb, ...] = ()
    phrases: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class Confusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A real word printed in place of another, between the words given (an empty list asks nothing)."""

    printed: str
    expected: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the words around a form decide; ``contexts.yaml`` says in which order."""

    form: str
    id: str | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    default: bool = False
    one_sense: bool = False


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``codebook.yaml``: what the codebook is called, and pairs of spellings that are one word."""

    name: str
    version: str
    title: str
    description: str = ""
    spellings: dict[str, str] = {}


class Content(msgspec.Struct, frozen=True):
    """All that a codebook, or an extension of one, says."""

    head: Head | None = None
    themes: tuple[Theme, ...] = ()
    actors: tuple[Actor, ...] = ()
    cues: Cues = Cues()
    confusions: tuple[Confusion, ...] = ()
    contexts: tuple[Context, ...] = ()
