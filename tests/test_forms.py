"""Page forms of a user: registered, named, faulty, of an installed package, and with several documents in a text."""

import importlib.metadata
import io
import re

import pytest

import clippings as cl
from clippings.model import Block, Field, Span
from clippings.page import forms, layout
from clippings.page.forms import Item, LaidOut, PageForm, document, laid_out

BULLETIN = (
    "== Talks begin\n2 November 2007\nBelTA\nThey met in Minsk.\n\n"
    "== Talks end\n5 November 2007\nThey left Minsk.\nNobody spoke.\n\n"
    "== A day without date\nIt rained in Brest.\n"
)


def bulletin(text: str) -> LaidOut:
    parts, extents = [], []
    for found in re.finditer(r"== .*?(?=\n\n== |\Z)", text, re.DOTALL):
        extents.append(Span(*found.span()))
        for line in re.finditer(r"[^\n]+", found[0]):
            kind = "title" if line[0].startswith("==") else "date" if line[0][0].isdigit() else "paragraph"
            kind = "publisher" if line[0] == "BelTA" else kind
            parts.append(Block(found.start() + line.start() + 3 * (kind == "title"), found.start() + line.end(), kind))
    return laid_out(text, parts, [document(parts, extent, byline=Field("Jan Novak")) for extent in extents])


def is_bulletin(text: str) -> bool:
    return text.startswith("==")


FORM = PageForm("bulletin", is_bulletin, bulletin)


@pytest.fixture
def registered():
    with cl.register_page_form(FORM):
        yield
    assert FORM not in layout.foreign()


@pytest.mark.usefixtures("registered")
def test_each_document_has_its_own_fields_and_body():
    found = cl.parse(BULLETIN)
    assert [(one.item, one.form, one.title, one.date, one.outlet) for one in found] == [
        (0, "bulletin", "Talks begin", "2007-11-02", "BelTA"),
        (1, "bulletin", "Talks end", "2007-11-05", None),
        (2, "bulletin", "A day without date", None, None),
    ]
    assert [one.body.of(BULLETIN) for one in found] == [
        "They met in Minsk.",
        "They left Minsk.\nNobody spoke.",
        "It rained in Brest.",
    ]
    assert [len(one.paragraphs) for one in found] == [1, 2, 1]
    assert {one.value("byline") for one in found} == {"Jan Novak"}
    assert {one.render() for one in found} == {BULLETIN}
    assert ["CLP201" in [told.code for told in one.diagnostics] for one in found] == [False, False, True]


@pytest.mark.usefixtures("registered")
def test_a_date_that_the_form_gives_is_not_missing():
    def dated(text):
        laid = laid_out(text, [Block(0, 4, "title"), Block(6, len(text), "paragraph")])
        return laid._replace(
            items=(document(laid.blocks, Span(0, len(text)), date=Field("2007-11-02", precision="day")),)
        )

    text = "Rain\n\nIt rained in Brest."
    with cl.register_page_form(PageForm("dated", lambda _: True, dated)):
        (clipping,) = cl.parse(text)
    assert clipping.date == "2007-11-02"
    assert "CLP201" not in [told.code for told in clipping.diagnostics]


@pytest.mark.usefixtures("registered")
def test_every_door_takes_the_name_of_a_form(tmp_path):
    page = "no mark\n== Rain\nIt rained."
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    assert cl.parse(page)[0].form == "F2"
    assert cl.parse(page, layout="bulletin")[0].title == "Rain"
    assert cl.read(tmp_path, layout="bulletin")[0].title == "Rain"
    assert cl.annotate_to(tmp_path / "page.txt", tmp_path / "tables", layout="bulletin").clippings.title.tolist() == [
        "Rain"
    ]
    assert cl.parse("DATE:\n02/11/2007\nRain.", layout="plain")[0].form == "plain"
    assert cl.parse("Rain\n\nIt rained.", layout="F4")[0].form == "F4"


