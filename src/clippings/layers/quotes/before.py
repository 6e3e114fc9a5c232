"""The rules on what stands in front of a quotation, or elsewhere in its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from clippings.layers.quotes.sites import DASHES, OF_SHAPE, Attribution, Rule, Site, is_labelled
from clippings.model import Span
from clippings.text.grammar_words import BODIES, KINDS, OPENERS, OWNERS, PERSONS, SPOKEN, SUPPOSING
from clippings.text.heads import named_beside
from clippings.text.phrases import FINITE, GENITIVES, Phrase, ending_at, is_past, starting_at
from clippings.text.sentence_subject import leading_subject
from clippings.text.subjects import SAYING, Clause
from clippings.text.tokens import Tokens

NEAR = 7  # Words from a noun of saying to the quotation.
OWNED = 3  # Words from the owner to the noun of saying.
LONG = 9  # Blanks in a quotation that is a sentence whatever its mark.
BEGINS = 2  # Words between a report and what it reports.
BESIDE = 4  # Words between a verb and a quotation that it stands beside.
JUDGING = 12  # Words between a verb of judging and the quotation.
OUTER = 3  # Words from a report to the pronoun inside it.
_ABOUT = frozenset(["about", "of", "that"])
_LABEL = re.compile(r"\s*([A-Z]{3,}(?:[ -][A-Z]{3,})?): ")
_SPEAKERS = frozenset(["i", "we", "you"])
_JOINING = frozenset([",", "and", "but", "or", "yet"])
_TURNING = frozenset(["and", "but", "while", "whereas"])
_TRYING = frozenset(["tried", "tries", "sought", "seeks", "began", "continued", "went", "goes", "rose", "used"])
_RELAYING = frozenset(["report", "reports", "reported"])
_PAPERS = frozenset(["ad", "declaration", "document", "footnote", "letter", "report", "statement"])
_PLANS = frozenset(["plan", "plans"])
_PARTS = frozenset({"conjunction", "mark"})
_BESIDE_CUE = frozenset({"adverb", "preposition"})
_CONTENT = frozenset({"name", "role", "word", "quote", "cue"})
_OPENING = frozenset([".", "?", "and", "]", ")", *DASHES])


def label_inside(site: Site) -> Attribution | None:
    """``"PETROVA: We wait."``: a transcript between marks names who speaks itself."""
    found = _LABEL.match(site.tokens.text, site.quoted.inner.start, site.quoted.inner.end)
    return Attribution(Span(*found.span(1)), None, Rule.COLON) if found else None


def owner_of_remark(site: Site) -> Attribution | None:
    """``Petrova's "step back" remark``: the owner in front, and a noun of saying behind."""
    words, at = site.tokens.words, site.at
    is_said = at > site.first and SPOKEN.difference(_PLANS).intersection(words[at + 1 : at + 2])
    source = _owner_at(site, at - 1) if is_said else None
    return Attribution(source, site.tokens.span(at + 1, at + 1), Rule.OWNER) if source else None


def introduced(site: Site) -> Attribution | None:
    """A report in front of a quotation that counts more than one behind it."""
    is_done_by = site.tokens.words[site.at + 1 : site.at + 2] == ("by",)
    return cue_of_saying(site) if not is_done_by and _is_introduced(site) else None


def name_and_colon(site: Site) -> Attribution | None:
    """``X: "..."``: a name and a colon in front of a quotation, as a transcript has them."""
    tokens, at, first = site.tokens, site.at, site.first
    if at - 1 <= first or tokens.words[at - 1] != ":" or is_labelled(tokens, at):
        return None
    phrase = ending_at(tokens, at - 2, first)
    if phrase is None or phrase.kind != "name" or tokens.kinds[phrase.first] == "determiner":
        return None
    before = phrase.first - 1
    opens = before < first or tokens.words[before] in _OPENING or phrase.first in tokens.breaks
    opens = opens or _is_verbless(site, phrase)
    opens = opens or (before > first and tokens.words[before - 1 : before + 1] == ("More", "from"))
    return site.named(phrase, Rule.COLON) if opens else None


