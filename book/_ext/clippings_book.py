"""Accessibility of the built pages: cures for what the theme and the notebook renderer leave."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

# Each cure is a pattern over the HTML of a page and what takes its place. A page that a build leaves alone is cured
# again, so that a cured page must stay as it is.
CURES = [
    # The bibliography is called a list but holds no list items, and its entries carry a deprecated role.
    (r'<div role="list" class="citation-list">', '<div class="citation-list">'),
    (r'(<div class="citation"[^>]*) role="doc-biblioentry"', r"\1"),
    # These labels contradict the text that the element shows.
    (r'(<button class="btn search-button-field[^>]*) aria-label="[^"]*"', r"\1"),
    (r'<summary aria-label="[^"]*">', "<summary>"),
    # The button that opens the pages below one has no name; it gets one behind the cure that takes names off.
    (
        r'(>([^<]*)</a><details[^>]*>)<summary><span class="toctree-toggle"',
        r'\1<summary aria-label="Pages of \2"><span class="toctree-toggle"',
    ),
    # The sidebar lies outside every landmark.
    (r'<div (class="bd-sidebar-primary )', r'<div role="region" aria-label="Sidebar" \1'),
    # The corner of a table of pandas is an empty header.
    (r"<th[^>]*>\s*</th>", "<td></td>"),
    # The theme repeats the title and the contents for printing, as headings before the page's own.
    (r'(<div id="jb-print-docs-body"[^>]*>\s*)<h1>(.*?)</h1>', r'\1<p class="print-title">\2</p>'),
    (r'(<div id="jb-print-toc">\s*<div>\s*)<h2>(.*?)</h2>', r'\1<p class="print-contents">\2</p>'),
    # On its own page the search has a second field of the same id.
    (r'(id="search-input".*?) id="search-input"', r'\1 id="search-input-page"'),
    # A table wider than a phone scrolls by itself, by keyboard too.
    (
        r'<div class="pst-scrollable-table-container">',
        r'<div class="pst-scrollable-table-container" role="group" aria-label="Table" tabindex="0">',
    ),
    (
        r'<table border="1" class="dataframe">(.*?)</table>',
        r'<div class="table-scroll" role="group" aria-label="Table" tabindex="0">'
        r'<table class="dataframe">\1</table></div>',
    ),
]
COMPILED = [(re.compile(pattern, re.DOTALL), replacement) for pattern, replacement in CURES]


def cure(page: str) -> str:
    """Return the HTML of a page with every cure applied."""
    for pattern, replacement in COMPILED:
        page = pattern.sub(replacement, page)
    return page


def cure_pages(app: Sphinx, exception: Exception | None) -> None:
    """Apply the cures to every page once the build has written it."""
    if exception is None and app.builder.format == "html":
        for path in sorted([*Path(app.outdir).glob("*.html"), *Path(app.outdir).glob("items/*.html")]):
            path.write_text(cure(path.read_text("utf-8")), "utf-8", newline="\n")


def require_alt_text(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of an image without words for those who do not see it; warnings fail the build."""
    for image in doctree.findall(nodes.image):
        alt = image.get("alt", "").strip()
        if not alt or alt == image["uri"]:
            message = "image without alt text: give the cell mystnb.image.alt"
            logger.warning(message, location=(app.env.docname, image.line))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", cure_pages)
    app.connect("doctree-read", require_alt_text)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
