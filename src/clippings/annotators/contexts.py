"""What the words around a form decide, by the rules of the codebook's ``contexts.yaml``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from clippings.codebook import Codebook, Context
from clippings.matching import Hit, fold

_REACH = 40
_CLASSES = {"<name>": r"[A-Z][\w'’-]*[a-z]", "<capitals>": r"[A-Z]{2,}"}


class Verdicts:
    """The rules of a codebook applied to the hits of one text."""

    def __init__(self, text: str, codebook: Codebook, hits: Sequence[Hit]) -> None:
        self._text = text
        self._rules = {(fold(rule.form), rule.id): rule for rule in codebook.contexts}
        self._actors = codebook.actors
        self._named = {self._actors[hit.form.target].short for hit in hits if not self._is_open(hit)}

    def rules_out(self, hit: Hit) -> bool:
        """Tell whether the words around a hit rule out what its form stands for."""
        rule = self._rule(hit)
        if (
            rule is None
            or _stands(rule.before, self._before(hit))
            or _stands(rule.after, self._after(hit), follows=True)
        ):
            return False
        return _stands(rule.not_before, self._before(hit)) or _stands(rule.not_after, self._after(hit), follows=True)

    def is_certain(self, hit: Hit) -> bool:
        """Tell whether a hit names its actor without support from elsewhere in the text."""
        return hit.form.kind != "surname" and not self._is_open(hit)

    def settles(self, hit: Hit, certain: set[int]) -> bool:
        """Tell whether a hit that is not ruled out names its actor."""
        rule = self._rule(hit)
        if rule is None:
            return not hit.form.ambiguous or hit.form.target in certain
        near = _stands(rule.before, self._before(hit)) or _stands(rule.after, self._after(hit), follows=True)
        return rule.default or near or any(self._stands_anywhere(need) for need in rule.needs)

    def _rule(self, hit: Hit) -> Context | None:
        form, actor = fold(hit.form.text), self._actors[hit.form.target].short
        return self._rules.get((form, actor)) or self._rules.get((form, None))

    def _is_open(self, hit: Hit) -> bool:
        rule = self._rule(hit)
        return hit.form.ambiguous if rule is None else not rule.default

    def _stands_anywhere(self, need: str) -> bool:
        return need in self._named or bool(re.search(rf"\b{re.escape(need)}\b", self._text))

    def _before(self, hit: Hit) -> str:
        return self._text[max(0, hit.start - _REACH) : hit.start].rstrip(" -\n")

    def _after(self, hit: Hit) -> str:
        return self._text[hit.end : hit.end + _REACH].removeprefix("'s").lstrip(" -\n")


def _stands(phrases: Iterable[str], text: str, *, follows: bool = False) -> bool:
    return any(_pattern(phrase, follows=follows).search(text) for phrase in phrases)


@functools.lru_cache(maxsize=4096)
def _pattern(phrase: str, *, follows: bool) -> re.Pattern[str]:
    words = r"[\s-]+".join(_CLASSES.get(word.lower(), f"(?i:{re.escape(word)})") for word in phrase.split())
    return re.compile(rf"\A{words}(?:(?<!\w)|(?!\w))" if follows else rf"(?:(?<!\w)|(?!\w)){words}\Z")
