"""Sentences of the body, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

from clippings.model import Clipping, Span

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WINDOW = 10_000


def annotate(clipping: Clipping) -> tuple[Span, ...]:
    r"""Return the sentences of the body in order; a quotation is not cut inside.

    >>> from clippings import parse
    >>> clipping = parse("Minsk waits. \"We wait too. We hope,\" he said.", layout="plain")[0]
    >>> [span.of(clipping.text) for span in annotate(clipping)]
    ['Minsk waits.', '"We wait too. We hope," he said.']
    """
    return tuple(span for block in clipping.paragraphs for span in _split(clipping.text, block))


def _split(text: str, block: Span) -> Iterator[Span]:
    paragraph = _SURROGATE.sub("\ufffd", block.of(text))
    for left, right in _boundaries(paragraph):
        raw = paragraph[left:right]
        start = left + len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        if start < end:
            yield Span(block.start + start, block.start + end)


def _boundaries(paragraph: str) -> Iterator[tuple[int, int]]:
    """Cut a paragraph; one longer than any real one is cut window by window, each from the last sentence seen.

    The splitter looks for the end of every opening mark through all that follows, which takes time by the square.
    """
    at = 0
    while at < len(paragraph):
        window = paragraph[at : at + _WINDOW]
        found = [(cut["start_index"], cut["end_index"]) for cut in sentencex.get_sentence_boundaries("en", window)]
        is_last = at + len(window) == len(paragraph)
        kept = found if is_last or len(found) < 2 else found[:-1]
        yield from ((at + start, at + end) for start, end in kept)
        at += len(window) if is_last or not kept else kept[-1][1]
