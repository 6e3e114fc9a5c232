"""What every format writes and reads: pages with their items, and the annotations on their text."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from clippings import release
from clippings.hidden import sound
from clippings.layers.registry import KEPT
from clippings.model import Annotated, Clipping, Span
from clippings.review import CuratedCorpus

MACHINE = f"clippings {release.VERSION}"
"""The coder of what the library found itself."""
CONTEXT = 32
"""Characters before and behind an annotation by which it is found again in a text that changed."""
LONGEST_NAME = 80
"""Characters of a file's name, without its suffix."""
FACTS = ("title", "date", "outlet", "byline", "source_url")

Place: TypeAlias = tuple[int, int]

_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w.-]*[\w-])?", re.ASCII)
_UNSAFE = re.compile(r"[^\w-]+", re.ASCII)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_OURS = re.compile(r"(?:documents|metadata|annotation|readme|typesystem|initial_cas)(?:\..*)?", re.IGNORECASE)


class Note(msgspec.Struct, frozen=True):
    """An annotation as other programs hold it.

    Attributes:
        layer: of the library.
        start: of the text, in code points.
        end: likewise.
        value: what was found: the kind of a quotation, the entity of a mention, the day of a date, the name of a theme,
            the reading expected of an erratum.
        speaker: of a quotation.
        source: the words that name the speaker.
        cue: the words that report.
        rule: that made it.
        item: of the page; None where only its place says so.
        coder: who made it; None where that is not known.
        kind: of what is mentioned, such as person.
        exact: its words, where they were kept without the text around them.
        prefix: the characters before them.
        suffix: those behind them.
    """

    layer: str
    start: int
    end: int
    value: str | None = None
    speaker: str | None = None
    source: Place | None = None
    cue: Place | None = None
    rule: str | None = None
    item: int | None = None
    coder: str | None = None
    kind: str | None = None
    exact: str | None = None
    prefix: str | None = None
    suffix: str | None = None


class Item(msgspec.Struct, frozen=True):
    """A clipping of a page: its number, where it begins, and its fields."""

    item: int
    start: int = 0
    facts: Mapping[str, str] = {}
    themes: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """A text with its items and annotations.

    ``name`` is that of its file, ``text`` is None where the format left it out, ``sha256`` is of the text in UTF-8,
    ``file`` says in messages where the page was read.
    """

    id: str | None
    text: str | None
    notes: tuple[Note, ...]
    items: tuple[Item, ...] = (Item(0),)
    name: str = ""
    sha256: str | None = None
    file: str = ""
    clipping: Clipping | None = None

    def item_at(self, place: int) -> int:
        """The number of the item in which a place lies; what stands before all of them is of the first."""
        starts = [item.start for item in self.items]
        return self.items[max(0, bisect_right(starts, place) - 1)].item


def pages(found: Iterable[Clipping | Annotated]) -> list[Page]:
    """Return the pages of clippings, in order; the items of a page stand together.

    >>> from clippings import Corpus, parse
    >>> page = pages(Corpus(parse('"We wait," said Anna Petrova.', path="a b.txt", layout="plain")).annotate())[0]
    >>> page.id, page.name, [note.speaker for note in page.notes if note.layer == "quotes"]
    ('a b', 'a-b-c8687a08', ['Anna Petrova'])
    """
    held: defaultdict[tuple[str, str], list[Clipping | Annotated]] = defaultdict(list)
    for one in found:
        clipping = _clipping(one)
        held[clipping.id, clipping.text].append(one)
    keys = list(held)
    twice = Counter(key for key, _ in keys)
    names = file_names(
        [key if twice[key] == 1 else f"{key} {_clipping(held[key, text][0]).item}" for key, text in keys]
    )
    return [_page(name, some) for name, some in zip(names, held.values(), strict=True)]


def refuse_review(found: object, said: str) -> None:
    """Refuse annotations with verdicts where these would be lost or not counted; ``said`` names what would be.

    Raises:
        TypeError: it is a review.
    """
    if isinstance(found, CuratedCorpus):
        raise TypeError(
            f"{said}; give curated.corrected() for what coders hold right, or curated.annotated for what was found"
        )


def file_names(ids: Sequence[str]) -> list[str]:
    """Return a name for the file of each id, without suffix: safe on every system, and no two alike.

    An id of plain letters and figures is its own name; another has what is plain of it and eight figures of its hash.

    >>> file_names(["112007-14", "press/Минск 1", "a", "A"])
    ['112007-14', 'press-1-a1821bf7', 'a-ca978112', 'A-559aead0']
    """
    alike = Counter(key.casefold() for key in ids)
    return [key if _is_plain(key) and alike[key.casefold()] == 1 else _coined(key) for key in ids]


def _is_plain(key: str) -> bool:
    is_taken = _DEVICES.fullmatch(key) or _OURS.fullmatch(key)
    return len(key) <= LONGEST_NAME and bool(_PLAIN.fullmatch(key)) and not is_taken


def _coined(key: str) -> str:
    mark = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    plain = _UNSAFE.sub("-", key).strip("-")[: LONGEST_NAME - len(mark) - 1].strip("-")
    return f"{plain}-{mark}" if plain else mark


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8.

    >>> digest("Minsk")[:8]
    'fb15e559'
    """
    return hashlib.sha256(sound(text).encode()).hexdigest()


def quoted(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the words at a place, and the characters before and behind them.

    >>> quoted("Quiet in Minsk.", 9, 14)
    ('Minsk', 'Quiet in ', '.')
    """
    return text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def _clipping(one: Clipping | Annotated) -> Clipping:
    return one.clipping if isinstance(one, Annotated) else one


def _page(name: str, some: Sequence[Clipping | Annotated]) -> Page:
    first = _clipping(some[0])
    items = sorted((_item(one) for one in some), key=lambda item: (item.start, item.item))
    notes = sorted(
        (note for one in some if isinstance(one, Annotated) for note in _notes(one)),
        key=lambda note: (note.start, note.end, list(KEPT).index(note.layer)),
    )
    text = sound(first.text)
    return Page(sound(first.id), text, tuple(notes), tuple(items), name, digest(text), clipping=first)


def _item(one: Clipping | Annotated) -> Item:
    clipping = _clipping(one)
    title = clipping.fields.get("title")
    starts = [clipping.body.start, *([title.span.start] if title and title.span else [])]
    facts = {name: sound(value) for name in FACTS if (value := clipping.value(name))}
    themes = one.found.get("document_themes", ()) if isinstance(one, Annotated) else ()
    return Item(clipping.item, min(starts), facts, themes)


def _notes(one: Annotated) -> Iterator[Note]:
    for name, layer in KEPT.items():
        for record in one.found.get(name, ()):
            yield Note(
                name,
                record.start,
                record.end,
                _told(record, layer.value),
                _told(record, "speaker"),
                _place(getattr(record, "source", None)),
                _place(getattr(record, "cue", None)),
                _told(record, "rule"),
                one.clipping.item,
                MACHINE,
                _told(record, "kind"),
            )


def _told(record: Any, attribute: str | None) -> str | None:
    value = getattr(record, attribute, None) if attribute else None
    return None if value is None else sound(str(value))


def _place(span: Span | None) -> Place | None:
    return (span.start, span.end) if span else None
