"""Lines that a site prints around a text: tools, menus, boxes of links, what readers wrote; data is furniture.yaml."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from itertools import groupby

import msgspec

from clippings import diagnostics
from clippings.model import Diagnostic
from clippings.page import _citations as citations
from clippings.page import _notices as notices
from clippings.page import lines as look
from clippings.page._gates import Forms
from clippings.page.lines import Line


class _Data(msgspec.Struct):
    sure: list[str]
    weak: list[str]
    sections: list[str]
    bars: list[str]
    boxes: list[str]
    readers: list[str]
    sure_forms: list[str]
    notice_forms: list[str]
    label_forms: list[str]
    behind_forms: list[str]
    box_forms: list[str]
    readers_forms: list[str]


_DATA = msgspec.yaml.decode(resources.files(__package__).joinpath("furniture.yaml").read_bytes(), type=_Data)
_EDGES = " \t\xa0|←→«‹»›>:.!…•·*-–—[]+"
_LONGEST, _LONGEST_NOTICE = 110, 600
"""Characters of a line that a list or an expression knows, and of a notice."""
_LONG_TEXT, _SHORT_TEXT, _LONG_LINE = 80, 60, 160
"""Characters from which a line that ends as a sentence is a text, anywhere and within a box of links, and any line."""
_FEWEST_WEAK, _LONGEST_SHOWN = 2, 60
_FIGURES = re.compile(r"\d{1,3}(?:[.,]\d)?")
_NO_LINK = re.compile(r"[.?!,;:\"'”’)…-]$|\t")
_IS_LABELLED = re.compile(r"[^\W\d_][\w .()-]{1,22}:(?:\s|$)|---$")
_STOP = re.compile(r"[.?!][\"')\]”’]*$|[\"”]$")


def apart(found: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    r"""Return the lines of a page without those of its site, and these.

    >>> page = "Print version\nThey met, as both sides had said they would before the talks.\nSee also\nGas talks"
    >>> [line.text for line in apart(look.lines(page))[1]]
    ['Print version', 'See also', 'Gas talks']
    """
    kinds = [_kind(line.text) for line in found]
    labels = [at for at, kind in enumerate(kinds) if kind == _LABEL]
    for at in labels:
        beside = [to for to in (at - 1, at + 1) if 0 <= to < len(found) and kinds[to] in ("", _LABEL)]
        kinds[at] = "" if any(_IS_LABELLED.match(found[to].text) for to in beside) else _SURE
    if not any(kinds):
        return found, ()
    for at, kind in enumerate(kinds[:-1]):
        if kind == _BOX and _FIGURES.fullmatch(found[at + 1].text):
            kinds[at] = _WEAK
    menu = _menu_on_top(found)
    kinds = [_SURE if at in menu else kind for at, kind in enumerate(kinds)]
    kinds[:_FIRST] = [
        kind and ("" if _names_site(line) else kind) for line, kind in zip(found, kinds[:_FIRST], strict=False)
    ]
    if not _OUTSIDE.isdisjoint(kinds):
        texts = [*_texts(found, kinds)]
        kinds = [_settled(kind, at, texts) for at, kind in enumerate(kinds)]
    site = {at for run in _runs(kinds) for at in run}
    text = next(_texts(found, kinds), len(found)) if _BOX in kinds else 0
    for at, kind in enumerate(kinds):
        if kind == _READERS or (kind == _BOX and at > text):
            site |= set(_behind(found, kinds, at))
    if not site:
        return found, ()
    site |= set(_beside(found, site))
    return [line for at, line in enumerate(found) if at not in site], [found[at] for at in sorted(site)]


def _settled(kind: str, at: int, texts: Sequence[int]) -> str:
    """The kind of a line that is of the site only behind the last text, or outside all."""
    is_behind = bool(texts) and at > texts[-1]
    if kind in _OUTSIDE:
        return _SURE if is_behind or (kind == _AROUND and texts and at < texts[0]) else ""
    return kind


def _texts(found: Sequence[Line], kinds: Sequence[str]) -> Iterator[int]:
    """Yield where texts stand that are not of the site."""
    return (at for at, line in enumerate(found) if not kinds[at] and _is_text(line, _SHORT_TEXT))


def _names_site(line: Line) -> bool:
    """Tell whether a path of the site begins with its name: ``Harbor Courier > World > Europe``."""
    first, *rest = _PATH.split(line.text)
    return bool(rest) and not _is_link(first.casefold()) and look.names_outlet(first)


def is_tool(words: str) -> bool:
    """Tell whether words are a tool of a site, such as ``Print``, or a count such as ``14 comments``."""
    return bool(_kind(words))


def told(text: str, site: Sequence[Line], body: Sequence[Line]) -> tuple[Diagnostic, ...]:
    """Say what was left out as the site's, and where the text ends as a list of links does."""
    short = links_behind(body)
    found = (("CLP213", [line for line in site if line.text not in look.FURNITURE]), ("CLP214", short))
    return tuple(_of_lines(code, text, lines) for code, lines in found if lines)


