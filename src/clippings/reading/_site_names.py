"""Whose a saved page is: the title of its window, its address, and the names that its markup shows for the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from clippings import diagnostics
from clippings.model import Diagnostic
from clippings.page import lines
from clippings.page.taken import marked_source, names_of_site, site_of, squeezed, without_headline

_FIRST_LOGOS, _FIRST_LINKS, _LONGEST_NAME = 3, 12, 60
_NAMED = ("site-title", "sitetitle", "site-name", "sitename", "blog-title", "masthead", "logo", "brand")
_OF_SOURCES = ("src", "source", "quelle", "zrodlo", "publication", "newspaper", "outlet")
_MARKED, _SOURCE = (
    ",".join(f"[{mark}~='{name}' i]" for name in names for mark in ("class", "id")) for names in (_NAMED, _OF_SOURCES)
)
_META = "meta[property='og:site_name' i],meta[name='og:site_name' i],meta[name='application-name' i]"
_PUBLISHED = ",".join(
    f"meta[name='{name}' i]" for name in ("citation_journal_title", "dc.publisher", "dcterms.publisher")
)
_PUBLISHER = re.compile(
    r'"publisher"\s*:\s*\{(?:[^{}"]|"(?!name")[^"]*"|\{[^{}]*\})*"name"\s*:\s*'
    r'(?P<name>"(?:[^"\\\n]|\\u(?!d[89a-f])[0-9a-f]{4}|\\["/\\])*")',
    re.IGNORECASE,
)
_ROOT = re.compile(r"(?:(?:^|/)https?://[^/]+/?|^/)$")
"""An address of the first page of a site, in an archive of pages too."""


class Said(NamedTuple):
    """What a page says of itself: the title of its window, its address, the names of its site, and a marked source.

    ``publisher`` is the one that its data for search engines and libraries name.
    """

    window: str
    address: str
    names: tuple[str, ...]
    source: str = ""
    publisher: str = ""

    def spelled(self, name: str) -> str:
        """Return a name as the page spells it, in words, where it is given in one: ``HarborGazette``."""
        same = (words for words in self.names if " " in words and _letters(words) == _letters(name))
        return name if " " in name else next(same, name)


def of(tree: Any, address: str) -> Said:
    """Return what a page says of itself; logos, links to the first page and what is marked so name the site."""
    node = tree.css_first("head > title")
    links = [node for node in tree.css("a[href]")[:_FIRST_LINKS] if _ROOT.search(node.attributes.get("href") or "")]
    names = [
        *(node.attributes.get("alt") or "" for node in tree.css("img[alt]")[:_FIRST_LOGOS]),
        *(node.attributes.get("content") or "" for node in tree.css(_META)),
        *(node.text() for node in (*links, *tree.css(_MARKED)[:_FIRST_LINKS])),
        site_of(address),
    ]
    kept = (" ".join(words.split()) for words in names if len(words) <= _LONGEST_NAME)
    window = " ".join(node.text().split()) if node else ""
    sources = (marked_source(" ".join(node.text().split())) for node in tree.css(_SOURCE)[:_FIRST_LINKS])
    source = next(filter(None, sources), "")
    in_window = (source,) if source in window else ()
    named = (*(words for words in kept if words and not lines.is_path(words)), *in_window)
    return Said(window, address, named, source, _publisher(tree))


def _publisher(tree: Any) -> str:
    """The publisher in the data that a page has for search engines and libraries."""
    node = tree.css_first(_PUBLISHED)
    told = [node.attributes.get("content") or ""] if node else []
    for script in tree.css("script[type='application/ld+json' i]")[:_FIRST_LOGOS]:
        found = _PUBLISHER.search(script.text())
        told += [json.loads(found["name"], strict=False)] if found else []
    return next((" ".join(words.split()) for words in told if 0 < len(words) <= _LONGEST_NAME), "")


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.lower()))


def doubts(title: str, outlet: str, named: str, seen: str, said: Said, file: str) -> Iterator[Diagnostic]:
    """Say where the page does not show its headline or outlet, and what else may be its outlet."""
    if title and title not in seen:
        yield _doubt(title, "no headline", "the headline", file)
    rest = without_headline(said.window, title)
    if not outlet:
        if rest and title:
            yield _doubt(rest, "the outlet", "a part of the title of the window", file)
        return
    if not (squeezed(outlet) in names_of_site(seen, said.names) or lines.names_outlet(outlet)):
        yield _doubt(outlet, "no outlet", "the outlet", file)
    if lines.names_outlet(rest) and squeezed(outlet) not in squeezed(rest):
        yield _doubt(rest, "the outlet", "a part of the title of the window", file)
    ours, theirs = squeezed(outlet), squeezed(named)
    if named and not (ours in theirs or theirs in ours or lines.is_domain(named)):
        yield _doubt(named, "the outlet", "another name of the site", file)


def other_day(printed: str, file: str) -> Iterator[Diagnostic]:
    """Say that a page has another day beside its headline, or in its markup, than the one it is given."""
    if printed:
        yield _doubt(printed, "the date", "another day of the page", file)


def _doubt(printed: str, may: str, read_as: str, file: str) -> Diagnostic:
    return diagnostics.make("CLP215", file=file, printed=printed, may=may, read_as=read_as)
