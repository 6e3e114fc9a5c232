"""Exports of press databases: each document is an item with its own title, date, outlet, byline and paragraphs."""

import io
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
import clippings.page
from clippings.page import europresse, forms, layout
from clippings.page.forms import PageForm
from clippings.page.lines import lines

LABELS = yaml.safe_load((Path(__file__).parent / "tables" / "export_labels.yaml").read_text(encoding="utf-8"))
TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "exports.yaml").read_text(encoding="utf-8"))
FIXED = settings(deadline=None, derandomize=True, max_examples=100)


def read(row: dict) -> list[cl.Clipping]:
    if "text" in row:
        return cl.parse(row["text"])
    file = io.BytesIO(row["html"].encode())
    file.name = "export.html"
    return list(cl.read(file))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_documents_of_an_export(row):
    found = read(row)
    assert {clipping.form for clipping in found} == {row["form"]}
    assert {clipping.render() for clipping in found} == {found[0].text}
    told = {
        note.code
        for clipping in found
        for note in clipping.diagnostics
        if note.code not in ("CLP201", "CLP203", "CLP217")
    }
    if "items" not in row:
        return
    assert told == set(row.get("told", ()))
    assert len(found) == len(row["items"])
    for number, (clipping, expected) in enumerate(zip(found, row["items"], strict=True)):
        assert clipping.item == number
        assert [part.of(clipping.text) for part in clipping.paragraphs] == expected["paragraphs"]
        fields = {name: clipping.value(name) for name in ("title", "date", "outlet", "byline") if name in expected}
        assert fields == {name: expected[name] and str(expected[name]) for name in fields}


def test_every_form_of_a_file_is_asked():
    modules = [import_module(f"clippings.page.{one.name}") for one in pkgutil.iter_modules(clippings.page.__path__)]
    values = [value for module in modules for value in vars(module).values()]
    written = {value.name for value in values if isinstance(value, PageForm)}
    assert written <= {form.name for form in layout.OURS}, "enter the form in OURS or EXPORTS of page/layout.py"


def test_every_form_has_a_page():
    shown = {row["form"] for row in TABLE} | {"plain", "head", "F1", "F2", "F3", "F4"}  # Those of test_layout.
    assert {form.name for form in layout.OURS} == shown, "give tests/tables/exports.yaml a page of the form"


@pytest.mark.parametrize("form", layout.OURS, ids=lambda form: form.name)
@FIXED
@given(data=st.data())
def test_lines_of_exports_in_any_order_are_laid_out(form, data):
    """Each form takes any text when it is named, and loses none of it."""
    known = [line.text for row in TABLE for line in lines(row.get("text", ""))]
    text = "\n".join(data.draw(st.lists(st.sampled_from([*known, "", " ", "x" * 60]), max_size=25)))
    for clipping in cl.parse(text, layout=form.name):
        assert clipping.render() == text
    forms.checked(text, form.lay_out(text))


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_other_ends_of_lines(ends):
    row = TABLE[0]
    found = cl.parse(row["text"].replace("\n", ends))
    assert [clipping.title for clipping in found] == [item["title"] for item in row["items"]]


def test_a_line_of_fifty_characters_may_go_on_and_a_shorter_one_not():
    page = "1 of 1 DOCUMENTS\n\nBelaPAN\n\nMarch 14, 2008 Friday\n\n{}\nof the talks\n\nLENGTH: 2 words\n\nThey met.\n"
    assert cl.parse(page.format("x" * 50))[0].title == f"{'x' * 50} of the talks"
    assert cl.parse(page.format("x" * 49))[0].title == "x" * 49


def paragraphs(body: str, head: str = "LENGTH: 2 words") -> list[str]:
    page = f"1 of 1 DOCUMENTS\n\nBelaPAN\n\nMarch 14, 2008 Friday\n\nTalks\n\n{head}\n\n{body}\n"
    (clipping,) = cl.parse(page)
    return [part.of(page) for part in clipping.paragraphs]


def test_a_body_whose_lines_are_longer_than_a_hundred_is_not_wrapped():
    for length, expected in ((100, 2), (101, 3)):
        line = "x" * length
        assert len(paragraphs(f"{line}\n{line}\n\n{line}")) == expected


def test_a_body_with_most_lines_apart_is_not_wrapped():
    line = "x" * 60
    apart = [f"{line}\n\n"] * 7
    assert len(paragraphs("".join([*apart, f"{line}\n", f"{line}\n", f"{line}\n", line]))) == 8
    assert len(paragraphs("".join([*apart, f"{line}\n\n", f"{line}\n", f"{line}\n", line]))) == 11


def test_lines_that_end_sentences_are_paragraphs():
    assert len(paragraphs("They met.\nThey spoke.\nThey left\nat once.")) == 4
    assert len(paragraphs("They met and\nspoke and\nthey left\nat once.")) == 1
    assert len(paragraphs("They met and\nspoke.\nThey left and\nwent.\nThen all of\nthem slept.")) == 1
    assert len(paragraphs("They met and\nspoke.\nThey left.\nThen all of\nthem slept.")) == 5


