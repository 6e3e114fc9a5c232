"""The words of the body outside quotations, each with its grammatical kind; each quotation is one word.

The kinds are those of the closed classes and of the codebook's cues; nothing else is known of a word but its capitals.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from clippings.annotators.grammar_words import ABBREVIATIONS, COURTESY, KINDS
from clippings.annotators.quotes import Marked
from clippings.codebook import Cues
from clippings.model import Clipping, Span

_WORD = re.compile(
    r"[A-Za-z]++(?![\w.'’&-])"
    r"|[@#$]?[^\W_]+(?:['’&-][^\W_]+|\.\d+|(?<![a-z0-9]{2})\.[^\W_]+)*\.?"
    r"|\.\.\.|--|[^\w\s]|_"
)
_REMEMBERED = 200_000
_LONGEST_UNIT = 400


class Word(NamedTuple):
    """A word of the text: its kind, whether a stop was cut from it, and whether a report may begin with it."""

    text: str
    kind: str
    is_stopped: bool
    may_report: bool


class Lexicon:
    """The kinds of words a codebook's cues give.

    Attributes:
        frames: the frame of each form of a verb.
        pairs: the second words of verbs of two words, by the first.
        openings: the first words of phrases such as "according to".
        phrases: those phrases.
        known: the words read so far.
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
        self.known: dict[str, Word] = {}

    def read(self, raw: str) -> Word:
        """Return a word as it is looked up: without the stop that ends a sentence, with its kind."""
        known = self.known.get(raw)
        if known is None:
            known = self._word(raw)
            if len(self.known) < _REMEMBERED:
                self.known[raw] = known
        return known

    def kind(self, word: str) -> str:
        """Return the kind of a word: a closed class, ``cue``, ``cap``, ``role``, ``title``, ``name`` or ``word``."""
        known = self.known.get(word)
        return known.kind if known and known.text == word else self._kind(word)

    def _word(self, raw: str) -> Word:
        word = raw
        is_abbreviated = len(raw) == 2 or "." in raw[:-1] or raw.lower() in ABBREVIATIONS
        if raw[-1] == "." and len(raw) > 1 and (raw in ("I.", "a.") or not is_abbreviated) and raw != "...":
            word = raw[:-1]
        kind = self._kind(word)
        may_report = kind == "cue" or word in self.pairs or word.lower() in self.openings
        return Word(word, kind, len(word) < len(raw), may_report)

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
def lexicon(cues: Cues) -> Lexicon:
    """Return the lexicon of a codebook's cues, built once."""
    return Lexicon(cues)


class Stream:
    """The body as words; a quotation is one word.

    Attributes:
        text: the page.
        lexicon: the kinds of words.
        starts: where each word starts.
        ends: where each word ends.
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
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.kinds: list[str] = []
        self.hot: list[int] = []
        self.place: list[int] = []
        self.home: list[int] = []
        self.units: list[tuple[int, int, int]] = []
        self.has_double: bool | None = None
        self._marked = marked
        self._sentences, self._next = sentences, 0
        self._stops: list[int] = []
        self._begins = {sentence.start for sentence in sentences}
        at = 0
        for number, block in enumerate(clipping.paragraphs):
            first, here = len(self.starts), block.start
            while at < len(marked) and marked[at].block == block.start:
                self._read(here, marked[at].span.start)
                self._add(marked[at].span.start, marked[at].span.end, "", "quote")
                self.place.append(len(self.starts) - 1)
                here = marked[at].span.end
                at += 1
            self._read(here, block.end)
            self._cut(first, number)

    def number(self, at: int) -> int:
        """Return the number of the quotation that a word is."""
        return bisect.bisect_left(self.place, at)

    def _add(self, start: int, end: int, word: str, kind: str) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.words.append(word)
        self.kinds.append(kind)

    def _read(self, start: int, end: int) -> None:
        starts, ends, words, kinds = self.starts, self.ends, self.words, self.kinds
        known, read = self.lexicon.known, self.lexicon.read
        for found in _WORD.finditer(self.text, start, end):
            raw = found[0]
            word, kind, is_stopped, may_report = known.get(raw) or read(raw)
            at = found.start()
            if may_report:
                self.hot.append(len(starts))
            starts.append(at)
            ends.append(at + len(word))
            words.append(word)
            kinds.append(kind)
            if is_stopped:
                self._add(at + len(word), found.end(), ".", "mark")
                self._stops.append(len(starts))

    def _cut(self, first: int, paragraph: int) -> None:
        """Cut a paragraph into units; a unit without end is cut all the same, so that every look back is short."""
        start, size = first, len(self.starts)
        for at in [*sorted(self._places(first)), size]:
            while at - start > _LONGEST_UNIT:
                self._add_unit(start, start + _LONGEST_UNIT, paragraph)
                start += _LONGEST_UNIT
            if start < at and (at == size or self._starts_unit(at)):
                self._add_unit(start, at, paragraph)
                start = at

    def _places(self, first: int) -> set[int]:
        """The words of the paragraph at hand that a unit may start with."""
        starts, size = self.starts, len(self.starts)
        found = set(self._stops)
        self._stops.clear()
        if first < size:
            while self._next < len(self._sentences) and self._sentences[self._next].start <= starts[-1]:
                found.add(bisect.bisect_left(starts, self._sentences[self._next].start, first))
                self._next += 1
        for at in self.place[bisect.bisect_left(self.place, first) :]:
            found.update((at, at + 1))
        return {at for at in found if first < at < size}

    def _add_unit(self, first: int, end: int, paragraph: int) -> None:
        """Keep a unit; a capital at its start does not make a name of "Speaking", "Asked" or "Recently"."""
        self.units.append((first, end, paragraph))
        while len(self.home) < len(self.place) and self.place[len(self.home)] < end:
            self.home.append(len(self.units) - 1)
        if self.kinds[first] in ("name", "cap"):
            word = self.words[first]
            if word.endswith("ly"):
                self.kinds[first] = "adverb"
            elif (
                word.endswith(("ing", "ed"))
                and len(word) > 4
                and self.kinds[min(first + 1, end - 1)] not in ("name", "cap")
            ):
                self.kinds[first] = "participle"

    def _starts_unit(self, at: int) -> bool:
        kinds, words = self.kinds, self.words
        before = kinds[at - 1]
        if before == "title":
            return False
        if before == "quote":
            return self._breaks_after(self._marked[self.number(at - 1)], at)
        if kinds[at] == "quote":
            return words[at - 1] in (".", "?", "!", "...") or (
                self.ends[at - 1] < self.starts[at] and words[at - 1][-1:] == "." and self.starts[at] in self._begins
            )
        if self.starts[at] in self._begins and before != "comma":
            return True
        is_glued = words[at - 1] == "." and self.starts[at] == self.ends[at - 1] and at > 1
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

    def is_apart(self, at: int) -> bool:
        """Tell whether white space or a mark stands between a word and the one before it."""
        return self.starts[at] > self.ends[at - 1] + 1
