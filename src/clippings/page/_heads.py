"""Heads of pages as people save them: title, date, byline, outlet and place in any order, labelled or not.

A line of a head is ``sure`` where it can be nothing else (a date, ``By NAME``, a listed outlet, ``Key: value``),
``soft`` where a headline could read so too (a name, capitalized words), ``free`` where it may be the headline, and
text otherwise. The head ends behind its last sure line that no text stands before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from clippings.page import _datelines as datelines
from clippings.page import lines as look
from clippings.page.lines import Line
from clippings.page.printed_dates import inside, is_date, is_month, unlisted

KEYS = {label: kind for kind, labels in look.WORDS.labels.items() for label in labels}
"""What stands behind a label at the head of a page; a ``label`` is read over."""
_KEY = re.compile(r"(?P<key>[A-Za-z][\w .()-]{1,22}?)\s?:(?:\s+|$)(?P<value>.*)", re.DOTALL)
_SENTENCES = re.compile(r"[a-z]{3}\. [A-Z][a-z]* [a-z]")
_CAPITALS = re.compile(r"[A-Z]{4,}(?: AND [A-Z]{4,})?")
_COUNT = re.compile(r"[A-Z][a-z]+: ?\d+$")
_BRACKETED = re.compile(r"\[(?P<name>[^\[\]]{3,50})\]$")
_BESIDE = re.compile(r"(?:,| [|/–—-]) ")
_FENCE = re.compile(r"(?:---|\.\.\.)$")
_MARK = re.compile(r"\s*(?:[|•·–—]|--|//|\s-\s|,|;|\()\s*|\)\s*|\s{2,}|\s+(?:on|at)\s*$|\s+(?=[Vv]ol\. ?\d)")
_WORDS_BETWEEN = frozenset({"", "on", "at", "by", "in", "posted", "published", "from", "-", "for", "and", "updated"})
_REFERENCE = re.compile(
    r"(?:(?:pages?|pp?\.?|pg\.|section|sect\.|no\.|issue|vol\.|volume|col\.|part) ?\w{1,6}(?:-\w{1,6})? ?)+$"
    r"|[A-Z]?\d{1,3}p?$",
    re.IGNORECASE,
)
_CLOCK_TIME = r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: (?:[A-Z]{1,4}|(?:local|mecca|moscow) time))?"
_CLOCK = re.compile(rf"{_CLOCK_TIME}(?:,? {_CLOCK_TIME})*$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:document )?\d+ of \d+(?: documents?)?$", re.IGNORECASE)
_FIGURES = re.compile(r"\b(?:1[5-9]|2[01])\d\d\b|\d[./-]\s?\w{1,9}[./-]\s?\d\d|\d [A-Za-z]{3,9}\.?,? ?['’]?\d\d\b")
_FIRST_LINES, _LONGEST_KEY, _FEWEST_KEYS = 8, 26, 2
_MOST_LINES, _MOST_FREE = 16, 2
_MAIL = re.compile(r"[\"']?(?P<name>[^<>\"'@]*?)[\"']?\s*[<(]?[\w.+-]+@[\w.-]+[>)]?$")
_MOST_PARTS, _MOST_FENCED = 4, 100
_RUBRICS = look.RUBRICS.union(look.WORDS.sections)
_ISSUE = re.compile(
    r"(?P<name>.{3,50}?)(?:,| -+| [|·•])? (?:vol(?:ume|\.)|no\.|issue|number):? ?\d.{0,40}$", re.IGNORECASE
)
_LONGEST_STANDFIRST, _LONGEST_TITLE, _LONGEST_LINE = 300, 200, 110
_MOST_TITLED = 5
_FEWEST_DAYS = 2

Part = tuple[int, int, str]


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


class Head(NamedTuple):
    """The lines a head takes, their parts by kind, and how many have a label."""

    size: int
    parts: list[Part]
    keys: int


def is_labelled(found: Sequence[Line]) -> bool:
    """Tell whether two of the first lines have labels of a head, or the first opens front matter."""
    labels = (_KEY.match(line.text) for line in found[:_FIRST_LINES] if ":" in line.text[:_LONGEST_KEY])
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


def may_stand(found: Sequence[Line]) -> bool:
    """Tell, quickly, whether a page may have more of a head: figures on a short line, or no title on the first."""
    is_above = len(found) > 1 and len(found[1].text) <= _LONGEST_LINE
    if is_above and (look.is_named_outlet(found[0]) or look.has_lead(found[0].text)):
        return True
    return any(len(line.text) <= _LONGEST_LINE and _FIGURES.search(line.text) for line in found[:_FIRST_LINES])


def read(found: Sequence[Line]) -> Head:
    r"""Return the head of a page; its size is 0 where nothing is sure.

    >>> head = read(look.lines("Reuters\nTalks begin\n22 June 2016\nBy Anna Petrova\nThey met in Minsk."))
    >>> head.size, [kind for _, _, kind in head.parts]
    (4, ['publisher', 'title', 'date', 'byline'])
    """
    rows = _rows(found)
    end = _end(rows, len(found))
    if not end or _is_chronicle(found, rows, end):
        return Head(0, [], 0)
    titled, end = _title(rows, end)
    while end < len(rows) and rows[end].how == SKIP:
        end += 1
    return Head(end, list(_parts(rows[:end], titled)), sum(row.keyed for row in rows[:end]))


def _rows(found: Sequence[Line]) -> list[Row]:
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
    if found and (kind or is_fenced):
        return _keyed(line, kind or "label", line.start + found.start("value"), is_fenced=is_fenced)
    if above and above.below:
        dash = 2 if is_fenced and line.text.startswith("- ") else 0
        parts = _with_rest(line, [(line.start + dash, line.end, above.below)])
        return Row(line, SURE, parts, below=above.below if is_fenced else "")
    if found and above and above.keyed:
        return Row(line, SKIP, [(line.start, line.end, "label")], keyed=True)
    return _plain(line, above)


def _plain(line: Line, above: Row | None) -> Row:
    """What a line without a label may be; the first may be a headline that has a date among its words."""
    if len(line.text) <= _LONGEST_LINE:
        parts = () if _is_dated(line) or look.is_copyright(line) else _split(line)
        if parts:
            is_sure = above or all(kind != "publisher" or _is_known(line, start, end) for start, end, kind in parts)
            return Row(line, SURE if is_sure else SOFT, parts)
        signed = _signed_for(line)
        if signed:
            return Row(line, SOFT, _with_rest(line, signed))
        outlet = _outlet_of(line)
        if outlet:
            return Row(line, SOFT, _with_rest(line, [outlet]))
        for fits, how, kind in _LOOKS:
            if fits(line):
                return Row(line, how, [(line.start, line.end, kind)])
    is_free = len(line.text) <= _LONGEST_TITLE and not line.text.endswith((".", ":", ",", ";"))
    is_text = datelines.leads(line.text) or look.opens_item(line)
    return Row(line, FREE if is_free and not is_text else TEXT, [(line.start, line.end, "")])


def _signed_for(line: Line) -> list[Part]:
    """The author and the outlet that stand beside each other: ``Jan Novak | Harbor News``."""
    mark = _BESIDE.search(line.text)
    if not mark or look.has_lead(line.text) or look.is_listed(line):
        return []
    name, outlet = line.text[: mark.start()], line.text[mark.end() :]
    named = Line(line.start + mark.end(), line.end, outlet)
    if not (look.is_person(name) and look.is_named_outlet(named) and not look.is_job(named)):
        return []
    return [(line.start, line.start + mark.start(), "byline"), (named.start, named.end, "publisher")]


def _outlet_of(line: Line) -> Part | None:
    """The outlet that a line names with its issue, or in brackets."""
    found = _ISSUE.match(line.text) or _BRACKETED.match(line.text)
    if not found:
        return None
    start, end = found.span("name")
    named = Line(line.start + start, line.start + end, found["name"])
    return (named.start, named.end, "publisher") if look.is_named_outlet(named) else None


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
    of_value = Line(start, end, value)
    if kind in ("publisher", "byline") and value:
        kind = "source_url" if look.is_address(of_value) else "publisher" if look.is_named_outlet(of_value) else kind
    parts = [(start, end, kind)]
    if kind in ("date", "publisher") and not is_date(value):
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
    day = inside(line.text)
    if not day:
        return []
    parts = [(line.start + day[0], line.start + day[1], "date")]
    for begin, end in ((0, day[0]), (day[1], len(line.text))):
        for start, after in _pieces(line.text, begin, end):
            kind = _piece(Line(line.start + start, line.start + after, line.text[start:after]), known=bool(parts[1:]))
            if kind is None:
                return []
            if kind and not (kind == "byline" and line.text.startswith(":", after)):
                parts.append((line.start + start, line.start + after, kind))
    return _with_rest(line, sorted(parts)) if len(parts) <= _MOST_PARTS else []


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    edges = [start, *(edge for mark in _MARK.finditer(text, start, end) for edge in mark.span()), end]
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        words = text[first:after].strip().removesuffix(":")
        if words:
            at = text.index(words, first)
            yield at, at + len(words)


def _piece(line: Line, *, known: bool) -> str | None:
    """The kind of a piece beside a date, empty for what is read over; None for words of a headline."""
    text = line.text
    if text.lower() in _WORDS_BETWEEN or _REFERENCE.match(text) or _CLOCK.match(text) or _is_rubric(line):
        return ""
    if is_date(text):
        return "second_date"
    if _COUNT.match(text) or (look.is_job(line) and not look.has_lead(text)):
        return ""
    if look.is_by_outlet(line) or look.is_named_outlet(line):
        return "publisher"
    if look.is_byline(line) or look.is_bare_name(line):
        return "byline"
    words = text.split()
    if known and len(words) == 1 and text.istitle():
        return ""
    if text.isupper() and not look.has_outlet_word(text) and _CAPITALS.fullmatch(text):
        return "dateline" if " AND " in text else ""
    is_titled = text[0].isupper() and words[-1][0].isupper() and look.is_titled(line)
    return "publisher" if is_titled and len(words) <= _MOST_TITLED else None


def _is_known(line: Line, start: int, end: int) -> bool:
    return look.is_listed(Line(start, end, line.text[start - line.start : end - line.start]))


def _end(rows: list[Row], size: int) -> int:
    """Count the lines up to the last sure one that is reached over two lines of a headline and one standfirst."""
    end, free, crossed = 0, 0, False
    for at, row in enumerate(rows):
        after = rows[at + 1] if at + 1 < len(rows) else None
        is_outlet = row.how == SOFT and row.parts[0][2] == "publisher"
        if row.how == SURE or (row.how == SOFT and at == end > 0):
            end, free = at + 1, 0
        elif row.how == SOFT and after and after.how == FREE and any(kind == "date" for _, _, kind in row.parts):
            rows[at] = row._replace(how=SURE)
            end = at + 1
        elif row.how in (SOFT, FREE) or (at == 0 and look.is_title(row.line)):
            free += not is_outlet
        elif row.how == TEXT:
            if crossed or not at or not (after and _is_standfirst(rows[: at + 1], after)) or at + 2 >= size:
                break
            crossed = True
        if free > _MOST_FREE:
            break
    return end if any(row.how == SURE for row in rows[:end]) else 0


def _is_standfirst(rows: Sequence[Row], after: Row) -> bool:
    """Tell whether the last row may be a sentence below the headline: a byline or the first date follows."""
    is_signed = after.how == SURE and any(kind in ("byline", "date") for _, _, kind in after.parts)
    is_dated = any(kind == "date" for row in rows for _, _, kind in row.parts)
    return is_signed and not is_dated and len(rows[-1].line.text) <= _LONGEST_STANDFIRST


def _is_chronicle(found: Sequence[Line], rows: Sequence[Row], end: int) -> bool:
    """Days that head paragraphs, as in a chronicle, are not the date of the page."""
    if any(row.keyed for row in rows[:end]):
        return False
    return sum(is_date(line.text) for line in found[end:-1]) >= _FEWEST_DAYS


def _title(rows: Sequence[Row], end: int) -> tuple[int | None, int]:
    """Return which line is the headline, and the end of the head with it."""
    if any(kind == "title" for row in rows[:end] for _, _, kind in row.parts):
        return None, end
    free = [at for at, row in enumerate(rows[:end]) if row.how == FREE or (row.how == TEXT and not at)]
    if len(free) > 1 and _is_rubric(rows[free[0]].line):
        return free[1], end
    if free:
        return free[0], end
    below = next((at for at in range(end, len(rows)) if rows[at].how != SKIP), len(rows))
    if rows[below + 1 :] and rows[below + 1].how == FREE and _is_rubric(rows[below].line):
        below += 1
    if rows[below:] and rows[below].how == FREE and len(rows) > below + 1:
        titled, end = below, below + 1
        while end < len(rows) and rows[end].how in (SOFT, SKIP):
            end += 1
        return titled, end
    return (0 if rows[0].how == SOFT else None), end


def _is_rubric(line: Line) -> bool:
    words = line.text.lower().rstrip(":")
    return words in _RUBRICS or _RUBRICS.issuperset(words.split())


def _parts(rows: Sequence[Row], titled: int | None) -> Iterator[Part]:
    """Yield the parts of a head by their kind in the end: one date, one outlet, and no outlet for the author."""
    had: set[str] = set()
    signed = any(row.how == SURE and kind == "byline" for row in rows for _, _, kind in row.parts)
    dated = any(kind == "date" for row in rows for _, _, kind in row.parts)
    first_key = next((at for at, row in enumerate(rows) if row.keyed), 0)
    for at, row in enumerate(rows):
        if row.how in (FREE, TEXT) or at == titled:
            kind = "title" if at == titled else "standfirst" if titled is None or at > titled else "rubric"
            yield row.line.start, row.line.end, kind
            continue
        for start, end, kind in row.parts:
            settled = kind
            if kind == "byline" and row.how == SOFT and signed:
                settled = "publisher"
            elif kind == "byline" and row.how == SOFT and at < first_key:
                settled = "label"
            elif kind == "second_date" and not dated and "date" not in had:
                settled = "date"
            if settled in _SECOND and settled in had:
                settled = _SECOND[settled]
            had.add(settled)
            yield start, end, settled


def _is_dated(line: Line) -> bool:
    return is_date(line.text) or _is_dated_place(line)


def _is_dated_place(line: Line) -> bool:
    return look.is_dateline(line) and not look.has_outlet_word(line.text) and bool(inside(line.text))


def _is_sure_byline(line: Line) -> bool:
    return look.is_byline(line) and look.is_name(look.byline_names(line.text))


_SECOND = {"date": "second_date", "publisher": "credit", "source_url": "label", "title": "standfirst"}
_LOOKS: tuple[tuple[Callable[[Line], bool], str, str], ...] = (
    (_is_rubric, FREE, ""),
    (lambda line: is_date(line.text) or is_month(line.text), SURE, "date"),
    (_is_dated_place, SURE, "dateline"),
    (look.is_edition, SKIP, "furniture"),
    (lambda line: bool(_NUMBERED.match(line.text)), SKIP, "furniture"),
    (look.is_copyright, SURE, "publisher"),
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
