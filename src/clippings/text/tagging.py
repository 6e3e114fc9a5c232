"""Tokens of a clipping: the kinds of its words where their neighbors change them, and the units they stand in.

This is the one place where a kind changes: a dateline is no part of a sentence, "Speaking" at its start no name,
"the claim" no verb.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

from msgspec.structs import replace

from clippings.evidence import Mention
from clippings.model import Clipping, Field, Span
from clippings.text import name_words, units
from clippings.text.grammar_words import (
    KINDS,
    MODALS,
    NAMES_IN_LY,
    NOUNS,
    OWN_PASTS,
    OWNERS,
    PERSONAL,
    PLURALS,
    PORTFOLIOS,
    QUALITIES,
    QUANTIFIERS,
    SINGLES,
    Kind,
)
from clippings.text.lexicon import GLUED, OFFICE, PAIRED, SPECIAL, TRIGGER, Lexicon
from clippings.text.phrases import FINITE, GENITIVES, Phrase, ending_at, is_past
from clippings.text.quotation_marks import Marked
from clippings.text.tokens import Tokens, read

_PLACES = frozenset({"country", "capital", "region", "place"})
_TIES = frozenset(["of", "to", "in", "for", "at"])
_ACCORDING = frozenset(["According", "according"])
_CAPITALS = frozenset({"name", "cap"})
_VERBAL = ("ly", "ing", "ed")
_SMALL = 3
_SHORT = 5  # Letters of a word whose ending says nothing: "list", "human".
_NAMED = 2  # Words of the name of somebody whom a noun in front describes.
_VERB_FOLLOWS = frozenset(["before", "after", "than", "to"])
_BETWEEN = frozenset({"word", "adverb"})
_STARTS = frozenset({"name", "role", "title", "determiner", "pronoun"})
_ENDS_NOUN = frozenset({"preposition", "mark", "cue", "auxiliary", "conjunction"})
_OPENING_CUES = frozenset(["Added", "Adds", "Recalls", "Said", "Says", "Writes"])
_SPEAKERS = (["determiner"], ["name"], ["role"], ["title"])
_PARTICIPLE = ("ed", "ing")
_QUALIFYING = ("cratic", "ential", "ional", "publican")
_HEADED = frozenset({"word", "role"})
_FIRST = frozenset([("first", "deputy"), ("first", "gentleman"), ("first", "lady"), ("first", "secretary")])
_GOVERNING = frozenset({"cue", "preposition"})


def tag(
    clipping: Clipping,
    marked: Sequence[Marked],
    sentences: Sequence[Span],
    lexicon: Lexicon,
    mentions: Sequence[Mention] = (),
) -> Tokens:
    """Return the tokens of a clipping.

    Args:
        clipping: the clipping.
        marked: its quotations.
        sentences: its sentences.
        lexicon: what is known of each word by itself.
        mentions: the gazetteer's mentions; they tell where one name ends and the next begins.
    """
    tokens, flags, ends = read(clipping, marked, lexicon)
    kinds, words = list(tokens.kinds), list(tokens.words)
    tokens = replace(tokens, kinds=kinds)
    _step_over(tokens, kinds, clipping.fields.get("dateline"))
    flagged = list(compress(range(len(flags)), flags))
    triggers = tuple(at for at in flagged if flags[at] & TRIGGER or (flags[at] & PAIRED and _pairs_up(tokens, at)))
    begins = frozenset(sentence.start for sentence in sentences)
    places = {at for at in flagged if flags[at] & GLUED}
    places.update(bisect_left(tokens.starts, begin) for begin in begins)
    places.update(tokens.place, (at + 1 for at in tokens.place))
    found = units.cut(tokens, marked, begins, sorted(places), ends)
    headed: list[int] = []
    for first, end, _ in found:
        _tag_opening(tokens, kinds, first, end)
        headed += _tag_opening_cue(tokens, kinds, first) + _tag_headline(tokens, kinds, first, end)
    _tag_adjectives(tokens, kinds)
    runs = [(at, run.span, run.inner) for at, run in zip(tokens.place, marked, strict=True)]
    special = [at for at in flagged if flags[at] & SPECIAL]
    name_words.mark(tokens.text, words, kinds, tokens.starts, runs, mentions, special)
    firsts = [first for first, _, _ in found]
    offices = (at for at in flagged if flags[at] & OFFICE)
    tokens = replace(
        tokens,
        words=tuple(words),
        triggers=tuple(sorted({*triggers, *headed})) if headed else triggers,
        units=found,
        home=tuple(bisect_right(firsts, at) - 1 for at in tokens.place),
        breaks=frozenset([*_names_behind(tokens, mentions, offices), *_line_starts(tokens)]),
    )
    _tag_nouns(tokens, kinds)
    _tag_doers(words, kinds)
    return replace(tokens, kinds=tuple(kinds))


def with_names(tokens: Tokens, places: Iterable[int]) -> Tokens:
    """Return tokens in which the quotations at some places are names like others."""
    kinds = list(tokens.kinds)
    for at in places:
        kinds[at] = "name"
    return replace(tokens, kinds=tuple(kinds))


def _pairs_up(tokens: Tokens, at: int) -> bool:
    words, lexicon = tokens.words, tokens.lexicon
    if at + 1 >= len(words):
        return False
    is_opinion = words[at] in ("In", "in") and words[at + 1] in OWNERS
    return is_opinion or lexicon.pairs_up(words[at], words[at + 1]) or lexicon.second(words, at, len(words)) is not None


def _step_over(tokens: Tokens, kinds: list[Kind], dateline: Field | None) -> None:
    """Place, day and agency in front of a story are no part of its sentences."""
    if dateline is None or dateline.span is None:
        return
    first = bisect_left(tokens.starts, dateline.span.start)
    end = bisect_left(tokens.starts, dateline.span.end)
    kinds[first:end] = ["mark"] * (end - first)


def _tag_opening(tokens: Tokens, kinds: list[Kind], first: int, end: int) -> None:
    """A capital at the start makes no name of "Retired" or "Recently"; a verb behind makes one of "Italy"."""
    word, following = tokens.words[first], kinds[min(first + 1, end - 1)]
    if not word.endswith(_VERBAL) or not word[0].isupper() or word in NAMES_IN_LY:
        return
    if kinds[first] in _CAPITALS:
        if word.endswith("ly"):
            kinds[first] = "adverb"
        elif word.endswith("ed") and following in ("title", "role"):
            kinds[first] = "word"
        elif len(word) > 4 and following not in _CAPITALS and following != "cue":
            kinds[first] = "participle"
    if kinds[first] == "adverb" and following in FINITE and word.lower() not in KINDS:
        kinds[first] = "name"


def _tag_opening_cue(tokens: Tokens, kinds: list[Kind], first: int) -> list[int]:
    """``Says the poet Anna Petrova: "``; "Said" in front of a name may be one, and is the cue in front of a colon."""
    word, following = tokens.words[first], [*kinds[first + 1 : first + 2]]
    is_cue = word in _OPENING_CUES and kinds[first] == "cap" and following in _SPEAKERS
    if not is_cue or (word == "Said" and following == ["name"] and not _is_name_and_colon(tokens, kinds, first + 1)):
        return []
    kinds[first] = "cue"
    return [first]