def _of_lines(code: str, text: str, found: Sequence[Line]) -> Diagnostic:
    s = "" if len(found) == 1 else "s"
    printed = found[0].text[:_LONGEST_SHOWN]
    return diagnostics.at(code, text, found[0].start, count=len(found), s=s, printed=printed)


def links_behind(body: Sequence[Line]) -> Sequence[Line]:
    r"""Return the last lines of a text where they are as short as links and none is a sentence.

    >>> body = "They met on Tuesday, as both sides had said they would.\nGas talks fail\nA ferry for the north"
    >>> [line.text for line in links_behind(look.lines(body))]
    ['Gas talks fail', 'A ferry for the north']
    """
    start = len(body)
    while start and len(body[start - 1].text) <= _SHORT_TEXT and not _NO_LINK.search(body[start - 1].text):
        start -= 1
    return body[start:] if 0 < start <= len(body) - _FEWEST_WEAK else ()


def _beside(found: Sequence[Line], site: set[int]) -> Iterator[int]:
    """Yield what stands among lines of the site behind the text, and is no sentence."""
    texts = (at for at, line in enumerate(found) if at not in site and _is_text(line, _SHORT_TEXT))
    last = max(texts, default=len(found))
    first = min((at for at in site if at > last), default=len(found))
    for at in range(first, len(found)):
        if not (_NO_LINK.search(found[at].text) or _is_of_page(found[at]) or look.is_page_date(found[at])):
            yield at


_SURE, _WEAK, _BOX, _READERS, _LABEL, _BEHIND = "sure", "weak", "box", "readers", "label", "behind"
_AROUND = "around"
_OUTSIDE = frozenset({_BEHIND, _AROUND})


def _runs(kinds: Sequence[str]) -> Iterator[list[int]]:
    """Yield where lines of the site stand together: one that is sure among them, or two that may be."""
    for is_site, run in groupby(range(len(kinds)), key=lambda at: bool(kinds[at])):
        places = list(run)
        if is_site and (len(places) >= _FEWEST_WEAK or kinds[places[0]] == _SURE):
            yield [at for at in places if kinds[at] in (_SURE, _WEAK)]


def _menu_on_top(found: Sequence[Line]) -> Sequence[int]:
    """Where a page begins with a menu, a name a line: from the first section or tool to the last."""
    size = next((at for at, line in enumerate(found) if len(line.text.split()) > _MOST_NAMES), len(found))
    words = (line.text.casefold().strip(_EDGES) for line in found[:size])
    known = [at for at, word in enumerate(words) if word in _SECTIONS or word in _WORDS]
    is_menu = len(known) >= _FEWEST_NAMES and len(known) * 2 > known[-1] - known[0]
    return range(known[0], known[-1] + 1) if is_menu else ()


def _behind(found: Sequence[Line], kinds: Sequence[str], at: int) -> Iterator[int]:
    """Yield where a heading of the site stands, and what belongs to it."""
    rest = range(at + 1, len(found))
    before, behind = (sum(_length(found[here]) for here in part) for part in (range(at), rest))
    if kinds[at] == _READERS and before < behind:
        yield at
        return
    is_last = not behind or kinds[at] == _READERS
    end = len(found) if is_last else next(here for here in rest if _is_text(found[here], _SHORT_TEXT))
    if end > at + 1 or kinds[at] == _READERS or not rest:
        yield from (here for here in range(at, end) if not _is_of_page(found[here]))


def _length(line: Line) -> int:
    """Characters of a line that is a text, 0 of another."""
    return len(line.text) if _is_text(line, _LONG_TEXT) else 0


def _is_text(line: Line, size: int) -> bool:
    is_long = len(line.text) >= _LONG_LINE or (len(line.text) >= size and bool(_STOP.search(line.text)))
    return is_long and not notices.is_copyright(line)


def _is_of_page(line: Line) -> bool:
    """Tell whether a line says whose the text is or where it stood; what surrounds it does not matter."""
    return any(fits(line) for fits in _OF_PAGE)


_OF_PAGE: tuple[Callable[[Line], bool], ...] = (
    notices.is_copyright, look.is_source_label, look.is_address, look.is_source_line, look.is_credit,
    lambda line: line.text in look.FURNITURE,
    lambda line: bool(citations.dated(line)) and look.names_outlet(citations.without_day(line).text),
)  # fmt: skip


# The lines of a site are those of all its pages, and a saved page is asked twice.
@functools.lru_cache(maxsize=4096)
def _kind(text: str) -> str:
    """What a line may be by its words: empty for one of the page."""
    if len(text) > _LONGEST_NOTICE:
        return ""
    words = text.casefold().strip(_EDGES)
    if words in _WORDS:
        return _WORDS[words]
    if _FIGURES.fullmatch(text):
        return _WEAK
    if _is_menu(words.split()):
        return _SURE
    row = _row(words)
    forms = _NOTICES if len(text) > _LONGEST else _FORMS_OF_SENTENCES if _STOP.search(text) else _FORMS
    return row if row == _SURE else _rule(text) or forms.kind(words) or row


