"""What happened to a text before it was saved: letters lost, decoded wrongly, hidden or written as codes of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5

from clippings import diagnostics
from clippings.model import Diagnostic, position

# The bytes of UTF-8 behind the first, as Windows-1252 and Latin-1 show them.
_REST = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_MOJIBAKE = re.compile(
    f"[\u00c2-\u00c5\u00ce-\u00d1]{_REST}|[\u00e2\u00e3]{_REST}{{1,2}}|\u00f0{_REST}{{2,3}}|\u00ef\u00bb\u00bf"
)
_HIDDEN = re.compile(
    "[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff]|(?<=[A-Za-z])[\u200c-\u200f\u202a-\u202e\u2066-\u2069](?=[A-Za-z])"
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d{0,2});")
_LOST = re.compile("\ufffd")


def told(text: str, file: str = "") -> tuple[Diagnostic, ...]:
    r"""Return a diagnostic for each kind of damage, with the line of the first and how many there are.

    >>> [(one.code, one.message) for one in told("Minsk\nThey didn\u00e2\u20ac\u2122t wait.")]
    [('CLP403', "1 run of letters decoded wrongly, such as 'â€™' for '’'")]
    """
    return tuple(_told(text, file))


def _told(text: str, file: str) -> Iterator[Diagnostic]:
    for code, pattern, is_one, may_hold in _KINDS:
        if may_hold(text):
            found = [one for one in pattern.finditer(text) if is_one(one[0])]
            if found:
                line, column = position(text, found[0].start())
                values = {"count": len(found), "s": "" if len(found) == 1 else "s", **_shown(found[0][0], code)}
                yield diagnostics.make(code, file=file, line=line, column=column, **values)


def _shown(printed: str, code: str) -> dict[str, str]:
    if code == "CLP403":
        return {"printed": printed, "meant": meant(printed) or ""}
    return {"printed": printed if code == "CLP405" else f"U+{ord(printed):04X}"}


def meant(printed: str) -> str | None:
    r"""Return what letters are that were decoded as Windows-1252 and are UTF-8; None where they are not.

    >>> meant("\u00c3\u00a9"), meant("\u00c3o")
    ('é', None)
    """
    data = b""
    for letter in printed:
        try:
            data += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > _LAST_BYTE:
                return None
            data += bytes([ord(letter)])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


_LAST_BYTE = 0xFF


def _is_wrong(printed: str) -> bool:
    return bool(meant(printed))


def _is_entity(printed: str) -> bool:
    return printed[1] == "#" or printed[1:] in html5


def _any(_: str) -> bool:
    return True


def _beyond_ascii(text: str) -> bool:
    return not text.isascii()


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool], Callable[[str], bool]], ...] = (
    ("CLP402", _LOST, _any, lambda text: "\ufffd" in text),
    ("CLP403", _MOJIBAKE, _is_wrong, _beyond_ascii),
    ("CLP404", _HIDDEN, _any, _beyond_ascii),
    ("CLP405", _ENTITY, _is_entity, lambda text: "&" in text),
)
"""Code, pattern, whether a match is one, and a cheap test without which the text is not searched."""
