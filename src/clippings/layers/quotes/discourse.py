"""Which words name the source of a quotation whose own sentence names none: the rules that look around it.

They are asked, in their order, after all rules that look inside a sentence; ``rules.yaml`` describes them too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from clippings.layers.quotes.sites import DASHES, Attribution, Rule, is_labelled, tied
from clippings.text.grammar_words import BODIES, GESTURES, MOODS, OWNERS
from clippings.text.phrases import Phrase, ending_at, starting_at
from clippings.text.quotation_marks import Marked
from clippings.text.sentence_subject import leading_subject
from clippings.text.subjects import SAYING, Clause
from clippings.text.tokens import Tokens

SIGNATURE = 16  # Words of a signature.
PULLED = 40  # Characters of words that are set apart and stand in the text again.
REPORTED = 7  # Words behind a quotation in which somebody else says it.
APART = 2  # Sentences from a quotation to the one before, over paragraphs, where a speaker goes on.
_POINTING = frozenset(product(["That", "This", "Those", "These"], ["was", "is", "were", "are"]))
_SAID = frozenset(
    product(["So", "Thus"], ["began", "begins", "did", "ended", "ends", "said", "says", "spoke", "wrote"])
)
_WITH = frozenset(
    (*product(["With"], ["these", "those", "such"], ["words"]), *product(["With"], ["that", "this"], [","]))
)
_COMMENTS = frozenset(["words", "how", "verdict", "view", "conclusion", "answer", "reply", "advice", "message"])
_SPOKEN = frozenset(["metaphors", "words"])
_PLAIN = frozenset([("mince", "words"), ("minces", "no"), ("no", "secret"), ("is", "quoted"), ("was", "quoted")])
_HIDING = frozenset(["conceal", "conceals", "hid", "hide", "hides"])
_SHOWN = _SPOKEN | {
    "anger",
    "contempt",
    "disappointment",
    "doubts",
    "feelings",
    "frustration",
    "opinion",
    "view",
    "views",
}
_IS = frozenset(["is", "was", "remains", "sounds"])
_SUBJECTS = frozenset({"word", "name", "role", "determiner", "participle", "pronoun"})
_NAMING = frozenset({"name", "role", "title", "determiner"})
_JOINING = frozenset(["and", "but"])
_GOING_ON = frozenset([",", "?", "!"])
_STOPS = frozenset([".", "?", "!"])
_POINTS = ".,;:?!()"
_ENDS_NAME = frozenset({"comma", "mark", "number", "preposition"})


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A quotation among the sentences around it.

    Attributes:
        tokens: the words of the page.
        marked: all its quotations.
        clauses: the reporting clauses of all units.
        index: the number of this quotation.
        unit: the unit it stands in.
        before: what the quotation before is tied to.
        after: what the quotation behind is tied to by its own sentence.
    """

    tokens: Tokens
    marked: Sequence[Marked]
    clauses: Sequence[Sequence[Clause]]
    index: int
    unit: int
    before: Attribution | None
    after: Attribution | None

    @property
    def distance(self) -> int:
        """How many units lie between this quotation and the one before; 0 where both stand in one."""
        return self.unit - self.tokens.home[self.index - 1]

    @property
    def shares_paragraph(self) -> bool:
        """Whether the quotation before stands in the same paragraph."""
        units = self.tokens.units
        return units[self.unit - self.distance][2] == units[self.unit][2]


def signed_below(setting: Setting) -> Attribution | None:
    """A quotation that is a paragraph of its own, and a dash and a name that are all of the next one."""
    tokens = setting.tokens
    _, end, paragraph = tokens.units[setting.unit]
    if setting.unit + 1 >= len(tokens.units) or tokens.units[setting.unit + 1][2] != paragraph + 1:
        return None
    first, stop, _ = tokens.units[setting.unit + 1]
    if tokens.place[setting.index] + 1 != end or stop - first > SIGNATURE or tokens.words[first] not in DASHES:
        return None
    phrase = starting_at(tokens, first + 1, stop)
    if phrase is None or phrase.kind not in ("name", "role"):
        return None
    is_closed = phrase.last + 1 >= stop or tokens.kinds[phrase.last + 1] in _ENDS_NAME
    return Attribution(phrase.source, None, Rule.SIGNED) if is_closed else None