def _is_verbless(site: Site, phrase: Phrase) -> bool:
    """``Y voted for it, but the deputy from Lida, X: "..."``: a clause without a verb has a new source, in full."""
    tokens, at = site.tokens, phrase.first
    joint = next((here for here in range(at - 1, site.first, -1) if tokens.words[here] in _TURNING), None)
    if joint is None or tokens.kinds[joint - 1] != "comma" or " " not in phrase.source.of(tokens.text):
        return False
    if any(tokens.kinds[here] in FINITE or is_past(tokens.words[here]) for here in range(joint, at)):
        return False
    opening = starting_at(tokens, joint + 1, at)
    is_apposed = opening is not None and opening.kind != "name" and tokens.kinds[at - 1] == "comma"
    return joint == at - 1 or is_apposed


def cue_of_saying(site: Site) -> Attribution | None:
    """``X said: "``, ``X told reporters that "``; the nearest verb of saying counts, or a cue right beside."""
    clauses = (clause for clause in reversed(site.clauses) if not _is_closed(site, clause))
    near = (clause for clause in clauses if clause.first <= site.at and _is_strong(site, clause))
    return None if _is_of_another(site) else _reported(site, next(near, None))


def _is_of_another(site: Site) -> bool:
    """``ruled that Petrova's claim about "..."``: words of whoever is said to have made them; not ``in her claim``."""
    words, noun = site.tokens.words, site.at - 2
    if SPOKEN.isdisjoint(words[noun : noun + 1]) or words[site.at - 1] not in _ABOUT:
        return False
    return words[noun - 1].endswith(GENITIVES) and site.tokens.kinds[noun - 2] != "preposition"


def any_cue(site: Site) -> Attribution | None:
    """``X hopes that the plan is "dead"``: the nearest verb, whatever its kind."""
    near = (one for one in reversed(site.clauses) if one.first <= site.at and not _is_closed(site, one))
    return _reported(site, next(near, None))


def cue_later(site: Site) -> Attribution | None:
    """``"..." is no good, X said``: a clause behind the quotation that ends the sentence."""
    for clause in () if site.breaks else site.clauses:
        is_apart = clause.first > site.at and not site.is_followed_by(clause)
        if is_apart and clause.frame in SAYING and _stands_apart(site, clause):
            return site.tied(clause, Rule.LATER)
    return None


def owner(site: Site) -> Attribution | None:
    """``his claim that "..."``, ``Serdyukov's call for "..."``: the owner of a noun of saying."""
    tokens, first = site.tokens, site.first
    for noun in range(site.at - 1, max(first, site.at - 1 - NEAR), -1):
        if tokens.words[noun] not in SPOKEN or "as" in tokens.words[noun + 1 : site.at]:  # "played down X's words as"
            continue
        for here in range(noun - 1, max(first - 1, noun - 1 - OWNED), -1):
            source = _owner_at(site, here)
            if source and not (tokens.words[here - 1] == "about" and tokens.words[noun + 1] == ":"):
                return Attribution(source, tokens.span(noun, noun), Rule.OWNER)
    return None


def subject_of_sentence(site: Site) -> Attribution | None:
    """The subject of a sentence that holds a quotation without a cue."""
    if site.at == site.first:
        phrase = None if _is_sentence(site) else leading_subject(site.tokens, site.at + 1, site.end)
        return site.named(phrase, Rule.SUBJECT) if phrase and phrase.kind != "noun" else None
    if is_labelled(site.tokens, site.at) or site.tokens.words[site.at - 2 : site.at] == ("known", "as"):
        return None
    phrase = leading_subject(site.tokens, site.first, site.at) or leading_subject(site.tokens, site.at + 1, site.end)
    if phrase is None or _is_signature(site, phrase) or not _may_speak(site, phrase) or _is_predicate(site, phrase):
        return None
    return site.named(named_beside(site.tokens, phrase, site.end), Rule.SUBJECT)


def _is_signature(site: Site, phrase: Phrase) -> bool:
    """``- X`` on a line of its own is of the quotation above."""
    behind = site.tokens.text[phrase.source.end : site.quoted.span.start]
    return "\n" in behind and not DASHES.isdisjoint(site.tokens.words[phrase.first - 1 : phrase.first])


def _is_predicate(site: Site, phrase: Phrase) -> bool:
    """``Petrova "kind of lost. It is too late."``: whole words said of the subject right in front of them."""
    inner = site.quoted.inner.of(site.tokens.text)
    return phrase.last == site.at - 1 and inner[:1].islower() and site.mark in ".?!"


