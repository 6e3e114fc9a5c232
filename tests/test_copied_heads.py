"""Heads of pages as they are copied from sites: every field, and nothing of the head in the text."""

from pathlib import Path

import msgspec
import pytest

import clippings as cl

PAGES = msgspec.yaml.decode((Path(__file__).parent / "tables/copied_heads.yaml").read_bytes())
LEAD = "Talks began in the capital, where both sides were said to be close to an agreement on that day."
SECOND = "Nobody would say how long they will go on, and the interpreters had left on the night train."
NAMES = ("title", "outlet", "byline", "date", "dateline")


def read(*lines: str) -> cl.Clipping:
    (clipping,) = cl.parse("\n\n".join(lines))
    return clipping


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["page"])
def test_heads(page):
    clipping = read(*page["lines"], LEAD, SECOND, *page.get("behind", ()))
    names = (*NAMES, *(["authors"] if "authors" in page["fields"] else []))
    assert {name: clipping.value(name) for name in names} == dict.fromkeys(names) | page["fields"]
    assert clipping.body.of(clipping.text) == f"{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        *(("17:42 | 03/ 02/ 2009", "2009-02-03"), ("22.05.2008 @ 09:21 CET", "2008-05-22")),
        *(("Last update - 18:05 21/10/2007", "2007-10-21"), ("8 Jun 2007, 0112 hrs IST", "2007-06-08")),
        *(("18 Nov.'09 / 15:21", "2009-11-18"), ("April 2nd, 2008 issue", "2008-04-02")),
        *(("from the June 24, 2009 edition", "2009-06-24"), ("18 November 2008 (20 Dhul Qa`dah 1429)", "2008-11-18")),
    ],
)
def test_dates_as_sites_print_them(printed, day):
    assert read("Talks begin", printed, LEAD, SECOND).date == day


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        *(("- AFP", "AFP"), ("—AFP", "AFP"), ("Copyright © 2007. The Harbor Herald.", "The Harbor Herald")),
        *(("© Copyright of Harbor Media Limited 2007. Terms of use.", "Harbor Media Limited"), ("By UNIAN", "UNIAN")),
        ("Copyright 1995- 2006 The Harbor Post - http://www.example.com/", "The Harbor Post - http://www.example.com/"),
        ("Source: Harbor television, Minsk, in Russian 1800 gmt 31 May 07", "Harbor television"),
    ],
)
def test_whose_a_text_is_behind_it(line, outlet):
    found = read("Talks begin", "2 November 2007", LEAD, SECOND, line).outlet
    assert found
    assert found.startswith(outlet)


@pytest.mark.parametrize("line", ["(c) was the third point on the list of 2006.", "- Anna left.", "—Nobody"])
def test_lines_that_are_no_credit(line):
    clipping = read("Talks begin", "2 November 2007", LEAD, SECOND, line)
    assert (clipping.outlet, clipping.body.of(clipping.text)[-len(line) :]) == (None, line)


@pytest.mark.parametrize(
    ("dateline", "outlet", "authors"),
    [
        ("MINSK. (Interfax military commentator Jan Novak) -", "Interfax", "Jan Novak"),
        ("MINSK, May 4 (RIA Novosti correspondent Jan Novak) -", "RIA Novosti", "Jan Novak"),
        ("MINSK (Jan Novak for RIA Novosti) -", "RIA Novosti", "Jan Novak"),
        ("MINSK. (RIA Novosti political analyst Jan Novak) -", "RIA Novosti", "Jan Novak"),
        ("MINSK (Jan Novak, RIA Novosti) -", "RIA Novosti", None),
        ("MINSK (RIA Novosti, Interfax) -", "RIA Novosti", None),
        ("MINSK. (Interfax military expert Jan Novak) -", "Interfax", None),
        ("MINSK. (Harbor Dispatch military writer Jan Novak) -", "Harbor Dispatch", "Jan Novak"),
        ("MINSK, May 4 (Interfax) -", "Interfax", None),
        ("MINSK, May 4 (Harbor Dispatch) -", "Harbor Dispatch", None),
        ("MINSK. (Interfax special correspondent) -", "Interfax", None),
    ],
)
def test_who_signs_within_a_dateline(dateline, outlet, authors):
    clipping = read("Talks begin", "2 November 2007", f"{dateline} {LEAD}", SECOND)
    assert (clipping.outlet, clipping.value("authors")) == (outlet, authors)


@pytest.mark.parametrize(
    ("line", "is_text"),
    [(f"MOSCOW: {LEAD}", True), ("Moscow: they met.", True), ("Moscow: a map", False)],
)
def test_a_colon_below_a_labelled_day(line, is_text):
    clipping = read("Ferry is safe", "Published: December 28, 2006", line, LEAD, SECOND)
    assert clipping.body.of(clipping.text).startswith(line) == is_text


@pytest.mark.parametrize(
    ("gap", "behind", "title"),
    [("\n", "\n\n", "TALKS BEGIN IN MINSK"), ("\n\n", "\n\n", "TALKS BEGIN"), ("\n", "\n", "TALKS BEGIN")],
)
def test_a_headline_in_capitals_on_two_lines(gap, behind, title):
    page = f"HARBOR COURIER, NOVEMBER 1, 2004\n\nTALKS BEGIN{gap}IN MINSK{behind}By Jan Novak\n\n{LEAD}\n\n{SECOND}\n"
    (clipping,) = cl.parse(page)
    assert (clipping.title, clipping.value("byline"), clipping.outlet) == (title, "Jan Novak", "HARBOR COURIER")
