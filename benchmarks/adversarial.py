"""Input made to be slow, of any size; growth.py measures it at one, two and four times a size."""

from __future__ import annotations

import io
from collections.abc import Callable

import clippings as cl
from clippings.layers import registry

SENTENCE = "Minsk was quiet on Tuesday, said Anna Petrova. "
CASES: dict[str, Callable[[int], str]] = {
    "quotation marks": lambda size: '"' * size,
    "curly quotation marks": lambda size: "“" * size,
    "one line": lambda size: SENTENCE * (size // len(SENTENCE)),
    "one word": lambda size: "a" * size,
    "blank lines": lambda size: "\n" * size,
    "blanks": lambda size: "a" + " " * size + "b",
    "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "DATE: labels": lambda size: "DATE:\n" * (size // 6),
    "archive names": lambda size: "BELARUS NEWS AND ANALYSIS\n" * (size // 26),
    "bylines": lambda size: "By Anna Petrova\n" * (size // 16),
    "source labels": lambda size: "Source:\n" * (size // 8),
    "furniture": lambda size: "Google\n" * (size // 7),
    "capitals": lambda size: "MINSK " * (size // 6),
    "capitals and commas": lambda size: "MINSK, " * (size // 7),
    "items of a digest": lambda size: "THE TALKS BEGIN. They met. AM\n" * (size // 30),
    "digits": lambda size: "11/" * (size // 3),
}
MARKUP: dict[str, Callable[[int], str]] = {
    "HTML: paragraphs": lambda size: "<p>Quiet." * (size // 9),
    "HTML: line breaks": lambda size: "Quiet.<br><br>" * (size // 14),
    "HTML: elements in elements": lambda size: "<div>" * (size // 5),
    "HTML: unclosed tags": lambda size: "<b><i>x" * (size // 7),
}


def runner(name: str, text: str, codebook: cl.Codebook) -> Callable[[], object]:
    """Return what reads and annotates the input of a case."""
    return (lambda: _read(text)) if name in MARKUP else (lambda: _annotate(text, codebook))


def _annotate(text: str, codebook: cl.Codebook) -> None:
    for clipping in cl.parse(text):
        registry.annotate(clipping, codebook)


def _read(text: str) -> None:
    file = io.BytesIO(text.encode())
    file.name = "page.html"
    cl.read(file)
