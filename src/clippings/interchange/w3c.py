"""Web Annotations in JSON-LD, the recommendation of the W3C of 2017: places in code points, as it asks, and by quote.

An annotation says its layer in a body that tags, what was found in one that classifies, the speaker in one that
identifies; the words of source and cue are bodies that link to another place of the same page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import unquote

from clippings import release
from clippings.hidden import sound
from clippings.interchange._pages import MACHINE, Note, Page, Place, pages, quoted
from clippings.interchange._reading import FormatError, around, data_of, finder, json_of, layer_of, placed
from clippings.model import Annotated

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"clippings": "urn:clippings:"}]
_BODIES = {"tagging": "layer", "classifying": "value", "identifying": "speaker"}
_PARTS = ("source", "cue")
_LIST = "[\n"


def write(annotated: Iterable[Annotated], text: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of one file: an annotation page with all annotations, one a line; without text no words in it."""
    head = {
        "@context": _CONTEXT,
        "id": "urn:clippings:annotations",
        "type": "AnnotationPage",
        "clippings:unit": "code points",
        "generator": {"type": "Software", "name": f"clippings {release.VERSION}"},
    }
    yield "", json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "items": ' + _LIST.encode()
    is_first = True
    for page in pages(annotated):
        for number, note in enumerate(page.notes):
            line = json.dumps(_annotation(page, note, number, text), ensure_ascii=False)
            yield "", ("" if is_first else ",\n").encode() + line.encode()
            is_first = False
    yield "", b"\n]}\n"


def read(path: Path, corpus: Sequence[Page]) -> list[Page]:
    """Return the pages of a file: an annotation page or collection, or a list of annotations.

    Raises:
        FormatError: it is not such a file, or an annotation says neither its page nor its place.
    """
    file = str(path)
    found = json_of(data_of(path), file)
    held: dict[tuple[str, str | None], list[Note]] = {}
    find = finder(corpus)
    for number, one in enumerate(_listed(found, file), start=1):
        where = f"{file}: annotation {number}"
        if not isinstance(one, dict):
            raise FormatError(f"{where}: is not an annotation but {type(one).__name__}; export it again")
        target = _mapping(one.get("target"), f"{where}: target")
        sha256 = target.get("clippings:sha256")
        key = _id_of(target, where), sha256 if isinstance(sha256, str) else None
        held.setdefault(key, []).append(_note(one, target, find(*key), where))
    return [Page(key, None, tuple(notes), sha256=sha256, file=file) for (key, sha256), notes in held.items()]


def _annotation(page: Page, note: Note, number: int, text: bool) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": purpose, "value": value}
        for purpose, name in _BODIES.items()
        if (value := getattr(note, name))
    ]
    for part in _PARTS:
        if place := getattr(note, part):
            linked = _target(page, place, text)
            bodies.append({"type": "SpecificResource", "purpose": "linking", "clippings:part": part} | linked)
    made = {
        "id": f"{_address(page)}#{note.item}-{number}",
        "type": "Annotation",
        "motivation": "identifying" if note.layer == "mentions" else "classifying",
        "creator": {"type": "Software", "name": MACHINE},
        "body": bodies,
        "target": _target(page, (note.start, note.end), text)
        | {"clippings:id": sound(page.id or ""), "clippings:item": note.item, "clippings:sha256": page.sha256},
    }
    return made | ({"clippings:rule": note.rule} if note.rule else {})


def _target(page: Page, place: Place, text: bool) -> dict[str, Any]:
    exact, prefix, suffix = quoted(page.text or "", *place)
    by_place: dict[str, Any] = {"type": "TextPositionSelector", "start": place[0], "end": place[1]}
    if not text:
        by_place["clippings:sha256"] = hashlib.sha256(exact.encode()).hexdigest()
        return {"source": _address(page), "selector": by_place}
    by_quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return {"source": _address(page), "selector": [by_quote, by_place]}


def _address(page: Page) -> str:
    return "urn:clippings:page:" + percent(sound(page.id or ""), safe="/")


