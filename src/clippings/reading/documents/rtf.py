"""Documents in rich text format (``.rtf``)."""

from __future__ import annotations

import codecs
import re

from clippings.page.forms import Layout
from clippings.reading.guards import guarded, package, refuse_empty
from clippings.reading.saved import Saved, taken

KIND = "RTF document"
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_HEAD = 2_048
# Pictures and files within are long runs of digits, which no text is.
_DIGITS = re.compile(r"[0-9a-fA-F\s]{512,}")


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    r"""Read the bytes of a document.

    Raises:
        SourceError: it is damaged or without words, or striprtf is missing.

    >>> read(rb"{\rtf1\ansi Minsk was quiet.\par Nobody spoke.}", layout="plain")[0].decoded.text
    'Minsk was quiet.\nNobody spoke.'
    """
    striprtf = package("striprtf.striprtf", file, KIND)
    with guarded(file, KIND):
        if not data.lstrip()[:5].startswith(b"{\\rtf"):
            raise ValueError("it does not begin as one")
        encoding = _encoding(data)
        marked = _DIGITS.sub("", data.decode(encoding, "replace"))
        text = striprtf.rtf_to_text(marked, encoding=encoding, errors="replace")
    return [taken(data, refuse_empty(text, file, KIND), layout, encoding=encoding)]


def _encoding(data: bytes) -> str:
    found = _CODE_PAGE.search(data, 0, _HEAD)
    try:
        return codecs.lookup(f"cp{found[1].decode()}" if found else "cp1252").name
    except LookupError:
        return "cp1252"
