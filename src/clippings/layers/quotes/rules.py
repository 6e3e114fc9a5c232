"""Which words name the source of a quotation: the rules that look inside its sentence, in the order they are asked.

``rules.yaml`` says of each what it means, with examples, and which rules it must come before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from clippings.layers.quotes import before, behind
from clippings.layers.quotes.sites import Attribution, Site, last_mark
from clippings.text.quotation_marks import Marked
from clippings.text.subjects import Clause
from clippings.text.tokens import Tokens

MOST_IN_SENTENCE = 60
"""A sentence with more quotations is a list or noise: it names the source of none of them."""

RULES: tuple[Callable[[Site], Attribution | None], ...] = (
    before.label_inside,
    before.owner_of_remark,
    before.introduced,
    behind.cue_first,
    behind.source_first,
    behind.bare_name,
    behind.signed,
    before.name_and_colon,
    behind.passive,
    before.cue_of_saying,
    before.cue_later,
    before.owner,
    before.any_cue,
    before.subject_of_sentence,
)


def crowds(tokens: Tokens) -> set[int]:
    """Return the sentences, by number, that hold more than ``MOST_IN_SENTENCE`` quotations."""
    return {home for home, count in Counter(tokens.home).items() if count > MOST_IN_SENTENCE}


def attribute(
    tokens: Tokens, marked: Sequence[Marked], clauses: Sequence[Sequence[Clause]]
) -> list[Attribution | None]:
    """Return an attribution for each quotation, None where its sentence gives none."""
    found: list[Attribution | None] = []
    crowded = crowds(tokens)
    for quoted, at, home in zip(marked, tokens.place, tokens.home, strict=True):
        if home in crowded:
            found.append(None)
            continue
        first, end, _ = tokens.units[home]
        site = Site(tokens, quoted, at, first, end, clauses[home], last_mark(tokens.text, quoted.inner))
        rules = () if site.is_put else RULES
        found.append(next(filter(None, (rule(site) for rule in rules)), None))
    return found
