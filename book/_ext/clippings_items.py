"""A page a clipping: written into items/ before Sphinx looks for sources, and linked wherever a table names its id."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path

import pandas as pd
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

import clippings as cl
import item_pages
from clippings.comparing import anchors
from clippings.display.passages import address
from clippings.fetching.verifying import paragraphs
from item_pages import OwnCopy

FOLDER = "items"
TABLES = (
    *("clippings", "speakers", "stances", "mentions", "event_dates", "second_coding"),
    *("blind_pages", "blind_speakers", "blind_stances"),
)
PRESS = "CLIPPINGS_PRESS"
"""The variable that names a folder of the reader's own pages: make book PRESS=press/ sets it."""
ID = r"\d{6}-\d+"
CELL = re.compile(rf"<td>({ID}(?:, {ID})*)</td>")
WORDS = re.compile(r"<td>([^<>]+)</td>")
ADDRESS, ADDRESSED = re.compile(r"<td>(https?://[^<>\s]+)</td>"), r'<td><a href="\1">\1</a></td>'
PASSAGE = re.compile(
    r'(?P<words><blockquote class="clippings-passage"[^>]* data-clipping="(?P<id>[^"]+)" data-start="(?P<start>\d+)" '
    r'data-end="(?P<end>\d+)">.*?<footer>)(?P<place>[^<>]+)</footer>',
    re.DOTALL,
)
READING = [f"{page}.html" for page in item_pages.READ_IN_FULL.values()]
MARK = re.compile(r'id="(p-[^"]+)"')
# The source of such a page is made at each build, so nobody can look at it or edit it in the repository.
BUTTON = re.compile(r'<li><a [^>]*class="[^"]*btn-source-(?:edit|file)-button.*?</li>', re.DOTALL)


def write_pages(app: Sphinx) -> None:
    """Write the pages that changed, and take away those of clippings that are gone."""
    folder = Path(app.srcdir) / FOLDER
    folder.mkdir(exist_ok=True)
    collection = cl.collection()
    tables = {name: collection.table(name).astype("string").fillna("") for name in TABLES}
    copies = own_copies(os.environ.get(PRESS, ""), tables)
    texts = {f"{name}.md": text for name, text in item_pages.pages(tables, shown_passages(tables), copies).items()}
    for path in folder.glob("*.md"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")


def own_copies(press: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, OwnCopy]:
    """Return the reader's own copies of pages, by id; none where no folder is named."""
    if not press:
        return {}
    try:
        corpus = cl.verify(press, cl.collection().path / "data" / "catalogue").corpus
    except cl.ClippingsError as error:
        raise ExtensionError(f"PRESS: {error}") from error
    stances = tables["blind_stances"]
    copies = {}
    for clipping in corpus:
        spans = paragraphs(clipping)
        found = anchors.places(clipping.text, spans, stances.loc[stances["id"] == clipping.id, "sentence_sha256"])
        copies[clipping.id] = OwnCopy(item_pages.local_text(clipping.text, spans, found), found)
    return copies


def shown_passages(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the marks over the sentences behind stances, by the hash of the sentence, in the pages read in full."""
    addresses = {}
    stances = tables["blind_stances"]
    for page in cl.collection().read().annotate():
        clipping = page.clipping
        wanted = stances.loc[stances["id"] == clipping.id, "sentence_sha256"]
        found = anchors.places(clipping.text, paragraphs(clipping), wanted)
        marks = [mark for record in (*page.quotes, *page.themes) for mark in record.marks()]
        for code, (start, end, *_) in found.items():
            around = [mark for mark in marks if mark.start <= start and end <= mark.end]
            if around:
                mark = min(around, key=lambda mark: mark.end - mark.start)
                reading = f"../{item_pages.READ_IN_FULL[clipping.id]}.html"
                addresses[code] = address(clipping.id, mark.start, mark.end, page=reading)
    return addresses


def link_pages(app: Sphinx, exception: Exception | None) -> None:
    """Link ids, titles and addresses that fill cells to the pages that they name, and passages to their marks."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    known = {path.stem for path in (out / FOLDER).glob("*.html")}
    titles = titled(cl.collection().table("clippings"), known)
    marked = {page: MARK.findall((out / page).read_text("utf-8")) for page in READING if (out / page).is_file()}
    for path in sorted(out.rglob("*.html")):
        text = path.read_text("utf-8")
        base = f"{FOLDER}/" if path.parent == out else ""
        found = ADDRESS.sub(ADDRESSED, text)
        found = CELL.sub(functools.partial(_linked, known, base), found)
        found = WORDS.sub(functools.partial(_entitled, titles, base), found)
        found = PASSAGE.sub(functools.partial(_led, marked), found)
        if path.parent.name == FOLDER:
            found = BUTTON.sub("", found)
        if found != text:
            path.write_text(found, "utf-8", newline="\n")
    if os.environ.get(PRESS):
        # Texts of others are not left among the sources of the book.
        for path in (Path(app.srcdir) / FOLDER).glob("*.md"):
            path.unlink()


def _led(marked: Mapping[str, Sequence[str]], passage: re.Match[str]) -> str:
    """Return a passage whose place leads to its mark, where its clipping is read in full and has one there."""
    page = f"{item_pages.READ_IN_FULL.get(passage['id'], '')}.html"
    start, end = int(passage["start"]), int(passage["end"])
    to = address(passage["id"], start, end, page=page)
    if to.partition("#")[2] not in marked.get(page, ()):
        return passage[0]
    return f'{passage["words"]}<a href="{to}">{passage["place"]}</a></footer>'


def titled(clippings: pd.DataFrame, known: set[str]) -> dict[str, str]:
    """Return the ids of clippings that have a page, by their titles; a title of several leads to none."""
    own = clippings[clippings["id"].isin(known) & clippings["title"].notna()]
    own = own[~own["title"].duplicated(keep=False)]
    return dict(zip(own["title"], own["id"], strict=True))


def _entitled(titles: Mapping[str, str], base: str, cell: re.Match[str]) -> str:
    one = titles.get(unescape(cell[1]))
    return f'<td><a href="{base}{one}.html">{cell[1]}</a></td>' if one else cell[0]


def _linked(known: set[str], base: str, cell: re.Match[str]) -> str:
    ids = cell[1].split(", ")
    tags = (f'a class="item-id" href="{base}{one}.html"' if one in known else 'span class="item-id"' for one in ids)
    linked = (f"<{tag}>{one}</{tag.split()[0]}>" for tag, one in zip(tags, ids, strict=True))
    return f"<td>{', '.join(linked)}</td>"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", write_pages)
    app.connect("build-finished", link_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
