"""What is known of each word by itself: its grammatical kind, its length, and whether a report may begin with it.

The kinds are those of the closed classes and of the codebook's cues; nothing else is known of a word but its capitals.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeVar

from clippings.codebook import Codebook, Cues
from clippings.text.grammar_words import ABBREVIATIONS, COURTESY, IN_LY, JOINED, KINDS, OFFICES, Kind
from clippings.text.name_words import is_special

_ACCENTS = r"\u0300-\u036f"  # Accents that stand behind their letters.
_LETTERS = rf"[^\W_](?:[^\W_]|[{_ACCENTS}])*+"
_WORD = re.compile(
    rf"[A-Za-z]++(?![\w{_ACCENTS}.'’&-])"
    rf"|[@#$]?{_LETTERS}(?:['’&-]{_LETTERS}|\.\d+|(?<![a-z0-9]{{2}})\.{_LETTERS})*(?:\.|(?<=s)['’])?"
    r"|\.\.\.|--|[^\w\s]|_"
)
_REMEMBERED = 65_536
_LONGEST_REMEMBERED = 40
TRIGGER, PAIRED, GLUED, OFFICE, SPECIAL = 1, 2, 4, 8, 16

# Facts of a word, one value behind the other: the word, its kind, its length, how far it is from its start to
# that of the next word, and flags. A report may begin with a word that is TRIGGER, or PAIRED with the word behind it; a
# word is GLUED to the end of a sentence where no blank stands between; of an OFFICE somebody may be the minister.
Facts = tuple[str | int, ...]
WIDTH = 5
_BEHIND: dict[str, Facts] = {",": (",", "comma", 1, 2, 0), ".": (".", "mark", 1, 2, 0)}
Frame = Literal["say", "tell", "call", "think"]
T = TypeVar("T")


class _Memory(dict[str, T]):
    """What was read once, by the characters read; bounded, so that no run of many pages fills the memory."""

    def __init__(self, read: Callable[[str], T]) -> None:
        self._read = read

    def __missing__(self, chunk: str) -> T:
        facts = self._read(chunk)
        if len(self) < _REMEMBERED and len(chunk) <= _LONGEST_REMEMBERED:
            self[chunk] = facts
        return facts


def _ends_sentence(raw: str) -> bool:
    """Tell whether the stop behind a word is the sentence's, and no part of an abbreviation."""
    if raw[-1] != "." or len(raw) == 1 or raw == "...":
        return False
    is_abbreviated = len(raw) == 2 or "." in raw[:-1] or raw.lower() in ABBREVIATIONS
    return raw in ("I.", "a.") or not is_abbreviated


def _plural(role: str) -> str:
    return f"{role[:-3]}men" if role.endswith("man") and role != "woman" else f"{role}s"


