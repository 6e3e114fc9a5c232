"""Mentions of the codebook's actors: states, bodies, treaties, weapons, persons and places.

The longest form wins across all categories; a state or body named inside a longer name is given too, marked nested.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from clippings.annotators import contexts
from clippings.codebook import Actor, Codebook
from clippings.matching import Hit, longest
from clippings.model import Clipping, Mention, Span

STATE_KINDS = frozenset({"country", "capital", "demonym"})
_NESTING = STATE_KINDS | {"organization", "alliance"}
_NAMED_AFTER_PLACES = frozenset({"treaty", "alliance"})


def annotate(clipping: Clipping, codebook: Codebook, hits: Sequence[Hit]) -> tuple[Mention, ...]:
    """Return the mentions in title, publisher line and body, sorted by position.

    Args:
        clipping: the clipping.
        codebook: its gazetteer names the actors.
        hits: ``codebook.scan(clipping.text)``.

    >>> from clippings import Codebook, parse
    >>> clipping, codebook = parse("Minsk said NATO troops stay.", layout="plain")[0], Codebook.load()
    >>> [(m.id, m.kind) for m in annotate(clipping, codebook, codebook.scan(clipping.text))]
    [('BY', 'capital'), ('NATO', 'alliance')]
    """
    named = [hit for hit in hits if hit.form.kind != "term" and _in_scope(clipping, hit)]
    linked = _link(clipping, named, codebook)
    kept, inside = longest(linked)
    outer = [_mention(hit, codebook.actors[hit.form.target]) for hit in _one_a_span(kept)]
    nested = _nested(outer, _one_a_span(inside), codebook.actors)
    return tuple(sorted([*outer, *nested], key=lambda mention: (mention.start, -mention.end)))


def _in_scope(clipping: Clipping, hit: Hit) -> bool:
    span = Span(hit.start, hit.end)
    if clipping.body.covers(span) or _inside(clipping, "title", span):
        return True
    return hit.form.kind == "media" and _inside(clipping, "publisher", span)


def _inside(clipping: Clipping, field: str, span: Span) -> bool:
    found = clipping.fields.get(field)
    return bool(found and found.span and found.span.covers(span))


def _day(clipping: Clipping) -> datetime.date | None:
    found = clipping.fields.get("date")
    return datetime.date.fromisoformat(found.value) if found and found.precision == "day" else None


def _link(clipping: Clipping, hits: Sequence[Hit], codebook: Codebook) -> list[Hit]:
    """Keep the hits that name one actor: rules of the codebook decide, then what else the text names."""
    actors = codebook.actors
    verdicts = contexts.Verdicts(clipping.text, codebook, hits)
    allowed = [hit for hit in hits if not verdicts.rules_out(hit)]
    certain = {hit.form.target for hit in allowed if verdicts.is_certain(hit)}
    day = _day(clipping)
    surnames = {hit.form.text for hit in allowed if hit.form.kind == "surname"}
    holders = {name: _holders(name, allowed, actors, day) for name in surnames}
    return [hit for hit in allowed if _is_linked(hit, verdicts, certain, holders)]


def _is_linked(hit: Hit, verdicts: contexts.Verdicts, certain: set[int], holders: dict[str, set[int]]) -> bool:
    if hit.form.kind == "surname":
        return hit.form.target in certain or holders[hit.form.text] == {hit.form.target}
    return verdicts.settles(hit, certain)


def _holders(surname: str, hits: Sequence[Hit], actors: tuple[Actor, ...], day: datetime.date | None) -> set[int]:
    """The persons of that surname who held an office on the day."""
    named = {hit.form.target for hit in hits if hit.form.kind == "surname" and hit.form.text == surname}
    return {target for target in named if day and _in_office(actors[target], day)}


def _in_office(actor: Actor, day: datetime.date) -> bool:
    return any(since and since <= day.isoformat() <= (until or "9999") for _, since, until in actor.offices)


def _one_a_span(hits: Iterable[Hit]) -> list[Hit]:
    """Of several actors that share a span, keep the one whose form is not ambiguous, else the first of the file."""
    ordered = sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.form.ambiguous, hit.form.target))
    return [next(group) for _, group in groupby(ordered, key=lambda hit: (hit.start, hit.end))]


def _nested(outer: Sequence[Mention], inside: Sequence[Hit], actors: tuple[Actor, ...]) -> list[Mention]:
    """States and bodies named inside a longer name, unless the longer name means the same."""
    by_start = sorted(outer, key=lambda mention: mention.start)
    found: list[Mention] = []
    at = 0
    for hit in inside:
        while by_start[at].end < hit.end:
            at += 1
        mention = _mention(hit, actors[hit.form.target], nested=True)
        is_new = not (found and found[-1].id == mention.id and found[-1].covers(mention))
        if is_new and mention.id != by_start[at].id and _is_named_inside(mention, by_start[at]):
            found.append(mention)
    return found


def _is_named_inside(mention: Mention, outer: Mention) -> bool:
    """A capital in the name of a treaty is where it was signed: the Budapest Memorandum is not about Hungary."""
    if mention.kind == "capital" and outer.kind in _NAMED_AFTER_PLACES:
        return False
    return mention.kind in _NESTING or mention.kind == outer.kind == "treaty"


def _mention(hit: Hit, actor: Actor, *, nested: bool = False) -> Mention:
    kind = "person" if hit.form.kind == "surname" else hit.form.kind
    return Mention(hit.start, hit.end, actor.short, kind, actor.country, hit.form.text, nested, actor.wikidata)
