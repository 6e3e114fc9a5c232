"""The three chapters are short: one argument, carried by few figures."""

import re

import nbformat
import pytest
from test_prose import only_prose

CHAPTERS = ("alliances.ipynb", "missile-defense.ipynb", "treaties.ipynb")
MAX_WORDS, MAX_FIGURES = 1_500, 3
ENDS = ["What speaks against it", "What came of it", "Limits"]


@pytest.fixture(params=CHAPTERS)
def chapter(request, book):
    return nbformat.read(book / request.param, as_version=4)


def texts(chapter):
    return [cell.source for cell in chapter.cells if cell.cell_type == "markdown"]


def test_a_chapter_is_read_in_minutes(chapter):
    glued = re.sub(r"\{glue:text\}`[^`]*`", "number", "\n".join(texts(chapter)))
    assert 400 < len(re.findall(r"\w[\w'-]*", only_prose(glued))) <= MAX_WORDS


def test_a_chapter_has_few_figures(chapter):
    figures = [cell for cell in chapter.cells if "figure" in cell.metadata.get("mystnb", {})]
    assert 1 <= len(figures) <= MAX_FIGURES


def test_a_chapter_answers_first_and_ends_with_what_speaks_against_it_and_what_came_of_it(chapter):
    assert "**Answer.**" in texts(chapter)[0]
    headings = re.findall(r"(?m)^## (.+)$", "\n".join(texts(chapter)))
    assert [heading for heading in headings if heading in ENDS] == ENDS
    assert headings[-2:] == ENDS[1:]
