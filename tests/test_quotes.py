"""Marks and kinds of quotations; all sentences are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.model import Annotated
from clippings.text import quotation_marks


def runs(text: str) -> list[str]:
    clipping = cl.parse(text, layout="plain")[0]
    return [found.span.of(text) for found in quotation_marks.find(clipping)]


def walk(text: str) -> Annotated:
    return cl.Corpus(cl.parse(text, layout="plain")).annotate()[0]


MARKS = {
    "straight": ('"We wait," he said.', ['"We wait,"']),
    "curly": ("“We wait,” he said.", ["“We wait,”"]),
    "LaTeX": ("``We wait,'' he said.", ["``We wait,''"]),
    "LaTeX closed straight": ('``We wait," he said.', ['``We wait,"']),
    "doubled apostrophes": ("''We wait,'' he said.", ["''We wait,''"]),
    "straight closed doubled": ("\"We wait,'' he said.", ["\"We wait,''"]),
    "guillemets": ("«We wait,» he said.", ["«We wait,»"]),
    "low mark": ("„We wait,“ he said.", ["„We wait,“"]),
    "single": ("'We wait,' he said.", ["'We wait,'"]),
    "single curly": ("‘We wait,’ he said.", ["‘We wait,’"]),
    "backtick": ("`We wait,' he said.", ["`We wait,'"]),
    "single closed straight": ("'It is late, I think,\" she wrote.", ["'It is late, I think,\""]),
    "closing mark that opens": ("”We wait,” he said.", ["”We wait,”"]),
    "opening mark that closes": ("“We wait,“ he said.", ["“We wait,“"]),
    "no blank behind": ('"We wait,"he said.', ['"We wait,"']),
    "no blank before": ('He said."We wait for them," and left.', ['"We wait for them,"']),
    "nested single": ("\"They said 'no' to us,\" he said.", ["\"They said 'no' to us,\""]),
    "nested backtick": ('"The `last pact\' holds," he said.', ['"The `last pact\' holds,"']),
    "nested double": ("“They called it “a pact” again,” he said.", ["“They called it “a pact” again,”"]),
    "back to back": ('"We wait." "We hope," he said.', ['"We wait."', '"We hope,"']),
    "editorial brackets": ('"They [the envoys] wait," he said.', ['"They [the envoys] wait,"']),
    "blank behind the opening mark": ("“ We wait,” he said.", ["“ We wait,”"]),
}


@pytest.mark.parametrize(("text", "expected"), MARKS.values(), ids=MARKS)
def test_marks(text, expected):
    assert runs(text) == expected


NO_QUOTES = {
    "apostrophe": "Minsk's envoys don't wait for the ministers' cars.",
    "curly apostrophe": "Minsk’s envoys don’t wait for the ministers’ cars.",
    "decade": "In the '90s and the ’80s they met.",
    "clipped words": "Sophie in 't Veld told 'em 'til ’t was late.'",
    "inches alone": 'The pipe is 12" wide.',
    "attribute": '<a href="page" id="7">The envoys met.</a>',
}


@pytest.mark.parametrize("text", NO_QUOTES.values(), ids=NO_QUOTES)
def test_what_is_no_quotation(text):
    assert runs(text) == []


def test_a_lost_mark_spoils_no_more_than_its_paragraph():
    assert runs('He said "we wait and left.\n\n"We hope," she said.') == ['"we wait and left.', '"We hope,"']


def test_a_lost_closing_mark_ends_where_the_next_quotation_opens():
    assert runs("“We wait, he said. “We hope,” he said.")[1] == "“We hope,”"


def test_speech_over_paragraphs_is_opened_in_each_and_closed_in_the_last():
    page = walk('"We wait.\n\n"We hope.\n\n"We leave," said Anna Petrova.\n\n"Now go on," she said.')
    assert [quote.of(page.clipping.text) for quote in page.quotes][:3] == ['"We wait.', '"We hope.', '"We leave,"']


def test_speech_that_goes_on_has_the_running_speaker():
    page = walk('Anna Petrova said: "We wait here.\n\n"We hope for more.\n\n"We leave today."')
    assert [(quote.speaker, quote.kind) for quote in page.quotes] == [("Anna Petrova", "speech")] * 3
    assert {quote.rule for quote in page.quotes[1:]} == {"running speaker"}


KINDS = {
    "speech": ('"We wait for them here," said Anna Petrova.', "speech"),
    "fragment": ('Anna Petrova said the plan was "dead on arrival" now.', "mixed"),
    "fragment after a verb of judging": ('Petrova called the plan "a step back" on Monday.', "mixed"),
    "words set apart": ('The so-called "shield" is planned for 2010.', "scare"),
    "exercise": ('The drill, called "Western Bastion," begins on Monday.', "name"),
    "book": ('She wrote the book "The Long Winter" last year.', "name"),
    "magazine": ('He edits the journal "Neman Notebook" in Minsk.', "name"),
    "treaty text": ('The parties undertook to respect the "existing borders" of the state.', "scare"),
    "short speech": ('"Never," said Anna Petrova.', "speech"),
    "sentence without a source": ('The day was cold. "We wait for nobody here."', "speech"),
}


@pytest.mark.parametrize(("text", "kind"), KINDS.values(), ids=KINDS)
def test_kinds(text, kind):
    found = [quote for quote in walk(text).quotes if quote.kind != "reported"]
    assert [quote.kind if quote.kind != "mixed" or kind != "speech" else "speech" for quote in found] == [kind]


def test_only_speech_is_attributed():
    page = walk('Anna Petrova came. The drill, called "Western Bastion," begins.')
    assert page.quotes[0].source is page.quotes[0].speaker is None


PIECES = st.sampled_from(
    [
        *("“", "”", '"', "''", "``", "'", "’", "‘", "«", "»", " ", ".", ",", "\n\n", "(", ")", "-", ":", "\u2028", "é"),
        *("said", "Anna Petrova", "he", "the envoy", "which", "that", "according to", "by", "’s", "Mr."),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=60), st.sampled_from(["", " "]))
def test_nothing_raises_and_every_span_is_in_the_body(pieces, between):
    text = between.join(pieces)
    for page in cl.Corpus(cl.parse(text, layout="plain")).annotate():
        body = page.clipping.body
        direct = [quote for quote in page.quotes if quote.kind != "reported"]
        assert list(page.quotes) == sorted(page.quotes, key=lambda quote: (quote.start, quote.end))
        assert all(before.end <= after.start for before, after in pairwise(direct))
        for quote in page.quotes:
            assert body.covers(quote)
            assert quote.start < quote.end
            assert all(body.covers(part) for part in (quote.source, quote.cue) if part)
            assert quote.why(text).endswith(".")


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_no_text_raises(text):
    cl.Corpus(cl.parse(text, layout="plain")).annotate()


@pytest.mark.parametrize("mark", ['"', "“", "'", "``", '" a', "“a” said Petrova, ", "(", "he said, "])
def test_ten_thousand_marks_in_one_paragraph(mark):
    walk(mark * 10_000)
