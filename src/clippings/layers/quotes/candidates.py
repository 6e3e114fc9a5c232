"""Which phrases of a sentence a pronoun behind it may go back to: whoever says something there, and its subject."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from clippings.text.grammar_words import OPENERS, SPOKEN
from clippings.text.heads import named_beside
from clippings.text.phrases import CLAUSE_ENDS, Phrase, is_past
from clippings.text.sentence_subject import leading_subject
from clippings.text.subjects import SAYING, Clause
from clippings.text.tokens import Tokens

ASKED = frozenset(["asked", "asks"])
_TOLD = frozenset(["report", "reports", "rumor", "rumors", "rumour", "rumours", "story", "stories"])
_ADDING = frozenset(["although", "because", "though", "whereas", "while"])
_DENYING = frozenset(["denied", "denies", "dismissed", "dismisses", "disputed", "disputes", "rejected", "rejects"])
_OPENING = 2  # Words from the start of a sentence to who speaks in the clause that opens it.
_HEADING = 8
_STOPS = frozenset([".", "?", "!", ":", ";", "..."])


class Candidates:
    """Reads the sentences of one clipping.

    Args:
        stream: the words.
        clauses: the reporting clauses of each unit.
    """

    def __init__(self, stream: Tokens, clauses: Sequence[Sequence[Clause]]) -> None:
        self._stream, self._clauses = stream, clauses

    def phrases(self, unit: int, before: int | None = None) -> Iterator[Phrase]:
        """The sources and the subject of a sentence, up to an offset; the last that said something first."""
        stream = self._stream
        first, end, _ = stream.units[unit]
        stop = end if before is None else bisect.bisect_left(stream.starts, before, first, end)
        done = set()
        clauses = self._clauses[unit][::-1]
        for clause in sorted(filter(self._is_told, clauses), key=self._is_added):
            if self._is_of_noun(clause):
                continue
            is_behind = stop < end or not self._opens(clause, first, end)
            if clause.frame in SAYING and is_behind and clause.source.last < stop and clause.source.kind != "pronoun":
                done.add(clause.source.first)
                yield clause.source
        asides = (clause.begin - 1 for clause in clauses if not self._is_told(clause))
        opening = leading_subject(stream, first, min([stop, *(at for at in asides if at - first > _OPENING)]))
        if opening and not self._is_object(first, opening):
            opening = named_beside(stream, opening, end)
            if opening.first not in done:
                yield opening

    def _is_object(self, first: int, phrase: Phrase) -> bool:
        """``The rise of the party gave hope to X``: behind a verb, without a comma, stands whom a thing is done to."""
        kinds, words, last = self._stream.kinds, self._stream.words, phrase.first
        begin = next((at + 1 for at in range(last - 1, first - 1, -1) if kinds[at] in CLAUSE_ENDS), first)
        has_subject = phrase.kind == "name" and kinds[begin] in ("determiner", "word", "cap")
        return has_subject and any(is_past(words[at]) for at in range(begin + 1, last))

    def _opens(self, clause: Clause, first: int, end: int) -> bool:
        """``As X told guests that it was late, Y left.``: the sentence is about Y."""
        stream = self._stream
        is_opener = stream.words[first].lower() in OPENERS and clause.begin - first <= _OPENING
        return is_opener and "comma" in stream.kinds[clause.end : end] and "quote" not in stream.kinds[first:end]

    def _is_told(self, clause: Clause) -> bool:
        """``X smiled when a reporter asked``: who only asks is not heard again."""
        words, at = self._stream.words, clause.begin - 1
        at -= at > 0 and self._stream.kinds[at] == "determiner"
        return words[clause.last] not in ASKED or words[at].lower() not in OPENERS

    def _is_of_noun(self, clause: Clause) -> bool:
        """``X rejected claims that Y had said it``: what a report holds is no word of Y."""
        words = self._stream.words
        that = clause.begin - (words[clause.begin] != "that")
        return words[that] == "that" and words[that - 1] in SPOKEN | _TOLD

    def _is_added(self, clause: Clause) -> bool:
        """``X said, though Y has said``, ``X denied a report that quoted Y``: Y does not go on speaking."""
        words, kinds = self._stream.words, self._stream.kinds
        at = clause.begin - 1
        at -= at > 0 and kinds[at] == "determiner"
        word = words[at : at + 1]
        return not _DENYING.isdisjoint(word) or (not _ADDING.isdisjoint(word) and kinds[at - 1] == "comma")

    def is_joined(self, phrase: Phrase) -> bool:
        """``X and Y``: two that a pronoun cannot tell apart."""
        stream, after = self._stream, phrase.last + 1
        is_named = after + 1 < len(stream.kinds) and stream.kinds[after + 1] in ("name", "title", "role")
        return phrase.kind != "noun" and is_named and stream.words[after] == "and"

    def is_heading(self, unit: int) -> bool:
        """A line of a few words without a stop that is a paragraph of its own."""
        stream = self._stream
        first, end, paragraph = stream.units[unit]
        around = [stream.units[other][2] for other in (unit - 1, unit + 1) if 0 <= other < len(stream.units)]
        is_alone = paragraph not in around and end - first <= _HEADING
        return is_alone and stream.words[end - 1] not in _STOPS and not {"cue", "quote"} & set(stream.kinds[first:end])
