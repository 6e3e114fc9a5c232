"""Saved press clippings, turned into evidence.

Read with ``read`` or ``parse``, annotate with ``Corpus.annotate``, ask ``reference`` about the world of that day.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clippings.codebook import Codebook, CodebookError
    from clippings.columns import describe
    from clippings.corpus import AnnotatedCorpus, Corpus
    from clippings.export.tables import Tables, load, save
    from clippings.listing import table
    from clippings.model import Annotated, Clipping
    from clippings.reading import parse, read, read_frame
    from clippings.source import SourceError

__version__ = "0.1.0"
__all__ = [
    "Annotated",
    "AnnotatedCorpus",
    "Clipping",
    "Codebook",
    "CodebookError",
    "Corpus",
    "SourceError",
    "Tables",
    "describe",
    "load",
    "measures",
    "parse",
    "plots",
    "read",
    "read_frame",
    "reference",
    "save",
    "table",
]

_HOMES = {
    "codebook": ("Codebook", "CodebookError"),
    "columns": ("describe",),
    "corpus": ("AnnotatedCorpus", "Corpus"),
    "export.tables": ("Tables", "load", "save"),
    "listing": ("table",),
    "model": ("Annotated", "Clipping"),
    "reading": ("parse", "read", "read_frame"),
    "source": ("SourceError",),
}
_HOME = {name: f"clippings.{home}" for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package costs little."""
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    if name in __all__:
        return importlib.import_module(f"clippings.{name}")
    raise AttributeError(f"module 'clippings' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
