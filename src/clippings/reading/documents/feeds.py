"""Saved feeds (RSS and Atom), each entry a clipping. Only the bytes at hand are parsed; nothing is fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from clippings import diagnostics
from clippings.model import Field, Span
from clippings.page.forms import Layout
from clippings.page.printed_dates import within
from clippings.page.taken import put_together
from clippings.reading import foreign, html
from clippings.reading.guards import guarded, package
from clippings.reading.saved import Saved, taken, with_fields, with_notes
from clippings.reading.source import refusal

KIND = "feed"
_LOST = ("unclosed", "no element found", "mismatched tag")
"""What a parser says of a feed that is cut or broken; for other faults feedparser reads all entries all the same."""


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    """Read the bytes of a feed; the outlet of an entry without one of its own is the title of the feed.

    Raises:
        SourceError: it holds no entry with words, or feedparser is missing.
    """
    feedparser = package("feedparser", file, KIND)
    with guarded(file, KIND):
        feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
        found = [_entry(entry, feed.feed.get("title", ""), file, layout) for entry in feed.entries]
        fault = str(feed.get("bozo_exception", ""))
    if not found and file.lower().endswith(".xml"):
        other = foreign.kind(data)
        reason = f"it is {other.name}; {other.remedy}" if other else "it is no feed of RSS or Atom"
        raise refusal("CLP139", file, reason=reason)
    if not found:
        raise refusal("CLP130", file, kind=KIND, reason="it has no entries of RSS or Atom")
    if any(words in fault for words in _LOST):
        what, done = f"the feed is damaged ({fault.strip('<>')})", f"{len(found):,} of its entries were read"
        found[0] = with_notes(found[0], [diagnostics.make("CLP136", file=file, what=what, done=done)])
    return [saved._replace(key=str(number)) for number, saved in enumerate(found, 1)]


def _entry(entry: Any, outlet: str, file: str, layout: Layout) -> Saved:
    parts = [(kind, words) for kind, words in _parts(entry, outlet, file) if words]
    text, laid = put_together("F4" if parts[:1] and parts[0][0] == "date" else "F2", parts)
    saved = taken(text.encode("utf-8", "replace"), text, "plain" if layout == "auto" else layout)
    if layout != "auto":
        return saved
    date = _date(entry, parts)
    return with_fields(saved._replace(laid=laid), {"date": date} if date else {})


def _date(entry: Any, parts: list[tuple[str, str]]) -> Field | None:
    """The day as the entry prints it, else as feedparser reads the same words (in UTC)."""
    printed = next((words for kind, words in parts if kind == "date"), "")
    found = within(printed)
    if found:
        return Field(found[0].isoformat(), found[1], "printed", "day")
    day = entry.get("published_parsed" if entry.get("published") else "updated_parsed")
    return Field(f"{day[0]:04}-{day[1]:02}-{day[2]:02}", Span(0, len(printed)), "printed", "day") if day else None


def _parts(entry: Any, outlet: str, file: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of an entry in the order of a page that begins with its date."""
    yield "date", " ".join((entry.get("published") or entry.get("updated") or "").split())
    yield "title", " ".join(html.seen(entry.get("title", ""), file).split())
    yield "publisher", " ".join((entry.get("source", {}).get("title") or outlet).split())
    yield "byline", " ".join(entry.get("author", "").split())
    contents = entry.get("content") or [{"value": entry.get("summary", "")}]
    for words in html.seen(contents[0].get("value", ""), file).split("\n\n"):
        yield "paragraph", words
    if entry.get("link"):
        yield "label", "Source:"
        yield "source_url", entry["link"].strip()
