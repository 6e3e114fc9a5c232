"""The kinds of files: by what each is read, and which are left out; one table for folders, archives and open files."""

from __future__ import annotations

import importlib
import re
from typing import Any

_HEAD = 4_096
_HTML = re.compile(
    r"[\ufeffï»¿ÿþ\s]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

_MAILBOX = re.compile(rb"\s*From \S+ [^\n]*\d{4}\r?\n[A-Z][\w-]*: ")

MARKUP = "html:read"
READERS: dict[str, str] = {
    ".txt": "",
    ".html": MARKUP,
    ".htm": MARKUP,
    ".xhtml": MARKUP,
    ".mht": MARKUP,
    ".mhtml": MARKUP,
    ".docx": "documents.word:read",
    ".odt": "documents.odt:read",
    ".rtf": "documents.rtf:read",
    ".pdf": "documents.pdf:read",
    ".epub": "documents.epub:read",
    ".eml": "documents.mail:read",
    ".mbox": "documents.mail:read_box",
    ".csv": "documents.tables:read",
    ".tsv": "documents.tables:read",
    ".xlsx": "documents.tables:read_sheet",
    ".rss": "documents.feeds:read",
    ".atom": "documents.feeds:read",
    ".xml": "documents.feeds:read",
    ".gz": "documents.packed:read",
}
"""Suffix to the module of this folder and the function that reads such bytes, imported when the first is met.

A reader takes ``(data, *, file, layout)``. Text has none: it is decoded and laid out. What a folder or an archive holds
of other suffixes is not read; a file that is named is read as text whatever its suffix.
"""
SUFFIXES = tuple(suffix for suffix in READERS if suffix != ".gz")
MARKUP_SUFFIXES = tuple(suffix for suffix, reader in READERS.items() if reader == MARKUP)


def is_page(name: str) -> bool:
    """Tell by its name whether a file in a folder or an archive is read.

    >>> is_page("a.TXT"), is_page("a.txt.gz"), is_page("talk.key"), is_page("data.json.gz")
    (True, True, False, False)
    """
    return name.lower().removesuffix(".gz").endswith(SUFFIXES)


def reader(name: str, data: bytes | str) -> Any:
    """Return the function that reads a file of this name, None for text.

    HTML, rich text and mailboxes are known by their first characters too: they often go by another name, such as .txt.
    """
    lowered = name.lower()
    where = next((reader for suffix, reader in READERS.items() if lowered.endswith(suffix)), None)
    if not where and _begins_as_html(data):
        where = MARKUP
    if not where and data[:5] in ("{\\rtf", b"{\\rtf"):
        where = READERS[".rtf"]
    if not where and _MAILBOX.match(data[:_HEAD].encode() if isinstance(data, str) else data[:_HEAD]):
        where = READERS[".mbox"]
    if not where:
        return None
    module, _, function = where.partition(":")
    return getattr(importlib.import_module(f"clippings.reading.{module}"), function)


def _begins_as_html(data: bytes | str) -> bool:
    head = data[:_HEAD] if isinstance(data, str) else data[:_HEAD].replace(b"\0", b"").decode("latin-1")
    return _HTML.match(head) is not None
