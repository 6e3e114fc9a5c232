"""What other software reads, and what it gives back: one file a format, offsets converted only here.

``write`` puts an annotated corpus into one of ``FORMATS``, ``read`` brings annotations back as a frame; ``bibtex``, ``ris``
and ``csl`` cite clippings as newspaper articles, and ``graph`` is the network of who is quoted or named together.

>>> import clippings as cl
>>> pages = cl.collection().table("clippings").query("id == '112007-14'")
>>> print(cl.interchange.ris(pages).splitlines()[0])
TY  - NEWS
"""

from clippings.interchange._reading import FormatError
from clippings.interchange.citing import Citation, bibtex, citations, csl, ris
from clippings.interchange.formats import FORMATS, Format, read, write
from clippings.interchange.networks import graph

__all__ = [
    "FORMATS",
    "Citation",
    "Format",
    "FormatError",
    "bibtex",
    "citations",
    "csl",
    "graph",
    "read",
    "ris",
    "write",
]
