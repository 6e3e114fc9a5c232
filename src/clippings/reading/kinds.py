"""The kinds of files: by what each is read, and which are left out; one table for folders, archives and open files."""

from __future__ import annotations

import importlib
from typing import Any

MARKUP = "html:read"
READERS: dict[str, str] = {
    ".txt": "",
    ".html": MARKUP,
    ".htm": MARKUP,
    ".xhtml": MARKUP,
    ".mht": MARKUP,
    ".mhtml": MARKUP,
}
"""Suffix to the module of this folder and the function that reads such bytes, imported when the first is met.

A reader takes ``(data, *, file, layout)``. Text has none: it is decoded and laid out. What a folder or an archive holds
of other suffixes is not read; a file that is named is read as text whatever its suffix.
"""
SUFFIXES = tuple(READERS)
MARKUP_SUFFIXES = tuple(suffix for suffix, reader in READERS.items() if reader == MARKUP)


def is_page(name: str) -> bool:
    """Tell by its name whether a file in a folder or an archive is read.

    >>> is_page("a.TXT"), is_page("talk.key")
    (True, False)
    """
    return name.lower().endswith(SUFFIXES)


def is_markup(name: str) -> bool:
    """Tell by its name whether a page is saved HTML."""
    return name.lower().endswith(MARKUP_SUFFIXES)


def reader(name: str) -> Any:
    """Return the function that reads a file of this name, None for text."""
    lowered = name.lower()
    where = next((reader for suffix, reader in READERS.items() if lowered.endswith(suffix)), "")
    if not where:
        return None
    module, _, function = where.partition(":")
    return getattr(importlib.import_module(f"clippings.reading.{module}"), function)
