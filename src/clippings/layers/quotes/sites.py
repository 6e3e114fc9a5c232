"""What a rule of attribution is asked about, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from clippings.model import Span
from clippings.text import sentence_subject
from clippings.text.clauses import BE
from clippings.text.grammar_words import LABELS
from clippings.text.phrases import Phrase
from clippings.text.quotation_marks import Marked
from clippings.text.subjects import Clause, Shape
from clippings.text.tokens import Tokens

DASHES = sentence_subject.DASHES | {"~"}
_TAIL = 4
_PAUSES = frozenset([",", ":"])
_PUT = frozenset(["advised", "asked", "assured", "informed", "ordered", "questioned", "reminded", "told", "warned"])


class Rule(StrEnum):
    """How a source was found, as ``rule`` of a quotation says it."""

    CUE_FIRST = "inverted cue"
    SOURCE_FIRST = "source, then cue"
    BEFORE = "cue before"
    LATER = "cue later in the sentence"
    ACCORDING = "according to"
    BY = "passive"
    PARTICIPLE = "participle"
    OWNER = "owner of the words"
    COLON = "name and colon"
    INTERVIEW = "answer in an interview"
    SIGNED = "signed"
    BARE = "source after the quotation"
    SUBJECT = "subject of the sentence"
    CUE_ABOVE = "cue in the sentence before"
    SUBJECT_ABOVE = "subject of the sentence before"
    BELOW = "comment in the next sentence"
    NEXT = "source of the next quotation"
    RUNNING = "running speaker"
    REPORT_BEHIND = "report behind the cue"
    REPORT_BEFORE = "report before the cue"
    REPORT_AROUND = "report around the cue"
    REPORT_ACCORDING = "according to, behind the report"
    NONE = "marks"


OF_SHAPE: dict[Shape, Rule] = {
    "cue first": Rule.CUE_FIRST,
    "source first": Rule.SOURCE_FIRST,
    "according": Rule.ACCORDING,
    "by": Rule.BY,
    "participle": Rule.PARTICIPLE,
}


class Attribution(msgspec.Struct, frozen=True, gc=False):
    """The words that name a source, the words that report (None where nothing does), and the rule that found them."""

    source: Span
    cue: Span | None
    rule: Rule
    runs_on: bool = False


class Site(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A quotation in its sentence.

    Attributes:
        tokens: the words of the page.
        quoted: the quotation.
        at: the word it is.
        first: the first word of its sentence.
        end: the word behind its sentence.
        clauses: the reporting clauses of its sentence, in order.
        mark: the last character between the marks; blanks and single marks are no part of it.
    """

    tokens: Tokens
    quoted: Marked
    at: int
    first: int
    end: int
    clauses: Sequence[Clause]
    mark: str

    @property
    def breaks(self) -> bool:
        """Whether a line ends with a whole sentence quoted: what stands on the next line reports no more of it."""
        tokens = self.tokens
        if self.at + 1 >= len(tokens.starts) or self.mark not in ".?!":
            return False
        return "\n" in tokens.text[tokens.end(self.at) : tokens.starts[self.at + 1]]

    @property
    def is_put(self) -> bool:
        """Whether the words are put to whom the sentence is about: ``X was asked, "..."``, ``Asked, "..."``."""
        words, at = self.tokens.words, self.at - 2
        behind = self.at - (words[self.at - 1] in _PAUSES)
        opening = words[self.first : behind]
        if opening == ("To", "the", "question") or (len(opening) == 1 and opening[0].lower() in _PUT):
            return True
        if at - 1 <= self.first or words[at + 1] not in _PAUSES or words[at] not in _PUT:
            return False
        return words[at - 1 - (self.tokens.kinds[at - 1] == "adverb")] in BE

    def is_followed_by(self, clause: Clause) -> bool:
        """Whether a whole sentence quoted stands in front of a report: ``"We wait." X said that it was late``."""
        return self.mark == "." and "that" in self.tokens.words[clause.end : self.end]

    def tied(self, clause: Clause, rule: Rule | None = None) -> Attribution:
        """Return an attribution to the source of a reporting clause."""
        return tied(self.tokens, clause, rule)

    def named(self, phrase: Phrase, rule: Rule, cue: int | None = None) -> Attribution:
        """Return an attribution to a phrase, with the word that reports."""
        return Attribution(phrase.source, None if cue is None else self.tokens.span(cue, cue), rule)


def last_mark(text: str, inner: Span) -> str:
    """Return the last character between quotation marks; blanks and single marks are no part of it."""
    return text[max(inner.start, inner.end - _TAIL) : inner.end].rstrip(" '’")[-1:] or " "


def is_labelled(tokens: Tokens, at: int) -> bool:
    """Tell whether a label that names nobody stands in front of a quotation: ``Answer: "..."``."""
    return at > 1 and tokens.words[at - 1] == ":" and tokens.words[at - 2] in LABELS


def tied(tokens: Tokens, clause: Clause, rule: Rule | None = None) -> Attribution:
    """Return an attribution to the source of a reporting clause."""
    cue = tokens.span(clause.first, clause.last)
    return Attribution(clause.source.source, cue, rule or OF_SHAPE[clause.shape])
