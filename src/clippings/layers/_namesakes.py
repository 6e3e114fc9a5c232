"""Names of the gazetteer that stand for somebody else: another first name, another trade, another of the surname."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from clippings.codebook import Actor, Codebook
from clippings.codebook.matching import Hit, fold
from clippings.model import Clipping
from clippings.text.grammar_words import BODIES, GIVING, KINDS, OFFICES, PORTFOLIOS, TRADES
from clippings.text.lexicon import Lexicon, lexicon

_WORD = re.compile(r"[^\W\d_](?:\.|[\w'’-]*)")
_NEAR = 32
_SHORTENED, _NICKNAME = 4, 6
_TITLES = frozenset({"role", "title"})
_VERBAL = ("ed", "ing", "ly", "'s", "’s", "s'", "s’")
_BESIDE = re.compile(
    r",? (?:aged? )?(?:\d+, )?(?:an?|the|our|his|her|their) (?:[\w-]+ ){0,3}?([\w-]+)"
    r"(?=[,.;:!?]| (?:from|of|in|at|for|with|who|and)\b)"
)
_SURNAME_BEHIND = re.compile(r" ([A-Z][^\W\d_]{2,})(?=,? [a-z])")
_WORKING = re.compile(r", who (?:drives|drove|farms|farmed|sells|sold|repairs|cooks|cleans|teaches|taught) ")
_APART = 300  # Characters between two of one surname in a paragraph, from which on the later one is meant.


def others(clipping: Clipping, codebook: Codebook, hits: Sequence[Hit]) -> set[Hit]:
    """Return the hits that name somebody or something else than the gazetteer's actor.

    Args:
        clipping: the clipping.
        codebook: its gazetteer gives the names of persons, its cues the roles.
        hits: the hits of names in the text, sorted by position.

    >>> from clippings import Codebook, parse
    >>> clipping, codebook = parse("Florence Rice met Rice.", layout="plain")[0], Codebook.load()
    >>> hits = [hit for hit in codebook.scan(clipping.text) if hit.form.kind == "surname"]
    >>> sorted((hit.start, hit.end) for hit in others(clipping, codebook, hits))
    [(9, 13), (18, 22)]
    """
    text = clipping.text
    found = {hit for hit in hits if hit.form.text in ("US", "U.S") and _is_no_state(text, hit)}
    persons = [hit for hit in hits if hit.form.kind in ("person", "surname")]
    if not persons:
        return found
    words, actors = lexicon(codebook), codebook.actors
    ends = {hit.end for hit in hits if hit.form.kind not in ("person", "surname")}
    starts = {hit.start for hit in hits}
    whole = {hit.end: hit for hit in reversed(persons) if hit.form.kind == "person"}
    title = clipping.fields.get("title")
    named: dict[str, list[tuple[int, int | None]]] = {}
    bare: list[Hit] = []
    for hit in persons:
        actor, surname = actors[hit.form.target], text[hit.start : hit.end].rpartition(" ")[2]
        if hit.form.kind == "person":
            is_other = _is_of_trade(text, hit) or (hit.end + 1 not in starts and _goes_on(text, hit.end, words))
            named.setdefault(surname, []).append((hit.start, None if is_other else hit.form.target))
            found |= {hit} if is_other else set()
            continue
        around = whole.get(hit.end)
        if around:
            found |= {hit} if around in found or around.form.target != hit.form.target else set()
            continue
        first = _first_name(text, hit, words, ends)
        is_inside = bool(title and title.span and title.span.start <= hit.start < title.span.end)
        if first is None or (is_inside and not _is_given(first, actors)):
            bare.append(hit)
        elif not _fits(first, actor):
            found.add(hit)
            named.setdefault(surname, []).append((hit.start, None))
    found |= {hit for hit in bare if _is_of_another(text, hit, named.get(text[hit.start : hit.end], ()), words)}
    return found


def _first_name(text: str, hit: Hit, words: Lexicon, ends: set[int]) -> str | None:
    """The first name printed in front of a surname."""
    word = _word_before(text, hit.start)
    if not word[:1].isalpha() or hit.start - 1 in ends:
        return None
    is_acronym = len(word) > 2 and word.isupper() and not text[hit.start : hit.end].isupper()
    if not word[0].isupper() or word.endswith(_VERBAL) or is_acronym:
        return None
    is_closed = word.lower() in KINDS and KINDS[word.lower()] != "time"
    is_office = word in OFFICES or word in PORTFOLIOS or word in BODIES
    return None if is_closed or is_office or words.kind(word) in (*_TITLES, "cap") else word


def _word_before(text: str, at: int) -> str:
    """The word that ends one blank or line break in front of an offset, empty where none does."""
    if text[at - 1 : at] not in (" ", "\n") or text[max(0, at - 2) : at].isspace():
        return ""
    word = text[max(0, at - _NEAR) : at].rsplit(maxsplit=1)[-1]
    return word if _WORD.fullmatch(word) else ""


def _is_given(word: str, actors: Sequence[Actor]) -> bool:
    return any(actor.kind == "person" and any(name.startswith(f"{word} ") for name in actor.names) for actor in actors)


def _fits(first: str, actor: Actor) -> bool:
    """Tell whether a first name, a nickname or an initial can be the actor's."""
    given = [part for name in actor.names for part in fold(name).split()[:-1]]
    word = fold(first).rstrip(".")
    is_short = len(word) == 1 or first.endswith(".")
    return any(
        part.startswith(word if is_short else word[:_SHORTENED]) for part in given if len(word) < _NICKNAME
    ) or any(_consonants(part) == _consonants(word) for part in given)


