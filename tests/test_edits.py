"""Names near a word, found by their traces, against every name compared in turn."""

from __future__ import annotations

import random
import string
import time

from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.codebook import Confusion
from clippings.layers import errata
from clippings.text.edit_distance import Index, is_one_edit

WORDS = st.text("abc", min_size=3, max_size=7).map(lambda letters: f"K{letters}")


def compared(word: str, names: list[str]) -> str | None:
    return next((name for name in names if word not in (name, f"{name}s") and is_one_edit(word, name)), None)


@settings(deadline=None)
@given(WORDS, st.lists(WORDS, max_size=8))
def test_the_first_near_name_is_found(word, names):
    assert Index(names).first(word) == compared(word, names)


@settings(deadline=None)
@given(WORDS, st.integers(1, 7), st.sampled_from(["", "x", "xy"]))
def test_no_edit_behind_the_first_letter_is_overlooked(name, at, letters):
    word = name[:at] + letters + name[at + max(len(letters), 1) :]
    is_found = Index([name]).first(word) == name
    assert is_found == (compared(word, [name]) is not None)


def test_a_page_of_many_people_is_read_in_time():
    chance, codebook = random.Random(1), cl.Codebook.load()
    surnames = ["Ka" + "".join(chance.choices(string.ascii_lowercase, k=6)) for _ in range(2000)]
    text = "".join(f'"We wait," said Anna {name}. "We hope," {name} said. ' for name in surnames)
    (page,) = cl.Corpus(cl.parse(text, layout="plain")).annotate(codebook)
    assert len(page.mentions) >= 2 * len(surnames)
    before = time.process_time()
    errata.annotate(page.clipping, codebook, page.sentences, page.mentions)
    assert time.process_time() - before < 1  # Names compared one by one, it took nine seconds.


def test_confused_words_may_be_several():
    rows = [Confusion("in stead", "instead"), Confusion("stead", "steed", before=("white",))]
    codebook = cl.Codebook.load().extend(confusions=rows, name="own")
    text = "They met in stead of us. They begin steady work. In a white stead it is."
    (page,) = cl.Corpus(cl.parse(text, layout="plain")).annotate(codebook)
    assert [(e.of(text), e.expected) for e in page.errata] == [("in stead", "instead"), ("stead", "steed")]
