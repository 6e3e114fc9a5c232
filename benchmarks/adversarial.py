"""Read and annotate input made to be slow, at one, two and four times a size, and print what a byte costs.

Usage: adversarial.py [--size BYTES] [--case NAME]

Where the work is linear in the size, the last two columns stay near 1: they are the cost of a byte at twice and at
four times the size, over that at the size itself. Processor time is counted, after one run that loads what is lazy.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable

import pandas as pd

import clippings as cl
from clippings.layers import registry

SIZE, STEPS = 1_000_000, (1, 2, 4)
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
    run = _read if name in MARKUP else _parse
    return lambda: run(text, codebook)


def main() -> None:
    """Measure the cases asked for and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=SIZE, metavar="BYTES")
    parser.add_argument("--case", choices=(*CASES, *MARKUP))
    options = parser.parse_args()
    codebook = cl.Codebook.load()
    _parse(SENTENCE, codebook)
    rows = []
    for name, make in {**CASES, **MARKUP}.items():
        if options.case in (None, name):
            rows += _measured(name, [make(options.size * step) for step in STEPS], codebook)
            print(f"adversarial: {name}", flush=True)
    print(pd.DataFrame(rows).to_string(index=False, float_format="{:.2f}".format))


def _measured(name: str, texts: list[str], codebook: cl.Codebook) -> list[dict[str, object]]:
    run = _read if name in MARKUP else _parse
    costs = [run(text, codebook) for text in texts]
    return [
        _row(name, step, [cost[step] / len(text) for cost, text in zip(costs, texts, strict=True)]) for step in costs[0]
    ]


def _row(name: str, step: str, costs: list[float]) -> dict[str, object]:
    first, twice, fourfold = costs
    return {"case": name, "step": step, "ns a character": first * 1e9, "2x": twice / first, "4x": fourfold / first}


def _parse(text: str, codebook: cl.Codebook) -> dict[str, float]:
    start = time.process_time()
    found = cl.parse(text)
    parsed = time.process_time()
    for clipping in found:
        registry.annotate(clipping, codebook)
    return {"parse": parsed - start, "annotate": time.process_time() - parsed}


def _read(text: str, _codebook: cl.Codebook) -> dict[str, float]:
    file = io.BytesIO(text.encode())
    file.name = "page.html"
    start = time.process_time()
    cl.read(file)
    return {"read": time.process_time() - start}


if __name__ == "__main__":
    main()
