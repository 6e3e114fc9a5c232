"""Names that a page itself shows to be those of its outlet, where they could be an author's."""

from __future__ import annotations

from collections.abc import Sequence

from clippings.page import _addresses as addresses
from clippings.page import _notices as notices
from clippings.page import lines as look
from clippings.page._line import squeezed
from clippings.page.lines import Line

_LAST_LINES = 8
_BEFORE_OUTLETS = ("told ", "The ", "the ")


def is_own(text: str, found: Sequence[Line], at: int) -> bool:
    """A name above one that ``By`` stands before is the outlet's, as is one that the page names so elsewhere."""
    is_above = at + 1 < len(found) and look.is_byline(found[at + 1]) and look.is_person(found[at].text)
    return (is_above and not look.has_lead(found[at].text)) or is_named_elsewhere(text, found[at])


def is_named_elsewhere(text: str, line: Line) -> bool:
    """A name that the page's own address or copyright has, or that people are said to have told something."""
    if look.has_lead(line.text) or not look.is_short(line) or not look.is_person(line.text):
        return False
    at = text.find(line.text)
    while at >= 0:
        if text.endswith(_BEFORE_OUTLETS, 0, at):
            return True
        at = text.find(line.text, at + 1)
    name = squeezed(line.text)
    for last in look.lines(text)[-_LAST_LINES:]:
        if notices.is_copyright(last) or look.is_source_line(last):
            place = addresses.host(look.without_source(last.text))
            if name in squeezed(look.without_source(last.text)[slice(*place)] if place else last.text):
                return True
    return False


def marked(line: Line) -> Line:
    """Mark a line as the name of the page's own outlet."""
    return Line(line.start, line.end, line.text, is_own_outlet=True)
