"""Where words stand in a text that may have changed: by the words, and by what stands before and behind them.

These are the exact, prefix and suffix of the W3C Web Annotation model's TextQuoteSelector. Blanks, line ends and
kinds of marks are not compared, as a spreadsheet, another program or a second saving of the page changes them.
"""

from __future__ import annotations

import functools
import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

CONTEXT = 32
LONGEST_CONTEXT = 512
"""The characters of prefix and suffix; more, up to the second number, where both stand at several places."""
ONE_SIDE = 16
"""Letters and marks next to words that stood once on their page, which place them where more of it has changed."""

_QUOTES = dict.fromkeys("\"'`´“”„‟«»‹›‘’‚‛′″", '"')
_DASHES = dict.fromkeys("-‐‑‒–—―−", "-")
_SAME = _QUOTES | _DASHES | {"…": "..."} | dict.fromkeys("\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff", "")
_PAIRED = frozenset("'`‘’‚‛")
"""Marks that are written twice for a double one."""


class Folded(NamedTuple):
    """A text without what is not compared, and where each of its characters begins and ends in the text."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Anchor(NamedTuple):
    """Words, and what stands before and behind them; ``is_alone`` is None where nobody counted them on their page."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    is_alone: bool | None = None


class PlaceError(ValueError):
    """Words that cannot be placed for sure; the message says why."""


@functools.lru_cache(maxsize=64)
def folded(text: str) -> Folded:
    """Return a text without blanks, with marks of one kind each.

    >>> folded("“We  wait”").text
    '"Wewait"'
    """
    found: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        if char.isspace():
            continue
        if at and char in _PAIRED and char == text[at - 1] and ends and ends[-1] == at and starts[-1] == at - 1:
            ends[-1] = at + 1
            continue
        for one in _SAME.get(char, char):
            found.append(one)
            starts.append(at)
            ends.append(at + 1)
    return Folded("".join(found), tuple(starts), tuple(ends))


def same(one: str, other: str) -> bool:
    """Tell whether two texts are the same but for blanks and kinds of marks.

    >>> same("“We wait”", '"We  wait"')
    True
    """
    return folded(one).text == folded(other).text


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8.

    >>> text_hash("Minsk")[:8]
    'fb15e559'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def made(text: str, start: int, end: int) -> Anchor:
    """Return the words of a stretch with as much around them as it takes to tell them from others on the page.

    >>> made("Minsk waits. Brest waits.", 13, 18)
    Anchor(exact='Brest', prefix='Minsk waits. ', suffix=' waits.', is_alone=True)
    """
    exact = text[start:end]
    is_alone = len(list(_places(text, exact))) == 1
    size = CONTEXT
    while True:
        anchor = Anchor(exact, text[max(0, start - size) : start], text[end : end + size], is_alone)
        if len(_supported(text, anchor)) <= 1:
            return anchor
        if size >= min(LONGEST_CONTEXT, len(text)):
            # A context that fits a lookalike as well must not place the words there once the text has changed.
            return Anchor(exact, is_alone=is_alone)
        size *= 2


def placed(text: str, anchor: Anchor) -> tuple[int, int]:
    """Return where the words of an anchor stand now.

    Raises:
        PlaceError: they stand nowhere or at several places, or what stood around them has changed.

    >>> placed("Now Minsk waits. Now Brest waits.", Anchor("Brest", " ", " waits."))
    (21, 26)
    """
    found = list(_places(text, anchor.exact))
    if not found:
        raise PlaceError("its words are not on the page any more")
    supported = _supported(text, anchor)
    if not supported and anchor.is_alone:
        supported = [place for place in found if _on_one_side(text, anchor, place)]
    if len(supported) > 1:
        raise PlaceError(f"its words stand at {len(supported)} places with the same text around them")
    if not supported:
        raise PlaceError("its words are on the page, but what stood before or behind them is not")
    return supported[0]


def fits(text: str, anchor: Anchor, start: int, end: int) -> bool:
    """Tell whether the words of an anchor and what stands around them stand at a place.

    >>> fits("Minsk waits.", Anchor("Minsk", "", " waits"), 0, 5)
    True
    """
    if not 0 <= start < end <= len(text) or not same(text[start:end], anchor.exact):
        return False
    return all(_sides(text, anchor, (start, end)))


def places_within(text: str, words: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of words that lie in a stretch of the text.

    >>> places_within("He said he waits.", "he", 5, 17)
    [(8, 10)]
    """
    return [(first, last) for first, last in _places(text, words) if start <= first and last <= end]


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    whole, part = folded(text), folded(words).text
    at = whole.text.find(part) if part else -1
    while at >= 0:
        yield whole.starts[at], whole.ends[at + len(part) - 1]
        at = whole.text.find(part, at + 1)


def _supported(text: str, anchor: Anchor) -> list[tuple[int, int]]:
    """The places of the words that have the whole of what stood around them."""
    if not folded(anchor.prefix + anchor.suffix).text:
        return []
    return [place for place in _places(text, anchor.exact) if all(_sides(text, anchor, place))]


def _sides(text: str, anchor: Anchor, place: tuple[int, int], length: int | None = None) -> tuple[bool, bool]:
    """Whether what stood before and behind the words does so at a place, or the letters of it that are next to them."""
    whole = folded(text)
    first, behind = (bisect_left(whole.starts, at) for at in place)
    prefix, suffix = folded(anchor.prefix).text, folded(anchor.suffix).text
    if length is not None:
        prefix, suffix = prefix[-length:], suffix[:length]
    return whole.text.endswith(prefix, 0, first), whole.text.startswith(suffix, behind)


def _on_one_side(text: str, anchor: Anchor, place: tuple[int, int]) -> bool:
    sides = zip((anchor.prefix, anchor.suffix), _sides(text, anchor, place, ONE_SIDE), strict=True)
    return any(fits and len(folded(words).text) >= ONE_SIDE for words, fits in sides)
