"""What must hold of any bytes given to the library, as one function: the fuzzer's target and the test of its finds.

The first byte of an input says how the rest is given; the rest is the file.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise

import clippings as cl
from clippings.diagnostics import CODES
from clippings.reading import kinds
from clippings.reading.source import encode

NAMES = (
    *("112007-14.txt", "page.html", "page.mht", "press.zip", "press.tar", "press.tar.gz"),
    *("press.tar.xz", "<stdin>"),
)
DOCUMENTS = (
    "a.docx",
    "a.rtf",
    "a.pdf",
    "a.eml",
    "a.mbox",
    "a.mht",
    "a.csv",
    "a.tsv",
    "a.xlsx",
    "a.rss",
    "a.xml",
    "a.gz",
)


class Named(io.BytesIO):
    """Bytes as an open file with a name."""

    name = ""


def run(data: bytes, names: Sequence[str] = NAMES) -> None:
    """Read an input in every way and raise AssertionError where a law of the library does not hold."""
    name = names[data[0] % len(names)] if data else names[0]
    for layout in ("auto", "plain"):
        file = Named(data[1:])
        file.name = name
        corpus = cl.read(file, layout=layout)
        assert len(corpus) + len(corpus.failures) + len(corpus.unread) > 0, "nothing said"
        for clipping in corpus:
            check(clipping)
            if clipping.path == name and kinds.reader(name, data[1:]) is None:
                assert encode(clipping.render(), clipping.encoding, clipping.bom) == data[1:], "other bytes"
        told = [*corpus.failures, *(one for clipping in corpus for one in clipping.diagnostics)]
        assert all(one.code in CODES and one.message and one.hint for one in told), "a fault without words"


def check(clipping: cl.Clipping) -> None:
    """Raise where blocks do not partition the text or a field lies outside it."""
    text, blocks = clipping.text, clipping.blocks
    assert clipping.render() == text, "render() is not the text"
    assert all(block.start < block.end for block in blocks), "an empty block"
    assert all(left.end == right.start for left, right in pairwise(blocks)), "a gap between blocks"
    assert 0 <= clipping.body.start <= clipping.body.end <= len(text), "a body outside the text"
    for name, field in clipping.fields.items():
        assert field.value, f"an empty {name}"
        assert field.span is None or 0 <= field.span.start < field.span.end <= len(text), f"{name} outside the text"
