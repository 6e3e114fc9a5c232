"""A first reading: the library and PhraseMatcher over pages whose words are new to them, each in a process alone.

Both remember words, and pages that are read again and again show neither as it is. What is timed is the step alone.

Usage: cold.py CASE PAGES
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

import generated
import ours
import walls
from steps import OURS, Measured, Step, over

import clippings as cl
from clippings.layers import running

ALL, MATCHER = f"{ours.ALL}, first reading", "PhraseMatcher, first reading"


def main() -> None:
    """Run a case, and print the processor seconds of its step."""
    _, case, count = sys.argv
    run = CASES[case](generated.pages(int(count)))
    before = time.process_time()
    run()
    print(time.process_time() - before)


def measured(count: int, runs: int) -> Iterator[Measured]:
    """Yield both, run in turn; without spaCy the library alone."""
    texts = generated.pages(count)
    found: dict[str, list[float]] = {case: [] for case in CASES}
    for _ in range(runs):
        for case, seconds in found.items():
            seconds += _seconds(case, count)
    step = Step("library", ALL, against=ours.BARE, **over(texts))
    yield Measured(step, found[ALL])
    if found[MATCHER]:
        told = {"system": "spacy", "version": metadata.version("spacy")}
        note = "blank English pipeline, matching LOWER, tokens included; a process of its own"
        bodies = over([one.body.of(one.text) for text in texts for one in cl.parse(text)])
        yield Measured(Step("peer", MATCHER, against=f"{OURS}: {ALL}", note=note, **told, **bodies), found[MATCHER])


def _seconds(case: str, count: int) -> list[float]:
    command = [sys.executable, str(Path(__file__)), case, str(count)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode and "No module named 'spacy'" not in done.stderr:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return [] if done.returncode else [float(done.stdout)]


def _annotate(texts: Sequence[str]) -> Callable[[], object]:
    codebook, found = cl.Codebook.load(), ours.parsed(texts)
    # What is built once for a codebook is no part of reading a page.
    list(running.attempt_all(cl.parse('"We wait," said Anna Petrova on Tuesday.', layout="plain"), codebook))
    return lambda: list(running.attempt_all(found, codebook))


def _matcher(texts: Sequence[str]) -> Callable[[], object]:
    blank = importlib.import_module("spacy").blank("en")
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("FORMS", list(blank.tokenizer.pipe(walls.written_forms())))
    bodies = [one.body.of(one.text) for text in texts for one in cl.parse(text)]
    return lambda: [matcher(doc) for doc in blank.tokenizer.pipe(bodies)]


CASES: dict[str, Callable[[Sequence[str]], Callable[[], object]]] = {ALL: _annotate, MATCHER: _matcher}

if __name__ == "__main__":
    main()
