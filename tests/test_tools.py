"""The tools of the book: the printed book's links and places, and packages that name no host."""

import json
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from pypdf import PdfWriter

import make_pdf
from clippings import release

ROOT = Path(__file__).parents[1]
HEAD = '<title>{0} — The Book</title><link rel="canonical" href="https://book.example/b/{0}.html" />'
NAV = """<nav class="bd-links"><ul><li><a class="reference internal" href="#">Front</a></li></ul>
<p class="caption">Part</p><ul><li><a class="reference internal" href="one.html">One</a></li></ul></nav>"""
FRONT = (
    '<article class="bd-article"><h1>Front<a class="headerlink" href="#">#</a></h1><a href="one.html#p">p</a></article>'
)
ONE = """<article class="bd-article"><h1>One</h1><p id="p">See <a href="#p">p</a>, <a href="index.html">front</a>,
<a href="_sources/one.ipynb">file</a>, <a href="https://other.example/#p">away</a>.</p>
<details class="hide">code</details><img src="_images/a.png" alt="A"><div class="picture-links">links</div><table>
<td>12,345</td><td>12 of 345 in all</td><td>%s</td><td>%s</td></table></article>"""
ONE %= ("a" * make_pdf.WORD, "a" * (make_pdf.WORD + 1))


@pytest.fixture
def joined(tmp_path: Path) -> BeautifulSoup:
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "pygments.css").write_text("", "utf-8")
    (tmp_path / "index.html").write_text(HEAD.format("index") + NAV + FRONT, "utf-8")
    (tmp_path / "one.html").write_text(HEAD.format("one") + ONE, "utf-8")
    return BeautifulSoup(make_pdf.join(tmp_path), "html.parser")


def test_every_page_is_a_chapter_in_order(joined: BeautifulSoup) -> None:
    assert [chapter["id"] for chapter in joined.select("section.chapter")] == ["index", "one"]
    assert [heading.get_text() for heading in joined.select("h1")] == ["Front", "One"]
    assert joined.select_one(".cover .title").get_text() == "The Book"
    assert [entry.get_text() for entry in joined.select(".cover nav p")] == ["Front000", "Part", "One000"]


def test_the_cover_has_version_and_date_and_the_contents_their_pages(joined: BeautifulSoup) -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    day = f"{cited['date-released'].day} {cited['date-released']:%B %Y}"
    assert joined.select_one(".cover .version").get_text() == f"Version {release.VERSION}, {day}"
    numbered = BeautifulSoup(make_pdf.numbered(str(joined), [2, 17]), "html.parser")
    assert [entry.get_text() for entry in numbered.select(".cover nav p")] == ["Front2", "Part", "One17"]
    with pytest.raises(ValueError, match="zip"):
        make_pdf.numbered(str(joined), [2])


def test_a_chapter_begins_where_the_outline_of_the_pdf_has_it(tmp_path: Path) -> None:
    written = PdfWriter()
    for _ in range(4):
        written.add_blank_page(100, 100)
    front = written.add_outline_item(title="Front", page_number=1)
    written.add_outline_item(title="A section", page_number=2, parent=front)
    written.add_outline_item(title="One", page_number=3)
    written.write(tmp_path / "book.pdf")
    assert make_pdf.first_pages(tmp_path / "book.pdf") == [2, 4]


def test_links_lead_within_the_book_or_to_the_site(joined: BeautifulSoup) -> None:
    assert [link["href"] for link in joined.select(".chapter a")] == [
        *("#one--p", "#one--p", "#index"),
        *("https://book.example/b/_sources/one.ipynb", "https://other.example/#p"),
    ]
    for link in joined.select('a[href^="#"]'):
        assert joined.find(id=link["href"].removeprefix("#"))


def test_a_book_without_an_address_links_nothing_outside_itself(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "pygments.css").write_text("", "utf-8")
    for name, text in {"index": NAV + FRONT, "one": ONE}.items():
        (tmp_path / f"{name}.html").write_text(f"<title>{name} — The Book</title>{text}", "utf-8")
    page = BeautifulSoup(make_pdf.join(tmp_path), "html.parser")
    assert [link["href"] for link in page.select(".chapter a")] == [
        *("#one--p", "#one--p", "#index", "https://other.example/#p"),
    ]
    assert "file, away" in " ".join(page.select_one("#one--p").get_text().split())


def test_paper_has_no_folded_code_and_whole_images(joined: BeautifulSoup, tmp_path: Path) -> None:
    assert not joined.select("details, a.headerlink, .picture-links")
    assert joined.img["src"] == (tmp_path / "_images" / "a.png").resolve().as_uri()
    assert [cell.get("style") for cell in joined.select("td")] == [
        "white-space: nowrap",
        None,
        "white-space: nowrap",
        None,
    ]


def test_a_book_that_is_not_built_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make_pdf.main(tmp_path, tmp_path / "book.pdf", "chromium") == 2
    assert capsys.readouterr().out == f"pdf: no book in {tmp_path}: run make book\n"


def test_the_browser_packages_are_exact_and_name_no_host() -> None:
    folder = ROOT / "tools" / "a11y"
    wanted = json.loads((folder / "package.json").read_text("utf-8"))["devDependencies"]
    text = (folder / "package-lock.json").read_text("utf-8")
    locked = {name.removeprefix("node_modules/"): one for name, one in json.loads(text)["packages"].items() if name}
    assert {name: one["version"] for name, one in locked.items()} == wanted
    assert all(one["integrity"].startswith("sha512-") for one in locked.values())
    assert "http" not in text
    assert "resolved" not in text