@pytest.mark.parametrize("wrong", ["Plain", "", None, 3, "F5", ["plain"]])
def test_what_is_no_layout_is_refused(tmp_path, wrong):
    frame = cl.read(io.StringIO("Rain")).clippings.assign(text="Rain")
    doors = (
        lambda: cl.parse("Rain", layout=wrong),
        lambda: cl.read(tmp_path, layout=wrong),
        lambda: cl.read(layout=wrong),
        lambda: cl.read_frame(frame, layout=wrong),
        lambda: cl.annotate_to([], tmp_path / "tables", layout=wrong),
        lambda: cl.store.annotate_partition(frame, layout=wrong),
    )
    for door in doors:
        with pytest.raises(ValueError, match=f"layout must be one of {', '.join(layout.choices())}, not "):
            door()
    assert not (tmp_path / "tables").exists()


def test_the_kinds_of_blocks_are_those_that_block_says():
    named = re.findall(r"``(\w+)``", Block.__doc__)
    assert named == ["kind", *forms.KINDS]


def block(start, end):
    return Block(start, end, "paragraph")


def faulty(_):
    raise RuntimeError("a mishap")


RAIN, WHOLE = "Rain fell.", Item(0, 10)
FAULTS = {
    "a mishap": faulty,
    "'x'": lambda _: {}["x"],
    "it returned dict and not LaidOut": lambda _: {},
    "it returned NoneType and not LaidOut": lambda _: None,
    "its blocks end at character 9 of 10": lambda _: LaidOut((block(0, 9),), (WHOLE,)),
    "its blocks end at character 0 of 10": lambda _: LaidOut((), (WHOLE,)),
    "its blocks end at character 11 of 10": lambda _: LaidOut((block(0, 11),), (WHOLE,)),
    "at 5 to 10 does not begin at 4": lambda _: LaidOut((block(0, 4), block(5, 10)), (WHOLE,)),
    "at 3 to 10 does not begin at 4": lambda _: LaidOut((block(0, 4), block(3, 10)), (WHOLE,)),
    "at 4 is empty; leave out lines without words": lambda _: LaidOut(
        (block(0, 4), block(4, 4), block(4, 10)), (WHOLE,)
    ),
    "its block 'titel' at 0 is of none of the kinds archive, label": lambda _: LaidOut(
        (Block(0, 10, "titel"),), (WHOLE,)
    ),
    "it found no item": lambda _: LaidOut((block(0, 10),), ()),
    "its items lie outside": lambda _: LaidOut((block(0, 10),), (Item(0, 11),)),
    "its items lie outside the text": lambda _: LaidOut((block(0, 10),), (Item(4, 3),)),
    "items lie outside the text": lambda _: LaidOut((block(0, 10),), (Item(0, 4, Span(0, 12)),)),
    "lie outside the text": lambda _: LaidOut((block(0, 10),), (Item(0, 4, None, {"title": Field("x", Span(8, 11))}),)),
    "its items overlap": lambda _: LaidOut((block(0, 10),), (Item(0, 5), Item(4, 10))),
}


@pytest.mark.parametrize("reason", FAULTS)
@pytest.mark.parametrize("named", [True, False])
def test_a_faulty_form_is_told_and_the_next_reads_the_page(reason, named):
    with cl.register_page_form(PageForm("odd", lambda _: True, FAULTS[reason])):
        (clipping,) = cl.parse(RAIN, path="rain.txt", layout="odd" if named else "auto")
    assert (clipping.form, clipping.render()) == ("F2", RAIN)
    told = clipping.diagnostics[0]
    assert (told.code, told.severity, told.file) == ("CLP209", "warning", "rain.txt")
    assert "the page form odd failed" in told.message
    assert reason in told.message


def test_a_form_that_cannot_say_whether_it_matches_is_told():
    with cl.register_page_form(PageForm("odd", faulty, faulty)):
        assert cl.parse(RAIN)[0].diagnostics[0].code == "CLP209"


