"""The page of each clipping of the catalogue, as Markdown: facts and codes, never the text."""

from __future__ import annotations

import calendar
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

import pandas as pd

from clippings import Codebook, interchange
from clippings.comparing.anchors import Place
from clippings.interchange import Citation

ARCHIVE = "Belarus News and Analysis"
THEMES = {"alliances": "Alliances", "missile_defense": "Missile defense", "treaty_questions": "Treaty questions"}
CHAPTERS = {"alliances": "alliances", "missile_defense": "missile-defense", "treaty_questions": "treaties"}
TARGETS = {
    "closer_ru_by_alliance": "closer ties of Russia and Belarus",
    "us_missile_defense": "the US missile shield",
    "nato_enlargement": "enlargement of NATO",
    "arms_control_treaty": "an arms control treaty",
}
READ_IN_FULL = {"112007-14": "one-clipping"}
# The codebook lacks one that the catalogue mentions.
STATES = {**Codebook.load().names, "HK": "Hong Kong"}
IN_FULL, IN_PART = "in full", "in its first part only"
WHOLE = {"0": IN_FULL, "1": IN_PART, "whole": IN_FULL, "cut": IN_PART}
NONE = "–"
UNREAD = "not read"
UNNAMED = "unnamed"
LOCAL = "This page was built on your machine from your own copy of the text, and must not be published."
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!^@])")
_BREAKS = re.compile(r"\s+")
_ITEM = re.compile(r"\b(\d{6}-\d+)\b")

Tables = Mapping[str, pd.DataFrame]
Row = Mapping[str, str]


class OwnCopy(NamedTuple):
    """A reader's own copy of a page: its text as HTML, and the sentences behind stances that are on it."""

    html: str
    found: Mapping[str, Place]


def pages(tables: Tables, passages: Mapping[str, str], copies: Mapping[str, OwnCopy] | None = None) -> dict[str, str]:
    """Return the Markdown of every clipping's page, by id.

    Args:
        tables: the tables of the catalogue by name, all cells text and empty where a value is missing.
        passages: the addresses of sentences that may be shown, by their hash, relative to the pages.
        copies: of pages that a reader has, by id; their text is shown, and such a page must not be published.
    """
    listed: list[Row] = tables["clippings"].to_dict("records")  # type: ignore[assignment]
    cited = interchange.citations(tables["clippings"].replace("", None), archive=ARCHIVE)
    order = sorted(range(len(listed)), key=lambda at: (listed[at]["date"], listed[at]["id"]))
    place = {at: number for number, at in enumerate(order)}
    around = {at: [listed[order[n]] for n in (place[at] - 1, place[at] + 1) if 0 <= n < len(order)] for at in place}
    mine = {name: dict(iter(table.groupby("id"))) for name, table in tables.items()}
    return {
        row["id"]: page(
            row,
            cited[at],
            {name: _rows(parts.get(row["id"])) for name, parts in mine.items()},
            around[at],
            passages,
            (copies or {}).get(row["id"]),
        )
        for at, row in enumerate(listed)
    }


