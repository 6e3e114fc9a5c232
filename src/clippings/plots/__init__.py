"""Figures of the book: one idea each; a function takes a tidy frame and returns a matplotlib Figure.

Colors are Okabe and Ito's; what a color says is also said by a label or by position, so that figures read in grey.
"""

from clippings.plots.evidence import evidence_strip
from clippings.plots.periods import treaty_timeline
from clippings.plots.sources import voices

__all__ = ["evidence_strip", "treaty_timeline", "voices"]
