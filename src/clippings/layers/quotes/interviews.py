"""Interviews without quotation marks.

Turns stand in lines that begin with who speaks, or with ``Q.`` and ``A.``; where no line names anybody, paragraphs that
ask and paragraphs that answer take turns.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from clippings.layers.quotes.sites import Attribution, Rule
from clippings.model import Clipping, Span
from clippings.text.grammar_words import COURTESY, PARTICLES

APART = 2  # Lines without a speaker between two turns.
LONGEST = 4  # Paragraphs of one answer between two questions.
FEWEST = 2  # Questions of an interview that names nobody.
_HEAD = 60  # Characters in which a label ends.
_LABEL = re.compile(
    r"[ \t]*([^\W\d_][\w.'’/&-]*+(?: [^\W\d_][\w.'’/&-]*+){0,3}?)"
    r"(?:(?<=\b[QA]\.)(?! [A-Z][\w’'-]*:)|(?:,[^:]{2,40}| \([^)]{2,40}\))? ?:(?: [–—-](?= ))?| (?:[–—]|--?))"
    r"[ \t]+(?=[^\s:–—-])"
)
_ENDS = (":", "Q.", "A.", " –", " —", " -")  # One of these ends each label.
_MARKS = frozenset("\"“”„«»`‘’'")
_DASHES = "-–— \t"
_CLOSERS = ")] \t"
_TELLING = frozenset(["He", "Her", "His", "She"])
_BEFORE_GUEST = re.compile(r"\b(?:interviewed|with|to)\b")
_ASKING = frozenset(
    ["anchor", "columnist", "correspondent", "editor", "host", "journalist", "observer", "presenter", "reporter"]
)
_INTERVIEWING = frozenset(
    ["answered", "answers", "conversation", "guest", "interview", "interviewed", "interviews", "questions", "sat",
     "speaks", "spoke", "talked"]
)  # fmt: skip


class _Turn(NamedTuple):
    line: int
    label: Span
    words: Span
    has_colon: bool

    def key(self, text: str) -> str:
        """The surname, whatever its case; ``Q`` of a numbered ``Q2``."""
        return self.label.of(text).split()[-1].upper().rstrip(string.digits)


def find(clipping: Clipping) -> list[tuple[Span, Attribution]]:
    r"""Return the turns of interviews, each with who speaks; what stands between marks is left to its quotation.

    >>> from clippings import parse
    >>> page = parse("Q. Who came? \n\nA. Nobody did.\n\nQ. Who will?", layout="plain")[0]
    >>> [words.of(page.text) for words, _ in find(page)]
    ['Who came?', 'Nobody did.', 'Who will?']
    """
    lines = list(_lines(clipping))
    asking = {number for number, _, line in lines if _asks(line)}
    turns = (turn for turn in map(_turn, lines) if turn)
    found = [turn for group in _together(turns) if _is_interview(clipping.text, group, asking) for turn in group]
    return [
        (turn.words, Attribution(turn.label, None, Rule.COLON))
        for turn in found
        if clipping.text[turn.words.start] not in _MARKS
    ]


def _lines(clipping: Clipping) -> Iterator[tuple[int, int, str]]:
    number = 0
    for block in clipping.paragraphs:
        start = block.start
        for line in block.of(clipping.text).split("\n"):
            yield number, start, line
            start += len(line) + 1
            number += bool(line.strip())


def _turn(placed: tuple[int, int, str]) -> _Turn | None:
    number, start, line = placed
    head = line[:_HEAD]
    is_open = any(map(head.__contains__, _ENDS)) and head.lstrip()[:1].isupper()
    found = _LABEL.match(line, 0, _HEAD) if is_open else None
    label = found[1].removesuffix(".") if found else ""
    if found is None or not label or not _is_name(label):
        return None
    words = Span(start + found.end(), start + len(line.rstrip()))
    end = start + found.start(1) + len(label)
    has_colon = ":" in line[found.end(1) : found.end()]
    return _Turn(number, Span(end - len(_untitled(label)), end), words, has_colon)


def _is_name(label: str) -> bool:
    """``RFE/RL``, ``Anton de Vries``; not ``Traffic/parking``."""
    return all(word[0].isupper() or word in PARTICLES for word in label.replace("/", " ").split())


def _untitled(label: str) -> str:
    """``Petrova`` of ``Ms. Petrova``, ``OK Gov Petrova``: a turn is spoken by who has the title."""
    words = label.split(" ")
    titles = [at for at, word in enumerate(words[:-1], 1) if word.lower() in COURTESY]
    return " ".join(words[titles[-1] :]) if titles else label


def _together(turns: Iterable[_Turn]) -> Iterator[list[_Turn]]:
    """Turns that follow one another; a dateline with a dash is none among labels with a colon."""
    group: list[_Turn] = []
    for turn in turns:
        if group and (turn.line - group[-1].line > APART + 1 or turn.has_colon != group[-1].has_colon):
            yield group
            group = []
        group.append(turn)
    yield group


def _is_interview(text: str, group: list[_Turn], asking: set[int]) -> bool:
    """At least two speak in turn, one of them again, and somebody asks; ``asking`` are the lines that are a question.

    A line that names nobody may ask one or several.
    """
    keys = [turn.key(text) for turn in group]
    takes_turns = all(
        one.key(text) != other.key(text) or not asking.isdisjoint(range(one.line + 1, other.line))
        for one, other in pairwise(group)
    )
    asks = bool(group) and not asking.isdisjoint(range(group[0].line - 1, group[-1].line + 1))
    return takes_turns and len(set(keys)) < len(keys) and asks


def unlabelled(clipping: Clipping) -> list[tuple[Span, ...]]:
    r"""Return each question of an interview whose lines name nobody, with the paragraphs that answer it.

    Behind the last question one paragraph answers: what else follows may be of others. Empty for other pages.

    >>> from clippings import parse
    >>> page = parse("We met Anna.\n\nWho came?\n\nNobody.\n\nIt rained.\n\nWho will?\n\nI shall.", layout="plain")[0]
    >>> [[words.of(page.text) for words in part] for part in unlabelled(page)]
    [['Who came?', 'Nobody.', 'It rained.'], ['Who will?', 'I shall.']]
    """
    text = clipping.text
    paragraphs = [_undashed(text, block) for block in clipping.paragraphs]
    asking = [at for at, words in enumerate(paragraphs) if _asks(words.of(text))]
    if len(asking) < FEWEST:
        return []
    ends = [*asking[1:], asking[-1] + 2]
    found = [tuple(paragraphs[at:end]) for at, end in zip(asking, ends, strict=True)]
    return found if all(_is_answered(text, *part) for part in found) else []


def _is_answered(text: str, _: Span, *answer: Span) -> bool:
    """Not ``She shrugs.``: whoever tells what somebody does is not who was asked."""
    is_told = any(words.of(text).split(maxsplit=1)[0] in _TELLING for words in answer)
    return 0 < len(answer) <= LONGEST and not is_told


def tells_of_one(words: Iterable[str]) -> bool:
    """Tell whether words of a sentence may say that somebody is interviewed."""
    return not _INTERVIEWING.isdisjoint(word.lower() for word in words)


def behind_asker(text: str, sentence: Span) -> int:
    """Return where "X sat down with" ends in a sentence; its end where two are joined, so that nobody is told apart."""
    found = None if " and " in sentence.of(text) else _BEFORE_GUEST.search(text, sentence.start, sentence.end)
    return found.end() if found else sentence.end


def asks_for_a_living(role: str) -> bool:
    """Tell whether a role is that of somebody who asks in interviews.

    >>> asks_for_a_living("our Minsk correspondent"), asks_for_a_living("foreign minister")
    (True, False)
    """
    return not _ASKING.isdisjoint(role.lower().split())


def _asks(line: str) -> bool:
    """``- Who came?``; not ``Who came: "Nobody?"``, ``"Who came?" she asked``."""
    words = line.strip(_DASHES)
    return words[:1].isupper() and words.rstrip(_CLOSERS).endswith("?")


def _undashed(text: str, block: Span) -> Span:
    """A paragraph without blanks around it and without the dash of a turn in front."""
    words = block.of(text)
    return Span(block.end - len(words.lstrip(_DASHES)), block.start + len(words.rstrip()))
