"""Which words name the source of a quotation: the rules that look inside its sentence, in the order they are asked.

``rules.yaml`` says of each what it means, with examples, and which rules it must come before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clippings.layers.quotes import before, behind
from clippings.layers.quotes.sites import Attribution, Site, last_mark
from clippings.text.quotation_marks import Marked
from clippings.text.subjects import Clause
from clippings.text.tokens import Tokens

RULES: tuple[Callable[[Site], Attribution | None], ...] = (
    before.label_inside,
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


def attribute(
    tokens: Tokens, marked: Sequence[Marked], clauses: Sequence[Sequence[Clause]]
) -> list[Attribution | None]:
    """Return an attribution for each quotation, None where its sentence gives none."""
    found: list[Attribution | None] = []
    for quoted, at, home in zip(marked, tokens.place, tokens.home, strict=True):
        first, end, _ = tokens.units[home]
        site = Site(tokens, quoted, at, first, end, clauses[home], last_mark(tokens.text, quoted.inner))
        found.append(next(filter(None, (rule(site) for rule in RULES)), None))
    return found
