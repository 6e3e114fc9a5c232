"""All forms of a codebook found in one pass over a text (Aho-Corasick), with true offsets.

Text and forms are folded alike: case, diacritics, hyphens, dashes, apostrophes and single line breaks do not count.
Folding keeps the length, one character for one, so that an offset in the folded text is an offset in the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import ahocorasick_rs

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
        folded = fold(text)
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if _is_bounded(folded, start, end):
                yield from self._cased(text, start, end, self._forms[index])

    def _cased(self, text: str, start: int, end: int, forms: list[Form]) -> Iterator[Hit]:
        for form in forms:
            if not form.exact or self._has_capitals(text[start:end], form):
                yield Hit(start, end, form)

    def _has_capitals(self, printed: str, form: Form) -> bool:
        printed = printed.translate(_FOLD_CASE_KEPT)
        kept = self._kept[form.text]
        return printed == kept or (printed == kept.upper() and not form.text.isupper() and len(kept) > 3)


def _is_bounded(text: str, start: int, end: int) -> bool:
    before = start and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not (before or after)


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
