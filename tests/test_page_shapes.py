"""Shapes of pages met in the archive, one quirk a row and several together: every field and the body."""

from itertools import product

import pytest

import clippings as cl

LEAD = (
    "Talks on a common air defense began in Minsk on Tuesday, where both sides were said to be close to an agreement "
    "that has been in the making for seven years."
)
SECOND = '"We are ready," said Anna Petrova, who leads one of the delegations, and the other side agreed.'
URL = "http://www.example.org/talks/1.html"
TITLE = "Allies near deal on common shield"
FULL = ("BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007")
TAIL = ("Source:", URL, "Google", "Partners:", "Face.by Social Network", "Face.by")
NOTHING = {"date": "2007-11-02", "title": TITLE, "publisher": None, "byline": None, "dateline": None, "source_url": URL}


def check(lines, body, gap="\n\n", path="112007-14.txt", **fields) -> cl.Clipping:
    """Parse the lines and compare every field, those not named with a sound page's, and the body's lines."""
    text = gap.join(lines)
    (clipping,) = cl.parse(text, path=path)
    expected = {**NOTHING, **fields}
    assert {name: clipping.value(name) for name in expected} == expected
    assert clipping.body.of(text) == gap.join(body)
    assert clipping.render() == text
    return clipping


def check_full(*head, lead=LEAD, **fields) -> None:
    check([*FULL, TITLE, *head, lead, SECOND, *TAIL], [lead, SECOND], **fields)


JAN, JAN_CAPITALS = {"byline": "Jan Novak"}, {"byline": "JAN NOVAK"}
HEADS = [
    (["By JAN NOVAK", "Associated Press Writer"], JAN_CAPITALS),
    (["By JAN NOVAK, Associated Press Writer"], JAN_CAPITALS),
    (["By JAN NOVAK Associated Press Writer"], JAN_CAPITALS),
    (["By Jan Novak", "Diplomatic Correspondent"], JAN),
    (["By Jan Novak", "The Associated Press"], {**JAN, "publisher": "The Associated Press"}),
    (["By Jan Novak", "Harbor Gazette"], {**JAN, "publisher": "Harbor Gazette"}),
    (["By Jan Novak, The Morning Post"], JAN),
    (["By Jan Novak for Northern Security Watch"], JAN),
    (["By Jan Novak in Moscow"], JAN),
    (
        ["By Jan Novak in Moscow and Anna Petrova in Kiev"],
        {"byline": "Jan Novak in Moscow and Anna Petrova", "authors": "Jan Novak; Anna Petrova"},
    ),
    (["By staff writer Jan Novak"], JAN),
    (["by RTT Staff Writer"], {"byline": "RTT Staff Writer"}),
    (["By our Moscow correspondent"], {"byline": "our Moscow correspondent"}),
    (["Author: Jan Novak"], JAN),
    (["Written by Jan Novak"], JAN),
    (["Jan Novak"], JAN),
    (["JAN NOVAK"], JAN_CAPITALS),
    (["Jan Novak", "Harbor Gazette"], {**JAN, "publisher": "Harbor Gazette"}),
    (["Harbor Gazette", "Jan Novak"], {**JAN, "publisher": "Harbor Gazette"}),
    (["Jan Novak, Minsk"], JAN),
    (["Jan Novak in Minsk"], JAN),
    (["Jan Novak, staff writer"], JAN),
    (["Jan Novak", "Staff Writer"], JAN),
    (["Political analyst Jan Novak"], JAN),
    (["Jan Novak | Minsk | 12/12/2010"], JAN),
    (["Jan Novak and Anna Petrova"], {"byline": "Jan Novak and Anna Petrova"}),
    (["By JAN NOVAK", "AND ANNA PETROVA"], {"byline": "JAN NOVAK AND ANNA PETROVA"}),
    (["By JAN NOVAK AND", "ANNA PETROVA"], {"byline": "JAN NOVAK AND ANNA PETROVA"}),
    (["By JAN", "NOVAK"], JAN_CAPITALS),
    (["By", "JAN NOVAK"], JAN_CAPITALS),
    (["By VOA News"], {"publisher": "VOA News"}),
    (["By VOA News", "02 November 2007"], {"publisher": "VOA News"}),
    (["By Reuters"], {"publisher": "Reuters"}),
    (["The Associated Press", "Published: November 2, 2007"], {"publisher": "The Associated Press"}),
    (["2 November 2007", "Reuters"], {"publisher": "Reuters"}),
    (["Source ::: AFP"], {"publisher": "AFP"}),
    (["(ITAR-TASS, Interfax)"], {"publisher": "ITAR-TASS, Interfax"}),
    (["AP, CARACAS"], {"publisher": "AP", "dateline": "CARACAS"}),
    (["Analysis", "Harbor Gazette"], {"publisher": "Harbor Gazette"}),
    (["World in brief", "Harbor Gazette", "By Jan Novak"], {**JAN, "publisher": "Harbor Gazette"}),
    (["Analysis", "By Jan Novak"], JAN),
    *[
        ([name], {"publisher": name})
        for name in (
            *("NordPress", "The Guardian", "The FINANCIAL", "Belarus Digest", "www.example.com", "ITAR-TASS", "RFE/RL"),
            *("Radio Free Europe/Radio Liberty", "Prensa Latina", "Times Online", "Eurasia Daily Monitor", "Xinhua"),
        )
    ],
]


