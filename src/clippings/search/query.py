"""What a user typed into a search, as a tree of what must be met; a query that is not clear is refused in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from clippings import arguments
from clippings.errors import ClippingsError
from clippings.search.terms import terms


class SearchError(ClippingsError, ValueError):
    """A search cannot be made as asked; the message says where it is wrong and what to write instead."""


class Phrase(NamedTuple):
    """Words that stand one behind the other, often one alone; of a prefix the last word may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False


class Near(NamedTuple):
    """Phrases with at most ``distance`` words between the first and the last of them, in any order."""

    phrases: tuple[Phrase, ...]
    distance: int


class All(NamedTuple):
    """Each part is met."""

    parts: tuple[Query, ...]


class Either(NamedTuple):
    """One part at least is met."""

    parts: tuple[Query, ...]


class Without(NamedTuple):
    """The first is met, and the second is not."""

    wanted: Query
    unwanted: Query


Query: TypeAlias = "Phrase | Near | All | Either | Without"

_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”"}
_TOKEN = re.compile(r"\s*([()]|[^\s()\"“”„«»]+|.)", re.DOTALL)
_OPERATORS = ("AND", "OR", "NOT")
_PLAIN_WORDS = re.compile(r"(?=[^\W_]|\$\d)(?:[^\W_]|[\s'’\-‐‑–,.]|\$(?=\d))*(?<=[^\W_])(?:\*|(?<=\b[^\W\d_])\.)?")
MOST_WORDS, MOST_BRACKETS = 100, 8
"""How many words a query may have, and how many brackets may stand one in the other: SQLite's parser takes no more."""


class _Token(NamedTuple):
    kind: str  # "(", ")", an operator, "words" or "end"
    text: str
    at: int


def parsed(query: str, near: int | None = None) -> Query:
    """Return what a query asks for.

    Args:
        query: words, ``"exact phrases"``, ``prefix*``, joined by AND (also where nothing stands between), OR and NOT,
            with brackets. NOT binds closest, then AND, then OR.
        near: how many words may stand between the first and the last of the words and phrases of the query, which then
            has no operators.

    Raises:
        ArgumentError: it is no string, or ``near`` no whole number of at least 0.
        SearchError: it is not such a query.

    >>> parsed("missil* NOT radar")
    Without(wanted=Phrase(words=('missil',), is_prefix=True), unwanted=Phrase(words=('radar',), is_prefix=False))
    >>> parsed("missile shield", near=5).distance
    5
    """
    if near is not None:
        arguments.whole("near", near, 0)
    arguments.text("query", query, "give words, as in: missile shield")
    tokens = list(_tokens(query))
    if len(tokens) == 1:
        raise _wrong(query, "has no word; give one, or several, as in: missile shield")
    depth = 0
    for token in tokens:
        depth += (token.kind == "(") - (token.kind == ")")
        if depth > MOST_BRACKETS:
            raise _wrong(query, f"has more than {MOST_BRACKETS} brackets one in the other; write fewer")
    if sum(token.kind == "words" for token in tokens) > MOST_WORDS:
        raise _wrong(query, f"has more than {MOST_WORDS} words and phrases; ask in several searches")
    found = _Parser(query, tokens).query()
    return found if near is None else _near(query, tokens, found, near)


def phrase(words: str) -> Phrase | None:
    r"""Return words that stand one behind the other, None for what is no such words but a regular expression.

    Words are letters and digits, between them blanks, apostrophes, hyphens, commas and periods, and ``*`` at the end.

    >>> phrase("missile shiel*")
    Phrase(words=('missile', 'shiel'), is_prefix=True)
    >>> phrase(r"\binf\b"), phrase("missiles?")
    (None, None)
    """
    return _phrase(words, words) if _PLAIN_WORDS.fullmatch(words.strip()) else None


