"""What stands beside a phrase: its head, the name beside a role, the noun of a relative clause."""

from __future__ import annotations

import msgspec

from clippings.model import Span
from clippings.text.apposed import describes, names_bare
from clippings.text.grammar_words import BODIES, FEMALE, MALE, OWNERS, PERSONS, PORTFOLIOS, SINGLES
from clippings.text.phrases import FINITE, GENITIVES, NOMINAL, Phrase, ending_at, is_past, starting_at
from clippings.text.sentence_subject import leading_subject
from clippings.text.tokens import Tokens

PARENTHESES = 4
_KIN = FEMALE | MALE | PERSONS | SINGLES
_BRACKET = 16
_PLACE = 10
_TITLE = 16
_IN_TITLE = NOMINAL | {"preposition", "determiner"}
_IN_ROLE = frozenset(["and", "them", "us"])
_PREPOSITIONS = 3
_RELAYED = frozenset(["carried", "cited", "obtained", "published", "quoted", "reviewed", "seen", "viewed"])
_MANY = ("s", "media", "press", "people", "police", "men", "women")
_PARTICIPLES = frozenset(
    ["broken", "chosen", "drawn", "driven", "given", "hidden", "known", "read", "seen", "shown", "stolen", "taken",
     "thrown", "torn", "written"]
)  # fmt: skip
_OPENS_PHRASE = frozenset({"comma", "mark", "determiner", "conjunction", "quote"})
_JOINING = frozenset(["and", "nor", "or"])
_CLOSES_NAME = frozenset({"comma", "mark", "quote"})
_HOME = frozenset(["from", "of"])
_SOURCES = frozenset({"name", "role", "title", "pronoun", "determiner"})
NEARNESS = frozenset(["close", "familiar"])
_PLACING = frozenset(["in", "at", "from", "near", "outside"])
_OWNING = frozenset(["of", "for"])
_TIMING = frozenset(["after", "as", "before", "since", "till", "until"])
_BEFORE_PHRASE = _TIMING | {"daily", "weekly", "monthly"}
_COMPLETING = frozenset(
    ["for", "of", "at", "with", "from", "in", "on", "to", "by", "between", "against", "behind", "beside", "inside",
     "into", "near", "outside"]
)  # fmt: skip


def named_beside(tokens: Tokens, phrase: Phrase, end: int) -> Phrase:
    """A role with a name in apposition, commas around, is that name: "the ambassador, Jurate Penkaite"."""
    at = phrase.last + 1
    if phrase.kind not in ("role", "noun") and tokens.kinds[phrase.first] != "determiner":
        return phrase
    named = next((here for here in range(at, min(end, at + _TITLE)) if here in tokens.breaks), end)
    if named < end and all(_goes_on_title(tokens, here) for here in range(at, named)):
        return starting_at(tokens, named, end) or phrase
    reach = min(end, at + _PLACE)
    while at < reach and (tokens.kinds[at] in _IN_TITLE or tokens.words[at] in _IN_ROLE):
        at += 1
    if at < end and _lists_fields(tokens, phrase.last + 1, at):
        at = next((here for here in range(at + 1, reach) if tokens.kinds[here] == "comma"), at)
    if at >= end or tokens.kinds[at] != "comma":
        return phrase
    beside = starting_at(tokens, at + 1, end)
    if beside is None or beside.kind != "name" or (tokens.kinds[beside.first] == "determiner" and not beside.title):
        return phrase
    behind = beside.last + 1
    home = starting_at(tokens, behind + 1, end) if behind < end and tokens.words[behind] in _HOME else None
    behind = home.last + 1 if home else behind
    return beside if behind >= end or tokens.kinds[behind] in _CLOSES_NAME else phrase


def _goes_on_title(tokens: Tokens, at: int) -> bool:
    """``on Water, Forests and Mines``: small words and capitals, and commas between two of them."""
    if tokens.kinds[at] != "comma":
        return tokens.kinds[at] in _IN_TITLE or tokens.words[at] in _IN_ROLE
    return tokens.words[at - 1][:1].isupper() and tokens.words[at + 1][:1].isupper()