def commented_below(setting: Setting) -> Attribution | None:
    """``"..." Those were the words of X``, ``"..." X does not mince his words``: the next sentence is on the words."""
    tokens, number, behind = setting.tokens, setting.unit + 1, setting.tokens.place[setting.index] + 1
    stop = tokens.units[setting.unit][1] - (tokens.words[behind : behind + 1] == (".",))
    if number >= len(tokens.units) or behind != stop:
        return None
    first, end, _ = tokens.units[number]
    words = tokens.words[first:end]
    if "" in words:
        return None
    is_pointing = words[:2] in _POINTING and not _COMMENTS.isdisjoint(words)
    if is_pointing or words[:2] in _SAID or words[:3] in _WITH:
        found = (starting_at(tokens, at, end) for at in range(first, end) if tokens.kinds[at] in _NAMING)
        phrase = next((phrase for phrase in found if phrase and phrase.kind in ("name", "role")), None)
    else:
        is_here = tokens.units[number][2] == tokens.units[setting.unit][2]
        shown = _SHOWN if not _HIDING.isdisjoint(words) else _SPOKEN
        is_owned = any((one in OWNERS and other in shown) or (one, other) in _PLAIN for one, other in pairwise(words))
        is_shown = is_owned or (_opens_paragraph(setting) and _shows_mood(words))
        phrase = leading_subject(tokens, first, end) if is_shown and is_here else None
    return Attribution(phrase.source, None, Rule.BELOW) if phrase and phrase.kind in ("name", "role") else None


def _opens_paragraph(setting: Setting) -> bool:
    """Whether the quotation opens its paragraph, so that nobody has spoken in it before."""
    units, unit = setting.tokens.units, setting.unit
    return setting.tokens.place[setting.index] == units[unit][0] and (not unit or units[unit - 1][2] != units[unit][2])


def _shows_mood(words: Sequence[str]) -> bool:
    """``X is blunt``, ``X shakes her head``: how somebody looks who has just spoken."""
    is_moved = any(word in GESTURES for word in words)
    return is_moved or any(one in _IS and other in MOODS for one, other in pairwise(words))


def goes_on(setting: Setting) -> Attribution | None:
    """``"...," X said. "..."``: a sentence quoted right behind another one, in its paragraph."""
    if setting.distance != 1 or not setting.shares_paragraph or _opens_again(setting):
        return None
    return _taken_over(setting) or _running(setting)


def _taken_over(setting: Setting) -> Attribution | None:
    """``"...," X said, and Y cut in. "..."``: who speaks last in the sentence before."""
    tokens, number = setting.tokens, setting.unit - 1
    quoted, end = tokens.place[setting.index - 1], tokens.units[number][1]
    said = [clause for clause in setting.clauses[number] if clause.frame in SAYING and clause.begin > quoted]
    if not said or said[-1].source == said[0].source:
        return None
    comma, joint = tokens.words[said[-1].begin - 2 : said[-1].begin]
    is_joined = comma == "," and joint in _JOINING and said[-1].end >= end - 1
    return tied(tokens, said[-1], Rule.CUE_ABOVE) if is_joined else None


def _opens_again(setting: Setting) -> bool:
    """``"... "...," Y said``: what is left open in its line is of whoever says the next quotation."""
    here, then = setting.marked[setting.index], setting.after
    is_open = not here.closed and then is not None and then.cue is not None
    return is_open and "\n" not in setting.tokens.text[here.span.end : setting.marked[setting.index + 1].span.start]


