"""What an extractor takes from a saved page: laid out, and completed by what the page shows above it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from clippings.page import _addresses as addresses
from clippings.page import _archive as archive
from clippings.page import _closing as closing
from clippings.page import _doubts as doubts
from clippings.page import _furniture as furniture
from clippings.page import _head_lines as head_lines
from clippings.page import _heads as heads
from clippings.page import _notices as notices
from clippings.page import lines as look
from clippings.page._line import squeezed as whole_squeezed
from clippings.page._sites import is_rubric
from clippings.page._words import OUTLET_WORDS
from clippings.page.forms import LaidOut
from clippings.page.lines import Line
from clippings.page.printed_dates import foreign, inside, is_date, unlisted
from clippings.page.printed_dates import read as read_date

_MOST_ABOVE, _NEAR_TITLE = 10, 3
"""Lines above a text, and above its headline, that may be of its head."""
_FIRST_LABELS = 8
_FEWEST_WORDS, _LAST_LINES, _LONGEST_WINDOW = 3, 8, 400
"""Words of a headline that a window shows too, lines of a page of which one may say whose it is, and characters read
of the title of a window, as each line is looked for in it."""
_JOINT = re.compile(r"\s+(?:[|»›·•–—-]|--|::|//)\s+|:\s+|\s*[|«»]\s*")
_PARTS = re.compile(rf"{_JOINT.pattern}|\s+/\s+")
"""What joins the parts of a window's title; a name with a slash is looked for whole too."""
_JOINED_DAY = re.compile(r" ?[/|,·•–—-] ?")
"""What stands between a day and the author beside it."""
_CUT = re.compile(r" ?(?:\.\.\.|…)$")
_EDGES = " \t\xa0|«»›·•–—-:/"
_MARKS = ("©", "(c)", "copyright")
_HELD = re.compile(rf"\s*(?:{'|'.join(map(re.escape, _MARKS))})\s*(?:\d{{4}})?.*$", re.IGNORECASE)
_RIGHTS = re.compile(r"^.*?(?:(?:©|\(c\)|copyright)[\s\d,–—-]*)+|[.,]? all rights reserved.*$", re.IGNORECASE)
_OF_ANY_SITE = OUTLET_WORDS | {"all", "archive", "archives", "breaking", "latest", "releases", "room", "stories", "top"}


def put_together(form: str, parts: Sequence[tuple[str, str]]) -> tuple[str, LaidOut]:
    r"""Join parts of known kinds to a text, blank lines between them, and lay it out.

    Lines of the site among its paragraphs, and who signs behind them, are told apart.

    >>> put_together("F2", [("title", "Talks in Minsk"), ("paragraph", "They met.")])[0]
    'Talks in Minsk\n\nThey met.'
    """
    kinds = [kind for kind, _ in parts]
    found: list[Line] = []
    at = 0
    for _, words in parts:
        found.append(Line(at, at + len(words), words))
        at += len(words) + 2
    text = "\n\n".join(words for _, words in parts)
    places = {line.start for line in furniture.apart(found)[1]}
    pairs = [*zip(found, kinds, strict=True)]
    site = [line for line, kind in pairs if kind == "furniture" or (kind == "paragraph" and line.start in places)]
    settled = dict(zip(found, kinds, strict=True)) | dict.fromkeys(site, "furniture")
    body = [line for line, kind in settled.items() if kind == "paragraph"]
    names = [look.byline_names(name) for line, kind in pairs if kind == "byline" for name in line.text.split("; ")]
    signs = closing.below_text(body, kinds, "second_date" if "date" in kinds else "date", names)
    settled |= zip(body[len(body) - len(signs) :], signs, strict=True)
    laid = archive.put(text, found, list(settled.values()))
    told = furniture.told(text, site, body[: len(body) - len(signs)])
    return text, laid._replace(form=form, diagnostics=(*told, *doubts.of_body(text, laid.blocks)))


