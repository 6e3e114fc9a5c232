"""What the words of a source are: a person, a state, a body, a document, somebody unnamed, or nothing that speaks.

It is decided positively, by the gazetteer, lists that are data (``voices.yaml``, the roles of the codebook) and the
shape of a name. What is none of these is no speaker, whatever its syntax.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from itertools import pairwise

import msgspec

from clippings.evidence import Mention
from clippings.layers.quotes.full_names import TRADED, bare
from clippings.model import Span
from clippings.text.grammar_words import (
    ABBREVIATIONS,
    BODIES,
    KINDS,
    MEMBERS,
    NOUNS,
    OUTLETS,
    PASTS,
    PORTFOLIOS,
    SINGLES,
    WORD_NAMES,
)
from clippings.text.name_words import INNER
from clippings.text.phrases import is_past
from clippings.text.tokens import Tokens

_LISTS = msgspec.yaml.decode(
    resources.files(__package__).joinpath("voices.yaml").read_bytes(), type=dict[str, frozenset[str]]
)
PEOPLE, DOCUMENTS, IMPERSONAL = (_LISTS[name] for name in ("people", "documents", "impersonal"))
_BODIES = _LISTS["bodies"] | {body.lower() for body in BODIES}
_NO_PERSONS = BODIES | IMPERSONAL | PORTFOLIOS
_OF_MENTION = {
    **dict.fromkeys(("country", "capital", "region"), "state"),
    **dict.fromkeys(("government_body", "media", "organization", "think_tank", "alliance"), "body"),
    "person": "person",
    "treaty": "document",
    "demonym": "people",
}
_PERSONAL = ("ist", "man", "holder", "person", "mate", "master", "goer", *TRADED)
_MEN = ("men", "people", "folk")
_TIES = frozenset(word for word, kind in KINDS.items() if kind == "preposition")
_NEARNESS = frozenset(["close", "familiar", "loyal", "near", "opposed"])
_ACRONYM = 5
_FEWEST = 3  # Capitals of an acronym that opens a sentence.
_DOMAIN = re.compile(r"\.(?:com|net|org|info|by|ru|ua|fr|de|pl|uk)\b")
_ADJECTIVES = ("al", "ic", "ive", "ous", "ary", "ish", "less", "ful")
_SAYING = frozenset({"say", "tell"})
_AMOUNTS = frozenset(["Fewer", "Less", "More", "Much"])


class Voices:
    """Tells of each source of a text what it is."""

    def __init__(self, stream: Tokens, listed: Mapping[tuple[int, int], Mention]) -> None:
        self._stream, self._listed = stream, listed
        self.ending = {mention.end: mention for mention in listed.values()}
        self._firsts = {stream.starts[_behind_marks(stream, first, end)] for first, end, _ in stream.units}

    def kind(self, source: Span, cue: Span | None = None) -> str | None:
        """Return ``person``, ``role``, ``people``, ``state``, ``body`` or ``document``; None for what cannot speak.

        ``role`` and ``people`` are unnamed: one person, and several or some.
        """
        text = self._stream.text
        words = bare(source.of(text)).split()
        if words[0] in PASTS and not self._has_article(source):
            return None
        mention = self.mention(source)
        if mention and mention.start >= source.start and _is_led_up(text[source.start : mention.start]):
            return self._of_mention(mention)
        if "and" in words and words[0].islower() and not _TIES.isdisjoint(words):
            return self._common(words)
        if words[-1][0].isupper() or words[-1][0] in "@#":
            return self._capital(words, source, cue)
        return self._common(words)

    def mention(self, source: Span) -> Mention | None:
        """Return the mention of a source, or that ends where it ends: "President Obama" for "Obama"."""
        end = source.start + len(bare(source.of(self._stream.text)))
        return self._listed.get((source.start, source.end)) or self.ending.get(end)

    def noun_behind(self, source: Span) -> Span | None:
        """Return a common noun right behind a name that is what speaks: ``the Neman agency``, ``Russian sailors``."""
        stream = self._stream
        at = bisect.bisect_left(stream.starts, source.end)
        if at == len(stream.starts) or stream.kinds[at - 1] != "name" or stream.starts[at] != source.end + 1:
            return None
        last = at + 1 if stream.words[at] == "news" else at  # "the Neman news agency"
        word = stream.words[last]
        is_noun = stream.kinds[last] == "word" and word.islower() and word not in NOUNS
        return stream.span(at, last) if is_noun and self.noun(word) in ("body", "people") else None

    def _common(self, words: list[str]) -> str | None:
        tie = next((at for at, word in enumerate(words) if word in _TIES and at), len(words))
        if tie > 1 and words[tie - 1] in _NEARNESS:
            tie -= 1
        head = words[tie - 1]
        if tie < len(words) and head[0].isupper():
            return "body" if head in BODIES else None
        return self.noun(head.lower()) or self._doer(words)

    def _doer(self, words: list[str]) -> str | None:
        """``man selling melons``: the one of whom a participle is said."""
        doers = (self.noun(one.lower()) for one, other in pairwise(words[:-1]) if other.endswith("ing"))
        return next((kind for kind in doers if kind in ("role", "people")), None)

    def noun(self, head: str) -> str | None:
        """Return what a noun in small letters says of its owner, None for a thing."""
        head = head.removeprefix("ex-")
        many = head[:-1] if head.endswith("s") else ""
        if head in ("newspaper", "newspapers"):
            return "body"
        if self._stream.lexicon.kind(head) == "role" or head in PEOPLE or head in SINGLES:
            is_one = head in SINGLES or (head not in PEOPLE and not head.endswith(("s", *_MEN)))
            return "role" if is_one else "people"
        if head in _BODIES or (many and not {many, f"{many[:-2]}y"}.isdisjoint(_BODIES)):
            return "body"
        if head in DOCUMENTS or many in DOCUMENTS:
            return "document"
        if head.endswith(_PERSONAL):
            return "role"
        return "people" if head.endswith(_MEN) or many in SINGLES or many.endswith(_PERSONAL) else None

    def _capital(self, words: list[str], source: Span, cue: Span | None) -> str | None:
        """A name by its shape; a word that only opens a sentence has to be a name elsewhere, or to say something."""
        last = words[-1]
        if _DOMAIN.match(self._stream.text, source.end):
            return "body"
        if last in BODIES or (len(words) > 1 and last.lower() in _BODIES) or not INNER.isdisjoint(words):
            return "body"
        if _is_medium(words) or heads_body(words):
            return "body"
        if (len(words) > 1 and (last in IMPERSONAL or last in MEMBERS)) or self._qualifies(source):
            return None
        if self._stream.before(source.start) in OUTLETS:
            return "body"
        if len(words) == 1:
            if f"{last.lower().rstrip('.')}." in ABBREVIATIONS:
                return None
            if self._is_town_or_state(source):
                return None
            if (last.lower() in KINDS and last not in WORD_NAMES) or last in _AMOUNTS:
                return None
            if source.start in self._firsts and not self._is_name(source, last, cue):
                return None
            is_role = last in MEMBERS or self._stream.lexicon.kind(last.lower()) == "role"
            if is_role and self._has_article(source):
                return "role"
            if last.isupper() and len(last) > 1 and self._stream.text[source.end : source.end + 1] != ":":
                return "body"
            return self.noun(last.lower()) or "person"
        if self._stream.lexicon.kind(last.lower()) == "role":
            return self.noun(last.lower())
        return None if any(word in PASTS for word in words) else "person"

    def _is_town_or_state(self, source: Span) -> bool:
        """``in Salem, Oregon,``: the second part of a place."""
        kinds, at = self._stream.kinds, bisect.bisect_left(self._stream.starts, source.start)
        return [*kinds[at - 3 : at + 2]] == ["preposition", "name", "comma", "name", "comma"]

    def _qualifies(self, source: Span) -> bool:
        """``Democratic presidential ...``: a capital in front of an adjective is no whole name."""
        at = bisect.bisect_left(self._stream.starts, source.end)
        if at >= len(self._stream.starts) or self._stream.kinds[at] != "word":
            return False
        is_adjective = self._stream.words[at].endswith(_ADJECTIVES) or "-" in self._stream.words[at]
        return is_adjective and self._stream.starts[at] == source.end + 1

    def _is_described(self, source: Span) -> bool:
        """``ECOWAS, which met``: a relative clause in small letters is said of a name, not of a line in capitals."""
        at = bisect.bisect_left(self._stream.starts, source.end)
        return self._stream.words[at : at + 2] == (",", "which")

    def _is_name(self, source: Span, word: str, cue: Span | None) -> bool:
        if word.lower() in KINDS or word.endswith(("ly", "ing")):
            return False
        text = self._stream.text
        if self.noun(word.lower()):
            return True
        if word.isupper() and len(word) > _ACRONYM:
            return self._is_described(source)
        elsewhere = (at for at, other in zip(self._stream.starts, self._stream.words, strict=True) if other == word)
        if any(at not in self._firsts for at in elsewhere):
            return True
        if cue and len(word) >= _FEWEST and word.isupper() and cue.of(text).islower():
            return True
        said = cue.of(text).lower().split() if cue else []
        if cue is None or self._stream.lexicon.frames.get(" ".join(dict.fromkeys([said[0], said[-1]]))) not in _SAYING:
            return False
        return word.lower() not in self._stream.words

    def _of_mention(self, mention: Mention) -> str | None:
        stream = self._stream
        kind = _OF_MENTION.get(mention.kind)
        at = bisect.bisect_left(stream.starts, mention.end)
        if kind == "people" and at < len(stream.kinds) and stream.kinds[at] == "word" and _is_noun(stream.words[at]):
            return None
        return kind

    def _has_article(self, source: Span) -> bool:
        return KINDS.get(self._stream.before(source.start)) == "determiner"


def _behind_marks(stream: Tokens, first: int, end: int) -> int:
    """The first word of a sentence, a dateline in front of it stepped over."""
    return next((at for at in range(first, end) if stream.kinds[at] != "mark"), first)


def can_speak(word: str) -> bool:
    """Tell whether a word in capitals is that of people or a body: ``Police``; not ``Trade``."""
    return word.lower() in PEOPLE or word.lower() in _BODIES


def _is_noun(word: str) -> bool:
    return not (is_past(word) or word.endswith("ing"))


def _is_medium(words: Sequence[str]) -> bool:
    """``The Sunday Mail``, ``AP/Dow Jones``, ``TV3``: an article, a slash or a figure is in no person's name."""
    last = words[-1]
    is_titled = words[0] == "The" and len(words) > 1 and last not in MEMBERS
    return is_titled or any("/" in word for word in words) or (last[0].isalpha() and last[-1].isdigit())


def heads_body(words: Sequence[str]) -> bool:
    """Tell whether a name is that of a body of a place or field: ``Human Rights Commission of Pakistan``."""
    tie = next((at for at, word in enumerate(words) if word in ("of", "for")), 0)
    return tie > 0 and words[tie - 1] in BODIES


def _is_led_up(words: str) -> bool:
    """Tell whether words in front of a name of the gazetteer leave it what it is: "President"; not "aide to"."""
    return not any(word in _TIES for word in words.split())


def is_of_body(name: str) -> bool:
    """Tell whether a name in capitals is that of a body or thing, by its last word or one before it.

    >>> is_of_body("Rural Bank"), is_of_body("Integrated Air Defense System"), is_of_body("AP/Dow Jones")
    (True, True, True)
    >>> is_of_body("Anna Petrova")
    False
    """
    words = name.split()
    last = words[-1]
    is_body = "/" in name or last in _NO_PERSONS or last.lower() in _BODIES
    return is_body or any(word in PORTFOLIOS for word in words[:-1])
