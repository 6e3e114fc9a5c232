"""The words of the body outside quotations, each with its grammatical kind; each quotation is one word.

The kinds are those of the closed classes and of the codebook's cues; nothing else is known of a word but its capitals.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain, compress
from operator import add

from clippings.annotators.grammar_words import ABBREVIATIONS, COURTESY, KINDS
from clippings.annotators.quotes import Marked
from clippings.codebook import Cues
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
_HOT, _GLUED = 1, 2

# A word, its kind, how far it is from its start to that of the next, and whether it is _HOT or _GLUED.
Token = tuple[str, str, int, int]
_QUOTE: Token = ("", "quote", 0, 0)


class _Memory(dict[str, tuple[Token, ...]]):
    """What was read once, by the characters read; bounded, so that no run of many pages fills the memory."""

    def __init__(self, read: Callable[[str], tuple[Token, ...]]) -> None:
        self._read = read

    def __missing__(self, chunk: str) -> tuple[Token, ...]:
        tokens = self._read(chunk)
        if len(self) < _REMEMBERED and len(chunk) <= _LONGEST_REMEMBERED:
            self[chunk] = tokens
        return tokens


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

    def _read(self, chunk: str) -> tuple[Token, ...]:
        """Return the words of a chunk: the stop that ends a sentence is cut off, and one blank follows."""
        out: list[Token] = []
        stopped = ""
        for raw in _WORD.findall(chunk):
            is_glued = stopped[-1:].islower() and raw[0].isupper()
            word = raw[:-1] if _ends_sentence(raw) else raw
            kind = self.kind(word)
            is_hot = kind == "cue" or word in self.pairs or word.lower() in self.openings
            out.append((word, kind, len(word), _HOT * is_hot + _GLUED * is_glued))
            stopped = ""
            if len(word) < len(raw):
                out.append((".", "mark", 1, 0))
                stopped = word
        word, kind, length, flag = out[-1]
        out[-1] = (word, kind, length + 1, flag)
        return tuple(out)

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


class _Reader:
    """Cuts the text into tokens, and tells where each starts."""

    def __init__(self, text: str, chunks: _Memory) -> None:
        self.tokens: list[Token] = []
        self._text, self._chunk = text, chunks.__getitem__
        self._jumps: list[tuple[int, int]] = []
        self._at = self._origin = 0

    def read(self, start: int, end: int) -> None:
        """Read what stands from one offset to another."""
        stretch = self._text[start:end]
        chunks = stretch.split()
        if not chunks:
            return
        size, blanks = len(" ".join(chunks)), len(stretch) - len(stretch.lstrip())
        if blanks + size == len(stretch.rstrip()):
            self._take(start + blanks, size, chunks)
            return
        for even in _EVENLY_SPACED.finditer(self._text, start, end):
            self._take(even.start(), len(even[0]), even[0].split())

    def quote(self, quoted: Span) -> int:
        """Take a quotation as one word, and return its number."""
        self._go_to(quoted.start)
        self.tokens.append(_QUOTE)
        return len(self.tokens) - 1

    def starts(self) -> list[int]:
        """Where each token starts: each as far behind the one before as that says, but for the jumps on the way."""
        distances = [token[2] for token in self.tokens]
        for at, further in self._jumps:
            distances[at] += further
        starts = list(accumulate(distances, initial=self._origin))
        starts.pop()
        return starts

    def _take(self, start: int, size: int, chunks: Iterable[str]) -> None:
        """Take chunks with one blank between them."""
        self._go_to(start)
        self.tokens.extend(chain.from_iterable(map(self._chunk, chunks)))
        self._at = start + size + 1

    def _go_to(self, start: int) -> None:
        if not self.tokens:
            self._origin = start
        elif start != self._at:
            self._jumps.append((len(self.tokens) - 1, start - self._at))
        self._at = start


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
        self.place: list[int] = []
        self.units: list[tuple[int, int, int]] = []
        self.has_double: bool | None = None
        self._marked = marked
        self._begins = {sentence.start for sentence in sentences}
        reader = _Reader(clipping.text, words.chunks)
        ends = self._read(reader, clipping, marked)
        tokens = reader.tokens
        self.words = [token[0] for token in tokens]
        self.kinds = [token[1] for token in tokens]
        self.starts = reader.starts()
        self.ends = list(map(add, self.starts, map(len, self.words)))
        for at, quoted in zip(self.place, marked, strict=True):
            self.ends[at] = quoted.span.end
        flagged = list(compress(enumerate(tokens), [token[3] for token in tokens]))
        self.hot = [at for at, token in flagged if token[3] & _HOT]
        places = {at for at, token in flagged if token[3] & _GLUED}
        places.update(bisect_left(self.starts, begin) for begin in self._begins)
        places.update(self.place, (at + 1 for at in self.place))
        self._cut(sorted(places), ends)
        firsts = [first for first, _, _ in self.units]
        self.home = [bisect_right(firsts, at) - 1 for at in self.place]

    def _read(self, reader: _Reader, clipping: Clipping, marked: Sequence[Marked]) -> list[int]:
        """Read the paragraphs and return where each ends, in words."""
        at, ends = 0, []
        for block in clipping.paragraphs:
            here = block.start
            while at < len(marked) and marked[at].block == block.start:
                quoted = marked[at].span
                reader.read(here, quoted.start)
                self.place.append(reader.quote(quoted))
                here = quoted.end
                at += 1
            reader.read(here, block.end)
            ends.append(len(reader.tokens))
        return ends

    def number(self, at: int) -> int:
        """Return the number of the quotation that a word is."""
        return bisect_left(self.place, at)

    def _cut(self, places: Sequence[int], ends: Sequence[int]) -> None:
        """Cut each paragraph into units; one without end is cut all the same, so that every look back is short."""
        start = number = 0
        for paragraph, size in enumerate(ends):
            while number < len(places) and places[number] < size:
                at = places[number]
                number += 1
                if at > start:
                    start = self._cut_long(start, at, paragraph)
                    if at > start and self._starts_unit(at):
                        self._add_unit(start, at, paragraph)
                        start = at
            start = self._cut_long(start, size, paragraph)
            if start < size:
                self._add_unit(start, size, paragraph)
            start = size

    def _cut_long(self, start: int, end: int, paragraph: int) -> int:
        while end - start > _LONGEST_UNIT:
            self._add_unit(start, start + _LONGEST_UNIT, paragraph)
            start += _LONGEST_UNIT
        return start

    def _add_unit(self, first: int, end: int, paragraph: int) -> None:
        """Keep a unit; a capital at its start does not make a name of "Speaking", "Asked" or "Recently"."""
        self.units.append((first, end, paragraph))
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
