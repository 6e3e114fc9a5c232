"""Pages cut into parts, and a part's tables: the step that every engine shares."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import msgspec
import pandas as pd

from clippings.codebook import Codebook
from clippings.corpus import Corpus
from clippings.hidden import sound
from clippings.layers import registry, running
from clippings.layers.running import Layers
from clippings.model import Annotated, Clipping, Diagnostic
from clippings.page.forms import Layout
from clippings.reading import duplicates, reader
from clippings.reading.archives import RawPage
from clippings.reading.source import SourceError
from clippings.sources import Sources
from clippings.store import parquet
from clippings.store.manifest import digest
from clippings.tables import frames

MOST_BYTES = 64_000_000
"""A part ends with the page that fills it, however few there are."""
_TOGETHER = 1_000  # Clippings whose evidence is held at once.


class Given(NamedTuple):
    """A page as it was found: its bytes or text, or why there are none."""

    name: str
    data: bytes | str | Diagnostic
    id: str | None = None
    kind: str = ""
    notes: tuple[Diagnostic, ...] = ()
    given: Mapping[str, Any] = {}


Pages: TypeAlias = Sequence[Given]


class Made(NamedTuple):
    """The tables of a part, as files, and how many rows each has."""

    tables: dict[str, bytes]
    rows: dict[str, int]
    failures: int


def given(page: RawPage) -> Given:
    """Fetch the bytes of a page."""
    try:
        data: bytes | str | Diagnostic = page.read()
    except SourceError as error:
        data = error.diagnostic
    return Given(page.name, data, *page[2:])


def cut(pages: Iterable[RawPage], count: int) -> Iterator[Pages]:
    """Cut pages into parts of ``count``, reading them on the way.

    >>> [len(part) for part in cut([RawPage("a", str), RawPage("b", str), RawPage("c", str)], 2)]
    [2, 1]
    """
    part: list[Given] = []
    held = 0
    for page in pages:
        part.append(given(page))
        held += 0 if isinstance(part[-1].data, Diagnostic) else len(part[-1].data)
        if len(part) == count or held >= MOST_BYTES:
            yield part
            part, held = [], 0
    if part:
        yield part


def fingerprint(pages: Pages) -> str:
    """The hash of a part's names and bytes, and of what is given for its pages, by which a changed input is noticed."""
    return digest(data for page in pages for data in _inputs(page))


def _inputs(page: Given) -> list[bytes]:
    given = [msgspec.json.encode(page.given, order="deterministic")] if page.given else []
    return [_bytes(page.name), _bytes(page.id or ""), _bytes(page.data), *given]


def make(pages: Pages, codebook: Codebook, layout: Layout, layers: Layers = None) -> Made:
    """Read and annotate the pages of a part."""
    found, failures = frames_of(pages, codebook, layout, layers)
    return Made(*parquet.files_of(found, codebook.ref), failures)


def frames_of(
    pages: Pages, codebook: Codebook, layout: Layout, layers: Layers = None
) -> tuple[Iterator[tuple[str, pd.DataFrame]], int]:
    """Return the tables of a part with their names, one after another as they may be large, and how many failed."""
    hashes: list[tuple[str, str, str, str]] = []
    sources = Sources()
    read = [one for page in pages for one in _read(page, layout, hashes, sources)]
    annotated = running.attempt_all((one for one in read if isinstance(one, Clipping)), codebook, layers)
    outcomes = (next(annotated) if isinstance(one, Clipping) else one for one in read)
    clippings: list[Clipping] = []
    failures: list[Diagnostic] = []
    of_layers: dict[str, list[pd.DataFrame]] = {name: [] for name in registry.names(layers)}
    # What is found takes many times the room of its rows: it is kept of some clippings at a time, as a page may have
    # tens of thousands.
    while some := list(itertools.islice(outcomes, _TOGETHER)):
        found = [outcome for outcome in some if isinstance(outcome, Annotated)]
        failures += [outcome for outcome in some if isinstance(outcome, Diagnostic)]
        clippings += [page.clipping for page in found]
        for name, rows in of_layers.items():
            rows.append(frames.layer(name, found))

    def corpus() -> Corpus:
        """A new one for each table, as a corpus keeps its frames."""
        return Corpus(clippings, failures, sources=sources)

    of_pages = ((name, getattr(corpus(), name)) for name in corpus().frames)
    evidence = ((name, frames.joined(name, of_layers.pop(name))) for name in list(of_layers))
    names = pd.DataFrame(hashes, columns=list(parquet.SCHEMA[parquet.PAGES]), dtype="str")
    return itertools.chain(evidence, of_pages, [(parquet.PAGES, names)]), len(failures)


def _read(
    page: Given, layout: Layout, hashes: list[tuple[str, str, str, str]], sources: Sources
) -> Iterator[Clipping | Diagnostic]:
    """Yield the clippings of a page or why it failed; what is of a kind that is not read gives nothing."""
    try:
        read = reader.read_page(RawPage(page.name, functools.partial(_same, page.data), *page[2:]), layout)
    except SourceError as error:
        why = error.diagnostic
    except Exception as error:  # noqa: BLE001 (failure is data: the other pages are read)
        why = running.fault(page.name, error)
    else:
        hashes.append(_hashes(read[0]))
        sources.read(page.name, len(read), page.kind)
        yield from read
        return
    sources.left(why, page.kind)
    if why.severity == "error":
        yield why


def _hashes(first: Clipping) -> tuple[str, str, str, str]:
    return sound(first.id), sound(first.path), first.sha256, duplicates.text_hash(first).hex()


def _same(data: bytes | str | Diagnostic) -> bytes | str:
    if isinstance(data, Diagnostic):
        raise SourceError(data)
    return data


def _bytes(data: bytes | str | Diagnostic) -> bytes:
    """Text and bytes of the same characters differ, as they are read in different ways."""
    if isinstance(data, bytes):
        return b"b" + data
    return b"s" + str(data).encode("utf-8", "surrogatepass")
