"""Sentences that a coding points to by hash, found again on a page that someone else has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

SIGNS = 16
"""How many signs of the hash a catalogue keeps."""
MOST_PARTS = 12
"""A sentence of the coders is at most so many of the parts that full stops make."""
_SENTENCE_END = re.compile(r"[.?!][\"']?\s+")
_TYPED = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00ad": "", "\u200b": ""}
)
_DOUBLED = re.compile(r"``|''")


class Place(NamedTuple):
    """Where a sentence stands: its characters, the number of its paragraph (from 1), and how alike the words are.

    ``ratio`` is 1 where the words are those of the hash, and below where signs had to be changed to find them.
    """

    start: int
    end: int
    paragraph: int
    ratio: float = 1.0


def sentence_hash(sentence: str) -> str:
    """Return what a catalogue keeps of a sentence: the hash of its words in small letters, white space folded.

    >>> sentence_hash("Minsk  was quiet.") == sentence_hash("minsk was quiet.")
    True
    """
    return hashlib.sha256(" ".join(sentence.split()).lower().encode()).hexdigest()[:SIGNS]


def places(text: str, paragraphs: Iterable[tuple[int, int]], wanted: Iterable[str]) -> dict[str, Place]:
    """Return the place of each sentence whose hash is given, as the coders cut sentences: inside quotations too.

    Words count as written; where they are not found, also with typed quotation marks and dashes for printed ones.

    Args:
        text: the text of the page.
        paragraphs: the places of its paragraphs.
        wanted: the first signs of the SHA-256 of each sentence.

    >>> places("He waits. She left.", [(0, 19)], [sentence_hash("She  left.")]).values()
    dict_values([Place(start=10, end=19, paragraph=1, ratio=1.0)])
    """
    asked = set(wanted)
    exact: dict[str, Place] = {}
    alike: dict[str, Place] = {}
    for number, (first, last) in enumerate(paragraphs, start=1):
        for start, end in _spans(text, first, last) if asked else ():
            words = text[start:end].rstrip()
            stop = start + len(words)
            code = sentence_hash(words)
            if code in asked:
                exact.setdefault(code, Place(start, stop, number))
            for other in _variants(words):
                code = sentence_hash(other)
                if code in asked and code not in alike:
                    ratio = SequenceMatcher(None, words, other, autojunk=False).ratio()
                    alike[code] = Place(start, stop, number, ratio)
    return alike | exact


def at(text: str, paragraphs: Sequence[tuple[int, int]], paragraph: str, sentence: str) -> str:
    """Return the sentence at a place that a coding notes, for a reader to compare; empty where there is no such place.

    >>> at("He waits. She left.", [(0, 19)], "1", "2")
    'She left.'
    >>> at("He waits. She left.", [(0, 19)], "1", "3")
    ''
    """
    if not (paragraph.isdecimal() and sentence.isdecimal()) or not 1 <= int(paragraph) <= len(paragraphs):
        return ""
    first, last = paragraphs[int(paragraph) - 1]
    edges = _edges(text, first, last)
    number = int(sentence)
    return " ".join(text[edges[number - 1] : edges[number]].split()) if 0 < number < len(edges) else ""


def _edges(text: str, first: int, last: int) -> list[int]:
    ends = (first + one.end() for one in _SENTENCE_END.finditer(text[first:last]))
    return [first, *(end for end in ends if end < last), last]


def _spans(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    edges = _edges(text, first, last)
    for number, start in enumerate(edges[:-1]):
        for end in edges[number + 1 : number + 1 + MOST_PARTS]:
            yield start, end


def _variants(words: str) -> Iterator[str]:
    typed = words.translate(_TYPED)
    for found in (typed, _DOUBLED.sub('"', typed)):
        if found != words:
            yield found
