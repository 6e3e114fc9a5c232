"""Keyword in context: every place where a phrase, an actor or an annotation stands, with the words around it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from clippings import arguments
from clippings.arguments import ArgumentError
from clippings.display.escaping import safe
from clippings.display.pages import Page
from clippings.measures.checks import KEY, places_of, require, texts_of
from clippings.search.contexts import Context
from clippings.search.query import Phrase, phrase
from clippings.search.spans import Document
from clippings.search.terms import terms

LINE = {"id": "str", "item": "int64", "start": "int64", "end": "int64", "left": "str", "keyword": "str", "right": "str"}
_SHOWN = 40
_Row = tuple[str, int, int, int, str, str, str]


def kwic(
    texts: Any, pattern: str | re.Pattern[str] | None = None, *, ids: Sequence[str] = (), window: int = 8
) -> pd.DataFrame:
    r"""Return every place where a phrase, a regular expression or a named actor stands, with the words around it.

    The context does not cross from one row of ``texts`` to the next: over sentences it ends with the sentence.
    Blanks and line breaks are shown as one blank; ``start`` and ``end`` count the page's own characters.

    Args:
        texts: a corpus, or a frame with ``id``, ``item``, ``text`` and, where a text is not the whole page, ``start``.
        pattern: a phrase of whole words; ``missil*`` is the beginning of a word. Case, diacritics, hyphens, the form of
            an apostrophe and a line break do not count. A string with other signs than these (``missiles?``,
            ``\binf\b``) is a regular expression, in small letters or capitals alike, as is a compiled one, which keeps
            its own flags; matches without width are passed over.
        ids: instead of a pattern the ids of actors in the codebook, such as ``["NATO", "BY"]``, of which an annotated
            corpus has mentions; those inside a longer name are left out.
        window: how many words to show on either side, 0 at least. A word cut by the keyword is one of them.

    Returns:
        One row a match, in the order of ``texts`` (with ``ids``, of the mentions): ``id``, ``item``, ``start``, ``end``
        (code points of the page), ``left``, ``keyword``, ``right``.

    Raises:
        MissingColumn: a column of ``texts`` is not there.
        TypeError: ``pattern`` and ``ids`` are both given or both missing, or there are no mentions for ``ids``.
        ValueError: a text is missing, ``window`` is negative, the pattern is neither words nor a regular expression, or
            an id is that of no mention but the form of another.

    >>> texts = pd.DataFrame({"id": ["112007-14"], "item": [0], "text": ["Minsk may leave the INF\ntreaty, he said."]})
    >>> kwic(texts, "inf treaty", window=2)[["start", "left", "keyword", "right"]].values.tolist()
    [[20, 'leave the', 'INF treaty', ', he said.']]
    >>> kwic(texts, r"\b[a-z]{3}\b")["keyword"].tolist()
    ['may', 'the', 'INF']
    """
    if (pattern is None) == (not ids):
        raise TypeError("kwic takes a pattern, or ids=[...], and one of the two")
    if pattern is not None and not isinstance(pattern, (str, re.Pattern)):
        raise ArgumentError(f"pattern must be words or a regular expression, not {type(pattern).__name__}")
    if isinstance(pattern, str) and not pattern.strip():
        raise ArgumentError(f"pattern has no word: {pattern!r}; give words, as in: missile shield")
    frame = texts if isinstance(texts, pd.DataFrame) else getattr(texts, "texts", texts)
    require(frame, [*KEY, "text"], "texts")
    arguments.whole("window", window, 0)
    if pattern is None:
        return concordance(_of_ids(texts, [ids] if isinstance(ids, str) else ids), frame, window=window)
    find = _matches(pattern)
    return _lines(_line(text, start, end, window) for text in _texts(frame) for start, end in find(text.text))


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
        ValueError: a mark lies in none of the texts, a text or a place is missing, or ``window`` is negative.

    >>> texts = pd.DataFrame({"id": ["112007-14"], "item": [0], "start": [100], "text": ["Minsk and Moscow agree."]})
    >>> marks = pd.DataFrame({"id": ["112007-14"], "item": [0], "start": [110], "end": [116]})
    >>> concordance(marks, texts)[["left", "keyword", "right"]].values.tolist()
    [['Minsk and', 'Moscow', 'agree.']]
    """
    require(marks, [*KEY, "start", "end"], "marks")
    require(texts, [*KEY, "text"], "texts")
    arguments.whole("window", window, 0)
    homes: dict[tuple[str, int], list[_Text]] = {}
    for text in _texts(texts):
        homes.setdefault((text.id, text.item), []).append(text)
    starts, ends = (places_of(marks, column, "marks") for column in ("start", "end"))
    spans = zip(marks["id"].tolist(), marks["item"].tolist(), starts, ends, strict=True)
    return _lines(_marked(mark, homes, window) for mark in spans)


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
        f'<table class="clippings-kwic"><caption>{safe(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{drawn}</tbody></table>"
    )
    return Page(table, _plain([(str(row[0]), *map(str, row[3:])) for row in rows]))


