"""Keyword in context: every place where a word, or an annotation, stands, with the words around it."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from clippings.display.pages import Page
from clippings.measures.checks import KEY, at_least, require, texts_of
from clippings.measures.words import WORD

LINE = {"id": "str", "item": "int64", "start": "int64", "end": "int64", "left": "str", "keyword": "str", "right": "str"}
_SHOWN = 40
_Row = tuple[str, int, int, int, str, str, str]


def kwic(texts: pd.DataFrame, pattern: str | re.Pattern[str], *, window: int = 8) -> pd.DataFrame:
    r"""Return every place where a pattern matches, with the words to its left and right.

    The context does not cross from one row of ``texts`` to the next: over sentences it ends with the sentence.
    Blanks and line breaks are shown as one blank; ``start`` and ``end`` count the page's own characters.

    Args:
        texts: ``id``, ``item``, ``text`` and, where a text is not the whole page, ``start``.
        pattern: a regular expression, in small letters or capitals alike; a compiled one keeps its own flags.
            Word boundaries (``\b``) are the pattern's business. Matches without width are passed over.
        window: how many words to show on either side, 0 at least. A word cut by the keyword is one of them.

    Returns:
        One row a match, in the order of ``texts``: ``id``, ``item``, ``start``, ``end`` (code points of the page),
        ``left``, ``keyword``, ``right``.

    Raises:
        MissingColumn: a column of ``texts`` is not there.
        ValueError: the pattern is no regular expression, a text is missing, or ``window`` is negative.

    >>> texts = pd.DataFrame({"id": ["112007-14"], "item": [0], "text": ["Minsk may leave the INF treaty, he said."]})
    >>> kwic(texts, r"\binf\b", window=2)[["start", "left", "keyword", "right"]].values.tolist()
    [[20, 'leave the', 'INF', 'treaty, he']]
    """
    require(texts, [*KEY, "text"], "texts")
    at_least("window", window, 0)
    found = _compiled(pattern)
    return _lines(
        _line(text, match.start(), match.end(), window)
        for text in _texts(texts)
        for match in found.finditer(text.text)
        if match.start() < match.end()
    )


def concordance(marks: pd.DataFrame, texts: pd.DataFrame, *, window: int = 8) -> pd.DataFrame:
    """Return every mark with the words to its left and right.

    Choose the marks first, by entity, theme or speaker: ``mentions.query("entity == 'NATO'")``.

    Args:
        marks: ``id``, ``item``, ``start``, ``end``: any frame of annotations.
        texts: ``id``, ``item``, ``text`` and, where a text is not the whole page, ``start``. Each mark must lie
            within one row.
        window: how many words to show on either side, 0 at least.

    Returns:
        One row a mark, in the order of ``marks``: ``id``, ``item``, ``start``, ``end``, ``left``, ``keyword``,
        ``right``.

    Raises:
        MissingColumn: a column is not there.
        ValueError: a mark lies in none of the texts, a text is missing, or ``window`` is negative.

    >>> texts = pd.DataFrame({"id": ["112007-14"], "item": [0], "start": [100], "text": ["Minsk and Moscow agree."]})
    >>> marks = pd.DataFrame({"id": ["112007-14"], "item": [0], "start": [110], "end": [116]})
    >>> concordance(marks, texts)[["left", "keyword", "right"]].values.tolist()
    [['Minsk and', 'Moscow', 'agree.']]
    """
    require(marks, [*KEY, "start", "end"], "marks")
    require(texts, [*KEY, "text"], "texts")
    at_least("window", window, 0)
    homes: dict[tuple[str, int], list[_Text]] = {}
    for text in _texts(texts):
        homes.setdefault((text.id, text.item), []).append(text)
    return _lines(_marked(mark, homes, window) for mark in _spans(marks))


def kwic_html(lines: pd.DataFrame, *, caption: str = "Keyword in context") -> Page:
    """Return lines of ``kwic`` or ``concordance`` as a table aligned on the keyword; everything shown is escaped.

    Where HTML cannot be shown, the lines are printed with the keywords one below the other.

    Args:
        lines: ``id``, ``start``, ``end``, ``left``, ``keyword``, ``right``.
        caption: the title of the table.

    Raises:
        MissingColumn: a column is not there.

    >>> texts = pd.DataFrame({"id": ["a", "b"], "item": 0, "text": ["The INF treaty.", "Leave INF & CFE."]})
    >>> page = kwic_html(kwic(texts, "inf"))
    >>> page
    a    The  INF  treaty.
    b  Leave  INF  & CFE.
    >>> "&amp; CFE.</td>" in page.html
    True
    """
    require(lines, ["id", "start", "end", "left", "keyword", "right"], "lines")
    rows = list(lines[["id", "start", "end", "left", "keyword", "right"]].itertuples(index=False, name=None))
    drawn = "".join(_row_html(row) for row in rows)
    head = "".join(f'<th scope="col"{style}>{name}</th>' for name, style in _HEADS)
    table = (
        f'<table class="clippings-kwic"><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{drawn}</tbody></table>"
    )
    return Page(table, _plain([(str(row[0]), *map(str, row[3:])) for row in rows]))


_RIGHT = ' style="text-align: right"'
_CENTER = ' style="text-align: center"'
_LEFT = ' style="text-align: left"'
_HEADS = (("clipping", _LEFT), ("left", _RIGHT), ("keyword", _CENTER), ("right", _LEFT))


def _row_html(row: Sequence[object]) -> str:
    clipping, start, end, left, keyword, right = (html.escape(str(value)) for value in row)
    return (
        f'<tr data-clipping="{clipping}" data-start="{start}" data-end="{end}"><th scope="row">{clipping}</th>'
        f"<td{_RIGHT}>{left}</td><td{_CENTER}><strong>{keyword}</strong></td><td{_LEFT}>{right}</td></tr>"
    )


def _plain(rows: Sequence[tuple[str, ...]]) -> str:
    """Print a line a row; contexts are cut to their nearest 40 characters, keywords after as many."""
    if not rows:
        return "no lines"
    cut = [(name, left[-_SHOWN:], _shortened(keyword), right[:_SHOWN]) for name, left, keyword, right in rows]
    names, lefts, keywords = (max(len(row[column]) for row in cut) for column in range(3))
    lines = (f"{name:<{names}}  {left:>{lefts}}  {key:<{keywords}}  {right}" for name, left, key, right in cut)
    return "\n".join(line.rstrip() for line in lines)


def _shortened(keyword: str) -> str:
    return keyword if len(keyword) <= _SHOWN else keyword[: _SHOWN - 1] + "…"


class _Text(NamedTuple):
    """A stretch of a page with the edges of its words, in code points of the stretch."""

    id: str
    item: int
    offset: int
    text: str
    starts: list[int]
    ends: list[int]


def _compiled(pattern: str | re.Pattern[str]) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE) if isinstance(pattern, str) else pattern
    except re.error as error:
        raise ValueError(f"pattern {pattern!r} is no regular expression: {error}") from None


def _texts(frame: pd.DataFrame) -> Iterator[_Text]:
    offsets = frame["start"].tolist() if "start" in frame.columns else [0] * len(frame)
    rows = zip(frame["id"].tolist(), frame["item"].tolist(), offsets, texts_of(frame, "texts"), strict=True)
    for key, item, offset, text in rows:
        spans = [match.span() for match in WORD.finditer(text)]
        yield _Text(key, item, offset, text, [start for start, _ in spans], [end for _, end in spans])


def _spans(marks: pd.DataFrame) -> Iterator[tuple[str, int, int, int]]:
    yield from zip(*(marks[column].tolist() for column in [*KEY, "start", "end"]), strict=True)


def _marked(mark: tuple[str, int, int, int], homes: dict[tuple[str, int], list[_Text]], window: int) -> _Row:
    key, item, start, end = mark
    for text in homes.get((key, item), ()):
        if text.offset <= start < end <= text.offset + len(text.text):
            return _line(text, start - text.offset, end - text.offset, window)
    raise ValueError(
        f"the mark at {start} to {end} of clipping {key!r}, item {item}, lies within none of the texts; "
        "give texts that cover it, such as whole pages or bodies"
    )


def _line(text: _Text, start: int, end: int, window: int) -> _Row:
    left = text.text[_left_edge(text, start, window) : start]
    right = text.text[end : _right_edge(text, end, window)]
    shown = (_on_one_line(part) for part in (left, text.text[start:end], right))
    return (text.id, text.item, text.offset + start, text.offset + end, *shown)  # type: ignore[return-value]


def _left_edge(text: _Text, start: int, window: int) -> int:
    """Find where the window begins; a quotation mark or bracket before its first word belongs to it."""
    if window == 0:
        return start
    first = bisect_left(text.starts, start) - window
    if first <= 0:
        return 0
    edge = text.starts[first]
    while edge > text.ends[first - 1] and not text.text[edge - 1].isspace():
        edge -= 1
    return edge


def _right_edge(text: _Text, end: int, window: int) -> int:
    """Find where the window ends; signs right after its last word belong to it."""
    if window == 0:
        return end
    last = _words_before(text.ends, end) + window - 1
    if last >= len(text.ends) - 1:
        return len(text.text)
    edge = text.ends[last]
    while edge < text.starts[last + 1] and not text.text[edge].isspace():
        edge += 1
    return edge


def _words_before(ends: list[int], place: int) -> int:
    """Count the words that end at a place or before it."""
    return bisect_left(ends, place + 1)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(rows: Iterable[_Row]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(LINE)).astype(LINE)
