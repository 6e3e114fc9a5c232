"""What an extractor takes from a saved page: laid out, and completed by what the page shows above it."""

from __future__ import annotations

from collections.abc import Sequence

from clippings.page import _archive as archive
from clippings.page import _furniture as furniture
from clippings.page import _heads as heads
from clippings.page import lines as look
from clippings.page.forms import LaidOut
from clippings.page.lines import Line
from clippings.page.printed_dates import is_date, unlisted

_MOST_ABOVE, _NEAR_TITLE = 10, 3
"""Lines above a text, and above its headline, that may be of its head."""


def put_together(text: str, found: Sequence[Line], kinds: Sequence[str]) -> LaidOut:
    """Lay out what was taken from a saved page: lines of the site among its paragraphs, and who signs behind them."""
    places = {line.start for line in furniture.apart(found)[1]}
    pairs = [*zip(found, kinds, strict=True)]
    site = [line for line, kind in pairs if kind == "furniture" or (kind == "paragraph" and line.start in places)]
    settled = dict(zip(found, kinds, strict=True)) | dict.fromkeys(site, "furniture")
    body = [line for line, kind in settled.items() if kind == "paragraph"]
    closing = archive.closing_of(body, kinds, "second_date")
    settled |= zip(body[len(body) - len(closing) :], closing, strict=True)
    laid = archive.put(text, found, list(settled.values()))
    return laid._replace(diagnostics=furniture.told(text, site, body[: len(body) - len(closing)]))


def above(text: str, title: str, begins: tuple[str, ...]) -> tuple[dict[str, str], set[str], set[str]]:
    """Return the fields by their kind that stand above the first paragraph, the lines they take, and the site's."""
    shown, site = furniture.apart(look.lines(text))
    at = next((at for at, line in enumerate(shown) if line.text.startswith(begins)), 0)
    head = shown[max(0, at - _MOST_ABOVE) : at + 1]
    titled = next((first for first, line in enumerate(head) if line.text == title), 0)
    before = head[max(0, titled - _NEAR_TITLE) : titled]
    head = [
        *(line for line in before if is_date(line.text) or unlisted(line.text) or look.is_named_outlet(line)),
        *head[titled:],
    ]
    read = heads.read(head) if at else heads.Head(0, [], 0)
    found: dict[str, str] = {}
    for start, end, kind in read.parts:
        found.setdefault(kind, text[start:end])
    kickers = {line.text for line in before if look.is_short(line) and not look.reads_as_sentence(line)}
    return found, {line.text for line in head[: read.size]} | kickers, {line.text for line in site}
