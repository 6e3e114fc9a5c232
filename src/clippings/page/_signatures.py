"""Who signs a page: its publisher and its byline, from the lines that name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clippings.model import Block, Field, Span
from clippings.page import _citations as citations
from clippings.page import _datelines as datelines
from clippings.page import _outlets as outlets
from clippings.page import lines as look
from clippings.page._notices import COPYRIGHT
from clippings.page._words import JOB_WORDS, OUTLET_WORDS, WORDS
from clippings.page.lines import BYLINE_END, BYLINE_LEAD, Line, has_lead

_LEAD = re.compile(rf"{BYLINE_LEAD.pattern}|(?:{'|'.join(WORDS.sources)})\s*:+\s*(?=\S)", re.IGNORECASE)
_BEHIND_NAMES = JOB_WORDS | OUTLET_WORDS | {"associated", "foreign", "senior", "special", "the"}
_SHORTEST_NAME = 2
_WORD = re.compile(r"\S+")
_JOINT = re.compile(r"\s*[,;&/|(]\s*(?:(?:and|AND|with)\s+)?|\s+(?:and|AND|with|in|for|from|of|at)\s+", re.DOTALL)
_SHORT = re.compile(r"[A-Z]{2,5}")
_ADDED = re.compile(r"and|AND|with")
_AND, _OF_PLACES = frozenset({"and", "&", "with"}), frozenset({"in", "for", "from", "of", "at", "(", "|"})
_IN_MARKS = re.compile(r"[^\W\d_]{5,14} [«\"“„](?P<name>[^«»\"“”„]{2,50})[»\"”“]?$")
"""``Газета «Рынок»``: the name of a paper behind what it is."""
_GAP = re.compile(r"\s{2,}")
_OF = "Of "
"""It stands before an outlet below its author: ``Of DOW JONES NEWSWIRES``."""
_FIRM = re.compile(r"(?: (?:Company|Corporation|Foreign|Group|Limited|Media|Newspapers?|Publishing|Service|Staff))+$")
_LEGAL = re.compile(r",? (?:AG|GmbH|Inc|LLC|Ltd|S\.?A|UAB)\.?$")
_EDITION = re.compile(
    r"(?:, (?:[A-Z][a-z]+ )?| (?:[Ii]nternet|[Oo]nline|[Pp]rint) )[Ee]dition(?: ?; .*)?$| :: .*$| ?; [A-Z].*$"
    r"| \((?:[A-Z][\w.' -]+, )?[A-Z]{2}\)$"
    r"| / - .*$"
    r"|[:,]? (?:Vol(?:ume|\.)|Issue|No\.|№):? ?\d.*$|, (?:[A-Z][a-z]+\.? \d\d?|\d\d? [A-Z][a-z]+)$"
)
_JOBS = rf"(?:{'|'.join(sorted(JOB_WORDS))})"
_JOB_OF = re.compile(rf"(?:[\w-]+ ){{0,3}}?{_JOBS} (?:at|for|of|with) (?=\S)", re.IGNORECASE)
# A job that a name follows, or an outlet that one writes for.
_FOR_WHOM = re.compile(rf"\b(?i:{_JOBS}) (?=[A-Z])|[a-z] for (?=[A-Z])")
_SURNAME_FIRST = re.compile(r"(?P<last>[^\s,;]+), (?P<first>[^\s,;]+(?: [^\s,;]+)?)")


def publisher(text: str, block: Block | None) -> Field | None:
    """Return the outlet as printed, without ``By``, ``Source :::``, ``(c) 2007``, brackets, or a place behind it."""
    if block is None:
        return None
    line = Line(block.start, block.end, block.of(text))
    cited = [] if COPYRIGHT.match(line.text) else citations.behind(line)
    if cited:
        span = Span(*cited[0][:2])
        return Field(span.of(text), span)
    start, end = _without_lead(text, block), block.end
    start += len(_OF) if text.startswith(_OF, start) else 0
    start += len(text[start:end]) - len(text[start:end].lstrip("-–— "))
    held = COPYRIGHT.match(block.of(text)) if text[start] in "(aAcC©12" else None
    if held:
        start, end = block.start + held.start("name"), block.start + len(held["name"].rstrip()) + held.start("name")
    elif text[start] == "(" and text[end - 1] == ")":
        start, end = start + 1, end - 1
    quoted = _IN_MARKS.match(text, start, end)
    start, end = quoted.span("name") if quoted else (start, end)
    legal = _LEGAL.search(text, start, end)
    end = legal.start() if legal else end
    firm = _FIRM.search(text, start, end)
    if firm and outlets.is_listed(text[start : firm.start()]):
        end = firm.start()
    gap = _GAP.search(text, start, end)
    end = gap.start() if gap and look.names_outlet(text[start : gap.start()]) else end
    span = Span(start, _without_place(text, start, end))
    return Field(span.of(text), span) if span.of(text) else None


def relayed(text: str, given: Sequence[Block]) -> Block | None:
    """Return the line that cites what BBC Monitoring translated; it names the outlet, not who translated it."""
    lines = (Line(block.start, block.end, block.of(text)) for block in given)
    return next((block for block, line in zip(given, lines, strict=True) if citations.monitored(line)), None)


def outlet(text: str, signed: Sequence[Block]) -> Field | None:
    """Return the outlet that stands behind an author, listed or behind a job: ``Jan Novak | Correspondent of ...``."""
    for block in signed:
        end = BYLINE_END.search(text, block.start, block.end)
        if not end:
            continue
        start = end.end() + (text[end.end() : end.end() + 1] == " ")
        job = _JOB_OF.match(text, start, block.end)
        span = Span(job.end() if job else start, block.end)
        if outlets.is_listed(span.of(text)) or (job and look.names_outlet(span.of(text))):
            return Field(span.of(text), span)
    return None


def in_dateline(text: str, dateline: Span) -> list[Block]:
    """Return the author whom the brackets of a dateline name with a job or for an outlet; empty where they do not.

    >>> line = "MINSK. (Interfax military commentator Jan Novak)"
    >>> [block.of(line) for block in in_dateline(line, Span(0, len(line)))]
    ['Jan Novak']
    """
    start = text.find("(", dateline.start, dateline.end) + 1
    end = text.find(")", start, dateline.end)
    if not start or end < start or not _FOR_WHOM.search(text, start, end):
        return []
    return [Block(first, after, "byline") for first, after, _ in _persons(text, start, end)]


def _without_place(text: str, start: int, end: int) -> int:
    """Where an outlet ends: a place in capitals or an edition stands behind any, another place behind a listed one."""
    edition = _EDITION.search(text, start, end)
    if edition and edition.start() > start:
        return edition.start()
    comma = text.find(", ", start, end)
    if comma < start:
        return end
    if outlets.is_listed(text[comma + 2 : end]):
        return end
    place = datelines.PLACE_BEHIND.search(text, start, end)
    if place:
        return place.start()
    is_place = look.names_outlet(text[start:comma]) and datelines.MIXED_PLACE_BEHIND.fullmatch(text, comma, end)
    return comma if is_place else end


def byline(text: str, signed: Sequence[Block]) -> Field | None:
    """Return the names of the authors, joined by one blank where on two lines; titles and places are left out.

    What stands between the first and the last author is kept: ``Jan Novak in Minsk and Anna Petrova``.
    """
    named = [span for block in signed if (span := _names(text, block))]
    if not named:
        return None
    return Field(" ".join(span.of(text) for span in named), Span(named[0].start, named[-1].end))


def authors(text: str, signed: Sequence[Block], names: Field | None) -> Field | None:
    """Return the persons of a byline, joined by ``"; "``; None where it names none.

    >>> line = "By Jan Novak in Minsk and Anna Petrova, Eva Mraz"
    >>> signed = [Block(0, len(line), "byline")]
    >>> authors(line, signed, byline(line, signed)).value
    'Jan Novak; Anna Petrova; Eva Mraz'
    """
    if names is None:
        return None
    turned = [_SURNAME_FIRST.fullmatch(name) for name in names.value.split("; ")]
    if all(turned):
        return Field("; ".join(f"{name['first']} {name['last']}" for name in turned if name), names.span)
    if len(signed) == 1 and not _JOINT.search(names.value):
        is_job = names.value.split()[-1].lower() in JOB_WORDS
        return Field(names.value, names.span) if look.is_person(names.value) and not is_job else None
    lines = [span.of(text) for block in signed if (span := _names(text, block))]
    each = [[line[start:end] for start, end, _ in _persons(line, 0, len(line))] for line in lines]
    if not all(each):
        each = [[names.value[start:end] for start, end, _ in _persons(names.value, 0, len(names.value))]]
    named = dict.fromkeys(name for line in each for name in line)
    return Field("; ".join(named), names.span) if named else None


def _persons(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield where persons stand in a byline, with what stands before each; what follows ``in`` or ``for`` is none."""
    joints = [*_JOINT.finditer(text, start, end)]
    edges = [start, *(edge for joint in joints for edge in joint.span()), end]
    before = ["", *("and" if _ADDED.search(joint[0]) else joint[0].strip() for joint in joints)]
    for first, after, joint in zip(edges[::2], edges[1::2], before, strict=True):
        words = list(_WORD.finditer(text, first, after))
        titles = [at for at, word in enumerate(words) if _is_in(word, JOB_WORDS)]
        words = words[titles[-1] + 1 :] if titles and titles[-1] + 1 < len(words) else _before_title(words)
        if words and joint not in _OF_PLACES:
            span = words[0].start(), words[-1].end()
            if not _is_in(words[-1], JOB_WORDS) and look.is_person(text[span[0] : span[1]].rstrip(",")):
                yield *span, joint


