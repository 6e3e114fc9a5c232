"""Measure how fast the library is on a generated corpus, and record it in data/benchmarks.csv.

Usage: speed.py [--pages N] [--runs N] [--check] [--output FILE]

Every step is run once in each of the runs, one after another, so that a slow moment of the machine falls on all of
them. What is counted is processor time, which other work on the machine changes little. A ratio compares two steps
within the same run and per character; the median over the runs is recorded, with the smallest and the largest.

Walls are what no library can do without: the bytes of the files, their decoding, one bare scan for the same forms.
Other libraries are measured where they are installed (spacy, flashtext, pysbd, dateparser) and left out where they are
not. They do a comparable step, not the same work; the note says what.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick_rs
import pandas as pd
from generated import pages

import clippings as cl
from clippings import annotators, frames
from clippings.annotators import dates, errata, mentions, sentences, speakers, themes
from clippings.export import jsonl
from clippings.matching import fold

BOARD = Path(__file__).parents[1] / "data/benchmarks.csv"
OURS, WALL = "clippings", "bare scan"
PAGES, RUNS, SLOW_PAGES = 300, 9, 5


class Step(NamedTuple):
    """Something to measure: ``run`` is called with nothing and goes over ``pages``."""

    group: str
    step: str
    system: str
    version: str
    run: Callable[[], object]
    texts: Sequence[str]
    against: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """The name by which a ratio refers to this step."""
        return f"{self.system}: {self.step}" if self.group == "peer" else self.step


def main() -> int:
    """Measure, print and, unless checking, record."""
    options = _options()
    texts = pages(options.pages)
    with tempfile.TemporaryDirectory() as folder:
        steps = [*_walls(texts, Path(folder)), *_ours(texts, Path(folder)), *_peers(texts)]
        board = summary(steps, measure(steps, options.runs))
    print(board[["group", "step", "system", "seconds", "rate", "against", "ratio"]].to_string(index=False))
    if not options.check:
        board.to_csv(options.output, index=False, lineterminator="\n")
    return 0


def measure(steps: Sequence[Step], runs: int) -> dict[str, list[float]]:
    """Return the processor seconds of each step in each run; every step is run once before the clock counts."""
    times: dict[str, list[float]] = {step.key: [] for step in steps}
    for step in steps:
        step.run()
    for _ in range(runs):
        for step in steps:
            before = time.process_time()
            step.run()
            times[step.key].append(time.process_time() - before)
    return times


def summary(steps: Sequence[Step], times: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """Return one row a step: median, spread, rate, and the ratio to the step it is set against."""
    by_key = {step.key: step for step in steps}
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    return pd.DataFrame([_row(step, by_key, times, date) for step in steps])


def _row(step: Step, steps: Mapping[str, Step], times: Mapping[str, Sequence[float]], date: str) -> dict[str, Any]:
    taken, size = times[step.key], _size(step)
    median = statistics.median(taken)
    row = {"group": step.group, "step": step.step, "system": step.system, "version": step.version}
    words = [len(text.split()) for text in step.texts]
    row |= {"pages": len(words), "words_least": min(words), "words_most": max(words)}
    row |= {"characters": size, "runs": len(taken)}
    row |= {"seconds": round(median, 5), "fastest": round(min(taken), 5), "slowest": round(max(taken), 5)}
    row |= {"rate": round(size / median), "against": step.against}
    row |= dict.fromkeys(("ratio", "ratio_low", "ratio_high"))
    if step.against:
        other = steps[step.against]
        ratios = [(t / size) / (o / _size(other)) for t, o in zip(taken, times[other.key], strict=True)]
        row |= {"ratio": _short(statistics.median(ratios))}
        row |= {"ratio_low": _short(min(ratios)), "ratio_high": _short(max(ratios))}
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "date": date, "note": step.note}
    return row | machine


def _size(step: Step) -> int:
    return sum(map(len, step.texts))


def _short(ratio: float) -> float:
    """Three digits are more than a run repeats."""
    return float(f"{ratio:.3g}")


def _walls(texts: Sequence[str], folder: Path) -> Iterator[Step]:
    paths = [folder / f"{number:05}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    codebook = cl.Codebook.load()
    forms = sorted({fold(form) for form in [*codebook.table("forms")["form"], *codebook.terms]})
    scan = ahocorasick_rs.AhoCorasick(forms, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    folded = [fold(text) for text in texts]
    python = platform.python_version()
    yield _wall("read bytes", "Python", python, lambda: [path.read_bytes() for path in paths], texts)
    yield _wall("read and decode", "Python", python, lambda: [p.read_bytes().decode() for p in paths], texts)
    yield _wall(
        WALL,
        "ahocorasick-rs",
        metadata.version("ahocorasick-rs"),
        lambda: [scan.find_matches_as_indexes(text, overlapping=True) for text in folded],
        texts,
        note=f"{len(forms)} forms of the codebook, text folded beforehand",
    )


def _wall(
    step: str, system: str, version: str, run: Callable[[], object], texts: Sequence[str], note: str = ""
) -> Step:
    return Step("wall", step, system, version, run, texts, note=note)


def _ours(texts: Sequence[str], folder: Path) -> Iterator[Step]:
    codebook = cl.Codebook.load()
    found = [cl.parse(text, path=f"{number:05}.txt")[0] for number, text in enumerate(texts)]
    done = cl.Corpus(found).annotate(codebook)
    hits = [codebook.scan(one.text) for one in found]
    both = list(zip(found, done, hits, strict=True))
    listed = [mentions.annotate(one, codebook, scanned) for one, _, scanned in both]
    named = list(zip(both, listed, strict=True))
    works: dict[str, Callable[[], object]] = {
        "parse": lambda: [cl.parse(text) for text in texts],
        "scan for forms": lambda: [codebook.scan(text) for text in texts],
        "sentences": lambda: [sentences.annotate(one) for one in found],
        "mentions": lambda: [mentions.annotate(one, codebook, scanned) for one, _, scanned in both],
        "quotations and speakers": lambda: [
            speakers.annotate(one, codebook, page.sentences, known) for (one, page, _), known in named
        ],
        "dates": lambda: [dates.annotate(one, page.sentences) for one, page, _ in both],
        "themes": lambda: [
            themes.annotate(one, codebook, scanned, page.sentences, page.mentions) for one, page, scanned in both
        ],
        "misprints": lambda: [errata.annotate(one, codebook, page.sentences, page.mentions) for one, page, _ in both],
        "annotate, all layers": lambda: [annotators.annotate(one, codebook) for one in found],
        "frames": lambda: _frames(cl.AnnotatedCorpus(tuple(done), cl.Corpus(found))),
        "export to JSON lines": lambda: [jsonl.line(page) for page in done],
        "from files to frames": lambda: _frames(cl.read(folder).annotate(codebook)),
    }
    for step, run in works.items():
        yield Step("library", step, OURS, cl.__version__, run, texts, WALL)


def _frames(annotated: cl.AnnotatedCorpus) -> list[pd.DataFrame]:
    return [getattr(annotated, name) for name in frames.SCHEMA]


def _peers(texts: Sequence[str]) -> Iterator[Step]:
    bodies = [one.body.of(one.text) for text in texts for one in cl.parse(text)]
    makers = {"spacy": _spacy, "flashtext": _flashtext, "pysbd": _pysbd, "dateparser": _dateparser}
    for name, make in makers.items():
        try:
            module = importlib.import_module(name)
        except ImportError:
            print(f"{name} is not installed and left out", file=sys.stderr)
            continue
        version = metadata.version(name)
        for step, against, run, used, note in make(module, bodies):
            yield Step("peer", step, name, version, run, used, against, note)


Peer = tuple[str, str, Callable[[], object], Sequence[str], str]


def _forms() -> list[str]:
    codebook = cl.Codebook.load()
    return sorted({*codebook.table("forms")["form"], *codebook.terms})


def _spacy(spacy: Any, bodies: Sequence[str]) -> Iterator[Peer]:
    blank = spacy.blank("en")
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("FORMS", [blank.make_doc(form) for form in _forms()])
    splitter = spacy.blank("en")
    splitter.add_pipe("sentencizer")
    note = "blank English pipeline, {}"
    scan, split = "scan for forms", "sentences"
    matched, cut = note.format("PhraseMatcher on LOWER, tokens included"), note.format("sentencizer, tokens included")
    yield scan, scan, lambda: [matcher(blank.make_doc(body)) for body in bodies], bodies, matched
    yield split, split, lambda: [list(splitter(body).sents) for body in bodies], bodies, cut


def _flashtext(flashtext: Any, bodies: Sequence[str]) -> Iterator[Peer]:
    keywords = flashtext.KeywordProcessor()
    keywords.add_keywords_from_list(_forms())
    run = lambda: [keywords.extract_keywords(body, span_info=True) for body in bodies]  # noqa: E731
    yield "scan for forms", "scan for forms", run, bodies, "longest match only, same forms"


def _pysbd(pysbd: Any, bodies: Sequence[str]) -> Iterator[Peer]:
    segmenter, used = pysbd.Segmenter(language="en", clean=False), bodies[: SLOW_PAGES * 4]
    yield "sentences", "sentences", lambda: [segmenter.segment(body) for body in used], used, "English rules"


def _dateparser(dateparser: Any, bodies: Sequence[str]) -> Iterator[Peer]:
    search, used = importlib.import_module(f"{dateparser.__name__}.search").search_dates, bodies[:SLOW_PAGES]
    run = lambda: [search(body, languages=["en"]) for body in used]  # noqa: E731
    yield "dates", "dates", run, used, "search_dates, English only"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=PAGES, help=f"how many pages to generate ({PAGES})")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how often to run every step ({RUNS})")
    parser.add_argument("--check", action="store_true", help="print only, record nothing")
    parser.add_argument("--output", type=Path, default=BOARD, help="the table to write (data/benchmarks.csv)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
