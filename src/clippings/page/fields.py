"""Blocks to bibliographic fields, the extent of the body, and diagnostics for what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clippings import diagnostics
from clippings.model import Block, Diagnostic, Field, Span
from clippings.page import _addresses as addresses
from clippings.page import _datelines as datelines
from clippings.page import _dating as dating
from clippings.page import _outlets as outlets
from clippings.page import _signatures as signatures
from clippings.page._datelines import Dateline
from clippings.page._dating import Parts
from clippings.page.lines import CUT_LABELS, SOURCE_LABELS, Line, is_titled, without_source

_FORWARDED = re.compile(r"^(?:(?:fwd?|re|tr): ?)+", re.IGNORECASE)
_LIST = re.compile(r"\[[\w-]{2,30}\] (?=\S)")
"""The list that a mail was sent to, before its subject."""
_EDITION = re.compile(r":? \[[^\[\]]{2,30} edition\]$", re.IGNORECASE)
# Their pages print the address of their source, below the text.
_WITH_SOURCE = frozenset({"F1", "F3"})
_ABOVE = ("rubric", "standfirst", "label")
_LONGEST_NAME = 60
_LABEL = "Author: "


def by_kind(blocks: Iterable[Block]) -> Parts:
    """Sort the blocks of a page by their kind, once for all that is asked of them."""
    found: dict[str, list[Block]] = {}
    for block in blocks:
        if block.kind in found:
            found[block.kind].append(block)
        elif block.kind != "blank":
            found[block.kind] = [block]
    return found


def fields(text: str, parts: Parts, path: str = "", form: str = "") -> dict[str, Field]:
    r"""Read the fields of a page from its parts; a field without words in the text is left out.

    The date is the first date of the head; without one the day of the dateline, where it names its year or is of the
    day or month in the file's name (``2007-11-02-talks``, ``112007-14``); without that the day or month of that name.
    Where day and month could be exchanged the day is first, unless the page shows otherwise; the forms F1 and F3 always
    print it first. The outlet is the publisher printed; without one a listed outlet behind the author, then the agency
    of the dateline, then the outlet known by the domain of the source address, or that domain. ``authors`` are the
    names of the byline.

    >>> from clippings.page.layout import lay_out
    >>> page = "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nTalks in Minsk\n\nGazeta.kz\n\nBy Anna Petrova\n"
    >>> {name: field.value for name, field in fields(page, by_kind(lay_out(page).blocks)).items()}
    {'date': '2007-11-02', 'title': 'Talks in Minsk', 'publisher': 'Gazeta.kz', 'outlet': 'Gazeta.kz',
     'byline': 'Anna Petrova', 'authors': 'Anna Petrova'}
    """
    text, of = text.replace("\xa0", " "), parts.get
    dateline = datelines.find(text, of("paragraph", ()), of("publisher", ()), of("dateline", ()))
    signed = parts.get("byline") or (signatures.in_dateline(text, dateline.span) if dateline else [])
    byline = signatures.byline(text, signed)
    publisher, source = (
        signatures.publisher(text, signatures.relayed(text, parts.get("credit", ())) or _first(parts, "publisher")),
        _source_url(text, parts),
    )
    found = {
        "date": dating.date(text, parts, path, dateline.span if dateline else None, form),
        "title": _title(text, _first(parts, "title")),
        "publisher": publisher,
        "outlet": publisher or signatures.outlet(text, signed) or _inferred_outlet(text, dateline, source),
        "byline": byline,
        "authors": signatures.authors(text, signed, byline),
        "dateline": Field(dateline.span.of(text), dateline.span) if dateline else None,
        "source_url": source,
    }
    return {name: field for name, field in found.items() if field}


def persons(byline: str) -> str:
    """Return the persons of a byline that was given, joined by ``"; "``; empty where it names none.

    >>> persons("Anna Petrova and Jan Novak"), persons("AFP")
    ('Anna Petrova; Jan Novak', '')
    """
    text = f"{_LABEL}{byline}"
    signed = [Block(len(_LABEL), len(text), "byline")]
    found = signatures.authors(text, signed, signatures.byline(text, signed))
    return found.value if found else ""


def missing(text: str, parts: Parts, found: dict[str, Field], form: str, file: str) -> list[Diagnostic]:
    """Say what the page lacks and what in it cannot be read."""
    text = text.replace("\xa0", " ")
    told = list(dating.faults(text, parts, found, form, file))
    told += [diagnostics.make(code, file=file, form=form) for code in _gaps(text, parts, found, form)]
    if form != "plain" and "outlet" not in found:
        told.append(_without_outlet(text, parts, file))
    label = None if "source_url" in parts else _source_label(text, parts)
    if label:
        told.append(diagnostics.at("CLP206", text, label.start, file=file))
    field = found.get("source_url")
    odd = addresses.oddity(field.value) if field else None
    if field and field.span and odd:
        place = field.span.start + odd.at
        told.append(diagnostics.at("CLP208", text, place, file=file, printed=field.value, reason=odd.reason))
    return told


def _gaps(text: str, parts: Parts, found: dict[str, Field], form: str) -> Iterator[str]:
    if form != "plain" and "title" not in found:
        yield "CLP203"
    if "paragraph" not in parts:
        yield "CLP204"
    if (
        form in _WITH_SOURCE
        and "source_url" not in parts
        and "source_url" not in found
        and not _source_label(text, parts)
    ):
        yield "CLP205"


def _without_outlet(text: str, parts: Parts, file: str) -> Diagnostic:
    """Say that a page names no outlet, and which short line of its head may be one for a reader."""
    start = min((block.start for block in parts.get("paragraph", ())), default=len(text))
    above = (block for kind in _ABOVE for block in parts.get(kind, ()) if block.start < start)
    seen = next(iter((*parts.get("credit", ()), *(block for block in above if _may_name(block.of(text))))), None)
    if seen is None:
        return diagnostics.make("CLP217", file=file, seen="no line beside the text may be one")
    return diagnostics.at("CLP217", text, seen.start, file=file, seen=f"{seen.of(text)!r} is not taken for one")


def _may_name(words: str) -> bool:
    return len(words) <= _LONGEST_NAME and words[-1] != ":" and is_titled(Line(0, len(words), words))


def _source_label(text: str, parts: Parts) -> Block | None:
    labels = (block for block in parts.get("label", ()) if block.of(text).lower() in SOURCE_LABELS | CUT_LABELS)
    return next(labels, None)


def _first(parts: Parts, kind: str) -> Block | None:
    found = parts.get(kind)
    return found[0] if found else None


def _title(text: str, block: Block | None) -> Field | None:
    """The headline, on one line or several, without what a mail program puts before it."""
    if block is None:
        return None
    printed = block.of(text)
    words = _FORWARDED.sub("", printed, count=1)
    words = _LIST.sub("", words, count=1) if text[: block.start].rstrip().endswith(":") else words
    start = block.end - len(words)
    words = _EDITION.sub("", words)
    return Field(" ".join(words.split()) if "\n" in words else words, Span(start, start + len(words)))


def _source_url(text: str, parts: Parts) -> Field | None:
    block = _first(parts, "source_url")
    if block is None:
        return None
    words = without_source(block.of(text))
    return Field(words, Span(block.end - len(words), block.end))


def _inferred_outlet(text: str, dateline: Dateline | None, source: Field | None) -> Field | None:
    if dateline and dateline.agency:
        return Field(dateline.agency.of(text), dateline.agency, "dateline")
    place = addresses.host(source.value) if source else None
    if not (source and source.span and place):
        return None
    span = Span(source.span.start + place[0], source.span.start + place[1])
    return Field(outlets.of_host(span.of(text)), span, "domain")
