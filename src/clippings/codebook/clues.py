"""The indicators of the themes, compiled: what a sentence has to name to show a theme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from clippings.codebook.schema import Indicator, Theme

_REMEMBERED = 10_000


class Shown(NamedTuple):
    """A theme that a sentence shows, the names that show it, those of them that count in full, and the rule.

    The rule lists the names, and those that the page had to have for them.
    """

    theme: str
    names: tuple[str, ...]
    full: tuple[str, ...]
    rule: str


class _Row(NamedTuple):
    """An indicator with its lists as sets: a sentence names less than they hold."""

    groups: tuple[frozenset[str], ...]
    page: tuple[frozenset[str], ...]
    without: frozenset[str]
    counts: bool
    names: frozenset[str]
    around: frozenset[str]


class Clues:
    """The indicators of all themes, found by the terms and entities (``@NATO``) that can show them.

    Attributes:
        entities: the entities some indicator names, by the id of the actor.
        epithets: the terms that count only where a sentence states them.
        on_page: the names that some indicator looks for on the whole page.

    >>> rows = (Indicator(("shield",), with_=("missile", "@US")), Indicator(("radar",), passing=True))
    >>> clues = Clues([Theme("defense", "Defense", "On defense.", (), (), rows, (), ())])
    >>> [(one.names, one.full) for one in clues.shown({"shield", "radar"})]
    [(('radar',), ())]
    >>> [(one.names, one.full) for one in clues.shown({"shield", "@US"})]
    [(('@US', 'shield'), ('@US', 'shield'))]
    """

    def __init__(self, themes: Iterable[Theme]) -> None:
        themes = list(themes)
        indicators = [(theme.id, row) for theme in themes for row in theme.indicators]
        self._rows = [(theme, _compiled(row)) for theme, row in indicators]
        self._places: dict[str, list[int]] = {}
        for place, (_, row) in enumerate(indicators):
            for term in row.terms:
                self._places.setdefault(term, []).append(place)
        terms = (term for _, row in indicators for term in row.named)
        self.entities = {term[1:]: term for term in terms if term.startswith("@")}
        self.epithets = frozenset(term for theme in themes for term in theme.epithets)
        self.on_page = frozenset[str]().union(*(row.around for _, row in self._rows))
        self._remembered: dict[tuple[frozenset[str], frozenset[str]], tuple[Shown, ...]] = {}

    def shown(self, named: Iterable[str], page: Iterable[str] = ()) -> tuple[Shown, ...]:
        """Return the themes a sentence shows that names these, each with the names that show it, all sorted.

        Sentences name the same few things over and over, so the answers are remembered.

        Args:
            named: what the sentence names.
            page: what its page names; of it only ``on_page`` counts.
        """
        names, around = frozenset(named), self.on_page.intersection(page)
        shown = self._remembered.get((names, around))
        if shown is None:
            shown = self._shown(names, around)
            if len(self._remembered) < _REMEMBERED:
                self._remembered[names, around] = shown
        return shown

    def _shown(self, names: frozenset[str], page: frozenset[str]) -> tuple[Shown, ...]:
        shown: dict[str, tuple[set[str], set[str], set[str]]] = {}
        for place in {place for name in names for place in self._places.get(name, ())}:
            theme, row = self._rows[place]
            if _holds(row, names, page):
                every, full, around = shown.setdefault(theme, (set(), set(), set()))
                found = names & row.names
                every |= found
                full |= found if row.counts else set()
                around |= page & row.around
        return tuple(
            Shown(theme, tuple(sorted(every)), tuple(sorted(full)), ", ".join(sorted(every | around)))
            for theme, (every, full, around) in sorted(shown.items())
        )


def _compiled(row: Indicator) -> _Row:
    groups, page = tuple(map(frozenset, row.groups)), tuple(map(frozenset, row.page))
    names, around = frozenset(row.terms).union(*groups), frozenset[str]().union(*page)
    return _Row(groups, page, frozenset(row.without), not row.passing, names, around)


def _holds(row: _Row, names: frozenset[str], page: frozenset[str]) -> bool:
    """Tell whether an indicator, one of whose terms is named, has its company too and nothing against it."""
    if not names.isdisjoint(row.without) or any(names.isdisjoint(group) for group in row.groups):
        return False
    return not any(page.isdisjoint(group) for group in row.page)
