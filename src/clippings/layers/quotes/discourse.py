"""Which words name the source of a quotation whose own sentence names none: the rules that look beyond it.

They come after all rules that look inside a sentence, and each decision bears the name of its rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from clippings.layers.quotes.rules import DASHES, Attribution, frame_of, is_report, tied
from clippings.text.phrases import starting_at
from clippings.text.quotation_marks import Marked
from clippings.text.sentence_subject import leading_subject
from clippings.text.subjects import Clause
from clippings.text.tokens import Stream

_SIGNATURE = 16


class Surroundings:
    """Ties the quotations that stand without a source to one in the sentences around them.

    Attributes:
        found: an attribution for each quotation, None where the text gives none.
    """

    def __init__(
        self,
        stream: Stream,
        marked: Sequence[Marked],
        clauses: Sequence[Sequence[Clause]],
        inside: Sequence[Attribution | None],
    ) -> None:
        self._stream, self._marked, self._clauses = stream, marked, clauses
        self.found = list(inside)
        for index, known in enumerate(inside):
            if known is None:
                self.found[index] = self._around(index)

    def _around(self, index: int) -> Attribution | None:
        """A quotation that is a sentence of its own takes the source of what stands around it."""
        stream, unit_of = self._stream, self._stream.home
        number = unit_of[index]
        paragraph = stream.units[number][2]
        before = self.found[index - 1] if index else None
        same = index > 0 and stream.units[unit_of[index - 1]][2] == paragraph
        signed = self._signed_below(stream.place[index], number)
        if signed:
            return signed
        if before and index and unit_of[index - 1] == number - 1 and same:
            return self._goes_on(before)
        ahead = self._ahead(index)
        if ahead:
            return ahead
        if number:
            _, end, where = stream.units[number - 1]
            colon = stream.words[end - 1] == ":"
            if where == paragraph or colon:
                found = self._introduced(number - 1)
                if found:
                    return found
        if before and (same or unit_of[index - 1] >= number - 2):
            return self._reported_between(unit_of[index - 1], number) or self._goes_on(before)
        found = self._introduced(number - 1) if number else None
        return found or self._behind(stream.place[index], stream.units[number][1])

    def _signed_below(self, at: int, number: int) -> Attribution | None:
        """A quotation that is a paragraph of its own, and a dash and a name that are all of the next one."""
        stream = self._stream
        _, end, paragraph = stream.units[number]
        if number + 1 >= len(stream.units) or stream.units[number + 1][2] != paragraph + 1:
            return None
        first, stop, _ = stream.units[number + 1]
        if at + 1 != end or stop - first > _SIGNATURE or stream.words[first] not in DASHES:
            return None
        phrase = starting_at(stream, first + 1, stop)
        if phrase is None or phrase.kind not in ("name", "role"):
            return None
        is_closed = phrase.last + 1 >= stop or stream.kinds[phrase.last + 1] in (
            "comma",
            "mark",
            "number",
            "preposition",
        )
        return Attribution(phrase.source, None, "signed") if is_closed else None

    def _reported_between(self, last: int, number: int) -> Attribution | None:
        """Somebody named who is reported between two quotations, in the sentence before the second."""
        between = self._clauses[number - 1] if last < number - 1 else ()
        is_named = any(is_report(self._stream, clause) and clause.source.kind in ("name", "role") for clause in between)
        return self._introduced(number - 1) if is_named else None

    def _behind(self, at: int, end: int) -> Attribution | None:
        phrase = leading_subject(self._stream, at + 1, end) if at + 1 < end else None
        return Attribution(phrase.source, None, "subject of the sentence") if phrase and phrase.kind != "noun" else None

    def _ahead(self, index: int) -> Attribution | None:
        """``"...." "...," X said``: two quotations back to back are of one source."""
        if index + 1 >= len(self._marked):
            return None
        after, here, then = self.found[index + 1], self._marked[index], self._marked[index + 1]
        if after is None or after.cue is None or after.rule == "running speaker" or then.block != here.block:
            return None
        if self._stream.text[here.span.end : then.span.start].strip():
            return None
        return Attribution(after.source, after.cue, "source of the next quotation")

    def _goes_on(self, before: Attribution) -> Attribution:
        return Attribution(before.source, before.cue, "running speaker", runs_on=True)

    def _introduced(self, number: int) -> Attribution | None:
        """The source of the sentence before, which introduces the quotation."""
        stream = self._stream
        first, end, _ = stream.units[number]
        said = [clause for clause in self._clauses[number] if frame_of(stream, clause) in ("say", "tell")]
        if said:
            return tied(stream, said[-1], "cue in the sentence before")
        phrase = leading_subject(stream, first, end)
        is_thing = phrase is not None and (phrase.kind == "noun" or stream.words[phrase.first].lower() == "it")
        is_speaker = not is_thing or stream.words[end - 1] == ":"
        return Attribution(phrase.source, None, "subject of the sentence before") if phrase and is_speaker else None
