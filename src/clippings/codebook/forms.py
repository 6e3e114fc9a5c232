"""The written forms of actors and terms, as the matcher takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from clippings.codebook.matching import Form
from clippings.codebook.schema import Actor

# Names of persons, capitals and peoples are always capitalized in English; small letters are another word.
_CAPITALIZED = frozenset({"person", "surname", "capital", "demonym", "country", "media"})


_ABBREVIATION = re.compile(r"[A-Z]{2,6}")


def of_actors(actors: Iterable[Actor]) -> Iterator[Form]:
    """Yield every form of the actors; its kind is that of the actor, or ``demonym``, ``capital``, ``surname``."""
    for index, actor in enumerate(actors):
        named = (
            (actor.kind, actor.names),
            ("demonym", actor.demonyms),
            ("capital", actor.capitals),
            ("surname", actor.surnames),
        )
        for kind, forms in named:
            exact = actor.exact or kind in _CAPITALIZED
            for form in forms:
                yield Form(form, index, kind, exact, form in actor.ambiguous)


def with_periods(forms: Sequence[Form]) -> Iterator[Form]:
    """Yield the forms, and each abbreviation as it is written with periods: CSTO, C.S.T.O."""
    listed = {form.text for form in forms}
    for form in forms:
        yield form
        dotted = ".".join(form.text) + "."
        if _ABBREVIATION.fullmatch(form.text) and dotted not in listed:
            yield msgspec.structs.replace(form, text=dotted)


def of_terms(terms: Sequence[str], spellings: Mapping[str, str]) -> Iterator[Form]:
    """Yield every term, and its other spelling where it has one."""
    for index, term in enumerate(terms):
        other = " ".join(spellings.get(word, word) for word in term.split(" "))
        for spelled in dict.fromkeys((term, other)):
            yield Form(spelled, index, "term")
