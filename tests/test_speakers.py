"""The words that name the source of a quotation, and the rule that found them; all sentences are invented."""

from __future__ import annotations

import pytest

import clippings as cl
from clippings.codebook import Codebook, Cues, Verb
from clippings.evidence import Quote
from clippings.model import Annotated


def walk(text: str, codebook: Codebook | None = None) -> Annotated:
    return cl.Corpus(cl.parse(text, layout="plain")).annotate(codebook)[0]


def direct(text: str) -> list[Quote]:
    return [quote for quote in walk(text).quotes if quote.kind != "reported"]


# text, the words that name the source of the last quotation, the rule
SOURCES = {
    "inverted": ('"We wait for them," said Anna Petrova.', "Anna Petrova", "inverted cue"),
    "inverted with title": ('"We wait for them," said Colonel Anna Petrova.', "Anna Petrova", "inverted cue"),
    "inverted with apposition": ('"We wait," said the envoy, Anna Petrova.', "Anna Petrova", "inverted cue"),
    "after": ('"We wait for them," Anna Petrova said.', "Anna Petrova", "source, then cue"),
    "after with apposition": ('"We wait," Anna Petrova, head of the group, said.', "Anna Petrova", "source, then cue"),
    "after with relative clause": ('"We wait," Petrova, who leads it, said.', "Petrova", "source, then cue"),
    "after, role before name": ('"We wait," the envoy of one team, Anna Petrova, told us.', "Anna Petrova", None),
    "after, in brackets": ('"We wait," Anna Petrova (Minsk) said.', "Anna Petrova", "source, then cue"),
    "before": ('Anna Petrova said: "We wait for them."', "Anna Petrova", "cue before"),
    "before with that": ('Anna Petrova said that "we wait for them."', "Anna Petrova", "cue before"),
    "before with addressee": ('Anna Petrova told reporters "we wait for them."', "Anna Petrova", "cue before"),
    "before with apposition": ('Anna Petrova, 54, a judge, said: "We wait."', "Anna Petrova", "cue before"),
    "before with day": ('Anna Petrova on Tuesday said: "We wait for them."', "Anna Petrova", "cue before"),
    "before with participle": ('Drivers waiting at the border said: "We go home."', "Drivers", "cue before"),
    "before with past participle": ('A judge involved in the talks said: "We go home."', "judge", "cue before"),
    "before with participle and object": ('Lawyers representing the firm said: "We go."', "Lawyers", "cue before"),
    "before with home": ('Anna Petrova, a mother from Lida, Belarus, said: "We go."', "Anna Petrova", "cue before"),
    "a meeting is no participle": ('"We wait," the committee meeting in Minsk said.', "committee meeting", None),
    "noun behind an adjective": ('Petrova sent a short retort: "We wait for them."', "Petrova", None),
    "noun that a cue governs": ('Petrova said of Minsk\'s latest request: "We wait."', "Petrova", "cue before"),
    "noun with an owner": ('Petrova said in her opening remarks that it is "late."', "Petrova", "cue before"),
    "nouns in the plural": (
        'The pact has stirred mixed feelings in many Baltic states, and it has "velvet gloves" on, Petrova said.',
        "Petrova",
        None,
    ),
    "verb behind a preposition": ('As the ministry notes, "we wait for them."', "ministry", "cue before"),
    "with a group that reports": (
        'Ivanov smiled, with the head of the opposition from Minsk calling it "a step back."',
        "head",
        "cue before",
    ),
    "with a body that reports": (
        'Ivanov smiled, with the Baltic Federation of Drivers calling it "a step back."',
        "Baltic Federation of Drivers",
        "cue before",
    ),
    "went on to say": ('Petrova joked that Lida was home, but went on to say, "We wait."', "Petrova", "cue before"),
    "verb behind a closed relative clause": (
        'Petrova, who was in close contact with Minsk, came home and admitted that it was "a step back."',
        "Petrova",
        "cue before",
    ),
    "second report of another": (
        '"We wait," Petrova says, but he warns that he sees "a step back."',
        "he",
        "cue before",
    ),
    "that said": ('(That said, she also noted, "We wait for them.")', "she", "cue before"),
    "as suggested": ('It is a "step back" for all, as Petrova\'s adviser suggested.', "Petrova's adviser", None),
    "relayed behind": ('Petrova called the plan "a step back," the agency reported.', "Petrova", "cue before"),
    "a transcript between": (
        '"We wait," Petrova said, according to a transcript, "but we hope."',
        "Petrova",
        "cue before",
    ),
    "name behind a state": ('President of Belarus Anna Petrova said: "We wait."', "Anna Petrova", "cue before"),
    "name behind an office": ('Secretary of State Anna Petrova said: "We wait."', "Anna Petrova", "cue before"),
    "name behind a body": (
        '"We wait," said Deputy Chairman of the State Duma Committee Sergei Lavrov.',
        "Sergei Lavrov",
        "inverted cue",
    ),
    "behind, title in two words": ('"We wait," Pentagon press secretary Anna Petrova told us.', "Anna Petrova", None),
    "daily": ('Russian daily Kommersant, quoting a source, wrote that all is "late."', "Kommersant", "cue before"),
    "unnamed": ('A NATO official who declined to be named said: "We wait."', "NATO official", "cue before"),
    "source close to a body": ('A source close to the ministry said: "We wait."', "source", "cue before"),
    "plural role": ('Two government spokesmen said: "We wait."', "government spokesmen", "cue before"),
    "next sentence agrees": (
        'Petrova noted that they would sign "this very autumn." The Russian leader agreed with this.',
        "Petrova",
        "cue before",
    ),
    "circumstance between": (
        'The envoy, traveling to a NATO meeting in Oslo, added: "We wait."',
        "envoy",
        "cue before",
    ),
    "next speaker introduced": (
        'Petrova said in Minsk that all is "going very well." Ivanov added: "We wait."',
        "Ivanov",
        "cue before",
    ),
    "inside": ('"We wait," Anna Petrova said, "and we hope for them."', "Anna Petrova", "cue before"),
    "participle": ('Anna Petrova left the hall, adding: "We wait for them."', "Anna Petrova", "cue before"),
    "two verbs": ('Anna Petrova opened the talks and said: "We wait for them."', "Anna Petrova", "cue before"),
    "relative": ('The crowd met Anna Petrova, who said: "We wait for them."', "who", "cue before"),
    "quoted as saying": ('Anna Petrova was quoted as saying: "We wait for them."', "Anna Petrova", "cue before"),
    "passive": ('The plan was described as "a step back" by Anna Petrova.', "Anna Petrova", "passive"),
    "relayed": ('Anna Petrova quoted the envoy as saying: "We wait for them."', "envoy", None),
    "judging": ('Anna Petrova called the plan "a step back for us."', "Anna Petrova", "cue before"),
    "role": ('"We wait for them," the Russian defense minister said.', "Russian defense minister", None),
    "indefinite role": ('"We wait for them," a British diplomat said.', "British diplomat", None),
    "ministry": ('"We wait for them," the Foreign Ministry said.', "Foreign Ministry", "source, then cue"),
    "capital": ('Minsk said: "We wait for them."', "Minsk", "cue before"),
    "newspaper": ('The Gorodok Weekly wrote: "We wait for them."', "Gorodok Weekly", "cue before"),
    "document": ('"We wait for them," the statement said.', "statement", "source, then cue"),
    "according to, before": ('According to Anna Petrova, "the market has priced it."', "Anna Petrova", "according to"),
    "according to, behind": ('"We wait for them," according to Anna Petrova.', "Anna Petrova", "according to"),
    "in the words of": ('In the words of Anna Petrova, "we wait for them."', "Anna Petrova", "according to"),
    "owner of the words": ('Nothing came of Petrova\'s promise to "open the border" soon.', "Petrova", None),
    "tag": ('Anna Petrova: "We wait for them."', "Anna Petrova", "name and colon"),
    "signed": ('"We wait for them here" - Anna Petrova', "Anna Petrova", "signed"),
    "pronoun": ('"We wait for them," he said.', "he", "source, then cue"),
    "verb in two words": ('"We wait," Anna Petrova pointed out.', "Anna Petrova", "source, then cue"),
    "glued": ('"We wait for them,"said Anna Petrova.', "Anna Petrova", "inverted cue"),
    "introduced": ('Anna Petrova spoke to the crowd:\n\n"We wait for them."', "Anna Petrova", None),
    "thought inside a report": ('Petrova said she hopes the plan is "dead for good."', "Petrova", "cue before"),
    "cue at the end": ('The plan is "a step back" for all, Petrova said.', "Petrova", "cue later in the sentence"),
    "introduced, next speaker behind": (
        'Anna Petrova replied, "We wait for them." She added, "And we hope." He said so, too.',
        "She",
        "cue before",
    ),
    "behind a conjunction": ('Petrova called it "a step back," but he warned of more.', "Petrova", "cue before"),
    "next line": ('Petrova asked: "Who waits?"\nIvanova said that all do.', "Petrova", "cue before"),
    "participle behind a trailing report": (
        'The envoy will come, Anna Petrova said, adding: "We wait for them."',
        "Anna Petrova",
        "cue before",
    ),
    "participle behind a quotation": (
        'Petrova told the crowd that Minsk "had waited," adding: "We wait for them."',
        "Petrova",
        "cue before",
    ),
    "second participle": (
        'Petrova left, calling Ivanova "a friend" and telling the crowd: "We wait."',
        "Petrova",
        "cue before",
    ),
    "participle behind a dash": ('Both left the hall - Petrova saying: "We wait."', "Petrova", "cue before"),
    "dateline": ('MINSK, Nov. 8 (Neman) - Petrova met the crowd, adding: "We wait."', "Petrova", "cue before"),
    "dash without a dateline": ('Petrova - an envoy - left, adding: "We wait for them."', "Petrova", "cue before"),
    "place in two parts": ('Speaking in Salem, Oregon, Petrova went on, adding: "We wait."', "Petrova", "cue before"),
    "progressive": ('When rain fell, Anna Petrova was trying to say: "We wait."', "Anna Petrova", "cue before"),
    "infinitive": ('The talks failed before Petrova started to say: "We wait."', "Petrova", "cue before"),
    "bracket and comma": ('Anna Petrova (Minsk), who knew Ivanova, said: "We wait."', "Anna Petrova", "cue before"),
    "supposed inside a report": (
        'Petrova said that Ivanova would continue "to wait for them."',
        "Petrova",
        "cue before",
    ),
    "judging inside a report": (
        'Petrova said Ivanova accepted a loan of ten million euros and "hid it well."',
        "Petrova",
        "cue before",
    ),
    "a thing inside a report": (
        'Petrova said at a meeting in Minsk that the fact supports "a step back."',
        "Petrova",
        "cue before",
    ),
    "said inside a report": ('Petrova said that Ivanova had said "we wait."', "Ivanova", "cue before"),
    "called inside a report": ('Petrova said that Ivanova called it "a step back."', "Ivanova", "cue before"),
    "judging behind a report": (
        'Petrova proposed a meeting in April, but the ministry rejected it as "a step back."',
        "ministry",
        "cue before",
    ),
    "plural verb behind an apposition": (
        'The envoy, Anna Petrova, calls the plan "a step back."',
        "Anna Petrova",
        "cue before",
    ),
    "promises to": ('In Minsk on Monday, Petrova promises to "end" it.', "Petrova", "cue before"),
    "nouns behind a participle": ('Petrova told us "we wait," raising questions about it.', "Petrova", "cue before"),
    "signed below": ('Petrova came.\n\n"We wait."\n\n- Olga Ivanova, envoy.\n\nIt rained.', "Olga Ivanova", "signed"),
    "a dash and a sentence below": ('Petrova said so.\n\n"We wait."\n\n- Olga Ivanova left.', "Petrova", None),
    "conjunction and pronoun": ('And she is sure that rain helps: "They wait for it."', "she", None),
    "contraction": ('He\'s sure of the "quiet that is to come."', "He", "subject of the sentence"),
    "about so many": ('In Minsk, about 200 guests left, chanting: "We wait."', "200 guests", "cue before"),
    "place in two parts, behind": (
        'Petrova, at a meeting in Salem, Oregon, said: "We wait for them."',
        "Petrova",
        "cue before",
    ),
    "name behind a role and a place": ('An envoy in Minsk, Petrova, said the day was "a success."', "Petrova", None),
    "restrictive relative clause": (
        'While rain fell, the guests who wrote to Ivanova last week say they are "tired of it."',
        "guests",
        "cue before",
    ),
    "relative clause and infinitive": ('Petrova, who led it, rose to say: "We wait."', "Petrova", "cue before"),
    "weeks ago": ('Petrova two weeks ago said for the first time that "we wait."', "Petrova", "cue before"),
    "minutes later": ('Minutes later, Petrova sent a letter, saying: "We wait."', "Petrova", "cue before"),
    "second verb behind an aside": (
        'When Ivanova asked about it, Petrova rose from the chair and said: "We wait."',
        "Petrova",
        "cue before",
    ),
    "opening clause": ('When a guest shouted, "We wait," Petrova left the hall.', "guest", "cue before"),
    "opening clause and comma": ('When asked in Minsk, Petrova said, "We wait," the Weekly wrote.', "Weekly", None),
    "next sentence with a pronoun": (
        'Petrova asked for "more time." He added that it is late.',
        "Petrova",
        "cue before",
    ),
    "participle behind": ('Petrova called it "a step back," refusing to state why.', "Petrova", "cue before"),
    "unlisted verb, inverted": (
        '"We wait for them!" beamed Anna Petrova.',
        "Anna Petrova",
        "source after the quotation",
    ),
    "unlisted verb without a name": ('Petrova said "we wait for it," followed the news and left.', "Petrova", None),
    "a name in -ly": ('Italy replied dryly, with a note: "We wait for them."', "Italy", "cue before"),
    "an adverb in -ly": ('Recently, Petrova replied with a note: "We wait for them."', "Petrova", "cue before"),
    "reported between two quotations": (
        '"We wait," said Petrova.\n\nIvanova said that it rained.\n\n"We go at noon."',
        "Ivanova",
        "cue in the sentence before",
    ),
    "nobody named between two quotations": (
        '"We wait," said Petrova.\n\nShe said that it rained.\n\n"We go at noon."',
        "Petrova",
        "running speaker",
    ),
    "a thought between two quotations": (
        '"We wait," said Petrova.\n\nIt rained, and nobody saw the envoys.\n\n"We go at noon."',
        "Petrova",
        "running speaker",
    ),
    "judging verb behind": ('Petrova called it "a step back," denounced her rival and left.', "Petrova", "cue before"),
    "that behind a verb": ('The film "Winter" concludes that it is "a step back."', "film", None),
    "report on the next line": (
        '"We wait," said Petrova. "We do."\nLater, Ivanova claimed that it rained.',
        "Petrova",
        "running speaker",
    ),
    "judging verb later": (
        'Petrova met the "tired and wet guests of the hall" again, and Ivanova praised it.',
        "Petrova",
        "subject of the sentence",
    ),
    "a name in -ing": ('"We wait," Kessling said, "and we hope."', "Kessling", "cue before"),
    "back to back": ('"It is open." "It harms nobody," Anna Petrova said.', "Anna Petrova", "source, then cue"),
}


