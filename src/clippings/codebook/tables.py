"""A codebook as tidy frames, for the page that prints it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

from clippings.codebook import forms
from clippings.codebook.faults import nearest
from clippings.codebook.schema import Content

if TYPE_CHECKING:
    import pandas as pd

TableName = Literal["themes", "indicators", "examples", "actors", "forms", "cues", "confusions", "contexts"]
Row = tuple[object, ...]
_SIDES = ("before", "after", "not_before", "not_after", "needs")
# The types of columns that hold no text.
_TYPES = {"number": "int64", "forms": "int64"} | dict.fromkeys(("passing", "ambiguous", "default", "one_sense"), "bool")


def table(content: Content, name: str) -> pd.DataFrame:
    """Return the frame of that name; ``Codebook.table`` says which there are."""
    import pandas as pd

    if name not in _TABLES:
        raise ValueError(f"no table {name!r}; did you mean {nearest(str(name), _TABLES, cutoff=0.0)!r}?")
    names, rows = _TABLES[name]
    columns = {column: _TYPES.get(column, "str") for column in names.split()}
    return pd.DataFrame(list(rows(content)), columns=list(columns)).astype(columns)


def _themes(content: Content) -> Iterator[Row]:
    for theme in content.themes:
        yield theme.id, theme.label, theme.definition, "; ".join(theme.include), "; ".join(theme.exclude)


def _indicators(content: Content) -> Iterator[Row]:
    for theme in content.themes:
        for number, row in enumerate(theme.indicators, start=1):
            groups, page = ("; ".join(map(", ".join, groups)) for groups in (row.and_, row.page))
            terms, with_, without = map(", ".join, (row.terms, row.with_, row.without))
            yield theme.id, number, terms, with_, groups, page, without, row.passing


def _examples(content: Content) -> Iterator[Row]:
    for theme in content.themes:
        yield from ((theme.id, "positive", text) for text in theme.positive)
        yield from ((theme.id, "negative", text) for text in theme.negative)


def _actors(content: Content) -> Iterator[Row]:
    for actor in content.actors:
        yield actor.short, actor.canonical, actor.kind, actor.country, len(actor.forms), actor.wikidata


def _forms(content: Content) -> Iterator[Row]:
    for form in forms.of_actors(content.actors):
        actor = content.actors[form.target]
        yield actor.short, form.kind, actor.country, form.text, "exact" if form.exact else "any", form.ambiguous


def _cues(content: Content) -> Iterator[Row]:
    cues = content.cues
    yield from (("verb", verb.frame, ", ".join(verb.forms)) for verb in cues.verbs)
    for kind, words in (("phrase", cues.phrases), ("pronoun", cues.pronouns), ("role", cues.roles)):
        yield from ((kind, None, word) for word in words)


def _confusions(content: Content) -> Iterator[Row]:
    for row in content.confusions:
        yield row.printed, row.expected, ", ".join(row.before), ", ".join(row.after)


def _contexts(content: Content) -> Iterator[Row]:
    for rule in content.contexts:
        yield rule.form, rule.id, *(", ".join(getattr(rule, side)) for side in _SIDES), rule.default, rule.one_sense


_TABLES: dict[str, tuple[str, Callable[[Content], Iterator[Row]]]] = {
    "themes": ("id label definition include exclude", _themes),
    "indicators": ("theme number terms with and page without passing", _indicators),
    "examples": ("theme kind text", _examples),
    "actors": ("id name kind country forms wikidata", _actors),
    "forms": ("id kind country form case ambiguous", _forms),
    "cues": ("kind frame words", _cues),
    "confusions": ("printed expected before after", _confusions),
    "contexts": (f"form id {' '.join(_SIDES)} default one_sense", _contexts),
}
