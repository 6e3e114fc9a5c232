"""Why a piece of evidence is there, in a sentence: the method ``why`` of each kind of record."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec

_RULES = "layers/quotes/rules.yaml"
INDEFINITE = frozenset({"a", "an", "another", "one"})
WRONGLY_DECODED = re.compile(r"[\x80-\x9f¢-ª¬-ºÂÃ]")
_JOINED = re.compile(r" (?:and|nor|or) ")
NOBODY = frozenset({"i", "we", "you", "us", "me", "our", "my", "they", "them", "their"})
_PRONOUNS = frozenset({"he", "she", "it", "his", "her", "its", "him", "who", "which"})


@functools.cache
def named(file: str) -> dict[str, dict[str, str]]:
    """Return the values that a file of the package lists under ``names``, each with meaning and example.

    >>> named("layers/quotes/rules.yaml")["signed"]["meaning"]
    'a dash and a name behind'
    """
    text = files("clippings").joinpath(file).read_bytes()
    found: dict[str, dict[str, str]] = msgspec.yaml.decode(text.partition(b"\n---\n")[0])["names"]
    return found


def quote(self: Any, text: str) -> str:
    """Say in a sentence what the attribution rests on, each part with its place in ``text``, that of the page.

    >>> from clippings.evidence import Quote
    >>> from clippings.model import Span
    >>> found = Quote(0, 10, "speech", "inverted cue", "Anna Petrova", source=Span(16, 23), cue=Span(11, 15),
    ...               resolved_by="surname")
    >>> found.why('"We wait," said Petrova.')
    'The speech at 0-10 is of Anna Petrova: "said" (11-15) reports it and "Petrova" (16-23) names its source
    (inverted cue: verb, then name, behind the quotation or in front of it), resolved by surname.'
    """
    what = {"reported": "report", "mixed": "fragment", "speech": "speech"}.get(self.kind, "run")
    head = f"The {what} at {self.start}-{self.end}"
    if self.source is None:
        reason = _rule(self.rule) if self.kind in ("speech", "mixed") else f"its kind is {self.kind}"
        return f"{head} is tied to no source: {reason}."
    cue = f"{_placed(self.cue, text)} reports it and " if self.cue else ""
    resolved = f", resolved by {self.resolved_by}" if self.resolved_by else f"; {_missing(self.source, text)}"
    named = f"{_placed(self.source, text)} names its source ({_rule(self.rule)}){resolved}"
    around = "".join(_around(self, text))
    sort = f" What speaks is of the type {self.source_type}." if self.source_type else ""
    return f"{head} is of {self.speaker or 'a source without a name'}: {cue}{named}.{sort}{around}"


def _around(self: Any, text: str) -> Iterator[str]:
    """Who carried the words, who was told, and who quotes their source, where they are named."""
    for span, said in (
        (self.via, "carried them"),
        (self.addressee, "was told"),
        (self.relayed_by, "quotes the source"),
    ):
        if span:
            yield f" {_placed(span, text)} {said}."


def mention(self: Any, text: str) -> str:
    """Say in a sentence what is named, and by which form of its name.

    >>> from clippings.evidence import Mention
    >>> Mention(13, 18, "BY", "capital", "BY", "Minsk").why("They wait in Minsk.")
    '"Minsk" (13-18) names BY, by the form "Minsk" of a capital.'
    """
    same = f" (Wikidata {self.wikidata})" if self.wikidata else ""
    kind = self.kind.replace("_", " ")
    article = "an" if kind[:1] in "aeiou" else "a"
    form = f'the form "{self.form}" of {article} {kind}' if self.form else f"the name of {article} {kind}"
    return f"{_placed(self, text)} names {self.id}{same}, by {form}."


def date(self: Any, text: str) -> str:
    """Say in a sentence which days are meant, by which rule, and from which day they are counted.

    >>> from clippings.evidence import DateRef
    >>> found = DateRef(3, 10, "2007-10-30", "day", "latest weekday", "2007-10-30", "2007-10-30", "2007-11-02")
    >>> found.why("On Tuesday they met.")
    '"Tuesday" (3-10) is 2007-10-30 (latest weekday), counted from 2007-11-02.'
    """
    days = f", the days from {self.first} to {self.last}" if self.first != self.last else ""
    counted = f", counted from {self.anchor}" if self.anchor else ""
    return f"{_placed(self, text)} is {self.iso or 'a date that is not known'} ({self.rule}){days}{counted}."


def theme(self: Any, text: str) -> str:
    """Say in a sentence which words speak to the theme, by which rule, and what they count.

    >>> from clippings.evidence import ThemeHit
    >>> from clippings.model import Span
    >>> ThemeHit(0, 12, "alliances", (Span(4, 8),), "ally", 1.0).why("Our ally too")
    'The sentence at 0-12 speaks to alliances, with a weight of 1: "ally" (4-8) (rule: ally).'
    """
    words = ", ".join(_placed(one, text) for one in self.evidence)
    named = f"{self.theme.replace('_', ' ')}, with a weight of {self.weight:g}"
    return f"The sentence at {self.start}-{self.end} speaks to {named}: {words} (rule: {self.rule})."


def erratum(self: Any, text: str) -> str:
    """Say in a sentence what is expected, and by which rule.

    >>> from clippings.evidence import Erratum
    >>> Erratum(3, 7, "Minsk", "name").why("In Mink.")
    '"Mink" (3-7) is kept as printed; "Minsk" is expected there (name).'
    """
    return f'{_placed(self, text)} is kept as printed; "{self.expected}" is expected there ({self.rule}).'


def _rule(name: str) -> str:
    """The name of a rule with what it means; rules of a package's own layer are described in no file of ours."""
    told = named(_RULES).get(name)
    return f"{name}: {told['meaning']}" if told else name


def _missing(source: Any, text: str) -> str:
    """What keeps the words that name a source from a name."""
    words, before, behind = (
        text[source.start : source.end],
        text[max(0, source.start - 20) : source.start].split()[-1:],
        text[source.end :],
    )
    if words.lower() in NOBODY:
        return "whom it stands for is not told"
    if words.lower() in _PRONOUNS:
        return "nobody named near it fits for sure, in number, kind and sex"
    if _JOINED.search(words):
        return "they name several, none of whom is said to speak alone"
    if words.endswith(("'s", "’s")):
        return "they own what is spoken of, and are not said to speak"
    if WRONGLY_DECODED.match(behind):
        return "a wrong encoding cuts the name off"
    if before and before[0].lower() in INDEFINITE and words[:1].isupper():
        return f'behind "{before[0].lower()}" they describe somebody, and name nobody'
    return "they are no name, role, body or document that can speak"


def _placed(span: Any, text: str) -> str:
    return f'"{text[span.start : span.end]}" ({span.start}-{span.end})'