def head_above(text: str, title: str, begins: Sequence[str]) -> tuple[dict[str, str], set[str], set[str]]:
    r"""Return the fields by their kind that stand above the line that begins so or so, their lines, and the site's.

    >>> page = "Home\nTalks in Minsk\n2 November 2007\nBy Anna Petrova\nThey met."
    >>> head_above(page, "Talks in Minsk", ["They met"])[0]
    {'title': 'Talks in Minsk', 'date': '2 November 2007', 'byline': 'By Anna Petrova'}
    """
    shown, site = furniture.apart(look.lines(text))
    at = next((at for at, line in enumerate(shown) if line.text.startswith(tuple(begins))), 0)
    head = shown[max(0, at - _MOST_ABOVE) : at + 1]
    titled = next((first for first, line in enumerate(head) if line.text == title), 0)
    before, below = head[max(0, titled - _NEAR_TITLE) : titled], head[titled].start if head else 0
    head = [*(line for line in before if _is_dated(line) or look.is_named_outlet(line)), *head[titled:]]
    read = heads.read(head) if at else heads.Head(0, [], 0)
    if not read.size and title in [line.text for line in head[:-1]]:
        head = head[[line.text for line in head].index(title) :]
        read = heads.read(head, title=title)
    found: dict[str, str] = {}
    days = [(start, end) for start, end, kind in read.parts if kind in ("date", "second_date")]
    for start, end, kind in read.parts:
        if kind != "byline" or start >= below or look.has_lead(text[start:end]):
            found.setdefault(kind, text[start:end])
    for start, end, kind in read.parts:
        between = (text[min(end, day[1]) : max(start, day[0])] for day in days)
        if kind == "byline" and any(_JOINED_DAY.fullmatch(words) for words in between):
            found.setdefault(kind, text[start:end])
    nearer = [text[start:end] for start, end in days if start >= below]
    found |= {"date": nearer[0]} if nearer else {}
    kickers = {line.text for line in before if look.is_short(line) and not look.reads_as_sentence(line)}
    return found, {line.text for line in head[: read.size]} | kickers, {line.text for line in site}


def _is_dated(line: Line) -> bool:
    """Tell whether a line is a date, alone or beside an outlet and an author."""
    return bool(is_date(line.text) or unlisted(line.text)) or "date" in head_lines.read([line])[0].kinds


def in_window(window: str, text: str, given: Sequence[str] = (), title: str = "") -> tuple[str, str]:
    r"""Return the headline and the outlet that the title of a window joins; empty where it does not show them.

    The headline is a line of the page that the window's title begins or ends with, or has between two joints, and not
    a name of the site. An outlet is a part that the page shows to be its site; that is listed; or that has a name as
    outlets have and stands first or last. Logos and a copyright name a listed one.

    >>> in_window("Talks begin in Minsk - Harbor Gazette", "Home\nTalks begin in Minsk\nThey met.")
    ('Talks begin in Minsk', 'Harbor Gazette')
    """
    shown, names = look.lines(text), names_of_site(text, given)
    window = _unshortened(" ".join(window[:_LONGEST_WINDOW].split()), shown)
    within = sorted((line.text for line in shown if _is_within(line, window)), key=len)
    if _is_site(_as_line(window)) and not _PARTS.search(window):
        return "", window
    headline = next((words for words in reversed(within) if squeezed(words) not in names), "")
    whole = headline or (title if window.startswith(title) else "")
    before, _, behind = window.partition(whole) if whole else ("", "", window)
    before = before.replace(". ", " | ") if before.endswith(". ") else before
    rest = [_HELD.sub("", words).strip(_EDGES + ".") for words in (before, behind)]
    first, last = ([words for words in _PARTS.split(side) if words and not is_date(words)] for side in rest)
    parts = [_as_line(words) for side in rest for words in (side, *_JOINT.split(side)) if words]
    held = (found["name"] for line in shown[-_LAST_LINES:] if (found := notices.COPYRIGHT.match(line.text)))
    inwards = [_as_line(words) for words in (*last[::-1], *first) if whole or len(last) > 1]
    known = (line for line in inwards if squeezed(line.text) in names and not _is_general(line))
    listed = filter(look.is_listed, [*parts, *map(_as_line, given)])
    edges = [_as_line(words) for words in (*first[:1], *last[-1:])] if headline else []
    copyright_of = filter(look.is_listed, map(_as_line, held))
    found_in = (*known, *listed, *filter(_is_site, edges), *copyright_of)
    return headline, next((line.text for line in found_in), "")


def names_of_site(text: str, given: Sequence[str]) -> frozenset[str]:
    """Return the names, squeezed, that a page has for its site: those given, and those beside a copyright."""
    last = [line.text for line in look.lines(text)[-_LAST_LINES:]]
    held = [words for line in last if _is_held(line) for words in (_HELD.sub("", line), _RIGHTS.sub("", line))]
    domains = [words.partition(".")[0] for words in given if look.is_domain(words)]
    return frozenset(map(squeezed, (*given, *held, *domains))) - {""}


def _is_held(line: str) -> bool:
    folded = line.casefold()
    return any(mark in folded for mark in _MARKS)


def names_listed(words: str) -> bool:
    """Tell whether words are the name of an outlet of the table."""
    return look.is_listed(_as_line(words))


def without_headline(window: str, title: str) -> str:
    """Return what the title of a window has beside the headline; empty where it does not have the headline."""
    before, found, behind = window.partition(title or "\0")
    return f"{before} {behind}".strip(_EDGES + ".") if found else ""