def _listed(found: Any, file: str) -> Iterator[Any]:
    if isinstance(found, list):
        yield from found
        return
    kind = found.get("type") if isinstance(found, dict) else None
    if kind == "Annotation":
        yield found
    elif kind == "AnnotationCollection" and isinstance(found.get("first"), dict):
        yield from _listed(found["first"], file)
    elif kind == "AnnotationPage" and isinstance(found.get("items"), list):
        yield from found["items"]
    else:
        raise FormatError(f"{file}: holds no Web Annotations; give an AnnotationPage or a list of annotations")


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(one, dict):
        raise FormatError(f"{where}: must be one page with selectors; export it again")
    return one


def _id_of(target: Mapping[str, Any], where: str) -> str:
    told, source = target.get("clippings:id"), target.get("source")
    if isinstance(told, str):
        return told
    if isinstance(source, str) and source.startswith("urn:clippings:page:"):
        return unquote(source.removeprefix("urn:clippings:page:"))
    raise FormatError(f"{where}: its target names no clipping; keep the source of the annotations that were exported")


def _note(one: Mapping[str, Any], target: Mapping[str, Any], text: str | None, where: str) -> Note:
    bodies = one.get("body")
    told: dict[str, str] = {}
    parts: dict[str, list[Place]] = {}
    for body in bodies if isinstance(bodies, list) else [bodies]:
        if not isinstance(body, dict):
            continue
        if body.get("clippings:part") in _PARTS:
            parts.setdefault(body["clippings:part"], []).append(_place(body, text, where)[0])
        elif isinstance(body.get("value"), str):
            told.setdefault(_BODIES.get(str(body.get("purpose") or one.get("motivation")), ""), body["value"])
    if "layer" not in told:
        raise FormatError(f"{where}: no body with the purpose tagging says its layer, such as quotes")
    (start, end), quote = _place(target, text, where)
    item = target.get("clippings:item")
    return Note(
        layer_of(told["layer"], where),
        start,
        end,
        told.get("value"),
        told.get("speaker"),
        around(parts.get("source", ())),
        around(parts.get("cue", ())),
        item=item if isinstance(item, int) else None,
        coder=_coder(one.get("creator")),
        **quote,
    )


def _place(target: Mapping[str, Any], text: str | None, where: str) -> tuple[Place, dict[str, str]]:
    """The place, and the words that its selector by quote has."""
    selectors = target.get("selector")
    listed = selectors if isinstance(selectors, list) else [selectors]
    found = {str(one.get("type")): one for one in listed if isinstance(one, dict)}
    quote = {name: one for name, one in found.get("TextQuoteSelector", {}).items() if isinstance(one, str)}
    words = {name: quote[name] for name in ("exact", "prefix", "suffix") if name in quote}
    position = found.get("TextPositionSelector")
    if position is not None:
        start, end = placed(position.get("start"), position.get("end"), None if text is None else len(text), where)
        if text is not None and words.get("exact", text[start:end]) != text[start:end]:
            raise FormatError(f"{where}: its selectors differ: {start}-{end} is not {words['exact'][:40]!r}; keep one")
        return (start, end), words
    if text is None or "exact" not in words:
        raise FormatError(f"{where}: no TextPositionSelector; give corpus=, in which its quotation can be looked for")
    return _found(text, words, where), words


def _found(text: str, words: Mapping[str, str], where: str) -> Place:
    """Where a quotation stands that says its place by words alone: once, or not at all."""
    before, exact = words.get("prefix", ""), words["exact"]
    sought = before + exact + words.get("suffix", "")
    at = text.find(sought)
    if at < 0 or text.find(sought, at + 1) >= 0:
        said = "stands nowhere" if at < 0 else "stands more than once"
        raise FormatError(f"{where}: {exact[:40]!r} {said} in the text of its page; add a TextPositionSelector")
    return at + len(before), at + len(before) + len(exact)


def _coder(creator: Any) -> str | None:
    one = creator[0] if isinstance(creator, list) and creator else creator
    if isinstance(one, dict):
        one = one.get("name") or one.get("nickname") or one.get("id")
    return one if isinstance(one, str) and one else None
