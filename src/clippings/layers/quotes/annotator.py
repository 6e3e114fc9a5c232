"""Who said it: the words that name a quotation's source, and the person resolved from them.

Mention and identity stay apart: a quotation keeps the words (``source``), and the name they stand for (``speaker``)
with how it was found (``resolved_by``); where nothing is sure, the name is None. Only speech is attributed.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from clippings.codebook import Codebook
from clippings.evidence import Mention, Quote, SourceType
from clippings.layers.quotes import discourse, interviews, kinds, reported, rules
from clippings.layers.quotes.people import People
from clippings.layers.quotes.relays import Relay, Relays
from clippings.layers.quotes.reported import Reported
from clippings.layers.quotes.roles import UNKNOWN, Person
from clippings.layers.quotes.sites import Attribution, Rule
from clippings.layers.quotes.voices import can_speak
from clippings.model import Clipping, Span
from clippings.text import clauses, quotation_marks
from clippings.text.grammar_words import BODIES, LABELS, PORTFOLIOS
from clippings.text.lexicon import lexicon
from clippings.text.tagging import tag, with_names

_SECOND = re.compile(r" and (?:the|its|his|her|their) [a-z]")
_SEVERAL = re.compile(r"(?:[A-Z]\S* )*?([A-Z]\S*) of [A-Z].*? and ((?:[A-Z]\S* )*)([A-Z]\S*)$")
_BODY = re.compile(r"(?:[A-Z]\S* )*([A-Z]\S*) and (?:[A-Z]\S* ){0,2}([A-Z]\S*)")
_FIELDS = re.compile(r"(?:[A-Z]\S* )*?([A-Z]\S*) and (?:[A-Z]\S* )+(?:Minister|Secretary) [A-Z]")
_JOINED = re.compile(r" (?:and|nor|or) ")
_Row = tuple[Span, str, Attribution | Reported | None]
_ANSWERS = frozenset(["A", "Answer", "Reply", "Response"])
_SPOKEN = frozenset({"speech", "mixed"})
_TYPES: dict[str, SourceType] = {
    "person": "person",
    "body": "body",
    "state": "state",
    "document": "document",
    "role": "unnamed",
    "people": "unnamed",
}


def annotate(
    clipping: Clipping, codebook: Codebook, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> tuple[tuple[Quote, ...], tuple[Mention, ...]]:
    """Return the quotations and reports of the body with their speakers, and mentions of speakers no gazetteer knows.

    Args:
        clipping: the clipping.
        codebook: its cues name the verbs that report speech and the roles of sources.
        sentences: the sentences of the body.
        mentions: the gazetteer's mentions; they resolve names, affiliations and countries.

    >>> from clippings import Codebook, parse
    >>> from clippings.layers.registry import annotate as walk
    >>> clipping = parse('"We wait," said Anna Petrova, head of the Minsk Institute.', layout="plain")[0]
    >>> quote = walk(clipping, Codebook.load()).quotes[0]
    >>> quote.speaker, quote.role, quote.affiliation, quote.rule
    ('Anna Petrova', 'head', 'Minsk Institute', 'inverted cue')
    """
    marked = quotation_marks.find(clipping)
    tokens = tag(clipping, marked, sentences, lexicon(codebook), mentions)
    said = clauses.find(tokens)
    inside = rules.attribute(tokens, marked, said)
    tied = discourse.attribute(tokens, marked, said, inside, rules.crowds(tokens))
    sorts = kinds.sort(tokens, marked, tied)
    apart = (at for at, sort in zip(tokens.place, sorts, strict=True) if sort not in _SPOKEN)
    told = reported.find(with_names(tokens, apart), said)
    named = [found.source for found, sort in zip(tied, sorts, strict=True) if found and sort in _SPOKEN]
    turns = interviews.find(clipping)
    named += [report.source for report in told] + [turn.source for _, turn in turns]
    ends = {mention.end for mention in mentions if not mention.nested}
    sources = [part for source in named for part in _parts(clipping.text, source, ends)]
    rows: list[_Row] = [(run.span, sort, found) for run, sort, found in zip(marked, sorts, tied, strict=True)]
    rows += [(report.content, "reported", report) for report in told]
    rows += [(words, "speech", turn) for words, turn in turns]
    people = People(clipping, tokens, said, mentions, codebook, sources)
    relays = Relays(tokens, said, mentions, codebook, people)
    labels = [turn.source for _, turn in turns if _answers(clipping.text, turn.source)]
    answers = {label: people.guest(turns[0][1].source)[:2] for label in labels}
    answered = [] if turns else _unlabelled(clipping, people)
    rows += [(words, "speech", turn) for words, turn, _ in answered]
    answers |= {turn.source: guest for _, turn, guest in answered}
    made = tuple(_quotes(clipping.text, rows, people, relays, ends, answers)), people.unlisted
    people.release()
    return made


def _parts(text: str, source: Span, ends: Collection[int]) -> list[Span]:
    """The sources that words name: two where they are joined, so that neither said it alone, none for a label.

    ``ends`` are where the mentions of the text end.
    """
    words = source.of(text)
    if words.rstrip(string.digits) in LABELS:
        return []
    found = _JOINED.search(words)
    at = found.start() if found else 0
    is_tied = " of " in words[:at] or " for " in words[:at]
    if found is None or _is_office(words) or (is_tied and not _SECOND.match(words, at) and not _are_several(words)):
        return [source]
    if source.start + at not in ends and _is_body(words):
        return [source]
    return [Span(source.start, source.start + at), Span(source.start + found.end(), source.end)]


def _is_office(words: str) -> bool:
    """``Trade and Industry Minister Ivan Zhuk``; not ``Finance Ministry and Trade Minister Ivan Zhuk``."""
    found = _FIELDS.match(words)
    return found is not None and found[1] in PORTFOLIOS - BODIES and not can_speak(found[1])


def _is_body(words: str) -> bool:
    """``Food and Drug Administration``; not ``Neman Bank and Lida Council``, ``Poland and the Lida Council``."""
    found = _BODY.fullmatch(words)
    return found is not None and found[2] in BODIES and found[1] not in BODIES and not can_speak(found[1])


def _are_several(words: str) -> bool:
    """``Ivan Zhuk of Latvia and Pavel Orlov``, ``Union of Bakers and Anna Petrova``.

    Not so of ``Federal Ministry of Labour and Social Affairs``.
    """
    found = _SEVERAL.match(words)
    if found is None or found[3] in BODIES | PORTFOLIOS:
        return False
    return found[1] not in BODIES | PORTFOLIOS or (bool(found[2]) and not found[3].endswith("s"))


def _unlabelled(clipping: Clipping, people: People) -> list[tuple[Span, Attribution, tuple[Person, str | None]]]:
    """The answers of an interview whose lines name nobody, with the person whom the lines above say was asked.

    None where an answer names that person: it tells what somebody said.
    """
    parts = interviews.unlabelled(clipping)
    person, how, place = people.guest(parts[0][0]) if parts else (UNKNOWN, None, None)
    words = [answer for _, *answers in parts for answer in answers]
    if (
        place is None
        or not person.name
        or any(place.of(clipping.text).split()[-1] in one.of(clipping.text) for one in words)
    ):
        return []
    turn = Attribution(place, None, Rule.INTERVIEW)
    return [(answer, turn, (person, how)) for answer in words]


def _answers(text: str, label: Span) -> bool:
    return label.of(text).rstrip("0123456789") in _ANSWERS


def _quotes(
    text: str,
    rows: Iterable[_Row],
    people: People,
    relays: Relays,
    ends: Collection[int],
    answers: Mapping[Span, tuple[Person, str | None]],
) -> Iterator[Quote]:
    known = dict(answers)
    for span, sort, tied in sorted(rows, key=lambda row: (row[0].start, row[0].end)):
        if tied is None or sort not in (*_SPOKEN, "reported"):
            yield Quote(start=span.start, end=span.end, kind=sort, rule=Rule.NONE.value)
            continue
        runs_on = isinstance(tied, Attribution) and tied.runs_on
        if tied.source not in answers and not (runs_on and tied.source in known):
            alone = len(_parts(text, tied.source, ends)) == 1
            known[tied.source] = people.resolve(tied.source, tied.cue) if alone else (UNKNOWN, None)
        person, resolved_by = known[tied.source]
        if sort == "reported" and person.name is None and tied.source.of(text) == "which":
            continue  # "a poll, which suggests that": a thing says nothing
        relay = relays.of(span, tied.source, tied.cue, person)
        yield _quote(span, sort, tied, person, relay, "running speaker" if runs_on and person.name else resolved_by)


def _quote(
    span: Span, sort: str, tied: Attribution | Reported, person: Person, relay: Relay, resolved_by: str | None
) -> Quote:
    return Quote(
        start=span.start,
        end=span.end,
        kind=sort,
        rule=tied.rule.value,
        speaker=person.name,
        speaker_id=person.id,
        role=person.role,
        affiliation=person.affiliation,
        country=person.country,
        source=tied.source,
        cue=tied.cue,
        resolved_by=resolved_by if person.name else None,
        source_type=_TYPES.get(person.kind) if person.kind else None,
        via=relay.via.words,
        via_id=relay.via.id,
        addressee=relay.addressee.words,
        addressee_id=relay.addressee.id,
        relayed_by=relay.relayed_by.words,
        relayed_by_id=relay.relayed_by.id,
    )
