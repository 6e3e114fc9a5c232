"""What is wrong with a codebook: where it stands, what was found there, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from clippings.errors import ClippingsError

Steps = tuple[int | str, ...]


class Fault(msgspec.Struct, frozen=True):
    """A fault in a file; ``line`` and ``column`` count from 1, and are 0 where the whole file is meant."""

    file: str
    line: int
    column: int
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}" + (f"; {self.hint}" if self.hint else "")


class CodebookError(ClippingsError, ValueError):
    """A codebook that can not be used; the message says which file and line, what is wrong, and what would be right.

    Attributes:
        faults: every fault of its files, in order; empty where there is no such codebook.
    """

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message, tuple(faults))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return str(self.args[0])


class Problem(NamedTuple):
    """A fault whose line is not known yet: ``path`` leads to the value in its file (``(3, "indicators", 0)``)."""

    file: str
    path: Steps
    message: str
    hint: str | None = None


def failure(faults: Sequence[Fault]) -> CodebookError:
    """Make the error of a codebook with these faults; its message is the first, and how many more there are.

    >>> fault = Fault("themes.yaml", 14, 3, "unknown key 'defintion'", "did you mean 'definition'?")
    >>> print(failure([fault, fault]))
    themes.yaml:14: unknown key 'defintion'; did you mean 'definition'? (and 1 more fault)
    """
    more = len(faults) - 1
    rest = f" (and {more} more fault{'s' * (more > 1)})" if more else ""
    return CodebookError(f"{faults[0]}{rest}", faults)


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the word most like ``word``, None where none is; capitals do not count.

    >>> nearest("Organisation", ["country", "organization"])
    'organization'
    """
    lowered: dict[str, str] = {}
    for candidate in words:
        lowered.setdefault(candidate.lower(), candidate)
    found = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=cutoff)
    return lowered[found[0]] if found else None


def did_you_mean(word: str, words: Iterable[str]) -> str | None:
    """Return the question that names the nearest word, None where none is near."""
    found = nearest(word, words)
    return f"did you mean {found!r}?" if found else None
