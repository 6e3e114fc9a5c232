"""The codebook: loaded, extended, and matched against a text."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from clippings import arguments
from clippings.codebook import forms, merging, parsing, rules, sources, tables
from clippings.codebook.clues import Clues
from clippings.codebook.faults import CodebookError, Fault, failure
from clippings.codebook.matching import Form, Hit, Matcher
from clippings.codebook.rules import Rule
from clippings.codebook.schema import NAME, Actor, Confusion, Content, Context, Cues, Theme
from clippings.model import CodebookRef

if TYPE_CHECKING:
    import pandas as pd

_BUILT = frozenset({"matcher", "doubtful", "clues", "_names"})


class Codebook:
    """A codebook: the written rules of a coding, with a name, a semantic version and a hash.

    Attributes:
        ref: name, version and hash, which every result records.
        title: what it is about, in a line.
        description: what it is about, in a paragraph.
        themes: the themes, in order of the file.
        actors: the gazetteer.
        cues: verbs and phrases that report speech.
        confusions: words printed one for another.
        contexts: what the words around an ambiguous form decide.

    >>> codebook = Codebook.load("security")
    >>> codebook.ref.name, [theme.id for theme in codebook.themes]
    ('security', ['alliances', 'missile_defense', 'treaty_questions'])
    """

    def __init__(self, content: Content, ref: CodebookRef) -> None:
        head = content.head
        self.ref = ref
        self.title, self.description = (head.title, head.description) if head else ("", "")
        self.themes, self.actors, self.cues = content.themes, content.actors, content.cues
        self.confusions, self.contexts = content.confusions, content.contexts
        self._content = content

    @staticmethod
    def load(name_or_path: str | Path = "security") -> Codebook:
        """Return the codebook of a name, or that of a folder of your own.

        Args:
            name_or_path: the name of a codebook of this package, or of an entry point in the group
                ``clippings.codebooks``, whose value is a module with the files beside it; or the path of a folder. If
                both exist, the name is taken; ``./security`` is always a folder.

        Raises:
            CodebookError: there is no such codebook, or it has faults; all of them are in ``faults``.

        >>> Codebook.load().title
        'Alliances, missile defense, treaty questions'
        """
        return _built(tuple(sources.read(name_or_path).items()))

    def extend(
        self,
        folder: str | Path | None = None,
        *,
        name: str = "own",
        themes: Iterable[Theme] = (),
        actors: Iterable[Actor] = (),
        cues: Cues | None = None,
        confusions: Iterable[Confusion] = (),
        contexts: Iterable[Context] = (),
    ) -> Codebook:
        """Return a codebook that has more rules than this one; this one stays as it is.

        Give a folder that holds any of the files of a codebook, or records made in Python. A row takes the place of
        the one with the same id: a theme's ``id``, an actor's ``short``, a form of a verb, the word printed, the form
        and id of a context. Other rows are added.

        Args:
            folder: a folder, or a name as ``load`` takes it; its ``codebook.yaml``, if any, names it.
            name: what the records are called.
            themes: themes to add.
            actors: actors to add.
            cues: verbs, phrases, pronouns and roles to add.
            confusions: confused words to add.
            contexts: rules for ambiguous forms to add.

        Raises:
            ArgumentError: an argument is of another kind.
            CodebookError: the folder or the records have faults.

        >>> from clippings.codebook import Verb
        >>> own = Cues(verbs=(Verb(("burble", "burbles", "burbled"), "say"),))
        >>> extended = Codebook.load("security").extend(cues=own, name="own")
        >>> extended.ref.name
        'security+own'
        """
        arguments.text("name", name, "give a word")
        given = {"themes": themes, "actors": actors, "confusions": confusions, "contexts": contexts}
        for what, some in given.items():
            arguments.several(what, some, object, "give records, as clippings.codebook has them")
        records = Content(None, tuple(themes), tuple(actors), cues or Cues(), tuple(confusions), tuple(contexts))
        if (folder is None) == (records == Content()):
            raise TypeError("extend() takes a folder, or records such as actors=[...], and one of the two")
        return self._with_records(name, records) if folder is None else self._with_folder(folder)

    def table(self, name: tables.TableName) -> pd.DataFrame:
        """Return a part of the codebook as a frame.

        Args:
            name: ``themes``, ``indicators`` (the terms of each theme), ``examples``, ``actors``, ``forms`` (each
                written form of each actor), ``cues``, ``confusions`` or ``contexts``.

        >>> Codebook.load("security").table("themes")["label"].tolist()
        ['Alliances', 'Missile defense', 'Treaty questions']
        """
        return tables.table(self._content, name)

    def scan(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return every form of the codebook in ``text``, overlapping ones too, sorted by position.

        With ``start`` and ``end`` only ``text[start:end]`` is scanned; the offsets are those of ``text`` all the same.

        >>> [hit.form.text for hit in Codebook.load("security").scan("Minsk and the CSTO")]
        ['Minsk', 'CSTO']
        """
        return self.matcher.find(text, start, end)

    @functools.cached_property
    def matcher(self) -> Matcher:
        """The automaton over all forms, built at first use."""
        spellings = self._content.head.spellings if self._content.head else {}
        return Matcher([*self._names, *forms.of_terms(self.terms, spellings)])

    @functools.cached_property
    def doubtful(self) -> dict[Form, Rule | None]:
        """The forms that alone do not name their actor for sure, each with the rule that decides, if any."""
        return rules.of_forms(self._names, self.actors, self.contexts)

    @functools.cached_property
    def _names(self) -> tuple[Form, ...]:
        return tuple(forms.with_periods(list(forms.of_actors(self.actors))))

    @functools.cached_property
    def terms(self) -> tuple[str, ...]:
        """Every indicator term of the themes, entities (``@NATO``) left out; spelling variants share a place."""
        rows = (row for theme in self.themes for row in theme.indicators)
        terms = (term for row in rows for term in row.named)
        return tuple(dict.fromkeys(term for term in terms if not term.startswith("@")))

    @functools.cached_property
    def clues(self) -> Clues:
        """The indicators of all themes, found by what can show them."""
        return Clues(self.themes)

    @functools.cached_property
    def names(self) -> dict[str, str]:
        """The canonical name of every actor, by its id.

        >>> Codebook.load("security").names["BY"]
        'Belarus'
        """
        return {actor.short: actor.canonical for actor in self.actors}

    @functools.cached_property
    def state_names(self) -> dict[str, tuple[str, ...]]:
        """The one-word names and capitals of every state, by its ISO code."""
        states = (actor for actor in self.actors if actor.kind == "country")
        return {
            state.short: tuple(name for name in (*state.names, *state.capitals) if name.istitle() and " " not in name)
            for state in states
        }

    def __repr__(self) -> str:
        """Name and version, and how much there is."""
        counts = f"{len(self.themes)} themes, {len(self.actors):,} actors"
        return f"<Codebook {self.ref.name} {self.ref.version}: {counts}>"

    def __getstate__(self) -> dict[str, object]:
        """Leave out the automaton, which cannot travel to another process, and what else is built there."""
        return {name: value for name, value in vars(self).items() if name not in _BUILT}

    def _with_folder(self, folder: str | Path) -> Codebook:
        parsed = parsing.Parsed(sources.read(folder), base=self.actors)
        if parsed.faults:
            raise failure(parsed.faults)
        head = parsed.content.head
        name = head.name if head else sources.word(folder)
        return self._merged(parsed.content, name, head.version if head else None, sources.digest(parsed.texts))

    def _with_records(self, name: str, records: Content) -> Codebook:
        if not NAME.fullmatch(name):
            raise CodebookError(f"the name {name!r} is no single word; use letters, digits, '.', '_' and '-'")
        try:
            records = msgspec.convert(msgspec.to_builtins(records), Content)
        except (msgspec.ValidationError, TypeError) as error:
            raise CodebookError(f"the records do not fit: {error}") from error
        faults = parsing.of_records(records, self.actors)
        if faults:
            raise failure(faults)
        canonical = msgspec.json.encode(records, order="deterministic")
        return self._merged(records, name, None, hashlib.sha256(canonical).hexdigest())

    def _merged(self, more: Content, name: str, version: str | None, sha256: str) -> Codebook:
        both = hashlib.sha256(f"{self.ref.sha256}\0{sha256}".encode()).hexdigest()
        ref = CodebookRef(f"{self.ref.name}+{name}", merging.version(self.ref.version, version), both)
        return Codebook(merging.merged(self._content, more), ref)


