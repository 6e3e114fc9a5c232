"""TEI P5: the whole page as text, with quotations as ``said``, names, dates, misprints and themes within it.

The text of the paragraphs (``p``) and other blocks (``ab``), joined, is that of the page. An annotation that crosses
another or goes over the edge of a block is cut, and its pieces are chained by ``next`` and ``prev``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from clippings import release
from clippings.interchange._nesting import Mark, Piece, nested
from clippings.interchange._pages import Item, Note, Page, Place, pages
from clippings.interchange._reading import DOCUMENTS, FormatError, around, documents, member_files, whole
from clippings.interchange._xml import clean, package, parsed
from clippings.model import Annotated

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_BLOCKS = (f"{{{NAMESPACE}}}p", f"{{{NAMESPACE}}}ab")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_NAMES = {
    "person": "persName",
    **dict.fromkeys(("country", "capital", "demonym", "place", "region"), "placeName"),
    **dict.fromkeys(("organization", "alliance", "think_tank", "media", "government_body"), "orgName"),
}
"""The element of each kind of mention; any other kind is a ``name``."""
_ELEMENTS = {"sentences": "s", "quotes": "said", "dates": "date", "errata": "sic", "themes": "seg"}
_LAYERS = {element: layer for layer, element in _ELEMENTS.items()} | dict.fromkeys(
    ("name", *_NAMES.values()), "mentions"
)
_PARTS = ("source", "cue")
_OUTER = ("themes", "sentences", "quotes", "dates", "mentions", "errata")
"""Of two layers in one place, the one that stands outside."""
# Other numbers in the place of a month are quarters and seasons, which only ISO 8601-2 has.
_WHEN = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
_WHEN_ISO = re.compile(r"[\d.,DHMPRSTWYZ/:+-]+")
_TOKEN = re.compile(r"[^\w.-]+")


def write(annotated: Iterable[Annotated]) -> Iterator[tuple[str, bytes]]:
    """Yield a document for each page, and the table of documents."""
    etree = package("lxml.etree")
    found = pages(annotated)
    yield DOCUMENTS, documents(found)
    for page in found:
        made = etree.tostring(_document(etree, page), xml_declaration=True, encoding="UTF-8")
        yield f"{page.name}.xml", made + b"\n"


def read(path: Path) -> list[Page]:
    """Return the pages of a document, or of all in a folder or zip.

    Raises:
        FormatError: a document is damaged, says not which clipping it is, or has a reference that leads nowhere.
    """
    is_one = path.suffix.lower() == ".xml"
    found = [_page(data, str(path) if is_one else f"{path}/{name}") for name, data in member_files(path, ".xml")]
    if not found:
        raise FormatError(f"{path}: holds no .xml file; give a TEI document or a folder of them")
    return found


class _Ids(NamedTuple):
    """The ids of what the text refers to: persons by name, values by layer and name."""

    persons: dict[str, str]
    values: dict[tuple[str, str], str]


def _document(etree: Any, page: Page) -> Any:
    ids = _ids(page)
    root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})
    _header(root, page, ids)
    body = _sub(_sub(root, "text"), "body")
    marks = _marks(page, ids)
    text = clean(page.text or "")
    blocks = _blocks(page)
    pieces = nested(marks, [end for _, _, end in blocks])
    for kind, start, end in blocks:
        is_paragraph = kind == "paragraph"
        told = {f"{_XML}space": "preserve"} | ({} if is_paragraph else {"type": kind})
        block = _sub(body, "p" if is_paragraph else "ab", **told)
        _fill(block, text, start, end, [one for one in pieces if start <= one.start and one.end <= end])
    return root


def _ids(page: Page) -> _Ids:
    speakers = dict.fromkeys(note.speaker for note in page.notes if note.speaker)
    values = dict.fromkeys((note.layer, note.value) for note in page.notes if note.layer in ("quotes", "themes"))
    return _Ids(
        {speaker: f"speaker{number}" for number, speaker in enumerate(speakers, start=1)},
        {(layer, value): f"{layer}.{_TOKEN.sub('_', value)}" for layer, value in values if value},
    )


def _header(root: Any, page: Page, ids: _Ids) -> None:
    header = _sub(root, "teiHeader")
    about = _sub(header, "fileDesc")
    _sub(_sub(about, "titleStmt"), "title", page.items[0].facts.get("title") or page.id)
    said = f"Written by clippings {release.VERSION} from a saved page."
    _sub(_sub(about, "publicationStmt"), "p", said)
    source = _sub(about, "sourceDesc")
    for item in page.items:
        _bibliography(source, page, item)
    if ids.values:
        declared = _sub(_sub(header, "encodingDesc"), "classDecl")
        for layer in dict.fromkeys(layer for layer, _ in ids.values):
            taxonomy = _sub(declared, "taxonomy", **{f"{_XML}id": layer})
            for (of, value), key in ids.values.items():
                if of == layer:
                    _sub(_sub(taxonomy, "category", **{f"{_XML}id": key}), "catDesc", value)
    profile = _sub(header, "profileDesc")
    _sub(_sub(profile, "langUsage"), "language", "English", ident="en")
    if ids.persons:
        listed = _sub(_sub(profile, "particDesc"), "listPerson")
        for speaker, key in ids.persons.items():
            _sub(_sub(listed, "person", **{f"{_XML}id": key}), "persName", speaker)


def _bibliography(source: Any, page: Page, item: Item) -> None:
    """Number and place of an item in its ids, so that a document stands for itself."""
    made = _sub(source, "bibl")
    _sub(made, "idno", page.id, type="clipping")
    _sub(made, "idno", str(item.item), type="item")
    _sub(made, "idno", str(item.start), type="start")
    facts = item.facts
    for name, tag, told in (
        ("title", "title", {"level": "a"}),
        ("byline", "author", {}),
        ("outlet", "title", {"level": "j"}),
    ):
        if name in facts:
            _sub(made, tag, facts[name], **told)
    if "date" in facts:
        when = {"when": facts["date"]} if _WHEN.fullmatch(facts["date"]) else {}
        _sub(made, "date", facts["date"], **when)
    if "source_url" in facts:
        _sub(made, "note", facts["source_url"], type="address")


def _sub(parent: Any, tag: str, words: str | None = None, **attributes: str) -> Any:
    made = parent.makeelement(f"{{{NAMESPACE}}}{tag}", {name: clean(one) for name, one in attributes.items()})
    parent.append(made)
    made.text = None if words is None else clean(words)
    return made


def _blocks(page: Page) -> list[tuple[str, int, int]]:
    """Kind, start and end of each block, with the white space behind it."""
    made: list[tuple[str, int, int]] = []
    for block in page.clipping.blocks if page.clipping else ():
        if block.kind != "blank" or not made:
            made.append((block.kind, block.start, block.end))
        else:
            made[-1] = (*made[-1][:2], block.end)
    return made or [("page", 0, len(page.text or ""))]


def _marks(page: Page, ids: _Ids) -> list[Mark]:
    marks: list[Mark] = []
    parts: dict[tuple[str, Place], list[str]] = {}
    for number, note in enumerate(sorted(page.notes, key=lambda note: _OUTER.index(note.layer)), start=1):
        key = f"n{number}"
        marks.append(Mark(key, note.start, note.end, _element(note), _attributes(note, ids)))
        for part in _PARTS:
            if place := getattr(note, part):
                parts.setdefault((part, place), []).append(f"#{key}")
    for number, ((part, (start, end)), keys) in enumerate(parts.items(), start=1):
        marks.append(Mark(f"p{number}", start, end, "seg", {"type": part, "corresp": " ".join(keys)}))
    return marks


def _element(note: Note) -> str:
    return _NAMES.get(note.kind or "", "name") if note.layer == "mentions" else _ELEMENTS[note.layer]


def _attributes(note: Note, ids: _Ids) -> dict[str, str]:
    value = note.value
    told: dict[str, str] = {}
    if note.layer in ("quotes", "themes") and value:
        told["ana"] = f"#{ids.values[note.layer, value]}"
    if note.speaker:
        told["who"] = f"#{ids.persons[note.speaker]}"
    if note.layer == "themes":
        told["type"] = "theme"
    if note.layer == "mentions" and value:
        told |= {"key": value} | ({"type": note.kind} if note.kind else {})
    if note.layer == "dates" and value:
        told["when" if _WHEN.fullmatch(value) else "when-iso" if _WHEN_ISO.fullmatch(value) else "n"] = value
    if note.layer == "errata" and value:
        told["n"] = value
    return told


def _fill(element: Any, text: str, start: int, end: int, pieces: Sequence[Piece]) -> None:
    """Put the text of a place into an element, and the pieces in it, each with those within it."""
    at, number, last = start, 0, None
    while number < len(pieces):
        piece, behind = pieces[number], number + 1
        while behind < len(pieces) and pieces[behind].end <= piece.end and pieces[behind].start < piece.end:
            behind += 1
        _say(element, last, text[at : piece.start])
        last = _sub(element, piece.mark.element, None, **_chain(piece))
        _fill(last, text, piece.start, piece.end, pieces[number + 1 : behind])
        at, number = piece.end, behind
    _say(element, last, text[at:end])


def _say(element: Any, last: Any, words: str) -> None:
    if last is None:
        element.text = (element.text or "") + words
    else:
        last.tail = (last.tail or "") + words


def _chain(piece: Piece) -> dict[str, str]:
    links = {"prev": piece.before and f"#{piece.before}", "next": piece.after and f"#{piece.after}"}
    return (
        dict(piece.mark.attributes) | {f"{_XML}id": piece.name} | {name: link for name, link in links.items() if link}
    )


class _Held(NamedTuple):
    """An element of the text with its place."""

    element: Any
    start: int
    end: int
    line: int


def _page(data: bytes, file: str) -> Page:
    root = parsed(data, file)
    body = root.find(f".//{{{NAMESPACE}}}text/{{{NAMESPACE}}}body")
    if body is None:
        raise FormatError(f"{file}:1: holds no text and body of TEI P5; is its namespace {NAMESPACE}?")
    words: list[str] = []
    held: list[_Held] = []
    end = 0
    for block in body.iter(*_BLOCKS):
        if not any(above.tag in _BLOCKS for above in block.iterancestors()):
            end = _walk(block, words, held, end)
    names = {one.get(f"{_XML}id"): one for one in root.iter() if one.get(f"{_XML}id")}
    text = "".join(words)
    key, items = _whose(root, file)
    return Page(key, text, tuple(_notes(held, names, file)), items, file=file)


def _walk(element: Any, words: list[str], held: list[_Held], at: int) -> int:
    """Gather the words of an element, and the places of those within it; returns where it ends."""
    end = at
    if element.text and isinstance(element.tag, str):
        words.append(element.text)
        end += len(element.text)
    for child in element:
        start = end
        end = _walk(child, words, held, start)
        if isinstance(child.tag, str):
            held.append(_Held(child, start, end, child.sourceline or 1))
        if child.tail:
            words.append(child.tail)
            end += len(child.tail)
    return end


def _whose(root: Any, file: str) -> tuple[str, tuple[Item, ...]]:
    """The id and the items of the bibliography."""
    items, keys = [], set()
    for one in root.iterfind(f".//{{{NAMESPACE}}}sourceDesc/{{{NAMESPACE}}}bibl"):
        told = {number.get("type"): (number.text or "").strip() for number in one.iterfind(f"{{{NAMESPACE}}}idno")}
        where = f"{file}:{one.sourceline or 1}"
        if told.get("clipping"):
            keys.add(told["clipping"])
            items.append(Item(whole(told.get("item"), where), whole(told.get("start"), where)))
    if len(keys) != 1:
        raise FormatError(f"{file}:1: its sourceDesc names {len(keys)} clippings; keep the one that was exported")
    return keys.pop(), tuple(sorted(items, key=lambda item: (item.start, item.item)))


def _notes(held: Sequence[_Held], names: Mapping[str, Any], file: str) -> Iterator[Note]:
    chains = _chains(held, file)
    parts: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for pieces in chains:
        kind = pieces[0].element.get("type")
        if _tag(pieces[0].element) == "seg" and kind in _PARTS:
            for target in (pieces[0].element.get("corresp") or "").split():
                parts[kind, target.removeprefix("#")].append((pieces[0].start, pieces[-1].end))
    for pieces in chains:
        first = pieces[0]
        layer = _LAYERS.get(_tag(first.element))
        if layer is None or (layer == "themes" and first.element.get("type") != "theme"):
            continue
        name = str(first.element.get(f"{_XML}id"))
        source, cue = (around(parts[part, name]) if layer == "quotes" else None for part in _PARTS)
        where = f"{file}:{first.line}"
        yield Note(
            layer, first.start, pieces[-1].end, _value(layer, first.element, names, where),
            _referred(first.element.get("who"), names, where) if layer == "quotes" else None, source, cue,
        )  # fmt: skip


def _chains(held: Sequence[_Held], file: str) -> list[list[_Held]]:
    """The elements of the text, those chained by ``next`` together, in order of their first pieces."""
    by_name = {f"#{one.element.get(f'{_XML}id')}": one for one in held}
    made = []
    for one in sorted(held, key=lambda one: (one.start, -one.end)):
        if one.element.get("prev"):
            continue
        pieces = [one]
        while following := pieces[-1].element.get("next"):
            where = f"{file}:{pieces[-1].line}"
            if following not in by_name or by_name[following] in pieces:
                raise FormatError(f"{where}: next leads to {following}, which is not there; name the next piece")
            pieces.append(by_name[following])
            if pieces[-1].start != pieces[-2].end:
                raise FormatError(f"{where}: words stand between its pieces; mark one stretch of the text")
        made.append(pieces)
    chained = {id(piece.element) for pieces in made for piece in pieces}
    lost = next((one for one in held if id(one.element) not in chained), None)
    if lost:
        raise FormatError(f"{file}:{lost.line}: no next leads to this piece, which has prev; take its prev off")
    return made


def _tag(element: Any) -> str:
    return str(element.tag).removeprefix(f"{{{NAMESPACE}}}")


def _value(layer: str, element: Any, names: Mapping[str, Any], where: str) -> str | None:
    if layer in ("quotes", "themes"):
        return _referred(element.get("ana"), names, where)
    told = {"mentions": ("key",), "dates": ("when", "when-iso", "n"), "errata": ("n",)}.get(layer, ())
    return next((element.get(name) for name in told if element.get(name)), None)


def _referred(reference: str | None, names: Mapping[str, Any], where: str) -> str | None:
    """The words of what a reference leads to; one that is no reference is taken as it stands."""
    if not reference or not reference.startswith("#"):
        return reference or None
    found = names.get(reference[1:])
    if found is None:
        raise FormatError(f"{where}: {reference} leads nowhere; declare it in the header")
    return "".join(found.itertext()).strip() or None
