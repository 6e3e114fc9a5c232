"""What a text says of a speaker: role, body and state; all sentences are invented."""

from __future__ import annotations

import pytest

import clippings as cl

# text, then role, body and state of the first speaker
TOLD = {
    "title": ('"We wait," said Russian Defense Minister Oleg Taranin.', "Russian Defense Minister", None, "RU"),
    "words in front of a role": (
        '"We wait," Gazprom export manager Oleg Taranin said.',
        "Gazprom export manager",
        "Gazprom",
        "RU",
    ),
    "body in a title": (
        'Energy Ministry official Oleg Taranin said: "We wait."',
        "Energy Ministry official",
        "Energy Ministry",
        None,
    ),
    "office of state": ('U.S. Secretary of State Anna Harlow said: "We wait."', "U.S. Secretary of State", None, "US"),
    "state behind a role": ('President of Belarus Oleg Taranin said: "We wait."', "President of Belarus", None, "BY"),
    "body behind a role": (
        'Head of the State Control Committee Sergei Lavrov said: "We wait."',
        "Head of the State Control Committee",
        "State Control Committee",
        "RU",
    ),
    "first deputy": (
        'First Deputy Prime Minister of Belarus Oleg Taranin said: "We wait."',
        "First Deputy Prime Minister of Belarus",
        None,
        "BY",
    ),
    "envoy to a state": (
        'U.S. Ambassador to Belarus Anna Harlow said: "We wait."',
        "U.S. Ambassador to Belarus",
        None,
        "US",
    ),
    "owner in front": ('"We wait," said the museum\'s director, Anna Petrova.', "director", "museum", None),
    "owner, a body": ('"We wait," said Gazprom\'s spokesman Oleg Taranin.', "spokesman", "Gazprom", "RU"),
    "owner, a country": ('"We wait," said the country\'s leader, Jan Kowal.', "country's leader", None, None),
    "joined ranks": ('"We wait," said Lt-Gen Jan Kowal.', "Lt-Gen", None, None),
    "apposition in front of a rank": (
        'The head of the inspection group, General Jonas Balnis, said: "We wait."',
        "head",
        "inspection group",
        None,
    ),
    "initials": ('"We wait," said Vladimir V. Putin.', None, None, "RU"),
    "owner, a state": (
        '"We wait," said Poland\'s foreign minister, Jan Kowal.',
        "Poland's foreign minister",
        None,
        "PL",
    ),
    "owner, a person": ('"We wait," said Anna Harlow, Taranin\'s aide.', "Taranin's aide", None, None),
    "apposition in front": ('A Lithuanian envoy, Jonas Balnis, said: "We wait."', "Lithuanian envoy", None, "LT"),
    "apposition in front, with its body": (
        'The head of the inspection group, Jonas Balnis, said: "We wait."',
        "head",
        "inspection group",
        None,
    ),
    "a state in front": ('"We wait," said the Belarusian, Oleg Taranin.', None, None, "BY"),
    "behind": ('"We wait," said Oleg Taranin, head of the Neman Institute.', "head", "Neman Institute", None),
    "behind, with adjective": (
        '"We wait," said Oleg Taranin, a chief analyst at the Neman Institute in Brest.',
        "chief analyst",
        "Neman Institute",
        None,
    ),
    "behind, several words": (
        '"We wait," said Oleg Taranin, a deputy assistant secretary of state.',
        "deputy assistant secretary of state",
        None,
        None,
    ),
    "behind, body of small words": (
        '"We wait," said Jan Kowal, deputy head of the Polish parliament\'s defense committee.',
        "deputy head",
        "Polish parliament's defense committee",
        "PL",
    ),
    "behind, two halves": (
        '"We wait," said Oleg Taranin, director of the ministry\'s security and disarmament department.',
        "director",
        "ministry's security and disarmament department",
        None,
    ),
    "behind, with its town": (
        '"We wait," said Oleg Taranin, head of the Brest-based group Future Rivers.',
        "head",
        "Future Rivers",
        None,
    ),
    "body alone": ('"We wait," said Danuta Kowal of the Vistula Policy Centre.', None, "Vistula Policy Centre", None),
    "a town is no body": ('"We wait," said Danuta Kowal of Gorodok.', None, None, None),
    "who leads": (
        'Oleg Taranin, who heads the ministry\'s training department, said: "We wait."',
        None,
        "ministry's training department",
        None,
    ),
    "rank and office": ('"We wait," said Col. Oleg Taranin, commander of the regiment.', "commander", "regiment", None),
    "body of several states": (
        'NATO Secretary General Anders Fogh Rasmussen said: "We wait."',
        "NATO Secretary General",
        "NATO",
        None,
    ),
    "hyphen": ('CSTO\'s Secretary-General Oleg Taranin said: "We wait."', "Secretary-General", "CSTO", None),
    "next mention tells": (
        'Oleg Taranin came. "We wait," Taranin said. Ivan Lis met Oleg Taranin, head of the Neman Institute.',
        "head",
        "Neman Institute",
        None,
    ),
    "told reporters is no role": ('"We wait," the envoy, Anna Petrova, told reporters in Kiev.', "envoy", None, None),
    "an introduction is no apposition": (
        'After talks with the German ambassador, Anna Petrova said: "We wait."',
        None,
        None,
        None,
    ),
    "a list is no apposition": (
        'The minister, Anna Petrova, and others met. "We wait," Petrova said.',
        None,
        None,
        None,
    ),
    "an election is no body": ('"We wait," said Anna Petrova for the March vote.', None, None, None),
}


@pytest.mark.parametrize(("text", "role", "body", "state"), TOLD.values(), ids=TOLD)
def test_what_the_words_beside_a_name_tell(text, role, body, state):
    quote = next(q for q in cl.Corpus(cl.parse(text, layout="plain")).annotate()[0].quotes if q.kind != "reported")
    assert (quote.role, quote.affiliation, quote.country) == (role, body, state)
