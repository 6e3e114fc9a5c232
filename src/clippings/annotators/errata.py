"""Likely misprints, kept as printed, with the reading probably meant; what is not sure is left alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from clippings.codebook import Codebook, Confusion
from clippings.model import Clipping, Erratum, Mention, Span

_JOINT = re.compile(r"\s+and\s+")
_SINGULAR = re.compile(r"\s+(has|is|was)\b")
_PLURAL = {"has": "have", "is": "are", "was": "were"}
_CLAUSE_START = re.compile(r"(?:^|[,;]\s+)$")
_STATES = frozenset({"country", "capital"})
_CAPITALIZED = re.compile(r"\b[A-Z][a-z]{3,}\b")
_ACTS = re.compile(r"\s+(?:is|was|has|had|will|would|could|said|says|wants|must)\b")
_WORD_BEFORE = re.compile(r"([A-Za-z]+)\s+$")
_WORD_AFTER = re.compile(r"\s+([A-Za-z]+)")
_NEAR = 40
_FAMILIAR, _LONG_STATE, _LONG_SURNAME = 2, 5, 7
_NAME_AFTER = re.compile(r"\s+[A-Z]")
_PREPOSITION = re.compile(r"\b(?:in|to|from|with|of|between|near|against|for|by)\s+$")


def annotate(
    clipping: Clipping, codebook: Codebook, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> tuple[Erratum, ...]:
    """Return the likely misprints of the body, sorted by position.

    Three rules: a singular verb after two states joined by "and"; a name one letter from the capital or the name of a
    state that the text is about; a word of the codebook's confusion list between the words given there.

    >>> from clippings import Codebook, parse
    >>> from clippings.annotators import annotate as walk
    >>> clipping = parse("Relations are week with Minsk.", layout="plain")[0]
    >>> [(e.expected, e.rule) for e in walk(clipping, Codebook.load()).errata]
    [('weak', 'confusion')]
    """
    found = [
        *_agreement(clipping.text, sentences, mentions),
        *_names(clipping.text, codebook, sentences, mentions),
        *_confusions(clipping, codebook.confusions),
    ]
    return tuple(sorted(found, key=lambda erratum: erratum.start))


def _agreement(text: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> Iterator[Erratum]:
    starts = {sentence.start for sentence in sentences}
    states = [mention for mention in mentions if mention.kind in _STATES]
    for first, second in pairwise(states):
        if not _JOINT.fullmatch(text, first.end, second.start) or not _opens_clause(text, first.start, starts):
            continue
        verb = _SINGULAR.match(text, second.end)
        if verb:
            yield Erratum(verb.start(1), verb.end(1), _PLURAL[verb[1]], "agreement")


def _opens_clause(text: str, start: int, sentence_starts: set[int]) -> bool:
    return start in sentence_starts or bool(_CLAUSE_START.search(text, max(0, start - 3), start))


def _names(text: str, codebook: Codebook, sentences: Sequence[Span], mentions: Sequence[Mention]) -> Iterator[Erratum]:
    names = [*_familiar_states(codebook, mentions), *_familiar_surnames(text, mentions)]
    taken = {mention.start for mention in mentions}
    for sentence in sentences if names else ():
        for word in _CAPITALIZED.finditer(text, sentence.start, sentence.end):
            expected = None if word.start() in taken else _one_edit_away(word[0], names)
            if expected and _is_named(text, word, sentence):
                yield Erratum(word.start(), word.end(), expected, "name")


def _familiar_states(codebook: Codebook, mentions: Sequence[Mention]) -> Iterator[str]:
    counts = Counter(mention.country for mention in mentions if mention.kind in _STATES)
    for country, count in counts.items():
        if country and count >= _FAMILIAR:
            yield from (name for name in codebook.state_names[country] if len(name) >= _LONG_STATE)


def _familiar_surnames(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    counts = Counter(mention.of(text).split()[-1] for mention in mentions if mention.kind == "person")
    return (name for name, count in counts.items() if count >= _FAMILIAR and len(name) >= _LONG_SURNAME)


def _is_named(text: str, word: re.Match[str], sentence: Span) -> bool:
    """A name acts, or stands behind a preposition; before another name it is a first name and none of these."""
    behind = _PREPOSITION.search(text, max(sentence.start, word.start() - _NEAR), word.start())
    return bool(_ACTS.match(text, word.end()) or (behind and not _NAME_AFTER.match(text, word.end())))


def _one_edit_away(word: str, names: Sequence[str]) -> str | None:
    return next(
        (name for name in names if word[0] == name[0] and word not in (name, f"{name}s") and _is_one_edit(word, name)),
        None,
    )


def _is_one_edit(left: str, right: str) -> bool:
    """One letter left out, put in, or changed, or two neighbors swapped."""
    if abs(len(left) - len(right)) > 1:
        return False
    head = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    rest_left, rest_right = left[head:], right[head:]
    swapped = rest_left[1:2] + rest_left[:1] + rest_left[2:]
    return (
        rest_left[1:] == rest_right
        or rest_left == rest_right[1:]
        or rest_left[1:] == rest_right[1:]
        or swapped == rest_right
    )


def _confusions(clipping: Clipping, confusions: Sequence[Confusion]) -> Iterator[Erratum]:
    by_word = {confusion.printed: confusion for confusion in confusions}
    if not by_word:
        return
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, by_word))})\b")
    for found in words.finditer(clipping.text, clipping.body.start, clipping.body.end):
        confusion = by_word[found[0]]
        if _stands_between(clipping.text, found, confusion):
            yield Erratum(found.start(), found.end(), confusion.expected, "confusion")


def _stands_between(text: str, found: re.Match[str], confusion: Confusion) -> bool:
    before = _WORD_BEFORE.search(text, max(0, found.start() - _NEAR), found.start())
    after = _WORD_AFTER.match(text, found.end())
    return _allowed(before, confusion.before) and _allowed(after, confusion.after)


def _allowed(word: re.Match[str] | None, wanted: Sequence[str]) -> bool:
    return not wanted or bool(word and word[1].lower() in wanted)