def page(
    row: Row,
    cited: Citation,
    own: Mapping[str, Sequence[Row]],
    around: Sequence[Row],
    passages: Mapping[str, str],
    copy: OwnCopy | None = None,
) -> str:
    """Return the Markdown of one page.

    Args:
        row: the clipping's row.
        cited: the same as a reference.
        own: the rows of each table that are about it.
        around: the clippings before and after it in time.
        passages: the addresses of sentences that may be shown, by their hash.
        copy: the reader's own, if there is one.
    """
    shown = {code: f"#s-{code}" for code in copy.found} if copy else {}
    parts = [
        "---\norphan: true\n---",
        f"# {name(row)}",
        _head(row, _one(own["blind_pages"])),
        _note(row),
        *_links(row),
        "## Themes",
        *_themes(row, own),
        "## Sources",
        *_sources(own),
        "## Stances",
        *_stances(own, {**shown, **passages}),
        *_mentioned(own),
        *_copied(copy),
        "## Cite this clipping",
        _formats(cited),
        "## Before and after",
        "\n".join(f"- [{name(one)}]({one['id']}.md), {day(one['date'])}" for one in around),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def name(row: Row) -> str:
    """Return the title as printed, or what stands for one that the page has lost."""
    return _plain(row["title"]) or f"Page {row['id']}, without a title"


def day(date: str) -> str:
    """Return a date in words, as far as it is known.

    >>> day("2007-11-02"), day("2007-11")
    ('2 November 2007', 'November 2007')
    """
    year, month, number = (*date.split("-"), "", "")[:3]
    return " ".join(
        word for word in (number.lstrip("0"), calendar.month_name[int(month)] if month else "", year) if word
    )


def _head(row: Row, blind: Row | None) -> str:
    words = [_plain(row[column]) for column in ("publisher", "byline", "dateline_place") if row[column]]
    printed = ", ".join([*words, day(row["date"])])
    read, again = WHOLE[row["truncated"]], WHOLE[blind["read"]] if blind else ""
    told = f"Read {read}." if again == read else f"The first coding read it {read}, the blind coding {again}."
    if not blind:
        told = f"Read {read}. The blind coding lacks this page, which could not be read again."
    return f"{printed}. Item [{row['id']}]{{.item-id}} of the [catalogue](../collection.ipynb). {told}"


def _note(row: Row) -> str:
    full = READ_IN_FULL.get(row["id"])
    if full:
        return f"This page is read in full, with its text and every mark: [](../{full}.ipynb)."
    return "The text belongs to its publisher and is not in this collection. This page has facts and codes."


def _links(row: Row) -> Iterator[str]:
    kept = row["url"]
    copies = f"https://web.archive.org/web/{row['date'].replace('-', '')}/{kept}"
    lines = [
        f"- The page in its archive: [{_plain(kept)}](<{kept}>)",
        f"- Copies of it: [web archive](<{copies}>)",
    ]
    if row["source_url"]:
        lines.append(
            f"- Where the archive took it from: [{_plain(row['source_url'])}](<{_address(row['source_url'])}>)"
        )
    yield "\n".join(lines)


def _themes(row: Row, own: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    codings = {"first": row, "second": _one(own["second_coding"]), "blind": _one(own["blind_pages"])}
    read = {label: one for label, one in codings.items() if one}
    rows = [
        [
            f"[{THEMES[theme]}](../{CHAPTERS[theme]}.ipynb)",
            *("yes" if one[theme] == "1" else "no" for one in read.values()),
        ]
        for theme in THEMES
    ]
    yield _table(["Theme", *(f"{label} coding" for label in read)], rows)
    differing = [THEMES[theme].lower() for theme in THEMES if len({one[theme] for one in read.values()}) > 1]
    if differing:
        yield f"The codings differ on {' and '.join(differing)}."
    if row["other_topic"]:
        yield f"Its topic in the first coding: {_plain(row['other_topic'])}."
    at_issue = codings["blind"] and codings["blind"]["treaty"]
    if at_issue == UNNAMED:
        yield "In the blind coding a treaty is at issue that the page does not name."
    elif at_issue:
        yield f"Treaty at issue in the blind coding: {_plain(at_issue.replace(';', '; '))}."


def _sources(own: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    columns = {
        "speaker": "Source",
        "role": "Role",
        "country": "Country",
        "direct_quotes": "Quoted",
        "reported_statements": "Reported",
    }
    read = {"first": "speakers"} | ({"blind": "blind_speakers"} if own["blind_pages"] else {})
    for label, table in read.items():
        if not own[table]:
            yield f"The {label} coding has no source that speaks."
            continue
        yield f"{label.capitalize()} coding:"
        told = [{**one, "country": STATES.get(one["country"], one["country"])} for one in own[table]]
        yield _table(list(columns.values()), [[_plain(one[c]) or NONE for c in columns] for one in told])


def _stances(own: Mapping[str, Sequence[Row]], passages: Mapping[str, str]) -> Iterator[str]:
    names = {one["speaker_no"]: one["speaker"] for one in own["blind_speakers"]}
    is_blind = bool(own["blind_pages"])
    if not own["stances"] and not own["blind_stances"]:
        yield f"{'Neither coding has a' if is_blind else 'The first coding has no'} stance on this page."
        return
    both = (
        [(one["speaker"], one) for one in own["stances"]],
        [(names[one["speaker_no"]], one) for one in own["blind_stances"]],
    )
    pairs: dict[tuple[str, str], tuple[str, tuple[list[Row], list[Row]]]] = {}
    for at, coding in enumerate(both):
        for speaker, one in coding:
            pairs.setdefault((speaker.casefold(), one["target"]), (speaker, ([], [])))[1][at].append(one)
    rows = [
        [_plain(speaker), TARGETS[target], _stance(first), _stance(blind, is_blind), _anchor(blind, passages)]
        for (_, target), (speaker, coded) in pairs.items()
        for first, blind in itertools.zip_longest(*coded)
    ]
    yield _table(["Source", "Toward", "First coding", "Blind coding", "Shown best in"], rows)
    if is_blind:
        yield "A dash means that the coding has no such stance."
    if own["blind_stances"]:
        yield "The code after a place begins the SHA-256 hash of that sentence, in lower case, with white space folded."


def _stance(one: Row | None, is_read: bool = True) -> str:
    return one["stance"] if one else NONE if is_read else UNREAD


def _anchor(one: Row | None, passages: Mapping[str, str]) -> str:
    if one is None:
        return NONE
    place = f"paragraph {one['paragraph']}, sentence {one['sentence']}"
    code = one["sentence_sha256"]
    linked = f'<a href="{passages[code]}">{place}</a>' if code in passages else place
    return f"{linked}: `{code}`"


def local_text(text: str, spans: Sequence[tuple[int, int]], found: Mapping[str, Place]) -> str:
    """Return the paragraphs of a reader's own copy as one line of HTML, the sentences behind stances marked.

    >>> local_text("He waits. She <left>.", [(0, 21)], {"ab": Place(10, 21, 1)})
    '<div class="own-copy"><p>He waits. <mark id="s-ab">She &lt;left&gt;.</mark></p></div>'
    """
    inside = "".join(f"<p>{_marked(text, *span, found)}</p>" for span in spans)
    return f'<div class="own-copy">{inside}</div>'


def _marked(text: str, first: int, last: int, found: Mapping[str, Place]) -> str:
    here = {code: place for code, place in found.items() if first <= place.start and place.end <= last}
    edges = sorted({first, last, *(edge for place in here.values() for edge in (place.start, place.end))})
    parts = []
    for start, end in itertools.pairwise(edges):
        words = escape(" ".join(text[start:end].split("\n")), quote=False)
        names = [code for code, place in here.items() if place.start == start]
        more = "".join(f'<span id="s-{code}"></span>' for code in names[1:])
        is_in = any(place.start <= start < place.end for place in here.values())
        named = f' id="s-{names[0]}"' if names else ""
        parts.append(f"{more}<mark{named}>{words}</mark>" if is_in else words)
    return "".join(parts)


def _copied(copy: OwnCopy | None) -> Iterator[str]:
    if copy:
        yield "## The text, from your own copy"
        yield f"**{LOCAL}** The sentences behind stances are marked."
        yield copy.html


def _mentioned(own: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    if own["mentions"]:
        yield "## Mentions"
        kinds = dict.fromkeys(one["kind"] for one in own["mentions"])
        named = {kind: [_thing(one) for one in own["mentions"] if one["kind"] == kind] for kind in kinds}
        yield "\n".join(f"- {kind}: {', '.join(values)}" for kind, values in named.items())
    if own["event_dates"]:
        yield "## Dates in the text"
        told = [[_plain(one[c]) or NONE for c in ("date", "expression", "what")] for one in own["event_dates"]]
        rows = [[date, printed, _ITEM.sub(r"[\1](\1.md)", what)] for date, printed, what in told]
        yield _table(["Date", "As printed", "What"], rows)


def _thing(one: Row) -> str:
    return _plain(STATES.get(one["value"], one["value"]) if one["kind"] == "country" else one["value"])


def _formats(cited: Citation) -> str:
    item = json.dumps(interchange.csl([cited]), ensure_ascii=False, indent=2)
    texts = {
        "BibTeX": ("bibtex", interchange.bibtex([cited])),
        "RIS": ("text", interchange.ris([cited]).replace("\r\n", "\n")),
        "CSL-JSON": ("json", item),
    }
    tabs = [f":::{{tab-item}} {label}\n```{kind}\n{text.strip()}\n```\n:::" for label, (kind, text) in texts.items()]
    return "::::{tab-set}\n" + "\n".join(tabs) + "\n::::"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _rows(table: pd.DataFrame | None) -> list[Row]:
    return [] if table is None else table.to_dict("records")  # type: ignore[return-value]


def _one(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None


def _plain(text: str) -> str:
    """A cell as one line in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", _BREAKS.sub(" ", text).strip())


def _address(url: str) -> str:
    """An address that ends nothing in Markdown."""
    return url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
