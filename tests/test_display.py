"""The page of a clipping: exact text, safe and well-formed HTML, honest marks, legible colours."""

import re
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clippings.display.marks import Mark
from clippings.display.pages import Page, page_html, summary_html

LAYERS = ["quote", "theme", "country", "person", "treaty", "date", "erratum", "paragraph", "a <new> layer"]
HOSTILE = '<script>alert("1")</script>&amp;\' \x00\x07\x7f\x85\ud800\udfff é\u202e𝄞\r\r\n\n\n\t </div><!--]]>'

texts = st.text(st.sampled_from(HOSTILE + "abc   \n\n\n") | st.characters(categories=["L", "M", "P", "Z", "Cc", "Cs"]))


@st.composite
def pages(draw):
    text = draw(texts)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    made = st.builds(lambda span, layer, label: Mark(*span, layer, label), places, st.sampled_from(LAYERS), texts)
    edges = sorted(draw(st.sets(st.integers(0, len(text)))))
    kinds = st.sampled_from(["title", "blank", "source_url", "", "</style>"])
    blocks = [(start, end, draw(kinds)) for start, end in pairwise(edges)]
    return text, draw(st.lists(made, max_size=12)), draw(st.none() | st.just(blocks))


class Reader(HTMLParser):
    """Checks that tags balance, and keeps the characters of the text with the classes around each."""

    def __init__(self, html):
        super().__init__()
        self.open, self.text, self.classes, self.tags, self.attributes = [], "", [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append(dict(attrs))
        if tag != "br":
            self.open.append((tag, (dict(attrs).get("class") or "").split()))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        around = {name for _, names in self.open for name in names}
        if "cp-text" in around:
            self.text += data
            self.classes += [around] * len(data)


def shown(character):
    """Return what the page shows for a character, as its documentation says."""
    code = ord(character)
    if code < 0x20 and character not in "\t\n\r":
        return chr(0x2400 + code)
    if 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    return "\u2421" if code == 0x7F else character


def page(text, marks=(), **more):
    return page_html(text, marks, title="A page", **more)


def without_script(html):
    """Return a page less its own script, which is the same on every page with marks and on no other."""
    script = page("x", [Mark(0, 1, "quote", "")]).partition("<script>")[2].partition("</script>")[0]
    return html.replace(f"<script>{script}</script>", "")


def body(html):
    return html[html.index('<div class="cp-text') :]


@settings(deadline=None)
@given(pages())
def test_text_content_is_the_source_and_tags_balance(made):
    text, marks, blocks = made
    html = page(text, marks, blocks=blocks)
    assert Reader(html).text == "".join(map(shown, text))
    assert html == page(text, marks, blocks=blocks)
    html.encode("utf-8")


@settings(deadline=None)
@given(pages())
def test_every_character_carries_the_layers_over_it(made):
    text, marks, blocks = made
    classes = Reader(page(text, marks, blocks=blocks)).classes
    for place, around in enumerate(classes):
        if "cp-gap" not in around:
            over = {"l-" + re.sub(r"[^a-z_]+", "-", m.layer) for m in marks if m.start <= place < m.end}
            assert {name for name in around if name.startswith("l-")} == over


@settings(deadline=None)
@given(pages())
def test_gaps_hold_only_blank_lines(made):
    text, marks, blocks = made
    reader = Reader(page(text, marks, blocks=blocks))
    gaps = "".join(c for c, around in zip(reader.text, reader.classes, strict=True) if "cp-gap" in around)
    assert gaps.strip(" \t\r\n") == ""


@settings(deadline=None)
@given(pages(), texts, texts)
def test_nothing_of_the_source_becomes_markup(made, title, fact):
    text, marks, blocks = made
    html = without_script(page_html(text, marks, title=title, facts=[(fact, fact)], blocks=blocks))
    reader = Reader(html)
    assert set(reader.tags) <= {
        *("div", "style", "p", "dl", "dt", "dd", "ul", "ol", "li", "span", "details", "summary", "br")
    }
    assert {name for found in reader.attributes for name in found} <= {
        *("class", "title", "aria-label", "hidden", "data-tag", "data-kind"),
        *("data-start", "data-end", "data-layer", "data-as", "data-sign"),
    }
    # Parsers turn raw carriage returns into line feeds; none may be left to them.
    assert "\r" not in html


def test_hostile_strings_are_safe_everywhere():
    marks = [Mark(0, 9, "quote", HOSTILE, HOSTILE), Mark(3, 12, HOSTILE, HOSTILE), Mark(0, 4, "erratum", HOSTILE)]
    drawn = page_html(HOSTILE, marks, title=HOSTILE, facts=[(HOSTILE, HOSTILE)], blocks=[(0, 5, HOSTILE)])
    html = without_script(drawn)
    reader = Reader(html)
    assert not {"script", "!--"} & set(reader.tags)
    assert reader.text == "".join(map(shown, HOSTILE))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", html)


def test_overlapping_marks_cut_the_text_and_keep_every_label():
    html = body(page("abcdef", [Mark(0, 4, "quote", "one"), Mark(2, 6, "country", "two")]))
    assert '<span class="cp-m l-quote" title="one">ab</span>' in html
    assert '<span class="cp-m l-quote l-country" title="one&#10;two">cd</span>' in html
    assert '<span class="cp-m l-country" title="two">ef</span>' in html


def test_equal_marks_are_both_told():
    html = page("abc", [Mark(0, 3, "country", "RU"), Mark(0, 3, "country", "RU")])
    assert 'title="RU&#10;RU">abc</span>' in html
    assert 'country</span> <span class="cp-n">2</span>' in html


def test_order_of_marks_does_not_matter():
    marks = [Mark(0, 4, "quote", "one"), Mark(2, 6, "country", "two"), Mark(0, 4, "theme", "three")]
    assert page("abcdef", marks) == page("abcdef", marks[::-1])


def test_a_mark_may_run_over_paragraphs():
    html = body(page("ab\n\ncd", [Mark(0, 6, "capital", "x")]))
    span = '<span class="cp-m l-capital" title="x">'
    tag = '<span class="cp-t cp-m" data-tag="cap"></span>'
    assert html.startswith(
        f'<div class="cp-text"><div class="cp-b">{span}ab</span></div><div class="cp-gap">\n\n</div>'
        f'<div class="cp-b">{span}cd</span>{tag}</div></div>'
    )


def test_a_tag_stands_after_the_words_of_a_mark_that_ends_in_blank_lines():
    html = body(page("ab\n\ncd", [Mark(0, 3, "capital", "x")]))
    assert 'ab</span><span class="cp-t cp-m" data-tag="cap"></span></div><div class="cp-gap">' in html


def test_a_mark_of_blank_lines_only_is_listed_but_not_drawn():
    html = page("ab\n\ncd", [Mark(2, 4, "capital", "x")])
    assert '<div class="cp-b">ab</div><div class="cp-gap">\n\n</div><div class="cp-b">cd</div>' in html
    assert "Marks in reading order: 1" in html


def test_marks_without_width_are_left_out():
    assert page("abc", [Mark(1, 1, "quote", "x")]) == page("abc")
    assert "cp-legend" not in body(page("abc"))


def test_empty_text():
    html = page("")
    assert Reader(html).text == ""
    assert '<div class="cp-text"></div>' in html
    with pytest.raises(ValueError, match="0 characters"):
        page("", [Mark(0, 1, "quote", "x")])


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 4), (2, 1), (4, 4), (-3, -1)])
def test_a_mark_outside_the_text_is_refused_by_name(start, end):
    with pytest.raises(ValueError, match=re.escape(f"Mark(start={start}, end={end}, layer='quote', label='x',")):
        page("abc", [Mark(start, end, "quote", "x")])


