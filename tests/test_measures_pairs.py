"""What stands together, and what was printed twice."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clippings import release
from clippings.measures import as_graph, cooccurrence, duplicates, near_duplicates
from clippings.measures.cooccurrence import association
from clippings.measures.duplicates import bands, shingles
from clippings.measures.words import words

FEW = settings(max_examples=30, deadline=None)
NAMES = st.lists(st.lists(st.sampled_from("ABCD"), max_size=4), min_size=1, max_size=6)


def spoken(sentences: list[list[str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sentences of one clipping that consist of names, and the marks on them."""
    rows, marks, at = [], [], 0
    for names in sentences:
        rows.append(("a", 0, at, " ".join(names) + "."))
        for name in names:
            marks.append(("a", 0, at, at + len(name), name))
            at += len(name) + 1
        at += 2
    columns = ["id", "item", "start"]
    return pd.DataFrame(marks, columns=[*columns, "end", "entity"]), pd.DataFrame(rows, columns=[*columns, "text"])


def together(sentences: list[list[str]], **options: object) -> pd.DataFrame:
    return cooccurrence(*spoken(sentences), **options)


def test_the_bigram_of_dunning():
    # Dunning (1993), the table of bigrams by -2 log lambda: "the swiss", 270.72, of the cells 110, 2442, 111, 29114.
    found = association(np.array([110.0]), np.array([110.0 + 2442]), np.array([110.0 + 111]), 110 + 2442 + 111 + 29114)
    assert found[0] == pytest.approx(270.72, abs=0.005)


def test_sentences_by_hand():
    # Four sentences; A in 2, B in 2, both in 1: expected 2 * 2 / 4 = 1, so that nothing exceeds chance.
    # A with C: C in 1, that 1 with A: log2(1 * 4 / (2 * 1)) = 1, jaccard 1 / 2.
    found = together([["A", "B"], ["A", "C", "A"], ["B"], []])
    assert found[["a", "b", "count", "count_a", "count_b"]].values.tolist() == [
        ["A", "B", 1, 2, 2],
        ["A", "C", 1, 2, 1],
    ]
    assert found["ppmi"].tolist() == [0, 1]
    assert found["jaccard"].tolist() == pytest.approx([1 / 3, 1 / 2])
    assert found["log_likelihood"].tolist() == pytest.approx([0, 2 * (np.log(2) + np.log(2 / 3) + 2 * np.log(4 / 3))])


def test_windows_by_hand():
    # Words: A x B / C. A and B have one word between them, B and C none, A and C two; sentence bounds do not count.
    sentences = pd.DataFrame({"id": "a", "item": 0, "start": [0, 10], "text": ["A x B.", "C."]})
    marks = pd.DataFrame({"id": "a", "item": 0, "start": [0, 4, 10], "end": [1, 5, 11], "entity": ["A", "B", "C"]})
    near = {size: cooccurrence(marks, sentences, within="window", window=size) for size in range(3)}
    assert [found[["a", "b"]].agg("".join, axis=1).tolist() for found in near.values()] == [
        ["BC"],
        ["AB", "BC"],
        ["AB", "AC", "BC"],
    ]
    # Two pairs, four events: A in one pair, B in two, so that log2(1 * 4 / (1 * 2)) = 1.
    assert near[1][["count", "count_a", "count_b", "ppmi"]].values.tolist() == [[1, 1, 2, 1], [1, 2, 1, 1]]


def test_windows_do_not_cross_clippings_or_items():
    sentences = pd.DataFrame({"id": ["a", "a", "b"], "item": [0, 1, 0], "start": 0, "text": ["A", "B", "C"]})
    marks = sentences.assign(end=1, entity=["A", "B", "C"])
    assert len(cooccurrence(marks, sentences, within="window", window=99)) == 0


def test_marks_outside_sentences_or_without_name_are_left_out():
    marks, sentences = spoken([["A", "B"]])
    outside = pd.DataFrame(
        {"id": ["a", "z", "a"], "item": 0, "start": [900, 0, 0], "end": 901, "entity": ["C", "C", None]}
    )
    pd.testing.assert_frame_equal(cooccurrence(pd.concat([marks, outside]), sentences), cooccurrence(marks, sentences))


