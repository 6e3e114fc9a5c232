"""The day that a relative date is counted from: the page's, its dateline's, or that named before."""

import time

import clippings as cl
from clippings.layers.dates import annotator as dates
from clippings.text import sentences
from test_dates import isos, read


def annotate(clipping):
    return dates.annotate(clipping, sentences.annotate(clipping))


def test_the_anchor_is_recorded_where_one_was_needed():
    found = read("They met on Tuesday and on December 5, 1994.")[1]
    assert [date.anchor for date in found] == ["2007-11-02", None]


def test_the_day_of_a_dateline_is_the_anchor_of_what_follows():
    text = (
        "MINSK, October 31 (Interfax) - They met yesterday.\n\nMOSCOW, November 1 /ITAR-TASS/. They met yesterday.\n\n"
    )
    assert isos(text) == ["2007-10-31", "2007-10-30", "2007-11-01", "2007-10-31"]


def test_a_day_far_from_the_page_or_in_running_text_is_no_anchor():
    assert isos("MINSK, March 31 (Interfax) - They met yesterday.")[-1] == "2007-11-01"
    assert isos("They met on October 31 (Wednesday). They met yesterday.")[-1] == "2007-11-01"


def test_a_long_run_of_capitals_before_a_day_takes_no_time():
    began = time.process_time()
    assert isos("A" * 55 + "?, May 5 (Interfax)") == ["2007-05-05"]
    assert time.process_time() - began < 1


def test_a_dateline_gives_a_day_to_a_page_known_by_its_month():
    text = "A title\n\nMINSK, December 14 (RIA Novosti) - They met on Monday."
    assert [date.iso for date in annotate(cl.parse(text, path="122010-9.txt")[0])] == ["2010-12-14", "2010-12-13"]


def test_a_page_without_a_day_resolves_no_weekday():
    clipping = cl.parse("A title\n\nThey met on Tuesday, last week and on July 3.", path="112007-9.txt")[0]
    assert [(date.iso, date.anchor) for date in annotate(clipping)] == [
        (None, None),
        (None, None),
        ("2007-07-03", "2007-11"),
    ]


def test_a_page_without_any_date_resolves_only_what_stands_alone():
    text = "They met on Tuesday, in June, on July 3, in the third quarter, last summer, last year and on May 9, 2007."
    found = annotate(cl.parse(text, layout="plain")[0])
    assert [date.iso for date in found] == [None, None, None, None, None, None, "2007-05-09"]


def test_a_dateline_with_its_year_anchors_a_text_without_a_date():
    text = "MINSK, May 9, 2007 (Interfax) - They met on Monday."
    assert [date.iso for date in annotate(cl.parse(text, layout="plain")[0])] == ["2007-05-09", "2007-05-07"]
