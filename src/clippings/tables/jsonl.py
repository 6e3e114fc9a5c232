"""The wire format, schema 2: one JSON object a clipping, offsets in code points over the text of its page.

It holds what the frames hold. The text itself is left out where the file at ``path`` holds it, byte for byte. The items
of a page share its text and blocks. Of a page with more than ``REPEATED`` blocks these stand in the line of the first
item only, and ``blocks`` is null in those behind it, as a digest of thousands of items would repeat them thousands of
times.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from clippings.hidden import sound
from clippings.layers import registry
from clippings.layers.layer import Form, Layer
from clippings.layers.registry import KEPT
from clippings.model import Annotated, Clipping, CodebookRef, Span
from clippings.tables import frames

VERSION = 2
REPEATED = 1_000  # Blocks of a page that stand in the line of each of its items at most.

Record: TypeAlias = dict[str, Any]
_FIRST = ("id", "path", "item", "sha256", "encoding", "form")
_LAST = tuple(name for name in Clipping.__struct_fields__ if name not in (*_FIRST, "text"))
_WIDEST = 4  # Bytes that a character takes at most.
_encoder = msgspec.json.Encoder()


def lines(found: Iterable[Clipping | Annotated], *, is_whole: bool | None = None) -> Iterator[bytes]:
    """Yield a line of JSON for each clipping; a long page has its text and blocks in the line of its first item only.

    >>> from clippings import parse
    >>> [len(made) > 100 for made in lines(parse("Minsk was quiet.", layout="plain"))]
    [True]
    """
    before = None
    for one in found:
        yield line(one, is_whole=is_whole, before=before)
        before = one if len(_clipping(one).blocks) > REPEATED else None


def line(
    found: Clipping | Annotated, *, is_whole: bool | None = None, before: Clipping | Annotated | None = None
) -> bytes:
    r"""Return one line of JSON, line end included; ``record`` tells of the arguments.

    Half a surrogate pair, which JSON cannot carry, becomes U+FFFD; it may stand in a file name or a parsed text.

    >>> from clippings import parse
    >>> line(parse("Minsk was quiet.", path="112007-3.txt", layout="plain")[0])[:44]
    b'{"schema":2,"id":"112007-3","path":"112007-3'
    """
    try:
        return _encoder.encode(record(found, is_whole=is_whole, before=before)) + b"\n"
    except UnicodeEncodeError:
        # The path, which may be what is not sound, no longer leads to the file.
        made = record(found, is_whole=is_whole is not False, before=before)
        return _encoder.encode(_sound(msgspec.to_builtins(made))) + b"\n"


def record(
    found: Clipping | Annotated, *, is_whole: bool | None = None, before: Clipping | Annotated | None = None
) -> Record:
    """Return the record of a clipping; an annotated one carries its codebook and layers too.

    Args:
        found: the clipping.
        is_whole: whether the text is in it; where no file holds the text if not given.
        before: the clipping whose record stands in front of it, if any; that of an item of the same page holds the text
            and blocks of both.
    """
    clipping = _clipping(found)
    made = {
        "schema": VERSION,
        **{name: getattr(clipping, name) for name in _FIRST},
        **frames.facts(clipping),
        **{name: getattr(clipping, name) for name in _LAST},
    }
    if before and _is_one_page(clipping, _clipping(before)):
        made["blocks"] = None
    elif is_whole or (is_whole is None and not _is_in_its_file(clipping)):
        made["text"] = clipping.text
    if isinstance(found, Annotated):
        made["codebook"] = found.codebook
        made |= {name: rows(KEPT[name], some) if name in KEPT else some for name, some in found.found.items()}
    return made


def _clipping(found: Clipping | Annotated) -> Clipping:
    return found.clipping if isinstance(found, Annotated) else found


def _is_one_page(one: Clipping, other: Clipping) -> bool:
    keys = ((page.id, page.path, page.sha256) for page in (one, other))
    return len(set(keys)) == 1 and one.text == other.text and (one.blocks is other.blocks or one.blocks == other.blocks)


def layers(found: Annotated) -> tuple[str, ...]:
    """Return the layers that an annotated clipping holds, in order."""
    return tuple(name for name in KEPT if name in found.found)


def rows(layer: Layer, found: Sequence[Any]) -> Sequence[Any]:
    """Return the records of a layer as they stand in JSON: bare spans as pairs, a place as two offsets.

    >>> rows(KEPT["sentences"], [Span(0, 16)])
    [(0, 16)]
    """
    forms = layer.forms
    if layer.record is Span:
        return [(span.start, span.end) for span in found]
    if all(form == "plain" for _, form in forms):
        return found
    return [_row(forms, one) for one in found]


def _row(forms: Sequence[tuple[str, Form]], one: Span) -> Record:
    made: Record = {}
    for name, form in forms:
        value = getattr(one, name)
        if form == "plain":
            made[name] = value
        elif form == "places":
            made[name] = [(span.start, span.end) for span in value]
        else:
            made[f"{name}_start"], made[f"{name}_end"] = (value.start, value.end) if value else (None, None)
    return made


def of_row(layer: Layer, row: Mapping[str, Any]) -> Any:
    """Return a row of a layer's frame as it stands in JSON, its cells Python's own.

    >>> of_row(KEPT["sentences"], {"start": 0, "end": 16, "text": "Minsk was quiet."})
    (0, 16)
    """
    if layer.record is Span:
        return row["start"], row["end"]
    made = dict(row)
    for name, form in layer.forms:
        if form == "plain":
            value = row[layer.names.get(name, name)]
            made[name] = value.date().isoformat() if isinstance(value, datetime.datetime) else value
        elif form == "places":
            made[name] = frames.places(row[f"{name}_places"])
    return made


def page(made: Mapping[str, Any], text: str, before: Clipping | None = None) -> Annotated:
    """Return the annotated clipping of a record.

    Args:
        made: the record.
        text: the text of its page.
        before: an item of the same page, which shares its blocks; those of the record count where it is None.

    Raises:
        ValueError: the record lacks something, or does not fit the text; the message says what.

    >>> from clippings import Corpus, parse
    >>> annotated = Corpus(parse("Minsk was quiet.", layout="plain")).annotate()[0]
    >>> page(msgspec.json.decode(line(annotated)), "Minsk was quiet.") == annotated
    True
    """
    if made.get("schema") != VERSION:
        raise ValueError(f"its schema is {made.get('schema', 1)!r}, this version reads {VERSION}; annotate again")
    if "codebook" not in made or not KEPT.keys() & made.keys():
        raise ValueError("it holds no annotations; clippings annotate writes them, clippings parse does not")
    clipping = msgspec.convert({**made, "text": text} | ({"blocks": ()} if before else {}), Clipping)
    if before:
        clipping = msgspec.structs.replace(clipping, blocks=before.blocks)
    else:
        _check_blocks(clipping)
    kept = {name: _records(layer, made[name]) for name, layer in KEPT.items() if name in made}
    found = registry.found({"clipping": clipping, **kept}, kept)
    summed = {name: tuple(made[name]) for name in found if name not in KEPT and name in made}
    read = Annotated(clipping, msgspec.convert(made["codebook"], CodebookRef), {**found, **summed})
    _check(read)
    return read


def _records(layer: Layer, some: Any) -> tuple[Any, ...]:
    if layer.record is Span:
        return tuple(Span(*pair) for pair in msgspec.convert(some, list[tuple[int, int]]))
    placed = [(name, form) for name, form in layer.forms if form != "plain"]
    found = msgspec.convert(some, list[dict[str, Any]])
    return tuple(msgspec.convert({**row, **_places(placed, row)}, layer.record) for row in found)


def _places(placed: Sequence[tuple[str, Form]], row: Record) -> Record:
    made: Record = {}
    for name, form in placed:
        if form == "places":
            made[name] = [_place(*pair) for pair in msgspec.convert(row.get(name), list[tuple[int, int]])]
        else:
            edges = row.get(f"{name}_start"), row.get(f"{name}_end")
            made[name] = None if edges == (None, None) else _place(*edges)
    return made


def _place(start: object, end: object) -> Record:
    return {"start": start, "end": end}


def _check_blocks(clipping: Clipping) -> None:
    size = len(clipping.text)
    edges = [0, *(edge for block in clipping.blocks for edge in (block.start, block.end)), size]
    if any(end != start for end, start in zip(edges[::2], edges[1::2], strict=True)):
        raise ValueError(f"its blocks do not fit its text of {size} characters")


def _check(found: Annotated) -> None:
    """Refuse annotations that are not of this text."""
    clipping, size = found.clipping, len(found.clipping.text)
    spans = [clipping.body, *(field.span for field in clipping.fields.values() if field.span)]
    spans += [span for name, some in found.found.items() if name in KEPT for one in some for span in _within(name, one)]
    wrong = next((span for span in spans if not 0 <= span.start <= span.end <= size), None)
    if wrong:
        raise ValueError(f"{wrong.start}-{wrong.end} is not within its text of {size} characters")


def _within(layer: str, one: Span) -> Iterator[Span]:
    """The span of a record and those it refers to."""
    yield one
    for name, form in KEPT[layer].forms:
        if form == "places":
            yield from getattr(one, name)
        elif form == "place" and getattr(one, name):
            yield getattr(one, name)


def text_of(data: bytes, sha256: str, encoding: str, bom: bytes) -> str | None:
    r"""Return the text of a page's bytes; None where they are not the bytes that were read.

    >>> sha256 = hashlib.sha256(b"\xef\xbb\xbfMinsk").hexdigest()
    >>> text_of(b"\xef\xbb\xbfMinsk", sha256, "utf-8-sig", b"\xef\xbb\xbf")
    'Minsk'
    """
    if hashlib.sha256(data).hexdigest() != sha256:
        return None
    # Without its mark, UTF-16 is read as the machine has it.
    return data.removeprefix(bom).decode("utf-16-le" if encoding == "utf-16" else encoding)


def _is_in_its_file(clipping: Clipping) -> bool:
    """Tell whether the file at its path holds its text, so that it can be read from there."""
    try:
        status = os.stat(clipping.path)  # noqa: PTH116 (called for every page, and much faster)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _WIDEST * (len(clipping.text) + 1):
            return False
        data = Path(clipping.path).read_bytes()
        return text_of(data, clipping.sha256, clipping.encoding, clipping.bom) == clipping.text
    except (OSError, ValueError, LookupError):
        return False


def _sound(value: Any) -> Any:
    """The value with a lone surrogate, wherever it stands in it, as U+FFFD."""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, Mapping):
        return {_sound(name): _sound(one) for name, one in value.items()}
    return [_sound(one) for one in value] if isinstance(value, (list, tuple)) else value
