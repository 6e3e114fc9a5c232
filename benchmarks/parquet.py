"""From files to Parquet by the command line, on one worker and on two, and what a clipping takes on disk."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path

import generated
import memory
import ours
import walls
from processes import HERE, Cost, watch
from steps import Measured, Step, over

import clippings as cl
import saved
from clippings.tables import frames

TO_PARQUET, CLOCK, STREAMED = "files to Parquet", "files to Parquet, by the clock", "streamed to Parquet"
WORKERS = (1, 2)
RULES, BARE = "spacy", "imports"
# The files of a run; a quarter of them; and twice as many, as processes take a second to start, whatever their number.
ALL, FEW, MANY = "all", "few", "many"


def measured(count: int, folder: Path, runs: int) -> Iterator[Measured]:
    """Yield runs over so many files: their time, their peak memory, and the bytes they leave."""
    if not can_stream():
        print("clippings annotate has no option --workers; streamed runs are left out", file=sys.stderr)
        return
    many, output = generated.pages(2 * count), folder / "out"
    texts = many[:count]
    for name, part in {MANY: many, ALL: texts, FEW: texts[: count // 4]}.items():
        saved.write(part, folder / name)
    costs, stored = _costs(_commands(folder, output), output, runs)
    yield from _by_workers(texts, many, costs)
    yield from _of_rules(texts, costs)
    bare = [cost.peak for cost in costs[BARE]]
    for name, part in {FEW: texts[: count // 4], ALL: texts}.items():
        yield memory.beyond_imports(STREAMED, part, costs[name], bare)
    yield _stored(STREAMED, stored, texts)


def can_stream() -> bool:
    """Tell whether the command line shares its work among workers."""
    command = [sys.executable, "-m", "clippings", "annotate", "--help"]
    return "--workers" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _on(workers: int) -> str:
    return f"{workers} workers"


def _commands(folder: Path, output: Path) -> dict[str, list[str]]:
    commands = {_on(workers): _annotate(folder / MANY, output, workers) for workers in WORKERS}
    commands |= {name: _annotate(folder / name, output, 1) for name in (FEW, ALL)}
    commands[BARE] = memory.case(memory.IMPORTS, folder)
    if importlib.util.find_spec(RULES):
        forms = folder / "forms.txt"
        forms.write_text("\n".join(walls.written_forms()), "utf-8")
        commands[RULES] = [sys.executable, *map(str, (HERE / "spacy_rules.py", forms, folder / ALL, output))]
    return commands


def _annotate(files: Path, output: Path, workers: int) -> list[str]:
    command = [sys.executable, "-m", "clippings", "annotate", str(files), "-o", f"{output}/"]
    return [*command, "--workers", str(workers)]


def _costs(commands: Mapping[str, list[str]], output: Path, runs: int) -> tuple[dict[str, list[Cost]], int]:
    """Run the commands in turn; return what they cost, and the bytes that one left."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    stored = 0
    for _ in range(runs):
        for name, command in commands.items():
            shutil.rmtree(output, ignore_errors=True)
            costs[name].append(watch(command))
            if name == ALL:
                stored = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    return costs, stored


def _by_workers(texts: Sequence[str], many: Sequence[str], costs: Mapping[str, list[Cost]]) -> Iterator[Measured]:
    alone = Step("workers", TO_PARQUET, size=1, of="workers", **over(texts))
    yield Measured(alone, [cost.seconds for cost in costs[ALL]])
    for workers in WORKERS:
        clock = Step("workers", CLOCK, size=workers, of="workers", **over(many))
        yield Measured(_against_one(clock), [cost.clock for cost in costs[_on(workers)]])


def _against_one(step: Step) -> Step:
    return step if step.size == 1 else step._replace(against=step._replace(size=1).label)


def _of_rules(texts: Sequence[str], costs: Mapping[str, list[Cost]]) -> Iterator[Measured]:
    if RULES in costs:
        told = {"system": RULES, "version": metadata.version(RULES), **over(texts)}
        against = Step("workers", TO_PARQUET, size=1, of="workers").label
        note = "sentencizer and EntityRuler on LOWER, tables of sentences and entities"
        step = Step("peer", TO_PARQUET, against=against, note=note, **told)
        yield Measured(step, [cost.seconds for cost in costs[RULES]])


def _stored(what: str, size: int, texts: Sequence[str]) -> Measured:
    return Measured(Step("storage", what, unit="bytes a clipping", **over(texts)), [size / len(texts)])


def storage(texts: Sequence[str], folder: Path) -> Iterator[Measured]:
    """Yield the bytes that a clipping takes as text, and in each frame written to Parquet."""
    yield _stored("text", sum(len(text.encode()) for text in texts), texts)
    if not importlib.util.find_spec("pyarrow"):
        print("pyarrow is not installed; the size of Parquet is left out", file=sys.stderr)
        return
    annotated = cl.Corpus(ours.parsed(texts)).annotate()
    for name in frames.SCHEMA:
        path = folder / f"{name}.parquet"
        getattr(annotated, name).to_parquet(path, compression="zstd")
        yield _stored(f"frame of {name}", path.stat().st_size, texts)