def _lists_fields(tokens: Tokens, first: int, comma: int) -> bool:
    """``of water, forests and mines``: a comma between the fields of an office."""
    is_office = tokens.words[first] in _OWNING and tokens.kinds[comma] == "comma"
    return is_office and tokens.kinds[comma + 1 : comma + 4] == ("word", "conjunction", "word")


def relative(tokens: Tokens, at: int, first: int) -> Phrase | None:
    """The words a relative clause is said of; "who" and "which" name the source there, as a pronoun does."""
    if tokens.words[at].lower() in ("who", "which"):
        return Phrase(at, at, "pronoun", tokens.span(at, at))
    return antecedent(tokens, at, first)


def antecedent(tokens: Tokens, relative: int, first: int) -> Phrase | None:
    """Return the noun that a relative pronoun goes back to."""
    at = relative - 1
    if at >= first and tokens.kinds[at] == "comma":
        return before_apposition(tokens, at, first)
    if at >= first and tokens.kinds[at] == "preposition":
        at -= 1
    phrase = ending_at(tokens, at, first)
    return head_of(tokens, phrase, first) if phrase else None


def before_apposition(tokens: Tokens, comma: int, first: int) -> Phrase | None:
    """Step left over ``, head of Y,`` and ``, 21,`` to the phrase they stand beside; a name is preferred to a role."""
    role: Phrase | None = None
    is_settled = False
    for _ in range(PARENTHESES):
        outer = _before_relative(tokens, comma, first)
        has_relative, comma = outer != comma, outer
        last = comma - 1
        if last >= first and tokens.words[last] in (")", "]"):
            last = before_bracket(tokens, last, first)
        phrase = _before_home(tokens, ending_at(tokens, last, first), first)
        if (
            phrase
            and phrase.kind in ("name", "pronoun")
            and _opens(tokens, phrase, first)
            and not _is_place(tokens, phrase, first)
            and not describes(tokens, phrase, first)
        ):
            if names_bare(tokens, phrase, first):
                comma = phrase.first - 1
                continue
            is_second = phrase.first - 2 >= first and tokens.kinds[phrase.first - 2] == "name"
            return joined(tokens, phrase, first) if is_second else _with_first(tokens, phrase, first)
        previous = comma - 1
        while previous >= first and tokens.kinds[previous] not in ("comma", "quote"):
            previous -= 1
        if phrase and has_relative:
            role, is_settled = head_of(tokens, phrase, first), True
        elif is_settled:
            pass
        elif phrase and phrase.kind != "noun" and not _is_circumstance(tokens, previous + 1):
            role = head_of(tokens, phrase, first)
        elif phrase and role is None and _opens(tokens, phrase, first):
            role = phrase
        if previous >= first and tokens.kinds[previous] == "quote":
            return role or starting_at(tokens, previous + 1, comma)
        if previous < first:
            leading = None if is_settled else leading_subject(tokens, first, comma)
            return role if leading is None or _completes(tokens, role, leading) else leading
        comma = previous
    return role


def _before_home(tokens: Tokens, phrase: Phrase | None, first: int) -> Phrase | None:
    """``, X of Maryland,``: X, where a comma stands in front."""
    if phrase is None or phrase.kind != "name" or phrase.first - 2 <= first or tokens.words[phrase.first - 1] != "of":
        return phrase
    named = ending_at(tokens, phrase.first - 2, first)
    is_apposed = named is not None and named.kind == "name" and tokens.kinds[named.first - 1] == "comma"
    return named if named and is_apposed and named.last > named.first else phrase


def _completes(tokens: Tokens, whole: Phrase | None, leading: Phrase) -> bool:
    """``League of Polish Bakers`` goes on from ``League``."""
    if whole is None or whole.first != leading.first or whole.last == leading.last:
        return False
    return tokens.words[leading.last + 1] == "of"


