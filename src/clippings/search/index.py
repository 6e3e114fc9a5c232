"""An index of the words of many texts in SQLite (FTS5), in memory or in a file, and the places where a query is met."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from clippings.search.contexts import Context
from clippings.search.query import All, Near, Phrase, Query, SearchError, Without
from clippings.search.spans import Document
from clippings.search.terms import Term, terms
from clippings.writing import moved_path

PARTS = ("title", "publisher", "body")
_APPLICATION, _VERSION = 0x636C6970, 1
_DIGITS = 6
"""Digits of a score that count, so that machines agree on the order of hits."""
_SCHEMA = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
CREATE TABLE made (fingerprint TEXT);
CREATE TABLE texts (document INTEGER, part INTEGER, id BLOB, item INTEGER, start INTEGER, text BLOB);
CREATE VIRTUAL TABLE words USING fts5({", ".join(PARTS)}, content='', tokenize='ascii');
"""


class Text(NamedTuple):
    """A part of a clipping that is searched, and the code point of the page at which it begins."""

    id: str
    item: int
    start: int
    part: str
    text: str


class Hit(NamedTuple):
    """A place where a query is met, in code points of the page, with the words around it."""

    id: str
    item: int
    start: int
    end: int
    left: str
    match: str
    right: str
    score: float


class Index:
    r"""The words of texts, asked by ``find``.

    >>> from clippings.search.query import parsed
    >>> index = Index.of([Text("112007-14", 0, 100, "body", "A missile\nshield is no shield.")])
    >>> [(hit.start, hit.end, hit.match, hit.right) for hit in index.find(parsed('"missile shield"'), window=2)]
    [(102, 116, 'missile shield', 'is no')]
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Index:
        """Build an index in memory; rows of one clipping follow one another.

        Raises:
            SearchError: the SQLite of this Python has no full-text search.
        """
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(connection, texts, "")
        return cls(connection)

    @classmethod
    def kept(cls, path: Path, texts: Iterable[Text], fingerprint: str) -> Index:
        """Open the index in a file, which is written first where it is not there or is of other texts.

        Args:
            path: of the file.
            texts: rows of one clipping follow one another; not asked for where the file fits.
            fingerprint: differs where the texts do.

        Raises:
            SearchError: the file is something else, or cannot be written.
        """
        try:
            if not _is_current(path, fingerprint):
                _write(path, texts, fingerprint)
            return cls(_opened(path))
        except (OSError, sqlite3.Error) as error:
            said = getattr(error, "strerror", None) or error
            raise SearchError(f"{path}: the index cannot be read or written: {said}; name another file") from error

    def find(self, query: Query, window: int) -> Iterator[Hit]:
        """Yield the places where a query is met, those of the best clipping first, in each from first to last.

        Args:
            query: from ``parsed``.
            window: how many words to give on either side.
        """
        asked = "SELECT rowid, -bm25(words) FROM words WHERE words MATCH ?"
        scored = [
            (-float(f"{score:.{_DIGITS}g}"), row)
            for row, score in self._connection.execute(asked, [_expression(query)])
        ]
        for score, row in sorted(scored):
            yield from self._hits(row, query, window, abs(score))

    def _hits(self, document: int, query: Query, window: int, score: float) -> Iterator[Hit]:
        asked = "SELECT id, item, start, text FROM texts WHERE document = ? ORDER BY part"
        found = [
            (_text(name), item, at, _text(text)) for name, item, at, text in self._connection.execute(asked, [document])
        ]
        words = [terms(text) for *_, text in found]
        spans = Document(words).places(query)
        assert spans, "SQLite met a query where the library did not"
        contexts = [Context(text) for *_, text in found]
        hits = []
        for part, first, last in spans:
            name, item, at, _ = found[part]
            start, end = words[part][first].start, words[part][last - 1].end
            hits.append(Hit(name, item, at + start, at + end, *contexts[part].around(start, end, window), score))
        yield from sorted(hits, key=itemgetter(2, 3))


def _fill(connection: sqlite3.Connection, texts: Iterable[Text], fingerprint: str) -> None:
    try:
        connection.executescript(_SCHEMA)
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        raise SearchError(
            f"SQLite {sqlite3.sqlite_version} of this Python has no FTS5, which search needs; use a Python whose "
            "sqlite3 has it, as those of python.org, Debian and conda do, or measures.kwic"
        ) from error
    for number, rows in enumerate(_documents(texts)):
        words: dict[str, list[Term]] = {}
        for row in rows:
            words[row.part] = terms(row.text)
            at = (number, PARTS.index(row.part), _bytes(row.id), row.item, row.start, _bytes(row.text))
            connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", at)
        shadows = [" ".join(term.word for term in words.get(part, ())) for part in PARTS]
        connection.execute(f"INSERT INTO words (rowid, {', '.join(PARTS)}) VALUES (?, ?, ?, ?)", [number, *shadows])
    connection.execute("CREATE INDEX of_document ON texts (document)")
    connection.execute("INSERT INTO made VALUES (?)", [fingerprint])
    connection.commit()


def _documents(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """Group the rows of a clipping; where it stands twice in a row, it is two."""
    for _, some in itertools.groupby(texts, itemgetter(0, 1)):
        found: list[Text] = []
        for row in some:
            if any(row.part == other.part for other in found):
                yield found
                found = []
            found.append(row)
        yield found


def _is_current(path: Path, fingerprint: str) -> bool:
    if not path.exists() or not path.stat().st_size:
        return False
    try:
        with contextlib.closing(_opened(path)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if application == _APPLICATION:
                made = connection.execute("SELECT fingerprint FROM made").fetchone() if version == _VERSION else None
                return made == (fingerprint,)
    except sqlite3.DatabaseError as error:
        raise SearchError(f"{path}: is not an index that search wrote ({error}); name another file") from error
    raise SearchError(f"{path}: is not an index that search wrote; name another file")


def _write(path: Path, texts: Iterable[Text], fingerprint: str) -> None:
    with moved_path(path) as beside, contextlib.closing(sqlite3.connect(beside)) as connection:
        _fill(connection, texts, fingerprint)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _expression(query: Query) -> str:
    """A query as SQLite writes it; folded words hold nothing that needs an escape."""
    if isinstance(query, Phrase):
        return f'"{" ".join(query.words)}"' + " *" * query.is_prefix
    if isinstance(query, Near):
        return f"NEAR({' '.join(map(_expression, query.phrases))}, {query.distance})"
    if isinstance(query, Without):
        return f"({_expression(query.wanted)} NOT {_expression(query.unwanted)})"
    operator = " AND " if isinstance(query, All) else " OR "
    return f"({operator.join(map(_expression, query.parts))})"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
