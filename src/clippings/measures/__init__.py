"""Measures of a corpus: the counts and coefficients of content analysis and corpus linguistics.

Frames in, frames out. Every function takes tidy frames and gives a new one; none changes what it is given.
A frame of *texts* has one row a stretch of text: ``id`` and ``item`` (the key of its clipping), ``text`` and,
where the stretch is not the whole page, ``start`` (the code point of the page at which it begins). A clipping
may have several rows, so that a frame of sentences is one of texts. A frame of *marks* has one row an annotation:
``id``, ``item``, ``start``, ``end``; mentions, quotes, dates and themes are such frames.

=================================  ================================================================
question                           functions
=================================  ================================================================
in what words does it stand        ``kwic``, ``concordance``, ``kwic_html``
how often, and how evenly          ``frequencies``, ``dispersion``
what sets two corpora apart        ``keyness``
what goes with what                ``cooccurrence``, ``as_graph``, ``code_pairs``
do the coders agree                ``alpha``, ``percent_agreement``, ``disagreements``
how sure is a share, a difference  ``wilson``, ``mean_difference``, ``share_of``, ``share_difference``
does it rest on few clippings      ``clustered_share``, ``leave_one_out``, ``variants``
does one run of days stand out     ``rarest_run``
what was printed twice             ``near_duplicates``, ``same_words``
what a figure draws                ``voices``, ``chronology``
=================================  ================================================================

``as_graph`` and ``near_duplicates`` need the extra ``measures`` and say so when it is missing.
"""

from __future__ import annotations

from clippings.arguments import MissingColumn
from clippings.measures.agreement import alpha, disagreements, percent_agreement
from clippings.measures.codes import code_pairs
from clippings.measures.cooccurrence import as_graph, cooccurrence
from clippings.measures.duplicates import near_duplicates
from clippings.measures.figures import chronology, voices
from clippings.measures.frequency import dispersion, frequencies
from clippings.measures.intervals import Difference, Interval, mean_difference, wilson
from clippings.measures.keyness import keyness
from clippings.measures.kwic import concordance, kwic, kwic_html
from clippings.measures.robustness import Estimate, clustered_share, leave_one_out, share_difference, share_of, variants
from clippings.measures.same_words import same_words
from clippings.measures.scan import Run, rarest_run

__all__ = [
    "Difference",
    "Estimate",
    "Interval",
    "MissingColumn",
    "Run",
    "alpha",
    "as_graph",
    "chronology",
    "clustered_share",
    "code_pairs",
    "concordance",
    "cooccurrence",
    "disagreements",
    "dispersion",
    "frequencies",
    "keyness",
    "kwic",
    "kwic_html",
    "leave_one_out",
    "mean_difference",
    "near_duplicates",
    "percent_agreement",
    "rarest_run",
    "same_words",
    "share_difference",
    "share_of",
    "variants",
    "voices",
    "wilson",
]
