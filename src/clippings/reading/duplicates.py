"""Exact copies among clippings: the same bytes, or the same text but for white space."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from clippings import diagnostics
from clippings.model import Clipping

_OPENING = 100


def diagnose(found: Sequence[Clipping]) -> list[Clipping]:
    r"""Return the clippings, each copy of an earlier page with a diagnostic (CLP301, CLP302) that names the first.

    >>> from clippings import parse
    >>> pages = [parse(text, path=name)[0] for name, text in (("1.txt", "Quiet.\n"), ("2.txt", "Quiet."))]
    >>> diagnose(pages)[1].diagnostics[-1].message
    'the same text as 1.txt but for white space'
    """
    noted = list(found)
    for group in _alike(found):
        for at, code, first in _copies([(at, found[at]) for at in group]):
            copy = found[at]
            note = diagnostics.make(code, file=copy.path, first=first.path or first.id)
            noted[at] = msgspec.structs.replace(copy, diagnostics=(*copy.diagnostics, note))
    return noted


def _alike(found: Sequence[Clipping]) -> Iterator[list[int]]:
    """Group the pages whose first letters are the same: only these need to be compared to the end."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for at, clipping in enumerate(found):
        if clipping.item == 0:
            groups[_opening(clipping)].append(at)
    return (group for group in groups.values() if len(group) > 1)


def _copies(pages: Sequence[tuple[int, Clipping]]) -> Iterator[tuple[int, str, Clipping]]:
    by_bytes: dict[str, Clipping] = {}
    by_text: dict[bytes, Clipping] = {}
    for at, clipping in pages:
        same_bytes = by_bytes.setdefault(clipping.sha256, clipping)
        same_text = by_text.setdefault(text_hash(clipping), clipping)
        if same_bytes is not clipping:
            yield at, "CLP301", same_bytes
        elif same_text is not clipping:
            yield at, "CLP302", same_text


def _letters(clipping: Clipping) -> Iterator[str]:
    """Yield the text without its white space, part by part."""
    return ("".join(block.of(clipping.text).split()) for block in clipping.blocks if block.kind != "blank")


def _opening(clipping: Clipping) -> str:
    opening = ""
    for letters in _letters(clipping):
        opening += letters
        if len(opening) >= _OPENING:
            break
    return opening[:_OPENING]


def text_hash(clipping: Clipping) -> bytes:
    """The hash of a page's text without its white space."""
    return hashlib.sha256("".join(_letters(clipping)).encode("utf-8", "surrogatepass")).digest()