def _consonants(word: str) -> str:
    return word[:1] + re.sub(r"[aeiouyj'-]|(.)(?=\1)", "", word[1:])


def _goes_on(text: str, end: int, words: Lexicon) -> bool:
    """``Theresa May Odhiambo, a nurse``: a further surname behind a known name."""
    behind = _SURNAME_BEHIND.match(text, end)
    if behind is None:
        return False
    word = behind[1]
    is_closed = word.lower() in KINDS or word in OFFICES or word in PORTFOLIOS or word in BODIES
    return not is_closed and words.kind(word) not in (*_TITLES, "cap")


def _is_of_trade(text: str, hit: Hit) -> bool:
    """``Sergei Ivanov, a plumber``, ``the plumber Sergei Ivanov``: no holder of public office."""
    before = _word_before(text, hit.start).lower()
    behind = _BESIDE.match(text, hit.end)
    is_behind = behind is not None and behind[1].lower() in TRADES
    return is_behind or before in TRADES or bool(_WORKING.match(text, hit.end))


def _is_of_another(text: str, hit: Hit, named: Sequence[tuple[int, int | None]], words: Lexicon) -> bool:
    """Tell whether another of the surname was named last, or so near that a bare surname may mean either."""
    if all(who == hit.form.target for _, who in named):
        return False
    before = _word_before(text, hit.start)
    if before and words.kind(before) == "role" and any(who == hit.form.target for _, who in named):
        return False
    at = bisect_left([place for place, _ in named], hit.start)
    if at == 0:
        return not any(who == hit.form.target for _, who in named)
    place, who = named[at - 1]
    return who != hit.form.target or any(
        place - other < _APART and "\n\n" not in text[other:place] for other, one in named[: at - 1] if one != who
    )


def _is_no_state(text: str, hit: Hit) -> bool:
    """``TELL US WHY``: behind a verb in capitals it may be no state; ``U.S`` is the start of ``U.S.S.R.``."""
    if hit.form.text == "U.S":
        return text[hit.end : hit.end + 1] == "."
    before = _word_before(text, hit.start)
    return before.isupper() and before.lower() in GIVING
