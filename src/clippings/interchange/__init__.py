"""What other software reads, and what it gives back: one file a format, offsets converted only here.

``write`` puts an annotated corpus into one of ``FORMATS``, ``read`` brings annotations back as a frame; ``bibtex``,
``ris`` and ``csl`` cite clippings as newspaper articles; ``graph`` is the network of who is quoted or named together;
``features`` counts words, to share a collection without its texts.

>>> import clippings as cl
>>> pages = cl.collection().table("clippings").query("id == '112007-14'")
>>> print(cl.interchange.ris(pages).splitlines()[0])
TY  - NEWS
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clippings.interchange._reading import FormatError
    from clippings.interchange.citing import Citation, bibtex, citations, csl, ris
    from clippings.interchange.exchange import read, write
    from clippings.interchange.extracted import Features, features, read_features
    from clippings.interchange.formats import FORMATS, Format
    from clippings.interchange.networks import graph

__all__ = [
    "FORMATS",
    "Citation",
    "Features",
    "Format",
    "FormatError",
    "bibtex",
    "citations",
    "csl",
    "features",
    "graph",
    "read",
    "read_features",
    "ris",
    "write",
]
_HOMES = {
    "_reading": ("FormatError",),
    "citing": ("Citation", "bibtex", "citations", "csl", "ris"),
    "exchange": ("read", "write"),
    "extracted": ("Features", "features", "read_features"),
    "formats": ("FORMATS", "Format"),
    "networks": ("graph",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: the command line lists the formats, and needs no more."""
    if name not in _HOME:
        raise AttributeError(f"module 'clippings.interchange' has no attribute {name!r}")
    return getattr(importlib.import_module(f"clippings.interchange.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)
