"""Which actor a doubtful form names: the words around it decide, then what else the text names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from clippings.codebook import Actor, Codebook, Rule
from clippings.codebook.matching import Hit
from clippings.model import Clipping

_Judged: TypeAlias = tuple[Hit, Rule | None, bool | None]
"""A doubted hit, the rule of its form, and what the words around it decide."""


def settled(clipping: Clipping, codebook: Codebook, sure: Sequence[Hit], doubted: Iterable[Hit]) -> set[Hit]:
    """Return those of the doubted hits that name their actor.

    Args:
        clipping: the clipping.
        codebook: it has the rules, and who held office when.
        sure: the hits of forms that name one actor whatever the text.
        doubted: the hits of the forms in ``codebook.doubtful``.
    """
    text, actors, doubtful = clipping.text, codebook.actors, codebook.doubtful
    rules = ((hit, doubtful[hit.form]) for hit in doubted)
    judged = [(hit, rule, rule.verdict(text, hit.start, hit.end) if rule else None) for hit, rule in rules]
    certain = {hit.form.target for hit in sure}
    named = certain | {hit.form.target for hit, rule, _ in judged if (rule.default if rule else not hit.form.ambiguous)}
    elsewhere = _Elsewhere(text, codebook, named)
    of_another_sense = _of_another_sense(judged, elsewhere)
    possible = [one for one in judged if one[2] is not False]
    surnames = [hit for hit, _, _ in possible if hit.form.kind == "surname"]
    others = [one for one in possible if one[0].form.kind != "surname"]
    certain |= {hit.form.target for hit, rule, _ in others if rule and rule.default}
    found = {
        hit
        for hit, rule, verdict in others
        if rule and (((rule.default or verdict) and rule not in of_another_sense) or elsewhere.has_needs_of(rule))
    }
    found |= {hit for hit, rule, _ in others if rule is None and hit.form.target in certain}
    holders = _holders(surnames, certain, actors, clipping.date, named) if surnames else {}
    return found | {hit for hit in surnames if hit.form.target in holders[hit.form.text]}


def _of_another_sense(judged: Iterable[_Judged], elsewhere: _Elsewhere) -> set[Rule]:
    """The rules of one sense that the page rules out once, and settles nowhere."""
    verdicts: dict[Rule, set[bool | None]] = {}
    for _, rule, verdict in judged:
        if rule and rule.one_sense:
            verdicts.setdefault(rule, set()).add(verdict)
    ruled_out = (rule for rule, told in verdicts.items() if False in told and True not in told)
    return {rule for rule in ruled_out if not elsewhere.has_needs_of(rule)}


def nearest(text: str, tied: Sequence[Hit], sure: Iterable[Hit]) -> Hit | None:
    """Return that of some hits of one span whose actor alone is named for sure nearby, None where that is none of them.

    Nearby is the paragraph, else what stands before.
    """
    start = tied[0].start
    targets, forms = {one.form.target for one in tied}, {one.form.text for one in tied}
    named = [hit for hit in sure if hit.form.target in targets and hit.form.text not in forms]
    first, last = _paragraph(text, start)
    inside = {hit.form.target for hit in named if first <= hit.start < last}
    chosen = inside or {hit.form.target for hit in named if hit.start < start}
    return next((hit for hit in tied if {hit.form.target} == chosen), None)


def _paragraph(text: str, at: int) -> tuple[int, int]:
    ends = [found.end() for found in _BLANK_LINE.finditer(text, at)][:1]
    starts = [found.end() for found in _BLANK_LINE.finditer(text, at - _LONGEST_PARAGRAPH, at)]
    return max(starts, default=0), min(ends, default=len(text))


_BLANK_LINE = re.compile(r"\n\s*?\n")
_LONGEST_PARAGRAPH = 4000


class _Elsewhere:
    """What else a text names, by hits or word by word."""

    def __init__(self, text: str, codebook: Codebook, targets: Iterable[int]) -> None:
        self._words, self._actors = _words(text), codebook.names
        self._named = {codebook.actors[target].short for target in targets}

    def has_needs_of(self, rule: Rule) -> bool:
        """Tell whether the text names one of the actors or words that a rule needs."""
        return any(need in self._named if need in self._actors else self._words[need] for need in rule.needs)


class _Words(dict[str, bool]):
    """Whether words stand in a text; each is looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __missing__(self, words: str) -> bool:
        # Most are nowhere, and a plain search tells so ten times faster.
        self[words] = words in self._text and bool(re.search(rf"\b{re.escape(words)}\b", self._text))
        return self[words]


_words = functools.lru_cache(maxsize=1)(_Words)  # The items of a digest share their page.


def _holders(
    surnames: Iterable[Hit], certain: set[int], actors: Sequence[Actor], day: str | None, named: Iterable[int]
) -> dict[str, set[int]]:
    """Return, for each surname, those whose full name the text has, else the one person who held an office then.

    Then is the day or the month of the page. On a page without either it is those with an office whose state the text
    names.
    """
    states = {actors[target].country for target in named if actors[target].kind == "country"} if day is None else set()
    by_name: dict[str, dict[int, bool]] = {}
    for hit in surnames:
        actor = actors[hit.form.target]
        holds = (
            _in_office(actor, day) if day else (not hit.form.ambiguous and actor.offices and actor.country in states)
        )
        by_name.setdefault(hit.form.text, {})[hit.form.target] = bool(holds)
    return {name: _borne(bearers, certain) for name, bearers in by_name.items()}


def _borne(bearers: dict[int, bool], certain: set[int]) -> set[int]:
    held = {target for target, holds in bearers.items() if holds}
    return bearers.keys() & certain or (held if len(held) == 1 else set())


def _in_office(actor: Actor, day: str) -> bool:
    """Tell whether an office was held on a day, or in some of a month; its ends may be months or years."""
    last = day if len(day) > len("2007-11") else f"{day}-31"
    held = ((since, until) for _, since, until in actor.offices if since and since <= last)
    return any(not until or day[: len(until)] <= until for since, until in held)
