"""What a line of a page is, by its look: the predicates that the grammar of ``layout`` is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from clippings.page_date import is_date, without_label

ARCHIVE_NAMES = frozenset({"BELARUS NEWS AND ANALYSIS"})
ARCHIVE_ADDRESS = "data.minsk.by/belarusnews/"
SOURCE_LABELS = frozenset({"source:", "source"})
DATE_LABEL = "date:"
FURNITURE = (
    "Google",
    "Archive",
    "Share |",
    "Partners:",
    "Partners: Social Network",
    "Face.by Social Network",
    "Face.by",
)
OUTLET_WORDS = frozenset(
    [
        *("afp", "agency", "ap", "bbc", "chronicle", "courier", "daily", "dispatch", "dpa", "examiner", "express"),
        *("gazette", "herald", "interfax", "journal", "ledger", "magazine", "mail", "monitor", "network", "news"),
        *("newspaper", "observer", "online", "post", "press", "radio", "record", "reuters", "review", "service"),
        *("standard", "star", "sun", "telegraph", "times", "today", "tribune", "tv", "upi", "voice", "weekly", "wire"),
    ]
)
JOB_WORDS = frozenset(
    [
        *("analyst", "bureau", "chief", "columnist", "commentator", "contributor", "correspondent", "editor"),
        *("reporter", "staff", "writer"),
    ]
)

_BLANKS = "\0 \t\f\v\xa0\ufeff"
_BYLINE = re.compile(r"(?:by|from|posted by|author ?:)\s+\S", re.IGNORECASE)
_BYLINE_ON = re.compile(r"and\s+[A-Z]", re.IGNORECASE)
_CREDIT = re.compile(r"source\s*:{2,}\s*\S|\([A-Z][\w.-]+(?:, [A-Z][\w. -]+)*\)$", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+$|[\w.-]+\.\w+/\S*$", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+$")
_DATELINE = re.compile(
    r"(?:[A-Z]{4,}[A-Z/ ]{0,26}|[A-Z][A-Z/ ]{3,29}(?=,| \())(?:, [A-Z][a-z]+| \([A-Za-z -]{2,30}\))?$"
)
_NAME_WORD = r"(?:[^\W\d_a-z][^\W\d_]*(?:[.'’-][^\W\d_]+)*\.?|van|von|de|der)"
_NAME = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,3}}$")
_PIPED = re.compile(r"[^|]{3,40} \| [^|]{2,40}(?: \| [^|]{2,40})?$")
_SENTENCE_END = tuple(".?!:;,\"'”’-")
_TITLE_LENGTH = 200
_OUTLET_LENGTH, _OUTLET_WORDS, _NAME_WORDS = 60, 7, 5


class Line(NamedTuple):
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    text: str


def lines(text: str) -> Iterator[Line]:
    r"""Yield the lines of a text that are not blank, without the white space and NULs at their edges.

    >>> [line.text for line in lines("Minsk \r\n\r\n\0 Brest")]
    ['Minsk', 'Brest']
    """
    at = 0
    for raw in text.replace("\r", "\n").split("\n"):
        kept = raw.strip(_BLANKS)
        if kept:
            start = at + (len(raw) - len(raw.lstrip(_BLANKS)) if len(kept) < len(raw) else 0)
            yield Line(start, start + len(kept), kept)
        at += len(raw) + 1


def is_archive(line: Line) -> bool:
    """The name of the archive, on top of a full page."""
    return line.text in ARCHIVE_NAMES


def is_date_label(line: Line) -> bool:
    """The label of the date, alone on its line."""
    return line.text.lower() == DATE_LABEL


def is_page_date(line: Line) -> bool:
    """A date, alone or behind its label."""
    return is_date(without_label(line.text))


def is_title(line: Line) -> bool:
    """A line longer than any headline is a paragraph: the title is missing."""
    return len(line.text) <= _TITLE_LENGTH and not is_source_label(line)


def is_source_label(line: Line) -> bool:
    """The label before the address of the source."""
    return line.text.lower() in SOURCE_LABELS


def is_url(line: Line) -> bool:
    """An address, whole or cut."""
    return bool(_URL.match(line.text))


def is_byline(line: Line) -> bool:
    """A line that says by whom: ``By NAME``, ``From X in Washington``, ``Author : X``."""
    return bool(_BYLINE.match(line.text)) and is_short(line) and not reads_as_sentence(line) and not is_by_outlet(line)


def is_by_outlet(line: Line) -> bool:
    """``By VOA News`` names an outlet."""
    return bool(_BYLINE.match(line.text)) and is_short(line) and _has_word(line, OUTLET_WORDS)


def is_byline_on(line: Line) -> bool:
    """The second line of a byline: another name, or the title of the one before."""
    return is_short(line) and (bool(_BYLINE_ON.match(line.text)) or _has_word(line, JOB_WORDS)) and not is_byline(line)


def is_bare_name(line: Line) -> bool:
    """A name alone, a name behind a job, or one piped with a place."""
    if _PIPED.match(line.text):
        return True
    words = line.text.split()
    if len(words) > _NAME_WORDS or _has_word(line, OUTLET_WORDS):
        return False
    return bool(_NAME.match(line.text)) or (_has_word(line, JOB_WORDS) and bool(_NAME.match(" ".join(words[-2:]))))


def is_outlet(line: Line) -> bool:
    """A short line that ends no sentence, a domain, or an outlet that signs: the publisher."""
    if is_by_outlet(line):
        return True
    if not is_short(line) or is_byline(line) or is_dateline(line) or is_credit(line):
        return False
    return bool(_DOMAIN.match(line.text)) or not line.text.endswith(_SENTENCE_END)


def is_known_outlet(line: Line) -> bool:
    """One capitalized word, a domain, or a line with a word such as News: an outlet even behind the text."""
    words = line.text.split()
    is_single = len(words) == 1 and line.text[:1].isupper() and line.text[-1:].isalpha()
    return is_single or bool(_DOMAIN.match(line.text)) or (is_outlet(line) and _has_word(line, OUTLET_WORDS))


def is_credit(line: Line) -> bool:
    """``Source ::: AFP`` or ``(ITAR-TASS, Interfax)``."""
    return is_short(line) and bool(_CREDIT.match(line.text))


def is_dateline(line: Line) -> bool:
    """A place, alone on its line: ``MINSK (AFP)``."""
    return bool(_DATELINE.match(line.text)) and line.text.split()[0].lower() not in OUTLET_WORDS


def is_short(line: Line) -> bool:
    """Tell whether a line is short enough for a name or an outlet."""
    return len(line.text) <= _OUTLET_LENGTH and len(line.text.split()) <= _OUTLET_WORDS


def reads_as_sentence(line: Line) -> bool:
    """Tell whether a line ends as a sentence does; an initial's period does not count."""
    return line.text.endswith((".", "?", "!"))


def _has_word(line: Line, words: frozenset[str]) -> bool:
    return any(word.lower().strip(".,") in words for word in line.text.split())