def _tokens(query: str) -> Iterator[_Token]:
    at = 0
    while match := _TOKEN.match(query, at):
        word, start, at = match[1], match.start(1), match.end()
        if word in _CLOSING:
            end = next((place for place in range(at, len(query)) if query[place] in _CLOSING[word]), -1)
            if end < 0:
                raise _wrong(query, f"opens a quotation mark at character {start + 1} that is not closed; close it")
            star = query[end + 1 : end + 2] == "*"
            yield _Token("words", query[at:end] + "*" * star, start)
            at = end + 1 + star
        elif not word.strip():
            break
        elif word in _OPERATORS or word in "()":
            yield _Token(word, word, start)
        elif word == "NEAR":
            raise _wrong(query, "has NEAR; give the words alone, and near=5 (on the command line --near 5)")
        elif word.startswith("-") and word[1:2].isalnum():
            raise _wrong(query, f"has {word!r}; to leave out clippings with that word write NOT {word[1:]}")
        else:
            yield _Token("words", word, start)
    yield _Token("end", "", len(query))


class _Parser:
    """Descends once through the tokens: OR, then AND, then NOT."""

    def __init__(self, query: str, tokens: list[_Token]) -> None:
        self._query, self._tokens, self._at = query, tokens, 0

    def query(self) -> Query:
        found = self._either()
        if self._kind != "end":
            raise _wrong(self._query, f"closes a bracket at character {self._tokens[self._at].at + 1} that is not open")
        return found

    @property
    def _kind(self) -> str:
        return self._tokens[self._at].kind

    def _takes(self, kind: str) -> bool:
        is_next = self._kind == kind
        self._at += is_next
        return is_next

    def _either(self) -> Query:
        parts = [self._all()]
        while self._takes("OR"):
            parts.append(self._all())
        return Either(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all(self) -> Query:
        parts = [self._without()]
        while self._takes("AND") or self._kind in ("words", "("):
            parts.append(self._without())
        return All(tuple(parts)) if len(parts) > 1 else parts[0]

    def _without(self) -> Query:
        found = self._one()
        unwanted = []
        while self._takes("NOT"):
            unwanted.append(self._one())
        return Without(found, Either(tuple(unwanted)) if len(unwanted) > 1 else unwanted[0]) if unwanted else found

    def _one(self) -> Query:
        token = self._tokens[self._at]
        if self._takes("words"):
            return _phrase(token.text, self._query)
        if self._takes("("):
            found = self._either()
            if not self._takes(")"):
                raise _wrong(self._query, f"opens a bracket at character {token.at + 1} that is not closed; close it")
            return found
        if token.kind == "NOT":
            more = " between them" if self._at else ""
            raise _wrong(self._query, f"needs a word before NOT{more}, as in: missile NOT radar")
        where = f"before {token.text!r} at character {token.at + 1}" if token.text else "at its end"
        raise _wrong(self._query, f"misses a word or phrase {where}")


def _phrase(text: str, query: str) -> Phrase:
    words = text.rstrip()
    is_prefix = words.endswith("*")
    if "*" in words[:-1]:
        raise _wrong(query, f"has a * inside {words!r}; it stands only at the end of a word or of the last word")
    found = tuple(term.word for term in terms(" ".join(words.split())))
    if not found:
        raise _wrong(query, f"has no letter or digit in {text!r}" if text.strip() else "has no word")
    if is_prefix and not words[:-1][-1:].isalnum():
        raise _wrong(query, f"has a * that does not follow a letter or digit in {words!r}; put it behind a word")
    return Phrase(found, is_prefix)


def _near(query: str, tokens: list[_Token], found: Query, distance: int) -> Near:
    operator = next((token.text for token in tokens if token.kind not in ("words", "end")), None)
    if operator:
        raise _wrong(query, f"has {operator}, which near does not take; give words and phrases alone")
    if not isinstance(found, All):
        raise _wrong(query, "is one word or phrase; near needs two at least")
    return Near(tuple(part for part in found.parts if isinstance(part, Phrase)), distance)


def _wrong(query: str, what: str) -> SearchError:
    return SearchError(f"the query {query!r} {what}")
