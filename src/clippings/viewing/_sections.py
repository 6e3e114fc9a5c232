"""The parts of a report: what was read, when, who is quoted on what, who is named, and what was odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from clippings.display.charts import bar, bars, columns, table
from clippings.display.escaping import label
from clippings.evidence import Mention
from clippings.model import Annotated
from clippings.sources import counted
from clippings.viewing._pages import Sheet, clipping_of, records

MOST_MONTHS = 120
"""The months that a timeline shows as such; a longer one shows years."""
_MOST_ROWS, _MOST_FILES = 40, 500
_UNREAD = ("failed", "not read")
_TOLD = ("file", "code", "message", "hint")
_DOUBLED = ("CLP301", "CLP302", "CLP303")


class Section(NamedTuple):
    """A part of a document: its id, its heading, what a link calls it, and its escaped HTML."""

    name: str
    title: str
    short: str
    parts: Iterable[str]


@dataclass
class Counts:
    """What was counted over all pages."""

    clippings: int = 0
    months: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    quoted_on: Counter[tuple[str, str]] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    pages_of: Counter[str] = field(default_factory=Counter)
    forms: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, sheet: Sheet) -> None:
        """Count a page."""
        for one in sheet.items:
            self.clippings += 1
            self.months[(clipping_of(one).date or "")[:7]] += 1
            if isinstance(one, Annotated):
                self._names(one)
        for row in sheet.rows:
            self.speakers[row.speaker] += 1
            self.quoted_on.update((row.speaker, theme) for theme in row.themes or ("no theme",))
        self.pages_of.update({row.speaker for row in sheet.rows})

    def _names(self, one: Annotated) -> None:
        for record in records(one, ("mentions",)):
            if isinstance(record, Mention):
                self.names[record.id] += 1
                self.forms.setdefault(record.id, Counter())[record.form or record.id] += 1


def read(found: Any, clippings: int) -> Iterator[str]:
    """Yield the account of the files: how many became what, and why some gave nothing."""
    sources, told = found.sources, found.diagnostics
    yield f"<p>{label(found.summary)}</p>"
    total = int(sources["clippings"].sum())
    if total != clippings:
        yield f"<p>This report is on {clippings:,} of these {total:,} clippings.</p>"
    kinds = sources.groupby(["state", "kind"], sort=True).agg(files=("kind", "size"), clippings=("clippings", "sum"))
    cells = (
        [label(state), label(kind), f"{files:,}", f"{held:,}"]
        for state, kind, files, held in kinds.reset_index().itertuples(index=False)
    )
    yield table("Files by what became of them", ["state", "kind", "files", "clippings"], cells)
    reasons = told.drop_duplicates(["file", "code"])[list(_TOLD)]
    for state in _UNREAD:
        some = sources[sources["state"] == state][["file", "code"]].merge(reasons, on=["file", "code"], how="left")
        if len(some):
            yield _listed(f"{counted(len(some), 'file')} {state}", some, _TOLD)
    doubled = told[told["code"].isin(_DOUBLED)]
    yield _listed(f"{counted(len(doubled), 'page')} there twice, or sharing an id", doubled, _TOLD)


def timeline(counts: Counts) -> Iterator[str]:
    """Yield the clippings by month, by year where these are too many, and how many have no date."""
    dated = Counter({month: number for month, number in counts.months.items() if month})
    undated = counts.months[""]
    if not dated:
        yield "<p>No clipping has a date.</p>"
        return
    months = list(_months(min(dated), max(dated)))
    if len(months) > MOST_MONTHS:
        years: Counter[str] = Counter()
        for month, number in dated.items():
            years[month[:4]] += number
        first, last = int(min(years)), int(max(years))
        rows = [(f"{year:04}", years[f"{year:04}"]) for year in range(first, last + 1)]
        yield columns("Clippings by year", ("year", "clippings"), rows)
    else:
        yield columns("Clippings by month", ("month", "clippings"), [(month, dated[month]) for month in months])
    if undated:
        yield f"<p>{undated:,} of {counts.clippings:,} clippings have no date and are not in the figure.</p>"


def speakers(counts: Counts) -> Iterator[str]:
    """Yield who is quoted most, and in how many pages."""
    ranked = _ranked(counts.speakers)
    rows = [((name, number), [f"{counts.pages_of[name]:,}"]) for name, number in ranked[:_MOST_ROWS]]
    yield bars("Speakers by number of quotations", ("speaker", "quotations"), rows, "pages")
    yield _rest(len(ranked), "speakers")


def themes(counts: Counts) -> Iterator[str]:
    """Yield how often each speaker is quoted in sentences of each theme."""
    heads = sorted({theme for _, theme in counts.quoted_on}, key=lambda theme: (theme == "no theme", theme))
    most = max(counts.quoted_on.values(), default=1)
    ranked = _ranked(counts.speakers)
    rows = (
        [label(name), *(_cell(counts.quoted_on[name, theme], most) for theme in heads)]
        for name, _ in ranked[:_MOST_ROWS]
    )
    yield table("Quotations by speaker and theme", ["speaker", *(head.replace("_", " ") for head in heads)], rows)
    yield _rest(len(ranked), "speakers")
    yield "<p>A quotation is on the themes of the sentences that it touches; on two themes it counts twice.</p>"


def names(counts: Counts) -> Iterator[str]:
    """Yield who and what is named most; names inside longer ones are not counted."""
    ranked = _ranked(counts.names)
    rows = [((name, number), [counts.forms[name].most_common(1)[0][0]]) for name, number in ranked[:_MOST_ROWS]]
    yield bars("Names by number of mentions", ("id", "mentions"), rows, "most often as")
    yield _rest(len(ranked), "ids")


def diagnostics(found: Any) -> Iterator[str]:
    """Yield how often each diagnostic was given, and each of them."""
    told = found.diagnostics
    if told.empty:
        yield "<p>Nothing odd was noted.</p>"
        return
    codes = told.groupby(["code", "severity"], sort=True).agg(number=("code", "size"), first=("message", "first"))
    cells = (
        [label(code), label(severity), f"{number:,}", label(first)]
        for code, severity, number, first in codes.reset_index().itertuples(index=False)
    )
    yield table("Diagnostics by code", ["code", "severity", "number", "such as"], cells)
    yield _listed(f"{counted(len(told), 'diagnostic')}, one by one", told, ("file", "line", *_TOLD[1:]))


def _listed(title: str, rows: Any, heads: Sequence[str]) -> str:
    if rows.empty:
        return f"<p>{label(title)}.</p>"
    cells = (
        [label(str(cell)) for cell in row] for row in rows[list(heads)].head(_MOST_FILES).fillna("").values.tolist()
    )
    more = len(rows) - _MOST_FILES
    rest = f"<p>{more:,} more are not shown; corpus.diagnostics and corpus.sources have all.</p>" if more > 0 else ""
    return f"<details><summary>{label(title)}</summary>{table(title, heads, cells)}{rest}</details>"


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    end = int(last[:4]), int(last[5:7])
    while (year, month) <= end:
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _cell(number: int, most: int) -> str:
    return f"{number:,}{bar(number / most)}" if number else "–"


def _rest(number: int, noun: str) -> str:
    return f"<p>{number - _MOST_ROWS:,} more {noun} are not shown.</p>" if number > _MOST_ROWS else ""


def drawn(one: Section) -> str:
    """Return a part of a document with its heading, to which a link can lead."""
    head = f"<h2 id='{one.name}-h'>{label(one.title)}</h2>"
    return f"<section id='{one.name}' aria-labelledby='{one.name}-h'>{head}{''.join(one.parts)}</section>"
