"""UIMA CAS XMI with its type system, as INCEpTION and DKPro read and write it; places in UTF-16, converted by cassis.

Each layer is a span layer of its own with features in text; the words of source and cue are layers to which a quotation
links. Sentences and tokens of DKPro cover the whole text, as INCEpTION shows nothing outside of them.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from clippings.interchange import _tokens
from clippings.interchange._pages import Item, Note, Page, Place, pages
from clippings.interchange._reading import (
    DOCUMENTS,
    MARKED,
    FormatError,
    around,
    coders,
    data_of,
    documents,
    member_files,
    named,
    placed,
    tables_of,
    whole,
)
from clippings.interchange._xml import clean, package, parsed
from clippings.model import Annotated

TYPES = "TypeSystem.xml"
_OWN = "webanno.custom."
_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
_SENTENCE, _TOKEN = f"{_DKPRO}segmentation.type.Sentence", f"{_DKPRO}segmentation.type.Token"
_ABOUT = f"{_DKPRO}metadata.type.DocumentMetaData"
_ITEM = f"{_OWN}Clipping"
_PARTS = {"source": f"{_OWN}Source", "cue": f"{_OWN}Cue"}
_LAYERS = {name: _OWN + label for name, label in MARKED.items()}
_FEATURES = ("value", "speaker", "rule")
_INITIAL = re.compile(r"INITIAL_CAS", re.IGNORECASE)
_XML_1_1 = re.compile(rb"""^(\s*<\?xml\s+version=["'])1\.1""")


def write(annotated: Iterable[Annotated]) -> Iterator[tuple[str, bytes]]:
    """Yield the type system, an XMI for each page, and the table of documents."""
    cassis = package("cassis")
    types = _type_system(cassis)
    found = pages(annotated)
    yield TYPES, types.to_xml().encode()
    yield DOCUMENTS, documents(found)
    for page in found:
        yield f"{page.name}.xmi", _cas(cassis, types, page).to_xmi().encode()


def read(path: Path, corpus: Sequence[Page]) -> list[Page]:
    """Return the pages of an XMI, a folder, or the zip of a project or document of INCEpTION; its users are the coders.

    Types that are not of the layers written here, such as a project's own, are left out.

    Raises:
        FormatError: a file is damaged, or its type system is not beside it.
    """
    is_one = path.is_file() and path.suffix.lower() == ".xmi"
    types = {TYPES: data_of(path.with_name(TYPES))} if is_one else dict(member_files(path, TYPES.lower()))
    tables = tables_of(path, corpus)
    files = dict(member_files(path, ".xmi"))
    if not files:
        raise FormatError(f"{path}: holds no .xmi file; export as UIMA CAS XMI")
    worked_on = _worked_on(files)
    if not worked_on:
        raise FormatError(f"{path}: nobody has annotated a document of the project yet; export it again later")
    found = []
    for name, coder in worked_on.items():
        file = str(path) if is_one else f"{path}/{name}"
        page = _page(files[name], _types_beside(name, types, file), name, file, coder)
        found.append(page if page.id is not None else named(page, tables))
    return found


def _type_system(cassis: Any) -> Any:
    types = cassis.TypeSystem()
    annotation, string = "uima.tcas.Annotation", "uima.cas.String"
    for name in (_SENTENCE, _TOKEN):
        made = types.create_type(name, annotation)
        types.create_feature(made, "id", string)
    about = types.create_type(_ABOUT, "uima.tcas.DocumentAnnotation")
    for feature in ("documentTitle", "documentId", "documentUri", "collectionId"):
        types.create_feature(about, feature, string)
    parts = {name: types.create_type(kind, annotation, f"the {name} of a quotation") for name, kind in _PARTS.items()}
    for part in parts.values():
        types.create_feature(part, "note", string)
    for name, kind in _LAYERS.items():
        made = types.create_type(kind, annotation, f"the layer {name} of clippings")
        for feature in _FEATURES:
            if feature != "speaker" or name == "quotes":
                types.create_feature(made, feature, string)
        for part, target in parts.items() if name == "quotes" else ():
            link = types.create_type(f"{_OWN}Quote{part.capitalize()}Link", "uima.cas.TOP")
            types.create_feature(link, "role", string)
            types.create_feature(link, "target", target)
            types.create_feature(made, part, "uima.cas.FSArray", elementType=link)
    item = types.create_type(_ITEM, annotation, "where a clipping of the page begins")
    for feature in ("clipping", "item", "title", "date", "outlet"):
        types.create_feature(item, feature, string)
    return types


def _cas(cassis: Any, types: Any, page: Page) -> Any:
    text = clean(page.text or "")
    cas = cassis.Cas(types, sofa_string=text, sofa_mime="text/plain", document_language="en")
    about = {"documentTitle": page.name, "documentId": page.name, "documentUri": clean(page.id or "")}
    cas.add(types.get_type(_ABOUT)(begin=0, end=len(text), language="en", **about))
    whole_sentences = {(note.start, note.end) for note in page.notes if note.layer == "sentences"}
    for start, end in _tokens.sentences(page):
        told = "sentence" if (start, end) in whole_sentences else None
        cas.add(types.get_type(_SENTENCE)(begin=start, end=end, id=told))
    for start, end in _tokens.words(text, _tokens.edges(page)):
        cas.add(types.get_type(_TOKEN)(begin=start, end=end))
    for item in page.items:
        facts = {name: clean(item.facts[name]) for name in ("title", "date", "outlet") if name in item.facts}
        at = {"begin": item.start, "end": min(len(text), item.start + 1)}
        cas.add(types.get_type(_ITEM)(clipping=clean(page.id or ""), item=str(item.item), **at, **facts))
    parts: dict[tuple[str, Place], Any] = {}
    for note in page.notes:
        if note.layer != "sentences":
            cas.add(_structure(types, note, parts))
    cas.add_all(parts.values())
    return cas


def _structure(types: Any, note: Note, parts: dict[tuple[str, Place], Any]) -> Any:
    kind = types.get_type(_LAYERS[note.layer])
    known = {feature.name for feature in kind.features}
    told = {name: clean(value) for name in _FEATURES if name in known and (value := getattr(note, name))}
    made = kind(begin=note.start, end=note.end, **told)
    for part, name in _PARTS.items():
        place = getattr(note, part)
        if place is None:
            continue
        if (part, place) not in parts:
            parts[part, place] = types.get_type(name)(begin=place[0], end=place[1])
        link = types.get_type(f"{_OWN}Quote{part.capitalize()}Link")(role=part, target=parts[part, place])
        made[part] = types.get_type("uima.cas.FSArray")(elements=[link])
    return made


def _types_beside(name: str, types: Mapping[str, bytes], file: str) -> bytes:
    """The type system in the folder of a file, else the nearest above it."""
    lowered = {PurePosixPath(other.lower()): data for other, data in types.items()}
    for folder in PurePosixPath(name.lower()).parents:
        if folder / TYPES.lower() in lowered:
            return lowered[folder / TYPES.lower()]
    raise FormatError(f"{file}: {TYPES} is not beside it; export as UIMA CAS XMI, which has both")


def _page(data: bytes, types: bytes, name: str, file: str, coder: str | None) -> Page:
    cassis = package("cassis")
    for one, place in ((types, f"{file}: {TYPES}"), (data, file)):
        parsed(_XML_1_1.sub(rb"\g<1>1.0", one, count=1), place)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            system = cassis.load_typesystem(io.BytesIO(types))
            cas = cassis.load_cas_from_xmi(io.BytesIO(_XML_1_1.sub(rb"\g<1>1.0", data, count=1)), system, lenient=True)
        text = cas.sofa_string or ""
        items = _items(cas, system, file)
        notes = tuple(_notes(cas, system, text, file, coder))
    except FormatError:
        raise
    except Exception as error:  # A parser of damaged XMI raises anything.
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise FormatError(f"{file}: not a CAS that its type system describes: {reason}; export it again") from error
    ids = {one.clipping for one in _all(cas, system, _ITEM)}
    if len(ids) > 1:
        raise FormatError(f"{file}: its annotations Clipping name several ids; keep those that were exported")
    return Page(next(iter(ids), None), text, notes, items or (Item(0),), _title(cas, system, name), file=file)


def _all(cas: Any, types: Any, kind: str) -> list[Any]:
    return list(cas.select(kind)) if types.contains_type(kind) else []


def _items(cas: Any, types: Any, file: str) -> tuple[Item, ...]:
    found = [Item(whole(one.item, file), one.begin) for one in _all(cas, types, _ITEM)]
    return tuple(sorted(found, key=lambda item: (item.start, item.item)))


def _notes(cas: Any, types: Any, text: str, file: str, coder: str | None) -> Iterator[Note]:
    for layer, kind in _LAYERS.items():
        for one in _all(cas, types, kind):
            where = f"{file}: {kind} at {one.begin}"
            start, end = placed(one.begin, one.end, len(text), where)
            told = {name: getattr(one, name, None) for name in ("value", "speaker")}
            source, cue = (_linked(getattr(one, part, None)) for part in _PARTS)
            yield Note(layer, start, end, told["value"], told["speaker"], source, cue, coder=coder)
    for one in _all(cas, types, _SENTENCE):
        if getattr(one, "id", None) == "sentence":
            yield Note("sentences", *placed(one.begin, one.end, len(text), file), coder=coder)


def _linked(links: Any) -> Place | None:
    """From the first to the last character of what a feature links to."""
    targets = [link.target for link in getattr(links, "elements", None) or () if getattr(link, "target", None)]
    return around([(one.begin, one.end) for one in targets])


def _worked_on(files: Iterable[str]) -> dict[str, str | None]:
    """The annotator of each file; of a project, without the source and what was there before anybody worked on it."""
    users = {name: user for name in files if (user := _user(name))} or coders(list(files))
    return {name: user for name, user in users.items() if not _INITIAL.match(PurePosixPath(name).stem)}


def _user(name: str) -> str | None:
    """The annotator, by the folders ``annotation/DOCUMENT/USER.xmi``, or DOCUMENT.xmi/USER.xmi alone.

    A zip may stand for a folder.
    """
    *folders, file = PurePosixPath(name).parts
    at = next((at for at, part in enumerate(folders) if part in ("annotation", "curation")), len(folders))
    is_users = len(folders) > at + 1 or (len(folders) == at and folders[-1:] and folders[-1].lower().endswith(".xmi"))
    return PurePosixPath(file).stem if is_users else None


def _title(cas: Any, types: Any, name: str) -> str:
    told = next((one.documentTitle for one in _all(cas, types, _ABOUT)), None) or PurePosixPath(name).name
    return str(told).removesuffix(".xmi")
