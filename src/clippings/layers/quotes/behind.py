"""The rules on what stands right behind a quotation."""

from __future__ import annotations

from clippings.layers.quotes.sites import DASHES, Attribution, Rule, Site
from clippings.text.clauses import BE
from clippings.text.heads import named_beside
from clippings.text.phrases import Phrase, is_past, starting_at
from clippings.text.subjects import Clause

DESCRIBED = 8  # Words between a quotation and a source that they describe.
APPOSED = 12  # Words between a quotation and a name that stands beside its role.
REACH = 3  # Words between a verb and what it was said of.
_DESCRIBING = frozenset({"word", "name", "cap", "determiner", "role", "preposition"})
_CUTS = frozenset({"cue", "quote", "mark", "comma"})
_ENDS_NAME = frozenset({"preposition", "comma", "mark", "conjunction", "adverb"})
_ENDS_SIGNATURE = frozenset({"comma", "mark", "preposition", "quote", "number"})


def cue_first(site: Site) -> Attribution | None:
    """``," said X`` and ``," according to X``."""
    start, _ = _start(site)
    clause = next((clause for clause in site.clauses if start is not None and clause.first >= start), None)
    if clause and clause.first == start and clause.shape in ("cue first", "according"):
        return site.tied(clause)
    return None


def source_first(site: Site) -> Attribution | None:
    """``," X said``."""
    start, has_comma = _start(site)
    if start is None or not has_comma:
        return None
    for clause in site.clauses:
        if clause.first >= start and site.is_followed_by(clause):
            return None
        if clause.first < start or _is_participle(site, clause.source.first):
            continue
        is_led = _leads(site, start, clause.source) and clause.source.last < clause.first
        return site.tied(clause, Rule.SOURCE_FIRST) if is_led or _is_apposed(site, start, clause) else None
    return None


def bare_name(site: Site) -> Attribution | None:
    """A name or role right behind a quotation that ends in a comma, with a verb that no codebook lists."""
    tokens, (start, has_comma) = site.tokens, _start(site)
    if start is None or not has_comma or site.mark not in ",?!" or _is_reported(site):
        return None
    kinds, words = tokens.kinds, tokens.words
    if start == site.at + 1 and kinds[start] == "word" and words[start].endswith("ed"):
        phrase = starting_at(tokens, start + 1, site.end)
        if phrase and phrase.kind in ("name", "role"):
            return site.named(phrase, Rule.BARE, start)
    phrase = starting_at(tokens, start, site.end)
    if phrase is None or phrase.last + 1 >= site.end or phrase.kind == "noun":
        return None
    follows = phrase.last + 1
    if kinds[follows] == "word" and words[follows].endswith(("ed", "s")):
        return site.named(phrase, Rule.BARE, follows)
    return site.named(phrase, Rule.BARE) if kinds[follows] in _ENDS_NAME else None


def _is_reported(site: Site) -> bool:
    """``Orlov said, noting that while there are "some angry people," Petrova already ...``: a part of what is said."""
    is_part = site.tokens.text[site.quoted.inner.start : site.quoted.inner.start + 1].islower()
    return is_part and any(clause.is_report and clause.last < site.at for clause in site.clauses)


def signed(site: Site) -> Attribution | None:
    """``"..." - X``: a dash and a name behind a quotation."""
    is_inserted = site.at > site.first and site.tokens.words[site.at - 1] in DASHES
    if is_inserted or DASHES.isdisjoint(site.tokens.words[site.at + 1 : site.at + 2]):
        return None
    phrase = starting_at(site.tokens, site.at + 2, site.end)
    if phrase is None or phrase.kind not in ("name", "role"):
        return None
    after = phrase.last + 1
    is_closed = after >= site.end or site.tokens.kinds[after] in _ENDS_SIGNATURE
    return site.named(phrase, Rule.SIGNED) if is_closed else None


def passive(site: Site) -> Attribution | None:
    """``was called "..." by Y``."""
    tokens, at = site.tokens, site.at
    if tokens.words[at + 1 : at + 2] != ("by",) or tokens.words[at - 1] == "to":
        return None
    near = range(at - 1, max(site.first, at - 1 - REACH) - 1, -1)
    cue = next((here for here in near if tokens.kinds[here] == "cue"), None)
    if cue is None or not tokens.words[cue].endswith("ed") or tokens.kinds[cue - 1] == "pronoun":
        return None
    if cue < at - 1 and tokens.kinds[cue + 1] == "name" and tokens.words[cue - 1] not in BE:
        return None
    phrase = starting_at(tokens, at + 2, site.end) if tokens.kinds[at + 2 : at + 3] != ("time",) else None
    return site.named(named_beside(tokens, phrase, site.end), Rule.BY, cue) if phrase else None


def _start(site: Site) -> tuple[int | None, bool]:
    """Where a report behind a quotation begins, None where none can, and whether a mark of the sentence ends it."""
    kinds, start = site.tokens.kinds, site.at + 1
    has_comma = site.mark in ",?!-—–…."
    while start < site.end and kinds[start] in ("comma", "adverb"):
        has_comma = has_comma or kinds[start] == "comma"
        start += 1
    if start >= site.end or kinds[start] in ("conjunction", "relative") or site.breaks:
        return None, has_comma
    return start, has_comma


def _leads(site: Site, start: int, source: Phrase) -> bool:
    """Tell whether nothing stands in front of a source but what describes it: "Pentagon press" of "secretary X"."""
    tokens = site.tokens
    if source.first in (start, start + 1):
        return True
    if source.kind not in ("name", "role") or source.first not in range(start, start + DESCRIBED + 1):
        return False
    between = range(start, source.first)
    is_described = all(tokens.kinds[at] in _DESCRIBING and not is_past(tokens.words[at]) for at in between)
    return is_described and site.mark in ",?!"


def _is_participle(site: Site, at: int) -> bool:
    return site.tokens.kinds[at] == "word" and site.tokens.words[at].endswith("ing")


def _is_apposed(site: Site, start: int, clause: Clause) -> bool:
    """``," the leader of one team, Anna Petrova, said``: the name of the source stands beside its role."""
    tokens, name = site.tokens, clause.source.first
    if name <= start or name - start > APPOSED or tokens.kinds[name - 1] != "comma":
        return False
    phrase = starting_at(tokens, start, site.end)
    is_role = phrase is not None and phrase.kind in ("role", "noun")
    return is_role and not _CUTS & set(tokens.kinds[start : name - 1])
