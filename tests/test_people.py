"""The persons that the words for a source stand for, and how they were found; all sentences are invented."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

import clippings as cl
from clippings.evidence import Quote
from clippings.model import Annotated


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
        "secretary of state",
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


PAGE = "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n{}\n\nA title\n\nMinsk Weekly\n\n{}\n\nSource:\n\nhttp://x.example/1\n"


def dated(day: str, body: str) -> Annotated:
    return cl.Corpus(cl.parse(PAGE.format(day, body))).annotate()[0]


def undated(body: str) -> Annotated:
    return cl.Corpus(cl.parse(body, layout="plain")).annotate()[0]


def known(page: Annotated) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(quote.speaker, quote.speaker_id, quote.role, quote.country) for quote in page.quotes]


def test_the_gazetteer_gives_the_office_of_the_day_where_the_text_does_not():
    for day, role in (("02/11/2007", "President"), ("02/11/1991", None)):
        found = dated(day, '"We wait for them," said Alexander Lukashenko.').quotes
        assert [(quote.role, quote.country) for quote in found] == [(role, "BY")]


@pytest.mark.parametrize(
    ("day", "office"),
    [("14/03/2008", "President"), ("14/06/2008", "Prime Minister"), ("14/06/2012", "President")],
)
def test_a_surname_alone_has_the_office_of_the_day(day, office):
    assert known(dated(day, 'Putin said: "We wait."')) == [("Putin", "Vladimir Putin", office, "RU")]


MONTH = "\n\nA title\n\n{}\n\nPartners: Social Network\n"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("2008/032008-7.txt", ("Putin", "Vladimir Putin", "President", "RU")),
        ("1996/031996-7.txt", ("Putin", "Putin", None, None)),
    ],
)
def test_a_surname_alone_is_known_on_a_page_that_knows_only_its_month(path, found):
    page = cl.parse(MONTH.format("Putin announced on Monday that the law was clear."), path=path)
    assert [clipping.fields["date"].precision for clipping in page] == ["month"]
    assert known(cl.Corpus(page).annotate()[0]) == [found]


def test_a_surname_alone_is_known_without_a_date_where_its_state_is_named():
    assert known(undated('Russia waits. Lavrov said: "We wait."')) == [("Lavrov", "Sergei Lavrov", None, "RU")]
    assert known(undated('Poland waits. Lavrov said: "We wait."')) == [("Lavrov", "Lavrov", None, None)]


# Another of a known surname: what stands beside the name, and whether it is the known one.
NAMESAKES = {
    "another first name": ('"We wait," said Florence Rice, who knits.', False),
    "an initial that fits": ('"We wait," said C. Rice.', True),
    "an initial that does not": ('"We wait," said F. Rice.', False),
    "a nickname that fits": ('"We wait," said Condi Rice.', True),
    "a title": ('"We wait," said Secretary Rice.', True),
    "a courtesy": ('"We wait," said Ms. Rice.', True),
    "a state that owns her": ('"We wait," said America\'s Rice.', True),
    "a word that opens a sentence": ('Yesterday Rice said: "We wait."', True),
    "a trade behind the full name": ('"We wait," said Condoleezza Rice, a plumber from Lida.', False),
    "a trade in front": ('"We wait," said the plumber Condoleezza Rice.', False),
    "a trade of another": ('"We wait," said Condoleezza Rice, whom a plumber met.', True),
    "her work": ('"We wait," said Condoleezza Rice, who sells tractors in Lida.', False),
    "an apposition that is no trade": ('"We wait," said Condoleezza Rice, a hawk from Ohio.', True),
    "two, side by side": ('Condoleezza Rice and Florence Rice came. "We wait," Rice said.', None),
}


@pytest.mark.parametrize(("text", "is_known"), NAMESAKES.values(), ids=NAMESAKES)
def test_a_printed_first_name_or_trade_beats_the_gazetteer(text, is_known):
    page = dated("14/03/2008", text)
    quote = page.quotes[-1]
    if is_known is None:
        assert (quote.speaker, quote.speaker_id, quote.country) == ("Rice", "Rice", None)
        return
    assert (quote.speaker_id == "Condoleezza Rice", quote.country) == (is_known, "US" if is_known else None)
    assert quote.speaker is not None
    assert any(mention.id == "Condoleezza Rice" for mention in page.mentions) == is_known


def test_a_namesake_of_the_paragraph_before_leaves_the_surname_to_the_known_one():
    page = dated("14/03/2008", "Florence Rice knits.\n\nCondoleezza Rice came. Rice left.")
    places = [mention.start for mention in page.mentions if mention.id == "Condoleezza Rice"]
    assert page.clipping.text.rindex("Rice left") in places


def test_a_namesake_named_long_before_leaves_the_surname_to_the_known_one():
    text = "Florence Rice knits. {} Condoleezza Rice came. It rained. Rice left."
    for far, known_again in ((60, True), (0, False)):
        page = dated("14/03/2008", text.format("It rained. " * far))
        places = [mention.start for mention in page.mentions if mention.id == "Condoleezza Rice"]
        assert (page.clipping.text.rindex("Rice left") in places) == known_again


# The words for a role, and the state and person they stand for on 14 March 2008.
ROLES = {
    "a state behind": ("The prime minister of Poland", "Donald Tusk", "PL"),
    "a state behind, with an article": ("The foreign minister of the Netherlands", None, "NL"),
    "a state in front": ("The Polish prime minister", "Donald Tusk", "PL"),
    "a state that owns it": ("Poland's prime minister", "Donald Tusk", "PL"),
    "a state in -s that owns it": ("Belarus' foreign minister", "Sergei Martynov", "BY"),
    "US without points": ("The US Secretary of State", "Condoleezza Rice", "US"),
    "the other spelling": ("The Russian defense minister", "Anatoly Serdyukov", "RU"),
    "one of several": ("A Polish prime minister", None, "PL"),
    "a deputy": ("The Polish deputy prime minister", None, "PL"),
    "a former one": ("The former Polish prime minister", None, "PL"),
    "an office nobody is known to hold": ("The Polish ombudsman", None, "PL"),
    "an envoy": ("The ambassador of Latvia", None, "LV"),
    "the head of something else": ("The head of the union of miners", None, None),
}


@pytest.mark.parametrize(("words", "holder", "country"), ROLES.values(), ids=ROLES)
def test_a_role_of_a_state_is_its_holder_of_the_day(words, holder, country):
    (quote,) = dated("14/03/2008", f"{words} said that the plan was late.").quotes
    assert quote.country == country
    assert (quote.speaker if quote.resolved_by == "office of the day" else None) == holder
    assert (quote.speaker_id == holder) == (holder is not None)


def test_a_holder_the_text_names_comes_before_the_one_of_the_gazetteer():
    page = dated("14/03/2008", 'Polish Prime Minister Jan Kowal came. "We wait," the Polish prime minister said.')
    assert [(quote.speaker, quote.resolved_by) for quote in page.quotes] == [("Jan Kowal", "role")]


def test_no_holder_without_a_day():
    assert known(undated("The Polish prime minister said that the plan was late.")) == [
        ("Polish prime minister", "Polish prime minister", None, "PL")
    ]


def test_an_office_of_two_states_has_two_ids():
    page = dated(
        "14/03/2008",
        "The ombudsman of Latvia said that the rain was late. The ombudsman of Poland said that the snow was late.",
    )
    assert [quote.speaker_id for quote in page.quotes] == ["ombudsman of Latvia", "ombudsman of Poland"]


ENVOYS = {
    "RF": ("RF Ambassador to Latvia Ivan Rybak", None),
    "US": ("US Ambassador to Belarus Tom Falk", "US"),
    "an adjective": ("The Russian ambassador to Belarus, Ivan Rybak,", "RU"),
    "a state that owns it": ("Belarus' envoy to Latvia Ivan Rybak", "BY"),
}


@pytest.mark.parametrize(("words", "country"), ENVOYS.values(), ids=ENVOYS)
def test_an_envoy_is_of_who_sends_him(words, country):
    assert [quote.country for quote in dated("14/03/2008", f"{words} said that the rain was late.").quotes] == [country]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        (
            "On March 3, 2008 Prime Minister of Poland Donald Tusk came. Tusk said that the rain was late.",
            "Prime Minister of Poland",
        ),
        ("By the end of 2006 Mayor Maria Lenko came. Lenko said that the rain was late.", "Mayor"),
        ("The 2012 candidate Maria Lenko came. Lenko said that the rain was late.", "2012 candidate"),
    ],
)
def test_a_year_in_front_is_of_the_role_or_of_a_date(words, role):
    assert [quote.role for quote in dated("14/03/2008", words).quotes] == [role]


def test_a_role_ends_where_a_verb_or_a_quotation_stands():
    text = 'Russian Foreign Minister Sergei Lavrov had "frank" talks with Poland\'s Jan Lis on Friday. Lis said: "Yes."'
    quote = dated("14/03/2008", text).quotes[-1]
    assert (quote.speaker, quote.role, quote.country) == ("Jan Lis", None, "PL")


WHY = {
    "a thing": (
        'Mud said nothing; the delay said: "We wait."',
        "they are no name, role, body or document that can speak",
    ),
    "nobody fits": ('King Oleg Taranin came. "We wait," she said.', "nobody named near it fits for sure"),
    "several": ('Anna Petrova and Oleg Taranin said: "We wait."', "they name several, none of whom is said to speak"),
    "an owner": ('Petrova\'s first guests were glum: "Is it time to go?"', "they own what is spoken of"),
    "half a name": ('"We wait for them all," FranÃ§ois Orlov said.', "a wrong encoding cuts the name off"),
    "somebody": ('"We wait," said another Lida Republican.', 'behind "another" they describe somebody'),
    "they": ('Anna Petrova came. "We wait," they said.', "whom it stands for is not told"),
}


@pytest.mark.parametrize(("text", "reason"), WHY.values(), ids=WHY)
def test_why_says_what_is_missing(text, reason):
    quote = direct(text)[-1]
    assert quote.speaker is None
    assert reason in quote.why(text)


@pytest.mark.parametrize(
    ("line", "is_state"),
    [
        ("TELL US WHY THE SHIELD IS LATE", False),
        ("GIVE US RAIN AND SUN", False),
        ("US TROOPS STAY IN EUROPE", True),
        ("TALKS IN US GO ON", True),
        ("Tell US officials why", True),
    ],
)
def test_us_in_a_line_of_capitals(line, is_state):
    found = cl.Corpus(cl.parse(PAGE.replace("A title", line).format("14/03/2008", "Nobody came."))).annotate()[0]
    assert any(mention.id == "US" for mention in found.mentions) == is_state


@pytest.mark.parametrize(("text", "ids"), [("The U.S-led force stayed.", ["US"]), ("The U.S.S.R. fell.", ["SU"])])
def test_a_point_lost(text, ids):
    assert [mention.id for mention in undated(text).mentions] == ids


# the lists of posts.yaml, word by word: who is brought in by the first may be pointed back at by the others
SHORT = """adm: admiral; amb: ambassador; capt: captain; cmdr: commander; col: colonel; gen: general; gov: governor;
lt: lieutenant; maj: major; prof: professor; rep: congressman congresswoman representative; sen: senator"""
KINDS = """deputy: lawmaker mp parliament parliamentarian; diplomat: ambassador attaché consul envoy;
expert: analyst economist historian professor researcher scholar scientist sociologist specialist;
journalist: columnist correspondent editor reporter;
lawmaker: assemblyman assemblywoman congressman congresswoman councilman councilwoman deputy legislator mep mp
parliament parliamentarian senator;
legislator: assemblyman assemblywoman congressman congresswoman deputy lawmaker mp parliament parliamentarian senator;
mp: deputy lawmaker legislator parliament parliamentarian; officer: captain colonel commander general lieutenant major;
parliamentarian: deputy lawmaker legislator mp parliament senator;
politician: candidate congressman congresswoman deputy governor lawmaker legislator mayor mep minister mp
parliamentarian party premier senator"""
SAID_OF = {"parliament": "Ivan Zhuk, member of parliament,", "party": "Ivan Zhuk, head of the Lida Party,"}


def _pairs(listed: str) -> dict[str, list[str]]:
    return {name.strip(): words.split() for name, _, words in (part.partition(":") for part in listed.split(";"))}


def _pointed_back(named: str, role: str) -> str | None:
    return direct(f'It was cold. {named} came. It rained. It snowed. "We wait," the {role} said.')[-1].speaker


@pytest.mark.parametrize(("short", "role"), [(short, role) for short, roles in _pairs(SHORT).items() for role in roles])
def test_a_shortened_title_is_its_role(short, role):
    assert _pointed_back(f"{short.capitalize()}. Ivan Zhuk", role) == "Ivan Zhuk"


@pytest.mark.parametrize(("kind", "role"), [(kind, role) for kind, roles in _pairs(KINDS).items() for role in roles])
def test_a_role_is_said_of_whoever_has_one_that_it_covers(kind, role):
    assert _pointed_back(SAID_OF.get(role, f"Ivan Zhuk, {role} of Lida,"), kind) == "Ivan Zhuk"
    assert _pointed_back("Ivan Zhuk, baker of Lida,", kind) == kind


def test_every_title_and_kind_of_role_has_its_sentence():
    listed = yaml.safe_load(files("clippings.layers.quotes").joinpath("posts.yaml").read_text("utf-8"))
    assert listed == {"short": _pairs(SHORT), "kinds": _pairs(KINDS)}


BODIES = """agency: Administration Agency Bureau Office Service; company: Company Corp. Group Inc.;
firm: Company Corp. Group Inc.;
group: Alliance Association Campaign Coalition Federation Forum Foundation Group League Network Society Union;
organisation: Alliance Association Coalition Federation Forum Foundation League Organisation Society Union;
organization: Alliance Association Coalition Federation Forum Foundation League Organization Society Union"""


@pytest.mark.parametrize(("noun", "word"), [(noun, word) for noun, words in _pairs(BODIES).items() for word in words])
def test_a_noun_points_back_at_a_body_whose_name_ends_in_another(noun, word):
    assert direct(f'It was cold. Neman {word} denied it. "We wait," the {noun} said.')[-1].speaker == f"Neman {word}"
    assert direct(f'It was cold. Neman Court denied it. "We wait," the {noun} said.')[-1].speaker == noun


def test_every_noun_for_bodies_has_its_sentence():
    listed = yaml.safe_load(files("clippings.layers.quotes").joinpath("bodies.yaml").read_text("utf-8"))
    assert listed == _pairs(BODIES)


@pytest.mark.parametrize(
    "word",
    ["answered", "answers", "conversation", "guest", "Interview", "interview", "interviewed", "interviews", "questions",
     "sat", "speaks", "spoke", "talked"],
)  # fmt: skip
def test_a_word_tells_of_an_interview(word):
    quotes = direct(f"Anna Petrova, {word}.\n\nQ: Who waits?\n\nAnswer: We do.\n\nQ: Do you?")
    assert [quote.speaker for quote in quotes] == [None, "Anna Petrova", None]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [(label, "Anna Petrova") for label in ("A", "A2", "Answer", "Reply", "Response")] + [("Text", None)],
)
def test_labels_of_answers_are_the_guest(label, speaker):
    quotes = direct(f"An interview with Anna Petrova.\n\nQ: Who waits?\n\n{label}: We do.\n\nQ: Do you?")
    assert [quote.speaker for quote in quotes] == [None, speaker, None]


@pytest.mark.parametrize(
    "role",
    ["anchor", "columnist", "correspondent", "editor", "host", "journalist", "observer", "presenter", "reporter"],
)
def test_who_asks_for_a_living_is_no_guest(role):
    page = "Oleg Orlov spoke to {} Anna Petrova.\n\nQ: Who waits?\n\nA: We do.\n\nQ: Do you?"
    assert [quote.speaker for quote in direct(page.format(role))] == [None, None, None]
    assert [quote.speaker for quote in direct(page.format("judge"))] == [None, "Anna Petrova", None]
