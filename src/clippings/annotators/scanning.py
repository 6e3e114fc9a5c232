"""One pass of an automaton over a text that may hold anything."""

from __future__ import annotations

import re

import ahocorasick_rs

_SURROGATE = re.compile("[\ud800-\udfff]")


def hits(automaton: ahocorasick_rs.AhoCorasick, text: str) -> list[tuple[int, int, int]]:
    r"""Return the number of the pattern, start and end of each match; lone surrogates belong to none.

    >>> hits(ahocorasick_rs.AhoCorasick(["week"]), "\ud800 week")
    [(0, 2, 6)]
    """
    try:
        return automaton.find_matches_as_indexes(text)
    except UnicodeEncodeError:  # The automaton takes no lone surrogates.
        return automaton.find_matches_as_indexes(_SURROGATE.sub("\ufffd", text))
