"""The rules for ambiguous forms, compiled: what the words right before and after a form decide."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from clippings.codebook.matching import Form, fold
from clippings.codebook.schema import Actor, Context

_REACH = 40
_REMEMBERED = 1024  # Rules share their lists of words.
_BETWEEN = " -\n"
_CAPITALS = r"[A-Z]{2,}"
_NAME = r"[A-Z][\w'’-]*[a-z]"
# A last capitalized word, but no verb of a headline ("Israel Refuses to").
_SURNAME = rf"{_NAME}(?![\w'’-]|\s+(?:[A-Z]|(?:to|over|as)\b))"
_NAMES = ("<name>", "<surname>")
_CLASSES = {"<name>": _NAME, "<surname>": _SURNAME, "<capitals>": _CAPITALS}
# Read backwards; an article that opens a sentence is no name.
_BACKWARDS = {"<name>": r"['’]?(?!ehT\b)[a-z][\w'’-]*[A-Z]", "<capitals>": _CAPITALS}
_Pattern = re.Pattern[str] | None


class Rule:
    """A row of ``contexts.yaml`` as the annotators ask it, with what the row of its kind rules out."""

    def __init__(self, context: Context, of_kind: Context | None = None) -> None:
        self.needs, self.default, self.one_sense = context.needs, context.default, context.one_sense
        self._context, self._of_kind = context, of_kind

    def verdict(self, text: str, start: int, end: int) -> bool | None:
        """Tell whether the words around ``[start, end)`` settle a form (True), rule it out (False), or neither (None).

        >>> rule = Rule(Context("Jordan", "JO", after=("valley",), not_before=("river",)))
        >>> [rule.verdict(text, 6, 12) for text in ("River Jordan", "River-Jordan Valley", "Lower Jordan")]
        [False, True, None]
        """
        settled_before, settled_after, ruled_out_before, ruled_out_after = self._patterns
        before = after = ""
        if settled_before or ruled_out_before:
            before = text[max(0, start - _REACH) : start][::-1].lstrip(_BETWEEN)
        if settled_after or ruled_out_after:
            after = text[end : end + _REACH]
        if settled_before and settled_before.match(before):
            return True
        if settled_after and settled_after.match(after.removeprefix("'s").removeprefix("’s")):
            return True
        if any(pattern.match(before) for pattern in ruled_out_before):
            return False
        return False if any(pattern.match(after) for pattern in ruled_out_after) else None

    @functools.cached_property
    def _patterns(self) -> tuple[_Pattern, _Pattern, list[re.Pattern[str]], list[re.Pattern[str]]]:
        rules = [self._context, self._of_kind] if self._of_kind else [self._context]
        before = [pattern for rule in rules if (pattern := _before(rule.not_before))]
        after = [pattern for rule in rules if (pattern := _after(rule.not_after))]
        return _before(self._context.before), _after(self._context.after), before, after


def of_forms(forms: Iterable[Form], actors: Sequence[Actor], contexts: Iterable[Context]) -> dict[Form, Rule | None]:
    """Return the forms that alone do not name their actor for sure, each with the rule that decides, if any.

    Args:
        forms: the forms of the actors.
        actors: the actors, as the forms count them.
        contexts: the rules; one for an actor goes before one for any.

    >>> poland = Actor("PL", "Poland", "country", names=("Poland", "Pole"))
    >>> found = of_forms([Form("Poland", 0, "country"), Form("Pole", 0, "demonym")], [poland], [Context("pole")])
    >>> [(form.text, rule.default) for form, rule in found.items()]
    [('Pole', False)]
    """
    by_form = {(fold(context.form), context.id): context for context in contexts}
    of_kinds = {kind: Rule(context) for (kind, _), context in by_form.items() if kind.startswith("<")}
    found: dict[Form, Rule | None] = {}
    for form in forms:
        folded, kind = fold(form.text), f"<{form.kind}>"
        context = by_form.get((folded, actors[form.target].short)) or by_form.get((folded, None))
        rule = Rule(context, by_form.get((kind, None))) if context else None
        if rule or form.ambiguous or form.kind == "surname":
            found[form] = rule
        elif kind in of_kinds:
            found[form] = of_kinds[kind]
    return found


@functools.lru_cache(maxsize=_REMEMBERED)
def _after(phrases: tuple[str, ...]) -> _Pattern:
    """A name stands behind a blank, other words behind a hyphen too: "Israel-Palestinian" is no person."""
    names = [phrase for phrase in phrases if phrase.lower().startswith(_NAMES)]
    others = [phrase for phrase in phrases if phrase not in names]
    found = [r"[ \n]+" + _words(phrase.split(), _CLASSES) for phrase in names]
    return _compiled([*found, *_beginning(r"[ \n-]*", [(one, _words(one.split(), _CLASSES)) for one in others])])


@functools.lru_cache(maxsize=_REMEMBERED)
def _before(phrases: tuple[str, ...]) -> _Pattern:
    """Read from the form to the left, where a pattern fails at its first letter; forwards it would try each place."""
    turned = (reversed(phrase.split()) for phrase in phrases)
    backwards = [[word if word.lower() in _CLASSES else word[::-1] for word in words] for words in turned]
    return _compiled(_beginning("", [(words[0], _words(words, _BACKWARDS)) for words in backwards]))


def _beginning(gap: str, patterns: Sequence[tuple[str, str]]) -> list[str]:
    """Patterns behind a gap, those that begin with a given word behind a look at its first letter, which most fail."""
    free = [gap + pattern for begins, pattern in patterns if begins.startswith("<")]
    bound = [pattern for begins, pattern in patterns if not begins.startswith("<")]
    first = {letter for begins, _ in patterns for letter in (begins[0].lower(), begins[0].upper())} - {"<"}
    letters = "".join(map(re.escape, sorted(first)))
    return [*free, rf"{gap}(?=[{letters}])(?:{'|'.join(bound)})"] if bound else free


def _words(words: Iterable[str], classes: dict[str, str]) -> str:
    return r"[\s-]+".join(classes.get(word.lower()) or _word(word) for word in words)


def _word(word: str) -> str:
    """A word in small letters is matched whatever the case, one with a capital as it is."""
    return f"(?i:{re.escape(word)})" if word == word.lower() else re.escape(word)


def _compiled(patterns: Sequence[str]) -> _Pattern:
    return re.compile(rf"(?:{'|'.join(patterns)})(?:(?<!\w)|(?!\w))") if patterns else None
