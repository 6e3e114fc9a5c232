"""Figures of the book: one idea each; a function takes a tidy frame and returns a matplotlib Figure.

Where a frame says where its rows lead, ``image_map`` gives the marks of its figure as links.

What a figure cannot draw it refuses before it draws: a column that is not there (``MissingColumn``), a value that is
not what the column holds, such as a missing count, or more rows than fit (``ArgumentError``); the message says where
and what to do. A frame without rows gives a figure that says so.

Colors are Okabe and Ito's; what a color says is also said by a label or by position, so that figures read in grey.
"""

from clippings.plots._links import image_map
from clippings.plots.agreement import agreement_by_theme, robustness
from clippings.plots.chronology import chronology
from clippings.plots.collection import outlets_by_year, shares_by_year
from clippings.plots.dots import dot_list
from clippings.plots.evidence import evidence_strip
from clippings.plots.growth import growth
from clippings.plots.memberships import membership_timeline
from clippings.plots.sources import named_and_speaking, voices
from clippings.plots.stances import stance_ladder
from clippings.plots.throughput import throughput

__all__ = [
    "agreement_by_theme",
    "chronology",
    "dot_list",
    "evidence_strip",
    "growth",
    "image_map",
    "membership_timeline",
    "named_and_speaking",
    "outlets_by_year",
    "robustness",
    "shares_by_year",
    "stance_ladder",
    "throughput",
    "voices",
]
