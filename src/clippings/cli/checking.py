"""Diagnostics as a compiler prints them, and as machines take them: text, JSON, SARIF and GitHub's commands."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from clippings.corpus import Corpus
from clippings.diagnostics import CODES, described, writable
from clippings.display.escaping import printable
from clippings.display.pages import Page
from clippings.model import Diagnostic, Severity
from clippings.release import VERSION
from clippings.sources import counted

_WINDOW = 100
_LINES = re.compile(r"\r\n|\r|\n")
_RED, _YELLOW, _CYAN, _BOLD, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[1m", "\x1b[0m"
_COLORS: dict[Severity, str] = {"error": _RED, "warning": _YELLOW, "info": _CYAN}
_WORDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Finding(NamedTuple):
    """A diagnostic with the line of the page it is about; None where it is about the page as a whole."""

    diagnostic: Diagnostic
    line: str | None = None


def of(corpus: Corpus) -> list[Finding]:
    r"""Return the findings about a corpus: what failed or was not read, then page by page.

    >>> from clippings import Corpus, parse
    >>> [finding.diagnostic.code for finding in of(Corpus(parse("DATE:\n\n31/02/2007\n\nMinsk was quiet.")))]
    ['CLP202', 'CLP203', 'CLP205', 'CLP217']
    """
    left = [Finding(why) for why in (*corpus.failures, *corpus.unread, *corpus.notes)]
    return [*left, *(finding for clipping in corpus for finding in _placed(clipping.text, clipping.diagnostics))]


def summary(corpus: Corpus, findings: Sequence[Finding]) -> str:
    """Count the pages read and the findings about them.

    >>> from clippings import Corpus
    >>> summary(Corpus([]), [])
    '0 pages: 0 errors, 0 warnings, 0 notes'
    """
    pages = sum(clipping.item == 0 for clipping in corpus) + len(corpus.failures)
    found = Counter(one.diagnostic.severity for one in findings)
    counts = ", ".join(counted(found[severity], word) for severity, word in _WORDS.items())
    return f"{counted(pages, 'page')}: {counts}"


def text(findings: Iterable[Finding], *, color: bool = False) -> Iterator[str]:
    """Yield the lines a compiler would print, with the line of the page and a caret below its column."""
    for diagnostic, line in findings:
        yield _headline(diagnostic, color)
        if line is not None:
            yield from _excerpt(diagnostic, line, color)


def show(corpus: Corpus) -> Page:
    """Return the findings about a corpus as ``text`` prints them, for a notebook."""
    findings = of(corpus)
    printed = "\n".join(text(findings))
    return Page(f"<pre>{html.escape(printed)}</pre>", summary(corpus, findings))


def as_json(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield an array of objects with ``file``, ``line``, ``column``, ``severity``, ``code``, ``message``, ``hint``."""
    names = ("file", "line", "column", "severity", "code", "message", "hint")
    found = ({name: getattr(one.diagnostic, name) for name in names} for one in findings)
    yield _formatted([{**one, "file": writable(one["file"])} for one in found])


def sarif(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a SARIF 2.1.0 log, which code-scanning services and editors read."""
    driver = {"name": "clippings", "version": VERSION, "rules": _rules()}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one.diagnostic) for one in findings],
    }
    yield _formatted({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def github(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield workflow commands, which GitHub shows beside the lines of a change."""
    for diagnostic, _ in findings:
        place = {"file": diagnostic.file, "line": diagnostic.line, "col": diagnostic.column, "title": diagnostic.code}
        given = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items() if value)
        words = _escaped(f"{diagnostic.message} ({diagnostic.hint})")
        yield f"::{_COMMANDS[diagnostic.severity]} {given}::{words}"


FORMATS: dict[str, Callable[[Iterable[Finding]], Iterator[str]]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "github": github,
}


def _placed(page: str, diagnostics: Sequence[Diagnostic]) -> Iterator[Finding]:
    lines = _LINES.split(page) if any(one.line for one in diagnostics) else []
    return (Finding(one, lines[one.line - 1] if 0 < one.line <= len(lines) else None) for one in diagnostics)


def _headline(one: Diagnostic, color: bool) -> str:
    where = f"{one.file}:{one.line}:{one.column}: " if one.line else f"{one.file}: " if one.file else ""
    code = f"{one.severity}[{one.code}]:"
    rest = printable(f" {one.message} ({one.hint})")
    if color:
        return f"{_BOLD}{printable(where)}{_PLAIN}{_COLORS[one.severity]}{code}{_PLAIN}{rest}"
    return f"{printable(where)}{code}{rest}"


def _excerpt(one: Diagnostic, line: str, color: bool) -> Iterator[str]:
    """The line, cut around the column where it is long, and a caret below the character meant."""
    first = max(0, one.column - 1 - _WINDOW // 2)
    kept = printable(line[first : first + _WINDOW])
    before = kept[: one.column - 1 - first]
    left, right = "..." if first else "", "..." if first + _WINDOW < len(line) else ""
    number = f"{one.line:>5}"
    caret = f"{_COLORS[one.severity]}^{_PLAIN}" if color else "^"
    yield f"{number} | {left}{kept}{right}".rstrip()
    yield f"{'':5} | {' ' * (len(left) + sum(map(_width, before)))}{caret}"


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _formatted(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _rules() -> list[dict[str, Any]]:
    return [
        {
            "id": code,
            "shortDescription": {"text": described(code)[0]},
            "help": {"text": described(code)[1]},
            "defaultConfiguration": {"level": _WORDS[kind.severity]},
        }
        for code, kind in CODES.items()
    ]


def _result(one: Diagnostic) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(one.file)}}
    if one.line:
        place["region"] = {"startLine": one.line, "startColumn": one.column}
    return {
        "ruleId": one.code,
        "ruleIndex": list(CODES).index(one.code),
        "level": _WORDS[one.severity],
        "message": {"text": f"{one.message} ({one.hint})"},
        "locations": [{"physicalLocation": place}],
    }


def _uri(file: str) -> str:
    address = quote(Path(file).as_posix().encode("utf-8", "surrogateescape"))
    return f"file://{address}" if Path(file).is_absolute() else address


def _escaped(words: str, more: str = "") -> str:
    words = "\n".join(map(printable, words.splitlines()))
    for char in ("%", "\r", "\n", *more):
        words = words.replace(char, f"%{ord(char):02X}")
    return writable(words)
