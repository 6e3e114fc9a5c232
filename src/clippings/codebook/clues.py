"""The indicators of the themes, compiled: what a sentence has to name to show a theme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from clippings.codebook.schema import Indicator, Theme

_REMEMBERED = 10_000


class Shown(NamedTuple):
    """A theme that a sentence shows, the names that show it, those of them that count in full, and all as a rule."""

    theme: str
    names: tuple[str, ...]
    full: tuple[str, ...]
    rule: str


class Clues:
    """The indicators of all themes, found by the terms and entities (``@NATO``) that can show them.

    Attributes:
        entities: the entities some indicator names, by the id of the actor.
        epithets: the terms that count only where a sentence states them.

    >>> rows = (Indicator(("shield",), with_=("missile", "@US")), Indicator(("radar",), passing=True))
    >>> clues = Clues([Theme("defense", "Defense", "On defense.", (), (), rows, (), ())])
    >>> [(one.names, one.full) for one in clues.shown({"shield", "radar"})]
    [(('radar',), ())]
    >>> [(one.names, one.full) for one in clues.shown({"shield", "@US"})]
    [(('@US', 'shield'), ('@US', 'shield'))]
    """

    def __init__(self, themes: Iterable[Theme]) -> None:
        themes = list(themes)
        self._rows = [(theme.id, row) for theme in themes for row in theme.indicators]
        self._places: dict[str, list[int]] = {}
        for place, (_, row) in enumerate(self._rows):
            for term in row.terms:
                self._places.setdefault(term, []).append(place)
        terms = (term for _, row in self._rows for term in row.named)
        self.entities = {term[1:]: term for term in terms if term.startswith("@")}
        self.epithets = frozenset(term for theme in themes for term in theme.epithets)
        self._remembered: dict[frozenset[str], tuple[Shown, ...]] = {}

    def shown(self, named: Iterable[str]) -> tuple[Shown, ...]:
        """Return the themes a sentence shows that names these, each with the names that show it, all sorted.

        Sentences name the same few things over and over, so the answers are remembered.
        """
        names = frozenset(named)
        shown = self._remembered.get(names)
        if shown is None:
            shown = self._shown(names)
            if len(self._remembered) < _REMEMBERED:
                self._remembered[names] = shown
        return shown

    def _shown(self, names: frozenset[str]) -> tuple[Shown, ...]:
        shown: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
        for place in sorted({place for name in names for place in self._places.get(name, ())}):
            theme, row = self._rows[place]
            if _holds(row, names):
                every, full = shown.setdefault(theme, ({}, {}))
                found = dict.fromkeys(term for group in (row.terms, *row.groups) for term in group if term in names)
                every.update(found)
                full.update({} if row.passing else found)
        return tuple(
            Shown(theme, names, tuple(sorted(full)), ", ".join(names))
            for theme, (every, full) in sorted(shown.items())
            for names in [tuple(sorted(every))]
        )


def _holds(row: Indicator, names: frozenset[str]) -> bool:
    """Tell whether an indicator, one of whose terms is named, has its company too and nothing against it."""
    return names.isdisjoint(row.without) and not any(names.isdisjoint(group) for group in row.groups)