def _tag_adjectives(tokens: Tokens, kinds: list[Kind]) -> None:
    """``a major role``, ``the general election``: in front of a noun the word says of what kind that is."""
    for at in range(len(kinds) - 1):
        if tokens.words[at : at + 2] in _FIRST and at and kinds[at - 1] == "determiner":
            kinds[at] = "word"
        if kinds[at] == "role" and tokens.words[at] in QUALITIES and kinds[at + 1] == "word":
            is_verb = is_past(tokens.words[at + 1]) or tokens.words[at + 1].endswith("ing")
            kinds[at] = "role" if is_verb else "word"


def _is_name_and_colon(tokens: Tokens, kinds: list[Kind], first: int) -> bool:
    end = next((at for at in range(first, len(kinds)) if kinds[at] not in ("name", "cap")), first)
    return tokens.words[end] == ":"


def _tag_headline(tokens: Tokens, kinds: list[Kind], first: int, end: int) -> list[int]:
    """``Petrova Said The Treaty Was Dead``: where all words have capitals, one makes no name of a verb."""
    if "cap" not in kinds[first:end] or any(
        len(word) > _SMALL and word[0].islower() for word in tokens.words[first:end]
    ):
        return []
    verbs = [at for at in range(first + 1, end) if kinds[at] == "cap" and not tokens.words[at].isupper()]
    verbs = [at for at in verbs if [kinds[at - 1], *kinds[at + 1 : at + 2]] != ["name", "comma"]]  # "Alan Hope, 54"
    for at in verbs:
        kinds[at] = "cue"
    return verbs


