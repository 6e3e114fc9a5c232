"""The words of the body outside quotations, each with its grammatical kind; each quotation is one word.

The kinds are those of the closed classes and of the codebook's cues; nothing else is known of a word but its capitals.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, compress
from typing import Any

from clippings.annotators.grammar_words import ABBREVIATIONS, COURTESY, KINDS
from clippings.annotators.quotes import Marked
from clippings.codebook import Codebook, Cues
from clippings.model import Clipping, Span

_WORD = re.compile(
    r"[A-Za-z]++(?![\w.'’&-])"
    r"|[@#$]?[^\W_]+(?:['’&-][^\W_]+|\.\d+|(?<![a-z0-9]{2})\.[^\W_]+)*\.?"
    r"|\.\.\.|--|[^\w\s]|_"
)
_EVENLY_SPACED = re.compile(r"\S+(?:\s\S+)*")
_REMEMBERED = 200_000
_LONGEST_REMEMBERED = 40
_LONGEST_UNIT = 400
_TIED = frozenset({"title", "comma", "quote"})
_CAPITALS = frozenset({"name", "cap"})
_VERBAL = ("ly", "ing", "ed")
_HOT, _PAIRED, _GLUED = 1, 2, 4

# What is known of a word, one value behind the other: the word, its kind, its length, how far it is from its start to
# that of the next word, and flags. A report may begin with a word that is _HOT, or _PAIRED with the word behind it; a
# word is _GLUED to the end of a sentence where no blank stands between.
Told = tuple[str | int, ...]
_WIDTH = 5
_QUOTE: Told = ("", "quote", 0, 0, 0)


class _Memory(dict[str, Told]):
    """What was read once, by the characters read; bounded, so that no run of many pages fills the memory."""

    def __init__(self, read: Callable[[str], Told]) -> None:
        self._read = read

    def __missing__(self, chunk: str) -> Told:
        told = self._read(chunk)
        if len(self) < _REMEMBERED and len(chunk) <= _LONGEST_REMEMBERED:
            self[chunk] = told
        return told


def _ends_sentence(raw: str) -> bool:
    """Tell whether the stop behind a word is the sentence's, and no part of an abbreviation."""
    if raw[-1] != "." or len(raw) == 1 or raw == "...":
        return False
    is_abbreviated = len(raw) == 2 or "." in raw[:-1] or raw.lower() in ABBREVIATIONS
    return raw in ("I.", "a.") or not is_abbreviated


class Lexicon:
    """The kinds of words a codebook's cues give.

    Attributes:
        frames: the frame of each form of a verb.
        pairs: the second words of verbs of two words, by the first.
        openings: the first words of phrases such as "according to".
        phrases: those phrases.
        chunks: the words of what stands between two blanks, by that.
    """

    def __init__(self, cues: Cues) -> None:
        self._kinds = dict(KINDS)
        self._kinds |= dict.fromkeys(COURTESY, "title")
        self._kinds |= dict.fromkeys(cues.roles, "role") | {f"{role}s": "role" for role in cues.roles}
        self.frames = {form: verb.frame for verb in cues.verbs for form in verb.forms}
        self._kinds |= {form: "cue" for form in self.frames if " " not in form}
        self._kinds |= {word: "pronoun" for word in cues.pronouns if KINDS.get(word) != "relative"}
        self.pairs: dict[str, set[str]] = {}
        for form in self.frames:
            if form.count(" ") == 1:
                self.pairs.setdefault(form.split()[0], set()).add(form.split()[1])
        self.openings = frozenset(phrase.split()[0] for phrase in cues.phrases)
        self.phrases = tuple(tuple(phrase.split()) for phrase in cues.phrases)
        self._seconds: dict[str, set[str]] = {}
        for first, *rest in self.phrases:
            self._seconds.setdefault(first, set()).update(rest[:1])
        self.chunks = _Memory(self._read)
        self._seen: dict[str, str] = {}

    def kind(self, word: str) -> str:
        """Return the kind of a word: a closed class, ``cue``, ``cap``, ``role``, ``title``, ``name`` or ``word``."""
        kind = self._seen.get(word)
        if kind is None:
            kind = self._kind(word)
            if len(self._seen) < _REMEMBERED and len(word) <= _LONGEST_REMEMBERED:
                self._seen[word] = kind
        return kind

    def _read(self, chunk: str) -> Told:
        """Tell of the words of a chunk: the stop that ends a sentence is cut off, and one blank follows."""
        out: list[str | int] = []
        stopped = ""
        for found in _WORD.finditer(chunk):
            raw = found[0]
            is_glued = stopped[-1:].islower() and raw[0].isupper()
            word = raw[:-1] if _ends_sentence(raw) else raw
            kind = self.kind(word)
            blank = found.end() == len(chunk)
            is_stopped = len(word) < len(raw)
            flags = self._flag(word, kind) + _GLUED * is_glued
            out += (word, kind, len(word), len(word) + (blank and not is_stopped), flags)
            if is_stopped:
                out += (".", "mark", 1, 1 + blank, 0)
            stopped = word if is_stopped else ""
        return tuple(out)

    def _flag(self, word: str, kind: str) -> int:
        if kind == "cue" or (word.lower(),) in self.phrases:
            return _HOT
        return _PAIRED if word in self.pairs or word.lower() in self.openings else 0

    def pairs_up(self, word: str, following: str) -> bool:
        """Tell whether a verb of two words or a phrase begins with two words."""
        return following in self.pairs.get(word, ()) or following.lower() in self._seconds.get(word.lower(), ())

    def _kind(self, word: str) -> str:
        if not word[-1].isalnum() and not word[0].isalnum() and len(word) < 4:
            return "comma" if word == "," else "mark"
        lowered = word.lower()
        kind = self._kinds.get(lowered)
        if kind == "cue" and word[0].isupper():
            return "cap"
        if kind:
            return kind
        if lowered[-2:] in ("'s", "’s") and self._kinds.get(lowered[:-2]) == "pronoun":
            return "contraction"
        if lowered.endswith(("n't", "n’t")):
            return "auxiliary"
        if word[0].isdigit() or word[0] == "$":
            return "number"
        if word[0].isupper() or word[0] in "@#":
            return "name"
        return "adverb" if word.endswith("ly") else "word"


