"""What must hold of each page of the built book; every check yields the faults it finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

LOADED = (("img", "src"), ("script", "src"), ("link", "href"), ("iframe", "src"), ("source", "src"))
NOT_LOADED = {"canonical", "next", "prev", "search", "index", "author", "license"}
MAX_WEIGHT = 1_500_000
FILE_NAME = re.compile(r"\.(png|jpe?g|svg|gif)\b", re.IGNORECASE)
# The end of an address that shows or changes the source of a page.
SOURCE = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/(?:edit|blob)/[\w.-]+/book/(?P<file>[\w-]+\.(?:md|ipynb))")
BINDER = re.compile(
    r"https://mybinder\.org/v2/gh/[\w.-]+/[\w.-]+/[\w.-]+\?urlpath=lab/tree/book/(?P<file>[\w-]+\.ipynb)"
)
SOURCE_BUTTONS = "a.btn-source-edit-button, a.btn-source-file-button"
CARD = ("og:title", "og:description", "og:url", "og:image", "og:image:alt", "og:type")


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
    loaded = {str(element[attribute]) for name, attribute in LOADED for element in page.select(f"{name}[{attribute}]")}
    files = {path, *(path.parent / urlsplit(one).path for one in loaded if not urlsplit(one).scheme)}
    total = sum(file.stat().st_size for file in files if file.is_file())
    if total > MAX_WEIGHT:
        yield f"weighs {total:,} bytes, more than {MAX_WEIGHT:,}"


def source_links(page: BeautifulSoup, book: Path) -> Iterator[str]:
    """Find links to a page's source, and to a run of it, that are malformed or name no file of the book."""
    for selector, form in ((SOURCE_BUTTONS, SOURCE), ('a[href*="mybinder"]', BINDER)):
        for link in page.select(selector):
            found = form.fullmatch(str(link["href"]).removesuffix("?plain=1"))
            if not found or not (book / found["file"]).is_file():
                yield f"no link to a source: {link['href']}"


def download(path: Path, page: BeautifulSoup) -> Iterator[str]:
    """Find a notebook's page that does not offer the notebook."""
    offered = [str(link["href"]) for link in page.select("a.btn-download-source-button")]
    if offered != [f"_sources/{path.stem}.ipynb"] or not (path.parent / offered[0]).is_file():
        yield f"no download of the notebook: {offered}"


def head(path: Path, page: BeautifulSoup) -> Iterator[str]:
    """Find what the head of a page lacks for those who list or share it."""
    if not canonical(page).startswith("https://") or not canonical(page).endswith(f"/{path.name}"):
        yield f"the canonical address is not the page's: {canonical(page)!r}"
    for kind, name in [("name", "description"), ("name", "twitter:card"), *(("property", name) for name in CARD)]:
        found = [str(one.get("content", "")) for one in page.select(f'meta[{kind}="{name}"]')]
        if len(found) != 1 or not found[0].strip():
            yield f"one {name} is wanted in the head: {found}"
        elif name == "og:url" and found[0] != canonical(page):
            yield f"og:url is not the canonical address: {found[0]}"
        elif name == "og:image":
            base = canonical(page).removesuffix(path.name)
            if not found[0].startswith(base) or not (path.parent / found[0].removeprefix(base)).is_file():
                yield f"og:image is no file of the site: {found[0]}"


def canonical(page: BeautifulSoup) -> str:
    """Return the address that a page says is its own, empty where it says none."""
    link = page.select_one('link[rel="canonical"][href]')
    return str(link["href"]) if link else ""
