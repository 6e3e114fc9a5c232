"""The indicators of the themes, compiled: what a sentence has to name to show a theme."""

from __future__ import annotations

from collections.abc import Iterable

from clippings.codebook.schema import Indicator, Theme

_REMEMBERED = 10_000
_Shown = tuple[tuple[str, tuple[str, ...]], ...]


class Clues:
    """The indicators of all themes, found by the terms and entities (``@NATO``) that can show them.

    Attributes:
        entities: the entities some indicator names, by the id of the actor.

    >>> rows = (Indicator(("shield",), with_=("missile", "@US")), Indicator(("radar",)))
    >>> clues = Clues([Theme("defense", "Defense", "On defense.", (), (), rows, (), ())])
    >>> clues.shown({"shield", "radar"}), clues.shown({"shield", "@US"})
    ((('defense', ('radar',)),), (('defense', ('@US', 'shield')),))
    """

    def __init__(self, themes: Iterable[Theme]) -> None:
        self._rows = [(theme.id, row) for theme in themes for row in theme.indicators]
        self._places: dict[str, list[int]] = {}
        for place, (_, row) in enumerate(self._rows):
            for term in row.terms:
                self._places.setdefault(term, []).append(place)
        terms = (term for _, row in self._rows for term in (*row.terms, *row.with_, *row.without))
        self.entities = {term[1:]: term for term in terms if term.startswith("@")}
        self._remembered: dict[frozenset[str], _Shown] = {}

    def shown(self, named: Iterable[str]) -> _Shown:
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

    def _shown(self, names: frozenset[str]) -> _Shown:
        shown: dict[str, list[str]] = {}
        for place in sorted({place for name in names for place in self._places.get(name, ())}):
            theme, row = self._rows[place]
            if _holds(row, names):
                shown.setdefault(theme, []).extend(term for term in (*row.terms, *row.with_) if term in names)
        return tuple((theme, tuple(sorted(set(shown[theme])))) for theme in sorted(shown))


def _holds(row: Indicator, names: frozenset[str]) -> bool:
    """Tell whether an indicator, one of whose terms is named, has its company too and nothing against it."""
    return not (row.with_ and names.isdisjoint(row.with_)) and names.isdisjoint(row.without)
