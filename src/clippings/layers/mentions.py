"""Mentions of the codebook's actors: states, bodies, treaties, weapons, persons and places.

The longest form wins across all categories; a state or body named inside a longer name is given too, marked nested.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from operator import attrgetter

from clippings import diagnostics
from clippings.codebook import Actor, Codebook
from clippings.codebook.matching import Hit, longest
from clippings.evidence import Mention
from clippings.layers import _contexts, _namesakes
from clippings.model import Clipping, Diagnostic, Field

STATE_KINDS = frozenset({"country", "capital", "demonym"})
_SPAN = attrgetter("start", "end")
_NESTING = STATE_KINDS | {"organization", "alliance"}
_BODIES = frozenset({"organization", "alliance"})
_TIES = frozenset(["and", "at", "for", "in", "of", "the", "to", "with"])
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
    return read(clipping, codebook, hits)[0]


def read(clipping: Clipping, codebook: Codebook, hits: Sequence[Hit]) -> tuple[tuple[Mention, ...], list[list[Hit]]]:
    """Return the mentions, and the hits of each span that may name several actors, where nothing decides."""
    hits = _in_scope(clipping, hits)
    others = _namesakes.others(clipping, codebook, hits)
    linked, sure = _linked(clipping, codebook, [hit for hit in hits if hit not in others])
    kept, inside = longest(linked)
    decided, undecided = _one_a_span(clipping.text, kept, sure)
    within = inside
    if undecided:
        spans = [(tied[0].start, tied[0].end) for tied in undecided]
        within = [hit for hit in inside if not any(start <= hit.start and hit.end <= end for start, end in spans)]
    outer = [_mention(hit, codebook.actors[hit.form.target]) for hit in decided]
    nested = _nested(clipping.text, outer, within, codebook.actors)
    return tuple(sorted([*outer, *nested], key=position)) if nested else tuple(outer), undecided


def left_open(clipping: Clipping, codebook: Codebook, undecided: Sequence[Sequence[Hit]]) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each form that ``read`` could not decide, where it stands first."""
    first: dict[tuple[str, ...], Hit] = {}
    for tied in undecided:
        names = sorted(codebook.actors[hit.form.target].short for hit in tied)
        first.setdefault((tied[0].form.text, *names), tied[0])
    told, file = [], clipping.path or clipping.id
    for (form, *names), hit in first.items():
        told.append(diagnostics.at("CLP503", clipping.text, hit.start, file=file, form=form, actors=" or ".join(names)))
    return tuple(told)


def with_sources(
    listed: tuple[Mention, ...], said: tuple[object, tuple[Mention, ...]] | None = None
) -> tuple[Mention, ...]:
    """Return the gazetteer's mentions with those of sources that it does not know, if quotations were looked for.

    >>> with_sources((Mention(9, 14, "BY", "capital"),), ((), (Mention(0, 5, "Petrova", "person"),)))[0].id
    'Petrova'
    """
    unlisted = said[1] if said else ()
    return tuple(sorted([*listed, *unlisted], key=position)) if unlisted else listed


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


def _linked(clipping: Clipping, codebook: Codebook, hits: list[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Keep the hits that name their actor; those that do so whatever the text are returned apart too."""
    doubtful = codebook.doubtful
    sure: list[Hit] = []
    doubted: list[Hit] = []
    for hit in hits:
        (doubted if hit.form in doubtful else sure).append(hit)
    if not doubted:
        return hits, hits
    settled = _contexts.settled(clipping, codebook, sure, doubted)
    by_default = [hit for hit in settled if (rule := doubtful[hit.form]) and rule.default]
    return [hit for hit in hits if hit.form not in doubtful or hit in settled], [*sure, *by_default]


def _one_a_span(text: str, hits: Sequence[Hit], sure: Sequence[Hit]) -> tuple[list[Hit], list[list[Hit]]]:
    """Of several actors that share a span, keep the one whose form is not ambiguous or that is named nearby.

    The order of the codebook decides nothing: where neither settles it, the span is undecided.
    """
    kept: list[Hit] = []
    undecided: list[list[Hit]] = []
    for _, same in itertools.groupby(hits, key=_SPAN):
        tied = list(same)
        if len(tied) > 1:
            is_doubtful = min(hit.form.ambiguous for hit in tied)
            tied = _one_a_target(text, [hit for hit in tied if hit.form.ambiguous == is_doubtful])
        chosen = tied[0] if len(tied) == 1 else _contexts.nearest(text, tied, sure)
        if chosen:
            kept.append(chosen)
        else:
            undecided.append(tied)
    return kept, undecided


def _one_a_target(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Of several forms of one actor, keep the one that is printed, else the first in the alphabet."""
    best = sorted(hits, key=lambda hit: (hit.form.text != text[hit.start : hit.end], hit.form.text))
    return list({hit.form.target: hit for hit in reversed(best)}.values())


def _nested(text: str, outer: Sequence[Mention], inside: Sequence[Hit], actors: tuple[Actor, ...]) -> list[Mention]:
    """States and bodies named inside a longer name, unless the longer name means the same."""
    found: list[Mention] = []
    at = 0
    for _, same in itertools.groupby(inside, key=_SPAN):
        hits = list(same)
        hits = _one_a_target(text, hits) if len(hits) > 1 else hits
        hit = hits[0]
        while outer[at].end < hit.end:
            at += 1
        # What may be short for the longer name is no other, and what may be several actors is none.
        if len(hits) > 1 or actors[hit.form.target].short == outer[at].id:
            continue
        mention = _mention(hit, actors[hit.form.target], nested=True)
        is_new = not (found and found[-1].id == mention.id and found[-1].covers(mention))
        if is_new and _is_named_inside(mention, outer[at], text):
            found.append(mention)
    return found


def _is_named_inside(mention: Mention, outer: Mention, text: str) -> bool:
    """The Budapest Memorandum is not about Hungary: it was signed there; and North Korea is not about all of Korea.

    Nor is the Western European Union the European Union: words in front of a body's name make another body of it.
    """
    before = text[outer.start : mention.start].split()
    if mention.end == outer.end and mention.kind in _BODIES and outer.kind in _BODIES and before:
        return before[-1].lower() in _TIES
    is_named_after = mention.kind == "capital" and outer.kind in _NAMED_AFTER_PLACES
    if is_named_after or (mention.kind in STATE_KINDS and outer.kind in STATE_KINDS):
        return False
    return mention.kind in _NESTING or mention.kind == outer.kind == "treaty"


def _mention(hit: Hit, actor: Actor, *, nested: bool = False) -> Mention:
    kind = "person" if hit.form.kind == "surname" else hit.form.kind
    return Mention(hit.start, hit.end, actor.short, kind, actor.country, hit.form.text, nested, actor.wikidata)