class Lexicon:
    """The kinds of words a codebook's cues give.

    Attributes:
        frames: the frame of each form of a verb.
        pairs: the second words of verbs of two words, by the first.
        phrases: phrases such as "according to", by their first words.
        chunks: the words of what stands between two blanks, by that.
    """

    def __init__(self, cues: Cues) -> None:
        self._kinds: dict[str, Kind] = dict(KINDS)
        self._take(COURTESY, "title")
        self._take((form for role in cues.roles for form in (role, _plural(role))), "role")
        self.frames: dict[str, Frame] = {form: verb.frame for verb in cues.verbs for form in verb.forms}
        self._take((form for form in self.frames if " " not in form), "cue")
        self._take((word for word in cues.pronouns if KINDS.get(word) != "relative"), "pronoun")
        self.pairs: dict[str, set[str]] = {}
        for form in self.frames:
            if form.count(" ") == 1:
                self.pairs.setdefault(form.split()[0], set()).add(form.split()[1])
        self.phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in map(tuple, map(str.split, cues.phrases)):
            self.phrases.setdefault(phrase[0], []).append(phrase)
        self._alone = frozenset(first for first, same in self.phrases.items() if (first,) in same)
        self._seconds = {first: {phrase[1] for phrase in same if phrase[1:]} for first, same in self.phrases.items()}
        self.chunks = _Memory(self._read)
        self._seen = _Memory(self._kind)

    def _take(self, words: Iterable[str], kind: Kind) -> None:
        self._kinds |= dict.fromkeys(words, kind)

    def kind(self, word: str) -> Kind:
        """Return the kind of a word: a closed class, ``cue``, ``cap``, ``role``, ``title``, ``name`` or ``word``."""
        return self._seen[word]

    def _read(self, chunk: str) -> Facts:
        """Tell of the words of a chunk: the stop that ends a sentence is cut off, and one blank follows."""
        if chunk.isalpha() and chunk.isascii():
            kind, size = self._kind(chunk), len(chunk)
            return chunk, kind, size, size + 1, self._flag(chunk, kind)
        if (chunk[-1] == "," or _ends_sentence(chunk)) and chunk[:-1].isalpha() and chunk.isascii():
            known = self.chunks[chunk[:-1]]
            return *known[:3], known[2], known[4], *_BEHIND[chunk[-1]]
        out: list[str | int] = []
        stopped = ""
        raws = _WORD.findall(chunk)
        last = len(raws) - 1
        for at, raw in enumerate(raws):
            is_glued = stopped[-1:].islower() and raw[0].isupper()
            word = raw[:-1] if _ends_sentence(raw) else raw
            kind, size = self.kind(word), len(word)
            is_stopped = size < len(raw)
            flags = self._flag(word, kind) + GLUED * is_glued
            out += (word, kind, size, size + (at == last and not is_stopped), flags)
            if is_stopped:
                out += (".", "mark", 1, 1 + (at == last), 0)
            stopped = word if is_stopped else ""
        return tuple(out)

    def _flag(self, word: str, kind: str) -> int:
        lowered, flags = word.lower(), SPECIAL * is_special(word) + OFFICE * (word in OFFICES)
        if kind == "cue" or lowered in self._alone:
            return flags + TRIGGER
        return flags + PAIRED * (word in self.pairs or lowered in self.phrases)

    def pairs_up(self, word: str, following: str) -> bool:
        """Tell whether a verb of two words or a phrase begins with two words."""
        return following in self.pairs.get(word, ()) or following.lower() in self._seconds.get(word.lower(), ())

    def second(self, words: Sequence[str], at: int, end: int) -> int | None:
        """Return the last word of a verb of two words: of "made clear", "made it clear" and "made it very clear"."""
        seconds = self.pairs.get(words[at])
        if not seconds or at + 1 >= end:
            return None
        if words[at + 1] in seconds:
            return at + 1
        near = range(at + 2, min(end, at + 4)) if words[at + 1] == "it" and "clear" in seconds else ()
        return next((here for here in near if words[here] == "clear"), None)

    def _kind(self, word: str) -> Kind:
        if not word[-1].isalnum() and not word[0].isalnum() and len(word) < 4:
            return "comma" if word == "," else "mark"
        if word == "US":
            return "name"
        lowered = word.lower()
        kind = self._kinds.get(lowered)
        if kind == "cue" and word[0].isupper():
            return "cap"
        if kind:
            return kind
        if "-" in lowered and self._is_joined_role(lowered.split("-")):
            return "role"
        if lowered[-2:] in ("'s", "’s") and self._kinds.get(lowered[:-2]) == "pronoun":
            return "contraction"
        if lowered.endswith(("n't", "n’t")):
            return "auxiliary"
        if word[0].isdigit() or word[0] == "$":
            return "number"
        if word[0].isupper() or word[0] in "@#":
            return "name"
        return "adverb" if word.endswith("ly") and word not in IN_LY else "word"

    def _is_joined_role(self, parts: Sequence[str]) -> bool:
        """``Secretary-General``, ``vice-president``, ``then-Chancellor``: roles and what is joined to one."""
        are_roles = [self._kinds.get(part) == "role" for part in parts]
        return any(are_roles) and all(is_role or part in JOINED for part, is_role in zip(parts, are_roles, strict=True))


@functools.lru_cache(maxsize=8)
def lexicon(codebook: Codebook) -> Lexicon:
    """Return the lexicon of a codebook's cues, built once."""
    return Lexicon(codebook.cues)