@pytest.mark.parametrize(("text", "source", "rule"), SOURCES.values(), ids=SOURCES)
def test_source(text, source, rule):
    quote = direct(text)[-1]
    assert quote.source is not None
    assert quote.source.of(text) == source
    assert rule is None or quote.rule == rule


NO_SOURCE = {
    "no cue": 'The day was cold. "We wait for nobody here."',
    "naming": 'The drill, called "Western Bastion," begins on Monday.',
    "set apart": 'The so-called "shield" is planned.',
}


@pytest.mark.parametrize("text", NO_SOURCE.values(), ids=NO_SOURCE)
def test_no_source(text):
    assert direct(text)[-1].source is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    {
        "the passive's addressee": ('Anna Petrova was told: "Wait." "I wait," said Olga Ivanova.', "Olga Ivanova"),
        "object of the sentence before": ('Petrova met Ivanova. "We wait for it," said Olga Ivanova.', "Olga Ivanova"),
    }.values(),
)
def test_who_is_not_the_source(text, speaker):
    assert direct(text)[-1].speaker == speaker


# text, the speaker of the last quotation, how it was resolved
def test_a_verb_is_added_without_touching_code():
    book = Codebook.load().extend(cues=Cues(verbs=(Verb(("warble", "warbled"), "say"),)), name="birds")
    text = 'Anna Petrova warbled: "We wait for them."'
    assert [quote.cue.of(text) for quote in walk(text, book).quotes] == ["warbled"]


