"""PDF: paragraphs by the distances of lines, and no heads of pages."""

import sys
from pathlib import Path

import make
import pytest

from clippings.reading.documents import pdf

sys.path.insert(0, str(Path(__file__).parent / "saved"))
from test_documents import one

PAGES = (
    "A bridge\n\nThe bridge was opened on Friday in the rain, and\nnobody said so. The road will be shut for\n"
    "most of\fthe year.\n\nThe end."
)


def test_pdf_has_paragraphs_and_no_heads_of_pages():
    text = one(make.pdf(make.pages(PAGES, "The Neman Herald")), "a.pdf").text
    assert text.split("\n\n") == [
        "A bridge",
        "The bridge was opened on Friday in the rain, and nobody said so. The road will be shut for most of the year.",
        "The end.",
    ]
    assert "Neman" not in text


@pytest.mark.parametrize(("rest", "apart"), [("the year.", " "), ("Nobody knew.", "\n\n")])
def test_a_paragraph_goes_on_over_the_end_of_a_page(rest, apart):
    text = one(make.pdf(make.pages(PAGES.replace("the year.", rest), "The Neman Herald")), "a.pdf").text
    assert f"for most of{apart}{rest}" in text


def test_a_line_at_the_edge_of_one_page_alone_is_no_head():
    assert one(make.pdf(make.pages("Body of a page.", "The Neman Herald")), "a.pdf").text.startswith("The Neman Herald")


def test_pages_that_are_pictures_are_told():
    words, picture, blank = [(72, 700, "They met on Friday.")], [(72, 700, "")], []
    shown = b"BT\n/F1 11 Tf 1 0 0 1 72 700 Tm () Tj\nET"
    data = make.pdf([words, picture, words, blank, picture]).replace(shown, b"/I Do".ljust(len(shown)))
    (told,) = [note.message for note in one(data, "a.pdf").diagnostics if note.code == "CLP136"]
    assert told == "pages that are pictures: 2, from page 2; their words are left out"


def test_lines_at_even_distances_end_paragraphs_where_they_are_short():
    lines = [
        "The bridge was opened on Friday in the rain, and nobody",
        "said so.",
        "The road behind it is to be ready in the autumn, they",
    ]
    page = [(72, 700 - 14 * number, line) for number, line in enumerate(lines)]
    assert one(make.pdf([page]), "a.pdf").text == f"{lines[0]} {lines[1]}\n\n{lines[2]}"


def test_a_word_cut_at_the_end_of_a_line_is_whole_unless_it_has_a_hyphen():
    lines = ["One of the dele-", "gations has its air-", "defence, or air-defence", "as it is also called."]
    page = [(72, 700 - 14 * number, line) for number, line in enumerate(lines)]
    expected = "One of the delegations has its air-defence, or air-defence as it is also called."
    assert one(make.pdf([page]), "a.pdf").text == expected


def test_short_lines_at_one_distance_stay_lines():
    page = [(72, 700, "Talks in Minsk"), (72, 686, "By Anna Lee"), (72, 650, "They met on Tuesday and on Friday.")]
    page += [(72, 636, "Again on Monday.")]
    text = one(make.pdf([page]), "a.pdf").text
    assert text == "Talks in Minsk\nBy Anna Lee\n\nThey met on Tuesday and on Friday. Again on Monday."


def test_pages_beyond_the_bound_are_told(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    data = make.pdf([[(72, 700, f"Page of the words {word}.")] for word in ("one", "two", "three")])
    clipping = one(data, "a.pdf")
    assert "two" in clipping.text
    assert "three" not in clipping.text
    assert [note.code for note in clipping.diagnostics] == ["CLP136"]
    assert one(make.pdf([[(72, 700, "One.")], [(72, 700, "Two.")]]), "a.pdf").diagnostics == ()


@pytest.mark.parametrize(("gap", "between"), [(18, " "), (19, "\n\n")])
def test_lines_further_apart_than_most_are_of_two_paragraphs(gap, between):
    """Most lines are 14 apart; 1.3 times that are 18.2."""
    places = [700, 686, 672, 658, 658 - gap]
    lines = [
        "They met on Tuesday",
        "and said nothing of",
        "what they had heard",
        "there, nor of where",
        "they would go next.",
    ]
    page = [(72, y, line) for y, line in zip(places, lines, strict=True)]
    assert one(make.pdf([[*page, (72, 500, "The end")]]), "a.pdf").text.startswith(
        f"{' '.join(lines[:4])}{between}they"
    )


@pytest.mark.parametrize(("length", "between"), [(14, "\n\n"), (15, " ")])
def test_a_line_shorter_than_three_quarters_ends_its_paragraph(length, between):
    page = [(72, 700, "x" * 20), (72, 686, "x" * length), (72, 672, "Then " + "x" * 15)]
    assert f"{'x' * length}{between}Then" in one(make.pdf([page]), "a.pdf").text


def test_heads_stand_in_the_first_and_last_two_lines_of_a_page():
    def text(above: int) -> str:
        page = [(72, 800 - 14 * at, f"The words of line {'abcdef'[at]}") for at in range(above)]
        pages = [
            [*page, (72, 700, "The Neman Herald"), (72, 600, word), (72, 500, word * 2), (72, 400, word * 3)]
            for word in ("Minsk", "Brest")
        ]
        return one(make.pdf(pages), "a.pdf").text

    assert "Neman" not in text(1)
    assert "Neman" in text(2)