@pytest.mark.parametrize(("head", "fields"), HEADS, ids=lambda part: " / ".join(part))
def test_who_signs_a_page(head, fields):
    check_full(*head, **fields)


SUBHEADS = [
    *(
        "THE PRICE OF GAS",
        "What Comes Next",
        "Moscow's answer",
        "A New Cold War",
        "Talks began in Minsk.",
        "Not so fast",
    ),
    *(
        "Photo by Jan Novak",
        "Updated at 14:35",
        "A crowd outside a court in Minsk, November 2, 2007. (Gazette/Jan Novak)",
    ),
    *("Belarus: a country in waiting", "Jan Novak reports from Minsk.", '"We are ready."'),
]


@pytest.mark.parametrize("subhead", SUBHEADS)
@pytest.mark.parametrize("outlet", [None, "Harbor Gazette"])
def test_a_short_paragraph_that_opens_the_body_is_body(subhead, outlet):
    lines = [*FULL, TITLE, *([outlet] if outlet else []), subhead, LEAD, SECOND, *TAIL]
    check(lines, [subhead, LEAD, SECOND], publisher=outlet)


ENDS = [
    *("They meet again in Moscow on May 23.", "No date has been set", "(Editing by Jan Novak)", "* * *", "ends", "END"),
    *("Reporting by Jan Novak; editing by Anna Petrova", '"We will see," he said.', "Photo: Jan Novak", "Who knows?"),
]


@pytest.mark.parametrize("last", ENDS)
def test_a_short_paragraph_that_closes_the_body_is_body(last):
    lines = [*FULL, TITLE, "Harbor Gazette", "By Anna Petrova", LEAD, last, *TAIL]
    check(lines, [LEAD, last], publisher="Harbor Gazette", byline="Anna Petrova")


CLOSINGS = [
    (["(ITAR-TASS, Interfax)"], {"publisher": "ITAR-TASS, Interfax"}),
    (["DPA"], {"publisher": "DPA"}),
    (["Source: Xinhua"], {"publisher": "Xinhua"}),
    (["Jan Novak"], JAN),
    (["By Jan Novak"], JAN),
    (["Jan Novak", "Harbor Gazette"], {**JAN, "publisher": "Harbor Gazette"}),
    (["Harbor Gazette", "Jan Novak"], {**JAN, "publisher": "Harbor Gazette"}),
]


@pytest.mark.parametrize(("closing", "fields"), CLOSINGS, ids=lambda part: " / ".join(part))
def test_who_signs_behind_the_text(closing, fields):
    check([*FULL, TITLE, LEAD, SECOND, *closing, *TAIL], [LEAD, SECOND], **fields)


