"""Escaping for pages and terminals.

In a page one character of the source shows as one character, and nothing of it becomes markup. Characters that
a page cannot carry are replaced: C0 controls but tab and line ends by their picture (NUL by
U+2400), DEL by U+2421, C1 controls and lone surrogates by U+FFFD.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# DEL, C1 controls and marks of direction in UTF-8; what writes JSON escapes the other controls itself.
_STEERING = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CARRIAGE_RETURN = re.compile(r"\r(\n?)")
# What browsers drop or read as a slash, and so may hide a scheme or a host.
_DISGUISE = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
_UNSLUG = re.compile(r"[^a-z0-9_-]+")


def safe(text: str) -> str:
    """Escape for element content and attributes, with the same number of characters once parsed."""
    return escape(visible(text))


def visible(text: str) -> str:
    r"""Replace the characters that no page or cell can carry; tabs and line ends stay.

    >>> visible("Minsk\x1b[2J\nBrest")
    'Minsk␛[2J\nBrest'
    """
    return _UNSHOWABLE.sub(lambda match: _picture(ord(match[0])), text)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def source(text: str) -> str:
    """Escape source text: parsers turn a bare CR into LF, and browsers do not break a line at a lone CR."""
    return _CARRIAGE_RETURN.sub(lambda match: "&#13;\n" if match[1] else "&#13;<br>", safe(text))


def inline(text: str) -> str:
    """Escape a text for one line, each run of white space as one blank."""
    return safe(" ".join(text.split()))


def printable(words: str) -> str:
    r"""Return words for one line of a terminal, which nothing in a page or in the name of a file may steer.

    >>> printable("Minsk\x1b[2J\n\u202eBrest")
    'Minsk [2J  Brest'
    """
    return "".join(char if char.isprintable() else " " for char in words)


def for_terminal(data: bytes) -> bytes:
    r"""Return JSON or CSV in UTF-8 for a terminal, which no string in it may steer; as JSON it means the same.

    >>> for_terminal('"Minsk\x9b2J"'.encode())
    b'"Minsk\\u009b2J"'
    """
    return _STEERING.sub(lambda match: f"\\u{ord(match[0].decode()):04x}".encode(), data)


def label(words: str) -> str:
    r"""Escape words for one line of a table or heading, without marks of direction, which would turn what follows.

    >>> label("a\u202e<b>\n c")
    'a&lt;b&gt; c'
    """
    return inline(_DIRECTION.sub("", words))


def href(address: str) -> str:
    """Return an address to be linked, escaped; it is of http or https, or relative.

    Raises:
        ValueError: the address could run or hide something.

    >>> href("explore.html#theme=none&year=2005")
    'explore.html#theme=none&amp;year=2005'
    """
    parts = urlsplit(address)
    is_web = parts.scheme in {"http", "https"} and parts.netloc
    is_relative = not parts.scheme and not parts.netloc
    if _DISGUISE.search(address) or not (is_web or is_relative):
        raise ValueError(f"not an address of http or https, nor a relative one: {address!r}")
    return escape(address)


def slug(name: str) -> str:
    """Return a name fit for a class."""
    return _UNSLUG.sub("-", name.lower())


def attribute(name: str, value: str) -> str:
    """Return an attribute of an element from an escaped value, nothing for an empty one."""
    return f' {name}="{value}"' if value else ""
