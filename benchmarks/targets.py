"""What the library is meant to reach, as ratios within one run."""

from __future__ import annotations

import cold
import ours
import parquet
import processes
from growth import FORMS
from steps import OURS, Step, Target

LEAST, MOST = "at least", "at most"
ALL, SCAN, SPEECH = (f"{OURS}: {step}" for step in (ours.ALL, ours.SCAN, ours.SPEECH))
BARE, IMPORTED = f"Python: {processes.BARE}", (f"{OURS}: {processes.LIBRARY}", f"pandas: {processes.PANDAS}")
FIRST, FIRST_MATCHER = f"{OURS}: {cold.ALL}", f"spacy: {cold.MATCHER}"
MATCHER, QUOTED, SEARCHED = "spacy: PhraseMatcher", "textacy: direct quotations", "dateparser: search_dates"


def targets(clippings: tuple[int, int], files: int) -> list[Target]:
    """Return the targets; the series over clippings went from the first number to the second."""
    scans = [Step("growth", ours.SCAN, size=size, of="forms").label for size in (FORMS[0], FORMS[-1])]
    walks = [Step("growth", ours.WALK, size=size, of="clippings").label for size in clippings]
    parquets = [Step("workers", parquet.TO_PARQUET, size=1, of="workers").label, f"spacy: {parquet.TO_PARQUET}"]
    clocks = [Step("workers", parquet.CLOCK, size=size, of="workers").label for size in (1, 2)]
    streams = [Step("memory", parquet.STREAMED, size=size, of="clippings").label for size in (files // 4, files)]
    return [
        Target("PhraseMatcher with its tokenizer, over all of annotate", MATCHER, ALL, LEAST, 1.5),
        Target("PhraseMatcher over all of annotate, both at a first reading", FIRST_MATCHER, FIRST, LEAST, 1.5),
        Target("textacy with a trained model, over all of annotate", QUOTED, ALL, LEAST, 500),
        Target("all of annotate, over a bare scan", ALL, ours.BARE, MOST, 10),
        Target("exact matching of all forms, over a bare scan", SCAN, ours.BARE, MOST, 2),
        Target("search_dates of dateparser, over dates", SEARCHED, f"{OURS}: {ours.DATES}", LEAST, 150),
        Target("textacy with a trained model, over sentences, quotations and speakers", QUOTED, SPEECH, LEAST, 200),
        Target("PhraseMatcher with its tokenizer, over sentences, quotations and speakers", MATCHER, SPEECH, LEAST, 1),
        Target("files to Parquet, over the rules of spaCy", *parquets, MOST, 0.3),
        Target("rate of parsing", f"{OURS}: {ours.PARSE}", "", LEAST, 40, "MB/s"),
        Target("parsing, over reading and decoding", f"{OURS}: {ours.PARSE}", ours.DECODED, MOST, 3),
        Target(f"scanning for {FORMS[-1]:,} forms, over {FORMS[0]:,}", scans[1], scans[0], MOST, 1.5),
        Target(f"cost of a clipping among {clippings[1]:,}, over {clippings[0]:,}", walks[1], walks[0], MOST, 1.1),
        Target("memory of a streamed run beyond pandas and pyarrow", streams[1], "", MOST, 200, "MB"),
        Target("memory of a streamed run, over that of a quarter of the files", streams[1], streams[0], MOST, 1.1),
        Target("one process, over two", *clocks, LEAST, 1.6),
        Target("import of clippings, over that of pandas", *IMPORTED, MOST, 0.5),
        Target("clippings --version, over python -c pass", f"{OURS}: clippings --version", BARE, MOST, 3),
    ]
