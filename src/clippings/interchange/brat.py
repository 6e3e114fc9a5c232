"""brat's standoff format: a text and its annotations side by side, places in code points.

An annotation that goes over a line end is cut into pieces there, as brat does; pieces that leave out words are refused.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from clippings.interchange._pages import Note, Page, Place, pages
from clippings.interchange._reading import (
    DOCUMENTS,
    LABELS,
    MARKED,
    PARTS,
    FormatError,
    around,
    coders,
    documents,
    layer_of,
    member_files,
    named,
    placed,
    tables_of,
    text_of,
)
from clippings.model import Annotated
from clippings.tables.columns import columns

_NOTED = {name: "speaker" if name == "quotes" else "value" for name in LABELS}
"""What a note of brat holds of each layer; what is one of a closed list is an attribute."""
_CLOSED = {"quotes": "kind"}
# Where some reader of lines would end one.
_BREAK = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SPACE = re.compile(r"\s+")
_TEXTBOUND = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")


def write(annotated: Iterable[Annotated]) -> Iterator[tuple[str, bytes]]:
    """Yield a text and its annotations for each page, the configuration, and the table of documents."""
    found = pages(annotated)
    yield "annotation.conf", _configuration().encode()
    yield DOCUMENTS, documents(found)
    for page in found:
        yield f"{page.name}.txt", (page.text or "").encode()
        yield f"{page.name}.ann", "".join(_lines(page)).encode()


def read(path: Path, corpus: Sequence[Page]) -> list[Page]:
    """Return the pages of a folder or zip of brat; a folder within it is that of an annotator.

    Raises:
        FormatError: a file is damaged, or has no text beside it.
    """
    texts = {name.removesuffix(".txt"): data for name, data in member_files(path, ".txt")}
    tables = tables_of(path, corpus)
    files = dict(member_files(path, ".ann"))
    if not files:
        raise FormatError(f"{path}: holds no .ann file; give the folder of the project")
    return [
        named(_page(f"{path}/{name}", files[name], texts, name.removesuffix(".ann"), coder), tables)
        for name, coder in coders(list(files)).items()
    ]


def _configuration() -> str:
    kinds = {name: columns(name)[column].values for name, column in _CLOSED.items()}
    attributes = [
        f"{_CLOSED[name].capitalize()}\tArg:{LABELS[name]}, Value:{'|'.join(values)}" for name, values in kinds.items()
    ]
    relations = [f"{part}\tArg1:{LABELS['quotes']}, Arg2:{part}" for part in PARTS]
    overlaps = ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"]
    sections = {
        "entities": [*MARKED.values(), *PARTS],
        "relations": [*relations, *overlaps],
        "events": [],
        "attributes": attributes,
    }
    return "\n".join(line for name, lines in sections.items() for line in (f"[{name}]", *lines, ""))


def _lines(page: Page) -> Iterator[str]:
    text = page.text or ""
    spans: dict[tuple[str, Place], int] = {}
    for before, note in enumerate(one for one in page.notes if one.layer in MARKED):
        number = before + len(spans) + 1
        yield f"T{number}\t{_textbound(LABELS[note.layer], (note.start, note.end), text)}\n"
        if note.layer in _CLOSED and note.value:
            yield f"A{number}\t{_CLOSED[note.layer].capitalize()} T{number} {note.value}\n"
        if noted := getattr(note, _NOTED[note.layer]):
            yield f"#{number}\tAnnotatorNotes T{number}\t{_SPACE.sub(' ', noted)}\n"
        for part, attribute in PARTS.items():
            place = getattr(note, attribute)
            if place and (part, place) not in spans:
                spans[part, place] = before + len(spans) + 2
                yield f"T{spans[part, place]}\t{_textbound(part, place, text)}\n"
            if place:
                yield f"R{number}{'01'[part == 'Cue']}\t{part} Arg1:T{number} Arg2:T{spans[part, place]}\n"


def _textbound(label: str, place: Place, text: str) -> str:
    start, end = place
    edges = [start, *(edge for gap in _BREAK.finditer(text, start, end) for edge in gap.span()), end]
    pieces = [(one, other) for one, other in zip(edges[::2], edges[1::2], strict=True) if one < other] or [place]
    said = ";".join(f"{one} {other}" for one, other in pieces)
    return f"{label} {said}\t{' '.join(text[one:other] for one, other in pieces)}"


def _page(file: str, data: bytes, texts: Mapping[str, bytes], name: str, coder: str | None) -> Page:
    stem = PurePosixPath(name).name
    beside = texts.get(name, next((text for other, text in texts.items() if PurePosixPath(other).name == stem), None))
    if beside is None:
        raise FormatError(f"{file}: {stem}.txt is not beside it; put it there, as places count from its beginning")
    text = text_of(beside, f"{stem}.txt")
    return Page(None, text, tuple(_notes(text_of(data, file), text, file, coder)), name=stem, file=file)


class _Details(msgspec.Struct):
    """What the lines that refer to an annotation say of it."""

    note: str | None = None
    attributes: dict[str, str] = {}
    parts: dict[str, list[str]] = {}


def _notes(lines: str, text: str, file: str, coder: str | None) -> Iterator[Note]:
    spans: dict[str, tuple[str, Place, str]] = {}
    told: dict[str, _Details] = {}
    for number, line in enumerate(lines.split("\n"), start=1):
        if line.strip():
            _take(line.rstrip("\r"), text, f"{file}:{number}", spans, told)
    for key in told:
        if key not in spans:
            raise FormatError(f"{file}: an attribute, note or relation refers to {key}, which is not there")
    for key, (label, (start, end), where) in spans.items():
        if label in PARTS:
            continue
        layer, one = layer_of(label, where), told.get(key, _Details())
        places = {part: around([_part(key, spans, where) for key in keys]) for part, keys in one.parts.items()}
        is_quote = _NOTED[layer] == "speaker"
        value = one.attributes.get(_CLOSED[layer].capitalize()) if is_quote else one.note
        speaker = one.note if is_quote else None
        yield Note(layer, start, end, value, speaker, places.get("Source"), places.get("Cue"), coder=coder)


def _take(line: str, text: str, where: str, spans: dict[str, Any], told: dict[str, _Details]) -> None:
    key, _, rest = line.partition("\t")
    head, _, tail = rest.partition("\t")
    words = head.split(" ")
    if key.startswith("T"):
        spans[key] = _span(head, tail, text, where)
    elif key.startswith("#"):
        if len(words) != 2:
            raise FormatError(f"{where}: a note must name what it is about, as in 'AnnotatorNotes T1'")
        told.setdefault(words[1], _Details()).note = tail or None
    elif key.startswith(("A", "M")):
        if len(words) not in (2, 3) or not words[1].startswith("T"):
            raise FormatError(f"{where}: an attribute must be as in 'Kind T1 speech'")
        told.setdefault(words[1], _Details()).attributes[words[0]] = words[-1]
    elif key.startswith("R"):
        ends = [word.partition(":")[2] for word in words[1:]]
        if len(ends) != 2 or words[0] not in PARTS:
            raise FormatError(f"{where}: a relation must be as in 'Source Arg1:T1 Arg2:T2', and Source or Cue")
        told.setdefault(ends[0], _Details()).parts.setdefault(words[0], []).append(ends[1])
    else:
        raise FormatError(f"{where}: {key[:20]!r} is none of T, A, R and #; events and normalizations are not read")


def _span(head: str, tail: str, text: str, where: str) -> tuple[str, Place, str]:
    found = _TEXTBOUND.fullmatch(head)
    if not found:
        raise FormatError(f"{where}: an annotation must be as in 'T1, tab, Quote 0 5, tab, words'")
    edges = [piece.split(" ") for piece in found[2].split(";")]
    pieces = [placed(start, end, len(text), where) for start, end in edges]
    gaps = [text[end:start] for (_, end), (start, _) in itertools.pairwise(pieces)]
    if any(gap.strip() for gap in gaps) or pieces != sorted(pieces):
        raise FormatError(f"{where}: its pieces leave out words; mark one stretch of the text, or two annotations")
    words = " ".join(text[start:end] for start, end in pieces)
    if tail.strip() and tail.split() != words.split():
        raise FormatError(
            f"{where}: {tail[:40]!r} is not what the text has there, {words[:40]!r}; is it the same text?"
        )
    return found[1], (pieces[0][0], pieces[-1][1]), where


def _part(key: str, spans: Mapping[str, tuple[str, Place, str]], where: str) -> Place:
    if key not in spans:
        raise FormatError(f"{where}: a relation refers to {key}, which is not there")
    return spans[key][1]
