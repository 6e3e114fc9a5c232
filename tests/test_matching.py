"""Forms are found as a reader would find them: whole words, capitals where they matter, marks aside."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from clippings.codebook.matching import Form, Hit, Matcher, fold, longest

FIXED = settings(deadline=None, derandomize=True, max_examples=300)

LETTERS = "abA Bé-'’.\n𝄞1ßİ"
words = st.text(st.sampled_from("abABé-'.1"), min_size=1, max_size=4)
pages = st.lists(words | st.sampled_from([" ", " ", "-", "\n", "𝄞", "\ud800", "ß", "İ"]), max_size=20).map("".join)


def found(forms: list[str | Form], text: str) -> list[str]:
    made = [form if isinstance(form, Form) else Form(form, at, "term") for at, form in enumerate(forms)]
    return [text[hit.start : hit.end] for hit in Matcher(made).find(text)]


def naive(forms: list[Form], text: str) -> set[Hit]:
    """Every form at every place, word by word: what the automaton must find."""
    hits = set()
    for form in forms:
        for start in range(len(text)):
            end = start + len(form.text)
            inside = (start, end)
            cuts = any(0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum() for edge in inside)
            within = re.fullmatch(r"(?:\w\.)+", text[start:end]) and text[end : end + 1].isalnum()
            if end <= len(text) and fold(text[start:end]) == fold(form.text) and not cuts and not within:
                hits.add(Hit(start, end, form))
    return hits


@FIXED
@given(st.text() | st.text(st.characters(categories=["Cs", "Lm", "Lo", "Mn", "Zs", "So"])))
@example("ﬁ İ ß ẞ ŉ Ǆ 각 ệ \ud800 𝄞 é \u1fef \u1ffd")
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@FIXED
@given(st.text(), st.text())
def test_folding_is_one_character_at_a_time(left, right):
    assert fold(left + right) == fold(left) + fold(right)


def test_folding_of_many_characters_is_that_of_each():
    text = "".join(map(chr, range(0x3000)))
    assert fold(text) == "".join(map(fold, text))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Brasília", "BRASILIA"),
        ("anti-missile", "anti missile"),
        ("anti–missile", "anti\nmissile"),
        ("NATO’s", "nato's"),
        ("NATO`s", "NATO´s"),
        ("Łódź\xa0x", "łodz x"),
    ],
)
def test_marks_that_do_not_count(left, right):
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("missile", "a missile, missiles and antimissile; Missile", ["missile", "Missile"]),
        ("missile shield", "the missile-shield and the missile\nshield", ["missile-shield", "missile\nshield"]),
        ("S-300", "S-300s no, S-300 yes, S 300 yes, TS-300 no", ["S-300", "S 300"]),
        ("U.S.", "the U.S.-led force, U.S., EU.S.A. and U.S", ["U.S.", "U.S."]),
        ("Brasília", "Brasilia", ["Brasilia"]),
        ("NATO's", "NATO’s role", ["NATO’s"]),
        ("Minsk", "𝄞 Minsk", ["Minsk"]),
        ("Minsk", "Minsk", ["Minsk"]),
        ("Minsk", "MinskMinsk", []),
        ("Minsk", "xMinsk Minsk1 _Minsk_", ["Minsk"]),
        ("Minsk", "éMinsk 1Minsk жMinsk Minské ⓐMinskⓐ", ["Minsk"]),
        ("'s", "NATO's 's", ["'s", "'s"]),
        ("a", "", []),
    ],
)
def test_forms_stand_on_word_boundaries(form, text, expected):
    assert found([form], text) == expected


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("Poland", "Poland, POLAND, poland, POland", ["Poland", "POLAND"]),
        ("INF", "INF, Inf, inf", ["INF"]),
        ("Start", "Start, START, start", ["Start", "START"]),
        ("Ufa", "Ufa, UFA", ["Ufa"]),
        ("Brasília", "Brasilia, BRASÍLIA, brasilia", ["Brasilia", "BRASÍLIA"]),
        ("Joint Staff", "Joint Staff, joint staff, Joint-Staff", ["Joint Staff", "Joint-Staff"]),
    ],
)
def test_exact_forms_ask_for_their_capitals(form, text, expected):
    assert found([Form(form, 0, "name", exact=True)], text) == expected


def test_what_was_found_before_changes_nothing():
    matcher = Matcher([Form("Start", 0, "treaty", exact=True), Form("start", 1, "term")])
    for text, targets in [("start", [1]), ("Start", [0, 1]), ("START", [0, 1]), ("sTart", [1]), ("start", [1])] * 2:
        assert [hit.form.target for hit in matcher.find(text)] == targets


def test_forms_that_fold_alike_are_all_found():
    forms = [Form("Start", 0, "treaty", exact=True), Form("start", 1, "term")]
    assert [hit.form.target for hit in Matcher(forms).find("Start start")] == [0, 1, 1]


def test_overlapping_forms_are_all_found():
    forms = ["Moscow", "Moscow Military District", "Military District", "District of Minsk"]
    assert sorted(found(forms, "Moscow Military District of Minsk")) == sorted(forms)


@pytest.mark.parametrize("text", ["", "\ud800", "Minsk"])
def test_a_matcher_without_forms_finds_nothing(text):
    assert list(Matcher([]).find(text)) == []


def test_a_lone_surrogate_moves_no_offset():
    assert [(hit.start, hit.end) for hit in Matcher([Form("Minsk", 0, "x")]).find("\ud800\udfff Minsk")] == [(3, 8)]


@FIXED
@given(st.lists(words, max_size=6, unique=True), pages)
@example(["a-", "-a"], "a-a -a a- a")
def test_the_automaton_agrees_with_a_plain_search(texts, page):
    assume(not re.search(r"[ \n]{2}", page))  # What a gap of several characters means has tests of its own.
    forms = [Form(text, at, "term") for at, text in enumerate(texts)]
    hits = Matcher(forms).find(page)
    assert set(hits) == naive(forms, page)
    assert len(hits) == len(set(hits))
    assert spans(hits) == sorted(spans(hits), key=lambda span: (span[0], -span[1]))


def spans(hits: list[Hit]) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in hits]


def at(*places: tuple[int, int]) -> list[Hit]:
    ordered = sorted(places, key=lambda place: (place[0], -place[1]))
    return [Hit(start, end, Form("x", number, "term")) for number, (start, end) in enumerate(ordered)]


def test_a_part_of_a_text_is_scanned_with_the_offsets_of_the_whole():
    matcher = Matcher([Form("Minsk", 0, "x"), Form("the Minsk area", 1, "x")])
    text = "Minsk,  the\r\nMinsk  area, Minsk"
    whole = matcher.find(text)
    assert [(hit.start, hit.end) for hit in whole] == [(0, 5), (8, 24), (13, 18), (26, 31)]
    assert matcher.find(text, 6, 25) == whole[1:3]
    assert matcher.find(text, 13) == whole[2:]
    assert matcher.find(text, 9, 9) == []


@pytest.mark.parametrize(
    ("places", "kept", "nested"),
    [
        ([], [], []),
        ([(0, 5)], [(0, 5)], []),
        ([(0, 5), (0, 9)], [(0, 9)], [(0, 5)]),
        ([(0, 9), (4, 9)], [(0, 9)], [(4, 9)]),
        ([(2, 4), (0, 9), (5, 6)], [(0, 9)], [(2, 4), (5, 6)]),
        ([(0, 5), (3, 9)], [(3, 9)], []),
        ([(0, 6), (3, 9)], [(0, 6)], []),
        ([(0, 5), (3, 9), (6, 9)], [(3, 9)], [(6, 9)]),
        ([(0, 5), (0, 2), (4, 5), (3, 9)], [(0, 2), (3, 9)], [(4, 5)]),
        ([(0, 5), (0, 3), (0, 2), (3, 9), (8, 20)], [(0, 5), (8, 20)], [(0, 3), (0, 2)]),
        ([(0, 5), (5, 9)], [(0, 5), (5, 9)], []),
        ([(0, 5), (0, 5)], [(0, 5), (0, 5)], []),
    ],
)
def test_the_longest_form_wins(places, kept, nested):
    assert tuple(map(spans, longest(at(*places)))) == (kept, nested)


@FIXED
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1])), max_size=12))
def test_longest_keeps_no_overlap_and_nests_inside(places):
    kept, nested = longest(at(*places))
    distinct = list(dict.fromkeys(spans(kept)))
    assert all(left[1] <= right[0] for left, right in pairwise(distinct))
    assert all(any(a <= hit.start and hit.end <= b for a, b in distinct) for hit in nested)
    assert set(kept).isdisjoint(nested)
    missed = set(at(*places)) - set(kept) - set(nested)
    assert all(any(a < hit.end and hit.start < b for a, b in distinct) for hit in missed)


def test_an_abbreviation_is_no_part_of_a_longer_one():
    matcher = Matcher([Form("U.S.", 0, "country"), Form("U.S.S.R.", 1, "country")])
    assert [hit.form.target for hit in matcher.find("The U.S.S.R. and the U.S. met.")] == [1, 0]


@pytest.mark.parametrize("gap", ["\r\n", "  ", " \n", "\n", "\r", "   ", "\r ", " \r", "\n ", " \r\n  "])
def test_a_name_goes_on_over_a_gap_of_a_paragraph(gap):
    text = f"the Czech{gap}Republic, and Minsk"
    found = Matcher([Form("Czech Republic", 0, "country"), Form("Minsk", 1, "capital")]).find(text)
    assert [text[hit.start : hit.end] for hit in found] == [f"Czech{gap}Republic", "Minsk"]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", " \n \n ", "\r\r", "\n\r"])
def test_a_blank_line_ends_a_name(gap):
    assert not list(Matcher([Form("Czech Republic", 0, "country")]).find(f"the Czech{gap}Republic"))


def test_a_long_run_of_blanks_takes_no_long_time():
    blanks = " " * 10**6
    (hit,) = Matcher([Form("Minsk", 0, "capital")]).find(f"{blanks}\n\nMinsk{blanks}\n\n{blanks}")
    assert (hit.start, hit.end) == (10**6 + 2, 10**6 + 7)
