"""Interviews without quotation marks: turns in lines that begin with who speaks, or with ``Q.`` and ``A.``."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from clippings.layers.quotes.sites import Attribution, Rule
from clippings.model import Clipping, Span
from clippings.text.grammar_words import COURTESY, PARTICLES

APART = 2  # Lines without a speaker between two turns.
_HEAD = 60  # Characters in which a label ends.
_LABEL = re.compile(
    r"[ \t]*([^\W\d_][\w.'’/&-]*+(?: [^\W\d_][\w.'’/&-]*+){0,3}?)"
    r"(?:(?<=\b[QA]\.)(?! [A-Z][\w’'-]*:)|(?:,[^:]{2,40}| \([^)]{2,40}\))? ?:| (?:[–—]|--?))[ \t]+(?=[^\s:–—-])"
)
_ENDS = (":", "Q.", "A.", " –", " —", " -")  # One of these ends each label.
_MARKS = frozenset("\"“”„«»`‘’'")


class _Turn(NamedTuple):
    line: int
    label: Span
    words: Span
    has_colon: bool

    def key(self, text: str) -> str:
        """The surname, whatever its case; ``Q`` of a numbered ``Q2``."""
        return self.label.of(text).split()[-1].upper().rstrip(string.digits)


def find(clipping: Clipping) -> list[tuple[Span, Attribution]]:
    r"""Return the turns of interviews, each with who speaks; what stands between marks is left to its quotation.

    >>> from clippings import parse
    >>> page = parse("Q. Who came? \n\nA. Nobody did.\n\nQ. Who will?", layout="plain")[0]
    >>> [words.of(page.text) for words, _ in find(page)]
    ['Who came?', 'Nobody did.', 'Who will?']
    """
    turns = (turn for turn in map(_turn, _lines(clipping)) if turn)
    groups = _together(turns)
    found = [turn for group in groups if _is_interview(clipping.text, group) for turn in group]
    return [
        (turn.words, Attribution(turn.label, None, Rule.COLON))
        for turn in found
        if clipping.text[turn.words.start] not in _MARKS
    ]


def _lines(clipping: Clipping) -> Iterator[tuple[int, int, str]]:
    number = 0
    for block in clipping.paragraphs:
        start = block.start
        for line in block.of(clipping.text).split("\n"):
            yield number, start, line
            start += len(line) + 1
            number += bool(line.strip())


def _turn(placed: tuple[int, int, str]) -> _Turn | None:
    number, start, line = placed
    head = line[:_HEAD]
    is_open = any(map(head.__contains__, _ENDS)) and head.lstrip()[:1].isupper()
    found = _LABEL.match(line, 0, _HEAD) if is_open else None
    label = found[1].removesuffix(".") if found else ""
    if found is None or not label or not _is_name(label):
        return None
    words = Span(start + found.end(), start + len(line.rstrip()))
    end = start + found.start(1) + len(label)
    has_colon = ":" in line[found.end(1) : found.end()]
    return _Turn(number, Span(end - len(_untitled(label)), end), words, has_colon)


def _is_name(label: str) -> bool:
    """``RFE/RL``, ``Anton de Vries``; not ``Traffic/parking``."""
    return all(word[0].isupper() or word in PARTICLES for word in label.replace("/", " ").split())


def _untitled(label: str) -> str:
    """``Petrova`` of ``Ms. Petrova``: a turn is spoken by who has the title."""
    title, _, name = label.partition(" ")
    return name if name and title.lower() in COURTESY else label


def _together(turns: Iterable[_Turn]) -> Iterator[list[_Turn]]:
    """Turns that follow one another; a dateline with a dash is none among labels with a colon."""
    group: list[_Turn] = []
    for turn in turns:
        if group and (turn.line - group[-1].line > APART + 1 or turn.has_colon != group[-1].has_colon):
            yield group
            group = []
        group.append(turn)
    yield group


def _is_interview(text: str, group: list[_Turn]) -> bool:
    """At least two speak in turn, one of them again, and somebody asks."""
    keys = [turn.key(text) for turn in group]
    takes_turns = all(first != second for first, second in pairwise(keys))
    asks = any(turn.words.of(text).rstrip(")]").endswith("?") for turn in group)
    return takes_turns and len(set(keys)) < len(keys) and asks
