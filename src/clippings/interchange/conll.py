"""CoNLL with columns: a token a line with its place in code points, and IOB2 tags of each layer.

Annotations of one layer that overlap stand in further columns of its name. Labels are percent-encoded; the speaker of a
quotation stands behind a bar. The last column has the white space behind a token, as UDPipe writes it, so that the text
can be put together again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote as percent
from urllib.parse import unquote

from clippings.interchange import _tokens
from clippings.interchange._pages import Item, Note, Page, digest, pages
from clippings.interchange._reading import FormatError, data_of, layer_of, placed, text_of, whole
from clippings.layers.registry import KEPT
from clippings.model import Annotated

_FIRST = ("FORM", "START", "END")
_SPACES = {" ": r"\s", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\\": r"\\"}
_BACK = {written: char for char, written in _SPACES.items()}
_WRITTEN = re.compile(r"\\.")
_TAG = re.compile(r"O|([BI])-(\S+)")


def write(annotated: Iterable[Annotated], text: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of one file; without text, a token is an underscore."""
    found = [(page, _columns(page)) for page in pages(annotated)]
    names = _names([held for _, held in found])
    yield "", f"# global.columns = {' '.join([*_FIRST, *map(_heading, names), 'MISC'])}\n".encode()
    for page, held in found:
        yield "", "".join(_lines(page, [held.get(name, []) for name in names], text)).encode()


def read(path: Path) -> list[Page]:
    """Return the pages of a file.

    Raises:
        FormatError: a line has too few columns, a place is out of order, or a tag is none of IOB2.
    """
    file = str(path)
    lines = text_of(data_of(path), file).split("\n")
    reader = _Reader(file)
    for number, line in enumerate(lines, start=1):
        reader.take(line.removesuffix("\r"), f"{file}:{number}")
    return reader.finished()


def _names(held: Iterable[dict[tuple[str, int], list[Note]]]) -> list[tuple[str, int]]:
    order = list(KEPT)
    return sorted({name for one in held for name in one}, key=lambda name: (order.index(name[0]), name[1]))


def _heading(name: tuple[str, int]) -> str:
    return name[0] if not name[1] else f"{name[0]}:{name[1] + 1}"


def _columns(page: Page) -> dict[tuple[str, int], list[Note]]:
    """The annotations of each column; one that overlaps another of its layer goes to a further one."""
    held: dict[tuple[str, int], list[Note]] = {}
    for note in page.notes:
        number = 0
        while (some := held.setdefault((note.layer, number), [])) and some[-1].end > note.start:
            number += 1
        some.append(note)
    return held


def _lines(page: Page, held: Sequence[Sequence[Note]], text: bool) -> Iterator[str]:
    said = page.text or ""
    yield f"# newdoc id = {percent(page.id or '', safe='/')}\n# sha256 = {page.sha256}\n"
    for item in page.items:
        yield f"# item = {item.item} {item.start}\n"
    tokens = list(_tokens.words(said, _tokens.edges(page)))
    if tokens and tokens[0][0]:
        yield f"# before = {_spaces(said[: tokens[0][0]])}\n"
    columns = [_tags(notes, [start for start, _ in tokens]) for notes in held]
    ends = {end for _, end in _tokens.sentences(page)}
    afters = [start for start, _ in tokens[1:]] + [len(said)]
    for number, ((start, end), after) in enumerate(zip(tokens, afters, strict=False)):
        misc = "_" if after == end else f"SpacesAfter={_spaces(said[end:after])}"
        cells = [said[start:end] if text else "_", str(start), str(end), *(tags[number] for tags in columns), misc]
        yield "\t".join(cells) + ("\n\n" if end in ends else "\n")
    yield "\n"


def _tags(notes: Sequence[Note], starts: Sequence[int]) -> list[str]:
    tags = ["O"] * len(starts)
    for note in notes:
        first, last = bisect_left(starts, note.start), bisect_left(starts, note.end)
        tags[first:last] = [f"{'I' if at else 'B'}-{_label(note)}" for at in range(last - first)]
    return tags


def _label(note: Note) -> str:
    return "|".join(percent(one, safe="") for one in (note.value or "_", *([note.speaker] if note.speaker else [])))


