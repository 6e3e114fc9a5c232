"""What differs between two annotated results, row by row."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from clippings.comparing.pages import Page, Row

Change: TypeAlias = Literal["gained", "lost", "changed"]
Key: TypeAlias = tuple[str, int]

FIELDS, VALUE = "fields", "value"
# What made a row: the rule or, of a mention, the form of the gazetteer.
_MADE_BY = {FIELDS: "name", "mentions": "form"}
# What names a row beside its place.
_NAMED_BY = {FIELDS: "name", "themes": "theme"}


class Difference(msgspec.Struct, frozen=True):
    """A row that one of two results lacks, or that differs between them.

    ``start`` and ``end`` are None for a field, ``name`` is that of a field or theme. ``text`` are the words of the row
    where the results record them and agree on them. ``old`` and ``new`` hold the columns that differ; of a row that
    one result lacks the one is None and the other the whole row. ``old_rule`` and ``new_rule`` are what made the row.
    """

    change: Change
    layer: str
    id: str
    item: int
    start: int | None
    end: int | None
    name: str | None
    old_rule: str | None
    new_rule: str | None
    text: str | None
    old: Row | None
    new: Row | None


class _Place(NamedTuple):
    start: int
    end: int
    name: str


class Comparison:
    """The differences between two results, in one walk over both; what was compared is known once it is over.

    Pages of the same id and item are paired in the order in which they stand. Memory holds the pages that wait for
    their partner: few where both results are sorted alike.

    Attributes:
        counts: differences by layer, old rule, new rule and change.
        pages: how many pages are in ``both``, in ``old`` alone and in ``new`` alone.
        forms: the forms of the pages, and their codebooks, of the old result and of the new one.
        unshared: the columns, fields and layers that one of the results does not record and that are not compared.
    """

    def __init__(self, old: Iterable[Page], new: Iterable[Page]) -> None:
        self._sides = old, new
        self.counts: Counter[tuple[str, str | None, str | None, Change]] = Counter()
        self.pages: Counter[str] = Counter()
        self.forms: tuple[set[str], set[str]] = (set(), set())
        self.codebooks: tuple[set[str], set[str]] = (set(), set())
        self.unshared: set[tuple[str, str]] = set()

    def __iter__(self) -> Iterator[Difference]:
        """Walk over both results and yield what differs."""
        for old, new in _paired(*self._sides):
            self._note(old, new)
            for found in self._page(old, new):
                self.counts[found.layer, found.old_rule, found.new_rule, found.change] += 1
                yield found

    def _note(self, old: Page | None, new: Page | None) -> None:
        self.pages["both" if old and new else "old" if old else "new"] += 1
        for side, page in enumerate((old, new)):
            if page:
                self.forms[side].add(page.form)
                self.codebooks[side].add(_codebook(page))

    def _page(self, old: Page | None, new: Page | None) -> Iterator[Difference]:
        page = old or new
        assert page is not None
        key = page.id, page.item
        olds, news = self._layers(old, new)
        for layer in dict.fromkeys([*olds, *news]):
            if olds.get(layer) == news.get(layer):
                continue
            for place, pair in _rows(layer, olds.get(layer, []), news.get(layer, [])):
                if found := self._row(key, layer, place, *pair):
                    yield found

    def _layers(self, old: Page | None, new: Page | None) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
        """The rows of both pages in the layers that both record, all of them where there is one page only."""
        sides = [{} if page is None else {FIELDS: _fields(page.fields), **page.layers} for page in (old, new)]
        if old is None or new is None:
            return sides[0], sides[1]
        lone_fields = old.fields.keys() ^ new.fields.keys()
        lone = old.layers.keys() ^ new.layers.keys()
        self.unshared.update((FIELDS, name) for name in lone_fields)
        self.unshared.update((layer, "all") for layer in lone)
        for side in sides:
            side[FIELDS] = [row for row in side[FIELDS] if row["name"] not in lone_fields]
        shared = [{layer: rows for layer, rows in side.items() if layer not in lone} for side in sides]
        return shared[0], shared[1]

    def _row(self, key: Key, layer: str, place: _Place, old: Row | None, new: Row | None) -> Difference | None:
        if old is None or new is None:
            return _difference(key, layer, place, old, new, _columns(layer, old), _columns(layer, new))
        lone = (old.keys() ^ new.keys()) - {"text"}
        self.unshared.update((layer, column) for column in lone)
        columns = [column for column in old if column in new and old[column] != new[column]]
        if not columns:
            return None
        changed = [{column: row[column] for column in columns} for row in (old, new)]
        return _difference(key, layer, place, old, new, *changed)


def _paired(old: Iterable[Page], new: Iterable[Page]) -> Iterator[tuple[Page | None, Page | None]]:
    """Pair the pages of two results by key; a page without a partner comes last."""
    waiting: tuple[dict[Key, deque[Page]], dict[Key, deque[Page]]] = ({}, {})
    for both in zip_longest(old, new):
        for side, page in enumerate(both):
            if page is None:
                continue
            key = page.id, page.item
            partner = _taken(waiting[1 - side], key)
            if partner is None:
                waiting[side].setdefault(key, deque()).append(page)
            else:
                yield (page, partner) if side == 0 else (partner, page)
    yield from ((page, None) for pages in waiting[0].values() for page in pages)
    yield from ((None, page) for pages in waiting[1].values() for page in pages)


def _taken(waiting: dict[Key, deque[Page]], key: Key) -> Page | None:
    pages = waiting.get(key)
    if pages is None:
        return None
    page = pages.popleft()
    if not pages:
        del waiting[key]
    return page


def _rows(layer: str, olds: list[Row], news: list[Row]) -> Iterator[tuple[_Place, tuple[Row | None, Row | None]]]:
    """Pair the rows of a layer by place and name, in order."""
    places: dict[_Place, tuple[list[Row], list[Row]]] = {}
    for side, rows in enumerate((olds, news)):
        for row in rows:
            places.setdefault(_place(layer, row), ([], []))[side].append(row)
    for place in sorted(places):
        yield from ((place, pair) for pair in _matched(*places[place]))


def _matched(olds: list[Row], news: list[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Pair rows of one place; where there are several, those that are equal first."""
    if len(olds) <= 1 and len(news) <= 1:
        yield from zip_longest(olds, news)
        return
    shared = sorted({column for row in olds for column in row} & {column for row in news for column in row})
    kept = _by_content(olds, shared), _by_content(news, shared)
    for content in kept[0].keys() & kept[1].keys():
        for _ in range(min(len(kept[0][content]), len(kept[1][content]))):
            yield kept[0][content].pop(), kept[1][content].pop()
    left = [[row for content in sorted(side) for row in side[content]] for side in kept]
    yield from zip_longest(*left)


