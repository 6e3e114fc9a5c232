"""Sentences of the body, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

from clippings.model import Clipping, Span

_SURROGATE = re.compile(r"[\ud800-\udfff]")


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
    for found in sentencex.get_sentence_boundaries("en", paragraph):
        raw = paragraph[found["start_index"] : found["end_index"]]
        start = found["start_index"] + len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        if start < end:
            yield Span(block.start + start, block.start + end)
