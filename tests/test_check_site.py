"""The check of the built book sees each fault: a tiny made-up site is sound, and every change to it is told."""

from pathlib import Path

import pytest

from check_site import main as check
from web_addresses import Addresses, Repository

BASE = "https://book.example/b/"
GIVEN = Addresses(Repository("github.com", "o", "r", "drafts"), BASE)
NOTHING = Addresses()
SOURCE = "DATE:\n\n02/11/2007\n\nMinsk <waits> & sees.\n"
HEAD = """<html lang="en"><head><title>One</title>
<link rel="stylesheet" href="_static/a.css" />
<meta name="description" content="What one page holds." />
<meta property="og:title" content="One" />
<meta property="og:description" content="What one page holds." />
<meta property="og:type" content="article" />
"""
PLACED = f"""<link rel="canonical" href="{BASE}one.html" />
<meta name="twitter:card" content="summary_large_image" />
<meta property="og:url" content="{BASE}one.html" />
<meta property="og:image" content="{BASE}_static/og-card.png" />
<meta property="og:image:width" content="1200" />
<meta property="og:image:height" content="630" />
<meta property="og:image:alt" content="The title." />
"""
UNPLACED = '<meta name="twitter:card" content="summary" />\n'
ISSUE = "issues/new?title=Issue%20on%20page%20%2Fone.html&body=Your%20issue%20content%20here."
BUTTONS = f"""<div class="dropdown dropdown-launch-buttons"><ul class="dropdown-menu">
<a href="https://mybinder.org/v2/gh/o/r/drafts?urlpath=lab/tree/book/one.ipynb">run</a></ul></div>
<div class="dropdown dropdown-source-buttons"><ul class="dropdown-menu">
<a class="btn-source-repository-button" href="https://github.com/o/r">repository</a>
<a class="btn-source-issues-button" href="https://github.com/o/r/{ISSUE}">issue</a>
<a class="btn-source-edit-button" href="https://github.com/o/r/edit/drafts/book/one.ipynb">edit</a>
<a class="btn-source-file-button" href="https://github.com/o/r/blob/drafts/book/one.ipynb?plain=1">source</a>
</ul></div>"""
BODY = """<a class="btn-download-source-button" href="_sources/one.ipynb">download</a>
<h1>One</h1><h2>Two</h2><h3>Three</h3><h2 id="four">Four</h2>
<img src="_static/fig.png" alt="Two bars, the left one higher." />
<blockquote class="clippings-passage" data-clipping="112007-14" data-start="{start}" data-end="{end}">
<p>Minsk &lt;waits&gt;</p></blockquote>
<a href="#four">four</a> <a href="one.html">one</a> <a href="https://other.example/">away</a>
</body></html>"""
START = SOURCE.index("Minsk")
TEXT = BODY.format(start=START, end=START + len("Minsk <waits>"))
PAGE = f"{HEAD}{PLACED}</head><body>\n{BUTTONS}\n{TEXT}"
BARE = f"{HEAD}{UNPLACED}</head><body>\n{TEXT}"
MAP = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{BASE}one.html</loc></url></urlset>'
ROBOTS = f"User-agent: *\nSitemap: {BASE}sitemap.xml\n"
FOUND = f'<html lang="en"><body><h1>Not found</h1><a href="{BASE}one.html">one</a></body></html>'
# A page that Sphinx generates: it has no source to edit or run.
GENERATED = (
    PAGE.replace("one.html", "genindex.html")
    .replace(next(line for line in BUTTONS.splitlines() if "btn-source-edit" in line), "")
    .replace("\n".join(BUTTONS.splitlines()[-2:-1]), "")
    .replace("\n".join(BUTTONS.splitlines()[:2]), "")
)