def _by_content(rows: list[Row], columns: list[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(repr([row.get(column) for column in columns]), []).append(row)
    return found


def _place(layer: str, row: Row) -> _Place:
    return _Place(row.get("start", -1), row.get("end", -1), str(row.get(_NAMED_BY.get(layer, ""), "")))


def _difference(
    key: Key, layer: str, place: _Place, old: Row | None, new: Row | None, was: Row | None, is_now: Row | None
) -> Difference:
    is_placed = layer != FIELDS
    return Difference(
        change="gained" if old is None else "lost" if new is None else "changed",
        layer=layer,
        id=key[0],
        item=key[1],
        start=place.start if is_placed else None,
        end=place.end if is_placed else None,
        name=place.name or None,
        old_rule=_made_by(layer, old),
        new_rule=_made_by(layer, new),
        text=_words(old, new),
        old=was,
        new=is_now,
    )


def _columns(layer: str, row: Row | None) -> Row | None:
    """A row without the columns that a difference has itself."""
    named = {"start", "end", "text", _NAMED_BY.get(layer)}
    return None if row is None else {column: value for column, value in row.items() if column not in named}


def _made_by(layer: str, row: Row | None) -> str | None:
    found = row.get(_MADE_BY.get(layer, "rule")) if row else None
    return None if found is None else str(found)


def _words(old: Row | None, new: Row | None) -> str | None:
    words = {row["text"] for row in (old, new) if row and isinstance(row.get("text"), str)}
    return words.pop() if len(words) == 1 else None


def _fields(fields: dict[str, Any]) -> list[Row]:
    """The fields that a page has; an empty one is not a row."""
    return [{"name": name, VALUE: value} for name, value in fields.items() if value not in (None, [])]


def _codebook(page: Page) -> str:
    ref = page.codebook
    return f"{ref.name} {ref.version} ({ref.sha256[:12]})" if ref else "none"
