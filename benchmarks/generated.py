"""A generated corpus to measure speed on: pages of 300 to 800 words with quotations, names and dates.

The same seed gives the same pages, byte for byte. The words are fixed lists in this file, so that the corpus does not
change when the codebook does. The pages are for speed only: they say nothing, and nothing is scored on them.
"""

from __future__ import annotations

import datetime
import html
import random

# Of the article; with the furniture of a page, and the last paragraph whole, pages have about 300 to 800.
WORDS = (270, 690)
_FIRST_DAY, _DAYS = datetime.date(2005, 1, 3), 2100
_NAMES = ("Anna", "Viktor", "Elena", "Pavel", "Maria", "Sergei", "Irina", "Andrei", "Natalia", "Mikhail")
_SURNAMES = ("Petrova", "Karpenko", "Sokolov", "Baranov", "Zhuk", "Melnik", "Orlova", "Tarasov", "Kulik", "Vasilev")
_ROLES = (
    "deputy minister", "analyst at the Center for Security Studies", "spokeswoman for the government",
    "opposition leader", "member of parliament", "retired colonel", "lecturer at the State University",
    "head of the export agency",
)  # fmt: skip
_PLACES = ("Minsk", "Moscow", "Warsaw", "Prague", "Brussels", "Washington", "Brest", "Kiev", "Vilnius", "Astana")
_NAMED = (
    "Russia", "Belarus", "Poland", "the Czech Republic", "the United States", "NATO", "the European Union",
    "the CSTO", "the Union State", "Gazprom", "the INF Treaty", "the CFE Treaty", "Ukraine", "Kazakhstan",
    "Germany", "the CIS",
)  # fmt: skip
_WHEN = (
    "on Tuesday", "on Friday", "last week", "in September", "on 14 March", "two days ago", "this month",
    "next year", "on November 21", "in the spring of 2006", "yesterday", "at the end of the year", "in 2003",
    "earlier in the day",
)  # fmt: skip
_VERBS = ("said", "told reporters", "noted", "added", "warned", "stressed", "explained", "claimed")
_FILLER = (
    "talks", "the price of gas", "a joint exercise", "the budget", "the harvest", "the border", "new equipment",
    "the agreement", "a delegation", "the question", "an early warning radar", "the missile shield", "the alliance",
    "credit", "the market", "customs duties", "the election", "the common air defense", "observers", "a factory",
    "the committee", "the regiment",
)  # fmt: skip
_MOVES = (
    "depends on", "has delayed", "is tied to", "was discussed with regard to", "will change", "leaves open",
    "came before", "could not settle", "is paid for by", "has little to do with", "was set against", "goes beyond",
    "follows from",
)  # fmt: skip
# Invented words widen the vocabulary, so that no library lives off its cache of words: the 300th page still has as many
# that no page before had as one of a newspaper, an eighth of its words.
_SYLLABLES = (
    "ba", "den", "gor", "ist", "kal", "lem", "mar", "nov", "ost", "per", "rin", "sul", "tam", "ver", "zak",
    "bel", "cor", "dun", "fir", "gan", "hol", "jun", "kir", "lop", "mis", "nar", "pol", "ros", "ter", "vil",
)  # fmt: skip
_OUTLETS = ("Reuters", "RIA Novosti", "The Associated Press", "Interfax", "Gazeta", "The Daily Courier")


def pages(count: int, *, seed: int = 2007) -> list[str]:
    """Return as many pages, in the layout of a saved clipping.

    >>> first, second = pages(2)
    >>> first == pages(1)[0], first == second, 300 <= len(first.split()) <= 800
    (True, False, True)
    """
    return [_page(random.Random(f"{seed}-{number}")) for number in range(count)]


def saved(page: str, *, archive: bool = True) -> str:
    r"""Return a page as saved HTML: a table with line breaks, as archives of the time had, or a news page of today.

    >>> saved("DATE:\n\n02/11/2007").count("<br><br>"), saved("Title\n\nMinsk waits.", archive=False).count("<p>")
    (1, 1)
    """
    blocks = [html.escape(block, quote=False) for block in page.split("\n\n")]
    if archive:
        body = "<br><br>".join(blocks)
        return (
            f"<html><head><title>{blocks[0]}</title></head><body><table><tr><td>{body}</td></tr></table></body></html>"
        )
    title, said = blocks[0], "\n".join(f"<p>{block}</p>" for block in blocks[1:])
    head = f"<head><title>{title}</title><style>p {{ margin: 0 }}</style><script>var page = 1;</script></head>"
    around = '<nav><a href="/">Home</a> <a href="/world">World</a></nav>', "<footer>All rights reserved</footer>"
    article = f"<article><h1>{title}</h1>\n{said}</article>"
    return f"<!doctype html><html lang='en'>{head}<body>{around[0]}<main>{article}</main>{around[1]}</body></html>"


def article(page: str) -> str:
    """Return title and paragraphs of a page without what the archive prints around them.

    >>> article(pages(1)[0]).startswith("BELARUS NEWS"), "Source:" in article(pages(1)[0])
    (False, False)
    """
    _, _, _, title, _, *said, _, _, _ = page.split("\n\n")
    return "\n\n".join([title, *said])


def _page(chance: random.Random) -> str:
    day = _FIRST_DAY + datetime.timedelta(chance.randrange(_DAYS))
    outlet, wanted, written = chance.choice(_OUTLETS), chance.randint(*WORDS), 0
    paragraphs: list[str] = []
    while written < wanted:
        paragraphs.append(" ".join(_sentence(chance) for _ in range(chance.randint(1, 4))))
        written += len(paragraphs[-1].split())
    head = f"{chance.choice(_PLACES).upper()}, {day:%B} {day.day} ({outlet}) - "
    parts = ["BELARUS NEWS AND ANALYSIS", "DATE:", f"{day:%d/%m/%Y}", _opened(chance), outlet]
    source = f"http://news.example/{day:%Y/%m/%d}/{chance.randrange(10**6)}.html"
    return "\n\n".join([*parts, head + paragraphs[0], *paragraphs[1:], "Source:", source, "Google"])


def _sentence(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.22:
        speaker = f"{chance.choice(_NAMES)} {chance.choice(_SURNAMES)}"
        said = f'"{_opened(chance)}," {chance.choice(_VERBS)} {speaker}, {chance.choice(_ROLES)}'
        return f"{said}, {chance.choice(_WHEN)}."
    if kind < 0.3:
        return f"{chance.choice(_SURNAMES)} {chance.choice(_VERBS)} that {_clause(chance)}."
    if kind < 0.55:
        return f"{_opened(chance)} {chance.choice(_WHEN)}, and {_clause(chance)}."
    return f"{_opened(chance)}, while {_clause(chance)} in {chance.choice(_PLACES)}."


def _clause(chance: random.Random) -> str:
    return f"{_thing(chance)} {chance.choice(_MOVES)} {_thing(chance)} and {_thing(chance)}"


def _thing(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.43:
        return f"the {_word(chance)} {_word(chance)}"
    return chance.choice(_FILLER if kind < 0.75 else _NAMED)


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))


def _opened(chance: random.Random) -> str:
    clause = _clause(chance)
    return clause[0].upper() + clause[1:]
