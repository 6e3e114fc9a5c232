"""Expressions for whole lines, tried together where their first letters are known, else only where a word stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_ESCAPED, _CLASS, _GROUP = re.compile(r"\\."), re.compile(r"\[[^\]]*\]"), re.compile(r"\([^()]*\)[?*]?")
_LED = re.compile(r"(?:[^\W_][^?*{]|\(\?:[^\W_][^()|]*(?:\|[^\W_][^()|]*)*\)(?![?*{]))")
_OPEN = re.compile(r"[^\0]?(?:[?*]|\{[^}]*\})|[.^$+]")


class Form(NamedTuple):
    """An expression of a kind of line, and words without which it fits none."""

    kind: str
    needs: str
    fits: Callable[[str], object]


def forms(kind: str, expressions: Sequence[str]) -> tuple[Form, ...]:
    """Return the forms of a kind of line: those that begin with known letters as one, and each of the others.

    >>> [form.needs for form in forms("box", ["more from .*", "(?:see )?also", "most read"])]
    ['', 'also']
    """
    return tuple(_forms(kind, expressions))


def _forms(kind: str, expressions: Sequence[str]) -> Iterator[Form]:
    led = [one for one in expressions if _LED.match(one) and "|" not in _without_groups(one)]
    if led:
        yield Form(kind, "", re.compile("|".join(led)).fullmatch)
    yield from (Form(kind, needed(one), re.compile(one).fullmatch) for one in expressions if one not in led)


def needed(expression: str) -> str:
    r"""Return the longest words that every line has which an expression fits; empty where it needs none.

    >>> needed(r"\d+ (?:reader )?comments?\b.*"), needed("back|next"), needed("[0-9]+")
    ('comment', '', '')
    """
    words = _without_groups(expression)
    return "" if "|" in words else max(_OPEN.sub("\0", words).split("\0"), key=len)


def _without_groups(expression: str) -> str:
    words, before = _CLASS.sub("\0", _ESCAPED.sub("\0", expression)), ""
    while words != before:
        words, before = _GROUP.sub("\0", words), words
    return words


def first_kind(asked: Sequence[Form], words: str) -> str:
    """Return the kind of the first form that fits a line; empty where none does."""
    return next((kind for kind, needs, fits in asked if needs in words and fits(words)), "")
