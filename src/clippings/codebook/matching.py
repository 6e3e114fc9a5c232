"""All forms of a codebook found in one pass over a text (Aho-Corasick), with true offsets.

Text and forms are folded alike: case, diacritics, hyphens, dashes, apostrophes and single line breaks do not count.
Folding keeps the length, one character for one, so that an offset in the folded text is an offset in the text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter, itemgetter

import ahocorasick_rs
import msgspec

from clippings.hidden import beyond_ascii
from clippings.places import line_ends

_ABBREVIATED = re.compile(r"(?:\w\.)+")
_WHITE_RUN = re.compile(r"[ \r\n][ \r\n]+")
# A lone line break has no blank beside it.
_BLANK_AT_BREAK = re.compile(r"\n(?:(?<= \n)|(?= ))")
_SPACES = "\t\n\r\xa0-\u2010\u2011\u2012\u2013\u2014"
_APOSTROPHES = "\u2018\u2019`\u00b4"
_FEW = 48  # Characters beyond ASCII that are worth a replacement each.
_REMEMBERED = 20_000
_START = attrgetter("start")


class Form(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """A written form of an entity or an indicator term.

    ``target`` is its place in the codebook's list; ``exact`` asks for the given capitals (or all capitals, where the
    form has small letters); ``ambiguous`` says that the form alone does not decide.
    """

    text: str
    target: int
    kind: str
    exact: bool = False
    ambiguous: bool = False


class Hit(msgspec.Struct, frozen=True, gc=False):
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
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # The automaton takes no lone surrogates.
    decomposed = unicodedata.normalize("NFD", char)
    base = decomposed[0] if all(unicodedata.combining(mark) for mark in decomposed[1:]) else char
    if base in _SPACES:
        return " "
    return "'" if base in _APOSTROPHES else base


_FOLD = _Fold(keep_case=False)
_FOLD_CASE_KEPT = _Fold(keep_case=True)


def fold(text: str) -> str:
    r"""Fold a text for matching; the result has the same length.

    >>> fold("S-300 in L\u00eddice")
    's 300 in lidice'
    """
    return _plain(text).lower().decode()


def _capitalized(text: str) -> str:
    """Fold a text, but begin each word with a capital, so that no form is met in the middle of one (``us`` in must).

    What comes before a letter decides, and only letters of ASCII change, so that a form is the same in any text.
    """
    return _plain(text).title().decode()


def _plain(text: str) -> bytes:
    """Fold all but the case of ASCII. A page has few other characters: one replacement each is faster than a table."""
    others = beyond_ascii(text)
    if len(others) > _FEW:
        return text.translate(_FOLD).encode()
    data = text.encode("utf-8", "surrogatepass")
    for before, after in (*_ASCII_MARKS, *map(_replacement, others)):
        data = data.replace(before, after)
    return data


@functools.cache
def _replacement(char: str) -> tuple[bytes, bytes]:
    return char.encode("utf-8", "surrogatepass"), _FOLD[ord(char)].encode()


_ASCII_MARKS = tuple(map(_replacement, "\t\n\r-`"))


class Matcher:
    """Finds every form that stands on word boundaries; built once for a codebook.

    >>> matcher = Matcher([Form("Minsk", 0, "capital"), Form("INF", 1, "treaty", exact=True)])
    >>> [(hit.start, hit.end, hit.form.kind) for hit in matcher.find("MINSK keeps the INF; infantry does not.")]
    [(0, 5, 'capital'), (16, 19, 'treaty')]
    """

    def __init__(self, forms: Iterable[Form]) -> None:
        alike: dict[str, list[Form]] = {}
        for form in forms:
            alike.setdefault(_capitalized(form.text), []).append(form)
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(alike), implementation=ahocorasick_rs.Implementation.ContiguousNFA, store_patterns=False
        )
        self._opens_word = [pattern[:1].isalnum() for pattern in alike]
        # "U.S." is no word of "U.S.S.R.".
        self._ends_word = [p[-1:].isalnum() or bool(_ABBREVIATED.fullmatch(p)) for p in alike]
        self._forms = list(alike.values())
        self._as_printed: dict[str, list[Form]] = {}

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return the hits in ``text[start:end]``, with their offsets in ``text``.

        They are sorted by position, the longer first, overlapping ones too. Both ends count as the edge of a word.
        """
        first = start
        narrow, place = _narrowed(text[start:end])
        # A line break is in no form; here it stands for both ends of the text.
        folded = _capitalized(narrow) + "\n"
        opens_word, ends_word, as_printed = self._opens_word, self._ends_word, self._as_printed
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        hits: list[Hit] = []
        # They come sorted by end; from the last to the first, a sort by start leaves the longer before the shorter.
        for index, start, end in reversed(found):
            if (folded[start - 1].isalnum() and opens_word[index]) or (folded[end].isalnum() and ends_word[index]):
                continue
            printed = narrow[start:end]
            forms = as_printed.get(printed)
            if forms is None:
                forms = self._with_capitals(printed, index)
            if place:
                start, end = place(start), place(end - 1) + 1
            for form in forms:
                hits.append(Hit(first + start, first + end, form))  # noqa: PERF401 -- mostly one form: extending costs twice as much
        return sorted(hits, key=_START)

    def _with_capitals(self, printed: str, index: int) -> list[Form]:
        """Of forms that fold alike, those that allow the capitals printed; the usual answers are remembered."""
        kept = printed.translate(_FOLD_CASE_KEPT)
        forms = [form for form in self._forms[index] if not form.exact or _has_capitals(kept, form.text)]
        if len(self._as_printed) < _REMEMBERED:
            self._as_printed[printed] = forms
        return forms


