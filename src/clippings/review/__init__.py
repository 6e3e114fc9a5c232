"""Corrections by people: annotations out to a spreadsheet, verdicts back, agreement of coders, and precision."""

from clippings.review._sheets import ReviewError
from clippings.review.curated import CuratedCorpus
from clippings.review.importing import from_frame
from clippings.review.reading import read
from clippings.review.writing import write

__all__ = ["CuratedCorpus", "ReviewError", "from_frame", "read", "write"]
