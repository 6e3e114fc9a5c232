"""A library of references as a table of files: CSL-JSON, as Zotero and others write it, a row an attachment.

Plain CSL-JSON names no files. Where items have ``attachments`` (each with ``path``) or ``file``, these are the files of
the item; else a file bears the item's ``id``, as a citation key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

COLUMNS = ("file", "title", "date", "outlet", "byline", "url", "language", "reference")
_DRIVE = re.compile(r"[A-Za-z]:/|/|file://|~")
_PREFIX = re.compile(r"(?:storage|attachments):")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]\w+)*")
_KEPT = 2
"""Parts of an absolute path by which a file is known elsewhere: Zotero keeps each in a folder of its own."""


def rows(data: bytes) -> list[dict[str, str | None]]:
    """Return a row for each file of each item.

    Raises:
        ValueError: it is not CSL-JSON, and why.

    >>> item = b'[{"id": "a1", "title": "Talks", "issued": {"date-parts": [[2007, 11]]}, "file": "/z/Z7/a.pdf"}]'
    >>> {name: value for name, value in rows(item)[0].items() if value}
    {'file': 'Z7/a.pdf', 'title': 'Talks', 'date': '2007-11', 'reference': 'a1'}
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("it is nested too deep for CSL-JSON") from error
    items = found.get("items") if isinstance(found, dict) else found
    if not isinstance(items, list):
        raise ValueError("it is no list of items; export the library as CSL-JSON")
    return [row for number, item in enumerate(items, 1) for row in _rows(item, number)]


def _rows(item: Any, number: int) -> Iterator[dict[str, str | None]]:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str | int):
        raise ValueError(f"item {number} has no id; export the library as CSL-JSON")
    language = _LANGUAGE.fullmatch(_text(item.get("language")) or "")
    told = {
        "title": _text(item.get("title")),
        "date": _date(item.get("issued")),
        "outlet": _text(item.get("container-title")) or _text(item.get("publisher")),
        "byline": _names(item.get("author")),
        "url": _text(item.get("URL")),
        "language": language[1].lower() if language else None,
        "reference": str(item["id"]),
    }
    for file in _files(item) or [str(item["id"])]:
        yield {"file": file, **told}


def _files(item: Mapping[str, Any]) -> list[str]:
    held = item.get("attachments")
    listed = held if isinstance(held, list) else []
    named = [_text(one.get("path") or one.get("localPath")) for one in listed if isinstance(one, dict)]
    found = [path for path in [*named, _text(item.get("file"))] if path]
    return list(dict.fromkeys(map(_path, found)))


def _path(path: str) -> str:
    """A path as a table names a file: what another machine has above the file's own folder is cut off."""
    plain = _PREFIX.sub("", path.replace("\\", "/"), count=1)
    return "/".join(plain.split("/")[-_KEPT:]) if _DRIVE.match(plain) else plain


def _date(issued: Any) -> str | None:
    """The day, month or year of ``issued``; both of two, and words where it has none, for ``metadata.day`` to judge."""
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    dates = [part for part in parts if isinstance(part, list) and part] if isinstance(parts, list) else []
    written = ["-".join(f"{part:0>2}" for part in map(str, date)) for date in dates]
    return "/".join(written) or _text(issued.get("literal")) or _text(issued.get("raw"))


def _names(authors: Any) -> str | None:
    people = [one for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    names = [_text(one.get("literal")) or _whole(one) for one in people]
    return ", ".join(name for name in names if name) or None


def _whole(person: Mapping[str, Any]) -> str:
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(part for part in (_text(person.get(name)) for name in parts) if part)


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