def joined(tokens: Tokens, phrase: Phrase, first: int) -> Phrase:
    """``Russian and Polish media``, ``X and Y``, ``X and his former aide Y``: two that are joined are one source."""
    is_named, kinds = tokens.kinds[phrase.last] == "name", tokens.kinds
    at = _before_kin(tokens, phrase.first - 1, first) if is_named else phrase.first - 1
    last = before_bracket(tokens, at - 1, first) if tokens.words[at - 1] == ")" else at - 1
    left = ending_at(tokens, last, first) if tokens.words[at] in _JOINING else None
    several = _several(tokens, left, first, phrase) if left and phrase.kind == "name" else None
    if several is not None:
        return _with_left(phrase, several)
    if left and phrase.kind == "role" and left.first > first and tokens.words[left.first - 1] == "of":
        left = head_of(tokens, left, first)
    if left is None or not (left.kind in ("name", "role") or _are_sources(tokens.words[left.last])):
        return phrase
    is_owned = tokens.words[left.first].endswith(GENITIVES) or kinds[left.first] == "determiner"
    is_somebody = phrase.kind == "role" or tokens.words[phrase.last] in SINGLES
    if left.kind != "name" and not (is_owned and kinds[phrase.first] == "determiner" and is_somebody):
        return phrase
    if phrase.kind == "name" and (whole := _body_of(tokens, left, first)):
        return _with_left(phrase, whole)
    opens = left.first == first or kinds[left.first - 1] in _CLOSES_NAME or tokens.words[left.first - 1] in _TIMING
    is_kin = tokens.words[phrase.first] in OWNERS and tokens.words[phrase.last] in _KIN
    is_pair = (is_named or is_kin or is_somebody) and opens
    inner = phrase.first + (kinds[phrase.first] == kinds[left.first] == "determiner")
    is_described = kinds[inner] == "name" and phrase.kind in ("noun", "role")
    if not is_pair and not (is_described and tokens.words[phrase.last].lower().endswith(_MANY)):
        return phrase
    return _with_left(phrase, left)


def _before_kin(tokens: Tokens, at: int, first: int) -> int:
    """The word in front of ``his former aide``, where "and" stands there."""
    here = at
    while here > first and (tokens.kinds[here] == "word" or tokens.words[here] in OWNERS):
        here -= 1
    return here if tokens.words[here] == "and" else at


def _with_left(phrase: Phrase, left: Phrase) -> Phrase:
    """Two phrases as one source."""
    source = Span(left.source.start, phrase.source.end)
    return msgspec.structs.replace(phrase, first=left.first, source=source, title=None)


def _with_first(tokens: Tokens, phrase: Phrase, first: int) -> Phrase:
    """``X, a judge, and his wife, Y, said``: a name beside its role may be the second of two."""
    role = ending_at(tokens, phrase.first - 2, first) if tokens.kinds[phrase.first - 1] == "comma" else None
    if role is None or role.kind == "name" or tokens.words[role.first - 1] != "and":
        return phrase
    leading = leading_subject(tokens, first, role.first - 1)
    has_verb = any(tokens.kinds[at] in FINITE or is_past(tokens.words[at]) for at in range(first, role.first))
    if leading is None or leading.kind == "noun" or has_verb:
        return phrase
    return _with_left(phrase, leading)


def _several(tokens: Tokens, left: Phrase, first: int, phrase: Phrase) -> Phrase | None:
    """``Presidents X of Latvia`` and Y of Estonia: a title of several in front, or one in front of each."""
    if left.first - 1 <= first or tokens.words[left.first - 1] != "of":
        return None
    named = ending_at(tokens, left.first - 2, first)
    if named is None or named.title is None:
        return None
    return named if phrase.title or named.title.of(tokens.text).endswith("s") else None


def _body_of(tokens: Tokens, phrase: Phrase, first: int) -> Phrase | None:
    """The body or office that a name completes: ``Ministry of Labour`` and Social Affairs."""
    at = phrase.first - 1
    outer = ending_at(tokens, at - 1, first) if tokens.words[at] in _OWNING | _PLACING else None
    if outer is None or (tokens.words[at] in _PLACING and outer.first > first):
        return None
    if outer.kind == "role" or _are_sources(tokens.words[outer.last]):
        return outer
    return _body_of(tokens, outer, first) if outer.kind == "noun" else None


