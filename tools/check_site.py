"""Check the built book: quoted passages equal their source to the character, links lead somewhere, no host is asked.

Usage: check_site.py SITE CLIPPINGS
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

import clippings as cl

LOADED = (("img", "src"), ("script", "src"), ("link", "href"), ("iframe", "src"), ("source", "src"))
NOT_LOADED = {"canonical", "next", "prev", "search", "index", "author", "license"}


def main(site: Path, folder: Path) -> int:
    """Print every fault of the site and return how many there are, at most 1."""
    pages = {path: BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in sorted(site.glob("*.html"))}
    texts = {clipping.id: clipping.text for clipping in cl.read(folder)}
    faults = [
        f"{path.name}: {fault}"
        for path, page in pages.items()
        for check in (passages(page, texts), links(path, page, pages), hosts(page))
        for fault in check
    ]
    quoted = sum(len(page.select("blockquote.clippings-passage")) for page in pages.values())
    print("\n".join([*faults, f"site: {len(pages)} pages, {quoted} quoted passages, {len(faults)} faults"]))
    return 1 if faults or not quoted else 0


def passages(page: BeautifulSoup, texts: dict[str, str]) -> Iterator[str]:
    """Find quotations that differ from the text they are quoted from."""
    for quoted in page.select("blockquote.clippings-passage"):
        source = texts[str(quoted["data-clipping"])][int(str(quoted["data-start"])) : int(str(quoted["data-end"]))]
        shown = quoted.select_one("p")
        if shown is None or shown.get_text() != source:
            yield f"a quoted passage is not its source: {source[:60]!r}"


def links(path: Path, page: BeautifulSoup, pages: dict[Path, BeautifulSoup]) -> Iterator[str]:
    """Find links within the site that lead nowhere, to a page or to a place in one."""
    for link in page.select("a[href]"):
        address = urlsplit(str(link["href"]))
        if address.scheme or address.netloc:
            continue
        target = (path.parent / unquote(address.path)).resolve() if address.path else path.resolve()
        if not target.exists():
            yield f"a link leads nowhere: {link['href']}"
        elif address.fragment and not _has_place(target, unquote(address.fragment), pages):
            yield f"a link leads to no place of its page: {link['href']}"


def _has_place(target: Path, place: str, pages: dict[Path, BeautifulSoup]) -> bool:
    page = next((page for path, page in pages.items() if path.resolve() == target), None)
    return page is None or isinstance(page.find(id=place), Tag)


def hosts(page: BeautifulSoup) -> Iterator[str]:
    """Find whatever the page would load from another host."""
    for name, attribute in LOADED:
        for element in page.select(f"{name}[{attribute}]"):
            is_named_only = NOT_LOADED & set(element.get("rel") or ())
            if urlsplit(str(element[attribute])).netloc and not is_named_only:
                yield f"the page asks another host: {element[attribute]}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
