"""What happened to a text before it was saved: letters lost, decoded wrongly, hidden or written as codes of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5

from clippings import diagnostics
from clippings.hidden import INVISIBLE, beyond_ascii, quoting
from clippings.model import Diagnostic

# The bytes of UTF-8 behind the first, as Windows-1252 and Latin-1 show them.
_REST = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
# No language writes a word of four such letters alone: these are Cyrillic in one byte each.
_HIGH = "[\u00a8\u00b8\u00c0-\u00ff]"
_WRONG = re.compile(
    f"[\u00c2-\u00c5\u00ce-\u00d1]{_REST}|[\u00e2\u00e3]{_REST}{{1,2}}|\u00f0{_REST}{{2,3}}|\u00ef\u00bb\u00bf"
    # Punctuation of UTF-8 as Mac Roman and as Windows-1251; Cyrillic of UTF-8 as Windows-1251.
    "|\u201a\u00c4.|\u0432\u0402.|(?:[\u0420\u0421][\u00a0-\u00bf\u0402-\u040f\u0452-\u045f\u0490\u0491\u2010-\u2122]){3,}"
    rf"|(?<!\w){_HIGH}{{4,}}(?!\w)"
    # Polish of Windows-1250 as Windows-1252; the beginning of a mark whose end was lost.
    "|(?<=[a-z])[\u00b3\u00b9\u00bf](?=[a-z\u00c0-\u00ff])|\u00e2\u20ac"
)
# What one of these begins with, but for a word of such letters; most texts have none of it.
_WRONG_BEGINS = frozenset(
    [
        *map(chr, (*range(0xC2, 0xC6), *range(0xCE, 0xD2))),
        *"\u00b3\u00b9\u00bf\u00e2\u00e3\u00ef\u00f0\u0420\u0421\u0432\u201a",
    ]
)
_HIGH_BEGINS = frozenset("\u00a8\u00b8").union(map(chr, range(0xC0, 0x100)))
_HIGH_RUN = re.compile(f"{_HIGH}(?={_HIGH}{{3}})")
_ENCODINGS = (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("mac-roman", "utf-8"), ("cp1251", "utf-8"))
_PARTS = {"\u00b3": "\u0142", "\u00b9": "\u0105", "\u00bf": "\u017c", "\u00e2\u20ac": "\u201d"}
_CYRILLIC = (("latin-1", "cp1251"), ("latin-1", "koi8-r"))
_HIDDEN = re.compile(
    "[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff]|(?<=[A-Za-z])[\u200c-\u200f\u202a-\u202e\u2066-\u2069](?=[A-Za-z])"
)
_HIDDEN_BEGINS = frozenset(char for char in map(chr, range(0x10000)) if INVISIBLE.match(char))
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d{0,2});")
# A run of question marks is a word whose letters were lost, if another stands beside it; in a name it is a letter
# that was lost, unless it ends a sentence: "Who?he said".
_GLUED = "a|and|as|but|he|her|his|i|in|is|it|no|not|of|or|she|so|that|the|then|they|this|to|was|we|what|who|yes|you"
_LOST = re.compile(
    r"\ufffd|(?<![\w?!])\?{3,}(?:[ ,.:;-]+\?{2,})+"
    rf"|(?<![\w/=&?.#])[A-Z][a-z]*\?{{1,2}}(?!(?:{_GLUED})\b)[a-z]+(?![\w/=&?])"
)


def diagnose(text: str, file: str = "") -> tuple[Diagnostic, ...]:
    r"""Return a diagnostic for each kind of damage and for quoting, with the line of the first and how many there are.

    >>> [(one.code, one.message) for one in diagnose("Minsk\nThey didn\u00e2\u20ac\u2122t wait.")]
    [('CLP403', "1 run of letters decoded wrongly, such as 'â€™' for '’'")]
    """
    return (*_told(text, file), *_quoted(text, file))


def _told(text: str, file: str) -> Iterator[Diagnostic]:
    others = beyond_ascii(text)
    for code, pattern, is_one, may_hold in _KINDS:
        if may_hold(text, others):
            found = [one for one in pattern.finditer(text) if is_one(one[0])]
            if found:
                values = {"count": len(found), "s": "" if len(found) == 1 else "s", **_shown(found[0][0], code)}
                yield diagnostics.at(code, text, found[0].start(), file=file, **values)


def _quoted(text: str, file: str) -> Iterator[Diagnostic]:
    marks = quoting(text)
    if marks:
        yield diagnostics.at("CLP410", text, marks[0][0], file=file, count=len(marks))


def _shown(printed: str, code: str) -> dict[str, str]:
    if code == "CLP403":
        return {"printed": printed, "meant": meant(printed) or ""}
    return {"printed": f"U+{ord(printed):04X}" if len(printed) == 1 else printed}


def _may_be_wrong(text: str, others: frozenset[str]) -> bool:
    may_run = not others.isdisjoint(_HIGH_BEGINS)
    return not others.isdisjoint(_WRONG_BEGINS) or (may_run and _HIGH_RUN.search(text) is not None)


def meant(printed: str) -> str | None:
    r"""Return what letters are that were decoded by another encoding than their own; None where they may be right.

    >>> meant("\u00c3\u00a9"), meant("\u00c3o"), meant("\u00cc\u00e8\u00ed\u00f1\u00ea")
    ('é', None, 'Минск')
    """
    for wrong, right in _ENCODINGS:
        try:
            return _bytes(printed, wrong).decode(right)
        except UnicodeError:
            continue
    if printed in _PARTS:
        return _PARTS[printed]
    if not re.fullmatch(f"{_HIGH}{{4,}}", printed):
        return None
    words = [printed.encode(wrong).decode(right) for wrong, right in _CYRILLIC]
    # In the other encoding small letters and capitals change places.
    return next((word for word in words if word.istitle() or word.islower()), words[0])


def _bytes(printed: str, encoding: str) -> bytes:
    """Windows-1252 has no letters for five bytes, which programs show as control characters."""
    if encoding != "cp1252":
        return printed.encode(encoding)
    return b"".join(one.encode("latin-1" if "\x80" <= one <= "\x9f" else encoding) for one in printed)


_MayHold = Callable[[str, frozenset[str]], bool]
_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], object], _MayHold], ...] = (
    ("CLP402", _LOST, bool, lambda text, others: "\ufffd" in others or "?" in text),
    ("CLP403", _WRONG, meant, _may_be_wrong),
    ("CLP404", _HIDDEN, bool, lambda _, others: not others.isdisjoint(_HIDDEN_BEGINS)),
    ("CLP405", _ENTITY, lambda one: one[1] == "#" or one[1:] in html5, lambda text, _: "&" in text),
)
"""Code, pattern, whether a match is one, and a cheap test without which the text is not searched: it is given the text
and its characters beyond ASCII."""
