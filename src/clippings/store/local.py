"""The parts of a run on this machine: in this process or in several, committed by this one in their order."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from clippings import diagnostics, progress
from clippings.codebook import Codebook
from clippings.layers.running import Layers
from clippings.page import layout as layouts
from clippings.page.forms import Layout, PageForm
from clippings.parallel import Lost, WorkerError, ordered
from clippings.reading import inputs, rows
from clippings.reading.archives import RawPage
from clippings.reading.inputs import Source
from clippings.reading.metadata import Known
from clippings.store import folder as folders
from clippings.store import parts
from clippings.store.manifest import FolderError, Manifest, Part
from clippings.store.parts import Given, Made, Pages

if TYPE_CHECKING:
    import pandas as pd


class Task(NamedTuple):
    """A part that must be made."""

    number: int
    pages: Pages
    inputs: str


Make = Callable[[], Callable[[Task], Made]]


def annotate(
    sources: list[Source] | pd.DataFrame,
    told: Known,
    manifest: Manifest,
    codebook: Codebook,
    layout: Layout,
    workers: int,
    part: int,
) -> int:
    """Make the parts that do not stand, in order, and return how many there are in all."""
    registered = layouts.portable() if workers > 1 else None
    make = functools.partial(_maker, codebook, layout, manifest.run.layers, registered)
    with progress.bar(unit="page", total=_total(sources, manifest)) as bar:
        pages = told.about(_pages(sources, manifest))
        missing = _Missing(pages, part, manifest, bar.update, has_streams=_has_streams(sources))
        for task, made in _made(missing, make, workers):
            if manifest.is_whole:
                manifest.begin()
            folders.commit(manifest.folder, task.number, made.tables)
            sealed = folders.sealed(made.tables)
            manifest.add(Part(task.number, len(task.pages), task.inputs, sealed, made.rows, made.failures))
            bar.update(len(task.pages))
    return missing.count


class _Missing:
    """The parts that must be made; ``count`` is of those met so far, whether they must or not."""

    def __init__(
        self,
        pages: Iterable[RawPage],
        part: int,
        manifest: Manifest,
        pass_over: Callable[[int], object],
        *,
        has_streams: bool,
    ) -> None:
        self._parts = parts.cut(pages, part)
        self._has_streams = has_streams
        self._manifest, self._pass_over = manifest, pass_over
        self.count = 0

    def __iter__(self) -> Iterator[Task]:
        for number, pages in enumerate(self._parts):
            self.count = number + 1
            inputs_hash = parts.fingerprint(pages)
            if self._stands(number, inputs_hash):
                self._pass_over(len(pages))
            else:
                yield Task(number, pages, inputs_hash)

    def _stands(self, number: int, inputs_hash: str) -> bool:
        known = self._manifest.parts.get(number)
        if known is None:
            return False
        if known.inputs != inputs_hash:
            if self._has_streams:
                raise FolderError(
                    f"{self._manifest.folder} was made from an open file or standard input with other bytes; "
                    "give another folder, or replace it with overwrite=True (--overwrite)"
                )
            return False
        return folders.standing(self._manifest, number) == known.tables


def _made(tasks: Iterable[Task], make: Make, workers: int) -> Iterator[tuple[Task, Made]]:
    if workers == 1:
        work = make()
        yield from ((task, work(task)) for task in tasks)
        return
    for task, made in ordered(make, tasks, workers):
        yield task, _without_culprits(task, make) if isinstance(made, Lost) else made


def _without_culprits(task: Task, make: Make) -> Made:
    """Make a part that ended two processes: each page is tried alone, those that end one again are failures."""
    alone = ordered(make, (task._replace(pages=[page]) for page in task.pages), 1)
    pages = [
        _failed(page, made) if isinstance(made, Lost) else page
        for page, (_, made) in zip(task.pages, alone, strict=True)
    ]
    ((_, made),) = ordered(make, [task._replace(pages=pages)], 1)
    if isinstance(made, Lost):
        first, last = task.pages[0].name, task.pages[-1].name
        raise WorkerError(
            f"the process that worked on {first} to {last} ended again and again (exit code {made.exit_code}); "
            "give it more memory or smaller parts, and start again: what was done is kept"
        )
    return made


def _failed(page: Given, lost: Lost) -> Given:
    return page._replace(data=diagnostics.make("CLP502", file=page.name, exit_code=lost.exit_code))


def _maker(
    codebook: Codebook, layout: Layout, layers: Layers, registered: tuple[PageForm, ...] | None
) -> Callable[[Task], Made]:
    if registered:
        layouts.restore(registered)
    return lambda task: parts.make(task.pages, codebook, layout, layers)


def _pages(sources: list[Source] | pd.DataFrame, manifest: Manifest) -> Iterator[RawPage]:
    """What a pattern such as ``press/**`` finds of the tables themselves is not a page."""
    if not isinstance(sources, list):
        return rows.pages(sources, "text", "id", dict.fromkeys(rows.NAMED))
    ours = os.path.join(os.path.abspath(folders.home(manifest)), "")  # noqa: PTH100, PTH118 (with the mark at its end)
    return (page for page in inputs.pages(sources) if not os.path.abspath(page.name).startswith(ours))  # noqa: PTH100


def _total(sources: list[Source] | pd.DataFrame, manifest: Manifest) -> int | None:
    """Count the pages for a progress bar on a terminal; open files can only be read once, and are not counted."""
    if not isinstance(sources, list):
        return len(sources)
    if not sys.stderr.isatty() or _has_streams(sources):
        return None
    return sum(1 for _ in _pages(sources, manifest))


def _has_streams(sources: list[Source] | pd.DataFrame) -> bool:
    return isinstance(sources, list) and any(hasattr(source, "read") for source in sources)
