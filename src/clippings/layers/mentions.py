"""Mentions of the codebook's actors: states, bodies, treaties, weapons, persons and places.

The longest form wins across all categories; a state or body named inside a longer name is given too, marked nested.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clippings.codebook import Actor, Codebook
from clippings.codebook.matching import Hit, longest
from clippings.layers import _contexts, _namesakes
from clippings.model import Clipping, Field, Mention

STATE_KINDS = frozenset({"country", "capital", "demonym"})
_NESTING = STATE_KINDS | {"organization", "alliance"}
_NAMED_AFTER_PLACES = frozenset({"treaty", "alliance"})


def annotate(clipping: Clipping, codebook: Codebook, hits: Sequence[Hit]) -> tuple[Mention, ...]:
    """Return the mentions in title, publisher line and body, sorted by position.

    Args:
        clipping: the clipping.
        codebook: its gazetteer names the actors.
        hits: ``scanning.in_clipping(clipping, codebook)``.

    >>> from clippings import Codebook, parse
    >>> clipping, codebook = parse("Minsk said NATO troops stay.", layout="plain")[0], Codebook.load()
    >>> [(m.id, m.kind) for m in annotate(clipping, codebook, codebook.scan(clipping.text))]
    [('BY', 'capital'), ('NATO', 'alliance')]
    """
    named = list(_namesakes.kept(clipping, codebook, _in_scope(clipping, hits)))
    kept, inside = longest(_linked(clipping, codebook, named))
    outer = [_mention(hit, codebook.actors[hit.form.target]) for hit in _one_a_span(kept)]
    nested = _nested(outer, _one_a_span(inside), codebook.actors)
    return tuple(sorted([*outer, *nested], key=position)) if nested else tuple(outer)


def position(mention: Mention) -> tuple[int, int]:
    """Sort by start, the longer first."""
    return mention.start, -mention.end


def _in_scope(clipping: Clipping, hits: Iterable[Hit]) -> list[Hit]:
    """The hits of names in body and title, and those of media in the publisher line."""
    start, end = clipping.body.start, clipping.body.end
    title, publisher = clipping.fields.get("title"), clipping.fields.get("publisher")
    return [
        hit
        for hit in hits
        if (kind := hit.form.kind) != "term"
        and (
            (start <= hit.start and hit.end <= end)
            or _is_inside(hit, title)
            or (kind == "media" and _is_inside(hit, publisher))
        )
    ]


def _is_inside(hit: Hit, field: Field | None) -> bool:
    span = field and field.span
    return bool(span and span.start <= hit.start and hit.end <= span.end)


def _linked(clipping: Clipping, codebook: Codebook, hits: list[Hit]) -> list[Hit]:
    """Keep the hits that name one actor."""
    doubtful = codebook.doubtful
    sure: list[Hit] = []
    doubted: list[Hit] = []
    for hit in hits:
        (doubted if hit.form in doubtful else sure).append(hit)
    settled = _contexts.settled(clipping, codebook, sure, doubted) if doubted else ()
    return [hit for hit in hits if hit.form not in doubtful or hit in settled]


def _one_a_span(hits: Sequence[Hit]) -> list[Hit]:
    """Of several actors that share a span, keep the one whose form is not ambiguous, else the first of the file."""
    kept: list[Hit] = []
    start = end = -1
    for hit in hits:
        if hit.start != start or hit.end != end:
            kept.append(hit)
            start, end = hit.start, hit.end
        elif (hit.form.ambiguous, hit.form.target) < (kept[-1].form.ambiguous, kept[-1].form.target):
            kept[-1] = hit
    return kept


def _nested(outer: Sequence[Mention], inside: Sequence[Hit], actors: tuple[Actor, ...]) -> list[Mention]:
    """States and bodies named inside a longer name, unless the longer name means the same."""
    found: list[Mention] = []
    at = 0
    for hit in inside:
        while outer[at].end < hit.end:
            at += 1
        mention = _mention(hit, actors[hit.form.target], nested=True)
        is_new = not (found and found[-1].id == mention.id and found[-1].covers(mention))
        if is_new and mention.id != outer[at].id and _is_named_inside(mention, outer[at]):
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
