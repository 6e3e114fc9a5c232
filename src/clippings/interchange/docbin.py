"""spaCy's DocBin: a document a page, with a group of spans for each layer; the label is what was found.

Tokens are words and white space, cut where an annotation begins or ends, so that every place is kept. The speaker of a
quotation is the ``kb_id`` of its span; words of sources and cues are groups of their own, and share the ``id`` of their
quotation.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from clippings.interchange import _tokens
from clippings.interchange._pages import Item, Note, Page, Place, digest, pages
from clippings.interchange._reading import LABELS, MAX_BYTES, FormatError, data_of, whole
from clippings.interchange._xml import package
from clippings.model import Annotated

_PARTS = {"sources": "source", "cues": "cue"}
_ABOUT = "clippings"


def write(annotated: Iterable[Annotated]) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of one file."""
    spacy = package("spacy")
    vocab = spacy.vocab.Vocab()
    bundle = spacy.tokens.DocBin(store_user_data=True)
    for page in pages(annotated):
        bundle.add(_document(spacy.tokens.Doc, vocab, page))
    yield "", bundle.to_bytes()


def read(path: Path) -> list[Page]:
    """Return the pages of a file; groups of spans by other names than those of layers are left out.

    Raises:
        FormatError: it is not a DocBin that was made here.
    """
    spacy, file = package("spacy"), str(path)
    data = data_of(path)
    try:
        if len(zlib.decompressobj().decompress(data, MAX_BYTES + 1)) > MAX_BYTES:
            raise FormatError(f"{file}: unpacks to more than {MAX_BYTES:,} bytes; split it into several")
        bundle = spacy.tokens.DocBin(store_user_data=True).from_bytes(data)
        documents = list(bundle.get_docs(spacy.vocab.Vocab()))
    except FormatError:
        raise
    except Exception as error:  # zlib, msgpack and spaCy each raise their own.
        raise FormatError(
            f"{file}: not a DocBin of spaCy: {type(error).__name__}; save it with DocBin.to_disk"
        ) from error
    return [_page(one, f"{file}: document {number}") for number, one in enumerate(documents, start=1)]


def _document(make: Any, vocab: Any, page: Page) -> Any:
    text = page.text or ""
    words, spaces = _words(text, _tokens.edges(page))
    made = make(vocab, words=words, spaces=spaces)
    items = [[one.item, one.start] for one in page.items]
    made.user_data[_ABOUT] = {"id": page.id, "items": items, "sha256": page.sha256}
    for layer in dict.fromkeys(note.layer for note in page.notes):
        made.spans[layer] = [_span(made, note, number) for number, note in enumerate(page.notes) if note.layer == layer]
    for group, part in _PARTS.items():
        placed = [(number, place) for number, note in enumerate(page.notes) if (place := getattr(note, part))]
        if placed:
            made.spans[group] = [made.char_span(*place, label=part, span_id=str(number)) for number, place in placed]
    return made


def _words(text: str, cuts: Sequence[int]) -> tuple[list[str], list[bool]]:
    """Words, and the white space between them but for one blank behind a word; whether one is behind each."""
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in [*_tokens.words(text, cuts), (len(text), len(text))]:
        gap, is_first = text[at:start], not words
        if gap and not is_first and gap[0] == " " and at not in cuts:
            spaces[-1], gap, at = True, gap[1:], at + 1
        for one, other in _tokens.cut(at, start, cuts) if gap else ():
            words.append(text[one:other])
            spaces.append(False)
        if start < end:
            words.append(text[start:end])
            spaces.append(False)
        at = end
    return words, spaces


def _span(document: Any, note: Note, number: int) -> Any:
    told = {"label": note.value or "", "kb_id": note.speaker or "", "span_id": str(number)}
    return document.char_span(note.start, note.end, **told)


def _page(document: Any, where: str) -> Page:
    about = document.user_data.get(_ABOUT)
    if not isinstance(about, dict) or not isinstance(about.get("id"), str):
        raise FormatError(f"{where}: its user_data does not say which clipping it is; keep store_user_data=True")
    items = tuple(Item(whole(item, where), whole(start, where)) for item, start in about.get("items", ()))
    parts = _parts(document, where)
    notes = [_note(layer, span, parts) for layer in LABELS if layer in document.spans for span in document.spans[layer]]
    return Page(about["id"], document.text, tuple(notes), items or (Item(0),), sha256=digest(document.text), file=where)


def _parts(document: Any, where: str) -> dict[tuple[str, str], Place]:
    """The words of sources and cues by the ids of their quotations."""
    found: dict[tuple[str, str], Place] = {}
    for group, part in _PARTS.items():
        for span in document.spans.get(group, ()):
            if (part, span.id_) in found:
                raise FormatError(f"{where}: two spans of {group} have the id {span.id_!r}; a quotation has one {part}")
            found[part, span.id_] = span.start_char, span.end_char
    return found


def _note(layer: str, span: Any, parts: dict[tuple[str, str], Place]) -> Note:
    source, cue = (parts.get((part, span.id_)) if layer == "quotes" else None for part in _PARTS.values())
    return Note(layer, span.start_char, span.end_char, span.label_ or None, span.kb_id_ or None, source, cue)
