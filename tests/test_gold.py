"""The clipping of 2 November 2007 against its hand-made gold; nothing expected here stands in the code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import clippings as cl
from clippings.evidence import Mention, Quote
from clippings.model import Annotated

ROOT = Path(__file__).parents[1]
GOLD = json.loads((ROOT / "data/gold/112007-14.json").read_text(encoding="utf-8"))
STATES = {"country", "capital", "demonym"}


@pytest.fixture(scope="module")
def page() -> Annotated:
    return cl.read(ROOT / "data/clippings/112007-14.txt").annotate()[0]


def outer(page: Annotated) -> dict[tuple[int, int], Mention]:
    return {(m.start, m.end): m for m in page.mentions if not m.nested}


def direct(page: Annotated) -> list[Quote]:
    return [quote for quote in page.quotes if quote.kind != "reported"]


def test_every_quotation_is_found_and_no_other(page):
    assert [(q.start, q.end) for q in direct(page)] == [(q["start"], q["end"]) for q in GOLD["quotes"]]


@pytest.mark.parametrize("number", range(len(GOLD["quotes"])))
def test_quotation_has_its_speaker_role_and_affiliation(page, number):
    quote, gold = direct(page)[number], GOLD["quotes"][number]
    assert quote.of(page.clipping.text) == gold["text"]
    for name in ("speaker", "role", "affiliation", "country"):
        assert getattr(quote, name) == gold[name]


@pytest.mark.parametrize("number", range(len(GOLD["quotes"])))
def test_quotation_keeps_the_words_that_name_source_and_cue(page, number):
    quote, gold = direct(page)[number], GOLD["quotes"][number]
    assert [quote.source.start, quote.source.end] == gold["speaker_span"]
    assert [quote.cue.start, quote.cue.end] == gold["cue_span"]
    assert quote.source.of(page.clipping.text) == gold["speaker_surface"]
    assert quote.cue.of(page.clipping.text) == gold["cue"]


def test_both_dates(page):
    printed, event = GOLD["dates"]
    date = page.clipping.fields["date"]
    assert (date.span.start, date.span.end, date.value) == (printed["start"], printed["end"], printed["iso"])
    (found,) = page.dates
    assert found.iso == event["iso"]
    assert event["start"] <= found.start < found.end == event["end"]


def test_all_errata_and_no_other(page):
    found = [(e.start, e.end, e.of(page.clipping.text), e.expected) for e in page.errata]
    assert found == [(e["start"], e["end"], e["text"], e["expected"]) for e in GOLD["errata"]]


def test_mentions_reach_an_f1_of_95_by_span(page):
    gold = {(m["start"], m["end"]) for m in GOLD["mentions"]}
    found = set(outer(page))
    assert 2 * len(gold & found) / (len(gold) + len(found)) >= 0.95


def test_states_have_their_iso_code_and_kind(page):
    found = outer(page)
    states = [m for m in GOLD["mentions"] if m["kind"] in STATES and (m["start"], m["end"]) in found]
    misprints = {(e["start"], e["end"]) for e in GOLD["errata"]}
    wanted = {(m["start"], m["end"]) for m in GOLD["mentions"] if m["kind"] in STATES} - misprints
    assert {(m["start"], m["end"]) for m in states} == wanted
    for gold in states:
        mention = found[gold["start"], gold["end"]]
        assert (mention.id, mention.kind, mention.country) == (gold["id"], gold["kind"], gold["id"])


def test_a_misprinted_name_is_not_linked_to_what_it_may_have_meant(page):
    misprints = {(e.start, e.end) for e in page.errata}
    assert not misprints & set(outer(page))


@pytest.mark.parametrize("gold", GOLD["themes_by_paragraph"], ids=lambda gold: f"paragraph {gold['paragraph']}")
def test_themes_of_each_paragraph(page, gold):
    block = page.clipping.paragraphs[gold["paragraph"] - 1]
    found = {hit.theme for hit in page.themes if block.covers(hit)}
    assert sorted(found) == sorted(gold["themes"])


def test_every_theme_shows_its_evidence_inside_its_sentence(page):
    assert page.themes
    for hit in page.themes:
        assert hit.evidence
        assert all(hit.covers(span) for span in hit.evidence)


def test_every_result_records_its_codebook(page):
    codebook = cl.Codebook.load("security")
    assert page.codebook == codebook.ref
    assert len(page.codebook.sha256) == 64
