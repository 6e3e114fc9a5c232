"""Dated expressions: each rule on both sides, on pages of Friday 2 November 2007 unless a day is given."""

import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.layers.dates import annotator as dates
from clippings.layers.dates import periods
from clippings.text import sentences

DAY = "02/11/2007"


def read(text, day=DAY):
    clipping = cl.parse(f"DATE:\n\n{day}\n\n{text}")[0]
    return clipping.text, dates.annotate(clipping, sentences.annotate(clipping))


def isos(text, day=DAY):
    return [date.iso for date in read(text, day)[1]]


def words(text, day=DAY):
    page, found = read(text, day)
    return [date.of(page) for date in found]


def spans(text, day=DAY):
    return [(date.first, date.last) for date in read(text, day)[1]]


SIMPLE = {
    "on Tuesday": "2007-10-30",
    "on Friday": "2007-11-02",
    "on friday": "2007-11-02",
    "next Tuesday": "2007-11-06",
    "last Friday": "2007-10-26",
    "last Wednesday": "2007-10-31",
    "last Thursday": "2007-10-25",
    "this past Tuesday": "2007-10-30",
    "this coming Tuesday": "2007-11-06",
    "on Tuesday of last week": "2007-10-23",
    "on Friday the 13th": "2007-07-13",
    "yesterday": "2007-11-01",
    "today": "2007-11-02",
    "tonight": "2007-11-02",
    "tomorrow": "2007-11-03",
    "the day before yesterday": "2007-10-31",
    "on October 30": "2007-10-30",
    "on Oct. 30": "2007-10-30",
    "on Oct.30": "2007-10-30",
    "on OCTOBER 30": "2007-10-30",
    "on October 30th": "2007-10-30",
    "on 30 October": "2007-10-30",
    "on the 30th of October": "2007-10-30",
    "on Oct.\n30": "2007-10-30",
    "on January 5": "2007-01-05",
    "on December 5, 1994": "1994-12-05",
    "on Thursday, April 21, 2005": "2005-04-21",
    "on Tuesday, 26 April 2005": "2005-04-26",
    "on Fri Apr 22, 2005": "2005-04-22",
    "on 30/10/2007": "2007-10-30",
    "on 30.10.2007": "2007-10-30",
    "on 2007-10-30": "2007-10-30",
    "on 25/04/05": "2005-04-25",
    "on 02/11/89": "1989-11-02",
    "on 12/25/2006": "2006-12-25",
    "in July 1993": "1993-07",
    "in December": "2006-12",
    "in Sept.": "2007-09",
    "last December": "2006-12",
    "next March": "2008-03",
    "in December of last year": "2006-12",
    "last week": "2007-W43",
    "this week": "2007-W44",
    "next week": "2007-W45",
    "last weekend": "2007-10-27/2007-10-28",
    "last month": "2007-10",
    "next month": "2007-12",
    "last year": "2006",
    "next year": "2008",
    "last quarter": "2007-35",
    "in the third quarter of 2006": "2006-35",
    "in Q3 2006": "2006-35",
    "in the third quarter": "2007-35",
    "last summer": "2007-22",
    "this autumn": "2007-23",
    "next spring": "2008-21",
    "in the winter of 2006": "2006-24",
    "two weeks ago": "2007-W42",
    "three days ago": "2007-10-30",
    "five months ago": "2007-06",
    "a year ago": "2006",
    "since 1994": "1994",
    "in the 1990s": "199X",
}


@pytest.mark.parametrize(("expression", "iso"), SIMPLE.items())
def test_an_expression_is_resolved(expression, iso):
    assert isos(f"They met {expression}.") == [iso]


# The same weekday or month behind words that look ahead and words that look back.
AHEAD = [
    "They will meet on Tuesday.",
    "They are to meet Tuesday.",
    "He has until Tuesday to appeal.",
    "The talks begin on Tuesday.",
    "An exercise begins Tuesday in Armenia.",
    "On Tuesday, the court will rule.",
    "The council will meet in Minsk, Belarus, on Tuesday.",
    "A vote is scheduled for Tuesday.",
    "A vote was scheduled for Tuesday.",
    "The paper, to be signed Tuesday, is short.",
    "He is expected to arrive Tuesday.",
    "He said it would open on Tuesday.",
    "A vote may come as early as Tuesday.",
    "The deadline is Tuesday.",
    "The trial was postponed until Tuesday.",
    "The vote could be held Tuesday.",
    "He plans to leave Tuesday.",
    "“We will answer on Tuesday,” he said.",
    "Voters decide in an election that will be held next week and will be over this Tuesday.",
]
BACK = [
    "They met on Tuesday.",
    "He said on Tuesday that Russia will supply weapons.",
    "It will discuss the plan announced Tuesday.",
    "He could not be reached Tuesday.",
    "The fall was due to Tuesday's quake.",
    "They rose more than expected Tuesday.",
    "The talks had been scheduled for Tuesday.",
    "The strike lasted until Tuesday.",
    "Since Tuesday the border will not open.",
    "By Tuesday morning the square was empty.",
    "Tuesday's plunge will hurt banks.",
    "He refused to be drawn Tuesday.",
    "It may have begun Tuesday.",
    "The announcement Tuesday that he would go was late.",
    "Asked on Tuesday whether he would go, he smiled.",
    "Stocks closed higher Tuesday.",
]


