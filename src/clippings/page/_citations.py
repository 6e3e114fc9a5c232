"""Lines that cite a text: of a database, with author, outlet and day, and of BBC Monitoring, of what was translated."""

from __future__ import annotations

import re

from clippings.page._line import Line

_MONTH = r"[A-Z][a-z]{2,8}\.?"
_NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){1,3}"
_CITED = re.compile(
    rf"(?:(?P<byline>[^\W\d_][\w'’.-]+, [^,;.]{{2,30}}(?:; [^,;.]+, [^,;.]+)*|{_NAME})\. )?"
    r"(?P<publisher>[A-Z][^.;\[\]]{2,60}?) ?(?:; [^\[\]]{2,40} )?\[[^\[\]]{2,40}\] ?"
    rf"(?P<date>\d\d? {_MONTH} \d{{4}})(?:: \S+)?\.?$"
)
"""``Lind, Maria. Harbor Globe [Harbor, Mass] 09 Nov 2007: A.12.``"""
_MONITORED = re.compile(
    r"source: (?P<publisher>[^,]+), .*?\bin [A-Z][a-z]+ (?:\d+ gmt )?"
    rf"(?P<date>\d\d? {_MONTH} \d\d(?:\d\d)?)(?: pp? ?[\d, -]+)?$",
    re.IGNORECASE,
)
_DATED = re.compile(rf"(?P<publisher>[^,\d]{{3,50}}),? (?P<date>{_MONTH} \d\d?, \d{{4}}|\d\d? {_MONTH} \d{{4}})")
_FIRST_IN = re.compile(
    r"(?:(?:this|the) (?:article|commentary|story|text) )?(?:was |is )?(?:(?:first|originally) )?"
    r"(?:appeared|published|printed)(?: first)? (?:in|by|on) (?P<publisher>[^,.;]{3,50}?)"
    r"(?:,? (?:on |in )?(?P<date>(?:\d\d? )?[A-Z][a-z]+ [\d, ]*\d{4}))?\.?$",
    re.IGNORECASE,
)
"""``This article was first published in the Harbor Globe on 9 November 2007.``"""
_BEFORE_FIRST = ("Fi", "Or", "Pu", "Th", "th")
_RELAYED = re.compile(
    rf"\b(?:report|article|commentary|interview) by (?P<byline>{_NAME})"
    r"(?=,? (?:entitled|headlined|published|carried|in|on)\b)"
)

Part = tuple[int, int, str]


def of(line: Line) -> list[Part]:
    """Return what a line cites, in either way."""
    return cited(line) or monitored(line)


def cited(line: Line) -> list[Part]:
    """Return the author, outlet and day that a line cites; empty where it is no citation.

    >>> [kind for _, _, kind in cited(Line(0, 60, "Lind, Maria. Harbor Globe [Harbor, Mass] 09 Nov 2007: A.12."))]
    ['byline', 'publisher', 'date']
    """
    return _parts(line, _CITED.match(line.text)) if "]" in line.text else []


def monitored(line: Line) -> list[Part]:
    """Return the outlet and the day of what was translated: ``Source: ONT, Minsk, in Russian 1800 gmt 31 May 07``."""
    return _parts(line, _MONITORED.match(line.text)) if line.text[:7].lower() == "source:" else []


def dated(line: Line) -> list[Part]:
    """Return the outlet and the day that a line behind a text names: ``Harbor Post, Nov. 12, 2010``."""
    return _parts(line, _DATED.fullmatch(line.text)) if line.text[-4:].isdigit() else []


def behind(line: Line) -> list[Part]:
    """Return the outlet, and the day, that a line behind a text names in any of these ways."""
    return monitored(line) or first_in(line) or dated(line)


def first_in(line: Line) -> list[Part]:
    """Return the outlet, and the day, of a line that says where a text was published first."""
    return _parts(line, _FIRST_IN.match(line.text)) if line.text[:2] in _BEFORE_FIRST else []


def says_where(line: Line) -> bool:
    """Tell whether a line says where a text was published first."""
    return bool(first_in(line))


def without_day(line: Line) -> Line:
    """Return a line without the day behind the outlet, where it has both."""
    named = dated(line)
    return Line(line.start, named[0][1], line.text[: named[0][1] - line.start]) if named else line


def relayed(line: Line) -> list[Part]:
    """Return the author whom a line names of what follows: ``Text of report by Jan Novak entitled ...``."""
    return _parts(line, _RELAYED.search(line.text))


def _parts(line: Line, found: re.Match[str] | None) -> list[Part]:
    named = found.groupdict() if found else {}
    return [
        (line.start + found.start(kind), line.start + found.end(kind), kind)
        for kind, words in named.items()
        if words and found
    ]