def lay(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder / "site"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A site that was built without an address."""
    files = {
        "site/one.html": BARE,
        "site/404.html": '<html lang="en"><body><h1>Not found</h1></body></html>',
        "site/_sources/one.ipynb": "{}",
        "site/_static/a.css": "p { color: red }",
        "site/_static/og-card.png": "a card",
        "site/_static/fig.png": "a figure",
        "book/one.ipynb": "{}",
        "clippings/112007-14.txt": SOURCE,
    }
    return lay(tmp_path, files)


@pytest.fixture
def site(bare: Path) -> Path:
    """The site that a build with addresses makes of it."""
    files = {"one.html": PAGE, "404.html": FOUND, "sitemap.xml": MAP, "robots.txt": ROBOTS}
    return lay(bare.parent, {f"site/{name}": text for name, text in files.items()})


def told(site: Path, capsys: pytest.CaptureFixture[str], given: Addresses = GIVEN) -> tuple[int, str]:
    status = check(site, site.parent / "book", site.parent / "clippings", given)
    return status, capsys.readouterr().out


def test_a_sound_site_has_no_faults(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(site, capsys) == (0, "site: 2 pages, 1 quoted passages, 0 faults\n")


def test_a_sound_site_without_addresses_has_no_faults(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(bare, capsys, NOTHING) == (0, "site: 2 pages, 1 quoted passages, 0 faults\n")


def test_one_address_can_be_given_without_the_other(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "one.html").write_text(f"{HEAD}{PLACED}</head><body>\n{TEXT}", "utf-8")
    assert told(site, capsys, Addresses(None, BASE))[0] == 0
    for name in ("sitemap.xml", "robots.txt"):
        (site / name).unlink()
    (site / "404.html").write_text("<h1>Not found</h1>", "utf-8")
    (site / "one.html").write_text(f"{HEAD}{UNPLACED}</head><body>\n{BUTTONS}\n{TEXT}", "utf-8")
    assert told(site, capsys, GIVEN._replace(book=""))[0] == 0


def test_the_buttons_of_gitlab(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = PAGE.replace("github.com/o/r/", "gitlab.com/o/r/-/").replace("github.com/o/r", "gitlab.com/o/r")
    page = page.replace("v2/gh/o/r", "v2/gl/o%2Fr").replace("?plain=1", "")
    (site / "one.html").write_text(page.replace("title=", "issue[title]=").replace("body=", "issue[description]="))
    repository = Repository("gitlab.com", "o", "r", "drafts")
    assert told(site, capsys, Addresses(repository, BASE))[0] == 0
    assert told(site, capsys, Addresses(repository._replace(owner="o/part"), BASE))[0] == 1


def test_a_generated_page_offers_no_source(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "one.html").write_text(PAGE, "utf-8")
    (site / "genindex.html").write_text(GENERATED, "utf-8")
    assert told(site, capsys) == (0, "site: 3 pages, 2 quoted passages, 0 faults\n")
    (site / "genindex.html").write_text(PAGE.replace("one.html", "genindex.html"), "utf-8")
    assert "genindex.html: the button a.btn-source-edit-button leads to" in told(site, capsys)[1]


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
        ("edit/drafts/book/one.ipynb", "edit/drafts/book/two.ipynb", "the button a.btn-source-edit-button"),
        ("edit/drafts/book/one.ipynb", "edit/main/book/one.ipynb", "the button a.btn-source-edit-button"),
        ("blob/drafts/book/one.ipynb", "tree/drafts/book/one.ipynb", "the button a.btn-source-file-button"),
        ("%2Fone.html&", "%2Ftwo.html&", "the button a.btn-source-issues-button"),
        ('href="https://github.com/o/r">', 'href="https://github.com/o/other">', "btn-source-repository-button leads"),
        ("urlpath=lab/tree/book/one.ipynb", "urlpath=lab/tree/one.ipynb", "the button .dropdown-launch-buttons a"),
        ("v2/gh/o/r", "v2/gh/o/other", "the button .dropdown-launch-buttons a leads to"),
        (BUTTONS, "", "the button a.btn-source-edit-button leads to [], not to https://github.com/o/r/edit/"),
        (BUTTONS.splitlines()[1], "</ul></div>", "a menu without entries: dropdown dropdown-launch-buttons"),
        ("https://other.example/", "https://github.com/nobody/r", ": github.com/nobody/r\n"),
        ("https://other.example/", "https://github.com/o/r2", ": github.com/o/r2\n"),
        ("https://other.example/", "https://nobody.github.io/", ": nobody.github.io/\n"),
        ("https://other.example/", "https://mybinder.org/v2/gh/nobody/r/main", ": mybinder.org/v2/gh/nobody/r/main\n"),
        ("https://other.example/", "https://mybinder.org/v2/gl/o%2Fr/main", ": mybinder.org/v2/gl/o%2Fr/main\n"),
        ("https://other.example/", "https://gitlab.com/o/r", ": gitlab.com/o/r\n"),
        ("https://other.example/", "https://clippings.readthedocs.io", ": clippings.readthedocs.io\n"),
        ("https://other.example/", "https://clippings.readthedocs.io/en", ": clippings.readthedocs.io/en\n"),
        ("<h2>Two</h2>", "<h2>Two</h2>git@github.com:nobody/r.git", ": github.com:nobody/r.git\n"),
        ('src="_static/fig.png"', 'src="_static/none.png"', "a link leads nowhere: _static/none.png"),
        ('href="_static/a.css"', 'href="_static/none.css"', "a link leads nowhere: _static/none.css"),
        ('href="_sources/one.ipynb"', 'href="one.html"', "no download of the notebook"),
        (f'rel="canonical" href="{BASE}one.html"', f'rel="canonical" href="{BASE}two.html"', "the canonical address"),
        (f'"og:url" content="{BASE}one.html"', f'"og:url" content="{BASE}"', "og:url is not the address of the page"),
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
    site: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, fault: str
) -> None:
    assert old in PAGE
    (site / "one.html").write_text(PAGE.replace(old, new), "utf-8")
    status, text = told(site, capsys)
    assert status == 1
    assert fault in text


@pytest.mark.parametrize(
    "address",
    [
        *("https://github.com/o/r/releases", "https://github.com/o/r", "https://mybinder.org/v2/gh/o/r/drafts"),
        *("https://github.com/rapideditor/country-coder", "https://notgithub.com/", "https://github.community/"),
    ],
)
def test_addresses_that_are_known_pass(site: Path, capsys: pytest.CaptureFixture[str], address: str) -> None:
    (site / "one.html").write_text(PAGE.replace("https://other.example/", address), "utf-8")
    assert told(site, capsys)[0] == 0


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (PAGE, "the canonical address is 'https://book.example/b/one.html', not ''"),
        (PAGE, "og:url in the head of a book without an address"),
        (PAGE, "og:image in the head of a book without an address"),
        (PAGE, "a.btn-source-repository-button leads to ['https://github.com/o/r'], not to nothing"),
        (PAGE, "a.btn-source-issues-button leads to"),
        (PAGE, "a.btn-source-edit-button leads to"),
        (PAGE, "a.btn-source-file-button leads to"),
        (PAGE, ".dropdown-launch-buttons a leads to"),
        (PAGE, ": github.com/o/r\n"),
        (PAGE, ": mybinder.org/v2/gh/o/r/drafts\n"),
        (BARE.replace("</head>", '<link rel="canonical" href="one.html" /></head>'), "address is 'one.html', not ''"),
        (BARE.replace('href="_sources/one.ipynb"', 'href="one.html"'), "no download of the notebook"),
    ],
)
def test_an_address_in_a_site_without_one_is_told(
    bare: Path, capsys: pytest.CaptureFixture[str], page: str, fault: str
) -> None:
    (bare / "one.html").write_text(page, "utf-8")
    status, text = told(bare, capsys, NOTHING)
    assert status == 1
    assert fault in text


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("sitemap.xml", MAP, "sitemap.xml: is there, but the book has no address"),
        ("robots.txt", ROBOTS, "robots.txt: is there, but the book has no address"),
        ("404.html", FOUND, "404.html: does not work from any depth: https://book.example/b/one.html"),
        (
            "404.html",
            '<h1>Not found</h1><a href="one.html">one</a>',
            "404.html: does not work from any depth: one.html",
        ),
    ],
)
def test_a_file_that_needs_an_address_is_told(
    bare: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, fault: str
) -> None:
    (bare / name).write_text(text, "utf-8")
    status, printed = told(bare, capsys, NOTHING)
    assert status == 1
    assert fault in printed


def test_addresses_are_looked_for_in_every_text_of_ours(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = "https://github.com/nobody/r"
    (bare / "_static" / "theme.js").write_text(f"// {link}", "utf-8")
    assert told(bare, capsys, NOTHING)[0] == 0, "the notice of a package that comes with the theme"
    lay(bare.parent, {"book/_static/a.css": "", "site/_static/a.css": f"/* {link} */", "site/_sources/one.ipynb": link})
    text = told(bare, capsys, NOTHING)[1]
    assert [line.partition(":")[0] for line in text.splitlines()[:-1]] == ["_sources/one.ipynb", "_static/a.css"]


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
    site: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, fault: str
) -> None:
    (site / name).write_text(text, "utf-8")
    status, printed = told(site, capsys)
    assert status == 1
    assert fault in printed


@pytest.mark.parametrize("name", ["404.html", "sitemap.xml", "robots.txt", "_static/og-card.png", "_sources/one.ipynb"])
def test_a_missing_file_is_told(site: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (site / name).unlink()
    assert told(site, capsys)[0] == 1


@pytest.mark.parametrize("name", ["404.html", "_static/og-card.png", "_sources/one.ipynb"])
def test_a_missing_file_is_told_without_addresses_too(
    bare: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (bare / name).unlink()
    assert told(bare, capsys, NOTHING)[0] == 1


def test_what_a_page_only_names_weighs_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "two.txt").write_text("x" * 1_500_000, "utf-8")
    for rel, expected in (("next", 0), ("stylesheet", 1)):
        link = f'<link rel="{rel}" href="two.txt">'
        (site / "one.html").write_text(PAGE.replace("</head>", f"{link}</head>"), "utf-8")
        assert told(site, capsys)[0] == expected


def test_a_book_that_quotes_nothing_fails(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "one.html").write_text(PAGE.replace("clippings-passage", "other"), "utf-8")
    assert told(site, capsys) == (1, "site: 2 pages, 0 quoted passages, 0 faults\n")


FIGURE = """<figure class="align-default" id="fig-a"><img src="_static/fig.png" alt="Two bars." /></figure>
<div class="figure-tools"><a href="figures/fig-a.csv" download>data</a><pre>A book, one.html#fig-a</pre></div>"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("", "", ""),
        ("one.html#fig-a", "one.html", "a figure without its citation: fig-a"),
        ("figure-tools", "other", "a figure without its data and its citation: fig-a"),
        ("figures/fig-a.csv", "figures/fig-b.csv", "a figure without its data: fig-a"),
        ("figures/fig-a.csv", "figures/empty.csv", "a figure without its data: fig-a"),
    ],
)
def test_a_figure_has_its_data_and_its_citation(
    site: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, fault: str
) -> None:
    lay(site.parent, {"site/figures/fig-a.csv": "a,b\n1,2\n", "site/figures/empty.csv": "a,b\n"})
    page = PAGE.replace("<h2>Two</h2>", f"<h2>Two</h2>{FIGURE.replace(old, new) if old else FIGURE}")
    (site / "one.html").write_text(page, "utf-8")
    status, text = told(site, capsys)
    assert (status, fault in text) == (bool(fault), True)


