"""Which actor a doubtful form names: the words around it decide, then what else the text names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from clippings.codebook import Actor, Codebook, Rule
from clippings.codebook.matching import Hit
from clippings.model import Clipping


def settled(clipping: Clipping, codebook: Codebook, sure: Iterable[Hit], doubted: Iterable[Hit]) -> set[Hit]:
    """Return those of the doubted hits that name their actor.

    Args:
        clipping: the clipping.
        codebook: it has the rules, and who held office when.
        sure: the hits of forms that name one actor whatever the text.
        doubted: the hits of the forms in ``codebook.doubtful``.
    """
    text, actors, doubtful = clipping.text, codebook.actors, codebook.doubtful
    certain = {hit.form.target for hit in sure}
    named = set(certain)
    found: list[Hit] = []
    needing: list[tuple[Hit, Rule]] = []
    ambiguous: list[Hit] = []
    surnames: list[Hit] = []
    for hit in doubted:
        form = hit.form
        rule = doubtful[form]
        verdict = rule.verdict(text, hit.start, hit.end) if rule else None
        if rule.default if rule else not form.ambiguous:
            named.add(form.target)
        if verdict is False:
            continue
        if form.kind == "surname":
            surnames.append(hit)
        elif rule is None:
            ambiguous.append(hit)
        elif rule.default:
            certain.add(form.target)
            found.append(hit)
        elif verdict:
            found.append(hit)
        else:
            needing.append((hit, rule))
    elsewhere = _Elsewhere(text, actors, named)
    found += [hit for hit, rule in needing if any(map(elsewhere.names, rule.needs))]
    found += [hit for hit in ambiguous if hit.form.target in certain]
    holders = _holders(surnames, actors, _day(clipping), named) if surnames else {}
    found += [hit for hit in surnames if hit.form.target in certain or holders[hit.form.text] == {hit.form.target}]
    return set(found)


class _Elsewhere:
    """What else a text names, by hits or word by word."""

    def __init__(self, text: str, actors: Sequence[Actor], targets: Iterable[int]) -> None:
        self._words = _words(text)
        self._named = {actors[target].short for target in targets}

    def names(self, need: str) -> bool:
        return need in self._named or self._words[need]


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
    surnames: Iterable[Hit], actors: Sequence[Actor], day: str | None, named: Iterable[int]
) -> dict[str, set[int]]:
    """Return, for each surname, the persons who held an office on the day, or in the month, of the page.

    On a page without either it is those with an office whose state the text names.
    """
    states = {actors[target].country for target in named if actors[target].kind == "country"} if day is None else set()
    holders: dict[str, set[int]] = {}
    for hit in surnames:
        actor = actors[hit.form.target]
        held = holders.setdefault(hit.form.text, set())
        if _in_office(actor, day) if day else (not hit.form.ambiguous and actor.offices and actor.country in states):
            held.add(hit.form.target)
    return holders


def _in_office(actor: Actor, day: str) -> bool:
    last = day if len(day) > len("2007-11") else f"{day}-31"
    return any(since and since <= last and day <= (until or "9999") for _, since, until in actor.offices)


def _day(clipping: Clipping) -> str | None:
    found = clipping.fields.get("date")
    return found.value if found and found.precision in ("day", "month") else None
