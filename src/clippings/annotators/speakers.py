"""Who said it: the words that name a quotation's source, and the person resolved from them.

The source is looked for in the quotation's own sentence, outside all quotation marks: first right after it, then
before. Mention and identity stay apart: a quotation keeps the words (``source``), and the name they stand for
(``speaker``) with how it was found (``resolved_by``); where nothing is sure, the name is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clippings.annotators import phrases as grammar
from clippings.annotators import quotes as quotation
from clippings.annotators.people import UNKNOWN, People, Person
from clippings.annotators.phrases import Lexicon, Phrase, Token
from clippings.annotators.quotes import Marked
from clippings.codebook import Codebook
from clippings.model import Clipping, Mention, Quote, Span

_SKIPPED = frozenset({"auxiliary", "adverb", "relative"})
_RELAY = frozenset({"as", "quoted"})
_SEGMENTS = 3


class Attribution(NamedTuple):
    """The words that name a source, the words that report, and the rule that found them."""

    source: Span
    cue: Span
    rule: str


class Context(NamedTuple):
    """A stretch of a sentence beside a quotation, cut into tokens and phrases."""

    found: list[Token]
    phrases: list[Phrase]
    words: Lexicon


def annotate(
    clipping: Clipping, codebook: Codebook, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> tuple[tuple[Quote, ...], tuple[Mention, ...]]:
    """Return the quotations of the body with their speakers, and mentions of the speakers the gazetteer does not know.

    Args:
        clipping: the clipping.
        codebook: its cues name the verbs that report speech and the roles of sources.
        sentences: the sentences of the body.
        mentions: the gazetteer's mentions; they resolve names, affiliations and countries.

    >>> from clippings import Codebook, parse
    >>> from clippings.annotators import annotate as walk
    >>> clipping = parse('"We wait," said Anna Petrova, head of the Minsk Institute.', layout="plain")[0]
    >>> quote = walk(clipping, Codebook.load()).quotes[0]
    >>> quote.speaker, quote.role, quote.affiliation, quote.rule
    ('Anna Petrova', 'head', 'Minsk Institute', 'inverted cue')
    """
    words = grammar.lexicon(codebook.cues)
    marked = quotation.find(clipping)
    sources = list(_attributions(clipping.text, marked, sentences, words))
    people = People(clipping, words, mentions, [found.source for found in sources if found])
    quotes = tuple(_quotes(clipping, marked, sources, people))
    return quotes, people.unlisted


def _quotes(
    clipping: Clipping, marked: Sequence[Marked], sources: Sequence[Attribution | None], people: People
) -> Iterator[Quote]:
    running = UNKNOWN
    for index, (found, source) in enumerate(zip(marked, sources, strict=True)):
        kind = quotation.kind(clipping.text, found, attributed=source is not None)
        if source:
            person, resolved_by = people.resolve(source.source)
            running = person
            yield _quote(found, kind, source.rule, person, resolved_by, source)
        elif kind == "speech" and _runs_on(clipping, marked, index):
            yield _quote(found, kind, "running speaker", running, "running speaker")
        else:
            yield _quote(found, kind, "marks", UNKNOWN, None)


def _quote(
    found: Marked,
    kind: str,
    rule: str,
    person: Person,
    resolved_by: str | None,
    source: Attribution | None = None,
) -> Quote:
    return Quote(
        start=found.span.start,
        end=found.span.end,
        kind=kind,
        rule=rule,
        speaker=person.name,
        speaker_id=person.id,
        role=person.role,
        affiliation=person.affiliation,
        country=person.country,
        source=source.source if source else None,
        cue=source.cue if source else None,
        resolved_by=resolved_by if person.name else None,
    )


def _runs_on(clipping: Clipping, marked: Sequence[Marked], index: int) -> bool:
    """A quotation without a source goes on from the one before it in its paragraph, or from one left open."""
    if index == 0:
        return False
    before, here = marked[index - 1], marked[index]
    return here.block == before.block or (
        not before.closed and not clipping.text[before.span.end : here.span.start].strip()
    )


def _attributions(
    text: str, marked: Sequence[Marked], sentences: Sequence[Span], words: Lexicon
) -> Iterator[Attribution | None]:
    at = 0
    for index, here in enumerate(marked):
        while at + 1 < len(sentences) and sentences[at].end <= here.span.start:
            at += 1
        start = max(sentences[at].start, marked[index - 1].span.end if index else 0)
        end = _sentence_end(sentences, at, here.span.end)
        if index + 1 < len(marked):
            end = min(end, marked[index + 1].span.start)
        after = _context(text, Span(here.span.end, max(here.span.end, end)), words)
        before = _context(text, Span(min(start, here.span.start), here.span.start), words)
        yield _after(text, after) or _before(text, before)


def _sentence_end(sentences: Sequence[Span], at: int, offset: int) -> int:
    while at + 1 < len(sentences) and sentences[at].end < offset:
        at += 1
    return sentences[at].end


def _context(text: str, span: Span, words: Lexicon) -> Context:
    found = grammar.tokens(text, span, words)
    return Context(found, grammar.phrases(found), words)


def _after(text: str, context: Context) -> Attribution | None:
    """``," said X``, ``," X, head of Y, said`` and ``," according to X``."""
    first = 1 if context.found and context.found[0].kind == "comma" else 0
    if first >= len(context.found):
        return None
    last = grammar.cue_at(context.found, first, context.words)
    if last is not None:
        return _right(text, context, first, last, "inverted cue")
    last = grammar.according_at(context.found, first, context.words)
    if last is not None:
        return _right(text, context, first, last, "according to")
    opening = first + (context.found[first].kind == "determiner")
    for at, last in grammar.cues(context.found, context.words):
        subject = _subject(context, at)
        if subject and _begins(context, subject, opening):
            return _attribution(text, context, subject, at, last, "source, then cue")
    return None