def is_above(title: str, headline: str, shown: Sequence[str], window: str) -> bool:
    """Tell whether a title is another part of the window, and stands above the headline: it is the site's."""
    is_part = title != headline and title in shown and title in _PARTS.split(without_headline(window, headline))
    return is_part and shown.index(title) < shown.index(headline)


def date_in_window(window: str, headline: str) -> str:
    """Return the date that the title of a window has beside the headline; empty where it has none."""
    rest = without_headline(window, headline)
    place = inside(rest) or foreign(rest)
    return rest[slice(*place)] if place else ""


def marked_source(words: str) -> str:
    """Return the outlet that words marked as the source begin with; empty where they have not the look of one."""
    name = words.partition(",")[0].strip()
    line = _as_line(name)
    is_name = bool(name) and look.is_short(line) and look.is_titled(line) and not any(map(str.isdigit, name))
    return name if is_name and not (is_rubric(line) or look.is_path(name) or ":" in name) else ""


def is_mail(text: str) -> bool:
    """Tell whether the first lines of a page have labels, and one of them names the sender of a mail."""
    found = look.lines(text)[:_FIRST_LABELS]
    return any(line.text.lower().startswith(heads.SENDERS) for line in found) and head_lines.is_labelled(found)


def site_of(address: str) -> str:
    """Return the name by which an address calls its site: ``harbor`` of ``http://www.harbor.example/1``."""
    place = addresses.host(address)
    return address[slice(*place)].removeprefix("www.").partition(".")[0] if place else ""


def without_rights(words: str) -> str:
    """Return a name without the notice of rights behind it: ``Harbor Post © 2010 Harbor, Inc.``."""
    return _HELD.sub("", words)


def named_day(words: str, near: str) -> str:
    """Return the day that words name, as ISO 8601, of two the one nearer to another; empty where they name none.

    >>> named_day("9/2/2008", "2008-09-03"), named_day("9/2/2008", "2008-02-01"), named_day("soon", "2008-02-01")
    ('2008-09-02', '2008-02-09', '')
    """
    reading = read_date(words)
    named = [reading.day, reading.other] if reading and reading.precision == "day" else [unlisted(words)]
    days, known = [day for day in named if day], datetime.date.fromisoformat(near)
    return min(days, key=lambda day: abs(day - known)).isoformat() if days else ""


def date_near(title: str, text: str) -> str:
    """Return the date that one of the lines right below a headline has; empty where none has one."""
    shown = [line.text for line in look.lines(text)]
    at = shown.index(title) if title in shown else len(shown)
    near = (
        (words, inside(words) or foreign(words))
        for words in shown[at + 1 : at + 1 + _NEAR_TITLE]
        if len(words) <= head_lines.LONGEST_LINE
    )
    return next((words[slice(*place)] for words, place in near if place), "")


def squeezed(words: str) -> str:
    """Return the letters and digits of a name, small, without an article in front."""
    return whole_squeezed(words.lower().removeprefix("the "))


def _unshortened(window: str, shown: Sequence[Line]) -> str:
    """The title of a window with the whole line of the page in place of one that dots cut."""
    for part in filter(_CUT.search, _JOINT.split(window)):
        begins = _CUT.sub("", part)
        whole = (line.text for line in shown if line.text.startswith(begins) and len(line.text) > len(part))
        if begins.count(" ") >= _FEWEST_WORDS - 1:
            window = window.replace(part, next(whole, part))
    return window


def _is_within(line: Line, window: str) -> bool:
    """Tell whether a line stands in the title of a window, alone or with joints around it, and may be a headline."""
    at = window.find(line.text) if line.text.count(" ") >= _FEWEST_WORDS - 1 else -1
    if at < 0 or look.is_listed(line):
        return False
    before, behind = window[:at], window[at + len(line.text) :]
    is_apart = not before or bool(_PARTS.search(before) and before.rstrip()[-1] in _EDGES)
    is_apart = is_apart or (before.endswith(". ") and _is_site(_as_line(before.partition(". ")[0])))
    return is_apart and (not behind or bool(_PARTS.match(behind) or _HELD.match(behind)))


def _is_site(line: Line) -> bool:
    """Tell whether a line is the name of a site: that of an outlet, and not words that head a part of any site."""
    return look.is_named_outlet(line) and not _is_general(line) and not look.is_domain(line.text)


def _is_general(line: Line) -> bool:
    """Tell whether words head a part of any site, or name what carries the texts of others."""
    return is_rubric(line) or look.is_portal(line) or _OF_ANY_SITE.issuperset(line.text.lower().split())


def _as_line(words: str) -> Line:
    return Line(0, len(words), words)
