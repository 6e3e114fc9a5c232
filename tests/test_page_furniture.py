"""Lines of a site around a text: which are furniture, which are not, and that both are told."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.page import _furniture as furniture
from clippings.page import _gates as gates

FORMS = [one for name, listed in msgspec.structs.asdict(furniture._DATA).items() if "form" in name for one in listed]
PAGES = msgspec.yaml.decode((Path(__file__).parent / "tables/furniture.yaml").read_bytes())
TITLE, DATE = "Talks begin", "2 November 2007"
LEAD = "Talks began in the capital, where both sides were said to be close to an agreement on that day."


def read(*lines: str) -> cl.Clipping:
    (clipping,) = cl.parse("\n\n".join(lines))
    return clipping


def site(clipping: cl.Clipping) -> list[str]:
    return [block.of(clipping.text) for block in clipping.blocks if block.kind == "furniture"]


def told(clipping: cl.Clipping) -> list[str]:
    return [one.code for one in clipping.diagnostics if one.code in ("CLP213", "CLP214")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["page"])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_pages(page, gap):
    lines = page["text"].splitlines()
    clipping = read(gap.join(line.removeprefix("|") for line in lines))
    assert site(clipping) == [line[1:] for line in lines if line.startswith("|")]
    assert ("CLP213" in told(clipping)) == bool(site(clipping))
    assert clipping.date == page.get("date", "2007-11-02")
    assert clipping.render() == clipping.text


def test_headings_of_boxes_and_of_readers():
    for line in (*furniture._DATA.boxes, *furniture._DATA.readers):
        assert site(read(TITLE, DATE, LEAD, line.upper(), "Gas talks fail")) == [line.upper(), "Gas talks fail"]


@pytest.mark.parametrize("line", ["0.0", "12", "3,5", "2 Comments", "2 responses to this", "Comments (12)"])
def test_figures_and_counts_beside_a_tool(line):
    assert site(read(TITLE, DATE, LEAD, "Print this page", line)) == ["Print this page", line]


@pytest.mark.parametrize(
    "line",
    [
        *("You are here: Home » World", "Page 1 of 2 | Single page", "Printed by J. Doe on 03/11/2010 10:12"),
        *(
            "Post this story to: del.icio.us | Digg | Reddit",
            "Follow us on Twitter: @harbor",
            "Rate this article: 1 2 3",
        ),
        *("SAVE 33% on home delivery", "Harbor readers have posted 23 comments about this.", "Tags: Minsk, gas"),
        *("The Harbor is not responsible for the content of external internet sites", "Editor: Jan Novak"),
        *("This article appears in the print edition of the Harbor", "Copyright © 2007. All rights reserved."),
        *("Harbor Courier Copyright © 2007 The Harbor Courier | www.example.com", "Special Report: Gas"),
    ],
)
def test_forms_of_such_lines(line):
    assert site(read(TITLE, DATE, LEAD, line)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Most of them are soldiers.",
            "Subscribe to nothing, he said, and be a happier man.",
        ),
        *(
            "Page after page was read.",
            "Print was dead by then.",
            "More from Minsk came that night.",
            "Comments were few.",
        ),
        *("Share prices fell again.", "Editors: a dying trade.", "Home was far from there.", "12 responses came."),
    ],
)
def test_lines_that_look_like_these(line):
    assert site(read(TITLE, DATE, LEAD, line, LEAD)) == []


def test_short_lines_behind_the_text_are_told():
    assert told(read(TITLE, DATE, LEAD, "Gas talks fail", "A ferry for the north")) == ["CLP214"]
    assert told(read(TITLE, DATE, LEAD, "Gas talks fail")) == []
    assert told(read("Gas talks fail", "A ferry for the north")) == []
    assert told(read(TITLE, DATE, LEAD, "Gas talks fail.", "A ferry for the north.")) == []
    assert told(read(TITLE, DATE, LEAD, "Gas " + "talks " * 9 + "fail", "A ferry for the north" + " again" * 8)) == []


@pytest.mark.parametrize(("count", "words"), [(1, "1 line of"), (2, "2 lines of")])
def test_the_first_line_left_out_is_shown_up_to_sixty_characters(count, words):
    line = f"Home > {'a' * 54}"
    (message,) = [one.message for one in read(TITLE, DATE, LEAD, *[line] * count).diagnostics if one.code == "CLP213"]
    assert message.startswith(words)
    assert message.endswith(repr(line[:60]))


@settings(suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FORMS).flatmap(lambda form: st.tuples(st.just(form), st.from_regex(form, fullmatch=True))))
def test_a_line_that_an_expression_fits_is_known_by_it_among_others(found):
    form, line = found
    assert gates.needed(form) in line
    assert gates.Forms([("none", ["Minsk"]), ("one", ["(?:Brest )?Hrodna", form]), ("all", [".*"])]).kind(line) == "one"


@pytest.mark.parametrize(
    ("form", "needs"),
    [
        *(("see also", "see also"), ("see al?so", "see a"), ("see al{2}so", "see a"), ("see al+so", "see al")),
        *((r"see\balso", "also"), ("see[.]also", "also"), ("(?:see|also) more", " more"), ("(?:see)?also", "also")),
        *(("see(?: (?:it|this))* also", " also"), ("see|also", ""), ("see.*", "see"), (r"\d+", "")),
    ],
)
def test_what_an_expression_needs(form, needs):
    assert gates.needed(form) == needs


def test_names_of_many_words_are_parts_of_a_row():
    longest = max(furniture._WORDS, key=lambda name: len(name.split()))
    assert site(read(TITLE, DATE, LEAD, f"{longest.title()} (3) | Print")) == [f"{longest.title()} (3) | Print"]
    row = "Home World Sport Business Politics Culture Science Health Travel Opinion Weather - Print"
    assert site(read(TITLE, DATE, LEAD, row)) == [row]
