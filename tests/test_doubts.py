"""What a page leaves open is told: a line that may be the headline, an outlet by its look, items in one text."""

import pytest

import clippings as cl

LEAD = "Talks began in the capital, where both sides were said to be close to an agreement on that day."
SECOND = "Nobody would say how long they will go on, and the interpreters had left on the night train."


def told(*lines: str) -> list[str]:
    found = cl.parse("\n\n".join(lines))
    return [one.message for one in found[0].diagnostics if one.code in ("CLP215", "CLP216")]


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        (("Prague Watch", "2 November 2007", "Ferry Delayed Again", LEAD, SECOND), "Ferry Delayed Again"),
        (("Oil and gas", "Ferry delayed", "2 November 2007", LEAD, SECOND), "Ferry delayed"),
        (("Harbor", "Ferry delayed", "2 November 2007", LEAD, SECOND), "Harbor"),
        (("2 November 2007", LEAD, "Ferry delayed", SECOND), "Ferry delayed"),
        (("DATE:", "02/11/2007", "Ferry delayed again", LEAD, SECOND), "Ferry delayed again"),
        (("DATE:", "02/11/2007", "Ferry delayed again.", LEAD, SECOND), None),
        (("DATE:", "02/11/2007", "(Ferry delayed again)", LEAD, SECOND), None),
        (("DATE:", "02/11/2007", "Who delayed the ferry?", LEAD, SECOND), "Who delayed the ferry?"),
        (("DATE:", "02/11/2007", "(Who delayed the ferry?)", LEAD, SECOND), None),
        (("DATE:", "02/11/2007", "1) Ferry delayed again", LEAD, SECOND), None),
        (("DATE:", "02/11/2007", f"{'Ferry delayed again ' * 5}n of winter", LEAD), None),
        (
            ("DATE:", "02/11/2007", f"{'Ferry delayed again ' * 5}of winter", LEAD),
            f"{'Ferry delayed again ' * 5}of winter",
        ),
        (("Ferry delayed", "2 November 2007", LEAD, SECOND), None),
        (("Opinion", "Ferry delayed", "2 November 2007", LEAD, SECOND), None),
    ],
)
def test_a_line_that_may_be_the_headline(lines, printed):
    assert [message.split("'")[1] for message in told(*lines)] == ([printed] if printed else [])


@pytest.mark.parametrize(
    ("outlet", "is_open"),
    [("Nemanbote", True), ("Neman Herald", False), ("Reuters", False), ("neman.example", False)],
)
def test_an_outlet_that_only_its_look_tells(outlet, is_open):
    assert bool(told(f"{outlet} | 2 November 2007", "Ferry delayed again", LEAD, SECOND)) == is_open


@pytest.mark.parametrize(
    ("lines", "is_open"),
    [
        (("Ola Bergstrand | 2 November 2007",), True),
        (("By Ola Bergstrand | 2 November 2007",), False),
        (("Ola Bergstrand", "2 November 2007"), False),
        (("Ola Bergstrand | 2 November 2007", "Neman Herald"), False),
    ],
)
def test_a_name_beside_the_date_may_be_the_outlet(lines, is_open):
    assert (
        "'Ola Bergstrand' may be the outlet, and is read as the author" in told("Talks begin", *lines, LEAD)
    ) == is_open


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ("Harbor Blick", "2 November 2007", "Ferry delayed"),
            "'Harbor Blick' may be the outlet, and is read as the author",
        ),
        (
            ("Ferry delayed", "2 November 2007", "Union Demands Pay for Harvest"),
            "'Union Demands Pay for Harvest' may be no author, and is read as the author",
        ),
        (("Ferry delayed", "2 November 2007", "Jan Novak"), None),
        (
            ("Harbor Herald", "Gas Wars", "2 November 2007", "Ferry delayed"),
            "'Gas Wars' may be no author, and is read as the author",
        ),
        (
            ("Ferry delayed", "2 November 2007", "Jan Novak", "Port Lida"),
            "'Port Lida' may be no author, and is read as the author",
        ),
        (("Ferry delayed", "2 November 2007", "Jan Novak", "and Anna Lind"), None),
        (("Ferry delayed", "2 November 2007", "By Jan Peter Novak"), None),
        (
            ("Interview", "Waiting", "Jan Novak talks to Anna Lind"),
            "'Interview' may be a heading, and is read as the headline",
        ),
    ],
)
def test_a_name_or_heading_that_may_be_none(lines, message):
    assert [one for one in told(*lines, LEAD, SECOND) if "first line" not in one] == ([message] if message else [])


@pytest.mark.parametrize(("name", "is_open"), [("London", True), ("Interfax", False)])
def test_a_word_behind_the_text_may_be_a_place(name, is_open):
    assert bool(told("Ferry delayed", LEAD, SECOND, name)) == is_open


def test_numbered_headlines_in_capitals_part_a_digest():
    text = ("2 November 2007", "1. NORLAND: FERRY DELAYED", LEAD, "2. SORIA: MINISTER RESIGNS", SECOND)
    items = cl.parse("\n\n".join(text))
    assert [item.body.of(item.text) for item in items] == [f"{text[1]}\n\n{LEAD}", f"{text[3]}\n\n{SECOND}"]
    assert (items[0].title, told(*text)) == (None, [])


def test_other_numbered_headlines_are_told():
    text = ("Ferries", "2 November 2007", "1. Norland waits", LEAD, "2. Soria does not", SECOND)
    (one,) = told(*text)
    assert len(cl.parse("\n\n".join(text))) == 1
    assert one.startswith("the text may hold 2 items, the second from '2. Soria does not'")


