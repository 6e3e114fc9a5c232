"""Lines of the head of a page, each by what it may be: a date, an outlet, an author, the headline or text.

A line is ``sure`` where it can be nothing else (a date, ``By NAME``, a listed outlet, ``Key: value``), ``soft`` where a
headline could read so too (a name, capitalized words), ``free`` where it may be the headline, and text otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from clippings.page import _citations as citations
from clippings.page import _datelines as datelines
from clippings.page import _notices as notices
from clippings.page import _sites as sites
from clippings.page import lines as look
from clippings.page._furniture import is_tool
from clippings.page._sites import is_rubric
from clippings.page._words import WORDS
from clippings.page.lines import Line
from clippings.page.printed_dates import foreign, inside, is_date, is_month, unlisted, without_year

KEYS = {label: kind for kind, labels in WORDS.labels.items() for label in labels}
"""What stands behind a label at the head of a page; a ``label`` is read over."""
_KEY = re.compile(
    r"(?:[*•-] |\*\*)?(?P<key>[^\W\d_][\w ./()-]{1,22}?)(?:\s?:(?:\*\*)?(?:\s+|$)|\t| = )(?P<value>.*)", re.DOTALL
)
_SENTENCES = re.compile(r"[a-z]{3}\. [A-Z][a-z]* [a-z]")
_BEFORE_NAMES = frozenset({"text", "текст", "тэкст", "tekst"})
"""Labels of an author that stand before other words too."""
_AN_EDITION = re.compile(r"[A-Z][a-z]+(?: [a-z]+)? edition$")
_ISSUED = re.compile(r"; ?(?P<date>[A-Z][a-z]{2,8}\.? ?\d{4})(?=[,;]|$)")
_CAPITALS = re.compile(r"[A-Z]{4,}(?: AND [A-Z]{4,})?")
_COUNT = re.compile(r"[A-Z][a-z]+: ?\d+$")
_BRACKETED = re.compile(r"\[ ?(?P<name>[^\[\] ][^\[\]]{2,49}?) ?\]$")
_FENCE = re.compile(r"(?:---|\.\.\.)$")
_MARK = re.compile(
    r"\s*(?:[|•·–—»›>]|::|--|//|\s[-/]\s|,|;|\()\s*|\)\s*|\s{2,}|\s+(?:on|at|vom|du|del|z|от|від)\s*$"
    r"|\s+(?=[Vv]ol\. ?\d)|\s+(?=\d+ (?:[Cc]omments?|[Rr]eads|[Vv]iews)\b)"
)
_WORDS_BETWEEN = frozenset(WORDS.between)
_ENDED = re.compile(r"(?::|(?<=[A-Za-z]{3})\.)$")
_ADDRESSED = re.compile(r"(?P<rest>.+?)(?: [-–—|])? (?P<address>https?://\S+)$")
_VOLUME = re.compile(r" ?\((?:Issue|No\.|Vol).*\)$")
_IN_BRACKETS = re.compile(r"\(\d{1,5}\)")
_REFERENCE = re.compile(
    r"(?:published in )?(?:(?:\d{4}-)?#\d+|(?:19|20)\d\d/\d{1,5}$"
    r"|(?:№ ?|pages?|pp?\.?|pg\.|section|sect\.|s\.|nr\.|n°|(?:[A-Z]{2,5} )?no\."
    r"|issue|vol\.|volume|col\.|part|p[aá]g(?:ina|\.)|seite|side|strona|str\.)"
    r" ?#?\w{1,6}(?:[/-]\w{1,6})?\.?,? ?)+(?:at|от|from)?$"
    r"|(?:p?\d{1,4}\. )?[A-Z]?\d{1,3}p?\.?$",
    re.IGNORECASE,
)
_CLOCK_TIME = (
    r"(?:\d{1,2}[:.h]\d{2}|\d{4}(?= [A-Z]{3,4}\b))(?: ?[ap]\.?m\.?)?(?: (?:[A-Z]{1,4}|(?:local|mecca|moscow) time))?"
)
_AT = r"(?:(?:to|yester)day,? (?:at )?|updated:? |(?:à|alle|a las|um|в|о) )?"
_CLOCK = re.compile(rf"{_AT}{_CLOCK_TIME}(?:,? {_CLOCK_TIME})*$", re.IGNORECASE)
_AGE = re.compile(
    r"(?:(?:posted|published|updated):? )?(?:age: ?)?\d+ "
    r"(?:min(?:ute)?|hour|hr|day|week|month|mo|year|yr)s?(?: (?:ago|old))?$",
    re.IGNORECASE,
)
_POINT = re.compile(r"\d{1,2}[.)] ")
_NUMBERED = re.compile(r"(?:document )?\d+ of \d+(?: documents?)?$", re.IGNORECASE)
_FIRST_LINES, _FEWEST_KEYS = 8, 2
_MOST_LINES = 16
_MAIL = re.compile(r"[\"']?(?P<name>[^<>\"'@]*?)[\"']?\s*[<(\[]?(?:mailto:)?[\w.+-]+@[\w.-]+[>)\]]?$")
_MOST_PARTS, _MOST_FENCED = 4, 100
_NAME_AND_PLACE = re.compile(r"(?P<name>[^\s].{2,40}?)(?:\s{2,}|\t\s*)(?P<place>[A-Z]{4,}(?: [A-Z]{4,})?)$")
_ISSUE = re.compile(
    r"(?P<name>.{3,50}?)(?:,| -+| [|·•])? (?:vol(?:ume|\.)|no\.|issue|number):? ?\d.{0,40}$", re.IGNORECASE
)
_TRANSLATED = re.compile(r"[\[(](?:abridged|excerpt|re-?translat|translat)\w*\b.{0,80}[\])]$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:issue|no\.|№|vol(?:\.|ume)) ?#?\d.{3,40}\d{4}$", re.IGNORECASE)
_OUR_OWN = re.compile(r"(?:dal nostro|de notre|de nuestro|von unserem|от нашего|od naszego) \w+$", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+\d{1,3} ?)?\(?\d{2,4}\)?[ -]\d[\d -]{5,12}$")
_ADDRESS = re.compile(r"[\w.+-]*@[\w.-]+$")
_LONGEST_TITLE, LONGEST_LINE = 200, 110
MOST_TITLED = 5

Part = sites.Part
SURE, SOFT, FREE, SKIP, TEXT = "sure", "soft", "free", "skip", "text"


class Row(NamedTuple):
    """A line of a head: how sure it is one, its parts by kind, whether it has a label.

    ``below`` is the kind of the line below it, where the label has no value beside it.
    """

    line: Line
    how: str
    parts: list[Part]
    keyed: bool = False
    below: str = ""

    @property
    def kinds(self) -> set[str]:
        """What the parts of the line are."""
        return {kind for _, _, kind in self.parts}


def is_labelled(found: Sequence[Line]) -> bool:
    """Tell whether two of the first lines have labels of a head, or the first opens front matter."""
    labels = (_KEY.match(line.text) for line in found[:_FIRST_LINES])
    known = [label for label in labels if label and _kind(label["key"])]
    return len(known) >= _FEWEST_KEYS or is_fenced_off(found)


def is_fenced_off(found: Sequence[Line]) -> bool:
    """Tell whether a page opens with front matter, between two lines of three dashes."""
    is_open = bool(found) and found[0].text == "---"
    return is_open and any(_FENCE.match(line.text) for line in found[1:_MOST_FENCED])


def is_note(line: Line) -> bool:
    """Tell whether a line has a label whose value is no field of ours: ``LOAD-DATE: March 15, 2008``."""
    found = _KEY.match(line.text)
    return found is not None and _kind(found["key"]) == "label"


def read(found: Sequence[Line]) -> list[Row]:
    """The lines up to the second text: no head goes on behind it."""
    rows: list[Row] = []
    is_fenced, texts = is_fenced_off(found), 0
    for at, line in enumerate(found):
        if texts > 1 or (at >= _MOST_LINES and not is_fenced):
            break
        if is_fenced and _FENCE.match(line.text):
            rows.append(Row(line, SURE, [(line.start, line.end, "label")]))
            is_fenced = at == 0
        else:
            rows.append(_row(line, rows[-1] if rows else None, is_fenced=is_fenced))
            texts += rows[-1].how == TEXT and at > 0
    return rows


def _row(line: Line, above: Row | None, *, is_fenced: bool) -> Row:
    found = _KEY.match(line.text)
    kind = _kind(found["key"]) if found and not _SENTENCES.search(found["value"]) else ""
    if found and found["key"].lower() in _BEFORE_NAMES and not look.is_person(found["value"]):
        kind = ""
    if found and (kind or is_fenced):
        return _keyed(line, kind or "label", line.start + found.start("value"), is_fenced=is_fenced)
    if above and above.below:
        dash = 2 if is_fenced and line.text.startswith("- ") else 0
        parts = _with_rest(line, [(line.start + dash, line.end, above.below)])
        return Row(line, SURE, parts, below=above.below if is_fenced else "")
    if found and above and above.keyed and not (len(line.text) > LONGEST_LINE or look.reads_as_sentence(line)):
        return Row(line, SKIP, [(line.start, line.end, "label")], keyed=True)
    return _plain(line, above)


def _plain(line: Line, above: Row | None) -> Row:
    """What a line without a label may be; the first may be a headline that has a date among its words."""
    cited = citations.of(line)
    if cited:
        return Row(line, SURE, _with_rest(line, cited))
    if above and notices.is_relayed(line):
        return Row(line, SURE, _with_rest(line, citations.relayed(line)))
    if len(line.text) <= LONGEST_LINE:
        is_whole = is_date(line.text) or _is_dated_place(line) or notices.is_copyright(line)
        parts = () if is_whole else _split(line)
        if parts:
            is_sure = above or all(_is_certain(line, part) for part in parts)
            return Row(line, SURE if is_sure else SOFT, parts)
        timed = _timed(line)
        signed = timed or sites.among_tools(line) or sites.signed_for(line)
        if signed:
            return Row(line, SURE if timed and above else SOFT, _with_rest(line, signed))
        if above and sites.JOINTS.match(line.text.removeprefix(above.line.text)):
            return Row(line, SKIP, [(line.start, line.end, "rubric")])
        joined = sites.joined(line) if above is None or above.how == SKIP else ()
        if joined:
            return Row(line, SURE if sites.CRUMBS.search(line.text) else SOFT, _with_rest(line, joined))
        outlet = _outlet_of(line)
        if outlet:
            return Row(line, SOFT, _with_rest(line, [outlet]))
        is_signed = above is not None and "byline" in above.kinds
        for fits, how, kind in _LOOKS:
            if fits == look.is_byline_on and not is_signed:
                continue
            if fits(line) and not (
                kind == "byline" and how == SOFT and not above and look.BYLINE_END.search(line.text)
            ):
                return Row(line, how, [(line.start, line.end, kind)])
    is_free = len(line.text) <= _LONGEST_TITLE and not line.text.endswith((".", ":", ",", ";"))
    is_note = line.text.startswith("(") and line.text.endswith(")")
    is_text = is_note or datelines.leads(line.text) or look.opens_item(line) or bool(_POINT.match(line.text))
    return Row(line, FREE if is_free and not is_text else TEXT, [(line.start, line.end, "")])


def _timed(line: Line) -> list[Part]:
    """The author who stands beside the hour: ``Today at 14:20 | Jan Novak``."""
    bars = sites.BETWEEN_BARS.finditer(line.text) if "|" in line.text else ()
    pieces = [Line(line.start + piece.start(), line.start + piece.end(), piece[0]) for piece in bars]
    named = [piece for piece in pieces if look.is_person(look.byline_names(piece.text))]
    if len(pieces) != len(named) + 1 or len(named) != 1 or not any(_CLOCK.match(piece.text) for piece in pieces):
        return []
    return [(named[0].start, named[0].end, "byline")]


def _outlet_of(line: Line) -> Part | None:
    """The outlet that a line names with its issue, in brackets, or far before a place in capitals."""
    found = _NAME_AND_PLACE.match(line.text)
    if found:
        return line.start, line.start + found.end("name"), "publisher"
    found = _ISSUE.match(line.text) or _BRACKETED.match(line.text)
    if not found:
        return None
    start, end = found.span("name")
    named = Line(line.start + start, line.start + end, found["name"])
    is_name = look.is_named_outlet(named) or (look.is_titled(named) and not look.is_job(named))
    return (named.start, named.end, "publisher") if is_name and not notices.is_edition(named) else None


def _kind(key: str) -> str:
    words = re.sub(r"[\s_]+", " ", key).lower()
    return KEYS.get(words) or KEYS.get(words.replace("-", " "), "")


def _keyed(line: Line, kind: str, start: int, *, is_fenced: bool) -> Row:
    """The label and the value of a line, without quotation marks, brackets and the address of a mail."""
    end = line.end
    value = line.text[start - line.start :]
    if is_fenced and len(value) > 1 and value[0] + value[-1] in ("''", '""', "[]"):
        start, end, value = start + 1, end - 1, value[1:-1]
    mail = _MAIL.match(value) if kind == "byline" else None
    if mail:
        start, end, value = start + mail.start("name"), start + mail.end("name"), mail["name"]
    volume = _VOLUME.search(value) if kind in ("publisher", "byline") else None
    if volume:
        end, value = start + volume.start(), value[: volume.start()]
    of_value = Line(start, end, value)
    if kind in ("publisher", "byline") and value:
        is_signed = kind == "byline" and look.is_person(look.byline_names(value))
        is_outlet = not is_signed and look.is_named_outlet(of_value)
        kind = "source_url" if look.is_address(of_value) else "publisher" if is_outlet else kind
    if kind == "title" and value.endswith(".") and value.count(".") == 1:
        end -= 1
    parts = [(start, end, kind)]
    issued = _ISSUED.search(value) if kind == "publisher" else None
    if issued and is_month(issued["date"]):
        parts = [
            (start, start + issued.start(), kind),
            (start + issued.start("date"), start + issued.end("date"), "date"),
        ]
    elif kind in ("date", "publisher") and not is_date(value):
        parts = _split(of_value) or parts
    kept = [part for part in parts if part[0] < part[1]]
    return Row(line, SURE, _with_rest(line, kept), keyed=True, below="" if kept else kind)


def _with_rest(line: Line, parts: Sequence[Part]) -> list[Part]:
    """Parts of a line with what stands before, between and behind them."""
    edges = [line.start, *(edge for start, end, _ in parts for edge in (start, end)), line.end]
    gaps = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        words = line.text[start - line.start : end - line.start]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            gaps.append((first, first + len(words.strip()), "label"))
    return sorted([*parts, *gaps])


def _split(line: Line) -> list[Part]:
    """The parts of a line that has a date among outlet, author and place; empty where anything else stands there."""
    found = _ADDRESSED.match(line.text)
    if found:
        parts = _split(Line(line.start, line.start + found.end("rest"), found["rest"]))
        return (
            _with_rest(line, [*parts, (line.start + found.start("address"), line.end, "source_url")]) if parts else []
        )
    days = [*_days(line.text)]
    edges = [0, *(edge for day in days for edge in day), len(line.text)]
    parts = [(line.start + start, line.start + end, "second_date") for start, end in days]
    parts[:1] = [(start, end, "date") for start, end, _ in parts[:1]]
    for begin, end in zip(edges[::2], edges[1::2], strict=True) if days else ():
        for start, after in _pieces(line.text, begin, end):
            kind = _piece(Line(line.start + start, line.start + after, line.text[start:after]), known=bool(parts[1:]))
            if kind is None:
                return []
            is_place = kind == "byline" and {"byline", "publisher"} <= {kind for _, _, kind in parts}
            if kind and not is_place and not (kind == "byline" and line.text.startswith(":", after)):
                parts.append((line.start + start, line.start + after, kind))
    return _with_rest(line, sorted(parts)) if 0 < len(parts) <= _MOST_PARTS else []


def _days(text: str) -> Iterator[tuple[int, int]]:
    """Yield where dates stand in a line."""
    day = inside(text) or foreign(text) or without_year(text)
    while day:
        yield day
        after = inside(text[day[1] :])
        day = (day[1] + after[0], day[1] + after[1]) if after else None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = _IN_BRACKETS.sub(lambda found: " " * len(found[0]), text)
    edges = [start, *(edge for mark in _MARK.finditer(text, start, end) for edge in mark.span()), end]
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        words = _ENDED.sub("", text[first:after].strip())
        if words:
            at = text.index(words, first)
            yield at, at + len(words)


def _piece(line: Line, *, known: bool) -> str | None:
    """The kind of a piece beside a date, empty for what is read over; None for words of a headline."""
    text = line.text
    if (
        text.lower() in _WORDS_BETWEEN
        or _AN_EDITION.match(text)
        or any(fits(text) for fits in _READ_OVER)
        or is_rubric(line)
    ):
        return ""
    if is_date(text):
        return "second_date"
    if _COUNT.match(text) or (look.is_job(line) and not look.has_lead(text)):
        return ""
    issue = _ISSUE.match(text)
    if issue and not look.names_outlet(issue["name"]):
        return ""
    if look.is_by_outlet(line) or look.is_named_outlet(line):
        return "publisher"
    if look.is_byline(line) or look.is_bare_name(line):
        return "byline"
    words = text.split()
    if known and len(words) == 1 and (text.istitle() or (text[0].isupper() and not text.isupper())):
        return ""
    if text.isupper() and not look.has_outlet_word(text) and _CAPITALS.fullmatch(text):
        return "dateline" if " AND " in text else ""
    is_titled = text[0].isupper() and words[-1][0].isupper() and look.is_titled(line)
    return "publisher" if is_titled and len(words) <= MOST_TITLED else None


_READ_OVER = (re.compile(r"(?:[A-Z]\.){2,3}$").match, _REFERENCE.match, _CLOCK.match, _AGE.match, is_tool)


def _is_certain(line: Line, part: Part) -> bool:
    """Tell whether a part of the first line can be no words of a headline: a listed outlet, ``By`` and a name."""
    start, end, kind = part
    words = line.text[start - line.start : end - line.start]
    if kind == "byline":
        return look.has_lead(words)
    return kind != "publisher" or look.is_domain(words) or look.is_listed(Line(start, end, words))


def _is_reference(line: Line) -> bool:
    """A number of an issue, a text or a telephone, an address of mail, by whom a text was translated, or nobody."""
    has_figure = bool(_REFERENCE.match(line.text)) and any(map(str.isdigit, line.text))
    return has_figure or any(form.match(line.text) for form in (_NUMBER, _ADDRESS, _OUR_OWN, _PHONE, _TRANSLATED))


def _is_dated_place(line: Line) -> bool:
    """``MINSK, November 2``; two words of small letters before the comma are more often an author's name."""
    place = line.text.partition(",")[0]
    if not place.isupper() and look.is_person(place):
        return False
    return look.is_dateline(line) and not look.has_outlet_word(line.text) and bool(inside(line.text))