def _names(text: str, block: Block) -> Span | None:
    """The names of a byline: behind a title, before one, or all of it; None where there is a title only."""
    start = _without_lead(text, block)
    if _is_labelled(text, block) and all(map(_SURNAME_FIRST.fullmatch, text[start : block.end].split("; "))):
        return Span(start, block.end)
    cut = BYLINE_END.search(text, start, block.end)
    words = list(_WORD.finditer(text, start, cut.start() if cut else block.end))
    if cut and len(words) == 1 and cut[0] in (" of the ", " for the "):
        return Span(start, block.end)
    titles = [at for at, word in enumerate(words) if _is_in(word, JOB_WORDS)]
    behind = words[titles[-1] + 1 :] if titles else []
    if behind and behind[0][0].lower() in _AND:
        behind = behind[1:]
        if not look.is_person(" ".join(word[0] for word in behind)):
            return None
    if behind:
        words = behind
    elif titles:
        words, named = _before_title(words), words
        if start == block.start and (words == named or not _opens_with_person(text, words)):
            return None
    if not words or words[0][0].lower() == "by":
        return None
    end = words[-1].start() + len(words[-1][0].rstrip(","))
    if _JOINT.search(text, end, block.end):
        end = max(end, _last_author(text, words[0].start(), block, is_led=start > block.start))
    return Span(words[0].start(), end)


