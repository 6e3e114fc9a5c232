"""A saved page to text in the layout the grammar reads: its visible text, or the article an extractor finds in it.

A page of this archive is read by its visible text. Of any other page, trafilatura gives title, date, author, site and
text, which are put together as a page that begins with its date. The packages come with the extra ``html``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from clippings.model import Diagnostic
from clippings.page import lines, printed_dates
from clippings.page.forms import LaidOut, Layout
from clippings.page.layout import export as layout_of_export
from clippings.page.layout import lay_out
from clippings.page.lines import Line
from clippings.page.taken import (
    date_in_window,
    date_near,
    head_above,
    in_window,
    is_above,
    is_mail,
    named_day,
    names_listed,
    names_of_site,
    put_together,
    squeezed,
    without_rights,
)
from clippings.reading import _charsets as charsets
from clippings.reading import _compared as compared
from clippings.reading import _site_names as site_names
from clippings.reading import foreign, markup_bounds, source
from clippings.reading._charsets import HEAD
from clippings.reading._site_names import Said
from clippings.reading.guards import package
from clippings.reading.markup_bounds import Markup
from clippings.reading.saved import Saved
from clippings.reading.source import refusal

MAX_DEPTH = 2_000
"""Elements within elements; a parser of HTML takes time by the square of it, so that a deeper page is refused."""

_UNSEEN = "script,style,noscript,template,iframe,object,select,svg,head,[hidden],[style*='display:none' i]"
_BLOCKS = (
    "address,article,aside,blockquote,center,dd,div,dl,dt,fieldset,figcaption,figure,footer,form,h1,h2,h3,h4,h5,h6,"
    "header,hr,li,main,nav,ol,p,pre,section,table,tbody,td,tfoot,th,thead,tr,ul"
)
# Two characters of private use, which no page prints.
_BREAK, _BLOCK = "\ue000", "\ue001"
_GAP = re.compile(f" ?[{_BREAK}{_BLOCK}][ {_BREAK}{_BLOCK}]*")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)[^<>]*", re.IGNORECASE)
# These hold nothing, or a parser closes them itself.
_FLAT = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "wbr"),
        *("body", "dd", "dt", "head", "html", "li", "option", "p", "tbody", "td", "th", "tr"),
    ]
)
_SAVED_FROM = re.compile(r"<!--\s?saved from url=(?:\(\d+\))?(\S+)")
# A document or a mail, which has no menus around its text.
_WRITTEN = re.compile(
    r"microsoft-com:office:word|<meta[^<>]+microsoft word|class=[\"']?(?:word)?section1\b", re.IGNORECASE
)
_OF_WRITTEN = ("microsoft", "section1")
_TWO_BREAKS = re.compile(r"<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_INLINE = r"(?:[^<]|</?(?:a|b|br|em|font|i|img|small|span|strong|u)\b[^<>]*>)"
# The text in front of the first of two breaks, which the extractor takes for no paragraph.
_BEFORE_BREAKS = re.compile(
    rf"(<(?:article|body|center|div|section|td|/h[1-6])\b[^<>]*>)(?={_INLINE}*+</p><p>)", re.IGNORECASE
)
_TOLD = {
    "[class$='Headline']": "title",
    ".titreArticleVisu": "title",
    ".author": "byline",
    ".docAuthors": "byline",
    ".sm-margin-bottomNews": "byline",
    ".titreArticle + div": "byline",
    ".rdp__subtitle": "standfirst",
}
_NOBODY = frozenset({"admin", "administrator", "desk", "editor", "newsroom", "staff", "team", "webmaster"})
_BEFORE_NAME = re.compile(r"(?:text|photo|foto|autor|author|текст|автор):? (?=\w)", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)
_LAST_LINES, _TOP, _FEWEST_BARS, _TITLE_LINES = 4, 12, 2, 3
_TABLE = re.compile(r"<(?P<close>/?)(?:table|tbody|thead|tfoot|tr|td|th)\b[^<>]*>", re.IGNORECASE)
_LONGEST_CELL = 120
"""A cell with more characters is a part of a page, and its table no table of the text."""
_SHORTEST_TEXT = 60
_LONGEST_PARTICLE = 3
_FIELDS = ("date", "title", "byline", "publisher")
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> Saved:
    r"""Read the bytes of a saved page (HTML or MHTML).

    ``text`` is what was taken from the page, ``sha256`` and ``encoding`` are of the bytes.

    Raises:
        SourceError: nothing is to be seen on the page, it lists pages, or a package is missing.

    >>> saved = read(b"<title>No</title><p>Minsk was quiet.<br><br>Nobody spoke.", layout="plain")
    >>> saved.decoded.text
    'Minsk was quiet.\n\nNobody spoke.'
    """
    foreign.refuse(data, file)
    parser = _package("selectolax.lexbor", file)
    packed, declared, address = charsets.unpacked(data)
    decoded = source.decode(packed, file=file, declared=charsets.codec(declared or charsets.declared(packed)))
    _refuse_deep(decoded.text, file)
    markup = markup_bounds.bounded(decoded.text, file)
    tree = parser.LexborHTMLParser(markup.text)
    address = address or _address(tree, markup.text)
    said = site_names.of(tree, address)
    seen = visible(tree)
    text, laid = (seen, lay_out(seen, layout)) if layout != "auto" else _laid(tree, seen, said, markup, file)
    if not text.strip():
        raise refusal("CLP109", file, reason="the page shows pictures or nothing")
    sha256 = source.decode(data, file=file).sha256 if packed is not data else decoded.sha256
    told = (*decoded.diagnostics, *markup.diagnostics)
    return Saved(msgspec.structs.replace(decoded, text=text, sha256=sha256, diagnostics=told), laid, said.address)


def seen(markup: str, file: str = "") -> str:
    r"""Return the visible text of a piece of HTML.

    Raises:
        SourceError: elements are too deep within one another, or a package is missing.

    >>> seen("<p>They met.<p>Nobody spoke.")
    'They met.\n\nNobody spoke.'
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    parser = _package("selectolax.lexbor", file)
    _refuse_deep(markup, file)
    return visible(parser.LexborHTMLParser(markup_bounds.bounded(markup).text))


