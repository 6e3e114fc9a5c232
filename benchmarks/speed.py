"""Measure how fast the library is, beside other software, and record it in data/benchmarks.csv.

Usage: speed.py [--only PART...] [--check] [--output FILE] [--resume FOLDER] [sizes: see --help]

The pages are generated, the same every time, and ``steps`` says how they are measured. Walls are what no library can
do without. Other software is measured where it is installed; ``make bench`` installs it beside the library. What is
compared is measured in one part of the run; with ``--resume`` a run that was stopped goes on with the part it was in.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
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
# Files that decide what is measured.
CODE = frozenset({".py", ".yaml", ".csv", ".txt"})


def main() -> int:
    """Measure, print and, unless checking, record."""
    options = _options()
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        for part in options.only or PARTS:
            begun = time.perf_counter()
            measured += _measured(part, options, Path(folder))
            print(f"bench: {part}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    sizes = growth.tens(options.largest)
    table = board(measured, () if options.only else targets((sizes[0], sizes[-1]), options.files))
    print(table[["group", "step", "system", "size", "value", "unit", "against", "ratio"]].to_string(index=False))
    if not (options.check or options.only):
        table.to_csv(options.output, index=False, lineterminator="\n")
    return 0


def _measured(part: str, options: argparse.Namespace, folder: Path) -> list[Measured]:
    """Measure a part, or take it from where a run with the same code, Python and sizes left it."""
    kept = options.resume / f"{part}-{_state(options)}.pickle" if options.resume else None
    if kept and kept.exists():
        print(f"bench: {part}: taken from {kept}", file=sys.stderr)
        return pickle.loads(kept.read_bytes())
    own = folder / part
    own.mkdir()
    found = list(PARTS[part](options, own))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps([one._replace(step=one.step._replace(run=object)) for one in found]))
    return found


def _state(options: argparse.Namespace) -> str:
    """Return a hash of all that decides what a part measures."""
    sizes = (options.pages, options.runs, options.files, options.largest, options.characters)
    state = hashlib.sha256(repr((sizes, sys.version)).encode())
    for folder in ("src", "benchmarks"):
        for path in sorted((BOARD.parents[1] / folder).rglob("*")):
            if path.suffix in CODE:
                state.update(path.read_bytes())
    return state.hexdigest()[:16]


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
    parser.add_argument("--resume", type=Path, metavar="FOLDER", help="keep measured parts there, and take those kept")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
