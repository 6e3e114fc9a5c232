"""What must hold of each page of the built book; every check yields the faults it finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from bs4 import BeautifulSoup, Tag

LOADED = (("img", "src"), ("script", "src"), ("link", "href"), ("iframe", "src"), ("source", "src"))
NOT_LOADED = {"canonical", "next", "prev", "search", "index", "author", "license"}
MAX_WEIGHT = 1_500_000
FILE_NAME = re.compile(r"\.(png|jpe?g|svg|gif)\b", re.IGNORECASE)
# The choices of the explorer, by the column that each is over.
CHOICES = {
    "theme": "Themes",
    "year": "Date",
    "quarter": "Date",
    "outlet": "Outlet",
    "country": "Countries of sources",
    "stance": "Stances",
}
# Read from the date of a row, a day or a month.
PERIODS: Mapping[str, Callable[[str], str]] = {
    "year": lambda date: date[:4],
    "quarter": lambda date: f"{date[:4]}Q{(int(date[5:7] or 0) + 2) // 3}",
}
CARD = ("og:title", "og:description", "og:type")
# These need the address of the book.
PLACED_CARD = ("og:url", "og:image", "og:image:width", "og:image:height", "og:image:alt")


def passages(page: BeautifulSoup, texts: Mapping[str, str]) -> Iterator[str]:
    """Find quotations that differ from the text they are quoted from."""
    for quoted in page.select("blockquote.clippings-passage"):
        source = texts[str(quoted["data-clipping"])][int(str(quoted["data-start"])) : int(str(quoted["data-end"]))]
        shown = quoted.select_one("p")
        if shown is None or shown.get_text() != source:
            yield f"a quoted passage is not its source: {source[:60]!r}"


def hosts(page: BeautifulSoup) -> Iterator[str]:
    """Find whatever the page would load from another host."""
    for name, attribute in LOADED:
        for element in page.select(f"{name}[{attribute}]"):
            is_named_only = NOT_LOADED & set(element.get("rel") or ())
            if urlsplit(str(element[attribute])).netloc and not is_named_only:
                yield f"the page asks another host: {element[attribute]}"


def headings(page: BeautifulSoup) -> Iterator[str]:
    """Find headings that skip a level, and more or less than one of the first."""
    above = 0
    for heading in page.find_all(re.compile(r"^h[1-6]$")):
        level = int(heading.name[1])
        if level > above + 1:
            yield f"a heading skips a level: {heading.get_text(' ', strip=True)}"
        above = level
    if len(page.select("h1")) != 1:
        yield f"{len(page.select('h1'))} headings of the first level"


def ids(page: BeautifulSoup) -> Iterator[str]:
    """Find ids that more than one element has."""
    counts = Counter(str(element["id"]) for element in page.select("[id]"))
    yield from (f"{count} elements have the id {name}" for name, count in counts.items() if count > 1)


def images(page: BeautifulSoup) -> Iterator[str]:
    """Find images that say nothing, or their file's name, to those who do not see them."""
    for image in page.select("img"):
        alt = str(image.get("alt", "")).strip()
        if not alt or FILE_NAME.search(alt):
            yield f"an image without words: {image.get('src')}"


def weight(path: Path, page: BeautifulSoup) -> Iterator[str]:
    """Find pages that weigh too much, with all that they load."""
    loaded = {
        str(element[attribute])
        for name, attribute in LOADED
        for element in page.select(f"{name}[{attribute}]")
        if not NOT_LOADED & set(element.get("rel") or ())
    }
    files = {path, *(path.parent / urlsplit(one).path for one in loaded if not urlsplit(one).scheme)}
    total = sum(file.stat().st_size for file in files if file.is_file())
    if total > MAX_WEIGHT:
        yield f"weighs {total:,} bytes, more than {MAX_WEIGHT:,}"


def figures(path: Path, page: BeautifulSoup) -> Iterator[str]:
    """Find figures without a citation that leads back to them, and without a file of their data with a row in it."""
    for figure in page.select('figure[id^="fig-"]'):
        name, tools = str(figure["id"]), figure.find_next_sibling()
        if not isinstance(tools, Tag) or "figure-tools" not in (tools.get("class") or []):
            yield f"a figure without its data and its citation: {name}"
            continue
        if f"{path.name}#{name}" not in tools.get_text():
            yield f"a figure without its citation: {name}"
        link = tools.select_one("a[download]")
        data = path.parent / str(link["href"]) if link else path
        if not link or not data.is_file() or len(data.read_text("utf-8").splitlines()) < 2:
            yield f"a figure without its data: {name}"


def is_choice(page: BeautifulSoup, asked: str) -> bool:
    """Tell whether the explorer can make the choices that an address asks for, such as ``year=2007&country=PL``."""
    cells = {label: page.select(f'td[data-label="{column}"]') for label, column in CHOICES.items()}
    for name, value in parse_qsl(asked, keep_blank_values=True):
        shown = {span.get_text() for cell in cells.get(name, ()) for span in cell.select("span")}
        dates = (str(cell.get("data-order", "")) for cell in cells.get(name, ()))
        shown |= {PERIODS[name](date) for date in dates if name in PERIODS}
        if value not in shown | ({"none"} if name in cells else set()):
            return False
    return True


def download(path: Path, page: BeautifulSoup) -> Iterator[str]:
    """Find a notebook's page that does not offer the notebook."""
    offered = [str(link["href"]) for link in page.select("a.btn-download-source-button")]
    if offered != [f"_sources/{path.stem}.ipynb"] or not (path.parent / offered[0]).is_file():
        yield f"no download of the notebook: {offered}"


def head(name: str, page: BeautifulSoup, base: str, site: Path) -> Iterator[str]:
    """Find what the head of a page lacks for those who list or share it, and addresses that are not the page's."""
    address = f"{base}{name}" if base else ""
    if canonical(page) != address:
        yield f"the canonical address is {canonical(page)!r}, not {address!r}"
    cards = [("property", name) for name in (*CARD, *(PLACED_CARD if base else ()))]
    for kind, card in [("name", "description"), ("name", "twitter:card"), *cards]:
        found = _contents(page, kind, card)
        if len(found) != 1 or not found[0].strip():
            yield f"one {card} is wanted in the head: {found}"
    yield from _placed(name, page, base, site)


def _placed(name: str, page: BeautifulSoup, base: str, site: Path) -> Iterator[str]:
    for card in () if base else PLACED_CARD:
        if _contents(page, "property", card):
            yield f"{card} in the head of a book without an address"
    for found in _contents(page, "property", "og:url") if base else ():
        if found != f"{base}{name}":
            yield f"og:url is not the address of the page: {found}"
    for found in _contents(page, "property", "og:image") if base else ():
        if not found.startswith(base) or not (site / found.removeprefix(base)).is_file():
            yield f"og:image is no file of the site: {found}"


def _contents(page: BeautifulSoup, kind: str, name: str) -> list[str]:
    return [str(one.get("content", "")) for one in page.select(f'meta[{kind}="{name}"]')]


def canonical(page: BeautifulSoup) -> str:
    """Return the address that a page says is its own, empty where it says none."""
    link = page.select_one('link[rel="canonical"]')
    return str(link.get("href", "")) if link else ""