def _are_sources(word: str) -> bool:
    """``Ministry``, ``ministries``, ``people``: bodies and persons, one or several."""
    singular = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    return word in PERSONS or word in SINGLES or word in BODIES or singular.capitalize() in BODIES or singular in BODIES


def _before_relative(tokens: Tokens, comma: int, first: int) -> int:
    """The comma in front of the relative clause that ends at a comma: ``X, who is at odds with Y and Z,``."""
    kinds, at = tokens.kinds, comma - 1
    for _ in range(PARENTHESES):
        while at > first and kinds[at] not in _CLOSES_NAME:
            if kinds[at] == "relative" and kinds[at - 1] in ("role", "name", "word"):
                return at
            at -= 1
        if at <= first or kinds[at] != "comma":
            return comma
        if kinds[at + 1] == "relative":
            return at
        if any(kinds[here] in FINITE or is_past(tokens.words[here]) for here in range(at + 1, comma)):
            return comma
        at -= 1
    return comma


def before_bracket(tokens: Tokens, at: int, first: int) -> int:
    """The word in front of a parenthesis that ends at ``at``."""
    for here in range(at - 1, max(first, at - _BRACKET) - 1, -1):
        if tokens.words[here] in ("(", "["):
            return here - 1
    return at - 1


def _is_circumstance(tokens: Tokens, at: int) -> bool:
    """``traveling to a meeting of ministers``, ``in blaming X``: the sentence is not about those named there."""
    at += tokens.kinds[at] == "preposition"
    return tokens.kinds[at] in ("word", "cue") and tokens.words[at].endswith("ing")


def _opens(tokens: Tokens, phrase: Phrase, first: int) -> bool:
    at = phrase.first
    while phrase.title and at - 1 > first and tokens.kinds[at - 1] == "word" and not is_past(tokens.words[at - 1]):
        at -= 1  # "longtime aide X"
    if tokens.words[at - 1] == "and" and _is_second(tokens, at - 2, first):
        return False
    return at == first or tokens.kinds[at - 1] in _OPENS_PHRASE or tokens.words[at - 1] in _BEFORE_PHRASE


def _is_second(tokens: Tokens, last: int, first: int) -> bool:
    """``, a friend of Y and Z,``: a name joined to what a preposition governs inside an apposition."""
    left = ending_at(tokens, last, first)
    if left is None or left.first <= first or tokens.kinds[left.first - 1] != "preposition":
        return False
    for at in range(left.first - 1, first, -1):
        if tokens.kinds[at] == "comma":
            return True
        if tokens.kinds[at] in FINITE or is_past(tokens.words[at]):
            return tokens.kinds[at - 1] == "comma" and is_past(tokens.words[at])
    return False


def _is_place(tokens: Tokens, phrase: Phrase, first: int) -> bool:
    """A state or age behind a name is no source: "Rep. Kirk, R-Ill., said" steps over "R-Ill."."""
    word = tokens.words[phrase.last]
    if phrase.first - 2 > first and tokens.kinds[phrase.first - 1] == "comma" and tokens.kinds[first] in _SOURCES:
        town = ending_at(tokens, phrase.first - 2, first)
        if town and town.kind == "name" and town.first > first and tokens.words[town.first - 1] in _PLACING:
            return head_of(tokens, town, first).kind != "role"
    return phrase.first == phrase.last and (
        word[:2] in ("R-", "D-", "I-") or word.rstrip(".") in ("Jr", "Sr") or word[-1] == "."
    )