# What opens the first paragraph; the dateline is what stands before the mark that ends it.
DATELINES = [
    *("MINSK, December 14 (RIA Novosti) - ", "MINSK. May 29 (Interfax) - ", "MINSK, September 29 (Itar-Tass) -- "),
    *(
        "MINSK, Belarus: ",
        "TEHRAN (Fars News Agency)- ",
        "EUOBSERVER / BRUSSELS - ",
        "MINSK  ",
        "(RTTNews) - ",
        "(AP) - ",
    ),
    *("Interfax, MINSK - ", "AFP, MINSK - ", "Civil.Ge -- ", "/ITAR-TASS/ ", "Nov. 15 (Bloomberg) -- ", "AP - "),
    *("MINSK/MOSCOW, August 16 (RIA Novosti) - ", "MINSK, March (Interfax) - ", "APR. 14 12:35 P.M. ET ", "15:47 "),
    *(
        "MINSK, Belarus (AP) _ ",
        "BREST, Belarus (Reuters) -",
        "MINSK, Nov. 2, 2007 (AFP) - ",
        "Minsk (dpa) - ",
        "Minsk - ",
    ),
    *("Minsk, November 2 (RIA Novosti) - ", "Minsk/Moscow (dpa) - ", "Prague/Minsk - ", "MINSK, 2 November (BelTA) - "),
    *("MINSK— ", "ST. PETERSBURG, November 2 (RIA Novosti) - ", "ASTANA. November 2. KAZINFORM ", "MOSCOW, RUSSIA: "),
    *(
        "Tbilisi. November 2 (Prime-News) - ",
        "(AGI) - Rome, Nov. 2 - ",
        "MINSK, (Interfax) - ",
        "THE HAGUE, May 2 (AP) - ",
    ),
    *("BREST (Belarus), November 2 (RIA Novosti) - ", "OBUZ-LESNOVSKY RANGE (Brest Region), May 2 (RIA Novosti) - "),
    *("MINSK, November 2 (RIA Novosti, Jan Novak) - ", "MINSK, Oct 31-Nov 2 (Interfax) - ", "Minsk, 02/11/07 - "),
    *("Minsk, Belarus - ", "Minsk, Belarus: ", "MINSK, BELARUS, 11 December, 2007 - "),
    *("Minsk, Nov 2, IRNA - ", "MINSK, NOVEMBER 2 (RIA NOVOSTI) - ", "VILNIUS, Nov 02, BNS - "),
]


@pytest.mark.parametrize("opening", DATELINES)
def test_datelines_that_open_the_text(opening):
    check_full(lead=opening + LEAD, dateline=opening.rstrip(" -—_:"))


@pytest.mark.parametrize(
    "line", ["MINSK (AFP)", "MINSK, Belarus", "MINSK", "MINSK, May 2 (Interfax)", "Minsk, Belarus"]
)
@pytest.mark.parametrize("head", [{}, {"publisher": "Harbor Gazette"}, {"byline": "By Jan Novak"}], ids=str)
def test_datelines_on_a_line_of_their_own(line, head):
    fields = {name: value.removeprefix("By ") for name, value in head.items()}
    lines = [*FULL, TITLE, *head.values(), line, LEAD, SECOND, *TAIL]
    check(lines, [line, LEAD, SECOND], dateline=line, **fields)


OPENINGS = [
    *("NATO said on Tuesday it would wait. ", "OSCE: the vote was flawed. ", "ABM - the word means the shield. "),
    *(
        "Russia's Gazprom (GAZP.MM: Quote, Profile, Research) agreed. ",
        "NATO (North Atlantic Treaty Organization) agreed. ",
    ),
    *("President Lukashenko - who is 53 - agreed. ", "Minsk, which hosts the talks, is calm. ", "14 people died. "),
    *("Petrova: When do the talks begin? ", "Belarus: a country in waiting. "),
    *("Moscow and Minsk - talks go on. ", "Gazprom (GAZP.MM) agreed. ", "10:30 in the morning was the time. "),
]


@pytest.mark.parametrize("opening", OPENINGS)
def test_sentences_that_are_no_datelines(opening):
    check_full("Harbor Gazette", lead=opening + LEAD, publisher="Harbor Gazette")