_RIGHT = ' style="text-align: right"'
_CENTER = ' style="text-align: center"'
_LEFT = ' style="text-align: left"'
_HEADS = (("clipping", _LEFT), ("left", _RIGHT), ("keyword", _CENTER), ("right", _LEFT))


def _row_html(row: Sequence[object]) -> str:
    clipping, start, end, left, keyword, right = (safe(str(value)) for value in row)
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
    """A stretch of a page that begins at ``offset``."""

    id: str
    item: int
    offset: int
    text: str
    context: Context


def _matches(pattern: str | re.Pattern[str]) -> Callable[[str], Iterable[tuple[int, int]]]:
    """What finds a pattern in a text: a regular expression matches characters, a phrase whole words."""
    asked = phrase(pattern) if isinstance(pattern, str) else None
    if asked:
        return functools.partial(_phrases, asked)
    found = _compiled(pattern)
    return lambda text: [match.span() for match in found.finditer(text) if match.start() < match.end()]


def _compiled(pattern: str | re.Pattern[str]) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE) if isinstance(pattern, str) else pattern
    except re.error as error:
        raise ValueError(f"pattern {pattern!r} is no regular expression: {error}") from None


def _phrases(asked: Phrase, text: str) -> Iterator[tuple[int, int]]:
    words = terms(text)
    for _, first, last in sorted(Document([words]).places(asked) or ()):
        yield words[first].start, words[last - 1].end


def _texts(frame: pd.DataFrame) -> Iterator[_Text]:
    offsets = places_of(frame, "start", "texts") if "start" in frame.columns else [0] * len(frame)
    rows = zip(frame["id"].tolist(), frame["item"].tolist(), offsets, texts_of(frame, "texts"), strict=True)
    for key, item, offset, text in rows:
        yield _Text(key, item, offset, text, Context(text))


def _of_ids(corpus: Any, ids: Sequence[str]) -> pd.DataFrame:
    """The mentions of some ids, less those inside a longer name."""
    mentions = getattr(corpus, "mentions", None)
    if mentions is None or isinstance(corpus, pd.DataFrame):
        raise TypeError("ids needs an annotated corpus with mentions; for frames give the mentions to concordance")
    known = set(mentions["entity"])
    for one in ids:
        meant = {name for name in known if name.casefold() == one.casefold()}
        meant |= set(mentions.loc[mentions["form"].str.casefold() == one.casefold(), "entity"])
        if one not in known and meant:
            raise ValueError(f"no mention has the id {one!r}; did you mean {', '.join(map(repr, sorted(meant)))}?")
    chosen: pd.DataFrame = mentions[mentions["entity"].isin(list(ids)) & ~mentions["nested"]]
    return chosen


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
    return (text.id, text.item, text.offset + start, text.offset + end, *text.context.around(start, end, window))


def _lines(rows: Iterable[_Row]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(LINE)).astype(LINE)