def visible(tree: Any) -> str:
    """Return the text a browser would show: paragraphs set apart by a blank line, ``<br>`` a new line."""
    for node in tree.css(_UNSEEN):
        node.decompose()
    if tree.body is None:
        return ""
    for node in tree.css("pre"):
        for part in list(node.traverse(include_text=True)):
            if part.is_text_node:
                part.replace_with(part.text_content.replace("\n", _BREAK))
    for node in tree.css("br"):
        node.insert_before(_BREAK)
    for node in tree.css(_BLOCKS):
        node.insert_before(_BLOCK)
        node.insert_after(_BLOCK)
    return _GAP.sub(_gap, " ".join(tree.body.text().split())).strip()


def from_archive(text: str, address: str = "") -> str | None:
    """Return the page of the archive within a visible text, without the menu before it; None for another site's."""
    found = lines.lines(text)
    start = next((at for at, line in enumerate(found) if _opens(line, found[at + 1 : at + 2])), None)
    if start is not None:
        return text[found[start].start :]
    closes = any(line.text.startswith("Face.by") for line in found[-_LAST_LINES:])
    return text if closes or lines.ARCHIVE_ADDRESS in address else None


def _gap(found: re.Match[str]) -> str:
    gap = found[0]
    return "\n\n" if _BLOCK in gap or gap.count(_BREAK) > 1 else "\n"


def _opens(line: Line, after: Sequence[Line]) -> bool:
    """Tell whether a page of the archive begins here: with its name, or with the label of a date and the date.

    The archive has its label in capitals; that of a mail stands below others.
    """
    is_label = lines.is_date_label(line) and any(map(lines.is_page_date, after))
    return lines.is_archive(line) or is_label or (line.text.startswith("DATE:") and lines.is_page_date(line))


def _laid(tree: Any, seen: str, said: Said, markup: Markup, file: str) -> tuple[str, LaidOut]:
    ours = from_archive(seen, said.address)
    if ours is not None:
        return ours, lay_out(ours)
    exported = layout_of_export(seen, _told_by_markup(tree))
    if exported is not None:
        return seen, exported
    if _is_written(markup.text[:HEAD]) or is_mail(seen):
        return seen, lay_out(seen)
    parts, told = ([], []) if markup.is_endless else _article(tree, seen, said, markup, file)
    if any(kind == "paragraph" for kind, _ in parts):
        text, laid = put_together("F4" if parts[0][0] == "date" else "F2", parts)
        return text, laid._replace(diagnostics=(*laid.diagnostics, *told))
    return seen, lay_out(seen)


def _is_written(head: str) -> bool:
    folded = head.casefold()
    return any(words in folded for words in _OF_WRITTEN) and _WRITTEN.search(head) is not None


