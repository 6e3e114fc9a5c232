"""Sentences of the body, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import sentencex

from clippings.hidden import sound
from clippings.model import Clipping, Span

# On a blank outside ASCII between an initial and a stop the splitter panics.
_WIDE_BLANK = re.compile(r"(?<=[A-Z])\s+(?=\.)")
_OPENING = re.compile(r'(?<![^\s(\[])"(?=\S)')
_LEFT_OPEN = "*"  # A mark that the splitter pairs with none.
_WINDOW = 10_000


def annotate(clipping: Clipping) -> tuple[Span, ...]:
    r"""Return the sentences of the body in order; a quotation is not cut inside.

    >>> from clippings import parse
    >>> clipping = parse("Minsk waits. \"We wait too. We hope,\" he said.", layout="plain")[0]
    >>> [span.of(clipping.text) for span in annotate(clipping)]
    ['Minsk waits.', '"We wait too. We hope," he said.']
    """
    text = clipping.text
    found: list[Span] = []
    for block in clipping.paragraphs:
        at = block.start
        for raw in _split(text[at : block.end]):
            sentence = raw.strip()
            if sentence:
                start = at + raw.index(sentence[0])
                found.append(Span(start, start + len(sentence)))
            at += len(raw)
    return tuple(found)


def _split(paragraph: str) -> Iterable[str]:
    """Cut a paragraph into stretches of a sentence each, with the blanks around it."""
    if not paragraph.isascii():
        paragraph = sound(paragraph)
        if any(before[-1:].isspace() for before in paragraph.split(".")[:-1]):
            paragraph = _WIDE_BLANK.sub(lambda blank: " " * len(blank[0]), paragraph)
    if '"' in paragraph and "''" not in paragraph:  # Two single marks close too.
        paragraph = _without_open(paragraph)
    return _cut(paragraph) if len(paragraph) <= _WINDOW else _windows(paragraph)


def _without_open(paragraph: str) -> str:
    """Hide marks that are open still where the next one opens: the splitter would pair all behind them wrongly."""
    opening = {found.start() for found in _OPENING.finditer(paragraph)}
    marks = [at for at, character in enumerate(paragraph) if character == '"'] if len(opening) > 1 else []
    lost = [at for at, then in pairwise(marks) if at in opening and then in opening]
    letters = list(paragraph) if lost else []
    for at in lost:
        letters[at] = _LEFT_OPEN
    return "".join(letters) or paragraph


def _windows(paragraph: str) -> Iterator[str]:
    """Cut a paragraph longer than any real one window by window, each from the last sentence seen.

    The splitter looks for the end of every opening mark through all that follows, which takes time by the square.
    """
    at = 0
    while at < len(paragraph):
        window = paragraph[at : at + _WINDOW]
        found = _cut(window)
        is_last = at + len(window) == len(paragraph)
        kept = found if is_last or len(found) < 2 else found[:-1]
        yield from kept
        at += len(window) if is_last or not kept else sum(map(len, kept))


def _cut(window: str) -> list[str]:
    """Cut a window; a break of paragraphs that the splitter leaves out goes to the sentence behind it."""
    found: list[str] = sentencex.segment("en", window)
    if sum(map(len, found)) == len(window):
        return found
    ends = [cut["end_index"] for cut in sentencex.get_sentence_boundaries("en", window)]
    return [window[start:end] for start, end in zip([0, *ends], ends, strict=False)]