def test_the_day_of_a_dateline_that_names_its_year():
    lead = f"MINSK, November 3, 2007 (Interfax) - {LEAD}"
    dateline = "MINSK, November 3, 2007 (Interfax)"
    fields = {"date": "2007-11-03", "dateline": dateline, "source_url": None}
    clipping = check([TITLE, lead, SECOND], [lead, SECOND], path="", **fields)
    assert (clipping.fields["date"].basis, clipping.fields["date"].precision) == ("dateline", "day")


DATES = {
    "02-11-2007": "2007-11-02",
    "2007/11/02": "2007-11-02",
    "2nd November 2007": "2007-11-02",
    "November 2nd, 2007": "2007-11-02",
    "Posted on Fri, Apr. 22, 2005": "2005-04-22",
    "November 2, 2007 at 2:26 PM": "2007-11-02",
    "April 21, 2005 - 2:26 PM": "2005-04-21",
    "Friday, 22 April, 2005, 15:14 GMT 16:14 UK": "2005-04-22",
    "2007-11-02T14:35:00Z": "2007-11-02",
    "Thursday April 21, 3:01 PM, 2005": "2005-04-21",
    "02/11/2007 14:35": "2007-11-02",
    "Last Updated: Friday, 22 April, 2005, 15:14 GMT 16:14 UK": "2005-04-22",
}


@pytest.mark.parametrize(("printed", "day"), DATES.items())
def test_dates_as_printed(printed, day):
    check([*FULL[:2], printed, TITLE, LEAD, SECOND, *TAIL], [LEAD, SECOND], date=day)