def find_faults(name_or_path: str | Path, base: Codebook | None = None) -> tuple[Fault, ...]:
    """Return every fault of a codebook's files, or of those that extend ``base``; none where they can be used.

    >>> find_faults("security")
    ()
    """
    return tuple(parsing.Parsed(sources.read(name_or_path), base.actors if base else None).faults)


def example_line(name_or_path: str | Path, theme: str, side: str, number: int) -> tuple[int, int] | None:
    """Return line and column of an example of a theme, by its number from 0; None where the files have no such theme.

    >>> example_line("security", "no_such_theme", "positive", 0)
    """
    parsed = parsing.Parsed(sources.read(name_or_path), base=())
    places = (at for at, found in enumerate(parsed.content.themes) if found.id == theme)
    return next((parsed.at("themes.yaml", (at, side, number)) for at in places), None)


@functools.lru_cache(maxsize=8)
def _built(files: tuple[tuple[str, bytes], ...]) -> Codebook:
    """Build a codebook once for each content, so that a changed file is seen."""
    parsed = parsing.Parsed(dict(files))
    head = parsed.content.head
    if parsed.faults or head is None:
        raise failure(parsed.faults)
    return Codebook(parsed.content, CodebookRef(head.name, head.version, sources.digest(parsed.texts)))
