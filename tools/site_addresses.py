"""Whose addresses a site gives: buttons lead to the repository of the build, and nothing to one that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup

from web_addresses import Addresses, Repository

# Hosts where anybody may take a name: an address there is this project's, one of OTHERS, or nobody's that we know.
HOSTS = (
    *("bitbucket.org", "codeberg.org", "github.com", "github.io", "githubusercontent.com", "gitlab.com", "gitlab.io"),
    *("mybinder.org", "readthedocs.io", "readthedocs.org"),
)
ADDRESS = re.compile(
    rf"(?<![\w.-])(?:[\w-]+\.)*(?:{'|'.join(map(re.escape, HOSTS))})(?![\w-]|\.\w)(?:[/:][\w.~%/@+-]*)?", re.ASCII
)
# What the book and the library name of others' work there, and why.
OTHERS = {
    "inception-project.github.io": "the manual of INCEpTION, by which what is read of it is checked",
    "github.com/rapideditor/country-coder": "names of countries in the gazetteer come from it, and cite it",
    "github.com/zotero/translators": "how Zotero reads references, by which ours are checked",
}
# Licenses and manuals that the scripts of the explorer name; they are in the built page only.
CARRIED = ("github.com/nodeca/pako", "raw.github.com/Stuk/jszip", "stuk.github.io/jszip")
TEXTS = {".css", ".csv", ".html", ".ipynb", ".js", ".json", ".map", ".md", ".svg", ".txt", ".xml"}

LAUNCH = ".dropdown-launch-buttons a"
# What the theme makes of an address on each forge. Pages without a source in the book have the first two only.
BUTTONS = {
    "github": {
        "a.btn-source-repository-button": "{url}",
        "a.btn-source-issues-button": "{url}/issues/new?title=Issue%20on%20page%20%2F{page}.html"
        "&body=Your%20issue%20content%20here.",
        "a.btn-source-edit-button": "{url}/edit/{branch}/book/{file}",
        "a.btn-source-file-button": "{url}/blob/{branch}/book/{file}?plain=1",
    },
    "gitlab": {
        "a.btn-source-repository-button": "{url}",
        "a.btn-source-issues-button": "{url}/-/issues/new?issue[title]=Issue%20on%20page%20%2F{page}.html"
        "&issue[description]=Your%20issue%20content%20here.",
        "a.btn-source-edit-button": "{url}/-/edit/{branch}/book/{file}",
        "a.btn-source-file-button": "{url}/-/blob/{branch}/book/{file}",
    },
}
ON_ANY_PAGE = ("a.btn-source-repository-button", "a.btn-source-issues-button")
BINDER = {
    "github": "https://mybinder.org/v2/gh/{owner}/{name}/{branch}?urlpath=lab/tree/book/{file}",
    "gitlab": "https://mybinder.org/v2/gl/{owner}%2F{name}/{branch}?urlpath=lab/tree/book/{file}",
}


def buttons(name: str, page: BeautifulSoup, source: Path | None, repository: Repository | None) -> Iterator[str]:
    """Find buttons that are not those of the repository: none without one, each once on a page with a source."""
    wanted = _wanted(name.removesuffix(".html"), source, repository)
    for selector in (*BUTTONS["github"], LAUNCH):
        found = [str(link["href"]) for link in page.select(selector)]
        if found != ([wanted[selector]] if selector in wanted else []):
            yield f"the button {selector} leads to {found}, not to {wanted.get(selector, 'nothing')}"


def pages(site: Path) -> list[Path]:
    """List the pages of a site, in order: those of the book, and the page of each clipping."""
    return sorted([*site.glob("*.html"), *site.glob("items/*.html")])


def menus(page: BeautifulSoup) -> Iterator[str]:
    """Find menus that open on nothing."""
    for menu in page.select(".dropdown"):
        if not menu.select(".dropdown-menu :is(a, button)"):
            yield f"a menu without entries: {' '.join(menu['class'])}"


def unknown(text: str, given: Addresses) -> Iterator[str]:
    """Find the addresses in a text, on hosts where anybody may take a name, that are neither ours nor of ``OTHERS``."""
    known = [*_own(given), *OTHERS, *CARRIED]
    for address in sorted({found[0].rstrip(".-") for found in ADDRESS.finditer(text)}):
        if not any(address == one or address.startswith(f"{one}/") for one in known):
            yield f"an address that is neither the project's nor one of site_addresses.OTHERS: {address}"


def texts(site: Path, book: Path) -> Iterator[Path]:
    """Yield the files of the site that may hold an address; of ``_static`` ours, and not what comes with the theme."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site)
        if path.suffix in TEXTS and (name.parts[0] != "_static" or (book / name).is_file()):
            yield path


def _wanted(page: str, source: Path | None, repository: Repository | None) -> dict[str, str]:
    if not repository:
        return {}
    forms = BUTTONS[repository.forge]
    if source and source.suffix == ".ipynb" and repository.on_binder:
        forms = {**forms, LAUNCH: BINDER[repository.forge]}
    file = source.name if source else ""
    values = {**repository._asdict(), "url": repository.url, "page": page, "file": file}
    return {selector: form.format(**values) for selector, form in forms.items() if file or selector in ON_ANY_PAGE}


def _own(given: Addresses) -> Iterator[str]:
    if given.book:
        yield given.book.removeprefix("https://").rstrip("/")
    if given.repository:
        yield given.repository.url.removeprefix("https://")
    if given.repository and given.repository.on_binder:
        place = BINDER[given.repository.forge].partition("/{branch}")[0]
        yield place.removeprefix("https://").format(**given.repository._asdict())