EXPLORER = """<table><tr><td data-order="2007-11-02" data-label="Date">2 November 2007</td>
<td data-label="Themes"><span>Missile defense</span></td>
<td data-label="Countries of sources"><span>PL</span></td></tr></table>"""


@pytest.mark.parametrize(
    ("choice", "is_there"),
    [
        ("theme=Missile+defense&country=PL", True),
        ("year=2007", True),
        ("theme=none", True),
        ("theme=Missile&country=PL", False),
        ("year=2008", False),
        ("state=PL", False),
    ],
)
def test_a_link_into_the_explorer_asks_for_choices_that_are_there(
    site: Path, capsys: pytest.CaptureFixture[str], choice: str, *, is_there: bool
) -> None:
    explorer = PAGE.replace("one.html", "explore.html").replace("one.ipynb", "explore.ipynb")
    files = {"site/explore.html": explorer.replace("<h2>Two</h2>", f"<h2>Two</h2>{EXPLORER}")}
    files |= {"site/_sources/explore.ipynb": "{}", "book/explore.ipynb": "{}"}
    files["site/sitemap.xml"] = MAP.replace("</urlset>", f"<url><loc>{BASE}explore.html</loc></url></urlset>")
    lay(site.parent, files)
    linked = PAGE.replace('href="#four"', f'href="explore.html#{choice.replace("&", "&amp;")}"')
    (site / "one.html").write_text(linked, "utf-8")
    status, text = told(site, capsys)
    assert (status == 0) is is_there, text
