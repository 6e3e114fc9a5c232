"""The check of the built book sees each fault: a tiny made-up site is sound, and every change to it is told."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BASE = "https://book.example/b/"
SOURCE = "DATE:\n\n02/11/2007\n\nMinsk <waits> & sees.\n"
HEAD = """<html lang="en"><head><title>One</title>
<link rel="canonical" href="{base}one.html" />
<link rel="stylesheet" href="_static/a.css" />
<meta name="description" content="What one page holds." />
<meta name="twitter:card" content="summary_large_image" />
<meta property="og:title" content="One" />
<meta property="og:description" content="What one page holds." />
<meta property="og:type" content="article" />
<meta property="og:url" content="{base}one.html" />
<meta property="og:image" content="{base}_static/og-card.png" />
<meta property="og:image:alt" content="The title." />
</head>"""
BODY = """<body>
<a class="btn-source-edit-button" href="https://github.com/o/r/edit/main/book/one.ipynb">edit</a>
<a class="btn-source-file-button" href="https://github.com/o/r/blob/main/book/one.ipynb?plain=1">source</a>
<a href="https://mybinder.org/v2/gh/o/r/main?urlpath=lab/tree/book/one.ipynb">run</a>
<a class="btn-download-source-button" href="_sources/one.ipynb">download</a>
<h1>One</h1><h2>Two</h2><h3>Three</h3><h2 id="four">Four</h2>
<img src="_static/fig.png" alt="Two bars, the left one higher." />
<blockquote class="clippings-passage" data-clipping="112007-14" data-start="{start}" data-end="{end}">
<p>Minsk &lt;waits&gt;</p></blockquote>
<a href="#four">four</a> <a href="one.html">one</a> <a href="https://other.example/">away</a>
</body></html>"""
START = SOURCE.index("Minsk")
PAGE = HEAD.format(base=BASE) + BODY.format(start=START, end=START + len("Minsk <waits>"))
MAP = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{BASE}one.html</loc></url></urlset>'

Check = Callable[[Path, Path, Path], int]


@pytest.fixture(scope="module")
def check() -> Check:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return importlib.import_module("check_site").main
    finally:
        sys.path.remove(str(ROOT / "tools"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "site/one.html": PAGE,
        "site/404.html": f'<html lang="en"><body><h1>Not found</h1><a href="{BASE}one.html">one</a></body></html>',
        "site/sitemap.xml": MAP,
        "site/robots.txt": f"User-agent: *\nSitemap: {BASE}sitemap.xml\n",
        "site/_sources/one.ipynb": "{}",
        "site/_static/a.css": "p { color: red }",
        "site/_static/og-card.png": "a card",
        "site/_static/fig.png": "a figure",
        "book/one.ipynb": "{}",
        "clippings/112007-14.txt": SOURCE,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / "site"


def told(check: Check, site: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = check(site, site.parent / "book", site.parent / "clippings")
    return status, capsys.readouterr().out


def test_a_sound_site_has_no_faults(check: Check, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(check, site, capsys) == (0, "site: 2 pages, 1 quoted passages, 0 faults\n")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<h2>Two</h2>", "", "a heading skips a level: Three"),
        ("<h1>One</h1>", "<h1>One</h1><h1>Again</h1>", "2 headings of the first level"),
        ("<h1>One</h1>", "<p>One</p>", "0 headings of the first level"),
        ("<h1>One</h1>", '<h1 id="four">One</h1>', "2 elements have the id four"),
        ('alt="Two bars, the left one higher."', "", "an image without words"),
        ('alt="Two bars, the left one higher."', 'alt=" "', "an image without words"),
        ('alt="Two bars, the left one higher."', 'alt="_images/a1b2.png"', "an image without words"),
        (
            'src="_static/fig.png"',
            'src="https://cdn.example/fig.png"',
            "asks another host: https://cdn.example/fig.png",
        ),
        ('href="_static/a.css"', 'href="//cdn.example/a.css"', "asks another host: //cdn.example/a.css"),
        ('href="#four"', 'href="#five"', "leads to no place of its page: #five"),
        ('href="one.html"', 'href="two.html"', "a link leads nowhere: two.html"),
        ('href="one.html"', 'href="one.html#five"', "leads to no place of its page: one.html#five"),
        ("Minsk &lt;waits&gt;", "Minsk waits", "a quoted passage is not its source: 'Minsk <waits>'"),
        ("edit/main/book/one.ipynb", "edit/main/book/two.ipynb", "no link to a source"),
        ("edit/main/book/one.ipynb", "edit/main//one.ipynb", "no link to a source"),
        ("blob/main/book/one.ipynb", "tree/main/book/one.ipynb", "no link to a source"),
        ("urlpath=lab/tree/book/one.ipynb", "urlpath=lab/tree/one.ipynb", "no link to a source"),
        ('href="_sources/one.ipynb"', 'href="one.html"', "no download of the notebook"),
        (f'rel="canonical" href="{BASE}one.html"', f'rel="canonical" href="{BASE}two.html"', "the canonical address"),
        (f'"og:url" content="{BASE}one.html"', f'"og:url" content="{BASE}"', "og:url is not the canonical address"),
        (f'content="{BASE}_static/og-card.png"', f'content="{BASE}og.png"', "og:image is no file of the site"),
        ('<meta property="og:title" content="One" />', "", "one og:title is wanted"),
        (
            'name="description" content="What one page holds."',
            'name="description" content=""',
            "one description is wanted",
        ),
    ],
)
def test_a_fault_of_a_page_is_told(
    check: Check, site: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, fault: str
) -> None:
    assert old in PAGE
    (site / "one.html").write_text(PAGE.replace(old, new), "utf-8")
    status, text = told(check, site, capsys)
    assert status == 1
    assert fault in text


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("_static/fig.png", "x" * 1_500_000, "one.html: weighs 1,50"),
        ("_static/og-card.png", "x" * 200_001, "og-card.png: weighs more than"),
        ("sitemap.xml", MAP.replace("one.html", "two.html"), "sitemap.xml: leads nowhere"),
        ("sitemap.xml", MAP.replace("one.html", "404.html"), "sitemap.xml: lacks one.html"),
        ("robots.txt", "User-agent: *\n", "robots.txt: does not name the sitemap"),
        (
            "404.html",
            '<h1>Not found</h1><a href="one.html">one</a>',
            "404.html: does not work from any depth: one.html",
        ),
        ("404.html", '<h1>Not found</h1><link href="_static/a.css">', "404.html: does not work from any depth"),
    ],
)
def test_a_fault_of_the_site_is_told(
    check: Check, site: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, fault: str
) -> None:
    (site / name).write_text(text, "utf-8")
    status, printed = told(check, site, capsys)
    assert status == 1
    assert fault in printed


@pytest.mark.parametrize("name", ["404.html", "sitemap.xml", "robots.txt", "_static/og-card.png", "_sources/one.ipynb"])
def test_a_missing_file_is_told(check: Check, site: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (site / name).unlink()
    assert told(check, site, capsys)[0] == 1


def test_a_book_that_quotes_nothing_fails(check: Check, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "one.html").write_text(PAGE.replace("clippings-passage", "other"), "utf-8")
    assert told(check, site, capsys) == (1, "site: 2 pages, 0 quoted passages, 0 faults\n")
