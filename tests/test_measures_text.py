"""The frequency of words, dispersion and keyness, against published values and by properties."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clippings.arguments import ArgumentError
from clippings.measures import MissingColumn, concordance, dispersion, frequencies, keyness, kwic, kwic_html
from clippings.measures.words import word_counts, words
from some_texts import FEW, TEXTS, texts

COUNTS = st.integers(min_value=0, max_value=10_000)


def counts(size: int, **of: int) -> pd.DataFrame:
    """A corpus of ``size`` words, told by its counts."""
    filled = {**of, "filler": size - sum(of.values())}
    return pd.DataFrame({"word": list(filled), "count": list(filled.values())})


def counted(count: object) -> pd.DataFrame:
    return pd.DataFrame({"word": ["war"], "count": [count]})


def marked(start: object) -> pd.DataFrame:
    return pd.DataFrame({"id": ["t0"], "item": [0], "start": [start], "end": [1]}).astype({"start": object})


def row(frame: pd.DataFrame, word: str) -> pd.Series:
    return frame.set_index("word").loc[word]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Russia-Belarus ties", ["russia-belarus", "ties"]),
        ("Minsk’s S‑300s", ["minsk's", "s-300s"]),
        ("'quoted' -- dashed-", ["quoted", "dashed"]),
        ("The U.S. and the e.u.", ["the", "u.s.", "and", "the", "e.u."]),
        ("$1,200.50 in 2007.", ["1,200.50", "in", "2007"]),
        ("snake_case", ["snake", "case"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("Li\u0301dice L\u00eddice", ["l\u00eddice", "l\u00eddice"]),
        ("end.Next", ["end", "next"]),
        ("Минск ждёт", ["минск", "ждёт"]),
        ("… — !?\ud800", []),
        ("", []),
    ],
)
def test_words(text, found):
    assert words(text) == found


@FEW
@given(TEXTS)
def test_case_never_counts(text):
    assert words(text) == words(text.upper()) == words(text.lower())


def test_frequencies_by_group_keep_rows_without_a_group():
    frame = texts("a a b", "a", "b", publisher=["X", None, "X"])
    found = frequencies(frame, by="publisher")
    assert found[["word", "count", "clippings"]].values.tolist() == [["a", 2, 1], ["b", 2, 2], ["a", 1, 1]]
    assert found["per_10000"].tolist() == [5000, 5000, 10_000]
    assert found["publisher"].isna().tolist() == [False, False, True]


def test_columns_of_any_name_may_be_groups_or_parts():
    frame = texts("a a b", "a", part=["title", "body"], group="g", row=0, size=1)
    by = ["part", "group", "row", "size"]
    assert frequencies(frame, by=by).columns.tolist() == [*by, "word", "count", "per_10000", "clippings"]
    assert frequencies(frame, by=by)["part"].tolist() == ["body", "title", "title"]
    assert dispersion(frame, by=by, minimum=1)["parts"].tolist() == [2, 2]


def test_several_rows_of_a_clipping_are_one_clipping():
    frame = pd.DataFrame({"id": "a", "item": 0, "text": ["war war", "war"]})
    assert frequencies(frame)[["count", "clippings"]].values.tolist() == [[3, 1]]


@FEW
@given(st.lists(TEXTS, max_size=5))
def test_counts_add_up(given_texts):
    found = frequencies(texts(*given_texts))
    assert found["count"].sum() == sum(len(words(text)) for text in given_texts)
    assert found["per_10000"].sum() == pytest.approx(10_000 if len(found) else 0)


# The corpus of five parts of Gries (2008), "Dispersions and adjusted frequencies in corpora", section 2, and what
# that paper gives for the word a: range 5, Juilland's D 0.785, DP 0.18. By hand, DP: the parts are .18, .2, .2, .2
# and .22 of the corpus and hold 1, 2, 3, 4 and 5 fifteenths of the word; the differences .1133, .0667, 0, .0667 and
# .1133 add up to .36, and half of it is .18. DPnorm (Lijffijt and Gries 2012) is then .18 / (1 - .18) = .2195.
GRIES = (
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
)


def test_the_example_of_gries():
    found = row(dispersion(texts(*GRIES), minimum=1), "a")
    assert (found["count"], found["range"], found["parts"]) == (15, 5, 5)
    assert found["juilland_d"] == pytest.approx(0.785, abs=5e-4)
    assert found["dp"] == pytest.approx(0.18)
    assert found["dp_norm"] == pytest.approx(0.18 / 0.82)


def test_a_word_of_one_part_only():
    # By hand: x stands once, in the last part. p is 1/11 there and 0 in four, so that sd(p) / mean(p) = 2 = sqrt(4)
    # and D = 0; DP = (.18 + .2 + .2 + .2 + .78) / 2 = .78, the most there is with a last part of .22.
    found = row(dispersion(texts(*GRIES), words="X"), "x")
    assert found["range"] == 1
    assert found["juilland_d"] == pytest.approx(0)
    assert found["dp"] == pytest.approx(0.78)


def test_parts_by_any_column_and_words_in_any_capitals():
    frame = texts("a b", "a c", "a", outlet=["X", "X", "Y"])
    assert dispersion(frame, by="outlet", words=["A", "zzz"])[["word", "count", "range", "parts"]].values.tolist() == [
        ["a", 3, 2, 2]
    ]


def test_one_part_has_no_dispersion():
    found = row(dispersion(texts("a a b"), minimum=2), "a")
    assert found["dp"] == 0
    assert pd.isna(found["juilland_d"])
    assert pd.isna(found["dp_norm"])


@FEW
@given(st.lists(TEXTS, max_size=6))
def test_dispersion_is_bounded_and_blind_to_order(given_texts):
    found = dispersion(texts(*given_texts), minimum=1)
    many = found[found["parts"] > 1]
    assert many["dp"].between(0, 1).all()
    assert many["dp_norm"].between(0, 1 + 1e-9).all()
    assert many["juilland_d"].between(-1e-9, 1 + 1e-9).all()
    pd.testing.assert_frame_equal(dispersion(texts(*given_texts[::-1]), minimum=1), found)


@FEW
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=8), st.integers(2, 5))
def test_the_same_text_in_every_part_is_even(letters, parts):
    found = dispersion(texts(*[" ".join(letters)] * parts), minimum=1)
    assert found["dp"].tolist() == pytest.approx([0] * len(found), abs=1e-9)
    assert found["juilland_d"].tolist() == pytest.approx([1] * len(found), abs=1e-6)


def test_the_log_likelihood_of_the_lancaster_course():
    # Statistics in corpus linguistics, University of Lancaster (corpora.lancs.ac.uk/sigtest): a word used 52 times in
    # 50,000 words and 57 times in 75,000 has a log-likelihood of 2.65; 3.84 is the bound of p < .05.
    found = row(keyness(counts(50_000, word=52), counts(75_000, word=57)), "word")
    assert found["log_likelihood"] == pytest.approx(2.65, abs=0.005)
    assert found["p"] > 0.05


@pytest.mark.parametrize(("target", "log_ratio"), [(10, 0), (20, 1), (40, 2), (80, 3), (160, 4)])
def test_each_point_of_log_ratio_is_a_doubling(target, log_ratio):
    # Hardie (2014): a word of the same relative frequency has a log ratio of 0, of twice that 1, of four times 2.
    found = keyness(counts(1_000, word=target), counts(1_000, word=10))
    assert row(found, "word")["log_ratio"] == pytest.approx(log_ratio)


@pytest.mark.parametrize(("critical", "p"), [(3.84, 0.05), (6.63, 0.01), (10.83, 0.001), (15.13, 0.0001)])
def test_p_meets_the_critical_values_of_chi_squared(critical, p):
    # Rayson, Berridge and Francis (2004), "Extending the Cochran rule", give these bounds for one degree of freedom.
    assert math.erfc(math.sqrt(critical / 2)) == pytest.approx(p, rel=0.01)


def test_a_word_of_one_corpus_only():
    # By hand: E = 8 * 1/2 in either of two equal corpora, G2 = 2 * 8 * ln 2; half a use makes the ratio 16.
    found = row(keyness(counts(1_000, word=8), counts(1_000)), "word")
    assert found["log_likelihood"] == pytest.approx(11.0904, abs=1e-4)
    assert found["log_ratio"] == pytest.approx(4)


@FEW
@given(COUNTS, COUNTS, st.integers(1, 20_000), st.integers(1, 20_000))
def test_keyness_turned_round_changes_the_sign_alone(a, b, more, others):
    one, other = counts(a + more, word=a), counts(b + others, word=b)
    forth, back = keyness(one, other, minimum=1), keyness(other, one, minimum=1)
    joint = forth.merge(back, on="word")
    assert joint["log_likelihood_x"].tolist() == pytest.approx(joint["log_likelihood_y"].tolist(), abs=1e-6)
    assert joint["log_ratio_x"].tolist() == pytest.approx((-joint["log_ratio_y"]).tolist(), abs=1e-9)
    assert (forth["log_likelihood"] >= 0).all()
    assert forth["p"].between(0, 1).all()


def test_texts_and_their_counts_are_one():
    target, reference = texts("war war peace", "war"), texts("peace peace talks")
    told = keyness(frequencies(target), frequencies(reference), minimum=1)
    pd.testing.assert_frame_equal(keyness(target, reference, minimum=1), told)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kwic(texts("a").rename(columns={"text": "texts"}), "a"), "texts has no column 'text'.*mean 'texts'"),
        (lambda: kwic(texts("a"), "("), "pattern '\\(' is no regular expression"),
        (lambda: kwic(texts("a"), " \n"), "pattern has no word"),
        (lambda: kwic(texts("a"), "a", window=-1), "window must be a whole number of at least 0, not -1"),
        (lambda: kwic(texts("a"), "a", window=True), "window must be a whole number"),
        (lambda: frequencies(texts("a", None)), "holds .* in row 1, where a string must be"),
        (lambda: frequencies(texts("a"), by="outlet"), "texts has no column 'outlet'"),
        (lambda: frequencies(texts("a", count=1), by="count"), "a column of the result is named 'count'"),
        (lambda: dispersion(texts("a"), by=[]), "by is empty"),
        (lambda: dispersion(texts("a"), minimum=0), "minimum must be a whole number of at least 1"),
        (lambda: keyness(texts(""), texts("a")), "target has no words"),
        (lambda: keyness(texts("a"), counts(3, a=4)), "reference: the column 'count' holds -1 for 'filler'"),
        (lambda: word_counts(counted(2.5), "target"), "target: the column 'count' holds 2.5 for 'war'"),
        (lambda: word_counts(counted(math.inf), "target"), "the column 'count' holds inf"),
        (lambda: word_counts(counted(math.nan), "target"), "the column 'count' holds nan"),
        (lambda: word_counts(counted("2"), "target"), "the column 'count' holds '2'"),
        (lambda: concordance(texts("a"), texts("a")), "marks has no column 'start'"),
        (lambda: concordance(marked(None), texts("a")), "marks: the column 'start' holds None in row 0"),
        (lambda: concordance(marked(0.5), texts("a")), "marks: the column 'start' holds 0.5 in row 0"),
        (lambda: kwic(texts("a", start="0"), "a"), "texts: the column 'start' holds '0' in row 0"),
        (lambda: kwic_html(texts("a")), "lines has no column 'start'"),
    ],
)
def test_what_is_wrong_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_frame_of_texts_and_counts_is_one_of_texts_to_every_measure():
    frame = texts("peace", word="war", count=5)
    assert frequencies(frame)["word"].tolist() == ["peace"]
    assert keyness(frame, texts("war"), minimum=1)["word"].tolist() == ["peace", "war"]


def test_a_missing_column_is_a_value_error_and_a_list_is_a_type_error():
    assert issubclass(MissingColumn, ValueError)
    with pytest.raises(ArgumentError, match="texts must be a DataFrame, not list; give a frame"):
        kwic([], "a")


def test_frames_given_are_not_changed():
    frame = texts("a b", "b c", start=5)
    before = frame.copy(deep=True)
    kwic(frame, "b"), frequencies(frame, by="id"), dispersion(frame, minimum=1), keyness(frame, frame, minimum=1)
    pd.testing.assert_frame_equal(frame, before)


def test_frames_without_rows_give_frames_without_rows():
    empty = texts("a").head(0)
    for found in (kwic(empty, "a"), frequencies(empty), frequencies(empty, by="id"), dispersion(empty)):
        assert len(found) == 0
        assert len(found.columns) > 3
