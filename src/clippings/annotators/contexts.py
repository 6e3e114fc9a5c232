"""Which actor a doubtful form names: the words around it decide, then what else the text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from clippings.codebook import Actor, Codebook, Rule
from clippings.matching import Hit
from clippings.model import Clipping

_Doubt = tuple[Hit, Rule | None]


def settled(clipping: Clipping, codebook: Codebook, sure: Iterable[Hit], doubted: Iterable[Hit]) -> set[Hit]:
    """Return those of the doubted hits that name their actor.

    Args:
        clipping: the clipping.
        codebook: it has the rules, and who held office when.
        sure: the hits of forms that name one actor whatever the text.
        doubted: the hits of the forms in ``codebook.doubtful``.
    """
    told = {hit.form.target for hit in sure}
    doubts = [(hit, codebook.doubtful[hit.form]) for hit in doubted]
    elsewhere = _Elsewhere(clipping.text, codebook.actors, told.union(_told(doubts)))
    verdicts = {hit: rule.verdict(clipping.text, hit.start, hit.end) for hit, rule in doubts if rule}
    allowed = [doubt for doubt in doubts if verdicts.get(doubt[0]) is not False]
    surnames = [hit for hit, _ in allowed if hit.form.kind == "surname"]
    others = [doubt for doubt in allowed if doubt[0].form.kind != "surname"]
    certain = told.union(_told(others))
    holders = _holders(surnames, codebook.actors, _day(clipping))
    named = [hit for hit in surnames if hit.form.target in certain or holders[hit.form.text] == {hit.form.target}]
    for hit, rule in others:
        if rule is None and hit.form.target in certain:
            named.append(hit)
        elif rule and (rule.default or verdicts[hit] or any(map(elsewhere.names, rule.needs))):
            named.append(hit)
    return set(named)


def _told(doubts: Iterable[_Doubt]) -> Iterator[int]:
    """The actors whose form or rule settles them unless the words around do not."""
    return (hit.form.target for hit, rule in doubts if (rule.default if rule else not hit.form.ambiguous))


class _Elsewhere:
    """What else a text names, by hits or word by word; each name is looked for once."""

    def __init__(self, text: str, actors: Sequence[Actor], targets: Iterable[int]) -> None:
        self._text = text
        self._answers = dict.fromkeys((actors[target].short for target in targets), True)

    def names(self, need: str) -> bool:
        if need not in self._answers:
            words = re.escape(need)
            self._answers[need] = need in self._text and bool(re.search(rf"\b{words}\b", self._text))
        return self._answers[need]


def _holders(surnames: Iterable[Hit], actors: Sequence[Actor], day: str | None) -> dict[str, set[int]]:
    """Return, for each surname, the persons of the text who held an office on the day."""
    holders: dict[str, set[int]] = {}
    for hit in surnames:
        held = holders.setdefault(hit.form.text, set())
        if day and _in_office(actors[hit.form.target], day):
            held.add(hit.form.target)
    return holders


def _in_office(actor: Actor, day: str) -> bool:
    return any(since and since <= day <= (until or "9999") for _, since, until in actor.offices)


def _day(clipping: Clipping) -> str | None:
    found = clipping.fields.get("date")
    return found.value if found and found.precision == "day" else None
