"""What a reader of documents takes from a file: a text, how it is laid out, and what else the file says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from clippings.model import Diagnostic, Field
from clippings.page.forms import LaidOut, Layout
from clippings.page.layout import lay_out
from clippings.reading.source import Decoded

NO_FIELDS: Mapping[str, Field] = MappingProxyType({})


class Saved(NamedTuple):
    """A text taken from a file, with the hash and encoding of its bytes, laid out.

    ``address`` is where it was saved from. Of a file that holds many texts, ``key`` names each, and
    ``given`` is what stands beside it, as for ``read_frame``. ``fallback`` are the fields that the file itself says it
    has; what is printed in the text comes first.
    """

    decoded: Decoded
    layed: LaidOut
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


def with_fields(saved: Saved, given: Mapping[str, Field]) -> Saved:
    """Return a text to whose items fields are given, before those printed in it."""
    items = tuple(msgspec.structs.replace(item, fields={**item.fields, **given}) for item in saved.layed.items)
    return saved._replace(layed=saved.layed._replace(items=items))