@pytest.mark.parametrize("second", ["3. Soria does not", "2. Soria does not wait.", "Soria does not"])
def test_numbers_that_part_no_text(second):
    assert told("Ferries", "2 November 2007", "1. Norland waits", LEAD, second, SECOND) == []


def test_a_quoted_mail_is_read_without_its_marks():
    text = f"> From: Jan Novak\n> Date: 4 June 2008\n> Subject: Ferry delayed\n>\n> {LEAD}\n>\n> {SECOND}\n"
    (clipping,) = cl.parse(text)
    assert [clipping.value(name) for name in ("title", "byline", "date")] == [
        "Ferry delayed",
        "Jan Novak",
        "2008-06-04",
    ]
    assert clipping.body.of(text) == f"{LEAD}\n>\n> {SECOND}"
    assert [one.message for one in clipping.diagnostics if one.code == "CLP410"] == [
        "7 lines begin with >, as a mail program quotes; they are read without it"
    ]


@pytest.mark.parametrize(("quoted", "plain", "is_told"), [(3, 2, True), (3, 3, False), (2, 1, False)])
def test_marks_before_most_lines_are_quoting(quoted, plain, is_told):
    (clipping,) = cl.parse("\n".join([*["They met."] * plain, *["> They met."] * quoted]))
    assert ("CLP410" in [one.code for one in clipping.diagnostics]) == is_told


def test_a_name_over_two_quoted_lines_is_found():
    text = "> Talks begin\n>\n> The envoys of North\n> Korea said so on Monday, and the envoys of\n> Poland did not.\n"
    (page,) = cl.Corpus(cl.parse(text)).annotate()
    assert [text[one.start : one.end] for one in page.mentions] == ["North\n> Korea", "Poland"]


def mail(number: int) -> str:
    head = f"From: Jan Novak <jan@harbor.example>\nSubject: Ferry {number}\nDate: Mon, {number} Jan 2007 10:00:00 +0200"
    return f"From jan@harbor.example Mon Jan  {number} 10:00:00 2007\n{head}\n\n{LEAD}\n\n"


@pytest.mark.parametrize(
    ("text", "titles"),
    [(mail(8) + mail(9), ["Ferry 8", "Ferry 9"]), (f"From Minsk in 2007\n\n{LEAD}", ["From Minsk in 2007"])],
)
def test_a_mailbox_goes_by_any_name(tmp_path, text, titles):
    (tmp_path / "box.txt").write_text(text)
    assert [clipping.title for clipping in cl.read(tmp_path)] == titles


@pytest.mark.parametrize("line", ["The long wait", "A Long Wait"])
def test_a_line_below_the_date_that_is_no_name_stays_in_the_text(line):
    clipping = cl.parse("\n\n".join(["Ferry delayed again", "2 November 2007", line, LEAD, SECOND]))[0]
    assert (clipping.outlet, clipping.body.of(clipping.text).startswith(line)) == (None, True)


@pytest.mark.parametrize(
    ("line", "may"),
    [
        *(("By Jan Novak", "the author"), ("3 November 2007", "the date"), ("Reuters", "the outlet")),
        *(("By the river", None), ("In November 2007", None), ("Harbor", None)),
    ],
)
def test_a_line_of_the_head_within_the_text_is_told(line, may):
    text = ["BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Ferry delayed", LEAD, line, SECOND]
    assert told(*text) == ([f"{line!r} may be {may}, and is read as a line of the text"] if may else [])
    assert told(*text[:5], LEAD, SECOND, line, SECOND) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("To the north", "'To the north' may be of the head, and is read as the first line of the text"),
        ("Javrno", "'Javrno' may be no outlet, and is read as the outlet"),
        *(
            ("Harborpost", None),
            ("Reuters", None),
            ("The Javrno", None),
            ("MINSK (Interfax)", None),
            ("They met.", None),
        ),
    ],
)
def test_a_short_line_below_the_head_of_the_archive_is_told(line, message):
    source = ["Source:", "http://www.harborpost.example/1.html"]
    lines = told("BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Ferry delayed", line, LEAD, SECOND, *source)
    assert lines == ([message] if message else [])


@pytest.mark.parametrize(
    ("line", "is_open"),
    [
        ("By Jan Novak, Sao Paulo", True),
        ("By Jan Novak and Anna Lind", False),
        ("By Jan Novak, Brest", False),
        ("By Jan Novak, AP Writer", False),
    ],
)
def test_a_name_behind_a_comma_may_be_a_place(line, is_open):
    message = "'Sao Paulo' may be a place, and is read as an author"
    assert told("Ferry delayed", line, "2 November 2007", LEAD, SECOND) == ([message] if is_open else [])


HEAD = ("Harbor Courier", "2 November 2007", "Talks begin", LEAD, SECOND, LEAD, SECOND)


@pytest.mark.parametrize(
    ("lines", "is_open"),
    [
        (("The Harbor Herald", "3 November 2007", "Ferry delayed again", LEAD), True),
        (("Ferry delayed again", "By Ola Bergstrand", "3 November 2007", LEAD), True),
        (("Record: 2", "Title: Ferry delayed", "Authors: Bergstrand, Ola", LEAD), True),
        (("Title: Ferry delayed", LEAD, "Authors: Bergstrand, Ola", SECOND), False),
        (("3 November 2007", LEAD), False),
        (("By Ola Bergstrand", "The Harbor Herald"), False),
        (("The Harbor Herald", LEAD, "3 November 2007", SECOND), False),
    ],
)
def test_an_article_behind_the_text_is_told(lines, is_open):
    found = told(*HEAD, *lines)
    assert any("another article" in message for message in found) == is_open
