"""Expressions for whole lines by kind, of which most lines are told by one look that none fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ESCAPED, _CLASS, _GROUP = re.compile(r"\\."), re.compile(r"\[[^\]]*\]"), re.compile(r"\([^()]*\)[?*]?")
# What begins with known letters, or one of some words, is found not to fit by the first of them.
_LED = re.compile(r"(?:[^\W_][^?*{]|\(\?:[^\W_][^()|]*(?:\|[^\W_][^()|]*)*\)(?![?*{]))")
_OPEN = re.compile(r"[^\0]?(?:[?*]|\{[^}]*\})|[.^$+]")


class Forms:
    """The expressions of some kinds of lines, in the order in which the kinds are asked."""

    def __init__(self, listed: Sequence[tuple[str, Sequence[str]]]) -> None:
        needs = {one: "" if _LED.match(one) else needed(one) for _, forms in listed for one in forms}
        self._kinds = [(kind, _any_of(forms)) for kind, forms in listed]
        self._led = _any_of(one for one, words in needs.items() if not words)
        self._open = [(words, re.compile(one)) for one, words in needs.items() if words]

    def kind(self, words: str) -> str:
        """Return the first kind of which an expression fits a line; empty where none does.

        >>> Forms([("box", ["more from .*", "(?:see )?also"]), ("site", ["also|print"])]).kind("also")
        'box'
        """
        return next((kind for kind, form in self._kinds if form.fullmatch(words)), "") if self._may_fit(words) else ""

    def _may_fit(self, words: str) -> bool:
        if self._led.fullmatch(words):
            return True
        for needs, form in self._open:  # noqa: SIM110 (any() takes half as long again)
            if needs in words and form.fullmatch(words):
                return True
        return False


def needed(expression: str) -> str:
    r"""Return the longest words that every line has which an expression fits; empty where it needs none.

    >>> needed(r"\d+ (?:reader )?comments?\b.*"), needed("back|next"), needed("[0-9]+")
    ('comment', '', '')
    """
    words, before = _CLASS.sub("\0", _ESCAPED.sub("\0", expression)), ""
    while words != before:
        words, before = _GROUP.sub("\0", words), words
    return "" if "|" in words else max(_OPEN.sub("\0", words).split("\0"), key=len)


def _any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in expressions) or "(?!)")
