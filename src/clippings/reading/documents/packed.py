"""A single file packed with gzip (``.gz``), read as what its name says behind the packing."""

from __future__ import annotations

import gzip
import io

from clippings.page.forms import Layout
from clippings.page.layout import lay_out
from clippings.reading import foreign, kinds, source
from clippings.reading.guards import guarded
from clippings.reading.saved import Saved
from clippings.reading.source import MAX_BYTES, refusal

KIND = "gzip file"


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    """Read the bytes of a packed file; no more is unpacked than a page may have.

    Raises:
        SourceError: it cannot be unpacked, is too large, or what is in it cannot be read.

    >>> read(gzip.compress(b"Minsk was quiet."), file="page.txt.gz", layout="plain")[0].decoded.text
    'Minsk was quiet.'
    """
    with guarded(file, KIND), gzip.open(io.BytesIO(data)) as packed:
        inner = packed.read(MAX_BYTES + 1)
    if len(inner) > MAX_BYTES:
        raise refusal("CLP106", file, size=len(inner), limit=MAX_BYTES)
    name = file[: -len(".gz")] if file.lower().endswith(".gz") else file
    if name.lower().endswith(".gz"):
        raise refusal("CLP114", file, member=name)
    reader = kinds.reader(name, inner)
    if reader is None:
        foreign.refuse(inner, file)
        decoded = source.decode(inner, file=file)
        return [Saved(decoded, lay_out(decoded.text, layout))]
    found = reader(inner, file=name, layout=layout)
    return found if isinstance(found, list) else [found]
