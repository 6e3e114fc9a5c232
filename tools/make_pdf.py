"""Print the built book as one PDF: every page a chapter, links within the file, code folded away.

Usage: make_pdf.py SITE PDF CHROMIUM
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import yaml
from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader

# What a reader of paper has no use for: code that the page folds away, buttons, and what a click would unfold.
LEFT_OUT = (
    "details.hide, details.fold > summary, details.cp-notes, .figure-tools, .picture-links, button, script, "
    "a.headerlink, .prev-next-area, .toctree-wrapper"
)
# Stands in the contents for the number of a page, and takes the same room.
NUMBER = '<span class="page">000</span>'
# A cell of so few characters is not worth breaking, and one word of so few is read as a whole.
SHORT, WORD = 12, 24
CITATION = Path(__file__).parents[1] / "CITATION.cff"
STYLE = Path(__file__).with_name("pdf.css")
PRINT = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer")


def main(site: Path, pdf: Path, chromium: str) -> int:
    """Join the pages, print them, and say where the PDF is."""
    if not (site / "index.html").is_file():
        print(f"pdf: no book in {site}: run make book")
        return 2
    pdf.parent.mkdir(parents=True, exist_ok=True)
    joined = pdf.with_suffix(".html")
    whole = join(site)
    # Where a chapter begins is known once it is printed: the second print has the numbers in its contents.
    for text in (whole, None):
        joined.write_text(text or numbered(whole, first_pages(pdf)), "utf-8")
        error = _print(joined, pdf, chromium)
        if error is not None:
            print(error, file=sys.stderr)
            return 1
    print(f"pdf: {pdf.resolve()}, {pdf.stat().st_size / 1e6:.1f} MB")
    return 0


def _print(joined: Path, pdf: Path, chromium: str) -> str | None:
    """Print a page, and return what Chromium says where it does not."""
    with tempfile.TemporaryDirectory() as profile:
        asked = (f"--user-data-dir={profile}", "--generate-pdf-document-outline", f"--print-to-pdf={pdf.resolve()}")
        done = subprocess.run(
            [chromium, *PRINT, *asked, joined.resolve().as_uri()], capture_output=True, text=True, check=False
        )
    return done.stderr if done.returncode or not pdf.is_file() else None


def first_pages(pdf: Path) -> list[int]:
    """Return the page on which each chapter begins, counted from one, as the outline of the PDF has them."""
    read = PdfReader(pdf)
    chapters = [entry for entry in read.outline if not isinstance(entry, list)]
    return [1 + (read.get_destination_page_number(entry) or 0) for entry in chapters]


def numbered(whole: str, pages: Sequence[int]) -> str:
    """Return the joined pages with the number of its page behind each chapter of the contents.

    Raises:
        ValueError: there are more or fewer chapters than numbers.

    >>> numbered(f"One {NUMBER} Two {NUMBER}", [2, 31])
    'One <span class="page">2</span> Two <span class="page">31</span>'
    """
    parts = whole.split(NUMBER)
    pairs = zip(parts[1:], pages, strict=True)
    return parts[0] + "".join(f'<span class="page">{page}</span>{part}' for part, page in pairs)


def join(site: Path) -> str:
    """Return the pages of the site, in the order of its contents, as one page to print."""
    front = _read(site / "index.html")
    title = str(front.select("title")[0].string).rsplit(" — ", 1)[-1]
    chapters = list(dict.fromkeys(["index.html", *_listed(front)]))
    pages = {name: _read(site / name) for name in chapters}
    parts = {str(link["href"]): caption for caption, link in _parts(front)}
    body = "\n".join(_chapter(site, name, pages[name], chapters, parts.get(name, "")) for name in chapters)
    contents = "\n".join(_entry(name, pages[name], parts.get(name, "")) for name in chapters)
    styles = (site / "_static" / "pygments.css").read_text("utf-8") + STYLE.read_text("utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="en" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{styles}</style></head><body>"
        f'<header class="cover"><p class="title">{escape(title)}</p><p class="version">{escape(_issue())}</p>'
        f"<nav>{contents}</nav></header>"
        f"{body}\n</body></html>\n"
    )


def _issue() -> str:
    """Return version and date, as CITATION.cff has them."""
    cited = yaml.safe_load(CITATION.read_text("utf-8"))
    return f"Version {cited['version']}, {cited['date-released']:%d %B %Y}".replace(", 0", ", ")


def _read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def _listed(front: BeautifulSoup) -> Iterator[str]:
    yield from (str(link["href"]) for link in front.select("nav.bd-links li a.internal") if link["href"] != "#")


def _parts(front: BeautifulSoup) -> Iterator[tuple[str, Tag]]:
    """Yield the captions of the contents, each with the link to its first page."""
    for caption in front.select("nav.bd-links p.caption"):
        first = caption.find_next("a", class_="internal")
        if isinstance(first, Tag):
            yield caption.get_text(strip=True), first


def _entry(name: str, page: BeautifulSoup, part: str) -> str:
    heading = page.select("article.bd-article h1")[0]
    for link in heading.select("a.headerlink"):
        link.decompose()
    caption = f'<p class="part">{escape(part)}</p>' if part else ""
    return f'{caption}<p><a href="#{escape(Path(name).stem)}">{escape(heading.get_text(strip=True))}</a>{NUMBER}</p>'


def _chapter(site: Path, name: str, page: BeautifulSoup, chapters: list[str], part: str) -> str:
    """Return the article of a page, its ids made the chapter's own and its links led within the book."""
    article = page.select("article.bd-article")[0]
    for element in article.select(LEFT_OUT):
        element.decompose()
    for folded in article.select("details.fold"):
        folded.unwrap()
    stem = Path(name).stem
    for element in article.select("[id]"):
        element["id"] = f"{stem}--{element['id']}"
    for link in article.select("a[href]"):
        link["href"] = _led(str(link["href"]), name, chapters, _base(page))
        if not link["href"]:
            link.unwrap()
    for image in article.select("img[src]"):
        image["src"] = (site / str(image["src"])).resolve().as_uri()
    for cell in article.select("td, th"):
        text = cell.get_text(strip=True)
        if len(text) <= (WORD if len(text.split()) == 1 else SHORT):
            cell["style"] = "white-space: nowrap"
    caption = f'<p class="part">{escape(part)}</p>' if part else ""
    return f'<section class="chapter" id="{escape(stem)}">{caption}{article.decode_contents()}</section>'


def _base(page: BeautifulSoup) -> str:
    found = page.select('link[rel="canonical"]')
    return str(found[0]["href"]) if found else ""


def _led(address: str, name: str, chapters: list[str], base: str) -> str:
    """Return where a link of a chapter leads: within the book, else to the site, nowhere if that has no address."""
    parts = urlsplit(address)
    target = parts.path or name
    if parts.scheme or parts.netloc:
        return address
    if target not in chapters:
        return urljoin(base, address) if base else ""
    return f"#{Path(target).stem}--{parts.fragment}" if parts.fragment else f"#{Path(target).stem}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