@pytest.mark.parametrize("text", AHEAD)
def test_a_weekday_lies_ahead(text):
    assert "2007-11-06" in isos(text)


@pytest.mark.parametrize("text", BACK)
def test_a_weekday_lies_back(text):
    assert isos(text)[0] == "2007-10-30"


def test_the_weekday_of_the_page_is_its_own_day_either_way():
    assert isos("They met Friday and will vote on Friday.") == ["2007-11-02", "2007-11-02"]


def test_weekdays_joined_to_one_ahead_follow_it():
    text = "Notes will be sold next Tuesday, Wednesday and Thursday."
    assert isos(text) == ["2007-11-06", "2007-11-07", "2007-11-08"]


def test_tense_is_read_across_the_lines_of_a_text_of_fixed_width():
    text = "The ministers of the seven member states of the alliance will\ngather in Minsk on Tuesday."
    assert isos(text) == ["2007-11-06"]


YEARS = [
    ("The treaty expires on December 5.", "13/03/2009", "2009-12-05"),
    ("The treaty expired on December 5.", "24/03/2010", "2009-12-05"),
    ("The post is to open by Dec.24.", "20/06/2006", "2006-12-24"),
    ("The bomb killed 200 people Aug. 7.", "07/02/1998", "1997-08-07"),
    ("Since January 1 prices rose.", "26/10/1989", "1989-01-01"),
    ("He becomes president, effective January 1.", "26/10/1989", "1990-01-01"),
    ("It asked about a letter sent in February.", "11/10/2012", "2012-02"),
    ("The range will be used in February.", "11/10/2012", "2013-02"),
    ("The polls were dire for the November election.", "31/07/2016", "2016-11"),
    ("The fair opens on February 29.", "02/03/2007", "2008-02-29"),
]


@pytest.mark.parametrize(("text", "day", "iso"), YEARS)
def test_the_year_is_the_nearest_unless_the_tense_says_otherwise(text, day, iso):
    assert isos(text, day) == [iso]


def test_a_month_of_that_year_rests_on_the_year_named_before():
    assert isos("They joined in July 1993. It left in December of that year.") == ["1993-07", "1993-12"]
    assert isos("It left in December of that year.") == [None]


def test_the_same_and_the_next_day_rest_on_the_day_named_before():
    assert isos("They met on Tuesday. He left the same day. They met again the next day.") == [
        "2007-10-30",
        "2007-10-30",
        "2007-10-31",
    ]
    assert isos("The same day he left.") == []


RANGES = {
    "on July 3-4": ("2007-07-03", "2007-07-04"),
    "between 5 and 9 May": ("2007-05-05", "2007-05-09"),
    "from May 5 to 9": ("2007-05-05", "2007-05-09"),
    "on 5-9 May 2006": ("2006-05-05", "2006-05-09"),
    "from Monday to Wednesday": ("2007-10-29", "2007-10-31"),
    "on June 28 - July 2": ("2007-06-28", "2007-07-02"),
    "from December 28 to January 2, 2005": ("2004-12-28", "2005-01-02"),
    "in 2005-2010": ("2005-01-01", "2010-12-31"),
    "in 2005-06": ("2005-01-01", "2006-12-31"),
    "from 1994 to 1996": ("1994-01-01", "1996-12-31"),
    "between 1994 and 1996": ("1994-01-01", "1996-12-31"),
    "from March 2004 to May 2005": ("2004-03-01", "2005-05-31"),
}


@pytest.mark.parametrize(("expression", "ends"), RANGES.items())
def test_a_range_is_one_expression_with_two_ends(expression, ends):
    assert spans(f"They met {expression}.") == [ends]


def test_two_days_are_no_range_without_words_that_say_so():
    assert len(isos("They met on Monday and Wednesday.")) == 2
    assert len(isos("The vote was moved from Monday to Wednesday.")) == 2
    assert len(isos("They reacted today to Wednesday's vote.")) == 2


