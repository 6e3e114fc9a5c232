"""The walk from clippings to their evidence: one declaration a layer, each a pure function of the layers before it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Any

import msgspec

from clippings import arguments
from clippings.codebook import Codebook
from clippings.evidence import DateRef, Erratum, Mention, Quote, ThemeHit
from clippings.layers import errata, mentions, themes
from clippings.layers.dates import annotator as dates
from clippings.layers.dates import periods
from clippings.layers.layer import GIVEN, Layer, checked
from clippings.layers.quotes import annotator as quotes
from clippings.model import Annotated, Clipping, Span
from clippings.text import scanning, sentences


def _paragraphs(clipping: Clipping, found: Sequence[Span]) -> Iterator[int]:
    """The number of the paragraph of each sentence."""
    ends = [block.end for block in clipping.paragraphs]
    number = 0
    for span in found:
        while ends[number] < span.end:
            number += 1
        yield number + 1


def _of_speaker(speaker: str | None) -> dict[str, Any]:
    """Nothing the library knew of the speaker before holds for another."""
    return {"speaker_id": speaker} | dict.fromkeys(("role", "affiliation", "country", "resolved_by"))


def _of_iso(iso: str | None) -> dict[str, Any]:
    if iso is None:
        return dict.fromkeys(("date", "first", "last", "anchor"))
    found = periods.read(iso)
    return {"date": found.first, "first": found.first, "last": found.last, "precision": found.precision, "anchor": None}


LAYERS = checked(
    [
        Layer("_hits", GIVEN, scanning.in_clipping),
        Layer("sentences", ("clipping",), sentences.annotate, Span, columns={"paragraph": _paragraphs}, shown=()),
        Layer("_linked", (*GIVEN, "_hits"), mentions.read),
        Layer("_listed", ("_linked",), itemgetter(0)),
        Layer("_said", (*GIVEN, "sentences", "_listed"), quotes.annotate),
        Layer(
            "quotes",
            ("_said",),
            itemgetter(0),
            Quote,
            value="kind",
            shown=("kind", "speaker", "rule"),
            corrected=("speaker", "source", "kind"),
            follows={"speaker": _of_speaker},
        ),
        Layer(
            "mentions",
            ("_listed",),
            mentions.with_sources,
            Mention,
            value="id",
            optional=("_said",),
            names={"id": "entity"},
            corrected=("entity", "kind"),
            follows={"entity": lambda _: dict.fromkeys(("country", "wikidata"))},
            shown=("entity", "kind", "form"),
        ),
        Layer(
            "dates",
            ("clipping", "sentences"),
            dates.annotate,
            DateRef,
            value="iso",
            columns={"date": lambda _, found: map(attrgetter("first"), found)},
            corrected=("iso",),
            follows={"iso": _of_iso},
            shown=("iso", "rule"),
        ),
        Layer("_named", ("_listed", "_said"), mentions.with_sources),
        Layer(
            "themes",
            (*GIVEN, "_hits", "sentences", "_listed"),
            themes.annotate,
            ThemeHit,
            value="theme",
            summary=("document_themes", themes.document),
            corrected=("theme",),
        ),
        Layer(
            "errata",
            (*GIVEN, "sentences", "_named"),
            errata.annotate,
            Erratum,
            value="expected",
            columns={"printed": lambda clipping, found: (one.of(clipping.text) for one in found)},
            corrected=("expected",),
            shown=("expected", "rule"),
        ),
    ]
)
"""In the order in which they are made and shown. A new layer is one more declaration here, a file of its own that has
its record and annotator, a file that describes its frame, and its tests."""

KEPT = {layer.name: layer for layer in LAYERS if layer.record}


def annotate(clipping: Clipping, codebook: Codebook, layers: Iterable[str] | None = None) -> Annotated:
    """Return the clipping with all layers of evidence, or those asked for.

    >>> from clippings import Codebook, parse
    >>> clipping = parse("Belarus is a reliable ally of Russia.", layout="plain")[0]
    >>> annotate(clipping, Codebook.load()).document_themes
    ('alliances',)
    """
    return annotate_all([clipping], codebook, layers)[0]


def annotate_all(
    clippings: Sequence[Clipping], codebook: Codebook, layers: Iterable[str] | None = None
) -> list[Annotated]:
    """Return some clippings with all layers of evidence, or those asked for, each as ``annotate`` does.

    A layer is made for all of them before the next: what an annotator works with stays close to the processor, which
    saves an eighth of the time.

    >>> from clippings import Codebook, parse
    >>> found = [parse(text, layout="plain")[0] for text in ("Minsk waits.", "Moscow waits.")]
    >>> [page.mentions[0].id for page in annotate_all(found, Codebook.load())]
    ['BY', 'RU']
    """
    asked = names(layers)
    made: list[dict[str, Any]] = [{"clipping": one, "codebook": codebook} for one in clippings]
    for layer in _needed(asked):
        for page in made:
            page[layer.name] = layer.annotate(*map(page.__getitem__, layer.needs), *map(page.get, layer.optional))
    return [Annotated(_told(page), codebook.ref, found(page, asked)) for page in made]


def _told(page: Mapping[str, Any]) -> Clipping:
    """The clipping, with what its annotators left open among its diagnostics."""
    clipping: Clipping = page["clipping"]
    undecided = page["_linked"][1] if "_linked" in page else ()
    told = mentions.left_open(clipping, page["codebook"], undecided) if undecided else ()
    told = tuple(one for one in told if one not in clipping.diagnostics)
    return msgspec.structs.replace(clipping, diagnostics=(*clipping.diagnostics, *told)) if told else clipping


def names(layers: Iterable[str] | None) -> tuple[str, ...]:
    """Return the layers asked for in the order of their declaration; all of them where None is.

    Raises:
        ArgumentError: ``layers`` is no list of names.
        ValueError: there is no layer of such a name; the message lists those there are.

    >>> names(["dates", "mentions"])
    ('mentions', 'dates')
    """
    if layers is not None and not isinstance(layers, str):
        arguments.several("layers", layers, str, f"give names of layers; there are: {', '.join(KEPT)}")
    asked = KEPT if layers is None else [layers] if isinstance(layers, str) else list(layers)
    unknown = [str(name) for name in asked if name not in KEPT]
    if unknown or not asked:
        what = f"no layer {', '.join(map(repr, unknown))}" if unknown else "no layer is asked for"
        raise ValueError(f"{what}; there are: {', '.join(KEPT)}")
    return tuple(name for name in KEPT if name in asked)


def found(page: Mapping[str, Any], asked: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """Return what a page keeps of its layers: the records, and what sums them up for the whole clipping."""
    kept = {}
    for name in asked:
        kept[name] = page[name]
        if summary := KEPT[name].summary:
            kept[summary[0]] = summary[1](page[name])
    return kept


@functools.lru_cache(maxsize=8)
def _needed(asked: tuple[str, ...]) -> tuple[Layer, ...]:
    """The layers to run, in order: those asked for and all that these need."""
    wanted = set(asked)
    for layer in reversed(LAYERS):
        if layer.name in wanted:
            wanted.update(layer.needs)
    return tuple(layer for layer in LAYERS if layer.name in wanted)
