"""Which words name the source of a quotation: the rules that look inside its sentence.

Every decision bears the name of its rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from clippings.model import Span
from clippings.text.grammar_words import OPENERS, OWNERS, SPOKEN, SUPPOSING
from clippings.text.phrases import Phrase, ending_at, is_past, starting_at
from clippings.text.quotation_marks import Marked
from clippings.text.sentence_subject import leading_subject
from clippings.text.subjects import Clause
from clippings.text.tokens import Stream

_NEAR = 8
_LONG = 9
_APPOSED = 12
_BEGINS = 2
_BESIDE = 4
_JOINING = frozenset(["and", "but", "or", "yet"])
_DESCRIBING = frozenset({"word", "name", "cap", "determiner", "role", "preposition"})
_RELAYING = frozenset(["report", "reports", "reported"])
_PARTS = frozenset({"conjunction", "mark"})
DASHES = frozenset(["-", "–", "—", "―", "--", "~"])
WEAK = frozenset({"subject of the sentence", "subject of the sentence before", "source after the quotation"})


class Attribution(NamedTuple):
    """The words that name a source, the words that report (None where nothing does), and the rule that found them."""

    source: Span
    cue: Span | None
    rule: str
    runs_on: bool = False


def tied(stream: Stream, clause: Clause, rule: str) -> Attribution:
    """Tie a quotation to the source of a reporting clause."""
    cue = stream.span(clause.first, clause.last)
    return Attribution(clause.source.source, cue, rule)


def frame_of(stream: Stream, clause: Clause) -> str:
    """Return the frame of a clause's verb (``say``, ``tell``, ``call``, ``think``)."""
    form = " ".join(stream.words[clause.first : clause.last + 1]).lower()
    return stream.lexicon.frames.get(form, "say")


def is_report(stream: Stream, clause: Clause) -> bool:
    """Tell whether a clause has its source in front and says that somebody said something."""
    return clause.rule == "source, then cue" and frame_of(stream, clause) in ("say", "tell")


