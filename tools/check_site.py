"""Check the built book: every page by itself, and what belongs to the site as a whole.

Usage: check_site.py SITE BOOK CLIPPINGS
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag

import clippings as cl
import page_checks

Pages = Mapping[Path, BeautifulSoup]
NOT_FOUND = "404.html"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
MAX_CARD = 200_000


def main(site: Path, book: Path, folder: Path) -> int:
    """Print every fault of the site and return how many there are, at most 1."""
    pages = {path: BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in sorted(site.glob("*.html"))}
    texts = {clipping.id: clipping.text for clipping in cl.read(folder)}
    faults = [f"{path.name}: {fault}" for path in pages for fault in page_faults(path, pages, book, texts)]
    faults += site_faults(site, pages)
    quoted = sum(len(page.select("blockquote.clippings-passage")) for page in pages.values())
    print("\n".join([*faults, f"site: {len(pages)} pages, {quoted} quoted passages, {len(faults)} faults"]))
    return 1 if faults or not quoted else 0


def page_faults(path: Path, pages: Pages, book: Path, texts: Mapping[str, str]) -> Iterator[str]:
    """Find the faults of one page; the page for what is not found stands alone and has no head of the theme's."""
    page = pages[path]
    yield from page_checks.passages(page, texts)
    yield from page_checks.hosts(page)
    yield from page_checks.headings(page)
    yield from page_checks.ids(page)
    yield from page_checks.images(page)
    yield from page_checks.weight(path, page)
    yield from page_checks.source_links(page, book)
    yield from links(path, pages)
    if path.name != NOT_FOUND:
        yield from page_checks.head(path, page)
    if (book / f"{path.stem}.ipynb").exists():
        yield from page_checks.download(path, page)


def links(path: Path, pages: Pages) -> Iterator[str]:
    """Find links within the site that lead nowhere, to a page or to a place in one."""
    for link in pages[path].select("a[href]"):
        address = urlsplit(str(link["href"]))
        if address.scheme or address.netloc:
            continue
        target = (path.parent / unquote(address.path)).resolve() if address.path else path.resolve()
        if not target.exists():
            yield f"a link leads nowhere: {link['href']}"
        elif address.fragment and not _has_place(target, unquote(address.fragment), pages):
            yield f"a link leads to no place of its page: {link['href']}"


def _has_place(target: Path, place: str, pages: Pages) -> bool:
    page = next((page for path, page in pages.items() if path.resolve() == target), None)
    return page is None or isinstance(page.find(id=place), Tag)


def site_faults(site: Path, pages: Pages) -> Iterator[str]:
    """Find what is wrong with the files of the site as a whole: the map, the robots' file, the card, the 404 page."""
    for name in ("sitemap.xml", "robots.txt", NOT_FOUND, "_static/og-card.png"):
        if not (site / name).is_file():
            yield f"{name}: missing"
    own = ((path.name, page_checks.canonical(page)) for path, page in pages.items())
    base = next((address.removesuffix(name) for name, address in own if address), "")
    if (site / "sitemap.xml").is_file():
        yield from _map_faults(site, pages, base)
    robots = site / "robots.txt"
    if robots.is_file() and f"Sitemap: {base}sitemap.xml" not in robots.read_text("utf-8").splitlines():
        yield "robots.txt: does not name the sitemap"
    card = site / "_static" / "og-card.png"
    if card.is_file() and card.stat().st_size > MAX_CARD:
        yield f"_static/og-card.png: weighs more than {MAX_CARD:,} bytes"
    for page in (page for path, page in pages.items() if path.name == NOT_FOUND):
        for asked in page.select("a[href], img[src], link[href], script[src]"):
            address = str(asked.get("href") or asked.get("src"))
            if not address.startswith(base) or not (site / address.removeprefix(base)).is_file():
                yield f"{NOT_FOUND}: does not work from any depth: {address}"


def _map_faults(site: Path, pages: Pages, base: str) -> Iterator[str]:
    places = [place.text or "" for place in ElementTree.parse(site / "sitemap.xml").iter(LOC)]
    listed = {place.removeprefix(base) for place in places}
    # A page with a source in the book, and not one that Sphinx generates, belongs on the map.
    written = {path.name for path, page in pages.items() if page.select_one("a.btn-source-edit-button")}
    yield from (f"sitemap.xml: leads nowhere: {place}" for place in sorted(listed - {path.name for path in pages}))
    yield from (f"sitemap.xml: lacks {name}" for name in sorted(written - listed))


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4])))
