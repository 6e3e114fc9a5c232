"""All forms of a codebook found in one pass over a text (Aho-Corasick), with true offsets.

Text and forms are folded alike: case, diacritics, hyphens, dashes, apostrophes and single line breaks do not count.
Folding keeps the length, one character for one, so that an offset in the folded text is an offset in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import ahocorasick_rs

_ABBREVIATED = re.compile(r"(?:\w\.)+\Z")
_MAY_GAP = re.compile(r"\r\n|[ \n]{2}")
# White space inside a paragraph: blanks around one line break at most; a blank line keeps paragraphs apart.
_GAP = re.compile(r"(?<![ \r\n])(?: +(?:\r\n|\n|\r)? *|(?:\r\n|\n|\r) *)(?<=[ \r\n]{2})(?![ \r\n])")
_SPACES = "\t\n\r\xa0-\u2010\u2011\u2012\u2013\u2014"
_APOSTROPHES = "\u2018\u2019`\u00b4"


class Form(NamedTuple):
    """A written form of an entity or an indicator term.

    ``target`` is its place in the codebook's list; ``exact`` asks for the given capitals (or all capitals, where the
    form has small letters); ``ambiguous`` says that the form alone does not decide.
    """

    text: str
    target: int
    kind: str
    exact: bool = False
    ambiguous: bool = False


class Hit(NamedTuple):
    """A form found at ``[start, end)``."""

    start: int
    end: int
    form: Form


class _Fold(dict[int, str]):
    """Character table for ``str.translate``, filled as characters are met; each entry is one character."""

    def __init__(self, *, keep_case: bool) -> None:
        super().__init__()
        self.keep_case = keep_case

    def __missing__(self, code: int) -> str:
        char = _base(chr(code))
        lowered = char if self.keep_case else char.lower()
        self[code] = lowered if len(lowered) == 1 else char
        return self[code]


def _base(char: str) -> str:
    if char in _SPACES:
        return " "
    if char in _APOSTROPHES:
        return "'"
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # The automaton takes no lone surrogates.
    decomposed = unicodedata.normalize("NFD", char)
    return decomposed[0] if all(unicodedata.combining(mark) for mark in decomposed[1:]) else char


_FOLD = _Fold(keep_case=False)
_FOLD_CASE_KEPT = _Fold(keep_case=True)


def fold(text: str) -> str:
    r"""Fold a text for matching; the result has the same length.

    >>> fold("S-300 in L\u00eddice")
    's 300 in lidice'
    """
    return text.translate(_FOLD)


class Matcher:
    """Finds every form that stands on word boundaries; built once for a codebook.

    >>> matcher = Matcher([Form("Minsk", 0, "capital"), Form("INF", 1, "treaty", exact=True)])
    >>> [(hit.start, hit.end, hit.form.kind) for hit in matcher.find("MINSK keeps the INF; infantry does not.")]
    [(0, 5, 'capital'), (16, 19, 'treaty')]
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        by_folded: dict[str, list[Form]] = {}
        for form in forms:
            by_folded.setdefault(fold(form.text), []).append(form)
        self._forms = list(by_folded.values())
        self._kept = {form.text: form.text.translate(_FOLD_CASE_KEPT) for form in forms if form.exact}
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(by_folded), implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the hits in order of their ends, overlapping ones too."""
        narrow, place = _narrowed(text)
        folded = fold(narrow)
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if _is_bounded(folded, start, end):
                for form in self._cased(narrow[start:end], self._forms[index]):
                    yield Hit(place(start), place(end - 1) + 1, form)

    def _cased(self, printed: str, forms: list[Form]) -> Iterator[Form]:
        for form in forms:
            if not form.exact or self._has_capitals(printed, form):
                yield form

    def _has_capitals(self, printed: str, form: Form) -> bool:
        printed = printed.translate(_FOLD_CASE_KEPT)
        kept = self._kept[form.text]
        return printed == kept or (printed == kept.upper() and not form.text.isupper() and len(kept) > 3)


def _is_bounded(text: str, start: int, end: int) -> bool:
    before = start and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    # "U.S." is no word of "U.S.S.R.".
    abbreviated = end < len(text) and text[end].isalnum() and _ABBREVIATED.match(text, start, end)
    return not (before or after or abbreviated)


def _narrowed(text: str) -> tuple[str, Callable[[int], int]]:
    """Make one character of each gap of several (CRLF, doubled blanks), and tell where a character came from."""
    gaps = list(_GAP.finditer(text)) if _MAY_GAP.search(text) else []
    if not gaps:
        return text, lambda offset: offset
    starts, shifts, shift = [0], [0], 0
    for gap in gaps:
        starts.append(gap.start() + 1 - shift)
        shift += len(gap[0]) - 1
        shifts.append(shift)
    return _GAP.sub(" ", text), lambda offset: offset + shifts[bisect_right(starts, offset) - 1]


def longest(hits: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Split hits into the leftmost longest ones and those inside them; a hit that only overlaps one is dropped.

    >>> forms = [Form("Moscow Military District", 0, "government_body"), Form("Moscow", 1, "capital")]
    >>> kept, nested = longest(list(Matcher(forms).find("the Moscow Military District")))
    >>> kept[0].form.kind, nested[0].form.kind
    ('government_body', 'capital')
    """
    kept: list[Hit] = []
    nested: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end or hit[:2] == kept[-1][:2]:
            kept.append(hit)
        elif hit.end <= kept[-1].end:
            nested.append(hit)
    return kept, nested
