"""Themes of the codebook, sentence by sentence, with the words that show them, and of the whole clipping."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain

from clippings.codebook import Codebook
from clippings.codebook.clues import Shown
from clippings.codebook.matching import Hit
from clippings.evidence import Mention, ThemeHit
from clippings.layers._epithets import is_epithet
from clippings.model import Clipping, Span

_SUBSTANTIVE = 1.0
_FULL, _HALF, _LEADS = 1.0, 0.5, 2
_Place = tuple[int, int]
_Named = dict[str, list[_Place]]
_BODIES = frozenset({"alliance", "organization", "think_tank"})


def annotate(
    clipping: Clipping, codebook: Codebook, hits: Sequence[Hit], sentences: Sequence[Span], mentions: Sequence[Mention]
) -> tuple[ThemeHit, ...]:
    """Return the sentences (the title is one) that show a theme, sorted by position and then by theme.

    Args:
        clipping: the clipping.
        codebook: its themes and their indicators.
        hits: ``scanning.in_clipping(clipping, codebook)``; the terms among them are used.
        sentences: the sentences of the body.
        mentions: the mentions, for indicators that name an actor (``@NATO``).

    >>> from clippings import Codebook, parse
    >>> from clippings.layers.registry import annotate as walk
    >>> page = walk(parse("Belarus is a reliable ally of Russia.", layout="plain")[0], Codebook.load())
    >>> [(hit.theme, [span.of(page.clipping.text) for span in hit.evidence]) for hit in page.themes]
    [('alliances', ['Belarus', 'reliable', 'ally', 'Russia'])]
    """
    clues = codebook.clues
    title = clipping.fields.get("title")
    titles = [title.span] if title and title.span else []
    spans = [*titles, *sentences]
    named: list[_Named] = [{} for _ in spans]
    terms, entities = codebook.terms, clues.entities
    said = _outside_bodies([hit for hit in hits if hit.form.kind == "term"], mentions)
    _enter(named, spans, [(terms[hit.form.target], hit) for hit in said])
    for span, inside in zip(spans, named, strict=True):
        _leave_out_epithets(clipping.text, span, inside, clues.epithets)
    _enter(named, spans, [(entities[mention.id], mention) for mention in mentions if mention.id in entities])
    page = clues.on_page.intersection(chain.from_iterable(named))
    lead = _lead(clipping, sentences)
    return tuple(
        _hit(span, one, inside, title=at < len(titles), leads=span.start < lead)
        for at, (span, inside) in enumerate(zip(spans, named, strict=True))
        if inside
        for one in clues.shown(inside, page)
    )


def document(found: Sequence[ThemeHit]) -> tuple[str, ...]:
    r"""Return the themes the clipping makes a substantive statement about, in alphabetical order.

    A sentence weighs 1 where two or more words or names show the theme, and a half where only one does or where an
    indicator counts as ``passing``. The title weighs twice; so does the first paragraph (on a page of one, its first
    sentence), but for what is passing. A theme is substantive from a weight of 1: one full sentence on it, one
    indicator where it leads, or two in passing. A single indicator in passing is not enough.

    >>> from clippings import Codebook, parse
    >>> from clippings.layers.registry import annotate as walk
    >>> page = "The river froze.\n\nA guest praised military cooperation."
    >>> walk(parse(page, layout="plain")[0], Codebook.load()).document_themes
    ()
    """
    weights: dict[str, float] = {}
    for hit in found:
        weights[hit.theme] = weights.get(hit.theme, 0.0) + hit.weight
    return tuple(sorted(theme for theme, weight in weights.items() if weight >= _SUBSTANTIVE))


def _lead(clipping: Clipping, sentences: Sequence[Span]) -> int:
    """The end of the first paragraph; on a page of one, of its first sentence."""
    leading = clipping.paragraphs if len(clipping.paragraphs) > 1 else sentences
    return leading[0].end if leading else 0


def _hit(span: Span, shown: Shown, named: _Named, *, title: bool, leads: bool) -> ThemeHit:
    """A sentence that shows a theme, weighed by the number of words that show it in full."""
    full = len(_evidence(shown.full, named))
    weight = _FULL if full > 1 else _HALF
    if title or (leads and full):
        weight *= _LEADS
    return ThemeHit(span.start, span.end, shown.theme, _evidence(shown.names, named), shown.rule, weight)


def _outside_bodies(hits: Sequence[Hit], mentions: Sequence[Mention]) -> list[Hit]:
    """Leave out terms that are a part of a body's name: the T of CSTO is no treaty at issue; both are sorted."""
    bodies = [mention for mention in mentions if mention.kind in _BODIES]
    kept: list[Hit] = []
    open_: list[Mention] = []
    at = 0
    for hit in hits:
        while at < len(bodies) and bodies[at].start <= hit.start:
            open_.append(bodies[at])
            at += 1
        if open_:
            open_ = [body for body in open_ if body.end > hit.start]
        if not open_ or not any(_is_part(hit, body) for body in open_):
            kept.append(hit)
    return kept


def _is_part(hit: Hit, body: Mention) -> bool:
    return hit.end <= body.end and hit.end - hit.start < body.end - body.start


def _leave_out_epithets(text: str, span: Span, named: _Named, epithets: frozenset[str]) -> None:
    """Take out of a sentence what only describes a name there."""
    for name in epithets.intersection(named):
        stated = [place for place in named[name] if not is_epithet(text, *place, (span.start, span.end))]
        if stated:
            named[name] = stated
        else:
            del named[name]


def _enter(
    named: Sequence[_Named], spans: Sequence[Span], found: Sequence[tuple[str, Hit]] | Sequence[tuple[str, Mention]]
) -> None:
    """Enter what was found, sorted by position, under the sentence it stands in, by its name."""
    ends = [span.end for span in spans]
    at = 0
    for name, one in found:
        start, end = one.start, one.end
        at = bisect_right(ends, start, at)
        if at == len(ends):
            return
        if spans[at].start <= start and end <= ends[at]:
            named[at].setdefault(name, []).append((start, end))


def _evidence(names: Iterable[str], named: _Named) -> tuple[Span, ...]:
    places = {place for name in names for place in named[name]}
    return tuple([Span(start, end) for start, end in sorted(places)])
