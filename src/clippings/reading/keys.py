"""The key of a clipping: a name for each page, stable between runs and unique within one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from clippings import diagnostics
from clippings.hidden import sound
from clippings.reading.archives import RawPage

# A page of the archive is called by month, year and number, wherever it lies.
_OF_ARCHIVE = re.compile(r"(?:0[1-9]|1[0-2])(?:19|20)\d\d-\d+")


def key(path: str, root: str = "") -> str:
    """Name a page by its path below ``root``, without suffix; the archive's own names stand by themselves.

    >>> key("press/2007/001.txt", "press"), key("press/2007/112007-14.txt", "press"), key("press/001.txt", "press/")
    ('2007/001', '112007-14', '001')
    """
    inside = path if root in ("", os.curdir) else path.removeprefix(root)
    folder, slash, name = inside.replace(os.sep, "/").lstrip("/").rpartition("/")
    stem = without_suffix(name)
    named = stem if _OF_ARCHIVE.fullmatch(stem) else f"{folder}{slash}{stem}"
    return sound(named)


def without_suffix(name: str) -> str:
    """The name of a file without its suffix and packing; one that begins or ends with its only dot has none.

    >>> without_suffix("a.b.txt"), without_suffix("a.txt.gz"), without_suffix(".txt"), without_suffix("a.")
    ('a.b', 'a', '.txt', 'a.')
    """
    if name.lower().endswith(".gz") and "." in name[1:-3]:
        name = name[:-3]
    at = name.rfind(".")
    return name[:at] if 0 < at < len(name) - 1 else name


def unique(pages: Iterable[RawPage]) -> Iterator[RawPage]:
    """Yield the pages; one whose key an earlier page has gets a number behind it, and a diagnostic (CLP303).

    >>> twins = [RawPage("a/1.txt", bytes, "1"), RawPage("b/1.txt", bytes, "1")]
    >>> [(page.id, [told.message for told in page.notes]) for page in unique(twins)]
    [('1', []), ('1~2', ['the id 1 is that of a/1.txt; this page is called 1~2'])]
    """
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for page in pages:
        if page.id is None:
            yield page
            continue
        if page.id not in names:
            names[page.id] = page.name
            yield page
            continue
        named = _numbered(page.id, names, counts)
        names[named] = page.name
        note = diagnostics.make(
            "CLP303", file=page.name, id=page.id, first=names[page.id] or "another", so=f"this page is called {named}"
        )
        yield page._replace(id=named, notes=(*page.notes, note))


def _numbered(name: str, taken: dict[str, str], counts: dict[str, int]) -> str:
    """Go on counting where the last page of this name ended: there may be thousands."""
    number = counts.get(name, 1) + 1
    while f"{name}~{number}" in taken:
        number += 1
    counts[name] = number
    return f"{name}~{number}"
