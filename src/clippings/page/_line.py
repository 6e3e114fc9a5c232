"""The lines of a page: where each stands, without the white space around it."""

from __future__ import annotations

import functools
import re

import msgspec

# White space as Python splits at it, and two characters that are as empty.
_BLANKS = (
    "\0\ufeff \t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_FIRST = re.compile(rf"[\r\n{_BLANKS}]*+(?P<line>[^\r\n]+)")


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    text: str
    is_own_outlet: bool = False


@functools.lru_cache(maxsize=2)
def lines(text: str) -> tuple[Line, ...]:
    r"""Return the lines of a text that are not blank, without the white space and NULs at their edges.

    A line that a word processor broke ends there too, and a blank that does not break is one.

    >>> [line.text for line in lines("Minsk \r\n\r\n\0 Brest")]
    ['Minsk', 'Brest']
    """
    found: list[Line] = []
    at = 0
    if "\xa0" in text or "\v" in text:
        text = text.replace("\xa0", " ").replace("\v", "\n")
    for raw in text.replace("\r", "\n").split("\n"):
        size = len(raw)
        if size:
            kept = raw.strip(_BLANKS)
            if len(kept) == size:
                found.append(Line(at, at + size, raw))
            elif kept:
                start = at + size - len(raw.lstrip(_BLANKS))
                found.append(Line(start, start + len(kept), kept))
        at += size + 1
    return tuple(found)


@functools.lru_cache(maxsize=1)
def first_line(text: str) -> str:
    r"""Return the first line of a text that is not blank, without the white space around it.

    >>> first_line("\n Minsk \r\nBrest")
    'Minsk'
    """
    found = _FIRST.match(text)
    return found["line"].rstrip(_BLANKS) if found else ""


def squeezed(words: str) -> str:
    """Return the letters and digits of a name, case folded: what it shares with its address.

    >>> squeezed("Harbor Bay 24")
    'harborbay24'
    """
    return "".join(filter(str.isalnum, words.casefold()))
