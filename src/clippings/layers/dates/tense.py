"""Whether the words around a date put it ahead of the page's day or behind it.

The nearest word that shows tense before the date in its clause decides; without one, the first after it in its
clause; without that, the nearest before it in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from clippings.layers.dates.words import (
    AHEAD,
    AHEAD_PLURAL,
    AHEAD_TO,
    ANNOUNCED,
    ARTICLES,
    BESIDE_DATES,
    CHAIN,
    CLAUSE_WORDS,
    EVENTS,
    MODALS,
    MOVED,
    NAMING,
    NEGATED,
    NO_PLURAL,
    NOT_PAST,
    PAST,
    PUT_OFF,
    REPORTS,
    SCHEDULED,
    WEEKDAYS,
)
from clippings.page.printed_dates import MONTHS, SHORT_MONTHS

Direction = Literal["ahead", "back"]

_WORD = re.compile(r"[\w'’-]+(?:[.,]\d+)*|[,;:()\"“”]|--")
_STOPS = frozenset(',;:()"“”') | {"--"}
_NOT_KEPT = PUT_OFF | MOVED
_PLURAL = re.compile(rf"^(?!(?i:{'|'.join(NO_PLURAL)})$).*[a-z]s$")
_LIGHT = frozenset({",", "and", "or"})
_REACH = 240
_EVENT_REACH = 40
_FIRST_RUNS = 8
_VERBS_IN_S = ("ss", "us")
_MOVED_WITHIN = 6
_BY_THEN = frozenset({"no later than", "as early as", "as soon as", "as late as"})
# What may show tense; most words do not.
_TELLING = frozenset(MODALS | NEGATED | SCHEDULED | AHEAD | AHEAD_PLURAL | PAST | {"to", "was", "were"})
_TELLING_ENDINGS = ("ed", "'ll", "’ll")
_NAMES = "|".join([*MONTHS, *(rf"{name}\b\.?" for name in SHORT_MONTHS)])
# Further days of a list, whose tense is that of the list: "On Monday and Tuesday they will meet".
_MORE_DAYS = re.compile(
    r"(?:(?:\s?[-–—]\s?|,?\s(?:and|or|to|through|until|till)\s|,\s)(?:on\s|the\s)*"
    rf"(?:(?:{'|'.join(WEEKDAYS)})\b|(?:{_NAMES})\s\d\d?\b|\d\d?\b(?:\s(?:{_NAMES}))?))+"
)
# An aside on what was planned once: "The base, which they agreed to build in November, is ready".
_PLAN = r"\b(?:\w{3,}ed|was|were|meant|chose)\s(?:not\s)?to\s[a-z][^,;:.]*\Z"
_ASIDE = re.compile(rf"\b(?:which|that|who)\b[^,;:.]{{0,60}}{_PLAN}")
_PLANNED = re.compile(_PLAN)
# What it has come to since, behind the aside; and that nothing came of it.
_IS_OVER = re.compile(
    r",\s(?:was|were|has|have|had|stands?|(?:is|are)\s(?:still|already|now|not|ready|open|shut|closed|dead|gone|empty|"
    r"finished|complete|done|late|over)\b)"
)
_BUT_NOT = re.compile(r",?\sbut\s(?:\w+\s)?(?:never|(?:was|were|did|has|have|had)(?:n['’]t|\s(?:not|never)))\b")
# What is announced behind its day: "They agreed in December to freeze the price".
_GOES_ON = re.compile(r"\s(?:to\s[a-z]|that\b)")
_SAYING = frozenset({"said", "told", "added"})
_DIRECT = BESIDE_DATES | {name.lower() for name in WEEKDAYS}
_USES = dict.fromkeys(_TELLING, "tell") | dict.fromkeys(CLAUSE_WORDS | _STOPS, "end")


def direction(text: str, start: int, end: int, sentence: tuple[int, int]) -> Direction | None:
    """Tell on which side of the page's day a date lies by the verbs around it, None where nothing shows.

    >>> text = "He said on Tuesday that the ministers will meet on Friday."
    >>> direction(text, 11, 18, (0, len(text))), direction(text, 51, 57, (0, len(text)))
    ('back', 'ahead')
    """
    before, after = _around(text, start, end, sentence)
    is_from = text.startswith(" to ", end)
    shown = _by_last_word(before, after, is_from=is_from)
    if shown:
        return shown
    shown, at = _backwards(before, len(before))
    if shown:
        return shown
    return (_forwards(_words(after)) if _may_tell(after) else None) or _backwards(before, at, passed=_LIGHT)[0]


def has_gone_by(text: str, start: int, end: int, sentence: tuple[int, int]) -> bool:
    """Tell whether the verb of a date itself is past: a summit announced "on 12 November" may lie ahead.

    >>> sentences = ("He resigned on 12 November", "He announced a summit on 12 November")
    >>> [has_gone_by(text, len(text) - 11, len(text), (0, len(text))) for text in sentences]
    [True, False]
    """
    before, after = _around(text, start, end, sentence)
    if _IS_OVER.match(after) and _ASIDE.search(text, sentence[0], start):
        return True
    shown, at = _backwards(before, len(before))
    last = before[-1].lower() if before else ""
    if not shown:
        opens = _DIRECT.issuperset(word.lower() for word in before[at:]) and (at < len(before) or not at)
        return opens and _forwards(_words(after)) == "back"
    between = [word.lower() for word in before[at + 1 :]]
    verb = before[at].lower()
    is_of_verb = between in (["in"], ["on"]) and verb not in SCHEDULED and _GOES_ON.match(after)
    if shown == "ahead" or (verb in ANNOUNCED and not is_of_verb) or any(word.endswith("ing") for word in between):
        return False
    if not between and verb in NAMING:
        return False
    is_direct = not between or (last in _DIRECT and (last != "the" or between[-2:-1] == ["on"]))
    return is_direct and EVENTS.isdisjoint(between) and (verb not in _SAYING or len(between) < 2)


def was_planned(before: str, after: str) -> bool:
    """Tell whether the words around a date are of what was planned once: an aside, or what came to nothing.

    >>> was_planned("The base, which they agreed to build in ", ""), was_planned("They agreed to build it in ", "")
    (True, False)
    """
    return bool(_ASIDE.search(before) or (_BUT_NOT.match(after) and _PLANNED.search(before)))


def _around(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[list[str], str]:
    """The words before a date, and what follows it and the days it is listed with."""
    more = _MORE_DAYS.match(text, end, sentence[1])
    behind = more.end() if more else end
    return _words(text[max(sentence[0], start - _REACH) : start]), text[behind : min(sentence[1], behind + _REACH)]


def names_event(text: str, end: int) -> bool:
    """Tell whether a date is an event's ("the Nov. 8 election"): then the verb's tense is not the date's.

    >>> names_event("the Nov. 8 presidential election", 10), names_event("the Feb. 13 death", 11)
    (True, False)
    """
    return any(word.lower() in EVENTS for word in _words(text[end : end + _EVENT_REACH])[:3])


def _may_tell(after: str) -> bool:
    """Tell whether what follows has to be read: not where the first run of characters with a use ends the clause."""
    runs = after.lower().split(None, _FIRST_RUNS)
    if not runs or not (runs[0] == "," or runs[0].isalpha()):
        return True
    for run in runs[runs[0] == "," :]:
        use = _USES.get(run)
        if use or run.endswith("ed") or not run.isalpha():
            return use != "end"
    return False


def _words(text: str) -> list[str]:
    """Words and stops; most of what stands between blanks is a plain word, and needs no pattern."""
    words: list[str] = []
    for run in text.split():
        if run.isalpha():
            words.append(run)
        else:
            words += _WORD.findall(run)
    return words


def _by_last_word(words: Sequence[str], after: str, *, is_from: bool) -> Direction | None:
    """Words that decide by themselves, standing right before the date."""
    last = words[-1].lower() if words else ""
    if last == "on":
        return "ahead" if len(words) > 1 and words[-2].lower() in ("is", "are") else None
    if last in ("to", "for", "from"):
        near = {word.lower() for word in words[-_MOVED_WITHIN:-1]}
        is_moved = not near.isdisjoint(MOVED) and "had" not in near and (last != "from" or is_from)
        return "ahead" if is_moved and not after.startswith(("'s", "’s")) else None
    if last == "since" or last in REPORTS:
        return "back"
    if last in ("until", "till"):
        return "back" if _is_over(words[:-1], after) else "ahead"
    if last in ("beginning", "starting"):
        return "back" if _backwards(words[:-1], len(words) - 1)[0] == "back" else "ahead"
    return "ahead" if last in ("is", "are") or " ".join(words[-3:]).lower() in _BY_THEN else None


def _is_over(words: Sequence[str], after: str) -> bool:
    """Tell whether an "until" is over, as its verb is; what was put off until a day lies ahead."""
    if any(word.lower() in _NOT_KEPT for word in words[-8:]):
        return False
    return (_backwards(words, len(words))[0] or _forwards(_words(after))) == "back"


def _backwards(words: Sequence[str], at: int, passed: frozenset[str] = frozenset()) -> tuple[Direction | None, int]:
    """What the nearest word before a place shows, and the place where the clause ends; some ends may be passed."""
    for here in range(at - 1, -1, -1):
        word = words[here]
        if not word.islower():
            word = word.lower()
        use = _USES.get(word)
        if use == "end" and word not in passed:
            return None, here + 1
        if use == "tell" or (use is None and word.endswith(_TELLING_ENDINGS)):
            shown = _shows(words, here)
            if shown:
                return shown, here
    return None, 0


def _forwards(words: Sequence[str]) -> Direction | None:
    if words[:1] == [","]:
        words = words[1:]
    if words[:1] in (["'s"], ["’s"]):
        if not any(word.lower() in EVENTS for word in words[1:4]):
            return None
        words = words[1:]
    for at, word in enumerate(words):
        lowered = word.lower()
        use = _USES.get(lowered) or ("tell" if lowered.endswith(_TELLING_ENDINGS) else None)
        shown = _shows(words, at) if use == "tell" else None
        if shown or use == "end":
            return shown
    return None


def _shows(words: Sequence[str], at: int) -> Direction | None:
    """The tense that one word shows in its surroundings."""
    word = words[at]
    lowered = word.lower()
    following = words[at + 1].lower() if at + 1 < len(words) else ""
    if lowered.endswith(("'ll", "’ll")) or _is_modal(word):
        hindered = lowered in ("could", "would", "might") and following in NEGATED
        return "back" if hindered else "ahead"
    if lowered in NEGATED and lowered != "not":
        return "back"
    if word[0].isupper() and at:
        return None
    if lowered in SCHEDULED:
        return _scheduled(words, at, following)
    if lowered == "to":
        return _infinitive(words, at, following)
    if lowered in AHEAD or (lowered in AHEAD_PLURAL and at and _PLURAL.search(words[at - 1])):
        return "ahead"
    if lowered in ("was", "were") and (following == "to" or following in SCHEDULED):
        return "ahead" if following == "to" else _shows(words, at + 1) or "back"
    if lowered in PAST or (lowered.endswith("ed") and lowered not in NOT_PAST and "-" not in lowered):
        return _past(words, at)
    return None


def _is_modal(word: str) -> bool:
    return word.lower() in MODALS and word != "May" and word != "Will"


def _scheduled(words: Sequence[str], at: int, following: str) -> Direction | None:
    lowered = words[at]
    before = words[at - 1].lower() if at else ""
    if before in ("than", "as"):
        return None
    if lowered == "due" and following == "to":
        after = words[at + 2] if at + 2 < len(words) else "the"
        is_thing = (
            after in ARTICLES or after.endswith("ing") or (after.endswith("s") and not after.endswith(_VERBS_IN_S))
        )
        return None if is_thing else "ahead"
    if lowered == "set" and following not in ("for", "to", ""):
        return "back"
    return "back" if before in ("been", "had") else "ahead"


def _infinitive(words: Sequence[str], at: int, following: str) -> Direction | None:
    if not at or not following.islower() or following in ARTICLES:
        return None
    before = words[at - 1].lower()
    if before == "due":
        return _scheduled(words, at - 1, "to")
    return "ahead" if before in AHEAD_TO else None


def _past(words: Sequence[str], at: int) -> Direction | None:
    """A past form tells of the past unless a modal or an infinitive stands before it ("will be signed")."""
    if at and words[at - 1].lower() in ARTICLES and words[at].endswith("ed"):
        return None
    present = perfect = False
    for back in range(at - 1, max(at - 6, -1), -1):
        word = words[back].lower()
        if _is_modal(words[back]):
            is_past = word not in ("will", "shall") and (perfect or words[back + 1] in NEGATED)
            return "back" if is_past else "ahead"
        if word == "to":
            return "back" if perfect else _to_be(words, back)
        if word not in CHAIN and not word.endswith("ly"):
            break
        present = present or word in ("is", "are", "be", "being")
        perfect = perfect or word == "have"
    return None if present else "back"


def _to_be(words: Sequence[str], at: int) -> Direction | None:
    """A thing "to be signed" lies ahead, but not after "refused"."""
    before = words[at - 1].lower() if at else ""
    if before in AHEAD_TO or before in _STOPS:
        return "ahead"
    return None if before in PAST or before.endswith("ed") else "ahead"
