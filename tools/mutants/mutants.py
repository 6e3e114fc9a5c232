"""Mutation testing: put one small fault at a time into layers and page grammar, and count those the tests notice.

Usage: mutants.py [--number 30] [--seed 5] [--check] [--lower]

A sample of each kind of mutant (see trees.py) is drawn; each runs the tests of its area, stage by stage (see stages.py)
up to the first failure, in a copy of the project in a temporary folder. Survivors are listed. With the usual number and
seed the shares killed are recorded in data/scoreboard.csv; as there, none may fall without --lower.

This is a tool of our own because mutmut 3.8 changes nothing outside functions, where most thresholds and lists stand,
cosmic-ray 8.7 writes each mutant over the file it is of, and neither drops words, swaps rules, reads YAML or takes a
sample that can be taken again.
"""

from __future__ import annotations

import argparse
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(Path(__file__).parent)]

import mutations  # noqa: E402
import pandas as pd  # noqa: E402
import scoreboard  # noqa: E402
from mutations import Mutant  # noqa: E402


class Area(NamedTuple):
    """Files that are changed, tests that kill most of their mutants in little time, and all others that know them."""

    name: str
    paths: tuple[str, ...]
    quick: tuple[str, ...]
    others: tuple[str, ...]

    def holds(self, path: str) -> bool:
        """Tell whether a file is one of the area's."""
        return any(Path(path).is_relative_to(under) for under in self.paths)

    def stages(self, path: str) -> list[list[str]]:
        """Return the tests for a mutant of a file: each quick one, those named like it, all others and the doctests."""
        word = Path(path).stem.strip("_").split("_")[0].rstrip("s")
        named = [name for name in self.others if word and word in name]
        others = [name for name in self.others if name not in named]
        stages = [*([name] for name in self.quick), named, others]
        return [*([f"tests/test_{name}.py" for name in names] for names in stages if names), list(self.paths)]


_GOLDEN = ("gold", "unchanged", "zoo_reading")
_ANNOTATORS = (
    *("annotators", "speakers", "reported", "descriptions", "people", "contexts", "actors", "digests", "dates"),
    *("dates_anchors", "languages", "quotes", "edits", "rules_quotes", "voices", "damage", "marks", "shortcuts"),
)
QUOTES = Area(
    "quotations",
    ("src/clippings/layers/quotes", "src/clippings/text"),
    ("tables_quotes", "tables_layers", *_GOLDEN),
    _ANNOTATORS,
)
LAYERS = Area("other layers", ("src/clippings/layers",), ("tables_layers", "tables_quotes", *_GOLDEN), _ANNOTATORS)
PAGE = Area(
    "page grammar",
    ("src/clippings/page",),
    ("tables_pages", "page_lines", *_GOLDEN),
    (
        *("tables_layers", "page_shapes", "layout", "fields", "digests", "outlets", "dates", "reading", "fuzz_corpus"),
        *(
            "addresses",
            "pages_generated",
            "forms",
            "exports",
            "page_furniture",
            "page_words",
            "page_wrapping",
            "saved_heads",
        ),
    ),
)
AREAS = (QUOTES, LAYERS, PAGE)  # A file is of the first that holds it.
# What these ask is how long something takes, which a busy machine answers differently.
TIMED = (
    *("test_ten_thousand_marks_in_one_paragraph", "test_a_page_of_many_people_is_read_in_time"),
    *("test_a_long_run_of_capitals_before_a_day_takes_no_time", "test_time_grows_with_the_text_and_no_faster"),
)
# These take long over processes, formats and codebooks that no mutant touches.
DISTANT = ("cli", "codebook", "codebook_cli", "codebook_examples", "columns", "heavy", "layers", "reshaping")
NUMBER, SEED, WORKERS, PATIENCE = 30, 5, 2, 10
READ = "the survivors of seeds 0, 1, 2, 3, 4, 77 and 302 had been read"
TASK, DATA = "tests", "annotators and page grammar"

