"""A folder of pages held against a catalogue: which are there and whole, and which coded sentences they have."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from clippings import arguments, diagnostics
from clippings.comparing import anchors, catalogue, codings
from clippings.corpus import Corpus
from clippings.fetching import manifest
from clippings.fetching._error_pages import squeezed
from clippings.fetching.manifest import Kept, Manifest
from clippings.model import Clipping, Diagnostic
from clippings.reading import kinds, reader
from clippings.store.manifest import FolderError

STANCES = "blind_stances"
_BAD = ("damaged", "unreadable", "missing")
_NUMBERS = ("start", "end", "at_paragraph")
_COPIED = ("id", "speaker_no", "target", "stance", "paragraph", "sentence", "sentence_sha256")


class PageRow(NamedTuple):
    """A row of the frame ``pages``."""

    id: str
    state: str
    file: str
    source: str
    captured: str
    anchors: int
    found: int
    code: str
    reason: str


class AnchorRow(NamedTuple):
    """A row of the frame ``anchors``; what the catalogue has of it stands before ``state``."""

    id: str
    speaker_no: str
    target: str
    stance: str
    paragraph: str
    sentence: str
    sentence_sha256: str
    state: str
    start: int | None
    end: int | None
    at_paragraph: int | None
    ratio: float | None
    words: str


class Verified:
    """What a folder of pages has of a catalogue.

    Attributes:
        pages: a row a clipping: ``state`` is ``whole``, ``doubtful``, ``damaged``, ``unreadable`` or ``missing``, and
            ``code`` and ``reason`` say why; ``source`` and ``captured`` say where and when it was fetched, ``anchors``
            how many sentences the catalogue points to on it, and ``found`` how many of them are there.
        anchors: a row a stance of ``blind_stances.csv``: ``state`` is ``found``, ``found as typed`` (with typed
            quotation marks and dashes for printed ones; ``ratio`` says how alike the words are), ``not found`` or
            ``no page``; ``words`` are those of the sentence, and where it is not found those at its noted place.
        corpus: the pages that were read.
        agreement: of the library with both codings, None where it was not asked for.
    """

    def __init__(
        self, pages: pd.DataFrame, found: pd.DataFrame, corpus: Corpus, agreement: pd.DataFrame | None
    ) -> None:
        self.pages, self.anchors, self.corpus, self.agreement = pages, found, corpus, agreement

    @property
    def is_whole(self) -> bool:
        """Whether every page is there as it should be, and every anchor is found."""
        return bool((self.pages["state"] == "whole").all() and self.anchors["state"].str.startswith("found").all())

    @property
    def summary(self) -> str:
        """The sum of it in one line."""
        states = self.pages["state"].value_counts()
        told = [f"{states[one]:,} {one}" for one in ("whole", "doubtful", *_BAD) if one in states]
        there = self.anchors[self.anchors["state"] != "no page"]
        found = int(there["state"].str.startswith("found").sum())
        away = len(self.anchors) - len(there)
        more = f" ({away:,} more are on pages that are not there)" if away else ""
        return f"{len(self.pages):,} pages: {', '.join(told)}; {found:,} of {len(there):,} anchors found{more}"

    def __repr__(self) -> str:
        return f"<Verified {self.summary}>"


def verify(folder: str | Path, catalogue_folder: str | Path, *, agreement: bool = False) -> Verified:
    """Return what a folder of pages has of a catalogue; pages saved by hand count as well as fetched ones.

    Args:
        folder: with pages named by their ids, as ``fetch`` writes them.
        catalogue_folder: with ``clippings.csv`` and, if there are any, the tables of its codings.
        agreement: annotate the pages too, and say how well the library agrees with both codings.

    Raises:
        CatalogueError: the catalogue cannot be used.
        FolderError: there is no such folder, or its record is of another version.

    >>> import clippings as cl
    >>> data = cl.collection().path / "data"
    >>> cl.verify(data / "clippings", data / "catalogue").anchors.query("id == '112007-14'")["state"].unique().tolist()
    ['found']
    """
    arguments.path("folder", folder, "give the folder of the pages")
    arguments.path("catalogue_folder", catalogue_folder, "give the folder of the catalogue")
    place = Path(folder)
    if not place.is_dir():
        raise FolderError(f"{folder}: no such folder; give the one that clippings fetch wrote, or one with saved pages")
    tables = catalogue.tables(catalogue_folder)
    known = Manifest(place)
    listed = tables[catalogue.CLIPPINGS].reindex(columns=["id", "title", "url"], fill_value="")
    files = _files(place, known, listed["id"].tolist())
    corpus = reader.read(*[str(place / names[0]) for names in files.values()]) if files else Corpus([])
    read: dict[str, Clipping] = {}
    for clipping in corpus:
        read.setdefault(Path(clipping.path).name, clipping)
    failed = {Path(one.file).name: one for one in corpus.failures}
    lowered = listed["id"].str.lower()  # Some disks keep one file for two ids that differ in case.
    checker = _Checker(place, known, files, read, failed, set(listed["id"][lowered.duplicated(keep=False)]))
    pages = {name: read[names[0]] for name, names in files.items() if names[0] in read}
    stances = tables.get(STANCES, pd.DataFrame(columns=list(_COPIED))).reindex(columns=list(_COPIED), fill_value="")
    found = list(_anchored(stances, pages))
    columns = (listed[name] for name in ("id", "title", "url"))
    rows = [checker.row(name, title, url, found) for name, title, url in zip(*columns, strict=True)]
    compared = codings.agreement(corpus.annotate(layers=["themes"]), tables) if agreement else None
    return Verified(_frame(PageRow, rows, ()), _frame(AnchorRow, found, _NUMBERS), corpus, compared)


class _Checker(NamedTuple):
    """Says of each page what is wrong with it: of what was read and failed by file, and ids that rows share."""

    folder: Path
    known: Manifest
    files: Mapping[str, Sequence[str]]
    read: Mapping[str, Clipping]
    failed: Mapping[str, Diagnostic]
    shared: Collection[str]

    def row(self, name: str, title: str, url: str, found: Sequence[AnchorRow]) -> PageRow:
        """Return the row of a page."""
        kept = self.known.kept(name)
        file = self.files.get(name, ("",))[0]
        state, told = self._state(name, title, url, kept, file)
        own = [one for one in found if one.id == name]
        there = sum(one.state.startswith("found") for one in own)
        source = kept.source if kept else "by hand" if file else ""
        captured = (kept.captured or kept.fetched)[:10] if kept else ""
        code, reason = (told.code, told.message) if told else ("", "")
        return PageRow(name, state, file, source, captured, len(own), there, code, reason)

    def _state(self, name: str, title: str, url: str, kept: Kept | None, file: str) -> tuple[str, Diagnostic | None]:
        if kept:
            fault = manifest.fault(self.folder, kept)
            if fault:
                return "damaged", diagnostics.make("CLP722", reason=fault)
        if not file:
            return "missing", diagnostics.make("CLP721")
        clipping = self.read.get(file)
        if clipping is None or not clipping.text[clipping.body.start : clipping.body.end].strip():
            why = self.failed[file].message if file in self.failed else "it has no text"
            return "unreadable", diagnostics.make("CLP723", reason=why)
        doubt = self._doubt(name, title, kept, clipping) or self._of_another(name, url, kept)
        return ("doubtful", doubt) if doubt else ("whole", None)

    def _of_another(self, name: str, url: str, kept: Kept | None) -> Diagnostic | None:
        """Say whether the page may be that of another row, or of another address."""
        if name in self.shared:
            return diagnostics.make("CLP727", id=name)
        if kept and url and kept.url != url:
            return diagnostics.make("CLP728", url=kept.url)
        return None

    def _doubt(self, name: str, title: str, kept: Kept | None, clipping: Clipping) -> Diagnostic | None:
        files = self.files[name]
        if len(files) > 1:
            return diagnostics.make("CLP726", files=", ".join(files))
        if squeezed(title) not in squeezed(clipping.text):
            return diagnostics.make("CLP724")
        if kept and kept.charset and _differs(Path(clipping.path).read_bytes(), clipping.encoding, kept.charset):
            return diagnostics.make("CLP725", used=clipping.encoding, named=kept.charset)
        return None


def _files(folder: Path, known: Manifest, names: Sequence[str]) -> dict[str, list[str]]:
    """Return the files of each page; the one that was fetched comes first."""
    there: dict[str, list[str]] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and kinds.is_page(path.name):
            there.setdefault(path.stem, []).append(path.name)
    found = {}
    for name in names:
        kept = known.kept(name)
        first = kept.file if kept else ""
        if files := there.get(name):
            found[name] = [first] * (first in files) + [file for file in files if file != first]
    return found


def _anchored(stances: pd.DataFrame, pages: Mapping[str, Clipping]) -> Iterator[AnchorRow]:
    rows: list[tuple[str, str, str, str, str, str, str]] = list(stances.itertuples(index=False, name=None))
    spans = {name: paragraphs(clipping) for name, clipping in pages.items()}
    wanted: dict[str, list[str]] = {}
    for row in rows:
        wanted.setdefault(row[0], []).append(row[-1])
    found = {name: anchors.places(pages[name].text, spans[name], wanted[name]) for name in wanted if name in pages}
    for row in rows:
        name, code = row[0], row[-1]
        if name not in pages:
            yield AnchorRow(*row, "no page", None, None, None, None, "")
            continue
        text, place = pages[name].text, found[name].get(code)
        if place is None:
            yield AnchorRow(*row, "not found", None, None, None, None, anchors.at(text, spans[name], row[4], row[5]))
            continue
        words = " ".join(text[place.start : place.end].split())
        state = "found" if place.ratio == 1 else "found as typed"
        yield AnchorRow(*row, state, place.start, place.end, place.paragraph, round(place.ratio, 3), words)


def paragraphs(clipping: Clipping) -> list[tuple[int, int]]:
    """Return the places of all paragraphs of a page, those of its other items too."""
    return [(block.start, block.end) for block in clipping.blocks if block.kind == "paragraph"]


def _differs(data: bytes, used: str, named: str) -> bool:
    """Tell whether two encodings give the bytes another text."""
    try:
        used = codecs.lookup(used).name
        return data.decode(used, "replace").lstrip("\ufeff") != data.decode(named, "replace").lstrip("\ufeff")
    except LookupError:
        return False


def _frame(
    kind: type[PageRow | AnchorRow], rows: Sequence[PageRow | AnchorRow], numbers: Sequence[str]
) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=list(kind._fields))
    return made.astype(dict.fromkeys(numbers, "Int64"))
