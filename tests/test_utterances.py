"""The same words on several pages are one utterance, and speakers who conflict over it are told."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
import yaml

import clippings as cl
from clippings.measures import same_words
from clippings.measures.same_words import DECISIVE, is_same, is_spelling, wording
from clippings.utterances import Speaker, conflicts

PARTS = yaml.safe_load(Path(__file__).with_name("tables").joinpath("utterances.yaml").read_text("utf-8"))
STOCK, NAMES = PARTS["stock"], PARTS["names"]
FIRST = ("subjects", "verbs", "deeds", "things", "when", "why")
OTHERS = {"neighbours": "neighbors", "harbour": "harbor", "traders": "traiders", "rebuild": "re-build"}


class Spoken(NamedTuple):
    """A quotation on a page, and which statement it prints; None for one that has to stay alone."""

    words: str
    statement: int | None


def some(draw: random.Random, names: tuple[str, ...]) -> str:
    return " ".join(draw.choice(PARTS[name]) for name in names)


def statement(draw: random.Random) -> str:
    return f"{some(draw, FIRST).capitalize()}, {draw.choice(['and', 'but'])} {some(draw, FIRST[:4])}"


def copy(text: str, draw: random.Random) -> str:
    """Print a statement as another page would: with other marks, ends, spelling, a gap, or one word changed."""
    words = text.split()
    kind = draw.randrange(7)
    if kind == 1:
        return text.replace(",", " -")
    if kind == 2:
        return " ".join([*words[:5], "...", *words[8:]])
    if kind == 3:
        return " ".join(OTHERS.get(word, word) for word in words)
    if kind == 4:
        cut = draw.randrange(1, len(words) - 9)
        return " ".join(words[cut:] if draw.random() < 0.5 else words[:-cut])
    if kind == 5:
        at = draw.randrange(2, len(words) - 2)
        return " ".join([*words[:at], draw.choice(["certainly", "wooden", "gladly"]), *words[at + 1 :]])
    if kind == 6:
        return " ".join([*words[:4], "[they]", *words[5:]])
    return text


def lookalike(number: int, draw: random.Random) -> list[str]:
    """Two statements that differ in what decides: a figure, a number, a denial; or a stock phrase of several."""
    kind = number % 4
    first, second = draw.sample(range(12, 99), 2)
    base = some(draw, FIRST[:5]).capitalize()
    if kind == 0:
        return [f"{base} and pay {price} roubles for it" for price in (first, second)]
    if kind == 1:
        return [f"{base} with {many} boats from the island" for many in ("three", "seven")]
    if kind == 2:
        return [f"{base} and we shall {denial}forget about this day" for denial in ("", "never ")]
    return [STOCK[number // 4 % len(STOCK)]] * 2


def spoken(draw: random.Random, pages: int) -> Iterator[Spoken]:
    """Yield what is quoted on so many pages: statements on one to five, lookalikes on two."""
    count = number = 0
    seen: set[str] = set()
    while count < pages:
        text = statement(draw)
        if text in seen:
            continue
        seen.add(text)
        copies = draw.choice([1, 2, 2, 3, 5])
        yield from (Spoken(text if not at else copy(text, draw), number) for at in range(copies))
        count += copies
        number += 1
        if number % 3 == 0:
            yield from (Spoken(words, None) for words in lookalike(number // 3, draw))
            count += 2


def corpus(seed: int, pages: int = 200) -> tuple[cl.AnnotatedCorpus, dict[str, int | None]]:
    """Return annotated pages of one quotation each, and the statement of each page."""
    draw = random.Random(seed)
    found = list(spoken(draw, pages))[:pages]
    draw.shuffle(found)
    clippings, truth = [], {}
    for number, one in enumerate(found):
        day = f"{draw.randrange(1, 28):02}/{draw.randrange(1, 12):02}/2008"
        body = f'Rain fell. "{one.words}," said {draw.choice(NAMES)}.'
        text = f"DATE:\n\n{day}\n\nA title of page {number}\n\nRiver Weekly\n\n{body}"
        (page,) = cl.parse(text, path=f"p{number:03}.txt")
        clippings.append(page)
        truth[page.id] = one.statement
    return cl.Corpus(clippings).annotate(layers=["quotes"]), truth


def pairs(groups: Iterator[list[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_hundred_pages_are_grouped(seed):
    annotated, truth = corpus(seed)
    assert len(annotated.quotes) == len(truth) == 200
    wanted: dict[int, list[str]] = {}
    for page, number in truth.items():
        if number is not None:
            wanted.setdefault(number, []).append(page)
    expected = pairs(iter(wanted.values()))
    found = pairs(rows["id"].tolist() for _, rows in annotated.utterances().quotes.groupby("utterance"))
    assert len(expected) > 100
    assert len(found & expected) / len(found) >= 0.98
    assert len(found & expected) / len(expected) >= 0.95


def frame(*texts: str) -> pd.DataFrame:
    ids = [f"p{number:05}" for number in range(len(texts))]
    return pd.DataFrame({"id": ids, "item": 0, "start": 0, "end": 9, "text": texts})


SEVEN = "we sign all of it next spring"
EIGHT = "we shall sign all of it next spring"
FIFTEEN = f"{EIGHT} although the miners object to everything here"
SIXTEEN = f"{FIFTEEN} loudly"
CHANGED = {
    "EQUAL": ((SEVEN, SEVEN.title()), ("we sign all of it tomorrow", "We sign all of it tomorrow!")),
    "CONTAINED": ((EIGHT, f"Yes, {EIGHT}"), (SEVEN, f"Yes, {SEVEN}")),
    "PER_CHANGE": (
        (SIXTEEN.replace("shall", "must"), f"Yes, yes, yes, {SIXTEEN}"),
        (FIFTEEN.replace("shall", "must"), f"Yes, yes, yes, {FIFTEEN}"),
    ),
    "SPELLED": (
        (f"{EIGHT} in labor and honor", f"{EIGHT} in labour and honour"),
        (f"{EIGHT} with goods and food", f"{EIGHT} with gods and foes"),
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_each_threshold_has_words_on_both_sides(monkeypatch, name):
    module = import_module("clippings.measures.same_words")
    inside, outside = CHANGED[name]

    def found() -> tuple[bool, bool]:
        module._difference.cache_clear()
        return is_same(*map(wording, inside)), is_same(*map(wording, outside))

    assert found() == (True, False)
    for further in (-1, 1):
        monkeypatch.setattr(module, name, getattr(module, name) + further)
        assert found() != (True, False), f"nothing comes out otherwise with {name} moved by {further}"
        monkeypatch.undo()
    module._difference.cache_clear()


@pytest.mark.parametrize("word", sorted(DECISIVE))
def test_a_word_that_decides_keeps_two_apart(word):
    text = f"{EIGHT} and every {{}} of the miners has agreed to come"
    assert not is_same(wording(text.format(word)), wording(text.format("cousin")))
    assert is_same(wording(text.format("brother")), wording(text.format("cousin")))


def test_a_gap_stands_for_words_and_not_for_all_of_them():
    assert is_same(wording("We shall sign ... next spring although the miners object"), wording(FIFTEEN))
    assert not is_same(wording("We ... here"), wording(FIFTEEN))
    assert not is_same(
        wording(f"{SEVEN} ... and the rest of it is silence"), wording(f"{SEVEN} or the rest stays noise")
    )


def test_long_quotations_are_compared_by_their_runs():
    letters = "abcdefghijklmnopqrst"
    words = tuple(f"w{a}{b}" for a in letters for b in letters[:13])
    assert len(words) == 260
    assert is_same(words, (*words[:100], "another", *words[101:]))
    assert is_same(words[20:240], words)
    assert not is_same(words, (*words[:130], *reversed(words[130:])))
    assert not is_same(words, (*words[:130], "not", *words[130:]))
    assert not is_same((*words[:130], "not", *words[131:]), words)


def test_the_order_of_the_rows_decides_nothing():
    texts = [one.words for one in spoken(random.Random(9), 120)]
    rows = frame(*texts)
    expected = same_words(rows)
    assert expected["group"].nunique() > 20
    for seed in range(3):
        pd.testing.assert_frame_equal(same_words(rows.sample(frac=1, random_state=seed)), expected)


def test_words_on_one_page_alone_are_no_utterance():
    rows = frame(EIGHT, EIGHT).assign(id="p")
    assert same_words(rows).empty
    assert same_words(frame()).empty
    assert same_words(frame(EIGHT, f"{EIGHT}!"))["wording"].tolist() == [0, 0]
    assert same_words(frame(EIGHT, f"Yes, {EIGHT}"))["wording"].tolist() == [0, 1]


def test_thousands_of_quotations_take_seconds():
    draw = random.Random(3)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdklmnrst" if f"{a}{b}{c}" not in DECISIVE]
    texts = [" ".join(draw.choices(words, k=draw.randrange(8, 40))) for _ in range(9_000)]
    texts += [" ".join([*text.split()[:4], "different", *text.split()[5:]]) for text in texts[:1_000]]
    begun = time.process_time()
    found = same_words(frame(*texts))
    assert len(found) == 2_000
    assert time.process_time() - begun < 30


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Anna Petrova", "Anna Petrova", "person"), ("Ivan Lapko", "Ivan Lapko", "person"), True),
        (("Sergei Petrov", "Sergei Petrov", "person"), ("Sergey Petrov", "Sergey Petrov", "person"), False),
        (("Petrova", "Petrova", "person"), ("Anna Petrova", "Anna Petrova", "person"), False),
        (("A. Petrova", "A. Petrova", "person"), ("Anna Petrova", "Anna Petrova", "person"), False),
        (("Olga Petrova", "Olga Petrova", "person"), ("Anna Petrova", "Anna Petrova", "person"), True),
        (("Ivan Lapko", "Ivan Lapko", "person"), ("Ivan Lapko", "Ivan Lapko (namesake)", "person"), True),
        (("official", "official", "unnamed"), ("Anna Petrova", "Anna Petrova", "person"), False),
        (("Interfax", "Interfax", "body"), ("Anna Petrova", "Anna Petrova", "person"), True),
        (("Lukashenka", "Alexander Lukashenko", "person"), ("Lukashenko", "Alexander Lukashenko", "person"), False),
    ],
)
def test_speakers_conflict_where_they_are_not_one_for_sure(one, other, expected):
    assert conflicts(Speaker(*one), Speaker(*other)) is conflicts(Speaker(*other), Speaker(*one)) is expected


def pages(*told: tuple[str, str, str]) -> cl.AnnotatedCorpus:
    """Annotated pages of a day, an outlet and a body each."""
    made = []
    for number, (day, outlet, body) in enumerate(told):
        head = f"BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n{day}\n\nA title\n\n{outlet}\n\n" if day else ""
        made += cl.parse(f"{head}Rain fell. {body}", path=f"{number}.txt", layout="auto" if day else "plain")
    return cl.Corpus(made).annotate()


def test_an_utterance_says_where_it_stands_first_and_who_conflicts(tmp_path):
    said = "We shall sign the treaty with our neighbours before the winter"
    annotated = pages(
        ("05/11/2007", "River Weekly", f'"{said}," said Anna Petrova.'),
        ("02/11/2007", "Harbor Weekly", f'"{said.replace("neighbours", "neighbors")}," said Ivan Lapko.'),
        ("09/11/2007", "Harbor Weekly", f'"Yes, {said.lower()}," an official said.'),
        ("", "", f'"{said}," he said.'),
    )
    found = annotated.utterances()
    (row,) = found.table.to_dict("records")
    assert (row["id"], str(row["date"].date()), row["outlet"]) == ("1", "2007-11-02", "Harbor Weekly")
    assert (row["pages"], row["wordings"], row["conflict"]) == (4, 3, True)
    assert (row["outlets"], row["speakers"]) == ("Harbor Weekly; River Weekly", "Anna Petrova; Ivan Lapko; official")
    assert found.quotes["id"].tolist() == ["1", "0", "2", "3"]
    (told,) = found.diagnostics
    assert (told.code, told.severity, told.file) == ("CLP504", "warning", "1.txt")
    assert "Anna Petrova (0, item 0)" in told.message
    assert "Ivan Lapko (1, item 0)" in told.message
    loaded = cl.save(annotated, tmp_path / "out").utterances()
    pd.testing.assert_frame_equal(loaded.table, found.table)
    assert loaded.diagnostics == found.diagnostics
    assert "1 of 4 quotations on several pages, 1 with speakers that conflict" in repr(found)


def test_one_speaker_in_two_spellings_is_no_conflict():
    said = "We shall sign the treaty with our neighbours before the winter"
    found = pages(
        ("05/11/2007", "River Weekly", f'"{said}," said Sergei Petrov.'),
        ("06/11/2007", "River Weekly", f'"{said}," said Sergey Petrov.'),
    ).utterances()
    assert (len(found.table), found.table["conflict"].tolist(), found.diagnostics) == (1, [False], ())


def test_what_is_reported_without_marks_and_too_short_is_no_utterance():
    found = pages(
        (
            "05/11/2007",
            "River Weekly",
            'Anna Petrova said the treaty would be signed before the winter. "No comment," she said.',
        ),
        (
            "06/11/2007",
            "River Weekly",
            'Ivan Lapko said the treaty would be signed before the winter. "No comment," he said.',
        ),
    ).utterances()
    assert found.table.empty
    assert list(found.table.columns) == list(pages(("05/11/2007", "A Weekly", "Rain.")).utterances().table.columns)


def test_without_quotations_it_is_told_which_layer_is_missing():
    annotated = cl.Corpus(cl.parse("Rain fell.", layout="plain")).annotate(layers=["dates"])
    with pytest.raises(cl.LayerError, match="quotes"):
        annotated.utterances()


def test_a_letter_more_or_less_is_a_spelling_of_long_words():
    assert is_spelling("defence", "defense")
    assert is_spelling("harbour", "harbor")
    assert not is_spelling("miners", "minors and")
    assert not is_spelling("lake", "late")
