"""Codebooks: the written rules of a coding, as data files with a name, a version and a hash.

A codebook is a folder: ``codebook.yaml`` (name, version, spellings), ``themes.yaml``, ``actors.csv`` (gazetteer),
``cues.yaml`` (verbs that report speech) and ``confusions.yaml`` (words printed one for another).
"""

from __future__ import annotations

import csv
import difflib
import functools
import hashlib
import io
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from clippings.matching import Form, Hit, Matcher
from clippings.model import CodebookRef

T = TypeVar("T")
FILES = ("codebook.yaml", "themes.yaml", "actors.csv", "cues.yaml", "confusions.yaml")


class CodebookError(ValueError):
    """A codebook that can not be used; the message says which file, what is wrong, and what would be right."""


class Actor(msgspec.Struct, frozen=True):
    """An entity of the gazetteer; lists are in the order of the file."""

    short: str
    canonical: str
    kind: str
    country: str | None
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    surnames: tuple[str, ...]
    exact: bool
    ambiguous: frozenset[str]
    offices: tuple[tuple[str, str, str], ...]
    wikidata: str | None


class Indicator(msgspec.Struct, frozen=True, rename={"with_": "with"}, forbid_unknown_fields=True):
    """Terms that show a theme; where ``with`` is given, one of its terms must stand in the same sentence."""

    terms: tuple[str, ...]
    with_: tuple[str, ...] = ()


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A theme: what it is, what counts and what does not, its indicators, and examples that are tested."""

    id: str
    label: str
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    positive: tuple[str, ...]
    negative: tuple[str, ...]


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb that reports speech, with all its forms and its frame (``say``, ``tell`` or ``call``)."""

    forms: tuple[str, ...]
    frame: str


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tie a quotation to its source."""

    verbs: tuple[Verb, ...]
    phrases: tuple[str, ...]
    pronouns: tuple[str, ...]
    roles: tuple[str, ...]


class Confusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A real word printed in place of another, between the words given (an empty list asks nothing)."""

    printed: str
    expected: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    version: str
    title: str
    description: str
    spellings: dict[str, str]


