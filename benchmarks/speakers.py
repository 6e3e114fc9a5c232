"""Score who speaks on 40 articles of PolNeAR dev, and on cases from a folder of one's own; record it on the scoreboard.

The gold says of each quotation who a reader of the article finds to speak. It is stored in benchmarks/speakers, without
a word of the corpus: places of quotations and names, and kinds; README.md there has the rules of its coding. Half of
the articles are kept apart: no rule was made or mended on them. The pages of the repository are scored by scores.py.

Usage: speakers.py FOLDER [--cases FOLDER] [--misses] [--dry]
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from polnear import lines, matches, trim
from scoreboard import BOARD, dated, record
from speaker_verdicts import APART, NONE, RIGHT, WRONG, rates, verdict

import clippings as cl
from clippings.evidence import Quote
from clippings.model import Annotated

GOLD = Path(__file__).parent / "speakers" / "polnear-dev.csv"
MISSES = GOLD.with_name("misses-by-rule.csv")
TUNED, KEPT = "PolNeAR dev, 20 articles read", "PolNeAR dev, 20 articles kept apart"
HALVES = {"tuned": TUNED, "kept": KEPT}
CASES = "cases found in use, not shipped"
NOTES = {
    TUNED: "gold by one reader; wrong speakers of this half were mended",
    KEPT: "gold by one reader; nothing was mended on this half",
    CASES: "each kind was mended on sentences of its own; a case may allow None",
}
_SPOKEN = frozenset({"speech", "mixed"})
Place = tuple[int, int]


class Truth(NamedTuple):
    """A quotation of the gold: where it stands, what speaks, and the fullest name the article gives it."""

    article: str
    half: str
    place: Place
    kind: str
    name: Place | None


class Judged(NamedTuple):
    """A quotation of the gold, the one found there (None where none is), and what became of its speaker."""

    truth: Truth
    quote: Quote | None
    verdict: str


def main() -> int:
    """Score, print and record."""
    options = _options()
    gold = read()
    named = {truth.article for truth in gold}
    articles = {row["id"]: row["text"] for row in lines(options.folder / "quoted_dev.jsonl") if row["id"] in named}
    pages = dict(zip(articles, annotated(articles.values()), strict=True))
    judged = list(judge(gold, pages))
    found = {data: [one.verdict for one in judged if one.truth.half == half] for half, data in HALVES.items()}
    if options.cases:
        found[CASES] = list(of_cases(options.cases))
    table = board(found)
    print(table[["data", "measure", "value", "n"]].to_string(index=False))
    for data, verdicts in found.items():
        print(f"{data}: {dict(Counter(verdicts).most_common())}")
    if options.misses:
        print(*misses(judged, pages), sep="\n")
    if not options.dry:
        grouped(judged).to_csv(MISSES, index=False, lineterminator="\n")
        record(pd.read_csv(BOARD, keep_default_na=False), table, BOARD)
    return 0


def read(path: Path = GOLD) -> list[Truth]:
    """Return the gold, in the order of its articles and places."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_truth(row) for row in csv.DictReader(file)]


def _truth(row: Mapping[str, str]) -> Truth:
    name = (int(row["name_start"]), int(row["name_end"])) if row["name_start"] else None
    return Truth(row["article"], row["half"], (int(row["start"]), int(row["end"])), row["kind"], name)


def annotated(texts: Iterable[str]) -> Iterable[Annotated]:
    """Return the pages of plain texts, annotated."""
    return cl.Corpus([cl.parse(text, layout="plain")[0] for text in texts]).annotate()


def judge(gold: Iterable[Truth], pages: Mapping[str, Annotated]) -> Iterator[Judged]:
    """Yield what became of the speaker of each quotation of the gold, on the pages by the id of their article."""
    by_article: dict[str, list[Truth]] = {}
    for truth in gold:
        by_article.setdefault(truth.article, []).append(truth)
    for article, truths in by_article.items():
        text = pages[article].clipping.text
        found = {
            trim(text, (quote.start, quote.end)): quote for quote in pages[article].quotes if quote.kind in _SPOKEN
        }
        wanted = {trim(text, truth.place): truth for truth in truths}
        paired = dict(matches(list(wanted), list(found)))
        for place, truth in wanted.items():
            quote = found[paired[place]] if place in paired else None
            name = text[slice(*truth.name)] if truth.name else None
            speaker = quote.speaker if quote else None
            yield Judged(truth, quote, verdict(truth.kind, name, speaker, is_role=is_role(quote)))


