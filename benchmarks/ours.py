"""The steps of the library: reading, each annotator, all of them, the frames, and the whole walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import walls
from steps import OURS, Step, over

import clippings as cl
from clippings.layers import errata, mentions, running, themes
from clippings.layers.dates import annotator as dates
from clippings.layers.quotes import annotator as quotes
from clippings.tables import frames, jsonl
from clippings.text import sentences

ZOO = Path(__file__).parents[1] / "tests/zoo"
PARSE, READ, SCAN, DATES, SENTENCES = "parse", "read files", "scan for forms", "dates", "sentences"
QUOTES, SPEECH = "quotations and speakers", "sentences, quotations and speakers"
ALL, WALK = "annotate, all layers", "from files to frames"
BARE = f"ahocorasick-rs: {walls.SCAN}"
DECODED = f"Python: {walls.READ}"
Runs = Mapping[str, Callable[[], object]]


def steps(texts: Sequence[str], folder: Path) -> Iterator[Step]:
    """Yield the steps over the generated pages, which are in ``folder`` as files, and over the constructed ones."""
    found = parsed(texts)
    for step, run in {**_read(texts, folder), **_annotators(found), **_tables(found)}.items():
        yield Step("library", step, run, against=BARE, **over(texts))
    pages = zoo()
    found, codebook = parsed(pages), cl.Codebook.load()
    runs: Runs = {
        PARSE: lambda: [cl.parse(text) for text in pages],
        ALL: lambda: list(running.attempt_all(found, codebook)),
    }
    for step, run in runs.items():
        yield Step("library", step, run, against=f"{OURS}: {step}", data="zoo", **over(pages))


def zoo() -> list[str]:
    """Return the constructed pages of the tests."""
    return [path.read_text("utf-8", "replace") for path in sorted(ZOO.glob("*.txt"))]


def parsed(texts: Sequence[str]) -> list[cl.Clipping]:
    """Return the clippings of the texts, with names that tell them apart."""
    return [one for number, text in enumerate(texts) for one in cl.parse(text, path=f"{number:05}.txt")]


def _read(texts: Sequence[str], folder: Path) -> Runs:
    codebook = cl.Codebook.load()
    return {
        PARSE: lambda: [cl.parse(text) for text in texts],
        READ: lambda: cl.read(folder),
        WALK: lambda: in_frames(cl.read(folder).annotate(codebook)),
    }


def _annotators(found: Sequence[cl.Clipping]) -> Runs:
    """Return each annotator with what it builds on made beforehand, and then all of them from nothing."""
    codebook = cl.Codebook.load()
    hits = [codebook.scan(one.text) for one in found]
    cut = [sentences.annotate(one) for one in found]
    listed = [mentions.annotate(*pair) for pair in zip(found, [codebook] * len(found), hits, strict=True)]
    named = [page.mentions for page in cl.Corpus(found).annotate(codebook)]
    pages = list(zip(found, hits, cut, listed, named, strict=True))
    return {
        SCAN: lambda: [codebook.scan(one.text) for one in found],
        SENTENCES: lambda: [sentences.annotate(one) for one in found],
        "mentions": lambda: [mentions.annotate(one, codebook, scanned) for one, scanned, *_ in pages],
        QUOTES: lambda: [quotes.annotate(one, codebook, ends, known) for one, _, ends, known, _ in pages],
        SPEECH: lambda: [
            quotes.annotate(one, codebook, sentences.annotate(one), known) for one, _, _, known, _ in pages
        ],
        DATES: lambda: [dates.annotate(one, ends) for one, _, ends, *_ in pages],
        "themes": lambda: [
            themes.annotate(one, codebook, scanned, ends, known) for one, scanned, ends, _, known in pages
        ],
        "misprints": lambda: [errata.annotate(one, codebook, ends, known) for one, _, ends, _, known in pages],
        ALL: lambda: list(running.attempt_all(found, codebook)),
    }


def _tables(found: Sequence[cl.Clipping]) -> Runs:
    done = list(cl.Corpus(found).annotate())
    return {
        "frames": lambda: in_frames(cl.AnnotatedCorpus(done, cl.Corpus(found))),
        "export to JSON lines": lambda: [jsonl.line(page) for page in done],
    }


def in_frames(annotated: cl.AnnotatedCorpus) -> list[pd.DataFrame]:
    """Return every frame of a corpus."""
    return [getattr(annotated, name) for name in frames.SCHEMA]
