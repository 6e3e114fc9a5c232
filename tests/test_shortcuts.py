"""Shortcuts that save time give what the long way gives."""

from __future__ import annotations

import random
import re

import nameparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clippings.codebook import Codebook
from clippings.hidden import beyond_ascii
from clippings.layers.quotes import full_names
from clippings.page import printed_dates, taken
from clippings.reading import damage, html
from clippings.text.lexicon import WIDTH, lexicon

FIRST = ("Anna", "Jean-Marc", "Mitch", "João", "José", "Dinesh", "Ann", "Li", "Sean")
LAST = ("Rudnik", "McConnell", "O’Malley", "D'Souza", "Wasserman-Zhuk", "Díaz", "DiPietro", "Ó", "Zh")
# Each is a title, a particle, a suffix or a connective, or is written as the parser reads in a way of its own.
KNOWN = ("Sir", "Van", "Jr", "III", "Al", "Nee", "Von", "Abu", "Y", "Senior", "MD", "Queen", "De", "Mc", "Abu-Laban")


def made(chance: random.Random, middle: tuple[str, ...]) -> str:
    between = [chance.choice(middle) for _ in range(chance.randrange(3))]
    return " ".join([chance.choice(FIRST), *between, chance.choice(LAST)])


def test_a_name_of_plain_words_is_divided_as_the_parser_divides_it(monkeypatch):
    chance = random.Random(1)
    found = {made(chance, (*FIRST, "B.", "C", "Y")) for _ in range(400)}
    found |= {name.upper() for name in found}
    for name in found:
        parsed = nameparser.HumanName(name)
        assert (parsed.first, parsed.last, parsed.suffix, parsed.title) == (*full_names._divided(name), "")
    monkeypatch.setattr(nameparser, "HumanName", pytest.fail)
    plain = [
        name
        for name in found
        if not name.endswith(("Ó", "Y")) and not (name.isupper() and re.search(r"\b[BCY]\b", name))
    ]
    assert {full_names._divided(name)[2] for name in plain} == {""}


@pytest.mark.parametrize("word", KNOWN)
@pytest.mark.parametrize("name", ["{} Rudnik", "Anna {}", "Anna {} Rudnik", "{}, Anna"])
def test_a_name_with_a_word_of_the_parser_is_divided_as_the_parser_divides_it(monkeypatch, word, name):
    divided = full_names._divided(name.format(word))
    monkeypatch.setattr(full_names, "_needs_no_parser", lambda _: False)
    assert full_names._divided(name.format(word)) == divided


@pytest.mark.parametrize("name", ["Anna Van Rudnik", "Anna III", "Anna Jr Rudnik", "Rudnik, Anna", "Abu-Laban Li Ó"])
def test_particles_and_suffixes_are_left_to_the_parser(name):
    assert not full_names._needs_no_parser(name.split())


def test_damage_is_found_behind_the_gate_that_spares_sound_texts():
    """Every character that a pattern may begin with passes its gate."""
    for code, pattern, _, may_hold in damage._KINDS[1:3]:
        for char in map(chr, range(0x80, 0x3000)):
            texts = [f"a{char}{rest}b" for rest in ("", "\u20ac", "\u00a9\u00a9\u00a9", "\u00e0\u00e1\u00e2", ".")]
            begins = [text for text in texts if (found := pattern.search(text)) and found.start() == 1]
            assert all(may_hold(text, beyond_ascii(char)) for text in begins), (code, char)
    sound = "“Nobody,” she said – and nobody’s café"
    assert not any(may_hold(sound, beyond_ascii(sound)) for *_, may_hold in damage._KINDS)


def test_characters_beyond_ascii_are_those_of_the_text():
    text = "Mińsk – \ud800 “\U0001f600”"
    assert beyond_ascii(text) == {char for char in text if ord(char) > 127}


def test_a_plain_word_is_read_as_the_pattern_reads_it():
    """A chunk of letters alone is taken whole; with anything else the pattern finds its words."""
    of_words = lexicon(Codebook.load())
    chunks = ["Minsk", "said", "said,", "U.S.", "end.The", "(Petrova's", "--", "co-op.", "a_b", "42%", "Mińsk", "..."]
    for chunk in chunks:
        facts = of_words._read(chunk)
        words = [word for word in facts[0::WIDTH] if word]
        assert "".join(words) == chunk
        assert facts[3::WIDTH] == (*map(len, words[:-1]), len(words[-1]) + 1)
        assert of_words._read(f"{chunk},")[: len(facts) - WIDTH] == facts[:-WIDTH] or re.search(r"\W$", chunk)


@settings(deadline=None)
@given(st.sampled_from(printed_dates._CORES).flatmap(lambda core: st.from_regex(core, fullmatch=True)))
def test_a_date_within_a_line_has_two_figures_apart(line):
    assert printed_dates._TWO_FIGURES.search(line)


@pytest.mark.parametrize("line", ["Election 2016", "12 die", "3 of 5", "a 1 b 2"])
def test_a_line_without_two_figures_apart_has_no_date(line):
    assert not printed_dates._TWO_FIGURES.search(line)
    assert printed_dates.inside(line) is None


@pytest.mark.parametrize("line", ["© 2007 AP", "(C) AP", "All rights: COPYRIGHT AP", "(a) AP", "Copy right", "AP"])
def test_who_holds_a_text_is_looked_for_where_a_mark_is(line):
    assert taken._is_held(line) == bool(taken._HELD.search(line))


@pytest.mark.parametrize(
    "head",
    [
        *("<html xmlns:w='urn:schemas-Microsoft-com:office:word'>", "<meta content='Microsoft Word 9'>"),
        *("<div class=WordSection1>", "<div class='SECTION1'>", "<div id=section1>", "<p>Microsoft", "<p>"),
    ],
)
def test_a_document_saved_as_a_page_is_looked_for_where_its_words_are(head):
    assert html._is_written(head) == bool(html._WRITTEN.search(head))