# Sentences that tests read, which no code does, and what frames hold, in prose.
_PROSE = ("dates", "errata", "mentions", "quotes", "rules", "sentences", "themes")
_TABLES = tuple(f"{name}.yaml" for name in _PROSE)
_COPIED = ("src", "tests", "data", "benchmarks", "tools")
_SETTINGS = (
    "[pytest]\nfilterwarnings = error\nxfail_strict = true\ndoctest_optionflags = ELLIPSIS NORMALIZE_WHITESPACE\n"
)
# A mutant may ask for memory without end; a shell that knows no such limit runs it without.
_BOUNDED = ("sh", "-c", 'ulimit -v 8000000 2>/dev/null; exec "$@"', "sh")
# Drawn examples are always the same, and none is too slow for a busy machine: that is hypothesis's profile "ci".
_PYTEST = (
    *(str(Path(__file__).parent / "stages.py"), "-x", "-q", "--tb=line", "--assert=plain", "--noconftest"),
    *("--doctest-modules", "--hypothesis-profile=ci", "-c", "pytest.ini", "-k", f"not ({' or '.join(TIMED)})"),
    *chain.from_iterable(("-p", f"no:{plugin}") for plugin in ("cacheprovider", "nbval", "cov", "xdist")),
)
_PASSED, _FAILED = 0, (1, 2)
_FAILURE = re.compile(r"^(?:FAILED|ERROR) ([^\s:]+)", re.MULTILINE)


class RunError(Exception):
    """The tests cannot be run."""


class Verdict(NamedTuple):
    """A mutant, what became of it (``killed``, ``timeout`` or ``survived``), and the file of tests that killed it."""

    mutant: Mutant
    outcome: str
    tests: str = ""


def main() -> int:
    """Draw a sample, judge it, print what was found, and record it."""
    options = _options()
    try:
        texts = sources(ROOT, AREAS)
        found = [one for path, text in texts.items() for one in mutations.find(path, text)]
        drawn = mutations.sample(found, texts, options.number, options.seed)
        print(f"mutants: {len(drawn)} of {len(found)}, seed {options.seed}", flush=True)
        verdicts = judge(ROOT, AREAS, drawn)
    except RunError as error:
        print(f"mutants: {error}", file=sys.stderr)
        return 2
    print("\n".join(report(verdicts)))
    if (options.number, options.seed) != (NUMBER, SEED):
        print(f"mutants: not recorded, since only --number {NUMBER} --seed {SEED} is")
        return 0
    return scoreboard.settle(scores(verdicts, found), check=options.check, lower=options.lower)


def sources(root: Path, areas: Iterable[Area]) -> dict[str, str]:
    """Return the text of each Python and YAML file of some areas, by its place in the project."""
    found = {}
    for name in (path for area in areas for path in area.paths):
        path = root / name
        if not path.exists():
            raise RunError(f"{name} is not there; change AREAS in tools/mutants/mutants.py to where it is now")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in (".py", ".yaml") and file.name not in _TABLES:
                found[file.relative_to(root).as_posix()] = _read(file)
    return found


def judge(root: Path, areas: Sequence[Area], drawn: Sequence[Mutant]) -> list[Verdict]:
    """Return what became of each mutant of a project, in the order given.

    The tests of an area run once without a mutant. A mutant that takes ten times as long is a timeout.
    """
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        free: queue.SimpleQueue[Path] = queue.SimpleQueue()
        for number in range(WORKERS):
            _copy(root, Path(folder, str(number)))
            free.put(Path(folder, str(number)))
        with ThreadPoolExecutor(WORKERS) as pool:
            try:
                taken = pool.map(lambda area: _unchanged(free, area), areas)
                limits = {area: PATIENCE * seconds for area, seconds in zip(areas, taken, strict=True)}
                return list(_printed(pool.map(lambda one: _judged(free, limits, one), drawn), len(drawn)))
            finally:
                pool.shutdown(cancel_futures=True)


def _copy(root: Path, copy: Path) -> None:
    for name in _COPIED:
        if (root / name).exists():
            shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    (copy / "pytest.ini").write_text(_SETTINGS, "utf-8")


def _unchanged(free: queue.SimpleQueue[Path], area: Area) -> float:
    """The seconds the tests of an area take without a mutant; they leave compiled files that the mutants' runs use."""
    copy = free.get()
    began = time.monotonic()
    done = _run(copy, area, "", {})
    taken = time.monotonic() - began
    free.put(copy)
    if done.returncode != _PASSED:
        raise RunError(f"the tests fail without a mutant:\n{done.stdout}{done.stderr}")
    print(f"mutants: the tests of the {area.name} take {taken:.0f} s", flush=True)
    return taken