def test_sound_edges_of_a_layout():
    laid = LaidOut((block(0, 5), block(5, 10)), (Item(0, 5), Item(5, 10)))
    assert forms.checked(RAIN, laid) is laid


def test_what_stands_between_the_parts_is_kept():
    laid = laid_out("a b\n\nc d", [Block(0, 1, "title"), Block(7, 8, "paragraph")])
    assert [(one.start, one.end, one.kind) for one in laid.blocks] == [
        (0, 1, "title"),
        (1, 7, "furniture"),
        (7, 8, "paragraph"),
    ]
    assert laid_out("", []).items == (Item(0, 0),)


@pytest.mark.parametrize("name", ["auto", "plain", "F1", "bulletin"])
@pytest.mark.usefixtures("registered")
def test_a_name_is_taken_once(name):
    with pytest.raises(ValueError, match="known already"):
        cl.register_page_form(FORM._replace(name=name))


def test_the_latest_form_is_asked_first():
    def titled(words):
        return lambda text: laid_out(text, [Block(0, len(text), words)])

    with cl.register_page_form(PageForm("one", lambda _: True, titled("title"))):
        assert cl.parse(RAIN)[0].form == "one"
        with cl.register_page_form(PageForm("two", lambda _: True, titled("title"))):
            assert cl.parse(RAIN)[0].form == "two"
        assert cl.parse(RAIN)[0].form == "one"
    assert cl.parse(RAIN)[0].form == "F2"


def test_a_registration_ends_by_hand_and_only_once():
    registration = cl.register_page_form(FORM)
    registration.close()
    registration.close()
    assert FORM not in layout.foreign()


class Entry:
    def __init__(self, name, form):
        self.name, self.load = name, form


def installed(monkeypatch, *entries):
    layout._installed.cache_clear()
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: entries if group == layout.GROUP else ())


@pytest.fixture(autouse=True)
def _forget():
    yield
    layout._installed.cache_clear()


def test_a_form_of_an_installed_package(monkeypatch):
    installed(monkeypatch, Entry("bulletin", lambda: FORM))
    assert cl.parse(BULLETIN)[0].form == "bulletin"
    assert layout.choices()[:3] == ("auto", "plain", "bulletin")
    assert layout.choices()[-5:] == ("F1", "head", "F3", "F4", "F2")


def test_an_object_with_the_attributes_of_a_form(monkeypatch):
    class Odd:
        name, matches, lay_out = "odd", staticmethod(lambda _: True), staticmethod(lambda text: laid_out(text, []))

    installed(monkeypatch, Entry("odd", Odd))
    assert cl.parse(RAIN)[0].form == "odd"


def test_an_entry_that_is_no_form_is_told_on_each_page(monkeypatch):
    installed(monkeypatch, Entry("broken", lambda: "words"))
    assert "'str' object has no attribute 'name'" in cl.parse(RAIN)[0].diagnostics[0].message


def test_a_package_that_cannot_be_loaded_is_told_on_each_page(monkeypatch):
    installed(monkeypatch, Entry("broken", lambda: faulty(None)))
    (clipping,) = cl.parse(RAIN)
    assert clipping.form == "F2"
    assert clipping.diagnostics[0].message.startswith(
        "the page form broken failed: its package cannot be loaded: a mishap"
    )


def test_workers_know_the_forms(tmp_path):
    (tmp_path / "page.txt").write_text(BULLETIN, encoding="utf-8")
    with cl.register_page_form(FORM):
        tables = cl.annotate_to(tmp_path / "page.txt", tmp_path / "tables", workers=2)
    assert tables.clippings["form"].tolist() == ["bulletin"] * 3


def test_a_form_that_workers_cannot_have_is_refused(tmp_path):
    with (
        cl.register_page_form(PageForm("odd", lambda _: True, bulletin)),
        pytest.raises(ValueError, match="'odd' cannot be handed to workers: write its functions with def"),
    ):
        cl.annotate_to(io.StringIO(BULLETIN), tmp_path / "tables", workers=2)
