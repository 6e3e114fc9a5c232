"""What a reader passes over, such as invisible characters and hyphens that cut a word, and what no file can hold."""

from __future__ import annotations

import re

# Soft hyphen, joiners, word joiner, marks of direction, byte-order mark within a text.
INVISIBLE = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

_CUT = re.compile(
    r"(?<![\w/@.])(?P<before>[^\W\d_]+(?<=[^\W\d_A-Z]))(?P<hyphen>[-\u2010\u00ad])(?P<end>[ \t]?(?:\r\n|\r|\n))"
    r"(?=(?P<after>[a-z]+)(?![\w/@]))"
)
_MAY_CUT = re.compile("- ?[\r\n]")
_HALVES = re.compile("[\ud800-\udfff]")
_BEFORE = frozenset(
    [
        *("all", "anti", "counter", "cross", "ex", "far", "half", "hard", "high", "ill", "long", "low", "mid", "multi"),
        *("non", "off", "once", "one", "post", "pro", "quasi", "self", "semi", "short", "so", "top", "two", "vice"),
        *("well",),
    ]
)
_AFTER = frozenset(
    [
        *("armed", "backed", "based", "born", "brokered", "built", "called", "controlled", "day", "dominated"),
        *("elect", "friendly", "funded", "general", "held", "language", "led", "made", "minded", "month", "new", "old"),
        *("owned", "party", "range", "run", "scale", "speaking", "sponsored", "style", "term", "time", "week", "wide"),
        *("wing", "year"),
    ]
)


_ASCII = bytes(range(128))
_QUOTE = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_LINE = re.compile(r"^[^\S\n]*\S", re.MULTILINE)
_FEWEST_QUOTED, _MOSTLY = 3, 0.5


def quoting(text: str) -> list[tuple[int, int]]:
    r"""Return the marks that a mail program puts before lines it quotes; none where it is not most of the lines.

    >>> quoting("> They met.\n>\n> Nobody spoke.")
    [(0, 2), (12, 13), (14, 16)]
    >>> quoting("They met.\nNobody spoke.\n> 40 per cent")
    []
    """
    if "\n>" not in text:
        return []
    marks = [found.span() for found in _QUOTE.finditer(text)]
    is_most = len(marks) >= _FEWEST_QUOTED and len(marks) > _MOSTLY * len(_LINE.findall(text))
    return marks if is_most else []


def beyond_ascii(text: str) -> frozenset[str]:
    r"""Return the characters of a text that are not ASCII, in a fraction of the time that a search for them takes.

    >>> sorted(beyond_ascii("caf\u00e9 \u2013 caf\u00e9"))
    ['é', '–']
    """
    if text.isascii():
        return frozenset()
    data = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return frozenset(data.decode("utf-8", "surrogatepass"))


def sound(text: str) -> str:
    r"""Return a text with each half of a surrogate pair, which UTF-8 cannot hold, as U+FFFD; every place stays.

    >>> sound("caf\udce9.txt")
    'caf�.txt'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALVES.sub("\ufffd", text)
    return text


def cuts(text: str) -> list[tuple[int, int]]:
    r"""Return what to leave out where a hyphen cuts a word at a line's end: that end, mostly with the hyphen.

    The hyphen stays in compounds, which are known by a list of their parts.

    >>> page = "The mis-\nsile shield and the Russian-\nled talks"
    >>> [page[start:end] for start, end in cuts(page)]
    ['-\n', '\n']
    """
    if not (_MAY_CUT.search(text) or _has_other_hyphen(text)):
        return []
    return [
        (found.start("hyphen") + (found["before"].lower() in _BEFORE or found["after"] in _AFTER), found.end("end"))
        for found in _CUT.finditer(text)
    ]


def _has_other_hyphen(text: str) -> bool:
    return not text.isascii() and ("\u2010" in text or "\u00ad" in text)