def test_any_column_may_name_the_marks():
    marks, sentences = spoken([["A", "B"]])
    found = cooccurrence(marks.rename(columns={"entity": "theme"}), sentences, name="theme")
    assert found[["a", "b"]].values.tolist() == [["A", "B"]]


@FEW
@given(NAMES, st.sampled_from(["sentence", "window"]))
def test_measures_are_bounded_and_blind_to_order(sentences, within):
    marks, rows = spoken(sentences)
    found = cooccurrence(marks, rows, within=within, window=2)
    assert (found["a"] < found["b"]).all()
    assert (found["count"] <= found[["count_a", "count_b"]].min(axis=1)).all()
    assert found["jaccard"].between(0, 1).all()
    assert (found[["ppmi", "log_likelihood"]] >= 0).all(axis=None)
    pd.testing.assert_frame_equal(cooccurrence(marks[::-1], rows[::-1], within=within, window=2), found)


@FEW
@given(NAMES)
def test_sentences_are_counted_as_sets(sentences):
    expected = {}
    for names in sentences:
        for pair in combinations(sorted(set(names)), 2):
            expected[pair] = expected.get(pair, 0) + 1
    found = together(sentences)
    assert {(a, b): count for a, b, count in found[["a", "b", "count"]].itertuples(index=False)} == expected


def test_a_graph_has_every_pair_and_its_weight():
    found = together([["A", "B"], ["A", "B"], ["B", "C"]])
    graph = as_graph(found, weight="ppmi")
    assert isinstance(graph, nx.Graph)
    assert graph.edges["A", "B"]["count"] == 2
    assert graph.edges["B", "C"]["weight"] == found.set_index(["a", "b"]).loc[("B", "C"), "ppmi"]
    assert dict(graph.nodes(data="count")) == {"A": 2, "B": 3, "C": 1}
    assert len(as_graph(found.head(0))) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: together([["A"]], name="entities"), "marks has no column 'entities'.*did you mean 'entity'"),
        (lambda: together([["A"]], within="page"), "within must be 'sentence' or 'window', not 'page'"),
        (lambda: together([["A"]], window=-1), "window must be a whole number of at least 0"),
        (lambda: as_graph(together([["A"]]), weight="pmi"), "pairs has no column 'pmi'.*did you mean 'ppmi'"),
    ],
)
def test_what_is_wrong_with_pairs_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def page(number: int, length: int = 60) -> list[str]:
    return random.Random(number).choices([f"w{word}" for word in range(500)], k=length)


def corpus(pages: list[list[str]]) -> pd.DataFrame:
    return pd.DataFrame(
        {"id": [f"c{n:03}" for n in range(len(pages))], "item": 0, "text": [" ".join(p) for p in pages]}
    )


def dated(frame: pd.DataFrame, days: list[str | None]) -> pd.DataFrame:
    return frame[["id", "item"]].assign(date=pd.to_datetime(pd.Series(days)))


def test_shingles_of_broder():
    # Broder (1997): the 4-shingling of (a, rose, is, a, rose, is, a, rose) is the set of three.
    found = set(shingles(["a", "rose", "is", "a", "rose", "is", "a", "rose"], 4))
    assert found == {"a rose is a", "rose is a rose", "is a rose is"}


@pytest.mark.parametrize("similarity", [0.05, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99])
def test_bands_hardly_miss(similarity):
    cut = bands(similarity)
    assert 128 % cut == 0
    assert (1 - similarity ** (128 // cut)) ** cut < (1e-6 if similarity >= 0.11 else 1)


def test_a_reprint_with_a_changed_word_is_found():
    changed = [*page(1)[:30], "changed", *page(1)[31:]]
    found = near_duplicates(corpus([page(1), page(2), changed]))
    # 56 shingles each; a word changed in the middle changes five: 51 in common of 61.
    assert found[["id_a", "id_b"]].values.tolist() == [["c000", "c002"]]
    assert found["jaccard"][0] == pytest.approx(51 / 61)
    assert found["days"].isna().all()


def test_copies_share_one_set_so_that_comparing_them_costs_nothing():
    copies = list(duplicates._pages(corpus([page(1), page(2), page(1)]), None, 5))
    assert copies[0].shingles is copies[2].shingles
    assert copies[0].shingles is not copies[1].shingles
    assert near_duplicates(corpus([page(1), page(2), page(1)]))["jaccard"].tolist() == [1.0]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.5, 0.8, 1.0]), st.integers(0, 4))