def _before(text: str, context: Context) -> Attribution | None:
    """``X said: "``, ``X told reporters that "`` and ``according to X, "``; the cue nearest the quotation counts."""
    for at in range(len(context.found) - 1, -1, -1):
        last = grammar.cue_at(context.found, at, context.words)
        subject = _subject(context, at) if last is not None else None
        if subject and last is not None:
            return _attribution(text, context, subject, at, last, "cue before")
        last = grammar.according_at(context.found, at, context.words)
        if last is not None:
            return _right(text, context, at, last, "according to")
    return None


def _right(text: str, context: Context, first: int, last: int, rule: str) -> Attribution | None:
    """The phrase right behind a cue, or the name set beside it: "said the ambassador, Jurate Penkaite"."""
    start = last + 1
    if start < len(context.found) and context.found[start].kind == "determiner":
        start += 1
    phrase = next((phrase for phrase in context.phrases if phrase.first <= start <= phrase.last), None)
    if not phrase:
        return None
    return _attribution(text, context, _named_beside(context, phrase), first, last, rule)


def _named_beside(context: Context, phrase: Phrase) -> Phrase:
    """A role with a name in apposition, commas around, is that name."""
    beside = next((other for other in context.phrases if other.first == phrase.last + 2), None)
    is_apposed = phrase.kind == "role" and beside and beside.kind == "name" and _is_comma(context, phrase.last + 1)
    return beside if is_apposed and beside else phrase


def _begins(context: Context, subject: Phrase, opening: int) -> bool:
    """Tell whether the phrase, or the role it stands in apposition to, begins the stretch."""
    return subject.first <= opening or any(
        phrase.first <= opening and _named_beside(context, phrase) == subject for phrase in context.phrases[:1]
    )


def _subject(context: Context, cue: int) -> Phrase | None:
    """The phrase that a cue says its words of, looked for to the left of it."""
    at = cue - 1
    while at >= 0 and (context.found[at].kind in _SKIPPED or context.found[at].text in _RELAY):
        at -= 1
    if at < 0:
        return None
    if _is_comma(context, at):
        return _before_apposition(context, at)
    phrase = _ending(context, at)
    return _head_of(context, phrase) if phrase else None


def _before_apposition(context: Context, comma: int) -> Phrase | None:
    """Step left over ``, head of Y,`` and ``, 21,`` to the phrase they stand beside; a name is preferred to a role."""
    role = None
    for _ in range(_SEGMENTS):
        phrase = _ending(context, comma - 1)
        if phrase and phrase.kind == "name" and _opens_segment(context, phrase) and not _is_complement(context, phrase):
            return phrase
        role = (_head_of(context, phrase) if phrase else None) or role
        previous = [at for at in range(comma) if _is_comma(context, at)]
        if not previous:
            break
        comma = previous[-1]
    return role


def _opens_segment(context: Context, phrase: Phrase) -> bool:
    first = phrase.first
    return first == 0 or context.found[first - 1].kind in ("comma", "mark", "determiner", "conjunction")


def _is_complement(context: Context, phrase: Phrase) -> bool:
    return phrase.first > 0 and context.found[phrase.first - 1].kind == "preposition"


def _head_of(context: Context, phrase: Phrase) -> Phrase:
    """A name behind a preposition completes the role before it: "a spokesman for the Foreign Ministry"."""
    at = phrase.first - 1
    if at >= 0 and context.found[at].kind == "determiner":
        at -= 1
    if at > 0 and context.found[at].kind == "preposition":
        return _ending(context, at - 1) or phrase
    return phrase


def _ending(context: Context, at: int) -> Phrase | None:
    return next((phrase for phrase in context.phrases if phrase.last == at), None)


def _is_comma(context: Context, at: int) -> bool:
    return 0 <= at < len(context.found) and context.found[at].kind == "comma"


def _attribution(text: str, context: Context, subject: Phrase, first: int, last: int, rule: str) -> Attribution:
    cue = Span(context.found[first].start, context.found[last].end)
    return Attribution(grammar.possessive_cut(text, subject.source), cue, rule)