def head_of(tokens: Tokens, phrase: Phrase, first: int) -> Phrase:
    """A name behind a preposition completes the phrase before it: "a spokesman for the Foreign Ministry"."""
    at = phrase.first - 1
    for _ in range(3):
        doer = _doer(tokens, phrase, first)
        if doer is not None:
            phrase, at = doer, doer.first - 1
            continue
        if at - 1 > first and tokens.words[at - 1 : at + 1] == ("such", "as"):
            many = ending_at(tokens, at - 2, first)
            return many or phrase
        office = _joined_office(tokens, phrase, first)
        if office is not None:
            phrase, at = office, office.first - 1
        if tokens.words[at] == "by" and at > first and _is_done(tokens.words[at - 1]):
            is_relayed = tokens.words[at - 1] in _RELAYED
            return (is_relayed and ending_at(tokens, at - 2, first)) or phrase
        if at > first and tokens.kinds[at] == "preposition" and tokens.words[at] in _COMPLETING:
            outer = ending_at(tokens, at - 1 - (tokens.words[at - 1] in NEARNESS), first)
            if outer is None or any(map(is_past, tokens.words[outer.first + 1 : outer.last])):
                return phrase
            if outer.kind == "name" and tokens.words[outer.last] in BODIES and tokens.words[at] in ("for", "in", "of"):
                whole = Span(outer.source.start, phrase.source.end)
                phrase, at = Phrase(outer.first, phrase.last, "name", whole), outer.first - 1
                continue
            if (
                outer.kind == "noun"
                and phrase.kind != "noun"
                and not _has_article(tokens, outer)
                and tokens.words[at] not in ("of", "for", "at")
            ):
                return phrase
            phrase, at = outer, outer.first - 1
        else:
            break
    return phrase


def _joined_office(tokens: Tokens, phrase: Phrase, first: int) -> Phrase | None:
    """``minister of trade and industry``: the first of two fields that are one office."""
    words, at = tokens.words, phrase.first - 1
    if at <= first or words[at] != "and" or words[phrase.last].capitalize() not in PORTFOLIOS:
        return None
    left = ending_at(tokens, at - 1, first)
    is_office = left is not None and words[left.last].capitalize() in PORTFOLIOS
    return left if left and is_office and words[left.first - 1] in _OWNING else None


def _doer(tokens: Tokens, phrase: Phrase, first: int) -> Phrase | None:
    """``protesters marching through the streets``, ``lawyers representing it``: those the participle is said of."""
    kinds, words, at = tokens.kinds, tokens.words, phrase.first - 1
    done = _done_to(tokens, phrase, first) if phrase.kind != "pronoun" else None
    if done is not None:
        return done
    is_governed = at > first and kinds[at] == "preposition" and words[at] not in _TIMING
    at -= is_governed
    if at <= first or kinds[at] != "word" or not (is_governed or kinds[phrase.first] == "determiner"):
        return None
    before = words[at - 1].lower()
    is_many = before.endswith("s") or kinds[at - 1] == "role" or before in PERSONS
    is_active = words[at].endswith("ing") and (is_many or kinds[at - 1] == "name")
    is_passive = is_governed and is_many and words[at].endswith("ed")
    return ending_at(tokens, at - 1, first) if is_active or is_passive else None


def _done_to(tokens: Tokens, phrase: Phrase, first: int) -> Phrase | None:
    """``a note sent to the embassy before the drill``: what a participle and its circumstances are said of."""
    kinds, words = tokens.kinds, tokens.words
    for _ in range(_PREPOSITIONS):
        at = phrase.first - 1
        if at <= first or kinds[at] != "preposition" or words[at] == "by":
            return None
        if words[at] in _TIMING and phrase.kind != "noun":
            return None
        while kinds[at - 1] == "preposition" and at - 1 > first:
            at -= 1
        if _is_done(words[at - 1]):
            done = ending_at(tokens, at - 2, first)
            is_whole = done is not None and done.kind in ("noun", "role") and _has_article(tokens, done)
            return done if is_whole and done and _opens(tokens, done, first) else None
        inner = ending_at(tokens, at - 1, first)
        if inner is None:
            return None
        phrase = inner
    return None


def _is_done(word: str) -> bool:
    return is_past(word) or word in _PARTICIPLES


def _has_article(tokens: Tokens, phrase: Phrase) -> bool:
    words = tokens.words[phrase.first : phrase.last + 1]
    return tokens.kinds[phrase.first] == "determiner" or words[-1].endswith(_MANY) or words[0].endswith(GENITIVES)