class Codebook:
    """A loaded codebook.

    Attributes:
        ref: name, version and hash, which every result records.
        themes: the themes, in order of the file.
        actors: the gazetteer.
        cues: verbs and phrases that report speech.
        confusions: words printed one for another.

    >>> Codebook.load("security").ref.name
    'security'
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        head = _read(files, "codebook.yaml", _Head)
        self.title, self.description = head.title, head.description
        self.themes = _read(files, "themes.yaml", tuple[Theme, ...])
        self.cues = _read(files, "cues.yaml", Cues)
        self.confusions = _read(files, "confusions.yaml", tuple[Confusion, ...])
        self.actors = _actors(files["actors.csv"])
        self._spellings = head.spellings
        self.ref = CodebookRef(head.name, head.version, _digest(files))

    @staticmethod
    def load(name_or_path: str | Path = "security") -> Codebook:
        """Load a codebook by its name, or from a folder of one's own.

        Raises:
            CodebookError: no such codebook, a file is missing, or a value in it does not fit.
        """
        return _built(_files(str(name_or_path)))

    def __getstate__(self) -> dict[str, object]:
        """Leave out the automaton, which can not travel to another process and is built there."""
        return {name: value for name, value in vars(self).items() if name != "matcher"}

    @functools.cached_property
    def terms(self) -> tuple[str, ...]:
        """Every indicator term of the themes, entities (``@NATO``) left out; spelling variants share a place."""
        rows = (term for theme in self.themes for row in theme.indicators for term in (*row.terms, *row.with_))
        return tuple(dict.fromkeys(term for term in rows if not term.startswith("@")))

    @functools.cached_property
    def names(self) -> dict[str, str]:
        """The canonical name of every actor, by its id.

        >>> Codebook.load("security").names["BY"]
        'Belarus'
        """
        return {actor.short: actor.canonical for actor in self.actors}

    @functools.cached_property
    def matcher(self) -> Matcher:
        """The automaton over all forms, built at first use."""
        return Matcher([*_actor_forms(self.actors), *self._term_forms()])

    def scan(self, text: str) -> list[Hit]:
        """Return every form of the codebook in ``text``, overlapping ones too, sorted by position."""
        return sorted(self.matcher.find(text), key=lambda hit: (hit.start, -hit.end))

    def _term_forms(self) -> Iterator[Form]:
        for index, term in enumerate(self.terms):
            for spelled in dict.fromkeys((term, self._respelled(term))):
                yield Form(spelled, index, "term")

    def _respelled(self, term: str) -> str:
        return " ".join(self._spellings.get(word, word) for word in term.split(" "))


@functools.lru_cache(maxsize=8)
def _built(files: tuple[bytes, ...]) -> Codebook:
    """Build a codebook once for each content, so that a changed file is seen."""
    return Codebook(dict(zip(FILES, files, strict=True)))


def _files(name_or_path: str) -> tuple[bytes, ...]:
    folder = _folder(name_or_path)
    missing = [name for name in FILES if not folder.joinpath(name).is_file()]
    if missing:
        raise CodebookError(f"{name_or_path}: a codebook needs {', '.join(FILES)}; missing: {', '.join(missing)}")
    return tuple(folder.joinpath(name).read_bytes() for name in FILES)


def _folder(name_or_path: str) -> Traversable:
    shipped = resources.files("clippings") / "codebooks"
    names = [entry.name for entry in shipped.iterdir() if entry.is_dir()]
    if name_or_path in names:
        return shipped / name_or_path
    if Path(name_or_path).is_dir():
        return Path(name_or_path)
    near = difflib.get_close_matches(name_or_path, names, n=1, cutoff=0.0)
    raise CodebookError(f"no codebook named {name_or_path!r} and no such folder; did you mean {near[0]!r}?")


def _digest(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(name.encode() + b"\0" + files[name] + b"\0")
    return digest.hexdigest()


def _read(files: dict[str, bytes], name: str, kind: type[T]) -> T:
    try:
        return msgspec.convert(yaml.safe_load(files[name]), kind)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise CodebookError(f"{name}: {' '.join(str(error).split())}") from error


def _actors(data: bytes) -> tuple[Actor, ...]:
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8")), restval="")
        return tuple(_actor(row) for row in rows)
    except UnicodeDecodeError as error:
        raise CodebookError(f"actors.csv: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except KeyError as error:
        raise CodebookError(f"actors.csv: there is no column {error}; the first line names the columns") from error


def _actor(row: dict[str, str]) -> Actor:
    return Actor(
        short=row["short"],
        canonical=row["canonical"],
        kind=row["kind"],
        country=row["country"] or None,
        names=_split(row["surface_forms"]),
        demonyms=_split(row["demonyms"]),
        capitals=_split(row["capitals"]),
        surnames=_split(row["surnames"]),
        exact=row["case"] == "exact",
        ambiguous=frozenset(_split(row["ambiguous"])),
        offices=_offices(row),
        wikidata=row["wikidata"] or None,
    )


def _offices(row: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    lists = [[part.strip() for part in row[name].split(";")] for name in ("office", "office_from", "office_to")]
    return tuple((office, since, until) for office, since, until in zip(*lists, strict=False) if office)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(form for form in cell.split("|") if form)


def _actor_forms(actors: tuple[Actor, ...]) -> Iterator[Form]:
    for index, actor in enumerate(actors):
        named = (
            (actor.kind, actor.names),
            ("demonym", actor.demonyms),
            ("capital", actor.capitals),
            ("surname", actor.surnames),
        )
        for kind, forms in named:
            for form in forms:
                yield Form(form, index, kind, _is_exact(actor, kind), form in actor.ambiguous)


def _is_exact(actor: Actor, kind: str) -> bool:
    """Names of persons, capitals and peoples are always capitalized in English; small letters are another word."""
    return actor.exact or kind in ("person", "surname", "capital", "demonym", "country", "media")
