"""Damage of texts is told with line and count; invisible characters hide no name, and offsets stay true."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.model import Span
from clippings.reading import damage
from clippings.text import invisible

PAGE = (
    "DATE:\n\n02/11/2007\n\nTalks in Minsk\n\nVladimir Putin met Alexander Lukashenko in Minsk on Tuesday.\n\n"
    '"We wait," said Anna Petrova, a minister of Belarus. The INF treaty was not discussed.\n'
)


def of(text: str) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in damage.diagnose(text)]


@pytest.mark.parametrize(
    ("text", "code", "count"),
    [
        ("A l\ufffdtter and anoth\ufffdr.", "CLP402", 2),
        ("said: ??????????? ? ??????, ??????", "CLP402", None),
        ("Rados?aw came to Krak?w with Wa??sa.", "CLP402", 3),
        ("They didnâ€™t wait.", "CLP403", 1),
        ("â€œIt is late,â€ he said.", "CLP403", 2),
        ("Wa³êsa met Micha³owski", "CLP403", 2),
        ("â€œWe wait,â€\x9d he said.", "CLP403", 2),
        ("A cafÃ© in LiÃ¨ge.", "CLP403", 2),
        ("50Â° and 10Â£", "CLP403", 2),
        ("ÐœÐ¸Ð½ÑÐº", "CLP403", None),
        ("Ìèíèñòð ñêàçàë, ÷òî", "CLP403", 2),
        ("íÉÎÉÓÔÒ ÓËÁÚÁÌ", "CLP403", 2),
        ("They didn‚Äôt wait in Minsk‚Ä¶", "CLP403", 2),
        ("They didnвЂ™t wait", "CLP403", 1),
        ("РњРёРЅСЃРє", "CLP403", 1),
        ("Bia\u00c5\u201aystok", "CLP403", 1),
        ("don\u00e2\u0080\u0099t", "CLP403", 1),
        ("Vladi\u00admir Pu\u200btin", "CLP404", 2),
        ("A word\u2060joined, \ufeffand a mark", "CLP404", 2),
        ("be\u200cfore", "CLP404", 1),
        ("Bread &amp; butter, &quot;he&quot; said", "CLP405", 3),
        ("a dash &#8212; and &#x2019;", "CLP405", 2),
        ("caf&eacute;", "CLP405", 1),
    ],
)
def test_damage_is_told(text, code, count):
    (told,) = damage.diagnose(f"Minsk\nwas quiet.\n{text}\n", "a.txt")
    assert (told.code, told.file, told.line) == (code, "a.txt", 3)
    if count:
        assert int(re.search(r"\d+", told.message)[0]) == count


@pytest.mark.parametrize(
    "text",
    [
        "Élan, Malmö, Ångström, São Paulo, Ñandú, “quoted” – dashed… and don’t",
        "MANHÃ, CORAÇÃO, CÔTE D’ÂGE",
        "Éàù, ÀÉÈ, ýð and Þór",
        "What??? Why?? (?155) ??? and so on",
        "Who?he asked. Why?Because. What??and so on. So?it is. www.example.org/Page?id and Page?id=3",
        "5 m³ of gas, 2¹ and ¿Qué?",
        "СССР, РСФСР, Россия и Сирия",
        "‚Ärger‘ is German",
        "Â, Ã and Ä are letters",
        "рус: «Минск» и “Брест”",
        "«À la carte» – Ça va",
        "R&D; AT&T; Q&A: what; a & b; &c.",
        "www.example.org/a?b=1&copy=2",
        "می‌خواهم",
        "👩‍👩‍👧 met",
        "",
        PAGE,
    ],
)
def test_what_is_sound_is_not_called_damage(text):
    assert damage.diagnose(text) == ()


@pytest.mark.parametrize(
    ("printed", "letters"),
    [
        ("â€™", "’"),
        ("Ã©", "é"),
        ("‚Äô", "’"),
        ("вЂ™", "’"),
        ("РњРёРЅСЃРє", "Минск"),
        ("Ìèíñê", "Минск"),
        ("íÉÎÓË", "Минск"),
        ("ìèíñê", "минск"),
        ("³", "ł"),
        ("â€", "”"),
        ("é", None),
        ("Ão", None),
    ],
)
def test_what_was_meant(printed, letters):
    assert damage.meant(printed) == letters


def test_a_page_tells_each_kind_once_with_its_first_line():
    page = "Title\n\nThe l\ufffdss.\n\nThey didnâ€™t. They donâ€™t.\n\nA&nbsp;B\n"
    assert of(page) == [("CLP402", 3), ("CLP403", 5), ("CLP405", 7)]
    codes = [one.code for one in cl.parse(page)[0].diagnostics]
    assert [code for code in codes if code.startswith("CLP40")] == ["CLP402", "CLP403", "CLP405"]


def broken(text: str, mark: str = "\u00ad") -> str:
    """A mark within every longer word."""
    return re.sub(r"(\w{3})(?=\w{2})", rf"\1{mark}", text)


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u200d", "\u00ad\u200b"])
def test_invisible_characters_hide_nothing_and_offsets_are_true(mark):
    page = PAGE[: PAGE.index("Talks")] + broken(PAGE[PAGE.index("Talks") :], mark)
    plain, marked = (cl.Corpus(cl.parse(text)).annotate() for text in (PAGE, page))
    assert marked[0].clipping.render() == page
    for name in ("sentences", "quotes", "mentions", "dates", "themes", "errata"):
        ours, theirs = getattr(plain, name), getattr(marked, name)
        assert len(ours) == len(theirs) > (0 if name != "errata" else -1)
        columns = [
            c
            for c in ours.columns
            if not c.endswith(("start", "end"))
            and c not in ("id", "text", "source", "cue", "evidence", "evidence_places")
        ]
        assert ours[columns].equals(theirs[columns]), name
        for frame, text in ((ours, PAGE), (theirs, page)):
            shown = [text[s:e] for s, e in zip(frame["start"], frame["end"], strict=True)]
            assert shown == frame["text" if "text" in frame else "printed"].tolist()
        visible = [invisible.INVISIBLE.sub("", words) for words in theirs["text" if "text" in theirs else "printed"]]
        assert visible == ours["text" if "text" in ours else "printed"].tolist()
    (putin,) = [m for m in marked[0].mentions if m.id == "Vladimir Putin"]
    assert page[putin.start : putin.end] == broken("Vladimir Putin", mark)


@pytest.mark.parametrize("field", ["title", "date", "publisher", "byline", "dateline", "source_url", "outlet"])
def test_fields_are_read_by_what_is_visible(field):
    page = (
        "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nTalks in Minsk\n\nGazeta.kz\n\nBy Anna Petrova\n\n"
        "MINSK, November 2 (Interfax) - They met on Tuesday.\n\nSource:\n\nhttp://www.example.org/talks\n"
    )
    plain, marked = cl.parse(page)[0], cl.parse("\ufeff" + re.sub(r"(\S\S)(?=\S)", "\\1\u200b", page))[0]
    assert marked.value(field) == plain.value(field) is not None
    span = marked.fields[field].span
    assert invisible.INVISIBLE.sub("", span.of(marked.text)) == plain.fields[field].span.of(page)
    assert [block.kind for block in marked.blocks] == [block.kind for block in plain.blocks]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("The mis-\nsile", "The missile"),
        ("Lukash-\r\nenko", "Lukashenko"),
        ("Lukash\u2010\nenko", "Lukashenko"),
        ("Vladi\u00ad\nmir", "Vladimir"),
        ("Lukash- \nenko", "Lukashenko"),
        ("Mins-\nker", "Minsker"),
        ("anti-\nmissile", "anti-missile"),
        ("Anti-\nmissile", "Anti-missile"),
        ("Russian-\nled", "Russian-led"),
        ("Russian-\nledger", "Russianledger"),
        ("pro-\nRussian", None),
        ("Minsk -\nstan", None),
        ("Minsk--\nstan", None),
        ("Minsk-\n\nstan", None),
        ("the 50-\nyear plan", None),
        ("AFP-\nled", None),
        ("www.example.org/long-\npath", None),
        ("long-\npath/more", None),
        ("Minsk-stan", None),
    ],
)
def test_words_cut_at_the_end_of_a_line(text, seen):
    view = invisible.visible(text, joined=True)
    assert (view.text if view else None) == seen
    if "\u00ad" not in text:
        assert invisible.visible(text) is None


def test_a_cut_word_is_found_whole_in_one_paragraph():
    body = "The mis-\nsile shield of Kazakh-\nstan was on the table.\nVladimir Pu-\ntin was quiet.\n"
    page = f"DATE:\n\n02/11/2007\n\n{body}"
    (annotated,) = cl.Corpus(cl.parse(page)).annotate()
    assert [block.of(page) for block in annotated.clipping.paragraphs] == [
        "The mis-\nsile shield of Kazakh-\nstan was on the table.",
        "Vladimir Pu-\ntin was quiet.",
    ]
    found = {mention.id: page[mention.start : mention.end] for mention in annotated.mentions}
    assert found["KZ"] == "Kazakh-\nstan"
    assert found["Vladimir Putin"] == "Vladimir Pu-\ntin"
    assert annotated.clipping.render() == page


LETTERS = st.text(alphabet="ab -\n\u00ad\u200b\ufeffé", max_size=40)


@settings(max_examples=200, deadline=None)
@given(text=LETTERS, data=st.data())
def test_places_in_the_visible_text_and_back(text, data):
    view = invisible.visible(text)
    if view is None:
        assert not invisible.INVISIBLE.search(text)
        return
    assert view.text == invisible.INVISIBLE.sub("", text)
    start = data.draw(st.integers(0, len(view.text)))
    span = Span(start, data.draw(st.integers(start, len(view.text))))
    exact, whole = view.exact(span), view.whole(span)
    assert invisible.INVISIBLE.sub("", exact.of(text)) == span.of(view.text)
    assert invisible.INVISIBLE.sub("", whole.of(text)) == span.of(view.text)
    assert view.seen(exact) == view.seen(whole) == span or span.start == span.end
    if exact.start < exact.end:
        assert not invisible.INVISIBLE.match(text[exact.start])
        assert not invisible.INVISIBLE.match(text[exact.end - 1])


@settings(max_examples=100, deadline=None)
@given(text=LETTERS)
def test_a_page_of_any_such_text_renders_and_is_annotated(text):
    for layout in ("auto", "plain"):
        (page,) = cl.Corpus(cl.parse(text, layout=layout)).annotate()
        assert page.clipping.render() == text


def test_an_ordinary_page_is_annotated_as_it_is(monkeypatch):
    monkeypatch.setattr(invisible, "Visible", lambda *_: pytest.fail("it was copied"))
    assert cl.Corpus(cl.parse(PAGE.replace("Minsk", "Mińsk"))).annotate()[0].quotes
