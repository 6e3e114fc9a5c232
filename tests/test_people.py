"""The persons that the words for a source stand for, and how they were found; all sentences are invented."""

from __future__ import annotations

import pytest

import clippings as cl
from clippings.model import Quote


def direct(text: str) -> list[Quote]:
    quotes = cl.Corpus(cl.parse(text, layout="plain")).annotate()[0].quotes
    return [quote for quote in quotes if quote.kind != "reported"]


PERSONS = {
    "surname": ('Engineer Anna Petrova came. "We wait," Petrova said.', "Anna Petrova", "surname"),
    "he": ('Oleg Taranin said Minsk was calm. "We wait," he said.', "Oleg Taranin", "pronoun"),
    "she behind a role": ('Chairwoman Anna Petrova came. "We wait," she said.', "Anna Petrova", "pronoun"),
    "a verb and then a role": ('Anna Petrova met reporters. "We wait," she said.', "Anna Petrova", "pronoun"),
    "a past as a first word": ('The left party leader Oleg Taranin said: "We wait."', "Oleg Taranin", "full name"),
    "king and she": ('King Oleg Taranin came. "We wait," she said.', None, None),
    "two in one subject": ('Anna Petrova and Olga Ivanova came. "We wait," she said.', None, None),
    "state and he": ('Belarus stayed away. "We wait for them," he said.', None, None),
    "pronoun tied once": (
        'Anna Petrova said it was late. "We wait," she said. Oleg Taranin nodded. "So do we," he said.',
        "Oleg Taranin",
        "pronoun",
    ),
    "it": ('The newspaper Gorodok Weekly was blunter. "We wait," it wrote.', "Gorodok Weekly", "pronoun"),
    "who": ('They met Anna Petrova, who said: "We wait for them."', "Anna Petrova", "relative pronoun"),
    "variant": ('Alexander Kazhura came. "We wait," Aleksandr Kazhura said.', "Alexander Kazhura", "spelling variant"),
    "role with its holder": (
        'Anna Petrova, director of the museum, came. Olga Ivanova left. "We wait," the director said.',
        "Anna Petrova",
        "role",
    ),
    "role of a state": (
        'Polish Minister Jan Kowal came. Russian Minister Oleg Taranin left. "We wait," the Polish minister said.',
        "Jan Kowal",
        "role",
    ),
    "ruler of a state": (
        'Russian President Oleg Taranin came. French President Jean Colin left. "We wait," the Russian leader said.',
        "Oleg Taranin",
        "role",
    ),
    "head of state": (
        'President of Belarus Oleg Taranin said it was late. "We wait," the head of state said.',
        "Oleg Taranin",
        "role",
    ),
    "initial": ('Sergei Taranin came. "We wait," S. Taranin said.', "Sergei Taranin", "spelling variant"),
    "no head of state": (
        'President of Belarus Oleg Taranin came. "We wait," the secretary of state said.',
        "secretary",
        "role",
    ),
    "role pointing back": ('Anna Petrova denied it. "We wait," the official said.', "Anna Petrova", None),
    "named later": (
        '"We wait," a senior official said.\n\nThe official, Deputy Minister Anna Petrova, left.',
        "Anna Petrova",
        "role, named later",
    ),
    "two of one surname": (
        '"One," said Anna Petrova. "Two," said Olga Petrova. "Three of us," Petrova said.',
        "Petrova",
        "name as printed",
    ),
    "they": ('Anna Petrova came. "We wait," they said.', None, None),
}


@pytest.mark.parametrize(("text", "speaker", "resolved_by"), PERSONS.values(), ids=PERSONS)
def test_person(text, speaker, resolved_by):
    quote = direct(text)[-1]
    assert quote.speaker == speaker
    assert resolved_by is None or quote.resolved_by == resolved_by
    assert (quote.resolved_by is None) == (speaker is None)


def test_the_gazetteer_gives_the_office_of_the_day_where_the_text_does_not():
    page = '{}\n\nA title\n\nMinsk Weekly\n\n"We wait for them," said Alexander Lukashenko.'
    for day, role in (("DATE:\n\n02/11/2007", "President"), ("DATE:\n\n02/11/1991", None)):
        found = cl.Corpus(cl.parse(page.format(day))).annotate()[0].quotes
        assert [(quote.role, quote.country) for quote in found] == [(role, "BY")]
