"""Reported speech without marks; all sentences are invented."""

from __future__ import annotations

import pytest

import clippings as cl
from clippings.evidence import Quote


def reported(text: str) -> list[Quote]:
    page = cl.Corpus(cl.parse(text, layout="plain")).annotate()[0]
    return [quote for quote in page.quotes if quote.kind == "reported"]


# text, what is reported, the words that name the source
REPORTS = {
    "said": ("Petrova said Russia would supply weapons.", "Russia would supply weapons", "Petrova"),
    "said that": ("Petrova said that Russia would supply weapons.", "Russia would supply weapons", "Petrova"),
    "said on a day that": ("Petrova said on Tuesday that talks had begun.", "talks had begun", "Petrova"),
    "told": ("Petrova told reporters that the talks had begun.", "the talks had begun", "Petrova"),
    "behind": ("The talks had begun in Minsk, Petrova said.", "The talks had begun in Minsk", "Petrova"),
    "behind, inverted": ("The talks had begun, said Anna Petrova.", "The talks had begun", "Anna Petrova"),
    "around": (
        "The talks, Petrova said, had begun in Minsk.",
        "The talks, Petrova said, had begun in Minsk",
        "Petrova",
    ),
    "according to": ("According to Petrova, the talks had begun.", "the talks had begun", "Petrova"),
    "according to, behind": (
        "The talks had begun in Minsk, according to Petrova.",
        "The talks had begun in Minsk",
        "Petrova",
    ),
    "according to a source in a ministry": (
        "According to a source in the ministry, who asked not to be named, the talks had begun.",
        "the talks had begun",
        "source",
    ),
    "behind, with a dateline": (
        "MINSK, November 14 (RIA Novosti) - The talks had begun in Minsk, Petrova said.",
        "The talks had begun in Minsk",
        "Petrova",
    ),
    "role": ("A senior official said the talks had begun.", "the talks had begun", "senior official"),
    "ministry": ("The Foreign Ministry said it had received the note.", "it had received the note", "Foreign Ministry"),
    "told, behind": ("The talks had begun, Petrova told us on Monday.", "The talks had begun", "Petrova"),
    "behind, with a circumstance": ("The talks had begun, Petrova noted in Minsk.", "The talks had begun", "Petrova"),
    "that behind a place": ("Petrova said in Minsk that talks had begun.", "talks had begun", "Petrova"),
    "denied": ("Petrova denied that the talks had begun.", "the talks had begun", "Petrova"),
}


@pytest.mark.parametrize(("text", "content", "source"), REPORTS.values(), ids=REPORTS)
def test_report(text, content, source):
    (quote,) = reported(text)
    assert (quote.of(text), quote.source.of(text)) == (content, source)
    assert quote.cue is not None


NO_REPORTS = {
    "a question": "Asked whether the talks had begun in Minsk, Petrova laughed.",
    "a noun": "The report of the council was late.",
    "a passive": "The plan is considered dead in Minsk.",
    "a thing denied": "Petrova denied any role in the attack.",
    "quoted": 'Petrova said "we wait for them" again.',
    "an infinitive": "They wanted to say that nothing had changed.",
    "nothing said": "Petrova said.",
    "a verb with an object": "In the hall behind the river, Petrova announced a long programme.",
    "a verb with to": "After the talks in the hall, Petrova pledged to stay.",
    "relative clause": "Petrova posted a film in Minsk that showed the hall.",
    "participle as adjective": "Her lead in pledged seats will last.",
    "participle in a phrase": "The base has an early warning radar and will grow.",
    "singular noun with an article": "They met at a shared command post that will open in May.",
    "singular name with an article": "The exporter of the Russian state arms will move in May.",
    "plural noun behind to": "From doubts they came to hopes he will share.",
}


@pytest.mark.parametrize("text", NO_REPORTS.values(), ids=NO_REPORTS)
def test_no_report(text):
    assert reported(text) == []


def test_two_reports_in_one_sentence():
    text = "Petrova said the talks had begun and added that they would go on."
    assert [quote.of(text) for quote in reported(text)] == ["the talks had begun", "they would go on"]


def test_a_report_ends_where_another_begins():
    text = "While Petrova said that the talks had begun, Ivanova said they would fail."
    assert [quote.of(text) for quote in reported(text)] == ["the talks had begun", "they would fail"]


def test_a_report_names_its_speaker_in_full():
    (quote,) = reported("Engineer Anna Petrova came. Petrova said the talks had begun.")
    assert (quote.speaker, quote.resolved_by) == ("Anna Petrova", "surname")


def test_reports_leave_direct_quotations_alone():
    text = 'Petrova said the talks had begun. "We wait for them," she said.'
    page = cl.Corpus(cl.parse(text, layout="plain")).annotate()[0]
    assert [quote.kind for quote in page.quotes] == ["reported", "speech"]
    assert page.quotes[1].speaker == page.quotes[0].speaker == "Petrova"