TITLES = [
    *(
        "Will NATO come to Minsk?",
        "'We will not give up our shield'",
        "Shield not aimed at us -Lukashenko",
        "U.S.",
        "NATO",
    ),
    *("Russia could clear bases, says U.S.", "Talks begin // Allies at odds", "From Minsk with love", "12/12/2008"),
    *(
        "Iran will send engineers to Belarus.",
        "to boost military ties",
        "Summit of 12/12/2008 fails",
        "By hook or by crook",
    ),
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("outlet", [None, "Harbor Gazette"])
def test_titles(title, outlet):
    lines = [*FULL, title, *([outlet] if outlet else []), LEAD, SECOND, *TAIL]
    check(lines, [LEAD, SECOND], title=title, publisher=outlet)


DATED = "MINSK, November 2 (RIA Novosti)"


@pytest.mark.parametrize(
    ("head", "lead", "fields"),
    [
        ([], f"{DATED} - {LEAD}", {"dateline": DATED}),
        ([], LEAD, {}),
        (["RIA Novosti"], f"{DATED} - {LEAD}", {"dateline": DATED, "publisher": "RIA Novosti"}),
    ],
)
def test_a_title_that_is_lost(head, lead, fields):
    check([*FULL, *head, lead, SECOND, *TAIL], [lead, SECOND], title=None, **fields)


STANDFIRST = "Both allies are in a hurry, but neither will say why."
FOURTH = [
    ([STANDFIRST, "Jan Novak", "02/11/2007", "Harbor Gazette"], {**JAN, "publisher": "Harbor Gazette"}),
    (["Jan Novak", "02/11/2007", "Harbor Gazette"], {**JAN, "publisher": "Harbor Gazette"}),
    ([STANDFIRST, "Jan Novak | Minsk | 12/12/2010"], JAN),
    ([STANDFIRST, "By Jan Novak", "Harbor Gazette"], {**JAN, "publisher": "Harbor Gazette"}),
    ([STANDFIRST, "02/11/2007", "Harbor Gazette"], {"publisher": "Harbor Gazette"}),
    (["Harbor Gazette"], {"publisher": "Harbor Gazette"}),
    ([], {}),
]


@pytest.mark.parametrize(("head", "fields"), FOURTH, ids=lambda part: " / ".join(part))
def test_pages_that_begin_with_their_date(head, fields):
    clipping = check(["02/11/2007", TITLE, *head, LEAD, SECOND, *TAIL], [LEAD, SECOND], **fields)
    assert clipping.form == "F4"


THIRD = [
    ([], ["Source:", URL, "Partners:", "Face.by"], {}),
    ([], ["Source:", "Archive"], {"source_url": None}),
    ([], ["Source:", "Partners:", "Fa"], {"source_url": None}),
    (["RIA Novosti"], ["Source:", URL, "Archive"], {"publisher": "RIA Novosti"}),
    (["By VOA News"], ["Source:", URL, "Archive"], {"publisher": "VOA News"}),
    (["By Jan Novak"], ["Source:", URL], JAN),
]


@pytest.mark.parametrize(("head", "tail", "fields"), THIRD, ids=lambda part: " / ".join(part))
@pytest.mark.parametrize("gap", ["\n", "\r\n"])
def test_pages_of_single_line_ends(head, tail, fields, gap):
    lines = ["DATE: 02/11/2007", *head, LEAD, SECOND, *tail]
    clipping = check(lines, [LEAD, SECOND], gap=gap, title=None, **fields)
    assert clipping.form == "F3"


TAILS = [
    *(
        [],
        ["Google"],
        ["Archive"],
        ["Partners:"],
        ["Partners: Social Network"],
        ["Partners:", "Fac"],
        ["Partners:", "F"],
    ),
    *(["Google", "Share |", "Partners:", "Face.by"], ["G"], ["Partn"], ["Partners: Soc"], ["Google", "P"], ["google"]),
    *(["Google ", "Partners:\0"], ["Share"], ["Partners", "Face.by"]),
]


@pytest.mark.parametrize("tail", TAILS, ids=str)
@pytest.mark.parametrize("url", [URL, None])
def test_what_the_site_adds_whole_or_cut(tail, url):
    clipping = check(
        [*FULL, TITLE, LEAD, SECOND, "Source:", *([url] if url else []), *tail], [LEAD, SECOND], source_url=url
    )
    found = [block.of(clipping.text) for block in clipping.blocks if block.kind == "furniture"]
    assert found == [line.strip("\0 ") for line in tail]


OUTLETS, BYLINES = (None, "Harbor Gazette", "BBC"), (None, "By Jan Novak", "Jan Novak", "From Jan Novak in Kiev")
LEADS = (None, "MINSK, November 2 (RIA Novosti) - ", "Nov. 2 (Bloomberg) -- ", "MINSK  ")
STARTS, GAPS = {"F1": (*FULL, TITLE), "F2": (TITLE,)}, ("\n\n", "\r\n", "\n \n")
USUAL = ("F1", OUTLETS[1], BYLINES[1], LEADS[1], GAPS[0])
# Pages that differ from the usual one in at most two parts.
PAGES = [
    page
    for page in product(STARTS, OUTLETS, BYLINES, LEADS, GAPS)
    if sum(part != usual for part, usual in zip(page, USUAL, strict=True)) <= 2
]


@pytest.mark.parametrize(("form", "outlet", "byline", "lead", "gap"), PAGES)
def test_everything_together(form, outlet, byline, lead, gap):
    head = [line for line in (outlet, byline) if line]
    first = (lead or "") + LEAD
    is_dated = form == "F1" or (lead and "Nov" in lead)
    check(
        [*STARTS[form], *head, first, SECOND, "Source:", URL, "Partners:", "Fac"],
        [first, SECOND],
        gap=gap,
        publisher=outlet,
        byline="Jan Novak" if byline else None,
        dateline=lead and lead.rstrip(" -"),
        date="2007-11-02" if is_dated else "2007-11",
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Minsk was quiet.", None),
        ('"We wait," said Anna Petrova.', None),
        ('He asked: "Who waits?"', None),
        ("Minsk stays quiet", "Minsk stays quiet"),
        ("Minsk was quiet.\n\nNobody came to the square, and the talks went on.", "Minsk was quiet."),
    ],
)
def test_a_sentence_alone_is_a_text_and_no_headline(text, title):
    """As a row of a table or a message is: as a headline it would have no quotation and no date."""
    (clipping,) = cl.parse(text)
    assert clipping.title == title
    assert clipping.body.start < clipping.body.end or title == text
