"""What a benchmark is made of: steps, what they took in each run, and the table of both.

Every step is run once in each of the runs, one after another, so that a slow moment of the machine falls on all of
them. What is counted is processor time, which other work on the machine changes little. A ratio compares two steps
within the same run, and per character where both go over text; its median over the runs is recorded, with the
smallest and the largest.
"""

from __future__ import annotations

import datetime
import gc
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import clippings as cl

OURS, USUAL, NO_DATA = "clippings", "generated", "none"
COLUMNS = (
    *("group", "step", "system", "version", "data", "size", "of", "pages", "characters", "runs"),
    *("value", "unit", "low", "high", "against", "ratio", "ratio_low", "ratio_high", "bound", "wanted"),
    *("python", "processor", "cores", "date", "note"),
)


class Step(NamedTuple):
    """Something to measure; ``run`` goes over so many pages and characters.

    ``size`` places the step in a series: so many ``of`` something. ``against`` is the label of another step.
    """

    group: str
    step: str
    run: Callable[[], object] = object
    pages: int = 0
    characters: int = 0
    against: str = ""
    system: str = OURS
    version: str = cl.__version__
    data: str = USUAL
    size: int | None = None
    of: str = ""
    unit: str = "s"
    note: str = ""

    @property
    def label(self) -> str:
        """The name by which other steps refer to this one."""
        data = "" if self.data in (USUAL, NO_DATA) else f" ({self.data})"
        of = self.of.removesuffix("s") if self.size == 1 else self.of
        return f"{self.system}: {self.step}{data}" + (f", {self.size:,} {of}" if self.size else "")


class Measured(NamedTuple):
    """A step and one value for each run."""

    step: Step
    values: Sequence[float]


class Target(NamedTuple):
    """What one step should be ``at least`` or ``at most``, in times of another or in a unit of its own."""

    name: str
    step: str
    over: str
    bound: str
    wanted: float
    unit: str = "times"


def over(texts: Sequence[str]) -> dict[str, int]:
    """Count the pages and characters of texts, as ``Step`` takes them."""
    return {"pages": len(texts), "characters": sum(map(len, texts))}


def measure(steps: Sequence[Step], runs: int, *, warm: bool = True) -> list[Measured]:
    """Return the processor seconds of each step in each run; every step is run once before the clock counts.

    What is alive by then is the benchmark's own, and is put out of the garbage collector's sight.
    """
    times: dict[str, list[float]] = {step.label: [] for step in steps}
    for step in steps if warm else ():
        step.run()
    gc.collect()
    gc.freeze()
    for _ in range(runs):
        for step in steps:
            times[step.label].append(_seconds(step.run))
    gc.unfreeze()
    return [Measured(step, times[step.label]) for step in steps]


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()
    before = time.process_time()
    run()
    return time.process_time() - before


def board(measured: Iterable[Measured], targets: Iterable[Target] = ()) -> pd.DataFrame:
    """Return one row a step: median, spread, and the ratio to the step it is set against; then one row a target."""
    by_label = {one.step.label: one for one in measured}
    rows = [_row(one, by_label) for one in by_label.values()]
    rows += [_target_row(target, by_label) for target in targets]
    machine = {"python": platform.python_version(), "processor": processor(), "cores": os.cpu_count()}
    machine["date"] = datetime.datetime.now(datetime.UTC).date().isoformat()
    frame = pd.DataFrame([row | machine for row in rows], columns=list(COLUMNS))
    whole = ["size", "pages", "characters", "runs"]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def _row(one: Measured, others: Mapping[str, Measured]) -> dict[str, Any]:
    told = one.step._asdict()
    del told["run"]
    row = told | {"runs": len(one.values)} | _spread(one.values, ("value", "low", "high"))
    if one.step.against:
        row |= _spread(ratios(one, others[one.step.against]), ("ratio", "ratio_low", "ratio_high"))
    return row


def _target_row(target: Target, others: Mapping[str, Measured]) -> dict[str, Any]:
    row = {"group": "target", "step": target.name, "system": OURS, "version": cl.__version__, "data": USUAL}
    row |= {"unit": target.unit, "bound": target.bound, "wanted": target.wanted, "against": target.over}
    if target.step not in others or (target.over and target.over not in others):
        print(f"not measured: {target.name}", file=sys.stderr)
        return row | {"against": "", "runs": 0, "note": "not measured in this run"}
    found = _in_unit(target, others)
    return row | {"runs": len(found), "note": target.step} | _spread(found, ("value", "low", "high"))


def _in_unit(target: Target, others: Mapping[str, Measured]) -> list[float]:
    """Return the values of a target: a ratio, a rate in millions of characters, or what was measured as it is."""
    one = others[target.step]
    if target.over:
        return ratios(one, others[target.over])
    if target.unit == "MB/s":
        return [one.step.characters / value / 1e6 for value in one.values]
    return list(one.values)


def ratios(one: Measured, other: Measured) -> list[float]:
    """Return the ratio of each run; of times per character, where both steps go over text."""
    sizes = one.step.characters, other.step.characters
    share = sizes[1] / sizes[0] if one.step.unit == "s" and all(sizes) else 1
    return [value / against * share for value, against in zip(one.values, other.values, strict=False)]


def _spread(values: Sequence[float], names: tuple[str, str, str]) -> dict[str, float]:
    found = statistics.median(values), min(values), max(values)
    return {name: _short(value) for name, value in zip(names, found, strict=True)}


def _short(value: float) -> float:
    """Four digits are more than a run repeats."""
    return float(f"{value:.4g}")


def processor() -> str:
    """Return the model of the processor, as the system names it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()