def _may_speak(site: Site, phrase: Phrase) -> bool:
    """A thing says nothing where no verb reports; persons, bodies and papers may."""
    word = site.tokens.words[phrase.last].lower()
    if word == "it" or site.tokens.words[phrase.first - 1] == "whom":
        return False
    if phrase.kind != "noun" or site.tokens.kinds[phrase.last] == "name":
        return True
    return word in PERSONS or word in _PAPERS or word.capitalize() in BODIES


def _is_introduced(site: Site) -> bool:
    """Tell whether a report in front of a quotation counts more than one behind it.

    ``X said: "We wait." He added``, ``X asked for "more time." He went on``, ``When X said "no," Y left``,
    ``X called it "a step back," the agency reported``.
    """
    tokens, at, clauses = site.tokens, site.at, site.clauses
    behind = [clause for clause in clauses if clause.first > at]
    if any(tokens.words[clause.last] in _RELAYING for clause in behind):
        return True
    if any(clause.last == at - 1 and _is_fronted(tokens, clause) for clause in clauses):
        return True
    if tokens.words[site.first].lower() in OPENERS and "comma" not in tokens.kinds[site.first : at - 1]:
        return True
    if site.mark not in ".?!":
        return False
    is_marked = tokens.words[at - 1] in (",", ":")
    cue = at - 2 - (at > 1 and tokens.kinds[at - 2] in _BESIDE_CUE)  # "cried out:"
    is_told = any(cue < clause.end < at and clause.frame in SAYING for clause in clauses)
    return (is_marked and is_told) or _is_followed(site, behind)


def _is_fronted(tokens: Tokens, clause: Clause) -> bool:
    """``under what Petrova called "a step back," the club ...``."""
    before = clause.source.first - 1
    before -= tokens.kinds[before] == "title"
    return tokens.words[before] == "what"


def _is_followed(site: Site, behind: Sequence[Clause]) -> bool:
    """Tell whether what stands behind a whole sentence quoted begins another one."""
    tokens, at = site.tokens, site.at
    if any(tokens.words[clause.end : clause.end + 1] == (":",) for clause in behind[:1]):
        return True
    is_report = site.mark == "." and tokens.words[at - 1] != ":" and any(one.is_report for one in site.clauses[:1])
    begins = at + 1 < site.end and tokens.words[at + 1][:1].isupper()
    return is_report or (begins and (tokens.kinds[at + 1] == "pronoun" or tokens.words[at + 1].lower() in OWNERS))


def _reported(site: Site, clause: Clause | None) -> Attribution | None:
    if clause is None:
        return None
    judged = _judged(site, clause)
    if judged:
        return site.named(judged, Rule.BEFORE, clause.first)
    told = _outer(site, clause) or _reporter(site, clause) or _told_before(site, clause) or clause
    return site.tied(told, Rule.BEFORE if told.shape == "source first" else OF_SHAPE[told.shape])


def _judged(site: Site, clause: Clause) -> Phrase | None:
    """``X slammed Y for saying "..."``: the words are of Y."""
    words = site.tokens.words
    if words[clause.first - 1] != "for" or not words[clause.first].endswith("ing"):
        return None
    for other in site.clauses:
        judged = starting_at(site.tokens, other.last + 1, clause.first - 1) if other.frame == "call" else None
        if judged and judged.kind in ("name", "role"):
            return judged
    return None


def _outer(site: Site, clause: Clause) -> Clause | None:
    """``X said she called it "..."``: the pronoun stands for the source of the report around it."""
    tokens, start = site.tokens, clause.source.first
    if tokens.kinds[start] not in ("pronoun", "contraction"):
        return None
    if start and tokens.words[start - 1] == "what" and tokens.words[start].lower() not in _SPEAKERS:
        leading = leading_subject(tokens, site.first, start - 1)
        is_source = leading and (leading.kind in ("name", "role") or tokens.words[leading.first].endswith(GENITIVES))
        return msgspec.structs.replace(clause, source=leading) if leading and is_source else None
    if tokens.words[start - 1] in _JOINING:
        return None
    for other in site.clauses:
        is_near = other.last in range(start - OUTER, start) and "quote" not in tokens.kinds[other.last : start]
        if is_near and other.is_report:
            return other
    return None