def test_the_pairs_are_those_of_comparing_all(seed, similarity, days):
    draw = random.Random(seed)
    pages = [page(draw.randrange(4))[draw.randrange(25) :] for _ in range(25)]
    frame = corpus(pages)
    printed = [None if draw.random() < 0.1 else f"2007-11-{draw.randrange(1, 15):02}" for _ in pages]
    found = near_duplicates(frame, dates=dated(frame, printed), days=days, similarity=similarity, seed=seed)
    sets = [set(shingles(words(text), 5)) for text in frame["text"]]
    expected = set()
    for a, b in combinations(range(len(pages)), 2):
        apart = abs(int(printed[a][-2:]) - int(printed[b][-2:])) if printed[a] and printed[b] else 0
        if len(sets[a] & sets[b]) / len(sets[a] | sets[b]) >= similarity and apart <= days:
            expected.add(frozenset((f"c{a:03}", f"c{b:03}")))
    assert {frozenset(pair) for pair in zip(found["id_a"], found["id_b"], strict=True)} == expected
    assert len(found) == len(expected)
    assert found["days"].dropna().between(0, days).all()


def test_the_earlier_comes_first_with_the_days_between():
    frame = corpus([page(1), page(1), page(1)])
    found = near_duplicates(frame, dates=dated(frame, ["2007-11-05", "2007-11-02", None]))
    assert found[["id_a", "id_b"]].values.tolist() == [["c000", "c002"], ["c001", "c000"], ["c001", "c002"]]
    assert found["days"].tolist() == [pd.NA, 3, pd.NA]
    assert len(near_duplicates(frame, dates=dated(frame, ["2007-11-05", "2007-11-02", None]), days=2)) == 2


def test_rows_of_a_clipping_are_read_together_and_empty_ones_left_out():
    text = " ".join(page(1))
    frame = pd.DataFrame({"id": ["a", "a", "b", "c", "d"], "item": 0, "text": [text[:80], text[80:], text, "", "..."]})
    assert near_duplicates(frame)[["id_a", "id_b"]].values.tolist() == [["a", "b"]]


def test_no_pairs_and_no_texts_give_a_frame_with_types():
    for frame in (corpus([page(1), page(2)]), corpus([])):
        found = near_duplicates(frame)
        assert found.empty
        assert found.dtypes["days"] == "Int64"


def test_the_order_of_the_texts_does_not_count():
    frame = corpus([page(n % 3) for n in range(9)])
    pd.testing.assert_frame_equal(near_duplicates(frame[::-1]), near_duplicates(frame))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"similarity": 80}, "similarity must be a number above 0 and at most 1, not 80"),
        ({"days": -1}, "days must be a whole number of at least 0"),
        ({"shingle": 0}, "shingle must be a whole number of at least 1"),
        ({"dates": corpus([page(1)])}, "dates has no column 'date'"),
        ({"dates": corpus([page(1)]).assign(date="2007")}, "the column 'date' holds .*, not datetimes"),
    ],
)
def test_what_is_wrong_with_duplicates_is_said(options, message):
    with pytest.raises(ValueError, match=message):
        near_duplicates(corpus([page(1)]), **options)


def test_a_clipping_has_one_date():
    frame = corpus([page(1)])
    days = pd.concat([dated(frame, ["2007-11-02"])] * 2)
    with pytest.raises(ValueError, match="more than one row for clipping 'c000', item 0"):
        near_duplicates(frame, dates=days)


def test_importing_the_measures_is_light():
    code = "import sys, clippings.measures; print({'networkx', 'rensa', 'matplotlib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_missing_extra_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(ImportError, match=re.escape(f"this needs networkx: {release.install('measures')}")):
        as_graph(together([["A", "B"]]))
