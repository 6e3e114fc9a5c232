"""JSON Lines back to an annotated corpus: what a line holds, with the text of its page from the line or its file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from clippings import arguments, diagnostics
from clippings.arguments import ArgumentError
from clippings.corpus import AnnotatedCorpus, Corpus
from clippings.errors import ClippingsError
from clippings.model import Annotated, Clipping, Diagnostic
from clippings.tables import jsonl

Line: TypeAlias = str | bytes
Source: TypeAlias = str | os.PathLike[str] | Iterable[Line]


class ResultError(ClippingsError, ValueError):
    """An annotated result cannot be read; the message says which, where, and what to do."""


class _NoTextError(Exception):
    """The file of a page does not give its text; the message says why."""


def read_jsonl(source: Source, *, strict: bool = False) -> AnnotatedCorpus:
    r"""Return what ``clippings annotate`` wrote as JSON Lines, equal to what was written.

    A line without the text of its page takes it from the page's file, which must be as it was; a relative path counts
    from the working folder, or else from the folder of ``source``. The further items of a long page, whose ``blocks``
    are null, take text and blocks from the line before them. A line that cannot be read is one of ``failures`` (CLP601,
    CLP602), and the others are read.

    Args:
        source: a path, an open file, or lines.
        strict: whether the first line that cannot be read raises instead.

    Raises:
        ArgumentError: ``source`` is none of these.
        ResultError: there is no such file; or a line cannot be read, if ``strict``.

    >>> import clippings as cl
    >>> from clippings.tables import jsonl
    >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
    >>> read = cl.read_jsonl(jsonl.lines(annotated))
    >>> read.quotes["speaker"].tolist(), read[0] == annotated[0]
    (['Anna Petrova'], True)
    >>> cl.read_jsonl(["Minsk"]).failures[0].code
    'CLP601'
    """
    if not isinstance(source, (str, os.PathLike)):
        if isinstance(source, bytes):
            raise ArgumentError("source must be a path, an open file or lines, not bytes; give data.splitlines()")
        if not hasattr(source, "read"):
            arguments.several("source", source, (str, bytes), "give a path, an open file or lines")
        return _gathered(source, "", strict, {})
    return _of_file(source, strict, {})


def read_beside(source: str | os.PathLike[str], texts: Mapping[str, str]) -> AnnotatedCorpus:
    """Return what a file of JSON Lines holds; what is without its text takes it from ``texts``, by hash of the page.

    Raises:
        ResultError: there is no such file, or a line cannot be read.
    """
    return _of_file(source, True, texts)


def _of_file(source: str | os.PathLike[str], strict: bool, texts: Mapping[str, str]) -> AnnotatedCorpus:
    try:
        with Path(source).open("rb") as file:
            return _gathered(file, os.fspath(source), strict, texts)
    except OSError as error:
        raise ResultError(f"{os.fspath(source)}: cannot be read: {error.strerror}; check the path") from error


def _gathered(lines: Iterable[Line], name: str, strict: bool, texts: Mapping[str, str]) -> AnnotatedCorpus:
    reader = _Reader(Path(name).parent if name else Path(), texts)
    failures: list[Diagnostic] = []
    for number, line in enumerate(lines, start=1):
        try:
            reader.add(number, line)
        except (_NoTextError, ValueError, TypeError, RecursionError) as error:
            code = "CLP602" if isinstance(error, _NoTextError) else "CLP601"
            failures.append(diagnostics.make(code, file=name, line=number, column=1, reason=str(error)))
            if strict:
                raise ResultError(str(failures[0])) from error
    if name and not reader.pages and not failures:
        failures.append(diagnostics.make("CLP601", file=name, reason="no line is in the file"))
        if strict:
            raise ResultError(str(failures[0]))
    pages = list(reader.pages.values())
    return AnnotatedCorpus(pages, Corpus([page.clipping for page in pages], failures), reader.layers)


class _Reader:
    """The pages read so far, by key."""

    def __init__(self, folder: Path, texts: Mapping[str, str]) -> None:
        self._folder = folder
        self._texts = texts
        self._last: Clipping | None = None
        self._lines: dict[tuple[str, int], int] = {}
        self.pages: dict[tuple[str, int], Annotated] = {}
        self.layers: tuple[str, ...] | None = None

    def add(self, number: int, line: Line) -> None:
        if not line.strip():
            return
        made = msgspec.json.decode(line, type=dict[str, Any])
        page = self._page(made)
        key, layers = (page.clipping.id, page.clipping.item), jsonl.layers(page)
        if key in self._lines:
            raise ValueError(f"id {key[0]!r}, item {key[1]} stands on line {self._lines[key]} already")
        if self.layers not in (None, layers):
            raise ValueError(f"its layers are {', '.join(layers)}, those before have {', '.join(self.layers or ())}")
        self._lines[key], self.pages[key], self.layers, self._last = number, page, layers, page.clipping

    def _page(self, made: Mapping[str, Any]) -> Annotated:
        last = self._last
        if made.get("blocks", ()) is not None:
            given = made.get("text")
            text = given if isinstance(given, str) else self._filed(made)
            return jsonl.page(made, last.text if last and last.text == text else text)
        if last is None or any(made.get(name) != getattr(last, name) for name in ("id", "path", "sha256")):
            raise ValueError(
                "its blocks stand in the line of the first item of its page, which was not read in front of it; keep "
                "the items of a page together"
            )
        return jsonl.page(made, last.text, last)

    def _filed(self, made: Mapping[str, Any]) -> str:
        known = self._texts.get(str(made.get("sha256")))
        if known is not None:
            return known
        path = str(made.get("path") or "")
        places = dict.fromkeys(place for place in (Path(path), self._folder / path) if path and place.is_file())
        try:
            bom = msgspec.convert(made.get("bom"), bytes)
            for data in (place.read_bytes() for place in places):
                text = jsonl.text_of(data, str(made.get("sha256")), str(made.get("encoding")), bom)
                if text is not None:
                    return text
        except (OSError, LookupError, ValueError) as error:
            raise _NoTextError(f"{path}: {error}") from error
        raise _NoTextError(f"{path} is not the file that was annotated" if places else f"no file {path!r}")