def _told_by_markup(tree: Any) -> dict[str, str]:
    """The lines that exports of press databases mark as title, byline or standfirst, by their words."""
    found = {}
    for selector, kind in _TOLD.items():
        for node in tree.css(selector):
            words = _GAP.sub(_gap, " ".join(node.text().split())).strip()
            found[words.split("\n")[0]] = kind
    return found


def _article(
    tree: Any, seen: str, said: Said, markup: Markup, file: str
) -> tuple[list[tuple[str, str]], list[Diagnostic]]:
    """Return what an extractor finds in a page of another site, in the order of a head and a text, and its gaps."""
    extractor = _package("trafilatura", file)
    # Without this, the extractor takes a page of line breaks for one paragraph.
    spread = _BEFORE_BREAKS.sub(r"\1<p>", _TWO_BREAKS.sub("</p><p>", markup.text))
    if any(len(cell.text()) > _LONGEST_CELL for cell in tree.css("td")):
        spread = _TABLE.sub(r"<\g<close>div>", spread)
    found = extractor.bare_extraction(
        spread,
        url=said.address or None,
        with_metadata=True,
        include_comments=False,
        date_extraction_params=_DATES,
        fast=markup.is_crowded,
    )
    if found is None:
        return [], []
    page = compared.Page(seen)
    extracted = page.parted((found.text or "").splitlines())
    shown = page.in_order(extracted)
    gaps = list(page.diagnose(extracted, shown, file))
    told = {"date": found.date, "title": found.title, "byline": found.author, "publisher": found.sitename}
    told["byline"] = _authors(found.author or "")
    head = {kind: words for kind, words in told.items() if words}
    is_stated = bool(found.date) and found.date in markup.text
    head, paragraphs, other = _with_visible(head, shown, seen, said, is_stated=is_stated)
    gaps += site_names.other_day(other, file)
    gaps += site_names.doubts(head.get("title", ""), head.get("publisher", ""), found.sitename or "", seen, said, file)
    titles = {" ".join((title or "").split()) for title in (found.title, head.get("title"))}
    begins = {at: " ".join(words for _, words in paragraphs[:at]) for at in range(1, _TITLE_LINES + 1)}
    repeated = (at for at, words in begins.items() if words in titles)
    paragraphs = paragraphs[next(repeated, 0) :]
    tail = [("label", "Source:"), ("source_url", said.address or found.url)]
    parts = (*head.items(), *paragraphs, *(tail if tail[-1][1] else ()))
    return [(kind, kept) for kind, words in parts if (kept := " ".join((words or "").split()))], gaps


def _authors(words: str) -> str:
    """The authors that markup names, without what is none; empty where a day or the name of a tool is among them."""
    named = [name for name in _BEFORE_NAME.sub("", words).split("; ") if name.lower().rpartition(" ")[2] not in _NOBODY]
    is_no_name = any(_WEEKDAY.search(name) or printed_dates.month_number(name) or _is_tool(name) for name in named)
    return "" if is_no_name else "; ".join(named)


def _is_tool(words: str) -> bool:
    """Tell whether an author is a tool of the site, in any language: one of its words has small letters only."""
    return any(len(word) > _LONGEST_PARTICLE and word.islower() for word in words.split())


