"""What the parts of a codebook ask of each other: unique ids, names that are known, lists that are not empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from clippings.codebook.faults import Problem, Steps, did_you_mean, nearest
from clippings.codebook.matching import fold
from clippings.codebook.schema import (
    COUNTRY,
    KINDS,
    NAME,
    THEME_ID,
    VERSION,
    WIKIDATA,
    Actor,
    Confusion,
    Content,
    Context,
    Cues,
    Head,
    Theme,
)

Told = tuple[Steps, str, str | None]
_ONE_KIND = {"demonyms": "country", "capitals": "country", "surnames": "person"}


def problems(content: Content, actors: Sequence[Actor] | None) -> Iterator[Problem]:
    """Yield every problem of the content.

    Args:
        content: the codebook, or an extension of one.
        actors: all actors its themes and contexts may name; None where they could not be read, and anything may be.
    """
    parts: tuple[tuple[str, Iterable[Told]], ...] = (
        ("codebook.yaml", _head(content.head) if content.head else ()),
        ("themes.yaml", _themes(content.themes, _Gazetteer(actors))),
        ("actors.csv", _actors(content.actors)),
        ("cues.yaml", _cues(content.cues)),
        ("confusions.yaml", _confusions(content.confusions)),
        ("contexts.yaml", _contexts(content.contexts, _Gazetteer(actors))),
    )
    for file, told in parts:
        yield from (Problem(file, *row) for row in told)


class _Gazetteer:
    """The actors that may be named, by their ids; where they are not known, every name is good."""

    def __init__(self, actors: Sequence[Actor] | None) -> None:
        self._actors = {actor.short: actor for actor in actors} if actors is not None else None

    def lacks(self, short: str) -> bool:
        return self._actors is not None and short not in self._actors

    def nearest(self, word: str) -> str | None:
        """The id of the actor that a word names, or nearly names."""
        by_form = {fold(form): actor.short for actor in (self._actors or {}).values() for form in actor.forms}
        near = by_form.get(fold(word)) or nearest(word, self._actors or ())
        return near or by_form.get(nearest(fold(word), by_form) or "")

    def forms(self, short: str) -> tuple[str, ...] | None:
        """The forms of an actor; None where it is not known."""
        actor = (self._actors or {}).get(short)
        return actor.forms if actor else None


def _head(head: Head) -> Iterator[Told]:
    if not NAME.fullmatch(head.name):
        yield ("name",), f"the name {head.name!r} is no single word", "use letters, digits, '.', '_' and '-'"
    if not VERSION.fullmatch(head.version):
        yield ("version",), f"the version {head.version!r} is not of the form x.y.z", "write three numbers, as in 1.0.0"
    yield from _blank((), head, "title")


def _themes(themes: Sequence[Theme], known: _Gazetteer) -> Iterator[Told]:
    yield from _twice([theme.id for theme in themes], lambda index: (index, "id"), "the theme {!r}")
    for index, theme in enumerate(themes):
        if not THEME_ID.fullmatch(theme.id):
            hint = "use small letters, digits and '_', as in missile_defense"
            yield (index, "id"), f"the id {theme.id!r} is no single word in small letters", hint
        yield from _blank((index,), theme, "label", "definition")
        for column in ("indicators", "positive", "negative"):
            if not getattr(theme, column):
                hint = "give at least one" + (" sentence; it is a test of the theme" * (column != "indicators"))
                yield (index, column), f"the theme {theme.id!r} has no {_SINGULAR[column]}", hint
        for side in ("positive", "negative"):
            yield from _words((index, side), getattr(theme, side), "the example {!r}", tidy=False)
        for at, row in enumerate(theme.indicators):
            yield from _terms((index, "indicators", at, "terms"), row.terms, known)
            yield from _terms((index, "indicators", at, "with"), row.with_, known, needed=False)
            yield from _terms((index, "indicators", at, "without"), row.without, known, needed=False)
            for key, groups in (("and", row.and_), ("page", row.page)):
                for place, group in enumerate(groups):
                    yield from _terms((index, "indicators", at, key, place), group, known)
        yield from _epithets(index, theme)


def _epithets(index: int, theme: Theme) -> Iterator[Told]:
    named = {term for row in theme.indicators for term in row.named}
    for at, term in enumerate(theme.epithets):
        if term not in named:
            hint = did_you_mean(term, sorted(named)) or "name a term of an indicator, or leave it out"
            yield (index, "epithets", at), f"no indicator of {theme.id!r} has the term {term!r}", hint


_SINGULAR = {"indicators": "indicator", "positive": "positive example", "negative": "negative example"}


def _terms(path: Steps, terms: Sequence[str], known: _Gazetteer, *, needed: bool = True) -> Iterator[Told]:
    if needed and not terms:
        yield path, "an indicator without terms", "give at least one"
    yield from _words(path, terms)
    for at, term in enumerate(terms):
        if term.startswith("@") and known.lacks(term[1:]):
            near = known.nearest(term[1:])
            hint = f"did you mean '@{near}'?" if near else "'@' stands before the 'short' of a row in actors.csv"
            yield (*path, at), f"{term!r} names no actor", hint


def _actors(actors: Sequence[Actor]) -> Iterator[Told]:
    yield from _twice([actor.short for actor in actors], lambda index: (index, "short"), "the short name {!r}")
    for index, actor in enumerate(actors):
        for column, message, hint in _actor(actor):
            yield (index, column), message, hint


def _actor(actor: Actor) -> Iterator[tuple[str, str, str | None]]:
    for column in ("short", "canonical"):
        if not getattr(actor, column).strip():
            yield column, f"{column} is empty", "every actor has a short and a canonical name"
    if actor.kind not in KINDS:
        yield "kind", f"kind {actor.kind!r} is none of {', '.join(KINDS)}", did_you_mean(actor.kind, KINDS)
    if actor.country is not None and not COUNTRY.fullmatch(actor.country):
        yield "country", f"country {actor.country!r} is no ISO 3166-1 code", "write two capitals, as in BY"
    if actor.kind == "country" and actor.country != actor.short:
        yield "country", f"the state {actor.short!r} has the code {actor.country!r}", "its short name is its ISO code"
    if actor.wikidata is not None and not WIKIDATA.fullmatch(actor.wikidata):
        yield "wikidata", f"{actor.wikidata!r} is no Wikidata number", "write it as in Q7184, or leave it blank"
    yield from _forms(actor)


def _forms(actor: Actor) -> Iterator[tuple[str, str, str | None]]:
    forms = actor.forms
    if not forms:
        yield "names", f"{actor.short!r} has no form", "give at least one name as it is printed"
    for column, kind in _ONE_KIND.items():
        if getattr(actor, column) and actor.kind != kind:
            yield column, f"a {actor.kind} has no {column}", f"only rows of kind {kind} do"
    for column in ("names", *_ONE_KIND):
        for form in getattr(actor, column):
            if not form or form != form.strip():
                yield column, f"the form {form!r} is empty or has spaces around it", "forms are split by '|' alone"
    if len(set(forms)) < len(forms):
        doubled = next(form for at, form in enumerate(forms) if form in forms[:at])
        yield "names", f"the form {doubled!r} of {actor.short!r} stands twice", "keep one of them"
    if not actor.ambiguous.issubset(forms):
        for form in sorted(actor.ambiguous.difference(forms)):
            yield "ambiguous", f"{form!r} is no form of {actor.short!r}", did_you_mean(form, forms)


def _cues(cues: Cues) -> Iterator[Told]:
    words: list[tuple[Steps, str]] = [
        (("verbs", at, "forms", number), form)
        for at, verb in enumerate(cues.verbs)
        for number, form in enumerate(verb.forms)
    ]
    yield from _twice([form for _, form in words], lambda index: words[index][0], "the form {!r}")
    for at, verb in enumerate(cues.verbs):
        if not verb.forms:
            yield ("verbs", at, "forms"), "a verb without forms", "give all its forms, as in [say, says, said]"
    for path, form in words:
        if len(form.split()) not in (1, 2):
            yield path, f"the verb {form!r} has {len(form.split())} words", "give one, or two as in 'pointed out'"
    for column in ("phrases", "pronouns", "roles"):
        more = getattr(cues, column)
        yield from _words((column,), more)
        words += [((column, at), word) for at, word in enumerate(more)]
    for path, word in words:
        if word != word.lower():
            yield path, f"{word!r} has capitals", "words are compared in small letters; write them so"


def _confusions(confusions: Sequence[Confusion]) -> Iterator[Told]:
    yield from _twice([row.printed for row in confusions], lambda index: (index, "printed"), "the word {!r}")
    for index, row in enumerate(confusions):
        yield from _blank((index,), row, "printed", "expected")
        if row.printed == row.expected:
            yield (index, "expected"), f"{row.expected!r} is the word printed", "give the word that was meant"
        for side in ("before", "after"):
            for at, word in enumerate(getattr(row, side)):
                if not word.islower() or " " in word:
                    yield (index, side, at), f"{word!r} is no single word in small letters", None


def _contexts(contexts: Sequence[Context], known: _Gazetteer) -> Iterator[Told]:
    rules: set[tuple[str, str | None]] = set()
    for index, rule in enumerate(contexts):
        if (fold(rule.form), rule.id) in rules:
            yield (index, "form"), f"the rule for {rule.form!r} as {rule.id!r} stands twice", "keep one of them"
        rules.add((fold(rule.form), rule.id))
        yield from _blank((index,), rule, "form")
        if rule.id is None:
            continue
        if known.lacks(rule.id):
            near = known.nearest(rule.id)
            yield (index, "id"), f"{rule.id!r} names no actor", f"did you mean {near!r}?" if near else None
        forms = known.forms(rule.id)
        if forms is not None and fold(rule.form) not in map(fold, forms):
            yield (index, "form"), f"{rule.form!r} is no form of {rule.id!r}", did_you_mean(rule.form, forms)


def _blank(path: Steps, row: object, *columns: str) -> Iterator[Told]:
    for column in columns:
        if not str(getattr(row, column)).strip():
            yield (*path, column), f"{column} is empty", None


def _words(path: Steps, words: Sequence[str], what: str = "{!r}", *, tidy: bool = True) -> Iterator[Told]:
    yield from _twice(words, lambda index: (*path, index), what)
    for at, word in enumerate(words):
        if not word.strip() or (tidy and word != " ".join(word.split())):
            yield (*path, at), f"{word!r} is empty or has spaces too many", "words are split by single spaces"


def _twice(keys: Sequence[object], path: Callable[[int], Steps], what: str) -> Iterator[Told]:
    seen: set[object] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield path(index), f"{what.format(key)} stands twice", "keep one of them"
        seen.add(key)
