"""What a phrase behind a comma is to the one in front of it."""

from __future__ import annotations

from clippings.text.grammar_words import SINGLES
from clippings.text.phrases import Phrase, ending_at
from clippings.text.tokens import Tokens


def names_bare(tokens: Tokens, phrase: Phrase, first: int) -> bool:
    """``the husband of crash victim, Y, said``: one without an article is named, and somebody else speaks."""
    named = ending_at(tokens, phrase.first - 2, first) if tokens.kinds[phrase.first - 1] == "comma" else None
    if named is None or named.first - 1 <= first or tokens.words[named.first - 1] != "of":
        return False
    outer = ending_at(tokens, named.first - 2, first)
    is_bare = tokens.words[named.last] in SINGLES and tokens.kinds[named.first] != "determiner"
    return is_bare and outer is not None and tokens.words[outer.last] in SINGLES


def describes(tokens: Tokens, phrase: Phrase, first: int) -> bool:
    """``X, a Republican, said``: words in capitals behind a comma and "a" describe X."""
    is_apposed = phrase.first - 1 > first and tokens.kinds[phrase.first - 1] == "comma"
    return is_apposed and tokens.words[phrase.first].lower() in ("a", "an")