def _spaces(gap: str) -> str:
    return "".join(_SPACES.get(char, char) for char in gap)


class _Reader:
    """Pages from lines, one after another."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._layers: list[str] = []
        self._pages: list[Page] = []
        self._id = ""
        self._is_begun = False
        self._begin("")

    def _begin(self, key: str) -> None:
        self._id = key
        self._sha256: str | None = None
        self._items: list[Item] = []
        self._text: list[str] = []
        self._forms: set[str] = set()
        self._end = self._size = 0
        self._open: list[list[int | str] | None] = [None] * len(self._layers)
        self._notes: list[Note] = []

    def take(self, line: str, where: str) -> None:
        """Read one line."""
        if line.startswith("# "):
            self._about(*line[2:].partition(" = ")[::2], where)
        elif line.strip():
            self._token(line.split("\t"), where)

    def finished(self) -> list[Page]:
        """Return the pages read; raises FormatError where there is none."""
        self._close()
        if not self._pages:
            raise FormatError(f"{self._file}: holds no '# newdoc id'; give a file that was exported here")
        return self._pages

    def _about(self, name: str, value: str, where: str) -> None:
        if name == "global.columns":
            names = value.split(" ")
            if tuple(names[:3]) != _FIRST or names[-1] != "MISC":
                raise FormatError(f"{where}: the columns must be FORM START END, layers, MISC")
            self._layers = [layer_of(name.partition(":")[0], where) for name in names[3:-1]]
        elif name == "newdoc id":
            self._close()
            self._begin(unquote(value))
            self._is_begun = True
        elif name == "item":
            number, _, start = value.partition(" ")
            self._items.append(Item(whole(number, where), whole(start, where)))
        elif name == "before":
            self._add(value)
        elif name == "sha256":
            self._sha256 = value

    def _add(self, spaces: str) -> None:
        gap = _WRITTEN.sub(lambda found: _BACK.get(found[0], found[0]), spaces)
        self._text.append(gap)
        self._size += len(gap)

    def _token(self, cells: list[str], where: str) -> None:
        if len(self._open) != len(self._layers) or not self._is_begun:
            raise FormatError(f"{where}: a token without '# newdoc id' above it; give a file that was exported here")
        if len(cells) != len(self._layers) + 4:
            raise FormatError(f"{where}: {len(cells)} columns, where {len(self._layers) + 4} must be, split by tabs")
        form, *tags = cells[0], *cells[3:-1]
        start, end = placed(cells[1], cells[2], None, where)
        if start != self._size or (form != "_" and len(form) != end - start):
            raise FormatError(f"{where}: the token {form[:20]!r} is not at {start}-{end}; take the places as exported")
        self._forms.add(form)
        self._text.append(form)
        self._size = end
        self._add(cells[-1].removeprefix("SpacesAfter=") if cells[-1] != "_" else "")
        for number, tag in enumerate(tags):
            self._tag(number, tag, start, end, where)

    def _tag(self, number: int, tag: str, start: int, end: int, where: str) -> None:
        found = _TAG.fullmatch(tag)
        if not found:
            raise FormatError(f"{where}: {tag[:30]!r} is none of O, B-label and I-label")
        one = self._open[number]
        if found[1] == "I":
            if one is None or one[2] != found[2]:
                raise FormatError(f"{where}: {tag[:30]!r} goes on with what did not begin; begin it with B-")
            one[1] = end
            return
        self._shut(number)
        self._open[number] = [start, end, found[2]] if found[1] else None

    def _shut(self, number: int) -> None:
        one = self._open[number]
        if one is not None:
            value, _, speaker = str(one[2]).partition("|")
            told = None if value == "_" else unquote(value)
            self._notes.append(Note(self._layers[number], int(one[0]), int(one[1]), told, unquote(speaker) or None))

    def _close(self) -> None:
        for number in range(len(self._open)):
            self._shut(number)
        if self._is_begun:
            text = None if self._forms == {"_"} else "".join(self._text)
            sha256 = digest(text) if text is not None else self._sha256
            items = tuple(self._items) or (Item(0),)
            self._pages.append(Page(self._id, text, tuple(self._notes), items, sha256=sha256, file=self._file))
