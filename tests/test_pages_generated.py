"""Pages composed of random parts in every form: whatever stands beside it, each field comes back as it was put in."""

import datetime
import random
import re
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.page.lines import ARCHIVE_NAMES
from clippings.text import sentences as sentences_of

FIXED = settings(deadline=None, derandomize=True, max_examples=200)
WORDS = (
    *("agreement", "border", "common", "defense", "delegation", "energy", "export", "future", "joint", "meeting"),
    *("minister", "neighbors", "partners", "pipeline", "price", "quarter", "region", "summer", "transit", "union"),
    *("began", "closed", "discussed", "expected", "moved", "opened", "remained", "said", "seemed", "signed"),
)
FIRST, LAST = ("Anna", "Jan", "Olga", "Pavel"), ("Petrova", "Novak", "Ivanchuk", "O'Neill", "Van Dorn")
OUTLETS = ("Gazeta.kz", "Harbor Gazette", "RIA Novosti", "BBC", "Caspian News Line", "Reuters", "The Morning Post")
MONTHS = ("January", "March", "May", "July", "December")
ARCHIVE = next(iter(ARCHIVE_NAMES))

# Only the length of a sentence matters to the grammar; to draw each of its words was most of the time of these tests.
CHANCE = random.Random(0)
SENTENCES = [f"{' '.join(CHANCE.choices(WORDS, k=size))}.".capitalize() for size in range(14, 31) for _ in range(6)]

sentences = st.sampled_from(SENTENCES)
paragraphs = st.lists(sentences, min_size=1, max_size=3).map(" ".join)
titles = st.lists(st.sampled_from(WORDS), min_size=5, max_size=9).map(lambda words: " ".join(words).capitalize())
names = st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST)).map(" ".join)
bylines = names.flatmap(
    lambda name: st.sampled_from(
        [(f"By {name}", name), (f"by {name}", name), (f"By {name}, Kiev", name), (f"Posted by {name}", name)]
    )
)
days = st.dates(min_value=datetime.date(2004, 1, 1), max_value=datetime.date(2014, 12, 31))
printed = days.flatmap(
    lambda day: st.sampled_from(
        [f"{day:%d/%m/%Y}", day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day:%A}, {day.day} {day:%B %Y}"]
    ).map(lambda words: (words, day.isoformat()))
)
undated = st.sampled_from(
    [
        *[("MINSK, Belarus: ", "MINSK, Belarus"), ("MOSCOW. ", "MOSCOW"), ("BREST - ", "BREST")],
        *[("TEHRAN (Fars News Agency)- ", "TEHRAN (Fars News Agency)"), ("Interfax, MINSK - ", "Interfax, MINSK")],
    ]
)
dated = st.tuples(st.sampled_from(MONTHS), st.integers(1, 28), st.sampled_from([", ", ". "])).map(
    lambda found: (
        f"MINSK{found[2]}{found[0]} {found[1]} (Interfax) - ",
        f"MINSK{found[2]}{found[0]} {found[1]} (Interfax)",
    )
)
ODD = ("www.example.org/x", "http://example.org/%3f&&id={1}", "http://www.example.org/x...", "hxxp://example.org/x")
sources = st.sampled_from(["http://www.example.org/a/1.html", "http://example.org/%3f&&id=1", *ODD])
tails = st.sampled_from(
    [
        *[(), ("Google",), ("Archive",), ("Partners: Social Network",), ("Google", "Partners:", "Fac")],
        *[("Google", "Partners:", "Face.by Social Network", "Face.by"), ("Google", "Share |", "Partners:", "Face.by")],
    ]
)


class Page(NamedTuple):
    """A page, and what is to be read from it."""

    text: str
    form: str
    fields: dict[str, str]
    body: str
    furniture: tuple[str, ...]


@st.composite
def pages(draw):
    form = draw(st.sampled_from(["F1", "F2", "F3", "F4"]))
    gap = draw(st.sampled_from(["\n\n", "\n", "\r\n\r\n", "\r\r", "\n \n"]))
    head, fields = draw(HEADS[form])
    body = draw(st.lists(paragraphs, min_size=2, max_size=5))
    dateline = draw(st.none() | (undated if form == "F2" else dated | undated))
    if dateline:
        body[0] = dateline[0] + body[0]
        fields = {**fields, "dateline": dateline[1]}
    source, tail = draw(st.none() | sources), draw(tails)
    if source:
        fields = {**fields, "source_url": source}
    lines = (*head, *body, *(("Source:", source) if source else ()), *tail)
    return Page(gap.join(lines), form, fields, gap.join(body), tail)


@st.composite
def full_heads(draw):
    words, day = draw(printed)
    title, outlet, byline = draw(titles), draw(st.none() | st.sampled_from(OUTLETS)), draw(st.none() | bylines)
    parts = {"date": day, "title": title, "publisher": outlet, "byline": byline and byline[1]}
    lines = (ARCHIVE, "DATE:", words, title, outlet, byline and byline[0])
    return [line for line in lines if line], {name: value for name, value in parts.items() if value}


@st.composite
def headless(draw):
    title, byline = draw(titles), draw(st.none() | bylines)
    fields = {"date": "2007-11", "title": title, **({"byline": byline[1]} if byline else {})}
    return [title, *([byline[0]] if byline else [])], fields


@st.composite
def date_labels(draw):
    words, day = draw(printed)
    return draw(st.sampled_from([["DATE:", words], [f"DATE: {words}"]])), {"date": day}


@st.composite
def date_firsts(draw):
    words, day = draw(printed)
    title, standfirst, name, outlet = draw(titles), draw(sentences), draw(names), draw(st.sampled_from(OUTLETS))
    lines = [words, title, standfirst, name, words, outlet]
    return lines, {"date": day, "title": title, "byline": name, "publisher": outlet}


HEADS = {"F1": full_heads(), "F2": headless(), "F3": date_labels(), "F4": date_firsts()}


@FIXED
@given(pages())
def test_what_was_put_in_comes_back(page):
    (clipping,) = cl.parse(page.text, path="112007-14.txt")
    assert clipping.form == page.form
    found = {name: field.value for name, field in clipping.fields.items() if name not in ("outlet", "authors")}
    assert found == page.fields
    assert clipping.body.of(page.text) == page.body
    found = tuple(block.of(page.text) for block in clipping.blocks if block.kind == "furniture")
    assert found == page.furniture
    assert clipping.render() == page.text


@FIXED
@given(pages(), st.integers(0, 400))
def test_a_page_cut_anywhere_keeps_its_laws_and_its_date(page, size):
    (clipping,) = cl.parse(page.text[:size])
    assert clipping.render() == page.text[:size]
    stands = re.search(r"(?:\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d)[\r\n]", page.text[:size])
    assert stands is None or clipping.date == page.fields["date"]


@FIXED
@given(pages())
def test_a_page_without_fault_has_no_warning(page):
    (clipping,) = cl.parse(page.text, path="112007-14.txt")
    told = {one.code for one in clipping.diagnostics if one.severity == "warning"}
    assert told <= {"CLP207", "CLP208", "CLP210", *(["CLP201"] if page.form == "F2" else [])}
    assert ("CLP208" in told) == (page.fields.get("source_url") in ODD)


def test_a_paragraph_longer_than_any_real_one_is_cut_into_its_sentences():
    (clipping,) = cl.parse("They met again. " * 3_000 + "So be it. " * 2_000, layout="plain")
    found = [span.of(clipping.text) for span in sentences_of.annotate(clipping)]
    assert found[:3_000] == ["They met again."] * 3_000
    assert "".join(found).replace(" ", "") == clipping.text.replace(" ", "")
