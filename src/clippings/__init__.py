"""Saved press clippings, turned into evidence.

Read with ``read`` or ``parse``, annotate with ``Corpus.annotate``, ask ``reference`` about the world of that day. What
does not fit into memory goes from files to tables with ``annotate_to``, and comes back with ``load``. ``collection``
finds the pages and tables that the book reads.
"""

from __future__ import annotations

from clippings import release

TYPE_CHECKING = False  # typing takes as long to import as all that ``clippings --version`` needs.
if TYPE_CHECKING:
    from typing import Any

    from clippings import interchange, measures, plots, reference, review, store
    from clippings.arguments import ArgumentError
    from clippings.codebook import Codebook, CodebookError
    from clippings.comparing.report import differences
    from clippings.corpus import AnnotatedCorpus, Corpus
    from clippings.display.tables import table
    from clippings.errors import ClippingsError, LayerError
    from clippings.fetching.runs import Fetched, fetch
    from clippings.fetching.verifying import Verified, verify
    from clippings.gluing import glue
    from clippings.model import Annotated, Clipping
    from clippings.page.forms import PageForm
    from clippings.page.layout import register_page_form
    from clippings.parallel import WorkerError
    from clippings.reading.reader import parse, read, read_frame
    from clippings.reading.source import SourceError
    from clippings.search.query import SearchError
    from clippings.shipped import Collection, CollectionError, collection
    from clippings.store.lines import ResultError, read_jsonl
    from clippings.store.manifest import FolderError
    from clippings.store.runs import annotate_to
    from clippings.store.tables import Tables, load, save
    from clippings.tables.columns import describe

__version__ = release.VERSION
__all__ = [
    "Annotated",
    "AnnotatedCorpus",
    "ArgumentError",
    "Clipping",
    "ClippingsError",
    "Codebook",
    "CodebookError",
    "Collection",
    "CollectionError",
    "Corpus",
    "Fetched",
    "FolderError",
    "LayerError",
    "PageForm",
    "ResultError",
    "SearchError",
    "SourceError",
    "Tables",
    "Verified",
    "WorkerError",
    "annotate_to",
    "collection",
    "describe",
    "differences",
    "fetch",
    "glue",
    "interchange",
    "load",
    "measures",
    "parse",
    "plots",
    "read",
    "read_frame",
    "read_jsonl",
    "reference",
    "register_page_form",
    "review",
    "save",
    "store",
    "table",
    "verify",
]

_HOMES = {
    "codebook": ("Codebook", "CodebookError"),
    "comparing.report": ("differences",),
    "corpus": ("AnnotatedCorpus", "Corpus"),
    "display.tables": ("table",),
    "arguments": ("ArgumentError",),
    "errors": ("ClippingsError", "LayerError"),
    "fetching.runs": ("Fetched", "fetch"),
    "fetching.verifying": ("Verified", "verify"),
    "gluing": ("glue",),
    "model": ("Annotated", "Clipping"),
    "page.forms": ("PageForm",),
    "page.layout": ("register_page_form",),
    "parallel": ("WorkerError",),
    "reading.reader": ("parse", "read", "read_frame"),
    "reading.source": ("SourceError",),
    "search.query": ("SearchError",),
    "shipped": ("Collection", "CollectionError", "collection"),
    "store.lines": ("ResultError", "read_jsonl"),
    "store.manifest": ("FolderError",),
    "store.runs": ("annotate_to",),
    "store.tables": ("Tables", "load", "save"),
    "tables.columns": ("describe",),
}
_HOME = {name: f"clippings.{home}" for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package costs little."""
    import importlib

    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    if name in __all__:
        return importlib.import_module(f"clippings.{name}")
    raise AttributeError(f"module 'clippings' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