class Attributions:
    """Reads a stream sentence by sentence and ties each quotation to the source its sentence names.

    Attributes:
        found: an attribution for each quotation, None where its sentence gives none.
    """

    def __init__(self, stream: Stream, marked: Sequence[Marked], clauses: Sequence[Sequence[Clause]]) -> None:
        self._stream, self._marked, self._clauses = stream, marked, clauses
        self._now: Sequence[Clause] = ()
        self._first = 0
        self.found = [self._attribute(stream.home[index], index, at) for index, at in enumerate(stream.place)]

    def _attribute(self, number: int, index: int, at: int) -> Attribution | None:
        first, end, _ = self._stream.units[number]
        clauses = self._now = self._clauses[number]
        self._first = first
        if self._continues(index):
            return self._right_after(clauses, at, end)
        introduced = self._before(clauses, at, strong=True) if self._is_introduced(clauses, at, end) else None
        if introduced:
            return introduced
        return (
            self._right_after(clauses, at, end)
            or self._signed(at, end)
            or self._tagged(at, first)
            or self._passive(at, first, end)
            or self._before(clauses, at, strong=True)
            or self._later(clauses, at)
            or self._owner(at, first)
            or self._before(clauses, at, strong=False)
            or self._subject(at, first, end)
        )

    def _is_introduced(self, clauses: Sequence[Clause], at: int, end: int) -> bool:
        """Tell whether a report in front of a quotation counts more than one behind it.

        ``X said: "We wait." He added``, ``X asked for "more time." He went on``, ``When X said "no," Y left``,
        ``X called it "a step back," the agency reported``.
        """
        stream = self._stream
        if not clauses or clauses[0].first > at:
            return False
        if any(c.first > at and stream.words[c.last] in _RELAYING for c in clauses):
            return True
        if stream.words[self._first].lower() in OPENERS and "comma" not in stream.kinds[self._first : at - 1]:
            return True
        if self._inner_end(at) not in ".?!" or at < 2:
            return False
        behind = next((c for c in clauses if c.first > at), None)
        if behind and behind.end < len(stream.words) and stream.words[behind.end] == ":":
            return True
        if self._inner_end(at) == "." and stream.words[at - 1] != ":" and is_report(stream, clauses[0]):
            return True
        if at + 1 < end and stream.kinds[at + 1] == "pronoun" and stream.words[at + 1][0].isupper():
            return True
        is_marked = stream.words[at - 1] in (",", ":")
        return is_marked and any(c.end == at - 1 and frame_of(self._stream, c) in ("say", "tell") for c in clauses)

    def _continues(self, index: int) -> bool:
        """Tell whether a quotation goes on from one that the paragraph before left open."""
        if not index:
            return False
        before, here = self._marked[index - 1], self._marked[index]
        return (
            not before.closed
            and here.span.start == here.block
            and not self._stream.text[before.span.end : here.span.start].strip()
        )

    def _right_after(self, clauses: Sequence[Clause], at: int, end: int) -> Attribution | None:
        """``," said X``, ``," X said`` and ``," according to X``."""
        stream = self._stream
        start = at + 1
        comma = self._inner_end(at) in ",?!-—–…."
        while start < end and stream.kinds[start] in ("comma", "adverb"):
            comma = comma or stream.kinds[start] == "comma"
            start += 1
        if start >= end or stream.kinds[start] in ("conjunction", "relative") or self._breaks(at):
            return None
        for clause in clauses:
            if clause.first < start:
                continue
            if clause.first == start and clause.rule in ("inverted cue", "according to"):
                return tied(self._stream, clause, clause.rule)
            if not comma or self._is_participle(clause.source.first):
                continue
            begins = self._leads(at, start, clause.source) and clause.source.last < clause.first
            apposed = self._apposed(start, clause, end)
            if begins or apposed:
                return tied(self._stream, clause, "source, then cue")
            break
        return self._bare_name(at, start, end) if comma else None

    def _leads(self, at: int, start: int, source: Phrase) -> bool:
        """Tell whether nothing stands in front of a source but what describes it: "Pentagon press" of "secretary X"."""
        stream, between = self._stream, range(start, source.first)
        if 0 <= source.first - start <= 1:
            return True
        if source.kind not in ("name", "role") or not 0 < len(between) <= _NEAR or self._inner_end(at) not in ",?!":
            return False
        return all(stream.kinds[here] in _DESCRIBING and not is_past(stream.words[here]) for here in between)

    def _is_participle(self, at: int) -> bool:
        return self._stream.kinds[at] == "word" and self._stream.words[at].endswith("ing")

    def _breaks(self, at: int) -> bool:
        """A line that ends with a whole sentence quoted: what stands on the next line reports no more of it."""
        if at + 1 >= len(self._stream.starts) or self._inner_end(at) not in ".?!":
            return False
        return "\n" in self._stream.text[self._stream.end(at) : self._stream.starts[at + 1]]

    def _apposed(self, start: int, clause: Clause, end: int) -> bool:
        """``," the leader of one team, Anna Petrova, said``: the name of the source stands beside its role."""
        stream, name = self._stream, clause.source.first
        if name <= start or name - start > _APPOSED or stream.kinds[name - 1] != "comma":
            return False
        phrase = starting_at(stream, start, end)
        between = stream.kinds[start : name - 1]
        return (
            phrase is not None
            and phrase.kind in ("role", "noun")
            and not {"cue", "quote", "mark", "comma"} & set(between)
        )

    def _bare_name(self, at: int, start: int, end: int) -> Attribution | None:
        """A name or role right behind a quotation that ends in a comma, with a verb no codebook lists."""
        stream = self._stream
        if self._inner_end(at) not in ",?!":
            return None
        if start == at + 1 and stream.kinds[start] == "word" and stream.words[start].endswith("ed"):
            phrase = starting_at(stream, start + 1, end)
            if phrase and phrase.kind in ("name", "role"):
                cue = stream.span(start, start)
                return Attribution(phrase.source, cue, "source after the quotation")
        phrase = starting_at(stream, start, end)
        if phrase is None or phrase.last + 1 >= end:
            return None
        if phrase.kind == "noun":
            return None
        follows = phrase.last + 1
        word = stream.words[follows]
        if stream.kinds[follows] == "word" and word.endswith(("ed", "s")):
            return Attribution(phrase.source, stream.span(follows, follows), "source after the quotation")
        if stream.kinds[follows] in ("preposition", "comma", "mark", "conjunction", "adverb") and phrase.kind != "noun":
            return Attribution(phrase.source, None, "source after the quotation")
        return None

    def _signed(self, at: int, end: int) -> Attribution | None:
        """``"..." - X``: a dash and a name behind a quotation."""
        stream = self._stream
        if at + 2 >= end or stream.words[at + 1] not in DASHES:
            return None
        phrase = starting_at(stream, at + 2, end)
        if phrase is None or phrase.kind not in ("name", "role"):
            return None
        after = phrase.last + 1
        if after < end and stream.kinds[after] not in ("comma", "mark", "preposition", "quote", "number"):
            return None
        return Attribution(phrase.source, None, "signed")

    def _tagged(self, at: int, first: int) -> Attribution | None:
        """``X: "..."``: a name and a colon in front of a quotation, as a transcript has them."""
        stream = self._stream
        if at - 1 <= first or stream.words[at - 1] != ":":
            return None
        phrase = ending_at(stream, at - 2, first)
        if phrase is None or phrase.kind != "name" or stream.kinds[phrase.first] == "determiner":
            return None
        before = phrase.first - 1
        opens = before < first or stream.words[before] in DASHES or stream.words[before] in (".", "?", "and", "]", ")")
        opens = opens or (before > first and stream.words[before - 1 : before + 1] == ["More", "from"])
        return Attribution(phrase.source, None, "name and colon") if opens else None

    def _passive(self, at: int, first: int, end: int) -> Attribution | None:
        """``was called "..." by Y``."""
        stream = self._stream
        if at + 2 >= end or stream.words[at + 1] != "by":
            return None
        cue = next((here for here in range(at - 1, max(first, at - 4) - 1, -1) if stream.kinds[here] == "cue"), None)
        phrase = starting_at(stream, at + 2, end) if cue is not None and stream.words[cue].endswith("ed") else None
        if phrase is None or cue is None or stream.kinds[cue - 1] == "pronoun":
            return None
        return Attribution(phrase.source, stream.span(cue, cue), "passive")

    def _before(self, clauses: Sequence[Clause], at: int, *, strong: bool) -> Attribution | None:
        """``X said: "``, ``X told reporters that "``; the nearest verb of saying counts, or a cue right beside."""
        for clause in reversed(clauses):
            if clause.first > at or (strong and not self._is_strong(clause, at)):
                continue
            outer = self._outer(clause) or self._reporter(clause, at) or self._told_before(clause)
            told = outer or clause
            return tied(self._stream, told, "cue before" if told.rule == "source, then cue" else told.rule)
        return None

    def _outer(self, clause: Clause) -> Clause | None:
        """``X said she called it "..."``: the pronoun stands for the source of the report around it."""
        if self._stream.kinds[clause.source.first] not in ("pronoun", "contraction"):
            return None
        start = clause.source.first
        if start and self._stream.words[start - 1] == "what":
            leading = leading_subject(self._stream, self._first, start - 1)
            return clause._replace(source=leading) if leading and leading.kind in ("name", "role") else None
        for other in self._now:
            if (
                0 < start - other.last <= 3
                and "quote" not in self._stream.kinds[other.last : start]
                and self._stream.words[start - 1] not in _JOINING
                and other.rule == "source, then cue"
                and frame_of(self._stream, other) in ("say", "tell")
            ):
                return other
        return None

    def _reporter(self, clause: Clause, at: int) -> Clause | None:
        """``X said the plan would promise "..."``: what a report says a thing or somebody may say is the reporter's."""
        kinds = self._stream.kinds
        begin = min(clause.first, clause.source.first)
        outer = next(
            (other for other in reversed(self._now) if other.last < begin and is_report(self._stream, other)), None
        )
        if outer is None or "quote" in kinds[outer.last : begin]:
            return None
        if self._is_supposed(clause):
            return outer
        is_next = begin - outer.end <= _BEGINS and at - clause.end > _BESIDE
        is_thing = clause.source.kind == "noun" and not _PARTS & set(kinds[outer.end : begin])
        return outer if frame_of(self._stream, clause) in ("call", "think") and (is_next or is_thing) else None

    def _told_before(self, clause: Clause) -> Clause | None:
        """``X said, according to a transcript, "..."``: the words are those of X."""
        at = self._now.index(clause) if clause.rule == "according to" else 0
        if not at or "quote" in self._stream.kinds[self._now[at - 1].last : clause.first]:
            return None
        return self._now[at - 1] if is_report(self._stream, self._now[at - 1]) else None

    def _is_supposed(self, clause: Clause) -> bool:
        """``would say``, ``should call``: nothing has been said yet."""
        stream, here = self._stream, clause.first - 1
        while here > clause.source.last and stream.kinds[here] == "adverb":
            here -= 1
        return stream.words[here] in SUPPOSING

    def _is_strong(self, clause: Clause, at: int) -> bool:
        """Tell whether a cue before a quotation is a verb of saying, or stands right in front of it."""
        stream = self._stream
        between = stream.kinds[clause.end : at]
        frame = frame_of(self._stream, clause)
        beside = len(between) <= _BESIDE and not any(
            kind in ("name", "role", "word", "quote", "cue") for kind in between
        )
        if frame == "think":
            return beside and not self._has_outer(clause)
        if beside:
            return True
        infinitive = clause.first and stream.words[clause.first - 1] == "to"
        if frame == "call":
            return len(between) <= 12 and not infinitive and "cue" not in between
        return not infinitive

    def _has_outer(self, clause: Clause) -> bool:
        return any(
            other.first < clause.first and frame_of(self._stream, other) in ("say", "tell") for other in self._now
        )

    def _later(self, clauses: Sequence[Clause], at: int) -> Attribution | None:
        """``"..." is no good, X said``: a clause behind the quotation that ends the sentence."""
        for clause in () if self._breaks(at) else clauses:
            if (
                clause.first > at
                and frame_of(self._stream, clause) in ("say", "tell")
                and self._stands_apart(clause, at)
            ):
                return tied(self._stream, clause, "cue later in the sentence")
        return None

    def _stands_apart(self, clause: Clause, at: int) -> bool:
        stream = self._stream
        begin = min(clause.source.first, clause.first)
        begin -= stream.words[begin - 1] == "as"
        return begin > at and stream.kinds[begin - 1] in ("comma", "quote", "mark")

    def _owner(self, at: int, first: int) -> Attribution | None:
        """``his claim that "..."``, ``Serdyukov's call for "..."``: the owner of a noun of saying."""
        stream = self._stream
        for noun in range(at - 1, max(first, at - _NEAR), -1):
            if stream.words[noun] not in SPOKEN:
                continue
            for here in range(noun - 1, max(first - 1, noun - 4), -1):
                word = stream.words[here]
                if word.lower() in OWNERS:
                    source = stream.span(here, here)
                elif word.endswith(("'s", "’s", "s'", "s’")) and stream.kinds[here] in ("name", "role", "word"):
                    phrase = ending_at(stream, here, first)
                    if phrase is None:
                        continue
                    source = Span(phrase.source.start, phrase.source.end - (2 if word[-1] == "s" else 1))
                else:
                    continue
                return Attribution(source, stream.span(noun, noun), "owner of the words")
        return None

    def _subject(self, at: int, first: int, end: int) -> Attribution | None:
        """The subject of a sentence that holds a quotation without a cue."""
        stream = self._stream
        if at == first and self._is_sentence(at):
            return None
        if at > first:
            phrase = leading_subject(stream, first, at)
            if phrase:
                return Attribution(phrase.source, None, "subject of the sentence")
        if at + 1 < end:
            phrase = leading_subject(stream, at + 1, end)
            if phrase and phrase.kind != "noun":
                return Attribution(phrase.source, None, "subject of the sentence")
        return None

    def _is_sentence(self, at: int) -> bool:
        """Tell whether a quotation stands as a sentence of its own: it begins one, and ends one or is long."""
        inner = self._marked[self._stream.number(at)].inner
        text = self._stream.text[inner.start : min(inner.end, inner.start + 200)]
        last = self._inner_end(at)
        return not text[:1].islower() and (last in ".?!…-—" or (last != "," and text.count(" ") >= _LONG))

    def _inner_end(self, at: int) -> str:
        inner = self._marked[self._stream.number(at)].inner
        text = self._stream.text[max(inner.start, inner.end - 4) : inner.end].rstrip(" '’")
        return text[-1:] or " "