def _has_capitals(printed: str, form: str) -> bool:
    kept = form.translate(_FOLD_CASE_KEPT)
    return printed == kept or (printed == kept.upper() and not form.isupper() and len(kept) > 3)


def _narrowed(text: str) -> tuple[str, Callable[[int], int] | None]:
    """Make one character of each gap of several (CRLF, doubled blanks), and tell where a character came from."""
    if not ("\r" in text or "  " in text or _BLANK_AT_BREAK.search(text)):
        return text, None
    # A blank line keeps paragraphs apart.
    gaps = [run for run in _WHITE_RUN.finditer(text) if line_ends(run[0]) <= 1]
    pieces, starts, shifts, at, shift = [], [0], [0], 0, 0
    for gap in gaps:
        pieces.append(text[at : gap.start()])
        at = gap.end()
        starts.append(gap.start() + 1 - shift)
        shift += at - gap.start() - 1
        shifts.append(shift)
    narrow = " ".join([*pieces, text[at:]])
    return narrow, lambda offset: offset + shifts[bisect_right(starts, offset) - 1]


def longest(hits: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Split hits into the longest ones and those inside them; of two that only overlap the shorter is dropped.

    The hits are sorted by position, the longer first, as ``Matcher.find`` gives them.

    >>> forms = [Form("Moscow Military District", 0, "government_body"), Form("Moscow", 1, "capital")]
    >>> kept, nested = longest(Matcher(forms).find("the Moscow Military District"))
    >>> kept[0].form.kind, nested[0].form.kind
    ('government_body', 'capital')
    >>> forms = [Form("the Union", 0, "alliance"), Form("Union State", 1, "alliance")]
    >>> [hit.form.text for hit in longest(Matcher(forms).find("the Union State"))[0]]
    ['Union State']
    """
    kept: list[Hit] = []
    nested: list[Hit] = []
    start = end = 0
    for hit in hits:
        if hit.start >= end or (hit.start == start and hit.end == end):
            kept.append(hit)
            start, end = hit.start, hit.end
        elif hit.end <= end:
            nested.append(hit)
        elif hit.end - hit.start > end - start:
            return _by_length(hits)
    return kept, nested


def _by_length(hits: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """The same where a hit overlaps a longer one that begins behind it: the longer are chosen first."""
    chosen: list[tuple[int, int]] = []
    for start, end in sorted({(hit.start, hit.end) for hit in hits}, key=lambda span: (span[0] - span[1], span[0])):
        at = bisect_right(chosen, (start, end))
        if (at == 0 or chosen[at - 1][1] <= start) and (at == len(chosen) or end <= chosen[at][0]):
            chosen.insert(at, (start, end))
    outer = [chosen[max(0, bisect_right(chosen, hit.start, key=itemgetter(0)) - 1)] for hit in hits]
    kept = [hit for hit, span in zip(hits, outer, strict=True) if (hit.start, hit.end) == span]
    inside = [hit for hit, (first, last) in zip(hits, outer, strict=True) if first <= hit.start and hit.end <= last]
    return kept, [hit for hit in inside if (hit.start, hit.end) not in set(chosen)]