@pytest.mark.parametrize(("blanks", "title"), [(7, "Northern news"), (8, "Talks")])
def test_a_centred_line_behind_the_date_is_an_edition(blanks, title):
    head = f"1 of 1 DOCUMENTS\n\nBelaPAN\n\nMarch 14, 2008 Friday\n{' ' * blanks}Northern news\n\nTalks\n\n"
    page = f"{head}LENGTH: 2 words\n\nThey met.\n"
    assert cl.parse(page)[0].title == title


@pytest.mark.parametrize(("more", "first"), [(0, "Behind."), (1, "x0")])
def test_labels_of_a_head_stand_near_its_start(more, first):
    lines = [f"x{number}" for number in range(26 + more)]
    page = "\n\n".join(["1 of 1 DOCUMENTS", "BelaPAN", "March 14, 2008", "Talks", *lines, "LENGTH: 2 words", "Behind."])
    assert cl.parse(page)[0].paragraphs[0].of(page) == first


def test_a_document_of_factiva_has_three_codes():
    page = "Talks\n\n2 words\n\n14 March 2008\n\nNeman News\n\n(c) 2008 Neman\n\n{}Document NEMN000020080314e43e0003m\n"
    coded = ["CO and others met.", "IN Brest they met.", "RE: the talks."]
    for count in (1, 2):
        (clipping,) = cl.parse(page.format("".join(f"{line}\n\n" for line in coded[:count])))
        assert len(clipping.paragraphs) == count


def test_the_title_of_europresse_is_among_five_lines():
    for above, title in ((4, "Talks"), (5, "Rubric 0")):
        lines = ["Le Niemen", "14 mars 2006", *(f"Rubric {at}" for at in range(above)), "Talks", "They met."]
        text = "\n\n".join([*lines, "news·20060314·LM·0q1403_1255263"])
        (item,) = europresse.lay_out(text, {"Talks": "title"}).items
        assert item.fields["title"].value == title


@pytest.mark.parametrize("line", ["Document AB{}!", "Document {} of x DOCUMENTS"])
def test_a_long_run_of_figures_takes_no_time(line):
    text = f"Talks begin\n\n{line.format('1' * 100_000)}\n\nThey met."
    assert cl.parse(text)[0].form == "F2"


@pytest.mark.parametrize(
    "firm", ["Limited", "Ltd", "Inc", "LLC", "plc", "PLC", "GmbH", "Company", "Corporation", "AG", "Ltd."]
)
def test_a_firm_below_a_text_of_factiva_is_no_part_of_it(firm):
    page = (
        "Talks\n2 words\n14 March 2008\nNeman News\n(c) 2008 Neman\nThey met.\n{}\nDocument NEMN000020080314e43e0003m\n"
    )
    kept = {name: len(cl.parse(page.format(f"Neman {name}"))[0].paragraphs) for name in (firm, "Tours")}
    assert kept == {firm: 1, "Tours": 2}


def test_the_head_of_factiva_is_short():
    page = (
        "Talks\n2 words\n14 March 2008\nNeman News\n{}(c) 2008 Neman\nThey met.\nDocument NEMN000020080314e43e0003m\n"
    )
    (inside,), (outside,) = (cl.parse(page.format("Edition\n" * count)) for count in (5, 6))
    assert [part.of(inside.text) for part in inside.paragraphs] == ["They met."]
    assert outside.paragraphs[0].of(outside.text).startswith("Edition")


# A page of each database that ends with a label: what stands behind it is no part of the story.
LABELED = {
    "nexis": "1 of 1 DOCUMENTS\n\nThe Sun\n\nMarch 14, 2008\n\nTalks\n\nLENGTH: 2 words\n\nThey met.\n\n{}: x y\n",
    "proquest": "Document 1 of 1\n\nTalks\n\nPublication title: The Sun\n\nPublication date: Mar 14, 2008\n\n"
    "Full text: They met.\n\n{}: x y\n",
    "factiva": "HD  Talks\nPD  14 March 2008\nSN  The Sun\nLP\n\nThey met.\n\n{}  x y\n"
    "AN  Document SUN0000020080314e43e0000a\n",
}


@pytest.mark.parametrize(("database", "label"), [(name, label) for name, found in LABELS.items() for label in found])
def test_what_has_a_label_is_no_part_of_the_story(database, label):
    (page,) = cl.parse(LABELED[database].format(label))
    assert (page.form, [block.of(page.text) for block in page.paragraphs]) == (database, ["They met."])


@pytest.mark.parametrize("database", LABELED)
def test_what_has_another_label_is(database):
    (page,) = cl.parse(LABELED[database].format("Weather"))
    assert "x y" in page.body.of(page.text)