def _rule(text: str) -> str:
    """The kind of a line of dashes or stars."""
    if len(text) > 1 and not text.strip("-_"):
        return _BOX
    return _BEHIND if len(text) >= _FEWEST_STARS and not text.strip("*") else ""


def _is_menu(words: Sequence[str]) -> bool:
    """Tell whether a line is a row of tools, or of sections: three names of them, or four words, most of them such."""
    if len(words) >= _FEWEST_PARTS and all(map(_WORDS.__contains__, words)) and _SURE in map(_WORDS.get, words):
        return True
    known = sum(map(_SECTIONS.__contains__, words))
    return len(words) > _FEWEST_WEAK and known >= (_MOSTLY if len(words) >= _FEWEST_SECTIONS else 1) * len(words)


def _row(words: str) -> str:
    """The kind of a line whose parts stand apart: most are tools or sections, or many are short names between bars.

    A row of names of which one is known may be a line of a table too, and is of the site only outside the text.
    """
    first = words.split(maxsplit=_LONGEST_PART + 1)
    rest = len(first[-1]) if len(first) > _LONGEST_PART + 1 else 0
    if not _GAPS.search(words, 0, len(words) - rest) and not (rest and first[0] in _SECTIONS):
        return ""
    parts = [part.strip(_EDGES) for part in _GAPS.split(words)]
    if len(parts) < _FEWEST_PARTS or not all(parts):
        return ""
    if all(map(_is_link, parts)):
        return _SURE
    if max(len(part.split()) for part in parts) > _MOST_WORDS or any(map(_CLOCK_OR_YEAR.search, parts)):
        return ""
    known = sum(map(_is_link, parts))
    if words.count("|") >= _FEWEST_BARS or (len(parts) > _FEWEST_PARTS and known * 2 > len(parts)):
        return _SURE
    if known and len(parts) > _FEWEST_BARS:
        return _AROUND
    return _BEHIND if known and words.count("|") >= _FEWEST_PARTS else ""


def is_menu(text: str) -> bool:
    """Tell whether a line of the site is a row of its sections or languages, and not of its tools."""
    if text.casefold().strip(_EDGES) in _BARS:
        return True
    parts = [part.strip(_EDGES) for part in _GAPS.split(text.casefold().strip(_EDGES))]
    sections = sum(bool(part) and _SECTIONS.issuperset(part.split()) for part in parts)
    return len(parts) > _FEWEST_PARTS and sections > 0 and sections * 2 >= sum(map(_is_link, parts))


def _is_link(part: str) -> bool:
    """Tell whether words are a tool or a section, with a count behind them or not: ``Comments (3)``."""
    named = _COUNT.sub("", part).strip(_EDGES)
    return named in _WORDS or named in _SECTIONS or (" " in named and _SECTIONS.issuperset(named.split()))


_GAPS = re.compile(r"[|·•]\s*|\s(?:\s*[|·•]\s*|\s+|[-–—/]\s+)|:\s+|\]\s*\[")
_PATH, _FIRST = re.compile(r"\s*(?:[»›>]|::)\s*"), 2
_COUNT = re.compile(r" ?\(\d+\)$")
_CLOCK_OR_YEAR = re.compile(r"\d[:.]\d\d|\d{4}")
_FEWEST_PARTS, _FEWEST_STARS = 2, 5
_FEWEST_SECTIONS, _MOSTLY = 4, 0.6
_FEWEST_BARS, _MOST_WORDS = 4, 4
_FEWEST_NAMES, _MOST_NAMES = 3, 3
_SECTIONS, _BARS = frozenset(_DATA.sections), frozenset(_DATA.bars)
_WORDS = {
    words.casefold(): kind
    for kind, listed in (
        (_SURE, _DATA.bars),
        (_WEAK, _DATA.weak),
        (_BOX, _DATA.boxes),
        (_READERS, _DATA.readers),
        (_SURE, _DATA.sure),
    )
    for words in listed
}
_LONGEST_PART = max(_MOST_WORDS, *(len(name.split()) for name in _WORDS)) + 1
"""Words of a part of a row, a count behind it; more of them are all sections."""


_NOTICE_FORMS, _BEHIND_FORMS = (_SURE, _DATA.notice_forms), (_BEHIND, _DATA.behind_forms)
_NOTICES, _FORMS_OF_SENTENCES = Forms([_NOTICE_FORMS]), Forms([_NOTICE_FORMS, _BEHIND_FORMS])
_FORMS = Forms(
    [
        *(_NOTICE_FORMS, (_LABEL, _DATA.label_forms), (_READERS, _DATA.readers_forms)),
        *((_SURE, _DATA.sure_forms), (_BOX, _DATA.box_forms), _BEHIND_FORMS),
    ]
)
