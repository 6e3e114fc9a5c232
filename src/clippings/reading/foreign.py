"""Files that other programs, or this one, wrote for programs: known by how they begin, and never read as pages."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from clippings.reading.source import refusal

_HEAD = 4_096
_BLANK = re.compile(r"[\ufeffï»¿ÿþ\s]*")
_OBJECT = r'(?:\[\s*)?\{\s*"[^"]{1,99}"\s*:'
_XML = r"(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<(?:\w+:)?"
_LOADED = "cl.interchange.read(path, format={format!r}) reads it, and cl.review.from_frame compares it"
_ADDRESSES = "it holds addresses, not pages; clippings fetch reads the pages of a table of addresses"
_CITED = "a reference manager reads it; CSL-JSON is given with the files it names: cl.read(..., metadata=path)"


class _Kind(NamedTuple):
    """What a file is, how one begins, and what reads it."""

    name: str
    begins: re.Pattern[str]
    remedy: str


def _kind(name: str, begins: str, remedy: str) -> _Kind:
    return _Kind(name, re.compile(begins, re.DOTALL), remedy)


_JSON = _kind("JSON", _OBJECT, "take the texts out of it: cl.read_frame(pandas.read_json(path), text='column')")
_KINDS = (
    _kind(
        "annotated clippings as JSON Lines",
        r'\{"schema":\s*\d',
        "cl.read_jsonl reads it; clippings report, export, search, diff and review open it",
    ),
    _kind(
        "Web Annotations in JSON-LD",
        rf'(?={_OBJECT}).*?"(?:http://www\.w3\.org/ns/anno\.jsonld|AnnotationPage|AnnotationCollection|TextQuoteSelector)"',
        _LOADED.format(format="w3c"),
    ),
    _kind(
        "tasks of Label Studio",
        rf'(?={_OBJECT}).*?"(?:predictions|annotations|completed_by)"\s*:',
        _LOADED.format(format="labelstudio"),
    ),
    _kind("references in CSL-JSON", rf'(?={_OBJECT}).*?"(?:container-title|issued|date-parts)"\s*:', _CITED),
    _JSON,
    _kind("references in RIS", r"TY {1,2}- [A-Z]{2,8}\s*[\r\n]", _CITED),
    _kind("a report of Zotero", rf"{_XML}html.{{0,300}}?<title>Zotero [^<]*<", _CITED),
    _kind("bookmarks", rf"(?:<!DOCTYPE NETSCAPE-Bookmark-file|{_XML}html.{{0,300}}?<title>Pocket Export<)", _ADDRESSES),
    _kind("references in BibTeX", r"(?:%[^\n]*\n\s*)*@[A-Za-z]+\s*[{(]\s*[^\s,{}]+\s*[,=]", _CITED),
    _kind("UIMA CAS XMI", rf"{_XML}(?:XMI|typeSystemDescription)\b", _LOADED.format(format="xmi")),
    _kind("a network in GraphML or GEXF", rf"{_XML}(?:graphml|gexf)\b", "Gephi, Cytoscape and networkx read it"),
    _kind("TEI", rf"{_XML}(?:TEI|teiCorpus)\b", _LOADED.format(format="tei")),
    _kind(
        "annotations of brat",
        r"(?:T\d+\t\S+ \d+ \d+(?:;\d+ \d+)*\t|R\d+\t\S+ Arg1:|E\d+\t\S+:T\d|A\d+\t\S+ [TE]\d|#\d+\tAnnotatorNotes )",
        _LOADED.format(format="brat"),
    ),
    _kind("a DocBin of spaCy", r"x[\x01\x9c\xda]", _LOADED.format(format="docbin")),
    _kind("tokens in CoNLL", r"# (?:global\.columns|newdoc id) ?=", _LOADED.format(format="conll")),
)
"""In the order in which they are asked."""


def kind(data: bytes | str) -> _Kind | None:
    """Return what a file is that holds no page, None for any other.

    >>> kind(b"@article{a, title = {Talks}}").name, kind("@anna: we wait {all, of us}")
    ('references in BibTeX', None)
    >>> kind('[{"talks": 2}]').name, kind('{"talks": 2} was printed.')
    ('JSON', None)
    """
    head = data[:_HEAD] if isinstance(data, str) else data[:_HEAD].replace(b"\0", b"").decode("latin-1")
    begin = _BLANK.match(head)
    at = begin.end() if begin else 0
    found = next((one for one in _KINDS if one.begins.match(head, at)), None)
    return None if found is _JSON and _has_words_behind(data) else found


def _has_words_behind(data: bytes | str) -> bool:
    """Tell whether words follow the JSON that a text begins with; what is cut off is JSON too."""
    text = (data if isinstance(data, str) else data.decode("utf-8", "replace")).lstrip("\ufeff \t\r\n")
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return text[end:].lstrip()[:1] not in ("", "{", "[")


def refuse(data: bytes | str, file: str) -> None:
    r"""Refuse what was written for a program and not for a reader.

    Raises:
        SourceError: it is such a file (CLP118), which is named with what reads it.

    >>> refuse("TY  - NEWS\nTI  - Talks in Minsk\n", "press.ris")
    Traceback (most recent call last):
    clippings.reading.source.SourceError: press.ris: error[CLP118]: references in RIS, not a page; not read ...
    """
    if found := kind(data):
        raise refusal("CLP118", file, kind=found.name, remedy=found.remedy)
