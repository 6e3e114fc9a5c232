"""The walk from a clipping to its evidence: one annotator a layer, each a pure function of the layers below it."""

from __future__ import annotations

from clippings.annotators import dates, errata, mentions, scanning, sentences, speakers, themes
from clippings.codebook import Codebook
from clippings.model import Annotated, Clipping


def annotate(clipping: Clipping, codebook: Codebook) -> Annotated:
    """Return the clipping with all layers of evidence.

    >>> from clippings import Codebook, parse
    >>> clipping = parse("Belarus is a reliable ally of Russia.", layout="plain")[0]
    >>> annotate(clipping, Codebook.load()).document_themes
    ('alliances',)
    """
    hits = scanning.in_clipping(clipping, codebook)
    cut = sentences.annotate(clipping)
    listed = mentions.annotate(clipping, codebook, hits)
    quotes, unlisted = speakers.annotate(clipping, codebook, cut, listed)
    named = tuple(sorted([*listed, *unlisted], key=mentions.position)) if unlisted else listed
    shown = themes.annotate(clipping, codebook, hits, cut, named)
    return Annotated(
        clipping=clipping,
        codebook=codebook.ref,
        sentences=cut,
        mentions=named,
        quotes=quotes,
        dates=dates.annotate(clipping, cut),
        themes=shown,
        document_themes=themes.document(clipping, shown),
        errata=errata.annotate(clipping, codebook, cut, named),
    )