def of_the_next(setting: Setting) -> Attribution | None:
    """``"...." "...," X said``: two quotations back to back are of one source; one left open goes on below."""
    after = setting.after
    if after is None or after.cue is None:
        return None
    here, then = setting.marked[setting.index : setting.index + 2]
    is_introduced = setting.tokens.before(here.span.start) == ":"
    is_apart = then.block != here.block and (here.closed or is_introduced)
    if is_apart or setting.tokens.text[here.span.end : then.span.start].strip():
        return None
    return Attribution(after.source, after.cue, Rule.NEXT)


def introduced_closely(setting: Setting) -> Attribution | None:
    """The sentence before introduces the quotation: it stands in its paragraph, or ends with a colon."""
    tokens, unit = setting.tokens, setting.unit
    if not unit:
        return None
    _, end, paragraph = tokens.units[unit - 1]
    is_close = paragraph == tokens.units[unit][2] or tokens.words[end - 1] == ":"
    return introduced_by_sentence(setting) if is_close else None


def reported_between(setting: Setting) -> Attribution | None:
    """Somebody named who is reported between two quotations, in the sentence before the second."""
    between = setting.clauses[setting.unit - 1] if setting.before and setting.distance > 1 else ()
    is_named = any(clause.is_report and clause.source.kind in ("name", "role") for clause in between)
    return introduced_by_sentence(setting) if is_named and _is_near(setting) else None


def goes_on_later(setting: Setting) -> Attribution | None:
    """The speaker before goes on: in the same paragraph, or at most one sentence later."""
    return _running(setting) if setting.before and _is_near(setting) else None


def introduced_by_sentence(setting: Setting) -> Attribution | None:
    """The source of the sentence before, which introduces the quotation."""
    if not setting.unit or _is_behind_signature(setting):
        return None
    tokens, number = setting.tokens, setting.unit - 1
    first, end, _ = tokens.units[number]
    said = [clause for clause in setting.clauses[number] if clause.frame in SAYING]
    if said:
        return tied(tokens, said[-1], Rule.CUE_ABOVE)
    phrase, has_colon = leading_subject(tokens, first, end), tokens.words[end - 1] == ":"
    ending = ending_at(tokens, end - 2, first) if has_colon else None
    if ending and ending.first > first and not _is_governed(tokens, ending, phrase):
        is_named = ending.kind in ("name", "role") or tokens.kinds[ending.last] == "name"
        if is_named or tokens.words[ending.last].capitalize() in BODIES:
            return Attribution(ending.source, None, Rule.SUBJECT_ABOVE)
    is_thing = phrase is not None and (phrase.kind == "noun" or tokens.words[phrase.first].lower() == "it")
    return Attribution(phrase.source, None, Rule.SUBJECT_ABOVE) if phrase and (has_colon or not is_thing) else None


def _is_governed(tokens: Tokens, ending: Phrase, subject: Phrase | None) -> bool:
    """``X, on the phone from Riga:``, ``A letter to X:``: what ends the line is where, or to whom, somebody speaks."""
    has_subject = subject is not None and subject.last < ending.first
    is_source = subject and (subject.kind in ("name", "role") or tokens.words[subject.last].capitalize() in BODIES)
    is_governed = tokens.kinds[ending.first - 1] == "preposition"
    return is_governed and (tokens.words[ending.first - 1] == "to" or bool(has_subject and is_source))


AROUND: tuple[Callable[[Setting], Attribution | None], ...] = (
    signed_below,
    commented_below,
    goes_on,
    of_the_next,
    introduced_closely,
    reported_between,
    goes_on_later,
    introduced_by_sentence,
)


def attribute(
    tokens: Tokens,
    marked: Sequence[Marked],
    clauses: Sequence[Sequence[Clause]],
    inside: Sequence[Attribution | None],
    crowded: Collection[int] = (),
) -> list[Attribution | None]:
    """Return ``inside``, where a quotation that stands without a source has that of the sentences around it.

    One in a ``crowded`` sentence, by number, has none.
    """
    found = list(inside)
    for index, known in enumerate(inside):
        if tokens.kinds[tokens.place[index]] == "name":
            found[index] = found[index - 1] if index else None
        elif known is None and tokens.home[index] not in crowded and _stands_alone(tokens, marked, index):
            before = found[index - 1] if index else None
            after = _source_behind(tokens, marked, inside, index)
            setting = Setting(tokens, marked, clauses, index, tokens.home[index], before, after)
            found[index] = next(filter(None, (rule(setting) for rule in AROUND)), None)
    return found


