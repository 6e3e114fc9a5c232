"""Words and phrases around a quotation: what could name its source, and what reports.

A small closed grammar over tokens, linear in their number: names, role phrases ("the Russian defense minister") and
pronouns, each with the words that name the source apart from article, rank and title.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clippings.codebook import Cues
from clippings.model import Span

_TOKEN = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?|[^\w\s]")
_ABBREVIATIONS = frozenset(
    [
        "st.",
        "gen.",
        "col.",
        "lt.",
        "sen.",
        "rep.",
        "gov.",
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "prof.",
        "adm.",
        "capt.",
        "maj.",
        "sgt.",
    ]
)
_CLOSED = {
    "determiner": "the a an its his her their our this that these those another one some many several few",
    "preposition": "of for at from with in on by to under near about against after before since during as into over",
    "adverb": "also later then further now still once again earlier only even just recently never always often",
    "auxiliary": "has had have is was were are be been being will would could should may might can did does do",
    "conjunction": "and or but if when while because although though that whether how why what where so not than",
    "relative": "who which",
}
_COURTESY = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "lord",
        "lady",
        "prof",
        "rev",
        "sen",
        "rep",
        "gov",
        "gen",
        "col",
        "lt",
        "adm",
        "capt",
        "maj",
        "sgt",
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "prof.",
        "sen.",
        "rep.",
        "gov.",
        "gen.",
        "col.",
        "lt.",
        "adm.",
        "capt.",
        "maj.",
        "sgt.",
    ]
)
_LINKS = frozenset(["de", "der", "van", "von", "al", "bin", "ibn", "del", "la"])
_MODIFIERS = 6


class Token(NamedTuple):
    """A word or a mark with its grammatical kind."""

    start: int
    end: int
    text: str
    kind: str


class Phrase(NamedTuple):
    """Tokens ``[first, last]`` that can name a source; ``source`` leaves out article, rank and title.

    ``kind`` is ``name``, ``role`` or ``pronoun``; ``title`` is what stands before a name ("Defense Minister").
    """

    first: int
    last: int
    kind: str
    source: Span
    title: Span | None = None


class Lexicon:
    """The kinds of words a codebook's cues give."""

    def __init__(self, cues: Cues) -> None:
        self._kinds = {word: kind for kind, words in _CLOSED.items() for word in words.split()}
        self._kinds |= dict.fromkeys(cues.roles, "role") | {f"{role}s": "role" for role in cues.roles}
        self._kinds |= {form: "cue" for verb in cues.verbs for form in verb.forms if " " not in form}
        self._kinds |= {word: "pronoun" for word in cues.pronouns if word not in _CLOSED["relative"].split()}
        self.pairs = {form.split()[0]: form.split()[1] for verb in cues.verbs for form in verb.forms if " " in form}
        self.phrases = tuple(tuple(phrase.split()) for phrase in cues.phrases)

    def kind(self, word: str) -> str:
        """Return the kind of a word: a closed class, ``cue``, ``role``, ``pronoun``, ``name`` or ``word``."""
        lowered = word.lower()
        kind = self._kinds.get(lowered)
        if kind == "cue" and word[0].isupper():
            return "name"
        if kind:
            return kind
        if not word[0].isalnum():
            return "comma" if word == "," else "mark"
        if lowered in _COURTESY:
            return "role"
        if word[0].isupper():
            return "name"
        return "adverb" if word.endswith("ly") else "word"


@functools.lru_cache(maxsize=8)
def lexicon(cues: Cues) -> Lexicon:
    """Return the lexicon of a codebook's cues, built once."""
    return Lexicon(cues)


def tokens(text: str, span: Span, words: Lexicon) -> list[Token]:
    """Cut a stretch of text into words and marks; a final period is kept with an initial or an abbreviation."""
    return [_token(found, words) for found in _TOKEN.finditer(text, span.start, span.end)]


def _token(found: re.Match[str], words: Lexicon) -> Token:
    text = found[0]
    is_short = len(text) <= 2 or text.lower() in _ABBREVIATIONS or "." in text[:-1]
    if text.endswith(".") and len(text) > 1 and not is_short:
        text = text[:-1]
    return Token(found.start(), found.start() + len(text), text, words.kind(text))


def phrases(found: Sequence[Token]) -> list[Phrase]:
    """Return the phrases that can name a source, in order, none overlapping."""
    out: list[Phrase] = []
    at = 0
    while at < len(found):
        phrase = _phrase(found, at, out[-1].last + 1 if out else 0)
        if phrase:
            out.append(phrase)
            at = phrase.last
        at += 1
    return out


def _phrase(found: Sequence[Token], at: int, floor: int) -> Phrase | None:
    token = found[at]
    if token.kind == "pronoun":
        return Phrase(at, at, "pronoun", Span(token.start, token.end))
    if token.kind not in ("name", "role"):
        return None
    last = at
    while last + 1 < len(found) and _joins(found, last + 1):
        last += 1
    roles = [index for index in range(at, last + 1) if found[index].kind == "role"]
    if not roles:
        return Phrase(at, last, "name", _span(found, at, last))
    first = _modified(found, at, floor)
    if roles[-1] == last:
        return Phrase(first, last, "role", _span(found, first, last))
    return Phrase(first, last, "name", _span(found, roles[-1] + 1, last), _span(found, first, roles[-1]))


def _joins(found: Sequence[Token], at: int) -> bool:
    """A name goes on over names, roles, and the small words inside names."""
    token = found[at]
    if token.kind in ("name", "role"):
        return found[at - 1].end + 1 == token.start or found[at - 1].text.endswith(".")
    return token.text in _LINKS and at + 1 < len(found) and found[at + 1].kind == "name"


def _modified(found: Sequence[Token], at: int, floor: int) -> int:
    """A role phrase opened by an article begins right after it: "a senior American arms control official"."""
    for first in range(at, max(floor, at - _MODIFIERS) - 1, -1):
        if first and found[first - 1].kind == "determiner":
            return first
        if first and found[first - 1].kind not in ("word", "name", "role"):
            break
    return at


def _span(found: Sequence[Token], first: int, last: int) -> Span:
    return Span(found[first].start, found[last].end)


def possessive_cut(text: str, span: Span) -> Span:
    """Leave out a possessive ending: "Serdyukov's" names Serdyukov."""
    words = span.of(text)
    return Span(span.start, span.end - 2) if words.endswith(("'s", "’s")) else span


def cue_at(found: Sequence[Token], at: int, words: Lexicon) -> int | None:
    """Return the index of the last token of a cue that begins at ``at``, None where none does."""
    token = found[at]
    pair = words.pairs.get(token.text)
    if pair and at + 1 < len(found) and found[at + 1].text == pair:
        return at + 1
    return at if token.kind == "cue" else None


def according_at(found: Sequence[Token], at: int, words: Lexicon) -> int | None:
    """Return the index of the last token of a phrase such as "according to" that begins at ``at``."""
    for phrase in words.phrases:
        if tuple(token.text.lower() for token in found[at : at + len(phrase)]) == phrase:
            return at + len(phrase) - 1
    return None


def cues(found: Sequence[Token], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield first and last token of each cue."""
    for at in range(len(found)):
        last = cue_at(found, at, words)
        if last is not None:
            yield at, last
