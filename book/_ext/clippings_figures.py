"""What stands under a figure: its table as CSV to take along, and a citation to copy.

The table is the one shown below the figure, so that file and page cannot differ.
"""

from __future__ import annotations

import csv
import io
import re
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from clippings import release

FOLDER = "figures"
FIGURE = re.compile(r'<figure [^>]*\bid="(?P<name>fig-[\w-]+)".*?</figure>', re.DOTALL)
NUMBER = re.compile(r'<span class="caption-number">(?P<number>[^<]+)</span>')
TITLE = re.compile(r"<h1>(?P<title>.*?)(?:<a |</h1>)", re.DOTALL)
TABLE = re.compile(r'<table[^>]*class="dataframe">.*?</table>', re.DOTALL)
ROW = re.compile(r"<tr[^>]*>(?=\s*<td)")
LEADS = re.compile(r'href="#(fig-[\w-]+)-row-\d+"')
BLANK = "–"
# What a spreadsheet would take for a formula.
FORMULA = re.compile(r"^[=+\-@\t]")
NUMERIC = re.compile(r"[+-]?[\d.,]+%?")
TOOLS = (
    '<div class="figure-tools" id="{name}-tools"><a href="{data}" download>Data of this figure (CSV)</a>'
    "<details><summary>Cite this figure</summary>"
    '<div class="highlight-text notranslate"><div class="highlight"><pre>{cited}</pre></div></div></details></div>'
)


class Book(NamedTuple):
    """What every citation of a figure names."""

    title: str
    author: str
    year: str
    version: str
    base: str


def with_tools(page: str, name: str, book: Book) -> tuple[str, dict[str, str]]:
    """Return a page with the tools under its figures, and the CSV files they lead to, by name.

    Args:
        page: the HTML of the page.
        name: its file.
        book: what the citation names.
    """
    page = with_row_names(page)
    heading = TITLE.search(page)
    chapter = BeautifulSoup(heading["title"], "html.parser").get_text(strip=True) if heading else name
    files: dict[str, str] = {}
    parts, last = [], 0
    for figure in FIGURE.finditer(page):
        table = TABLE.search(page, figure.end())
        if not table:
            continue
        path = f"{FOLDER}/{figure['name']}.csv"
        files[path] = as_csv(table[0])
        number = NUMBER.search(figure[0])
        where = f"{number['number'].strip()}, {figure['name']}" if number else figure["name"]
        cited = citation(book, chapter, where, f"{name}#{figure['name']}")
        tools = TOOLS.format(name=figure["name"], data=path, cited=escape(cited))
        if page.startswith(tools, figure.end()):
            continue
        parts += [page[last : figure.end()], tools]
        last = figure.end()
    return "".join([*parts, page[last:]]), files


def with_row_names(page: str) -> str:
    """Return a page with ids, such as ``fig-a-row-1``, for the rows of a table that marks of its figure lead to."""
    for name in dict.fromkeys(LEADS.findall(page)):
        table = TABLE.search(page, page.index(f'id="{name}"'))
        if table:
            first, *rows = ROW.split(table[0])
            named = (f'<tr id="{name}-row-{number}">{row}' for number, row in enumerate(rows, 1))
            page = "".join([page[: table.start()], first, *named, page[table.end() :]])
    return page


def citation(book: Book, chapter: str, figure: str, address: str) -> str:
    """Return a figure's citation as one line.

    >>> book = Book("A book", "Its authors", "2026", "1.2", "https://a.example/")
    >>> citation(book, "Ties", "Fig. 2", "ties.html#fig-a")
    'Its authors: A book, version 1.2, 2026, "Ties", Fig. 2, https://a.example/ties.html#fig-a'
    """
    return f'{book.author}: {book.title}, version {book.version}, {book.year}, "{chapter}", {figure}, ' + (
        urljoin(book.base, address) if book.base else address
    )


def as_csv(table: str) -> str:
    """Return the text of a table's cells as CSV: blanks empty, and no cell a formula.

    >>> as_csv("<table><tr><th>a</th><th>b</th></tr><tr><td>–</td><td>+4 of 5</td></tr></table>").splitlines()
    ['a,b', ",'+4 of 5"]
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in BeautifulSoup(table, "html.parser").select("tr"):
        writer.writerow(_cell(cell.get_text(" ", strip=True)) for cell in row.select("th, td"))
    return out.getvalue()


def _cell(text: str) -> str:
    if text == BLANK:
        return ""
    return f"'{text}" if FORMULA.match(text) and not NUMERIC.fullmatch(text) else text


def add_tools(app: Sphinx, exception: Exception | None) -> None:
    """Write the tools into every page of the built book, and the files they lead to."""
    if exception or app.builder.name != "html":
        return
    out, config = Path(app.outdir), app.config
    book = Book(config.html_title, config.author, config.copyright, release.VERSION, config.html_baseurl)
    for old in (out / FOLDER).glob("*.csv"):
        old.unlink()
    (out / FOLDER).mkdir(exist_ok=True)
    for path in sorted(out.glob("*.html")):
        page, files = with_tools(path.read_text("utf-8"), path.name, book)
        for name, text in files.items():
            (out / name).write_text(text, "utf-8", newline="\n")
        if files:
            path.write_text(page, "utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", add_tools)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
