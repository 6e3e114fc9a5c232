"""What stands between the head and the text, and what signs behind the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clippings.page import _citations as citations
from clippings.page import _head_lines as head_lines
from clippings.page import _notices as notices
from clippings.page import lines as look
from clippings.page._heads import Head
from clippings.page._line import squeezed
from clippings.page.lines import Line

MOST_CLOSING, _MOST_LABELS = 2, 8
_NOTE = re.compile(r",? (?:(?:is|was) (?:an?|the|our)|covers|heads|hosts|reports|teaches|works|writes) ")
_SAY_WHOSE = (look.is_credit, look.is_by_outlet, notices.is_copyright, citations.says_where)
_ADDRESS_LABELS = frozenset(f"{label}:" for label, kind in head_lines.KEYS.items() if kind == "source_url")


def authors(text: str, head: Head) -> list[str]:
    """Return the names in the bylines of a head."""
    return [look.byline_names(text[start:end]) for start, end, kind in head.parts if kind == "byline"]


def above_text(text: str, head: Head, found: Sequence[Line]) -> Head:
    """Return a head with the lines below it that print the headline again or say who the author is."""
    titles = {squeezed(text[start:end]) for start, end, kind in head.parts if kind == "title"}
    names, parts, size = authors(text, head), [*head.parts], head.size
    while 0 < size < len(found) - 1:
        line = found[size]
        is_again = squeezed(line.text) in titles
        if not (is_again or any(_is_note(line, name) for name in names)):
            break
        parts.append((line.start, line.end, "standfirst" if is_again else "furniture"))
        size += 1
    return Head(size, parts, head.keys)


def below_text(body: Sequence[Line], head: Sequence[str], dated: str, names: Sequence[str] = ()) -> list[str]:
    """What signs behind a text whose head does not: credit, outlet, author, date where asked, what one of names is."""
    found: list[str] = []
    for line in reversed(body[1:][-(_MOST_LABELS if dated else MOST_CLOSING) :]):
        is_long = len(line.text) > look.LONGEST_SIGNATURE and not notices.is_copyright(line)
        kind = "" if is_long else _signs(line, {*head, *found}, dated)
        kind = "furniture" if not kind and any(_is_of(line, name) for name in names) else kind
        if not kind:
            break
        found.insert(0, kind)
    return found


def _is_of(line: Line, name: str) -> bool:
    """Tell whether a line says who an author is, or is the signature of one whom the head names."""
    return _is_note(line, name) or (
        look.is_short(line) and look.byline_names(line.text).casefold() == name.casefold() and bool(name)
    )


def _is_note(line: Line, name: str) -> bool:
    if name and line.text[0] == "(" and line.text[-1] == ")":
        return line.text[1 : len(name) + 1].casefold() == name.casefold()
    return bool(name) and line.text.startswith(name) and bool(_NOTE.match(line.text, len(name)))


def _signs(line: Line, signed: set[str], dated: str) -> str:
    named = citations.without_day(line)
    is_outlet = look.is_listed(named) or (look.is_known_outlet(named) and "publisher" not in signed)
    if is_outlet or any(fits(line) for fits in _SAY_WHOSE):
        held = notices.COPYRIGHT.match(line.text)
        is_portal = held is not None and look.is_portal(Line(0, 0, held["name"]))
        return "publisher" if "publisher" not in signed and not is_portal else "credit"
    if dated and look.is_page_date(line):
        return dated if dated not in signed else "second_date"
    if notices.is_edition(line) or (dated and head_lines.is_note(line)):
        return "furniture"
    if look.is_address(line):
        return "source_url"
    if line.text.lower() in _ADDRESS_LABELS:
        return "label"
    return "byline" if "byline" not in signed and (look.is_bare_name(line) or look.is_byline(line)) else ""