@functools.lru_cache(maxsize=8)
def lexicon(codebook: Codebook) -> Lexicon:
    """Return the lexicon of a codebook's cues, built once."""
    return Lexicon(codebook.cues)


class Stream:
    """The body as words; a quotation is one word.

    Attributes:
        text: the page.
        lexicon: the kinds of words.
        starts: where each word starts.
        words: the words, a quotation as an empty string.
        kinds: their kinds; ``quote`` for a quotation.
        hot: the words that a report may begin with.
        units: ``(first, end, paragraph)`` of each stretch that is read as one sentence, quotations included.
        place: the word each quotation is.
        home: the unit each quotation stands in.
        has_double: whether a run stands between double marks; None while nobody asked.
    """

    def __init__(self, clipping: Clipping, marked: Sequence[Marked], sentences: Sequence[Span], words: Lexicon) -> None:
        self.text, self.lexicon = clipping.text, words
        self.place: list[int] = []
        self.units: list[tuple[int, int, int]] = []
        self.has_double: bool | None = None
        self._marked = marked
        self._begins = {sentence.start for sentence in sentences}
        told, self.starts, ends = self._read(clipping, marked)
        self.words: list[str] = told[0::_WIDTH]
        self.kinds: list[str] = told[1::_WIDTH]
        self._sizes: list[int] = told[2::_WIDTH]
        for at, quoted in zip(self.place, marked, strict=True):
            self._sizes[at] = quoted.span.end - quoted.span.start
        flags: list[int] = told[4::_WIDTH]
        flagged = list(compress(range(len(flags)), flags))
        self.hot = [at for at in flagged if flags[at] & _HOT or (flags[at] & _PAIRED and self._pairs_up(at))]
        places = {at for at in flagged if flags[at] & _GLUED}
        places.update(bisect_left(self.starts, begin) for begin in self._begins)
        places.update(self.place, (at + 1 for at in self.place))
        self._cut(sorted(places), ends)
        self._open_units()
        firsts = [first for first, _, _ in self.units]
        self.home = [bisect_right(firsts, at) - 1 for at in self.place]

    def _read(self, clipping: Clipping, marked: Sequence[Marked]) -> tuple[list[Any], list[int], list[int]]:
        """Return what is told of the words, where each starts, and how many stand up to the end of each paragraph."""
        told: list[str | int] = []
        jumps: list[tuple[int, int]] = []
        ends: list[int] = []
        at = number = 0
        for block in clipping.paragraphs:
            here = block.start
            while number < len(marked) and marked[number].block == block.start:
                quoted = marked[number].span
                at = self._take(here, quoted.start, at, told, jumps)
                self.place.append(len(told) // _WIDTH)
                jumps.append((self.place[-1], quoted.start - at))
                told += _QUOTE
                at, here = quoted.start, quoted.end
                number += 1
            at = self._take(here, block.end, at, told, jumps)
            ends.append(len(told) // _WIDTH)
        return told, _places(told, jumps), ends

    def _take(self, start: int, end: int, at: int, told: list[str | int], jumps: list[tuple[int, int]]) -> int:
        """Read what stands from one offset to another, where ``at`` is looked for next, and return that anew."""
        stretch = self.text[start:end]
        chunks = stretch.split()
        if not chunks:
            return at
        first = start + len(stretch) - len(stretch.lstrip())
        size = len(" ".join(chunks))
        if first + size < start + len(stretch.rstrip()):
            for even in _EVENLY_SPACED.finditer(self.text, start, end):
                at = self._take(even.start(), even.end(), at, told, jumps)
            return at
        jumps.append((len(told) // _WIDTH, first - at))
        for known in map(self.lexicon.chunks.__getitem__, chunks):
            told += known
        return first + size + 1

    def _pairs_up(self, at: int) -> bool:
        return at + 1 < len(self.words) and self.lexicon.pairs_up(self.words[at], self.words[at + 1])

    def end(self, at: int) -> int:
        """Return where a word ends."""
        return self.starts[at] + self._sizes[at]

    def span(self, first: int, last: int) -> Span:
        """Return the span of words ``[first, last]``."""
        return Span(self.starts[first], self.starts[last] + self._sizes[last])

    def number(self, at: int) -> int:
        """Return the number of the quotation that a word is."""
        return bisect_left(self.place, at)

    def _cut(self, places: Sequence[int], ends: Iterable[int]) -> None:
        """Cut each paragraph into units; one without end is cut all the same, so that every look back is short."""
        kinds, starts, begins = self.kinds, self.starts, self._begins
        start = number = 0
        for paragraph, size in enumerate(ends):
            for at in places[number : bisect_left(places, size, number)]:
                number += 1
                if at - start > _LONGEST_UNIT:
                    start = self._cut_long(start, at, paragraph)
                if at <= start:
                    continue
                is_plain = kinds[at] != "quote" and kinds[at - 1] not in _TIED and starts[at] in begins
                if is_plain or self._starts_unit(at):
                    self.units.append((start, at, paragraph))
                    start = at
            start = self._cut_long(start, size, paragraph)
            if start < size:
                self.units.append((start, size, paragraph))
            start = size

    def _cut_long(self, start: int, end: int, paragraph: int) -> int:
        while end - start > _LONGEST_UNIT:
            self.units.append((start, start + _LONGEST_UNIT, paragraph))
            start += _LONGEST_UNIT
        return start

    def _open_units(self) -> None:
        """A capital at the start of a unit does not make a name of "Speaking", "Asked" or "Recently"."""
        kinds, words = self.kinds, self.words
        for first, end, _ in self.units:
            if kinds[first] not in _CAPITALS or not words[first].endswith(_VERBAL):
                continue
            if words[first].endswith("ly"):
                kinds[first] = "adverb"
            elif len(words[first]) > 4 and kinds[min(first + 1, end - 1)] not in _CAPITALS:
                kinds[first] = "participle"

    def _starts_unit(self, at: int) -> bool:
        kinds, words = self.kinds, self.words
        before = kinds[at - 1]
        if before == "title":
            return False
        if before == "quote":
            return self._breaks_after(self._marked[self.number(at - 1)], at)
        if kinds[at] == "quote":
            return words[at - 1] in (".", "?", "!", "...") or (
                self.end(at - 1) < self.starts[at] and words[at - 1][-1:] == "." and self.starts[at] in self._begins
            )
        if self.starts[at] in self._begins and before != "comma":
            return True
        is_glued = words[at - 1] == "." and self.starts[at] == self.end(at - 1) and at > 1
        return is_glued and words[at][0].isupper() and words[at - 2][-1:].islower()

    def _breaks_after(self, quoted: Marked, at: int) -> bool:
        """Tell whether a sentence ends with a quotation: after ``."``, and after ``?"`` where no report follows."""
        end = self.text[quoted.inner.start : quoted.inner.end].rstrip("'’ ")[-1:]
        if self.kinds[at] == "quote":
            return end in ".?!" or not quoted.closed
        if not self.words[at][:1].isupper():
            return False
        if end == ".":
            return not self._reports_at(at, closely=True)
        if end in ("?", "!", "…", "-", "—", "–"):
            return not self._reports_at(at, closely=False)
        return False

    def _reports_at(self, at: int, *, closely: bool) -> bool:
        """Tell whether name and cue follow, and nothing but the end of a sentence or a circumstance where asked."""
        limit = min(len(self.starts), at + 14)
        commas = 0
        for here in range(at, limit):
            kind = self.kinds[here]
            if kind == "cue":
                if closely and self.lexicon.frames.get(self.words[here]) not in ("say", "tell"):
                    return False
                return here > at and (not closely or self._ends_report(here + 1))
            commas += kind == "comma"
            if closely and commas:
                return False
            if kind in ("mark", "quote", "conjunction", "auxiliary") or (self.words[here] in (".", "?", "!")):
                return False
            if here - at > 5 and not commas:
                return False
        return False

    def _ends_report(self, at: int) -> bool:
        return (
            at >= len(self.starts)
            or self.words[at] in (".", ":", ",")
            or self.kinds[at] in ("preposition", "time", "quote", "adverb")
        )


def _places(told: Sequence[Any], jumps: Iterable[tuple[int, int]]) -> list[int]:
    """Where each word starts: as far behind the one before as that says, and as much further as it jumps."""
    distances = [0, *told[3::_WIDTH]]
    for at, further in jumps:
        distances[at] += further
    distances.pop()
    return list(accumulate(distances))