@pytest.mark.parametrize("blocks", [[(0, 4, "title")], [(0, 2, "title"), (1, 3, "x")], [(2, 1, "title")]])
def test_blocks_that_overlap_or_leave_the_text_are_refused(blocks):
    with pytest.raises(ValueError, match="overlaps another or leaves the 3 characters"):
        page("abc", blocks=blocks)


def test_blocks_are_set_by_kind_and_named_once():
    html = body(page("Title\n\nrest\n\nmore", blocks=[(0, 7, "title"), (7, 17, "source_url")]))
    assert '<div class="cp-b k-title" data-kind="title">Title</div>' in html
    assert '<div class="cp-b k-source_url" data-kind="source url">rest</div>' in html
    assert '<div class="cp-b k-source_url">more</div>' in html


def test_paragraphs_are_not_named():
    assert "data-kind" not in body(page("abc", blocks=[(0, 3, "paragraph")]))


def test_the_indent_of_a_line_is_kept():
    assert '<div class="cp-gap">\n\n</div><div class="cp-b">  cd</div>' in page("ab\n\n  cd")


def test_single_line_ends_stay_in_their_paragraph():
    assert '<div class="cp-b">ab\ncd</div>' in page("ab\ncd")
    assert '<div class="cp-b">ab&#13;\ncd</div>' in page("ab\r\ncd")
    assert '<div class="cp-b">ab&#13;<br>cd</div>' in page("ab\rcd")


def test_the_expected_reading_stands_in_the_page_and_in_the_list():
    html = page("Mink", [Mark(0, 4, "erratum", "Minsk")])
    assert 'title="misprint for Minsk">Mink</span><span class="cp-t cp-m" data-tag="[Minsk]"></span>' in html
    listed = (
        '<span class="cp-q">Mink</span> <span class="cp-label">misprint for Minsk</span> <span class="cp-n">0–4</span>'
    )
    assert listed in html


def test_legend_lists_the_layers_present_in_a_fixed_order():
    marks = [
        Mark(0, 1, "erratum", ""),
        Mark(0, 1, "zeppelin", ""),
        Mark(0, 1, "think_tank", "x"),
        Mark(1, 2, "quote", ""),
    ]
    html = page("abc", marks)
    legend = html[html.index("<ul") : html.index("</ul>")]
    assert re.findall(r'">([a-z ]+)</span>', legend) == ["quote", "think tank", "misprint", "zeppelin"]
    assert re.findall(r'data-tag="([^"]*)"', body(html)) == ["tt [] zeppelin"]