def _source_behind(
    tokens: Tokens, marked: Sequence[Marked], inside: Sequence[Attribution | None], index: int
) -> Attribution | None:
    """What the quotation behind is tied to by its own sentence; where it opens again too, the one behind that."""
    for at in range(index + 1, len(inside)):
        if inside[at] or not _is_reopened(tokens, marked, at):
            return inside[at]
    return None


def _stands_alone(tokens: Tokens, marked: Sequence[Marked], index: int) -> bool:
    """Tell whether the sentences around may introduce a quotation: one inside another sentence belongs to that."""
    at, first = tokens.place[index], tokens.units[tokens.home[index]][0]
    is_inside = any(kind in _SUBJECTS for kind in tokens.kinds[first:at])
    if is_inside or is_labelled(tokens, at) or _is_lost(tokens, marked, index):
        return False
    return not (_is_reported_behind(tokens, marked[index], index) or _is_pulled(tokens, marked[index], index))


def _is_reported_behind(tokens: Tokens, here: Marked, index: int) -> bool:
    """``"...," a voice over says``: a report behind the comma that no rule can read is of another."""
    at, end = tokens.place[index], tokens.units[tokens.home[index]][1]
    if tokens.text[here.inner.end - 1 : here.inner.end] not in _GOING_ON or at + 1 >= end:
        return False
    behind = tokens.words[at + 1 : min(end, at + REPORTED)]
    return behind[0][:1].islower() and any(tokens.lexicon.frames.get(word) in SAYING for word in behind)


def _is_pulled(tokens: Tokens, here: Marked, index: int) -> bool:
    """Words that are a sentence and stand in the text again: they are set apart for the eye."""
    first, end, _ = tokens.units[tokens.home[index]]
    words = tokens.text[here.inner.start : here.inner.start + PULLED]
    is_alone = end - first == 1 and len(words) == PULLED <= here.inner.end - here.inner.start
    return is_alone and tokens.text.count(words) > 1


def _is_lost(tokens: Tokens, marked: Sequence[Marked], index: int) -> bool:
    """A run that another one cuts off in its line has lost its closing mark, and may hold its own source."""
    here, *then = marked[index : index + 2]
    is_cut = not here.closed and bool(then) and "\n" not in tokens.text[here.span.start : then[0].span.start]
    return is_cut and not _is_reopened(tokens, marked, index)


def _is_reopened(tokens: Tokens, marked: Sequence[Marked], index: int) -> bool:
    """Whole sentences in which nobody is said to speak, and the next mark opens: its line was a paragraph once."""
    here, *then = marked[index : index + 2]
    if here.closed or not then or tokens.text[here.span.end : then[0].span.start].strip():
        return False
    words = here.inner.of(tokens.text).split()
    said = (tokens.lexicon.frames.get(word.strip(_POINTS).lower()) for word in words)
    return words[-1][-1] in _STOPS and not any(frame in SAYING for frame in said)


def _is_near(setting: Setting) -> bool:
    return setting.shares_paragraph or setting.distance <= APART


def _running(setting: Setting) -> Attribution | None:
    before = setting.before
    if before is None or _is_behind_signature(setting):
        return None
    return Attribution(before.source, before.cue, Rule.RUNNING, runs_on=True)


def _is_behind_signature(setting: Setting) -> bool:
    """A signature closes the words above it; what is quoted on the next line is of another."""
    if setting.before is None or setting.before.rule is not Rule.SIGNED or setting.distance > 1:
        return False
    before, here = setting.marked[setting.index - 1 : setting.index + 1]
    return "\n" in setting.tokens.text[before.span.end : here.span.start]
