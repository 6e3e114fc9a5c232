"""The words of a text as search compares them, each with its place in the text.

A word is a run of letters and digits; all other signs part words, so that ``Russia's`` is two and ``S-300`` is two.
Case, diacritics (also those of ``Ł``, ``Đ`` and ``Ø``), soft hyphens, other invisible characters and a hyphen that cuts
a word at the end of a line do not count.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from clippings.hidden import INVISIBLE, cuts
from clippings.places import line_ends

BREAK = "\u2029"
"""The word that stands for the end of a paragraph, so that no phrase goes on behind it; no query has it."""

_WORD = re.compile(rf"[^\W_]+(?:(?:{INVISIBLE.pattern}|[\u0300-\u036f])+[^\W_]+)*[\u0300-\u036f]*")
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "ð": "d", "æ": "ae", "œ": "oe"})


class Term(NamedTuple):
    """A folded word and its place ``[start, end)`` in the text."""

    word: str
    start: int
    end: int


def terms(text: str) -> list[Term]:
    r"""Return the folded words of a text in order, and ``BREAK`` where a blank line parts two of them.

    >>> [term.word for term in terms("Łukašenka’s S-300\nmis-\nsiles")]
    ['lukasenka', 's', 's', '300', 'missiles']
    >>> terms("Minsk\n\nwaits")[1].word == BREAK
    True
    """
    cut = dict(cuts(text))
    found: list[Term] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word, last = _folded(match[0]), found[-1] if found else None
        if last and cut.get(last.end) == start:
            found[-1] = Term(last.word + word, last.start, end)
            continue
        if last and start - last.end > 1 and line_ends(text[last.end : start]) > 1:
            found.append(Term(BREAK, last.end, start))
        found.append(Term(word, start, end))
    return found


@functools.lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()).translate(_LETTERS)
    return "".join(char for char in plain if char.isalnum()) or word