def _names_behind(tokens: Tokens, mentions: Iterable[Mention], offices: Iterable[int]) -> Iterator[int]:
    """The first words of names that stand right behind another name; where that ends only the gazetteer knows."""
    text, starts, words, kinds = tokens.text, tokens.starts, tokens.words, tokens.kinds
    for mention in mentions:
        if mention.kind == "person" and " " in mention.form:
            at = bisect_left(starts, mention.start)
            if 0 < at < len(kinds) and kinds[at] in _CAPITALS and kinds[at - 1] in _CAPITALS:
                yield at
        elif text[mention.end + 1 : mention.end + 2].isupper() and (mention.kind in _PLACES or " of " in mention.form):
            at = bisect_left(starts, mention.start)
            if " of " in mention.form or (at and words[at - 1].lower() in _TIES and words[at - 2] not in _ACCORDING):
                yield from _name_at(tokens, bisect_left(starts, mention.end))
    for at in offices:
        if at and words[at - 1] == "of":
            yield from _name_at(tokens, at + 1)
    yield from name_words.behind_titles(words, kinds)


def _line_starts(tokens: Tokens) -> Iterator[int]:
    """Words that begin a line behind one that ends with a stop: "the E.U. | Belarus said"."""
    starts = tokens.starts
    if not starts:
        return
    # Between the first word and the last: a digest has thousands of items on one page.
    first, last = starts[0], starts[-1] + 1
    at = tokens.text.find(".\n", first, last)
    while at >= 0:
        here = bisect_left(starts, at + 1)
        if 0 < here < len(tokens.kinds) and tokens.kinds[here - 1] != "title":
            yield here
        at = tokens.text.find(".\n", at + 1, last)


def _name_at(tokens: Tokens, at: int) -> Iterator[int]:
    name = name_words.over_titles(tokens.kinds, at)
    is_named = name < len(tokens.kinds) and tokens.kinds[name] == "name"
    if is_named and (name > at or tokens.words[at] not in PORTFOLIOS):
        yield at


def _tag_doers(words: Sequence[str], kinds: list[Kind]) -> None:
    """``said Gazprom accountant Pavel Orlov``: between two names, who somebody is reads as a role does."""
    for at in range(1, len(kinds) - _NAMED):
        is_between = (
            kinds[at] == "word" and kinds[at - 1] in _CAPITALS and kinds[at + 1] == kinds[at + _NAMED] == "name"
        )
        if is_between and _is_somebody(words[at]) and not words[at - 1].endswith(GENITIVES):
            kinds[at] = "role"


def _is_somebody(word: str) -> bool:
    """``pensioner``, ``hygienist``, ``gunman``; not ``list``."""
    return word in SINGLES or (len(word) > _SHORT and word.endswith((*PERSONAL, "man")))


def _tag_nouns(tokens: Tokens, kinds: list[Kind]) -> None:
    """Words that could report and are nouns are words like others."""
    number = 0
    for first, end, _ in tokens.units:
        while number < len(tokens.triggers) and tokens.triggers[number] < end:
            at = tokens.triggers[number]
            number += 1
            if kinds[at] == "cue" and not _pairs_up(tokens, at) and is_noun(tokens, at, first, end):
                kinds[at] = "word"


def is_noun(tokens: Tokens, at: int, first: int, end: int) -> bool:
    """Tell whether a word that could report is a noun here: "the claim", "his call for", "new reports of"."""
    word, words, kinds = tokens.words[at].lower(), tokens.words, tokens.kinds
    if word.endswith(_PARTICIPLE) and not word.endswith("need"):
        return at > first and _is_participle_of_noun(tokens, at, first, end)
    if at == first:
        return not (at + 1 < end and kinds[at + 1] in _STARTS)
    before = kinds[at - 1]
    if before == "determiner":
        article = words[at - 1].lower()
        if word in NOUNS and not word.endswith("s") and _is_one(tokens, at - 1, first):
            return True
        if article in ("that", "this") and word in NOUNS and "auxiliary" in kinds[at + 1 : at + 2]:
            return True
        return article not in QUANTIFIERS or (word.endswith("s") and article in PLURALS)
    if before == "preposition":
        return words[at - 1] not in _VERB_FOLLOWS or (words[at - 1] == "to" and word in NOUNS and word.endswith("s"))
    if word not in NOUNS:
        return False
    if words[at - 1].endswith(GENITIVES):
        return True
    if before in ("pronoun", "relative"):
        return False
    if before == "name" and words[at - 1].endswith(_QUALIFYING) and at + 1 < end and kinds[at + 1] in _HEADED:
        return True
    return _is_noun_by_phrase(tokens, at, first, end)


