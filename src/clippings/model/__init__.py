"""Frozen records of the library: a clipping, its parts, and the evidence found in it.

All offsets are Unicode code points over the decoded text of one page, start inclusive, end exclusive.
"""

from clippings.model._clippings import Annotated, Clipping, CodebookRef
from clippings.model._evidence import DateRef, Erratum, Mention, Quote, SourceType, ThemeHit
from clippings.model._parts import Block, Diagnostic, Field, Severity, Span, blocks_in

__all__ = [
    "Annotated",
    "Block",
    "Clipping",
    "CodebookRef",
    "DateRef",
    "Diagnostic",
    "Erratum",
    "Field",
    "Mention",
    "Quote",
    "Severity",
    "SourceType",
    "Span",
    "ThemeHit",
    "blocks_in",
]