def _reporter(site: Site, clause: Clause) -> Clause | None:
    """``X said the plan would promise "..."``: what a report says a thing or somebody may say is the reporter's."""
    kinds = site.tokens.kinds
    outer = next((other for other in reversed(site.clauses) if other.last < clause.begin and other.is_report), None)
    if outer is None or "quote" in kinds[outer.last : clause.begin]:
        return None
    if _is_supposed(site, clause) or _is_of_relative(site, clause):
        return outer
    is_next = clause.begin - outer.end <= BEGINS and site.at - clause.end > BESIDE
    is_thing = clause.source.kind == "noun" and not _PARTS & set(kinds[outer.end : clause.begin])
    return outer if clause.frame not in SAYING and (is_next or is_thing) else None


def _is_of_relative(site: Site, clause: Clause) -> bool:
    """``X said those who complained of it in May "would be out"``: a clause that only says who they are."""
    tokens, who = site.tokens, clause.source.first
    is_relative = tokens.words[who] == "who" and tokens.kinds[who - 1] != "comma" and site.at - clause.end > BESIDE
    words = (*tokens.words[site.at - 1 : site.at], *site.quoted.inner.of(tokens.text).split(maxsplit=1)[:1])
    return is_relative and "auxiliary" in map(KINDS.get, words)


def _told_before(site: Site, clause: Clause) -> Clause | None:
    """``X said, according to a transcript, "..."``: the words are those of X."""
    at = site.clauses.index(clause) if clause.shape == "according" else 0
    before = site.clauses[at - 1]
    return before if at and before.is_report and "quote" not in site.tokens.kinds[before.last : clause.first] else None


def _is_supposed(site: Site, clause: Clause) -> bool:
    """``would say``, ``should call``: nothing has been said yet."""
    here = clause.first - 1
    while here > clause.source.last and site.tokens.kinds[here] == "adverb":
        here -= 1
    return site.tokens.words[here] in SUPPOSING


def _is_strong(site: Site, clause: Clause) -> bool:
    """Tell whether a cue before a quotation is a verb of saying, or stands right in front of it."""
    between = site.tokens.kinds[clause.end : site.at]
    is_beside = len(between) <= BESIDE and not _CONTENT & set(between)
    if clause.frame == "think":
        is_beside = is_beside and site.tokens.words[clause.first - 1] not in ("not", "never")
        return is_beside and not any(other.first < clause.first and other.frame in SAYING for other in site.clauses)
    words = site.tokens.words
    is_infinitive = words[clause.first - 1] == "to" and words[clause.first - 2] not in _TRYING
    if is_beside or clause.frame in SAYING:
        return is_beside or not is_infinitive
    return len(between) <= JUDGING and not is_infinitive and "cue" not in between


def _is_closed(site: Site, clause: Clause) -> bool:
    """``As X spoke, the bank was at work on "..."``: a clause that opens the sentence and ends before its subject.

    ``As X noted, the bank was "..."`` reports the rest of the sentence.
    """
    kinds, words = site.tokens.kinds, site.tokens.words
    if words[site.first] == "As" and clause.is_report and kinds[clause.end : clause.end + 1] == ("comma",):
        return False
    if words[clause.source.first - 1] == "whom" and "comma" in kinds[clause.end : site.at]:
        return True
    if words[site.first].lower() not in OPENERS or "comma" in kinds[site.first : clause.first]:
        return False
    comma = next((at for at in range(clause.end, site.at) if kinds[at] == "comma"), site.at)
    return comma < site.at and leading_subject(site.tokens, comma + 1, site.at) is not None


def _stands_apart(site: Site, clause: Clause) -> bool:
    begin = clause.begin - (site.tokens.words[clause.begin - 1] == "as")
    return begin > site.at and site.tokens.kinds[begin - 1] in ("comma", "quote", "mark")


def _owner_at(site: Site, at: int) -> Span | None:
    tokens = site.tokens
    if tokens.words[at].lower() in OWNERS:
        return tokens.span(at, at)
    if not tokens.words[at].endswith(GENITIVES) or tokens.kinds[at] not in ("name", "role", "word"):
        return None
    phrase = ending_at(tokens, at, site.first)
    ending = 2 if tokens.words[at].endswith("s") else 1
    return Span(phrase.source.start, phrase.source.end - ending) if phrase else None


def _is_sentence(site: Site) -> bool:
    """Tell whether a quotation stands as a sentence of its own: it begins one, and ends one or is long."""
    text = site.quoted.inner.of(site.tokens.text)
    return not text[:1].islower() and (site.mark in ".?!…-—" or (site.mark != "," and text.count(" ") >= LONG))
