"""Who said it: the words that name a quotation's source, and the person resolved from them.

Mention and identity stay apart: a quotation keeps the words (``source``), and the name they stand for (``speaker``)
with how it was found (``resolved_by``); where nothing is sure, the name is None. Only speech is attributed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clippings.codebook import Codebook
from clippings.layers.quotes import kinds, reported
from clippings.layers.quotes.discourse import Surroundings
from clippings.layers.quotes.people import People
from clippings.layers.quotes.reported import Reported
from clippings.layers.quotes.roles import Person
from clippings.layers.quotes.rules import Attribution, Attributions
from clippings.model import Clipping, Mention, Quote, Span
from clippings.text import clauses, quotation_marks
from clippings.text.lexicon import lexicon
from clippings.text.quotation_marks import Marked
from clippings.text.tokens import Stream

_SPOKEN = frozenset({"speech", "mixed"})


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
    stream = Stream(clipping, marked, sentences, lexicon(codebook), mentions)
    said = clauses.find(stream)
    inside = Attributions(stream, marked, said).found
    tied = Surroundings(stream, marked, said, inside).found
    told = reported.find(stream, said)
    sorts = [kinds.kind(stream, marked, index, found) for index, found in enumerate(tied)]
    sources = [found.source for found, sort in zip(tied, sorts, strict=True) if found and sort in _SPOKEN]
    sources += [report.source for report in told]
    people = People(clipping, stream, said, mentions, codebook, sources)
    return tuple(_quotes(marked, sorts, tied, told, people)), people.unlisted


def _quotes(
    marked: Sequence[Marked],
    sorts: Sequence[str],
    found: Sequence[Attribution | None],
    told: Sequence[Reported],
    people: People,
) -> Iterator[Quote]:
    rows: list[tuple[Span, str, Attribution | Reported | None]] = [
        (run.span, sort, tied) for run, sort, tied in zip(marked, sorts, found, strict=True)
    ]
    rows += [(report.content, "reported", report) for report in told]
    known: dict[Span, tuple[Person, str | None]] = {}
    for span, sort, tied in sorted(rows, key=lambda row: (row[0].start, row[0].end)):
        if tied is None or sort not in ("speech", "mixed", "reported"):
            yield Quote(start=span.start, end=span.end, kind=sort, rule="marks")
            continue
        runs_on = isinstance(tied, Attribution) and tied.runs_on
        if not runs_on or tied.source not in known:
            known[tied.source] = people.resolve(tied.source, tied.cue)
        person, resolved_by = known[tied.source]
        yield _quote(span, sort, tied, person, "running speaker" if runs_on and person.name else resolved_by)


def _quote(span: Span, sort: str, tied: Attribution | Reported, person: Person, resolved_by: str | None) -> Quote:
    return Quote(
        start=span.start,
        end=span.end,
        kind=sort,
        rule=tied.rule,
        speaker=person.name,
        speaker_id=person.id,
        role=person.role,
        affiliation=person.affiliation,
        country=person.country,
        source=tied.source,
        cue=tied.cue,
        resolved_by=resolved_by if person.name else None,
    )
