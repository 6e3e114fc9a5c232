"""The table of diagnostics, ``diagnostics.csv``: a stable code for each fault, with its severity, message and hint."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple, cast

from clippings.model import Diagnostic, Severity
from clippings.places import position


class Kind(NamedTuple):
    """What a code means; ``message`` and ``hint`` are format strings."""

    severity: Severity
    message: str
    hint: str


def _kinds() -> dict[str, Kind]:
    with Path(__file__).with_name("diagnostics.csv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table)
        return {row["code"]: Kind(cast("Severity", row["severity"]), row["message"], row["hint"]) for row in rows}


_VALUE = re.compile(r"\{(\w+)[^}]*\}")
_KINDS = _kinds()
_OF_CATALOGUES = "CLP7"
CODES = {code: kind for code, kind in _KINDS.items() if not code.startswith(_OF_CATALOGUES)}
"""Codes of files, pages, annotations and reviews."""
FETCHED = {code: kind for code, kind in _KINDS.items() if code.startswith(_OF_CATALOGUES)}
"""Codes of the pages of a catalogue: why one was not fetched, or is not what it should be."""


def make(code: str, *, file: str = "", line: int = 0, column: int = 0, **values: object) -> Diagnostic:
    """Fill in the message and hint of ``code``.

    >>> print(make("CLP103", file="a.txt"))
    a.txt: error[CLP103]: the file is empty (save the page again)
    """
    kind = _KINDS[code]
    message, hint = (writable(words.format(**values)) for words in (kind.message, kind.hint))
    return Diagnostic(code, kind.severity, message, hint, file, line, column)


def at(code: str, text: str, offset: int, *, file: str = "", **values: object) -> Diagnostic:
    r"""Make the diagnostic of a place in a text.

    >>> at("CLP201", "one\ntwo", 5).line
    2
    """
    line, column = position(text, offset)
    return make(code, file=file, line=line, column=column, **values)


def described(code: str) -> tuple[str, str]:
    """Return the message and hint of ``code`` with a name in braces for each value.

    >>> described("CLP110")[0]
    'not UTF-8 (byte 0x{byte}); read as {encoding}'
    """
    kind = _KINDS[code]
    return _VALUE.sub(r"{\1}", kind.message), _VALUE.sub(r"{\1}", kind.hint)


def writable(words: str) -> str:
    r"""Return words that can be written as UTF-8: what is none in the name of a file is shown as a question mark.

    >>> writable("caf\udce9.txt")
    'caf?.txt'
    """
    return words.encode("utf-8", "replace").decode()
