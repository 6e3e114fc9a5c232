"""Annotators on small texts: each rule on both sides of what it decides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.layers.dates import annotator as dates
from clippings.layers.registry import annotate
from clippings.model import Annotated
from clippings.text import sentences

CODEBOOK = cl.Codebook.load("security")
LAYERS = ("sentences", "mentions", "quotes", "dates", "themes", "errata")


def walk(text: str, *, day: str = "02/11/2007") -> Annotated:
    """Annotate a body on a page of a given day."""
    return annotate(cl.parse(f"DATE:\n\n{day}\n\n{text}")[0], CODEBOOK)


def only_quote(text: str):
    (quote,) = walk(text).quotes
    return quote


ATTRIBUTED = {
    "after": ('"We wait," Anna Petrova said.', "Anna Petrova", "said"),
    "inverted": ('"We wait," said Anna Petrova.', "Anna Petrova", "said"),
    "apposition after": ('"We wait," said Anna Petrova, head of the Minsk Institute.', "Anna Petrova", "said"),
    "apposition before the cue": ('"We wait," Anna Petrova, a member of parliament, said.', "Anna Petrova", "said"),
    "age in apposition": ('"We wait," Anna Petrova, 21, said.', "Anna Petrova", "said"),
    "before": ('Anna Petrova said: "We wait for them."', "Anna Petrova", "said"),
    "before with that": ('Anna Petrova told reporters that "we wait for them."', "Anna Petrova", "told"),
    "according to": ('"We wait for them," according to Anna Petrova.', "Anna Petrova", "according to"),
    "role": ('"We wait," the Lithuanian ambassador said.', "Lithuanian ambassador", "said"),
    "role with a name beside it": ('"We wait," the ambassador, Anna Petrova, said.', "Anna Petrova", "said"),
    "inverted role with a name": ('"We wait," said the ambassador, Anna Petrova.', "Anna Petrova", "said"),
    "rank before the name": ('"We wait," Defense Minister Anna Petrova told reporters.', "Anna Petrova", "told"),
    "pronoun": ('"We wait," he said.', "he", "said"),
    "adverb": ('"We wait," Anna Petrova later added.', "Anna Petrova", "added"),
    "body": ('The Foreign Ministry said it was "ready for a dialogue."', "Foreign Ministry", "said"),
    "spokesman for a body": ('"We wait," a spokesman for the Foreign Ministry said.', "spokesman", "said"),
    "quoted as saying": ('Anna Petrova was quoted as saying: "We wait for them."', "Anna Petrova", "saying"),
}


@pytest.mark.parametrize(("text", "source", "cue"), ATTRIBUTED.values(), ids=ATTRIBUTED)
def test_the_words_that_name_the_source_and_the_cue(text, source, cue):
    quote = only_quote(text)
    page = f"DATE:\n\n02/11/2007\n\n{text}"
    assert quote.source is not None
    assert (quote.source.of(page), quote.cue.of(page)) == (source, cue)


def test_a_quotation_without_a_source_has_no_speaker():
    quote = only_quote('The day was cold. "We wait for nobody here."')
    assert (quote.speaker, quote.source, quote.resolved_by) == (None, None, None)


def test_a_second_quotation_runs_on():
    first, second = walk('"We wait," Anna Petrova said. "We have waited long enough."').quotes
    assert second.speaker == first.speaker == "Anna Petrova"
    assert second.rule == "running speaker"
    assert second.source == first.source


def test_a_surname_stands_for_the_full_name_of_the_text():
    quote = only_quote('Engineer Anna Petrova came. "We wait," Petrova said.')
    assert (quote.speaker, quote.resolved_by, quote.role) == ("Anna Petrova", "surname", "Engineer")


def test_a_surname_shared_by_two_is_not_resolved():
    text = '"One," said Anna Petrova. "Two," said Olga Petrova. "Three of us," Petrova said.'
    assert walk(text).quotes[-1].speaker == "Petrova"


def test_a_pronoun_is_not_guessed():
    assert only_quote('Anna Petrova and Olga Ivanova came. "We wait," she said.').speaker is None


@pytest.mark.parametrize("marks", ["“{}”", "``{}''", '"{}"', "«{}»", "''{}''"])
def test_pairs_of_marks(marks):
    text = marks.format("We wait for them,") + " said Anna Petrova."
    assert only_quote(text).speaker == "Anna Petrova"


def test_scare_quotes_are_not_speech():
    assert only_quote('The so-called "shield" is planned for 2010.').kind == "scare"


def test_an_unclosed_mark_ends_with_its_paragraph():
    page = walk('Anna Petrova said: "We wait\n\n"And we go on," she added.')
    assert len(page.quotes) == 2


DATED = {
    "on Tuesday": "2007-10-30",
    "on Friday": "2007-11-02",
    "next Tuesday": "2007-11-06",
    "last Friday": "2007-10-26",
    "yesterday": "2007-11-01",
    "today": "2007-11-02",
    "tomorrow": "2007-11-03",
    "on October 30": "2007-10-30",
    "on 30 October": "2007-10-30",
    "on January 5": "2007-01-05",
    "on December 5, 1994": "1994-12-05",
    "on 30/10/2007": "2007-10-30",
    "in July 1993": "1993-07",
    "in December": "2006-12",
    "last month": "2007-10",
}


@pytest.mark.parametrize(("words", "iso"), DATED.items())
def test_dates_are_resolved_against_the_page(words, iso):
    assert [date.iso for date in walk(f"They met {words}.").dates] == [iso]


def test_a_weekday_with_a_verb_ahead_lies_ahead():
    assert [date.iso for date in walk("The talks will begin on Tuesday.").dates] == ["2007-11-06"]


def test_a_weekday_behind_a_verb_of_the_past_lies_back():
    text = "He said on Tuesday that Russia will supply weapons."
    assert [date.iso for date in walk(text).dates] == ["2007-10-30"]


def test_an_impossible_day_is_not_guessed():
    assert [date.iso for date in walk("They met on February 30.").dates] == [None]


def test_a_page_without_a_day_resolves_no_weekday():
    clipping = cl.parse("A title\n\nThey met on Tuesday and on July 3.", path="112007-9.txt")[0]
    found = dates.annotate(clipping, sentences.annotate(clipping))
    assert [date.iso for date in found] == [None, "2007-07-03"]


NAMED = {
    "Moscow": ("RU", "capital"),
    "Belarusian": ("BY", "demonym"),
    "USSR": ("SU", "country"),
    "NATO": ("NATO", "alliance"),
    "the INF Treaty": ("INF", "treaty"),
    "S-300": ("S-300", "weapon"),
    "Czech\nRepublic": ("CZ", "country"),
}


@pytest.mark.parametrize(("words", "expected"), NAMED.items())
def test_mentions_have_an_id_and_a_kind(words, expected):
    found = walk(f"They spoke of {words} there.").mentions
    assert [(m.id, m.kind) for m in found if not m.nested] == [expected]


@pytest.mark.parametrize("text", ["They start a turkey farm.", "A pole stood there.", "It infuriates us."])
def test_words_that_only_look_like_names(text):
    assert not walk(text).mentions


def test_a_state_inside_a_longer_name_is_nested():
    found = walk("The Russia-Belarus Joint Defense Board met.").mentions
    assert [(m.id, m.nested) for m in found][1:] == [("RU", True), ("BY", True)]


def test_a_bare_surname_needs_its_full_name_in_the_text():
    assert not [m for m in walk("Popov came.").mentions if m.kind == "person"]
    assert [m.id for m in walk("Andrei Popov came. Popov left.").mentions] == ["Andrei Popov", "Andrei Popov"]


MISPRINTS = {
    "agreement": ("Russia and Belarus has not signed.", "have"),
    "name": ("Minsk and Moscow met in Minsk, Belarus. Minks is not covered.", "Minsk"),
    "confusion": ("Cooperation remains week with Belarus.", "weak"),
}
CORRECT = (
    "The president of Russia and Belarus has not signed.",
    "Relations between Russia and Belarus is a topic.",
    "Russia and Belarus have not signed.",
    "Last week with Belarus there were talks.",
    "The mink is not a protected animal in Minsk, Belarus.",
)


@pytest.mark.parametrize(("rule", "text", "expected"), [(rule, *case) for rule, case in MISPRINTS.items()])
def test_misprints(rule, text, expected):
    assert [(e.expected, e.rule) for e in walk(text).errata] == [(expected, rule)]


@pytest.mark.parametrize("text", CORRECT)
def test_no_false_alarm(text):
    assert walk(text).errata == ()


def test_one_passing_indicator_far_from_the_lead_is_not_substantive():
    lead = "The river froze early this year and ships stayed in port."
    passing = walk(f"{lead}\n\nA guest praised military cooperation.")
    assert [hit.theme for hit in passing.themes] == ["alliances"]
    assert passing.document_themes == ()


@pytest.mark.parametrize(
    ("aside", "stated"),
    [
        ("Belarus is one of Russia's closest allies.", "Belarus is Russia's only ally, and both say so."),
        ("Russia recognized Abkhazia after the war.", "Belarus may recognize Abkhazia in May."),
    ],
)
def test_what_everybody_knows_is_said_in_passing(aside, stated):
    lead = "The river froze early this year and ships stayed in port."
    themes = [walk(f"{lead}\n\n{text}").document_themes for text in (aside, stated)]
    assert themes == [(), ("alliances",)]


FRAGMENTS = st.sampled_from(
    [
        *("Minsk", " said ", " he ", "Anna Petrova", " and ", "Russia", "NATO", " on Tuesday", " has ", " 1/2/07 "),
        *("May 5", "week", "``", "''", "\n\n", " who ", ", head of ", "the minister", "according to ", "U.S."),
        *"a .,:;-\"'“”`«»()\n\r\t\0é—",
    ]
)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_any_text_is_annotated_and_every_span_lies_inside_it(text):
    page = annotate(cl.parse(text, layout="plain")[0], CODEBOOK)
    for layer in LAYERS:
        spans = [(found.start, found.end) for found in getattr(page, layer)]
        assert spans == sorted(spans, key=lambda span: (span[0], -span[1])) or layer == "themes"
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_annotating_twice_gives_the_same():
    clipping = cl.parse('"We wait," said Anna Petrova in Minsk on Tuesday.', layout="plain")[0]
    assert annotate(clipping, CODEBOOK) == annotate(clipping, CODEBOOK)


@pytest.mark.parametrize("blank", ["\xa0", "\u2028", " \xa0", "\u3000\u3000"])
def test_a_wide_blank_between_an_initial_and_a_stop_cuts_sentences_as_any_blank(blank):
    clipping = cl.parse(f"She takes vitamin C{blank}. It waits.", layout="plain")[0]
    spans = [span.of(clipping.text) for span in sentences.annotate(clipping)]
    assert spans == [f"She takes vitamin C{blank}.", "It waits."]


@pytest.mark.parametrize("blanks", ["  ", "\n", " \t ", "\u2003 "])
def test_blanks_of_any_number_and_kind_between_words_move_no_source(blanks):
    words = 'Minsk was quiet.  "We wait," said the mayor of Brest, Anna Petrova. Nobody came to the square, she added.'
    text = words.replace(" ", blanks)
    clipping = cl.parse(text, layout="plain")[0]
    told = [
        (quote.kind, quote.source.of(text).split(), quote.cue.of(text)) for quote in annotate(clipping, CODEBOOK).quotes
    ]
    assert told == [("speech", ["Anna", "Petrova"], "said"), ("reported", ["she"], "added")]


def test_a_stop_glued_to_the_next_sentence_ends_one():
    text = 'Anna Petrova said it was cold, dark etc.Nobody in town saw "a very cold town" there.'
    (*_, quote) = annotate(cl.parse(text, layout="plain")[0], CODEBOOK).quotes
    assert quote.source.of(text) == "Nobody"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Vladmir Putin", "Vladimir"),
        ("Valdimir Putin", "Vladimir"),
        ("Vladimmir Putin", None),
        ("Vladimir Putin", None),
    ],
)
def test_slips_of_a_first_name(printed, meant):
    (page,) = cl.Corpus(cl.parse(f"Talks begin\n\n2 November 2007\n\nThey met {printed} in Minsk.")).annotate()
    assert [(slip.of(page.clipping.text), slip.expected) for slip in page.errata] == (
        [(printed.split()[0], meant)] if meant else []
    )