def test_a_tag_keeps_the_wash_it_stands_in():
    html = page("in Minsk now", [Mark(0, 12, "quote", "q"), Mark(3, 8, "capital", "BY")])
    assert '<span class="cp-t cp-m l-quote" data-tag="cap"></span>' in html


def test_deep_nesting_grows_with_the_marks_and_not_with_their_square():
    def size(count):
        return len(page("a" * (2 * count), [Mark(i, count + i + 1, "quote", "label") for i in range(count)]))

    empty = len(page(""))
    assert size(2000) - empty < 2.2 * (size(1000) - empty)


def test_labels_past_the_eighth_are_counted():
    html = page("a", [Mark(0, 1, "quote", str(number)) for number in range(10)])
    assert "7&#10;and 2 more" in html


def test_long_excerpts_are_cut():
    assert f'<span class="cp-q">{"a" * 60}…</span>' in page("a" * 90, [Mark(0, 90, "quote", "x")])


def test_one_fragment_stands_alone():
    html = page("abc", [Mark(0, 1, "quote", "x")])
    assert html.startswith('<div class="clippings-page"><style>')
    assert not re.search(r"https?:|url\(|@import|<script [^>]|fetch|import\(|<link| id=|<h[1-6]", html)
    for style in re.findall(r"<style>(.*?)</style>", html, re.DOTALL):
        rules = re.findall(r"([^{}]+)\{[^{}]*\}", style)
        assert rules
        assert all(".clippings-page" in rule for rule in rules)


def test_only_a_page_with_marks_has_a_script_and_the_page_is_whole_without_it():
    assert "<script" not in page("abc")
    html = page("abc", [Mark(0, 1, "quote", "x", "because")])
    assert html.count("<script>") == 1
    assert '<span class="cp-why">because</span>' in without_script(html)


def test_a_quiet_mark_is_listed_and_cut_out_but_not_drawn():
    html = page("abcdef", [Mark(0, 4, "theme", "t", "because", quiet=True), Mark(2, 3, "country", "BY")])
    assert (
        '<span class="cp-m">ab</span><span class="cp-m l-country" title="BY">c</span><span class="cp-m">d</span>ef'
        in html
    )
    assert '<li data-layer="theme" hidden>' in html
    assert '<li data-layer="country"><' in html
    assert '<li data-start="0" data-end="4" data-layer="theme">' in html


def test_quiet_marks_count_among_no_labels():
    marks = [Mark(0, 1, "theme", str(number), quiet=number > 7) for number in range(12)]
    html = page("a", marks)
    assert 'title="0&#10;1&#10;2&#10;3&#10;4&#10;5&#10;6&#10;7">a' in html


def test_what_marks_rest_on_is_said_once():
    marks = [Mark(0, 3, "quote", "q", "because"), Mark(1, 2, "cue", "c", "because"), Mark(2, 3, "date", "d")]
    html = page("abc", marks)
    assert html.count("because") == 1
    assert '<li data-start="1" data-end="2" data-layer="cue" data-as="0">' in html
    assert '<li data-start="2" data-end="3" data-layer="date">' in html


def test_a_listed_mark_leads_to_its_words_where_these_have_an_address():
    html = page("abc", [Mark(0, 2, "quote", "q")], anchors="p-x")
    assert '<a class="cp-q" href="#p-x-0-2">ab</a>' in html
    assert 'id="p-x-0-2"' in html


def test_summary():
    html = summary_html("A <corpus>", [("clippings", "170"), ("a & b", "")])
    assert Reader(html).text == ""
    assert "A &lt;corpus&gt;" in html
    assert "<div><dt>clippings</dt><dd>170</dd></div><div><dt>a &amp; b</dt><dd></dd></div></dl>" in html
    assert "<dl" not in summary_html("A corpus", []).split("</style>")[1]


def test_page_shows_itself():
    shown_page = Page("<p>x</p>", "clipping 1")
    assert (repr(shown_page), str(shown_page), shown_page._repr_html_()) == (
        "clipping 1",
        "clipping 1",
        "<p>x</p>",
    )


def colours(scheme):
    css = files("clippings.display").joinpath("pages.css").read_text("utf-8")
    pairs = re.findall(r"--cp-(\w+): light-dark\((#\w{6}), (#\w{6})\)", css)
    return {name: light if scheme == "light" else dark for name, light, dark in pairs}


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_lines_reach_the_contrast_of_wcag_aa_on_every_wash(scheme):
    found = colours(scheme)
    washes = ["paper", "quote", "theme", "date"]
    for ink, wash in product(["ink", "muted"], washes):
        assert contrast(found[ink], found[wash]) >= 4.5, (ink, wash)
    for line, wash in product(["place", "body", "thing", "person", "sic"], washes):
        assert contrast(found[line], found[wash]) >= 3, (line, wash)
    assert contrast(found["edge"], found["paper"]) >= 3
