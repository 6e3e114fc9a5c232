"""Reports and browsers: whole, escaped, without anything from elsewhere, and small; what they say is what was found."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

import msgspec
import pytest
from bs4 import BeautifulSoup

import clippings as cl
from clippings.cli import main
from clippings.display import charts
from clippings.model import Span
from clippings.viewing import _sections, browser
from clippings.viewing import report as reports

HOSTILE = '<script>alert(1)</script>\u202egnp.exe\x07 & "it\'s" </script><!-- ]]>'


def page(number: int, body: str, day: str = "02/11/2007", title: str = "") -> str:
    return f"BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n{day}\n\n{title or f'Talks {number}'}\n\n{body}\n"


def corpus(*texts: str, names: str = "{}.txt") -> cl.Corpus:
    found = [one for number, text in enumerate(texts) for one in cl.parse(text, path=names.format(number))]
    return cl.Corpus(found)


BODY = '"NATO will expand eastward," said Anna Petrova. Minsk waits. "We wait," said Oleg Taranin.'


@pytest.fixture(scope="module")
def annotated():
    return corpus(page(0, BODY), page(1, BODY, "15/01/2008"), page(2, "Quiet.")).annotate()


def soup(document: str) -> BeautifulSoup:
    return BeautifulSoup(document, "html.parser")


def cells(found: BeautifulSoup, caption: str) -> list[list[str]]:
    table = next(one for one in found.select("table") if caption in one.caption.get_text())
    return [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr")]


def one(report: reports.Report) -> BeautifulSoup:
    (document,) = report.files.values()
    return soup(document)


class Balance(HTMLParser):
    """Fails where tags do not balance."""

    VOID = ("meta", "br")

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(document)
        self.close()
        assert self.open == []

    def handle_startendtag(self, tag, attrs):
        """One that closes itself is balanced."""

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def check(document: str) -> None:
    """Check what holds of every document: balanced, alone, one heading, ids once, links that lead somewhere."""
    Balance(document)
    found = soup(document)
    assert not found.select("[src], link, img, object, [onclick], base, form")
    policy = found.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    script, *others = found.select("script")
    assert not others
    seal = base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
    allowed = f"script-src 'sha256-{seal}'; style-src 'unsafe-inline'"
    assert policy == f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    ids = [element["id"] for element in found.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in found.select("a[href]"):
        assert not link["href"].startswith("#") or link["href"][1:] in ids
    assert len(found.select("h1")) == 1
    assert all(table.caption.get_text() for table in found.select("table"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", document)


def test_a_report_says_what_was_read_and_found(annotated):
    (document,) = annotated.report().files.values()
    check(document)
    found = soup(document)
    assert [head.get_text() for head in found.select("h2")] == [
        *("What was read", "Timeline", "Who is quoted", "Who is quoted on which theme", "What is named"),
        *("Quotations: 4", "Pages: 3", "Diagnostics"),
    ]
    assert cells(found, "Files by what became") == [["read", ".txt", "3", "3"]]
    assert cells(found, "Speakers by number") == [["Anna Petrova", "", "2", "2"], ["Oleg Taranin", "", "2", "2"]]
    assert cells(found, "Clippings by month") == [["2007-11", "2"], ["2007-12", "0"], ["2008-01", "1"]]
    names = {row[0]: row[2:] for row in cells(found, "Names by number")}
    assert names["NATO"] == ["2", "NATO"]
    assert names["BY"] == ["2", "Minsk"]


def test_quotations_lead_to_their_words_on_the_page(annotated):
    found = one(annotated.report())
    rows = found.select("table.evidence tbody tr")
    quotes = annotated.quotes
    assert len(rows) == len(quotes)
    for row, text, speaker, rule in zip(rows, quotes["text"], quotes["speaker"], quotes["rule"], strict=True):
        assert [cell.get_text() for cell in row.select("th, td")][:2] == [text, speaker]
        assert row.select("td")[-1].get_text() == rule
        place = found.find(id=row.a["href"][1:])
        assert place.find_parent("details", class_="sheet")
        after = "".join(part for part in place.find_all_next(string=True))
        assert after.startswith(text)


def test_themes_are_counted_for_each_quotation(annotated):
    rows = cells(one(annotated.report()), "Quotations by speaker and theme")
    heads = [head.get_text() for head in one(annotated.report()).select("#themes thead th")]
    quotes, themes = annotated.quotes, annotated.themes
    wanted = {}
    for quote in quotes.itertuples():
        hits = themes[(themes["id"] == quote.id) & (themes["start"] < quote.end) & (quote.start < themes["end"])]
        for theme in set(hits["theme"]) or {"no theme"}:
            key = quote.speaker, theme.replace("_", " ")
            wanted[key] = wanted.get(key, 0) + 1
    shown = {(row[0], head): int(n) for row in rows for head, n in zip(heads[1:], row[1:], strict=True) if n != "–"}
    assert shown == wanted
    assert any(theme != "no theme" for _, theme in shown)


def test_nothing_hostile_becomes_markup():
    texts = [page(n, f'"We wait {HOSTILE} now," said Anna Petrova. {HOSTILE}', title=HOSTILE) for n in range(2)]
    found = corpus(*texts, names="<b>&{}.txt").annotate()
    for document in (*found.report().files.values(), html.unescape(srcdoc(found.browse().html))):
        check(document)
        assert "alert(1)" in soup(document).get_text()
        outside = re.sub(r'<div class="cp-text.*?</details>', "", document, flags=re.DOTALL)
        assert "\u202e" not in outside  # Only the page itself shows what turns its words.
        assert "\u202e" in document


@pytest.mark.parametrize("layers", [None, ["quotes"], ["mentions"], ["dates"], ["themes"]])
@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("",),
        ('"We wait," said Anna Petrova.',),
        (page(0, "Минск ждёт 🚀. «Мы ждём», said Олег Таранин of NATO."), page(1, "Брест.")),
    ],
    ids=["none", "empty", "no date", "Cyrillic"],
)
def test_reports_of_little_and_of_some_layers_are_whole(texts, layers):
    found = corpus(*texts, names="Минск{}.txt").annotate(layers=layers)
    for part in (found, found.corpus):
        (document,) = part.report().files.values()
        check(document)
        check(html.unescape(srcdoc(part.browse().html)))
        heads = [head["id"] for head in soup(document).select("section")]
        assert ("quotations" in heads) == ("quotes" in getattr(part, "layers", ()))
        missing = {"quotes", "mentions", "themes"} - set(getattr(part, "layers", ()))
        assert all(name in document.partition("<nav")[0].partition("Not looked for")[2] for name in missing)
        assert ("Not looked for" in document) == bool(missing)
        assert {"read", "timeline", "pages", "diagnostics"} <= set(heads)


def test_failures_copies_and_files_left_out_are_told_with_reasons(tmp_path):
    for name, data in {"a.txt": page(0, BODY), "b.txt": page(0, BODY), "empty.txt": "", "x.key": "x"}.items():
        (tmp_path / name).write_text(data, "utf-8")
    found = one(cl.read(tmp_path).annotate().report())
    told = found.select_one("#read").get_text(" ")
    assert "4 files: 2 read (2 clippings), 1 failed, 1 of kinds not read" in told
    assert cells(found, "1 file failed")[0][1:3] == ["CLP103", "the file is empty"]
    assert cells(found, "1 file not read")[0][0].endswith("x.key")
    assert cells(found, "1 page there twice")[0][1] == "CLP301"
    codes = {row[0]: int(row[2]) for row in cells(found, "Diagnostics by code")}
    assert (codes["CLP103"], codes["CLP116"], codes["CLP301"]) == (1, 1, 1)


def test_a_report_of_a_selection_says_so(annotated):
    assert "This report is on 1 of these 3 clippings." in one(annotated[:1].report()).get_text()
    assert "This report is on" not in one(annotated.report()).get_text()


def test_undated_clippings_are_counted_beside_the_timeline():
    found = one(corpus(page(0, BODY), "Nothing here has a day.").annotate(layers=["mentions"]).report())
    assert "1 of 2 clippings have no date" in found.select_one("#timeline").get_text()
    assert "No clipping has a date." in one(corpus("Nothing.").report()).get_text()


@pytest.mark.parametrize(("last", "unit"), [("01/12/2016", "month"), ("01/01/2017", "year")])
def test_long_timelines_show_years(last, unit):
    found = one(corpus(page(0, "a", "01/01/2007"), page(1, "b", last)).report())
    rows = cells(found, f"Clippings by {unit}")
    assert len(rows) == (_sections.MOST_MONTHS if unit == "month" else 11)
    assert sum(int(row[1]) for row in rows) == 2


def test_items_of_one_page_are_drawn_once():
    whole = cl.parse(page(0, BODY), path="d.txt")[0]
    half = msgspec.structs.replace(whole, item=1, body=Span(whole.body.end, whole.body.end))
    (document,) = cl.Corpus([whole, half]).annotate().report().files.values()
    check(document)
    (sheet,) = soup(document).select("details.sheet")
    assert "and 1 more" in sheet.summary.get_text()


def test_what_is_too_large_gives_up_marks_of_names_and_then_is_cut_into_parts(annotated, monkeypatch, tmp_path):
    many = corpus(
        *(page(n, f"{BODY} {'Minsk and NATO. ' * 99}", f"02/{n % 12 + 1:02}/2007") for n in range(24))
    ).annotate()
    full = len(next(iter(many.report().files.values())).encode())
    monkeypatch.setattr(reports, "MOST_BYTES", full)
    assert "l-alliance" in next(iter(many.report().files.values())).partition("id='pages'")[2]
    monkeypatch.setattr(reports, "MOST_BYTES", full - 1)
    small = next(iter(many.report().files.values()))
    assert "pages show the marks of quotations and none of names" in small
    assert len(small.encode()) < full
    assert "l-alliance" not in small.partition("id='pages'")[2]
    assert "l-quote" in small.partition("id='pages'")[2]
    monkeypatch.setattr(reports, "MOST_BYTES", len(small.encode()) - 1)
    parted = many.report()
    index, *parts = parted.files.items()
    assert len(parts) > 1
    assert parted._repr_html_() is None
    assert f"an index and {len(parts)} parts" in repr(parted)
    for document in parted.files.values():
        check(document)
    assert sum(len(soup(text).select("details.sheet")) for _, text in parts) == 24
    assert sum(len(soup(text).select("table.evidence tbody tr")) for _, text in parts) == len(many.quotes)
    assert [link["href"] for link in soup(index[1]).select("#pages a")] == [name for name, _ in parts]

    written = parted.write(tmp_path / "my report?.html")
    linked = [link["href"] for link in soup(written.read_text("utf-8")).select("#pages a")]
    assert linked[0] == "my%20report%3F_files/part-001.html"
    folder = tmp_path / "my report?_files"
    assert len(list(folder.iterdir())) == len(parts)
    back = soup((folder / "part-001.html").read_text("utf-8")).select_one("p a")["href"]
    assert back == "../my%20report%3F.html"
    annotated.report(written)
    assert "Talks 2" in written.read_text("utf-8")
    assert list(folder.iterdir()) == []  # Parts of an older report do not stay.


def test_two_thousand_pages_are_cut_into_parts_below_the_limit():
    text = page(0, BODY + " Some more words of a page." * 60)
    pages = [cl.parse(text, path=f"{number}.txt")[0] for number in range(2_000)]
    made = cl.Corpus(pages).annotate(layers=["quotes"]).report()
    index, *parts = made.files.values()
    assert len(parts) > 3
    assert all(len(part.encode()) < reports.MOST_BYTES for part in (index, *parts))
    assert sum(part.count("<details class='sheet'") for part in parts) == 2_000


def test_two_hundred_pages_are_one_file():
    pages = [
        cl.parse(page(n, f"{BODY} {'The talks in Minsk go on and on. ' * 90}"), path=f"{n}.txt")[0] for n in range(200)
    ]
    (document,) = cl.Corpus(pages).annotate().report().files.values()
    assert len(document.encode()) < 2_000_000


def test_paths_of_reports(annotated, tmp_path):
    assert (annotated.report(tmp_path / "r.HTML"), (tmp_path / "r.HTML").is_file())[1]
    annotated.report(tmp_path)
    annotated.report(f"{tmp_path}/new/")
    assert (tmp_path / "index.html").read_bytes() == (tmp_path / "new/index.html").read_bytes()
    with pytest.raises(ValueError, match=r"a report is an \.html file, or a folder"):
        annotated.report(tmp_path / "report.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "new", "r.HTML"]


def test_tables_give_the_same_report(annotated, tmp_path):
    tables = cl.save(annotated, tmp_path / "tables")
    assert tables.report().files == annotated.report().files
    assert tables.browse().html == annotated.browse().html


def srcdoc(frame: str) -> str:
    return re.search(r"srcdoc='([^']*)'", frame)[1]


def test_a_browser_has_a_row_for_each_page_and_each_mark(annotated):
    shown = annotated.browse()
    document = html.unescape(srcdoc(shown.html))
    check(document)
    rows = soup(document).select("table.evidence tbody tr")
    layers = [row.select("td")[0].get_text() for row in rows]
    drawn = annotated.mentions[~annotated.mentions["nested"]]
    assert layers.count("page") == 3
    assert layers.count("quote") == len(annotated.quotes)
    assert layers.count("name") == len(drawn)
    assert layers.count("theme") == len(annotated.themes)
    assert layers.count("date") == len(annotated.dates)
    assert repr(shown) == "3 clippings to browse; where no frame is drawn, [0].show() shows one: clipping 0"


def test_a_browser_is_bounded_and_says_what_is_left_out(annotated, monkeypatch):
    monkeypatch.setattr(browser, "MOST_BYTES", 1)
    shown = annotated.browse()
    assert repr(shown).startswith("1 of 3 clippings to browse; filter() or between() chooses others")
    document = html.unescape(srcdoc(shown.html))
    assert len(soup(document).select("details.sheet")) == 1
    assert "Browse 1 of 3 clippings" in document
    assert "filter() or between() chooses others." in document


def test_a_chart_is_drawn_to_scale_and_has_its_table():
    drawn = soup(charts.columns("Months", ("month", "n"), [("a", 4), ("b", 0), ("c", 1)]))
    assert [(bar["x"], bar["height"]) for bar in drawn.select("rect")] == [("0", "100"), ("20", "25")]
    assert cells(drawn, "Months") == [["a", "4"], ["b", "0"], ["c", "1"]]
    rows = soup(charts.bars("Names", ("name", "n"), [(("<a>", 4), ["x"]), (("b", 1), ["y"])], "more"))
    assert [bar["width"] for bar in rows.select("rect")] == ["100", "25"]
    assert cells(rows, "Names") == [["<a>", "", "4", "x"], ["b", "", "1", "y"]]


@pytest.fixture
def press(tmp_path):
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "a.txt").write_text(page(0, BODY), "utf-8")
    return folder


def test_the_command_writes_a_report(press, tmp_path, capsys):
    target = tmp_path / "report.html"
    assert main(["report", str(press), "-o", str(target)]) == 0
    assert f"wrote {target}" in capsys.readouterr().err
    check(target.read_text("utf-8"))
    assert main(["annotate", str(press), "-o", f"{tmp_path}/tables/", "-q"]) == 0
    assert main(["report", f"{tmp_path}/tables", "-o", f"{tmp_path}/out/"]) == 0
    capsys.readouterr()
    assert soup((tmp_path / "out/index.html").read_text("utf-8")).select_one("h1").get_text() == "Report on clippings"
    assert main(["report", str(press)]) == 0
    assert capsys.readouterr().out == target.read_text("utf-8")
    assert main(["report", str(press), str(press / "none.txt"), "-o", str(target), "-q"]) == 1


def test_the_command_refuses_what_would_go_wrong(press, tmp_path, capsys, monkeypatch):
    before = sorted(tmp_path.rglob("*"))
    for target, message in {
        press / "report.html": "would be read as a page next time",
        tmp_path / "report.pdf": "an .html file, or a folder",
        tmp_path / "no" / "deep": "an .html file, or a folder",
        "": "the name of the output is empty",
    }.items():
        assert main(["report", str(press), "-o", str(target)]) == 2
        assert message in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before
    monkeypatch.setattr(reports, "MOST_BYTES", 99)
    assert main(["report", str(press)]) == 2
    assert "name a file or folder with -o" in capsys.readouterr().err
    assert main(["report", str(press), "-o", f"{tmp_path}/r.html"]) == 0
    assert "and 1 parts in r_files" in capsys.readouterr().err


def test_the_command_refuses_another_codebook_for_tables(press, tmp_path, capsys):
    assert main(["annotate", str(press), "-o", f"{tmp_path}/tables/", "-q"]) == 0
    own = tmp_path / "own"
    assert main(["codebook", "new", str(own)]) == 0
    assert main(["report", f"{tmp_path}/tables", "--codebook", str(own), "-o", f"{tmp_path}/r.html"]) == 2
    assert "leave out --codebook" in capsys.readouterr().err
