"""What the words of a source are: lists that are data, and the shape of names; all sentences are invented."""

from __future__ import annotations

import pytest

import clippings as cl
from clippings.layers.quotes import voices
from clippings.layers.quotes.voices import is_of_body
from clippings.model import Annotated


def page(text: str) -> Annotated:
    return cl.Corpus(cl.parse(text, layout="plain")).annotate()[0]


LISTED = sorted(voices.SINGLES | voices.PEOPLE | voices.DOCUMENTS | voices._LISTS["bodies"])


def test_whatever_is_on_a_list_can_speak():
    text = "\n\n".join(f'The {word} said: "We wait for them."' for word in LISTED)
    quotes = [quote for quote in page(text).quotes if quote.kind == "speech"]
    assert [quote.why(text) for quote in quotes if quote.speaker is None] == []
    assert len(quotes) == len(LISTED)


THINGS = """
axe beard bread bucket calm chimney cloud dawn delay dust fall fence fog gale gravel hunger ice joy kettle ladder luck
mud noise oak pain puddle queue rain rope rust salt shadow silence slowdown smoke snow soup sugar sunset tension thaw
tide timber turnip twilight umbrella velvet wheat wind winter wood
"""


@pytest.mark.parametrize("thing", THINGS.split())
def test_a_thing_is_no_speaker(thing):
    quotes = page(f'The {thing} said: "We wait for them." Nobody came.').quotes
    assert [(quote.speaker, quote.resolved_by) for quote in quotes if quote.source] == [(None, None)]


# a quotation, who speaks, and why it is there
SPEAKERS = {
    "a word that opens a sentence": ('Ties darkened (see "the Vilia plan, in short"), and all waited.', None),
    "a name that opens a sentence and says something": ('Kulik said: "We wait for them."', "Kulik"),
    "a word that opens one, and stands in small letters elsewhere": (
        'Rainstorm said: "We wait." The rainstorm went on.',
        None,
    ),
    "a name that opens one, and stands inside another": ('They met Kulik. Kulik: "We wait for them."', "Kulik"),
    "a verb in front": ('In Minsk Pavel Rudnik met workers. "We wait," he said.', "Pavel Rudnik"),
    "an adjective behind": ('The Democratic national ("We wait for them.") stayed.', None),
    "a joined adjective behind": ('The Stanford modern-history graduate ("We wait for them.") stayed.', None),
    "sailors behind a people": ('"We wait," Young Baltic sailors said.', "Young Baltic sailors"),
    "a part of the body": ('A cobbler laughed and shook his head when he said: "We wait."', "cobbler"),
    "a small word with a capital": ('They met. "We wait," Most said.', None),
    "an acronym behind a word": ('The Interim DNC met. "We wait," the DNC said.', "DNC"),
    "an acronym": ('"We wait," the AZX said.', "AZX"),
    "a state": ('Minsk said: "We wait for them."', "Minsk"),
    "a document": ('The treaty says: "We wait for them."', "treaty"),
    "a place that names no body": ('The Neman Street said: "We wait for them."', None),
    "a number": ('Some 20 said: "We wait for them."', None),
}


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS.values(), ids=SPEAKERS)
def test_who_can_speak(text, speaker):
    assert [quote.speaker for quote in page(text).quotes if quote.kind != "scare"][-1] == speaker


@pytest.mark.parametrize(
    ("name", "is_body"),
    [
        *(("Rural Bank", True), ("Emergencies Ministry", True), ("Integrated Air Defense System", True)),
        *(("Southern States", True), ("Neman Bridge", True), ("Anna Petrova", False), ("Abdul Razzaq Tarek", False)),
    ],
)
def test_a_body_by_its_name(name, is_body):
    assert is_of_body(name) is is_body


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("The Emergencies Ministry sent trucks. The Emergencies Ministry said that water fell.", []),
        ("They praised the Integrated Air Defense System of the Union, the minister said.", []),
        ("Pavel Bank, a deputy, said that the loan was safe.", ["Pavel Bank"]),
        ("The Oblast Roads Directorate said that roads would close.", []),
    ],
)
def test_no_body_is_a_person(text, persons):
    assert [mention.of(text) for mention in page(text).mentions if mention.kind == "person"] == persons
