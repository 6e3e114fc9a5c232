"""Texts wrapped at a column: their lines joined to paragraphs, and the heads and numbers of pages set apart."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from clippings.page.lines import Line

_MEDIAN = range(50, 101)
# The share of lines that a next word would have made longer than this share of the column.
_FULL, _FITTED = 0.6, 0.85
_LONGEST_COLUMN = 0.9
_MOST_STOPS = 0.5
_FEWEST = 2
_LONGEST_HEAD = 80
_STOP = re.compile(r"[.?!:][\"'”’)]*$")
_BULLET = re.compile(r"(?:[-*•–—]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_PAGE_NUMBER = re.compile(r"[-–—~* ]*(?:page |p\. ?)?\d{1,3}(?:(?: of |/)\d{1,3})?[-–—~* ]*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_BREAK = re.compile(r"\r\n|\r|\n")

Run = list[Line]


def unwrapped(text: str, found: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    r"""Return the lines of a text, those of a wrapped paragraph as one, and apart the heads and numbers of its pages.

    A text is wrapped if its median line has 50 to 100 characters, blank lines part it, and its lines mostly end where
    the next word would not have fitted, few of them with a sentence.

    >>> page = "They met in Minsk on Tuesday, as both sides had said they would\nbefore the talks.\n\nNobody said a word of it to any of the many who were waiting\noutside the hall."
    >>> from clippings.page.lines import lines
    >>> [line.text.count("\n") for line in unwrapped(page, lines(page))[0]]
    [1, 1]
    """  # noqa: E501 (a column is a column)
    sizes = sorted(len(line.text) for line in found)
    if not sizes or sizes[len(sizes) // 2] not in _MEDIAN:
        return found, ()
    runs = list(_runs(text, found))
    inner = sorted(len(line.text) for run in runs for line in run[:-1])
    if len(runs) < _FEWEST or len(inner) < _FEWEST:
        return found, ()
    if sum(bool(_STOP.search(line.text)) for run in runs for line in run[:-1]) > _MOST_STOPS * len(inner):
        return found, ()
    column = inner[int(_LONGEST_COLUMN * (len(inner) - 1))]
    furniture = _furniture(found)
    kept = ([line for line in run if line not in furniture] for run in runs)
    return [line for run in kept for line in _joined(text, run, column)], furniture


def _runs(text: str, found: Sequence[Line]) -> Iterator[Run]:
    """Yield the lines between blank lines."""
    run = [found[0]]
    for before, line in itertools.pairwise(found):
        if len(_BREAK.findall(text, before.end, line.start)) > 1:
            yield run
            run = []
        run.append(line)
    yield run


def _joined(text: str, run: Run, column: int) -> Iterator[Line]:
    """Yield the paragraph a run is; lines of a head or a poem, which are short of the column, stay as they are."""
    fits = [_is_full(line, after, column) for line, after in itertools.pairwise(run)]
    while fits and not fits[0]:
        yield run[0]
        run, fits = run[1:], fits[1:]
    if sum(fits) < _FULL * len(fits):
        yield from run
        return
    bullets = [at for at, line in enumerate(run) if _BULLET.match(line.text)]
    starts = sorted({0, *(bullets if len(bullets) >= _FEWEST else ())})
    for first, after in zip(starts, [*starts[1:], len(run)], strict=True):
        part = run[first:after]
        if part:
            start, end = part[0].start, part[-1].end
            yield Line(start, end, text[start:end])


def _is_full(line: Line, after: Line, column: int) -> bool:
    return len(line.text) + 1 + len(after.text.split(maxsplit=1)[0]) > _FITTED * column


def _furniture(found: Sequence[Line]) -> list[Line]:
    """Numbers of pages, and lines behind the first that are printed again and again but for their figures."""
    heads = Counter(_DIGITS.sub("", line.text) for line in found if len(line.text) <= _LONGEST_HEAD)
    return [line for line in found[1:] if _PAGE_NUMBER.match(line.text) or _is_running(line, heads)]


def _is_running(line: Line, heads: Counter[str]) -> bool:
    if len(line.text) > _LONGEST_HEAD or heads[_DIGITS.sub("", line.text)] < _FEWEST:
        return False
    return line.text.isupper() or bool(_DIGITS.search(line.text))