def is_role(quote: Quote | None) -> bool:
    """Tell whether the speaker of a quotation is a role as printed; one that opens a sentence has a capital."""
    return bool(quote and quote.speaker and quote.resolved_by == "role" and " " not in quote.speaker)


def board(found: Mapping[str, list[str]]) -> pd.DataFrame:
    """Return the rows of the scoreboard, by the data that verdicts are of."""
    return dated(
        {"task": "speakers", "data": data, "measure": measure, "value": value, "n": n, "note": NOTES[data]}
        for data, verdicts in found.items()
        for measure, (value, n) in rates(verdicts).items()
    )


def grouped(judged: Iterable[Judged]) -> pd.DataFrame:
    """Return how many speakers are wrong or missing, by half, what speaks, and how the speaker was found."""
    keys = (
        (one.truth.half, one.verdict, one.truth.kind, *_how(one.quote))
        for one in judged
        if one.verdict in (WRONG, NONE)
    )
    rows = [(*key, count) for key, count in sorted(Counter(keys).items())]
    return pd.DataFrame(rows, columns=["half", "verdict", "kind", "rule", "resolved_by", "count"])


def _how(quote: Quote | None) -> tuple[str, str]:
    return (quote.rule, quote.resolved_by or "") if quote else ("no quotation found", "")


def misses(judged: Iterable[Judged], pages: Mapping[str, Annotated]) -> Iterator[str]:
    """Yield each quotation of the half that may be read whose speaker is wrong or missing."""
    for truth, quote, found in judged:
        if truth.half == "tuned" and found in (WRONG, NONE):
            text = pages[truth.article].clipping.text
            name = text[slice(*truth.name)] if truth.name else truth.kind
            why = quote.why(text) if quote else "no quotation is found there"
            yield f"{found:<6}{truth.article} {truth.place[0]}-{truth.place[1]}: {name}; {why}"


def of_cases(folder: Path) -> Iterator[str]:
    """Yield the verdict on each quotation whose speaker a case checks; a case that allows None wants no name."""
    cases = json.loads((folder / "cases.json").read_text("utf-8"))
    for case in (case for case in cases if "file" in case):
        checks = [check for check in _flat(case["checks"]) if "speaker" in check.get("expect", {})]
        if not checks:
            continue
        text = (folder / case["file"]).read_bytes().decode("utf-8")
        pages = list(cl.Corpus(cl.parse(text, path=case.get("path", ""))).annotate())
        quotes = [(page.clipping.text, quote) for page in pages for quote in page.quotes]
        for check in checks:
            yield from (_of_check(check, quote) for text, quote in quotes if _is_asked(check, text, quote))


def _flat(checks: Iterable[dict]) -> Iterator[dict]:
    for check in checks:
        yield from _flat(check["any"]) if "any" in check else (check,)


def _is_asked(check: Mapping, text: str, quote: Quote) -> bool:
    where = check.get("where", {})
    values = {"text": quote.of(text)}
    return all(words in str(values.get(name, getattr(quote, name, "") or "")) for name, words in where.items())


def _of_check(check: Mapping, quote: Quote) -> str:
    allowed = check["expect"]["speaker"]
    if quote.speaker is None:
        return APART if None in allowed else NONE
    return RIGHT if quote.speaker in allowed else WRONG


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with quoted_dev.jsonl")
    parser.add_argument("--cases", type=Path, help="folder with cases.json")
    parser.add_argument("--misses", action="store_true", help="print the misses of the half that may be read")
    parser.add_argument("--dry", action="store_true", help="print the scores, record none")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