def test_a_phrase_may_begin_with_the_name_of_an_office():
    book = Codebook.load().extend(cues=Cues(phrases=("trade talk of",)), name="trade")
    text = 'Trade talk of Anna Petrova, "we wait for them."'
    assert [quote.source.of(text) for quote in walk(text, book).quotes] == ["Anna Petrova"]


def test_a_role_is_added_without_touching_code():
    book = Codebook.load().extend(cues=Cues(roles=("ferryman",)), name="river")
    quote = walk('"We wait," said Oleg Taranin, ferryman at the Neman Dock.', book).quotes[0]
    assert (quote.role, quote.affiliation) == ("ferryman", "Neman Dock")


def test_why_says_what_the_attribution_rests_on():
    text = 'Engineer Anna Petrova came. "We wait," said Petrova.'
    (quote,) = direct(text)
    assert quote.why(text) == (
        'The speech at 28-38 is of Anna Petrova: "said" (39-43) reports it and "Petrova" (44-51) names its source '
        "(inverted cue: verb, then name, behind the quotation or in front of it), resolved by surname. "
        "What speaks is of the type person."
    )
    assert "tied to no source" in direct('The so-called "shield" is planned.')[0].why("")


def test_why_and_the_marks_say_who_carried_and_was_told_and_relays():
    text = 'Ivan Lapko said that Anna Petrova had told RIA Novosti: "We wait."'
    (quote,) = direct(text)
    assert quote.why(text).endswith(
        '"RIA Novosti" (43-54) carried them. "RIA Novosti" (43-54) was told. "Ivan Lapko" (0-10) quotes the source.'
    )
    labels = {mark.layer: mark.label for mark in quote.marks()}
    assert labels["via"] == "carried by RIA Novosti"
    assert labels["addressee"] == "told to RIA Novosti"
    assert labels["relayed_by"] == "Anna Petrova quoted by whom these words name"


def test_a_page_may_end_behind_a_word_of_kin_or_role():
    corpus = cl.Corpus(cl.parse("The talks closed. Interfax, spokesman step", layout="plain")).annotate()
    assert not corpus.failures


def test_nobody_but_the_source_is_looked_for_where_no_words_report():
    (quote,) = direct('"We wait for them here" - Anna Petrova, in an interview with RIA Novosti')
    assert (quote.source_type, quote.via, quote.addressee, quote.relayed_by) == ("person", None, None, None)