def _opens_with_person(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Tell whether words in front of a job are a name: ``Jan Novak``, not ``Our Old``."""
    return words[0][0] != "Our" and look.is_person(text[words[0].start() : words[-1].end()])


def _last_author(text: str, start: int, block: Block, *, is_led: bool) -> int:
    """Where the last of several authors ends; behind a comma alone a name counts in a list or below ``By``."""
    named = list(_persons(text, start, block.end))
    is_whole = bool(named) and named[0][0] == block.start and named[-1][1] == block.end
    is_list = is_led or is_whole or _is_labelled(text, block) or any(joint in _AND for _, _, joint in named)
    if len(named) > 1 and is_list:
        return named[-1][1]
    return start


def _is_labelled(text: str, block: Block) -> bool:
    return text[: block.start].rstrip(" \t\"'").endswith((":", "[")) or text.startswith(". ", block.end)


def _before_title(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """The name before a title and its paper; all of it where no name is left, as in ``RTT Staff Writer``."""
    size = len(words)
    is_spelled = size > 0 and not words[0][0].isupper()
    while size and (
        _is_in(words[size - 1], _BEHIND_NAMES | _AND) or (is_spelled and _SHORT.fullmatch(words[size - 1][0]))
    ):
        size -= 1
    return words[:size] if size >= _SHORTEST_NAME and words[0][0][:1].isupper() else words


def _is_in(word: re.Match[str], words: frozenset[str]) -> bool:
    return word[0].lower().strip(".,") in words


def _without_lead(text: str, block: Block) -> int:
    lead = _LEAD.match(text, block.start, block.end) if has_lead(block.of(text)) else None
    return lead.end() if lead else block.start
