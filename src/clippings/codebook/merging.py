"""An extension laid over a codebook: rows with the same id take the place of the old ones, others are added."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import msgspec

from clippings.codebook.matching import fold
from clippings.codebook.schema import Content, Cues, Head, Verb

T = TypeVar("T")


def merged(base: Content, more: Content) -> Content:
    """Return the content of both; title and description stay those of the base."""
    return Content(
        head=_head(base.head, more.head),
        themes=_by(base.themes, more.themes, lambda theme: theme.id),
        actors=_by(base.actors, more.actors, lambda actor: actor.short),
        cues=_cues(base.cues, more.cues),
        confusions=_by(base.confusions, more.confusions, lambda row: row.printed),
        contexts=_by(base.contexts, more.contexts, lambda rule: (fold(rule.form), rule.id)),
    )


def version(base: str, more: str | None) -> str:
    """Return the version of an extended codebook: that of the extension is build metadata of the base.

    >>> version("0.1.0", "1.2.0"), version("0.1.0+1.2.0", "3.0.0"), version("0.1.0", None)
    ('0.1.0+1.2.0', '0.1.0+1.2.0.3.0.0', '0.1.0')
    """
    return base + ("." if "+" in base else "+") + more if more else base


def _head(base: Head | None, more: Head | None) -> Head | None:
    if base is None or more is None:
        return base
    return msgspec.structs.replace(base, spellings=base.spellings | more.spellings)


def _by(base: Sequence[T], more: Sequence[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    return tuple({key(row): row for row in (*base, *more)}.values())


def _cues(base: Cues, more: Cues) -> Cues:
    taken = {form for verb in more.verbs for form in verb.forms}
    kept = (Verb(tuple(form for form in verb.forms if form not in taken), verb.frame) for verb in base.verbs)
    return Cues(
        verbs=(*(verb for verb in kept if verb.forms), *more.verbs),
        phrases=tuple(dict.fromkeys((*base.phrases, *more.phrases))),
        pronouns=tuple(dict.fromkeys((*base.pronouns, *more.pronouns))),
        roles=tuple(dict.fromkeys((*base.roles, *more.roles))),
    )