def test_the_ends_of_a_month_a_quarter_and_a_winter():
    assert spans("They met in February 2008.") == [("2008-02-01", "2008-02-29")]
    assert spans("They met in the first quarter of 2007.") == [("2007-01-01", "2007-03-31")]
    assert spans("They met in winter 2007.") == [("2007-12-01", "2008-02-29")]


NO_DATES = [
    "She may go; May said so.",
    "Theresa May met April Glaspie and August Wilson.",
    "They march; March on Minsk!",
    "The Sunday Telegraph and the Sunday Times said so.",
    "They gathered in October Square after the October Revolution.",
    "S-300, Su-27 and a score of 1/2; 9/11; 24/7; 3.10.",
    "It has 2000 troops, 1990 km of border and $2000.",
    "See http://www.x.example/2009/03/13/a1999.html there.",
    "They meet every Sunday and on Sunday nights.",
    "He saw the fall of the wall and a spring in the bed.",
    "They fell 20 and 19 times.",
    "Mondays and Sundays, Maying and Decembers.",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_none(text):
    assert words(text) == []


YES_DATES = {
    "It was held in May.": ["May"],
    "The March vote is over.": ["March"],
    "The April-June period was dry.": ["April-June"],
    "They came on Sunday.": ["Sunday"],
    "They came in October.": ["October"],
    "It was signed in 1990.": ["1990"],
    "The 1987 treaty (1987) holds.": ["1987", "1987"],
    "They came in the fall of 1989.": ["fall of 1989"],
    "They came on MAY 5.": ["MAY 5"],
    "It was last Friday.": ["last Friday"],
    "They came on Thursday, April 21, 2005.": ["Thursday, April 21, 2005"],
}


@pytest.mark.parametrize(("text", "found"), YES_DATES.items())
def test_the_words_of_a_date_stand_without_its_preposition(text, found):
    assert words(text) == found


@pytest.mark.parametrize("expression", ["February 30", "31/02/2007", "2007-13-01", "31 June 2007"])
def test_an_impossible_day_is_kept_and_not_guessed(expression):
    _, (found,) = read(f"They met on {expression}.")
    assert (found.iso, found.first, found.rule) == (None, None, "impossible day")


def test_month_first_is_read_only_where_day_first_is_impossible():
    rules = [date.rule for date in read("On 05/06/2007 and on 12/25/2006.")[1]]
    assert rules == ["numeric date", "numeric date, month first (day first is impossible)"]
    assert isos("On 05/06/2007.") == ["2007-06-05"]


# Anchors


# Properties


PIECES = st.sampled_from(
    [
        *SIMPLE,
        *RANGES,
        *AHEAD,
        *BACK,
        *NO_DATES,
        "\n\n",
        "\n",
        " ",
        "(",
        "MINSK, ",
        "May",
        "19",
        "/1",
        "\ud800",
        "é",
        "-",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_any_text_gives_sorted_expressions_that_do_not_overlap(text):
    page, found = read(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for date in found:
        assert 0 <= date.start < date.end <= len(page)
        assert (date.iso is None) == (date.first is None) == (date.last is None)
        if date.first:
            assert date.first <= date.last


@settings(deadline=None)
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_lies_in_all_its_periods(day):
    for name in ("day", "week", "month", "quarter", "year", "decade"):
        period = periods.unit(name, day, 0)
        assert period.first <= day <= period.last


def test_time_grows_with_the_text_and_no_faster():
    text = "On Tuesday, in May 2005, from 5 to 9 June and last week they met; talks will open on Friday. " * 200
    pages = [cl.parse(one, layout="plain")[0] for one in (text, text * 8)]
    taken = []
    for page, spans in [(page, sentences.annotate(page)) for page in pages]:
        began = time.process_time()
        dates.annotate(page, spans)
        taken.append(time.process_time() - began)
    assert taken[1] < 30 * taken[0]


WRITTEN = [
    "2007-10-30",
    "2007-07-03/2007-07-04",
    "2007-W44",
    "2007-10",
    "2007",
    "2007-36",
    "2007-24",
    "199X",
    "2008-02",
]


@pytest.mark.parametrize("iso", WRITTEN)
def test_a_period_is_read_as_it_is_written(iso):
    period = periods.read(iso)
    assert period.iso == iso
    assert period.first <= period.last


@pytest.mark.parametrize(
    "iso", ["", "07-10-30", "2007-13", "2007-00", "2007-20", "2007-25", "2007-37", "2007-02-30", "2007-W54", "7"]
)
def test_what_is_no_period_is_not_read(iso):
    with pytest.raises(ValueError, match=r"\w"):
        periods.read(iso)


def test_a_range_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="ends before it begins"):
        periods.read("2007-10-30/2007-10-29")
    assert periods.read("2007-10-30/2007-10-30").iso == "2007-10-30"
