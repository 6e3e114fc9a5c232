"""Where the words of a text meet a query, counted in words; the same rules as those of SQLite's full-text search."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from clippings.search.query import All, Near, Phrase, Query, Without
from clippings.search.terms import Term

Places = set[tuple[int, int, int]]
"""Part of the document, first word, and the word behind the last."""


class Document:
    """The words of the parts of a document, such as title and body, found by what they are."""

    def __init__(self, parts: Sequence[Sequence[Term]]) -> None:
        self._words = [[term.word for term in part] for part in parts]
        self._at: list[defaultdict[str, list[int]]] = []
        for words in self._words:
            at: defaultdict[str, list[int]] = defaultdict(list)
            for place, word in enumerate(words):
                at[word].append(place)
            self._at.append(at)

    def places(self, query: Query) -> Places | None:
        """Return where the words and phrases stand by which the document meets a query, None where it does not.

        >>> from clippings.search.query import parsed
        >>> from clippings.search.terms import terms
        >>> page = Document([terms("The missile defence shield, a shield")])
        >>> page.places(parsed("missile shield", near=1)), page.places(parsed("missile NOT shield"))
        ({(0, 1, 4)}, None)
        """
        if isinstance(query, Phrase):
            return self._of_parts(lambda part: self._phrase(part, query))
        if isinstance(query, Near):
            return self._of_parts(lambda part: self._near(part, query))
        if isinstance(query, Without):
            return None if self.places(query.unwanted) is not None else self.places(query.wanted)
        found = [self.places(part) for part in query.parts]
        met = [places for places in found if places is not None]
        if not met or (isinstance(query, All) and len(met) < len(found)):
            return None
        return set().union(*met)

    def _of_parts(self, find: Callable[[int], Iterator[tuple[int, int]]]) -> Places | None:
        found = {(part, *span) for part in range(len(self._words)) for span in find(part)}
        return found or None

    def _phrase(self, part: int, phrase: Phrase) -> Iterator[tuple[int, int]]:
        words, at = self._words[part], self._at[part]
        size = len(phrase.words)
        *whole, last = phrase.words
        for first in sorted(self._starts(at, phrase)):
            found = words[first : first + size]
            if len(found) == size and found[:-1] == whole and _is_word(found[-1], last, phrase.is_prefix):
                yield first, first + size

    @staticmethod
    def _starts(at: defaultdict[str, list[int]], phrase: Phrase) -> Iterator[int]:
        opening = phrase.words[0]
        if phrase.is_prefix and len(phrase.words) == 1:
            for word, places in at.items():
                if word.startswith(opening):
                    yield from places
        else:
            yield from at.get(opening, ())

    def _near(self, part: int, near: Near) -> Iterator[tuple[int, int]]:
        """Yield the closest runs that hold all phrases: for each place a run may end with, the latest of the others."""
        found = [list(self._phrase(part, phrase)) for phrase in near.phrases]
        if not all(found):
            return
        runs = set()
        for last in sorted({first for spans in found for first, _ in spans}):
            latest = [bisect_right(spans, last, key=lambda span: span[0]) for spans in found]
            if all(latest):
                chosen = [spans[place - 1] for spans, place in zip(found, latest, strict=True)]
                if last - min(end for _, end in chosen) <= near.distance:
                    runs.add((min(first for first, _ in chosen), max(end for _, end in chosen)))
        yield from (run for run in sorted(runs) if not any(_is_inside(other, run) for other in runs))


def _is_word(found: str, asked: str, is_prefix: bool) -> bool:
    return found.startswith(asked) if is_prefix else found == asked


def _is_inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]
