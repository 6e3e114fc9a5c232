"""Peak memory of a process that does one thing, beyond that of one that only imports pandas and pyarrow."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

import memory_case
from processes import HERE, Cost, watch
from steps import NO_DATA, Measured, Step, over

import saved

MEGABYTE = 1_000_000
IMPORTS = "pandas and pyarrow"


def measured(texts: Sequence[str], folder: Path, runs: int) -> Iterator[Measured]:
    """Yield the peak memory of each case over a quarter of the texts and over all of them."""
    sizes = (len(texts) // 4, len(texts))
    for size in sizes:
        saved.write(texts[:size], folder / f"memory-{size}")
    bare = [watch(case(IMPORTS, folder)).peak for _ in range(runs)]
    told = {"system": "pandas", "version": metadata.version("pandas")}
    yield Measured(Step("memory", IMPORTS, unit="MB", data=NO_DATA, **told), [peak / MEGABYTE for peak in bare])
    for name in memory_case.CASES:
        for size in sizes if name != IMPORTS else ():
            costs = [watch(case(name, folder / f"memory-{size}")) for _ in range(runs)]
            yield beyond_imports(name, texts[:size], costs, bare)


def case(name: str, folder: Path) -> list[str]:
    """Return the command that does one thing to the files of a folder."""
    return [sys.executable, str(HERE / "memory_case.py"), name, str(folder)]


def beyond_imports(name: str, texts: Sequence[str], costs: Sequence[Cost], bare: Sequence[int]) -> Measured:
    """Return the peaks less those of the imports."""
    step = Step("memory", name, unit="MB", size=len(texts), of="clippings", **over(texts))
    return Measured(step, [(cost.peak - other) / MEGABYTE for cost, other in zip(costs, bare, strict=True)])
