"""Themes of the codebook, sentence by sentence, with the words that show them, and of the whole clipping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clippings.codebook import Codebook, Indicator, Theme
from clippings.matching import Hit
from clippings.model import Clipping, Mention, Span, ThemeHit

_SUBSTANTIVE = 1.0


def annotate(
    clipping: Clipping,
    codebook: Codebook,
    hits: Sequence[Hit],
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
) -> tuple[ThemeHit, ...]:
    """Return the sentences (the title is one) that show a theme, sorted by position and then by theme.

    Args:
        clipping: the clipping.
        codebook: its themes and their indicators.
        hits: ``codebook.scan(clipping.text)``; the terms among them are used.
        sentences: the sentences of the body.
        mentions: the mentions, for indicators that name an actor (``@NATO``).

    >>> from clippings import Codebook, parse
    >>> from clippings.annotators import annotate as walk
    >>> page = walk(parse("Belarus is a reliable ally of Russia.", layout="plain")[0], Codebook.load())
    >>> [(hit.theme, [span.of(page.clipping.text) for span in hit.evidence]) for hit in page.themes]
    [('alliances', ['Belarus', 'ally', 'Russia'])]
    """
    spans = [*_title(clipping), *sentences]
    marks = _marks(codebook, hits, mentions)
    cut = _by_sentence(spans, marks)
    return tuple(
        found
        for span, inside in zip(spans, cut, strict=True)
        for theme in codebook.themes
        for found in _hits(theme, span, inside)
    )


def document(clipping: Clipping, found: Sequence[ThemeHit]) -> tuple[str, ...]:
    r"""Return the themes the clipping makes a substantive statement about, in alphabetical order.

    A sentence weighs 1 where two or more words or names show the theme, and a half where only one does; the title and
    the first paragraph weigh twice. A theme is substantive from a weight of 1: one full sentence on it, one indicator
    where it leads, or two in passing. A single indicator in passing is not enough.

    >>> from clippings import Codebook, parse
    >>> from clippings.annotators import annotate as walk
    >>> page = "The river froze.\n\nA guest praised military cooperation."
    >>> walk(parse(page, layout="plain")[0], Codebook.load()).document_themes
    ()
    """
    lead = clipping.paragraphs[0].end if clipping.paragraphs else 0
    weights: dict[str, float] = {}
    for hit in found:
        weights[hit.theme] = weights.get(hit.theme, 0.0) + _weight(hit, lead)
    return tuple(sorted(theme for theme, weight in weights.items() if weight >= _SUBSTANTIVE))


def _weight(hit: ThemeHit, lead: int) -> float:
    full = 1.0 if len(hit.evidence) > 1 else 0.5
    return full * 2 if hit.start < lead else full


def _title(clipping: Clipping) -> list[Span]:
    found = clipping.fields.get("title")
    return [found.span] if found and found.span else []


def _marks(codebook: Codebook, hits: Sequence[Hit], mentions: Sequence[Mention]) -> list[tuple[Span, str]]:
    """Terms and actors in order of position, each under the name an indicator calls it by."""
    terms = [(Span(hit.start, hit.end), codebook.terms[hit.form.target]) for hit in hits if hit.form.kind == "term"]
    actors = [(Span(mention.start, mention.end), f"@{mention.id}") for mention in mentions]
    return sorted([*terms, *actors], key=lambda mark: (mark[0].start, mark[0].end, mark[1]))


def _by_sentence(spans: Sequence[Span], marks: Sequence[tuple[Span, str]]) -> Iterator[Mapping[str, list[Span]]]:
    at = 0
    for sentence in spans:
        while at < len(marks) and marks[at][0].start < sentence.start:
            at += 1
        named: dict[str, list[Span]] = {}
        while at < len(marks) and marks[at][0].start < sentence.end:
            span, name = marks[at]
            if span.end <= sentence.end:
                named.setdefault(name, []).append(span)
            at += 1
        yield named


def _hits(theme: Theme, sentence: Span, named: Mapping[str, list[Span]]) -> Iterator[ThemeHit]:
    evidence: list[Span] = []
    terms: list[str] = []
    for indicator in theme.indicators:
        shown = _shown(indicator, named)
        evidence += [span for term in shown for span in named[term]]
        terms += shown
    if evidence:
        spans = tuple(sorted(set(evidence), key=lambda span: (span.start, span.end)))
        yield ThemeHit(sentence.start, sentence.end, theme.id, spans, ", ".join(dict.fromkeys(terms)))


def _shown(indicator: Indicator, named: Mapping[str, list[Span]]) -> list[str]:
    terms = [term for term in indicator.terms if term in named]
    context = [term for term in indicator.with_ if term in named]
    if not terms or (indicator.with_ and not context) or any(term in named for term in indicator.without):
        return []
    return [*terms, *context]
