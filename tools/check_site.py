"""Check the built book: every page by itself, and what belongs to the site as a whole.

Usage: check_site.py SITE BOOK CLIPPINGS, with REPOSITORY_URL and BOOK_URL as the book was built.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup

import clippings as cl

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
import page_checks
import site_addresses
import web_addresses
from web_addresses import Addresses

Pages = Mapping[Path, BeautifulSoup]
NOT_FOUND = "404.html"
EXPLORER = "explore.html"
MAP_FILES = ("sitemap.xml", "robots.txt")
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
MAX_CARD = 200_000
# Where a stance shows, as the page of a clipping says it.
ANCHOR = re.compile(r"paragraph \d+, sentence \d+")
LINKS = "a[href], link[href], img[src], script[src], source[src], iframe[src]"


def main(site: Path, book: Path, folder: Path, given: Addresses) -> int:
    """Print every fault of the site and return how many there are, at most 1."""
    site = site.resolve()
    pages = {path: BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in site_addresses.pages(site)}
    texts = {clipping.id: clipping.text for clipping in cl.read(folder)}
    faults = [
        f"{path.relative_to(site).as_posix()}: {fault}"
        for path in pages
        for fault in page_faults(path, site, pages, book, texts, given)
    ]
    for path in site_addresses.texts(site, book):
        found = site_addresses.unknown(path.read_text("utf-8"), given)
        faults += [f"{path.relative_to(site).as_posix()}: {fault}" for fault in found]
    faults += site_faults(site, pages, book, given.book)
    quoted = sum(len(page.select("blockquote.clippings-passage")) for page in pages.values())
    print("\n".join([*faults, f"site: {len(pages)} pages, {quoted} quoted passages, {len(faults)} faults"]))
    return 1 if faults or not quoted else 0


def page_faults(
    path: Path, site: Path, pages: Pages, book: Path, texts: Mapping[str, str], given: Addresses
) -> Iterator[str]:
    """Find the faults of one page; the page for what is not found stands alone and has no head of the theme's."""
    page, source, name = pages[path], _source(path, site, book), path.relative_to(site).as_posix()
    yield from page_checks.passages(page, texts)
    yield from page_checks.hosts(page)
    yield from page_checks.headings(page)
    yield from page_checks.ids(page)
    yield from page_checks.figures(path, page)
    yield from page_checks.images(page)
    yield from page_checks.weight(path, page)
    yield from links(path, pages)
    yield from site_addresses.menus(page)
    if path.name != NOT_FOUND:
        yield from page_checks.head(name, page, given.book, site)
        yield from site_addresses.buttons(name, page, source, given.repository)
    if source and source.suffix == ".ipynb":
        yield from page_checks.download(path, page)


def _source(path: Path, site: Path, book: Path) -> Path | None:
    """Return the file of the book that a page is made from, None for a page that the build generates."""
    if path.parent != site:
        return None
    files = (book / f"{path.stem}{suffix}" for suffix in (".ipynb", ".md"))
    return next((file for file in files if file.is_file()), None)


def links(path: Path, pages: Pages) -> Iterator[str]:
    """Find what a page links or loads from the site that is not there: a file, or a place in a page."""
    places: dict[Path, set[str]] = {}
    for link in pages[path].select(LINKS):
        asked = str(link.get("href") or link.get("src") or "")
        address = urlsplit(asked)
        if address.scheme or address.netloc:
            continue
        target = (path.parent / unquote(address.path)).resolve() if address.path else path.resolve()
        if not target.is_file():
            yield f"a link leads nowhere: {asked}"
        elif address.fragment and not _has_place(target, unquote(address.fragment), pages, places):
            yield f"a link leads to no place of its page: {asked}"


def _has_place(target: Path, place: str, pages: Pages, places: dict[Path, set[str]]) -> bool:
    page = pages.get(target)
    if page is None:
        return True
    if target.name == EXPLORER and "=" in place:
        return page_checks.is_choice(page, place)
    # A page of names has thousands of places, and the index asks for most of them.
    if target not in places:
        places[target] = {str(element["id"]) for element in page.select("[id]")}
    return place in places[target]


def site_faults(site: Path, pages: Pages, book: Path, base: str) -> Iterator[str]:
    """Find what is wrong with the files of the site as a whole: the map, the robots' file, the card, the 404 page."""
    for name in (NOT_FOUND, "_static/og-card.png", *(MAP_FILES if base else ())):
        if not (site / name).is_file():
            yield f"{name}: missing"
    for name in () if base else MAP_FILES:
        if (site / name).exists():
            yield f"{name}: is there, but the book has no address"
    card = site / "_static" / "og-card.png"
    if card.is_file() and card.stat().st_size > MAX_CARD:
        yield f"_static/og-card.png: weighs more than {MAX_CARD:,} bytes"
    if base:
        yield from _map_faults(site, pages, book, base)
    yield from walk_faults(site, pages)
    for page in (page for path, page in pages.items() if path.name == NOT_FOUND):
        for asked in page.select(LINKS):
            address = str(asked.get("href") or asked.get("src"))
            if not base or not address.startswith(base) or not (site / address.removeprefix(base)).is_file():
                yield f"{NOT_FOUND}: does not work from any depth: {address}"


def walk_faults(site: Path, pages: Pages) -> Iterator[str]:
    """Find findings of the first page that cannot be followed in three steps: a chapter, an item, an anchor in it."""
    front = pages.get(site / "index.html")
    for finding in front.select("section#what-was-found > p") if front else ():
        names = (str(link["href"]).partition("#")[0] for link in finding.select("a.internal"))
        chapters = [pages.get(site / name) for name in names]
        items = {str(link["href"]) for page in chapters if page for link in page.select('a[href^="items/"]')}
        anchored = any((item := pages.get(site / one)) and item.find(string=ANCHOR) for one in items)
        if not anchored:
            yield f"index.html: a finding leads in three steps to no anchor: {finding.get_text(' ', strip=True)[:60]}"


def _map_faults(site: Path, pages: Pages, book: Path, base: str) -> Iterator[str]:
    robots = site / "robots.txt"
    if robots.is_file() and f"Sitemap: {base}sitemap.xml" not in robots.read_text("utf-8").splitlines():
        yield "robots.txt: does not name the sitemap"
    if not (site / "sitemap.xml").is_file():
        return
    places = [place.text or "" for place in ElementTree.parse(site / "sitemap.xml").iter(LOC)]
    listed = {place.removeprefix(base) for place in places}
    # A page with a source in the book, and not one that Sphinx generates, belongs on the map.
    written = {path.name for path in pages if _source(path, site, book)}
    yield from (
        f"sitemap.xml: leads nowhere: {place}"
        for place in sorted(listed - {path.relative_to(site).as_posix() for path in pages})
    )
    yield from (f"sitemap.xml: lacks {name}" for name in sorted(written - listed))


def run(site: str, book: str, folder: str) -> int:
    """Check with the addresses of the environment; 2 where one of them is no address."""
    try:
        return main(Path(site), Path(book), Path(folder), web_addresses.given())
    except web_addresses.AddressError as error:
        print(f"site: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:4]))