def _judged(free: queue.SimpleQueue[Path], limits: dict[Area, float], mutant: Mutant) -> Verdict:
    """Put a mutant into a copy that is free, run the tests, and put back what was there, with its time."""
    area = next(area for area in limits if area.holds(mutant.path))
    copy = free.get()
    path = copy / mutant.path
    text, times = _read(path), path.stat()
    try:
        path.write_bytes(mutant.of(text).encode())
        done = _run(copy, area, mutant.path, {"PYTHONDONTWRITEBYTECODE": "1"}, limits[area])
    except subprocess.TimeoutExpired:
        return Verdict(mutant, "timeout")
    finally:
        path.write_bytes(text.encode())
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        free.put(copy)
    if done.returncode not in (_PASSED, *_FAILED):
        raise RunError(f"pytest ended with status {done.returncode} at {_said(mutant)}\n{done.stdout}{done.stderr}")
    failed = _FAILURE.search(done.stdout)
    return Verdict(mutant, "survived" if done.returncode == _PASSED else "killed", failed[1] if failed else "")


def _run(
    copy: Path, area: Area, path: str, more: dict[str, str], limit: float | None = None
) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    environment = {**given, "PYTHONPATH": str(copy / "src"), "PYTHONHASHSEED": "0", "TZ": "UTC", **more}
    stages = chain.from_iterable(("--", *files) for files in area.stages(path))
    command = [*_BOUNDED, sys.executable, *_PYTEST, *stages]
    return subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, timeout=limit, check=False
    )


def _printed(verdicts: Iterable[Verdict], number: int) -> Iterator[Verdict]:
    for at, one in enumerate(verdicts, 1):
        print(f"{at:4}/{number} {one.outcome:8} {_said(one.mutant)}", flush=True)
        yield one


def _said(mutant: Mutant) -> str:
    return f"{mutant.kind:10} {mutant.path}:{mutant.line}: {mutant.before} -> {mutant.after}"


def report(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield the survivors, one a line, how many were killed by kind and by file, and which tests killed how many."""
    yield from (f"survived {_said(one.mutant)}" for one in verdicts if one.outcome == "survived")
    for title in ("kind", "path"):
        yield f"\n{'mutants':>7} {'killed':>7} {'timeout':>7} {'survived':>8}  {title}"
        counts = Counter((getattr(one.mutant, title), one.outcome) for one in verdicts)
        for name in dict.fromkeys(getattr(one.mutant, title) for one in verdicts):
            killed, timeout, survived = (counts[name, outcome] for outcome in ("killed", "timeout", "survived"))
            yield f"{killed + timeout + survived:7} {killed:7} {timeout:7} {survived:8}  {name}"
    yield f"\n{'killed':>7}  tests"
    yield from (
        f"{number:7}  {name}" for name, number in Counter(filter(None, (one.tests for one in verdicts))).most_common()
    )


def scores(verdicts: Sequence[Verdict], found: Sequence[Mutant]) -> pd.DataFrame:
    """Return the share killed of each kind as rows of the scoreboard; what hangs the tests is noticed too."""
    rows = []
    for kind in mutations.KINDS:
        outcomes = [one.outcome for one in verdicts if one.mutant.kind == kind]
        share = round(1 - outcomes.count("survived") / len(outcomes), 3)
        possible, hung = sum(one.kind == kind for one in found), outcomes.count("timeout")
        note = f"drawn from {possible} with seed {SEED}; {READ}; {hung} of them killed by a time limit"
        row = {"task": TASK, "data": DATA, "measure": f"mutants killed, {kind}", "note": note}
        rows.append({**row, "value": share, "n": len(outcomes)})
    return scoreboard.dated(rows)


def _read(path: Path) -> str:
    return path.read_bytes().decode()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=NUMBER, help="mutants of each kind (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed draws another sample (%(default)s)")
    parser.add_argument("--check", action="store_true", help="compare with the scores recorded, record nothing")
    parser.add_argument("--lower", action="store_true", help="record scores that fell")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
