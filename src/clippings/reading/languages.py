"""The language of a text: English by its commonest words, else what a detector is sure of, else unknown."""

from __future__ import annotations

import functools
from typing import Any

from clippings import diagnostics
from clippings.model import Diagnostic

ENGLISH, UNDETERMINED = "en", "und"
SAMPLE, SAMPLE_OF_WORDS = 3_000, 1_500
"""So many characters are looked at, and of them so many for the commonest words."""
MOSTLY_ENGLISH = 0.12
"""With this share of the commonest words a text is English, without asking further."""
FEWEST_COMMON = 2
"""And with so many of them: one alone may be a word of another language, as "will" is of German."""
FEWEST_WORDS = 6
"""A shorter text in Latin letters has no language that could be told."""
FEWEST_LETTERS = 12
"""The same for a text in other letters, which cannot be English."""
LEAST_SMALL = 0.5
"""With fewer words in small letters a text is names or headlines."""
SURE, RATHER_SURE = 0.95, 0.5
_LAST_LATIN = "\u024f"
_MARKS = ".,;:!?()[]\"'«»“”„‘’–—-"
# Without those that are common in another language too: "of", "is" and "was" in Dutch, "to" and "by" in Polish.
_COMMON = frozenset(
    [
        *("the", "and", "that", "with", "said", "has", "from", "this", "are", "were"),
        *("been", "which", "would", "will", "they", "his", "not", "it", "but", "who"),
        *("their", "she", "its", "after", "than", "when", "what", "about", "into", "there", "could"),
        *("should", "between", "against", "before", "because", "being", "our", "you", "can", "if", "other"),
        *("new", "some", "out"),
    ]
)


def language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text; None where it cannot be told, as of a few words or names.

    >>> language("They met in Minsk on Tuesday and said that they would wait for the others to come to the talks.")
    'en'
    >>> language("Le président a déclaré lundi à Minsk que les négociations se poursuivraient après la pause.")
    'fr'
    >>> language("Alexander Lukashenko, Dmitry Medvedev, Vladimir Putin")
    """
    sample = text[:SAMPLE]
    parts = sample[:SAMPLE_OF_WORDS].lower().split()
    common = sum(map(_COMMON.__contains__, parts))
    if len(parts) >= FEWEST_WORDS and common >= max(FEWEST_COMMON, MOSTLY_ENGLISH * len(parts)):
        return ENGLISH
    words = [word for word in (part.strip(_MARKS) for part in sample.split()) if len(word) > 1 and word.isalpha()]
    if not sample.isascii():
        letters = [letter for letter in sample if letter.isalpha()]
        if len(letters) >= FEWEST_LETTERS and 2 * sum(letter > _LAST_LATIN for letter in letters) > len(letters):
            return _asked(sample, RATHER_SURE) or UNDETERMINED
    if len(words) < FEWEST_WORDS or sum(map(str.islower, words)) < LEAST_SMALL * len(words):
        return None
    return _asked(sample, SURE)


def diagnose(name: str | None, file: str) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for a text in another language than English."""
    return () if name in (None, ENGLISH) else (diagnostics.make("CLP401", file=file, language=name),)


def _asked(sample: str, sure: float) -> str | None:
    name, probability = _detector().classify(sample)
    return str(name) if probability >= sure else None


@functools.cache
def _detector() -> Any:
    """Loading it takes two seconds, and only a text that may not be English needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