def _is_one(tokens: Tokens, at: int, first: int) -> bool:
    """``this claim``, ``echoed that comment``; not ``papers that claim``."""
    is_object = at > first and tokens.kinds[at - 1] in _GOVERNING
    return tokens.words[at].lower() == "this" or (tokens.words[at] == "that" and is_object)


def _is_participle_of_noun(tokens: Tokens, at: int, first: int, end: int) -> bool:
    """``an unusual warning``-like: "the reported talks", "of alleged plans", "a very telling sign"."""
    word, words, kinds = tokens.words[at], tokens.words, tokens.kinds
    before_word = at + 1 < end and kinds[at + 1] == "word"
    if words[at - 1].endswith(GENITIVES) and kinds[at - 1] != "contraction":
        return word.endswith("ing") or before_word
    if word.endswith("ing") and at > first + 1 and kinds[at - 2] == "determiner" and kinds[at - 1] in _BETWEEN:
        return before_word
    if word.endswith("ed") and kinds[at - 1] == "preposition":
        return words[at - 1] not in _VERB_FOLLOWS and before_word
    return kinds[at - 1] == "determiner" and words[at - 1].lower() not in QUANTIFIERS


def _is_noun_by_phrase(tokens: Tokens, at: int, first: int, end: int) -> bool:
    """A word that is as often a noun: what it would be the verb of, and what follows, decide."""
    words, kinds = tokens.words, tokens.kinds
    follows: Kind = kinds[at + 1] if at + 1 < end else "mark"
    phrase = ending_at(tokens, at - 1, first)
    if phrase and phrase.first > first and words[phrase.first - 1].lower() == "as" and follows in ("comma", "quote"):
        return False
    if phrase and _is_headed(tokens, phrase, at, first):
        return True
    is_led = phrase is not None and phrase.first > first and kinds[phrase.first - 1] == "quote" and follows != "cue"
    if phrase and is_led and not (kinds[phrase.first] == "word" and words[phrase.first].endswith("ing")):
        return False
    return _is_noun_by_neighbors(tokens, at, end, follows)


def _is_noun_by_neighbors(tokens: Tokens, at: int, end: int, follows: Kind) -> bool:
    word, words, before = tokens.words[at].lower(), tokens.words, tokens.kinds[at - 1]
    if before in ("comma", "quote") and word.endswith("s") and follows in ("determiner", "pronoun", "name"):
        return False
    if before in ("auxiliary", "cue", "number", "comma", "mark", "quote"):
        return before != "auxiliary" or words[at - 1].lower() not in MODALS
    following = words[at + 1] if at + 1 < end else ""
    if before == "word" or (before == "adverb" and not words[at - 1].endswith("ly")):
        return follows not in ("quote", "determiner", "pronoun") and following not in ("that", ":")
    return follows in _ENDS_NOUN and words[at + 1 : at + 2] != ("to",)


def _is_headed(tokens: Tokens, phrase: Phrase, at: int, first: int) -> bool:
    """Tell whether a noun at ``at`` heads the phrase in front: "a command post", "Turkish state radio", "many states".

    Behind one thing a verb would end in -s, behind many it would not; what a verb and a preposition govern has none.
    """
    kinds, words = tokens.kinds, tokens.words
    article, behind = words[phrase.first].lower(), phrase.first - 1
    if words[at].endswith("s"):
        disagrees = article in PLURALS or kinds[phrase.first] == "number"
    else:
        is_name = kinds[at - 1] == "name" and not words[at - 1].endswith("s")
        is_one = is_name and kinds[at + 1 : at + 2] == ["word"] and words[at] not in OWN_PASTS
        is_one = is_one and (behind < first or kinds[behind] != "conjunction")
        disagrees = article in ("a", "an", "another") or (article == "the" and is_name) or is_one
    if disagrees or behind <= first or kinds[behind] != "preposition":
        return disagrees
    return kinds[behind - 1] == "cue" or (article in OWNERS and words[at - 1].endswith(_PARTICIPLE))
