"""Heads of saved pages: the headline and the outlet by the window, the lines above the text, logos and copyright."""

import io
from pathlib import Path

import msgspec
import pytest

import clippings as cl
from clippings.page.taken import in_window
from clippings.reading.html import seen

PAGES = msgspec.yaml.decode((Path(__file__).parent / "tables/windows.yaml").read_bytes())
FIRST = "Talks began in the capital, where both sides were said to be close to an agreement on that day."
SECOND = "Nobody would say how long they will go on, and the interpreters had left on the night train."


def read(page: dict[str, str]) -> cl.Clipping:
    head = f"<html><head><title>{page['window']}</title></head>"
    body = f"<body>{page['above']}<p>{FIRST}</p><p>{SECOND}</p><p>{FIRST[:-1]} again.</p>{page.get('below', '')}</body>"
    file = io.BytesIO(f"{head}{body}</html>".encode())
    file.name = "page.html"
    (clipping,) = cl.read(file)
    return clipping


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["page"])
def test_saved_heads(page):
    clipping = read(page)
    assert (clipping.title, clipping.outlet) == (page.get("title"), page.get("outlet"))
    assert clipping.value("authors") == page.get("authors")
    assert clipping.date == page["date"] if "date" in page else True
    assert clipping.body.of(clipping.text).startswith(FIRST)


@pytest.mark.parametrize(
    ("window", "lines", "found"),
    [
        ("Talks go on - Harbor Gazette", ["Talks go on"], ("Talks go on", "Harbor Gazette")),
        ("Talks on - Harbor Gazette", ["Talks on"], ("", "")),
        ("Talks go on... - Harbor Gazette", ["Talks go on and on"], ("Talks go on and on", "Harbor Gazette")),
        ("Talks on… - Harbor Gazette", ["Talks on and on"], ("", "")),
        (f"Talks go on{' ' * 380} - Reuters", ["Talks go on"], ("Talks go on", "")),
        (f"Talks go on{' ' * 379} - Reuters", ["Talks go on"], ("Talks go on", "Reuters")),
        ("Talks go on now", ["Talks go on"], ("", "")),
        ("Now talks go on - Harbor Gazette", ["talks go on"], ("", "")),
        ("The Moscow Times - Talks go on", ["The Moscow Times", "Talks go on"], ("Talks go on", "The Moscow Times")),
        ("Talks go on", ["Talks go on", "(c) 2007 Reuters", *"abcdefg"], ("Talks go on", "Reuters")),
        ("Talks go on", ["Talks go on", "(c) 2007 Reuters", *"abcdefgh"], ("Talks go on", "")),
        ("Talks go on", ["Talks go on", "(c) 2007 Harbor Tours"], ("Talks go on", "")),
        ("Talks go on - Press Releases", ["Talks go on"], ("Talks go on", "")),
        ("Talks go on - Harbor News - Shop", ["Talks go on"], ("Talks go on", "")),
    ],
)
def test_windows(window, lines, found):
    assert in_window(window, "\n".join(lines)) == found


@pytest.mark.parametrize(
    ("window", "codes"), [("Welcome to Minsk", ["CLP215"]), ("Gas row goes on - Harbor Gazette", [])]
)
def test_a_headline_that_the_page_does_not_show_is_told(window, codes):
    clipping = read({"window": window, "above": "<div>News | Gas | Envoys</div><h2>Gas row goes on</h2>"})
    assert [told.code for told in clipping.diagnostics if told.code == "CLP215"] == codes


@pytest.mark.parametrize(("before", "outlet"), [(2, "Reuters"), (3, None)])
def test_only_the_first_logos_name_an_outlet(before, outlet):
    logos = "<img alt='a'>" * before + "<img alt='Reuters'>"
    title = "Talks go on in the capital"
    assert read({"window": title, "above": f"{logos}<h1>{title}</h1>"}).outlet == outlet


@pytest.mark.parametrize(
    ("line", "is_title"), [("Gas row goes on | Harbor", True), ("Gas row goes on | Harbor | Envoys", False)]
)
def test_a_menu_is_no_headline(line, is_title):
    assert (
        read({"window": "Something else", "above": f"<div>{line}</div><p>2 November 2007</p>"}).title == line
    ) is is_title


@pytest.mark.parametrize(
    ("window", "above", "outlet", "told"),
    [
        ("Gas row goes on - Open Harbor", "", None, "'Open Harbor' may be the outlet"),
        ("Gas row goes on - Harbor Gazette", "", "Harbor Gazette", ""),
        ("Gas row goes on", "", None, ""),
        ("Gas row goes on</title><meta property='og:site_name' content='Open Harbor'>", "", "Open Harbor", ""),
        (
            "Gas row goes on</title><meta name='twitter:site' content='@openharbor'>",
            "",
            "Openharbor",
            "'Openharbor' may be no outlet",
        ),
        (
            "Gas row goes on - Open Harbor</title><meta property='og:site_name' content='Deep Sea'>",
            "<a href='/'>Open Harbor</a>",
            "Open Harbor",
            "'Deep Sea' may be the outlet",
        ),
        ("Gas row goes on</title><meta property='og:site_name' content='Medium'>", "", None, ""),
    ],
)
def test_an_outlet_that_is_open_is_told(window, above, outlet, told):
    clipping = read({"window": window, "above": f"{above}<h2>Gas row goes on</h2>"})
    assert clipping.outlet == outlet
    assert [one.message.startswith(told) for one in clipping.diagnostics if one.code == "CLP215"] == [True] * bool(told)


def test_a_document_and_a_mail_are_read_by_their_text():
    word = "<html xmlns:w='urn:schemas-microsoft-com:office:word'><p>Harbor Gazette, No. 46, March 14, 2007, p. 3</p>"
    (document,) = cl.parse(seen(f"{word}<p>Gas row goes on</p><p>By Jan Novak</p><p>{FIRST}</p><p>{SECOND}</p>"))
    saved = read({"window": "", "above": f"{word}<p>Gas row goes on</p><p>By Jan Novak</p>"})
    assert (saved.title, saved.outlet, saved.date) == ("Gas row goes on", "Harbor Gazette", "2007-03-14")
    assert document.date == saved.date
    mail = read({"window": "", "above": "<p>From: Jan Novak<br>Sent: 14 March 2007<br>Subject: Gas row goes on</p>"})
    assert (mail.title, mail.value("authors"), mail.date) == ("Gas row goes on", "Jan Novak", "2007-03-14")


@pytest.mark.parametrize(
    ("first", "told"),
    [("What the last envoy remembers", True), ("What the last envoy remembers.", False)],
)
def test_a_line_above_the_text_that_may_be_of_the_head_is_told(first, told):
    above = f"<h1>Gas row goes on</h1><p>By Jan Novak</p><p>{first}</p>"
    clipping = read({"window": "Gas row goes on", "above": above})
    message = f"{first!r} may be of the head, and is read as the first line of the text"
    assert [one.message for one in clipping.diagnostics if one.code == "CLP215"] == [message] * told


@pytest.mark.parametrize(
    ("lines", "is_whole"),
    [
        (("From: Jan Novak", "Subject: Gas row goes on"), True),
        (("Author: Jan Novak", "Subject: Gas row goes on"), False),
        (("From: Jan Novak", "Gas row goes on"), False),
    ],
)
def test_only_a_mail_is_read_by_all_that_it_shows(lines, is_whole):
    clipping = read({"window": "", "above": "<br>".join(lines), "below": "<div>Home | Gas | Envoys</div>"})
    assert ("Home | Gas | Envoys" in clipping.text) is is_whole
