"""What a reader of documents takes from a file: a text, how it is laid out, and what else the file says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from clippings import diagnostics
from clippings.model import Diagnostic, Field
from clippings.page.forms import LaidOut, Layout
from clippings.page.layout import lay_out
from clippings.reading.source import Decoded, SourceError, refusal

NO_FIELDS: Mapping[str, Field] = MappingProxyType({})


class Saved(NamedTuple):
    """A text taken from a file, with the hash and encoding of its bytes, laid out.

    ``address`` is where it was saved from. Of a file that holds many texts, ``key`` names each, and
    ``given`` is what stands beside it, as for ``read_frame``. ``fallback`` are the fields that the file itself says it
    has; what is printed in the text comes first.
    """

    decoded: Decoded
    laid: LaidOut
    address: str = ""
    key: str = ""
    given: Mapping[str, Any] = NO_FIELDS
    fallback: Mapping[str, Field] = NO_FIELDS


def taken(
    data: bytes, text: str, layout: Layout, *, encoding: str = "utf-8", told: tuple[Diagnostic, ...] = ()
) -> Saved:
    """Return a text taken from the bytes of a document, laid out.

    >>> taken(b"...", "Minsk was quiet.", "plain").decoded.text
    'Minsk was quiet.'
    """
    decoded = Decoded(text, encoding, b"", hashlib.sha256(data).hexdigest(), told)
    return Saved(decoded, lay_out(text, layout))


def read_each(parts: Iterable[Callable[[], Saved]], file: str, noun: str) -> list[Saved]:
    """Return the texts of a file that holds many; the first tells of the parts that cannot be read (CLP137).

    Args:
        parts: each gives a text, or raises SourceError.
        file: the name of the file.
        noun: what a part is called.

    Raises:
        SourceError: no part can be read.
    """
    found: list[Saved] = []
    failed: dict[int, SourceError] = {}
    for number, read in enumerate(parts, 1):
        try:
            found.append(read()._replace(key=str(number)))
        except SourceError as error:
            failed[number] = error
    if not found:
        raise next(iter(failed.values()), refusal("CLP109", file, reason=f"it holds no {noun}"))
    notes = [
        diagnostics.make("CLP137", file=file, part=f"{noun} {number}", reason=error.diagnostic.message)
        for number, error in failed.items()
    ]
    return [with_notes(found[0], notes), *found[1:]]


def with_notes(saved: Saved, notes: Iterable[Diagnostic]) -> Saved:
    """Return a text of which more is to be told."""
    decoded = saved.decoded
    return saved._replace(decoded=msgspec.structs.replace(decoded, diagnostics=(*decoded.diagnostics, *notes)))


def with_fields(saved: Saved, given: Mapping[str, Field]) -> Saved:
    """Return a text to whose items fields are given, before those printed in it."""
    items = tuple(msgspec.structs.replace(item, fields={**item.fields, **given}) for item in saved.laid.items)
    return saved._replace(laid=saved.laid._replace(items=items))
