"""Full names of a text, by the surname they end in and by the spelling they share."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from clippings.annotators.grammar_words import LINKS
from clippings.annotators.phrases import ending_at
from clippings.annotators.stream import Stream
from clippings.model import Mention, Span

_VOWELS = re.compile(r"[aeiouyj'’-]+")
_DOUBLED = re.compile(r"(.)\1+")
_ENDINGS = ("", "'s", "’s", "'", "’")
_ENDING = re.compile(r"(?:['’]s|(?<=s)['’])$")


def skeleton(name: str) -> tuple[str, ...]:
    """Return what spellings of one name share: the consonants of each part, the surname's vowels folded.

    >>> skeleton("Aleksandr Kazhura") == skeleton("Alexander Kazhura") == skeleton("Alyaksandr Kazhura")
    True
    >>> skeleton("Anna Petrova") == skeleton("Olga Petrova")
    False
    """
    *given, surname = name.lower().replace("x", "ks").replace("ph", "f").replace("ck", "k").split()
    first = tuple(part[:1] + _DOUBLED.sub(r"\1", _VOWELS.sub("", part[1:])) for part in given if len(part) > 2)
    return (*first, _DOUBLED.sub(r"\1", surname.replace("y", "i").replace("j", "i")))


class Names:
    """The names of two words or more that matter to the sources of a text.

    Attributes:
        full: each name with the place it first stands at; of several spellings the first.
        joined: every spelling met, with the one it is known by.
        by_surname: the names that end in a surname.
        titles: what stands before a name somewhere in the text ("Mr", "Chairwoman").
    """

    def __init__(self, stream: Stream, mentions: Sequence[Mention], sources: Sequence[Span]) -> None:
        self._stream = stream
        self.full: dict[str, Span] = {}
        self.joined: dict[str, str] = {}
        self.by_surname: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}
        self._alike: dict[tuple[str, tuple[str, ...]], str] = {}
        self._places: dict[str, list[int]] = {}
        wanted = {self._surname(source.of(stream.text)) for source in sources}
        self._beside_roles = any(self._points_back(source) for source in sources)
        if self._beside_roles:
            wanted = {self._surname(word) for word in stream.words if word[:1].isupper()}
        persons = [Span(m.start, m.end) for m in mentions if m.kind == "person"]
        for span in sorted({*persons, *sources, *self._named(wanted)}, key=lambda span: (span.start, span.end)):
            self._add(span)

    def last_full(self, name: str, before: int) -> int:
        """Return where a name last stood in full before an offset, -1 where it did not."""
        places = self._places.get(name, [])
        at = bisect.bisect_left(places, before) - 1
        return places[at] if at >= 0 else -1

    def _points_back(self, source: Span) -> bool:
        """Tell whether a source is a role with "the", whose holder may be named anywhere."""
        text = self._stream.text
        if text[max(0, source.start - 4) : source.start].lower() != "the ":
            return False
        return self._stream.lexicon.kind(self._surname(source.of(text)).lower()) == "role"

    def _surname(self, words: str) -> str:
        parts = _ENDING.sub("", words).split()
        return parts[-1] if parts else ""

    def _named(self, wanted: set[str]) -> Iterator[Span]:
        """Every name of two words or more that ends in a surname some source bears."""
        stream = self._stream
        written = {f"{surname}{ending}" for surname in wanted for ending in _ENDINGS}
        for at in [at for at, word in enumerate(stream.words) if word in written]:
            if at == 0 or stream.kinds[at] not in ("name", "cap"):
                continue
            if stream.kinds[at - 1] not in ("name", "cap", "title") and stream.words[at - 1] not in LINKS:
                continue
            word = stream.words[at]
            phrase = ending_at(stream, at, max(0, at - 8))
            if phrase and phrase.kind == "name":
                cut = len(word) - len(_ENDING.sub("", word))
                span = Span(phrase.source.start, phrase.source.end - cut)
                if phrase.title:
                    self.titles.setdefault(span.of(stream.text), phrase.title.of(stream.text))
                yield span

    def _add(self, span: Span) -> None:
        words = span.of(self._stream.text)
        if words in self.joined:
            self._places[self.joined[words]].append(span.start)
            return
        name = _ENDING.sub("", " ".join(words.split()))
        if not self._is_full(name):
            return
        known = self.joined.get(name)
        if known is None:
            surname = name.split()[-1]
            alike = skeleton(name)
            known = self._alike.setdefault((surname, alike), name)
            self.joined[name] = known
            if known == name:
                self.by_surname.setdefault(surname, []).append(name)
                self.full[name] = Span(span.start, span.start + len(name))
        self._places.setdefault(known, []).append(span.start)

    def _is_full(self, name: str) -> bool:
        parts = name.split()
        kind = self._stream.lexicon.kind
        if len(parts) < 2 or len(parts) > 6 or any(not part[0].isupper() and part not in LINKS for part in parts):
            return False
        return all(kind(part) in ("name", "cap") for part in (parts[0], parts[-1]))
