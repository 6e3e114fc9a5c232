"""Words that describe a name in passing: "Belarus, an ally of Russia, ..." says nothing about the alliance."""

from __future__ import annotations

import re

_MOST_WORDS = 8
_QUALIFYING = 3  # Words between "the" and "ally".
_MID = rf"(?:[^\s,;:()]+\s+){{0,{_MOST_WORDS}}}"
_STATE = r"\b(?:authorities|government|leadership|regime|republic)"  # What stands for a state as its name does.
_NAME_AND_COMMA = rf"(?:[A-Z][\w.'’-]*|{_STATE})(?:,|\s[-–—]|\s\()\s*"
_OWNER = r"(?:[A-Z][\w-]*['’]s?)"
# What begins an apposition, and an apposition of one thing only: "NATO, its allies, ..." counts up.
_OPENS = re.compile(
    rf"{_NAME_AND_COMMA}(?:(?:an?|one|once|long|now|still|traditionally|formerly|nominally|{_OWNER})\s+){_MID}$"
)
_OPENS_OF_ONE = re.compile(rf"{_NAME_AND_COMMA}(?:the|its|his|her|their)\s+{_MID}$")
_RELATIVE = re.compile(rf"{_NAME_AND_COMMA}(?:which|who)\s+(?:has|have|had|is|are|was|were|remains|counts)\s+{_MID}$")
# What stands for a state and acts: "The Russian ally held a vote", "Moscow's closest ally will pay".
_OPENS_SENTENCE = re.compile(rf"^\W*(?:[Tt]he|[Tt]his|[Ii]ts|{_OWNER})\s+(?:[\w-]+\s+){{0,{_QUALIFYING}}}$")
_ACTS = re.compile(r"\s+(?!(?:is|was|and|are|were|remains|of|in|or)\b)[a-z]")
_CLOSES = re.compile(r"[^,;:()]*(?:,|\)|\s[-–—]\s|[.!?”\"’']*\s*$)")
_CLOSES_AT_A_COMMA = re.compile(r"[^,;:()]*(?:,|\)|\s[-–—]\s)")
_BEFORE_A_NAME = re.compile(r"\s+[A-Z][\w'’-]*[a-z]")


def is_epithet(text: str, start: int, end: int, sentence: tuple[int, int]) -> bool:
    """Tell whether the word at ``[start, end)`` describes a name beside it, in an apposition or right in front of it.

    >>> words = "Belarus, an ally of Russia, sells tractors."
    >>> is_epithet(words, 12, 16, (0, len(words)))
    True
    >>> words = "Belarus is an ally of Russia."
    >>> is_epithet(words, 14, 18, (0, len(words)))
    False
    """
    before, after = text[sentence[0] : start], text[end : sentence[1]]
    if text[start].islower() and _BEFORE_A_NAME.match(after):
        return True
    acts = text[:end].endswith("ally") and _ACTS.match(after) and _OPENS_SENTENCE.match(before)
    if acts or _RELATIVE.search(before):
        return True
    if _OPENS.search(before):
        return bool(_CLOSES.match(after))
    return not text[:end].endswith("ies") and bool(_OPENS_OF_ONE.search(before) and _CLOSES_AT_A_COMMA.match(after))
