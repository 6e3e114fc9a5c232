"""Measure how fast the library is, beside other software, and record it in data/benchmarks.csv.

Usage: speed.py [--only PART...] [--check] [--output FILE] [sizes: see --help]

The pages are generated, the same every time, and ``steps`` says how they are measured. Walls are what no library can
do without. Other software is measured where it is installed; ``make bench`` installs it beside the library.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import analyses
import cold
import generated
import growth
import memory
import ours
import parquet
import peers
import processes
import walls
from steps import Measured, Step, board, measure, over
from targets import targets

import saved

BOARD = Path(__file__).parents[1] / "data/benchmarks.csv"
# Of steps that take long there are fewer runs; of a corpus of more clippings than this, one.
FEWER, LONG = 3, 10_000


def main() -> int:
    """Measure, print and, unless checking, record."""
    options = _options()
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        for part in options.only or PARTS:
            begun = time.perf_counter()
            own = Path(folder) / part
            own.mkdir()
            measured += PARTS[part](options, own)
            print(f"bench: {part}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    sizes = growth.tens(options.largest)
    table = board(measured, () if options.only else targets((sizes[0], sizes[-1]), options.files))
    print(table[["group", "step", "system", "size", "value", "unit", "against", "ratio"]].to_string(index=False))
    if not (options.check or options.only):
        table.to_csv(options.output, index=False, lineterminator="\n")
    return 0


def _texts(options: argparse.Namespace, folder: Path) -> Iterable[Measured]:
    """The steps over text, the library's and those of others in turn."""
    texts = generated.pages(options.pages)
    saved.write(texts, folder / "txt")
    library = [*ours.steps(texts, folder / "txt"), *saved.steps(texts, folder), *analyses.steps(texts)]
    found = measure([*walls.steps(texts, folder / "txt"), *library, *peers.steps(texts)], options.runs)
    first = cold.measured(options.pages, min(options.runs, 2 * FEWER))
    return [*found, *first, *peers.refused(texts), _words(texts)]


def _words(texts: list[str]) -> Measured:
    """Tell how long the pages are."""
    return Measured(
        Step("corpus", "words of a page", unit="words", **over(texts)), [len(text.split()) for text in texts]
    )


def _growth(options: argparse.Namespace, folder: Path) -> Iterable[Measured]:
    texts = generated.pages(options.pages)
    short = texts[: max(len(texts) // 3, 4)]
    found = measure([*growth.by_pages(texts), *growth.by_forms(short)], min(options.runs, 2 * FEWER))
    walks = list(growth.by_clippings(options.largest, folder))
    return [*found, *measure(walks, min(options.runs, FEWER if options.largest <= LONG else 1), warm=False)]


def _malice(options: argparse.Namespace, _folder: Path) -> Iterable[Measured]:
    return measure(list(growth.by_malice(options.characters)), min(options.runs, FEWER), warm=False)


def _starts(options: argparse.Namespace, folder: Path) -> Iterable[Measured]:
    page = folder / "page.txt"
    page.write_text(generated.pages(1)[0], "utf-8")
    return processes.starting(page, options.runs)


def _memory(options: argparse.Namespace, folder: Path) -> Iterable[Measured]:
    return list(memory.measured(generated.pages(options.files // 5), folder, min(options.runs, FEWER)))


def _parquet(options: argparse.Namespace, folder: Path) -> Iterable[Measured]:
    runs = parquet.measured(options.files, folder, min(options.runs, FEWER))
    return [*runs, *parquet.storage(generated.pages(options.pages), folder)]


PARTS: Mapping[str, Callable[[argparse.Namespace, Path], Iterable[Measured]]] = {
    "texts": _texts,
    "growth": _growth,
    "adversarial": _malice,
    "starts": _starts,
    "memory": _memory,
    "parquet": _parquet,
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300, help="how many pages to generate (300)")
    parser.add_argument("--runs", type=int, default=9, help="how often to run every step; long ones less (9)")
    parser.add_argument("--files", type=int, default=5_000, help="how many files to write as Parquet (5000)")
    parser.add_argument("--largest", type=int, default=10_000, help="the most clippings in one corpus (10000)")
    parser.add_argument("--characters", type=int, default=50_000, help="the least of an input made to be slow (50000)")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="print some parts only, record nothing")
    parser.add_argument("--check", action="store_true", help="print only, record nothing")
    parser.add_argument("--output", type=Path, default=BOARD, help="the table to write (data/benchmarks.csv)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
