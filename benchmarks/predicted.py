"""Predictions on an annotated corpus as rows to store, and what became right or wrong since they were stored.

A row has none of the corpus's words: it holds the id of an article, the places of the passage, of the words that name
its source and of the speaker resolved from them, and the rule. Places are code points over the text of the article. The
speaker's is where the name first stands in the article, empty where it does not stand there as it was resolved.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from clippings.evidence import Quote
from clippings.model import Annotated

KINDS = ("speech", "mixed", "reported")
Place = tuple[int, int]
Key = tuple[str, Place]


class Prediction(NamedTuple):
    """A passage of an article with its source and resolved speaker, each None where there is none."""

    article: str
    place: Place
    kind: str
    rule: str
    source: Place | None
    speaker: Place | None


class Verdict(NamedTuple):
    """The rule that found a passage of the gold, None where none did, and whether it is right."""

    rule: str | None
    is_right: bool


class Judged(NamedTuple):
    """What became of the passages of the gold, and the rules of those found that the gold lacks; by place."""

    gold: dict[Key, Verdict]
    spurious: dict[Key, str]


ByArticle = Mapping[str, list[Prediction]]
_MISSED = Verdict(None, False)
_HEAD = ("article", "start", "end", "kind", "rule", "source_start", "source_end", "speaker_start", "speaker_end")


def of_pages(names: Iterable[str], pages: Iterable[Annotated]) -> list[Prediction]:
    """Return the predictions on articles, sorted by article and place."""
    both = zip(names, pages, strict=True)
    found = [_of_quote(name, page.clipping.text, quote) for name, page in both for quote in page.quotes]
    return sorted((row for row in found if row.kind in KINDS), key=lambda row: (row.article, row.place))


def _of_quote(name: str, text: str, quote: Quote) -> Prediction:
    source = (quote.source.start, quote.source.end) if quote.source else None
    return Prediction(name, (quote.start, quote.end), quote.kind, quote.rule, source, first_place(text, quote.speaker))


def first_place(text: str, name: str | None) -> Place | None:
    r"""Return where a name first stands in a text, as words of their own.

    >>> first_place("Annual talks:\nAnn\nLee spoke, Ann Lee said.", "Ann Lee")
    (14, 21)
    """
    if not name:
        return None
    words = r"\s+".join(map(re.escape, name.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", text)
    return found.span() if found else None


def by_article(rows: Iterable[Prediction]) -> defaultdict[str, list[Prediction]]:
    """Return predictions by article; an article without any has an empty list."""
    found: defaultdict[str, list[Prediction]] = defaultdict(list)
    for row in rows:
        found[row.article].append(row)
    return found


def write(rows: Iterable[Prediction], path: Path) -> None:
    """Store predictions as CSV."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEAD)
        for row in rows:
            places = (*(row.source or ("", "")), *(row.speaker or ("", "")))
            writer.writerow((row.article, *row.place, row.kind, row.rule, *places))


def read(path: Path) -> list[Prediction]:
    """Read predictions that ``write`` stored."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_of_row(row) for row in csv.DictReader(file)]


def _of_row(row: Mapping[str, str]) -> Prediction:
    place = int(row["start"]), int(row["end"])
    return Prediction(row["article"], place, row["kind"], row["rule"], _place(row, "source"), _place(row, "speaker"))


def _place(row: Mapping[str, str], name: str) -> Place | None:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    return (int(start), int(end)) if start else None


def won_and_lost(before: Judged, now: Judged) -> Iterator[str]:
    r"""Yield how many passages of the gold became right and wrong, by rule, and which; then those the gold lacks.

    >>> right, wrong = Verdict("inverted cue", True), Verdict("cue before", False)
    >>> before = Judged({("a", (0, 9)): wrong, ("a", (12, 20)): right}, {})
    >>> print(*won_and_lost(before, Judged({("a", (0, 9)): right}, {("b", (3, 8)): "signed"})), sep="\n")
    1 won, 1 lost
      won       1  cue before -> inverted cue
      lost      1  inverted cue -> not found
      won   a 0-9: cue before -> inverted cue
      lost  a 12-20: inverted cue -> not found
    1 more that the gold lacks, 0 fewer
      more      1  signed
    """
    changed = {key: pair for key, pair in _pairs(before, now) if pair[0].is_right != pair[1].is_right}
    rules = {key: " -> ".join(verdict.rule or "not found" for verdict in pair) for key, pair in changed.items()}
    won = {key: rules[key] for key, (_, new) in changed.items() if new.is_right}
    lost = {key: rules[key] for key in rules if key not in won}
    yield f"{len(won)} won, {len(lost)} lost"
    yield from _by_rule("won", won.values())
    yield from _by_rule("lost", lost.values())
    yield from (f"  won   {_shown(key)}: {rule}" for key, rule in won.items())
    yield from (f"  lost  {_shown(key)}: {rule}" for key, rule in lost.items())
    more = [rule for key, rule in now.spurious.items() if key not in before.spurious]
    fewer = [rule for key, rule in before.spurious.items() if key not in now.spurious]
    yield f"{len(more)} more that the gold lacks, {len(fewer)} fewer"
    yield from _by_rule("more", more)
    yield from _by_rule("fewer", fewer)


def resolved_otherwise(before: Iterable[Prediction], now: Iterable[Prediction]) -> Iterator[str]:
    """Yield how many passages have another speaker, by rule; the gold does not say who that is."""
    speakers = {(row.article, row.place, row.kind): row.speaker for row in before}
    keyed = {(row.article, row.place, row.kind): row for row in now}
    rules = [row.rule for key, row in keyed.items() if key in speakers and speakers[key] != row.speaker]
    yield f"{len(rules)} passages with another resolved speaker, not judged"
    yield from _by_rule("other", rules)


def _pairs(before: Judged, now: Judged) -> Iterator[tuple[Key, tuple[Verdict, Verdict]]]:
    for key in sorted({**before.gold, **now.gold}):
        yield key, (before.gold.get(key, _MISSED), now.gold.get(key, _MISSED))


def _shown(key: Key) -> str:
    article, (start, end) = key
    return f"{article} {start}-{end}"


def _by_rule(side: str, rules: Iterable[str]) -> Iterator[str]:
    ranked = sorted(Counter(rules).items(), key=lambda one: (-one[1], one[0]))
    return (f"  {side:<5} {count:>5}  {rule}" for rule, count in ranked)