def _is_sure_byline(line: Line) -> bool:
    return look.is_byline(line) and look.is_name(look.byline_names(line.text))


_LOOKS: tuple[tuple[Callable[[Line], bool], str, str], ...] = (
    (look.is_portal, SKIP, "label"),
    (lambda line: look.is_path(line.text), SKIP, "rubric"),
    (is_rubric, FREE, ""),
    (lambda line: is_date(line.text) or is_month(line.text), SURE, "date"),
    (_is_dated_place, SURE, "dateline"),
    (notices.is_edition, SKIP, "furniture"),
    (_is_reference, SKIP, "label"),
    (lambda line: bool(_NUMBERED.match(line.text)), SKIP, "furniture"),
    (notices.is_copyright, SURE, "publisher"),
    (_is_sure_byline, SURE, "byline"),
    (look.is_by_outlet, SURE, "publisher"),
    (look.is_byline, SOFT, "byline"),
    (look.is_listed, SURE, "publisher"),
    (look.is_credit, SURE, "publisher"),
    (look.is_address, SURE, "source_url"),
    (lambda line: unlisted(line.text) is not None, SURE, "date"),
    (look.is_dateline, SOFT, "dateline"),
    (look.is_named_outlet, SOFT, "publisher"),
    (look.is_bare_name, SOFT, "byline"),
    (look.is_byline_on, SOFT, "byline"),
    (lambda line: bool(_CLOCK.match(line.text)), SKIP, "label"),
)
