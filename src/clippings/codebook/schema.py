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

    Attributes:
        short: its id in annotations, such as ``BY`` or ``NATO``.
        canonical: its full name.
        kind: ``alliance``, ``country``, ``government_body``, ``media``, ``organization``, ``person``, ``place``,
            ``region``, ``think_tank``, ``treaty`` or ``weapon``.
        country: the ISO 3166-1 alpha-2 code of its state; None if it has none.
        names: the forms of its name.
        demonyms: the forms for its people, and its adjectives.
        capitals: the forms for its capital or seat.
        surnames: the forms of a person's surname.
        exact: whether a form is found only in the capitals in which it is written here.
        ambiguous: the forms that also mean something else; the words around them decide.
        offices: of a person, each with the office, its first day and its last day (ISO 8601, empty if open).
        wikidata: the id of its item in Wikidata.
        gender: ``female`` or ``male``, of a person.

    >>> Actor("BY", "Belarus", "country", "BY", names=("Belarus",), demonyms=("Belarusian",)).forms
    ('Belarus', 'Belarusian')
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
        """The written forms, which are names, demonyms, capitals and surnames."""
        return (*self.names, *self.demonyms, *self.capitals, *self.surnames)


class Indicator(msgspec.Struct, frozen=True, rename={"with_": "with", "and_": "and"}, forbid_unknown_fields=True):
    """Terms that show a theme, and what else must or must not be in the sentence.

    A term is a word, a phrase, or ``@`` with the id of an actor, which any mention of that actor meets.

    Attributes:
        terms: the sentence must have one of these.
        with_: (``with`` in the file) and one of these, if any are given.
        and_: (``and`` in the file) and one of each of these groups.
        page: one of each of these groups must be anywhere on the page.
        without: the sentence must have none of these.
        passing: whether a sentence that shows the theme by this indicator alone weighs only a half.

    >>> Indicator(("radar", "interceptors"), with_=("@PL", "@CZ"), without=("weather radar",)).named
    ('radar', 'interceptors', '@PL', '@CZ', 'weather radar')
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

    Attributes:
        id: its name in annotations, in small letters.
        label: its name for readers.
        definition: what it is, in a sentence.
        include: what counts, for a coder.
        exclude: what does not count.
        indicators: by which the library finds it.
        positive: sentences that show it; ``clippings codebook check`` fails if one is not found.
        negative: sentences that do not.
        epithets: terms that count only if the sentence states them, not if they describe a name in passing, as in
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
    """A verb that reports speech, with all its forms.

    ``frame`` is what may follow it: ``say`` a quotation or a clause ("said that"), ``tell`` an addressee first ("told
    reporters"), ``call`` a quotation that names or judges ("called it ..."), ``think`` a thought ("hopes that ...").

    >>> Verb(("quip", "quips", "quipped", "quipping"), "say").frame
    'say'
    """

    forms: tuple[str, ...]
    frame: Literal["say", "tell", "call", "think"]


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tie a quotation to its source.

    Attributes:
        verbs: that report speech.
        phrases: that name a source without a verb, such as "according to"; the source follows.
        pronouns: that can stand for a speaker.
        roles: nouns for people who speak, such as "spokesman".
    """

    verbs: tuple[Verb, ...] = ()
    phrases: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class Confusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A real word that is a misprint for another between certain words, as in "Russia and Belarus week allies".

    Attributes:
        printed: the word on the page.
        expected: the word that was meant.
        before: words of which one must stand right before it; empty for any.
        after: words of which one must stand right after it; empty for any.
    """

    printed: str
    expected: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the words around an ambiguous form decide, tried in the order of the attributes.

    Words in small letters match in any capitals. ``<Name>`` stands for any word with a capital.

    Attributes:
        form: the written form, or a kind of form such as ``<capital>``.
        id: the actor that the form means here; None for a kind of form.
        before: words that settle it when they stand right before the form.
        after: words that settle it when they stand right after.
        not_before: words right before that rule the actor out.
        not_after: words right after that rule it out.
        needs: actors or words, one of which must be somewhere in the text.
        default: what holds if nothing above decides.
        one_sense: whether a form that is ruled out once on a page is ruled out everywhere on it, unless one of
            ``needs`` is there.
    """

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
