"""Likely misprints, kept as printed, with the reading probably meant; what is not sure is left alone.

Few pages have any, so a page is asked first, in a cheap way that overlooks nothing, whether it may have one.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from string import ascii_lowercase, ascii_uppercase

import ahocorasick_rs
import msgspec

from clippings.codebook import Actor, Codebook, Confusion
from clippings.evidence import Erratum, Mention
from clippings.layers import _slips
from clippings.model import Clipping, Span
from clippings.text import scanning
from clippings.text.edit_distance import Index
from clippings.text.grammar_words import KINDS

_JOINT = re.compile(r"\s+and\s+")
_SINGULAR = re.compile(r"\s+(has|is|was)\b")
_PLURAL = {"has": "have", "is": "are", "was": "were"}
_CLAUSE_START = re.compile(r"(?:^|[,;]\s+)$")
_STATES = frozenset({"country", "capital"})
_STATES_AND_PEOPLES = _STATES | {"demonym"}
_CAPITALIZED = re.compile(r"\b[A-Z][a-z]{3,}\b")
# Text is searched with each character written as its class: a fixed string is found faster than a class.
_CAPITAL, _SMALL, _OTHER = b"Aa "
_CLASSES = bytes(
    _CAPITAL if char in ascii_uppercase else _SMALL if char in ascii_lowercase else _OTHER
    for char in map(chr, range(256))
)
_CAPITALIZED_CLASSES = re.compile(b"Aaaaa*")
_LONG_CLASSES = re.compile(b"aaaaaaaaaa*")
_ACTS = re.compile(r"\s+(?:is|was|has|had|will|would|could|said|says|wants|must)\b")
_WORD_BEFORE = re.compile(r"([A-Za-z]+)\s+$")
_WORD_AFTER = re.compile(r"\s+([A-Za-z]+)")
# Confused "words" may be several: what one begins with ends where a word does, so that no two of these overlap.
_HEAD = re.compile(r"\w+|\W+")
_NEAR = 40
_JOINED = frozenset("'’-_@/")
_FAMILIAR, _LONG_STATE, _LONG_SURNAME = 2, 5, 7
_LONG_WORD, _SHORT_SURNAME, _VERY_LONG, _LONG_ENDING = 6, 5, 10, 3
_PHRASES = frozenset({"country", "alliance", "organization"})
_BEFORE_NAME = re.compile(r"([\w.'’-]+)[ \n]\Z")
_NAME_AFTER = re.compile(r"\s+[A-Z]")
_PREPOSITION = re.compile(r"\b(?:in|to|from|with|of|between|near|against|for|by)\s+$")


class _Body:
    """The text of a body, where its capitalized words may be, and how often each of these and of its long ones stands.

    Attributes:
        start: where it starts in the page.
        text: its text.
        capitalized: where each capitalized word stands in it.
        words: these words.
        counts: how often each of them stands there.
        long: how often each long word stands there.
    """

    def __init__(self, clipping: Clipping) -> None:
        self.start, self.text = clipping.body.start, clipping.body.of(clipping.text)
        classes = self.text.encode("ascii", "replace").translate(_CLASSES)
        self.capitalized = [found.span() for found in _CAPITALIZED_CLASSES.finditer(classes)]
        self.words = [self.text[start:end] for start, end in self.capitalized]
        self.counts = Counter(self.words)
        long = [found.span() for found in _LONG_CLASSES.finditer(classes)]
        self.long = Counter([self.text[start:end] for start, end in long if classes[start - 1 : start] != b"A"])

    def erratum(self, slip: str, meant: str, rule: str) -> Erratum | None:
        """A slip where it is a whole word."""
        found = re.search(rf"\b{slip}\b", self.text)
        return Erratum(self.start + found.start(), self.start + found.end(), meant, rule) if found else None


class _Rules:
    """What a codebook says of misprints, made ready for many pages."""

    def __init__(self, codebook: Codebook) -> None:
        self.state_names = {
            country: tuple(name for name in names if len(name) >= _LONG_STATE)
            for country, names in codebook.state_names.items()
        }
        index = Index(name for names in self.state_names.values() for name in names)
        self.is_near_state = functools.lru_cache(maxsize=1 << 16)(lambda word: index.first(word) is not None)
        self.known = frozenset(word for actor in codebook.actors for form in actor.forms for word in form.split())
        states = [actor for actor in codebook.actors if actor.kind == "country"]
        self.state_of = {word: state.short for state in states for word in _words_of(state)}
        self.slips = _slips.table(self.state_of, self.known)
        self.misprints = {slip: (0, slip, word) for slip, word in _slips.of_english().items()}
        self.misprints |= _of_phrases(codebook, self.known)
        self.printed = ahocorasick_rs.AhoCorasick(
            list(self.misprints),
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )
        self.people = {actor.short for actor in codebook.actors if actor.kind == "person"}
        self.first_names = _first_names(codebook, self.known)
        self.titles = frozenset(codebook.cues.roles) | _slips.TITLES
        self.confusions = {one.printed: one for told in codebook.confusions for one in (told, _capitalized(told))}
        self.confused = re.compile(rf"\b(?:{'|'.join(map(re.escape, self.confusions))})\b")
        heads = {found[0] for found in map(_HEAD.match, self.confusions) if found}
        self.heads = ahocorasick_rs.AhoCorasick(sorted(heads), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _capitalized(one: Confusion) -> Confusion:
    """A confused word as it opens a sentence."""
    return msgspec.structs.replace(one, printed=one.printed.capitalize(), expected=one.expected.capitalize())


def _words_of(state: Actor) -> Iterator[str]:
    """The words that a state, its people and its capitals are called by."""
    forms = (*state.names, *state.demonyms, *state.capitals)
    return (form for form in forms if form.isalpha() and len(form) >= _LONG_WORD)


def _first_names(codebook: Codebook, known: frozenset[str]) -> dict[str, dict[str, str]]:
    """By person, the first name meant by each slip of it; one that only doubles a letter is another spelling."""
    found: dict[str, dict[str, str]] = {}
    for person in (actor for actor in codebook.actors if actor.kind == "person"):
        firsts = {name.split()[0] for name in person.names if " " in name}
        slips = _slips.table(sorted(first for first in firsts if len(first) >= _LONG_STATE), known)
        found[person.short] = {slip: first for slip, first in slips.items() if _undoubled(slip) != _undoubled(first)}
    return found


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _of_phrases(codebook: Codebook, known: frozenset[str]) -> dict[str, tuple[int, str, str]]:
    """Names of several words with a slip in one: where in the name it begins, the slip, and the word meant."""
    found: dict[str, tuple[int, str, str]] = {}
    for name in (name for actor in codebook.actors if actor.kind in _PHRASES for name in actor.names if " " in name):
        for word in (found[0] for found in _CAPITALIZED.finditer(name) if len(found[0]) >= _LONG_STATE):
            at = name.index(word)
            slips = _slips.table([word], known)
            found |= {name[:at] + slip + name[at + len(word) :]: (at, slip, word) for slip in slips}
    return found


_rules = functools.lru_cache(maxsize=8)(_Rules)  # A codebook is one object for all its pages.


def annotate(
    clipping: Clipping, codebook: Codebook, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> tuple[Erratum, ...]:
    """Return the likely misprints of the body, sorted by position.

    Four rules: a singular verb after two states joined by "and"; a name one letter from that of a state or person that
    the text is about; a word of the codebook's confusion list between the words given there; a slip that is no word.

    >>> from clippings import Codebook, parse
    >>> from clippings.layers.registry import annotate as walk
    >>> clipping = parse("Relations are week with Minsk.", layout="plain")[0]
    >>> [(e.expected, e.rule) for e in walk(clipping, Codebook.load()).errata]
    [('weak', 'confusion')]
    """
    rules, body = _rules(codebook), _Body(clipping)
    found = [
        *_agreement(clipping.text, sentences, mentions),
        *_names(clipping, rules, sentences, mentions, body),
        *_confusions(clipping, rules),
        *_misprints(clipping, rules),
        *_slips_of_names(clipping, rules, mentions, body),
        *_slips_of_first_names(clipping, rules, mentions),
        *_slips_of_words(body),
    ]
    by_start = {erratum.start: erratum for erratum in reversed(found)}
    return tuple(by_start[start] for start in sorted(by_start))


def _agreement(text: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> Iterator[Erratum]:
    states = [mention for mention in mentions if mention.kind in _STATES]
    for first, second in pairwise(states):
        if text[first.end : second.start].strip() != "and" or not _JOINT.fullmatch(text, first.end, second.start):
            continue
        verb = _SINGULAR.match(text, second.end)
        if verb and _opens_clause(text, first.start, sentences):
            yield Erratum(verb.start(1), verb.end(1), _PLURAL[verb[1]], "agreement")


def _opens_clause(text: str, start: int, sentences: Sequence[Span]) -> bool:
    sentence = _sentence(sentences, start)
    at_start = sentence is not None and sentence.start == start
    return at_start or bool(_CLAUSE_START.search(text, start - 3, start))


def _sentence(sentences: Sequence[Span], start: int) -> Span | None:
    """The last sentence that begins no later than an offset."""
    number = bisect_right(sentences, start, key=lambda sentence: sentence.start)
    return sentences[number - 1] if number else None


def _names(
    clipping: Clipping, rules: _Rules, sentences: Sequence[Span], mentions: Sequence[Mention], body: _Body
) -> Iterator[Erratum]:
    text = clipping.text
    surnames = _familiar_surnames(text, mentions)
    words = _near_names(clipping, rules, surnames, mentions, body)
    if not words:
        return
    names = Index([*_familiar_states(rules, mentions), *surnames])
    for word in words:
        expected, sentence = names.first(word[0]), _sentence(sentences, word.start())
        if expected and sentence and word.end() <= sentence.end and _is_named(text, word, sentence):
            yield Erratum(word.start(), word.end(), expected, "name")


def _near_names(
    clipping: Clipping, rules: _Rules, surnames: Sequence[str], mentions: Sequence[Mention], body: _Body
) -> list[re.Match[str]]:
    """The words that are no mention and one edit from the name of any state or from a familiar surname."""
    near = set(filter(rules.is_near_state, body.counts))
    initials = {name[0] for name in surnames}
    alike = [word for word in body.counts if word[0] in initials] if initials else ()
    if alike:
        near.update(filter(Index(surnames).first, alike))
    if not near:
        return []
    first, named = body.start, {mention.start for mention in mentions}
    placed = zip(body.capitalized, body.words, strict=True)
    starts = (first + start for (start, _), word in placed if word in near and first + start not in named)
    found = (_CAPITALIZED.match(clipping.text, start, clipping.body.end) for start in starts)
    return [word for word in found if word]


def _familiar_states(rules: _Rules, mentions: Sequence[Mention]) -> Iterator[str]:
    counts = Counter(mention.country for mention in mentions if mention.kind in _STATES)
    for country, count in counts.items():
        if country and count >= _FAMILIAR:
            yield from rules.state_names[country]


def _familiar_surnames(text: str, mentions: Sequence[Mention]) -> list[str]:
    names = [text[mention.start : mention.end].split()[-1] for mention in mentions if mention.kind == "person"]
    return [name for name, count in Counter(names).items() if count >= _FAMILIAR and len(name) >= _LONG_SURNAME]


def _is_named(text: str, word: re.Match[str], sentence: Span) -> bool:
    """A name acts, or stands behind a preposition; before another name it is a first name and none of these."""
    behind = _PREPOSITION.search(text, max(sentence.start, word.start() - _NEAR), word.start())
    return bool(_ACTS.match(text, word.end()) or (behind and not _NAME_AFTER.match(text, word.end())))


def _confusions(clipping: Clipping, rules: _Rules) -> Iterator[Erratum]:
    text, body = clipping.text, clipping.body
    read_to = body.start
    for _, start, _end in scanning.hits(rules.heads, body.of(text)):
        found = rules.confused.match(text, body.start + start, body.end)
        if not found or found.start() < read_to:
            continue
        read_to = found.end()
        confusion = rules.confusions[found[0]]
        if _stands_between(text, found, confusion):
            yield Erratum(*found.span(), confusion.expected, "confusion")


def _stands_between(text: str, found: re.Match[str], confusion: Confusion) -> bool:
    after = _WORD_AFTER.match(text, found.end()) if confusion.after else None
    if confusion.after and not (after and after[1].lower() in confusion.after):
        return False
    before = _WORD_BEFORE.search(text, found.start() - _NEAR, found.start()) if confusion.before else None
    return not confusion.before or (before is not None and before[1].lower() in confusion.before)


def _misprints(clipping: Clipping, rules: _Rules) -> Iterator[Erratum]:
    """Slips of common words, and of a word in a name of several."""
    text, body = clipping.text, clipping.body
    words = body.of(text)
    for _, start, end in scanning.hits(rules.printed, words):
        if _is_word(words, start, end):
            at, slip, meant = rules.misprints[words[start:end]]
            first = body.start + start + at
            yield Erratum(first, first + len(slip), meant, "misprint")


def _is_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum() or before in _JOINED or after in _JOINED)


def _slips_of_names(clipping: Clipping, rules: _Rules, mentions: Sequence[Mention], body: _Body) -> Iterator[Erratum]:
    """Slips of the names of states, of persons named in full, and of long names that the text has twice."""
    text = clipping.text
    states = {mention.country for mention in mentions if mention.kind in _STATES_AND_PEOPLES}
    named = ((mention.id, mention.of(text).split()) for mention in mentions if mention.kind == "person")
    surnames = {name[-1] for person, name in named if len(name) > 1 or person in rules.people}
    words = body.counts
    for slip in words.keys() & rules.slips.keys():
        found = body.erratum(slip, rules.slips[slip], "name")
        if found and words[slip] == 1 and rules.state_of[found.expected] in states:
            yield found
    surnames |= {word for word, count in words.items() if count >= _FAMILIAR and len(word) >= _LONG_SURNAME}
    long = (surname for surname in surnames if len(surname) >= _SHORT_SURNAME)
    for slip, surname in _meant(long, _slips.of_name, words).items():
        found = None if slip in surnames or slip in rules.known else body.erratum(slip, surname, "name")
        if found and _stands_alone(text, found.start, found.end, rules.titles):
            yield found


def _slips_of_first_names(clipping: Clipping, rules: _Rules, mentions: Sequence[Mention]) -> Iterator[Erratum]:
    """Slips of the first name of a person of the codebook, before the surname."""
    text, first = clipping.text, clipping.body.start
    for mention in mentions:
        slips = rules.first_names.get(mention.id) if mention.kind == "person" else None
        before = _word_before(text, first, mention.start) if slips else None
        if slips and before and before[1] in slips:
            yield Erratum(*before.span(1), slips[before[1]], "name")


def _word_before(text: str, first: int, end: int) -> re.Match[str] | None:
    """The word in front of a name, one blank between; no text before ``first`` is looked at."""
    near = max(first, end - _NEAR)
    begin = max(text.rfind(" ", near, end - 1), text.rfind("\n", near, end - 1), near - 1) + 1
    return _BEFORE_NAME.search(text, begin, end)


def _stands_alone(text: str, start: int, end: int, titles: frozenset[str]) -> bool:
    """Tell whether a name has no first name before it and no other name behind it."""
    before = _word_before(text, 0, start)
    word = before[1] if before else ""
    is_grammar = KINDS.get(word.lower()) not in (None, "auxiliary")  # "Then Petrova", but "Will Petrova".
    is_first_name = word[:1].isupper() and word.lower() not in titles and word[-1:] != "." and not is_grammar
    return not is_first_name and not _NAME_AFTER.match(text, end)


def _slips_of_words(body: _Body) -> Iterator[Erratum]:
    """Slips of long words that the text has twice or more, spelled right."""
    familiar = [word for word, count in body.long.items() if count >= _FAMILIAR and len(word) >= _VERY_LONG]
    for slip, word in _meant(familiar, lambda word: _slips.of(word, _LONG_ENDING), body.long).items():
        found = body.erratum(slip, word, "misprint")
        if found:
            yield found


def _meant(words: Iterable[str], slips_of: Callable[[str], frozenset[str]], printed: Counter[str]) -> dict[str, str]:
    """The word meant by each slip that is printed once; a slip of two words may be either, and is none."""
    found: dict[str, list[str]] = {}
    for word in words:
        for slip in slips_of(word) & printed.keys():
            found.setdefault(slip, []).append(word)
    return {slip: meant[0] for slip, meant in found.items() if len(meant) == 1 and printed[slip] == 1}