def _with_visible(
    head: dict[str, str], shown: list[str], seen: str, said: Said, *, is_stated: bool
) -> tuple[dict[str, str], list[tuple[str, str]], str]:
    """Add what the window and the lines above the text show a reader, tell the text apart, and return another day.

    A day that the markup states counts before one that is printed, and one beside the headline before any other.
    """
    begins = [words[:_SHORTEST_TEXT] for words in shown if len(words) >= _SHORTEST_TEXT] or shown[:1]
    if not begins:
        return head, [], ""
    headline, outlet = in_window(said.window, seen, said.names, head.get("title", ""))
    if said.publisher and (not outlet or lines.is_domain(outlet)):
        outlet = said.publisher
    titles, names = [line.text for line in lines.lines(seen)], names_of_site(seen, said.names)
    named = head.get("publisher", "")
    if lines.names_portal(named) or (outlet and squeezed(outlet) in names and named not in f"{seen} {said.window}"):
        head.pop("publisher", None)
    is_site = squeezed(head.get("title", "")) in names | {squeezed(outlet)}
    if headline and not is_site and is_above(head.get("title", ""), headline, titles, said.window):
        is_site, outlet = True, outlet or head["title"]
    if headline and (head.get("title") not in titles or is_site):
        head |= {"title": headline}
    elif is_site:
        head.pop("title", None)
    above, taken, site = head_above(seen, head.get("title", ""), begins)
    if above.get("title", "").count(" | ") >= _FEWEST_BARS:
        del above["title"]
    printed = above.pop("publisher", "")
    is_longer = outlet.removeprefix("The ") in printed if outlet else False
    is_other = squeezed(outlet) in names and not (names_listed(printed) or squeezed(printed) in names)
    is_known = not outlet or lines.is_domain(outlet) or (lines.names_outlet(printed) and not (is_longer or is_other))
    if printed and printed != head.get("title") and is_known and "|" not in printed:
        above["publisher"] = printed
    if printed_dates.is_date(head.get("publisher", "")) or "|" in head.get("publisher", ""):
        del head["publisher"]
    named, title = head.get("publisher", "").rstrip(" .…"), head.get("title", "")
    if named and title.startswith(named) and (named == title or not lines.names_outlet(named)):
        del head["publisher"]
    known = above.get("publisher", outlet)
    if known and ("publisher" not in head or lines.is_domain(head["publisher"])):
        head |= {"publisher": known}
    if above.get("title") and (head.get("title") == above.get("publisher") or head.get("title") not in titles):
        head |= {"title": above["title"]}
    if "byline" in above and not any(map(lines.is_person, head.get("byline", "").split("; "))):
        head.pop("byline", None)
    other = _settle_day(head, above.get("date", ""), is_stated=is_stated)
    if not (head.get("date") or above.get("date")):
        above["date"] = date_in_window(said.window, headline) or date_near(head.get("title", ""), seen)
    head = {"publisher": said.source} | head if said.source else head
    if "publisher" in head:
        head["publisher"] = said.spelled(without_rights(head["publisher"]))
    found = {kind: words for kind in _FIELDS if (words := head.get(kind) or above.get(kind))}
    kept = [words for at, words in enumerate(shown) if at >= _TOP or words.strip("- ,") not in taken]
    before, is_shown, _ = seen.partition(found.get("title") or "\0")
    top = squeezed(before) if is_shown else ""
    site |= {words for words in kept[:_TOP] if len(words) < _SHORTEST_TEXT and squeezed(words) in top}
    return found, list(_kinds(kept, site)), other


def _settle_day(head: dict[str, str], printed: str, *, is_stated: bool) -> str:
    """Give a head the day that is printed beside the headline, unless its own is stated; return the other one."""
    known, day = head.get("date", ""), printed_dates.read(printed)
    if day and day.other and known in (day.day.isoformat(), day.other.isoformat()):
        head["date"] = printed
        return ""
    beside = named_day(printed, known) if known else ""
    if beside in ("", known):
        return ""
    head["date"] = known if is_stated else beside
    return printed if is_stated else known


def _kinds(kept: Sequence[str], site: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a text with their kinds; a day above the first long one is of the head."""
    first = next((at for at, words in enumerate(kept) if len(words) >= _SHORTEST_TEXT), 0)
    for at, words in enumerate(kept):
        is_day = at < min(first, _TOP) and printed_dates.is_date(words)
        yield "furniture" if words in site else "second_date" if is_day else "paragraph", words


def _address(tree: Any, markup: str) -> str:
    """Return the address a page says it has: as the browser noted it, or the page itself."""
    noted = _SAVED_FROM.search(markup, 0, HEAD)
    if noted:
        return noted[1]
    asked = (("link[rel='canonical' i]", "href"), ("meta[property='og:url' i]", "content"))
    nodes = ((tree.css_first(selector), attribute) for selector, attribute in asked)
    given = (node.attributes.get(attribute) for node, attribute in nodes if node)
    return next((address.strip() for address in given if address), "")


def _refuse_deep(markup: str, file: str) -> None:
    if markup.count("<") <= MAX_DEPTH:
        return
    depth = 0
    for tag in _TAG.finditer(markup):
        if tag["name"].lower() not in _FLAT:
            depth = max(0, depth - 1) if tag["close"] else depth + 1
            if depth > MAX_DEPTH:
                reason = f"more than {MAX_DEPTH:,} elements within one another"
                raise refusal("CLP109", file, reason=reason)


def _package(name: str, file: str) -> Any:
    return package(name, file, "saved page", "html")
